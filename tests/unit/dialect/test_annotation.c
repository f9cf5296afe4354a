/* Which element of which statement a "-- @renamed" is about, in a small language of comments and words:
 * dialect/annotation.c. */
#include "../support.h"

#include <ctype.h>
#include <string.h>

#include "dialect/annotation.h"
#include "core/list.h"

/* Tokens are comments up to the end of their line, words, and single characters. */
static bool scan(const char *text, size_t length, size_t from, struct annotation_token *token)
{
    while (from < length && isspace((unsigned char)text[from]))
        from++;
    if (from == length)
        return false;
    *token = (struct annotation_token){.start = from, .end = from + 1};
    token->comment = strncmp(text + from, "--", 2) == 0;
    if (token->comment)
        token->end = from + strcspn(text + from, "\n");
    else if (isalnum((unsigned char)text[from]))
        while (isalnum((unsigned char)text[token->end]))
            token->end++;
    return true;
}

static struct arena *arena;
static struct error error;
static size_t place;

/* "old -> the word it is about, in the word that the statement begins with" of each. */
static const char *found_in(const char *text)
{
    struct annotation *items;
    struct text_list found = {0};
    size_t count;

    error = (struct error){0};
    if (!annotations_find(scan, text, strlen(text), arena, &items, &count, NULL, &place, &error))
        return error.message;
    for (size_t i = 0; i < count; i++) {
        const char *target = text + items[i].target;
        const char *statement = text + items[i].statement;

        assert_true(strncmp(text + items[i].offset, "@renamed", 8) == 0);
        text_list_add(&found, arena,
                      arena_printf(arena, "%s -> %.*s in %.*s", items[i].former_name,
                                   (int)strcspn(target, " ,();\n"), target,
                                   (int)strcspn(statement, " ,();\n"), statement));
    }
    return text_list_join(&found, arena, "; ");
}

static const char *strays_in(const char *text)
{
    struct annotation *items;
    struct pointer_list strays = {0};
    struct text_list found = {0};
    size_t count;

    error = (struct error){0};
    assert_true(
        annotations_find(scan, text, strlen(text), arena, &items, &count, &strays, &place, &error));
    for (size_t i = 0; i < strays.count; i++) {
        const struct annotation_stray *stray = strays.items[i];

        assert_int_equal(text[stray->offset], '@');
        text_list_add(&found, arena, arena_printf(arena, "%s for %s", stray->word, stray->meant));
    }
    return text_list_join(&found, arena, "; ");
}

/* What is spelled nearly like an annotation; words of other tools, and addresses, are none. */
static void test_strays(void **state)
{
    (void)state;
    arena = arena_new();
    assert_string_equal(strays_in("MAKE t (a, -- @rename from=x\nb);"), "@rename for @renamed");
    assert_string_equal(strays_in("-- @RENAMED from=x\nMAKE t;"), "@RENAMED for @renamed");
    assert_string_equal(strays_in("-- @renamed from=x\nMAKE t;"), "");
    assert_string_equal(strays_in("-- @param x @author me\nMAKE t; -- mail renamer@example.org"),
                        "");
    arena_free(arena);
}

static void test_notes_and_places(void **state)
{
    struct annotated_text annotated = {.file = "a.sql",
                                       .text = "-- @rename from=x\nMAKE t;\n-- @renamed\n"};
    struct pointer_list all = {0};
    struct text_list notes = {0};

    (void)state;
    arena = arena_new();
    annotated.length = strlen(annotated.text);
    error = (struct error){0};
    assert_false(annotations_read(scan, &annotated, &all, arena, &notes, &error));
    assert_int_equal(error.line, 3);
    annotated.text = "MAKE t; -- @rename from=x\n-- @renamed from=y\nMAKE u;";
    annotated.length = strlen(annotated.text);
    error = (struct error){0};
    assert_true(annotations_read(scan, &annotated, &all, arena, &notes, &error));
    assert_int_equal(all.count, 1);
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.items[0],
                        "a.sql:1: @rename is no annotation: did you mean @renamed?");
    assert_false(annotations_check(&all, &error));
    assert_int_equal(error.line, 2);
    arena_free(arena);
}

static void test_many(void **state)
{
    (void)state;
    arena = arena_new();
    assert_string_equal(
        found_in("MAKE t ( -- @renamed from=s\na, -- @renamed from=b\nc, -- @renamed from=d\n"
                 "e, -- @renamed from=f\ng, -- @renamed from=h\ni); -- @renamed from=j\n"),
        "s -> MAKE in MAKE; b -> a in MAKE; d -> c in MAKE; f -> e in MAKE; h -> g in MAKE; "
        "j -> MAKE in MAKE");
    arena_free(arena);
}

static void test_places(void **state)
{
    (void)state;
    arena = arena_new();
    assert_string_equal(found_in("MAKE t (a, b);"), "");
    /* Above a statement, above an element, behind an element. */
    assert_string_equal(found_in("-- @renamed from=u\nMAKE t (a, b);"), "u -> MAKE in MAKE");
    assert_string_equal(found_in("MAKE t (\n-- @renamed from=x\na,\nb);"), "x -> a in MAKE");
    assert_string_equal(found_in("MAKE t (\na, -- @renamed from=x\nb);"), "x -> a in MAKE");
    assert_string_equal(found_in("MAKE t (\na,\nb -- @renamed from=x\n);"), "x -> b in MAKE");
    /* What stands in an element's own brackets belongs to the element. */
    assert_string_equal(found_in("MAKE t (a n(1, 2), -- @renamed from=x\nb);"), "x -> a in MAKE");
    /* The second statement's. */
    assert_string_equal(found_in("MAKE t (a);\n-- @renamed from=v\nFORM w;"), "v -> FORM in FORM");
    assert_string_equal(found_in("MAKE t (\n-- @renamed from=x\na,\n-- @renamed from=y\nb);"),
                        "x -> a in MAKE; y -> b in MAKE");
    arena_free(arena);
}

static void test_names(void **state)
{
    (void)state;
    arena = arena_new();
    assert_string_equal(found_in("-- @renamed from = s.u\nMAKE t;"), "s.u -> MAKE in MAKE");
    assert_string_equal(found_in("-- @renamed from=\"A b\"\nMAKE t;"), "A b -> MAKE in MAKE");
    assert_string_equal(found_in("-- renamed from=u\nMAKE t;"), "");
    arena_free(arena);
}

static void test_unreadable(void **state)
{
    static const char *const texts[] = {
        "MAKE t; -- @renamed\n",         "MAKE t; -- @renamed from\n",
        "MAKE t; -- @renamed from=\n",   "MAKE t; -- @renamed to=u\n",
        "MAKE t; -- @renamed from=s.\n", "MAKE t; -- @renamed from=\"u\n"};

    (void)state;
    arena = arena_new();
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        assert_string_equal(found_in(texts[i]), "the annotation @renamed does not say from what");
        assert_int_equal(error.code, ERROR_SYNTAX);
        assert_int_equal(place, 11);
        assert_true(*error.hint);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places), cmocka_unit_test(test_strays),
        cmocka_unit_test(test_many),   cmocka_unit_test(test_notes_and_places),
        cmocka_unit_test(test_names),  cmocka_unit_test(test_unreadable),
    };

    return RUN(tests);
}
