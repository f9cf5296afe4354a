/* Owners, privileges and default privileges: the smallest GRANT and REVOKE statements that lead from
 * one set of privileges to another. */
#include "postgres/write.h"

#include <string.h>

#include "model/fields.h"

/* --- owners ---------------------------------------------------------------------------------------- */

/* A sequence that belongs to a column always has its table's owner. */
static bool owner_follows_table(const struct object *object)
{
    return object->parent && object->parent->kind == KIND_SEQUENCE &&
           object_child(object->parent, KIND_OWNED_BY, "");
}

static void set_owner(struct step_sink *sink, const struct object *object)
{
    const char *reference = object->parent ? write_object_reference(sink, object->parent) : NULL;

    if (reference && !owner_follows_table(object))
        write_hazard(sink,
                     write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER %s OWNER TO %s", reference,
                                     write_name(sink, as_owner(object)->role)),
                     HAZARD_CHANGE_PRIVILEGES);
}

static void create_owner(struct step_sink *sink, const struct object *object,
                         const struct pointer_list *folded)
{
    bool new_object = object->parent && sink->from && !write_present(sink, object->parent);

    (void)folded;
    /* Whoever makes an object owns it. */
    if (!new_object || !write_same_text(sink->from->current_user, as_owner(object)->role))
        set_owner(sink, object);
}

/* Nobody asks for an owner any more: it stays. */
static void drop_owner(struct step_sink *sink, const struct object *object)
{
    (void)sink;
    (void)object;
}

static void alter_owner(struct step_sink *sink, const struct object *before,
                        const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    set_owner(sink, after);
}

const struct writer write_owner_writer = {
    .create = create_owner,
    .drop = drop_owner,
    .alter = alter_owner,
};

/* --- sets of privileges ---------------------------------------------------------------------------- */

enum grade { GRADE_NONE, GRADE_HELD, GRADE_GRANTABLE };

/* What the set says of the privilege: "SELECT" held, "SELECT*" with grant option. */
static enum grade grade_of(const struct text_list *set, const char *privilege, size_t length)
{
    for (size_t i = 0; i < set->count; i++)
        if (strncmp(set->items[i], privilege, length) == 0) {
            if (set->items[i][length] == '\0')
                return GRADE_HELD;
            if (strcmp(set->items[i] + length, "*") == 0)
                return GRADE_GRANTABLE;
        }
    return GRADE_NONE;
}

/* Where and to whom. */
struct grant {
    const char *prefix;  /* "", or "ALTER DEFAULT PRIVILEGES ... " */
    const char *columns; /* " (a)" for a column's privileges, else "" */
    const char *target;  /* "TABLE app.t" */
    const char *grantee;
    const struct text_list *all; /* NULL: never say ALL */
};

/* Those privileges of `of` which go from one grade to the other, without stars. */
static struct text_list moved(const struct step_sink *sink, const struct text_list *of,
                              const struct text_list *before, const struct text_list *after,
                              bool (*chosen)(enum grade before, enum grade after))
{
    struct text_list list = {0};

    for (size_t i = 0; i < of->count; i++) {
        size_t length = strcspn(of->items[i], "*");

        if (chosen(grade_of(before, of->items[i], length), grade_of(after, of->items[i], length)))
            text_list_add(&list, sink->arena, arena_strndup(sink->arena, of->items[i], length));
    }
    return list;
}

static bool is_lost(enum grade before, enum grade after)
{
    return before != GRADE_NONE && after == GRADE_NONE;
}

static bool loses_option(enum grade before, enum grade after)
{
    return before == GRADE_GRANTABLE && after == GRADE_HELD;
}

static bool is_granted(enum grade before, enum grade after)
{
    return before == GRADE_NONE && after == GRADE_HELD;
}

static bool gains_option(enum grade before, enum grade after)
{
    return before != GRADE_GRANTABLE && after == GRADE_GRANTABLE;
}

static void write_grant(struct step_sink *sink, const struct grant *grant,
                        const struct text_list *privileges, bool give, const char *option)
{
    struct buffer sql = BUFFER_EMPTY;
    bool all = grant->all && privileges->count > 1 && text_list_equal(privileges, grant->all);

    if (!privileges->count)
        return;
    buffer_printf(&sql, "%s%s ", grant->prefix, give ? "GRANT" : "REVOKE");
    if (!give)
        buffer_append(&sql, option);
    for (size_t i = 0; i < privileges->count && !all; i++)
        buffer_printf(&sql, "%s%s%s", i ? ", " : "", privileges->items[i], grant->columns);
    if (all)
        buffer_printf(&sql, "ALL%s", grant->columns);
    buffer_printf(&sql, " ON %s %s %s%s", grant->target, give ? "TO" : "FROM", grant->grantee,
                  give ? option : "");
    write_hazard(sink, write_buffer(sink, LOCK_NONE, &sql), HAZARD_CHANGE_PRIVILEGES);
}

static void write_grants(struct step_sink *sink, const struct grant *grant,
                         const struct text_list *before, const struct text_list *after)
{
    struct text_list lost = moved(sink, before, before, after, is_lost);
    struct text_list option_lost = moved(sink, before, before, after, loses_option);
    struct text_list granted = moved(sink, after, before, after, is_granted);
    struct text_list option_granted = moved(sink, after, before, after, gains_option);

    write_grant(sink, grant, &lost, false, "");
    write_grant(sink, grant, &option_lost, false, "GRANT OPTION FOR ");
    write_grant(sink, grant, &granted, true, "");
    write_grant(sink, grant, &option_granted, true, " WITH GRANT OPTION");
}

/* --- privileges on objects ------------------------------------------------------------------------- */

const char *write_grant_target(const struct step_sink *sink, const struct object *object)
{
    const char *word;
    const char *identity;

    switch (object->kind) {
    case KIND_COLUMN:
        return write_grant_target(sink, object->parent);
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
        return arena_printf(sink->arena, "TABLE %s", write_path(sink, object));
    case KIND_AGGREGATE:
        return arena_printf(sink->arena, "FUNCTION %s(%s)", write_path(sink, object),
                            object->signature ? object->signature : "");
    case KIND_SCHEMA:
    case KIND_TABLE:
    case KIND_SEQUENCE:
    case KIND_FUNCTION:
    case KIND_ENUM:
    case KIND_COMPOSITE:
    case KIND_RANGE:
    case KIND_DOMAIN:
        return write_object_reference(sink, object);
    case KIND_UNMODELLED:
        if (!write_unmodelled_reference(sink, object, &word, &identity))
            return NULL;
        if (strcmp(word, "FOREIGN TABLE") == 0)
            word = "TABLE";
        else if (strcmp(word, "SERVER") == 0)
            word = "FOREIGN SERVER";
        return arena_printf(sink->arena, "%s %s", word, identity);
    default:
        return NULL;
    }
}

/* The object that owns what the privilege is on: a column's table. */
static const struct object *owned_object(const struct object *object)
{
    return object->kind == KIND_COLUMN ? object->parent : object;
}

static const char *grantee_text(const struct step_sink *sink, const struct object *object)
{
    const struct object *owner;

    if (strcmp(object->name, "PUBLIC") == 0)
        return "PUBLIC";
    if (strcmp(object->name, "OWNER") != 0)
        return write_name(sink, object->name);
    owner = object_child(owned_object(object->parent), KIND_OWNER, "");
    return owner ? write_name(sink, as_owner(owner)->role) : "CURRENT_USER";
}

static void change_privileges(struct step_sink *sink, const struct object *object,
                              const struct text_list *before, const struct text_list *after)
{
    struct text_list all = pg_all_privileges(sink->arena, object->parent, sink->server_version);
    struct grant grant = {
        .prefix = "",
        .columns = "",
        .target = write_grant_target(sink, object->parent),
        .grantee = grantee_text(sink, object),
        .all = &all,
    };

    if (object->parent->kind == KIND_COLUMN)
        grant.columns = arena_printf(sink->arena, " (%s)", write_name(sink, object->parent->name));
    if (grant.target)
        write_grants(sink, &grant, before, after);
}

/* What the grantee has on a new object before anything is granted. */
static struct text_list initial_privileges(const struct step_sink *sink,
                                           const struct object *object)
{
    return pg_default_privileges(sink->arena, object->parent, object->name,
                                 strcmp(object->name, "OWNER") == 0, sink->server_version);
}

static void create_privilege(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    struct text_list before = initial_privileges(sink, object);

    (void)folded;
    change_privileges(sink, object, &before, &as_privilege(object)->privileges);
}

static void drop_privilege(struct step_sink *sink, const struct object *object)
{
    struct text_list after = initial_privileges(sink, object);

    change_privileges(sink, object, &as_privilege(object)->privileges, &after);
}

static void alter_privilege(struct step_sink *sink, const struct object *before,
                            const struct object *after, uint64_t changed)
{
    (void)changed;
    change_privileges(sink, after, &as_privilege(before)->privileges,
                      &as_privilege(after)->privileges);
}

const struct writer write_privilege_writer = {
    .create = create_privilege,
    .drop = drop_privilege,
    .alter = alter_privilege,
};

/* --- default privileges ---------------------------------------------------------------------------- */

/* An object as those that the default privileges are for. */
static enum kind kind_of_type(const char *object_type)
{
    if (strcmp(object_type, "SEQUENCES") == 0)
        return KIND_SEQUENCE;
    if (strcmp(object_type, "FUNCTIONS") == 0)
        return KIND_FUNCTION;
    if (strcmp(object_type, "TYPES") == 0)
        return KIND_ENUM;
    if (strcmp(object_type, "SCHEMAS") == 0)
        return KIND_SCHEMA;
    return KIND_TABLE;
}

static bool is_role_itself(const struct default_privilege *privilege)
{
    return strcmp(privilege->grantee, "OWNER") == 0 ||
           (privilege->role && *privilege->role && strcmp(privilege->grantee, privilege->role) == 0);
}

/* Entries of a schema are added to the others; the entry for all schemas starts from what the server
 * grants by itself. */
static struct text_list initial_defaults(const struct step_sink *sink,
                                         const struct default_privilege *privilege)
{
    enum kind kind = kind_of_type(privilege->object_type);
    struct object *example;

    if (privilege->schema)
        return (struct text_list){0};
    example = arena_alloc(sink->arena, kind_fields(kind).size);
    example->kind = kind;
    example->name = "";
    return pg_default_privileges(sink->arena, example, privilege->grantee,
                                 is_role_itself(privilege), sink->server_version);
}

static void change_defaults(struct step_sink *sink, const struct object *object,
                            const struct text_list *before, const struct text_list *after)
{
    const struct default_privilege *privilege = as_default_privilege(object);
    struct buffer prefix = BUFFER_EMPTY;
    struct grant grant = {.columns = "", .target = privilege->object_type};

    buffer_append(&prefix, "ALTER DEFAULT PRIVILEGES ");
    if (privilege->role && *privilege->role)
        buffer_printf(&prefix, "FOR ROLE %s ", write_name(sink, privilege->role));
    if (privilege->schema)
        buffer_printf(&prefix, "IN SCHEMA %s ", write_name(sink, privilege->schema));
    grant.prefix = buffer_take(&prefix, sink->arena);
    if (strcmp(privilege->grantee, "PUBLIC") == 0)
        grant.grantee = "PUBLIC";
    else if (strcmp(privilege->grantee, "OWNER") == 0)
        grant.grantee = privilege->role && *privilege->role ? write_name(sink, privilege->role)
                                                            : "CURRENT_USER";
    else
        grant.grantee = write_name(sink, privilege->grantee);
    write_grants(sink, &grant, before, after);
}

static void create_default_privilege(struct step_sink *sink, const struct object *object,
                                     const struct pointer_list *folded)
{
    struct text_list before = initial_defaults(sink, as_default_privilege(object));

    (void)folded;
    change_defaults(sink, object, &before, &as_default_privilege(object)->privileges);
}

static void drop_default_privilege(struct step_sink *sink, const struct object *object)
{
    struct text_list after = initial_defaults(sink, as_default_privilege(object));

    change_defaults(sink, object, &as_default_privilege(object)->privileges, &after);
}

static void alter_default_privilege(struct step_sink *sink, const struct object *before,
                                    const struct object *after, uint64_t changed)
{
    (void)changed;
    change_defaults(sink, after, &as_default_privilege(before)->privileges,
                    &as_default_privilege(after)->privileges);
}

const struct writer write_default_privilege_writer = {
    .create = create_default_privilege,
    .drop = drop_default_privilege,
    .alter = alter_default_privilege,
};
