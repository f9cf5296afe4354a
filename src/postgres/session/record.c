/* The tables of plumb's record in the schema "plumb", which the catalog reader leaves out, and who
 * holds the lock that keeps two applies apart. */
#include <stdlib.h>
#include <string.h>

#include "core/operation.h"
#include "dialect/record_sql.h"
#include "postgres/facts/flavor.h"
#include "postgres/session/record.h"
#include "postgres/session/record_check.h"
#include "postgres/session/record_copy.h"

/* The same failure in better words, where the table is not to be trusted. Always gives false. */
static bool fail_on_record(struct error *error)
{
    const struct error first = *error;

    record_distrust(first.message, error);
    return false;
}

/* What a subscription writes tells of the database that publishes it, and another row in it would stop the
 * replication. */
static bool refuse_copy(const char *subscription, struct error *error)
{
    error_set(error, ERROR_SCHEMA,
              "the record in the database is another's: subscription %s writes its tables",
              subscription);
    error_hint(error, "Keep this database's record in a file (--record FILE) or nowhere "
                      "(--no-record), or publish without plumb's tables.");
    return false;
}

/* The other tables are looked at whenever they are used. */
bool pg_record_find(struct connection *connection, const struct record_table *const *tables,
                    size_t count, bool *found, struct error *error)
{
    struct arena *scratch = arena_new();
    PGresult *result = connection_query(connection, record_find_sql(scratch, tables[0]), error);
    bool ok = result != NULL;

    (void)count;
    *found = result && PQgetvalue(result, 0, 0)[0] == 't';
    if (*found && !PQgetisnull(result, 0, 1))
        ok = !record_distrust(PQgetvalue(result, 0, 1), error);
    if (ok && *found && !PQgetisnull(result, 0, 3))
        ok = refuse_copy(PQgetvalue(result, 0, 3), error);
    connection->copies_record = result && PQgetvalue(result, 0, 2)[0] == 't';
    connection_clear(result);
    arena_free(scratch);
    return ok;
}

/* Goes before a statement that uses the table. The lock keeps the table's owner from adding anything to
 * it behind the check. */
static void append_guard(struct buffer *sql, const struct record_table *table, const char *lock)
{
    struct arena *scratch = arena_new();

    buffer_printf(sql, "LOCK TABLE ONLY " RECORD_SCHEMA ".%s IN %s MODE; %s", table->name, lock,
                  record_guard(scratch, table));
    arena_free(scratch);
}

/* --- making ------------------------------------------------------------------------------------- */

static const char *column_type(const struct record_table *table, size_t column)
{
    return table->columns[column].number ? "bigint" : "text";
}

static void append_create(struct buffer *sql, const struct record_table *table)
{
    buffer_printf(sql, "CREATE TABLE IF NOT EXISTS " RECORD_SCHEMA ".%s ", table->name);
    record_sql_definition(sql, table, column_type);
    buffer_append_char(sql, ';');
}

/* Default privileges may have given everybody the new tables. */
static void append_withdraw(struct buffer *sql, const struct record_table *const *tables,
                            size_t count)
{
    buffer_append(sql, "REVOKE ALL ON ");
    for (size_t i = 0; i < count; i++)
        buffer_printf(sql, "%s" RECORD_SCHEMA ".%s", i ? ", " : "", tables[i]->name);
    buffer_append(sql, " FROM PUBLIC; ");
}

/* One string is one transaction, unless one is open. What is there already is no reason to speak, but
 * nothing is made in a schema, or taken for a table of ours, that cannot be trusted. */
bool pg_record_make(struct connection *connection, const struct record_table *const *tables,
                    size_t count, struct error *error)
{
    struct arena *scratch = arena_new();
    struct buffer sql = BUFFER_EMPTY;
    bool done;

    buffer_append(&sql, "SET LOCAL client_min_messages = warning;"
                        "CREATE SCHEMA IF NOT EXISTS " RECORD_SCHEMA ";"
                        "REVOKE CREATE ON SCHEMA " RECORD_SCHEMA " FROM PUBLIC;");
    buffer_append(&sql, record_guard(scratch, tables[0]));
    for (size_t i = 0; i < count; i++)
        append_create(&sql, tables[i]);
    append_withdraw(&sql, tables, count);
    for (size_t i = 0; i < count; i++)
        buffer_append(&sql, record_guard(scratch, tables[i]));
    done = connection_execute(connection, buffer_text(&sql), error) || fail_on_record(error);
    buffer_free(&sql);
    arena_free(scratch);
    return done;
}

static const char *one_value(struct connection *connection, struct arena *arena, const char *sql)
{
    struct error unseen = {0};
    PGresult *result = connection_query(connection, sql, &unseen);
    const char *value = result && PQntuples(result) == 1 && !PQgetisnull(result, 0, 0)
                            ? arena_strdup(arena, PQgetvalue(result, 0, 0))
                            : NULL;

    connection_clear(result);
    return value;
}

/* Whether it may be asked is looked up first: a failure would end the transaction. */
const char *pg_record_identity(struct connection *connection, struct arena *arena)
{
    const char *may = one_value(connection, arena,
                                "SELECT pg_catalog.has_function_privilege("
                                "'pg_catalog.pg_control_system()', 'EXECUTE')");

    if (!may || *may != 't')
        return NULL;
    return one_value(connection, arena,
                     "SELECT pg_catalog.concat(c.system_identifier, '/', d.oid)"
                     " FROM pg_catalog.pg_control_system() AS c, pg_catalog.pg_database AS d"
                     " WHERE d.datname = pg_catalog.current_database()");
}

/* Of all tables, or of the record's schema (since 15). */
const char *pg_record_publication(struct connection *connection, struct arena *arena)
{
    static const char all[] = "SELECT p.pubname FROM pg_catalog.pg_publication AS p"
                              " WHERE p.puballtables";
    static const char schemas[] =
        " UNION ALL SELECT p.pubname FROM pg_catalog.pg_publication AS p"
        " JOIN pg_catalog.pg_publication_namespace AS s ON s.pnpubid = p.oid"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = s.pnnspid"
        " WHERE n.nspname = '" RECORD_SCHEMA "'";
    bool schemas_published = pg_can(PQserverVersion(connection->handle), PG_CAN_PUBLISHED_SCHEMAS);

    return one_value(
        connection, arena,
        arena_printf(arena, "%s%s ORDER BY 1 LIMIT 1", all, schemas_published ? schemas : ""));
}

/* --- writing ------------------------------------------------------------------------------------ */

static bool append_literal(struct connection *connection, struct buffer *sql, const char *value,
                           bool number, struct error *error)
{
    char *literal =
        operation_hold(PQescapeLiteral(connection->handle, value, strlen(value)), PQfreemem);

    if (!literal)
        return error_set(error, ERROR_INTERNAL, "a text of the record is not valid UTF-8");
    buffer_printf(sql, "%s%s", literal, number ? "::bigint" : "");
    operation_drop(literal);
    PQfreemem(literal);
    return true;
}

static void append_insert(struct buffer *sql, const struct record_table *table)
{
    append_guard(sql, table, "SHARE UPDATE EXCLUSIVE");
    buffer_printf(sql, "INSERT INTO " RECORD_SCHEMA ".%s (", table->name);
    record_sql_columns(sql, table, table->count);
    buffer_append(sql, ") VALUES ");
}

static void append_conflict(struct buffer *sql, const struct record_table *table)
{
    buffer_append(sql, " ON CONFLICT (");
    record_sql_columns(sql, table, table->keys);
    buffer_append(sql, ") DO UPDATE SET ");
    for (size_t i = table->keys; i < table->count; i++)
        buffer_printf(sql, "%s%s = excluded.%s", i > table->keys ? ", " : "",
                      table->columns[i].name, table->columns[i].name);
}

bool pg_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error)
{
    const struct record_writer writer = {append_literal, connection};
    bool ok = true;

    for (size_t at = 0; ok && at < rows->count;) {
        struct buffer sql = BUFFER_EMPTY;

        append_insert(&sql, table);
        ok = record_sql_values(&sql, table, rows, &at, &writer, error);
        append_conflict(&sql, table);
        ok = ok &&
             (connection_execute(connection, buffer_text(&sql), error) || fail_on_record(error));
        buffer_free(&sql);
    }
    return ok;
}

/* --- reading ------------------------------------------------------------------------------------ */

static bool append_select(struct connection *connection, struct buffer *sql,
                          const struct record_query *query, struct error *error)
{
    const struct record_writer writer = {append_literal, connection};
    struct arena *scratch = arena_new();
    const char *from = arena_printf(scratch, RECORD_SCHEMA ".%s", query->table->name);
    bool done = record_sql_select(sql, query, from, &writer, error);

    arena_free(scratch);
    return done;
}

static void take_rows(const struct record_table *table, const PGresult *result, struct arena *arena,
                      struct record_rows *rows)
{
    int count = PQntuples(result);
    const char *const **items = ARENA_ARRAY(arena, const char *const *, (size_t)count + 1);

    for (int row = 0; row < count; row++) {
        const char **values = ARENA_ARRAY(arena, const char *, table->count);

        for (int column = 0; column < (int)table->count; column++)
            if (!PQgetisnull(result, row, column))
                values[column] = arena_strdup(arena, PQgetvalue(result, row, column));
        items[row] = values;
    }
    *rows = (struct record_rows){items, (size_t)count};
}

bool pg_record_get(struct connection *connection, const struct record_query *query,
                   struct arena *arena, struct record_rows *rows, struct error *error)
{
    struct buffer sql = BUFFER_EMPTY;
    PGresult *result = NULL;

    *rows = (struct record_rows){0};
    append_guard(&sql, query->table, "ACCESS SHARE");
    if (connection->copies_record) {
        bool ok = record_copy(connection, query, buffer_text(&sql), arena, rows, error);

        buffer_free(&sql);
        return ok || fail_on_record(error);
    }
    if (append_select(connection, &sql, query, error))
        result = connection_query(connection, buffer_text(&sql), error);
    if (result)
        take_rows(query->table, result, arena, rows);
    connection_clear(result);
    buffer_free(&sql);
    return result != NULL || fail_on_record(error);
}

/* --- the lock ------------------------------------------------------------------------------------ */

bool pg_lock_holder(struct connection *connection, struct arena *arena, const char **holder,
                    struct error *error)
{
    PGresult *result = connection_query(
        connection,
        "SELECT 'process ' || l.pid || coalesce(' of user ' || a.usename, '')"
        " || coalesce(' from ' || pg_catalog.host(a.client_addr), '')"
        " || coalesce(' since ' || pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC',"
        " 'YYYY-MM-DD HH24:MI:SS') || ' UTC', '')"
        " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
        " WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
        " AND l.database = (SELECT oid FROM pg_catalog.pg_database"
        " WHERE datname = pg_catalog.current_database())"
        " AND (l.classid::bigint << 32 | l.objid::bigint) = " PG_ADVISORY_LOCK_KEY,
        error);

    *holder = NULL;
    if (result && PQntuples(result) > 0)
        *holder = arena_strdup(arena, PQgetvalue(result, 0, 0));
    connection_clear(result);
    return result != NULL;
}

bool pg_unlock(struct connection *connection, struct error *error)
{
    return connection_execute(
        connection, "SELECT pg_catalog.pg_advisory_unlock(" PG_ADVISORY_LOCK_KEY ")", error);
}
