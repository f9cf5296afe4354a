/* Evaluating what a procedure or a prepared statement asks of information_schema, and the texts that it
 * puts together, against the model as it stands. What cannot be told is unknown. */
#ifndef PLUMB_MYSQL_INTERPRET_GUARD_H
#define PLUMB_MYSQL_INTERPRET_GUARD_H

#include "model/guard.h"
#include "mysql/interpret/internal.h"

struct my_guard {
    struct my_interpreter *interpreter;
    struct arena *arena;
    const struct map
        *locals; /* a routine's parameters and variables, in lower case: struct guard_value;
                                 NULL: none */
    const struct guard_frame *frames;
    size_t effort;
};

struct guard_value my_guard_evaluate(struct my_guard *guard, const struct my_node *node);

/* The first value of the query's first row; NULL if there is none. *found: is there one. */
struct guard_value my_guard_query(struct my_guard *guard, const struct my_query *query,
                                  struct guard_value *found);

/* A variable of the session, "@name". */
struct guard_value my_user_variable(struct my_interpreter *interpreter, const char *name);
void my_set_user_variable(struct my_interpreter *interpreter, const char *name,
                          struct guard_value value);

/* call.c: CALL with that text behind it; missing where there is no such procedure yet. *failed:
 * the interpreter has an error. */
enum outcome my_call_procedure(struct my_interpreter *interpreter, struct my_guard *guard,
                               const char *text, const struct attempt *nested, bool *failed);

#endif
