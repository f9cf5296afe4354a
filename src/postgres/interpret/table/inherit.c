/* Inheritance: what a table takes over from a parent (or from the partitioned table it is part of),
 * and what changes when it joins or leaves one. */
#include "postgres/interpret/table/table.h"

#include <string.h>

/* --- at CREATE TABLE -------------------------------------------------------------------------- */

static struct object *copy_column(struct interpreter *interpreter, struct object *table,
                                  const struct column *source, int location)
{
    struct object *object =
        interpret_add_implied(interpreter, KIND_COLUMN, table, source->object.name, NULL, location);
    struct column *column = as_column(object);
    int64_t position = table_next_position(table);

    column->type = source->type;
    column->collation = source->collation;
    column->storage = source->storage;
    column->compression = source->compression;
    column->generated = source->generated;
    column->generation = source->generation;
    column->statistics = -1;
    column->inherited = true;
    column->position = position - 1;
    object->search_path = source->object.search_path;
    return object;
}

void table_inherit_columns(struct interpreter *interpreter, struct object *table,
                           const struct object *parent, int location)
{
    struct pointer_list columns = interpret_table_columns(interpreter, parent);

    for (size_t i = 0; i < columns.count; i++) {
        const struct column *source = columns.items[i];

        table_inherit_column(interpreter, table, source, location);
    }
}

struct object *table_inherit_column(struct interpreter *interpreter, struct object *table,
                                    const struct column *source, int location)
{
    const struct object *not_null = object_child(&source->object, KIND_NOT_NULL, "");
    struct object *column = table_column(table, source->object.name);

    if (!column)
        column = copy_column(interpreter, table, source, location);
    column_copy_default(interpreter, column, &source->object);
    if (not_null && !as_not_null(not_null)->no_inherit)
        column_set_not_null(interpreter, column, column_not_null_name(interpreter, not_null), false,
                            true, location);
    return column;
}

struct object *table_inherit_check(struct interpreter *interpreter, struct object *table,
                                   const struct object *source, int location)
{
    const struct check_constraint *other = as_check_constraint(source);
    struct object *object = object_child(table, KIND_CHECK, source->name);

    if (object)
        return object;
    object = interpret_add_implied(interpreter, KIND_CHECK, table, source->name, NULL, location);
    as_check_constraint(object)->expression = other->expression;
    as_check_constraint(object)->not_enforced = other->not_enforced;
    as_check_constraint(object)->inherited = true;
    object->implied = true;
    object->name_chosen = source->name_chosen;
    object->search_path = source->search_path;
    return object;
}

void table_inherit_constraints(struct interpreter *interpreter, struct object *table,
                               const struct object *parent, int location)
{
    struct object *check = NULL;

    while ((check = object_next_child(parent, KIND_CHECK, check)) != NULL)
        if (!as_check_constraint(check)->no_inherit)
            table_inherit_check(interpreter, table, check, location);
}

/* --- joining and leaving ---------------------------------------------------------------------- */

/* The child must have all columns and checks of the parent before it can join. */
static enum outcome check_child(struct interpreter *interpreter, const struct object *table,
                                const struct object *parent, int location)
{
    struct object *child = NULL;

    while ((child = object_next_child(parent, KIND_COLUMN, child)) != NULL)
        if (!table_column(table, child->name))
            return interpret_no_child(interpreter, table, KIND_COLUMN, child->name, location);
    while ((child = object_next_child(parent, KIND_CHECK, child)) != NULL)
        if (!as_check_constraint(child)->no_inherit &&
            !object_child(table, KIND_CHECK, child->name))
            return interpret_no_child(interpreter, table, KIND_CHECK, child->name, location);
    return OUTCOME_DONE;
}

enum outcome table_join(struct interpreter *interpreter, struct object *table,
                        const struct object *parent, int location)
{
    enum outcome outcome = check_child(interpreter, table, parent, location);
    struct object *child = NULL;

    if (outcome != OUTCOME_DONE || !table_is_partitioned(parent))
        return outcome;
    while ((child = object_next_child(parent, KIND_COLUMN, child)) != NULL) {
        struct object *column = table_column(table, child->name);
        const struct object *expected = object_child(child, KIND_NOT_NULL, "");
        struct object *not_null = object_child(column, KIND_NOT_NULL, "");

        as_column(column)->inherited = true;
        if (expected && not_null) {
            as_not_null(not_null)->inherited = true;
            not_null->implied = true;
        }
    }
    while ((child = object_next_child(parent, KIND_CHECK, child)) != NULL) {
        struct object *check = object_child(table, KIND_CHECK, child->name);

        if (check && !as_check_constraint(child)->no_inherit) {
            as_check_constraint(check)->inherited = true;
            check->implied = true;
        }
    }
    return OUTCOME_DONE;
}

/* True when one of the table's parents has a check of that name. */
static bool inherits_check(const struct object *table, const char *name)
{
    const struct pointer_list *parents = &as_table(table)->inherits;

    for (size_t i = 0; i < parents->count; i++)
        if (object_child(parents->items[i], KIND_CHECK, name))
            return true;
    return false;
}

static void release_column(struct object *column)
{
    struct object *not_null = object_child(column, KIND_NOT_NULL, "");

    as_column(column)->inherited = false;
    if (not_null) {
        as_not_null(not_null)->inherited = false;
        not_null->implied = false;
    }
}

/* An index, key or foreign key that was a partition's copy stands on its own. */
static void release_constraint(struct object *object, const struct object *parent)
{
    struct object **attached_to = NULL;

    if (object->kind == KIND_INDEX)
        attached_to = &as_index(object)->attached_to;
    else if (object->kind == KIND_FOREIGN_KEY)
        attached_to = &as_foreign_key(object)->attached_to;
    else if (object->kind == KIND_PRIMARY_KEY || object->kind == KIND_UNIQUE ||
             object->kind == KIND_EXCLUSION)
        attached_to = constraint_parts(object).attached_to;
    if (attached_to && *attached_to && (*attached_to)->parent == parent) {
        *attached_to = NULL;
        object->implied = false;
    }
}

void table_leave(struct interpreter *interpreter, struct object *table, struct object *parent)
{
    struct object *attachment = object_child(table, KIND_ATTACHMENT, "");
    struct pointer_list *parents = &as_table(table)->inherits;
    size_t kept = 0;

    if (attachment && as_attachment(attachment)->table == parent) {
        interpret_remove(interpreter, attachment);
        trigger_forget_copies(interpreter, table, parent);
    }
    for (size_t i = 0; i < parents->count; i++)
        if (parents->items[i] != parent)
            parents->items[kept++] = parents->items[i];
    parents->count = kept;
    for (struct object *child = table->first_child; child; child = child->next_sibling) {
        if (child->kind == KIND_COLUMN && table_column(parent, child->name) &&
            !table_inherits_column(table, child->name))
            release_column(child);
        if (child->kind == KIND_CHECK && object_child(parent, KIND_CHECK, child->name) &&
            !inherits_check(table, child->name)) {
            as_check_constraint(child)->inherited = false;
            child->implied = false;
        }
        release_constraint(child, parent);
    }
}
