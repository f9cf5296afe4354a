/* What other tools for schema changes are told: functions of the dialect (dialect.h). */
#ifndef PLUMB_MYSQL_SESSION_TOOL_H
#define PLUMB_MYSQL_SESSION_TOOL_H

#include "dialect/dialect.h"

bool my_table_size(struct connection *connection, const struct object *table, int64_t *bytes,
                   struct error *error);
const char *my_connection_value(struct connection *connection, struct arena *arena,
                                const char *name);

#endif
