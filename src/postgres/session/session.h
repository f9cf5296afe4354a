/* The settings that plumb's own statements and a plan's run under. A database's owner decides what a session
 * begins with (ALTER DATABASE ... SET), and with that what names and operators mean. */
#ifndef PLUMB_POSTGRES_SESSION_SESSION_H
#define PLUMB_POSTGRES_SESSION_SESSION_H

#include "postgres/session/connect.h"

/* The search path of plumb's own statements. Nobody but a superuser may make anything in this schema.
 * Temporary objects would hide the catalog's relations and types were their schema not named last. */
#define PG_OWN_PATH "pg_catalog, pg_temp"

/* What every statement of plumb's own begins with, before anything that has an operator, an unqualified
 * name or a policy in it. It ends with the transaction, so that a pooler's other clients see nothing of
 * it. */
#define PG_OWN_SESSION "SET LOCAL search_path = " PG_OWN_PATH "; SET LOCAL row_security = off; "

/* A query for the columns of enum path_column, one row: who is connected, and the database's search
 * path. To be run under PG_OWN_PATH. */
extern const char pg_path_sql[];

enum path_column { PATH_USER, PATH_SCHEMAS, PATH_SAFE, PATH_IS_SAFE, PATH_AS_REPLICA };

/* What a plan's statements run under: those schemas of the database's own search path in which nobody
 * makes objects who could not act as this user anyway, and settings that leave their meaning alone. From
 * the result of pg_path_sql. */
struct step_session step_session_make(struct arena *arena, const PGresult *result);

/* The same from the server, unless the connection has it already. */
bool pg_learn_step_session(struct connection *connection, struct error *error);

/* Adds a hint to the failure of a plan's statement if it may lie in the search path. */
void pg_hint_step_path(const struct connection *connection, const PGresult *result,
                       struct error *error);

#endif
