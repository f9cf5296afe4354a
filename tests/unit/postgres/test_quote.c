/* Names and literals are quoted as the server quotes them. */
#include "../support.h"
#include "postgres/sql/quote.h"

static void test_names(void **state)
{
    static const struct {
        const char *name;
        const char *quoted;
    } cases[] = {
        {"users", "users"},
        {"_a1", "_a1"},
        {"Users", "\"Users\""},
        {"1a", "\"1a\""},
        {"", "\"\""},
        {"a b", "\"a b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a$", "\"a$\""},
        {"stra\xc3\x9f"
         "e",
         "\"stra\xc3\x9f"
         "e\""},
        {"select", "\"select\""},   /* reserved */
        {"between", "\"between\""}, /* a column name */
        {"left", "\"left\""},       /* a type or function name */
        {"name", "name"},           /* unreserved keywords stay bare */
        {"year", "year"},
        {"user", "\"user\""},
        {"values", "\"values\""},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(pg_quote_name(arena, cases[i].name), cases[i].quoted);
    arena_free(arena);
}

static void test_literals(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(pg_quote_literal(arena, ""), "''");
    assert_string_equal(pg_quote_literal(arena, "it's"), "'it''s'");
    assert_string_equal(pg_quote_literal(arena, "a\\b'c"), "E'a\\\\b''c'");
    arena_free(arena);
}

static void test_qualified(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(pg_qualify(arena, "app", "users"), "app.users");
    assert_string_equal(pg_qualify(arena, "My App", "order"), "\"My App\".\"order\"");
    assert_string_equal(pg_qualify(arena, NULL, "order"), "\"order\"");
    arena_free(arena);
}

static void assert_taken(const char *text, const char *ends, const char *name, const char *rest)
{
    struct arena *arena = arena_new();

    assert_string_equal(pg_take_name(arena, &text, ends), name);
    assert_string_equal(text, rest);
    arena_free(arena);
}

static void test_take(void **state)
{
    (void)state;
    assert_taken("app.users", ".", "app", ".users");
    assert_taken("users of app", ". ", "users", " of app");
    assert_taken("\"My \"\"own\"\".x\".y", ".", "My \"own\".x", ".y");
    assert_taken("\"open", ".", "open", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_literals),
        cmocka_unit_test(test_qualified),
        cmocka_unit_test(test_take),
    };

    return RUN(tests);
}
