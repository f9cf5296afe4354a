/* Functions, procedures and aggregates with the server's defaults. */
#include "interpreted.h"

static void test_functions(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'",
         {"function public.f() | routine=function | returns=integer | returns_set=no | "
          "language=sql | volatility=volatile | strict=no | security_definer=no | leakproof=no | "
          "parallel=unsafe | cost=100 | rows=0 | body=select 1"}},
        {"CREATE FUNCTION f(a int, b text DEFAULT 'x', VARIADIC c numeric(3)[] DEFAULT '{}') "
         "RETURNS SETOF varchar(3) LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS ''",
         {"function public.f(integer, text, numeric[]) | argument_modes=in, in, variadic | "
          "argument_names=a, b, c | argument_types=integer, text, numeric[] | "
          "returns=character varying | returns_set=yes | rows=1000 | volatility=stable | "
          "strict=yes | parallel=safe"}},
        {"CREATE FUNCTION f(INOUT a char(3), OUT b bit(2)) LANGUAGE sql AS ''",
         {"function public.f(character) | argument_modes=inout, out | "
          "argument_types=character, bit | returns=record"}},
        {"CREATE FUNCTION f(OUT b bit(2)) LANGUAGE sql AS ''",
         {"function public.f() | returns=bit"}},
        {"CREATE FUNCTION f() RETURNS TABLE (a int) LANGUAGE sql AS ''",
         {"function public.f() | argument_modes=table | returns=none | returns_set=yes | rows=1000"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib'",
         {"function public.f() | cost=1 | library=lib | body=f"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'sym'",
         {"function public.f() | library=lib | body=sym"}},
        {"CREATE FUNCTION f() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number'",
         {"window function public.f() | routine=window | cost=1 | body=window_row_number"}},
        {"CREATE FUNCTION f(x int) RETURNS int RETURN x + 1",
         {"function public.f(integer) | language=sql | body=none | sql_body=RETURN x + 1"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;",
         {"function public.f() | sql_body=BEGIN ATOMIC SELECT 1; SELECT 2; END"}},
        {"CREATE PROCEDURE p(a int, OUT b text) LANGUAGE plpgsql AS ''",
         {"procedure public.p(integer) | routine=procedure | returns=none | argument_modes=in, out"}},
        {"CREATE TABLE t (a numeric(5,2)); CREATE FUNCTION f(t, t.a%TYPE) RETURNS SETOF t "
         "LANGUAGE sql AS ''",
         {"function public.f(public.t, numeric) | returns=public.t"}},
        {"CREATE FUNCTION f() RETURNS int AS ''", {"error: has no language"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql", {"error: has no body"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; "
         "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''",
         {"error: declared twice"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

#define FUNCTION(options)                                                                          \
    "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql " options " AS ''; "

static void test_options(void **state)
{
    static const struct interpreted_case cases[] = {
        {FUNCTION("COST 0.5 ROWS 1e7"), {"function public.f() | cost=0.5 | rows=1e+07"}},
        {FUNCTION("COST 123456.789 ROWS 10"), {"function public.f() | cost=123456.79 | rows=10"}},
        {FUNCTION("COST 100000 ROWS 1000000"), {"function public.f() | cost=100000 | rows=1e+06"}},
        {FUNCTION("SET search_path = a, \"B c\", '' SET timezone TO 'UTC' SET work_mem = '1MB'"),
         {"function public.f() | settings=search_path=a, \"B c\", \"\", TimeZone=UTC, "
          "work_mem=1MB"}},
        {FUNCTION("SET enable_seqscan = off SET statement_timeout = 10"),
         {"function public.f() | settings=enable_seqscan=off, statement_timeout=10"}},
        {"SET search_path = public, x; CREATE FUNCTION f() RETURNS int LANGUAGE sql "
         "SET search_path FROM CURRENT AS ''",
         {"function public.f() | settings=search_path=public, x"}},
        {FUNCTION("SET a.b = 1 SET a.b = 2"), {"function public.f() | settings=a.b=2"}},
        {FUNCTION("SET a.b = 1 SET c.d = 2") "ALTER FUNCTION f() RESET a.b",
         {"function public.f() | settings=c.d=2"}},
        {FUNCTION("SET a.b = 1") "ALTER FUNCTION f RESET ALL",
         {"function public.f() | settings=none"}},
        {FUNCTION("") "ALTER FUNCTION f() STABLE SECURITY DEFINER LEAKPROOF COST 7 SET a.b = 'x'",
         {"function public.f() | volatility=stable | security_definer=yes | leakproof=yes | cost=7 | "
          "settings=a.b=x"}},
        {"ALTER FUNCTION f() IMMUTABLE; " FUNCTION(""),
         {"function public.f() | volatility=immutable"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_replacing(void **state)
{
    static const struct interpreted_case cases[] = {
        {FUNCTION(
             "STABLE") "COMMENT ON FUNCTION f IS 'x'; ALTER FUNCTION f() OWNER TO r; "
                       "REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC; "
                       "CREATE OR REPLACE FUNCTION f() RETURNS SETOF int LANGUAGE sql AS 'new'",
         {"function public.f() | volatility=volatile | language=sql | body=new",
          "comment on function public.f() | text=x", "owner of function public.f() | role=r",
          "privilege of PUBLIC on function public.f() | privileges=none"}},
        {FUNCTION(
             "") "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS ''; COMMENT ON FUNCTION f IS ''",
         {"error: is not unique"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_aggregates(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE AGGREGATE a(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')",
         {"aggregate public.a(integer) | direct_arguments=-1 | argument_types=integer | "
          "options=sfunc = int4pl, stype = integer, initcond = '0'"}},
        {"CREATE AGGREGATE a(BASETYPE = numeric, SFUNC = numeric_add, STYPE = numeric)",
         {"aggregate public.a(numeric) | options=sfunc = numeric_add, stype = numeric"}},
        {"CREATE AGGREGATE a(BASETYPE = \"ANY\", SFUNC = int8inc, STYPE = int8)",
         {"aggregate public.a() | options=sfunc = int8inc, stype = bigint"}},
        {"CREATE AGGREGATE a(*) (STYPE = int8, SFUNC = int8inc, PARALLEL = safe, "
         "COMBINEFUNC = int8pl, SSPACE = 0, FINALFUNC_MODIFY = READ_ONLY)",
         {"aggregate public.a() | options=sfunc = int8inc, stype = bigint, combinefunc = int8pl, "
          "parallel = safe"}},
        {"CREATE AGGREGATE a(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, "
         "STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA)",
         {"aggregate public.a(double precision, anyelement) | direct_arguments=1 | "
          "options=sfunc = ordered_set_transition, stype = internal, "
          "finalfunc = percentile_disc_final, finalfunc_extra"}},
        {"CREATE AGGREGATE a(int) (SFUNC = step, STYPE = e); CREATE TYPE e AS ENUM (); "
         "CREATE FUNCTION step(e, int) RETURNS e LANGUAGE sql AS ''",
         {"aggregate public.a(integer) | options=sfunc = public.step, stype = public.e"}},
        {"CREATE AGGREGATE a(int) (SFUNC = nowhere, STYPE = int)",
         {"error: function nowhere does not exist"}},
        {"CREATE AGGREGATE a(int) (SFUNC = int4pl, STYPE = int); "
         "CREATE OR REPLACE AGGREGATE a(int) (SFUNC = int4mi, STYPE = int)",
         {"aggregate public.a(integer) | options=sfunc = int4mi, stype = integer"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_replacing),
        cmocka_unit_test(test_aggregates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
