/* Errors are values. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/url.h"
#include "core/secret/vault.h"

/* Of a longer text what does not fit is not looked at either: it may be a statement of many megabytes. */
enum { longest_text = 4096 };

/* What does not fit is cut at the end of a character, and three dots say so. */
static void put_cut(char *to, size_t room, const char *text)
{
    static const char dots[] = "...";
    size_t length = strlen(text);

    if (length >= room) {
        length = room - sizeof(dots);
        while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(to, text, length);
    snprintf(to + length, room - length, "%s", text[length] ? dots : "");
}

/* Copies the text into its room, without secrets. What lies far behind the room is not even looked at: a
 * statement may be very long. */
static void put_text(char *to, size_t room, const char *text)
{
    struct arena *arena = arena_new();

    if (strnlen(text, 16 * room) == 16 * room)
        text = arena_strndup(arena, text, 16 * room);
    put_cut(to, room, text_without_secrets(arena, vault_without(arena, text)));
    arena_free(arena);
}

static void put_formatted(char *to, size_t room, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void put_formatted(char *to, size_t room, const char *format, va_list arguments)
{
    char text[longest_text];

    vsnprintf(text, sizeof(text), format, arguments);
    put_text(to, room, text);
}

bool error_set_list(struct error *error, enum error_code code, const char *format,
                    va_list arguments)
{
    if (error->code != ERROR_NONE)
        return false;
    error->code = code;
    put_formatted(error->message, sizeof(error->message), format, arguments);
    return false;
}

bool error_set(struct error *error, enum error_code code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_set_list(error, code, format, arguments);
    va_end(arguments);
    return false;
}

void error_add(struct error *error, const char *format, ...)
{
    size_t length = strlen(error->message);
    va_list arguments;

    va_start(arguments, format);
    put_formatted(error->message + length, sizeof(error->message) - length, format, arguments);
    va_end(arguments);
}

void error_hint(struct error *error, const char *format, ...)
{
    va_list arguments;

    if (error->hint[0])
        return;
    va_start(arguments, format);
    put_formatted(error->hint, sizeof(error->hint), format, arguments);
    va_end(arguments);
}

/* The line, and where in it the column is: behind what is hidden it cannot be said. */
static void put_source(struct error *error, const char *line, size_t length)
{
    struct arena *arena = arena_new();
    size_t before = (size_t)error->column - 1;

    put_text(error->source, sizeof(error->source),
             arena_strndup(arena, line, length < longest_text ? length : longest_text));
    if (before <= strlen(error->source) && strncmp(error->source, line, before) == 0)
        error->caret = error->column;
    arena_free(arena);
}

void error_place(struct error *error, const char *file, const char *text, size_t length,
                 size_t offset)
{
    size_t line_start = 0;
    size_t line_end;

    if (error->line)
        return;
    if (offset > length)
        offset = length;
    error->line = 1;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            error->line++;
            line_start = i + 1;
        }
    for (line_end = offset; line_end < length && text[line_end] != '\n'; line_end++)
        ;
    error->column = (int)(offset - line_start) + 1;
    snprintf(error->file, sizeof(error->file), "%s", file);
    put_source(error, text + line_start, line_end - line_start);
}

void error_clear(struct error *error)
{
    error->code = ERROR_NONE;
    error->message[0] = error->hint[0] = error->object[0] = error->file[0] = error->source[0] = 0;
    error->line = error->column = 0;
}
