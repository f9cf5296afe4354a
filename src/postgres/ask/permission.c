/* Questions are put in forms that are never planned, so that no function of an expression is called. Two
 * ways are left to code that somebody else has made:
 *
 *   event triggers   making a temporary object fires them. They are kept still, or nothing is asked.
 *   constants        what stands between quotation marks is read when it is parsed. Where it comes to be a
 *                    row, an array or a range, reading it checks the domains in it, and their checks call
 *                    functions. Which type it comes to be is for the server to find; only a cast to a built-in
 *                    type says it beforehand. */
#include "postgres/ask/permission.h"

#include <string.h>
#include <strings.h>

#include "postgres/facts/builtin.h"
#include "postgres/facts/flavor.h"
#include "postgres/sql/scan.h"

/* --- what the server says ------------------------------------------------------------------------ */

/* Strangers may log in here, could not become this user, and may make something in this database. What a
 * superuser is asked to read must not depend on what they make at that very moment; for others it is
 * enough that there is no domain with a check that calls what a user has made. */
static const char literals_sql[] =
    "NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS s,"
    " (SELECT nspowner FROM pg_catalog.pg_namespace"
    " UNION SELECT grantee FROM pg_catalog.pg_namespace, pg_catalog.aclexplode(nspacl)"
    " WHERE privilege_type = 'CREATE'"
    " UNION SELECT datdba FROM pg_catalog.pg_database"
    " WHERE datname = pg_catalog.current_database()"
    " UNION SELECT grantee FROM pg_catalog.pg_database, pg_catalog.aclexplode(datacl)"
    " WHERE datname = pg_catalog.current_database() AND privilege_type = 'CREATE'"
    " UNION SELECT proowner FROM pg_catalog.pg_proc"
    " UNION SELECT typowner FROM pg_catalog.pg_type) AS makers (role)"
    " WHERE s.rolcanlogin AND NOT pg_catalog.pg_has_role(s.oid, current_user, 'MEMBER')"
    " AND pg_catalog.has_database_privilege(s.oid, pg_catalog.current_database(), 'CONNECT')"
    " AND (role = 0 OR pg_catalog.pg_has_role(s.oid, role, 'MEMBER')))"
    " OR NOT pg_catalog.current_setting('is_superuser')::pg_catalog.bool"
    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c JOIN pg_catalog.pg_depend AS d"
    " ON d.classid = 'pg_constraint'::pg_catalog.regclass AND d.objid = c.oid"
    " WHERE c.contypid <> 0 AND c.contype = 'c' AND d.refclassid IN"
    " ('pg_proc'::pg_catalog.regclass, 'pg_operator'::pg_catalog.regclass))";

/* How many event triggers there are that a temporary object fires, and how many of them also where other
 * triggers are off. */
static const char triggers_sql[] =
    "(SELECT pg_catalog.count(*) FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D'"
    " AND evtevent <> 'login'),"
    " (SELECT pg_catalog.count(*) FROM pg_catalog.pg_event_trigger WHERE evtenabled IN ('R', 'A')"
    " AND evtevent <> 'login')";

static const char *may_set(const struct connection *connection, const char *setting)
{
    if (!pg_can(connection->version, PG_CAN_SETTING_PRIVILEGES))
        return "pg_catalog.current_setting('is_superuser')::pg_catalog.bool";
    return strcmp(setting, "event_triggers") == 0
               ? "pg_catalog.has_parameter_privilege('event_triggers', 'SET')"
               : "pg_catalog.has_parameter_privilege('session_replication_role', 'SET')";
}

static void take_triggers(const struct connection *connection, const PGresult *result,
                          struct ask_permission *permission)
{
    bool has_any = strcmp(PQgetvalue(result, 0, 1), "0") != 0;
    bool has_always = strcmp(PQgetvalue(result, 0, 2), "0") != 0;
    bool may_end_all = pg_can(connection->version, PG_CAN_EVENT_TRIGGERS_OFF) &&
                       PQgetvalue(result, 0, 4)[0] == 't';
    bool may_replicate = PQgetvalue(result, 0, 3)[0] == 't';

    if (has_any && may_end_all)
        permission->quiet = "SET LOCAL event_triggers = off";
    else if (has_any && may_replicate && !has_always)
        permission->quiet = "SET LOCAL session_replication_role = replica";
    permission->any = !has_any || permission->quiet;
}

bool ask_permission_learn(struct connection *connection, struct ask_permission *permission,
                          struct error *error)
{
    struct arena *scratch = arena_new();
    PGresult *result =
        connection_query(connection,
                         arena_printf(scratch, "SELECT %s, %s, %s, %s", literals_sql, triggers_sql,
                                      may_set(connection, "session_replication_role"),
                                      pg_can(connection->version, PG_CAN_EVENT_TRIGGERS_OFF)
                                          ? may_set(connection, "event_triggers")
                                          : "false"),
                         error);

    *permission = (struct ask_permission){0};
    if (result) {
        permission->bare_literals = PQgetvalue(result, 0, 0)[0] == 't';
        take_triggers(connection, result, permission);
    }
    connection_clear(result);
    arena_free(scratch);
    return result != NULL;
}

/* --- what a text has ----------------------------------------------------------------------------- */

static bool is_builtin(const char *text, const struct pg_token *token)
{
    static const char *const keywords[] = {"bigint", "bit",     "boolean",   "character", "date",
                                           "double", "integer", "interval",  "numeric",   "real",
                                           "time",   "text",    "timestamp", "varchar"};
    size_t length = token->end - token->start;

    if (token->kind != PG_TOKEN_WORD)
        return false;
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
        if (pg_token_is(text, token, keywords[i]))
            return true;
    for (int i = 0; i < builtin_type_count; i++)
        if (builtin_types[i].type_class == 'b' && strlen(builtin_types[i].name) == length &&
            strncasecmp(builtin_types[i].name, text + token->start, length) == 0)
            return true;
    return false;
}

/* True when the text goes on with a cast to a built-in type. */
static bool is_cast(const char *text, size_t length, size_t at)
{
    struct pg_token token;

    for (int i = 0; i < 2; i++, at = token.end)
        if (!pg_scan_code(text, length, at, &token) || !pg_token_is(text, &token, ":"))
            return false;
    if (!pg_scan_code(text, length, at, &token))
        return false;
    if (!pg_token_is(text, &token, "pg_catalog"))
        return is_builtin(text, &token);
    at = token.end;
    return pg_scan_code(text, length, at, &token) && pg_token_is(text, &token, ".");
}

static bool has_bare_literal(const char *text)
{
    size_t length = strlen(text);
    struct pg_token token;

    for (size_t at = 0; pg_scan_code(text, length, at, &token); at = token.end)
        if (token.kind == PG_TOKEN_STRING && !is_cast(text, length, token.end))
            return true;
    return false;
}

bool ask_permitted(const struct ask_permission *permission, const struct question *question)
{
    struct expression_list after = field_expressions(question->after, question->field);

    if (!permission->any)
        return false;
    for (size_t i = 0; !permission->bare_literals && i < after.count; i++)
        if (has_bare_literal(after.items[i].written))
            return false;
    return true;
}
