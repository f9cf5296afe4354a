/* Nodes in order to steps: the dialect writes the statements, which are put into transaction groups. */
#include "plan/planner.h"

#include <string.h>

#include "core/text/shown.h"
#include "model/identity.h"

/* True when the new object, or what it stores a part of, takes over what an old one held. */
static bool is_filled(const struct planner *planner, const struct object *object)
{
    if (!planner->dialect->planning->stored_in)
        return false;
    for (; object; object = planner->dialect->planning->stored_in(object)) {
        const struct object *before = planner->closure.before[object->rank];

        if (before && planner->carrying[before->rank])
            return true;
    }
    return false;
}

/* True when the object belongs to something that the plan makes anew: nobody uses it yet. */
static bool is_new(const struct planner *planner, const struct object *object)
{
    for (; object && object->parent; object = object->parent) {
        if (object->parent->parent == NULL)
            return planner->closure.made[object->rank] && !is_filled(planner, object);
    }
    return false;
}

/* Says of the steps from that one on what they are about. */
static void name_subject(struct step_sink *sink, size_t first, const char *subject)
{
    for (size_t i = first; i < sink->steps.count; i++)
        sink->steps.items[i].subject = subject;
}

/* One half of a rename that goes by another name meanwhile. What is written names the object's parts by
 * its own name, so that it has the other one for that long. */
static void write_half(struct planner *planner, struct object *object, const char *former_name,
                       const char *name, bool moves, struct step_sink *sink)
{
    const char *own = object->name;
    const char *own_former = object->former_name;
    const char *own_schema = object->former_schema;
    size_t first = sink->steps.count;
    const char *subject = identity_print_rename(sink->arena, object, former_name,
                                                moves ? object->former_schema : NULL, name);

    object->name = name;
    object->former_name = former_name;
    if (!moves)
        object->former_schema = NULL;
    sink->object = object;
    planner->dialect->writing->rename(sink, object);
    object->name = own;
    object->former_name = own_former;
    object->former_schema = own_schema;
    name_subject(sink, first, subject);
}

static void write_renames(struct planner *planner, const struct node *node, struct step_sink *sink)
{
    const struct node *other = node->finishes;

    if (node->meanwhile)
        write_half(planner, node->before, object_present_name(node->before), node->meanwhile, true,
                   sink);
    else
        write_half(planner, node->before, node->before->former_name, node->before->name, true,
                   sink);
    if (other)
        write_half(planner, other->before, other->meanwhile, other->before->name, false, sink);
}

static void add_joined(struct planner *planner, struct joined_action *actions, size_t *count,
                       const struct node *node)
{
    uint64_t changed =
        node->action == ACTION_ALTER ? planner->closure.changed[node->before->rank] : 0;

    actions[(*count)++] = (struct joined_action){
        .action = node->action, .before = node->before, .after = node->after, .changed = changed};
}

enum { listed_parts = 5 };

/* What is dropped or changed directly under the joint, for people. */
static const char *list_parts(struct planner *planner, const struct joined_action *actions,
                              size_t count)
{
    struct text_list parts = {0};
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        const struct object *object = actions[i].before;
        bool direct =
            object && object->parent && object->parent->parent && !object->parent->parent->parent;

        if (!direct || ++found > listed_parts)
            continue;
        text_list_add(&parts, planner->plan->arena, identity_print(planner->plan->arena, object));
    }
    if (found > listed_parts)
        text_list_add(&parts, planner->plan->arena,
                      arena_printf(planner->plan->arena, "and %zu more", found - listed_parts));
    return found ? text_list_join(&parts, planner->plan->arena, ", ") : NULL;
}

static void note_parts(struct planner *planner, struct step *step,
                       const struct joined_action *actions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        void *object = (void *)(uintptr_t)actions[i].before;

        if (object && actions[i].action == ACTION_DROP)
            pointer_list_add(&step->drops, planner->plan->arena, object);
        else if (object)
            pointer_list_add(&step->alters_parts, planner->plan->arena, object);
    }
}

static const struct object *concerned(const struct joined_action *action)
{
    return action->after ? action->after : action->before;
}

/* The part of the joint that the object is, or is below; NULL when it is neither. */
static const struct object *part_of_joint(const struct object *object, const struct object *joint)
{
    while (object->parent && strcmp(object->parent->key, joint->key) != 0)
        object = object->parent;
    return object->parent ? object : NULL;
}

static bool is_made_or_ended(const struct joined_action *actions, size_t count,
                             const struct object *part)
{
    for (size_t i = 0; i < count; i++)
        if (actions[i].action != ACTION_ALTER &&
            strcmp(concerned(&actions[i])->key, part->key) == 0)
            return true;
    return false;
}

/* What happens to the parts of the joint, one by one; what happens below one of them alters that. */
static const char *list_titles(struct planner *planner, const struct object *joint,
                               const struct joined_action *actions, size_t count)
{
    struct arena *arena = planner->plan->arena;
    struct text_list titles = {0};

    for (size_t i = 0; i < count; i++) {
        const struct object *object = concerned(&actions[i]);
        const struct object *part = part_of_joint(object, joint);
        const char *title;

        if (!part || (part != object && is_made_or_ended(actions, count, part)))
            continue;
        title = step_part_title(arena, part == object ? actions[i].action : ACTION_ALTER, part);
        if (!text_list_contains(&titles, title))
            text_list_add(&titles, arena, title);
    }
    return titles.count ? step_subject_of(arena, joint, &titles) : NULL;
}

static size_t count_statements(const struct step_list *steps)
{
    size_t count = 0;

    for (size_t i = 0; i < steps->count; i++)
        count += !steps->items[i].setting;
    return count;
}

/* Writes what is altered together: all that joined the node, or the node which left its joint. */
static void write_joined(struct planner *planner, const struct node *node, struct step_sink *sink)
{
    const struct node *joint = node->joint ? node->joint : node;
    uint64_t changed = node->joint ? 0 : planner->closure.changed[node->before->rank];
    struct joined_action *actions =
        ARENA_ARRAY(planner->scratch, struct joined_action, node->joined.count + 1);
    size_t count = 0;

    if (node->joint)
        add_joined(planner, actions, &count, node);
    for (size_t i = 0; i < node->joined.count; i++)
        add_joined(planner, actions, &count, node->joined.items[i]);
    sink->object = joint->after;
    sink->action = ACTION_ALTER;
    planner->dialect->writing->alter_joined(sink, joint->before, joint->after, changed, actions,
                                            count);
    for (size_t i = 0; i < sink->steps.count; i++) {
        sink->steps.items[i].parts = list_parts(planner, actions, count);
        note_parts(planner, &sink->steps.items[i], actions, count);
    }
    /* Of several statements nobody knows here which does what. */
    if (count_statements(&sink->steps) == 1)
        name_subject(sink, 0, list_titles(planner, joint->after, actions, count));
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

    sink.table_is_new = node->after && node->action == ACTION_CREATE && node->after->parent &&
                        is_new(planner, node->after);
    if (node->joint || (node->action == ACTION_ALTER && node->joined.count)) {
        write_joined(planner, node, &sink);
        node->steps = sink.steps;
        return;
    }
    if (node->carries) {
        planner->dialect->writing->carry(&sink, node->before, node->after);
        node->steps = sink.steps;
        return;
    }
    switch (node->action) {
    case ACTION_RENAME:
        write_renames(planner, node, &sink);
        break;
    case ACTION_DROP:
        sink.carried = planner_carried(planner, node->before);
        sink.apart = planner->unmerged;
        planner->dialect->writing->drop(&sink, node->before);
        break;
    case ACTION_CREATE:
        planner->dialect->writing->create(&sink, node->after, &node->folded);
        break;
    case ACTION_ALTER:
        planner->dialect->writing->alter(&sink, node->before, node->after,
                                         closure->changed[node->before->rank]);
        break;
    }
    node->steps = sink.steps;
}

/* --- what differs, by statement ------------------------------------------------------------------ */

/* Finds for each node with a statement what differs and is brought about by it. */
static void gather_deltas(struct planner *planner)
{
    const struct delta_list *deltas = &planner->plan->deltas;
    const struct delta **by_before =
        ARENA_ARRAY(planner->scratch, const struct delta *, planner->closure.from->count + 1);
    const struct delta **by_after =
        ARENA_ARRAY(planner->scratch, const struct delta *, planner->closure.to->count + 1);

    for (size_t i = 0; i < deltas->count; i++) {
        const struct delta *delta = &deltas->items[i];

        if (delta->change == DELTA_RENAMED)
            continue;
        if (delta->before)
            by_before[delta->before->rank] = delta;
        if (delta->after)
            by_after[delta->after->rank] = delta;
    }
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];
        const struct delta *delta =
            node->before ? by_before[node->before->rank] : by_after[node->after->rank];

        if (delta && node->action != ACTION_RENAME)
            pointer_list_add(&node_root(node)->deltas, planner->plan->arena,
                             (void *)(uintptr_t)delta);
    }
}

/* --- transaction groups -------------------------------------------------------------------------- */

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
    struct pointer_list joinable; /* struct node *: whose statements the last step is made of */
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

/* Drops what the wanted model lacks, and for good. */
static bool drops(const struct planner *planner, const struct node *node)
{
    return node->action == ACTION_DROP && node->before &&
           !model_find_key(planner->closure.to, node->before->key);
}

/* True when the node ends something that a statement of the files may have made, which was not run. */
static bool drops_undeclared(const struct planner *planner, const struct node *node)
{
    if (!planner->closure.to->not_run.count)
        return false;
    for (size_t i = 0; i < node->joined.count; i++)
        if (drops(planner, node->joined.items[i]))
            return true;
    return drops(planner, node);
}

/* The table that a node's action alters a part of, as the wanted model has it. */
static const struct object *altered_table(const struct planner *planner, const struct node *node)
{
    return node->after ? node->after->parent : planner->closure.after[node->before->parent->rank];
}

/* True when the step can be a part of the one before it: both alter the same table, nothing has to stand between
 * them, and neither needs what the other does. */
static bool can_join(const struct planner *planner, const struct grouping *grouping,
                     const struct node *node, const struct step *step)
{
    const struct step_list *steps = &planner->plan->steps;
    const struct step *last = steps->count ? &steps->items[steps->count - 1] : NULL;

    if (!last || !last->alters || !step->alters || strcmp(last->alters, step->alters) != 0 ||
        last->group != step->group || last->restores.count || step->prepares.count ||
        last->transaction != TRANSACTION_ANY || step->transaction != TRANSACTION_ANY ||
        last->locked != step->locked || !altered_table(planner, node))
        return false;
    for (size_t i = 0; i < grouping->joinable.count; i++) {
        const struct node *other = grouping->joinable.items[i];

        if (other == node || graph_has_edge(planner->graph, other->vertex, node->vertex))
            return false;
    }
    return true;
}

/* Adds the step to the plan, or to the statement before it. */
static void add_step(struct planner *planner, struct grouping *grouping, struct node *node,
                     const struct step *step)
{
    struct step_list *steps = &planner->plan->steps;

    if (can_join(planner, grouping, node, step)) {
        step_join(planner->plan->arena, &steps->items[steps->count - 1], step,
                  altered_table(planner, node));
    } else {
        step_list_add(steps, planner->plan->arena, *step);
        grouping->joinable.count = 0;
    }
    pointer_list_add(&grouping->joinable, planner->scratch, node);
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
    step.deltas = node->deltas;
    step.compound =
        planner->dialect->writing->is_compound && planner->dialect->writing->is_compound(&step);
    if (step.transaction == TRANSACTION_COMMIT_AFTER)
        pointer_list_add(&grouping->uncommitted, planner->scratch, node);
    if (drops_undeclared(planner, node))
        step.hazards |= UINT64_C(1) << HAZARD_UNDECLARED;
    planner->plan->hazards |= step.hazards;
    add_step(planner, grouping, node, &step);
}

/* The statement stands before those that rename the enum or its schema. */
static void write_label(struct planner *planner, struct step_sink *sink,
                        const struct rename_request *request)
{
    struct object *object = request->enumeration;
    struct object *schema = object->parent;
    const char *own = object->name;
    const char *own_schema = schema ? schema->name : NULL;

    if (object->former_name)
        object->name = object->former_name;
    if (schema && object->former_schema)
        schema->name = object->former_schema;
    else if (schema && schema->former_name)
        schema->name = schema->former_name;
    planner->dialect->writing->rename_label(sink, object, request->former_name, request->label);
    name_subject(sink, 0,
                 arena_printf(sink->arena, "value %s of %s to %s",
                              text_shown(sink->arena, request->former_name),
                              identity_print(sink->arena, object),
                              text_shown(sink->arena, request->label)));
    object->name = own;
    if (schema)
        schema->name = own_schema;
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

        write_label(planner, &sink, request);
        for (size_t j = 0; j < sink.steps.count; j++) {
            grouping->started = true;
            step_list_add(&planner->plan->steps, planner->plan->arena, sink.steps.items[j]);
        }
    }
}

/* What only sets the session goes with the step that it is there for: the next one, or the last. */
static void fold_settings(struct planner *planner, struct node *node)
{
    struct arena *arena = planner->plan->arena;
    struct step_list steps = {0};
    struct text_list prepares = {0};

    for (size_t i = 0; i < node->steps.count; i++) {
        struct step *step = &node->steps.items[i];

        if (step->setting) {
            text_list_add(&prepares, arena, step->sql);
            continue;
        }
        step->prepares = prepares;
        prepares = (struct text_list){0};
        step_list_add(&steps, arena, *step);
    }
    if (!steps.count)
        return;
    steps.items[steps.count - 1].restores = prepares;
    node->steps = steps;
}

/* The first statement of a node makes its object with all that is part of it. */
static void note_made(struct planner *planner, struct node *node)
{
    if (node->action != ACTION_CREATE || !node->steps.count)
        return;
    for (size_t i = 0; i < node->folded.count; i++)
        pointer_list_add(&node->steps.items[0].makes, planner->plan->arena, node->folded.items[i]);
}

void planner_write(struct planner *planner, const size_t *order)
{
    struct node **by_vertex =
        ARENA_ARRAY(planner->scratch, struct node *, planner->vertex_count + 1);
    struct grouping grouping = {0};

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (!node->into)
            by_vertex[node->vertex] = node;
    }
    gather_deltas(planner);
    write_labels(planner, &grouping);
    for (size_t i = 0; i < planner->vertex_count; i++) {
        struct node *node = by_vertex[order[i]];

        write_node(planner, node);
        fold_settings(planner, node);
        note_made(planner, node);
        for (size_t j = 0; j < node->steps.count; j++)
            group_step(planner, &grouping, node, node->steps.items[j]);
    }
    planner->plan->group_count = planner->plan->steps.count ? grouping.group + 1 : 0;
}
