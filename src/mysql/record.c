/* The tables of plumb's record, plumb_* in the target's database (in a database plumb where the URL
 * names none), which the catalog reader leaves out; and who holds the lock that keeps two applies apart. */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "mysql/connect.h"
#include "mysql/quote.h"

enum { rows_length = 1 << 20 }; /* bytes of one INSERT, more or less */

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

bool my_record_find(struct connection *connection, const struct record_table *table, bool *found,
                    struct error *error)
{
    struct arena *scratch = arena_new();
    const char *schema = my_quote_text(scratch, connection->database ? connection->database : "plumb");
    MYSQL_RES *result = my_connection_query(
        connection,
        arena_printf(scratch,
                     "SELECT 1 FROM information_schema.TABLES"
                     " WHERE TABLE_SCHEMA = %s AND TABLE_NAME = 'plumb_%s'",
                     schema, table->name),
        error);

    *found = result && mysql_num_rows(result) > 0;
    if (result)
        mysql_free_result(result);
    arena_free(scratch);
    return result != NULL;
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
    buffer_append(sql, " (");
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "`%s` %s, ", table->columns[i].name, column_type(table, i));
    buffer_append(sql, "PRIMARY KEY (");
    for (size_t i = 0; i < table->keys; i++)
        buffer_printf(sql, "%s`%s`", i ? ", " : "", table->columns[i].name);
    buffer_append(sql, ")) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
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

/* --- writing ------------------------------------------------------------------------------------ */

/* Escaped as the session's sql_mode demands. */
static void append_value(struct connection *connection, struct buffer *sql, const char *value)
{
    size_t length = value ? strlen(value) : 0;
    char *escaped;
    unsigned long size;

    if (!value) {
        buffer_append(sql, "NULL");
        return;
    }
    escaped = memory_alloc(2 * length + 1);
    size = mysql_real_escape_string(connection->handle, escaped, value, (unsigned long)length);
    buffer_append_char(sql, '\'');
    buffer_append_bytes(sql, escaped, size);
    buffer_append_char(sql, '\'');
    free(escaped);
}

static void append_row(struct connection *connection, struct buffer *sql,
                       const struct record_table *table, const char *const *row)
{
    buffer_append_char(sql, '(');
    for (size_t i = 0; i < table->count; i++) {
        if (i)
            buffer_append(sql, ", ");
        append_value(connection, sql, row[i]);
    }
    buffer_append_char(sql, ')');
}

static void append_insert(struct buffer *sql, const struct connection *connection,
                          const struct record_table *table)
{
    buffer_append(sql, "REPLACE INTO ");
    append_table(sql, connection, table);
    buffer_append(sql, " (");
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "%s`%s`", i ? ", " : "", table->columns[i].name);
    buffer_append(sql, ") VALUES ");
}

bool my_record_put(struct connection *connection, const struct record_table *table,
                   const struct record_rows *rows, struct error *error)
{
    bool ok = true;

    for (size_t at = 0; ok && at < rows->count;) {
        struct buffer sql = BUFFER_EMPTY;
        size_t first = at;

        append_insert(&sql, connection, table);
        while (at < rows->count && (at == first || sql.length < rows_length)) {
            if (at > first)
                buffer_append(&sql, ", ");
            append_row(connection, &sql, table, rows->items[at++]);
        }
        ok = my_connection_execute(connection, buffer_text(&sql), error);
        buffer_free(&sql);
    }
    return ok;
}

/* --- reading ------------------------------------------------------------------------------------ */

static void append_select(struct buffer *sql, struct connection *connection,
                          const struct record_query *query)
{
    const struct record_table *table = query->table;

    buffer_append(sql, "SELECT ");
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, query->columns >> i & 1 ? "%s`%s`" : "%sNULL", i ? ", " : "",
                      table->columns[i].name);
    buffer_append(sql, " FROM ");
    append_table(sql, connection, table);
    if (query->key) {
        buffer_printf(sql, " WHERE `%s` = ", table->columns[0].name);
        append_value(connection, sql, query->key);
    }
    if (query->latest)
        buffer_printf(sql, " ORDER BY `%s` DESC LIMIT %zu", table->columns[0].name, query->latest);
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
    MYSQL_RES *result;

    *rows = (struct record_rows){0};
    append_select(&sql, connection, query);
    result = my_connection_query(connection, buffer_text(&sql), error);
    buffer_free(&sql);
    if (!result)
        return false;
    take_rows(query->table, result, arena, rows);
    mysql_free_result(result);
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
        mysql_free_result(result);
    return result != NULL;
}

bool my_unlock(struct connection *connection, struct error *error)
{
    MYSQL_RES *result =
        my_connection_query(connection, "SELECT RELEASE_LOCK(" MY_LOCK_NAME ")", error);

    if (result)
        mysql_free_result(result);
    return result != NULL;
}
