/* Errors as values: the first one wins, and it knows its place. */
#include "../support.h"

#include <string.h>

#include "core/error.h"

static void test_set(void **state)
{
    struct error error = {0};

    (void)state;
    assert_false(error_set(&error, ERROR_SCHEMA, "table %s is declared twice", "a"));
    assert_int_equal(error.code, ERROR_SCHEMA);
    assert_string_equal(error.message, "table a is declared twice");
    error_hint(&error, "Remove %s.", "one");
    error_hint(&error, "Remove both.");
    assert_string_equal(error.hint, "Remove one.");
}

static void test_first_wins(void **state)
{
    struct error error = {0};

    (void)state;
    error_set(&error, ERROR_IO, "first");
    assert_false(error_set(&error, ERROR_USAGE, "second"));
    assert_int_equal(error.code, ERROR_IO);
    assert_string_equal(error.message, "first");
}

static void test_long_texts_are_cut(void **state)
{
    struct error error = {0};
    char text[5000];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    error_set(&error, ERROR_SERVER, "%s", text);
    error_hint(&error, "%s", text);
    error_place(&error, text, text, strlen(text), 4000);
    assert_int_equal(strlen(error.message), sizeof(error.message) - 1);
    assert_int_equal(strlen(error.hint), sizeof(error.hint) - 1);
    assert_int_equal(strlen(error.file), sizeof(error.file) - 1);
    assert_int_equal(strlen(error.source), sizeof(error.source) - 1);
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, 4001);
}

/* Between characters, whatever their size and place, and it is said. */
static void test_cuts_fall_between_characters(void **state)
{
    static const char *const characters[] = {"a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};

    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t shift = 0; shift < 4; shift++) {
            struct error error = {0};
            char text[3000] = "";
            size_t size = strlen(characters[i]);
            size_t length;

            memset(text, 'x', shift);
            for (size_t at = shift; at + size < sizeof(text) - 4; at += size)
                memcpy(text + at, characters[i], size);
            error_set(&error, ERROR_SERVER, "%s", text);
            length = strlen(error.message);
            assert_true(length < sizeof(error.message) && length + 4 >= sizeof(error.message) - 3);
            assert_string_equal(error.message + length - 3, "...");
            assert_int_equal((length - 3 - shift) % size, 0);
        }
}

static void assert_place(const char *text, size_t offset, int line, int column, const char *source)
{
    struct error error = {0};

    error_place(&error, "a.sql", text, strlen(text), offset);
    assert_string_equal(error.file, "a.sql");
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_string_equal(error.source, source);
}

static void test_place(void **state)
{
    static const char text[] = "one\ntwo three\n\nlast";

    (void)state;
    assert_place(text, 0, 1, 1, "one");
    assert_place(text, 3, 1, 4, "one");
    assert_place(text, 4, 2, 1, "two three");
    assert_place(text, 8, 2, 5, "two three");
    assert_place(text, 14, 3, 1, "");
    assert_place(text, 15, 4, 1, "last");
    assert_place(text, 19, 4, 5, "last");
    assert_place(text, 1000, 4, 5, "last");
    assert_place("", 0, 1, 1, "");
}

static void test_first_place_wins(void **state)
{
    struct error error = {0};

    (void)state;
    error_place(&error, "a.sql", "x\ny", 3, 2);
    error_place(&error, "b.sql", "x\ny", 3, 0);
    assert_string_equal(error.file, "a.sql");
    assert_int_equal(error.line, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_first_wins),
        cmocka_unit_test(test_long_texts_are_cut),
        cmocka_unit_test(test_cuts_fall_between_characters),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_first_place_wins),
    };

    return RUN(tests);
}
