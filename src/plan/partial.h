/* Partial management: what of two models a comparison leaves as the target has it (--unmanaged, all but --only, what a wanted
 * state that is partial does not name), and what it does not drop (--no-drop). Objects that are left stand in both models, in
 * the target's form, so that whatever uses them can be planned; a plan that would have to touch one all the same is
 * refused. */
#ifndef PLUMB_PLAN_PARTIAL_H
#define PLUMB_PLAN_PARTIAL_H

#include "plan/compare.h"

struct partial {
    const struct compare_options *options;
    const struct dialect *dialect;
    struct model *from;
    struct model *to;
    struct arena *arena;
    struct error *error;
};

/* Each does its part at one point of compare_models; false with an error (ERROR_REFUSED) where what is wanted and what is
 * left cannot be had together. They do nothing where nothing is left and everything may be dropped. */

/* Before anything else: marks what is left, and has the wanted model take it over. */
bool partial_begin(const struct partial *partial);

/* Both are resolved: takes out of the wanted model what is left and not there; nobody may need it. */
bool partial_take_out(const struct partial *partial);

/* Both are reconciled: what is left differs in nothing any more, and with no_drop the wanted model keeps what it lacks. */
bool partial_settle(const struct partial *partial);

/* Both are sealed and these are the differences: nothing that is left has to be touched by the plan. */
bool partial_check(const struct partial *partial, struct plan *plan);

#endif
