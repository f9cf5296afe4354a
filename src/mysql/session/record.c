/* The tables of plumb's record, plumb_* in the target's database (in a database plumb where the URL
 * names none), which the catalog reader leaves out; and who holds the lock that keeps two applies apart. */
#include <stdlib.h>
#include <string.h>

#include "dialect/record_sql.h"
#include "mysql/session/connect.h"
#include "mysql/session/record.h"
#include "mysql/sql/quote.h"

/* The database of the tables, quoted. */
static const char *database_of(const struct connection *connection, struct arena *arena)
{
    return my_quote_name(arena, connection->database ? connection->database : "plumb");
}

/* Their names are made of plain letters. */
static void append_table(struct buffer *sql, const struct connection *connection,
                         const struct record_table *table)
{
    struct arena *scratch = arena_new();

    buffer_printf(sql, "%s.`plumb_%s`", database_of(connection, scratch), table->name);
    arena_free(scratch);
}

/* The tables that are there, and what is wrong with each: whoever made it may have put code where plumb
 * would run it. A view's functions run with our rights if they say so; a trigger's run with their own, but
 * run. Nothing else of a table can call what users define. */
static const char find_format[] =
    "SELECT t.TABLE_NAME, CASE WHEN t.TABLE_TYPE <> 'BASE TABLE' OR t.ENGINE <> 'InnoDB'"
    " THEN 'is not a plain table'"
    " WHEN EXISTS (SELECT 1 FROM information_schema.TRIGGERS g WHERE g.EVENT_OBJECT_SCHEMA = %1$s"
    " AND g.EVENT_OBJECT_TABLE = t.TABLE_NAME) THEN 'has a trigger'"
    " WHEN EXISTS (SELECT 1 FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = %1$s"
    " AND c.TABLE_NAME = t.TABLE_NAME AND c.EXTRA <> '')"
    " THEN 'has columns that plumb does not make' END"
    " FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = %1$s AND t.TABLE_NAME IN (%2$s)"
    " ORDER BY 1";

static bool distrust(const char *table, const char *complaint, struct error *error)
{
    error_set(error, ERROR_SCHEMA, "the record in the database cannot be trusted: %s %s", table,
              complaint);
    error_hint(error, "Put that right, or keep the record in a file (--record FILE) or nowhere "
                      "(--no-record).");
    return false;
}

static const char *find_sql(struct arena *arena, const struct connection *connection,
                            const struct record_table *const *tables, size_t count)
{
    const char *schema = connection->database ? connection->database : "plumb";
    struct buffer names = BUFFER_EMPTY;
    const char *sql;

    for (size_t i = 0; i < count; i++)
        buffer_printf(&names, "%s'plumb_%s'", i ? ", " : "", tables[i]->name);
    sql = arena_printf(arena, find_format, my_quote_text(arena, schema), buffer_text(&names));
    buffer_free(&names);
    return sql;
}

bool my_record_find(struct connection *connection, const struct record_table *const *tables,
                    size_t count, bool *found, struct error *error)
{
    struct arena *scratch = arena_new();
    MYSQL_RES *result =
        my_connection_query(connection, find_sql(scratch, connection, tables, count), error);
    bool ok = result != NULL;
    MYSQL_ROW row;

    *found = false;
    while (ok && (row = mysql_fetch_row(result)) != NULL) {
        *found = *found || strcmp(row[0] + strlen("plumb_"), tables[0]->name) == 0;
        if (row[1])
            ok = distrust(row[0], row[1], error);
    }
    if (result)
        my_result_free(result);
    arena_free(scratch);
    return ok;
}

/* --- making ------------------------------------------------------------------------------------- */

/* A key may not be as long as a text. */
static const char *column_type(const struct record_table *table, size_t column)
{
    if (table->columns[column].number)
        return "bigint";
    return column < table->keys ? "varchar(64)" : "longtext";
}

static void append_create(struct buffer *sql, const struct connection *connection,
                          const struct record_table *table)
{
    buffer_append(sql, "CREATE TABLE IF NOT EXISTS ");
    append_table(sql, connection, table);
    buffer_append_char(sql, ' ');
    record_sql_definition(sql, table, column_type);
    buffer_append(sql, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
                       " COMMENT='what plumb did here'");
}

bool my_record_make(struct connection *connection, const struct record_table *const *tables,
                    size_t count, struct error *error)
{
    struct buffer sql = BUFFER_EMPTY;
    bool done;

    if (!connection->database)
        buffer_append(&sql, "CREATE DATABASE IF NOT EXISTS `plumb`");
    for (size_t i = 0; i < count; i++) {
        buffer_separate(&sql, 0, "; ");
        append_create(&sql, connection, tables[i]);
    }
    done = my_connection_execute(connection, buffer_text(&sql), error);
    buffer_free(&sql);
    return done;
}

/* MariaDB's servers have nothing that tells one from another. */
const char *my_record_identity(struct connection *connection, struct arena *arena)
{
    struct error unseen = {0};
    MYSQL_RES *result;
    MYSQL_ROW row;
    const char *identity = NULL;

    if (connection->flavor.vendor != MY_MYSQL)
        return NULL;
    result = my_connection_query(
        connection, "SELECT concat(@@server_uuid, '/', ifnull(database(), ''))", &unseen);
    if (result && (row = mysql_fetch_row(result)) != NULL)
        identity = arena_strdup(arena, row[0]);
    if (result)
        my_result_free(result);
    return identity;
}

/* --- writing ------------------------------------------------------------------------------------ */

/* Escaped as the session's sql_mode demands. */
static bool append_literal(struct connection *connection, struct buffer *sql, const char *value,
                           bool number, struct error *error)
{
    size_t length = strlen(value);
    char *escaped = memory_alloc(2 * length + 1);
    unsigned long size =
        mysql_real_escape_string(connection->handle, escaped, value, (unsigned long)length);

    (void)number;
    (void)error;
    buffer_append_char(sql, '\'');
    buffer_append_bytes(sql, escaped, size);
    buffer_append_char(sql, '\'');
    memory_free(escaped);
    return true;
}

/* No view can be read like that, whatever became of the table since it was found. */
#define OF_TABLES_ONLY " USE INDEX (PRIMARY)"

static void append_insert(struct buffer *sql, const struct connection *connection,
                          const struct record_table *table)
{
    buffer_append(sql, "REPLACE INTO ");
    append_table(sql, connection, table);
    buffer_append(sql, " (");
    record_sql_columns(sql, table, table->count);
    buffer_append(sql, ") VALUES ");
}

/* Looks at the table, which then stays what it is until the end of the transaction. */
static void append_look(struct buffer *sql, const struct connection *connection,
                        const struct record_table *table)
{
    buffer_append(sql, "DO (SELECT 1 FROM ");
    append_table(sql, connection, table);
    buffer_append(sql, OF_TABLES_ONLY " LIMIT 0); ");
}

/* Rows from *at on, which moves behind them, in a transaction of their own if there is none. */
static bool put_some(struct connection *connection, const struct record_table *table,
                     const struct record_rows *rows, size_t *at, struct error *error)
{
    const struct record_writer writer = {append_literal, connection};
    bool own = !my_connection_in_transaction(connection);
    struct buffer sql = BUFFER_EMPTY;
    bool ok;

    if (own)
        buffer_append(&sql, "START TRANSACTION; ");
    append_look(&sql, connection, table);
    append_insert(&sql, connection, table);
    ok = record_sql_values(&sql, table, rows, at, &writer, error);
    if (own)
        buffer_append(&sql, "; COMMIT");
    ok = ok && my_connection_execute(connection, buffer_text(&sql), error);
    if (!ok && own)
        my_rollback(connection);
    buffer_free(&sql);
    return ok;
}

bool my_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error)
{
    bool ok = true;

    for (size_t at = 0; ok && at < rows->count;)
        ok = put_some(connection, table, rows, &at, error);
    return ok;
}

/* --- reading ------------------------------------------------------------------------------------ */

static bool append_select(struct buffer *sql, struct connection *connection,
                          const struct record_query *query, struct error *error)
{
    const struct record_writer writer = {append_literal, connection};
    struct buffer from = BUFFER_EMPTY;
    bool done;

    append_table(&from, connection, query->table);
    buffer_append(&from, OF_TABLES_ONLY);
    done = record_sql_select(sql, query, buffer_text(&from), &writer, error);
    buffer_free(&from);
    return done;
}

static void take_rows(const struct record_table *table, MYSQL_RES *result, struct arena *arena,
                      struct record_rows *rows)
{
    size_t count = (size_t)mysql_num_rows(result);
    const char *const **items = ARENA_ARRAY(arena, const char *const *, count + 1);

    for (size_t i = 0; i < count; i++) {
        MYSQL_ROW row = mysql_fetch_row(result);
        const char **values = ARENA_ARRAY(arena, const char *, table->count);

        for (size_t column = 0; column < table->count; column++)
            values[column] = arena_strdup(arena, row[column]);
        items[i] = values;
    }
    *rows = (struct record_rows){items, count};
}

bool my_record_get(struct connection *connection, const struct record_query *query,
                   struct arena *arena, struct record_rows *rows, struct error *error)
{
    struct buffer sql = BUFFER_EMPTY;
    MYSQL_RES *result = NULL;

    *rows = (struct record_rows){0};
    if (append_select(&sql, connection, query, error))
        result = my_connection_query(connection, buffer_text(&sql), error);
    buffer_free(&sql);
    if (!result)
        return false;
    take_rows(query->table, result, arena, rows);
    my_result_free(result);
    return true;
}

/* --- the lock ------------------------------------------------------------------------------------ */

bool my_lock_holder(struct connection *connection, struct arena *arena, const char **holder,
                    struct error *error)
{
    MYSQL_RES *result = my_connection_query(
        connection,
        "SELECT CONCAT('process ', p.ID, ' of user ', p.USER, ' from ', p.HOST)"
        " FROM information_schema.PROCESSLIST p WHERE p.ID = IS_USED_LOCK(" MY_LOCK_NAME ")",
        error);
    MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;

    *holder = row ? arena_strdup(arena, row[0]) : NULL;
    if (result)
        my_result_free(result);
    return result != NULL;
}

bool my_unlock(struct connection *connection, struct error *error)
{
    MYSQL_RES *result =
        my_connection_query(connection, "SELECT RELEASE_LOCK(" MY_LOCK_NAME ")", error);

    if (result)
        my_result_free(result);
    return result != NULL;
}
