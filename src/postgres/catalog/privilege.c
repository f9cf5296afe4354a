/* Roles, owners, privileges, default privileges. */
#include <string.h>

#include "core/buffer.h"
#include "postgres/catalog/catalog.h"
#include "postgres/facts/acl.h"

/* --- roles and owners ---------------------------------------------------------------------------- */

enum { ROLE_OID, ROLE_NAME };

static void role_row(struct catalog *catalog, const struct row *row)
{
    catalog_put(catalog, CLASS_ROLE, row_oid(row, ROLE_OID), 0,
                arena_strdup(catalog->arena, row_raw(row, ROLE_NAME)));
}

const struct catalog_query catalog_roles = {
    .what = "roles", .sql = "SELECT oid, rolname FROM pg_catalog.pg_roles", .row = role_row};

const char *catalog_role(struct catalog *catalog, uint32_t oid)
{
    const char *name = catalog_get(catalog, CLASS_ROLE, oid, 0);

    return name ? name : arena_printf(catalog->arena, "%u", oid);
}

void catalog_owner(struct catalog *catalog, struct object *object, uint32_t role)
{
    struct object *owner = catalog_add(catalog, KIND_OWNER, object, "", NULL);

    as_owner(owner)->role = catalog_role(catalog, role);
}

/* --- ACLs ---------------------------------------------------------------------------------------- */

/* The letters of ACL items. */
static const struct {
    char letter;
    const char *name;
} letters[] = {{'a', "INSERT"},   {'r', "SELECT"},     {'w', "UPDATE"},   {'d', "DELETE"},
               {'D', "TRUNCATE"}, {'x', "REFERENCES"}, {'t', "TRIGGER"},  {'X', "EXECUTE"},
               {'U', "USAGE"},    {'C', "CREATE"},     {'m', "MAINTAIN"}, {0, NULL}};

static const char *privilege_of_letter(char letter)
{
    size_t i = 0;

    while (letters[i].letter && letters[i].letter != letter)
        i++;
    return letters[i].name;
}

/* What one grantee holds; grants by several grantors are taken together. */
struct grant {
    const char *grantee; /* "PUBLIC", "OWNER" or a role */
    struct text_list privileges;
    struct grant *next;
};

static struct grant *find_grant(struct catalog *catalog, struct grant **grants, const char *grantee)
{
    while (*grants && strcmp((*grants)->grantee, grantee) != 0)
        grants = &(*grants)->next;
    if (!*grants) {
        *grants = ARENA_NEW(catalog->scratch, struct grant);
        (*grants)->grantee = arena_strdup(catalog->arena, grantee);
    }
    return *grants;
}

/* A role's name in an ACL item, quoted where the server found need; *text is moved behind it. */
static const char *acl_name(struct catalog *catalog, const char **text)
{
    struct buffer name = BUFFER_EMPTY;
    const char *at = *text;
    bool quoted = false;

    for (; *at && (quoted || (*at != '=' && *at != '/' && *at != ',')); at++) {
        if (*at != '"')
            buffer_append_char(&name, *at);
        else if (quoted && at[1] == '"')
            buffer_append_char(&name, *at++);
        else
            quoted = !quoted;
    }
    *text = at;
    return buffer_take(&name, catalog->scratch);
}

/* A privilege with grant option takes the place of the same one without. */
static void add_privilege(struct catalog *catalog, struct text_list *list, const char *name,
                          bool grantable)
{
    const char *starred = arena_printf(catalog->arena, "%s*", name);

    if (text_list_contains(list, starred))
        return;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], name) == 0) {
            if (grantable)
                list->items[i] = starred;
            return;
        }
    text_list_add(list, catalog->arena, grantable ? starred : name);
}

/* Items are "grantee=letters/grantor", an empty grantee is PUBLIC. */
static struct grant *parse_acl(struct catalog *catalog, const char *acl, const char *owner)
{
    struct grant *grants = NULL;

    while (*acl) {
        const char *grantee = acl_name(catalog, &acl);
        struct grant *grant;

        if (!*grantee)
            grantee = "PUBLIC";
        else if (strcmp(grantee, owner) == 0)
            grantee = "OWNER";
        grant = find_grant(catalog, &grants, grantee);
        for (acl++; *acl && *acl != '/'; acl++) {
            const char *name = privilege_of_letter(*acl);
            bool grantable = acl[1] == '*';

            if (name)
                add_privilege(catalog, &grant->privileges, name, grantable);
        }
        if (*acl == '/')
            acl++;
        acl_name(catalog, &acl);
        if (*acl == ',')
            acl++;
    }
    return grants;
}

static bool differs_from_default(struct catalog *catalog, const struct object *object,
                                 struct grant *grant)
{
    struct text_list built_in =
        pg_default_privileges(catalog->scratch, object, grant->grantee,
                              strcmp(grant->grantee, "OWNER") == 0, catalog->version);

    text_list_sort(&grant->privileges);
    return !text_list_equal(&grant->privileges, &built_in);
}

/* Those who have privileges by default and do not occur in the ACL have lost them. */
static void add_those_without(struct catalog *catalog, struct grant **grants)
{
    find_grant(catalog, grants, "OWNER");
    find_grant(catalog, grants, "PUBLIC");
}

void catalog_privileges(struct catalog *catalog, struct object *object, const char *acl,
                        uint32_t owner)
{
    struct grant *grants;

    if (!acl)
        return; /* as by default */
    grants = parse_acl(catalog, acl, catalog_role(catalog, owner));
    add_those_without(catalog, &grants);
    for (struct grant *grant = grants; grant; grant = grant->next)
        if (differs_from_default(catalog, object, grant)) {
            struct object *child =
                catalog_add(catalog, KIND_PRIVILEGE, object, grant->grantee, NULL);

            as_privilege(child)->privileges = grant->privileges;
        }
}

/* --- default privileges -------------------------------------------------------------------------- */

enum { DEFAULT_ROLE, DEFAULT_SCHEMA, DEFAULT_TYPE, DEFAULT_ACL };

static const char default_privileges_sql[] =
    "SELECT d.defaclrole, d.defaclnamespace, d.defaclobjtype, array_to_string(d.defaclacl, ',') "
    "FROM pg_catalog.pg_default_acl d";

static const char *default_type(char letter)
{
    switch (letter) {
    case 'r':
        return "TABLES";
    case 'S':
        return "SEQUENCES";
    case 'f':
        return "FUNCTIONS";
    case 'T':
        return "TYPES";
    case 'n':
        return "SCHEMAS";
    default:
        return "LARGE OBJECTS";
    }
}

/* The object is needed to know its built-in privileges, so it is filled in before it is added. */
static void add_default_privilege(struct catalog *catalog, struct default_privilege entry,
                                  struct grant *grant)
{
    struct object *object;
    struct default_privilege *added;

    entry.object.kind = KIND_DEFAULT_PRIVILEGE;
    entry.grantee = grant->grantee;
    if (!differs_from_default(catalog, &entry.object, grant))
        return;
    object = catalog_add(catalog, KIND_DEFAULT_PRIVILEGE, NULL,
                         arena_printf(catalog->scratch, "%s/%s/%s/%s", entry.role,
                                      entry.schema ? entry.schema : "", entry.object_type,
                                      entry.grantee),
                         NULL);
    added = as_default_privilege(object);
    added->role = entry.role;
    added->schema = entry.schema;
    added->object_type = entry.object_type;
    added->grantee = entry.grantee;
    added->privileges = grant->privileges;
}

static void default_privilege_row(struct catalog *catalog, const struct row *row)
{
    uint32_t schema_oid = row_oid(row, DEFAULT_SCHEMA);
    struct object *schema = catalog_schema(catalog, schema_oid);
    const char *role = catalog_role(catalog, row_oid(row, DEFAULT_ROLE));
    const char *acl = row_raw(row, DEFAULT_ACL);
    struct default_privilege entry = {.role = role};
    struct grant *grants = parse_acl(catalog, acl ? acl : "", role);

    if (schema_oid && !schema)
        return;
    if (strcmp(role, catalog->model->current_user) == 0)
        entry.role = "";
    entry.schema = schema ? schema->name : NULL;
    entry.object_type = default_type(row_letter(row, DEFAULT_TYPE));
    add_those_without(catalog, &grants);
    for (struct grant *grant = grants; grant; grant = grant->next)
        add_default_privilege(catalog, entry, grant);
}

const struct catalog_query catalog_default_privileges = {
    .what = "default privileges", .sql = default_privileges_sql, .row = default_privilege_row};
