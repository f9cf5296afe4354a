/* Cycles: statements give up parts until there is none, or the error says what the cycle is. All cycles are
 * settled in one round, a strongly connected component at a time: within one, every edge lies on a cycle. */
#include "plan/planner.h"

#include "core/buffer.h"
#include "model/identity.h"

struct cycles {
    struct planner *planner;
    size_t count;                /* components are numbered from 1 */
    size_t *component;           /* by vertex; 0: on no cycle */
    bool *settled;               /* by component: something was given up */
    struct pointer_list *parts;  /* by component: what could be given up in the present attempt */
    struct pointer_list *chosen; /* by component: of these, what closes a cycle */
};

static size_t component_of(const struct cycles *cycles, struct node *node)
{
    const struct node *root = node_root(node);

    return root ? cycles->component[root->vertex] : 0;
}

static void begin_attempt(struct cycles *cycles)
{
    for (size_t i = 1; i <= cycles->count; i++)
        cycles->parts[i].count = cycles->chosen[i].count = 0;
}

static void add_part(struct cycles *cycles, size_t component, void *part, bool closes)
{
    pointer_list_add(&cycles->parts[component], cycles->planner->round, part);
    if (closes)
        pointer_list_add(&cycles->chosen[component], cycles->planner->round, part);
}

/* The parts of a component that close its cycles, or all where it is not plain which do. */
static const struct pointer_list *parts_to_give_up(const struct cycles *cycles, size_t component)
{
    return cycles->chosen[component].count ? &cycles->chosen[component] : &cycles->parts[component];
}

/* True when what is made waits for another statement of its own one's component. */
static bool closes_cycle(const struct cycles *cycles, const struct object *part)
{
    const struct planner *planner = cycles->planner;
    const struct pointer_list *needed = &planner->closure.to_needs[part->rank];
    const struct node *own = node_root(planner->making[part->rank]);

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];
        const struct node *node = node_root(planner->making[other->rank]);

        if (node && node != own && cycles->component[node->vertex] &&
            cycles->component[node->vertex] == cycles->component[own->vertex])
            return true;
    }
    return false;
}

/* --- alterations of one thing ------------------------------------------------------------------ */

/* Marks the node of what another node of the same component, in another statement, needs. */
static void tie(const struct cycles *cycles, struct node *node, struct node *needed)
{
    if (needed && needed->into && node_root(needed) != node_root(node) &&
        component_of(cycles, needed) == component_of(cycles, node))
        needed->ties_cycle = true;
}

static void tie_needs(const struct cycles *cycles, struct node *node)
{
    const struct planner *planner = cycles->planner;
    const struct closure *closure = &planner->closure;
    const struct pointer_list *needed = node->after ? &closure->to_needs[node->after->rank]
                                                    : &closure->from_needs[node->before->rank];

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];
        const struct object *after = node->after ? other : closure->after[other->rank];

        if (!node->after)
            tie(cycles, node, planner->dropping[other->rank]);
        if (after)
            tie(cycles, node, planner->making[after->rank]);
    }
}

/* Finds the parts of joined statements which something else on their cycles has to come before or after. */
static void find_ties(const struct cycles *cycles)
{
    const struct pointer_list *nodes = &cycles->planner->nodes;

    for (size_t i = 0; i < nodes->count; i++) {
        struct node *node = nodes->items[i];

        node->ties_cycle = false;
    }
    for (size_t i = 0; i < nodes->count; i++) {
        struct node *node = nodes->items[i];

        if (component_of(cycles, node))
            tie_needs(cycles, node);
    }
}

/* Alterations of one thing give up what closes a cycle. */
static void unjoin(struct cycles *cycles)
{
    const struct pointer_list *nodes = &cycles->planner->nodes;

    begin_attempt(cycles);
    find_ties(cycles);
    for (size_t i = 0; i < nodes->count; i++) {
        struct node *node = nodes->items[i];
        size_t component = component_of(cycles, node);

        if (component && node->joint && node->into == node->joint)
            add_part(cycles, component, node,
                     node->ties_cycle || (node->after && closes_cycle(cycles, node->after)));
    }
    for (size_t i = 1; i <= cycles->count; i++) {
        const struct pointer_list *parts = parts_to_give_up(cycles, i);

        for (size_t j = 0; j < parts->count; j++) {
            struct node *part = parts->items[j];

            part->alone = cycles->settled[i] = true;
        }
    }
}

/* --- parts of what is made --------------------------------------------------------------------- */

static enum kind highest_kind(const struct pointer_list *parts)
{
    enum kind highest = KIND_NONE;

    for (size_t i = 0; i < parts->count; i++) {
        const struct object *part = parts->items[i];

        if (part->kind > highest)
            highest = part->kind;
    }
    return highest;
}

/* What is made gives up parts. Those of the highest kind go first: a default can follow its table more
 * easily than a column. */
static void unfold(struct cycles *cycles)
{
    struct planner *planner = cycles->planner;

    begin_attempt(cycles);
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];
        size_t component = node->into ? 0 : component_of(cycles, node);

        for (size_t j = 0; component && !cycles->settled[component] && j < node->folded.count; j++)
            add_part(cycles, component, node->folded.items[j],
                     closes_cycle(cycles, node->folded.items[j]));
    }
    for (size_t i = 1; i <= cycles->count; i++) {
        const struct pointer_list *parts = parts_to_give_up(cycles, i);
        enum kind highest = highest_kind(parts);

        for (size_t j = 0; j < parts->count; j++) {
            const struct object *part = parts->items[j];

            if (part->kind == highest)
                planner->unfolded[part->rank] = cycles->settled[i] = true;
        }
    }
}

/* --- drops that go along with others ----------------------------------------------------------- */

static bool is_third(const struct cycles *cycles, struct node *node, const struct node *own)
{
    const struct node *root = node_root(node);

    return root && root != own && cycles->component[root->vertex] == cycles->component[own->vertex];
}

/* True when the drop, which goes along with another one's statement, has to come before a third one of the
 * component, which drops or alters what it needs. */
static bool must_come_before(const struct cycles *cycles, struct node *node)
{
    const struct planner *planner = cycles->planner;
    const struct pointer_list *needed = &planner->closure.from_needs[node->before->rank];
    const struct node *own = node_root(node);

    for (size_t i = 0; i < needed->count; i++) {
        const struct object *other = needed->items[i];
        const struct object *after = planner->closure.after[other->rank];

        if (is_third(cycles, planner->dropping[other->rank], own) ||
            (after && is_third(cycles, planner->making[after->rank], own)))
            return true;
    }
    return false;
}

static bool only_ends(const struct planner *planner, const struct object *object)
{
    return planner->dialect->planning->only_ends && planner->dialect->planning->only_ends(object);
}

/* Of tables whose foreign keys form a ring, the foreign keys: those of the highest kind go first. */
static void unmerge(struct cycles *cycles)
{
    struct planner *planner = cycles->planner;

    begin_attempt(cycles);
    for (size_t i = 0; i < planner->closure.from->count; i++) {
        struct node *node = planner->dropping[i];
        size_t component = node && node->into ? component_of(cycles, node) : 0;

        if (component && !cycles->settled[component] && !only_ends(planner, node->before))
            add_part(cycles, component, node->before, must_come_before(cycles, node));
    }
    for (size_t i = 1; i <= cycles->count; i++) {
        enum kind highest = highest_kind(&cycles->chosen[i]);

        for (size_t j = 0; j < cycles->chosen[i].count; j++) {
            const struct object *part = cycles->chosen[i].items[j];

            if (part->kind == highest)
                planner->unmerged[part->rank] = cycles->settled[i] = true;
        }
    }
}

/* --- what is only likely ------------------------------------------------------------------------- */

/* Marks the object of the rank; true if it was not. NULL: there is none. */
static bool mark(bool *marks, const struct object *object)
{
    bool fresh = object && !marks[object->rank];

    if (fresh)
        marks[object->rank] = true;
    return fresh;
}

/* What needs a whole waits for all of its parts where that can be done; else for those that it names. */
static void press(struct cycles *cycles)
{
    struct planner *planner = cycles->planner;

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];
        size_t component = component_of(cycles, node);
        bool fresh;

        if (!component || cycles->settled[component])
            continue;
        fresh = mark(planner->pressed, node->after);
        if (mark(planner->formerly_pressed, node->before) || fresh)
            pointer_list_add(&cycles->parts[component], planner->round, node);
    }
}

/* What code uses when something is made is an order to keep where that can be done. */
static void forgo(struct cycles *cycles)
{
    struct planner *planner = cycles->planner;

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];
        size_t component = component_of(cycles, node);

        if (component && !cycles->settled[component] && node->after && node->after->uses.count &&
            mark(planner->forgone, node->after))
            pointer_list_add(&cycles->parts[component], planner->round, node);
    }
}

/* What is only likely is given up in the cycles that are left: another attempt is worth it where there was some. */
static void give_up(struct cycles *cycles, void (*likely)(struct cycles *))
{
    begin_attempt(cycles);
    likely(cycles);
    for (size_t i = 1; i <= cycles->count; i++)
        cycles->settled[i] = cycles->settled[i] || cycles->parts[i].count;
}

/* --- what remains ------------------------------------------------------------------------------ */

static const char *node_text(struct planner *planner, const struct node *node)
{
    return arena_printf(planner->round, "%s %s", action_name(node->action),
                        identity_print(planner->round, node->after ? node->after : node->before));
}

static const struct node *node_of_vertex(const struct planner *planner, size_t vertex)
{
    for (size_t i = 0; i < planner->nodes.count; i++) {
        const struct node *node = planner->nodes.items[i];

        if (!node->into && node->vertex == vertex)
            return node;
    }
    return NULL;
}

static bool report_cycle(const struct cycles *cycles, size_t number, struct error *error)
{
    struct planner *planner = cycles->planner;
    size_t *cycle = ARENA_ARRAY(planner->round, size_t, planner->vertex_count);
    size_t length = graph_find_cycle(planner->graph, cycles->component, number, cycle);
    struct buffer path = BUFFER_EMPTY;

    for (size_t i = 0; i <= length; i++) {
        buffer_separate(&path, 0, " -> ");
        buffer_append(&path, node_text(planner, node_of_vertex(planner, cycle[i % length])));
    }
    error_set(error, ERROR_SCHEMA, "the plan has a cycle: %s", buffer_text(&path));
    error_hint(error, "Break the cycle by applying one of these changes on its own first.");
    buffer_free(&path);
    return false;
}

bool planner_break_cycles(struct planner *planner, struct error *error)
{
    struct cycles cycles = {.planner = planner,
                            .component =
                                ARENA_ARRAY(planner->round, size_t, planner->vertex_count + 1)};

    cycles.count = graph_components(planner->graph, cycles.component);
    cycles.settled = ARENA_ARRAY(planner->round, bool, cycles.count + 1);
    cycles.parts = ARENA_ARRAY(planner->round, struct pointer_list, cycles.count + 1);
    cycles.chosen = ARENA_ARRAY(planner->round, struct pointer_list, cycles.count + 1);
    unjoin(&cycles);
    unfold(&cycles);
    unmerge(&cycles);
    give_up(&cycles, press);
    give_up(&cycles, forgo);
    for (size_t i = 1; i <= cycles.count; i++)
        if (!cycles.settled[i])
            return report_cycle(&cycles, i, error);
    return true;
}
