/* Which servers there are, and what each can do. */
#ifndef PLUMB_POSTGRES_FACTS_FLAVOR_H
#define PLUMB_POSTGRES_FACTS_FLAVOR_H

#include "model/model.h"

/* Oldest server that plumb works with. */
enum { PG_OLDEST_SERVER = 140000 };

enum pg_capability {
#define CAPABILITY(name, major, text) PG_CAN_##name,
#include "postgres/facts/capability.def"
#undef CAPABILITY
    PG_CAPABILITY_COUNT
};

/* Whether a server of that version (server_version_num; 0: the newest) can do it. */
bool pg_can(int server_version, enum pg_capability capability);

/* The dialect's set_flavor (dialect.h). */
bool pg_set_flavor(struct model *model, const char *flavor);

#endif
