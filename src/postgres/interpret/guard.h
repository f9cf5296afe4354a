/* Evaluating what a DO block asks of the catalog, and texts that it puts together, against the model as
 * it stands. What cannot be told is unknown. */
#ifndef PLUMB_POSTGRES_INTERPRET_GUARD_H
#define PLUMB_POSTGRES_INTERPRET_GUARD_H

#include "model/guard.h"
#include "postgres/interpret/base/interpreter.h"

struct guard {
    struct interpreter *interpreter;
    struct arena *arena;
    struct map variables;             /* the block's, by name: struct guard_value */
    bool missing;                     /* a name that has to exist does not (yet) */
    const struct guard_frame *frames; /* the tables of the queries around, innermost first */
    size_t effort;                    /* rows looked at: there is an end to it */
};

/* The value of an expression. */
struct guard_value guard_evaluate(struct guard *guard, const Node *expression);

/* The first value of a query's first row; NULL if there is none. *found: is there one (true, false or
 * unknown). */
struct guard_value guard_query(struct guard *guard, const SelectStmt *query,
                               struct guard_value *found);

/* guard_tables.c: a table of pg_catalog or information_schema by name (schema may be NULL); NULL
 * where plumb has no rows of it. */
const struct guard_table *guard_catalog(const char *schema, const char *name);

/* guard_tables.c: true for a name that the server itself has in that table. */
bool guard_is_builtin_name(const struct guard_table *table, const char *name);
bool guard_is_builtin_function(const char *name);

/* guard_call.c: what a function of the server's gives. */
struct guard_value guard_call(struct guard *guard, const FuncCall *call);

/* guard_call.c: a value as another type: regclass and the like look names up. */
struct guard_value guard_cast(struct guard *guard, struct guard_value value, const TypeName *type);

#endif
