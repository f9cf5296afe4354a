/* The growing string. */
#include "../support.h"

#include <string.h>

#include "core/buffer.h"

static void test_empty(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(buffer_text(&buffer), "");
    assert_string_equal(buffer_take(&buffer, arena), "");
    buffer_append(&buffer, "");
    assert_string_equal(buffer_text(&buffer), "");
    buffer_free(&buffer);
    buffer_free(&buffer);
    arena_free(arena);
}

static void test_append(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    buffer_append(&buffer, "create ");
    buffer_append_char(&buffer, 't');
    buffer_append_bytes(&buffer, "able and more", 4);
    buffer_printf(&buffer, " %s%d", "n", 12);
    assert_string_equal(buffer_text(&buffer), "create table n12");
    assert_int_equal(buffer.length, 16);
    buffer_free(&buffer);
}

static void test_grows(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    for (int i = 0; i < 10000; i++)
        buffer_printf(&buffer, "%04d", i);
    assert_int_equal(buffer.length, 40000);
    assert_int_equal(strlen(buffer_text(&buffer)), 40000);
    assert_memory_equal(buffer.text + 4 * 1234, "1234", 4);
    buffer_free(&buffer);
}

static void test_separate(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;
    const char *const names[] = {"a", "b", "c"};
    size_t start;

    (void)state;
    buffer_append(&buffer, "(");
    start = buffer.length;
    for (int i = 0; i < 3; i++) {
        buffer_separate(&buffer, start, ", ");
        buffer_append(&buffer, names[i]);
    }
    assert_string_equal(buffer_text(&buffer), "(a, b, c");
    buffer_free(&buffer);
}

static void test_truncate(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    buffer_truncate(&buffer, 0);
    buffer_append(&buffer, "abcdef");
    buffer_truncate(&buffer, 9);
    assert_string_equal(buffer_text(&buffer), "abcdef");
    buffer_truncate(&buffer, 2);
    buffer_append(&buffer, "x");
    assert_string_equal(buffer_text(&buffer), "abx");
    buffer_free(&buffer);
}

static void test_take(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;
    struct arena *arena = arena_new();
    char *text;

    (void)state;
    buffer_append(&buffer, "one");
    text = buffer_take(&buffer, arena);
    buffer_append(&buffer, "two");
    assert_string_equal(text, "one");
    assert_string_equal(buffer_take(&buffer, arena), "two");
    assert_int_equal(buffer.length, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),    cmocka_unit_test(test_append),
        cmocka_unit_test(test_grows),    cmocka_unit_test(test_separate),
        cmocka_unit_test(test_truncate), cmocka_unit_test(test_take),
    };

    return RUN(tests);
}
