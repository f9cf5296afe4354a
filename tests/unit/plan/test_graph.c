/* Topological order that leaves the total order only where an edge demands it. */
#include "../support.h"

#include <string.h>

#include "plan/graph.h"

struct pair {
    size_t first;
    size_t second;
};

enum { most = 1000 };

static size_t order[most];
static size_t cycle[most];
static size_t cycle_length;
static size_t component[most];
static size_t component_count;

static size_t sort(size_t count, const struct pair *pairs, size_t pair_count)
{
    struct arena *arena = arena_new();
    struct graph *graph = graph_new(arena, count);
    size_t placed;

    for (size_t i = 0; i < pair_count; i++)
        graph_edge(graph, pairs[i].first, pairs[i].second);
    placed = graph_sort(graph, order);
    component_count = graph_components(graph, component);
    cycle_length = component_count ? graph_find_cycle(graph, component, 1, cycle) : 0;
    arena_free(arena);
    return placed;
}

#define EDGES(...)                                                                                 \
    (const struct pair[]){__VA_ARGS__},                                                            \
        sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair)
#define ORDER(...)                                                                                 \
    assert_memory_equal(order, ((const size_t[]){__VA_ARGS__}),                                    \
                        sizeof((const size_t[]){__VA_ARGS__}))

static void test_no_edges(void **state)
{
    (void)state;
    assert_int_equal(sort(0, NULL, 0), 0);
    assert_int_equal(sort(4, NULL, 0), 4);
    ORDER(0, 1, 2, 3);
    assert_int_equal(cycle_length, 0);
}

static void test_edges(void **state)
{
    (void)state;
    assert_int_equal(sort(4, EDGES({3, 0})), 4);
    ORDER(1, 2, 3, 0);
    assert_int_equal(sort(5, EDGES({4, 0}, {3, 4})), 5);
    ORDER(1, 2, 3, 4, 0);
    assert_int_equal(sort(5, EDGES({2, 0}, {2, 1})), 5);
    ORDER(2, 0, 1, 3, 4);
    assert_int_equal(sort(3, EDGES({0, 1}, {1, 2}, {0, 2})), 3);
    ORDER(0, 1, 2);
}

static void test_repeats_and_loops(void **state)
{
    (void)state;
    assert_int_equal(sort(3, EDGES({1, 1}, {2, 0}, {2, 1}, {2, 0}, {2, 0}, {0, 0})), 3);
    ORDER(2, 0, 1);
}

static void test_has_edge(void **state)
{
    struct arena *arena = arena_new();
    struct graph *graph = graph_new(arena, 3);

    (void)state;
    graph_edge(graph, 0, 1);
    graph_edge(graph, 0, 2);
    assert_true(graph_has_edge(graph, 0, 1));
    assert_true(graph_has_edge(graph, 0, 2));
    assert_false(graph_has_edge(graph, 1, 0));
    assert_false(graph_has_edge(graph, 1, 2));
    arena_free(arena);
}

/* The vertices of a cycle come in the order of its edges, without those that only hang on it. */
static void test_cycle(void **state)
{
    const struct pair pairs[] = {{0, 1}, {1, 3}, {3, 2}, {2, 1}, {2, 4}};
    size_t start = 0;

    (void)state;
    assert_int_equal(sort(6, pairs, 5), 2);
    assert_int_equal(cycle_length, 3);
    while (cycle[start] != 1)
        start++;
    assert_int_equal(cycle[(start + 1) % 3], 3);
    assert_int_equal(cycle[(start + 2) % 3], 2);
}

static void test_two_vertices_in_a_cycle(void **state)
{
    (void)state;
    assert_int_equal(sort(2, EDGES({0, 1}, {1, 0})), 0);
    assert_int_equal(cycle_length, 2);
    assert_int_equal(cycle[0] + cycle[1], 1);
}

/* Each cycle is found by itself, with all that lies on one, and nothing that only hangs on it. */
static void test_components(void **state)
{
    (void)state;
    sort(9, EDGES({0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 4}, {4, 2}, {4, 3}, {4, 5}, {6, 7}, {7, 6},
                  {8, 6}));
    assert_int_equal(component_count, 3);
    assert_int_equal(component[0], component[1]);
    assert_int_equal(component[2], component[3]);
    assert_int_equal(component[2], component[4]);
    assert_int_equal(component[6], component[7]);
    assert_int_equal(component[5], 0);
    assert_int_equal(component[8], 0);
    assert_int_not_equal(component[0], component[2]);
    assert_int_not_equal(component[2], component[6]);
    assert_int_not_equal(component[0], component[6]);
}

/* A way of any length costs no stack: once around, and back to where it began. */
static void test_long_cycle(void **state)
{
    enum { count = 1000000 };
    struct arena *arena = arena_new();
    struct graph *graph = graph_new(arena, count);
    size_t *components = ARENA_ARRAY(arena, size_t, count);
    size_t *way = ARENA_ARRAY(arena, size_t, count);

    (void)state;
    for (size_t i = 0; i < count; i++)
        graph_edge(graph, i, (i + 1) % count);
    assert_int_equal(graph_components(graph, components), 1);
    assert_int_equal(components[0], 1);
    assert_int_equal(components[count - 1], 1);
    assert_int_equal(graph_find_cycle(graph, components, 1, way), count);
    arena_free(arena);
}

/* Whatever the order in which edges are added, the result is the same and obeys them. */
static void test_any_order_of_edges(void **state)
{
    enum { count = 300, edges = 900 };
    static struct pair pairs[edges];
    static size_t first[count];
    static size_t place[count];
    static size_t numbers[edges];
    uint64_t seed = 7;

    (void)state;
    for (size_t i = 0; i < edges; i++) { /* from a number to a larger one of another numbering */
        size_t a = next_number(&seed) % count;
        size_t b = next_number(&seed) % count;

        pairs[i] = (struct pair){(a < b ? a : b) * 7 % count, (a < b ? b : a) * 7 % count};
        numbers[i] = i;
    }
    assert_int_equal(sort(count, pairs, edges), count);
    memcpy(first, order, sizeof(first));
    for (size_t i = 0; i < count; i++)
        place[order[i]] = i;
    for (size_t i = 0; i < edges; i++)
        assert_true(pairs[i].first == pairs[i].second ||
                    place[pairs[i].first] < place[pairs[i].second]);
    for (int round = 0; round < 100; round++) {
        static struct pair shuffled[edges];

        shuffle(numbers, edges, &seed);
        for (size_t i = 0; i < edges; i++)
            shuffled[i] = pairs[numbers[i]];
        assert_int_equal(sort(count, shuffled, edges), count);
        assert_memory_equal(order, first, sizeof(first));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_edges),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_repeats_and_loops),
        cmocka_unit_test(test_has_edge),
        cmocka_unit_test(test_cycle),
        cmocka_unit_test(test_two_vertices_in_a_cycle),
        cmocka_unit_test(test_components),
        cmocka_unit_test(test_long_cycle),
        cmocka_unit_test(test_any_order_of_edges),
    };

    return RUN(tests);
}
