/* Which views a server can merge into the queries that use them. */
#ifndef PLUMB_MYSQL_CANON_MERGE_H
#define PLUMB_MYSQL_CANON_MERGE_H

#include <stdbool.h>

#include "mysql/facts/flavor.h"
#include "mysql/sql/tree.h"

/* False for a view's query whose ALGORITHM=MERGE the server takes for UNDEFINED. */
bool my_query_can_be_merged(const struct my_query *query, enum my_vendor vendor);

#endif
