/* DROP, ALTER ... RENAME and ALTER ... SET SCHEMA, of every kind. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "model/fields.h"
#include "model/identity.h"
#include "postgres/interpret/base/base.h"
#include "postgres/interpret/table/table.h"
#include "postgres/interpret/users.h"
#include "postgres/sql/quote.h"

/* --- what depends on an object ---------------------------------------------------------------- */

static bool lists(const struct pointer_list *list, const struct object *object)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == object)
            return true;
    return false;
}

/* True for "schema.type", also as an array or with a modifier. */
static bool is_type_text(const char *text, const char *name)
{
    size_t length = strlen(name);

    return text && strncmp(text, name, length) == 0 &&
           (!text[length] || text[length] == '[' || text[length] == '(');
}

struct type_search {
    const char *type;
    bool found;
};

static void see_type(const char *text, void *context)
{
    struct type_search *search = context;

    search->found |= is_type_text(text, search->type);
}

static bool uses_type(const struct object *object, const char *type)
{
    struct type_search search = {.type = type};

    types_named_by(object, see_type, &search);
    return search.found;
}

static bool is_type(enum kind kind)
{
    return kind == KIND_ENUM || kind == KIND_DOMAIN || kind == KIND_COMPOSITE ||
           kind == KIND_RANGE || kind == KIND_TABLE || kind == KIND_VIEW;
}

static bool is_relation(enum kind kind)
{
    return kind == KIND_TABLE || kind == KIND_VIEW || kind == KIND_MATERIALIZED_VIEW;
}

static bool is_key_of(const struct object *key, const struct foreign_key *foreign_key)
{
    const struct text_list *columns = key->kind == KIND_PRIMARY_KEY
                                          ? &as_primary_key(key)->columns
                                          : &as_unique_constraint(key)->columns;

    if (foreign_key->table != key->parent ||
        columns->count != foreign_key->referenced_columns.count)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!text_list_contains(columns, foreign_key->referenced_columns.items[i]))
            return false;
    return true;
}

/* True when other cannot stay without the object, and DROP has to say CASCADE to end both. type: the
 * object's name where it is a type as well, else NULL. */
static bool depends(struct interpreter *interpreter, const struct object *other,
                    const struct object *object, const char *type)
{
    if (other->kind == KIND_FOREIGN_KEY && as_foreign_key(other)->table == object)
        return true;
    if (other->kind == KIND_FOREIGN_KEY &&
        (object->kind == KIND_PRIMARY_KEY || object->kind == KIND_UNIQUE))
        return is_key_of(object, as_foreign_key(other));
    if (other->kind == KIND_TABLE && lists(&as_table(other)->inherits, object))
        return true;
    if (object->kind == KIND_FUNCTION && other->kind == KIND_TRIGGER &&
        lists(&other->needs, object))
        return true;
    if (is_relation(object->kind) &&
        (other->kind == KIND_VIEW || other->kind == KIND_MATERIALIZED_VIEW) &&
        interpret_mentions(interpreter, other, object, NULL))
        return true;
    return type && uses_type(other, type);
}

static enum outcome refuse_drop(struct interpreter *interpreter, const struct object *object,
                                const struct object *other)
{
    interpret_fail(interpreter, -1, "%s cannot be dropped: %s needs it",
                   identity_print(interpreter->arena, object),
                   identity_print(interpreter->arena, other));
    error_hint(interpreter->error, "Drop that first, or write CASCADE.");
    return OUTCOME_FAILED;
}

/* What goes without CASCADE: what belongs to the object. */
static bool belongs(const struct object *other, const struct object *object)
{
    if (other->kind == KIND_OWNED_BY && as_owned_by(other)->column &&
        object_is_below(as_owned_by(other)->column, object))
        return true;
    if (other->kind == KIND_ATTACHMENT && as_attachment(other)->table == object)
        return true;
    return other->kind == KIND_UNMODELLED && lists(&other->needs, object);
}

/* Marks and parts that refer to something gone (a replica identity's index, say) go with it. */
static void sweep(struct interpreter *interpreter, const struct object *gone)
{
    struct arena *scratch = arena_new();
    struct pointer_list users = users_by_reference(interpreter, gone, scratch);

    for (size_t i = 0; i < users.count; i++) {
        struct object *user = users.items[i];

        if (user->removed || user->kind == KIND_TABLE)
            continue;
        interpret_remove(interpreter, user);
        sweep(interpreter, user);
    }
    arena_free(scratch);
}

static enum outcome drop_contents(struct interpreter *interpreter, struct object *schema,
                                  bool cascade)
{
    if (schema->first_child && !cascade)
        for (struct object *child = schema->first_child; child; child = child->next_sibling)
            if (child->kind != KIND_OWNER && child->kind != KIND_COMMENT &&
                child->kind != KIND_PRIVILEGE)
                return refuse_drop(interpreter, schema, child);
    while (schema->first_child) {
        struct object *child = schema->first_child;

        if (child->kind == KIND_OWNER || child->kind == KIND_COMMENT ||
            child->kind == KIND_PRIVILEGE)
            interpret_remove(interpreter, child);
        else
            interpret_drop_object(interpreter, child, true);
    }
    return OUTCOME_DONE;
}

/* A column that goes with its type goes as ALTER TABLE ... DROP COLUMN ... CASCADE does it. */
static enum outcome drop_column(struct interpreter *interpreter, const struct object *column)
{
    AlterTableStmt *statement = makeNode(AlterTableStmt);
    AlterTableCmd *command = makeNode(AlterTableCmd);

    command->subtype = AT_DropColumn;
    command->name = pstrdup(column->name);
    command->behavior = DROP_CASCADE;
    statement->relation =
        makeRangeVar(pstrdup(column->parent->parent->name), pstrdup(column->parent->name), -1);
    statement->cmds = list_make1(command);
    statement->objtype = OBJECT_TABLE;
    return interpret_alter_table(interpreter, statement);
}

/* What ends with the object, and what ends because of CASCADE. */
static void drop_users(struct interpreter *interpreter, const struct object *object,
                       const struct pointer_list *users, const char *type, bool cascade)
{
    for (size_t i = 0; i < users->count; i++) {
        struct object *other = users->items[i];

        if (other->removed || object_is_below(other, object))
            continue;
        if (belongs(other, object))
            interpret_drop_object(interpreter, other->parent ? other->parent : other, true);
        else if (cascade && depends(interpreter, other, object, type))
            interpret_drop_object(interpreter, other, true);
    }
}

static const struct object *who_needs(struct interpreter *interpreter, const struct object *object,
                                      const struct pointer_list *users, const char *type)
{
    for (size_t i = 0; i < users->count; i++) {
        const struct object *other = users->items[i];

        if (!other->removed && !object_is_below(other, object) &&
            depends(interpreter, other, object, type))
            return other;
    }
    return NULL;
}

static enum outcome drop_with(struct interpreter *interpreter, struct object *object, bool cascade,
                              struct arena *scratch)
{
    struct pointer_list users = users_of(interpreter, object, scratch);
    const char *type =
        is_type(object->kind) ? pg_qualify(scratch, object->parent->name, object->name) : NULL;
    const struct object *other = cascade ? NULL : who_needs(interpreter, object, &users, type);

    if (other)
        return refuse_drop(interpreter, object, other);
    if (object->kind == KIND_SCHEMA) {
        enum outcome outcome = drop_contents(interpreter, object, cascade);

        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    drop_users(interpreter, object, &users, type, cascade);
    if (!object->removed)
        interpret_remove(interpreter, object);
    sweep(interpreter, object);
    return OUTCOME_DONE;
}

enum outcome interpret_drop_object(struct interpreter *interpreter, struct object *object,
                                   bool cascade)
{
    struct arena *scratch;
    enum outcome outcome;

    if (object->kind == KIND_COLUMN && object->parent->kind == KIND_TABLE)
        return drop_column(interpreter, object);
    scratch = arena_new();
    outcome = drop_with(interpreter, object, cascade, scratch);
    arena_free(scratch);
    return outcome;
}

/* --- DROP ------------------------------------------------------------------------------------- */

/* The object, NULL where there is none: names that are not found are no error here. */
static struct object *find_quietly(struct interpreter *interpreter, ObjectType type, Node *name)
{
    struct object *object = NULL;
    bool reporting = interpreter->rounds.reporting;

    interpreter->rounds.reporting = false;
    interpret_find_object(interpreter, type, name, &object);
    interpreter->rounds.reporting = reporting;
    return object;
}

static const char *kind_words(ObjectType type)
{
    switch (type) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
        return "table";
    case OBJECT_VIEW:
        return "view";
    case OBJECT_MATVIEW:
        return "materialized view";
    case OBJECT_SEQUENCE:
        return "sequence";
    case OBJECT_INDEX:
        return "index";
    case OBJECT_TYPE:
        return "type";
    case OBJECT_DOMAIN:
        return "domain";
    case OBJECT_SCHEMA:
        return "schema";
    case OBJECT_EXTENSION:
        return "extension";
    case OBJECT_TRIGGER:
        return "trigger";
    case OBJECT_POLICY:
        return "policy";
    default:
        return interpret_unmodelled_class(type) ? interpret_unmodelled_class(type) : "function";
    }
}

static enum outcome drop_one(struct interpreter *interpreter, const DropStmt *statement, Node *name)
{
    struct object *object = find_quietly(interpreter, statement->removeType, name);

    if (object)
        return interpret_drop_object(interpreter, object, statement->behavior == DROP_CASCADE);
    if (statement->missing_ok)
        return OUTCOME_DONE;
    interpret_fail(interpreter, -1, "%s %s does not exist", kind_words(statement->removeType),
                   interpret_print_object(interpreter, name));
    error_hint(interpreter->error,
               "DROP counts at its place: what it names has to be declared before it.");
    return OUTCOME_FAILED;
}

enum outcome interpret_drop(struct interpreter *interpreter, DropStmt *statement)
{
    ListCell *cell;

    foreach (cell, statement->objects) {
        enum outcome outcome = drop_one(interpreter, statement, lfirst(cell));

        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

/* --- RENAME ----------------------------------------------------------------------------------- */

static enum interpret_namespace namespace_of(enum kind kind)
{
    switch (kind) {
    case KIND_FUNCTION:
    case KIND_AGGREGATE:
        return NAMESPACE_FUNCTIONS;
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_RANGE:
    case KIND_COMPOSITE:
        return NAMESPACE_TYPES;
    default:
        return NAMESPACE_RELATIONS;
    }
}

/* Names that were chosen after a table's or column's name stay when that changes. */
static void keep_chosen_names(struct interpreter *interpreter, struct object *object)
{
    const struct object *column = object->parent;

    object->name_chosen = false;
    if (object->kind == KIND_NOT_NULL && !as_not_null(object)->constraint_name)
        as_not_null(object)->constraint_name = column_not_null_name(interpreter, object);
    else if (object->kind == KIND_IDENTITY && !as_identity(object)->sequence)
        as_identity(object)->sequence = interpret_choose_name(interpreter, column->parent->name,
                                                              column->name, "seq", NULL, NULL);
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        keep_chosen_names(interpreter, child);
}

/* A range's multirange type keeps its own name and schema. */
static void keep_multirange(struct interpreter *interpreter, struct object *object,
                            const struct interpret_renaming *renaming)
{
    struct range *range = as_range(object);
    const char *name = range->multirange
                           ? range->multirange
                           : interpret_multirange_name(interpreter, renaming->old_name);

    if (strcmp(renaming->old_schema, renaming->new_schema) != 0)
        range->multirange = pg_qualify(interpreter->arena, renaming->old_schema, name);
    else if (strcmp(name, interpret_multirange_name(interpreter, renaming->new_name)) != 0)
        range->multirange = name;
    else
        range->multirange = NULL;
}

/* An object of a schema gets another name or schema; what mentions it follows. */
static enum outcome move_object(struct interpreter *interpreter, struct object *object,
                                struct object *schema, const char *name)
{
    struct interpret_renaming renaming = {.space = namespace_of(object->kind),
                                          .row_type = is_relation(object->kind),
                                          .old_schema = object->parent->name,
                                          .old_name = object->name,
                                          .new_schema = schema->name};

    if (object->kind == KIND_TABLE && strcmp(object->name, name) != 0)
        keep_chosen_names(interpreter, object);
    if (!interpret_move(interpreter, object, schema, name, object->signature))
        return interpret_failed(interpreter);
    renaming.new_name = object->name;
    if (object->kind == KIND_RANGE)
        keep_multirange(interpreter, object, &renaming);
    interpret_rewrite(interpreter, &renaming);
    return OUTCOME_DONE;
}

static enum outcome rename_column(struct interpreter *interpreter, struct object *column,
                                  const char *name)
{
    const struct model *model = interpreter->model;
    struct object *table = column->parent;
    const char *old_name = column->name;

    for (size_t i = 0; i < model->count; i++) {
        const struct object *view = model->objects[i];

        if (!view->removed && interpret_mentions(interpreter, view, table, old_name)) {
            interpret_fail(interpreter, -1, "%s uses column %s, which is renamed here",
                           identity_print(interpreter->arena, view), old_name);
            error_hint(interpreter->error,
                       "Write the new name where the column is declared, and in the view; or put "
                       "the rename before the view.");
            return OUTCOME_FAILED;
        }
    }
    keep_chosen_names(interpreter, column);
    if (!interpret_move(interpreter, column, table, name, NULL))
        return interpret_failed(interpreter);
    interpret_rewrite_column(interpreter, table, old_name, column->name);
    interpreter->universe_stale = true;
    return OUTCOME_DONE;
}

static enum outcome rename_schema(struct interpreter *interpreter, struct object *schema,
                                  const char *name)
{
    struct interpret_renaming renaming = {
        .space = NAMESPACE_ALL, .row_type = true, .old_schema = schema->name};

    if (!interpret_move(interpreter, schema, NULL, name, NULL))
        return interpret_failed(interpreter);
    renaming.new_schema = schema->name;
    interpret_rewrite(interpreter, &renaming);
    return OUTCOME_DONE;
}

static enum outcome refuse_rename(struct interpreter *interpreter, const struct object *object)
{
    interpret_fail(interpreter, -1, "%s cannot be renamed in a file",
                   identity_print(interpreter->arena, object));
    error_hint(interpreter->error, "Write the new name where it is created.");
    return OUTCOME_FAILED;
}

/* ALTER SEQUENCE ... RENAME of the sequence of an identity column. */
static enum outcome rename_identity(struct interpreter *interpreter, struct object *object,
                                    const char *name)
{
    const struct object *column = object->parent;
    const char *chosen =
        interpret_choose_name(interpreter, column->parent->name, column->name, "seq", NULL, NULL);

    if (interpret_relation_name_taken(interpreter, object_ancestor(object, KIND_SCHEMA), name))
        return interpret_fail(interpreter, -1, "relation %s exists already", name);
    as_identity(object)->sequence =
        strcmp(chosen, name) == 0 ? NULL : arena_strdup(interpreter->arena, name);
    interpret_renew_names(interpreter);
    return OUTCOME_DONE;
}

static enum outcome rename_object(struct interpreter *interpreter, struct object *object,
                                  const char *name)
{
    switch (object->kind) {
    case KIND_SCHEMA:
        return rename_schema(interpreter, object, name);
    case KIND_COLUMN:
        return rename_column(interpreter, object, name);
    case KIND_IDENTITY:
        return rename_identity(interpreter, object, name);
    case KIND_UNMODELLED:
    case KIND_EXTENSION:
        return refuse_rename(interpreter, object);
    case KIND_NOT_NULL:
        as_not_null(object)->constraint_name = arena_strdup(interpreter->arena, name);
        return OUTCOME_DONE;
    default:
        break;
    }
    if (object->parent && object->parent->kind == KIND_SCHEMA)
        return move_object(interpreter, object, object->parent, name);
    if (object->kind == KIND_TRIGGER &&
        !trigger_rename_copies(interpreter, object->parent, object->name, name))
        return interpret_failed(interpreter);
    if (!interpret_move(interpreter, object, object->parent, name, NULL))
        return interpret_failed(interpreter);
    object->name_chosen = false;
    if (object->kind == KIND_ATTRIBUTE)
        interpreter->universe_stale = true;
    return OUTCOME_DONE;
}

/* Parts of a relation are named by subname. */
static enum outcome find_part(struct interpreter *interpreter, const RenameStmt *statement,
                              struct object **object)
{
    List *names = list_make1(makeString(statement->subname));
    const RangeVar *relation = statement->relation;

    names = lcons(makeString(relation->relname), names);
    if (relation->schemaname)
        names = lcons(makeString(relation->schemaname), names);
    return interpret_find_object(interpreter,
                                 statement->renameType == OBJECT_ATTRIBUTE ? OBJECT_COLUMN
                                                                           : statement->renameType,
                                 (Node *)names, object);
}

static enum outcome find_renamed(struct interpreter *interpreter, const RenameStmt *statement,
                                 struct object **object)
{
    Node *name = statement->object;

    switch (statement->renameType) {
    case OBJECT_COLUMN:
    case OBJECT_ATTRIBUTE:
    case OBJECT_TABCONSTRAINT:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE:
        return find_part(interpreter, statement, object);
    case OBJECT_DOMCONSTRAINT:
        name = (Node *)list_make2(makeTypeNameFromNameList((List *)statement->object),
                                  makeString(statement->subname));
        break;
    case OBJECT_SCHEMA:
        name = (Node *)makeString(statement->subname);
        break;
    default:
        if (statement->relation)
            name = (Node *)statement->relation;
        break;
    }
    if (!name) /* roles, databases, tablespaces */
        return OUTCOME_DONE;
    return interpret_find_object(interpreter, statement->renameType, name, object);
}

enum outcome interpret_rename(struct interpreter *interpreter, RenameStmt *statement)
{
    struct object *object = NULL;
    enum outcome outcome = find_renamed(interpreter, statement, &object);

    if (outcome == OUTCOME_MISSING && statement->missing_ok)
        return OUTCOME_DONE;
    if (outcome != OUTCOME_DONE || !object)
        return outcome;
    return rename_object(interpreter, object, statement->newname);
}

/* --- SET SCHEMA ------------------------------------------------------------------------------- */

/* A table's owned sequences go with it. */
static void move_owned(struct interpreter *interpreter, const struct object *table,
                       struct object *schema)
{
    for (size_t i = 0; i < interpreter->owned.count; i++) {
        const struct object *owned = interpreter->owned.items[i];

        if (!owned->removed && as_owned_by(owned)->column &&
            as_owned_by(owned)->column->parent == table)
            move_object(interpreter, owned->parent, schema, owned->parent->name);
    }
}

enum outcome interpret_set_schema(struct interpreter *interpreter, AlterObjectSchemaStmt *statement)
{
    struct object *schema = interpret_creation_schema(interpreter, statement->newschema, -1);
    struct object *object = NULL;
    Node *name = statement->relation ? (Node *)statement->relation : statement->object;
    enum outcome outcome;

    if (!schema)
        return interpret_failed(interpreter);
    outcome = interpret_find_object(interpreter, statement->objectType, name, &object);
    if (outcome == OUTCOME_MISSING && statement->missing_ok)
        return OUTCOME_DONE;
    if (outcome != OUTCOME_DONE || !object)
        return outcome;
    if (object->kind == KIND_EXTENSION) {
        as_extension(object)->schema = schema->name;
        interpreter->universe_stale = true;
        return OUTCOME_DONE;
    }
    if (!object->parent || object->parent->kind != KIND_SCHEMA)
        return refuse_rename(interpreter, object);
    if (object->parent == schema)
        return OUTCOME_DONE;
    outcome = move_object(interpreter, object, schema, object->name);
    if (outcome == OUTCOME_DONE && object->kind == KIND_TABLE)
        move_owned(interpreter, object, schema);
    return outcome;
}
