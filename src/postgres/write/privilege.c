/* Owners, privileges and default privileges: the smallest GRANT and REVOKE statements that lead from
 * one set of privileges to another. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"
#include "postgres/facts/acl.h"

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
    if (!new_object || !text_equal(sink->from->current_user, as_owner(object)->role))
        set_owner(sink, object);
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
    /* Nobody asks for an owner any more: it stays, and nothing is dropped. */
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
    case KIND_TABLE:
        return arena_printf(sink->arena, "TABLE %s", write_path(sink, object));
    case KIND_AGGREGATE:
        return arena_printf(sink->arena, "FUNCTION %s(%s)", write_path(sink, object),
                            object->signature ? object->signature : "");
    case KIND_SCHEMA:
    case KIND_SEQUENCE:
    case KIND_IDENTITY:
    case KIND_FUNCTION:
    case KIND_ENUM:
    case KIND_COMPOSITE:
    case KIND_RANGE:
    case KIND_DOMAIN:
        return write_object_reference(sink, object);
    case KIND_UNMODELLED:
        if (!write_unmodelled_reference(sink, object, &word, &identity))
            return NULL;
        if (strcmp(word, "SERVER") == 0)
            word = "FOREIGN SERVER";
        return arena_printf(sink->arena, "%s %s", word, identity);
    default:
        return NULL;
    }
}

/* The object that owns what the privilege is on: a column's table, also for the sequence of its identity. */
static const struct object *owned_object(const struct object *object)
{
    return object->kind == KIND_COLUMN || object->kind == KIND_IDENTITY ? write_relation(object)
                                                                        : object;
}

static const char *grantee_text(const struct step_sink *sink, const struct object *on,
                                const char *grantee)
{
    const struct object *owner;

    if (strcmp(grantee, "PUBLIC") == 0)
        return "PUBLIC";
    if (*grantee && strcmp(grantee, "OWNER") != 0)
        return write_name(sink, grantee);
    owner = object_child(owned_object(on), KIND_OWNER, "");
    return owner ? write_name(sink, as_owner(owner)->role) : "CURRENT_USER";
}

/* True when the table's set held the privilege and no longer does. */
static bool takes_away(const struct text_list *before, const struct text_list *after,
                       const char *privilege)
{
    size_t length = strcspn(privilege, "*");

    return is_lost(grade_of(before, privilege, length), grade_of(after, privilege, length));
}

/* REVOKE on a table takes the privilege on each column along: those that are to stay come back. */
static void restore_columns(struct step_sink *sink, const struct object *on, const char *grantee,
                            const struct text_list *before, const struct text_list *after)
{
    static const struct text_list none = {0};
    const struct object *table = write_wanted(sink, on);

    for (const struct object *column = table ? table->first_child : NULL; column;
         column = column->next_sibling) {
        const struct object *held =
            column->kind == KIND_COLUMN ? object_child(column, KIND_PRIVILEGE, grantee) : NULL;
        struct text_list back = {0};
        struct grant grant = {.prefix = "", .target = write_grant_target(sink, on)};

        for (size_t i = 0; held && i < as_privilege(held)->privileges.count; i++)
            if (takes_away(before, after, as_privilege(held)->privileges.items[i]))
                text_list_add(&back, sink->arena, as_privilege(held)->privileges.items[i]);
        grant.grantee = grantee_text(sink, on, grantee);
        grant.columns = arena_printf(sink->arena, " (%s)", write_name(sink, column->name));
        write_grants(sink, &grant, &none, &back);
    }
}

static void change_privileges(struct step_sink *sink, const struct object *on, const char *grantee,
                              const struct text_list *before, const struct text_list *after)
{
    struct text_list all = pg_all_privileges(sink->arena, on, sink->server_version);
    struct grant grant = {
        .prefix = "",
        .columns = "",
        .target = write_grant_target(sink, on),
        .grantee = grantee_text(sink, on, grantee),
        .all = &all,
    };

    if (on->kind == KIND_COLUMN)
        grant.columns = arena_printf(sink->arena, " (%s)", write_name(sink, on->name));
    if (!grant.target)
        return;
    write_grants(sink, &grant, before, after);
    if (write_relation(on) == on)
        restore_columns(sink, on, grantee, before, after);
}

/* What the server grants by itself. */
static struct text_list built_in_privileges(const struct step_sink *sink,
                                            const struct object *object, const char *grantee)
{
    return pg_default_privileges(sink->arena, object, grantee, strcmp(grantee, "OWNER") == 0,
                                 sink->server_version);
}

/* The next entry (after the one at *place) of the connection's user that is in force for new objects
 * like this one; NULL when there are no more. Those that go are revoked before anything is made. */
static const struct default_privilege *next_entry(const struct step_sink *sink,
                                                  const struct object *object, size_t *place)
{
    const char *type = pg_default_privilege_type(object);
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    if (*place == 0)
        *place = model_first_of(sink->from, KIND_DEFAULT_PRIVILEGE);
    for (; type && sink->from && *place < sink->from->count; ++*place) {
        const struct object *other = sink->from->objects[*place];
        const struct default_privilege *entry;

        if (sink->from->sealed && other->kind > KIND_DEFAULT_PRIVILEGE)
            return NULL;
        if (other->kind != KIND_DEFAULT_PRIVILEGE || other->removed || !write_wanted(sink, other))
            continue;
        entry = as_default_privilege(other);
        if ((entry->role && *entry->role) || strcmp(entry->object_type, type) != 0 ||
            (entry->schema && (!schema || strcmp(entry->schema, schema->name) != 0)))
            continue;
        ++*place;
        return entry;
    }
    return NULL;
}

/* What the grantee has on a new object before anything is granted: an entry for all schemas stands
 * instead of what the server grants by itself, one for the schema comes on top. */
static struct text_list given_privileges(const struct step_sink *sink, const struct object *object,
                                         const char *grantee)
{
    struct text_list given = built_in_privileges(sink, object, grantee);
    const struct default_privilege *entry;
    size_t place = 0;

    while ((entry = next_entry(sink, object, &place)))
        if (!entry->schema && strcmp(entry->grantee, grantee) == 0)
            given = text_list_copy(&entry->privileges, sink->arena);
    place = 0;
    while ((entry = next_entry(sink, object, &place)))
        for (size_t i = 0;
             entry->schema && strcmp(entry->grantee, grantee) == 0 && i < entry->privileges.count;
             i++)
            text_list_add(&given, sink->arena, entry->privileges.items[i]);
    text_list_sort(&given);
    return given;
}

static bool is_new(const struct step_sink *sink, const struct object *object)
{
    if (object->kind == KIND_IDENTITY && !sink->table_is_new)
        return !write_present(sink, object);
    return object->parent ? sink->table_is_new : !write_present(sink, object);
}

void write_given_privileges(struct step_sink *sink, const struct object *object)
{
    struct text_list grantees = {0};
    const struct default_privilege *entry;
    size_t place = 0;

    if (!pg_default_privilege_type(object) || !is_new(sink, object))
        return;
    while ((entry = next_entry(sink, object, &place)))
        if (!object_child(object, KIND_PRIVILEGE, entry->grantee))
            text_list_add(&grantees, sink->arena, entry->grantee);
    text_list_sort(&grantees);
    for (size_t i = 0; i < grantees.count; i++) {
        struct text_list before = given_privileges(sink, object, grantees.items[i]);
        struct text_list after = built_in_privileges(sink, object, grantees.items[i]);

        change_privileges(sink, object, grantees.items[i], &before, &after);
    }
}

/* What a PRIVILEGE object starts from. */
static struct text_list initial_privileges(const struct step_sink *sink,
                                           const struct object *object)
{
    return is_new(sink, object->parent) ? given_privileges(sink, object->parent, object->name)
                                        : built_in_privileges(sink, object->parent, object->name);
}

static void create_privilege(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    struct text_list before = initial_privileges(sink, object);

    (void)folded;
    change_privileges(sink, object->parent, object->name, &before,
                      &as_privilege(object)->privileges);
}

static void drop_privilege(struct step_sink *sink, const struct object *object)
{
    struct text_list after = built_in_privileges(sink, object->parent, object->name);

    change_privileges(sink, object->parent, object->name, &as_privilege(object)->privileges,
                      &after);
}

static void alter_privilege(struct step_sink *sink, const struct object *before,
                            const struct object *after, uint64_t changed)
{
    (void)changed;
    change_privileges(sink, after->parent, after->name, &as_privilege(before)->privileges,
                      &as_privilege(after)->privileges);
}

const struct writer write_privilege_writer = {
    .create = create_privilege,
    .drop = drop_privilege,
    .alter = alter_privilege,
};

/* --- default privileges ---------------------------------------------------------------------------- */

static struct text_list initial_defaults(const struct step_sink *sink, const struct object *object)
{
    return built_in_privileges(sink, object, as_default_privilege(object)->grantee);
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
    else if (strcmp(privilege->grantee, "OWNER") == 0 || !*privilege->grantee)
        grant.grantee = privilege->role && *privilege->role ? write_name(sink, privilege->role)
                                                            : "CURRENT_USER";
    else
        grant.grantee = write_name(sink, privilege->grantee);
    write_grants(sink, &grant, before, after);
}

static void create_default_privilege(struct step_sink *sink, const struct object *object,
                                     const struct pointer_list *folded)
{
    struct text_list before = initial_defaults(sink, object);

    (void)folded;
    change_defaults(sink, object, &before, &as_default_privilege(object)->privileges);
}

static void drop_default_privilege(struct step_sink *sink, const struct object *object)
{
    struct text_list after = initial_defaults(sink, object);

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
