/* Topological order by Kahn's algorithm with a heap over the total order: of all vertices that could
 * come next, the first in the total order does. What cannot be placed lies on cycles, or behind them. */
#include "plan/graph.h"

#include <string.h>

struct edge {
    size_t to;
    struct edge *next;
};

struct graph {
    struct arena *arena;
    size_t count;
    struct edge **out;
};

struct graph *graph_new(struct arena *arena, size_t count)
{
    struct graph *graph = ARENA_NEW(arena, struct graph);

    graph->arena = arena;
    graph->count = count;
    graph->out = ARENA_ARRAY(arena, struct edge *, count ? count : 1);
    return graph;
}

void graph_edge(struct graph *graph, size_t first, size_t second)
{
    struct edge *edge;

    /* Repeats are counted like any edge: only runs of the same one are worth leaving out. */
    if (first == second || (graph->out[first] && graph->out[first]->to == second))
        return;
    edge = ARENA_NEW(graph->arena, struct edge);
    edge->to = second;
    edge->next = graph->out[first];
    graph->out[first] = edge;
}

bool graph_has_edge(const struct graph *graph, size_t first, size_t second)
{
    for (const struct edge *edge = graph->out[first]; edge; edge = edge->next)
        if (edge->to == second)
            return true;
    return false;
}

struct heap {
    size_t *items;
    size_t count;
};

static void heap_push(struct heap *heap, size_t item)
{
    size_t at = heap->count++;

    while (at && heap->items[(at - 1) / 2] > item) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = item;
}

static size_t heap_pop(struct heap *heap)
{
    size_t first = heap->items[0];
    size_t last = heap->items[--heap->count];
    size_t at = 0;

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= heap->count)
            break;
        if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child])
            child++;
        if (heap->items[child] >= last)
            break;
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return first;
}

size_t graph_sort(struct graph *graph, size_t *order)
{
    size_t room = graph->count ? graph->count : 1;
    size_t *waiting = ARENA_ARRAY(graph->arena, size_t, room);
    struct heap ready = {.items = ARENA_ARRAY(graph->arena, size_t, room)};
    size_t done = 0;

    for (size_t i = 0; i < graph->count; i++)
        for (const struct edge *edge = graph->out[i]; edge; edge = edge->next)
            waiting[edge->to]++;
    for (size_t i = 0; i < graph->count; i++)
        if (!waiting[i])
            heap_push(&ready, i);
    while (ready.count) {
        size_t vertex = heap_pop(&ready);

        order[done++] = vertex;
        for (const struct edge *edge = graph->out[vertex]; edge; edge = edge->next)
            if (--waiting[edge->to] == 0)
                heap_push(&ready, edge->to);
    }
    return done;
}

/* --- cycles: strongly connected components by Tarjan's algorithm, without recursion -------------- */

/* A vertex on the way from where the search began to where it is. */
struct visit {
    size_t vertex;
    const struct edge *next; /* of the edges out of it, the first not followed yet */
};

struct search {
    struct graph *graph;
    size_t *component;
    size_t components;
    size_t *number; /* when a vertex was first visited, from 1; 0: not yet */
    size_t *lowest; /* the smallest number on the stack that can be reached from it */
    bool *stacked;
    size_t *stack; /* visited vertices whose component is not known yet */
    size_t depth;
    struct visit *path;
    size_t length;
    size_t visited;
};

static void visit(struct search *search, size_t vertex)
{
    search->number[vertex] = search->lowest[vertex] = ++search->visited;
    search->stack[search->depth++] = vertex;
    search->stacked[vertex] = true;
    search->path[search->length++] = (struct visit){vertex, search->graph->out[vertex]};
}

/* The component of a vertex from which nothing older on the stack can be reached: all that is above it.
 * A vertex by itself is on no cycle: the graph has no edges from a vertex to itself. */
static void close_component(struct search *search, size_t vertex)
{
    bool alone = search->stack[search->depth - 1] == vertex;
    size_t member;

    if (!alone)
        search->components++;
    do {
        member = search->stack[--search->depth];
        search->stacked[member] = false;
        search->component[member] = alone ? 0 : search->components;
    } while (member != vertex);
}

static void lower(struct search *search, size_t vertex, size_t number)
{
    if (number < search->lowest[vertex])
        search->lowest[vertex] = number;
}

static void leave(struct search *search, size_t vertex)
{
    search->length--;
    if (search->lowest[vertex] == search->number[vertex])
        close_component(search, vertex);
    if (search->length)
        lower(search, search->path[search->length - 1].vertex, search->lowest[vertex]);
}

static void search_from(struct search *search, size_t start)
{
    visit(search, start);
    while (search->length) {
        struct visit *last = &search->path[search->length - 1];
        const struct edge *edge = last->next;

        if (!edge) {
            leave(search, last->vertex);
            continue;
        }
        last->next = edge->next;
        if (!search->number[edge->to])
            visit(search, edge->to);
        else if (search->stacked[edge->to])
            lower(search, last->vertex, search->number[edge->to]);
    }
}

size_t graph_components(struct graph *graph, size_t *component)
{
    size_t room = graph->count ? graph->count : 1;
    struct search search = {.graph = graph,
                            .component = component,
                            .number = ARENA_ARRAY(graph->arena, size_t, room),
                            .lowest = ARENA_ARRAY(graph->arena, size_t, room),
                            .stacked = ARENA_ARRAY(graph->arena, bool, room),
                            .stack = ARENA_ARRAY(graph->arena, size_t, room),
                            .path = ARENA_ARRAY(graph->arena, struct visit, room)};

    for (size_t i = 0; i < graph->count; i++)
        if (!search.number[i])
            search_from(&search, i);
    return search.components;
}

/* Within a component, a walk from anywhere along edges that stay in it must come back to where it was. */
size_t graph_find_cycle(struct graph *graph, const size_t *component, size_t number, size_t *cycle)
{
    size_t *seen_at = ARENA_ARRAY(graph->arena, size_t, graph->count);
    size_t vertex = 0;
    size_t length = 0;

    while (component[vertex] != number)
        vertex++;
    while (!seen_at[vertex]) {
        const struct edge *edge = graph->out[vertex];

        seen_at[vertex] = ++length;
        cycle[length - 1] = vertex;
        while (component[edge->to] != number)
            edge = edge->next;
        vertex = edge->to;
    }
    length -= seen_at[vertex] - 1;
    memmove(cycle, cycle + seen_at[vertex] - 1, length * sizeof(*cycle));
    return length;
}
