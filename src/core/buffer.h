/* A growing string. Its text is always terminated; it lives in memory of its own until buffer_free, or
 * is copied into an arena by buffer_take. */
#ifndef PLUMB_CORE_BUFFER_H
#define PLUMB_CORE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

struct buffer {
    char *text; /* NULL while empty: read it through buffer_text */
    size_t length;
    size_t room;
};

#define BUFFER_EMPTY ((struct buffer){0})

void buffer_append(struct buffer *buffer, const char *text);
void buffer_append_bytes(struct buffer *buffer, const void *bytes, size_t length);
void buffer_append_char(struct buffer *buffer, char character);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Appends ", " (or whatever separator says) unless the buffer holds nothing beyond start. */
void buffer_separate(struct buffer *buffer, size_t start, const char *separator);

/* Cuts the text to length bytes. */
void buffer_truncate(struct buffer *buffer, size_t length);

/* The text, "" while nothing was appended; valid until the next change. */
const char *buffer_text(const struct buffer *buffer);

/* Copies the text into the arena and frees the buffer, which is empty afterwards. */
char *buffer_take(struct buffer *buffer, struct arena *arena);

void buffer_free(struct buffer *buffer);

#endif
