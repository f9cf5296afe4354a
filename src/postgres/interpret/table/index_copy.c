/* Copies of indexes and of the constraints behind which is one: for LIKE, and for partitions, which have
 * one for each of the partitioned table's. */
#include "postgres/interpret/table/table.h"

#include <string.h>

#include "postgres/canon/index_fit.h"
#include "postgres/facts/flavor.h"

/* --- copies ----------------------------------------------------------------------------------- */

void index_copy_fields(struct index *copy, const struct index *source)
{
    copy->unique = source->unique;
    copy->method = source->method;
    copy->keys = source->keys;
    copy->include = source->include;
    copy->nulls_not_distinct = source->nulls_not_distinct;
    copy->predicate = source->predicate;
    copy->options = source->options;
    copy->tablespace = source->tablespace;
    copy->statistics = source->statistics;
}

/* The names of an index's keys and included columns, from the texts of its keys. */
static struct text_list stored_names(struct interpreter *interpreter,
                                     const struct expression_list *keys,
                                     const struct text_list *columns,
                                     const struct text_list *include)
{
    struct text_list names = {0};

    for (size_t i = 0; keys && i < keys->count; i++)
        text_list_add(&names, interpreter->arena,
                      index_unique_name(interpreter, &names,
                                        index_key_name(interpreter, keys->items[i].written)));
    for (size_t i = 0; columns && i < columns->count; i++)
        text_list_add(&names, interpreter->arena, columns->items[i]);
    for (size_t i = 0; i < include->count; i++)
        text_list_add(&names, interpreter->arena, include->items[i]);
    return names;
}

static struct object *copy_plain_index(struct interpreter *interpreter, struct object *table,
                                       const struct object *source, int location)
{
    const struct index *other = as_index(source);
    struct text_list names = stored_names(interpreter, &other->keys, NULL, &other->include);
    const char *name = index_choose_name(interpreter, table, &names, "idx");
    struct object *copy =
        interpret_add_implied(interpreter, KIND_INDEX, table, name, NULL, location);

    if (copy)
        index_copy_fields(as_index(copy), other);
    return copy;
}

static void copy_constraint_fields(struct object *copy, const struct object *source)
{
    struct index_parts to = constraint_parts(copy);
    struct index_parts from = constraint_parts(source);

    if (to.columns)
        *to.columns = *from.columns;
    *to.include = *from.include;
    *to.options = *from.options;
    *to.tablespace = *from.tablespace;
    *to.deferrable = *from.deferrable;
    *to.deferred = *from.deferred;
    if (source->kind == KIND_PRIMARY_KEY) {
        as_primary_key(copy)->without_overlaps = as_primary_key(source)->without_overlaps;
    } else if (source->kind == KIND_UNIQUE) {
        const struct unique_constraint *other = as_unique_constraint(source);

        as_unique_constraint(copy)->nulls_not_distinct = other->nulls_not_distinct;
        as_unique_constraint(copy)->without_overlaps = other->without_overlaps;
    } else {
        as_exclusion(copy)->method = as_exclusion(source)->method;
        as_exclusion(copy)->keys = as_exclusion(source)->keys;
        as_exclusion(copy)->operators = as_exclusion(source)->operators;
        as_exclusion(copy)->predicate = as_exclusion(source)->predicate;
    }
}

static struct object *copy_index_constraint(struct interpreter *interpreter, struct object *table,
                                            const struct object *source, int location)
{
    struct index_parts parts = constraint_parts(source);
    const struct expression_list *keys =
        source->kind == KIND_EXCLUSION ? &as_exclusion(source)->keys : NULL;
    struct text_list names = stored_names(interpreter, keys, parts.columns, parts.include);
    bool primary = source->kind == KIND_PRIMARY_KEY;
    const char *name = index_choose_name(interpreter, table, primary ? NULL : &names,
                                         primary                       ? "pkey"
                                         : source->kind == KIND_UNIQUE ? "key"
                                                                       : "excl");
    struct object *copy =
        interpret_add_implied(interpreter, source->kind, table, name, NULL, location);

    if (!copy)
        return NULL;
    copy_constraint_fields(copy, source);
    for (size_t i = 0; primary && i < parts.columns->count; i++) {
        struct object *column = table_column(table, parts.columns->items[i]);

        if (column && !object_child(column, KIND_NOT_NULL, ""))
            column_declare_not_null(interpreter, column, NULL, false, location);
    }
    return copy;
}

struct object *index_copy(struct interpreter *interpreter, struct object *table,
                          const struct object *source, int location)
{
    struct object *copy = source->kind == KIND_INDEX
                              ? copy_plain_index(interpreter, table, source, location)
                              : copy_index_constraint(interpreter, table, source, location);

    if (copy) {
        copy->name_chosen = true;
        copy->search_path = source->search_path;
    }
    return copy;
}

/* --- partitions ------------------------------------------------------------------------------- */

static struct object **attachment_of(struct object *object)
{
    return object->kind == KIND_INDEX ? &as_index(object)->attached_to
                                      : constraint_parts(object).attached_to;
}

static bool same_expressions(const struct expression_list *a, const struct expression_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].written, b->items[i].written) != 0)
            return false;
    return true;
}

static bool same_written(const struct expression *a, const struct expression *b)
{
    if (!a->written || !b->written)
        return a->written == b->written;
    return strcmp(a->written, b->written) == 0;
}

bool index_equal(const struct index *a, const struct index *b)
{
    return a->unique == b->unique && strcmp(a->method, b->method) == 0 &&
           a->nulls_not_distinct == b->nulls_not_distinct && same_expressions(&a->keys, &b->keys) &&
           text_list_equal(&a->include, &b->include) && same_written(&a->predicate, &b->predicate);
}

/* What the partition has for the parent's index already, or what the server attaches to it. Attaching a partition looks at
 * the kind of constraints, from version 17 on; making an index does not. */
static struct object *fitting_index(struct interpreter *interpreter, const struct object *partition,
                                    const struct object *parent, bool attaching)
{
    for (struct object *child = partition->first_child; child; child = child->next_sibling)
        if (pg_index_parent(child) == parent)
            return child;
    return pg_fitting_index(interpreter->arena, partition, parent,
                            attaching &&
                                pg_can(interpreter->model->server_version, PG_CAN_TELL_KEYS_APART));
}

static bool has_attached(const struct object *partition, const struct object *parent)
{
    for (struct object *child = partition->first_child; child; child = child->next_sibling)
        if (pg_index_parent(child) == parent)
            return true;
    return false;
}

void index_attach(struct interpreter *interpreter, struct object *index, struct object *parent)
{
    struct pointer_list children;
    bool complete = true;
    struct object *next;

    /* A copy that was made meanwhile is not wanted: this index takes its place. */
    for (struct object *child = index->parent->first_child; child; child = next) {
        next = child->next_sibling;
        if (child != index && child->implied && pg_index_parent(child) == parent)
            interpret_remove(interpreter, child);
    }
    *attachment_of(index) = parent;
    if (parent->kind != KIND_INDEX || !as_index(parent)->invalid)
        return;
    children = table_children(interpreter, parent->parent);
    for (size_t i = 0; i < children.count; i++)
        complete = complete && has_attached(children.items[i], parent);
    as_index(parent)->invalid = !complete;
}

static void copy_to_partition(struct interpreter *interpreter, struct object *partition,
                              struct object *parent_index, bool attaching, int location)
{
    struct object *index = fitting_index(interpreter, partition, parent_index, attaching);
    struct pointer_list children;

    if (!index) {
        index = index_copy(interpreter, partition, parent_index, location);
        if (!index)
            return;
        index->implied = true;
    }
    index_attach(interpreter, index, parent_index);
    if (!table_is_partitioned(partition))
        return;
    children = table_children(interpreter, partition);
    for (size_t i = 0; i < children.count; i++)
        copy_to_partition(interpreter, children.items[i], index, false, location);
}

void index_copy_to_partition(struct interpreter *interpreter, struct object *partition,
                             struct object *parent_index, int location)
{
    copy_to_partition(interpreter, partition, parent_index, false, location);
}

void index_copy_all(struct interpreter *interpreter, struct object *partition,
                    const struct object *parent, int location)
{
    for (struct object *child = parent->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_INDEX || child->kind == KIND_PRIMARY_KEY ||
            child->kind == KIND_UNIQUE || child->kind == KIND_EXCLUSION)
            copy_to_partition(interpreter, partition, child, true, location);
}
