/* What a step costs those who use an existing table meanwhile, as far as the statistics of the target can tell. */
#ifndef PLUMB_PLAN_COST_H
#define PLUMB_PLAN_COST_H

#include "plan/plan.h"

enum cost_class { COST_INSTANT, COST_SECONDS, COST_MINUTES, COST_HOURS, COST_UNKNOWN };

/* "minutes". */
const char *cost_class_name(enum cost_class class);

/* What a step does to an existing table. */
struct step_cost {
    const struct object *table; /* of the target; NULL: it locks none */
    struct table_size size;
    bool reads; /* all rows; so does what rewrites them */
    bool rewrites;
    enum lock_block blocks;
    double seconds; /* negative: unknown */
    enum cost_class class;
};

struct step_cost step_cost(const struct plan *plan, const struct step *step);

/* The formula: what a step does not read is instant; reading takes a second for 100 MB of the table and its indexes,
 * rewriting a second for 20 MB. Below 0.2 seconds is an instant. Negative: the size is not known. */
double cost_seconds(struct table_size size, bool reads, bool rewrites);
enum cost_class cost_class_of(double seconds);

/* How long a table would be blocked by all steps of a plan. */
struct table_block {
    const struct object *table;
    enum lock_block blocks;   /* the strongest */
    double seconds;           /* negative: unknown */
    const struct step *first; /* that makes it last longer than an instant, or the first one */
};

struct table_blocks {
    struct table_block *items;
    size_t count;
};

/* Of each existing table, in the order in which they are locked. A lock is kept until the end of its transaction: what
 * the other steps of it take after that counts as well. In the arena. */
struct table_blocks cost_blocks(const struct plan *plan, struct arena *arena);

#endif
