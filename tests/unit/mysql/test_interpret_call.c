/* CALL, PREPARE and EXECUTE: what is followed, and what is named because it cannot be. */
#include "interpreted.h"

#define TABLE "CREATE TABLE t (id int PRIMARY KEY, b int);"
#define COLUMN_COUNT                                                                               \
    "(SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND "        \
    "TABLE_NAME = 't' AND COLUMN_NAME = 'c')"
#define ADD_COLUMN                                                                                 \
    "CREATE PROCEDURE add_column(IN tbl varchar(64), IN col varchar(64), IN def text) BEGIN "      \
    "IF NOT EXISTS (SELECT * FROM information_schema.columns WHERE table_schema = DATABASE() AND " \
    "table_name = tbl AND column_name = col) THEN SET @ddl = CONCAT('ALTER TABLE `', tbl, "        \
    "'` ADD COLUMN `', col, '` ', def); PREPARE s FROM @ddl; EXECUTE s; DEALLOCATE PREPARE s; "    \
    "END IF; END;"

static const struct interpreted_case cases[] = {
    {BOTH,
     "CREATE PROCEDURE mk() BEGIN CREATE TABLE made (id int PRIMARY KEY); END; CALL mk(); DROP PROCEDURE mk",
     {"table made", "! function mk"}},
    {BOTH,
     "CREATE PROCEDURE mk() CREATE TABLE made (id int PRIMARY KEY); CALL mk",
     {"table made", "procedure mk"}},
    {BOTH,
     TABLE ADD_COLUMN
     "CALL add_column('t', 'c', 'int NOT NULL'); CALL add_column('t', 'b', 'text'); CALL "
     "add_column('t', 'c', 'text'); DROP PROCEDURE add_column",
     {"column t.c", "column t.b", "! function add_column"}},
    {BOTH,
     ADD_COLUMN "CALL add_column('t', 'c', 'int'); CALL add_column('t', 'b', 'text');" TABLE,
     {"column t.c", "column t.b"}},
    {BOTH,
     TABLE "SET @s = 'ALTER TABLE t ADD COLUMN x int'; PREPARE st FROM @s; EXECUTE st;",
     {"column t.x"}},
    {BOTH,
     TABLE "PREPARE st FROM 'CREATE INDEX i ON t (b)'; EXECUTE st; DEALLOCATE PREPARE st",
     {"index t.i"}},
    {BOTH,
     TABLE "SET @n = " COLUMN_COUNT
           "; SET @s = IF(@n > 0, 'SELECT 1', 'ALTER TABLE t ADD COLUMN c int'); PREPARE "
           "st FROM @s; EXECUTE st; SET @n = " COLUMN_COUNT
           "; SET @s = IF(@n > 0, 'SELECT 1', 'ALTER TABLE t ADD "
           "COLUMN d int'); PREPARE st FROM @s; EXECUTE st",
     {"column t.c", "! column t.d"}},
    {BOTH,
     TABLE
     "SELECT COUNT(*) INTO @n FROM information_schema.statistics WHERE table_name = 't' AND index_name = 'i' AND "
     "table_schema = DATABASE(); SET @s = IF(@n = 0, 'CREATE INDEX i ON t (b)', 'DO 0'); PREPARE s FROM @s; EXECUTE s",
     {"index t.i"}},
    {BOTH,
     TABLE
     "CREATE PROCEDURE p() BEGIN DECLARE CONTINUE HANDLER FOR 1060 BEGIN END; ALTER TABLE t ADD COLUMN b int; "
     "ALTER TABLE t ADD COLUMN c int; END; CALL p(); DROP PROCEDURE p",
     {"column t.b", "column t.c"}},
    {BOTH,
     TABLE
     "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END; ALTER TABLE nowhere "
     "ADD COLUMN b int; END; CALL p();",
     {"table t"}},
    {BOTH,
     TABLE "CREATE PROCEDURE p() BEGIN ALTER TABLE t ADD COLUMN b int; END; CALL p();",
     {"error: column t.b is declared twice"}},
    {BOTH,
     "CREATE PROCEDURE p() BEGIN DECLARE i, n int DEFAULT 3; WHILE i > 0 DO SET @s = CONCAT('CREATE TABLE t', i, ' (id "
     "int PRIMARY KEY)'); PREPARE s FROM @s; EXECUTE s; SET i = i - 1; END WHILE; END; CALL p()",
     {"table t1", "table t2", "table t3", "! table t0"}},
    {BOTH,
     "CREATE PROCEDURE inner_one(n varchar(9)) BEGIN IF n = 'a' THEN CREATE TABLE a (id int PRIMARY KEY); ELSEIF n = 'b' "
     "THEN CREATE TABLE b (id int PRIMARY KEY); ELSE CREATE TABLE c (id int PRIMARY KEY); END IF; END; CREATE PROCEDURE "
     "outer_one() BEGIN CALL inner_one('b'); CALL inner_one(LOWER('A')); END; CALL outer_one()",
     {"table a", "table b", "! table c"}},
    {MARIADB,
     "BEGIN NOT ATOMIC IF (SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 't') = 0 THEN CREATE TABLE t (id int "
     "PRIMARY KEY); END IF; END",
     {"table t"}},
    {MARIADB, "EXECUTE IMMEDIATE CONCAT('CREATE TABLE ', 't (id int PRIMARY KEY)')", {"table t"}},
};

static void test_followed(void **state)
{
    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_not_run(void **state)
{
    static const struct {
        const char *sql;
        const char *place;
    } named[] = {
        {"\nCALL nowhere()", "a.sql:2: CALL"},
        {"EXECUTE s", "a.sql:1: EXECUTE of a text that plumb cannot tell"},
        {"SET @s = (SELECT text FROM statements); PREPARE s FROM @s; EXECUTE s",
         "a.sql:1: EXECUTE of a text that plumb cannot tell"},
        {"CREATE PROCEDURE p() BEGIN IF RAND() > 0.5 THEN CREATE TABLE t (id int); END IF; END; CALL p()",
         "a.sql:1: IF with a condition that plumb cannot tell"},
        {"CREATE PROCEDURE p() BEGIN IF RAND() > 0.5 THEN INSERT INTO t VALUES (1); END IF; END; CALL p()",
         NULL},
        {"CREATE PROCEDURE p() BEGIN l: LOOP CREATE TABLE t (id int); LEAVE l; END LOOP; END; CALL p()",
         "a.sql:1: a loop or CASE that plumb cannot follow"},
        {"CREATE PROCEDURE p() BEGIN CASE RAND() WHEN 1 THEN CREATE TABLE t (id int); ELSE BEGIN END; END CASE; END; CALL p()",
         "a.sql:1: a loop or CASE that plumb cannot follow"},
        {"CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION CREATE TABLE t (id int); END; CALL p()",
         "a.sql:1: a statement in a handler"},
        {"CREATE PROCEDURE p() BEGIN DECLARE x CURSOR FOR SELECT table_name FROM information_schema.tables; DECLARE n text; OPEN x; "
         "FETCH x INTO n; CLOSE x; SET @s = CONCAT('DROP TABLE ', n); PREPARE s FROM @s; EXECUTE s; END; CALL p()",
         "a.sql:1: EXECUTE of a text that plumb cannot tell"},
        {"CREATE PROCEDURE p() CALL p(); CALL p()", "a.sql:1: CALL"},
        {"SELECT 1; INSERT INTO t SELECT f()", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++) {
        struct source_text source = {
            .file = "a.sql", .text = named[i].sql, .length = strlen(named[i].sql)};
        struct model *model = model_new("test");
        struct error error = {0};

        if (!my_interpret(&source, 1, model, &error))
            fail_msg("%s: %s", named[i].sql, error.message);
        if (model->not_run.count != (named[i].place != NULL) ||
            (named[i].place && strcmp(model->not_run.items[0], named[i].place) != 0))
            fail_msg("%s\n%zu not run: %s", named[i].sql, model->not_run.count,
                     model->not_run.count ? model->not_run.items[0] : "");
        model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_followed),
                                       cmocka_unit_test(test_not_run)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
