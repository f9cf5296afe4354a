/* Which index the server takes for another: one that a partition has for the partitioned table's. */
#ifndef PLUMB_POSTGRES_CANON_INDEX_FIT_H
#define PLUMB_POSTGRES_CANON_INDEX_FIT_H

#include <stdbool.h>

#include "core/arena.h"
#include "model/model.h"

/* The partition's index or constraint to which the server attaches that of the partitioned table, in the order of
 * the partition's children, instead of making one: either is an INDEX, PRIMARY_KEY or UNIQUE. Under a constraint it
 * has to be a constraint, with same_kind one of the same kind. One that belongs to another already does not count.
 * NULL: there is none. */
struct object *pg_fitting_index(struct arena *arena, const struct object *partition,
                                const struct object *parent, bool same_kind);

/* The index or constraint of a partitioned table to which this one is attached; NULL: none, or not of such a kind. */
struct object *pg_index_parent(const struct object *index);

#endif
