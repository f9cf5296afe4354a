/* The tables of plumb's record in the schema "plumb", which the catalog reader leaves out, and who
 * holds the lock that keeps two applies apart. */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/connect.h"

/* Nobody's settings or triggers change what is written here: the names are qualified. */
#define RECORD_SCHEMA "plumb"

enum { rows_length = 1 << 20 }; /* bytes of one INSERT, more or less */

bool pg_record_find(struct connection *connection, const struct record_table *table, bool *found,
                    struct error *error)
{
    struct arena *scratch = arena_new();
    PGresult *result = connection_query(
        connection,
        arena_printf(scratch,
                     "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c"
                     " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                     " WHERE n.nspname = '" RECORD_SCHEMA "' AND c.relname = '%s'"
                     " AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                     " AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))",
                     table->name),
        error);

    *found = result && PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    arena_free(scratch);
    return result != NULL;
}

/* --- making ------------------------------------------------------------------------------------- */

static void append_keys(struct buffer *sql, const struct record_table *table)
{
    for (size_t i = 0; i < table->keys; i++)
        buffer_printf(sql, "%s%s", i ? ", " : "", table->columns[i].name);
}

static void append_create(struct buffer *sql, const struct record_table *table)
{
    buffer_printf(sql, "CREATE TABLE IF NOT EXISTS " RECORD_SCHEMA ".%s (", table->name);
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "%s %s, ", table->columns[i].name,
                      table->columns[i].number ? "bigint" : "text");
    buffer_append(sql, "PRIMARY KEY (");
    append_keys(sql, table);
    buffer_append(sql, "));");
}

/* One string is one transaction, unless one is open. What is there already is no reason to speak. */
bool pg_record_make(struct connection *connection, const struct record_table *const *tables,
                    size_t count, struct error *error)
{
    struct buffer sql = BUFFER_EMPTY;
    bool done;

    buffer_append(&sql, "SET LOCAL client_min_messages = warning;"
                        "CREATE SCHEMA IF NOT EXISTS " RECORD_SCHEMA ";");
    for (size_t i = 0; i < count; i++)
        append_create(&sql, tables[i]);
    done = connection_execute(connection, buffer_text(&sql), error);
    buffer_free(&sql);
    return done;
}

/* --- writing ------------------------------------------------------------------------------------ */

static bool append_value(struct connection *connection, struct buffer *sql, const char *value,
                         bool number, struct error *error)
{
    char *literal;

    if (!value) {
        buffer_append(sql, "NULL");
        return true;
    }
    literal = PQescapeLiteral(connection->handle, value, strlen(value));
    if (!literal)
        return error_set(error, ERROR_INTERNAL, "a text of the record is not valid UTF-8");
    buffer_printf(sql, "%s%s", literal, number ? "::bigint" : "");
    PQfreemem(literal);
    return true;
}

static bool append_row(struct connection *connection, struct buffer *sql,
                       const struct record_table *table, const char *const *row,
                       struct error *error)
{
    buffer_append_char(sql, '(');
    for (size_t i = 0; i < table->count; i++) {
        if (i)
            buffer_append(sql, ", ");
        if (!append_value(connection, sql, row[i], table->columns[i].number, error))
            return false;
    }
    buffer_append_char(sql, ')');
    return true;
}

static void append_insert(struct buffer *sql, const struct record_table *table)
{
    buffer_printf(sql, "INSERT INTO " RECORD_SCHEMA ".%s (", table->name);
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "%s%s", i ? ", " : "", table->columns[i].name);
    buffer_append(sql, ") VALUES ");
}

static void append_conflict(struct buffer *sql, const struct record_table *table)
{
    buffer_append(sql, " ON CONFLICT (");
    append_keys(sql, table);
    buffer_append(sql, ") DO UPDATE SET ");
    for (size_t i = table->keys; i < table->count; i++)
        buffer_printf(sql, "%s%s = excluded.%s", i > table->keys ? ", " : "",
                      table->columns[i].name, table->columns[i].name);
}

bool pg_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error)
{
    bool ok = true;

    for (size_t at = 0; ok && at < rows->count;) {
        struct buffer sql = BUFFER_EMPTY;
        size_t first = at;

        append_insert(&sql, table);
        while (ok && at < rows->count && (at == first || sql.length < rows_length)) {
            if (at > first)
                buffer_append(&sql, ", ");
            ok = append_row(connection, &sql, table, rows->items[at++], error);
        }
        append_conflict(&sql, table);
        ok = ok && connection_execute(connection, buffer_text(&sql), error);
        buffer_free(&sql);
    }
    return ok;
}

/* --- reading ------------------------------------------------------------------------------------ */

static void append_select(struct buffer *sql, const struct record_query *query)
{
    const struct record_table *table = query->table;

    buffer_append(sql, "SELECT ");
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "%s%s", i ? ", " : "",
                      query->columns >> i & 1 ? table->columns[i].name : "NULL");
    buffer_printf(sql, " FROM " RECORD_SCHEMA ".%s", table->name);
    if (query->key)
        buffer_printf(sql, " WHERE %s = $1", table->columns[0].name);
    if (query->latest)
        buffer_printf(sql, " ORDER BY %s DESC LIMIT %zu", table->columns[0].name, query->latest);
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
    PGresult *result;
    bool ok;

    *rows = (struct record_rows){0};
    append_select(&sql, query);
    result = PQexecParams(connection->handle, buffer_text(&sql), query->key ? 1 : 0, NULL,
                          &query->key, NULL, NULL, 0);
    connection->round_trips++;
    ok = PQresultStatus(result) == PGRES_TUPLES_OK;
    if (ok)
        take_rows(query->table, result, arena, rows);
    else
        connection_fail(connection, result, NULL, error);
    PQclear(result);
    buffer_free(&sql);
    return ok;
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
    PQclear(result);
    return result != NULL;
}

bool pg_unlock(struct connection *connection, struct error *error)
{
    return connection_execute(
        connection, "SELECT pg_catalog.pg_advisory_unlock(" PG_ADVISORY_LOCK_KEY ")", error);
}
