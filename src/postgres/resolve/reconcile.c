/* Two resolved models are made comparable: what only one of them can know is taken out or filled in.
 * A file does not know the server's version, the connection's user or the version of an extension; a
 * catalog does not know what was left to it. */
#include <string.h>

#include "core/map.h"
#include "model/fields.h"
#include "model/identity.h"
#include "postgres/facts/acl.h"
#include "postgres/facts/flavor.h"
#include "postgres/resolve/facts.h"
#include "postgres/resolve/reconcile.h"
#include "postgres/sql/quote.h"

struct pair {
    struct model *from;
    struct model *to;
    const struct manage *manage;
    const char *user; /* of the connection, NULL none */
    struct map named; /* keys of the privileges that the wanted model speaks of, also where it takes
                         them away */
};

static struct object *counterpart(const struct model *model, const struct object *object)
{
    return model_find_key(model, object->key);
}

/* --- what parents bring about ------------------------------------------------------------------- */

/* Both sides lose the same copies; one that only one side has is no difference either. What has parts
 * of its own (a comment, say) stays. */
static void remove_implied(struct model *model, struct model *other)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        struct object *twin;

        if (object->removed || !object->implied || object->kind == KIND_SCHEMA ||
            object->kind == KIND_TRIGGER || object->first_child)
            continue;
        twin = counterpart(other, object);
        if (twin && !twin->implied)
            continue;
        if (twin && !twin->first_child)
            model_remove(other, twin);
        model_remove(model, object);
    }
}

static void reconcile_implied(struct pair *pair)
{
    remove_implied(pair->from, pair->to);
    remove_implied(pair->to, pair->from);
}

/* --- extensions ----------------------------------------------------------------------------------- */

static void reconcile_extension(struct pair *pair, struct object *before, struct object *after)
{
    struct extension *have = as_extension(before);
    struct extension *want = as_extension(after);
    struct object *comment = object_child(before, KIND_COMMENT, "");

    if (!want->version)
        want->version = have->version;
    if (!want->schema)
        want->schema = have->schema;
    if (!have->schema)
        have->schema = want->schema;
    if (!have->version)
        have->version = want->version;
    /* CREATE EXTENSION writes a comment by itself */
    if (comment && !object_child(after, KIND_COMMENT, ""))
        model_remove(pair->from, comment);
}

/* --- owners --------------------------------------------------------------------------------------- */

static const char *owner_of(const struct object *object)
{
    const struct object *owner = object_child(object, KIND_OWNER, "");

    return owner ? as_owner(owner)->role : NULL;
}

static void add_owner(struct model *model, struct object *object, const char *role)
{
    struct object *owner = model_add(model, KIND_OWNER, object, "", NULL);

    if (owner)
        as_owner(owner)->role = role;
}

/* A server from 15 on makes the schema public with an owner that files do not say, those of pg_dump neither. */
static bool is_made_owner(const struct pair *pair, const struct object *before,
                          const struct object *owner)
{
    return !pair->from->server_version && pair->from->speaks_of_owners &&
           !object_child(before, KIND_OWNER, "") && before->kind == KIND_SCHEMA &&
           strcmp(before->name, "public") == 0 &&
           strcmp(as_owner(owner)->role, "pg_database_owner") == 0;
}

/* The owner that a wanted object has without saying so: the connection's user where owners are
 * managed, else whoever owns it now: one that is made anew gets him back. */
static void reconcile_owner(struct pair *pair, struct object *before, struct object *after)
{
    struct object *owner = object_child(before, KIND_OWNER, "");
    struct object *wanted = object_child(after, KIND_OWNER, "");

    if (wanted && is_made_owner(pair, before, wanted))
        add_owner(pair->from, before, as_owner(wanted)->role);
    if (!owner || wanted)
        return;
    if (pair->manage->owners && pair->user && object_is_declared(after))
        add_owner(pair->to, after, pair->user);
    else if (!pair->user || strcmp(as_owner(owner)->role, pair->user) != 0)
        add_owner(pair->to, after, as_owner(owner)->role);
    else
        model_remove(pair->from, owner);
}

/* A new object belongs to the connection's user: saying so is no change. */
static void forget_own(struct pair *pair, struct object *after)
{
    struct object *owner = object_child(after, KIND_OWNER, "");

    if (owner && pair->user && strcmp(as_owner(owner)->role, pair->user) == 0)
        model_remove(pair->to, owner);
}

static bool owns(enum kind kind)
{
    switch (kind) {
    case KIND_SCHEMA:
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_COMPOSITE:
    case KIND_RANGE:
    case KIND_SEQUENCE:
    case KIND_FUNCTION:
    case KIND_AGGREGATE:
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
        return true;
    default:
        return false;
    }
}

/* Those of objects that go are not worth a word. */
static void forget_those_of_dropped(struct pair *pair, enum kind kind)
{
    for (size_t i = 0; i < pair->from->count; i++) {
        struct object *object = pair->from->objects[i];

        if (!object->removed && object->kind == kind &&
            (!object->parent || !counterpart(pair->to, object->parent)))
            model_remove(pair->from, object);
    }
}

/* A sequence can only be owned by a column whose table has its owner; with a new table it goes along later. */
static void order_owners(const struct model *from, struct model *to)
{
    for (size_t i = 0; i < to->count; i++) {
        struct object *object = to->objects[i];
        const struct object *column =
            object->kind == KIND_OWNED_BY && !object->removed ? as_owned_by(object)->column : NULL;
        struct object *owner = column ? object_child(column->parent, KIND_OWNER, "") : NULL;

        if (owner && counterpart(from, column->parent))
            model_need(to, object, owner);
    }
}

static void reconcile_owners(struct pair *pair)
{
    bool managed = pair->manage->owners || pair->to->speaks_of_owners;

    if (!managed) {
        model_remove_kind(pair->to, KIND_OWNER);
        forget_those_of_dropped(pair, KIND_OWNER);
    }
    for (size_t i = 0; i < pair->to->count; i++) {
        struct object *after = pair->to->objects[i];
        struct object *before;

        if (after->removed || !owns(after->kind))
            continue;
        before = counterpart(pair->from, after);
        if (before)
            reconcile_owner(pair, before, after);
        else
            forget_own(pair, after);
    }
    order_owners(pair->from, pair->to);
}

/* --- privileges ----------------------------------------------------------------------------------- */

static struct object *securable(const struct object *object)
{
    return object->parent && object->parent->kind == KIND_COLUMN ? object->parent->parent
                                                                 : object->parent;
}

/* Grants to the owner are kept under the name OWNER, whoever that is. A file that grants to somebody
 * whom it does not know as the owner starts from nothing: the owner holds everything besides. */
static void name_owner(struct model *model, struct object *privilege, const char *owner,
                       int server_version)
{
    struct text_list usual;

    if (!owner || strcmp(privilege->name, owner) != 0 || strcmp(privilege->name, "OWNER") == 0)
        return;
    if (!model_rename(model, privilege, privilege->parent, "OWNER", NULL)) {
        model_remove(model, privilege);
        return;
    }
    usual = pg_default_privileges(model->arena, privilege->parent, "OWNER", true, server_version);
    for (size_t i = 0; i < usual.count; i++) {
        struct text_list *privileges = &as_privilege(privilege)->privileges;
        const char *grantable = arena_printf(model->arena, "%s*", usual.items[i]);

        if (!text_list_contains(privileges, grantable) &&
            !text_list_contains(privileges, usual.items[i]))
            text_list_add(privileges, model->arena, usual.items[i]);
    }
}

/* A file is read for the newest server: an older one has no MAINTAIN in its ALL. */
static void forget_unknown(struct text_list *privileges, int server_version)
{
    size_t kept = 0;

    if (pg_can(server_version, PG_CAN_MAINTAIN_PRIVILEGE))
        return;
    for (size_t i = 0; i < privileges->count; i++)
        if (strncmp(privileges->items[i], "MAINTAIN", 8) != 0)
            privileges->items[kept++] = privileges->items[i];
    privileges->count = kept;
}

/* What a grantee holds anyway is no privilege object. */
static void forget_default(struct model *model, struct object *privilege, int server_version)
{
    struct text_list *privileges = &as_privilege(privilege)->privileges;
    struct arena *scratch = arena_new();
    struct text_list usual =
        pg_default_privileges(scratch, privilege->parent, privilege->name,
                              strcmp(privilege->name, "OWNER") == 0, server_version);

    forget_unknown(privileges, server_version);
    text_list_sort(privileges);
    text_list_sort(&usual);
    if (text_list_equal(privileges, &usual))
        model_remove(model, privilege);
    arena_free(scratch);
}

static void settle_privileges(struct pair *pair, struct model *model, int version)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        const struct object *on;
        const char *owner;

        if (object->removed || object->kind != KIND_PRIVILEGE)
            continue;
        on = securable(object);
        owner = owner_of(on);
        if (!owner) {
            const struct object *twin = counterpart(pair->from, on);

            owner = twin && owner_of(twin) ? owner_of(twin) : pair->user;
        }
        name_owner(model, object, owner, version);
        if (object->removed)
            continue;
        if (model == pair->to)
            map_add(&pair->named, object->key);
        forget_default(model, object, version);
    }
}

/* The connection's user is "" in default privileges. */
static void name_own_default(const struct pair *pair, struct model *model, struct object *object)
{
    struct default_privilege *entry = as_default_privilege(object);

    if (!pair->user || !entry->role || strcmp(entry->role, pair->user) != 0)
        return;
    entry->role = "";
    if (!model_rename(model, object, object->parent,
                      arena_printf(model->arena, "/%s/%s/%s", entry->schema ? entry->schema : "",
                                   entry->object_type, entry->grantee),
                      NULL))
        model_remove(model, object);
}

/* An entry that changes nothing is none. */
static void forget_usual_entry(struct model *model, struct object *object, int version)
{
    struct default_privilege *entry = as_default_privilege(object);
    struct arena *scratch = arena_new();
    struct text_list usual = pg_default_privileges(scratch, object, entry->grantee,
                                                   strcmp(entry->grantee, "OWNER") == 0, version);

    text_list_sort(&entry->privileges);
    text_list_sort(&usual);
    if (text_list_equal(&entry->privileges, &usual))
        model_remove(model, object);
    arena_free(scratch);
}

static void settle_default_privileges(struct pair *pair, struct model *model, int version)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        struct default_privilege *entry;

        if (object->removed || object->kind != KIND_DEFAULT_PRIVILEGE)
            continue;
        entry = as_default_privilege(object);
        forget_unknown(&entry->privileges, version);
        name_own_default(pair, model, object);
        if (object->removed)
            continue;
        if (model == pair->to)
            map_add(&pair->named, object->key);
        forget_usual_entry(model, object, version);
    }
}

/* --- privileges that nobody manages ----------------------------------------------------------------- */

/* The sequence that the column owns. */
static struct object *owned_sequence(const struct model *model, const struct object *column)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (!object->removed && object->kind == KIND_OWNED_BY &&
            as_owned_by(object)->column == column)
            return object->parent;
    }
    return NULL;
}

/* Columns of views are in a model only where they carry something. */
static struct object *view_column(struct model *to, const struct object *column)
{
    struct object *relation = counterpart(to, column->parent);
    struct object *made;
    const struct text_list *columns;

    if (!relation || (relation->kind != KIND_VIEW && relation->kind != KIND_MATERIALIZED_VIEW))
        return NULL;
    columns = relation->kind == KIND_VIEW ? &as_view(relation)->columns
                                          : &as_materialized_view(relation)->columns;
    if (columns->count && !text_list_contains(columns, column->name))
        return NULL;
    made = model_add(to, KIND_COLUMN, relation, column->name, NULL);
    as_column(made)->statistics = as_column(column)->statistics;
    return made;
}

/* What takes the place of the object in the wanted model: itself, or the sequence of a serial column that was an
 * identity. */
static struct object *heir(struct model *to, const struct object *object)
{
    struct object *found = counterpart(to, object);
    const struct object *column;

    if (found)
        return found;
    switch (object->kind) {
    case KIND_COLUMN:
        return view_column(to, object);
    case KIND_IDENTITY:
        column = counterpart(to, object->parent);
        return column ? owned_sequence(to, column) : NULL;
    default:
        return NULL;
    }
}

/* What nobody manages stays, and comes back where an object is made anew. */
static void keep_privilege(struct pair *pair, const struct object *before)
{
    struct object *parent = before->parent ? heir(pair->to, before->parent) : NULL;
    struct object *after =
        parent ? model_add(pair->to, KIND_PRIVILEGE, parent, before->name, NULL) : NULL;

    if (after)
        as_privilege(after)->privileges = as_privilege(before)->privileges;
}

/* Privileges, and default ones, that the wanted model does not speak of are left as they are. */
static void keep_privileges(struct pair *pair)
{
    for (size_t i = 0; i < pair->from->count; i++) {
        struct object *before = pair->from->objects[i];

        if (before->removed || map_get(&pair->named, before->key))
            continue;
        if (before->kind == KIND_PRIVILEGE)
            keep_privilege(pair, before);
        else if (before->kind == KIND_DEFAULT_PRIVILEGE)
            model_remove(pair->from, before);
    }
    forget_those_of_dropped(pair, KIND_PRIVILEGE);
}

static void reconcile_privileges(struct pair *pair)
{
    int version =
        pair->from->server_version ? pair->from->server_version : pair->to->server_version;

    if (!pair->manage->privileges && !pair->to->speaks_of_privileges) {
        model_remove_kind(pair->to, KIND_DEFAULT_PRIVILEGE);
        model_remove_kind(pair->to, KIND_PRIVILEGE);
    }
    settle_privileges(pair, pair->to, version);
    settle_privileges(pair, pair->from, version);
    settle_default_privileges(pair, pair->from, version);
    settle_default_privileges(pair, pair->to, version);
    if (!pair->manage->privileges && !pair->to->knows_privileges)
        keep_privileges(pair);
}

/* A schema that the files use without declaring it is the database's own affair. */
static void leave_marks(struct pair *pair, struct object *before)
{
    static const enum kind marks[] = {KIND_OWNER, KIND_PRIVILEGE, KIND_COMMENT};

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        for (struct object *mark = object_next_child(before, marks[i], NULL), *next; mark;
             mark = next) {
            next = object_next_child(before, marks[i], mark);
            if (!counterpart(pair->to, mark))
                model_remove(pair->from, mark);
        }
}

/* What stays in a schema that the wanted state lacks keeps it. True where it had to be kept. */
static bool keep_schema(struct pair *pair, struct object *schema)
{
    if (!schema || counterpart(pair->to, schema))
        return false;
    model_add(pair->to, KIND_SCHEMA, NULL, schema->name, NULL)->adopted = true;
    leave_marks(pair, schema);
    return true;
}

/* --- what plumb does not model -------------------------------------------------------------------- */

/* True when the model has objects of the class: then it is meant to name them all. */
static bool speaks_of_class(const struct model *model, const char *object_class)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (!object->removed && object->kind == KIND_UNMODELLED &&
            strcmp(as_unmodelled(object)->object_class, object_class) == 0)
            return true;
    }
    return false;
}

/* A rule on a table, a publication of tables, a cast by a function: what hangs on objects that the wanted
 * state has to name belongs to it as well. Servers, collations, languages stand alone. */
static bool hangs_on_schema(const struct object *object)
{
    if (!as_unmodelled(object)->facts.count)
        return false;
    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *other = object->needs.items[i];

        if (other->kind != KIND_SCHEMA && other->kind != KIND_EXTENSION &&
            other->kind != KIND_UNMODELLED)
            return true;
    }
    return false;
}

/* A file may say CURRENT_USER; the database knows who that is. */
static void name_current_user(struct pair *pair)
{
    static const char said[] = "user mapping current_user on ";

    for (size_t i = 0; pair->user && i < pair->to->count; i++) {
        struct object *object = pair->to->objects[i];

        if (object->removed || object->kind != KIND_UNMODELLED ||
            strncmp(object->name, said, sizeof(said) - 1) != 0)
            continue;
        if (!model_rename(pair->to, object, object->parent,
                          arena_printf(pair->to->arena, "user mapping %s on %s", pair->user,
                                       object->name + sizeof(said) - 1),
                          NULL))
            model_remove(pair->to, object);
    }
}

static void name_current_user_in_policies(const struct pair *pair, struct model *model)
{
    for (size_t i = 0; pair->user && i < model->count; i++) {
        struct text_list *roles;

        if (model->objects[i]->removed || model->objects[i]->kind != KIND_POLICY)
            continue;
        roles = &as_policy(model->objects[i])->roles;
        for (size_t j = 0; j < roles->count; j++)
            if (strcmp(roles->items[j], "current_user") == 0)
                roles->items[j] = pair->user;
        text_list_sort(roles);
    }
}

/* A fact whose value is a name without schema, of something that the files do not declare, means what
 * the database found along its path. */
static void settle_facts(struct pair *pair, const struct text_list *have, struct text_list *want)
{
    for (size_t i = 0; i < want->count; i++) {
        const char *mark = strstr(want->items[i], ": ");
        const char *found;
        const char *dot;

        if (!mark || strchr(mark, '.') || strchr(mark, '\''))
            continue;
        found = facts_get(
            have, arena_strndup(pair->to->arena, want->items[i], (size_t)(mark - want->items[i])));
        dot = found ? strrchr(found, '.') : NULL;
        if (dot && strcmp(dot + 1, mark + 2) == 0)
            want->items[i] = arena_printf(pair->to->arena, "%.*s: %s", (int)(mark - want->items[i]),
                                          want->items[i], found);
    }
}

/* A secret that one side does not tell stays as it is: an earlier version's record knew only that it is there, and
 * what the files leave out of a mapping may be known to the database alone. */
static void keep_secrets(struct pair *pair, struct text_list *have, struct text_list *want)
{
    const char *name;
    const char *value;
    size_t at = 0;

    while (facts_next(have, pair->to->arena, "option", &at, &name, &value)) {
        const char *other = facts_get_named(want, "option", name);
        const char *key = arena_printf(pair->to->arena, "option %s", name);

        if (facts_is_hidden(name, value) && other)
            facts_set(have, pair->from->arena, key, other);
        else if (facts_is_hidden(name, value) || (other && facts_is_hidden(name, other)))
            facts_set(want, pair->to->arena, key, value);
    }
    text_list_sort(have);
    text_list_sort(want);
}

/* The options of a mapping that this role may not see cannot be compared. */
static bool settle_unreadable(struct pair *pair, const struct object *before,
                              struct unmodelled *have, struct unmodelled *want)
{
    static const char unreadable[] = "\"" FACTS_UNREADABLE "\"";
    bool held = facts_get_named(&have->facts, "option", unreadable) != NULL;
    bool wanted = facts_get_named(&want->facts, "option", unreadable) != NULL;

    if (!held && !wanted)
        return false;
    if (held)
        have->facts = want->facts;
    else
        want->facts = have->facts;
    have->definition = want->definition;
    if (held != wanted)
        text_list_add(
            &pair->to->notes, pair->to->arena,
            arena_printf(
                pair->to->arena,
                "whether %s has changed cannot be known: this role may not see its options",
                before->name));
    return true;
}

/* Definitions are compared by the facts that both doors found in them. Where one of them found none, a
 * file's text and a server's rendering cannot be compared: it is taken as it is, and said so. */
static void settle_definition(struct pair *pair, struct object *before, struct object *after)
{
    struct unmodelled *have = as_unmodelled(before);
    struct unmodelled *want = as_unmodelled(after);

    have->object_class = want->object_class;
    if (settle_unreadable(pair, before, have, want))
        return;
    if (have->facts.count && want->facts.count) {
        settle_facts(pair, &have->facts, &want->facts);
        keep_secrets(pair, &have->facts, &want->facts);
        have->definition = want->definition;
        return;
    }
    have->facts = want->facts;
    if (!fields_changed(before, after))
        return;
    have->definition = want->definition;
    text_list_add(&pair->to->notes, pair->to->arena,
                  arena_printf(pair->to->arena,
                               "%s is not modelled: its definition is not compared", before->name));
}

/* True for what the server ends together with the table that it is about. */
static bool goes_with_table(const struct object *object)
{
    static const char *const classes[] = {"rule", "statistics object", "publication"};

    for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
        if (strncmp(object->name, classes[i], strlen(classes[i])) == 0 &&
            object->name[strlen(classes[i])] == ' ')
            return true;
    return false;
}

/* The schema in which it stands, by the name that the server gives it: "operator class s.o USING btree". */
static struct object *schema_around(const struct pair *pair, const struct object *object)
{
    const char *name = object->name + strlen(as_unmodelled(object)->object_class);

    name += strspn(name, " ");
    for (size_t i = 0; i < pair->from->count; i++) {
        struct object *schema = pair->from->objects[i];
        const char *quoted;

        if (schema->removed || schema->kind != KIND_SCHEMA)
            continue;
        quoted = pg_quote_name(pair->to->arena, schema->name);
        if (strncmp(name, quoted, strlen(quoted)) == 0 && name[strlen(quoted)] == '.')
            return schema;
    }
    return NULL;
}

/* The server would refuse to drop what it uses: then it is held, and the plan is refused before anything runs
 * (plan/partial.h). */
static bool loses_need(const struct pair *pair, const struct object *object)
{
    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *other = object->needs.items[i];

        if (!other->removed && other->parent && other->kind != KIND_UNMODELLED &&
            !counterpart(pair->to, other))
            return true;
    }
    return false;
}

static void leave_unmodelled(struct pair *pair, struct object *object)
{
    bool loses = loses_need(pair, object), goes = loses && goes_with_table(object);
    struct object *schema = goes ? NULL : schema_around(pair, object);
    struct arena *arena = pair->to->arena;

    if (loses && !goes) {
        object->hold = HOLD_LEFT;
        return;
    }
    text_list_add(&pair->to->notes, arena,
                  arena_printf(arena, "%s is not modelled and not in the wanted state: left alone",
                               object->name));
    if (keep_schema(pair, schema))
        text_list_add(&pair->to->notes, arena,
                      arena_printf(arena, "schema %s is not dropped: %s stands in it", schema->name,
                                   object->name));
    model_remove(pair->from, object);
}

/* What the wanted state lacks is left alone unless it is to be
 * managed and either hangs on what is, or the wanted state speaks of other objects of its class. */
static void reconcile_unmodelled(struct pair *pair)
{
    name_current_user(pair);
    for (size_t i = 0; i < pair->from->count; i++) {
        struct object *before = pair->from->objects[i];
        struct object *after;

        if (before->removed || before->kind != KIND_UNMODELLED)
            continue;
        after = counterpart(pair->to, before);
        if (after)
            settle_definition(pair, before, after);
        else if (!pair->manage->unmodelled ||
                 (!hangs_on_schema(before) &&
                  !speaks_of_class(pair->to, as_unmodelled(before)->object_class)))
            leave_unmodelled(pair, before);
    }
}

/* --- versions ------------------------------------------------------------------------------------- */

/* Before version 18 NOT NULL has neither a name nor options of its own. */
static void settle_not_null(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->removed || object->kind != KIND_NOT_NULL)
            continue;
        as_not_null(object)->constraint_name = NULL;
        as_not_null(object)->no_inherit = false;
        as_not_null(object)->not_valid = false;
        as_not_null(object)->inherited = false;
    }
}

/* Before version 15 a sequence cannot be unlogged by itself. */
static void settle_sequences(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        if (model->objects[i]->removed)
            continue;
        if (model->objects[i]->kind == KIND_SEQUENCE)
            as_sequence(model->objects[i])->unlogged = false;
        else if (model->objects[i]->kind == KIND_IDENTITY)
            as_identity(model->objects[i])->own_persistence = false;
    }
}

static bool both_can(const struct model *from, const struct model *to,
                     enum pg_capability capability)
{
    return pg_can(from->server_version, capability) && pg_can(to->server_version, capability);
}

/* What the files use without declaring it is the database's own affair. */
static void leave_adopted(struct pair *pair)
{
    for (size_t i = 0; i < pair->to->count; i++) {
        struct object *object = pair->to->objects[i];
        struct object *twin = object->removed || !object->adopted || object->kind == KIND_SCHEMA ||
                                      object->kind == KIND_EXTENSION || pg_is_others(object)
                                  ? NULL
                                  : counterpart(pair->from, object);

        if (!twin)
            continue;
        text_list_add(&pair->to->notes, pair->to->arena,
                      arena_printf(pair->to->arena, "%s is used and not declared: left alone",
                                   identity_print(pair->to->arena, object)));
        model_remove(pair->from, twin);
        model_remove(pair->to, object);
    }
}

static void leave_schema(struct pair *pair, struct object *before, const struct object *after)
{
    if (!object_is_declared(after) && pair->to->known_schemas.count &&
        strcmp(after->name, "public") != 0)
        leave_marks(pair, before);
}

static bool names_extensions(const struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed && model->objects[i]->kind == KIND_EXTENSION &&
            !model->objects[i]->adopted)
            return true;
    return false;
}

/* An extension that stays keeps the schema in which it lies. */
static void leave_extension(struct pair *pair, struct object *extension)
{
    const char *name = as_extension(extension)->schema;
    struct object *schema = name ? model_find(pair->from, KIND_SCHEMA, NULL, name, NULL) : NULL;
    struct object *twin = counterpart(pair->to, extension);

    text_list_add(&pair->to->notes, pair->to->arena,
                  arena_printf(pair->to->arena,
                               "extension %s is not in the wanted state, which names no "
                               "extension: left alone",
                               extension->name));
    model_remove(pair->from, extension);
    if (twin)
        model_remove(pair->to, twin);
    keep_schema(pair, schema);
}

/* Extensions are often there for others than the schema's author: they are left alone unless the
 * wanted state speaks of extensions at all. */
static void leave_extensions(struct pair *pair)
{
    if (names_extensions(pair->to))
        return;
    for (size_t i = 0; i < pair->from->count; i++)
        if (!pair->from->objects[i]->removed && pair->from->objects[i]->kind == KIND_EXTENSION)
            leave_extension(pair, pair->from->objects[i]);
}

/* Collations are not modelled: one without a schema that no built-in has is the one that the
 * database finds along its path. */
static void reconcile_collation(const struct pair *pair, const char *have, const char **want)
{
    const char *dot = have ? strrchr(have, '.') : NULL;

    if (!dot || !*want || strcmp(dot + 1, *want) != 0)
        return;
    for (size_t i = 0; i < pair->from->default_path.count; i++) {
        const char *schema = pg_quote_name(pair->to->arena, pair->from->default_path.items[i]);

        if (strlen(schema) == (size_t)(dot - have) && strncmp(schema, have, strlen(schema)) == 0)
            *want = have;
    }
}

static void reconcile_collations(const struct pair *pair, const struct object *before,
                                 const struct object *after)
{
    if (after->kind == KIND_COLUMN)
        reconcile_collation(pair, as_column(before)->collation, &as_column(after)->collation);
    else if (after->kind == KIND_DOMAIN)
        reconcile_collation(pair, as_domain(before)->collation, &as_domain(after)->collation);
    else if (after->kind == KIND_ATTRIBUTE)
        reconcile_collation(pair, as_attribute(before)->collation, &as_attribute(after)->collation);
}

static void reconcile_objects(struct pair *pair)
{
    pg_leave_others(pair->from, pair->to, pair->manage);
    leave_adopted(pair);
    leave_extensions(pair);
    for (size_t i = 0; i < pair->to->count; i++) {
        struct object *after = pair->to->objects[i];
        struct object *before;

        if (after->removed)
            continue;
        before = counterpart(pair->from, after);
        if (before && after->kind == KIND_EXTENSION)
            reconcile_extension(pair, before, after);
        else if (before && after->kind == KIND_SCHEMA)
            leave_schema(pair, before, after);
        else if (before)
            reconcile_collations(pair, before, after);
    }
}

/* A sequence that goes on where a column's identity stood is made by itself, before the column: it is no part of that
 * (write/serial.c looks at its former name, which is this one). */
static void keep_apart_what_follows_identities(const struct model *from, const struct model *to)
{
    for (size_t i = 0; i < to->count; i++) {
        struct object *sequence = to->objects[i];
        const struct object *owned_by = sequence->removed || sequence->kind != KIND_SEQUENCE
                                            ? NULL
                                            : object_child(sequence, KIND_OWNED_BY, "");
        const struct object *column = owned_by ? as_owned_by(owned_by)->column : NULL;
        const struct object *before = column ? model_find_key(from, column->key) : NULL;

        if (before && object_child(before, KIND_IDENTITY, ""))
            sequence->former_name = sequence->name;
    }
}

void pg_reconcile(struct model *from, struct model *to, const struct manage *manage)
{
    struct pair pair = {.from = from, .to = to, .manage = manage, .named = map_new(to->arena)};

    pair.user = from->current_user ? from->current_user : to->current_user;
    pg_release_tables(from, to);
    pg_note_key_types(from, to);
    pg_order_partitions(from, to);
    reconcile_implied(&pair);
    pg_settle_trigger_copies(from, to);
    reconcile_objects(&pair);
    keep_apart_what_follows_identities(from, to);
    pg_move_extension_types(from, to);
    name_current_user_in_policies(&pair, from);
    name_current_user_in_policies(&pair, to);
    reconcile_privileges(&pair);
    reconcile_owners(&pair);
    reconcile_unmodelled(&pair);
    if (!both_can(from, to, PG_CAN_UNLOGGED_SEQUENCE)) {
        settle_sequences(from);
        settle_sequences(to);
    }
    if (!both_can(from, to, PG_CAN_NOT_NULL_CONSTRAINT)) {
        settle_not_null(from);
        settle_not_null(to);
    }
}
