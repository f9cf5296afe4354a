/* Columns that may stand in any order. */
#include "../support.h"

#include "mysql/resolve/reconcile_order.h"

static struct text_list letters(struct arena *arena, const char *names)
{
    struct text_list list = {0};

    for (; *names; names++)
        text_list_add(&list, arena, arena_strndup(arena, names, 1));
    return list;
}

static void assert_order(const char *have, const char *want, const char *expected)
{
    struct arena *arena = arena_new();
    struct text_list there = letters(arena, have);
    struct text_list wanted = letters(arena, want);
    struct text_list order = my_kept_order(arena, &there, &wanted);

    assert_string_equal(text_list_join(&order, arena, ""), expected);
    arena_free(arena);
}

static void test_orders(void **state)
{
    (void)state;
    assert_order("abc", "abc", "abc");
    assert_order("abc", "cba", "abc");
    assert_order("abc", "ca", "ac");
    assert_order("abc", "cxba", "abcx");
    assert_order("abc", "xabc", "xabc");
    assert_order("abc", "abxyc", "abxyc");
    assert_order("aBc", "Abc", "Abc");
    assert_order("", "ab", "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_orders)};

    return RUN(tests);
}
