/* Schemas and extensions. */
#include <string.h>

#include "postgres/catalog/catalog.h"

/* --- what belongs to extensions ------------------------------------------------------------------ */

enum { MEMBER_CLASS, MEMBER_OID };

static const char members_sql[] = "SELECT d.classid, d.objid FROM pg_catalog.pg_depend d "
                                  "WHERE d.refclassid = 3079 AND d.deptype = 'e'";

static void member_row(struct catalog *catalog, const struct row *row)
{
    catalog_put(catalog, row_oid(row, MEMBER_CLASS), row_oid(row, MEMBER_OID), NUMBER_MEMBER,
                catalog);
}

const struct catalog_query catalog_members = {
    .what = "extensions", .sql = members_sql, .row = member_row};

bool catalog_is_member(const struct catalog *catalog, enum catalog_class class_id, uint32_t oid)
{
    return catalog_get(catalog, class_id, oid, NUMBER_MEMBER) != NULL;
}

/* --- schemas ------------------------------------------------------------------------------------- */

enum { SCHEMA_OID, SCHEMA_NAME, SCHEMA_OWNER, SCHEMA_ACL };

/* Where the name of an extension's schema is kept. */
enum { NUMBER_NAME = 1 };

static const char schemas_sql[] =
    "SELECT n.oid, n.nspname, n.nspowner, array_to_string(n.nspacl, ',') "
    "FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' "
    "AND n.nspname NOT IN ('information_schema', 'plumb')";

static void schema_row(struct catalog *catalog, const struct row *row)
{
    uint32_t oid = row_oid(row, SCHEMA_OID);
    struct object *schema;

    if (catalog_is_member(catalog, CLASS_SCHEMA, oid)) {
        char *name = arena_strdup(catalog->arena, row_raw(row, SCHEMA_NAME));

        catalog_put(catalog, CLASS_SCHEMA, oid, NUMBER_NAME, name);
        return;
    }
    schema =
        catalog_add_known(catalog, KIND_SCHEMA, NULL, row_raw(row, SCHEMA_NAME), CLASS_SCHEMA, oid);
    text_list_add(&catalog->model->schema_names, catalog->arena, schema->name);
    catalog_owner(catalog, schema, row_oid(row, SCHEMA_OWNER));
    catalog_privileges(catalog, schema, row_raw(row, SCHEMA_ACL), row_oid(row, SCHEMA_OWNER));
}

const struct catalog_query catalog_schemas = {
    .what = "schemas", .sql = schemas_sql, .row = schema_row};

/* A schema that an extension made is in the model only where somebody put objects of their own into
 * it; plumb neither makes nor drops it. */
struct object *catalog_schema(struct catalog *catalog, uint32_t oid)
{
    struct object *schema = catalog_get(catalog, CLASS_SCHEMA, oid, 0);
    const char *member = catalog_get(catalog, CLASS_SCHEMA, oid, NUMBER_NAME);

    if (schema || !member)
        return schema;
    schema = catalog_add_known(catalog, KIND_SCHEMA, NULL, member, CLASS_SCHEMA, oid);
    schema->implied = true;
    return schema;
}

struct object *catalog_schema_for(struct catalog *catalog, enum catalog_class class_id,
                                  uint32_t oid, uint32_t schema)
{
    return catalog_is_member(catalog, class_id, oid) ? NULL : catalog_schema(catalog, schema);
}

/* --- extensions ---------------------------------------------------------------------------------- */

enum { EXTENSION_OID, EXTENSION_NAME, EXTENSION_SCHEMA, EXTENSION_SCHEMA_OID, EXTENSION_VERSION };

static const char extensions_sql[] =
    "SELECT x.oid, x.extname, n.nspname, n.oid, x.extversion "
    "FROM pg_catalog.pg_extension x JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace "
    "WHERE x.extname <> 'plpgsql'";

static void extension_row(struct catalog *catalog, const struct row *row)
{
    struct object *object =
        catalog_add_known(catalog, KIND_EXTENSION, NULL, row_raw(row, EXTENSION_NAME),
                          CLASS_EXTENSION, row_oid(row, EXTENSION_OID));
    struct extension *extension = as_extension(object);

    extension->schema = row_text(catalog, row, EXTENSION_SCHEMA);
    extension->version = row_text(catalog, row, EXTENSION_VERSION);
    /* Not catalog_schema: an extension that makes its own schema needs none. */
    model_need(catalog->model, object,
               catalog_get(catalog, CLASS_SCHEMA, row_oid(row, EXTENSION_SCHEMA_OID), 0));
}

const struct catalog_query catalog_extensions = {
    .what = "extensions", .sql = extensions_sql, .row = extension_row};
