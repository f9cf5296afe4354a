/* The record's tables, in the schema plumb, which no model shows (dialect.h). */
#ifndef PLUMB_POSTGRES_SESSION_RECORD_H
#define PLUMB_POSTGRES_SESSION_RECORD_H

#include "dialect/dialect.h"

bool pg_record_find(struct connection *connection, const struct record_table *const *tables,
                    size_t count, bool *found, struct error *error);
bool pg_record_make(struct connection *connection, const struct record_table *const *tables,
                    size_t count, struct error *error);
const char *pg_record_identity(struct connection *connection, struct arena *arena);
const char *pg_record_publication(struct connection *connection, struct arena *arena);
bool pg_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error);
bool pg_record_get(struct connection *connection, const struct record_query *query,
                   struct arena *arena, struct record_rows *rows, struct error *error);
bool pg_lock_holder(struct connection *connection, struct arena *arena, const char **holder,
                    struct error *error);
bool pg_unlock(struct connection *connection, struct error *error);

#endif
