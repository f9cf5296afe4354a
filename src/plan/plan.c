/* Deltas to ordered steps. Every action on an object is a node of a graph; an object that is part of
 * another's statement (a column of a new table, an index of a dropped one) shares that one's node.
 * The nodes have a total order (renames, then drops backwards, then what is made or altered), which
 * the topological sort leaves only where a dependency demands it. */
#include "plan/plan.h"

#include "core/operation.h"
#include "model/identity.h"
#include "plan/planner.h"

/* Only nodes with a statement of their own are vertices. */
static void number_vertices(struct planner *planner)
{
    planner->vertex_count = 0;
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (!node->into)
            node->vertex = planner->vertex_count++;
    }
}

/* Orders the nodes; NULL with an error on a cycle that nothing resolves. */
static size_t *sort_nodes(struct planner *planner, struct error *error)
{
    for (;;) {
        size_t *order;

        arena_free(planner->round);
        planner->round = arena_new();
        planner_bring_together(planner);
        number_vertices(planner);
        planner_add_edges(planner);
        order = ARENA_ARRAY(planner->round, size_t, planner->vertex_count + 1);
        if (graph_sort(planner->graph, order) == planner->vertex_count)
            return order;
        if (!planner_break_cycles(planner, error))
            return NULL;
    }
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
    planner->dialect->writing->session(&before, &after, plan->from, plan->to);
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
    planner.carrying = ARENA_ARRAY(planner.scratch, struct node *, from->count + 1);
    planner.making = ARENA_ARRAY(planner.scratch, struct node *, to->count + 1);
    planner.unfolded = ARENA_ARRAY(planner.scratch, bool, to->count + 1);
    planner.forgone = ARENA_ARRAY(planner.scratch, bool, to->count + 1);
    planner.pressed = ARENA_ARRAY(planner.scratch, bool, to->count + 1);
    planner.formerly_pressed = ARENA_ARRAY(planner.scratch, bool, from->count + 1);
    planner.unmerged = ARENA_ARRAY(planner.scratch, bool, from->count + 1);
    planner_add_nodes(&planner);
    planner_find_joints(&planner);
    order = operation_goes_on(error) ? sort_nodes(&planner, error) : NULL;
    if (order) {
        planner_write(&planner, order);
        note_lookalikes(plan);
        write_session(&planner);
    }
    arena_free(planner.round);
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

const char *plan_lock_name(const struct plan *plan, enum step_lock lock)
{
    const struct dialect_writing *writing = plan->dialect->writing;
    const char *const *names = writing ? writing->lock_names : NULL;

    return names ? names[lock] : lock_name(lock);
}

enum lock_block plan_lock_blocks(const struct plan *plan, enum step_lock lock)
{
    const struct dialect_writing *writing = plan->dialect->writing;

    if (writing && writing->lock_blocks)
        return writing->lock_blocks[lock];
    if (lock == LOCK_ACCESS_EXCLUSIVE)
        return BLOCK_READERS_AND_WRITERS;
    if (lock >= LOCK_SHARE)
        return BLOCK_WRITERS;
    return lock == LOCK_SHARE_UPDATE_EXCLUSIVE ? BLOCK_SCHEMA_CHANGES : BLOCK_NOTHING;
}
