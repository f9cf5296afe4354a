/* Deltas to ordered steps. */
#ifndef PLUMB_PLAN_PLAN_H
#define PLUMB_PLAN_PLAN_H

#include "core/error.h"
#include "dialect/dialect.h"
#include "diff/diff.h"
#include "plan/step.h"

struct plan {
    struct arena *arena; /* holds the plan's texts; its own */
    const struct dialect *dialect;
    const struct model *from; /* not owned; must outlive the plan */
    const struct model *to;
    struct delta_list deltas; /* what differs, for the report */
    struct step_list before;  /* session settings, each before the groups */
    struct step_list steps;   /* in order; group numbers never fall */
    struct step_list after;
    int group_count;
    uint64_t hazards; /* of all steps */
    struct text_list notes; /* for people: "table a looks like a rename of b", ... */
};

/* Makes the plan that turns from into to (both resolved, reconciled and sealed). NULL with an error
 * on a cycle (the message holds its path). Free with plan_free. */
struct plan *plan_make(const struct dialect *dialect, const struct model *from,
                       const struct model *to, struct error *error);
void plan_free(struct plan *plan);

/* The lossy hazards of the plan that are not among the allowed ones (bits of enum hazard). */
uint64_t plan_refused_hazards(const struct plan *plan, uint64_t allowed);

#endif
