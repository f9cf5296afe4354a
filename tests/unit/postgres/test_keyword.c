/* Words that became keywords, by the list of facts/keyword.def, against the parser's own. */
#include "../support.h"
#include "core/buffer.h"
#include "postgres/sql/keyword.h"
#include "postgres/sql/quote.h"

#include <string.h>

static const struct {
    const char *word;
    int first;
    int earlier;
} keywords[] = {
#define KEYWORD(word, first, earlier) {#word, (first)*10000, (earlier)*10000},
#include "postgres/facts/keyword.def"
#undef KEYWORD
};

static struct arena *arena;

static void check(const char *text, int version, const char *expected)
{
    assert_string_equal(pg_quote_later_keywords(arena, text, version), expected);
}

/* The parser has to have each for a word that names need quotes for; older versions get them, others not. */
static void test_list(void **state)
{
    (void)state;
    arena = arena_new();
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++) {
        const char *word = keywords[i].word;
        const char *text = arena_printf(arena, "SELECT %s(1)", word);
        const char *quoted = arena_printf(arena, "SELECT \"%s\"(1)", word);

        assert_string_not_equal(pg_quote_name(arena, word), word);
        check(text, keywords[i].first, text);
        check(text, 0, text);
        check(text, keywords[i].first - 1, quoted);
        assert_true(pg_version_has_later_keywords(keywords[i].first - 1));
    }
    assert_int_equal(pg_earlier_reading(0), 169999);
    assert_int_equal(pg_earlier_reading(169999), 159999);
    assert_int_equal(pg_earlier_reading(159999), 129999);
    assert_int_equal(pg_earlier_reading(129999), 0);
    assert_false(pg_version_has_later_keywords(0));
    assert_false(pg_version_has_later_keywords(170000));
    arena_free(arena);
}

static void test_texts(void **state)
{
    (void)state;
    arena = arena_new();
    check("f(JSON json, a.json, \"json\", 'json', $$json$$, json_x) -- json", 150000,
          "f(\"json\" \"json\", a.\"json\", \"json\", 'json', $$json$$, json_x) -- json");
    check("a IS JSON, b IS NOT json, FORMAT JSON, json", 160000,
          "a IS JSON, b IS NOT json, FORMAT JSON, \"json\"");
    check("a IS JSON", 150000, "a IS \"json\"");
    check("", 150000, "");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_texts),
    };

    return RUN(tests);
}
