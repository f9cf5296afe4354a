/* Asking the server whether two expressions are one: what the files of ask share. A question is about one
 * field of a pair of objects. The wanted expression is put into a temporary table of the wanted table's
 * name and columns, and what the server makes of it is compared with the present object. */
#ifndef PLUMB_MYSQL_ASK_ASK_H
#define PLUMB_MYSQL_ASK_ASK_H

#include "model/fields.h"
#include "mysql/session/connect.h"
#include "dialect/dialect.h"

struct question {
    struct object *before; /* in the database */
    struct object *after;  /* wanted */
    const struct field *field;
    const struct object *table; /* after's */
    const char *create;         /* the statement that makes the temporary table */
    const char *answer;         /* SHOW CREATE TABLE of it; NULL where there was none */
    size_t length;
};

/* table.c: the statement that makes the temporary table, in the arena; NULL where there can be none.
 * What no temporary table may have (foreign keys, partitions, fulltext keys, ...) is not in it. */
const char *my_ask_table(struct arena *arena, const struct question *question);

/* talk.c: asks all of them, in few round trips and in a session of its own. What the server refuses,
 * or does not answer soon, stays unanswered. Answers lie in the arena. */
void my_ask_server(struct connection *connection, struct arena *arena,
                   const struct pointer_list *questions);

/* The dialect's ask (dialect.h). */
bool my_ask(struct connection *connection, struct model *from, struct model *to,
            const struct pointer_list *from_objects, const struct pointer_list *to_objects,
            struct pointer_list *unasked, struct error *error);

#endif
