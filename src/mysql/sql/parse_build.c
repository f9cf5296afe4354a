/* Names, texts, lists and messages of the grammar's actions. */
#include "mysql/sql/parse_build.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "mysql_parser.h"

size_t my_source_offset(const struct my_parse *parse, size_t offset)
{
    size_t low = 0, high = parse->piece_count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (parse->pieces[middle].text_offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return parse->pieces[low].source_offset + offset - parse->pieces[low].text_offset;
}

bool my_parse_fail(struct my_parse *parse, size_t offset, const char *message, const char *hint)
{
    error_set(parse->error, ERROR_SYNTAX, "%s", message);
    if (hint != NULL)
        error_hint(parse->error, "%s", hint);
    error_place(parse->error, parse->file, parse->source, parse->source_length,
                my_source_offset(parse, offset));
    return false;
}

/* A symbol of the grammar as a message names it; NULL where that would help nobody. */
static const char *symbol_text(struct arena *arena, const char *name)
{
    size_t length = strlen(name);

    if (name[0] == '"' && length > 2)
        return arena_strndup(arena, name + 1, length - 2);
    if (name[0] == '\'')
        return name;
    for (const char *letter = name; *letter != '\0'; letter++)
        if (!(*letter >= 'A' && *letter <= 'Z'))
            return NULL;
    return name;
}

static const char *hint_of(struct my_parse *parse, const char *text, const char *wanted,
                           const char *other)
{
    const struct my_keyword *keyword = my_keyword_find(text, strlen(text));
    const char *first = wanted == NULL ? NULL : symbol_text(parse->arena, wanted);
    const char *second = other == NULL ? NULL : symbol_text(parse->arena, other);

    if (keyword != NULL && my_keyword_reserved(keyword, parse->flavor) &&
        (first == NULL || strcmp(first, "a name") == 0 || second != NULL))
        return arena_printf(parse->arena, "%s is a reserved word: as a name it needs quotes, `%s`.",
                            keyword->word, text);
    if (strcasecmp(text, "DELIMITER") == 0)
        return "The statement before lacks its delimiter.";
    if (first != NULL && second != NULL)
        return arena_printf(parse->arena, "Expected is %s or %s.", first, second);
    if (first != NULL)
        return arena_printf(parse->arena, "Expected is %s.", first);
    return NULL;
}

void my_report(struct my_parse *parse, struct my_location place, bool at_end, const char *wanted,
               const char *other)
{
    size_t length = place.end - place.offset;
    const char *text = arena_strndup(parse->arena, parse->text + place.offset, length);
    const char *message;

    if (at_end)
        message = "syntax error at the end of the statement";
    else
        message = arena_printf(parse->arena, "syntax error at or near \"%.*s\"",
                               (int)(length > 60 ? 60 : length), text);
    if (parse->scan_message != NULL)
        message = parse->scan_message;
    my_parse_fail(parse, place.offset, message, hint_of(parse, text, wanted, other));
}

const char *my_text_at(const struct my_parse *parse, struct my_location location)
{
    return arena_strndup(parse->arena, parse->text + location.offset,
                         location.end - location.offset);
}

const char *my_upper_at(const struct my_parse *parse, struct my_location location)
{
    struct buffer buffer = BUFFER_EMPTY;
    bool blank = false;

    for (size_t i = location.offset; i < location.end; i++) {
        char byte = parse->text[i];

        if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
            blank = true;
            continue;
        }
        if (blank && buffer.length > 0)
            buffer_append_char(&buffer, ' ');
        blank = false;
        buffer_append_char(&buffer, byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte);
    }
    return buffer_take(&buffer, parse->arena);
}

const struct my_token *my_token_at(const struct my_parse *parse, struct my_location location)
{
    struct my_token *token = ARENA_NEW(parse->arena, struct my_token);

    token->bare = true;
    token->offset = location.offset;
    token->end = location.end;
    token->text = my_text_at(parse, location);
    return token;
}

const char *my_word_name(struct my_parse *parse, struct my_location location)
{
    const char *text = my_text_at(parse, location);
    const struct my_keyword *keyword = my_keyword_find(text, strlen(text));

    if (keyword != NULL && my_keyword_reserved(keyword, parse->flavor)) {
        my_report(parse, location, false, NULL, NULL);
        return NULL;
    }
    return text;
}

const char *my_choose(struct my_parse *parse, const struct my_token *token, const char *words)
{
    size_t length = token->end - token->offset;

    for (const char *word = words; *word != '\0';) {
        size_t item = strcspn(word, " ");

        if (token->bare && item == length &&
            strncasecmp(parse->text + token->offset, word, length) == 0)
            return arena_strndup(parse->arena, word, length);
        word += item + (word[item] == ' ');
    }
    my_report(parse, (struct my_location){token->offset, token->end}, false, NULL, NULL);
    error_hint(parse->error, "Expected is one of %s.", words);
    return NULL;
}

const char *my_unit(struct my_parse *parse, const struct my_token *token)
{
    const char *word = text_upper(parse->arena, token->text);

    if (token->bare && strncmp(word, "SQL_TSI_", 8) == 0)
        return word + 8;
    return my_choose(parse, token, "MICROSECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR");
}

struct my_name *my_name_new(struct my_parse *parse, struct my_location location, const char *schema,
                            const char *name)
{
    struct my_name *made = ARENA_NEW(parse->arena, struct my_name);

    made->schema = schema;
    made->name = name;
    made->offset = my_source_offset(parse, location.offset);
    return made;
}

struct my_definer *my_definer_new(struct my_parse *parse, const char *user, const char *host)
{
    struct my_definer *definer = ARENA_NEW(parse->arena, struct my_definer);

    definer->user = user;
    definer->host = host;
    return definer;
}

my_list *my_list_new(struct my_parse *parse, void *first)
{
    return my_list_add(parse, NULL, first);
}

my_list *my_list_add(struct my_parse *parse, my_list *list, void *item)
{
    if (list == NULL)
        list = ARENA_NEW(parse->arena, my_list);
    pointer_list_add(list, parse->arena, item);
    return list;
}

my_list my_list_of(const my_list *list)
{
    return list == NULL ? (my_list){0} : *list;
}

my_texts *my_texts_new(struct my_parse *parse, const char *first)
{
    return my_texts_add(parse, NULL, first);
}

my_texts *my_texts_add(struct my_parse *parse, my_texts *list, const char *item)
{
    if (list == NULL)
        list = ARENA_NEW(parse->arena, my_texts);
    text_list_add(list, parse->arena, item);
    return list;
}

my_texts my_texts_of(const my_texts *list)
{
    return list == NULL ? (my_texts){0} : *list;
}

bool my_is_introducer(const char *name, size_t length)
{
    static const char *const charsets[] = {
        "armscii8", "ascii",   "big5",     "binary", "cp1250",  "cp1251",  "cp1256",
        "cp1257",   "cp850",   "cp852",    "cp866",  "cp932",   "dec8",    "eucjpms",
        "euckr",    "gb18030", "gb2312",   "gbk",    "geostd8", "greek",   "hebrew",
        "hp8",      "keybcs2", "koi8r",    "koi8u",  "latin1",  "latin2",  "latin5",
        "latin7",   "macce",   "macroman", "sjis",   "swe7",    "tis620",  "ucs2",
        "ujis",     "utf16",   "utf16le",  "utf32",  "utf8",    "utf8mb3", "utf8mb4",
    };

    for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++)
        if (strlen(charsets[i]) == length && strncasecmp(charsets[i], name, length) == 0)
            return true;
    return false;
}

/* What a backslash and this byte mean; 0: the byte itself, -1: the backslash stays. */
static int escaped(char byte)
{
    switch (byte) {
    case '0':
        return '\0';
    case 'b':
        return '\b';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'Z':
        return 26;
    case '%':
    case '_':
        return -1;
    default:
        return (unsigned char)byte;
    }
}

const char *my_unquote(struct arena *arena, const char *text, size_t length, char quote,
                       bool escapes, size_t *decoded_length)
{
    char *decoded = arena_alloc(arena, length + 1);
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == quote && i + 1 < length && text[i + 1] == quote) {
            decoded[count++] = text[i++];
        } else if (escapes && text[i] == '\\' && i + 1 < length) {
            int byte = escaped(text[++i]);

            if (byte < 0) {
                decoded[count++] = '\\';
                decoded[count++] = text[i];
            } else {
                decoded[count++] = (char)byte;
            }
        } else {
            decoded[count++] = text[i];
        }
    }
    decoded[count] = '\0';
    *decoded_length = count;
    return decoded;
}
