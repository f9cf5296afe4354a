/* Whole files on a server: statement after statement, as the client cuts them. For scratch databases,
 * which are emptied afterwards: DDL commits by itself, so that nothing could be rolled back. */
#include <string.h>

#include "mysql/session/connect.h"
#include "mysql/session/script.h"
#include "mysql/sql/parse.h"
#include "mysql/sql/quote.h"

bool my_run_script(struct connection *connection, const char *text, struct error *error)
{
    struct arena *arena = arena_new();
    struct my_parser *parser =
        my_parser_new(arena, connection->flavor, my_sql_mode_parse(connection->global_sql_mode), "",
                      text, strlen(text));
    struct my_statement *statement = NULL;
    struct statement_result result;
    bool ok;

    do {
        ok = my_parser_next(parser, &statement, error) &&
             (!statement || my_run(connection, statement->text, &result, error));
    } while (ok && statement);
    arena_free(arena);
    return ok;
}

/* What a database was made with. */
static const char *read_collation(struct connection *connection, struct arena *arena,
                                  struct error *error)
{
    MYSQL_RES *result = my_connection_query(
        connection,
        "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()",
        error);
    MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;
    const char *collation = row ? arena_strdup(arena, row[0]) : NULL;

    if (result)
        my_result_free(result);
    return collation;
}

bool my_empty(struct connection *connection, struct error *error)
{
    struct arena *arena = arena_new();
    const char *name;
    const char *collation;
    bool ok;

    if (!connection->database) {
        arena_free(arena);
        return error_set(error, ERROR_USAGE, "the URL names no database");
    }
    name = my_quote_name(arena, connection->database);
    collation = read_collation(connection, arena, error);
    ok = collation &&
         my_connection_execute(
             connection,
             arena_printf(arena, "DROP DATABASE %s; CREATE DATABASE %s COLLATE %s; USE %s", name,
                          name, collation, name),
             error);
    arena_free(arena);
    return ok;
}
