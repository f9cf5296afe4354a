/* Which objects globs of paths select: public.users, public.users.*, legacy.*. */
#ifndef PLUMB_MODEL_SELECTION_H
#define PLUMB_MODEL_SELECTION_H

#include "model/model.h"

/* True where one of the globs (NULL-terminated; NULL: none) fits the path of the object, or of one that it stands below: a
 * table is selected with all its parts. */
bool selection_covers(const char *const *globs, const struct object *object);

#endif
