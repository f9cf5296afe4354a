/* What an object that is kept asks of those around it. */
#include "model/kept.h"

#include <string.h>

#include "model/fields.h"

static bool names_column(const char *key, const char *column)
{
    size_t length = strlen(column);
    const char *found = strstr(key, column);

    if (strcmp(key, column) == 0)
        return true;
    return found && found > key && found[-1] == '`' &&
           found[length] == '`'; /* as MySQL's keys are */
}

bool kept_requires(const struct object *key, const struct object *trait)
{
    if (key->kind != KIND_PRIMARY_KEY || trait->kind != KIND_NOT_NULL ||
        trait->parent->parent != key->parent)
        return false;
    for (size_t i = 0; i < as_primary_key(key)->columns.count; i++)
        if (names_column(as_primary_key(key)->columns.items[i], trait->parent->name))
            return true;
    return false;
}

static int64_t last_position(const struct object *table)
{
    int64_t last = 0;

    for (const struct object *each = object_next_child(table, KIND_PARTITION, NULL); each;
         each = object_next_child(table, KIND_PARTITION, each))
        if (as_partition(each)->position > last)
            last = as_partition(each)->position;
    return last;
}

/* True where the wanted partitions are those of the database, less some, and new ones behind its last. */
static bool are_appended(const struct model *from, const struct object *table,
                         const struct object *whole)
{
    int64_t last = 0; /* of those that are there, as the whole has them */
    bool ends_with_wanted = false;
    bool appended = true;

    for (const struct object *other = object_next_child(whole, KIND_PARTITION, NULL); other;
         other = object_next_child(whole, KIND_PARTITION, other)) {
        const struct object *twin = model_find_key(from, other->key);

        if (twin && as_partition(other)->position > last)
            last = as_partition(other)->position;
        if (twin && as_partition(twin)->position == last_position(table))
            ends_with_wanted = true;
    }
    for (const struct object *other = object_next_child(whole, KIND_PARTITION, NULL); other;
         other = object_next_child(whole, KIND_PARTITION, other))
        if (!model_find_key(from, other->key) && as_partition(other)->position <= last)
            appended = false;
    return ends_with_wanted && appended;
}

static bool adds_any(const struct model *from, const struct object *whole)
{
    for (const struct object *other = object_next_child(whole, KIND_PARTITION, NULL); other;
         other = object_next_child(whole, KIND_PARTITION, other))
        if (!model_find_key(from, other->key))
            return true;
    return false;
}

bool kept_is_recut(const struct model *from, const struct object *before,
                   const struct object *whole)
{
    const struct table *have = before->kind == KIND_PARTITION && whole->kind == KIND_TABLE
                                   ? as_table(before->parent)
                                   : NULL;
    const struct table *want = have ? as_table(whole) : NULL;

    if (!have)
        return false;
    if (!text_equal(have->partition_strategy, want->partition_strategy) ||
        !text_equal(have->subpartitions, want->subpartitions))
        return true;
    for (const struct object *other = object_next_child(whole, KIND_PARTITION, NULL); other;
         other = object_next_child(whole, KIND_PARTITION, other)) {
        const struct object *twin = model_find_key(from, other->key);

        if (twin && fields_changed(twin, other))
            return true;
    }
    return adds_any(from, whole) && !are_appended(from, before->parent, whole);
}

/* A trigger of MySQL, which runs after another of the same event. */
static bool shares_chain(const struct object *a, const struct object *b)
{
    return as_trigger(a)->body && text_equal(as_trigger(a)->timing, as_trigger(b)->timing) &&
           text_list_equal(&as_trigger(a)->events, &as_trigger(b)->events);
}

static bool settle_chain(struct object *copy)
{
    bool changed = false;

    for (struct object *other = object_next_child(copy->parent, KIND_TRIGGER, NULL); other;
         other = object_next_child(copy->parent, KIND_TRIGGER, other)) {
        if (other == copy || other->kept || !shares_chain(copy, other) ||
            !text_equal(as_trigger(copy)->follows, as_trigger(other)->follows))
            continue;
        as_trigger(other)->follows = copy->name;
        changed = true;
    }
    return changed;
}

enum { behind_all = 1 << 20 };

/* Those that are there stand as before, new ones behind them (or this one would not be kept). */
static void settle_positions(const struct model *from, struct object *copy)
{
    for (struct object *other = object_next_child(copy->parent, KIND_PARTITION, NULL); other;
         other = object_next_child(copy->parent, KIND_PARTITION, other)) {
        const struct object *twin = model_find_key(from, other->key);

        if (twin)
            as_partition(other)->position = as_partition(twin)->position;
        else if (!other->kept && as_partition(other)->position < behind_all)
            as_partition(other)->position += behind_all; /* once, whoever else is kept */
    }
}

bool kept_settle(const struct model *from, struct object *copy)
{
    if (copy->kind == KIND_TRIGGER)
        return settle_chain(copy);
    if (copy->kind == KIND_PARTITION)
        settle_positions(from, copy);
    return false;
}

/* --- what it stands in the way of ----------------------------------------------------------------- */

static const struct object *partitioned_by(const struct object *table)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

    return attachment ? as_attachment(attachment)->table : NULL;
}

static bool is_under(const struct object *table, const char *key)
{
    const struct object *whole = partitioned_by(table);
    const struct pointer_list *parents = &as_table(table)->inherits;

    for (size_t i = 0; i < parents->count; i++)
        if (strcmp(((const struct object *)parents->items[i])->key, key) == 0)
            return true;
    return whole && strcmp(whole->key, key) == 0;
}

/* True when the table stands there already and is to be put under the other one. */
static bool comes_under(const struct model *from, const struct object *table, const char *key)
{
    const struct object *before = model_find_key(from, table->key);

    return before && is_under(table, key) && !is_under(before, key);
}

/* A table is put under another one with all of its columns; a partition has no others. */
static const struct object *obstructed_by_column(const struct model *from, const struct model *to,
                                                 const struct object *column)
{
    const struct object *table = column->parent;
    const struct object *whole = partitioned_by(table);

    if (whole && comes_under(from, table, whole->key) &&
        !object_child(whole, KIND_COLUMN, column->name))
        return table;
    for (size_t i = 0; i < to->count; i++) {
        const struct object *other = to->objects[i];

        if (!other->removed && other->kind == KIND_TABLE && comes_under(from, other, table->key) &&
            !object_child(other, KIND_COLUMN, column->name))
            return other;
    }
    return NULL;
}

static bool is_below(const struct object *table, const struct object *whole)
{
    while (table && table != whole)
        table = table->kind == KIND_TABLE ? partitioned_by(table) : NULL;
    return table != NULL;
}

/* The server makes a copy of the kept key for each partition: that has the name, or is the one primary key. */
static bool is_taken_by_copy(const struct model *from, const struct object *key)
{
    const struct object *before = model_find_key(from, key->key);

    if (key->implied)
        return false;
    return before ? before->implied : key->kind == KIND_PRIMARY_KEY;
}

static const struct object *obstructed_by_key(const struct model *from, const struct model *to,
                                              const struct object *key)
{
    for (size_t i = 0; i < to->count; i++) {
        const struct object *other = to->objects[i];

        if (!other->removed && other->kind == key->kind && other->parent != key->parent &&
            is_below(other->parent, key->parent) && is_taken_by_copy(from, other))
            return other;
    }
    return NULL;
}

const struct object *kept_obstructs(const struct model *from, const struct model *to,
                                    const struct object *copy)
{
    if (!copy->parent || copy->parent->kind != KIND_TABLE)
        return NULL;
    switch (copy->kind) {
    case KIND_COLUMN:
        return obstructed_by_column(from, to, copy);
    case KIND_UNIQUE:
    case KIND_PRIMARY_KEY:
    case KIND_INDEX:
        return obstructed_by_key(from, to, copy);
    default:
        return NULL;
    }
}
