/* Types: enums, domains, composites, ranges. Base types are not modelled; row types and array types
 * come with what they belong to. */
#include <string.h>

#include "core/buffer.h"
#include "postgres/catalog/catalog.h"
#include "postgres/sql/quote.h"

/* --- types --------------------------------------------------------------------------------------- */

enum {
    TYPE_OID,
    TYPE_NAME,
    TYPE_SCHEMA,
    TYPE_CLASS,
    TYPE_OWNER,
    TYPE_ACL,
    TYPE_RELATION,
    DOMAIN_BASE,
    DOMAIN_NOT_NULL,
    DOMAIN_DEFAULT,
    DOMAIN_COLLATION,
    RANGE_SUBTYPE,
    RANGE_OPERATOR_CLASS,
    RANGE_COLLATION,
    RANGE_CANONICAL,
    RANGE_DIFFERENCE,
    RANGE_MULTIRANGE,
    RANGE_MULTIRANGE_SCHEMA
};

static const char types_sql[] =
    "SELECT t.oid, t.typname, t.typnamespace, t.typtype, t.typowner, "
    "array_to_string(t.typacl, ','), t.typrelid, "
    "CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull, "
    "pg_get_expr(t.typdefaultbin, 0), "
    "CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation "
    "THEN t.typcollation::regcollation END, pg_catalog.format_type(r.rngsubtype, -1), "
    "CASE WHEN NOT o.opcdefault THEN quote_ident(o_n.nspname) || '.' || quote_ident(o.opcname) END, "
    "CASE WHEN r.rngcollation <> b.typcollation THEN r.rngcollation::regcollation END, "
    "r.rngcanonical, r.rngsubdiff, m.typname, m_n.nspname "
    "FROM pg_catalog.pg_type t "
    "LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid "
    "LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid "
    "LEFT JOIN pg_catalog.pg_type b ON b.oid = COALESCE(r.rngsubtype, t.typbasetype) "
    "LEFT JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc "
    "LEFT JOIN pg_catalog.pg_namespace o_n ON o_n.oid = o.opcnamespace "
    "LEFT JOIN pg_catalog.pg_type m ON m.oid = {14:r.rngmultitypid|NULL} "
    "LEFT JOIN pg_catalog.pg_namespace m_n ON m_n.oid = m.typnamespace "
    "WHERE t.oid >= " SQL_FIRST_OID " AND "
    "(t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c')";

static void read_domain(struct catalog *catalog, const struct row *row, struct domain *domain)
{
    domain->type = row_text(catalog, row, DOMAIN_BASE);
    domain->collation = row_name(catalog, row, DOMAIN_COLLATION);
    domain->not_null = row_flag(row, DOMAIN_NOT_NULL);
    domain->default_value = row_expression(catalog, row, DOMAIN_DEFAULT);
}

/* The server puts "multi" in front of the first "range" in the name, or "_multirange" behind it. */
static const char *chosen_multirange(struct arena *arena, const char *range)
{
    const char *part = strstr(range, "range");

    if (part)
        return arena_printf(arena, "%.*smulti%s", (int)(part - range), range, part);
    return arena_printf(arena, "%s_multirange", range);
}

static void read_range(struct catalog *catalog, const struct row *row, struct range *range)
{
    const char *multirange = row_text(catalog, row, RANGE_MULTIRANGE);
    const char *schema = row_raw(row, RANGE_MULTIRANGE_SCHEMA);

    range->subtype = row_text(catalog, row, RANGE_SUBTYPE);
    range->operator_class = row_name(catalog, row, RANGE_OPERATOR_CLASS);
    range->collation = row_name(catalog, row, RANGE_COLLATION);
    range->canonical = row_name(catalog, row, RANGE_CANONICAL);
    range->difference = row_name(catalog, row, RANGE_DIFFERENCE);
    if (!multirange)
        return;
    if (strcmp(schema, range->object.parent->name) != 0)
        range->multirange = pg_qualify(catalog->arena, schema, multirange);
    else if (strcmp(multirange, chosen_multirange(catalog->scratch, range->object.name)) != 0)
        range->multirange = multirange;
}

static enum kind kind_of_type(char type_class)
{
    switch (type_class) {
    case 'e':
        return KIND_ENUM;
    case 'd':
        return KIND_DOMAIN;
    case 'r':
        return KIND_RANGE;
    default:
        return KIND_COMPOSITE;
    }
}

static void type_row(struct catalog *catalog, const struct row *row)
{
    struct object *schema =
        catalog_schema_for(catalog, CLASS_TYPE, row_oid(row, TYPE_OID), row_oid(row, TYPE_SCHEMA));
    enum kind kind = kind_of_type(row_letter(row, TYPE_CLASS));
    struct object *object;

    if (!schema)
        return;
    object = catalog_add_known(catalog, kind, schema, row_raw(row, TYPE_NAME), CLASS_TYPE,
                               row_oid(row, TYPE_OID));
    if (kind == KIND_DOMAIN)
        read_domain(catalog, row, as_domain(object));
    else if (kind == KIND_RANGE)
        read_range(catalog, row, as_range(object));
    else if (kind == KIND_COMPOSITE)
        catalog_put(catalog, CLASS_RELATION, row_oid(row, TYPE_RELATION), 0, object);
    catalog_owner(catalog, object, row_oid(row, TYPE_OWNER));
    catalog_privileges(catalog, object, row_raw(row, TYPE_ACL), row_oid(row, TYPE_OWNER));
}

const struct catalog_query catalog_types = {.what = "types", .sql = types_sql, .row = type_row};

/* --- labels of enums ----------------------------------------------------------------------------- */

enum { LABEL_TYPE, LABEL_TEXT };

static const char labels_sql[] =
    "SELECT l.enumtypid, l.enumlabel FROM pg_catalog.pg_enum l ORDER BY l.enumtypid, l.enumsortorder";

static void label_row(struct catalog *catalog, const struct row *row)
{
    struct object *object = catalog_get(catalog, CLASS_TYPE, row_oid(row, LABEL_TYPE), 0);

    if (object)
        text_list_add(&as_enumeration(object)->labels, catalog->arena,
                      row_text(catalog, row, LABEL_TEXT));
}

const struct catalog_query catalog_labels = {
    .what = "labels of enums", .sql = labels_sql, .row = label_row};
