/* Which schemas of a search path can be trusted, and the settings that leave a plan's statements their
 * meaning. */
#include "postgres/session/session.h"

#include <string.h>

#include "core/buffer.h"

/* --- the search path ----------------------------------------------------------------------------- */

/* Whatever the owner says, pg_catalog is searched first: that is how plumb reads a name without a schema.
 *
 * Strangers may log in here, and could not become this user (superusers can become anybody). The roles
 * of a schema are those that may make objects in it, or have made some that a name could come to; 0 is
 * everybody. A schema is safe if no stranger can act as one of its roles. */
const char pg_path_sql[] =
    "WITH strangers AS MATERIALIZED (SELECT oid FROM pg_catalog.pg_roles WHERE rolcanlogin"
    " AND NOT pg_catalog.pg_has_role(oid, current_user, 'MEMBER')"
    " AND pg_catalog.has_database_privilege(oid, pg_catalog.current_database(), 'CONNECT')),"
    " path AS (SELECT n.oid, n.nspname, n.nspowner, n.nspacl, part.number"
    " FROM (SELECT pg_catalog.btrim(p.name, ' \"'), number FROM pg_catalog.pg_settings AS s,"
    " pg_catalog.unnest(pg_catalog.string_to_array(s.reset_val, ','))"
    " WITH ORDINALITY AS p (name, number) WHERE s.name = 'search_path') AS part (name, number)"
    " JOIN pg_catalog.pg_namespace AS n"
    " ON n.nspname = CASE part.name WHEN '$user' THEN current_user ELSE part.name END),"
    " roles (schema, role) AS (SELECT oid, nspowner FROM path"
    " UNION SELECT oid, grantee FROM path,"
    " pg_catalog.aclexplode(coalesce(nspacl, pg_catalog.acldefault('n', nspowner)))"
    " WHERE privilege_type = 'CREATE'"
    " UNION SELECT pronamespace, proowner FROM pg_catalog.pg_proc"
    " UNION SELECT oprnamespace, oprowner FROM pg_catalog.pg_operator"
    " UNION SELECT typnamespace, typowner FROM pg_catalog.pg_type WHERE typtype = 'd'"
    " UNION SELECT relnamespace, relowner FROM pg_catalog.pg_class WHERE relkind = 'v'),"
    " judged AS (SELECT nspname, number, NOT EXISTS (SELECT FROM roles, strangers"
    " WHERE roles.schema = path.oid"
    " AND (role = 0 OR pg_catalog.pg_has_role(strangers.oid, role, 'MEMBER'))) AS safe FROM path)"
    " SELECT current_user,"
    " pg_catalog.string_agg(nspname, pg_catalog.chr(31) ORDER BY number),"
    " pg_catalog.string_agg(pg_catalog.quote_ident(nspname), ', ' ORDER BY number)"
    " FILTER (WHERE safe AND nspname <> 'pg_catalog'),"
    " coalesce(pg_catalog.bool_and(safe), true),"
    " pg_catalog.current_setting('session_replication_role') <> 'origin'"
    " AND pg_catalog.current_setting('is_superuser')::pg_catalog.bool"
    " FROM judged";

/* --- the settings -------------------------------------------------------------------------------- */

/* What decides how a definition is understood, or what is made where it says nothing. Not here: what
 * literals are read by (DateStyle, IntervalStyle, TimeZone), which are the author's; limits of time and
 * memory; and what only changes output, which plumb sets where it reads. */
static const struct {
    const char *name;
    const char *value;
} meanings[] = {{"transform_null_equals", "off"},
                {"array_nulls", "on"},
                {"xmloption", "content"},
                {"default_tablespace", "''"},
                {"default_table_access_method", "heap"},
                {"row_security", "DEFAULT"}};

static const char *set_all(struct arena *arena, const struct step_session *session, const char *set,
                           bool as_replica)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "%s search_path = %s; ", set, session->path);
    for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
        buffer_printf(&sql, "%s %s = %s; ", set, meanings[i].name, meanings[i].value);
    if (as_replica)
        buffer_printf(&sql, "%s session_replication_role = origin; ", set);
    return buffer_take(&sql, arena);
}

static const char *reset_all(struct arena *arena, bool as_replica)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_append(&sql, "RESET search_path; ");
    for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
        buffer_printf(&sql, "RESET %s; ", meanings[i].name);
    if (as_replica)
        buffer_append(&sql, "RESET session_replication_role; ");
    return buffer_take(&sql, arena);
}

struct step_session step_session_make(struct arena *arena, const PGresult *result)
{
    bool as_replica = PQgetvalue(result, 0, PATH_AS_REPLICA)[0] == 't';
    struct step_session session = {.path = PG_OWN_PATH,
                                   .path_is_whole = PQgetvalue(result, 0, PATH_IS_SAFE)[0] == 't'};

    if (!PQgetisnull(result, 0, PATH_SAFE))
        session.path = arena_printf(arena, "%s, pg_temp", PQgetvalue(result, 0, PATH_SAFE));
    session.set_local = set_all(arena, &session, "SET LOCAL", as_replica);
    session.set = set_all(arena, &session, "SET", as_replica);
    session.reset = reset_all(arena, as_replica);
    return session;
}

bool pg_learn_step_session(struct connection *connection, struct error *error)
{
    PGresult *result;

    if (connection->steps.path)
        return true;
    result = connection_query(connection, pg_path_sql, error);
    if (result)
        connection->steps = step_session_make(connection->arena, result);
    connection_clear(result);
    return result != NULL;
}

/* Names that a function's body has: the server was in one when it did not find them. */
void pg_hint_step_path(const struct connection *connection, const PGresult *result,
                       struct error *error)
{
    static const char *const missing[] = {"42P01", "42883", "42704", "3F000"};
    const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (!connection->steps.path || connection->steps.path_is_whole || !context || !sqlstate ||
        !strstr(context, "function"))
        return;
    for (size_t i = 0; i < sizeof(missing) / sizeof(*missing); i++)
        if (strcmp(sqlstate, missing[i]) == 0)
            error_hint(
                error,
                "Functions that this statement runs find unqualified names in \"%s\" only: in "
                "the rest of the search path others may make objects. Qualify the name in the "
                "function, or give it a path of its own (ALTER FUNCTION ... SET search_path).",
                connection->steps.path);
}
