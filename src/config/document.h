/* The file as a document of YAML: nodes that know their places, and errors that point there. */
#ifndef PLUMB_CONFIG_DOCUMENT_H
#define PLUMB_CONFIG_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAPPING };

struct node {
    enum node_kind kind;
    bool is_plain;             /* a text without quotes */
    const char *text;          /* of a text */
    const struct node **items; /* of a list, and of a mapping each key with its value behind it */
    size_t count;
    size_t line;   /* from 0 */
    size_t column; /* from 0, in characters */
};

struct document {
    struct arena *arena; /* of all here */
    const char *file;
    const char *text;
    size_t length;
    const struct node *root; /* NULL: there is nothing in it */
};

/* Reads the file, whose name is kept as it is. An alias is the node that it stands for, so that a node may
 * hold itself. False with an error. */
bool document_read(struct document *document, struct arena *arena, const char *file,
                   struct error *error);

/* True for what stands for no value: nothing, ~, null. */
bool node_is_null(const struct node *node);

/* Calls visit for each key of a mapping. what: the mapping is called so. False with an error where it is no
 * mapping, a key is no text or there twice, or visit said so. Of a null it calls visit for nothing. */
bool document_each_key(const struct document *document, const struct node *mapping,
                       const char *what,
                       bool (*visit)(const struct node *key, const struct node *value,
                                     void *context, struct error *error),
                       void *context, struct error *error);

/* Sets the error, with the node's place. Always false, as the next is. */
bool document_fail(const struct document *document, const struct node *node, struct error *error,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Gives an error that has no place yet that of the node. */
bool document_place(const struct document *document, const struct node *node, struct error *error);

#endif
