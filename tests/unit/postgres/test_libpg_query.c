/*
 * Proves that the libpg_query at hand is usable the way plumb uses it: raw parse trees in a memory
 * context of its own, and back to text with deparseRawStmt.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pg_query.h>
#include <pg_query_internal.h>
#include <lib/stringinfo.h>
#include <nodes/parsenodes.h>

/* Version 17 ships no header that declares it. */
extern void deparseRawStmt(StringInfo text, struct RawStmt *statement);

static void assert_round_trip(const char *sql)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse(sql, 0);
    StringInfoData text;

    assert_null(result.error);
    assert_int_equal(list_length(result.tree), 1);
    initStringInfo(&text);
    deparseRawStmt(&text, linitial_node(RawStmt, result.tree));
    assert_string_equal(text.data, sql);
    pg_query_exit_memory_context(context);
    free(result.stderr_buffer);
}

static void test_select(void **state)
{
    (void)state;
    assert_round_trip("SELECT 1");
}

static void test_create_table(void **state)
{
    (void)state;
    assert_round_trip("CREATE TABLE a.b (id bigint PRIMARY KEY, t text DEFAULT 'x')");
}

static void test_syntax_error(void **state)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse("SELECT FROM WHERE", 0);

    (void)state;
    assert_non_null(result.error);
    assert_int_equal(result.error->cursorpos, 13);
    pg_query_free_error(result.error);
    free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
}

static void test_version(void **state)
{
    (void)state;
    assert_int_equal(PG_MAJORVERSION_NUM, PLUMB_PG_QUERY_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_select),
        cmocka_unit_test(test_create_table),
        cmocka_unit_test(test_syntax_error),
        cmocka_unit_test(test_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
