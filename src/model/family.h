/* Families: an object that stands directly in a schema or in the database, with all that hangs on it
 * (a table with its columns, indexes, triggers, comments, grants, ...). */
#ifndef PLUMB_MODEL_FAMILY_H
#define PLUMB_MODEL_FAMILY_H

#include "model/model.h"

/* True for what only says something about its parent: its owner, who may use it, a comment. */
bool object_is_remark(const struct object *object);

/* True for what is no thing of its own but says how another one is: remarks, a column's default, that it is not null, a
 * table's replica identity; columns of views. */
bool object_is_trait(const struct object *object);

/* True for what loses nothing when it is dropped and made anew: views, routines, constraints, indexes, triggers,
 * foreign tables, generated columns. */
bool object_is_rebuilt(const struct object *object);

/* True for what follows a parent table: a column or constraint that it inherits, what the server makes for a partition. */
bool object_is_inherited(const struct object *object);

/* True where an object has at most one of that kind below it, whatever its name is. */
bool object_is_single(const struct object *object);

/* The head of the object's family, which may be the object itself; NULL for NULL. */
const struct object *object_family(const struct object *object);

/* Where a folder of SQL files keeps the family: "schemas/app/tables/users.sql". Names become parts
 * of it so that any file system takes them. In the arena. */
const char *family_path(struct arena *arena, const struct object *object);

#endif
