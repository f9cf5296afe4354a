/* Renames that the author asked for, carried over to the model they start from. */
#ifndef PLUMB_DIFF_RENAME_H
#define PLUMB_DIFF_RENAME_H

#include "model/model.h"

/* For each request in the wanted model whose former object exists in from, and whose present name
 * does not (or not any more, because another request renames what had it): renames it in from
 * (unresolved), leaving former_name behind for the dialect. Requests that are done already, or that
 * find nothing, are left. False (with an error) when two objects are to come from one. */
bool rename_apply(struct model *from, const struct model *wanted, struct error *error);

/* True where a list of the object holds the label. */
bool rename_finds_label(struct object *object, const char *label);

#endif
