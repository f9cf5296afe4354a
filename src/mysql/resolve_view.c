/* Views: their queries in canonical form, their columns, and what they need: the tables and views that they
 * read, those columns of tables that they use, and the functions that they call. */
#include <string.h>

#include "mysql/mysql.h"
#include "mysql/resolve.h"

static void take_columns(struct resolver *resolver, struct view *view,
                         const struct canon_table *result)
{
    view->columns = (struct text_list){0};
    view->column_types = (struct text_list){0};
    for (size_t i = 0; i < result->fields.count; i++) {
        const struct canon_field *field = result->fields.items[i];

        text_list_add(&view->columns, resolver->arena, field->name);
        text_list_add(&view->column_types, resolver->arena, field->type);
    }
}

static bool resolve_query(struct resolver *resolver, struct object *object,
                          const struct my_query *query)
{
    struct view *view = as_view(object);
    struct canon canon = resolver_canon(resolver, object, NULL, NULL);
    struct buffer text = BUFFER_EMPTY;
    const struct canon_table *result;
    struct my_query *rewritten;

    canon.source = view->query.written;
    canon.scope = &(struct canon_scope){0};
    rewritten = canon_query(&canon, query);
    canon_name_columns(&canon, rewritten, &view->columns);
    canon_print_query(&text, rewritten);
    view->query.canonical = buffer_take(&text, resolver->arena);
    result = canon_result(&canon, rewritten);
    if (result->complete)
        take_columns(resolver, view, result);
    return resolver_judge(resolver, object, &view->query, &canon);
}

static bool resolve_once(struct resolver *resolver, struct object *object)
{
    struct view *view = as_view(object);
    struct error ignored = {0};
    const struct my_query *query =
        my_parse_query(resolver->scratch, resolver->flavor, 0, view->query.written, &ignored);

    if (query)
        return resolve_query(resolver, object, query);
    view->query.canonical = view->query.written;
    view->query.incomplete = true;
    return true;
}

bool resolver_view(struct resolver *resolver, struct object *view)
{
    struct object *outer = resolver->object;
    bool done = true;

    if (as_view(view)->query.canonical || !as_view(view)->query.written ||
        map_get(&resolver->busy, view->key))
        return true;
    map_set(&resolver->busy, view->key, view);
    done = resolve_once(resolver, view);
    map_set(&resolver->busy, view->key, NULL);
    resolver->object = outer;
    return done;
}
