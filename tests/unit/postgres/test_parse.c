/* Parsing, printing, and the guard around libpg_query's longjmp. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "postgres/sql/tree.h"

#include <string.h>

#include "postgres/sql/parse.h"

/* SQL and how it is printed; NULL: as it stands. */
static const struct {
    const char *text;
    const char *printed;
} printed[] = {
    {"SELECT 1", NULL},
    {"SELECT (a AND b) IS NULL", NULL},
    {"SELECT (NOT a)::text", NULL},
    {"SELECT NOT a = b, NOT (a AND b)", NULL},
    {"SELECT a OR b AND c", "SELECT a OR (b AND c)"},
    {"SELECT - 1::integer", NULL},
    {"SELECT (-1)::integer", NULL},
    {"SELECT a - (b - c), (a - b) - c", NULL},
    {"SELECT (a = b) IS TRUE, a IS NOT FALSE", NULL},
    {"SELECT (a || b) COLLATE \"C\" < c", NULL},
    {"SELECT (a COLLATE \"C\")::text", NULL},
    {"SELECT a LIKE 'x' ESCAPE '!', a NOT ILIKE b, a SIMILAR TO 'y'", NULL},
    {"SELECT a BETWEEN 1 AND 2, a NOT BETWEEN SYMMETRIC 1 AND 2", NULL},
    {"SELECT a IN (1, 2), a NOT IN (SELECT 1), a = ANY (ARRAY[1]), a > ALL (SELECT 1)",
     "SELECT a IN (1, 2), NOT a IN (SELECT 1), a = ANY (ARRAY[1]), a > ALL (SELECT 1)"},
    {"SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM (b = c)", NULL},
    {"SELECT EXTRACT(year FROM a), SUBSTRING(a FROM 1 FOR 2), POSITION('a' IN b)",
     "SELECT EXTRACT('year' FROM a), SUBSTRING(a FROM 1 FOR 2), POSITION('a' IN b)"},
    {"SELECT TRIM(BOTH 'x' FROM a), OVERLAY(a PLACING b FROM 1), a AT TIME ZONE 'utc'", NULL},
    {"SELECT (a, b) OVERLAPS (c, d), ROW(1), (1, 2)", NULL},
    {"SELECT count(*) FILTER (WHERE a) OVER \"My Window\" FROM t WINDOW \"My Window\" AS (PARTITION BY b ORDER BY c DESC)",
     NULL},
    {"SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM t",
     NULL},
    {"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t", NULL},
    {"SELECT string_agg(DISTINCT a, ',' ORDER BY a DESC NULLS LAST) FROM t", NULL},
    {"SELECT f(a, b => 1), f(VARIADIC ARRAY[1])", NULL},
    {"SELECT (a).b, (a).b.c, a[1], a[1:2], (f(x)).y", NULL},
    {"SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END, COALESCE(a, b), NULLIF(a, b), GREATEST(a, b)",
     NULL},
    {"SELECT 'it''s', E'back\\\\slash', b'101', 1.50, 1e3, true, NULL", NULL},
    {"SELECT a::character varying(3)[], b::timestamp(3) with time zone, c::interval day to second(2)",
     NULL},
    {"SELECT 1 FROM a LEFT JOIN (b JOIN c ON true) ON a.x = b.x CROSS JOIN d", NULL},
    {"SELECT 1 FROM (a JOIN b USING (x)) j(y), LATERAL (SELECT 1) s, ONLY c AS t",
     "SELECT 1 FROM (a JOIN b USING (x)) j(y), LATERAL (SELECT 1) s, ONLY c t"},
    {"SELECT 1 FROM ROWS FROM(f(1) AS (a integer), g()) WITH ORDINALITY r(x, y)", NULL},
    {"SELECT 1 FROM json_to_record('{}') AS x(a integer, b text)", NULL},
    {"SELECT DISTINCT ON (a) a FROM t GROUP BY ROLLUP(a, b), () HAVING true ORDER BY a OFFSET 1 LIMIT 2 FOR UPDATE OF t SKIP LOCKED",
     NULL},
    {"(SELECT 1 ORDER BY 1) UNION ALL SELECT 2 EXCEPT SELECT 3",
     "((SELECT 1 ORDER BY 1) UNION ALL SELECT 2) EXCEPT SELECT 3"},
    {"WITH RECURSIVE t(a) AS MATERIALIZED (SELECT 1) SEARCH DEPTH FIRST BY a SET s SELECT * FROM t",
     NULL},
    {"VALUES (1, 'a'), (2, 'b')", NULL},
    {"SELECT 1 FROM t ORDER BY a FETCH FIRST 3 ROWS WITH TIES", NULL},
    {"SELECT a OPERATOR(s.+) b, a FROM \"Order\".\"select\"", NULL},
    {"INSERT INTO t (a) VALUES (1) RETURNING a", NULL},
};

static char *print(struct arena *arena, const char *text)
{
    void *context = pg_parse_enter();
    struct error error = {0};
    struct List *statements;
    char *result = NULL;

    if (pg_parse(text, &statements, &error) && statements)
        result = pg_deparse_statement(linitial(statements), arena, &error);
    if (!result)
        print_error("%s: %s\n", text, error.message);
    pg_parse_leave(context);
    return result;
}

static void test_printed(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < lengthof(printed); i++) {
        const char *expected = printed[i].printed ? printed[i].printed : printed[i].text;
        char *once = print(arena, printed[i].text), *twice;

        assert_non_null(once);
        assert_string_equal(once, expected);
        /* What was printed means the same, so it is printed the same. */
        twice = print(arena, once);
        assert_non_null(twice);
        assert_string_equal(twice, once);
    }
    arena_free(arena);
}

static void test_syntax_error(void **state)
{
    void *context = pg_parse_enter();
    struct error error = {0};
    struct List *statements;

    (void)state;
    assert_false(pg_parse("SELECT 1;\n  SELECT 'é' FROM;", &statements, &error));
    assert_int_equal(error.code, ERROR_SYNTAX);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 19);
    assert_string_equal(error.source, "  SELECT 'é' FROM;");
    pg_parse_leave(context);
}

static void test_empty(void **state)
{
    void *context = pg_parse_enter();
    struct error error = {0};
    struct List *statements = (struct List *)context;

    (void)state;
    assert_true(pg_parse(" -- nothing\n", &statements, &error));
    assert_null(statements);
    pg_parse_leave(context);
}

static void test_nested(void **state)
{
    void *outer = pg_parse_enter(), *inner;
    struct error error = {0};
    struct List *first, *second;

    (void)state;
    assert_true(pg_parse("SELECT 1; SELECT 2", &first, &error));
    inner = pg_parse_enter();
    assert_true(pg_parse("SELECT 3", &second, &error));
    pg_parse_leave(inner);
    assert_int_equal(list_length(first), 2);
    pg_parse_leave(outer);
}

static void raise_error(void *argument)
{
    (void)argument;
    elog(ERROR, "as intended");
}

static void test_guard(void **state)
{
    void *context = pg_parse_enter();
    struct error error = {0};

    (void)state;
    assert_false(pg_parse_guard(raise_error, NULL, &error));
    assert_string_equal(error.message, "as intended");
    pg_parse_leave(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed), cmocka_unit_test(test_syntax_error),
        cmocka_unit_test(test_empty),   cmocka_unit_test(test_nested),
        cmocka_unit_test(test_guard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
