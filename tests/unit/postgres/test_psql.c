/* What psql reads in a file: variables in SQL, and the arguments of its commands. What is expected is what psql 15 did. */
#include "../support.h"
#include "core/buffer.h"
#include "postgres/sql/psql.h"

#include <string.h>

static struct arena *arena;

static struct psql_variables variables_of_tests(void)
{
    struct psql_variables variables = psql_variables_new(arena);

    assert_true(psql_set(&variables, "s", "app"));
    assert_true(psql_set(&variables, "q", "it's"));
    assert_true(psql_set(&variables, "slash", "a\\b"));
    assert_true(psql_set(&variables, "n", "a\"b"));
    assert_true(psql_set(&variables, "nested", ":s.:none :'q'::"));
    assert_true(psql_set(&variables, "a", ":b"));
    assert_true(psql_set(&variables, "b", "x:a"));
    assert_true(psql_set(&variables, "asked", NULL));
    assert_true(psql_set(&variables,
                         "stra\xC3\x9F"
                         "e",
                         "1"));
    assert_false(psql_set(&variables, "", "1"));
    assert_false(psql_set(&variables, "a-b", "1"));
    return variables;
}

/* --- at a colon -------------------------------------------------------------------------------- */

static void test_substitution(void **state)
{
    static const struct {
        const char *text;
        enum psql_standing standing;
        size_t taken;
        const char *out;
    } cases[] = {
        {":s", PSQL_VALUE, 2, "app"},
        {":s.t", PSQL_VALUE, 2, "app"},
        {":'q'", PSQL_VALUE, 4, "'it''s'"},
        {":'slash'", PSQL_VALUE, 8, " E'a\\\\b'"},
        {":\"n\"", PSQL_VALUE, 4, "\"a\"\"b\""},
        {":{?s}", PSQL_VALUE, 5, "TRUE"},
        {":{?none}", PSQL_VALUE, 8, "FALSE"},
        {":nested", PSQL_VALUE, 7, "app.:none 'it''s'::"},
        {":stra\xC3\x9F"
         "e+",
         PSQL_VALUE, 8, "1"},
        {":none", PSQL_NOTHING, 1, ""},
        {":'none'", PSQL_NOTHING, 1, ""},
        {":'q", PSQL_NOTHING, 1, ""},
        {":'q\"", PSQL_NOTHING, 1, ""},
        {":{?s", PSQL_NOTHING, 1, ""},
        {"::s", PSQL_NOTHING, 2, ""},
        {":=s", PSQL_NOTHING, 2, ""},
        {":", PSQL_NOTHING, 1, ""},
        {":asked", PSQL_UNKNOWN, 6, ""},
        {":'asked'", PSQL_UNKNOWN, 8, ""},
        {":{?asked}", PSQL_VALUE, 9, "TRUE"},
        {":DBNAME", PSQL_UNKNOWN, 7, ""},
        {":{?HOST}", PSQL_UNKNOWN, 8, ""},
    };
    struct psql_variables variables = variables_of_tests();
    struct buffer out = BUFFER_EMPTY;
    size_t taken;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        buffer_truncate(&out, 0);
        assert_int_equal(
            psql_substitute(&variables, cases[i].text, strlen(cases[i].text), 0, &taken, &out),
            cases[i].standing);
        assert_int_equal(taken, cases[i].taken);
        assert_string_equal(buffer_text(&out), cases[i].out);
    }
    assert_int_equal(psql_substitute(&variables, ":a", 2, 0, &taken, &out), PSQL_UNKNOWN);
    variables.others = true;
    assert_int_equal(psql_substitute(&variables, ":{?none}", 8, 0, &taken, &out), PSQL_UNKNOWN);
    psql_unset(&variables, "s");
    assert_int_equal(psql_substitute(&variables, ":s", 2, 0, &taken, &out), PSQL_NOTHING);
    buffer_free(&out);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(psql_variable_at(arena, "x :name;", 8, 2), "name");
    assert_string_equal(psql_variable_at(arena, ":'a_1'", 6, 0), "a_1");
    assert_null(psql_variable_at(arena, "x :name;", 8, 1));
    assert_null(psql_variable_at(arena, ": name", 6, 0));
    assert_null(psql_variable_at(arena, ":", 1, 0));
    assert_null(psql_variable_at(arena, ":a", 2, 2));
}

/* --- arguments --------------------------------------------------------------------------------- */

/* All arguments of the line, each in brackets, and how it ends. */
static void check_arguments(const char *line, const char *expected)
{
    static const char *const ends[] = {"", "", "unclosed", "unknown"};
    struct psql_variables variables = variables_of_tests();
    struct buffer all = BUFFER_EMPTY;
    struct buffer one = BUFFER_EMPTY;
    enum psql_argument found;
    size_t at = 0;

    while ((found = psql_argument(&variables, line, &at, strlen(line), &one)) != PSQL_NO_ARGUMENT) {
        buffer_printf(&all, "[%s]%s", buffer_text(&one), ends[found]);
        buffer_truncate(&one, 0);
    }
    buffer_append(&all, line + at);
    assert_string_equal(buffer_text(&all), expected);
    buffer_free(&all);
    buffer_free(&one);
}

static void test_arguments(void **state)
{
    (void)state;
    check_arguments("", "");
    check_arguments("  \t\r", "");
    check_arguments(" a  'b c' d;", "[a][b c][d;]");
    check_arguments(" a'b c'd", "[ab cd]");
    check_arguments(" 'it''s' '\\'' '\\n\\t\\101\\x41\\q'", "[it's]['][\n\tAAq]");
    check_arguments(" \"a b\"c", "[\"a b\"c]");
    check_arguments(" :s.t :'q' :none ::s", "[app.t]['it''s'][:none][::s]");
    check_arguments(" a \\set b 1", "[a]\\set b 1");
    check_arguments(" a\\\\ SELECT", "[a]\\\\ SELECT");
    check_arguments(" 'a\\0b'", "[ab]");
    check_arguments(" 'a", "[a]unclosed");
    check_arguments(" \"a", "[\"a]unclosed");
    check_arguments(" 'a\\", "[a]unclosed");
    check_arguments(" `date` x", "[]unknown[x]");
    check_arguments(" `date", "[]unclosed");
    check_arguments(" :asked/x", "[/x]unknown");
}

static void test_booleans(void **state)
{
    static const char *const texts[] = {"true",  "t", "YES", "on",  "1",
                                        "false", "F", "no",  "off", "0"};
    bool value;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        assert_true(psql_boolean(texts[i], &value));
        assert_int_equal(value, i < 5);
    }
    assert_false(psql_boolean("", &value));
    assert_false(psql_boolean("o", &value));
    assert_false(psql_boolean("truer", &value));
    assert_false(psql_boolean("2", &value));
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_substitution),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_booleans),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
