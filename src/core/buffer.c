/* A growing string. */
#include "core/buffer.h"

#include <stdio.h>
#include <string.h>

static void reserve(struct buffer *buffer, size_t more)
{
    size_t needed = buffer->length + more + 1;

    if (needed <= buffer->room)
        return;
    buffer->room = needed < 64 ? 64 : needed * 2;
    buffer->text = memory_resize(buffer->text, buffer->room);
}

void buffer_append_bytes(struct buffer *buffer, const void *bytes, size_t length)
{
    reserve(buffer, length);
    if (length)
        memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void buffer_append(struct buffer *buffer, const char *text)
{
    buffer_append_bytes(buffer, text, strlen(text));
}

void buffer_append_char(struct buffer *buffer, char character)
{
    buffer_append_bytes(buffer, &character, 1);
}

void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return;
    reserve(buffer, (size_t)length);
    vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, arguments);
    buffer->length += (size_t)length;
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

void buffer_separate(struct buffer *buffer, size_t start, const char *separator)
{
    if (buffer->length > start)
        buffer_append(buffer, separator);
}

void buffer_truncate(struct buffer *buffer, size_t length)
{
    if (length >= buffer->length)
        return;
    buffer->length = length;
    buffer->text[length] = '\0';
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->text ? buffer->text : "";
}

char *buffer_take(struct buffer *buffer, struct arena *arena)
{
    char *text = arena_strndup(arena, buffer_text(buffer), buffer->length);

    buffer_free(buffer);
    return text;
}

void buffer_free(struct buffer *buffer)
{
    memory_free(buffer->text);
    *buffer = BUFFER_EMPTY;
}
