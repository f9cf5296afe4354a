/* Texts for people: nothing in them moves the cursor. */
#include "../support.h"

#include <string.h>

#include "core/text/shown.h"

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_plain_stays(void **state)
{
    static const char *const texts[] = {"", "orders", "Gr\u00f6\u00dfe \u5927\u5c0f", "a\\nb",
                                        "\U0001F600"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        assert_string_equal(text_shown(arena, texts[i]), texts[i]);
        assert_true(text_is_shown_plain(texts[i], strlen(texts[i]), false));
    }
    assert_null(text_shown(arena, NULL));
    assert_null(text_shown_lines(arena, NULL, 2));
}

static void test_controls(void **state)
{
    (void)state;
    assert_string_equal(text_shown(arena, "a\nb\tc\rd\ve\f"), "a\\nb\\tc\\rd\\ve\\f");
    assert_string_equal(text_shown(arena, "\033[2Jgone\a\x7f"), "\\x1b[2Jgone\\x07\\x7f");
    assert_string_equal(text_shown(arena, "\xc2\x9b"
                                          "2J \u202egnp \u2028 \ufeff"),
                        "\\u009b2J \\u202egnp \\u2028 \\ufeff");
}

/* Every code point below U+3000 comes out without a control character, or as it was. */
static void test_all_low_code_points(void **state)
{
    (void)state;
    for (unsigned point = 1; point < 0x3000; point++) {
        char text[4] = {0};
        const char *shown;

        if (point < 0x80) {
            text[0] = (char)point;
        } else if (point < 0x800) {
            text[0] = (char)(0xC0 | point >> 6);
            text[1] = (char)(0x80 | (point & 0x3F));
        } else {
            text[0] = (char)(0xE0 | point >> 12);
            text[1] = (char)(0x80 | (point >> 6 & 0x3F));
            text[2] = (char)(0x80 | (point & 0x3F));
        }
        shown = text_shown(arena, text);
        assert_true(strcmp(shown, text) == 0 || shown[0] == '\\');
        assert_true(text_is_shown_plain(shown, strlen(shown), false));
        if (point < 0x20 || (point >= 0x7F && point < 0xA0))
            assert_string_not_equal(shown, text);
    }
}

static void test_no_utf8(void **state)
{
    (void)state;
    assert_string_equal(text_shown(arena, "caf\xe9"), "caf\\xe9");
    assert_string_equal(text_shown(arena, "\xc0\x80\xe2\x82"), "\\xc0\\x80\\xe2\\x82");
    assert_string_equal(text_shown(arena, "\xed\xa0\x80"), "\\xed\\xa0\\x80"); /* half a pair */
    assert_string_equal(text_shown(arena, "\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

static void test_lines(void **state)
{
    struct buffer text = BUFFER_EMPTY;

    (void)state;
    assert_string_equal(text_shown_lines(arena, "a\n\tb\r\033", 4), "a\n    \tb\\r\\x1b");
    assert_true(text_is_shown_plain("a\n\tb", 4, true));
    assert_false(text_is_shown_plain("a\n\tb", 4, false));
    buffer_append_shown(&text, "ab\ncd", 3);
    assert_string_equal(buffer_text(&text), "ab\\n");
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_stays),
        cmocka_unit_test(test_controls),
        cmocka_unit_test(test_all_low_code_points),
        cmocka_unit_test(test_no_utf8),
        cmocka_unit_test(test_lines),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
