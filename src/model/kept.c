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
