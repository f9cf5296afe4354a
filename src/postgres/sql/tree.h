/* PostgreSQL's own headers for raw parse trees, as libpg_query ships them, in the order they need. */
#ifndef PLUMB_POSTGRES_SQL_TREE_H
#define PLUMB_POSTGRES_SQL_TREE_H

#pragma GCC system_header

/* In angle brackets: a quoted name would find the dialect's own postgres/postgres.h first. */
#include <postgres.h>

#include "lib/stringinfo.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "utils/memutils.h"

#endif
