/* "-- plumb:partial" at the head of a file. */
#include "../support.h"

#include <string.h>

#include "load/partial.h"

static int astray;

static bool says(const char *text)
{
    return partial_is_said(text, strlen(text), &astray);
}

static void test_partial(void **state)
{
    (void)state;
    assert_true(says("-- plumb:partial\nSELECT 1;"));
    assert_true(says("\n-- what one team owns\r\n  --plumb:partial \r\n"));
    assert_int_equal(astray, 0);
    assert_false(says(""));
    assert_false(says("-- plumb:partially\n-- no plumb:partial\n"));
    assert_int_equal(astray, 0);
    assert_false(says("SELECT 1;\n\n-- plumb:partial"));
    assert_int_equal(astray, 3);
    assert_true(says("-- plumb:partial\n;\n-- plumb:partial\n"));
    assert_int_equal(astray, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_partial),
    };

    return RUN(tests);
}
