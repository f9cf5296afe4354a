/* What pg_reconcile consists of, beside reconcile.c. */
#ifndef PLUMB_POSTGRES_RESOLVE_RECONCILE_H
#define PLUMB_POSTGRES_RESOLVE_RECONCILE_H

#include "model/model.h"
#include "dialect/dialect.h"

/* The server changes no type of a column in a partition key: the key counts as changed. */
void pg_note_key_types(struct model *from, const struct model *to);

/* Tells from of what tables make their own when they leave a parent, as to wants it. */
void pg_release_tables(struct model *from, const struct model *to);

/* Brings foreign keys to partitioned tables, and the indexes of partitions and those that they stand under into the order in which the server makes of them what
 * to wants, and lets copies have the names they have. */
void pg_order_partitions(struct model *from, struct model *to);

/* The dialect's reconcile (dialect.h). */
void pg_reconcile(struct model *from, struct model *to, const struct manage *manage);

/* Spells from's types of extensions that move as to does. */
void pg_move_extension_types(struct model *from, const struct model *to);

/* permits.c: no error where the server can make the one of the other (dialect.h). */
bool pg_permits(const struct model *from, const struct model *to, struct error *error);

#endif
