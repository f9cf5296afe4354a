/* Deltas to ordered steps. */
#ifndef PLUMB_PLAN_PLAN_H
#define PLUMB_PLAN_PLAN_H

#include "core/error.h"
#include "dialect/dialect.h"
#include "diff/diff.h"
#include "plan/step.h"

enum { PLAN_DEFAULT_LOCK_TIMEOUT = 3000 }; /* milliseconds */

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
    int lock_timeout; /* of a script, in milliseconds; 0: the default */
    struct pointer_list
        kept; /* struct object * of to: what would be dropped, were it not that nothing is */
    uint64_t hazards;       /* of all steps */
    struct text_list notes; /* for people: "table a looks like a rename of b", ... */
};

/* Makes the plan that turns from into to (both resolved, reconciled and sealed). NULL with an error
 * on a cycle (the message holds its path). Free with plan_free. */
struct plan *plan_make(const struct dialect *dialect, const struct model *from,
                       const struct model *to, struct error *error);
void plan_free(struct plan *plan);

/* What the plan's server calls the lock. */
const char *plan_lock_name(const struct plan *plan, enum step_lock lock);

/* What the plan's server keeps waiting for the lock. */
enum lock_block plan_lock_blocks(const struct plan *plan, enum step_lock lock);

/* secret.c: false with an error where a statement needs a secret that is not known; variable: the environment
 * variable that stands for it, NULL for none. */
bool plan_check_secrets(const struct plan *plan, struct error *error);
bool plan_fail_missing_secret(const char *variable, struct error *error);

/* A secret of the wanted model that nobody knows yet (its variable is not set) counts as what the other one has in
 * that place, with a note in the wanted model. Both are reconciled. */
void plan_settle_secrets(struct model *from, struct model *to);

/* Fills what people see of each step with secrets. */
void plan_show_secrets(struct plan *plan);

/* Notes in the plan how many statements hold secrets. */
void plan_note_secrets(struct plan *plan);

/* Puts variables in the place of secrets, for a script that is to be a state of files; and notes which. */
void plan_name_secrets(struct plan *plan);

#endif
