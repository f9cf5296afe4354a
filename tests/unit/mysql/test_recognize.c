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
        "CREATE TABLE t (a int) COMMENT 'x', AUTO_INCREMENT=7",
        "SELECT 1;\n  delimiter $$\n",
        "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\nCREATE TABLE `u` (a int);",
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
        "COPY t (id) FROM stdin WITH DELIMITER ',' CSV;\n1,`\n\\.\n",
        "COPY t FROM stdin\n  DELIMITER ',';\n`x` AUTO_INCREMENT\nDELIMITER //\n\\.\n",
        "copy public.t (a) from STDIN (format csv,\n  delimiter '|');\n/*! x */\r\n\\.\r\nSELECT 1;",
        "COPY t FROM stdin;\n`never closed\n",
        "COPY (SELECT 1) TO stdout\nDELIMITER ',';",
        "CREATE TABLE t (\n  delimiter text,\n  auto_increment boolean);",
        "\\copy t from stdin csv\n`\n\\.\n",
        "\\set now `date`\n\\copy t from 'x' delimiter ','\nCREATE TABLE t (a int);",
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
