/* Pieces of the author's own statement: the servers keep of some programs more than what the statement means. */
#include "mysql/sql/verbatim.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_word_character(char character)
{
    return isalnum((unsigned char)character) || character == '_' || character == '$' ||
           (unsigned char)character >= 128;
}

/* Past the quoted text or comment that begins here; NULL where none does. */
static const char *skip_piece(const char *text)
{
    const char *end;

    if (*text == '\'' || *text == '"' || *text == '`') {
        char quote = *text++;

        while (*text && *text != quote)
            text += *text == '\\' && quote != '`' && text[1] ? 2 : 1;
        return *text ? text + 1 : text;
    }
    if (strncmp(text, "/*", 2) == 0) {
        end = strstr(text + 2, "*/");
        return end ? end + 2 : text + strlen(text);
    }
    if (*text == '#' ||
        (strncmp(text, "--", 2) == 0 && (!text[2] || isspace((unsigned char)text[2]))))
        return text + strcspn(text, "\n");
    return NULL;
}

static const char *skip_blanks(const char *text)
{
    for (;;) {
        while (isspace((unsigned char)*text))
            text++;
        if (strncmp(text, "/*", 2) != 0 && strncmp(text, "--", 2) != 0 && *text != '#')
            return text;
        text = skip_piece(text);
    }
}

/* The first such word of the text that is neither quoted nor in a comment; NULL. */
static const char *find_word(const char *text, const char *end, const char *word)
{
    size_t length = strlen(word);

    while (*text && text < end) {
        const char *next = skip_piece(text);

        if (next) {
            text = next;
            continue;
        }
        if (strncasecmp(text, word, length) == 0 && !is_word_character(text[length]))
            return text;
        if (is_word_character(*text)) {
            while (is_word_character(*text))
                text++;
        } else {
            text++;
        }
    }
    return NULL;
}

/* Past the name that begins here, which has to be that one. NULL where it is another, or one with its
 * database before it. */
static const char *skip_name(const char *text, const char *name)
{
    size_t length = strlen(name);

    if (*text == '`' || *text == '"') {
        if (strncmp(text + 1, name, length) != 0 || text[length + 1] != *text)
            return NULL;
        text += length + 2;
    } else {
        if (strncmp(text, name, length) != 0 || is_word_character(text[length]))
            return NULL;
        text += length;
    }
    text = skip_blanks(text);
    return *text == '.' ? NULL : text;
}

static const char *skip_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    if (strncasecmp(text, word, length) != 0 || is_word_character(text[length]))
        return text;
    return skip_blanks(text + length);
}

const char *my_verbatim_from(const struct object *object, const char *word, const char **rest)
{
    const char *text = object->verbatim;
    const char *found = text ? find_word(text, text + strlen(text), word) : NULL;
    const char *name;

    if (!found)
        return NULL;
    name = skip_blanks(found + strlen(word));
    name = skip_word(skip_word(skip_word(name, "IF"), "NOT"), "EXISTS");
    *rest = skip_name(name, object->name);
    return *rest ? found : NULL;
}

bool my_verbatim_has(const char *text, const char *end, const char *word)
{
    return find_word(text, end, word) != NULL;
}

/* --- strings --------------------------------------------------------------------------------------- */

/* From the opening quote to behind the closing one: other bytes than printable ASCII, or a blank at its end. */
static bool is_special(const char *string, const char *end)
{
    if (end - string < 3 || end[-2] == ' ')
        return true;
    for (const char *at = string + 1; at < end - 1; at++)
        if ((unsigned char)*at < 32 || (unsigned char)*at >= 127 || *at == '\\')
            return true;
    return false;
}

static bool is_among(const char *word, size_t length, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == length && strncasecmp(*words, word, length) == 0)
            return true;
    return false;
}

/* A word or mark that compares what stands beside it, or what stands in the parentheses behind it. */
static bool compares(const char *word, size_t length)
{
    static const char *const words[] = {"=",
                                        "<",
                                        ">",
                                        "!",
                                        "like",
                                        "in",
                                        "between",
                                        "regexp",
                                        "rlike",
                                        "when",
                                        "and",
                                        "strcmp",
                                        "locate",
                                        "instr",
                                        "field",
                                        "replace",
                                        "greatest",
                                        "least",
                                        "nullif",
                                        "position",
                                        "find_in_set",
                                        "substring_index",
                                        "trim",
                                        "regexp_like",
                                        "regexp_instr",
                                        "regexp_replace",
                                        "regexp_substr",
                                        "any",
                                        "case",
                                        NULL};

    return is_among(word, length, words);
}

struct reading {
    const char *word; /* the last word or mark; NULL: a string */
    size_t length;
    bool was_special; /* that string */
    int depth;
    int compared; /* since which depth all that stands within is compared; 0: nothing is */
};

static size_t word_length(const char *text)
{
    size_t length = 0;

    while (is_word_character(text[length]))
        length++;
    return length ? length : 1;
}

static void enter(struct reading *reading)
{
    reading->depth++;
    if (!reading->compared && reading->word && compares(reading->word, reading->length))
        reading->compared = reading->depth;
}

static void leave(struct reading *reading)
{
    if (reading->compared == reading->depth)
        reading->compared = 0;
    reading->depth--;
}

/* Takes a word or mark; true where it compares the string before it. */
static bool take_word(struct reading *reading, const char *text, size_t length)
{
    bool found = !reading->word && reading->was_special && compares(text, length);

    if (*text == '(')
        enter(reading);
    else if (*text == ')')
        leave(reading);
    reading->word = text;
    reading->length = length;
    return found;
}

static bool take_string(struct reading *reading, const char *text, const char *end)
{
    bool found = is_special(text, end) &&
                 (reading->compared || (reading->word && compares(reading->word, reading->length)));

    reading->word = NULL;
    reading->was_special = is_special(text, end);
    return found;
}

/* Functions that give a string though they are given none. */
static bool makes_string(const char *word, size_t length)
{
    static const char *const words[] = {
        "char",          "convert",   "hex",         "bin",          "oct",
        "conv",          "concat",    "concat_ws",   "group_concat", "format",
        "database",      "schema",    "user",        "current_user", "session_user",
        "system_user",   "version",   "uuid",        "monthname",    "dayname",
        "elt",           "inet_ntoa", "sec_to_time", "bin_to_uuid",  "format_bytes",
        "json_unquote",  "md5",       "sha1",        "sha2",         "repeat",
        "from_unixtime", "nchar",     "varchar",     "current_role", "to_base64",
        "lpad",          NULL};

    return is_among(word, length, words);
}

bool my_verbatim_makes_strings(const char *text)
{
    while (*text) {
        const char *end = skip_piece(text);
        size_t length = end ? (size_t)(end - text) : word_length(text);

        if (end ? *text == '\'' || *text == '"' : makes_string(text, length))
            return true;
        text += length;
    }
    return false;
}

bool my_verbatim_compares_strings(const char *text)
{
    struct reading reading = {.word = text};

    while (*text) {
        const char *end = skip_piece(text);
        size_t length = end ? (size_t)(end - text) : word_length(text);
        bool is_string = end && (*text == '\'' || *text == '"');

        if (is_string ? take_string(&reading, text, end)
                      : !end && !isspace((unsigned char)*text) && take_word(&reading, text, length))
            return true;
        text += length;
    }
    return false;
}

/* --- rows of triggers ------------------------------------------------------------------------------ */

static bool has_plain_column(const struct object *table, const char *name, size_t length)
{
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_COLUMN && !as_column(child)->generated &&
            strlen(child->name) == length && strncasecmp(child->name, name, length) == 0)
            return true;
    return false;
}

/* Behind NEW or OLD: ".name" of another column than those. */
static bool is_other_column(const char *text, const struct object *table)
{
    bool quoted;

    text += strspn(text, " \t\r\n");
    if (*text++ != '.')
        return false;
    text += strspn(text, " \t\r\n");
    quoted = *text == '`';
    text += quoted;
    return !has_plain_column(table, text, quoted ? strcspn(text, "`") : word_length(text));
}

bool my_verbatim_names_other(const char *text, const struct object *table)
{
    static const char *const rows[] = {"new", "old", NULL};

    while (*text) {
        const char *end = skip_piece(text);
        size_t length = end ? (size_t)(end - text) : word_length(text);

        if (!end && is_among(text, length, rows) && is_other_column(text + length, table))
            return true;
        text += length;
    }
    return false;
}

const char *my_verbatim_parameters(struct arena *arena, const struct object *object,
                                   const char *word)
{
    const char *rest;
    const char *text = my_verbatim_from(object, word, &rest) ? rest : NULL;
    const char *start = text;
    int depth = 0;

    if (!text || *text != '(')
        return NULL;
    while (*text) {
        const char *next = skip_piece(text);

        if (next) {
            text = next;
            continue;
        }
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
        text++;
        if (depth == 0)
            return arena_strndup(arena, start, (size_t)(text - start));
    }
    return NULL;
}
