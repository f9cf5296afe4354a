/* Errors are values. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, enum error_code code, const char *format, ...)
{
    va_list arguments;

    if (error->code != ERROR_NONE)
        return false;
    error->code = code;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
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
}
