/* What the server grants by default on an object: grantee "OWNER" or "PUBLIC". */
#ifndef PLUMB_POSTGRES_FACTS_ACL_H
#define PLUMB_POSTGRES_FACTS_ACL_H

#include "model/model.h"

/* The privileges that grantee holds on a new object of that kind when nothing was granted ("SELECT",
 * ...), sorted. owner: whether the grantee is the object's owner. */
struct text_list pg_default_privileges(struct arena *arena, const struct object *object,
                                       const char *grantee, bool owner, int server_version);

/* All the privileges that exist for that kind of object (what ALL means), sorted. */
struct text_list pg_all_privileges(struct arena *arena, const struct object *object,
                                   int server_version);

/* The word of ALTER DEFAULT PRIVILEGES for such an object (TABLES, ...); NULL where there is none. */
const char *pg_default_privilege_type(const struct object *object);

#endif
