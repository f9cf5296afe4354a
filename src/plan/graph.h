/* Topological order that leaves a given total order only where an edge demands it. */
#ifndef PLUMB_PLAN_GRAPH_H
#define PLUMB_PLAN_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

struct graph;

/* A graph of count vertices, numbered in the total order wanted. */
struct graph *graph_new(struct arena *arena, size_t count);

/* first must come before second. Repeats and loops to itself are ignored. */
void graph_edge(struct graph *graph, size_t first, size_t second);

/* True where such an edge was added. */
bool graph_has_edge(const struct graph *graph, size_t first, size_t second);

/* Fills order with the vertices, and gives how many could be placed: fewer than count where there are
 * cycles. order has room for count. */
size_t graph_sort(struct graph *graph, size_t *order);

/* Tells which vertices lie on a common cycle: component[vertex] is the number (from 1) of its strongly
 * connected component, or 0 for a vertex that is on no cycle. Gives the number of components. Every
 * edge between two vertices of one component is part of some cycle. component has room for count. */
size_t graph_components(struct graph *graph, size_t *component);

/* One cycle of that component, in the order of its edges; gives its length. cycle has room for count. */
size_t graph_find_cycle(struct graph *graph, const size_t *component, size_t number, size_t *cycle);

#endif
