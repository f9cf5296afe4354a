/* Texts that show by themselves that they are for MySQL or MariaDB, and texts that must not. */
#include "../support.h"
#include "mysql/sql/recognize.h"

#include <string.h>

static void test_telling(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE `t` (a int);",
        "create table t (id int auto_increment primary key)",
        "CREATE TABLE t (a int) ENGINE=InnoDB",
        "CREATE TABLE t (a int) engine = MyISAM",
        "/*!40101 SET NAMES utf8 */;",
        "-- it's a dump\nDELIMITER //\n",
        "# don't stop here\nDELIMITER //\n",
        "SELECT 'a\\'' ; CREATE TABLE `t` (a int)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        if (!my_recognizes(texts[i], strlen(texts[i])))
            fail_msg("not recognized: %s", texts[i]);
}

static void test_not_telling(void **state)
{
    static const char *const texts[] = {
        "",
        "CREATE TABLE t (a int, engine text);",
        "-- `quoted` in a comment\nSELECT 1",
        "/* `and` here */ SELECT '`' || \"`\"",
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $x$ SELECT '`' $x$;",
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ AUTO_INCREMENT $$;",
        "SELECT $1, 'unfinished `",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        if (my_recognizes(texts[i], strlen(texts[i])))
            fail_msg("recognized: %s", texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_telling),
        cmocka_unit_test(test_not_telling),
    };

    return RUN(tests);
}
