/* Where what is new belongs, by the habit of the files that are there. */
#ifndef PLUMB_EDIT_PLACE_H
#define PLUMB_EDIT_PLACE_H

#include "core/arena.h"
#include "core/list.h"
#include "model/model.h"

/* What the files declare: the objects (of one model) that stand directly in a schema or in the database, each with its
 * location; and the name of the folder, NULL where the state is one file. */
struct place_habit {
    struct pointer_list heads;
    const struct text_list *files; /* the names of all */
    const char *folder;
};

/* The name of the file for an object of another model, in the arena: of one that is there, where objects of that kind stand
 * together in a file, or of a new one, called as others are called. NULL: there is no file, and no folder. */
const char *place_of(struct arena *arena, const struct place_habit *habit,
                     const struct object *object);

#endif
