/* Parts of tables that the model does not hold: an unmodelled object stands for them. */
#ifndef PLUMB_MYSQL_RESOLVE_UNMODELLED_H
#define PLUMB_MYSQL_RESOLVE_UNMODELLED_H

#include "model/model.h"

/* The class of unmodelled objects that stand for a part of a table. */
#define MY_UNMODELLED_PART "part of table"

/* What the unmodelled object for a part of that table is called, in the arena; and whether the model that
 * the table is in has one. */
const char *my_unmodelled_part(struct arena *arena, const struct object *table);
bool my_has_unmodelled_part(const struct model *model, const struct object *table);

#endif
