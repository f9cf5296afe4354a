/* "-- @renamed from=old_name": the author's word for what an object was called before. It stands
 * in a comment on the line above the object's declaration, or inside it, or behind it on the
 * same line; the object is a statement's, or an element's (a column, constraint, attribute, enum
 * value) of it. What the SQL's tokens are is for the dialect to say. */
#ifndef PLUMB_DIALECT_ANNOTATION_H
#define PLUMB_DIALECT_ANNOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

struct annotation {
    const char *former_name; /* unquoted; a schema stands before it with a dot */
    size_t offset;           /* of the comment */
    size_t target;           /* of the element or statement it belongs to: its first token */
    size_t statement;        /* of the statement it stands in or before: its first token */
    bool used;
};

/* A token of a dialect: a comment, or one of code (a word, a string, a single character). */
struct annotation_token {
    bool comment;
    size_t start;
    size_t end; /* behind the last byte */
};

/* The first token at or after from, skipping space; false at the end of the text. */
typedef bool annotation_scan(const char *text, size_t length, size_t from,
                             struct annotation_token *token);

/* Finds all annotations of a text (terminated); false with an error (code, message and hint;
 * *place is its offset) for one that cannot be read. */
bool annotations_find(annotation_scan *scan, const char *text, size_t length, struct arena *arena,
                      struct annotation **annotations, size_t *count, size_t *place,
                      struct error *error);

#endif
