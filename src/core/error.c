/* Errors are values. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A text that filled its room may end in the middle of a character. */
static void cut_at_character(char *text, size_t room)
{
    size_t length = strlen(text);
    size_t start = length;

    if (length + 1 < room)
        return;
    while (start && length - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start && (unsigned char)text[start - 1] >= 0xC0)
        text[start - 1] = '\0';
}

bool error_set(struct error *error, enum error_code code, const char *format, ...)
{
    va_list arguments;

    if (error->code != ERROR_NONE)
        return false;
    error->code = code;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    cut_at_character(error->message, sizeof(error->message));
    return false;
}

void error_hint(struct error *error, const char *format, ...)
{
    va_list arguments;

    if (error->hint[0])
        return;
    va_start(arguments, format);
    vsnprintf(error->hint, sizeof(error->hint), format, arguments);
    va_end(arguments);
    cut_at_character(error->hint, sizeof(error->hint));
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
    snprintf(error->source, sizeof(error->source), "%.*s", (int)(line_end - line_start),
             text + line_start);
    cut_at_character(error->source, sizeof(error->source));
}
