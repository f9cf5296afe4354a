/* Under which collation of the connection views and programs are made. */
#ifndef PLUMB_MYSQL_RESOLVE_SESSION_COLLATION_H
#define PLUMB_MYSQL_RESOLVE_SESSION_COLLATION_H

#include "model/model.h"

/* The collation of the connection that the author's client would make the view or program under; NULL where that is the
 * same under any. model: whose settings tell the servers. */
const char *my_meant_collation(const struct model *model, const struct object *object);

#endif
