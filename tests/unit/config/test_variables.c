/* ${NAME} and ${NAME:-text}: config/variables.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "config/variables.h"

static struct error error;

static void assert_expands(const char *text, enum expansion expected, const char *result)
{
    struct buffer to = BUFFER_EMPTY;

    error = (struct error){0};
    assert_int_equal(variables_expand(&to, text, &error), expected);
    assert_string_equal(expected == EXPANSION_DONE ? buffer_text(&to) : error.message, result);
    buffer_free(&to);
}

static void test_expand(void **state)
{
    (void)state;
    setenv("PLUMB_TEST_A", "a${B}", 1);
    setenv("PLUMB_TEST_EMPTY", "", 1);
    assert_expands("", EXPANSION_DONE, "");
    assert_expands("x$y$", EXPANSION_DONE, "x$y$");
    assert_expands("<${PLUMB_TEST_A}${PLUMB_TEST_A}>", EXPANSION_DONE, "<a${B}a${B}>");
    assert_expands("<${PLUMB_TEST_EMPTY}>", EXPANSION_DONE, "<>");
    assert_expands("<${PLUMB_TEST_EMPTY:-b}>", EXPANSION_DONE, "<b>");
    assert_expands("<${PLUMB_TEST_NONE:-b:-c d}>", EXPANSION_DONE, "<b:-c d>");
    assert_expands("<${PLUMB_TEST_NONE:-}>", EXPANSION_DONE, "<>");
    assert_expands("<${PLUMB_TEST_A:-b}>", EXPANSION_DONE, "<a${B}>");
}

static void test_mistakes(void **state)
{
    (void)state;
    assert_expands("x${PLUMB_TEST_NONE}", EXPANSION_UNSET,
                   "environment variable PLUMB_TEST_NONE is not set");
    assert_expands("${PLUMB_TEST_A", EXPANSION_WRONG, "${ is not closed by }");
    assert_expands("${PLUMB_TEST_A:-", EXPANSION_WRONG, "${ is not closed by }");
    assert_expands("${}", EXPANSION_WRONG, "${...} holds no name of a variable");
    assert_expands("${A-b}", EXPANSION_WRONG, "${...} holds no name of a variable");
    assert_expands("${A B}", EXPANSION_WRONG, "${...} holds no name of a variable");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expand),
        cmocka_unit_test(test_mistakes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
