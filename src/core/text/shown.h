/* Texts for people. What a name, a comment or a file's name holds may be anything: control characters
 * would move the cursor, hide what was said before, or turn a letter's order around. They are shown
 * escaped (\n, \x1b, \u202e); so are bytes that are no UTF-8. */
#ifndef PLUMB_CORE_TEXT_SHOWN_H
#define PLUMB_CORE_TEXT_SHOWN_H

#include <stdbool.h>

#include "core/buffer.h"

/* Appends the first length bytes, all control characters escaped. */
void buffer_append_shown(struct buffer *buffer, const char *text, size_t length);

/* The text with all control characters escaped, in the arena; NULL gives NULL. */
char *text_shown(struct arena *arena, const char *text);

/* The same for a text of several lines, such as a statement: line feeds and tabs stay. indent: how many
 * blanks each line but the first gets. */
char *text_shown_lines(struct arena *arena, const char *text, size_t indent);

/* True when nothing in the text has to be escaped; lines: line feeds and tabs may stay. */
bool text_is_shown_plain(const char *text, size_t length, bool lines);

#endif
