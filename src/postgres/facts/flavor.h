/* Which servers there are. */
#ifndef PLUMB_POSTGRES_FACTS_FLAVOR_H
#define PLUMB_POSTGRES_FACTS_FLAVOR_H

#include "model/model.h"

/* Oldest server that plumb works with. */
enum { PG_OLDEST_SERVER = 130000 };

/* The dialect's set_flavor (dialect.h). */
bool pg_set_flavor(struct model *model, const char *flavor);

#endif
