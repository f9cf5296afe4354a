/* Views: their queries in canonical form, and what they need: the tables and views that they read, those columns
 * of tables that they use, and the functions that they call. The list of columns that a view was declared
 * with is left as it is: MySQL keeps it. */
#include <string.h>

#include "mysql/canon/merge.h"
#include "mysql/resolve/resolve.h"

static const char *connection_collation(const struct text_list *settings)
{
    static const char name[] = "collation_connection=";

    for (size_t i = 0; i < settings->count; i++)
        if (strncmp(settings->items[i], name, sizeof(name) - 1) == 0)
            return settings->items[i] + sizeof(name) - 1;
    return NULL;
}

static bool resolve_query(struct resolver *resolver, struct object *object, struct arena *arena,
                          const struct my_query *query)
{
    struct view *view = as_view(object);
    struct canon canon = resolver_canon(resolver, object, NULL, NULL);
    struct buffer text = BUFFER_EMPTY;
    struct my_query *rewritten;

    canon.arena = arena;
    canon.source = view->query.written;
    canon.connection = connection_collation(&view->settings);
    canon.scope = &(struct canon_scope){0};
    rewritten = canon_query(&canon, query);
    canon_name_columns(&canon, rewritten, &view->columns);
    canon_print_query(&text, rewritten);
    view->query.canonical = buffer_take(&text, resolver->arena);
    canon.arena = resolver->scratch;
    map_set(&resolver->results, object->key, canon_result(&canon, rewritten));
    return resolver_judge(resolver, object, &view->query, &canon);
}

/* The sql_mode in which the query was written, if it was another than the usual one. */
static uint64_t mode_of(const struct object *object)
{
    if (!object->search_path || object->search_path->count == 0)
        return 0;
    return my_sql_mode_parse(object->search_path->items[0]);
}

/* The server drops a wish that it cannot fulfil. */
static void settle_algorithm(struct resolver *resolver, struct view *view,
                             const struct my_query *query)
{
    struct text_list kept = {0};

    if (my_query_can_be_merged(query, resolver->flavor.vendor))
        return;
    for (size_t i = 0; i < view->options.count; i++)
        if (strcmp(view->options.items[i], "algorithm=merge") != 0)
            text_list_add(&kept, resolver->arena, view->options.items[i]);
    view->options = kept;
}

static bool resolve_once(struct resolver *resolver, struct object *object)
{
    struct view *view = as_view(object);
    struct arena *arena = arena_new();
    struct error ignored = {0};
    const struct my_query *query =
        my_parse_query(arena, resolver->flavor, mode_of(object), view->query.written, &ignored);
    bool done = true;

    if (query) {
        settle_algorithm(resolver, view, query);
        done = resolve_query(resolver, object, arena, query);
    } else { /* what this parser does not understand is compared as it was written */
        view->query.canonical = view->query.written;
        view->query.incomplete = true;
    }
    arena_free(arena);
    return done;
}

bool resolver_view(struct resolver *resolver, struct object *view)
{
    struct object *outer = resolver->object;
    bool done = true;

    if (map_get(&resolver->results, view->key) || !as_view(view)->query.written ||
        map_get(&resolver->busy, view->key))
        return true;
    map_set(&resolver->busy, view->key, view);
    done = resolve_once(resolver, view);
    map_set(&resolver->busy, view->key, NULL);
    resolver->object = outer;
    return done;
}
