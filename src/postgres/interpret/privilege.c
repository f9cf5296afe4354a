/* Owners, comments, GRANT and REVOKE, ALTER DEFAULT PRIVILEGES. A PRIVILEGE object stands only
 * where what a grantee holds differs from what the server grants by default. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "postgres/facts/acl.h"
#include "postgres/interpret/base/base.h"

/* One grant or revocation, read from its statement. */
struct change {
    bool grant;
    bool option; /* WITH GRANT OPTION, GRANT OPTION FOR */
    bool all;    /* ALL PRIVILEGES */
    struct text_list privileges;
    const char *grantee; /* "PUBLIC", a role, or "" for the current user */
};

/* A rule of ALTER DEFAULT PRIVILEGES: one change for later objects. */
struct default_rule {
    size_t ordinal; /* of its statement */
    const char *role;
    const char *schema; /* NULL: everywhere */
    const char *object_type;
    struct change change;
};

/* --- sets of privileges ----------------------------------------------------------------------- */

static const char *starred(struct interpreter *interpreter, const char *privilege)
{
    return arena_printf(interpreter->arena, "%s*", privilege);
}

static bool same_privilege(const char *entry, const char *privilege, bool *with_option)
{
    size_t length = strlen(privilege);

    *with_option = strncmp(entry, privilege, length) == 0 && strcmp(entry + length, "*") == 0;
    return *with_option || strcmp(entry, privilege) == 0;
}

static void grant_one(struct interpreter *interpreter, struct text_list *set, const char *privilege,
                      bool option)
{
    bool with_option;

    for (size_t i = 0; i < set->count; i++)
        if (same_privilege(set->items[i], privilege, &with_option)) {
            if (option && !with_option)
                set->items[i] = starred(interpreter, privilege);
            return;
        }
    text_list_add(set, interpreter->arena, option ? starred(interpreter, privilege) : privilege);
}

static void revoke_one(struct text_list *set, const char *privilege, bool only_option)
{
    size_t kept = 0;
    bool with_option;

    for (size_t i = 0; i < set->count; i++) {
        if (!same_privilege(set->items[i], privilege, &with_option))
            set->items[kept++] = set->items[i];
        else if (only_option)
            set->items[kept++] = privilege;
    }
    set->count = kept;
}

static void change_set(struct interpreter *interpreter, struct text_list *set,
                       const struct text_list *privileges, const struct change *change)
{
    for (size_t i = 0; i < privileges->count; i++)
        if (change->grant)
            grant_one(interpreter, set, privileges->items[i], change->option);
        else
            revoke_one(set, privileges->items[i], change->option);
    text_list_sort(set);
}

/* The name under which the model has the grantee's privileges on the object. */
static const char *grantee_on(const struct object *object, const char *grantee)
{
    const struct object *owner = object_child(object, KIND_OWNER, "");

    if (object->kind == KIND_COLUMN || object->kind == KIND_IDENTITY)
        owner =
            object_child(object_ancestor(object, KIND_TABLE) ? object_ancestor(object, KIND_TABLE)
                                                             : object->parent,
                         KIND_OWNER, "");
    if (!grantee[0])
        return owner ? "" : "OWNER";
    return owner && strcmp(as_owner(owner)->role, grantee) == 0 ? "OWNER" : grantee;
}

static struct text_list held(struct interpreter *interpreter, const struct object *object,
                             const char *grantee)
{
    const struct object *child = object_child(object, KIND_PRIVILEGE, grantee);

    if (child)
        return text_list_copy(&as_privilege(child)->privileges, interpreter->arena);
    return pg_default_privileges(interpreter->arena, object, grantee, strcmp(grantee, "OWNER") == 0,
                                 interpreter->model->server_version);
}

/* What the grantee would hold without a word is said as well: then that is what is wanted of it. */
static void set_held(struct interpreter *interpreter, struct object *object, const char *grantee,
                     struct text_list set)
{
    struct object *child = object_child(object, KIND_PRIVILEGE, grantee);

    text_list_sort(&set);
    if (!child)
        child = interpret_add_implied(interpreter, KIND_PRIVILEGE, object, grantee, NULL, -1);
    if (child)
        as_privilege(child)->privileges = set;
}

/* Privileges that the kind of object does not know (ALL on a view's column) fall away. */
static struct text_list fitting(struct interpreter *interpreter, const struct object *object,
                                const struct change *change)
{
    struct text_list all =
        pg_all_privileges(interpreter->arena, object, interpreter->model->server_version);
    struct text_list list = {0};

    if (change->all)
        return all;
    for (size_t i = 0; i < change->privileges.count; i++)
        if (text_list_contains(&all, change->privileges.items[i]))
            text_list_add(&list, interpreter->arena, change->privileges.items[i]);
    return list;
}

static void change_object(struct interpreter *interpreter, struct object *object,
                          const struct change *change)
{
    const char *grantee = grantee_on(object, change->grantee);
    struct text_list privileges = fitting(interpreter, object, change);
    struct text_list set = held(interpreter, object, grantee);

    if (!grantee[0])
        return; /* the current user, who is not the owner: nobody knows who that is */
    change_set(interpreter, &set, &privileges, change);
    set_held(interpreter, object, grantee, set);
    /* What is revoked on a table is revoked on its columns. */
    if (!change->grant)
        for (struct object *column = NULL;
             (column = object_next_child(object, KIND_COLUMN, column)) != NULL;)
            if (object_child(column, KIND_PRIVILEGE, grantee))
                change_object(interpreter, column, change);
}

/* --- GRANT and REVOKE ------------------------------------------------------------------------- */

const char *interpret_role(const RoleSpec *role)
{
    switch (role->roletype) {
    case ROLESPEC_CSTRING:
        return role->rolename;
    case ROLESPEC_PUBLIC:
        return "PUBLIC";
    default:
        return NULL;
    }
}

static struct change base_change(struct interpreter *interpreter, const GrantStmt *statement,
                                 const RoleSpec *role)
{
    const char *name = interpret_role(role);

    return (struct change){.grant = statement->is_grant,
                           .option = statement->grant_option,
                           .all = !statement->privileges,
                           .grantee = name ? arena_strdup(interpreter->arena, name) : ""};
}

static enum outcome grant_columns(struct interpreter *interpreter, struct object *object,
                                  const AccessPriv *privilege, const struct change *change)
{
    ListCell *cell;

    foreach (cell, privilege->cols) {
        struct object *column = NULL;
        enum outcome outcome =
            interpret_find_column(interpreter, object, strVal(lfirst(cell)), -1, &column);

        if (outcome != OUTCOME_DONE)
            return outcome;
        change_object(interpreter, column, change);
    }
    return OUTCOME_DONE;
}

static enum outcome grant_on(struct interpreter *interpreter, struct object *object,
                             const GrantStmt *statement, const RoleSpec *role)
{
    struct change whole = base_change(interpreter, statement, role);
    ListCell *cell;

    foreach (cell, statement->privileges) {
        const AccessPriv *privilege = lfirst_node(AccessPriv, cell);
        struct change part = whole;
        enum outcome outcome;

        if (!privilege->cols) {
            text_list_add(&whole.privileges, interpreter->arena,
                          text_upper(interpreter->arena, privilege->priv_name));
            continue;
        }
        part.privileges = (struct text_list){0};
        part.all = !privilege->priv_name;
        if (privilege->priv_name)
            text_list_add(&part.privileges, interpreter->arena,
                          text_upper(interpreter->arena, privilege->priv_name));
        outcome = grant_columns(interpreter, object, privilege, &part);
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    if (whole.all || whole.privileges.count)
        change_object(interpreter, object, &whole);
    return OUTCOME_DONE;
}

/* Column names have to be right before anything is granted. */
static enum outcome check_columns(struct interpreter *interpreter, const struct object *object,
                                  List *privileges)
{
    ListCell *cell;
    ListCell *name;

    if (object->kind != KIND_TABLE)
        return OUTCOME_DONE;
    foreach (cell, privileges)
        foreach (name, lfirst_node(AccessPriv, cell)->cols)
            if (!object_child(object, KIND_COLUMN, strVal(lfirst(name))))
                return interpret_no_child(interpreter, object, KIND_COLUMN, strVal(lfirst(name)),
                                          -1);
    return OUTCOME_DONE;
}

static bool is_of_type(const struct object *object, ObjectType type)
{
    switch (type) {
    case OBJECT_TABLE:
        return object->kind == KIND_TABLE || object->kind == KIND_VIEW ||
               object->kind == KIND_MATERIALIZED_VIEW;
    case OBJECT_SEQUENCE:
        return object->kind == KIND_SEQUENCE;
    case OBJECT_FUNCTION:
        return object->kind == KIND_AGGREGATE ||
               (object->kind == KIND_FUNCTION &&
                strcmp(as_function(object)->routine, "procedure") != 0);
    case OBJECT_PROCEDURE:
        return object->kind == KIND_FUNCTION &&
               strcmp(as_function(object)->routine, "procedure") == 0;
    case OBJECT_ROUTINE:
        return object->kind == KIND_FUNCTION || object->kind == KIND_AGGREGATE;
    default:
        return false;
    }
}

/* The sequences of identity columns are not children of the schema. */
static void collect_identities(struct interpreter *interpreter, const struct object *table,
                               struct pointer_list *objects)
{
    for (struct object *column = NULL;
         (column = object_next_child(table, KIND_COLUMN, column)) != NULL;) {
        struct object *identity = object_next_child(column, KIND_IDENTITY, NULL);

        if (identity && !as_column(column)->inherited)
            pointer_list_add(objects, interpreter->arena, identity);
    }
}

static enum outcome collect_in_schemas(struct interpreter *interpreter, const GrantStmt *statement,
                                       struct pointer_list *objects)
{
    ListCell *cell;

    foreach (cell, statement->objects) {
        struct object *schema = NULL;
        enum outcome outcome =
            interpret_find_object(interpreter, OBJECT_SCHEMA, lfirst(cell), &schema);

        if (outcome != OUTCOME_DONE)
            return outcome;
        for (struct object *child = schema ? schema->first_child : NULL; child;
             child = child->next_sibling) {
            if (is_of_type(child, statement->objtype))
                pointer_list_add(objects, interpreter->arena, child);
            if (statement->objtype == OBJECT_SEQUENCE && child->kind == KIND_TABLE)
                collect_identities(interpreter, child, objects);
        }
    }
    return OUTCOME_DONE;
}

static enum outcome collect_named(struct interpreter *interpreter, const GrantStmt *statement,
                                  struct pointer_list *objects)
{
    ListCell *cell;

    foreach (cell, statement->objects) {
        struct object *object = NULL;
        enum outcome outcome =
            interpret_find_object(interpreter, statement->objtype, lfirst(cell), &object);

        if (outcome == OUTCOME_DONE && object)
            outcome = check_columns(interpreter, object, statement->privileges);
        if (outcome != OUTCOME_DONE)
            return outcome;
        if (object && object->kind == KIND_UNMODELLED)
            interpret_note(interpreter, "grant on an object that is not modelled skipped",
                           "grants on objects that are not modelled skipped");
        else if (object)
            pointer_list_add(objects, interpreter->arena, object);
    }
    return OUTCOME_DONE;
}

enum outcome interpret_grant(struct interpreter *interpreter, GrantStmt *statement)
{
    struct pointer_list objects = {0};
    enum outcome outcome;
    ListCell *cell;

    if (statement->targtype == ACL_TARGET_ALL_IN_SCHEMA) {
        /* What is declared before it may still wait for something. */
        if (interpreter->rounds.waiting.count && !interpreter->rounds.lenient)
            return OUTCOME_MISSING;
        outcome = collect_in_schemas(interpreter, statement, &objects);
    } else {
        outcome = collect_named(interpreter, statement, &objects);
    }
    if (outcome != OUTCOME_DONE)
        return outcome;
    interpreter->model->speaks_of_privileges = true;
    for (size_t i = 0; i < objects.count; i++)
        foreach (cell, statement->grantees)
            if (grant_on(interpreter, objects.items[i], statement, lfirst_node(RoleSpec, cell)) !=
                OUTCOME_DONE)
                return interpret_failed(interpreter);
    return OUTCOME_DONE;
}

/* --- ALTER DEFAULT PRIVILEGES ----------------------------------------------------------------- */

static const char *object_type_of(ObjectType type)
{
    switch (type) {
    case OBJECT_TABLE:
        return "TABLES";
    case OBJECT_SEQUENCE:
        return "SEQUENCES";
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
        return "FUNCTIONS";
    case OBJECT_TYPE:
        return "TYPES";
    case OBJECT_SCHEMA:
        return "SCHEMAS";
    default:
        return "LARGE OBJECTS";
    }
}

/* Reads FOR ROLE and IN SCHEMA into lists; no role stands for the current user, no schema for
 * all. */
static void read_scope(struct interpreter *interpreter, List *options, struct text_list *roles,
                       struct text_list *schemas)
{
    ListCell *cell;
    ListCell *item;

    foreach (cell, options) {
        const DefElem *option = lfirst_node(DefElem, cell);

        foreach (item, (List *)option->arg) {
            if (strcmp(option->defname, "schemas") == 0) {
                text_list_add(schemas, interpreter->arena,
                              arena_strdup(interpreter->arena, strVal(lfirst(item))));
            } else if (strcmp(option->defname, "roles") == 0) {
                const char *role = interpret_role(lfirst_node(RoleSpec, item));

                text_list_add(roles, interpreter->arena,
                              role ? arena_strdup(interpreter->arena, role) : "");
            }
        }
    }
    if (!roles->count)
        text_list_add(roles, interpreter->arena, interpreter->statement->role);
    if (!schemas->count)
        text_list_add(schemas, interpreter->arena, NULL);
}

/* Changes the DEFAULT_PRIVILEGE entry that the rule speaks of. */
static void change_entry(struct interpreter *interpreter, const struct default_rule *rule)
{
    const char *grantee = rule->change.grantee;
    struct default_privilege entry = {
        .role = rule->role, .schema = rule->schema, .object_type = rule->object_type};
    struct object *object;
    struct text_list built_in;
    struct text_list set;
    struct text_list privileges;
    const char *name;

    if (!grantee[0] || strcmp(grantee, rule->role) == 0)
        grantee = "OWNER";
    entry.object.kind = KIND_DEFAULT_PRIVILEGE;
    entry.grantee = grantee;
    name = arena_printf(interpreter->arena, "%s/%s/%s/%s", rule->role,
                        rule->schema ? rule->schema : "", rule->object_type, grantee);
    object = model_find(interpreter->model, KIND_DEFAULT_PRIVILEGE, NULL, name, NULL);
    built_in =
        pg_default_privileges(interpreter->arena, &entry.object, grantee,
                              strcmp(grantee, "OWNER") == 0, interpreter->model->server_version);
    set = text_list_copy(object ? &as_default_privilege(object)->privileges : &built_in,
                         interpreter->arena);
    privileges = fitting(interpreter, &entry.object, &rule->change);
    change_set(interpreter, &set, &privileges, &rule->change);
    if (!object)
        object = interpret_add_implied(interpreter, KIND_DEFAULT_PRIVILEGE, NULL, name, NULL, -1);
    if (!object)
        return;
    entry.object = *object;
    entry.privileges = set;
    *as_default_privilege(object) = entry;
}

static void add_rule(struct interpreter *interpreter, const struct default_rule *rule)
{
    pointer_list_add(&interpreter->default_privileges, interpreter->arena,
                     arena_copy(interpreter->arena, rule, sizeof(*rule)));
}

/* The rules of one statement: one a role, schema and grantee. */
static void make_rules(struct interpreter *interpreter, const GrantStmt *action,
                       const struct text_list *roles, const struct text_list *schemas,
                       struct pointer_list *rules)
{
    ListCell *cell;
    ListCell *item;

    for (size_t i = 0; i < roles->count; i++)
        for (size_t j = 0; j < schemas->count; j++)
            foreach (cell, action->grantees) {
                struct default_rule *rule = ARENA_NEW(interpreter->arena, struct default_rule);

                rule->ordinal = interpreter->statement->ordinal;
                rule->role = roles->items[i];
                rule->schema = schemas->items[j];
                rule->object_type = object_type_of(action->objtype);
                rule->change = base_change(interpreter, action, lfirst_node(RoleSpec, cell));
                foreach (item, action->privileges)
                    text_list_add(
                        &rule->change.privileges, interpreter->arena,
                        text_upper(interpreter->arena, lfirst_node(AccessPriv, item)->priv_name));
                pointer_list_add(rules, interpreter->arena, rule);
            }
}

static bool is_known_rule(const struct interpreter *interpreter)
{
    const struct pointer_list *rules = &interpreter->default_privileges;

    for (size_t i = 0; i < rules->count; i++) {
        const struct default_rule *rule = rules->items[i];

        if (rule->ordinal == interpreter->statement->ordinal)
            return true;
    }
    return false;
}

enum outcome interpret_default_privileges(struct interpreter *interpreter,
                                          AlterDefaultPrivilegesStmt *statement)
{
    struct text_list roles = {0};
    struct text_list schemas = {0};
    struct pointer_list rules = {0};

    read_scope(interpreter, statement->options, &roles, &schemas);
    make_rules(interpreter, statement->action, &roles, &schemas, &rules);
    /* The rules count from here on, even where the schema is declared later. */
    if (!is_known_rule(interpreter))
        for (size_t i = 0; i < rules.count; i++)
            add_rule(interpreter, rules.items[i]);
    for (size_t i = 0; i < schemas.count; i++)
        if (schemas.items[i] && !interpret_schema(interpreter, schemas.items[i]))
            return interpret_missing(interpreter, -1, "schema %s does not exist", schemas.items[i]);
    interpreter->model->speaks_of_privileges = true;
    for (size_t i = 0; i < rules.count; i++)
        change_entry(interpreter, rules.items[i]);
    return OUTCOME_DONE;
}

static void apply_default_privileges(struct interpreter *interpreter, struct object *object)
{
    const struct pointer_list *rules = &interpreter->default_privileges;
    const char *type = rules->count ? pg_default_privilege_type(object) : NULL;
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    if (object->kind == KIND_IDENTITY && as_column(object->parent)->inherited)
        return; /* the sequence is the partitioned table's */
    for (size_t i = 0; type && i < rules->count; i++) {
        const struct default_rule *rule = rules->items[i];

        if (rule->ordinal > interpreter->statement->ordinal || strcmp(rule->object_type, type) != 0)
            continue;
        if (strcmp(rule->role, interpreter->statement->role) != 0 ||
            (rule->schema && (!schema || strcmp(schema->name, rule->schema) != 0)))
            continue;
        change_object(interpreter, object, &rule->change);
    }
}

/* --- owners ----------------------------------------------------------------------------------- */

/* The new owner's own grants melt into the owner's. */
static void move_privileges(struct interpreter *interpreter, struct object *object,
                            const char *role)
{
    struct object *child = object_child(object, KIND_PRIVILEGE, role);
    struct text_list granted;
    struct text_list set;

    if (!child)
        return;
    granted = as_privilege(child)->privileges;
    interpret_remove(interpreter, child);
    set = held(interpreter, object, "OWNER");
    for (size_t i = 0; i < granted.count; i++) {
        const char *privilege = granted.items[i];
        size_t length = strlen(privilege);
        bool option = length > 0 && privilege[length - 1] == '*';

        grant_one(interpreter, &set,
                  arena_strndup(interpreter->arena, privilege, option ? length - 1 : length),
                  option);
    }
    set_held(interpreter, object, "OWNER", set);
}

static void set_one_owner(struct interpreter *interpreter, struct object *object, const char *role)
{
    struct object *owner = object_child(object, KIND_OWNER, "");

    if (!owner)
        owner = interpret_add_implied(interpreter, KIND_OWNER, object, "", NULL, -1);
    if (!owner)
        return;
    as_owner(owner)->role = role;
    move_privileges(interpreter, object, role);
}

/* What is made after SET ROLE belongs to that role. */
static void set_maker(struct interpreter *interpreter, struct object *object)
{
    const char *role = interpreter->statement->role;

    if (!role[0] || object->kind == KIND_IDENTITY ||
        (!pg_default_privilege_type(object) && object->kind != KIND_SCHEMA))
        return;
    interpreter->model->speaks_of_owners = true;
    set_one_owner(interpreter, object, role);
}

void interpret_made(struct interpreter *interpreter, struct object *object)
{
    set_maker(interpreter, object);
    apply_default_privileges(interpreter, object);
}

void interpret_set_owner(struct interpreter *interpreter, struct object *object,
                         const RoleSpec *role)
{
    const char *name = role ? interpret_role(role) : NULL;

    if (!name || object->kind == KIND_IDENTITY || object->kind == KIND_UNMODELLED)
        return;
    name = arena_strdup(interpreter->arena, name);
    interpreter->model->speaks_of_owners = true;
    set_one_owner(interpreter, object, name);
    if (object->kind != KIND_TABLE)
        return;
    for (size_t i = 0; i < interpreter->owned.count; i++) {
        const struct object *owned = interpreter->owned.items[i];

        if (!owned->removed && as_owned_by(owned)->column &&
            as_owned_by(owned)->column->parent == object)
            set_one_owner(interpreter, owned->parent, name);
    }
}

enum outcome interpret_owner(struct interpreter *interpreter, AlterOwnerStmt *statement)
{
    struct object *object = NULL;
    Node *name = statement->relation ? (Node *)statement->relation : statement->object;
    enum outcome outcome = interpret_find_object(interpreter, statement->objectType, name, &object);

    if (outcome != OUTCOME_DONE || !object)
        return outcome;
    if (object->kind == KIND_UNMODELLED || object->kind == KIND_EXTENSION)
        return OUTCOME_DONE; /* their owners are not in the model */
    interpret_set_owner(interpreter, object, statement->newowner);
    return OUTCOME_DONE;
}

/* --- comments --------------------------------------------------------------------------------- */

void interpret_set_comment(struct interpreter *interpreter, struct object *object, const char *text)
{
    struct object *comment = object_child(object, KIND_COMMENT, "");

    if (text && object->kind == KIND_SCHEMA && strcmp(object->name, "public") == 0 &&
        strcmp(text, "standard public schema") == 0)
        text = NULL; /* that is what every database has */
    if (!text || !text[0]) {
        if (comment)
            interpret_remove(interpreter, comment);
        return;
    }
    if (!comment)
        comment = interpret_add_implied(interpreter, KIND_COMMENT, object, "", NULL, -1);
    if (comment)
        as_comment(comment)->text = arena_strdup(interpreter->arena, text);
}

/* The index behind a constraint is no object: its comment is a second one of the constraint. */
static void comment_on_key(struct interpreter *interpreter, struct object *key, const char *text)
{
    struct object *comment = object_child(key, KIND_COMMENT, "index");

    if (comment)
        interpret_remove(interpreter, comment);
    if (!text || !text[0])
        return;
    comment = interpret_add_implied(interpreter, KIND_COMMENT, key, "index", NULL, -1);
    as_comment(comment)->text = arena_strdup(interpreter->arena, text);
}

enum outcome interpret_comment(struct interpreter *interpreter, CommentStmt *statement)
{
    struct object *object = NULL;
    enum outcome outcome =
        interpret_find_object(interpreter, statement->objtype, statement->object, &object);

    if (outcome != OUTCOME_DONE || !object)
        return outcome;
    if (statement->objtype == OBJECT_INDEX && object->kind != KIND_INDEX) {
        comment_on_key(interpreter, object, statement->comment);
        return OUTCOME_DONE;
    }
    interpret_set_comment(interpreter, object, statement->comment);
    return OUTCOME_DONE;
}
