/* "-- @renamed from=old_name": the author's word for what an object was called before. It stands
 * in a comment on the line above the object's declaration, or inside it, or behind it on the
 * same line; the object is a statement's, or an element's (a column, constraint, attribute, enum
 * value) of it. */
#ifndef PLUMB_POSTGRES_ANNOTATION_H
#define PLUMB_POSTGRES_ANNOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

struct pg_annotation {
    const char *former_name; /* unquoted; a schema stands before it with a dot */
    size_t offset;           /* of the comment */
    size_t target;           /* of the element or statement it belongs to: its first token */
    size_t statement;        /* of the statement it stands in or before: its first token */
    bool used;
};

/* Finds all annotations of a text (terminated); false with an error (code, message and hint;
 * *place is its offset) for one that cannot be read. */
bool pg_find_annotations(const char *text, size_t length, struct arena *arena,
                         struct pg_annotation **annotations, size_t *count, size_t *place,
                         struct error *error);

#endif
