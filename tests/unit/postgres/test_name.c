/* Names as the server cuts and chooses them: the texts are what servers answered. */
#include "../support.h"

#include "postgres/facts/name.h"

#define TEN "abcdefghij"
#define LONG TEN TEN TEN TEN TEN TEN "abcd" /* 64 bytes */

static void test_clip(void **state)
{
    (void)state;
    assert_int_equal(pg_clip_name("short", PG_NAME_BYTES), 5);
    assert_int_equal(pg_clip_name(LONG, PG_NAME_BYTES), 63);
    assert_int_equal(pg_clip_name("a\xc3\xa4\xc3\xb6", 4), 3); /* a, two bytes, two bytes */
    assert_int_equal(pg_clip_name("\xc3\xa4", 1), 0);
}

static void test_chosen(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(pg_chosen_name(arena, "t", "a", "key"), "t_a_key");
    assert_string_equal(pg_chosen_name(arena, "t", NULL, "pkey"), "t_pkey");
    assert_string_equal(pg_chosen_name(arena, "t", "a", NULL), "t_a");
    /* The longer one gives way until both are alike. */
    assert_string_equal(pg_chosen_name(arena, LONG, "a", "seq"),
                        TEN TEN TEN TEN TEN "abcdefg_a_seq");
    assert_string_equal(pg_chosen_name(arena, LONG, LONG, "seq"),
                        TEN TEN "abcdefghi_" TEN TEN "abcdefghi_seq");
    arena_free(arena);
}

static void test_is_chosen(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_true(pg_name_is_chosen("t_a_key", "t", "a", "key"));
    assert_true(pg_name_is_chosen("t_a_key12", "t", "a", "key"));
    assert_true(pg_name_is_chosen("t_pkey", "t", NULL, "pkey"));
    assert_false(pg_name_is_chosen("t_a_keys", "t", "a", "key"));
    assert_false(pg_name_is_chosen("t_b_key", "t", "a", "key"));
    assert_false(pg_name_is_chosen("t_a", "t", "a", "key"));
    for (int i = 1; i < 200; i += 33)
        assert_true(pg_name_is_chosen(
            pg_chosen_name(arena, LONG, LONG, arena_printf(arena, "key%d", i)), LONG, LONG, "key"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clip),
        cmocka_unit_test(test_chosen),
        cmocka_unit_test(test_is_chosen),
    };

    return RUN(tests);
}
