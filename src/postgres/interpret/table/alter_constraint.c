/* ALTER TABLE: constraints, partitions and parents. */
#include "postgres/interpret/table/alter.h"

#include <string.h>

/* --- ADD CONSTRAINT --------------------------------------------------------------------------- */

/* ADD CONSTRAINT name NOT NULL column [NO INHERIT] [NOT VALID] */
static enum outcome add_not_null(struct alteration *alteration, struct object *table,
                                 const Constraint *node)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *column =
        table_need_column(interpreter, table, strVal(linitial(node->keys)), node->location);
    bool existed;
    struct object *object;

    if (!column)
        return interpret_failed(interpreter);
    existed = object_child(column, KIND_NOT_NULL, "") != NULL;
    object = column_declare_not_null(interpreter, column, node->conname,
                                     node->is_no_inherit || alteration->only, node->location);
    as_not_null(object)->no_inherit = node->is_no_inherit;
    if (!existed)
        as_not_null(object)->not_valid = node->skip_validation;
    return OUTCOME_DONE;
}

enum outcome alter_add_constraint(struct alteration *alteration, struct object *object,
                                  AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    Constraint *node = castNode(Constraint, command->def);
    size_t before = interpreter->model->count;
    struct constraint_queue queue = {0};
    enum outcome outcome;

    if (object->kind != KIND_TABLE)
        return interpret_fail(interpreter, node->location, "%s is not a table", object->name);
    if (node->contype == CONSTR_NOTNULL)
        return add_not_null(alteration, object, node);
    constraint_collect(interpreter, &queue, node, NULL);
    outcome = constraint_queue_make_checks(interpreter, object, &queue, !alteration->only);
    if (outcome == OUTCOME_DONE)
        outcome = constraint_queue_make_indexes(interpreter, object, &queue, !alteration->only);
    if (outcome == OUTCOME_DONE)
        outcome =
            constraint_queue_make_foreign_keys(interpreter, object, &queue, !alteration->only);
    if (outcome == OUTCOME_MISSING)
        table_undo(interpreter, before);
    return outcome;
}

/* --- ALTER, VALIDATE, DROP CONSTRAINT --------------------------------------------------------- */

static enum outcome no_constraint(struct alteration *alteration, const struct object *table,
                                  const char *name)
{
    return interpret_missing(alteration->interpreter, -1,
                             "constraint \"%s\" of table %s does not exist", name, table->name);
}

static void set_deferrable(struct object *object, bool deferrable, bool deferred)
{
    if (object->kind == KIND_FOREIGN_KEY) {
        as_foreign_key(object)->deferrable = deferrable || deferred;
        as_foreign_key(object)->deferred = deferred;
    } else if (object->kind == KIND_PRIMARY_KEY || object->kind == KIND_UNIQUE ||
               object->kind == KIND_EXCLUSION) {
        *constraint_parts(object).deferrable = deferrable || deferred;
        *constraint_parts(object).deferred = deferred;
    }
}

#if PLUMB_PG_QUERY_VERSION >= 18

static void set_enforced(struct object *object, bool enforced)
{
    if (object->kind == KIND_FOREIGN_KEY)
        as_foreign_key(object)->not_enforced = !enforced;
    else if (object->kind == KIND_CHECK)
        as_check_constraint(object)->not_enforced = !enforced;
}

static void set_no_inherit(struct object *object, bool no_inherit)
{
    if (object->kind == KIND_NOT_NULL)
        as_not_null(object)->no_inherit = no_inherit;
}

enum outcome alter_constraint(struct alteration *alteration, struct object *object,
                              AlterTableCmd *command)
{
    const ATAlterConstraint *change = castNode(ATAlterConstraint, command->def);
    struct object *constraint = constraint_find(alteration->interpreter, object, change->conname);

    if (!constraint)
        return no_constraint(alteration, object, change->conname);
    if (change->alterDeferrability)
        set_deferrable(constraint, change->deferrable, change->initdeferred);
    if (change->alterEnforceability)
        set_enforced(constraint, change->is_enforced);
    if (change->alterInheritability)
        set_no_inherit(constraint, change->noinherit);
    return OUTCOME_DONE;
}

#else

enum outcome alter_constraint(struct alteration *alteration, struct object *object,
                              AlterTableCmd *command)
{
    const Constraint *change = castNode(Constraint, command->def);
    struct object *constraint = constraint_find(alteration->interpreter, object, change->conname);

    if (!constraint)
        return no_constraint(alteration, object, change->conname);
    set_deferrable(constraint, change->deferrable, change->initdeferred);
    return OUTCOME_DONE;
}

#endif

enum outcome alter_validate_constraint(struct alteration *alteration, struct object *object,
                                       AlterTableCmd *command)
{
    struct object *constraint = constraint_find(alteration->interpreter, object, command->name);

    if (!constraint)
        return alteration->recursing ? OUTCOME_DONE
                                     : no_constraint(alteration, object, command->name);
    if (constraint->kind == KIND_CHECK)
        as_check_constraint(constraint)->not_valid = false;
    else if (constraint->kind == KIND_FOREIGN_KEY)
        as_foreign_key(constraint)->not_valid = false;
    else if (constraint->kind == KIND_NOT_NULL)
        as_not_null(constraint)->not_valid = false;
    return alter_children(alteration, object, command, alter_validate_constraint);
}

static bool is_copy_of(const struct object *object, const struct object *constraint)
{
    switch (object->kind) {
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
        return *constraint_parts(object).attached_to == constraint;
    case KIND_FOREIGN_KEY:
        return as_foreign_key(object)->attached_to == constraint;
    default:
        return false;
    }
}

/* What partitions have from a constraint goes with it. */
static void drop_copies(struct alteration *alteration, const struct object *table,
                        const struct object *constraint)
{
    struct pointer_list children = table_children(alteration->interpreter, table);

    for (size_t i = 0; i < children.count; i++) {
        struct object *child = children.items[i];
        struct object *next;

        for (struct object *object = child->first_child; object; object = next) {
            next = object->next_sibling;
            if (!is_copy_of(object, constraint))
                continue;
            drop_copies(alteration, child, object);
            interpret_remove(alteration->interpreter, object);
        }
        table_tidy_marks(alteration->interpreter, child);
    }
}

/* A check or not null that children have only from here goes there, too; with ONLY it becomes
 * theirs. */
static enum outcome drop_inherited(struct alteration *alteration, struct object *object,
                                   AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *constraint = constraint_find(interpreter, object, command->name);
    bool inherited;

    if (!constraint)
        return OUTCOME_DONE;
    inherited = (constraint->kind == KIND_CHECK && as_check_constraint(constraint)->inherited) ||
                (constraint->kind == KIND_NOT_NULL && as_not_null(constraint)->inherited);
    if (!inherited)
        return OUTCOME_DONE;
    interpret_remove(interpreter, constraint);
    return alter_children(alteration, object, command, drop_inherited);
}

enum outcome alter_drop_constraint(struct alteration *alteration, struct object *object,
                                   AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *constraint = constraint_find(interpreter, object, command->name);
    bool recurse;

    if (!constraint)
        return command->missing_ok ? OUTCOME_DONE
                                   : no_constraint(alteration, object, command->name);
    recurse = constraint->kind == KIND_NOT_NULL ||
              (constraint->kind == KIND_CHECK && !as_check_constraint(constraint)->no_inherit);
    drop_copies(alteration, object, constraint);
    if (constraint->kind == KIND_PRIMARY_KEY || constraint->kind == KIND_UNIQUE) {
        enum outcome outcome =
            interpret_drop_object(interpreter, constraint, command->behavior == DROP_CASCADE);

        if (outcome != OUTCOME_DONE)
            return outcome;
    } else {
        interpret_remove(interpreter, constraint);
    }
    table_tidy_marks(interpreter, object);
    return recurse ? alter_children(alteration, object, command, drop_inherited) : OUTCOME_DONE;
}

/* --- parents and partitions ------------------------------------------------------------------- */

static struct object *find_table(struct alteration *alteration, const RangeVar *name)
{
    struct object *table = interpret_find_relation(alteration->interpreter, name->schemaname,
                                                   name->relname, interpret_table_kinds);

    if (!table)
        interpret_no_relation(alteration->interpreter, name, interpret_table_kinds);
    return table;
}

enum outcome alter_inherit(struct alteration *alteration, struct object *object,
                           AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    struct object *parent = find_table(alteration, castNode(RangeVar, command->def));
    enum outcome outcome;

    if (!parent)
        return interpret_failed(interpreter);
    outcome = table_join(interpreter, object, parent, -1);
    if (outcome != OUTCOME_DONE)
        return outcome;
    pointer_list_add(&as_table(object)->inherits, interpreter->arena, parent);
    table_add_child(interpreter, parent, object);
    return OUTCOME_DONE;
}

enum outcome alter_no_inherit(struct alteration *alteration, struct object *object,
                              AlterTableCmd *command)
{
    struct object *parent = find_table(alteration, castNode(RangeVar, command->def));

    if (!parent)
        return interpret_failed(alteration->interpreter);
    table_leave(alteration->interpreter, object, parent);
    return OUTCOME_DONE;
}

static enum outcome attach_index(struct alteration *alteration, struct object *index,
                                 const RangeVar *name)
{
    struct object *child = interpret_find_relation(alteration->interpreter, name->schemaname,
                                                   name->relname, interpret_index_kinds);

    if (!child)
        return interpret_no_relation(alteration->interpreter, name, interpret_index_kinds);
    index_attach(alteration->interpreter, child, index);
    return OUTCOME_DONE;
}

enum outcome alter_attach_partition(struct alteration *alteration, struct object *object,
                                    AlterTableCmd *command)
{
    struct interpreter *interpreter = alteration->interpreter;
    const PartitionCmd *details = castNode(PartitionCmd, command->def);
    struct object *partition;
    enum outcome outcome;

    if (object->kind != KIND_TABLE)
        return attach_index(alteration, object, details->name);
    partition = find_table(alteration, details->name);
    if (!partition)
        return interpret_failed(interpreter);
    if (!table_is_partitioned(object))
        return interpret_missing(interpreter, details->name->location,
                                 "table %s is not partitioned", object->name);
    outcome = table_join(interpreter, partition, object, details->name->location);
    if (outcome == OUTCOME_DONE)
        outcome = partition_attach(interpreter, partition, object, details->bound,
                                   details->name->location);
    if (outcome != OUTCOME_DONE)
        return outcome;
    index_copy_all(interpreter, partition, object, details->name->location);
    trigger_copy_all(interpreter, partition, object, details->name->location);
    constraint_copy_foreign_keys(interpreter, partition, object, details->name->location);
    return OUTCOME_DONE;
}

enum outcome alter_detach_partition(struct alteration *alteration, struct object *object,
                                    AlterTableCmd *command)
{
    const PartitionCmd *details = castNode(PartitionCmd, command->def);
    struct object *partition = find_table(alteration, details->name);

    if (!partition)
        return interpret_failed(alteration->interpreter);
    if (command->subtype == AT_DetachPartition)
        table_leave(alteration->interpreter, partition, object);
    return OUTCOME_DONE;
}
