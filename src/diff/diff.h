/* Two sealed models to deltas: objects added, removed, or with changed fields. Knows no kind and no
 * dialect by name. */
#ifndef PLUMB_DIFF_DIFF_H
#define PLUMB_DIFF_DIFF_H

#include "model/model.h"

enum delta_change { DELTA_ADDED, DELTA_REMOVED, DELTA_CHANGED, DELTA_RENAMED };

struct delta {
    enum delta_change change;
    struct object *before;          /* in the from model; NULL for ADDED */
    struct object *after;           /* in the to model; NULL for REMOVED */
    uint64_t changed;               /* CHANGED: bit i for compared field i */
    const struct delta *looks_like; /* a REMOVED and an ADDED of equal content: perhaps a rename */
};

struct delta_list {
    struct delta *items;
    size_t count;
    size_t room;
};

/* Compares; a renamed object (former_name set in from) gives DELTA_RENAMED besides what else changed
 * in it. Sorted by the models' order: kind, then key. Memory: the arena's. */
struct delta_list diff_models(const struct model *from, const struct model *to,
                              struct arena *arena);

#endif
