/* Writes a table that was read as plumb would make it, and looks for words of the server's own text that are not
 * there: what the grammar took and the model has no place for. Order, punctuation and spelling say nothing;
 * what the server prints or hides as it likes (keywords of defaults, collations, which the model always
 * has) is left out. */
#include "mysql/catalog/check.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "core/map.h"
#include "mysql/sql/quote.h"
#include "mysql/write/write.h"

/* --- words --------------------------------------------------------------------------------------- */

/* Takes a text apart. */
struct reader {
    struct arena *arena;
    const char *at;
    const char *end;
};

static bool is_word_character(char character)
{
    return isalnum((unsigned char)character) || character == '_' || character == '$' ||
           character == '.' || (unsigned char)character >= 0x80;
}

/* The quoted text or name that begins here, its escapes undone; a zero byte, which would end it, is 1. */
static const char *read_quoted(struct reader *reader)
{
    static const char escapes[] = "nr0tbZ";
    static const char meant[] = "\n\r\1\t\b\032";
    struct buffer word = BUFFER_EMPTY;
    char quote = *reader->at++;

    for (; reader->at < reader->end; reader->at++) {
        char character = *reader->at;

        if (character == quote && (++reader->at == reader->end || *reader->at != quote))
            break;
        if (character == '\\' && quote != '`' && reader->at + 1 < reader->end) {
            const char *escape = strchr(escapes, *++reader->at);

            character = escape && *escape ? meant[escape - escapes] : *reader->at;
        }
        buffer_append_char(&word, character ? character : '\1');
    }
    return buffer_take(&word, reader->arena);
}

/* Numbers are quoted by one server and bare, with their sign outside the word, with another. */
static const char *without_sign(const char *word)
{
    return *word == '-' && isdigit((unsigned char)word[1]) ? word + 1 : word;
}

/* The bytes that hexadecimal digits stand for. */
static const char *decode_hex(struct arena *arena, const char *digits)
{
    struct buffer word = BUFFER_EMPTY;

    for (; digits[0] && digits[1]; digits += 2) {
        char pair[3] = {digits[0], digits[1], '\0'};
        char byte = (char)strtol(pair, NULL, 16);

        buffer_append_char(&word, byte ? byte : '\1');
    }
    return buffer_take(&word, arena);
}

static const char *next_word(struct reader *reader);

/* The word just read names the character set of the text behind it: of the connection, more often than not. */
static bool is_introducer(const struct reader *reader)
{
    const char *at = reader->at;

    at += at < reader->end && *at == ' ';
    return at < reader->end && *at == '\'';
}

static const char *read_bare(struct reader *reader)
{
    const char *start = reader->at;
    const char *word;

    while (reader->at < reader->end && is_word_character(*reader->at))
        reader->at++;
    word = arena_strndup(reader->arena, start, (size_t)(reader->at - start));
    if (strncasecmp(word, "0x", 2) == 0)
        return decode_hex(reader->arena, word + 2);
    if (*word == '_' && is_introducer(reader))
        return next_word(reader);
    if (reader->at == reader->end || *reader->at != '\'' || !word[0] || word[1])
        return word;
    if (tolower((unsigned char)*word) == 'x')
        return decode_hex(reader->arena, read_quoted(reader));
    return tolower((unsigned char)*word) == 'b' ? read_quoted(reader) : word;
}

/* A comment that only servers of some version read begins with a number, which is no word. */
static void skip_comment_start(struct reader *reader)
{
    while (reader->at < reader->end && strchr("/*!M", *reader->at))
        reader->at++;
    while (reader->at < reader->end && isdigit((unsigned char)*reader->at))
        reader->at++;
}

/* The next word; NULL at the end. */
static const char *next_word(struct reader *reader)
{
    while (reader->at < reader->end) {
        if (*reader->at && strchr("'\"`", *reader->at))
            return without_sign(read_quoted(reader));
        if (is_word_character(*reader->at))
            return read_bare(reader);
        if (reader->end - reader->at > 2 && memcmp(reader->at, "/*", 2) == 0)
            skip_comment_start(reader);
        else
            reader->at++;
    }
    return NULL;
}

/* --- bags of words ------------------------------------------------------------------------------- */

/* Words that say nothing by themselves, or that the server prints where it likes. */
static bool is_silent(const char *word)
{
    static const char *const words[] = {
        "alter",   "add",      "asc",        "btree",      "charset",   "character", "check",
        "collate", "column",   "columns",    "constraint", "create",    "default",   "engine",
        "index",   "innodb",   "key",        "null",       "set",       "table",     "temporary",
        "using",   "foreign",  "references", "always",     "generated", "as",        "no",
        "action",  "restrict", "on",         "update",     "delete",    "virtual",   "values"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcasecmp(words[i], word) == 0)
            return true;
    return false;
}

/* True for words whose value stands behind them and is no part of the table's definition, or always of
 * the model. */
static bool hides_value(const char *word, const char *before)
{
    static const char *const words[] = {"collate", "charset", "auto_increment"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcasecmp(words[i], word) == 0)
            return true;
    return strcasecmp(word, "set") == 0 && before && strcasecmp(before, "character") == 0;
}

/* A word that hides its value only with "=" behind it is an attribute of a column elsewhere. */
static bool value_follows(const struct reader *reader, const char *word)
{
    return strcasecmp(word, "auto_increment") != 0 ||
           (reader->at < reader->end && *reader->at == '=');
}

/* Adds to each word's count in the bag; words that come out below zero are added to missing. */
static void count_words(struct map *bag, struct arena *arena, const char *text, size_t length,
                        int by, struct text_list *missing)
{
    struct reader reader = {.arena = arena, .at = text, .end = text + length};
    const char *before = NULL;
    const char *word;

    while ((word = next_word(&reader)) != NULL) {
        if (hides_value(word, before) && value_follows(&reader, word)) {
            before = NULL;
            next_word(&reader);
            continue;
        }
        before = word;
        if (!is_silent(word)) {
            const char *key = text_lower(arena, word);
            int *count = map_get(bag, key);

            if (!count)
                map_set(bag, key, count = ARENA_NEW(arena, int));
            *count += by;
            if (*count < 0)
                text_list_add(missing, arena, word);
        }
    }
}

/* --- the table again ----------------------------------------------------------------------------- */

/* What goes into CREATE TABLE, and what plumb writes with statements of its own. */
static void collect(struct arena *arena, const struct object *parent, struct pointer_list *inside,
                    struct pointer_list *outside)
{
    for (struct object *child = parent->first_child; child; child = child->next_sibling) {
        if (child->removed || child->kind == KIND_TRIGGER)
            continue;
        pointer_list_add(child->kind == KIND_FOREIGN_KEY ? outside : inside, arena, child);
        collect(arena, child, inside, outside);
    }
}

static void write_again(struct arena *arena, const struct model *model, const struct object *table,
                        struct map *bag)
{
    struct step_sink sink = {.arena = arena,
                             .action = ACTION_CREATE,
                             .object = table,
                             .table_is_new = true,
                             .server_version = model->server_version,
                             .from = model,
                             .to = model};
    struct pointer_list inside = {0};
    struct pointer_list outside = {0};
    struct text_list none = {0};

    collect(arena, table, &inside, &outside);
    my_create(&sink, table, &inside);
    for (size_t i = 0; i < outside.count; i++)
        my_create(&sink, outside.items[i], NULL);
    for (size_t i = 0; i < sink.steps.count; i++)
        count_words(bag, arena, sink.steps.items[i].sql, strlen(sink.steps.items[i].sql), 1, &none);
}

const char *my_check_table(struct arena *arena, const struct model *model,
                           const struct object *table, const char *text, size_t length)
{
    struct arena *scratch = arena_new();
    struct map bag = map_new(scratch);
    struct text_list missing = {0};
    const char *words = NULL;

    write_again(scratch, model, table, &bag);
    count_words(&bag, scratch, text, length, -1, &missing);
    if (missing.count)
        words = text_list_join(&missing, arena, " ");
    arena_free(scratch);
    return words;
}
