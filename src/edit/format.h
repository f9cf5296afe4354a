/* Lays a text of SQL out: words of the language in capitals, a table's elements one a line, one blank line between statements, no
 * blanks at the ends of lines. Comments stay where they are; strings, bodies, queries and lines for the client stay as they
 * are. */
#ifndef PLUMB_EDIT_FORMAT_H
#define PLUMB_EDIT_FORMAT_H

#include "dialect/dialect.h"

/* The text laid out, in the arena. server: as dialect_layout.cut takes it. NULL with an error where the text cannot be cut, and
 * where the result would not have the same words in the same order (a defect). */
const char *format_text(const struct dialect_layout *layout, struct arena *arena, const char *text,
                        size_t length, const char *server, struct error *error);

/* True where both have the same words, strings, names and comments in the same order, but for the case of words. */
bool format_is_same(const struct dialect_layout *layout, const char *a, const char *b);

#endif
