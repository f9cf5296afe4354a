/* ALTER TABLE (and ALTER VIEW, INDEX, SEQUENCE, MATERIALIZED VIEW where they share its
 * statement): finds the object, brings the subcommands into the server's order, and does what
 * concerns the object as a whole. Subcommands that are done are taken out of the statement, so
 * that one which comes too early does not repeat the others when the statement is tried again. */
#include "postgres/interpret/table/alter.h"

#include <string.h>

#include "model/identity.h"
#include "postgres/sql/quote.h"

/* --- helpers ---------------------------------------------------------------------------------- */

enum outcome alter_children(struct alteration *alteration, struct object *table,
                            AlterTableCmd *command, alter_function *function)
{
    struct alteration below = *alteration;
    struct pointer_list children = {0};
    enum outcome outcome = OUTCOME_DONE;

    if (alteration->only || table->kind != KIND_TABLE)
        return OUTCOME_DONE;
    below.recursing = true;
    children = table_children(alteration->interpreter, table);
    for (size_t i = 0; i < children.count && outcome == OUTCOME_DONE; i++)
        outcome = function(&below, children.items[i], command);
    return outcome;
}

/* "toast.autovacuum_enabled=" */
static const char *option_prefix(struct interpreter *interpreter, const DefElem *option)
{
    return arena_printf(interpreter->arena,
                        "%s%s%s=", option->defnamespace ? option->defnamespace : "",
                        option->defnamespace ? "." : "", option->defname);
}

void alter_options(struct interpreter *interpreter, struct text_list *list, List *options,
                   bool reset)
{
    ListCell *cell;

    foreach (cell, options) {
        const DefElem *option = lfirst_node(DefElem, cell);
        const char *prefix = option_prefix(interpreter, option);
        struct text_list kept = {0};

        for (size_t i = 0; i < list->count; i++)
            if (strncmp(list->items[i], prefix, strlen(prefix)) != 0)
                text_list_add(&kept, interpreter->arena, list->items[i]);
        if (!reset)
            text_list_add(&kept, interpreter->arena,
                          arena_printf(interpreter->arena, "%s%s", prefix,
                                       interpret_option_value(interpreter, option)));
        *list = kept;
    }
}

/* The child that can be there once, made if need be. */
static struct object *single_child(struct alteration *alteration, struct object *object,
                                   enum kind kind)
{
    struct object *child = object_child(object, kind, "");

    return child ? child
                 : interpret_add_implied(alteration->interpreter, kind, object, "", NULL, -1);
}

static void remove_child(struct alteration *alteration, struct object *object, enum kind kind)
{
    struct object *child = object_child(object, kind, "");

    if (child)
        interpret_remove(alteration->interpreter, child);
}

static enum outcome not_for(struct alteration *alteration, const struct object *object)
{
    return interpret_fail(alteration->interpreter, -1, "this is not possible for %s %s",
                          kind_name(object->kind), object->name);
}

/* --- owner, tablespace, options --------------------------------------------------------------- */

static enum outcome change_owner(struct alteration *alteration, struct object *object,
                                 AlterTableCmd *command)
{
    /* Indexes and identity sequences have their table's owner. */
    if (object->kind == KIND_TABLE || object->kind == KIND_VIEW ||
        object->kind == KIND_MATERIALIZED_VIEW || object->kind == KIND_SEQUENCE)
        interpret_set_owner(alteration->interpreter, object, command->newowner);
    return OUTCOME_DONE;
}

static const char **tablespace_of(struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
        return &as_table(object)->tablespace;
    case KIND_MATERIALIZED_VIEW:
        return &as_materialized_view(object)->tablespace;
    case KIND_INDEX:
        return &as_index(object)->tablespace;
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
        return constraint_parts(object).tablespace;
    default:
        return NULL;
    }
}

static enum outcome set_tablespace(struct alteration *alteration, struct object *object,
                                   AlterTableCmd *command)
{
    const char **tablespace = tablespace_of(object);

    if (!tablespace)
        return not_for(alteration, object);
    *tablespace = strcmp(command->name, "pg_default") == 0
                      ? NULL
                      : table_keep(alteration->interpreter, command->name);
    return OUTCOME_DONE;
}

static enum outcome set_access_method(struct alteration *alteration, struct object *object,
                                      AlterTableCmd *command)
{
    const char *method = command->name && strcmp(command->name, "heap") != 0
                             ? table_keep(alteration->interpreter, command->name)
                             : NULL;

    if (object->kind == KIND_TABLE)
        as_table(object)->access_method = method;
    else if (object->kind == KIND_MATERIALIZED_VIEW)
        as_materialized_view(object)->access_method = method;
    else
        return not_for(alteration, object);
    return OUTCOME_DONE;
}

static struct text_list *options_of(struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
        return &as_table(object)->options;
    case KIND_VIEW:
        return &as_view(object)->options;
    case KIND_MATERIALIZED_VIEW:
        return &as_materialized_view(object)->options;
    case KIND_INDEX:
        return &as_index(object)->options;
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
        return constraint_parts(object).options;
    default:
        return NULL;
    }
}

static enum outcome set_options(struct alteration *alteration, struct object *object,
                                AlterTableCmd *command)
{
    struct text_list *options = options_of(object);

    if (!options)
        return not_for(alteration, object);
    alter_options(alteration->interpreter, options, (List *)command->def,
                  command->subtype == AT_ResetRelOptions);
    return OUTCOME_DONE;
}

/* Sequences that belong to the table's columns are logged as the table is. */
static void set_sequences_unlogged(struct alteration *alteration, const struct object *table,
                                   bool unlogged)
{
    const struct model *model = alteration->interpreter->model;

    for (size_t i = 0; i < model->count; i++) {
        struct object *owned = model->objects[i];

        if (!owned->removed && owned->kind == KIND_OWNED_BY &&
            as_owned_by(owned)->column->parent == table)
            as_sequence(owned->parent)->unlogged = unlogged;
        if (!owned->removed && owned->kind == KIND_IDENTITY && owned->parent->parent == table)
            as_identity(owned)->own_persistence = false;
    }
}

static enum outcome set_logged(struct alteration *alteration, struct object *object,
                               AlterTableCmd *command)
{
    bool unlogged = command->subtype == AT_SetUnLogged;

    if (object->kind == KIND_SEQUENCE) {
        as_sequence(object)->unlogged = unlogged;
        return OUTCOME_DONE;
    }
    if (object->kind == KIND_IDENTITY) {
        as_identity(object)->own_persistence =
            unlogged != as_table(object->parent->parent)->unlogged;
        return OUTCOME_DONE;
    }
    if (object->kind != KIND_TABLE)
        return not_for(alteration, object);
    if (as_table(object)->unlogged == unlogged)
        return OUTCOME_DONE;
    as_table(object)->unlogged = unlogged;
    set_sequences_unlogged(alteration, object, unlogged);
    return OUTCOME_DONE;
}

/* --- marks: cluster, replica identity, row security ------------------------------------------- */

static struct object *find_index(struct alteration *alteration, struct object *table,
                                 const char *name)
{
    for (const enum kind *kind = interpret_index_kinds; *kind != KIND_NONE; kind++) {
        struct object *index = object_child(table, *kind, name);

        if (index)
            return index;
    }
    interpret_no_child(alteration->interpreter, table, KIND_INDEX, name, -1);
    return NULL;
}

static enum outcome cluster_on(struct alteration *alteration, struct object *object,
                               AlterTableCmd *command)
{
    struct object *index = find_index(alteration, object, command->name);

    if (!index)
        return interpret_failed(alteration->interpreter);
    as_cluster(single_child(alteration, object, KIND_CLUSTER))->index = index;
    return OUTCOME_DONE;
}

static enum outcome drop_cluster(struct alteration *alteration, struct object *object,
                                 AlterTableCmd *command)
{
    (void)command;
    remove_child(alteration, object, KIND_CLUSTER);
    return OUTCOME_DONE;
}

static enum outcome set_replica_identity(struct alteration *alteration, struct object *object,
                                         AlterTableCmd *command)
{
    const ReplicaIdentityStmt *identity = castNode(ReplicaIdentityStmt, command->def);
    struct object *index = NULL;
    struct replica_identity *mark;

    if (identity->identity_type == 'd') {
        remove_child(alteration, object, KIND_REPLICA_IDENTITY);
        return OUTCOME_DONE;
    }
    if (identity->identity_type == 'i') {
        index = find_index(alteration, object, identity->name);
        if (!index)
            return interpret_failed(alteration->interpreter);
    }
    mark = as_replica_identity(single_child(alteration, object, KIND_REPLICA_IDENTITY));
    mark->index = index;
    mark->mode = index ? "index" : identity->identity_type == 'f' ? "full" : "nothing";
    return OUTCOME_DONE;
}

static enum outcome set_row_security(struct alteration *alteration, struct object *object,
                                     AlterTableCmd *command)
{
    struct row_security *security;

    if (object->kind != KIND_TABLE)
        return not_for(alteration, object);
    security = as_row_security(single_child(alteration, object, KIND_ROW_SECURITY));
    switch (command->subtype) {
    case AT_EnableRowSecurity:
        security->enabled = true;
        break;
    case AT_DisableRowSecurity:
        security->enabled = false;
        break;
    case AT_ForceRowSecurity:
        security->forced = true;
        break;
    default:
        security->forced = false;
        break;
    }
    if (!security->enabled && !security->forced)
        remove_child(alteration, object, KIND_ROW_SECURITY);
    return OUTCOME_DONE;
}

/* --- triggers and rules ----------------------------------------------------------------------- */

static const char *enabled_text(AlterTableType subtype)
{
    switch (subtype) {
    case AT_EnableAlwaysTrig:
        return "always";
    case AT_EnableReplicaTrig:
        return "replica";
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser:
        return "disabled";
    default:
        return "origin";
    }
}

static enum outcome enable_trigger(struct alteration *alteration, struct object *object,
                                   AlterTableCmd *command)
{
    bool all = !command->name;
    struct object *trigger = NULL;
    bool found = false;

    while ((trigger = object_next_child(object, KIND_TRIGGER, trigger)) != NULL)
        if (all || strcmp(trigger->name, command->name) == 0) {
            as_trigger(trigger)->enabled = enabled_text(command->subtype);
            found = true;
        }
    if (!found && !all && !alteration->recursing)
        return interpret_no_child(alteration->interpreter, object, KIND_TRIGGER, command->name, -1);
    return alter_children(alteration, object, command, enable_trigger);
}

/* Rules are not modelled: what was said of one goes behind its text. */
static enum outcome enable_rule(struct alteration *alteration, struct object *object,
                                AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct arena *arena = interpreter->arena;
    const char *name = arena_printf(arena, "rule %s on %s", pg_quote_name(arena, command->name),
                                    pg_qualify(arena, table_schema(object)->name, object->name));
    struct object *rule = model_find(interpreter->model, KIND_UNMODELLED, NULL, name, NULL);
    const char *text = interpret_statement_text(interpreter);

    if (!rule)
        return interpret_missing(interpreter, -1, "%s does not exist", name);
    as_unmodelled(rule)->definition =
        arena_printf(arena, "%s;\n%s", as_unmodelled(rule)->definition, text);
    rule->verbatim = arena_printf(arena, "%s;\n%s", rule->verbatim, text);
    return OUTCOME_DONE;
}

/* --- typed tables ----------------------------------------------------------------------------- */

static enum outcome add_of(struct alteration *alteration, struct object *object,
                           AlterTableCmd *command)
{
    const char *type = interpret_type(alteration->interpreter, castNode(TypeName, command->def));

    if (!type)
        return interpret_failed(alteration->interpreter);
    if (object->kind != KIND_TABLE)
        return not_for(alteration, object);
    as_table(object)->of_type = type;
    return OUTCOME_DONE;
}

static enum outcome drop_of(struct alteration *alteration, struct object *object,
                            AlterTableCmd *command)
{
    (void)command;
    if (object->kind != KIND_TABLE)
        return not_for(alteration, object);
    as_table(object)->of_type = NULL;
    return OUTCOME_DONE;
}

static enum outcome do_nothing(struct alteration *alteration, struct object *object,
                               AlterTableCmd *command)
{
    (void)alteration;
    (void)object;
    (void)command;
    return OUTCOME_DONE;
}

/* --- dispatch --------------------------------------------------------------------------------- */

/* The server's order of subcommands. */
enum pass {
    PASS_DROP,
    PASS_TYPE,
    PASS_ADD,
    PASS_COLUMN,
    PASS_INDEX,
    PASS_CHECK,
    PASS_OTHER,
    PASS_REST,
    PASS_COUNT
};

struct handler {
    AlterTableType subtype;
    enum pass pass;
    alter_function *function;
};

static const struct handler handlers[] = {
    {AT_AddColumn, PASS_ADD, alter_add_column},
    {AT_ColumnDefault, PASS_OTHER, alter_column_default},
    {AT_DropNotNull, PASS_DROP, alter_drop_not_null},
    {AT_SetNotNull, PASS_COLUMN, alter_set_not_null},
    {AT_SetExpression, PASS_COLUMN, alter_set_expression},
    {AT_DropExpression, PASS_DROP, alter_drop_expression},
    {AT_SetStatistics, PASS_REST, alter_column_statistics},
    {AT_SetOptions, PASS_REST, alter_set_column_options},
    {AT_ResetOptions, PASS_REST, alter_reset_column_options},
    {AT_SetStorage, PASS_REST, alter_column_storage},
    {AT_SetCompression, PASS_REST, alter_column_compression},
    {AT_DropColumn, PASS_DROP, alter_drop_column},
    {AT_AddConstraint, PASS_CHECK, alter_add_constraint},
    {AT_AlterConstraint, PASS_REST, alter_constraint},
    {AT_ValidateConstraint, PASS_REST, alter_validate_constraint},
    {AT_DropConstraint, PASS_DROP, alter_drop_constraint},
    {AT_AlterColumnType, PASS_TYPE, alter_column_type},
    {AT_ChangeOwner, PASS_REST, change_owner},
    {AT_ClusterOn, PASS_REST, cluster_on},
    {AT_DropCluster, PASS_REST, drop_cluster},
    {AT_SetLogged, PASS_REST, set_logged},
    {AT_SetUnLogged, PASS_REST, set_logged},
    {AT_DropOids, PASS_DROP, do_nothing},
    {AT_SetAccessMethod, PASS_REST, set_access_method},
    {AT_SetTableSpace, PASS_REST, set_tablespace},
    {AT_SetRelOptions, PASS_REST, set_options},
    {AT_ResetRelOptions, PASS_REST, set_options},
    {AT_EnableTrig, PASS_REST, enable_trigger},
    {AT_EnableAlwaysTrig, PASS_REST, enable_trigger},
    {AT_EnableReplicaTrig, PASS_REST, enable_trigger},
    {AT_DisableTrig, PASS_REST, enable_trigger},
    {AT_EnableTrigAll, PASS_REST, enable_trigger},
    {AT_DisableTrigAll, PASS_REST, enable_trigger},
    {AT_EnableTrigUser, PASS_REST, enable_trigger},
    {AT_DisableTrigUser, PASS_REST, enable_trigger},
    {AT_EnableRule, PASS_REST, enable_rule},
    {AT_EnableAlwaysRule, PASS_REST, enable_rule},
    {AT_EnableReplicaRule, PASS_REST, enable_rule},
    {AT_DisableRule, PASS_REST, enable_rule},
    {AT_AddInherit, PASS_REST, alter_inherit},
    {AT_DropInherit, PASS_REST, alter_no_inherit},
    {AT_AddOf, PASS_REST, add_of},
    {AT_DropOf, PASS_REST, drop_of},
    {AT_ReplicaIdentity, PASS_REST, set_replica_identity},
    {AT_EnableRowSecurity, PASS_REST, set_row_security},
    {AT_DisableRowSecurity, PASS_REST, set_row_security},
    {AT_ForceRowSecurity, PASS_REST, set_row_security},
    {AT_NoForceRowSecurity, PASS_REST, set_row_security},
    {AT_AttachPartition, PASS_REST, alter_attach_partition},
    {AT_DetachPartition, PASS_REST, alter_detach_partition},
    {AT_DetachPartitionFinalize, PASS_REST, alter_detach_partition},
    {AT_AddIdentity, PASS_OTHER, alter_add_identity},
    {AT_SetIdentity, PASS_COLUMN, alter_set_identity},
    {AT_DropIdentity, PASS_DROP, alter_drop_identity},
    {AT_GenericOptions, PASS_REST, alter_server_options},
    {AT_AlterColumnGenericOptions, PASS_REST, alter_column_server_options},
};

static const struct handler *find_handler(AlterTableType subtype)
{
    for (size_t i = 0; i < sizeof(handlers) / sizeof(*handlers); i++)
        if (handlers[i].subtype == subtype)
            return &handlers[i];
    return NULL;
}

static enum pass pass_of(const struct handler *handler, const AlterTableCmd *command)
{
    if (command->subtype == AT_ColumnDefault && !command->def)
        return PASS_DROP;
    if (command->subtype == AT_AddConstraint) {
        switch (castNode(Constraint, command->def)->contype) {
        case CONSTR_PRIMARY:
        case CONSTR_UNIQUE:
        case CONSTR_EXCLUSION:
            return PASS_INDEX;
        case CONSTR_FOREIGN:
            return PASS_OTHER;
        default:
            return PASS_CHECK;
        }
    }
    return handler->pass;
}

/* The subcommands of one pass; those done leave NULL in the list. */
static enum outcome run_pass(struct alteration *alteration, struct object *object, enum pass pass)
{
    ListCell *cell;

    foreach (cell, alteration->statement->cmds) {
        AlterTableCmd *command = lfirst(cell);
        const struct handler *handler = command ? find_handler(command->subtype) : NULL;
        enum outcome outcome;

        if (!command || (handler && pass_of(handler, command) != pass))
            continue;
        if (!handler)
            return interpret_fail(alteration->interpreter, -1,
                                  "this form of ALTER TABLE is not supported");
        outcome = handler->function(alteration, object, command);
        if (outcome != OUTCOME_DONE)
            return outcome;
        lfirst(cell) = NULL;
    }
    return OUTCOME_DONE;
}

static const enum kind altered_kinds[] = {
    KIND_TABLE,       KIND_VIEW,   KIND_MATERIALIZED_VIEW, KIND_SEQUENCE, KIND_INDEX,
    KIND_PRIMARY_KEY, KIND_UNIQUE, KIND_EXCLUSION,         KIND_IDENTITY, KIND_NONE};

static const enum kind *expected_kinds(ObjectType type)
{
    static const enum kind views[] = {KIND_VIEW, KIND_NONE};
    static const enum kind materialized[] = {KIND_MATERIALIZED_VIEW, KIND_NONE};

    switch (type) {
    case OBJECT_INDEX:
        return interpret_index_kinds;
    case OBJECT_SEQUENCE:
        return interpret_sequence_kinds;
    case OBJECT_VIEW:
        return views;
    case OBJECT_MATVIEW:
        return materialized;
    default:
        return interpret_table_kinds;
    }
}

enum outcome interpret_alter_table(struct interpreter *interpreter, AlterTableStmt *statement)
{
    const RangeVar *name = statement->relation;
    struct alteration alteration = {.interpreter = interpreter, .statement = statement};
    struct object *object;
    enum outcome outcome = OUTCOME_DONE;

    if (statement->objtype == OBJECT_TYPE)
        return interpret_alter_composite(interpreter, statement);
    object = interpret_find_relation(interpreter, name->schemaname, name->relname, altered_kinds);
    if (!object)
        return statement->missing_ok
                   ? OUTCOME_DONE
                   : interpret_no_relation(interpreter, name, expected_kinds(statement->objtype));
    alteration.only = !name->inh;
    for (enum pass pass = PASS_DROP; pass < PASS_COUNT && outcome == OUTCOME_DONE; pass++)
        outcome = run_pass(&alteration, object, pass);
    return outcome;
}

/* --- CLUSTER ---------------------------------------------------------------------------------- */

enum outcome interpret_cluster(struct interpreter *interpreter, ClusterStmt *statement)
{
    static const enum kind kinds[] = {KIND_TABLE, KIND_MATERIALIZED_VIEW, KIND_NONE};
    struct alteration alteration = {.interpreter = interpreter};
    AlterTableCmd command = {.type = T_AlterTableCmd, .name = statement->indexname};
    struct object *object;

    if (!statement->relation || !statement->indexname)
        return OUTCOME_DONE;
    object = interpret_find_relation(interpreter, statement->relation->schemaname,
                                     statement->relation->relname, kinds);
    if (!object)
        return interpret_no_relation(interpreter, statement->relation, kinds);
    return cluster_on(&alteration, object, &command);
}
