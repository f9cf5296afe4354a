/* Lists of strings and of pointers. */
#include "../support.h"

#include "core/list.h"

static struct text_list list_of(struct arena *arena, const char *const *items)
{
    struct text_list list = {0};

    for (; *items; items++)
        text_list_add(&list, arena, *items);
    return list;
}

#define LIST(arena, ...) list_of((arena), (const char *const[]){__VA_ARGS__, NULL})

static void test_add_and_contains(void **state)
{
    struct arena *arena = arena_new();
    struct text_list list = {0};

    (void)state;
    assert_false(text_list_contains(&list, "0"));
    for (int i = 0; i < 100; i++)
        text_list_add(&list, arena, arena_printf(arena, "%d", i));
    assert_int_equal(list.count, 100);
    assert_string_equal(list.items[77], "77");
    assert_true(text_list_contains(&list, "99"));
    assert_false(text_list_contains(&list, "100"));
    arena_free(arena);
}

static void test_equal(void **state)
{
    struct arena *arena = arena_new();
    struct text_list empty = {0};
    struct text_list ab = LIST(arena, "a", "b");
    struct text_list same = LIST(arena, "a", "b");
    struct text_list ba = LIST(arena, "b", "a");
    struct text_list a = LIST(arena, "a");

    (void)state;
    assert_true(text_list_equal(&empty, &empty));
    assert_true(text_list_equal(&ab, &same));
    assert_false(text_list_equal(&ab, &ba));
    assert_false(text_list_equal(&ab, &a));
    assert_false(text_list_equal(&empty, &a));
    arena_free(arena);
}

static void test_sort(void **state)
{
    struct arena *arena = arena_new();
    struct text_list list = LIST(arena, "b", "B", "a", "b", "", "a", "ab");
    struct text_list empty = {0};

    (void)state;
    text_list_sort(&empty);
    text_list_sort(&list);
    assert_string_equal(text_list_join(&list, arena, ","), ",B,a,ab,b");
    arena_free(arena);
}

static void test_copy_is_deep(void **state)
{
    struct arena *arena = arena_new();
    struct arena *other = arena_new();
    struct text_list list = {0};
    struct text_list copy;

    (void)state;
    text_list_add(&list, other, arena_strdup(other, "a"));
    copy = text_list_copy(&list, arena);
    arena_free(other);
    assert_int_equal(copy.count, 1);
    assert_string_equal(copy.items[0], "a");
    arena_free(arena);
}

static void test_join(void **state)
{
    struct arena *arena = arena_new();
    struct text_list empty = {0};
    struct text_list one = LIST(arena, "a");
    struct text_list list = LIST(arena, "", "a", "");

    (void)state;
    assert_string_equal(text_list_join(&empty, arena, ", "), "");
    assert_string_equal(text_list_join(&one, arena, ", "), "a");
    assert_string_equal(text_list_join(&list, arena, ", "), ", a, ");
    arena_free(arena);
}

static void test_pointers(void **state)
{
    struct arena *arena = arena_new();
    struct pointer_list list = {0};
    int numbers[50];

    (void)state;
    for (int i = 0; i < 50; i++)
        pointer_list_add(&list, arena, &numbers[i]);
    assert_int_equal(list.count, 50);
    for (int i = 0; i < 50; i++)
        assert_ptr_equal(list.items[i], &numbers[i]);
    arena_free(arena);
}

static void test_among(void **state)
{
    static const char *const words[] = {"one", "two", NULL};

    (void)state;
    assert_true(text_is_among("two", words));
    assert_false(text_is_among("Two", words));
    assert_false(text_is_among("tw", words));
    assert_false(text_is_among(NULL, words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_and_contains),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_among),
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_copy_is_deep),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_pointers),
    };

    return RUN(tests);
}
