/* Topological order by Kahn's algorithm with a heap over the total order: of all vertices that could
 * come next, the first in the total order does. */
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

/* From any vertex not placed, a walk backwards along edges between vertices not placed must come
 * back to where it was: that is a cycle. incoming holds one not placed predecessor of each. */
static size_t find_cycle(const struct graph *graph, const bool *placed, size_t *cycle)
{
    size_t *incoming = ARENA_ARRAY(graph->arena, size_t, graph->count);
    size_t *seen_at = ARENA_ARRAY(graph->arena, size_t, graph->count);
    size_t vertex = 0;
    size_t length = 0;
    size_t start;

    for (size_t i = 0; i < graph->count; i++)
        for (const struct edge *edge = graph->out[i]; edge && !placed[i]; edge = edge->next)
            if (!placed[edge->to])
                incoming[edge->to] = i + 1;
    while (placed[vertex] || !incoming[vertex])
        vertex++;
    while (!seen_at[vertex]) {
        seen_at[vertex] = ++length;
        cycle[length - 1] = vertex;
        vertex = incoming[vertex] - 1;
    }
    start = seen_at[vertex] - 1;
    length -= start;
    memmove(cycle, cycle + start, length * sizeof(*cycle));
    for (size_t i = 0; i < length / 2; i++) { /* it was walked backwards */
        size_t other = cycle[length - 1 - i];

        cycle[length - 1 - i] = cycle[i];
        cycle[i] = other;
    }
    return length;
}

size_t graph_sort(struct graph *graph, size_t *order, size_t *cycle, size_t *cycle_length)
{
    size_t room = graph->count ? graph->count : 1;
    size_t *waiting = ARENA_ARRAY(graph->arena, size_t, room);
    bool *placed = ARENA_ARRAY(graph->arena, bool, room);
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
        placed[vertex] = true;
        for (const struct edge *edge = graph->out[vertex]; edge; edge = edge->next)
            if (--waiting[edge->to] == 0)
                heap_push(&ready, edge->to);
    }
    *cycle_length = done < graph->count ? find_cycle(graph, placed, cycle) : 0;
    return done;
}
