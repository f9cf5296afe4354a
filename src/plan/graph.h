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

/* Fills order with the vertices. Gives the number of vertices placed: fewer than count when there
 * are cycles; the vertices of one cycle are then in cycle (in order of its edges), *cycle_length of
 * them. Both arrays have room for count. */
size_t graph_sort(struct graph *graph, size_t *order, size_t *cycle, size_t *cycle_length);

#endif
