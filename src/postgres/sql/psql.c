/* psql's variables and arguments, after its scanners (psqlscan.l, psqlscanslash.l). */
#include "postgres/sql/psql.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    deepest_value = 20,     /* of variables in values of variables: psql refuses circles alone */
    longest_text = 1 << 24, /* of all that a text of variables may come to */
};

struct psql_value {
    const char *text; /* NULL: not known here */
};

struct psql_variables psql_variables_new(struct arena *arena)
{
    return (struct psql_variables){.arena = arena, .values = map_new(arena)};
}

static bool is_name_character(char character)
{
    return isalnum((unsigned char)character) || character == '_' ||
           (unsigned char)character >= 0x80;
}

bool psql_set(struct psql_variables *variables, const char *name, const char *value)
{
    struct psql_value *stored;

    for (const char *at = name; *at || at == name; at++)
        if (!is_name_character(*at))
            return false;
    stored = ARENA_NEW(variables->arena, struct psql_value);
    stored->text = value ? arena_strdup(variables->arena, value) : NULL;
    map_set(&variables->values, arena_strdup(variables->arena, name), stored);
    variables->count++;
    return true;
}

void psql_unset(struct psql_variables *variables, const char *name)
{
    map_set(&variables->values, arena_strdup(variables->arena, name), NULL);
}

/* psql sets these when it starts or connects: what to depends on the run. */
static bool is_own(const char *name)
{
    static const char *const own[] = {
        "AUTOCOMMIT",
        "COMP_KEYWORD_CASE",
        "DBNAME",
        "ECHO",
        "ECHO_HIDDEN",
        "ENCODING",
        "ERROR",
        "FETCH_COUNT",
        "HIDE_TABLEAM",
        "HIDE_TOAST_COMPRESSION",
        "HISTCONTROL",
        "HISTSIZE",
        "HOST",
        "IGNOREEOF",
        "LAST_ERROR_MESSAGE",
        "LAST_ERROR_SQLSTATE",
        "ON_ERROR_ROLLBACK",
        "ON_ERROR_STOP",
        "PORT",
        "PROMPT1",
        "PROMPT2",
        "PROMPT3",
        "QUIET",
        "ROW_COUNT",
        "SERVER_VERSION_NAME",
        "SERVER_VERSION_NUM",
        "SERVICE",
        "SHELL_ERROR",
        "SHELL_EXIT_CODE",
        "SHOW_ALL_RESULTS",
        "SHOW_CONTEXT",
        "SINGLELINE",
        "SINGLESTEP",
        "SQLSTATE",
        "USER",
        "VERBOSITY",
        "VERSION",
        "VERSION_NAME",
        "VERSION_NUM",
        NULL,
    };

    for (const char *const *at = own; *at; at++)
        if (strcmp(*at, name) == 0)
            return true;
    return false;
}

/* --- what stands at a colon -------------------------------------------------------------------- */

struct reference {
    const char *name;
    size_t length; /* of all of it, from the colon */
    char form;     /* ' or " as it is quoted, ? for a question, 0 */
};

static bool read_reference(struct arena *arena, const char *text, size_t length, size_t at,
                           struct reference *reference)
{
    size_t start = at + 1;
    char first = start < length ? text[start] : '\0';
    size_t end;

    *reference = (struct reference){.form = '\0'};
    if (first == '\'' || first == '"') {
        reference->form = first;
        start++;
    } else if (first == '{' && start + 1 < length && text[start + 1] == '?') {
        reference->form = '?';
        start += 2;
    }
    for (end = start; end < length && is_name_character(text[end]); end++)
        ;
    if (end == start)
        return false;
    reference->name = arena_strndup(arena, text + start, end - start);
    reference->length = end - at;
    if (!reference->form)
        return true;
    reference->length++;
    return end < length && text[end] == (reference->form == '?' ? '}' : reference->form);
}

const char *psql_variable_at(struct arena *arena, const char *text, size_t length, size_t at)
{
    struct reference reference;

    if (at >= length || text[at] != ':')
        return NULL;
    return read_reference(arena, text, length, at, &reference) ? reference.name : NULL;
}

/* libpq's PQescapeLiteral and PQescapeIdentifier. */
static void append_quoted(struct buffer *out, const char *value, char quote)
{
    bool escape = quote == '\'' && strchr(value, '\\');

    if (escape)
        buffer_append(out, " E");
    buffer_append_char(out, quote);
    for (; *value; value++) {
        if (*value == quote || (escape && *value == '\\'))
            buffer_append_char(out, *value);
        buffer_append_char(out, *value);
    }
    buffer_append_char(out, quote);
}

static enum psql_standing substitute(const struct psql_variables *variables, const char *text,
                                     size_t length, size_t at, int depth, size_t *taken,
                                     struct buffer *out);

/* A plain value is read again, as far as its colons go. */
static enum psql_standing append_value(const struct psql_variables *variables, const char *value,
                                       int depth, struct buffer *out)
{
    size_t length = strlen(value);

    if (depth > deepest_value || out->length > longest_text)
        return PSQL_UNKNOWN;
    for (size_t at = 0; at < length;) {
        size_t taken = 1;

        if (value[at] != ':') {
            buffer_append_char(out, value[at++]);
            continue;
        }
        switch (substitute(variables, value, length, at, depth + 1, &taken, out)) {
        case PSQL_UNKNOWN:
            return PSQL_UNKNOWN;
        case PSQL_NOTHING:
            buffer_append_bytes(out, value + at, taken);
            break;
        case PSQL_VALUE:
            break;
        }
        at += taken;
    }
    return PSQL_VALUE;
}

static enum psql_standing substitute(const struct psql_variables *variables, const char *text,
                                     size_t length, size_t at, int depth, size_t *taken,
                                     struct buffer *out)
{
    char next = at + 1 < length ? text[at + 1] : '\0';
    const struct psql_value *value;
    struct reference reference;

    *taken = next == ':' || next == '=' ? 2 : 1;
    if (*taken == 2 || !read_reference(variables->arena, text, length, at, &reference))
        return PSQL_NOTHING;
    value = map_get(&variables->values, reference.name);
    if (!value && (is_own(reference.name) || (reference.form == '?' && variables->others)))
        return *taken = reference.length, PSQL_UNKNOWN;
    if (!value && reference.form != '?')
        return PSQL_NOTHING;
    *taken = reference.length;
    if (reference.form == '?')
        return buffer_append(out, value ? "TRUE" : "FALSE"), PSQL_VALUE;
    if (!value->text)
        return PSQL_UNKNOWN;
    if (reference.form)
        return append_quoted(out, value->text, reference.form), PSQL_VALUE;
    return append_value(variables, value->text, depth, out);
}

enum psql_standing psql_substitute(const struct psql_variables *variables, const char *text,
                                   size_t length, size_t at, size_t *taken, struct buffer *out)
{
    return substitute(variables, text, length, at, 0, taken, out);
}

/* --- arguments --------------------------------------------------------------------------------- */

/* A backslash in single quotes, and what follows: as in C. */
static size_t append_escape(const char *text, size_t at, size_t end, struct buffer *out)
{
    static const char letters[] = "ntbrf";
    static const char meant[] = "\n\t\b\r\f";
    const char *letter = at < end ? strchr(letters, text[at]) : NULL;
    char digits[4] = "";
    int base = at < end && text[at] == 'x' ? 16 : 8;
    size_t from = base == 16 ? at + 1 : at;
    size_t count = 0;

    if (at >= end)
        return at;
    if (letter && *letter)
        return buffer_append_char(out, meant[letter - letters]), at + 1;
    while (count < (base == 16 ? 2U : 3U) && from + count < end &&
           (base == 16 ? isxdigit((unsigned char)text[from + count])
                       : text[from + count] >= '0' && text[from + count] <= '7')) {
        digits[count] = text[from + count];
        count++;
    }
    if (count == 0)
        return buffer_append_char(out, text[at]), at + 1;
    if (strtol(digits, NULL, base) != 0) /* psql's value ends at a zero */
        buffer_append_char(out, (char)strtol(digits, NULL, base));
    return from + count;
}

/* From behind the opening quote to behind the closing one; end + 1 where there is none. */
static size_t append_single(const char *text, size_t at, size_t end, struct buffer *out)
{
    while (at < end) {
        if (text[at] == '\\') {
            at = append_escape(text, at + 1, end, out);
        } else if (text[at] != '\'') {
            buffer_append_char(out, text[at++]);
        } else if (at + 1 < end && text[at + 1] == '\'') {
            buffer_append_char(out, '\'');
            at += 2;
        } else {
            return at + 1;
        }
    }
    return end + 1;
}

/* Up to the quote that closes, which is skipped; end + 1 where there is none. */
static size_t skip_to(const char *text, size_t at, size_t end, char quote)
{
    const char *closing = at < end ? memchr(text + at, quote, end - at) : NULL;

    return closing ? (size_t)(closing - text) + 1 : end + 1;
}

enum psql_argument psql_argument(const struct psql_variables *variables, const char *text,
                                 size_t *at, size_t end, struct buffer *out)
{
    enum psql_argument found = PSQL_ARGUMENT;
    size_t place = *at;

    while (place < end && isspace((unsigned char)text[place]))
        place++;
    if (place == end || text[place] == '\\')
        return *at = place, PSQL_NO_ARGUMENT;
    while (place < end && !isspace((unsigned char)text[place]) && text[place] != '\\') {
        size_t from = place;

        if (text[place] == '\'') {
            place = append_single(text, place + 1, end, out);
        } else if (text[place] == '"') {
            place = skip_to(text, place + 1, end, '"');
            buffer_append_bytes(out, text + from, (place > end ? end : place) - from);
        } else if (text[place] == '`') {
            place = skip_to(text, place + 1, end, '`');
            found = PSQL_NOT_KNOWN;
        } else if (text[place] == ':') {
            size_t taken;
            enum psql_standing standing = psql_substitute(variables, text, end, place, &taken, out);

            if (standing == PSQL_UNKNOWN)
                found = PSQL_NOT_KNOWN;
            else if (standing == PSQL_NOTHING)
                buffer_append_bytes(out, text + place, taken);
            place += taken;
        } else {
            buffer_append_char(out, text[place++]);
        }
        if (place > end)
            return *at = end, PSQL_UNCLOSED;
    }
    *at = place;
    return found;
}

bool psql_boolean(const char *text, bool *value)
{
    static const struct {
        const char *word;
        size_t least;
        bool value;
    } words[] = {{"true", 1, true}, {"false", 1, false}, {"yes", 1, true}, {"no", 1, false},
                 {"on", 2, true},   {"off", 2, false},   {"1", 1, true},   {"0", 1, false}};
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (length >= words[i].least && length <= strlen(words[i].word) &&
            strncasecmp(text, words[i].word, length) == 0)
            return *value = words[i].value, true;
    return false;
}
