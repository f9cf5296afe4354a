/* The PostgreSQL dialect: its table of functions, and what its own files share. */
#ifndef PLUMB_POSTGRES_POSTGRES_H
#define PLUMB_POSTGRES_POSTGRES_H

#include "dialect.h"

/* The search path of plumb's own statements. Nobody but a superuser may make anything in this schema.
 * Temporary objects would hide the catalog's relations and types were their schema not named last. */
#define PG_OWN_PATH "pg_catalog, pg_temp"

extern const struct dialect postgres_dialect;

/* Oldest server that plumb works with. */
enum { PG_OLDEST_SERVER = 130000 };

/* connect.c */
bool pg_is_url(const char *text);
struct connection *pg_connect(const char *url, struct error *error);
void pg_close(struct connection *connection);
bool pg_begin(struct connection *connection, struct error *error);
bool pg_commit(struct connection *connection, struct error *error);
void pg_rollback(struct connection *connection);
bool pg_run(struct connection *connection, const char *sql, struct statement_result *result,
            struct error *error);
bool pg_run_script(struct connection *connection, const char *text, struct error *error);
bool pg_lock(struct connection *connection, bool *taken, struct error *error);
bool pg_set_lock_timeout(struct connection *connection, int milliseconds, struct error *error);
void pg_cancel(struct connection *connection);
int pg_server_version(const struct connection *connection);
bool pg_read_only(const struct connection *connection);

/* record.c: the schema plumb, which no model shows. */
bool pg_record_find(struct connection *connection, const struct record_table *const *tables,
                    size_t count, bool *found, struct error *error);
bool pg_record_make(struct connection *connection, const struct record_table *const *tables,
                    size_t count, struct error *error);
bool pg_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error);
bool pg_record_get(struct connection *connection, const struct record_query *query,
                   struct arena *arena, struct record_rows *rows, struct error *error);
bool pg_lock_holder(struct connection *connection, struct arena *arena, const char **holder,
                    struct error *error);
bool pg_unlock(struct connection *connection, struct error *error);

/* catalog.c: the catalog into an unresolved model. */
bool pg_read(struct connection *connection, struct model *model, struct error *error);

/* flavor.c */
bool pg_set_flavor(struct model *model, const char *flavor);

/* interpret.c: SQL texts into an unresolved model. */
bool pg_interpret(const struct source_text *sources, size_t count, struct model *model,
                  struct error *error);

/* interpret_adopt.c: notes in a catalog's model what files meant for it may use undeclared. */
void pg_note_known(struct model *model);

/* resolve.c: unresolved to resolved; reconcile.c; ask.c. */
bool pg_resolve(struct model *model, int server_version, struct error *error);
void pg_reconcile(struct model *from, struct model *to, const struct manage *manage);
bool pg_ask(struct connection *connection, struct model *from, struct model *to,
            const struct pointer_list *from_objects, const struct pointer_list *to_objects,
            struct pointer_list *unasked, struct error *error);

/* rules.c */
struct field_rule pg_field_rule(enum kind kind, const char *field);
bool pg_must_replace(const struct object *before, const struct object *after, uint64_t changed,
                     int server_version);
bool pg_carries(const struct object *before, const struct object *after);
const struct object *pg_stored_in(const struct object *object);
void pg_carry(struct step_sink *sink, const struct object *before, const struct object *after);
bool pg_is_whole(const struct object *part);
bool pg_must_end_dependent(const struct object *dependent, const struct object *before,
                           const struct object *after, uint64_t changed, int server_version);
const struct object *pg_folds_into(const struct object *object);
bool pg_ends_with(const struct object *object, const struct object *ancestor);
const char *pg_slot(struct arena *arena, const struct object *object);

/* validate.c */
bool pg_check_made(struct connection *connection, const struct step *steps, size_t count,
                   const struct model *from, bool last, struct error *error);

/* write.c */
void pg_create(struct step_sink *sink, const struct object *object,
               const struct pointer_list *folded);
void pg_drop(struct step_sink *sink, const struct object *object);
void pg_alter(struct step_sink *sink, const struct object *before, const struct object *after,
              uint64_t changed);
void pg_rename(struct step_sink *sink, const struct object *object);
void pg_rename_label(struct step_sink *sink, const struct object *object, const char *former,
                     const char *label);
const char *pg_script_path(struct arena *arena, const struct model *from);
void pg_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to);

/* quote.c: identifiers and literals as the server quotes them. In the arena. */
const char *pg_quote_name(struct arena *arena, const char *name);
const char *pg_quote_literal(struct arena *arena, const char *text);
/* "schema.name", each quoted; schema NULL gives the name alone. */
const char *pg_qualify(struct arena *arena, const char *schema, const char *name);
/* "OPERATOR(schema.name)". */
const char *pg_qualify_operator(struct arena *arena, const char *schema, const char *name);

/* acl.c: what the server grants by default on an object: grantee "OWNER" or "PUBLIC". */

/* The privileges that grantee holds on a new object of that kind when nothing was granted ("SELECT",
 * ...), sorted. owner: whether the grantee is the object's owner. */
struct text_list pg_default_privileges(struct arena *arena, const struct object *object,
                                       const char *grantee, bool owner, int server_version);

/* All the privileges that exist for that kind of object (what ALL means), sorted. */
struct text_list pg_all_privileges(struct arena *arena, const struct object *object,
                                   int server_version);

/* The word of ALTER DEFAULT PRIVILEGES for such an object (TABLES, ...); NULL where there is none. */
const char *pg_default_privilege_type(const struct object *object);

#endif
