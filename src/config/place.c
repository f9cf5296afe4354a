/* Where in the file an error is. A line of it may hold a password: only what is known to hold none is
 * shown. */
#include "config/place.h"

#include <stdio.h>
#include <string.h>

#include "config/keys.h"

/* libyaml counts characters, we count bytes. */
static size_t byte_offset(const char *text, size_t line, size_t column)
{
    const char *start = text;
    const char *at = text;

    for (size_t number = 0; number < line && (at = strchr(start, '\n')); number++)
        start = at + 1;
    at = start;
    for (size_t number = 0; number < column && *at && *at != '\n'; number++)
        do
            at++;
        while (((unsigned char)*at & 0xC0) == 0x80);
    return (size_t)(at - text);
}

static bool is_shown_key(const char *text, size_t length)
{
    const struct key *key = key_find(text, length);

    return key && key->is_shown;
}

/* How much of a line may be seen: all of it where it is a word or two of a key that holds no secret;
 * else the key alone, or nothing: the rest may be a piece of a URL. */
static size_t open_length(const char *line, bool is_yaml)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-.,*/ []\"'";
    size_t indent = strspn(line, " \t");
    bool item = strncmp(line + indent, "- ", 2) == 0;
    size_t start = indent + (item ? 2 : 0);
    size_t key = strspn(line + start, plain) - strspn(line + start, " \t");
    const char *colon = line[start + key] == ':' ? line + start + key : NULL;
    size_t value = colon ? (size_t)(colon - line) + 1 : start;
    bool is_open = colon ? is_shown_key(line + start, key) : item;

    if (!line[value] || (is_yaml && is_open && !line[value + strspn(line + value, plain)]))
        return strlen(line);
    return colon ? value + strspn(line + value, " \t") : start;
}

void place_error(struct error *error, const char *file, const char *text, size_t length,
                 size_t line, size_t column, bool is_yaml)
{
    size_t shown;

    if (error->line)
        return;
    error_place(error, file, text, length, byte_offset(text, line, column));
    shown = open_length(error->source, is_yaml);
    if (!error->source[shown])
        return;
    snprintf(error->source + shown, sizeof(error->source) - shown, "***");
    if ((size_t)error->caret > shown + 1)
        error->caret = 0;
}
