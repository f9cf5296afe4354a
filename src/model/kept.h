/* What an object that is kept, though nobody wants it any more, asks of those around it that are wanted. */
#ifndef PLUMB_MODEL_KEPT_H
#define PLUMB_MODEL_KEPT_H

#include "model/model.h"

/* True where the key cannot be without the trait: a primary key whose column is not null. */
bool kept_requires(const struct object *key, const struct object *trait);

/* True for a part whose place others take when its whole is cut anew: MySQL's partitions. before is one that the wanted
 * whole lacks. */
bool kept_is_recut(const struct model *from, const struct object *before,
                   const struct object *whole);

/* The copy of a kept object stands in the wanted model: its siblings there get the order that they have with it. True where
 * one of them was changed: then it is to be called again for all that are kept. */
bool kept_settle(const struct model *from, struct object *copy);

/* What of the wanted model cannot be made or altered as wanted as long as the copy of a kept object stands there, beside what
 * would take its name; NULL: nothing. */
const struct object *kept_obstructs(const struct model *from, const struct model *to,
                                    const struct object *copy);

#endif
