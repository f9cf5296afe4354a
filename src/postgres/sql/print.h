/* Prints raw parse trees of expressions and queries as SQL. libpg_query's own deparser leaves out
 * parentheses that change the meaning ((a AND b) IS NULL, (NOT a)::text, quoted window names), so
 * that two different trees could print alike; here an operand that is not atomic is always wrapped.
 * Rare constructs (SQL/JSON, XMLTABLE, MERGE) are still handed to libpg_query. */
#ifndef PLUMB_POSTGRES_SQL_PRINT_H
#define PLUMB_POSTGRES_SQL_PRINT_H

#include <stdbool.h>

#include "core/arena.h"

struct Node;

/* The expression on one line; NULL when it holds a node that cannot stand in an expression, or is nested too
 * deep (which *too_deep says unless NULL is given). The text is in the arena. */
char *pg_print_expression(struct Node *expression, struct arena *arena, bool *too_deep);

/* True for an expression whose text needs no parentheses wherever it stands. */
bool pg_print_is_atom(struct Node *expression);

/* A SELECT, VALUES, set operation, INSERT, UPDATE or DELETE on one line; NULL likewise. */
char *pg_print_query(struct Node *query, struct arena *arena);

/* The fields of an interval by the mask of its type modifier: " day to second"; "" for all. */
const char *pg_interval_words(int range);

#endif
