/* Deltas to ordered steps. Every action on an object is a node of a graph; an object that is part of
 * another's statement (a column of a new table, an index of a dropped one) shares that one's node.
 * The nodes have a total order (renames, then drops backwards, then what is made or altered), which
 * the topological sort leaves only where a dependency demands it. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "model/identity.h"
#include "plan/closure.h"
#include "plan/graph.h"

struct node {
    enum step_action action;
    struct object *before;
    struct object *after;
    struct pointer_list folded; /* objects made by the same statement */
    struct node *into;          /* this object's part of another node's statement; NULL: its own */
    size_t vertex;              /* among the nodes that have a statement */
    struct step_list steps;
};

struct planner {
    const struct dialect *dialect;
    struct plan *plan;
    struct arena *scratch;
    struct closure closure;
    struct node **dropping;     /* by from's rank: its drop node */
    struct node **making;       /* by to's rank: its create or alter node */
    struct node **renaming;     /* by from's rank */
    bool *unfolded;             /* by to's rank: must have a statement of its own */
    bool *unmerged;             /* by from's rank: must be dropped by a statement of its own */
    struct pointer_list nodes;  /* struct node *, in the total order wanted */
    size_t vertex_count;
    struct graph *graph;
};

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

static struct node *root_of(struct node *node)
{
    while (node && node->into)
        node = node->into;
    return node;
}

/* The total order: renames, drops from the last kind to the first, then the rest. */
static void add_nodes(struct planner *planner)
{
    const struct closure *closure = &planner->closure;

    for (size_t i = 0; i < closure->from->count; i++) {
        struct object *object = closure->from->objects[i];

        if ((object->former_name || object->former_schema) && closure->after[i])
            planner->renaming[i] =
                add_node(planner, ACTION_RENAME, object, closure->after[i]);
    }
    for (size_t i = closure->from->count; i-- > 0;)
        if (closure->fates[i] >= FATE_DROPPED)
            planner->dropping[i] =
                add_node(planner, ACTION_DROP, closure->from->objects[i], NULL);
    for (size_t i = 0; i < closure->to->count; i++) {
        struct object *after = closure->to->objects[i];
        struct object *before = closure->before[i];

        if (closure->made[i])
            planner->making[i] = add_node(planner, ACTION_CREATE, NULL, after);
        else if (before && closure->fates[before->rank] == FATE_ALTERED)
            planner->making[i] = add_node(planner, ACTION_ALTER, before, after);
    }
}

/* Merges the drop of the node into that of something which the object needs, if it ends with it. */
static void merge_drop(struct planner *planner, struct node *node, const struct object *object)
{
    struct pointer_list needed = closure_dependencies(planner->scratch, object);

    for (size_t i = 0; i < needed.count && !node->into; i++) {
        const struct object *other = needed.items[i];
        struct node *ending = planner->dropping[other->rank];

        if (ending && root_of(ending) != node &&
            planner->dialect->ends_with(node->before, other))
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
        into = planner->dialect->folds_into(node->after);
        target = into ? planner->making[into->rank] : NULL;
        if (target && target->action == ACTION_CREATE)
            node->into = target;
    }
    for (size_t i = 0; i < closure->to->count; i++) {
        struct node *node = planner->making[i];

        if (node && node->into)
            pointer_list_add(&root_of(node)->folded, planner->plan->arena, node->after);
    }
}

static void number_vertices(struct planner *planner)
{
    planner->vertex_count = 0;
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (!node->into)
            node->vertex = planner->vertex_count++;
    }
}

static void edge(struct planner *planner, struct node *first, struct node *second)
{
    first = root_of(first);
    second = root_of(second);
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

/* node makes or alters object: what that needs comes first. */
static void edges_of_needs(struct planner *planner, struct node *node,
                           const struct object *object)
{
    struct pointer_list needed = closure_dependencies(planner->scratch, object);

    for (size_t i = 0; i < needed.count; i++) {
        const struct object *other = needed.items[i];

        edge(planner, planner->making[other->rank], node);
        if (other == object->parent)
            continue;
        for (const struct object *part = other->first_child; part; part = part->next_sibling)
            if (is_part_for(part, object))
                edge(planner, planner->making[part->rank], node);
    }
}

/* node drops object, or changes it away from what it was: what that needed goes, or is altered,
 * after. */
static void edges_of_former_needs(struct planner *planner, struct node *node,
                                  const struct object *object)
{
    struct pointer_list needed = closure_dependencies(planner->scratch, object);
    const struct closure *closure = &planner->closure;

    for (size_t i = 0; i < needed.count; i++) {
        const struct object *other = needed.items[i];
        const struct object *after = closure->after[other->rank];

        edge(planner, node, planner->dropping[other->rank]);
        if (node->action == ACTION_DROP && after)
            edge(planner, node, planner->making[after->rank]);
        if (other == object->parent)
            continue;
        for (const struct object *part = other->first_child; part; part = part->next_sibling) {
            if (!is_part_for(part, object))
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

static bool is_below(const struct object *object, const struct object *ancestor)
{
    while (object && object != ancestor)
        object = object->parent;
    return object != NULL;
}

/* What frees a name comes before what takes it; but a renamed object that is dropped itself has its
 * new name by then. */
static void edges_of_slots(struct planner *planner)
{
    const struct closure *closure = &planner->closure;
    struct map freed = map_new(planner->scratch);

    for (size_t i = 0; i < closure->from->count; i++) {
        const char *slot;

        if (!planner->dropping[i])
            continue;
        slot = planner->dialect->slot(planner->scratch, closure->from->objects[i]);
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
        slot = planner->dialect->slot(planner->scratch, closure->to->objects[i]);
        freeing = slot ? map_get(&freed, slot) : NULL;
        if (freeing && !(taking->action == ACTION_RENAME &&
                         is_below(freeing->before, taking->before)))
            edge(planner, freeing, taking);
    }
}

/* The name that the object takes: its slot, or its identity where that alone says it. */
static const char *name_taken(struct planner *planner, const struct object *object)
{
    const char *slot = planner->dialect->slot(planner->scratch, object);

    return slot ? slot
                : identity_key(planner->scratch, object->kind, object->parent, object->name,
                               object->signature);
}

/* The name that a renamed object takes as long as it has not been renamed. */
static const char *name_left(struct planner *planner, const struct object *object)
{
    struct object *former =
        arena_copy(planner->scratch, object, kind_fields(object->kind).size);

    if (object->former_name)
        former->name = object->former_name;
    if (object->former_schema) {
        former->parent = arena_copy(planner->scratch, object->parent,
                                    kind_fields(object->parent->kind).size);
        former->parent->name = object->former_schema;
        former->parent->key =
            identity_key(planner->scratch, object->parent->kind, object->parent->parent,
                         object->former_schema, object->parent->signature);
    }
    return name_taken(planner, former);
}

/* Of two renames, the one that leaves a name comes before the one that takes it. */
static void edges_between_renames(struct planner *planner)
{
    struct map left = map_new(planner->scratch);

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->action == ACTION_RENAME)
            map_set(&left, name_left(planner, node->before), node);
    }
    for (size_t i = 0; i < planner->nodes.count && left.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->action == ACTION_RENAME)
            edge(planner, map_get(&left, name_taken(planner, node->before)), node);
    }
}

/* Statements that make or alter anything may name a renamed object: renames come before them.
 * Those that drop something inside a renamed object name it too. */
static void edges_of_rename(struct planner *planner, struct node *renaming)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->action == ACTION_CREATE || node->action == ACTION_ALTER)
            edge(planner, renaming, node);
        else if (node != renaming && is_below(node->before, renaming->before))
            edge(planner, renaming, node);
    }
}

static void add_edges(struct planner *planner)
{
    const struct closure *closure = &planner->closure;

    planner->graph = graph_new(planner->scratch, planner->vertex_count);
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->action == ACTION_RENAME) {
            edges_of_rename(planner, node);
            continue;
        }
        if (node->after)
            edges_of_needs(planner, node, node->after);
        if (node->before)
            edges_of_former_needs(planner, node, node->before);
    }
    for (size_t i = 0; i < closure->to->count; i++) /* what is replaced goes before it comes */
        if (closure->before[i])
            edge(planner, planner->dropping[closure->before[i]->rank], planner->making[i]);
    edges_of_slots(planner);
    edges_between_renames(planner);
}

static struct node *node_of_vertex(const struct planner *planner, size_t vertex)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (!node->into && node->vertex == vertex)
            return node;
    }
    return NULL;
}

/* True when the part makes its statement wait for another one of the cycle. */
static bool closes_cycle(struct planner *planner, const struct object *part, const bool *in_cycle)
{
    struct pointer_list needed = closure_dependencies(planner->scratch, part);
    const struct node *own = root_of(planner->making[part->rank]);

    for (size_t i = 0; i < needed.count; i++) {
        const struct object *other = needed.items[i];
        const struct node *node = root_of(planner->making[other->rank]);

        if (node && node != own && in_cycle[node->vertex])
            return true;
    }
    return false;
}

/* The parts that could stand alone of the statements in a cycle: those that close it, or all when
 * it is not plain which do. */
static struct pointer_list parts_in_cycle(struct planner *planner, const size_t *cycle,
                                          size_t length)
{
    bool *in_cycle = ARENA_ARRAY(planner->scratch, bool, planner->vertex_count);
    struct pointer_list closing = {0};
    struct pointer_list all = {0};

    for (size_t i = 0; i < length; i++)
        in_cycle[cycle[i]] = true;
    for (size_t i = 0; i < length; i++) {
        const struct node *node = node_of_vertex(planner, cycle[i]);

        for (size_t j = 0; j < node->folded.count; j++) {
            struct object *part = node->folded.items[j];

            pointer_list_add(&all, planner->scratch, part);
            if (closes_cycle(planner, part, in_cycle))
                pointer_list_add(&closing, planner->scratch, part);
        }
    }
    return closing.count ? closing : all;
}

/* Drops that go along with another in the cycle, but have to come before a third: of tables whose
 * foreign keys form a ring, the foreign keys. True when there were any. */
static bool unmerge_cycle(struct planner *planner, const size_t *cycle, size_t length)
{
    const struct closure *closure = &planner->closure;
    bool *in_cycle = ARENA_ARRAY(planner->scratch, bool, planner->vertex_count);
    bool any = false;

    for (size_t i = 0; i < length; i++)
        in_cycle[cycle[i]] = true;
    for (size_t i = 0; i < closure->from->count; i++) {
        struct node *node = planner->dropping[i];
        const struct node *own = root_of(node);
        struct pointer_list needed;

        if (!node || !node->into || !in_cycle[own->vertex])
            continue;
        needed = closure_dependencies(planner->scratch, node->before);
        for (size_t j = 0; j < needed.count; j++) {
            const struct object *other = needed.items[j];
            const struct node *target = root_of(planner->dropping[other->rank]);

            if (target && target != own && in_cycle[target->vertex])
                any = planner->unmerged[i] = true;
        }
    }
    return any;
}

/* The statements in a cycle give up parts; true when there were any. Those of the highest kind go
 * first: a default can follow its table more easily than a column. */
static bool unfold_cycle(struct planner *planner, const size_t *cycle, size_t length)
{
    struct pointer_list parts = parts_in_cycle(planner, cycle, length);
    enum kind highest = KIND_NONE;

    for (size_t i = 0; i < parts.count; i++) {
        const struct object *part = parts.items[i];

        if (part->kind > highest)
            highest = part->kind;
    }
    for (size_t i = 0; i < parts.count; i++) {
        const struct object *part = parts.items[i];

        if (part->kind == highest)
            planner->unfolded[part->rank] = true;
    }
    return parts.count > 0;
}

static const char *node_text(struct planner *planner, const struct node *node)
{
    static const char *const verbs[] = {
        [ACTION_CREATE] = "create",
        [ACTION_ALTER] = "alter",
        [ACTION_DROP] = "drop",
        [ACTION_RENAME] = "rename",
    };

    return arena_printf(planner->scratch, "%s %s", verbs[node->action],
                        identity_print(planner->scratch, node->after ? node->after : node->before));
}

static void report_cycle(struct planner *planner, const size_t *cycle, size_t length,
                         struct error *error)
{
    struct buffer path = BUFFER_EMPTY;

    for (size_t i = 0; i <= length; i++) {
        buffer_separate(&path, 0, " -> ");
        buffer_append(&path, node_text(planner, node_of_vertex(planner, cycle[i % length])));
    }
    error_set(error, ERROR_SCHEMA, "the plan has a cycle: %s", buffer_text(&path));
    error_hint(error, "Break the cycle by applying one of these changes on its own first.");
    buffer_free(&path);
}

/* Orders the nodes; NULL with an error on a cycle that nothing resolves. */
static size_t *sort_nodes(struct planner *planner, struct error *error)
{
    for (;;) {
        size_t *order;
        size_t *cycle;
        size_t length;

        number_vertices(planner);
        add_edges(planner);
        order = ARENA_ARRAY(planner->scratch, size_t, planner->vertex_count + 1);
        cycle = ARENA_ARRAY(planner->scratch, size_t, planner->vertex_count + 1);
        if (graph_sort(planner->graph, order, cycle, &length) == planner->vertex_count)
            return order;
        if (!unfold_cycle(planner, cycle, length) && !unmerge_cycle(planner, cycle, length)) {
            report_cycle(planner, cycle, length, error);
            return NULL;
        }
        fold_creates(planner);
        merge_drops(planner);
    }
}

/* True when the object belongs to something that the plan makes anew: nobody uses it yet. */
static bool is_new(const struct planner *planner, const struct object *object)
{
    for (; object && object->parent; object = object->parent) {
        if (object->parent->parent == NULL)
            return planner->closure.made[object->rank];
    }
    return false;
}

static void write_renames(struct planner *planner, const struct node *node,
                          struct step_sink *sink)
{
    planner->dialect->rename(sink, node->before);
}

static void write_node(struct planner *planner, struct node *node)
{
    const struct closure *closure = &planner->closure;
    struct step_sink sink = {
        .arena = planner->plan->arena,
        .object = node->after ? node->after : node->before,
        .action = node->action,
        .server_version = closure->from->server_version ? closure->from->server_version
                                                        : closure->to->server_version,
        .from = closure->from,
        .to = closure->to,
    };

    sink.table_is_new = node->after && node->action == ACTION_CREATE &&
                        node->after->parent && is_new(planner, node->after);
    switch (node->action) {
    case ACTION_RENAME:
        write_renames(planner, node, &sink);
        break;
    case ACTION_DROP:
        planner->dialect->drop(&sink, node->before);
        break;
    case ACTION_CREATE:
        planner->dialect->create(&sink, node->after, &node->folded);
        break;
    case ACTION_ALTER:
        planner->dialect->alter(&sink, node->before, node->after,
                                closure->changed[node->before->rank]);
        break;
    }
    node->steps = sink.steps;
}

/* A new transaction group begins where a step uses what an earlier one of the group made and the
 * server shows only after COMMIT, and around steps that run outside transactions. */
static bool uses_uncommitted(const struct planner *planner, const struct pointer_list *uncommitted,
                             const struct node *node)
{
    for (size_t i = 0; i < uncommitted->count; i++) {
        const struct node *first = uncommitted->items[i];

        if (graph_has_edge(planner->graph, first->vertex, node->vertex))
            return true;
    }
    return false;
}

struct grouping {
    struct pointer_list uncommitted;
    int group;
    bool started;
    bool outside; /* the current group runs outside transactions */
};

static void begin_group(struct grouping *grouping)
{
    if (grouping->started)
        grouping->group++;
    grouping->uncommitted.count = 0;
    grouping->started = false;
}

static void group_step(struct planner *planner, struct grouping *grouping, struct node *node,
                       struct step step)
{
    bool outside = step.transaction == TRANSACTION_NEVER;

    if (outside || grouping->outside || uses_uncommitted(planner, &grouping->uncommitted, node))
        begin_group(grouping);
    grouping->outside = outside;
    grouping->started = true;
    step.group = grouping->group;
    if (step.transaction == TRANSACTION_COMMIT_AFTER)
        pointer_list_add(&grouping->uncommitted, planner->scratch, node);
    planner->plan->hazards |= step.hazards;
    step_list_add(&planner->plan->steps, planner->plan->arena, step);
}

/* Renamed labels are no objects: their statements stand before all others. */
static void write_labels(struct planner *planner, struct grouping *grouping)
{
    const struct model *from = planner->closure.from;

    for (size_t i = 0; i < from->rename_count; i++) {
        const struct rename_request *request = &from->renames[i];
        struct step_sink sink = {.arena = planner->plan->arena,
                                 .object = request->enumeration,
                                 .action = ACTION_RENAME,
                                 .server_version = from->server_version};

        planner->dialect->rename_label(&sink, request->enumeration, request->former_name,
                                       request->label);
        for (size_t j = 0; j < sink.steps.count; j++) {
            grouping->started = true;
            step_list_add(&planner->plan->steps, planner->plan->arena, sink.steps.items[j]);
        }
    }
}

static void write_steps(struct planner *planner, const size_t *order)
{
    struct node **by_vertex =
        ARENA_ARRAY(planner->scratch, struct node *, planner->vertex_count + 1);
    struct grouping grouping = {0};

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (!node->into)
            by_vertex[node->vertex] = node;
    }
    write_labels(planner, &grouping);
    for (size_t i = 0; i < planner->vertex_count; i++) {
        struct node *node = by_vertex[order[i]];

        write_node(planner, node);
        for (size_t j = 0; j < node->steps.count; j++)
            group_step(planner, &grouping, node, node->steps.items[j]);
    }
    planner->plan->group_count = planner->plan->steps.count ? grouping.group + 1 : 0;
}

static void note_lookalikes(struct plan *plan)
{
    for (size_t i = 0; i < plan->deltas.count; i++) {
        const struct delta *delta = &plan->deltas.items[i];

        if (delta->change != DELTA_ADDED || !delta->looks_like)
            continue;
        text_list_add(&plan->notes, plan->arena,
                      arena_printf(plan->arena,
                                   "%s looks like a rename of %s; if it is one, write "
                                   "\"-- @renamed from=%s\" above it",
                                   identity_print(plan->arena, delta->after),
                                   identity_print(plan->arena, delta->looks_like->before),
                                   delta->looks_like->before->name));
    }
}

static void write_session(struct planner *planner)
{
    struct plan *plan = planner->plan;
    struct step_sink before = {.arena = plan->arena};
    struct step_sink after = {.arena = plan->arena};

    if (!plan->steps.count)
        return;
    planner->dialect->session(&before, &after, plan->from, plan->to);
    plan->before = before.steps;
    plan->after = after.steps;
}

struct plan *plan_make(const struct dialect *dialect, const struct model *from,
                       const struct model *to, struct error *error)
{
    struct arena *arena = arena_new();
    struct plan *plan = ARENA_NEW(arena, struct plan);
    struct planner planner = {.dialect = dialect, .plan = plan, .scratch = arena_new()};
    size_t *order;

    *plan = (struct plan){.arena = arena, .dialect = dialect, .from = from, .to = to};
    plan->deltas = diff_models(from, to, arena);
    planner.closure = closure_compute(dialect, from, to, &plan->deltas, planner.scratch);
    planner.dropping = ARENA_ARRAY(planner.scratch, struct node *, from->count + 1);
    planner.renaming = ARENA_ARRAY(planner.scratch, struct node *, from->count + 1);
    planner.making = ARENA_ARRAY(planner.scratch, struct node *, to->count + 1);
    planner.unfolded = ARENA_ARRAY(planner.scratch, bool, to->count + 1);
    planner.unmerged = ARENA_ARRAY(planner.scratch, bool, from->count + 1);
    add_nodes(&planner);
    merge_drops(&planner);
    fold_creates(&planner);
    order = sort_nodes(&planner, error);
    if (order) {
        write_steps(&planner, order);
        note_lookalikes(plan);
        write_session(&planner);
    }
    arena_free(planner.scratch);
    if (!order) {
        plan_free(plan);
        return NULL;
    }
    return plan;
}

void plan_free(struct plan *plan)
{
    if (plan)
        arena_free(plan->arena);
}

uint64_t plan_refused_hazards(const struct plan *plan, uint64_t allowed)
{
    uint64_t lossy = 0;

    for (int i = 0; i < HAZARD_COUNT; i++)
        if (hazard_is_lossy((enum hazard)i))
            lossy |= UINT64_C(1) << i;
    return plan->hazards & lossy & ~allowed;
}
