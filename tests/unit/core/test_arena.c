/* Arenas: memory that is zeroed, aligned, and goes away as a whole. */
#include "../support.h"

#include <string.h>

#include "core/arena.h"

static void test_zeroed_and_aligned(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t size = 0; size < 200; size++) {
        unsigned char *memory = arena_alloc(arena, size);

        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xFF, size);
    }
    arena_free(arena);
}

static void test_pieces_do_not_overlap(void **state)
{
    enum { count = 5000 };
    struct arena *arena = arena_new();
    unsigned char *pieces[count];

    (void)state;
    for (size_t i = 0; i < count; i++) {
        pieces[i] = arena_alloc(arena, i % 300 + 1);
        memset(pieces[i], (int)(i % 251), i % 300 + 1);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i % 300 + 1; j++)
            assert_int_equal(pieces[i][j], i % 251);
    arena_free(arena);
}

/* A large piece has a block of its own; the small ones after it go on where they were. */
static void test_large_piece(void **state)
{
    struct arena *arena = arena_new();
    char *first = arena_alloc(arena, 16);
    char *large = arena_alloc(arena, 10u << 20);
    char *second = arena_alloc(arena, 16);

    (void)state;
    memset(large, 1, 10u << 20);
    assert_ptr_equal(second, first + 16);
    assert_int_equal(second[0], 0);
    assert_true(arena_used(arena) >= (10u << 20) + 32);
    arena_free(arena);
}

static void test_large_piece_first(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    memset(arena_alloc(arena, 1 << 20), 1, 1 << 20);
    memset(arena_alloc(arena, 3), 1, 3);
    memset(arena_alloc(arena, 1 << 20), 1, 1 << 20);
    arena_free(arena);
}

static void test_strings(void **state)
{
    struct arena *arena = arena_new();
    char text[] = "table";
    char *copy = arena_strdup(arena, text);

    (void)state;
    text[0] = 'c';
    assert_string_equal(copy, "table");
    assert_string_equal(arena_strndup(arena, "table", 3), "tab");
    assert_string_equal(arena_strndup(arena, "", 0), "");
    assert_null(arena_strdup(arena, NULL));
    assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 3);
    assert_non_null(arena_copy(arena, NULL, 0));
    arena_free(arena);
}

static void test_printf(void **state)
{
    struct arena *arena = arena_new();
    char long_text[3000];

    (void)state;
    memset(long_text, 'x', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    assert_string_equal(arena_printf(arena, "%s %d%%", "a", 7), "a 7%");
    assert_int_equal(strlen(arena_printf(arena, "%s%s", long_text, long_text)), 5998);
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    arena_free(arena);
}

static void test_used_grows(void **state)
{
    struct arena *arena = arena_new();
    size_t used;

    (void)state;
    assert_int_equal(arena_used(arena), 0);
    arena_alloc(arena, 100);
    used = arena_used(arena);
    assert_true(used >= 100);
    arena_alloc(arena, 1);
    assert_true(arena_used(arena) > used);
    arena_free(arena);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zeroed_and_aligned),
        cmocka_unit_test(test_pieces_do_not_overlap),
        cmocka_unit_test(test_large_piece),
        cmocka_unit_test(test_large_piece_first),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_printf),
        cmocka_unit_test(test_used_grows),
    };

    return RUN(tests);
}
