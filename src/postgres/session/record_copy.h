/* Reading a table of the record by COPY, which plans nothing: expressions that the table's owner adds to it
 * while it is read are not evaluated. */
#ifndef PLUMB_POSTGRES_SESSION_RECORD_COPY_H
#define PLUMB_POSTGRES_SESSION_RECORD_COPY_H

#include "postgres/session/connect.h"

/* Gives what the query asks for, into the arena; guard: statements that are sent before. */
bool record_copy(struct connection *connection, const struct record_query *query, const char *guard,
                 struct arena *arena, struct record_rows *rows, struct error *error);

#endif
