/* What other tools need to alter a table in plumb's place: how large it is, and how to reach it. */
#include <stdlib.h>
#include <string.h>

#include "mysql/session/connect.h"
#include "mysql/session/tool.h"
#include "mysql/sql/quote.h"

/* The schema that an object stands in, as a string literal; DATABASE() for the one in use. */
static const char *schema_text(struct arena *arena, const struct object *object)
{
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    return schema && schema->name[0] ? my_quote_text(arena, schema->name) : "DATABASE()";
}

bool my_table_size(struct connection *connection, const struct object *table, int64_t *bytes,
                   struct error *error)
{
    struct arena *arena = arena_new();
    const char *sql =
        arena_printf(arena,
                     "SELECT DATA_LENGTH + INDEX_LENGTH FROM information_schema.TABLES "
                     "WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s",
                     schema_text(arena, table), my_quote_text(arena, table->name));
    MYSQL_RES *result = my_connection_query(connection, sql, error);
    MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;

    *bytes = row && row[0] ? strtoll(row[0], NULL, 10) : 0;
    if (result)
        my_result_free(result);
    arena_free(arena);
    return result != NULL;
}

const char *my_connection_value(struct connection *connection, struct arena *arena,
                                const char *name)
{
    const MYSQL *handle = connection->handle;
    const struct {
        const char *name;
        const char *value;
    } values[] = {
        {"host", handle->host},          {"user", handle->user},
        {"socket", handle->unix_socket}, {"database", connection->database},
        {"password", handle->passwd},
    };

    if (strcmp(name, "port") == 0)
        return arena_printf(arena, "%u", handle->port);
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
        if (strcmp(values[i].name, name) == 0)
            return values[i].value ? values[i].value : "";
    return NULL;
}
