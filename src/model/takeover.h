/* Objects of one model taken over into another: deep copies, with what stands above them, and references to the objects that
 * have the same identity there. */
#ifndef PLUMB_MODEL_TAKEOVER_H
#define PLUMB_MODEL_TAKEOVER_H

#include "model/model.h"

struct takeover {
    struct model *to;
    struct arena *arena;           /* for the lists */
    struct pointer_list originals; /* const struct object *: what was added, in that order */
    struct pointer_list copies;    /* struct object *: theirs in the other model */
};

/* Has the other model get the object, and those above it that it lacks; gives its copy, or what has that identity there
 * already. Its fields follow in takeover_finish. */
struct object *takeover_add(struct takeover *takeover, const struct object *object);

/* The same for an object that may be there already: it gets the fields of this one. */
struct object *takeover_overwrite(struct takeover *takeover, const struct object *object);

/* Fills the fields of all that was added. An object that refers to something which the other model lacks is added to
 * lacking (struct object *, the copies; in the takeover's arena). */
void takeover_finish(struct takeover *takeover, struct pointer_list *lacking);

/* Gives the copy all fields of the original, of the same kind. References to what its model lacks are left out; true where
 * there were none. */
bool object_copy_fields(struct model *model, struct object *copy, const struct object *original);

/* Empties an adopted object of another model so that a statement of the files can declare it: its parts are taken out, its
 * fields are as those of a new one; whoever refers to it still does. */
void object_reclaim(struct model *model, struct object *object);

#endif
