/* Two texts by lines (report/line_diff.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "report/line_diff.h"
#include "../support.h"

static void expect(const char *before, const char *now, const char *wanted)
{
    struct buffer out = BUFFER_EMPTY;

    assert_int_equal(append_line_diff(&out, before, now, 2, false), *wanted != '\0');
    assert_string_equal(buffer_text(&out), wanted);
    buffer_free(&out);
}

static void test_lines(void **state)
{
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    expect("a\nb\nc", "a\nx\nc", "    a\n  - b\n  + x\n    c\n");
    expect("a", "a\nb\n", "  - a\n  + a\n  + b\n");
    expect("one\n", "two\n", "  - one\n  + two\n");
    expect("same\n", "same\n", "");
    expect("", "new\n", "  + new\n");
    /* Far apart: what is between is left out. */
    expect("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nx\n",
           "  @@ line 3 @@\n    3\n    4\n    5\n  - 6\n  + x\n");
    /* What would move the cursor is escaped, tabs stay. */
    expect("a\n", "\tb\033[2J\n", "  - a\n  + \tb\\x1b[2J\n");
    assert_true(append_line_diff(&out, "a\n", "b\n", 0, true));
    assert_string_equal(buffer_text(&out), "\033[31m- a\033[0m\n\033[32m+ b\033[0m\n");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines)};

    return RUN(tests);
}
