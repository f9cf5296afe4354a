/* The MySQL and MariaDB dialect: the functions that its table (mysql.c) is made of, each in the file
 * that is named here. What they do is said in dialect.h. */
#ifndef PLUMB_MYSQL_MYSQL_H
#define PLUMB_MYSQL_MYSQL_H

#include "dialect.h"

extern const struct dialect mysql_dialect;

/* connect.c */
bool my_begin_client(void);
void my_end_client(void);
void my_end_thread(void);

/* url.c */
bool my_is_url(const char *text);

/* recognize.c */
bool my_set_flavor(struct model *model, const char *flavor);
bool my_recognizes(const char *text, size_t length);

/* recognize.c */
bool my_set_flavor(struct model *model, const char *flavor);
bool my_recognizes(const char *text, size_t length);

/* script.c */
bool my_run_script(struct connection *connection, const char *text, struct error *error);
bool my_empty(struct connection *connection, struct error *error);

/* tool.c */
bool my_table_size(struct connection *connection, const struct object *table, int64_t *bytes,
                   struct error *error);
const char *my_connection_value(struct connection *connection, struct arena *arena,
                                const char *name);

/* interpret.c: files; a model without settings is for the newest MySQL. */
bool my_interpret(const struct source_text *sources, size_t count, struct model *model,
                  struct error *error);

/* connect.c */
struct connection *my_connect(const char *url, struct error *error);
void my_close(struct connection *connection);
bool my_begin(struct connection *connection, struct error *error);
bool my_commit(struct connection *connection, struct error *error);
void my_rollback(struct connection *connection);
bool my_run(struct connection *connection, const char *sql, struct statement_result *result,
            struct error *error);
bool my_lock(struct connection *connection, bool *taken, struct error *error);
bool my_set_lock_timeout(struct connection *connection, int milliseconds, struct error *error);
void my_cancel(struct connection *connection);
int my_server_version(const struct connection *connection);
bool my_read_only(const struct connection *connection);

/* record.c */
bool my_record_find(struct connection *connection, const struct record_table *const *tables,
                    size_t count, bool *found, struct error *error);
bool my_record_make(struct connection *connection, const struct record_table *const *tables,
                    size_t count, struct error *error);
bool my_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error);
bool my_record_get(struct connection *connection, const struct record_query *query,
                   struct arena *arena, struct record_rows *rows, struct error *error);
bool my_lock_holder(struct connection *connection, struct arena *arena, const char **holder,
                    struct error *error);
bool my_unlock(struct connection *connection, struct error *error);

/* catalog.c */
bool my_read(struct connection *connection, struct model *model, struct error *error);

/* resolve.c */
bool my_resolve(struct model *model, int server_version, struct error *error);

/* reconcile.c */
void my_reconcile(struct model *from, struct model *to, const struct manage *manage);

/* ask.c */
bool my_ask(struct connection *connection, struct model *from, struct model *to,
            const struct pointer_list *from_objects, const struct pointer_list *to_objects,
            struct pointer_list *unasked, struct error *error);

/* rules.c */
struct field_rule my_field_rule(enum kind kind, const char *field);
bool my_must_replace(const struct object *before, const struct object *after, uint64_t changed,
                     int server_version);
bool my_must_end_dependent(const struct object *dependent, const struct object *before,
                           const struct object *after, uint64_t changed, int server_version);
bool my_holds(const struct object *dependent);
const struct object *my_folds_into(const struct object *object);
const struct object *my_joins(const struct object *object, enum step_action action);
bool my_ends_with(const struct object *object, const struct object *ancestor);
const char *my_slot(struct arena *arena, const struct object *object);

/* write.c */
void my_create(struct step_sink *sink, const struct object *object,
               const struct pointer_list *folded);
void my_drop(struct step_sink *sink, const struct object *object);
void my_alter(struct step_sink *sink, const struct object *before, const struct object *after,
              uint64_t changed);
void my_alter_joined(struct step_sink *sink, const struct object *before,
                     const struct object *after, uint64_t changed,
                     const struct joined_action *actions, size_t count);
void my_rename(struct step_sink *sink, const struct object *object);
void my_rename_label(struct step_sink *sink, const struct object *object, const char *former,
                     const char *label);
bool my_is_compound(const struct step *step);
void my_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to);

#endif
