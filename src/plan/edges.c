/* What must come before what: an edge for each need, former need, name that has to be free, and
 * rename. */
#include "plan/planner.h"

#include <string.h>

#include "core/map.h"
#include "model/fields.h"
#include "model/identity.h"

/* What can be altered together has no order but that of its needs among each other: a part that left its
 * joint may come before or after it. */
static bool are_joint(const struct node *a, const struct node *b)
{
    return a && b && (a->joint == b || b->joint == a);
}

static void edge(struct planner *planner, struct node *first, struct node *second)
{
    if (are_joint(first, second))
        return;
    first = node_root(first);
    second = node_root(second);
    if (first && second && first != second)
        graph_edge(planner->graph, first->vertex, second->vertex);
}

/* What needs a whole object also needs its parts of lower kinds: a foreign key its table's keys, a
 * view its table's columns. An object's own ancestors are different: it is a part itself. */
static bool is_part_for(const struct object *part, const struct object *object)
{
    bool whole = part->parent->parent && !part->parent->parent->parent;

    return whole && part->kind < object->kind;
}

/* True when the needs name other parts of what the part belongs to, and of its kind, or no part at all: then what
 * needs the whole hardly needs this one. */
static bool is_passed_over(const struct pointer_list *needed, const struct object *part)
{
    bool names_parts = false, names_kind = false;

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];

        if (other == part)
            return false;
        if (other->parent != part->parent)
            continue;
        names_parts = true;
        names_kind = names_kind || other->kind == part->kind;
    }
    return names_kind || !names_parts;
}

/* True when the order with the part counts for an object of these needs; pressed: a cycle has to be broken, and what
 * the needs pass over counts no longer. */
static bool part_counts(const struct object *part, const struct object *object,
                        const struct pointer_list *needed, bool pressed)
{
    return is_part_for(part, object) && !(pressed && is_passed_over(needed, part));
}

/* True when the other node is the joint that this one has left to break a cycle: what is altered there may
 * come before or after it. */
static bool has_left(const struct node *node, const struct node *other)
{
    return node->alone && other && node->joint == other;
}

/* node makes or alters object: what that needs comes first. */
static void edges_of_needs(struct planner *planner, struct node *node, const struct object *object)
{
    const struct pointer_list *needed = &planner->closure.to_needs[object->rank];
    bool pressed = planner->pressed[object->rank];

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];

        if (!has_left(node, planner->making[other->rank]))
            edge(planner, planner->making[other->rank], node);
        if (other == object->parent)
            continue;
        for (const struct object *part = other->first_child; part; part = part->next_sibling)
            if (part_counts(part, object, needed, pressed))
                edge(planner, planner->making[part->rank], node);
    }
}

/* What code that making the object runs seems to use. Nothing runs where the object is a part of something new,
 * which holds nothing yet. */
static void edges_of_uses(struct planner *planner, struct node *node, const struct object *object)
{
    bool part_of_new = node->into && node_root(node)->action == ACTION_CREATE && !node->carries;

    if (planner->forgone[object->rank] || part_of_new)
        return;
    for (size_t i = 0; i < object->uses.count; i++) {
        const struct object *other = object->uses.items[i];

        if (object_is_below(object, other))
            continue;
        edge(planner, planner->making[other->rank], node);
        for (const struct object *part = other->first_child; part; part = part->next_sibling)
            if (is_part_for(part, object))
                edge(planner, planner->making[part->rank], node);
    }
}

/* True when the object is altered so that it no longer needs the other one, which stays. */
static bool leaves(const struct planner *planner, const struct node *node,
                   const struct object *other)
{
    const struct object *after = planner->closure.after[other->rank];
    const struct pointer_list *needed;

    if (node->action != ACTION_ALTER || !after || !other->parent) /* a schema is no such thing */
        return false;
    needed = &planner->closure.to_needs[node->after->rank];
    for (size_t i = 0; i < needed->count; i++)
        if (needed->items[i] == after)
            return false;
    return true;
}

/* What stops using something does so before that is altered, or loses a part. */
static void edges_of_leaving(struct planner *planner, struct node *node, const struct object *other)
{
    const struct object *after = planner->closure.after[other->rank];
    struct node *making = planner->making[after->rank];

    if (making && making->action == ACTION_ALTER)
        edge(planner, node, making);
    for (const struct object *part = other->first_child; part; part = part->next_sibling)
        edge(planner, node, planner->dropping[part->rank]);
}

/* node drops object, or changes it away from what it was: what that needed goes, or is altered,
 * after. */
static void edges_of_former_needs(struct planner *planner, struct node *node,
                                  const struct object *object)
{
    const struct closure *closure = &planner->closure;
    const struct pointer_list *needed = &closure->from_needs[object->rank];
    bool pressed = planner->formerly_pressed[object->rank];

    if (node->action == ACTION_ALTER && planner->dialect->planning->holds &&
        !planner->dialect->planning->holds(object))
        return;
    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];
        const struct object *after = closure->after[other->rank];

        edge(planner, node, planner->dropping[other->rank]);
        if (node->action == ACTION_DROP && after && !has_left(node, planner->making[after->rank]))
            edge(planner, node, planner->making[after->rank]);
        if (other == object->parent)
            continue;
        if (leaves(planner, node, other))
            edges_of_leaving(planner, node, other);
        for (const struct object *part = other->first_child; part; part = part->next_sibling) {
            if (!part_counts(part, object, needed, pressed))
                continue;
            /* An alteration that merely might use the part waits for the new one instead. */
            after = closure->after[part->rank];
            if (node->action == ACTION_DROP || !after)
                edge(planner, node, planner->dropping[part->rank]);
            if (node->action == ACTION_DROP && after)
                edge(planner, node, planner->making[after->rank]);
        }
    }
}

/* What frees a name comes before what takes it; but a renamed object that is dropped itself has its
 * new name by then. */
static void edges_of_slots(struct planner *planner)
{
    const struct closure *closure = &planner->closure;
    struct map freed = map_new(planner->round);

    for (size_t i = 0; i < closure->from->count; i++) {
        const char *slot;

        if (!planner->dropping[i])
            continue;
        slot = planner->dialect->planning->slot(planner->round, closure->from->objects[i]);
        if (slot)
            map_set(&freed, slot, planner->dropping[i]);
    }
    for (size_t i = 0; i < closure->to->count; i++) {
        const struct object *before = closure->before[i];
        const char *slot;
        struct node *taking = planner->making[i];
        struct node *freeing;

        if (before && planner->renaming[before->rank])
            taking = planner->renaming[before->rank];
        if (!taking || taking->action == ACTION_ALTER)
            continue;
        slot = planner->dialect->planning->slot(planner->round, closure->to->objects[i]);
        freeing = slot ? map_get(&freed, slot) : NULL;
        if (freeing &&
            !(taking->action == ACTION_RENAME && object_is_below(freeing->before, taking->before)))
            edge(planner, freeing, taking);
    }
}

/* The name that the object takes: its slot, or its identity where that alone says it. */
static const char *name_taken(struct planner *planner, const struct object *object)
{
    const char *slot = planner->dialect->planning->slot(planner->round, object);

    return slot ? slot
                : identity_key(planner->round, object->kind, object->parent, object->name,
                               object->signature);
}

/* The name that a renamed object takes as long as it has not been renamed. */
static const char *name_left(struct planner *planner, const struct object *object)
{
    struct object *former = arena_copy(planner->round, object, kind_fields(object->kind).size);

    if (object->former_name)
        former->name = object->former_name;
    if (object->former_schema) {
        former->parent =
            arena_copy(planner->round, object->parent, kind_fields(object->parent->kind).size);
        former->parent->name = object->former_schema;
        former->parent->key =
            identity_key(planner->round, object->parent->kind, object->parent->parent,
                         object->former_schema, object->parent->signature);
    }
    return name_taken(planner, former);
}

/* True when the node makes a schema that something renamed moves into. */
static bool makes_room(const struct planner *planner, const struct node *node)
{
    const struct object *promised = NULL;

    if (node->action == ACTION_CREATE && !node->after->parent)
        promised = model_find_key(planner->closure.from, node->after->key);
    return promised && promised->promised;
}

/* True when the node drops the schema that the renamed object leaves. */
static bool drops_former(const struct node *node, const struct object *renamed)
{
    return node->action == ACTION_DROP && renamed->former_schema && !node->before->parent &&
           node->before->kind == renamed->parent->kind &&
           strcmp(node->before->name, renamed->former_schema) == 0;
}

/* Statements that make or alter anything may name a renamed object: renames come before them, but for a
 * schema that something moves into. Those that drop something inside a renamed object name it too, and the schema
 * that it leaves goes after it. */
static void edges_of_rename(struct planner *planner, struct node *renaming,
                            const struct object *renamed)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (makes_room(planner, node) && renamed->parent)
            edge(planner, node, renaming);
        else if (node->action == ACTION_CREATE || node->action == ACTION_ALTER ||
                 drops_former(node, renamed))
            edge(planner, renaming, node);
        else if (node != renaming && object_is_below(node->before, renamed) &&
                 node->before != renamed)
            edge(planner, renaming, node);
    }
}

/* Names that are exchanged in a circle: the rename goes by another name until the last of the others,
 * which leaves the name it takes, is done. False when the rename is on no such circle. */
static bool exchange(struct planner *planner, const struct map *left, struct node *node)
{
    struct node *leaving = map_get(left, name_taken(planner, node->before));
    struct node *other = leaving;

    for (size_t i = 0; other && other != node && !other->meanwhile && i < planner->nodes.count; i++)
        other = map_get(left, name_taken(planner, other->before));
    if (!leaving || leaving == node || other != node)
        return false;
    node->meanwhile = arena_printf(planner->scratch, "plumb_renaming_%zu", node->vertex);
    leaving->finishes = node;
    edges_of_rename(planner, leaving, node->before);
    return true;
}

/* Of two renames, the one that leaves a name comes before the one that takes it. */
static void edges_between_renames(struct planner *planner)
{
    struct map left = map_new(planner->round);

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        node->meanwhile = NULL;
        node->finishes = NULL;
        if (node->action == ACTION_RENAME)
            map_set(&left, name_left(planner, node->before), node);
    }
    for (size_t i = 0; i < planner->nodes.count && left.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->action == ACTION_RENAME && !exchange(planner, &left, node))
            edge(planner, map_get(&left, name_taken(planner, node->before)), node);
    }
}

/* --- what is carried over ------------------------------------------------------------------------ */

/* True when the object needs something that stores the whole, or a part of that. */
static bool needs_stored(const struct planner *planner, const struct object *object,
                         const struct object *whole)
{
    const struct pointer_list *needed = &planner->closure.to_needs[object->rank];

    for (size_t i = 0; i < needed->count; i++)
        for (const struct object *other = needed->items[i]; other; other = other->parent)
            if (planner_stores(planner, other, whole))
                return true;
    return false;
}

/* All that stores the contents is made before they are carried over, and whatever else needs it after. */
static void edges_to_new(struct planner *planner, struct node *node)
{
    const struct model *to = planner->closure.to;

    for (size_t i = 0; i < to->count; i++) {
        struct node *making = planner->making[i];
        const struct node *root = node_root(making);

        if (!making)
            continue;
        if (planner_stores(planner, to->objects[i], node->after)) {
            edge(planner, making, node);
            edges_of_uses(planner, node, to->objects[i]);
        } else if (!planner_stores(planner, root->after, node->after) &&
                   needs_stored(planner, to->objects[i], node->after))
            edge(planner, node, making);
    }
}

/* The object that stands in a schema: itself, or what it is a part of. */
static const struct object *whole_of(const struct object *object)
{
    while (object->parent && object->parent->parent)
        object = object->parent;
    return object;
}

/* What a part of the old object needed, and is dropped for good, stays until that is gone. */
static void edges_from_old(struct planner *planner, struct node *node, const struct object *object)
{
    const struct pointer_list *needed = &planner->closure.from_needs[object->rank];

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];
        const struct node *dropping = node_root(planner->dropping[other->rank]);

        if (dropping && !planner->closure.after[other->rank] &&
            !planner_carried(planner, whole_of(dropping->before)))
            edge(planner, node, planner->dropping[other->rank]);
    }
}

static void edges_of_carrying(struct planner *planner, struct node *node)
{
    const struct model *from = planner->closure.from;

    edges_to_new(planner, node);
    for (size_t i = 0; i < from->count; i++) {
        const struct object *object = from->objects[i];

        if (object->parent && planner_carried(planner, whole_of(object)) == node->before)
            edges_from_old(planner, node, object);
    }
}

void planner_add_edges(struct planner *planner)
{
    const struct closure *closure = &planner->closure;

    planner->graph = graph_new(planner->round, planner->vertex_count);
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->action == ACTION_RENAME) {
            edges_of_rename(planner, node, node->before);
            continue;
        }
        if (node->carries) {
            edges_of_carrying(planner, node);
            continue;
        }
        if (node->after) {
            edges_of_needs(planner, node, node->after);
            edges_of_uses(planner, node, node->after);
        }
        if (node->before)
            edges_of_former_needs(planner, node, node->before);
    }
    for (size_t i = 0; i < closure->to->count; i++) /* what is replaced goes before it comes */
        if (closure->before[i])
            edge(planner, planner->dropping[closure->before[i]->rank], planner->making[i]);
    edges_of_slots(planner);
    edges_between_renames(planner);
}
