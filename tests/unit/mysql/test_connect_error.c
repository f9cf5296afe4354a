/* What the server's and the library's error numbers mean to us. */
#include "../support.h"

#include <string.h>

#include "mysql/session/connect.h"

static void test_codes(void **state)
{
    static const struct {
        unsigned int number;
        enum error_code code;
    } cases[] = {
        {1205, ERROR_LOCKED},     {1213, ERROR_LOCKED},     {3572, ERROR_LOCKED},
        {1317, ERROR_CANCELLED},  {2006, ERROR_CONNECTION}, {2013, ERROR_CONNECTION},
        {1927, ERROR_CONNECTION}, {1064, ERROR_SERVER},     {1142, ERROR_SERVER},
        {1290, ERROR_SERVER},     {0, ERROR_SERVER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error error = {0};

        my_failure("mysql://h/d", cases[i].number, "HY000", "it failed", NULL, &error);
        assert_int_equal(error.code, cases[i].code);
        assert_non_null(strstr(error.message, "it failed"));
    }
}

static void test_place(void **state)
{
    static const char sql[] = "CREATE TABLE t (\n  a int,\n  b 'x'' at line y\n)";
    struct error error = {0};

    (void)state;
    my_failure(
        "", 1064, "42000",
        "You have an error in your SQL syntax; check the manual for the right syntax to use near "
        "''x'' at line y\n)' at line 3",
        sql, &error);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 5);
    assert_string_equal(error.source, "  b 'x'' at line y");
}

/* At the end of the statement nothing is near; in other messages there is no place. */
static void test_no_place(void **state)
{
    struct error at_end = {0};
    struct error none = {0};

    (void)state;
    my_failure("", 1064, "42000", "right syntax to use near '' at line 1", "CREATE", &at_end);
    assert_int_equal(at_end.line, 1);
    assert_int_equal(at_end.column, 7);
    my_failure("", 1146, "42S02", "Table 'd.t' doesn't exist", "DROP TABLE t", &none);
    assert_int_equal(none.line, 0);
}

static void test_refusals(void **state)
{
    static const unsigned int numbers[] = {1045, 1049, 2002, 2026, 4711};

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct error error = {0};

        my_refusal("mysql://u:***@h/d", numbers[i], "no", &error);
        assert_int_equal(error.code, ERROR_CONNECTION);
        assert_string_equal(error.message, "cannot connect to \"mysql://u:***@h/d\": no");
        assert_string_not_equal(error.hint, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_no_place),
        cmocka_unit_test(test_refusals),
    };

    return RUN(tests);
}
