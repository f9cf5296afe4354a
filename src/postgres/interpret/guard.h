/* Evaluating what a DO block asks of the catalog, and texts that it puts together, against the model as
 * it stands. What cannot be told is unknown. */
#ifndef PLUMB_POSTGRES_INTERPRET_GUARD_H
#define PLUMB_POSTGRES_INTERPRET_GUARD_H

#include "model/guard.h"
#include "postgres/interpret/base/interpreter.h"

struct guard {
    struct interpreter *interpreter;
    struct arena *arena;
    struct map
        variables; /* the block's, by name (of a record's field: with \x1f between): struct guard_value */
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

/* Rows that a query gives: values row by row, each row as wide as there are names. */
struct guard_rows {
    struct text_list names;
    struct guard_value *values;
    size_t count, room;
};

/* guard_rows.c: the rows of a query, each once where it says DISTINCT, in no order but its VALUES'. False where they cannot
 * be told. */
bool guard_query_rows(struct guard *guard, const SelectStmt *query, struct guard_rows *rows);

/* guard_rows.c: adds an item of FROM that holds its rows itself: a list that is unnested, VALUES. False for another one, or
 * where it cannot be told. */
bool guard_add_literal(struct guard *guard, struct guard_search *search, const Node *item);

/* guard.c: the tables and conditions of a query; false where it has what is not followed. */
bool guard_set_up(struct guard *guard, struct guard_search *search, const SelectStmt *query);

/* guard.c: true where a condition names something of the server's own, of which there are no rows. */
bool guard_may_be_builtin(const struct guard_search *search);

/* guard.c: guard_evaluate for a search. */
struct guard_value guard_evaluate_expression(void *guard, const void *expression);

/* guard_call.c: makes a text of the name of a database that nobody knows, and of what holds it; true where it was one. */
bool guard_has_hole(struct guard_value *value);
/* guard_call.c: a text as one that holds such a name, if it does. */
struct guard_value guard_holed(bool holed, struct guard_value value);

/* guard_call.c: the items of an array written as text ('{a,"b c"}'); unknown where that is none, or one of several
 * dimensions. */
struct guard_value guard_array(struct guard *guard, const char *text);

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
