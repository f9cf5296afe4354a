/* Sizes as people write them: core/text/size.c. */
#include "../support.h"

#include "core/text/size.h"

static void test_parse(void **state)
{
    int64_t bytes = 0;

    (void)state;
    assert_true(size_parse("0", &bytes) && bytes == 0);
    assert_true(size_parse("500", &bytes) && bytes == 500);
    assert_true(size_parse("8kB", &bytes) && bytes == 8192);
    assert_true(size_parse("1.5 GB", &bytes) && bytes == INT64_C(1610612736));
    assert_true(size_parse("2m", &bytes) && bytes == 2097152);
    assert_true(size_parse("1T", &bytes) && bytes == INT64_C(1) << 40);
    assert_false(size_parse("", &bytes));
    assert_false(size_parse("-1", &bytes));
    assert_false(size_parse("5X", &bytes));
    assert_false(size_parse("5MBs", &bytes));
    assert_false(size_parse("inf", &bytes));
    assert_false(size_parse("99999999T", &bytes));
}

static void test_shown(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(size_shown(arena, 512), "512 bytes");
    assert_string_equal(size_shown(arena, 8192), "8 kB");
    assert_string_equal(size_shown(arena, 1610612736), "1.5 GB");
    assert_string_equal(size_shown(arena, INT64_C(20) << 40), "20 TB");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
