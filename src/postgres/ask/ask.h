/* Asking the server whether two expressions are one: what the files of ask share. A question is about
 * one field of a pair of objects. The wanted expression is made into a temporary object, and the
 * server's own text of it is compared with its text of the present object. */
#ifndef PLUMB_POSTGRES_ASK_ASK_H
#define PLUMB_POSTGRES_ASK_ASK_H

#include "model/fields.h"
#include "postgres/session/connect.h"
#include "dialect/dialect.h"

struct question {
    struct object *before; /* in the database */
    struct object *after;  /* wanted */
    const struct field *field;
    const char *relation; /* the present relation whose columns the expression names; NULL: none */
    const char *twin;     /* a temporary table that is made LIKE relation, of the same bare name:
                             qualified column references then print alike */
    const char *create;   /* the statement that makes the temporary object */
    const char *present;  /* scalar SQL expressions: the server's text of the present field, */
    const char *wanted;   /* and of the temporary object's */
    bool equal;           /* the answer; false where there was none */
};

/* The bare name of all temporary objects but twins and routines with a body. */
#define ASK_NAME "plumb_ask"
#define ASK_RELATION "pg_temp." ASK_NAME

/* Fills in relation, twin, create, present and wanted. False when it cannot be asked. */
typedef bool ask_function(struct arena *arena, struct question *question);

/* table.c: expressions over the columns of a table (or view), and partition keys. */
ask_function ask_check, ask_default, ask_generation, ask_index_keys, ask_index_predicate,
    ask_policy_using, ask_policy_check, ask_trigger, ask_partition_keys;

/* object.c: what stands by itself in a schema. */
ask_function ask_view, ask_materialized_view, ask_domain_default, ask_domain_check,
    ask_function_defaults, ask_function_body;

/* ask.c: the object's name in the database, quoted; of a schema's object also qualified. */
const char *ask_present_name(struct arena *arena, const struct object *object);

/* The same as a string literal, for a cast to regclass and the like. */
const char *ask_present_literal(struct arena *arena, const struct object *object);

/* talk.c: asks all of them, in few round trips, and leaves no trace. Questions with equal
 * relations stand side by side. What cannot be answered, or not soon, stays unequal; false only when
 * the connection is lost. */
struct ask_permission;
bool ask_server(struct connection *connection, const struct ask_permission *permission,
                const struct pointer_list *questions, struct error *error);

/* The dialect's ask (dialect.h). */
bool pg_ask(struct connection *connection, struct model *from, struct model *to,
            const struct pointer_list *from_objects, const struct pointer_list *to_objects,
            struct pointer_list *unasked, struct error *error);

#endif
