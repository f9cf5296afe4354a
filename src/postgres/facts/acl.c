/* What the server grants by default, and what can be granted at all, for each kind of object. */

#include <string.h>

#include "postgres/facts/acl.h"
#include "postgres/facts/flavor.h"

/* The lists are in the order of bytes. */
static const char *const table_privileges[] = {
    "DELETE", "INSERT", "MAINTAIN", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE", NULL};
static const char *const column_privileges[] = {"INSERT", "REFERENCES", "SELECT", "UPDATE", NULL};
static const char *const sequence_privileges[] = {"SELECT", "UPDATE", "USAGE", NULL};
static const char *const schema_privileges[] = {"CREATE", "USAGE", NULL};
static const char *const usage_privileges[] = {"USAGE", NULL};
static const char *const execute_privileges[] = {"EXECUTE", NULL};
static const char *const large_object_privileges[] = {"SELECT", "UPDATE", NULL};
static const char *const no_privileges[] = {NULL};

/* The object types of ALTER DEFAULT PRIVILEGES. */
static const char *const *privileges_of_type(const char *object_type)
{
    if (strcmp(object_type, "TABLES") == 0)
        return table_privileges;
    if (strcmp(object_type, "SEQUENCES") == 0)
        return sequence_privileges;
    if (strcmp(object_type, "FUNCTIONS") == 0)
        return execute_privileges;
    if (strcmp(object_type, "SCHEMAS") == 0)
        return schema_privileges;
    if (strcmp(object_type, "LARGE OBJECTS") == 0)
        return large_object_privileges;
    return usage_privileges;
}

static const char *const *privileges_of(const struct object *object)
{
    switch ((int)object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
        return table_privileges;
    case KIND_COLUMN:
        return column_privileges;
    case KIND_SEQUENCE:
    case KIND_IDENTITY:
        return sequence_privileges;
    case KIND_SCHEMA:
        return schema_privileges;
    case KIND_FUNCTION:
    case KIND_AGGREGATE:
        return execute_privileges;
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_COMPOSITE:
    case KIND_RANGE:
        return usage_privileges;
    case KIND_DEFAULT_PRIVILEGE:
        return privileges_of_type(as_default_privilege(object)->object_type);
    default:
        return no_privileges;
    }
}

struct text_list pg_all_privileges(struct arena *arena, const struct object *object,
                                   int server_version)
{
    struct text_list list = {0};

    for (const char *const *name = privileges_of(object); *name; name++)
        if (strcmp(*name, "MAINTAIN") != 0 || pg_can(server_version, PG_CAN_MAINTAIN_PRIVILEGE))
            text_list_add(&list, arena, *name);
    return list;
}

static bool is_schema_public(const struct object *object)
{
    return object->kind == KIND_SCHEMA && strcmp(object->name, "public") == 0;
}

/* What PUBLIC may do with a new object: call functions, use types, and use the schema public, in which
 * servers before 15 let it create as well. */
static const char *const *public_privileges(const struct object *object, int server_version)
{
    const char *const *all = privileges_of(object);

    if (is_schema_public(object))
        return pg_can(server_version, PG_CAN_CLOSED_PUBLIC) ? usage_privileges : schema_privileges;
    if (object->kind != KIND_SCHEMA && (all == execute_privileges || all == usage_privileges))
        return all;
    return no_privileges;
}

struct text_list pg_default_privileges(struct arena *arena, const struct object *object,
                                       const char *grantee, bool owner, int server_version)
{
    struct text_list list = {0};

    /* Entries of one schema add to the global ones: on their own they start from nothing. */
    if (object->kind == KIND_DEFAULT_PRIVILEGE && as_default_privilege(object)->schema)
        return list;
    if (object->kind == KIND_COLUMN)
        return list; /* the table's privileges cover its columns */
    if (owner || strcmp(grantee, "OWNER") == 0)
        return pg_all_privileges(arena, object, server_version);
    if (strcmp(grantee, "PUBLIC") != 0)
        return list;
    for (const char *const *name = public_privileges(object, server_version); *name; name++)
        text_list_add(&list, arena, *name);
    return list;
}

const char *pg_default_privilege_type(const struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
        return "TABLES";
    case KIND_SEQUENCE:
    case KIND_IDENTITY:
        return "SEQUENCES";
    case KIND_FUNCTION:
    case KIND_AGGREGATE:
        return "FUNCTIONS";
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_COMPOSITE:
    case KIND_RANGE:
        return "TYPES";
    case KIND_SCHEMA:
        return "SCHEMAS";
    default:
        return NULL;
    }
}
