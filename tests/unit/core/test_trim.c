/* Texts without what stands around them. */
#include "../support.h"

#include <string.h>

#include "core/text/trim.h"

static void assert_trimmed(const char *text, const char *wanted)
{
    const char *start = text;
    const char *end = text + strlen(text);

    trim_blanks(&start, &end);
    assert_int_equal(end - start, strlen(wanted));
    assert_memory_equal(start, wanted, strlen(wanted));
}

static void test_blanks(void **state)
{
    (void)state;
    assert_trimmed("a b", "a b");
    assert_trimmed(" \n\ta b\r\n", "a b");
    assert_trimmed("  ", "");
    assert_trimmed("", "");
}

static void test_statement(void **state)
{
    (void)state;
    assert_int_equal(trim_statement("SELECT 1", 8), 8);
    assert_int_equal(trim_statement("SELECT 1; ;\n", 12), 8);
    assert_int_equal(trim_statement("SELECT 1; SELECT 2", 10), 8);
    assert_int_equal(trim_statement(" ;", 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_statement),
    };

    return RUN(tests);
}
