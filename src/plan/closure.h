/* Which objects a plan makes, alters, drops, and drops and makes anew: the deltas, and what follows
 * from them for the objects that depend on them. */
#ifndef PLUMB_PLAN_CLOSURE_H
#define PLUMB_PLAN_CLOSURE_H

#include "dialect/dialect.h"
#include "diff/diff.h"

enum fate {
    FATE_STAYS,
    FATE_ALTERED,
    FATE_DROPPED,
    FATE_REPLACED /* dropped, and made anew from the to model */
};

struct closure {
    const struct model *from;
    const struct model *to;
    enum fate *fates;                /* of from's objects, by rank */
    uint64_t *changed;               /* of altered ones: the fields, by from's rank */
    struct object **after;           /* the same object in to, by from's rank; NULL: none */
    bool *made;                      /* to's objects that are made, by to's rank */
    struct object **before;          /* the same object in from, by to's rank; NULL: none */
    struct pointer_list *from_needs; /* what closure_dependencies says, by from's rank */
    struct pointer_list *to_needs;   /* the same, by to's rank */
};

/* Memory: the arena's. */
struct closure closure_compute(const struct dialect *dialect, const struct model *from,
                               const struct model *to, const struct delta_list *deltas,
                               struct arena *arena);

/* What the object cannot exist without: its parent, references and needs. Where there is a closure,
 * its from_needs and to_needs have the answer already. */
struct pointer_list closure_dependencies(struct arena *arena, const struct object *object);

#endif
