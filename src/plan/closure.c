/* Which objects a plan touches, and how. An object that must be dropped takes along what depends on
 * it; what the wanted model still has of that is made anew. */
#include "plan/closure.h"

#include "model/fields.h"
#include "dialect/rule.h"

struct work {
    const struct dialect *dialect;
    struct closure closure;
    struct arena *arena;
    struct pointer_list *dependents; /* struct object * of from, by from's rank */
    struct pointer_list queue;       /* objects of from whose fate has just been set */
    size_t next;
    size_t *asked; /* by from's rank: the last question put about it */
    size_t asking;
};

struct collect {
    struct pointer_list *list;
    struct arena *arena;
};

/* What was taken out of the model (by a filter, say) has no rank and plays no part. */
static void collect_reference(struct object *referenced, void *context)
{
    struct collect *collect = context;

    if (referenced->removed)
        return;
    pointer_list_add(collect->list, collect->arena, referenced);
}

struct pointer_list closure_dependencies(struct arena *arena, const struct object *object)
{
    struct pointer_list list = {0};
    struct collect collect = {&list, arena};

    if (object->parent)
        pointer_list_add(&list, arena, object->parent);
    for (size_t i = 0; i < object->needs.count; i++)
        pointer_list_add(&list, arena, object->needs.items[i]);
    fields_references(object, collect_reference, &collect);
    return list;
}

/* Asked again and again, of the same objects: once is enough. */
static struct pointer_list *dependencies_of_all(struct arena *arena, const struct model *model)
{
    struct pointer_list *needs = ARENA_ARRAY(arena, struct pointer_list, model->count + 1);

    for (size_t i = 0; i < model->count; i++)
        needs[i] = closure_dependencies(arena, model->objects[i]);
    return needs;
}

static void index_dependents(struct work *work)
{
    const struct model *from = work->closure.from;

    work->closure.from_needs = dependencies_of_all(work->arena, from);
    work->closure.to_needs = dependencies_of_all(work->arena, work->closure.to);
    work->dependents = ARENA_ARRAY(work->arena, struct pointer_list, from->count + 1);
    for (size_t i = 0; i < from->count; i++) {
        const struct pointer_list *needed = &work->closure.from_needs[i];

        for (size_t j = 0; j < needed->count; j++) {
            const struct object *other = needed->items[j];

            pointer_list_add(&work->dependents[other->rank], work->arena, from->objects[i]);
        }
    }
}

static void pair_objects(struct work *work)
{
    struct closure *closure = &work->closure;

    closure->fates = ARENA_ARRAY(work->arena, enum fate, closure->from->count + 1);
    closure->changed = ARENA_ARRAY(work->arena, uint64_t, closure->from->count + 1);
    closure->after = ARENA_ARRAY(work->arena, struct object *, closure->from->count + 1);
    closure->made = ARENA_ARRAY(work->arena, bool, closure->to->count + 1);
    closure->before = ARENA_ARRAY(work->arena, struct object *, closure->to->count + 1);
    for (size_t i = 0; i < closure->to->count; i++) {
        struct object *after = closure->to->objects[i];
        struct object *before = model_find_key(closure->from, after->key);

        closure->before[i] = before && before->promised ? NULL : before;
        if (before)
            closure->after[before->rank] = after;
    }
}

/* Drops the object; if the wanted model has it as well it is made anew. */
static void end_object(struct work *work, struct object *object)
{
    struct closure *closure = &work->closure;
    struct object *after = closure->after[object->rank];

    if (closure->fates[object->rank] >= FATE_DROPPED)
        return;
    closure->fates[object->rank] = after ? FATE_REPLACED : FATE_DROPPED;
    if (after)
        closure->made[after->rank] = true;
    pointer_list_add(&work->queue, work->arena, object);
}

static bool needs_replacement(const struct work *work, const struct delta *delta)
{
    const struct dialect_planning *planning = work->dialect->planning;

    return rule_replaces(planning->field_rule, planning->must_replace, delta->before, delta->after,
                         delta->changed, work->closure.from->server_version);
}

/* True when all that changed is to be ignored. */
static bool is_ignored(const struct work *work, const struct delta *delta)
{
    struct fields fields = kind_fields(delta->before->kind);

    for (size_t i = 0; i < fields.count; i++)
        if (delta->changed >> i & 1 &&
            work->dialect->planning->field_rule(delta->before->kind, (int)i).rule != RULE_IGNORE)
            return false;
    return true;
}

static void start_from_delta(struct work *work, const struct delta *delta)
{
    struct closure *closure = &work->closure;

    switch (delta->change) {
    case DELTA_ADDED:
        closure->made[delta->after->rank] = true;
        break;
    case DELTA_REMOVED:
        end_object(work, delta->before);
        break;
    case DELTA_CHANGED:
        if (is_ignored(work, delta) || closure->fates[delta->before->rank] != FATE_STAYS)
            break;
        if (needs_replacement(work, delta)) {
            end_object(work, delta->before);
        } else {
            closure->fates[delta->before->rank] = FATE_ALTERED;
            closure->changed[delta->before->rank] = delta->changed;
            pointer_list_add(&work->queue, work->arena, delta->before);
        }
        break;
    case DELTA_RENAMED:
        break;
    }
}

/* A dependent of something that is dropped for good can stay when it is altered so that it no longer
 * depends on it: its change then comes first. */
static bool lets_go(const struct work *work, const struct object *dependent,
                    const struct object *ended)
{
    const struct closure *closure = &work->closure;
    const struct object *after = closure->after[dependent->rank];
    const struct object *ended_after = closure->after[ended->rank];

    if (closure->fates[dependent->rank] != FATE_ALTERED || dependent->parent == ended)
        return false;
    return !ended_after || !pointer_list_contains(&closure->to_needs[after->rank], ended_after);
}

static void follow_ended(struct work *work, const struct object *ended)
{
    const struct pointer_list *dependents = &work->dependents[ended->rank];

    for (size_t i = 0; i < dependents->count; i++)
        if (!lets_go(work, dependents->items[i], ended))
            end_object(work, dependents->items[i]);
}

/* True when the object is known to use some child of the parent: then it does not depend on other
 * children. Otherwise all that is known is that it uses the parent. */
static bool knows_children(const struct work *work, const struct object *object,
                           const struct object *parent)
{
    const struct pointer_list *needed = &work->closure.from_needs[object->rank];

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];

        if (other->parent == parent)
            return true;
    }
    return false;
}

/* Asks of all that depends on the object, directly or by way of what stays, whether it can stay while
 * before is altered. */
static void ask_dependents(struct work *work, const struct object *object,
                           const struct object *before)
{
    const struct closure *closure = &work->closure;
    const struct pointer_list *dependents = &work->dependents[object->rank];

    for (size_t i = 0; i < dependents->count; i++) {
        struct object *dependent = dependents->items[i];

        if (work->asked[dependent->rank] == work->asking)
            continue;
        work->asked[dependent->rank] = work->asking;
        if (work->dialect->planning->must_end_dependent(
                dependent, before, closure->after[before->rank], closure->changed[before->rank],
                closure->from->server_version))
            end_object(work, dependent);
        else
            ask_dependents(work, dependent, before);
    }
    if (work->dialect->planning->is_whole && work->dialect->planning->is_whole(object))
        ask_dependents(work, object->parent, before);
}

static void follow_altered(struct work *work, const struct object *before)
{
    struct closure *closure = &work->closure;
    const struct object *after = closure->after[before->rank];
    uint64_t changed = closure->changed[before->rank];
    int version = closure->from->server_version;
    const struct pointer_list *dependents;

    work->asking++;
    ask_dependents(work, before, before);
    /* Who uses a schema does not use what is in it. */
    if (!before->parent || !before->parent->parent)
        return;
    dependents = &work->dependents[before->parent->rank];
    for (size_t i = 0; i < dependents->count; i++) {
        struct object *dependent = dependents->items[i];

        if (dependent->parent != before->parent &&
            !knows_children(work, dependent, before->parent) &&
            work->dialect->planning->must_end_dependent(dependent, before, after, changed, version))
            end_object(work, dependent);
    }
}

struct closure closure_compute(const struct dialect *dialect, const struct model *from,
                               const struct model *to, const struct delta_list *deltas,
                               struct arena *arena)
{
    struct work work = {.dialect = dialect, .arena = arena};

    work.closure.from = from;
    work.closure.to = to;
    work.asked = ARENA_ARRAY(arena, size_t, from->count + 1);
    pair_objects(&work);
    index_dependents(&work);
    for (size_t i = 0; i < deltas->count; i++)
        start_from_delta(&work, &deltas->items[i]);
    while (work.next < work.queue.count) {
        struct object *object = work.queue.items[work.next++];

        if (work.closure.fates[object->rank] >= FATE_DROPPED)
            follow_ended(&work, object);
        else
            follow_altered(&work, object);
    }
    return work.closure;
}
