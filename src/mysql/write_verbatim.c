/* Pieces of the author's own statement: the servers keep of some programs more than what the statement means. */
#include "mysql/write.h"

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
    if (*text == '#' || (strncmp(text, "--", 2) == 0 && (!text[2] || isspace((unsigned char)text[2]))))
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

const char *my_verbatim_parameters(const struct step_sink *sink, const struct object *object,
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
            return arena_strndup(sink->arena, start, (size_t)(text - start));
    }
    return NULL;
}
