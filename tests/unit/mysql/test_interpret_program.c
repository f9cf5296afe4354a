/* Views, triggers, routines, events, sequences, and the session and database under which they are made. */
#include "interpreted.h"

static const struct interpreted_case views[] = {
    {BOTH,
     "CREATE VIEW v AS SELECT a FROM t; CREATE TABLE t (a int)",
     {"view v | query=SELECT a FROM t | options=none | settings=none", "! owner on view v"}},
    {BOTH,
     "CREATE ALGORITHM=MERGE DEFINER=`me`@`%` SQL SECURITY INVOKER VIEW v (x) AS SELECT 1 WITH CHECK OPTION",
     {"view v | query=SELECT 1 | options=algorithm=merge, security=invoker, check_option=cascaded | columns=x",
      "owner of view v | role=me@%"}},
    {BOTH,
     "CREATE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW v AS SELECT 2",
     {"view v | query=SELECT 2"}},
    {BOTH, "CREATE VIEW v AS SELECT 1; ALTER VIEW v AS SELECT 3", {"view v | query=SELECT 3"}},
    {BOTH,
     "CREATE VIEW v AS SELECT 1; CREATE VIEW v AS SELECT 2",
     {"error: view v is declared twice"}},
    {BOTH, "CREATE VIEW v AS SELECT 1; DROP VIEW v", {"! view v"}},
    {BOTH,
     "SET NAMES latin1; CREATE VIEW v AS SELECT 'x'",
     {"view v | settings=character_set_client=latin1, collation_connection=latin1_swedish_ci"}},
};

static void test_views(void **state)
{
    (void)state;
    INTERPRETED_CHECK(views);
}

static const struct interpreted_case programs[] = {
    {BOTH,
     "CREATE TABLE t (a int);\nDELIMITER //\nCREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; END//\n"
     "DELIMITER ;\nCREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2;",
     {"trigger t.g | timing=BEFORE | events=INSERT | body=BEGIN SET NEW.a = 1; END | follows=none",
      "trigger t.h | body=SET NEW.a = 2 | follows=g"}},
    {BOTH,
     "CREATE TRIGGER g AFTER UPDATE ON t FOR EACH ROW SET @a = 1; CREATE TABLE t (a int);"
     "CREATE TRIGGER h AFTER UPDATE ON t FOR EACH ROW PRECEDES g SET @a = 2;",
     {"trigger t.g | follows=h", "trigger t.h | follows=none"}},
    {BOTH,
     "SET @saved = @@sql_mode; SET sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES'; CREATE PROCEDURE p(IN a int, OUT b varchar(5)) "
     "COMMENT 'x' READS SQL DATA SQL SECURITY INVOKER SELECT 1; SET sql_mode = @saved; CREATE PROCEDURE q() SELECT 1",
     {"procedure p | routine=procedure | argument_modes=in, out | argument_names=a, b | security_definer=no | "
      "data_access=reads sql data | body=SELECT 1 | settings=sql_mode=ANSI_QUOTES,STRICT_ALL_TABLES",
      "comment on procedure p | text=x",
      "procedure q | settings=none | security_definer=yes | data_access=none"}},
    {MYSQL,
     "CREATE FUNCTION f(a int) RETURNS varchar(10) CHARSET latin1 DETERMINISTIC RETURN 'x'",
     {"function f | routine=function | argument_types=int | volatility=deterministic | "
      "returns=varchar(10) CHARACTER SET latin1 COLLATE latin1_swedish_ci"}},
    {BOTH, "CREATE FUNCTION f() RETURNS int RETURN 1; DROP FUNCTION f", {"! function f"}},
    {BOTH,
     "CREATE PROCEDURE f() SELECT 1; ALTER PROCEDURE f COMMENT 'y' SQL SECURITY INVOKER",
     {"procedure f | security_definer=no", "comment on procedure f | text=y"}},
    {BOTH,
     "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-1-1' ON COMPLETION PRESERVE DISABLE COMMENT 'c' DO SELECT 1",
     {"event e | schedule=EVERY '1' DAY | starts='2030-01-01 00:00:00' | preserve=yes | status=disabled | body=SELECT 1",
      "comment on event e | text=c"}},
    {BOTH,
     "CREATE EVENT e ON SCHEDULE AT '2030-01-01 00:00:00' DO SELECT 1; ALTER EVENT e RENAME TO f",
     {"event f | schedule=AT '2030-01-01 00:00:00' | status=enabled"}},
    {MARIADB,
     "CREATE SEQUENCE s START WITH 5 INCREMENT BY 2 NOCACHE CYCLE",
     {"sequence s | start=5 | increment=2 | minimum=1 | maximum=9223372036854775806 | cache=0 | cycle=yes"}},
    {MARIADB, "CREATE SEQUENCE s INCREMENT -2", {"sequence s | start=-1 | maximum=-1"}},
    {MYSQL, "CREATE FUNCTION f RETURNS STRING SONAME 'x.so'", {"! function f"}},
};

static void test_programs(void **state)
{
    (void)state;
    INTERPRETED_CHECK(programs);
}

static const struct interpreted_case databases[] = {
    {BOTH,
     "CREATE DATABASE app CHARSET latin1; USE app; CREATE TABLE t (a varchar(3)); CREATE TABLE other.u (a int)",
     {"schema app | collation=latin1_swedish_ci", "table app.t | collation=latin1_swedish_ci",
      "table other.u"}},
    {BOTH, "CREATE TABLE t (a int)", {"table t", "schema "}},
};

static const struct interpreted_case in_target[] = {
    {BOTH,
     "CREATE DATABASE IF NOT EXISTS app; USE app; CREATE TABLE app.t (a int); CREATE TABLE u (a int)",
     {"table t", "table u"}},
    {BOTH, "USE other", {"error: other is another database than the target's"}},
    {BOTH, "CREATE TABLE other.t (a int)", {"error: other is another database"}},
    {BOTH,
     "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES other.p (id))",
     {"foreign key t.t_ibfk_1 | outside_table=`other`.`p`"}},
    {BOTH, "CREATE TABLE t (a varchar(3))", {"column t.a | collation=latin1_bin"}},
};

static const struct interpreted_case everywhere[] = {
    {BOTH, "CREATE TABLE t (a int)", {"error: no database is selected"}},
    {BOTH, "USE a; CREATE TABLE t (a int); CREATE TABLE b.t (a int)", {"table a.t", "table b.t"}},
};

static void test_databases(void **state)
{
    static const char *const target[] = {"database=app", "collation_database=latin1_bin", NULL};
    static const char *const all[] = {"database=", NULL};

    (void)state;
    INTERPRETED_CHECK(databases);
    interpreted_settings = target;
    INTERPRETED_CHECK(in_target);
    interpreted_settings = all;
    INTERPRETED_CHECK(everywhere);
    interpreted_settings = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_databases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
