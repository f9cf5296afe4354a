/* Where in the file an error is, and what of the line is shown: config/place.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "config/place.h"

static struct error error;

static void place_in(const char *text, size_t line, size_t column, bool is_yaml)
{
    error = (struct error){0};
    place_error(&error, "plumb.yaml", text, strlen(text), line, column, is_yaml);
}

/* The line, as a message shows it. */
static const char *shown(const char *line)
{
    place_in(line, 0, 0, true);
    return error.source;
}

static void test_place(void **state)
{
    static const char text[] = "a: 1\n\xc3\xa4\xc3\xb6: x\nlast";

    (void)state;
    place_in(text, 1, 4, true);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 7); /* in bytes */
    assert_string_equal(error.file, "plumb.yaml");
    place_in(text, 2, 99, true);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 5);
    place_in(text, 99, 0, true);
    assert_int_equal(error.line, 3);
    place_error(&error, "other.yaml", "x", 1, 0, 0, true); /* it has one */
    assert_string_equal(error.file, "plumb.yaml");
}

static void test_shown(void **state)
{
    (void)state;
    assert_string_equal(shown("    wanted: [a, 'b']"), "    wanted: [a, 'b']");
    assert_string_equal(shown("  - drop-table"), "  - drop-table");
    assert_string_equal(shown("  prod:"), "  prod:");
    assert_string_equal(shown("  lock_timeout: 5s # why: x"), "  lock_timeout: ***");
    assert_string_equal(shown("    url: plain"), "    url: ***");
    assert_string_equal(shown("    ulr: plain"), "    ulr: ***");
    assert_string_equal(shown("    - a@b"), "    - ***");
    assert_string_equal(shown("folded part of a URL"), "***");
    assert_string_equal(shown("    a@b: c"), "    ***");
}

static void test_not_understood(void **state)
{
    (void)state;
    place_in("    wanted: [a", 0, 4, false);
    assert_string_equal(error.source, "    wanted: ***");
    assert_int_equal(error.caret, 5);
    place_in("    wanted: [a", 0, 14, false);
    assert_int_equal(error.caret, 0); /* not to be seen any more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_not_understood),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
