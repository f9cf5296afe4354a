/* Who stands in the way of a step that could not get its lock. */
#include "mysql/session/connect.h"

#include "core/buffer.h"
#include "mysql/sql/quote.h"

/* MySQL says who holds a metadata lock; MariaDB does not, without a plugin that few have. */
static const char exactly[] =
    "SELECT DISTINCT CONCAT('process ', t.PROCESSLIST_ID, ' of user ', t.PROCESSLIST_USER, ' from ', t.PROCESSLIST_HOST,"
    " CASE WHEN x.trx_started IS NULL THEN '' ELSE CONCAT(', in a transaction for ',"
    " TIMESTAMPDIFF(SECOND, x.trx_started, NOW()), ' s') END)"
    " FROM performance_schema.metadata_locks l"
    " JOIN performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID"
    " LEFT JOIN information_schema.INNODB_TRX x ON x.trx_mysql_thread_id = t.PROCESSLIST_ID"
    " WHERE l.LOCK_STATUS = 'GRANTED' AND l.OBJECT_TYPE = 'TABLE' AND t.PROCESSLIST_ID <> CONNECTION_ID()";
static const char perhaps[] =
    "SELECT CONCAT('perhaps process ', p.ID, ' of user ', p.USER, ' from ', p.HOST, ', in a transaction for ',"
    " TIMESTAMPDIFF(SECOND, x.trx_started, NOW()), ' s')"
    " FROM information_schema.INNODB_TRX x"
    " JOIN information_schema.PROCESSLIST p ON p.ID = x.trx_mysql_thread_id"
    " WHERE p.ID <> CONNECTION_ID() ORDER BY x.trx_started LIMIT 3";

static bool take_rows(struct connection *connection, const char *sql, struct arena *arena,
                      struct text_list *found)
{
    struct error unseen = {0};
    MYSQL_RES *result = my_connection_query(connection, sql, &unseen);
    MYSQL_ROW row;

    while (result && (row = mysql_fetch_row(result)))
        if (row[0])
            text_list_add(found, arena, arena_strdup(arena, row[0]));
    if (result)
        my_result_free(result);
    return found->count > 0;
}

/* Of the object's database: its parent, or the connection's own. */
static const char *exact_query(const struct object *object, struct arena *arena)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_append(&sql, exactly);
    buffer_printf(&sql, " AND l.OBJECT_NAME = %s AND l.OBJECT_SCHEMA = %s LIMIT 3",
                  my_quote_text(arena, object->name),
                  object->parent && object->parent->name && *object->parent->name
                      ? my_quote_text(arena, object->parent->name)
                      : "DATABASE()");
    return buffer_take(&sql, arena);
}

const char *my_blockers(struct connection *connection, const struct object *object,
                        struct arena *arena)
{
    struct text_list found = {0};

    if (object->name && !take_rows(connection, exact_query(object, arena), arena, &found))
        take_rows(connection, perhaps, arena, &found);
    return found.count ? text_list_join(&found, arena, "; ") : NULL;
}
