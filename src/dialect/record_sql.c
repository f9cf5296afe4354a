/* SQL for the record's tables. */
#include "dialect/record_sql.h"

enum { most_length = 1 << 20 }; /* bytes of one statement with rows, more or less */

void record_sql_columns(struct buffer *sql, const struct record_table *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_printf(sql, "%s%s", i ? ", " : "", table->columns[i].name);
}

void record_sql_definition(struct buffer *sql, const struct record_table *table,
                           const char *(*type)(const struct record_table *table, size_t column))
{
    buffer_append_char(sql, '(');
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "%s %s, ", table->columns[i].name, type(table, i));
    buffer_append(sql, "PRIMARY KEY (");
    record_sql_columns(sql, table, table->keys);
    buffer_append(sql, "))");
}

static bool append_value(struct buffer *sql, const char *value, bool number,
                         const struct record_writer *writer, struct error *error)
{
    if (value)
        return writer->literal(writer->connection, sql, value, number, error);
    buffer_append(sql, "NULL");
    return true;
}

static bool append_row(struct buffer *sql, const struct record_table *table, const char *const *row,
                       const struct record_writer *writer, struct error *error)
{
    for (size_t i = 0; i < table->count; i++) {
        buffer_append(sql, i ? ", " : "(");
        if (!append_value(sql, row[i], table->columns[i].number, writer, error))
            return false;
    }
    buffer_append_char(sql, ')');
    return true;
}

bool record_sql_values(struct buffer *sql, const struct record_table *table,
                       const struct record_rows *rows, size_t *at,
                       const struct record_writer *writer, struct error *error)
{
    size_t first = *at;

    for (; *at < rows->count && (*at == first || sql->length < most_length); *at += 1) {
        if (*at > first)
            buffer_append(sql, ", ");
        if (!append_row(sql, table, rows->items[*at], writer, error))
            return false;
    }
    return true;
}

bool record_sql_select(struct buffer *sql, const struct record_query *query, const char *from,
                       const struct record_writer *writer, struct error *error)
{
    const struct record_table *table = query->table;
    const struct record_column *key = &table->columns[0];

    buffer_append(sql, "SELECT ");
    for (size_t i = 0; i < table->count; i++)
        buffer_printf(sql, "%s%s", i ? ", " : "",
                      query->columns >> i & 1 ? table->columns[i].name : "NULL");
    buffer_printf(sql, " FROM %s", from);
    if (query->key) {
        buffer_printf(sql, " WHERE %s = ", key->name);
        if (!append_value(sql, query->key, key->number, writer, error))
            return false;
    }
    if (query->latest)
        buffer_printf(sql, " ORDER BY %s DESC LIMIT %zu", key->name, query->latest);
    return true;
}
