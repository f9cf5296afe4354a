/* Changes to a text (edit/text.c): their order, what overlaps, and small questions about lines and words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "edit/text.h"

static void changed(void **state)
{
    struct arena *arena = arena_new();
    struct text_changes changes = {0};
    const char *text = "one two three";

    (void)state;
    text_changes_add(&changes, arena, 8, 13, "3");
    text_changes_add(&changes, arena, 0, 0, "a ");
    text_changes_add(&changes, arena, 0, 0, "b ");
    text_changes_add(&changes, arena, 0, 3, "1");
    assert_string_equal("a b 1 two 3", text_changed(arena, text, 13, &changes));
    text_changes_cut(&changes, 1);
    assert_int_equal(1, changes.count);
    arena_free(arena);
}

static void overlapping(void **state)
{
    struct arena *arena = arena_new();
    struct text_changes changes = {0};

    (void)state;
    text_changes_add(&changes, arena, 0, 4, "");
    text_changes_add(&changes, arena, 2, 6, "");
    text_changes_add(&changes, arena, 3, 3, "x");
    assert_string_equal("xg", text_changed(arena, "abcdefg", 7, &changes));
    text_changes_add(&changes, arena, 1, 5, "y");
    assert_null(text_changed(arena, "abcdefg", 7, &changes));
    arena_free(arena);
}

static void lines_and_words(void **state)
{
    struct arena *arena = arena_new();
    const char *text = "a\n  \"b\"\"c\" -- d\n";
    const struct text_mark name = {MARK_NAME, 4, 10};

    (void)state;
    assert_int_equal(2, text_line_start(text, 5));
    assert_int_equal(15, text_line_end(text, strlen(text), 5));
    assert_string_equal("  ", text_indent(arena, text, 5));
    assert_true(text_is_blank(text, 1, 4));
    assert_false(text_is_blank(text, 1, 5));
    assert_string_equal("b\"c", mark_name(arena, text, &name));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed),
        cmocka_unit_test(overlapping),
        cmocka_unit_test(lines_and_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
