/* Families: an object that stands directly in a schema or in the database, with all that hangs on it
 * (a table with its columns, indexes, triggers, comments, grants, ...). */
#ifndef PLUMB_MODEL_FAMILY_H
#define PLUMB_MODEL_FAMILY_H

#include "model/model.h"

/* True for what only says something about its parent: its owner, who may use it, a comment. */
bool object_is_remark(const struct object *object);

/* The head of the object's family, which may be the object itself; NULL for NULL. */
const struct object *object_family(const struct object *object);

/* Where a folder of SQL files keeps the family: "schemas/app/tables/users.sql". Names become parts
 * of it so that any file system takes them. In the arena. */
const char *family_path(struct arena *arena, const struct object *object);

#endif
