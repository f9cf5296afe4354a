/* Views and materialized views. Their columns are read with all others. */
#include <string.h>

#include "postgres/catalog/catalog.h"

enum {
    VIEW_OID,
    VIEW_NAME,
    VIEW_SCHEMA,
    VIEW_KIND,
    VIEW_OWNER,
    VIEW_ACL,
    VIEW_QUERY,
    VIEW_OPTIONS,
    VIEW_TOAST_OPTIONS,
    VIEW_ACCESS_METHOD,
    VIEW_TABLESPACE,
    VIEW_RULE,
    VIEW_STAND_IN
};

static const char views_sql[] =
    "SELECT c.oid, c.relname, c.relnamespace, c.relkind, c.relowner, "
    "array_to_string(c.relacl, ','), pg_get_viewdef(c.oid), c.reloptions, t.reloptions, am.amname, "
    "s.spcname, r.oid, "
    /* of a view that reads itself: its columns, as nothing */
    "CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_depend d "
    "WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid "
    "AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid "
    "AND d.deptype = 'n') THEN (SELECT 'SELECT ' || string_agg(format('NULL::%s%s AS %I', "
    "format_type(a.atttypid, a.atttypmod), CASE WHEN n.oid IS NOT NULL THEN format(' COLLATE "
    "%I.%I', n.nspname, l.collname) ELSE '' END, a.attname), ', ' ORDER BY a.attnum) "
    "FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_type y ON y.oid = a.atttypid "
    "LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation AND l.oid <> y.typcollation "
    "LEFT JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace "
    "WHERE a.attrelid = c.oid AND a.attnum > 0) END "
    "FROM pg_catalog.pg_class c "
    "LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam "
    "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace "
    "LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid "
    "LEFT JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN' "
    "WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND c.oid >= " SQL_FIRST_OID;

/* The query without the blank before and the semicolon behind it. */
static struct expression read_query(struct catalog *catalog, const struct row *row)
{
    const char *text = row_raw(row, VIEW_QUERY);
    size_t length;

    if (text)
        text += strspn(text, " ");
    length = text ? strlen(text) : 0;
    if (length > 0 && text[length - 1] == ';')
        length--;
    return (struct expression){.written =
                                   text ? arena_strndup(catalog->arena, text, length) : NULL};
}

static void read_materialized_view(struct catalog *catalog, const struct row *row,
                                   struct materialized_view *view)
{
    struct text_list toast = row_list(catalog, row, VIEW_TOAST_OPTIONS);
    const char *method = row_text(catalog, row, VIEW_ACCESS_METHOD);

    view->query = read_query(catalog, row);
    view->options = row_list(catalog, row, VIEW_OPTIONS);
    for (size_t i = 0; i < toast.count; i++)
        text_list_add(&view->options, catalog->arena,
                      arena_printf(catalog->arena, "toast.%s", toast.items[i]));
    view->access_method = method && strcmp(method, "heap") != 0 ? method : NULL;
    view->tablespace = row_text(catalog, row, VIEW_TABLESPACE);
}

static void view_row(struct catalog *catalog, const struct row *row)
{
    struct object *schema = catalog_schema_for(catalog, CLASS_RELATION, row_oid(row, VIEW_OID),
                                               row_oid(row, VIEW_SCHEMA));
    bool is_materialized = row_letter(row, VIEW_KIND) == 'm';
    struct object *object;

    if (!schema)
        return;
    object =
        catalog_add_known(catalog, is_materialized ? KIND_MATERIALIZED_VIEW : KIND_VIEW, schema,
                          row_raw(row, VIEW_NAME), CLASS_RELATION, row_oid(row, VIEW_OID));
    /* What a view depends on hangs on its rule. */
    catalog_put(catalog, CLASS_REWRITE, row_oid(row, VIEW_RULE), 0, object);
    if (is_materialized) {
        read_materialized_view(catalog, row, as_materialized_view(object));
    } else {
        as_view(object)->query = read_query(catalog, row);
        as_view(object)->stand_in.written = row_text(catalog, row, VIEW_STAND_IN);
        as_view(object)->options = row_list(catalog, row, VIEW_OPTIONS);
    }
    catalog_owner(catalog, object, row_oid(row, VIEW_OWNER));
    catalog_privileges(catalog, object, row_raw(row, VIEW_ACL), row_oid(row, VIEW_OWNER));
}

const struct catalog_query catalog_views = {.what = "views", .sql = views_sql, .row = view_row};
