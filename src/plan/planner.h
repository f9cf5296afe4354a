/* The planner's own state, shared by the files that nobody but plan_make calls: the nodes (who does
 * what, in which statement), their order, and the statements. */
#ifndef PLUMB_PLAN_PLANNER_H
#define PLUMB_PLAN_PLANNER_H

#include "plan/closure.h"
#include "plan/graph.h"
#include "plan/plan.h"

struct node {
    enum step_action action;
    struct object *before;
    struct object *after;
    struct pointer_list folded; /* objects made by the same statement */
    struct node *into;          /* this object's part of another node's statement; NULL: its own */
    struct node *joint; /* the node of what stays and is altered by the same statement as this;
                                   NULL: this action joins nothing */
    struct pointer_list
        joined;   /* struct node *: all that is in this joint's statement but itself */
    bool carries; /* an alteration after the making: takes over what the old object held */
    bool alone;   /* has left its joint to break a cycle */
    struct pointer_list
        deltas;      /* const struct delta *: what all that is in its statement is there for */
    bool ties_cycle; /* of cycles.c */
    const char
        *meanwhile; /* of a rename: the name until the one that has its new name has left that */
    struct node *finishes; /* of a rename: the other one, which takes the name that this has left */
    size_t vertex;         /* among the nodes that have a statement */
    struct step_list steps;
};

struct planner {
    const struct dialect *dialect;
    struct plan *plan;
    struct arena *scratch; /* for all of the planning */
    struct arena *round;   /* for one round: what shares a statement, and its graph */
    struct closure closure;
    struct node **dropping; /* by from's rank: its drop node */
    struct node **making;   /* by to's rank: its create or alter node */
    struct node **renaming; /* by from's rank */
    struct node **carrying; /* by from's rank: what takes over what it held */
    bool *unfolded;         /* by to's rank: must have a statement of its own */
    bool *forgone;          /* by to's rank: comes where its needs allow, whatever it uses */
    bool *pressed; /* by to's rank: comes where the parts of a whole that its needs name allow */
    bool *formerly_pressed;    /* by from's rank: goes so */
    bool *unmerged;            /* by from's rank: must be dropped by a statement of its own */
    struct pointer_list nodes; /* struct node *, in the total order wanted */
    size_t vertex_count;
    struct graph *graph;
};

/* The node whose statement does what the node is about: itself, or another. NULL for NULL. */
struct node *node_root(struct node *node);

/* nodes.c: a node for each action on an object, in the total order. */
void planner_add_nodes(struct planner *planner);

/* The replaced object of the old model whose contents are carried over and whose storage this one, which is dropped, is or
 * belongs to; NULL when there is none. */
const struct object *planner_carried(const struct planner *planner, const struct object *object);

/* True when the object of the new model stores the contents of the other, or a part of them. */
bool planner_stores(const struct planner *planner, const struct object *object,
                    const struct object *whole);

/* Finds for each node the one whose ALTER statement it can be a part of; once. */
void planner_find_joints(struct planner *planner);

/* Decides which nodes share a statement; anew whenever one was told to stand alone. */
void planner_bring_together(struct planner *planner);

/* edges.c: the graph of what must come before what, over the numbered vertices. */
void planner_add_edges(struct planner *planner);

/* cycles.c: statements on cycles give up parts, which get statements of their own in the next round;
 * all cycles at once. False with an error, which prints the path, for a cycle that has nothing to give up. */
bool planner_break_cycles(struct planner *planner, struct error *error);

/* steps.c: the statements of the nodes in the given order of vertices, in transaction groups. */
void planner_write(struct planner *planner, const size_t *order);

#endif
