/* SQL for the record's tables, as far as all dialects say it alike. Names of columns need no quotes (dialect.h). */
#ifndef PLUMB_DIALECT_RECORD_SQL_H
#define PLUMB_DIALECT_RECORD_SQL_H

#include "core/buffer.h"
#include "dialect/dialect.h"

/* Appends a value as a literal of the column's type. False with an error where it cannot be one. */
typedef bool record_literal(struct connection *connection, struct buffer *sql, const char *value,
                            bool number, struct error *error);

/* How values are written: by a function of the dialect's, over this connection. */
struct record_writer {
    record_literal *literal;
    struct connection *connection;
};

/* "a, b, c": the first columns of the table, so many. */
void record_sql_columns(struct buffer *sql, const struct record_table *table, size_t count);

/* "(a TYPE, b TYPE, PRIMARY KEY (a))", with the types of a dialect's. */
void record_sql_definition(struct buffer *sql, const struct record_table *table,
                           const char *(*type)(const struct record_table *table, size_t column));

/* "(1, 'x'), (2, NULL)": the row at *at and more of those behind it, up to about a megabyte; *at moves behind them.
 * False with an error. */
bool record_sql_values(struct buffer *sql, const struct record_table *table,
                       const struct record_rows *rows, size_t *at,
                       const struct record_writer *writer, struct error *error);

/* "SELECT a, NULL FROM from WHERE ...". False with an error. */
bool record_sql_select(struct buffer *sql, const struct record_query *query, const char *from,
                       const struct record_writer *writer, struct error *error);

#endif
