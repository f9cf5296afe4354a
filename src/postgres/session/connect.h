/* A connection to a PostgreSQL server: what the catalog reader and the asking layer need of it
 * besides the functions of postgres.h. */
#ifndef PLUMB_POSTGRES_SESSION_CONNECT_H
#define PLUMB_POSTGRES_SESSION_CONNECT_H

#include <libpq-fe.h>

#include "dialect/dialect.h"

/* The advisory lock that keeps two applies apart: "plumb" in ASCII. Advisory locks belong to one
 * database, so applies to different databases do not meet. */
#define PG_ADVISORY_LOCK_KEY "482855972194"

/* What a plan's statements run under (session.c). */
struct step_session {
    const char *path;      /* as SET search_path takes it */
    bool path_is_whole;    /* nothing of the database's own was left out */
    const char *set_local; /* statements, each with its semicolon and a blank behind */
    const char *set;
    const char *reset;
};

struct connection {
    PGconn *handle;
    PGcancel *volatile cancel;
    const char *shown;         /* the URL without its secrets */
    const char *url;           /* as given */
    int version;               /* like 150020 */
    bool read_only;            /* where the server does not report it by itself */
    char sqlstate[6];          /* of the last statement that failed, "" after one that did not */
    struct text_list notices;  /* what the server sent besides results, first to last */
    long round_trips;          /* since the connection was made */
    struct step_session steps; /* its path is NULL until it is known */
    bool copies_record;        /* another's tables are read without the planner (record.c) */
    struct arena *arena;
};

/* Runs a statement of plumb's own, or several in one string, under PG_OWN_SESSION; the last result, to
 * be cleared by connection_clear, or NULL with an error. Not for what cannot run inside a transaction, and not for
 * the control of transactions. */
PGresult *connection_query(struct connection *connection, const char *sql, struct error *error);

/* The same where the result does not matter. */
bool connection_execute(struct connection *connection, const char *sql, struct error *error);

/* The same for COPY ... TO STDOUT as the last one: then lines are taken until there are no more (each to be
 * freed by connection_copy_free), and the end tells whether that were all. */
bool connection_copy(struct connection *connection, const char *sql, struct error *error);
bool connection_copy_line(struct connection *connection, char **line);
void connection_copy_free(char *line);
bool connection_copy_end(struct connection *connection, struct error *error);

/* Runs a text as it is, under whatever settings the session has: BEGIN, COMMIT and the like. */
bool connection_control(struct connection *connection, const char *sql, struct error *error);

/* Has the operation clear a result should it fail; gives the result. NULL is allowed, here and below. */
PGresult *connection_keep(PGresult *result);
void connection_clear(PGresult *result);

/* Reads and forgets what is still to come in pipeline mode, and leaves that mode, so that the connection can
 * be used again. What was sent last must be a sync. */
void connection_leave_pipeline(struct connection *connection);

/* Fills the error from a failed result (NULL: from the connection). sql is the statement's text, so
 * that the place can be told; NULL where it is not the user's. Always gives false. */
bool connection_fail(struct connection *connection, const PGresult *result, const char *sql,
                     struct error *error);

/* True while a transaction block is open. */
bool connection_in_transaction(const struct connection *connection);

/* url.c: true when there is a secret in the text, which libpq could repeat in its complaints. */
bool pg_url_holds_secret(const char *url);

/* --- connect.c: functions of the dialect (dialect.h) --- */
bool pg_is_url(const char *text);

/* blocker.c: who holds locks on the object; for dialect_locking. */
const char *pg_blockers(struct connection *connection, const struct object *object,
                        struct arena *arena);

/* The first parameter of the URL that libpq does not know, in the arena; NULL: none. nearest: a known one that was
 * perhaps meant, or NULL. */
const char *pg_url_unknown(struct arena *arena, const char *url, const char **nearest);

/* The URL as libpq takes it, where it is written as another tool would; in the arena. NULL with an error. */
const char *pg_url_plain(struct arena *arena, const char *url, const char *shown,
                         struct error *error);
struct connection *pg_connect(const char *url, struct error *error);
void pg_close(struct connection *connection);
bool pg_begin(struct connection *connection, struct error *error);
bool pg_commit(struct connection *connection, struct error *error);
void pg_rollback(struct connection *connection);
bool pg_run(struct connection *connection, const char *sql, struct statement_result *result,
            struct error *error);
bool pg_ask_rows(struct connection *connection, const char *sql, int milliseconds,
                 struct arena *arena, struct row_answer *answer, struct error *error);
bool pg_run_script(struct connection *connection, const char *text, struct error *error);
bool pg_lock(struct connection *connection, bool *taken, struct error *error);
/* "SET lock_timeout = '3s'", in the arena. */
const char *pg_lock_timeout(struct arena *arena, int milliseconds);
bool pg_set_lock_timeout(struct connection *connection, int milliseconds, struct error *error);
void pg_cancel(struct connection *connection);
int pg_server_version(const struct connection *connection);
bool pg_read_only(const struct connection *connection);

#endif
