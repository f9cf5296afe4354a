/* Later keywords, by the list of facts/keyword.def. */
#include "postgres/sql/keyword.h"

#include <ctype.h>
#include <string.h>

static const struct {
    const char *word;
    int first;   /* server_version_num from which on it has to be quoted */
    int earlier; /* from which on it is a keyword at all */
} keywords[] = {
#define KEYWORD(word, first, earlier)                                                              \
    {#word, (first)*10000, ((earlier) ? (earlier) : (first)) * 10000},
#include "postgres/facts/keyword.def"
#undef KEYWORD
};

enum { keyword_count = sizeof(keywords) / sizeof(*keywords) };

bool pg_version_has_later_keywords(int version)
{
    for (size_t i = 0; version && i < keyword_count; i++)
        if (version < keywords[i].first)
            return true;
    return false;
}

int pg_earlier_reading(int version)
{
    int earlier = 0;

    for (size_t i = 0; i < keyword_count; i++)
        if ((!version || keywords[i].first < version) && keywords[i].first - 1 > earlier)
            earlier = keywords[i].first - 1;
    return earlier;
}

/* Where a keyword that can still be any name stands for itself: IS JSON, IS NOT JSON, FORMAT JSON. */
static bool is_syntax_behind(const char *text, const struct pg_token *before)
{
    return pg_token_is(text, before, "is") || pg_token_is(text, before, "not") ||
           pg_token_is(text, before, "format");
}

static bool is_later(const struct pg_keyword_walk *walk, const struct pg_token *word)
{
    if (word->kind != PG_TOKEN_WORD)
        return false;
    for (size_t i = 0; i < keyword_count; i++)
        if (walk->version < keywords[i].first && pg_token_is(walk->text, word, keywords[i].word))
            return walk->version < keywords[i].earlier ||
                   !is_syntax_behind(walk->text, &walk->token);
    return false;
}

bool pg_next_later_keyword(struct pg_keyword_walk *walk, struct pg_token *word)
{
    bool later = false;

    while (!later && pg_scan_code(walk->text, walk->length, walk->token.end, word)) {
        later = is_later(walk, word);
        walk->token = *word;
    }
    return later;
}

void pg_append_folded_name(struct buffer *buffer, const char *text, const struct pg_token *word)
{
    buffer_append_char(buffer, '"');
    for (size_t at = word->start; at < word->end; at++)
        buffer_append_char(buffer, (char)tolower((unsigned char)text[at]));
    buffer_append_char(buffer, '"');
}

const char *pg_quote_later_keywords(struct arena *arena, const char *text, int version)
{
    struct pg_keyword_walk walk = {.text = text, .length = strlen(text), .version = version};
    struct buffer quoted = BUFFER_EMPTY;
    struct pg_token word;
    size_t copied = 0;

    if (!pg_version_has_later_keywords(version))
        return text;
    while (pg_next_later_keyword(&walk, &word)) {
        buffer_append_bytes(&quoted, text + copied, word.start - copied);
        pg_append_folded_name(&quoted, text, &word);
        copied = word.end;
    }
    if (!copied)
        return text;
    buffer_append(&quoted, text + copied);
    return buffer_take(&quoted, arena);
}
