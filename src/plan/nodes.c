/* The actions of a plan as nodes, and which of them share a statement: what is part of another new
 * object, what ends with another dropped one, what is altered together. */
#include "plan/planner.h"

#include <stdlib.h>

static struct node *add_node(struct planner *planner, enum step_action action,
                             struct object *before, struct object *after)
{
    struct node *node = ARENA_NEW(planner->scratch, struct node);

    node->action = action;
    node->before = before;
    node->after = after;
    pointer_list_add(&planner->nodes, planner->scratch, node);
    return node;
}

struct node *node_root(struct node *node)
{
    while (node && node->into)
        node = node->into;
    return node;
}

/* --- joints: what is altered together -------------------------------------------------------- */

/* The object of the wanted model, staying, whose ALTER statement the action can be a part of; NULL
 * when there is none. object: of the old model for a drop. */
static const struct object *joint_of(const struct planner *planner, const struct object *object,
                                     enum step_action action)
{
    const struct closure *closure = &planner->closure;
    const struct object *target;

    if (!planner->dialect->planning->joins)
        return NULL;
    target = planner->dialect->planning->joins(object, action);
    if (!target)
        return NULL;
    if (action == ACTION_DROP)
        return closure->fates[target->rank] < FATE_DROPPED ? closure->after[target->rank] : NULL;
    return closure->before[target->rank] && !closure->made[target->rank] ? target : NULL;
}

static bool is_altered(const struct closure *closure, const struct object *after)
{
    const struct object *before = closure->before[after->rank];

    return before && closure->fates[before->rank] == FATE_ALTERED;
}

/* Marks what stays and has its parts altered, by to's rank. */
static bool *find_joints(struct planner *planner)
{
    const struct closure *closure = &planner->closure;
    bool *joints = ARENA_ARRAY(planner->scratch, bool, closure->to->count + 1);
    const struct object *joint;

    for (size_t i = 0; i < closure->from->count; i++) {
        joint = closure->fates[i] >= FATE_DROPPED
                    ? joint_of(planner, closure->from->objects[i], ACTION_DROP)
                    : NULL;
        if (joint)
            joints[joint->rank] = true;
    }
    for (size_t i = 0; i < closure->to->count; i++) {
        const struct object *after = closure->to->objects[i];

        joint = NULL;
        if (closure->made[i])
            joint = joint_of(planner, after, ACTION_CREATE);
        else if (is_altered(closure, after))
            joint = joint_of(planner, after, ACTION_ALTER);
        if (joint)
            joints[joint->rank] = true;
    }
    return joints;
}

/* --- what is carried over ------------------------------------------------------------------------ */

static bool is_carried_itself(const struct planner *planner, const struct object *before)
{
    const struct closure *closure = &planner->closure;
    const struct object *after = closure->after[before->rank];

    return planner->dialect->planning->carries && closure->fates[before->rank] == FATE_REPLACED &&
           planner->dialect->planning->carries(before, after);
}

const struct object *planner_carried(const struct planner *planner, const struct object *object)
{
    const struct object *found = NULL;

    if (!planner->dialect->planning->stored_in)
        return NULL;
    for (; object && planner->closure.fates[object->rank] >= FATE_DROPPED;
         object = planner->dialect->planning->stored_in(object))
        if (is_carried_itself(planner, object))
            found = object;
    return found;
}

bool planner_stores(const struct planner *planner, const struct object *object,
                    const struct object *whole)
{
    while (object && object != whole)
        object = planner->dialect->planning->stored_in(object);
    return object != NULL;
}

struct placed {
    struct object *object;
    int64_t place;
};

static int compare_places(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;

    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->object->rank < y->object->rank ? -1 : x->object->rank > y->object->rank;
}

/* The wanted model's objects in the order in which they are made and altered: as the model has them, siblings of one kind
 * by their places. */
static const struct placed *order_wanted(const struct planner *planner)
{
    const struct model *to = planner->closure.to;
    struct placed *order = ARENA_ARRAY(planner->scratch, struct placed, to->count + 1);
    size_t run = 0;

    for (size_t i = 0; i < to->count; i++) {
        struct object *object = to->objects[i];
        bool last = i + 1 == to->count || to->objects[i + 1]->kind != object->kind ||
                    to->objects[i + 1]->parent != object->parent;

        order[i].object = object;
        if (planner->dialect->planning->place)
            order[i].place = planner->dialect->planning->place(object);
        if (!last)
            continue;
        qsort(order + run, i + 1 - run, sizeof(*order), compare_places);
        run = i + 1;
    }
    return order;
}

/* The total order: renames, drops from the last kind to the first, then the rest. */
void planner_add_nodes(struct planner *planner)
{
    const struct closure *closure = &planner->closure;
    const struct placed *order = order_wanted(planner);
    const bool *joints = find_joints(planner);

    for (size_t i = 0; i < closure->from->count; i++) {
        struct object *object = closure->from->objects[i];

        if ((object->former_name || object->former_schema) && closure->after[i])
            planner->renaming[i] = add_node(planner, ACTION_RENAME, object, closure->after[i]);
    }
    for (size_t i = closure->from->count; i-- > 0;)
        if (closure->fates[i] >= FATE_DROPPED)
            planner->dropping[i] = add_node(planner, ACTION_DROP, closure->from->objects[i], NULL);
    for (size_t i = 0; i < closure->to->count; i++) {
        struct object *after = order[i].object;
        size_t rank = after->rank;
        struct object *before = closure->before[rank];

        if (closure->made[rank])
            planner->making[rank] = add_node(planner, ACTION_CREATE, NULL, after);
        else if (joints[rank] || is_altered(closure, after))
            planner->making[rank] = add_node(planner, ACTION_ALTER, before, after);
    }
    for (size_t i = 0; i < closure->from->count; i++) {
        struct object *before = closure->from->objects[i];

        if (planner_carried(planner, before) != before)
            continue;
        planner->carrying[i] = add_node(planner, ACTION_ALTER, before, closure->after[i]);
        planner->carrying[i]->carries = true;
    }
}

/* Finds for each node the one whose statement it can be a part of. */
void planner_find_joints(struct planner *planner)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];
        const struct object *joint = NULL;

        if (node->action != ACTION_RENAME && !node->carries)
            joint = joint_of(planner, node->after ? node->after : node->before, node->action);
        if (joint && planner->making[joint->rank] != node)
            node->joint = planner->making[joint->rank];
    }
}

/* Puts what can be altered together into one statement. A part of another's statement comes along
 * with that. */
static void join_nodes(struct planner *planner)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        node->joined = (struct pointer_list){0};
        if (node->joint && !node->into && !node->alone)
            node->into = node->joint;
    }
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->into)
            pointer_list_add(&node_root(node)->joined, planner->round, node);
    }
}

/* Merges the drop of the node into that of something which the object needs, if it ends with it. */
static void merge_drop(struct planner *planner, struct node *node, const struct object *object)
{
    const struct pointer_list *needed = &planner->closure.from_needs[object->rank];

    for (size_t i = 0; i < needed->count && !node->into; i++) {
        const struct object *other = needed->items[i];
        struct node *ending = planner->dropping[other->rank];

        if (ending && node_root(ending) != node &&
            planner->dialect->planning->ends_with(node->before, other))
            node->into = ending;
    }
}

/* A dropped object that ends with something else that is dropped has no statement of its own. What
 * ties it to that may be a child of its own: the owner of a sequence. */
static void merge_drops(struct planner *planner)
{
    const struct closure *closure = &planner->closure;

    for (size_t i = 0; i < closure->from->count; i++)
        if (planner->dropping[i])
            planner->dropping[i]->into = NULL;
    for (size_t i = 0; i < closure->from->count; i++) {
        struct node *node = planner->dropping[i];

        if (!node || planner->unmerged[i])
            continue;
        merge_drop(planner, node, node->before);
        for (const struct object *child = node->before->first_child; child && !node->into;
             child = child->next_sibling)
            merge_drop(planner, node, child);
    }
}

/* A new object that is part of another new one's statement. */
static void fold_creates(struct planner *planner)
{
    const struct closure *closure = &planner->closure;

    for (size_t i = 0; i < closure->to->count; i++) {
        struct node *node = planner->making[i];

        if (node) {
            node->into = NULL;
            node->folded = (struct pointer_list){0};
        }
    }
    for (size_t i = 0; i < closure->to->count; i++) {
        struct node *node = planner->making[i];
        const struct object *into;
        struct node *target;

        if (!node || node->action != ACTION_CREATE || planner->unfolded[i])
            continue;
        into = planner->dialect->planning->folds_into(node->after);
        target = into ? planner->making[into->rank] : NULL;
        if (target && target->action == ACTION_CREATE)
            node->into = target;
    }
    for (size_t i = 0; i < closure->to->count; i++) {
        struct node *node = planner->making[i];

        if (node && node->into)
            pointer_list_add(&node_root(node)->folded, planner->round, node->after);
    }
}

/* Brings together what one statement does, anew after something was told to stand alone. */
void planner_bring_together(struct planner *planner)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        node->into = NULL;
    }
    merge_drops(planner);
    fold_creates(planner);
    join_nodes(planner);
}
