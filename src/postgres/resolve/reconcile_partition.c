/* Indexes and keys of partitions, and those of the partitioned table that they stand under: when the server takes an
 * index of the partition for the table's, and when it makes a copy, depends on which of them is there first. */
#include <string.h>

#include "postgres/canon/index_fit.h"
#include "postgres/resolve/reconcile.h"

static bool is_partitioned(const struct object *table)
{
    return table->kind == KIND_TABLE && as_table(table)->partition_strategy;
}

static struct object *find(const struct model *model, const struct object *object)
{
    return model_find_key(model, object->key);
}

static struct object **parent_slot(struct object *index)
{
    switch ((int)index->kind) {
    case KIND_PRIMARY_KEY:
        return &as_primary_key(index)->attached_to;
    case KIND_UNIQUE:
        return &as_unique_constraint(index)->attached_to;
    case KIND_EXCLUSION:
        return &as_exclusion(index)->attached_to;
    default:
        return &as_index(index)->attached_to;
    }
}

/* --- names of copies --------------------------------------------------------------------------------- */

/* What the partition has under the table's index, where that is called otherwise than in the other model. */
static struct object *namesake(const struct model *from, const struct model *to,
                               const struct object *copy)
{
    const struct object *partition = find(from, copy->parent);
    const struct object *index = find(from, pg_index_parent(copy));

    for (struct object *child = partition && index ? partition->first_child : NULL; child;
         child = child->next_sibling)
        if (pg_index_parent(child) == index && !find(to, child))
            return child->kind == copy->kind ? child : NULL;
    return NULL;
}

/* A copy whose name nobody has chosen may have any; one that is named is renamed. */
static void settle_name(struct model *from, struct model *to, struct object *copy)
{
    struct object *other = find(from, copy) ? NULL : namesake(from, to, copy);
    const char *former_name;

    if (!other)
        return;
    if (copy->implied) {
        model_remove(from, other);
        return;
    }
    former_name = other->name;
    if (model_rename(from, other, other->parent, copy->name, copy->signature)) {
        other->former_name = former_name;
        other->implied = false;
    }
}

/* --- what is there first ----------------------------------------------------------------------------- */

static bool is_attached_to(const struct model *from, const struct object *partition,
                           const struct object *table)
{
    const struct object *before = find(from, partition);
    const struct object *attachment = before ? object_child(before, KIND_ATTACHMENT, "") : NULL;

    return attachment && !attachment->removed &&
           strcmp(as_attachment(attachment)->table->key, table->key) == 0;
}

/* True when the index is made by a statement of its own, so that partitions are there before it. */
static bool is_made_apart(const struct model *from, const struct object *index)
{
    return !find(from, index) && (index->kind == KIND_INDEX || find(from, index->parent));
}

/* The index that somebody declared, of which the partitions' come. */
static struct object *declared(struct object *index)
{
    while (index->implied && pg_index_parent(index))
        index = pg_index_parent(index);
    return index;
}

/* The partition is new: the table's index is there before it, and its own before it is attached. A key is made with the
 * partition. */
static void come_with_partition(struct model *to, struct object *own, struct object *index)
{
    struct object *attachment = object_child(own->parent, KIND_ATTACHMENT, "");

    if (own->kind != KIND_INDEX || !attachment)
        return;
    model_need(to, own, index);
    model_need(to, attachment, own);
    as_index(own)->attached_to = NULL;
}

/* An index of the partition's own that is to stand under the table's: it is made first, for the server to find it
 * when it makes the table's index, or attaches the partition. */
static void come_before(const struct model *from, struct model *to, struct object *own)
{
    struct object *index = declared(pg_index_parent(own));
    struct object *attachment = object_child(own->parent, KIND_ATTACHMENT, "");
    struct object *before = find(from, own);
    const struct object *under = before ? pg_index_parent(before) : NULL;

    if (under && (find(from, pg_index_parent(own)) == under || find(to, under)))
        return; /* what it stands under stays */
    if (index->kind == KIND_INDEX && as_index(index)->only && !find(from, index))
        return; /* attached by a statement */
    if (!find(from, own->parent)) {
        come_with_partition(to, own, index);
        return;
    }
    if (is_made_apart(from, index))
        model_need(to, index, own);
    else if (attachment && !is_attached_to(from, own->parent, as_attachment(attachment)->table))
        model_need(to, attachment, own);
    else
        return;
    *parent_slot(own) = NULL;
}

/* When the partition is attached the server takes its own index for the copy: the one that is there becomes that, and
 * another is made under its name. */
static void become_copy(struct model *from, struct object *own, struct object *copy)
{
    const char *former_name = own->name;

    if (own->kind != copy->kind || find(from, copy) ||
        !model_rename(from, own, own->parent, copy->name, copy->signature))
        return;
    own->former_name = former_name;
    *parent_slot(copy) = NULL;
}

/* The partition has a copy of the table's index, though an index of its own would fit: that comes later. */
static void come_after(struct model *from, struct model *to, struct object *copy)
{
    struct object *index = declared(copy);
    struct object *own = pg_fitting_index(to->arena, copy->parent, pg_index_parent(copy), false);
    struct object *attachment = object_child(copy->parent, KIND_ATTACHMENT, "");
    bool attaches = attachment && own && find(from, own->parent) &&
                    !is_attached_to(from, own->parent, as_attachment(attachment)->table);

    if (!own)
        return;
    if (attaches && find(from, own) && !is_made_apart(from, index))
        become_copy(from, find(from, own), copy);
    else if (find(from, own))
        return;
    if (is_made_apart(from, index))
        model_need(to, own, index);
    else if (attaches)
        model_need(to, own, attachment);
}

/* What stands under a copy ends with the index that was declared. */
static void end_with_declared(struct model *from)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *object = from->objects[i];
        struct object *parent = object->removed ? NULL : pg_index_parent(object);

        if (parent && parent->implied)
            model_need(from, object, declared(parent));
    }
}

/* A key of a partition under an index of the table that is no key: the index goes only with it, unless the partition is
 * detached meanwhile (write/index.c), and then the key is on its own. */
static void release_keys(struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *key = from->objects[i];
        struct object *index = key->removed ? NULL : pg_index_parent(key);
        const struct object *partition = index ? find(to, key->parent) : NULL;
        const struct object *attachment =
            partition ? object_child(key->parent, KIND_ATTACHMENT, "") : NULL;

        if (!attachment || key->kind == KIND_INDEX || index->kind != KIND_INDEX ||
            find(to, declared(index)) ||
            !is_attached_to(from, partition, as_attachment(attachment)->table) ||
            !find(to, attachment))
            continue;
        model_need(from, declared(index), key);
        *parent_slot(key) = NULL;
    }
}

/* --- keys that reference partitioned tables ---------------------------------------------------------- */

static void need_partitions(struct model *from, struct object *key, const struct object *table)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct object *attachment = from->objects[i];

        if (attachment->removed || attachment->kind != KIND_ATTACHMENT ||
            as_attachment(attachment)->table != table)
            continue;
        model_need(from, key, attachment->parent);
        need_partitions(from, key, attachment->parent);
    }
}

/* A foreign key that goes does so before the partitions of the table that it references: the server sees to each. */
static void end_before_partitions(struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *object = from->objects[i];

        if (!object->removed && object->kind == KIND_FOREIGN_KEY && !find(to, object) &&
            as_foreign_key(object)->table && is_partitioned(as_foreign_key(object)->table))
            need_partitions(from, object, as_foreign_key(object)->table);
    }
}

void pg_order_partitions(struct model *from, struct model *to)
{
    size_t count = to->count;

    release_keys(from, to);
    end_with_declared(from);
    end_before_partitions(from, to);
    for (size_t i = 0; i < count; i++) {
        struct object *object = to->objects[i];

        if (object->removed || !pg_index_parent(object))
            continue;
        settle_name(from, to, object);
        if (object->implied)
            come_after(from, to, object);
    }
    for (size_t i = 0; i < count; i++) {
        struct object *object = to->objects[i];

        if (!object->removed && !object->implied && pg_index_parent(object))
            come_before(from, to, object);
    }
}
