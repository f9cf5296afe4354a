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

/* reconcile_trigger.c: of a partition's copy, the trigger of its partitioned table; NULL for anything else. */
const struct object *pg_copied_trigger(const struct object *object);

/* True for a copy that is enabled or disabled unlike what it is of. */
bool pg_trigger_deviates(const struct object *object);

/* A copy needs what it is of, all the way up, and to be a partition's. */
void pg_need_copied_trigger(struct model *model, struct object *object);

/* Leaves only copies that are to be, or no longer to be, unlike what they are of. */
void pg_settle_trigger_copies(struct model *from, struct model *to);

/* The dialect's reconcile (dialect.h). */
void pg_reconcile(struct model *from, struct model *to, const struct manage *manage);

/* True for what a schema holds that the files use and do not declare. */
bool pg_is_others(const struct object *object);

/* Leaves all that alone, but for what the files have put on its tables; where owners are managed, only what the files use. */
void pg_leave_others(struct model *from, struct model *to, const struct manage *manage);

/* Spells from's types of extensions that move as to does. */
void pg_move_extension_types(struct model *from, const struct model *to);

/* permits.c: no error where the server can make the one of the other (dialect.h). */
bool pg_permits(const struct model *from, const struct model *to, struct error *error);

#endif
