/* The hash map. */
#include "../support.h"

#include "core/map.h"

static void test_empty(void **state)
{
    struct arena *arena = arena_new();
    struct map map = map_new(arena);

    (void)state;
    assert_null(map_get(&map, ""));
    assert_null(map_get(&map, "a"));
    assert_int_equal(arena_used(arena), 0);
    arena_free(arena);
}

static void test_set_and_get(void **state)
{
    struct arena *arena = arena_new();
    struct map map = map_new(arena);
    int one = 1;
    int two = 2;

    (void)state;
    map_set(&map, "a", &one);
    map_set(&map, "", &two);
    assert_ptr_equal(map_get(&map, arena_strdup(arena, "a")), &one);
    assert_ptr_equal(map_get(&map, ""), &two);
    assert_null(map_get(&map, "A"));
    map_set(&map, "a", &two);
    assert_ptr_equal(map_get(&map, "a"), &two);
    assert_int_equal(map.count, 2);
    arena_free(arena);
}

static void test_forget(void **state)
{
    struct arena *arena = arena_new();
    struct map map = map_new(arena);
    int one = 1;

    (void)state;
    map_set(&map, "a", &one);
    map_set(&map, "a", NULL);
    assert_null(map_get(&map, "a"));
    assert_true(map_add(&map, "a"));
    assert_false(map_add(&map, "a"));
    arena_free(arena);
}

static void test_many(void **state)
{
    enum { count = 20000 };
    struct arena *arena = arena_new();
    struct map map = map_new(arena);
    char **keys = ARENA_ARRAY(arena, char *, count);

    (void)state;
    for (int i = 0; i < count; i++) {
        keys[i] = arena_printf(arena, "table:schema:/s%d/t%d", i % 7, i);
        map_set(&map, keys[i], &keys[i]);
    }
    assert_int_equal(map.count, count);
    for (int i = 0; i < count; i++)
        assert_ptr_equal(map_get(&map, arena_printf(arena, "table:schema:/s%d/t%d", i % 7, i)),
                         &keys[i]);
    assert_null(map_get(&map, "table:schema:/s0/t20000"));
    assert_true(map.room >= 2 * map.count);
    arena_free(arena);
}

static void test_set_of_names(void **state)
{
    struct arena *arena = arena_new();
    struct map map = map_new(arena);

    (void)state;
    assert_true(map_add(&map, "a"));
    assert_true(map_add(&map, "b"));
    assert_false(map_add(&map, "a"));
    assert_string_equal(map_get(&map, "b"), "b");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),        cmocka_unit_test(test_set_and_get),
        cmocka_unit_test(test_forget),       cmocka_unit_test(test_many),
        cmocka_unit_test(test_set_of_names),
    };

    return RUN(tests);
}
