/* Texts of clauses: parentheses that are there already, quotes of each dialect, lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "dialect/clause.h"

static const struct quoting plain = {.quotes = "'\""};
static const struct quoting escaping = {.quotes = "'\"`", .escaping = "'\""};

static void assert_parenthesized(const struct quoting *quoting, const char *text,
                                 const char *wanted)
{
    struct arena *arena = arena_new();

    assert_string_equal(clause_parenthesized(arena, quoting, text), wanted);
    arena_free(arena);
}

static void test_parentheses(void **state)
{
    (void)state;
    assert_parenthesized(&plain, "a + 1", "(a + 1)");
    assert_parenthesized(&plain, "(a + 1)", "(a + 1)");
    assert_parenthesized(&plain, "(a) + (b)", "((a) + (b))");
    assert_parenthesized(&plain, "((a) + (b))", "((a) + (b))");
    assert_parenthesized(&plain, "(a", "((a)");
    assert_parenthesized(&plain, "", "()");
}

/* What stands in quotes opens and closes nothing. */
static void test_quotes(void **state)
{
    (void)state;
    assert_parenthesized(&plain, "(a = ')' or b)", "(a = ')' or b)");
    assert_parenthesized(&plain, "(a = '(') or (b)", "((a = '(') or (b))");
    assert_parenthesized(&plain, "(a = '\\') or (b = ')')", "((a = '\\') or (b = ')'))");
    assert_parenthesized(&escaping, "(a = '\\') or (b = ')", "(a = '\\') or (b = ')");
    assert_parenthesized(&escaping, "(`a)\\` = 1)", "(`a)\\` = 1)");
    assert_parenthesized(&plain, "(a = 'never ends)", "((a = 'never ends))");
}

static const char *in_brackets(const struct step_sink *sink, const char *name)
{
    return arena_printf(sink->arena, "[%s]", name);
}

static void test_lists(void **state)
{
    struct step_sink sink = {.arena = arena_new()};
    struct text_list names = {0};
    struct expression items[] = {{.written = "a", .canonical = "b"}, {.canonical = "c"}};
    struct expression_list expressions = {.items = items, .count = 2};

    (void)state;
    assert_string_equal(clause_names(&sink, in_brackets, &names), "");
    text_list_add(&names, sink.arena, "a");
    text_list_add(&names, sink.arena, "b");
    assert_string_equal(clause_names(&sink, in_brackets, &names), "[a], [b]");
    assert_string_equal(write_expressions(&sink, &expressions), "a, c");
    arena_free(sink.arena);
}

static void assert_skipped(const struct quoting *quoting, const char *text, const char *rest)
{
    assert_string_equal(clause_skip_quoted(quoting, text), rest);
}

static void test_skips(void **state)
{
    (void)state;
    assert_skipped(&plain, "a'b'", "'b'");
    assert_skipped(&plain, "'a'b", "b");
    assert_skipped(&plain, "'a''b'c", "c");
    assert_skipped(&plain, "''c", "c");
    assert_skipped(&plain, "'a\\'b'", "b'");
    assert_skipped(&plain, "'a", "");
    assert_skipped(&plain, "'a''", "");
    assert_skipped(&escaping, "'a\\'b'c", "c");
    assert_skipped(&escaping, "`a\\`c", "c");
    assert_skipped(&escaping, "'a\\", "");
}

static void test_options(void **state)
{
    struct arena *arena = arena_new();
    struct text_list options = {0};

    (void)state;
    text_list_add(&options, arena, "fillfactor=70");
    text_list_add(&options, arena, "security_barrier");
    assert_true(clause_has_option(&options, "fillfactor=80"));
    assert_true(clause_has_option(&options, "security_barrier=on"));
    assert_false(clause_has_option(&options, "fill=70"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parentheses), cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_lists),       cmocka_unit_test(test_skips),
        cmocka_unit_test(test_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
