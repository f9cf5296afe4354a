/* A text and changes to it: stretches that are taken out, and what comes in their places. */
#ifndef PLUMB_EDIT_TEXT_H
#define PLUMB_EDIT_TEXT_H

#include "core/arena.h"
#include "dialect/dialect.h"

struct text_change {
    size_t from; /* the same as to: something is put in before that byte */
    size_t to;
    const char *text;
};

struct text_changes {
    struct text_change *items;
    size_t count;
    size_t room;
};

/* The text is kept, not copied. */
void text_changes_add(struct text_changes *changes, struct arena *arena, size_t from, size_t to,
                      const char *text);

/* Takes back what was added since there were so many. */
void text_changes_cut(struct text_changes *changes, size_t count);

/* The text with all changes, those at one place in the order in which they were added; in the arena. What is taken out twice is
 * taken out; what is put in where something is taken out comes behind that. NULL where two texts are to take one place. Sorts
 * the changes. */
char *text_changed(struct arena *arena, const char *text, size_t length,
                   struct text_changes *changes);

/* The first byte of the line that the offset is in, and its newline (or the end of the text). */
size_t text_line_start(const char *text, size_t at);
size_t text_line_end(const char *text, size_t length, size_t at);

/* True where nothing but blanks stands between the two. */
bool text_is_blank(const char *text, size_t from, size_t to);

/* The blanks that the line begins with; in the arena. */
char *text_indent(struct arena *arena, const char *text, size_t at);

/* True where the mark is this word, whatever the case of its letters, or this one character. */
bool mark_is(const char *text, const struct text_mark *mark, const char *word);

/* The name that the mark is, without quotes; in the arena. */
char *mark_name(struct arena *arena, const char *text, const struct text_mark *mark);

/* The next mark that is no comment, before the end. */
bool mark_code(const struct dialect_layout *layout, const char *text, size_t end, size_t from,
               struct text_mark *mark);

#endif
