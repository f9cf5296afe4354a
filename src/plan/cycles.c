/* Cycles: statements give up parts until there is none, or the error says what the cycle is. */
#include "plan/planner.h"

#include "core/buffer.h"
#include "model/identity.h"

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
    const struct node *own = node_root(planner->making[part->rank]);

    for (size_t i = 0; i < needed.count; i++) {
        const struct object *other = needed.items[i];
        const struct node *node = node_root(planner->making[other->rank]);

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
bool planner_unmerge(struct planner *planner, const size_t *cycle, size_t length)
{
    const struct closure *closure = &planner->closure;
    bool *in_cycle = ARENA_ARRAY(planner->scratch, bool, planner->vertex_count);
    bool any = false;

    for (size_t i = 0; i < length; i++)
        in_cycle[cycle[i]] = true;
    for (size_t i = 0; i < closure->from->count; i++) {
        struct node *node = planner->dropping[i];
        const struct node *own = node_root(node);
        struct pointer_list needed;

        if (!node || !node->into || !in_cycle[own->vertex])
            continue;
        needed = closure_dependencies(planner->scratch, node->before);
        for (size_t j = 0; j < needed.count; j++) {
            const struct object *other = needed.items[j];
            const struct node *target = node_root(planner->dropping[other->rank]);

            if (target && target != own && in_cycle[target->vertex])
                any = planner->unmerged[i] = true;
        }
    }
    return any;
}

/* The statements in a cycle give up parts; true when there were any. Those of the highest kind go
 * first: a default can follow its table more easily than a column. */
bool planner_unfold(struct planner *planner, const size_t *cycle, size_t length)
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

/* True when something in the cycle, other than the part's own statement, has to come before or after
 * the part itself. */
static bool ties_cycle(struct planner *planner, const struct node *part, const bool *in_cycle)
{
    const struct node *own = node_root(part->joint);

    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *other = planner->nodes.items[i];
        const struct node *root = node_root(other);
        struct pointer_list needed;

        if (root == own || !in_cycle[root->vertex])
            continue;
        needed = closure_dependencies(planner->scratch, other->after ? other->after : other->before);
        for (size_t j = 0; j < needed.count; j++)
            if (needed.items[j] == part->after || needed.items[j] == part->before)
                return true;
    }
    return false;
}

/* Alterations of one thing that is in a cycle give up what closes it, or all but the first when it is
 * not plain which part does; true when there was any. */
bool planner_unjoin(struct planner *planner, const size_t *cycle, size_t length)
{
    bool *in_cycle = ARENA_ARRAY(planner->scratch, bool, planner->vertex_count);
    struct pointer_list parts = {0};
    bool any = false;

    for (size_t i = 0; i < length; i++)
        in_cycle[cycle[i]] = true;
    for (size_t i = 0; i < planner->nodes.count; i++) {
        struct node *node = planner->nodes.items[i];

        if (node->joint && node->into == node->joint && in_cycle[node_root(node)->vertex])
            pointer_list_add(&parts, planner->scratch, node);
    }
    for (size_t i = 0; i < parts.count; i++) {
        struct node *part = parts.items[i];

        if (ties_cycle(planner, part, in_cycle) ||
            (part->after && closes_cycle(planner, part->after, in_cycle)))
            any = part->alone = true;
    }
    for (size_t i = 0; !any && i < parts.count; i++) {
        struct node *part = parts.items[i];

        part->alone = true;
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

void planner_report_cycle(struct planner *planner, const size_t *cycle, size_t length,
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
