/* Who stands in the way of a step that could not get its lock. */
#include "postgres/session/connect.h"

#include "core/buffer.h"
#include "model/identity.h"
#include "postgres/sql/quote.h"

/* Every lock on the relation that somebody else was granted: whoever waits is in the queue for one of them. What that
 * session runs is not shown: it may hold secrets. */
static const char query_start[] =
    "SELECT 'process ' || l.pid || coalesce(' of user ' || a.usename, '')"
    " || coalesce(' (' || nullif(a.application_name, '') || ')', '')"
    " || coalesce(', ' || a.state, '')"
    " || coalesce(' for ' || extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)::bigint || ' s', '')"
    " FROM (SELECT DISTINCT pid FROM pg_catalog.pg_locks"
    " WHERE granted AND locktype = 'relation' AND pid <> pg_catalog.pg_backend_pid()"
    " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())"
    " AND relation = pg_catalog.to_regclass(";
static const char query_end[] = ")) AS l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
                                " ORDER BY a.xact_start, l.pid LIMIT 3";

const char *pg_blockers(struct connection *connection, const struct object *object,
                        struct arena *arena)
{
    struct buffer sql = BUFFER_EMPTY;
    struct text_list found = {0};
    struct error unseen = {0};
    PGresult *result;

    buffer_printf(&sql, "%s%s%s", query_start,
                  pg_quote_literal(arena, identity_path(arena, object)), query_end);
    result = connection_query(connection, buffer_text(&sql), &unseen);
    for (int i = 0; result && i < PQntuples(result); i++)
        text_list_add(&found, arena, arena_strdup(arena, PQgetvalue(result, i, 0)));
    connection_clear(result);
    buffer_free(&sql);
    return found.count ? text_list_join(&found, arena, "; ") : NULL;
}
