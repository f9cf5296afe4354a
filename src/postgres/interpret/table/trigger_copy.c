/* Triggers for each row of a partitioned table: every partition has a copy, which can be disabled on its own. */
#include "postgres/interpret/table/table.h"

#include <string.h>

#include "postgres/interpret/base/base.h"

static void copy_to_partition(struct interpreter *interpreter, struct object *partition,
                              struct object *trigger, int location)
{
    struct object *copy = object_child(partition, KIND_TRIGGER, trigger->name);
    struct trigger fields = *as_trigger(trigger);

    if (copy && !copy->implied)
        return;
    if (!copy)
        copy = interpret_add_implied(interpreter, KIND_TRIGGER, partition, trigger->name, NULL,
                                     location);
    if (!copy)
        return;
    fields.object = *copy;
    *as_trigger(copy) = fields;
    copy->implied = true;
    copy->search_path = trigger->search_path;
    model_need(interpreter->model, copy, trigger);
    for (size_t i = 0; i < trigger->needs.count; i++)
        model_need(interpreter->model, copy, trigger->needs.items[i]);
    trigger_copy_to_partitions(interpreter, copy, location);
}

void trigger_copy_to_partitions(struct interpreter *interpreter, struct object *trigger,
                                int location)
{
    struct pointer_list children;

    if (trigger->parent->kind != KIND_TABLE || !table_is_partitioned(trigger->parent) ||
        !as_trigger(trigger)->each_row)
        return;
    children = table_children(interpreter, trigger->parent);
    for (size_t i = 0; i < children.count; i++)
        copy_to_partition(interpreter, children.items[i], trigger, location);
}

void trigger_copy_all(struct interpreter *interpreter, struct object *partition,
                      const struct object *parent, int location)
{
    struct object *trigger = NULL;

    while ((trigger = object_next_child(parent, KIND_TRIGGER, trigger)) != NULL)
        if (as_trigger(trigger)->each_row)
            copy_to_partition(interpreter, partition, trigger, location);
}

static void forget_copy(struct interpreter *interpreter, struct object *table, const char *name)
{
    struct object *copy = object_child(table, KIND_TRIGGER, name);
    struct pointer_list children;

    if (!copy || !copy->implied)
        return;
    interpret_remove(interpreter, copy);
    children = table_children(interpreter, table);
    for (size_t i = 0; i < children.count; i++)
        forget_copy(interpreter, children.items[i], name);
}

void trigger_forget_copies(struct interpreter *interpreter, struct object *partition,
                           const struct object *parent)
{
    struct object *trigger = NULL;

    while ((trigger = object_next_child(parent, KIND_TRIGGER, trigger)) != NULL)
        forget_copy(interpreter, partition, trigger->name);
}

bool trigger_rename_copies(struct interpreter *interpreter, const struct object *table,
                           const char *former, const char *name)
{
    struct pointer_list children = {0};

    if (table->kind == KIND_TABLE && table_is_partitioned(table))
        children = table_children(interpreter, table);
    for (size_t i = 0; i < children.count; i++) {
        struct object *partition = children.items[i];
        struct object *copy = object_child(partition, KIND_TRIGGER, former);

        if (copy && copy->implied &&
            (!interpret_move(interpreter, copy, partition, name, NULL) ||
             !trigger_rename_copies(interpreter, partition, former, name)))
            return false;
    }
    return true;
}
