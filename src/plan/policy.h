/* What a plan may do, and what it may not. */
#ifndef PLUMB_PLAN_POLICY_H
#define PLUMB_PLAN_POLICY_H

#include "plan/plan.h"

struct policy_rule {
    uint64_t hazards; /* bits of enum hazard */
    const char *glob; /* of paths: only on objects that it fits; NULL: on all */
    int64_t above; /* bytes: only on tables that are larger or of unknown size; negative: on all */
};

struct policy_rules {
    struct policy_rule *items;
    size_t count;
};

/* The hazard of that name as a bit. False with an error, which names what was perhaps meant. */
bool policy_read_hazard(const char *name, uint64_t *hazard, struct error *error);

/* "drop-column=shop.customers.fax", "all=legacy.*", each; NULL-terminated, NULL for none. In the arena. */
bool policy_read_allowed(const char *const *texts, struct arena *arena, struct policy_rules *rules,
                         struct error *error);

/* "rewrite-table", "rewrite-table:1GB", likewise. */
bool policy_read_denied(const char *const *texts, struct arena *arena, struct policy_rules *rules,
                        struct error *error);

/* The lossy hazards of the step, or of one that has become a part of it, that are neither allowed nor by a rule allowed
 * for its object. */
uint64_t policy_refused(const struct step *step, uint64_t allowed,
                        const struct policy_rules *rules);

/* The hazards of the step that are denied. */
uint64_t policy_denied(const struct plan *plan, const struct step *step,
                       const struct policy_rules *rules);

#endif
