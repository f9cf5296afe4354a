/* The copies that partitions have of the row triggers of their partitioned table. A copy comes and goes with the trigger
 * it is of; only whether it is enabled can be its own, and only a copy that is unlike its trigger in that stays in
 * the models. */
#include "postgres/resolve/reconcile.h"

#include "model/fields.h"

/* Tables between that have none any more have it as the one above them. */
const struct object *pg_copied_trigger(const struct object *object)
{
    const struct object *table = object->parent;
    const struct object *trigger = NULL;

    if (object->kind != KIND_TRIGGER || !object->implied)
        return NULL;
    while (table && !trigger) {
        const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

        table = attachment ? as_attachment(attachment)->table : NULL;
        trigger = table ? object_child(table, KIND_TRIGGER, object->name) : NULL;
    }
    return trigger;
}

bool pg_trigger_deviates(const struct object *object)
{
    const struct object *trigger = pg_copied_trigger(object);

    return trigger && !text_equal(as_trigger(trigger)->enabled, as_trigger(object)->enabled);
}

void pg_need_copied_trigger(struct model *model, struct object *object)
{
    const struct object *copy = object;
    const struct object *trigger;

    while ((trigger = pg_copied_trigger(copy)) != NULL) {
        model_need(model, object, model_find_key(model, trigger->key));
        model_need(model, object, object_child(copy->parent, KIND_ATTACHMENT, ""));
        copy = trigger;
    }
}

/* True when what the copy is of is made or changed, so that the copy begins as the server makes it. */
static bool begins_anew(const struct model *from, const struct object *copy)
{
    const struct object *trigger;

    for (; (trigger = pg_copied_trigger(copy)) != NULL; copy = trigger) {
        const struct object *before = model_find_key(from, trigger->key);

        if (!before || before->removed || fields_changed(before, trigger))
            return true;
    }
    return false;
}

/* A copy that the wanted model has, and what becomes of it. */
struct copy {
    struct object *wanted;
    struct object *before; /* NULL: none */
    bool anew;
    bool stays;
};

static struct copy judge(const struct model *from, struct object *wanted)
{
    struct copy copy = {.wanted = wanted, .before = model_find_key(from, wanted->key)};
    bool deviates = pg_trigger_deviates(wanted);

    if (copy.before && (copy.before->removed || !copy.before->implied))
        copy.before = NULL;
    copy.anew = begins_anew(from, wanted);
    copy.stays = deviates || wanted->first_child != NULL ||
                 (copy.before && !copy.anew &&
                  (pg_trigger_deviates(copy.before) || copy.before->first_child));
    return copy;
}

/* What is not its own is as its trigger has it. */
static void take_from_trigger(struct trigger *before, const struct trigger *wanted)
{
    struct trigger fields = *wanted;

    fields.object = before->object;
    fields.enabled = before->enabled;
    fields.from_table = before->from_table;
    *before = fields;
}

static void settle(struct model *from, struct model *to, const struct copy *copy)
{
    if (copy->before && copy->stays && !copy->anew)
        take_from_trigger(as_trigger(copy->before), as_trigger(copy->wanted));
    else if (copy->before)
        model_remove(from, copy->before);
    if (!copy->stays)
        model_remove(to, copy->wanted);
}

static bool is_copy(const struct object *object)
{
    return !object->removed && object->kind == KIND_TRIGGER && object->implied;
}

void pg_settle_trigger_copies(struct model *from, struct model *to)
{
    struct arena *arena = arena_new();
    struct copy *copies = ARENA_ARRAY(arena, struct copy, to->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < from->count; i++)
        if (is_copy(from->objects[i]) && !model_find_key(to, from->objects[i]->key))
            model_remove(from, from->objects[i]);
    for (size_t i = 0; i < to->count; i++)
        if (is_copy(to->objects[i]))
            copies[count++] = judge(from, to->objects[i]);
    for (size_t i = 0; i < count; i++)
        settle(from, to, &copies[i]);
    arena_free(arena);
}
