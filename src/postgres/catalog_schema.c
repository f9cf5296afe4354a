/* Schemas and extensions. */
#include <string.h>

#include "postgres/catalog.h"

/* --- schemas ------------------------------------------------------------------------------------- */

enum { SCHEMA_OID, SCHEMA_NAME, SCHEMA_OWNER, SCHEMA_ACL, SCHEMA_IS_MEMBER };

static const char schemas_sql[] =
    "SELECT n.oid, n.nspname, n.nspowner, " SQL_ACL("n.nspacl") ", "
    "NOT " SQL_NO_MEMBER("2615", "n.oid") " "
    "FROM pg_catalog.pg_namespace n WHERE " SQL_USER_SCHEMA("n");

/* The name of a schema that an extension made is kept under this number. */
enum { MEMBER_NAME = 1 };

static void schema_row(struct catalog *catalog, const struct row *row)
{
    uint32_t oid = row_oid(row, SCHEMA_OID);
    struct object *schema;

    if (row_flag(row, SCHEMA_IS_MEMBER)) {
        char *name = arena_strdup(catalog->arena, row_raw(row, SCHEMA_NAME));

        catalog_put(catalog, CLASS_SCHEMA, oid, MEMBER_NAME, name);
        return;
    }
    schema = catalog_add_known(catalog, KIND_SCHEMA, NULL, row_raw(row, SCHEMA_NAME), CLASS_SCHEMA,
                               oid);
    catalog_owner(catalog, schema, row_oid(row, SCHEMA_OWNER));
    catalog_privileges(catalog, schema, row_raw(row, SCHEMA_ACL), row_oid(row, SCHEMA_OWNER));
}

const struct catalog_query catalog_schemas = {"schemas", schemas_sql, schema_row};

/* A schema that an extension made is in the model only where somebody put objects of their own into
 * it; plumb neither makes nor drops it. */
struct object *catalog_schema(struct catalog *catalog, uint32_t oid)
{
    struct object *schema = catalog_get(catalog, CLASS_SCHEMA, oid, 0);
    const char *member = catalog_get(catalog, CLASS_SCHEMA, oid, MEMBER_NAME);

    if (schema || !member)
        return schema;
    schema = catalog_add_known(catalog, KIND_SCHEMA, NULL, member, CLASS_SCHEMA, oid);
    schema->implied = true;
    return schema;
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

const struct catalog_query catalog_extensions = {"extensions", extensions_sql, extension_row};
