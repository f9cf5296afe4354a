/* What plumb says besides its answer: cli/messages.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/messages.h"

#include "caught.h"

static struct plumb_error *error;
static struct caught caught;

static int begin(void **state)
{
    (void)state;
    error = plumb_error_new();
    return error ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    plumb_error_free(error);
    return 0;
}

static const char *said(void)
{
    catch_begin(&caught, stderr);
    message_error(error);
    return catch_end(&caught);
}

static void test_own_error(void **state)
{
    (void)state;
    assert_false(fail_with(error, PLUMB_REFUSED, "%s is %d", "it", 5));
    assert_string_equal(said(), "plumb: error: it is 5\n");
    assert_int_equal(exit_status(error), EXIT_REFUSED);
    assert_false(advise(error, "Make it %s.", "6"));
    assert_string_equal(said(), "plumb: error: it is 5\nhint: Make it 6.\n");
    fail_with(error, PLUMB_USAGE, "two\nlines \x1b[1m");
    assert_string_equal(said(), "plumb: error: two\n  lines \\x1b[1m\n");
    assert_int_equal(exit_status(error), EXIT_ERROR);
    assert_int_equal(exit_status(NULL), EXIT_ERROR);
}

/* Tabs stay, and a character of two bytes takes one column. */
static void test_place(void **state)
{
    static const char sql[] =
        "CREATE TABLE t (\n\t\"\xc3\xa4\" integer,\n\t\"\xc3\xa4\"  nosuch\n);\n";

    (void)state;
    assert_null(plumb_load_text("a.sql", sql, strlen(sql), NULL, error));
    assert_non_null(strstr(said(), "a.sql:3:"));
    assert_non_null(strstr(caught.text, "    3 | \t\"\xc3\xa4\"  nosuch\n"));
    assert_non_null(strstr(caught.text, "      | \t"));
    assert_non_null(strstr(caught.text, " ^\n"));
}

static void test_note(void **state)
{
    (void)state;
    catch_begin(&caught, stderr);
    message_note("something\n  else");
    assert_string_equal(catch_end(&caught), "note: something\n  else\n");
}

static void test_colour(void **state)
{
    FILE *file = tmpfile();

    (void)state;
    assert_false(may_colour(file));
    setenv("NO_COLOR", "1", 1);
    assert_false(may_colour(file));
    unsetenv("NO_COLOR");
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_own_error, begin, end),
        cmocka_unit_test_setup_teardown(test_place, begin, end),
        cmocka_unit_test_setup_teardown(test_note, begin, end),
        cmocka_unit_test_setup_teardown(test_colour, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
