/* Views, materialized views, triggers and policies. */
#include "interpreted.h"

#define TABLE "CREATE TABLE t (id int PRIMARY KEY, name text); "
#define FUNCTION "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS ''; "

static void test_views(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE VIEW v AS\n SELECT id -- why\n FROM t;",
         {"view public.v | query=SELECT id -- why\n FROM t | options=none"}},
        {"CREATE VIEW v (a, \"B\") AS (SELECT 1, 2 AS x)",
         {"view public.v | columns=a, B | query=(SELECT 1, 2 AS x)"}},
        {"CREATE VIEW v WITH (security_barrier, security_invoker = on) AS SELECT 1 AS a "
         "WITH CHECK OPTION",
         {"view public.v | query=SELECT 1 AS a | "
          "options=security_barrier=true, security_invoker=on, check_option=cascaded"}},
        {"CREATE VIEW v AS SELECT 1 AS a WITH LOCAL CHECK OPTION",
         {"view public.v | query=SELECT 1 AS a | options=check_option=local"}},
        {"CREATE VIEW v AS SELECT 1 AS a; COMMENT ON VIEW v IS 'x'; GRANT SELECT ON v TO r; "
         "CREATE OR REPLACE VIEW v AS SELECT 1 AS a, 2 AS b",
         {"view public.v | query=SELECT 1 AS a, 2 AS b", "comment on view public.v | text=x",
          "privilege of r on view public.v | privileges=SELECT"}},
        {"CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v",
         {"view public.v | query=WITH RECURSIVE v(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM v) "
          "SELECT n FROM v"}},
        {"CREATE VIEW v AS SELECT 1 AS a; COMMENT ON COLUMN v.a IS 'x'",
         {"column public.v.a | type=none", "comment on column public.v.a | text=x"}},
        {"CREATE VIEW v AS SELECT 1 AS a; CREATE VIEW v AS SELECT 2 AS a",
         {"error: declared twice"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_materialized_views(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE MATERIALIZED VIEW m (x) WITH (fillfactor = 70) TABLESPACE ts AS SELECT 1 "
         "WITH NO DATA",
         {"materialized view public.m | query=SELECT 1 | columns=x | options=fillfactor=70 | "
          "tablespace=ts | no_data=yes"}},
        {"CREATE MATERIALIZED VIEW m AS SELECT 1 AS a WITH DATA; "
         "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 2 AS a",
         {"materialized view public.m | query=SELECT 1 AS a | no_data=no"}},
        {"CREATE MATERIALIZED VIEW m USING heap AS TABLE t",
         {"materialized view public.m | query=TABLE t | access_method=none"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_triggers(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TRIGGER g BEFORE INSERT OR UPDATE OF name ON t FOR EACH ROW "
         "WHEN (NEW.id > 1) EXECUTE FUNCTION f('a', 1); " TABLE FUNCTION,
         {"trigger public.t.g | timing=BEFORE | events=INSERT, UPDATE | columns=name | "
          "each_row=yes | condition=new.id > 1 | function=public.f | arguments=a, 1 | "
          "enabled=origin"}},
        {TABLE FUNCTION "CREATE TRIGGER g AFTER DELETE ON t REFERENCING OLD TABLE AS o "
                        "EXECUTE PROCEDURE f()",
         {"trigger public.t.g | timing=AFTER | events=DELETE | each_row=no | old_table=o"}},
        {TABLE FUNCTION "CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FROM t DEFERRABLE "
                        "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f()",
         {"trigger public.t.g | constraint=yes | deferrable=yes | deferred=yes | "
          "from_table=public.t"}},
        {FUNCTION "CREATE VIEW v AS SELECT 1 AS a; CREATE TRIGGER g INSTEAD OF INSERT ON v "
                  "FOR EACH ROW EXECUTE FUNCTION f()",
         {"trigger public.v.g | timing=INSTEAD OF"}},
        {TABLE "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW "
               "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
         {"trigger public.t.g | function=suppress_redundant_updates_trigger"}},
        {TABLE FUNCTION "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f(); "
                        "CREATE OR REPLACE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
         {"trigger public.t.g | timing=AFTER"}},
        {TABLE "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION g()",
         {"error: function g does not exist"}},
        {TABLE FUNCTION "CREATE TRIGGER g BEFORE UPDATE OF x ON t EXECUTE FUNCTION f()",
         {"error: \"x\""}},
        {TABLE FUNCTION "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f(); "
                        "ALTER TRIGGER g ON t RENAME TO h; COMMENT ON TRIGGER h ON t IS 'x'",
         {"trigger public.t.h", "! trigger public.t.g", "comment on trigger public.t.h"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_policies(void **state)
{
    static const struct interpreted_case cases[] = {
        {TABLE "CREATE POLICY p ON t",
         {"policy public.t.p | command=ALL | restrictive=no | roles=none | using_expression=none"}},
        {TABLE "CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO b, a USING (id > 1) "
               "WITH CHECK (name = 'x')",
         {"policy public.t.p | command=UPDATE | restrictive=yes | roles=a, b | "
          "using_expression=id > 1 | check_expression=name = 'x'"}},
        {TABLE "CREATE POLICY p ON t TO a, PUBLIC", {"policy public.t.p | roles=none"}},
        {TABLE "CREATE POLICY p ON t USING (true); ALTER POLICY p ON t TO r WITH CHECK (false)",
         {"policy public.t.p | roles=r | using_expression=true | check_expression=false"}},
        {TABLE "ALTER POLICY p ON t TO r", {"error: \"p\""}},
        {TABLE "CREATE POLICY p ON t; ALTER POLICY p ON t RENAME TO q",
         {"policy public.t.q", "! policy public.t.p"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_reading_itself(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE VIEW r AS SELECT 1 AS x; CREATE OR REPLACE VIEW r AS SELECT x FROM r; "
         "CREATE OR REPLACE VIEW r AS SELECT x FROM public.r WHERE x > 1",
         {"view public.r | query=SELECT x FROM public.r WHERE x > 1 | stand_in=SELECT 1 AS x"}},
        {"CREATE VIEW r AS SELECT 1 AS x; CREATE OR REPLACE VIEW r AS SELECT x FROM r; "
         "CREATE OR REPLACE VIEW r AS SELECT 2 AS x",
         {"view public.r | query=SELECT 2 AS x | stand_in=none"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading_itself),     cmocka_unit_test(test_views),
        cmocka_unit_test(test_materialized_views), cmocka_unit_test(test_triggers),
        cmocka_unit_test(test_policies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
