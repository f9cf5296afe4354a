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
#include "core/list.h"

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
 * *place is its offset) for one that cannot be read. strays (NULL: nobody asks): the words of comments that are spelled
 * like one and are none, "@rename". */
struct annotation_stray {
    size_t offset;
    const char *word;
    const char *meant; /* "@renamed" */
};

bool annotations_find(annotation_scan *scan, const char *text, size_t length, struct arena *arena,
                      struct annotation **annotations, size_t *count, struct pointer_list *strays,
                      size_t *place, struct error *error);

/* A text with what its annotations say. */
struct annotated_text {
    const char *file;
    const char *text; /* terminated */
    size_t length;
    struct annotation *annotations;
    size_t count;
};

/* Finds those of the text; one that has any is added to all. A note names what was perhaps meant for one. False with an
 * error at its place. */
bool annotations_read(annotation_scan *scan, struct annotated_text *annotated,
                      struct pointer_list *all, struct arena *arena, struct text_list *notes,
                      struct error *error);

/* How far from an object an annotation may stand that means it. */
enum annotation_reach {
    REACH_ELEMENT,  /* at its own declaration */
    REACH_HEAD,     /* or at the beginning of its statement */
    REACH_STATEMENT /* or anywhere in that */
};

/* The first unused annotation for what is declared there, now used; NULL: none. The places are offsets of first tokens. */
struct annotation *annotation_take(const struct annotated_text *annotated, size_t declaration,
                                   size_t statement, enum annotation_reach reach);

/* False with an error where one of all was not used. */
bool annotations_check(const struct pointer_list *all, struct error *error);

#endif
