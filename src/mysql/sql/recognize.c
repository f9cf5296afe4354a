/* Files that are for MySQL or MariaDB: because --flavor says so, or because their text shows it. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "mysql/facts/flavor.h"
#include "mysql/sql/recognize.h"

bool my_set_flavor(struct model *model, const char *flavor)
{
    struct my_flavor parsed;

    if (strncasecmp(flavor, "mysql", 5) != 0 && strncasecmp(flavor, "mariadb", 7) != 0)
        return false;
    if (!my_flavor_parse(flavor, &parsed))
        return false;
    if (model) {
        model->server_version = parsed.version;
        my_set_setting(model, "version", arena_printf(model->arena, "%d", parsed.version));
    }
    return true;
}

/* --- by the text ----------------------------------------------------------------------------- */

/* Where what stands in quotes ends: after the closing one, or at the end of the text. */
static const char *skip_quoted(const char *text, const char *end)
{
    char quote = *text++;

    while (text < end && *text != quote)
        text += 1 + (*text == '\\' && text + 1 < end);
    return text < end ? text + 1 : end;
}

static const char *skip_line(const char *text, const char *end)
{
    const char *newline = memchr(text, '\n', (size_t)(end - text));

    return newline ? newline : end;
}

static const char *skip_comment(const char *text, const char *end)
{
    for (text += 2; text + 1 < end; text++)
        if (text[0] == '*' && text[1] == '/')
            return text + 2;
    return end;
}

/* A dollar quote is PostgreSQL's: skipped whole; any other dollar alone. */
static const char *skip_dollar(const char *text, const char *end)
{
    const char *tag = text;
    size_t length;

    for (text++; text < end && (isalnum((unsigned char)*text) || *text == '_'); text++)
        ;
    if (text == end || *text != '$')
        return tag + 1;
    length = (size_t)(++text - tag);
    for (; text + length <= end; text++)
        if (*text == '$' && memcmp(text, tag, length) == 0)
            return text + length;
    return end;
}

static bool is_word(const char *word, size_t length, const char *wanted)
{
    return strlen(wanted) == length && strncasecmp(word, wanted, length) == 0;
}

/* Words that only these servers know. ENGINE may be a column's name elsewhere: not before "=". */
static bool is_telling(const char *word, size_t length, const char *end)
{
    const char *next = word + length;

    if (is_word(word, length, "AUTO_INCREMENT") || is_word(word, length, "DELIMITER"))
        return true;
    while (next < end && *next == ' ')
        next++;
    return is_word(word, length, "ENGINE") && next < end && *next == '=';
}

bool my_recognizes(const char *text, size_t length)
{
    const char *end = text + length;
    bool line_start = true;

    while (text < end) {
        const char *from = text;
        bool more = text + 1 < end;

        if (*text == '`' || (more && end - text > 2 && strncmp(text, "/*!", 3) == 0))
            return true;
        if (*text == '\'' || *text == '"')
            text = skip_quoted(text, end);
        else if ((more && text[0] == '-' && text[1] == '-') || (*text == '#' && line_start))
            text = skip_line(text, end);
        else if (more && text[0] == '/' && text[1] == '*')
            text = skip_comment(text, end);
        else if (*text == '$')
            text = skip_dollar(text, end);
        else if (isalpha((unsigned char)*text) || *text == '_') {
            while (text < end && (isalnum((unsigned char)*text) || *text == '_'))
                text++;
            if (is_telling(from, (size_t)(text - from), end))
                return true;
        } else {
            text++;
        }
        line_start = from[0] == '\n' || (line_start && isblank((unsigned char)from[0]));
    }
    return false;
}
