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

/* What of the text before bears on a word's meaning. */
struct reading {
    bool line_start;
    bool first;  /* no word of the statement has come yet */
    bool copy;   /* the statement is PostgreSQL's COPY */
    bool from;   /* the word before was its FROM */
    bool stdin_; /* its data follow it */
    char before; /* the last sign or letter; '\0' at first */
};

/* The data of COPY ... FROM stdin are anything: up to a line that has only "\.". */
static const char *skip_data(const char *text, const char *end)
{
    while (text < end) {
        const char *line = skip_line(text, end) + 1;

        text = line;
        if (end - line >= 2 && line[0] == '\\' && line[1] == '.' &&
            (end - line == 2 || strchr("\r\n", line[2])))
            return line + 2;
    }
    return end;
}

/* Words that only these servers know: DELIMITER is one of the client's where a statement could begin, elsewhere
 * an option of COPY or a column; ENGINE may be a column's name: not before "=". So may AUTO_INCREMENT be where a
 * column begins. */
static bool is_telling(const char *word, size_t length, const char *end,
                       const struct reading *reading)
{
    const char *next = word + length;
    bool assigned;

    if (is_word(word, length, "DELIMITER"))
        return reading->first;
    while (next < end && *next == ' ')
        next++;
    assigned = next < end && *next == '=';
    if (is_word(word, length, "AUTO_INCREMENT"))
        return assigned ||
               (reading->before != '(' && reading->before != ',' && reading->before != '.');
    return is_word(word, length, "ENGINE") && assigned;
}

static void note_word(struct reading *reading, const char *word, size_t length)
{
    if (reading->first)
        reading->copy = is_word(word, length, "COPY");
    else if (reading->copy && reading->from)
        reading->stdin_ |= is_word(word, length, "STDIN");
    reading->from = is_word(word, length, "FROM");
    reading->first = false;
    reading->before = 'a';
}

/* A sign outside of quotes and words. */
static const char *note_sign(struct reading *reading, const char *text, const char *end)
{
    bool data = *text == ';' && reading->stdin_;
    bool line_start = reading->line_start;

    if (*text == ';')
        *reading = (struct reading){.line_start = line_start, .first = true};
    if (!isspace((unsigned char)*text))
        reading->before = *text;
    return data ? skip_data(text, end) : text + 1;
}

static bool begins_comment(const char *text, const char *end, bool line_start)
{
    return (end - text > 1 && text[0] == '-' && text[1] == '-') || (*text == '#' && line_start);
}

/* True for psql's own commands: they take their line, and may have backquotes in it. */
static bool begins_command(const char *text, const char *end, bool line_start)
{
    return line_start && end - text > 2 && text[0] == '\\' && isalpha((unsigned char)text[1]) &&
           (isalpha((unsigned char)text[2]) || text[1] == 'i');
}

/* With the data that follow \copy ... from stdin. */
static const char *skip_command(const char *text, const char *end)
{
    const char *line = skip_line(text, end);

    if (line - text > 5 && memcmp(text, "\\copy", 5) == 0)
        for (; line - text >= 5; text++)
            if (is_word(text, 5, "stdin"))
                return skip_data(line, end);
    return line;
}

bool my_recognizes(const char *text, size_t length)
{
    const char *end = text + length;
    struct reading reading = {.line_start = true, .first = true};

    while (text < end) {
        const char *from = text;
        bool block = end - text > 1 && text[0] == '/' && text[1] == '*';

        if (*text == '`' || (block && end - text > 2 && text[2] == '!'))
            return true;
        if (*text == '\'' || *text == '"')
            text = skip_quoted(text, end);
        else if (begins_comment(text, end, reading.line_start))
            text = skip_line(text, end);
        else if (begins_command(text, end, reading.line_start))
            text = skip_command(text, end);
        else if (block)
            text = skip_comment(text, end);
        else if (*text == '$')
            text = skip_dollar(text, end);
        else if (isalpha((unsigned char)*text) || *text == '_') {
            while (text < end && (isalnum((unsigned char)*text) || *text == '_'))
                text++;
            if (is_telling(from, (size_t)(text - from), end, &reading))
                return true;
            note_word(&reading, from, (size_t)(text - from));
        } else {
            text = note_sign(&reading, text, end);
        }
        reading.line_start =
            from[0] == '\n' || (reading.line_start && isblank((unsigned char)from[0]));
    }
    return false;
}
