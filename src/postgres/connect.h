/* A connection to a PostgreSQL server: what the catalog reader and the asking layer need of it
 * besides the functions of postgres.h. */
#ifndef PLUMB_POSTGRES_CONNECT_H
#define PLUMB_POSTGRES_CONNECT_H

#include <libpq-fe.h>

#include "postgres/postgres.h"

/* The advisory lock that keeps two applies apart: "plumb" in ASCII. Advisory locks belong to one
 * database, so applies to different databases do not meet. */
#define PG_ADVISORY_LOCK_KEY "482855972194"

struct connection {
    PGconn *handle;
    PGcancel *volatile cancel;
    const char *shown;        /* the URL without its secrets */
    const char *url;          /* as given */
    int version;              /* like 150020 */
    bool read_only;           /* where the server does not report it by itself */
    char sqlstate[6];         /* of the last statement that failed, "" after one that did not */
    struct text_list notices; /* what the server sent besides results, first to last */
    long round_trips;         /* since the connection was made */
    struct arena *arena;
};

/* Runs a statement, or several in one string; the last result, to be cleared by PQclear, or NULL with
 * an error. */
PGresult *connection_query(struct connection *connection, const char *sql, struct error *error);

/* The same where the result does not matter. */
bool connection_execute(struct connection *connection, const char *sql, struct error *error);

/* Fills the error from a failed result (NULL: from the connection). sql is the statement's text, so
 * that the place can be told; NULL where it is not the user's. Always gives false. */
bool connection_fail(struct connection *connection, const PGresult *result, const char *sql,
                     struct error *error);

/* True while a transaction block is open. */
bool connection_in_transaction(const struct connection *connection);

/* url.c: true when there is a secret in the text, which libpq could repeat in its complaints. */
bool pg_url_holds_secret(const char *url);

#endif
