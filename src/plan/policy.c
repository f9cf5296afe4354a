/* What a plan may do, and what it may not. */
#include "plan/policy.h"

#include <string.h>

#include "core/text/nearest.h"
#include "core/text/size.h"
#include "model/family.h"
#include "model/selection.h"
#include "plan/cost.h"

bool policy_read_hazard(const char *name, uint64_t *hazard, struct error *error)
{
    const char *names[HAZARD_COUNT];
    const char *nearest;
    int number = hazard_find(name);

    if (number >= 0) {
        *hazard = UINT64_C(1) << number;
        return true;
    }
    for (int i = 0; i < HAZARD_COUNT; i++)
        names[i] = hazard_name((enum hazard)i);
    error_set(error, ERROR_USAGE, "there is no hazard %s", name);
    nearest = nearest_name(name, names, HAZARD_COUNT);
    if (nearest)
        error_hint(error, "Did you mean %s?", nearest);
    else
        error_hint(error, "A plan names its hazards, such as drop-table; all stands for all.");
    return false;
}

static void begin_rules(const char *const *texts, struct arena *arena, struct policy_rules *rules)
{
    size_t count = 0;

    while (texts && texts[count])
        count++;
    *rules = (struct policy_rules){.items = ARENA_ARRAY(arena, struct policy_rule, count + 1)};
}

bool policy_read_allowed(const char *const *texts, struct arena *arena, struct policy_rules *rules,
                         struct error *error)
{
    for (begin_rules(texts, arena, rules); texts && *texts; texts++) {
        size_t length = strcspn(*texts, "=");
        const char *name = arena_strndup(arena, *texts, length);
        struct policy_rule rule = {.hazards = UINT64_MAX, .above = -1};

        if (!(*texts)[length] || !(*texts)[length + 1]) {
            error_hint(error, "Write drop-column=shop.customers.fax.");
            return error_set(error, ERROR_USAGE, "%s names no object", *texts);
        }
        if (strcmp(name, "all") != 0 && !policy_read_hazard(name, &rule.hazards, error))
            return false;
        rule.glob = arena_strdup(arena, *texts + length + 1);
        rules->items[rules->count++] = rule;
    }
    return true;
}

bool policy_read_denied(const char *const *texts, struct arena *arena, struct policy_rules *rules,
                        struct error *error)
{
    for (begin_rules(texts, arena, rules); texts && *texts; texts++) {
        size_t length = strcspn(*texts, ":");
        struct policy_rule rule = {.above = -1};

        if (!policy_read_hazard(arena_strndup(arena, *texts, length), &rule.hazards, error))
            return false;
        if ((*texts)[length] && !size_parse(*texts + length + 1, &rule.above)) {
            error_hint(error, "Write rewrite-table:500MB or rewrite-table:2GB.");
            return error_set(error, ERROR_USAGE, "%s is no size", *texts + length + 1);
        }
        rules->items[rules->count++] = rule;
    }
    return true;
}

static uint64_t lossy_hazards(void)
{
    uint64_t lossy = 0;

    for (int i = 0; i < HAZARD_COUNT; i++)
        if (hazard_is_lossy((enum hazard)i))
            lossy |= UINT64_C(1) << i;
    return lossy;
}

static bool is_allowed(const struct policy_rules *rules, enum hazard hazard,
                       const struct object *object)
{
    for (size_t i = 0; i < rules->count; i++) {
        const char *const globs[] = {rules->items[i].glob, NULL};

        if ((rules->items[i].hazards >> hazard & 1) && selection_covers(globs, object))
            return true;
    }
    return false;
}

/* Of a statement that does several things: those of its parts that can carry the hazard are all allowed to. */
static bool parts_are_allowed(const struct policy_rules *rules, enum hazard hazard,
                              const struct step *step)
{
    bool drop = strncmp(hazard_name(hazard), "drop-", 5) == 0;
    const struct pointer_list *parts = drop ? &step->drops : &step->alters_parts;
    size_t found = 0;

    for (size_t i = 0; i < parts->count; i++) {
        const struct object *part = parts->items[i];

        if (drop && object_is_rebuilt(part))
            continue;
        if (!is_allowed(rules, hazard, part))
            return false;
        found++;
    }
    return found && hazard != HAZARD_DRIFT && hazard != HAZARD_UNDECLARED;
}

uint64_t policy_refused(const struct step *step, uint64_t allowed, const struct policy_rules *rules)
{
    uint64_t refused = step->hazards & lossy_hazards() & ~allowed;

    for (int i = 0; i < HAZARD_COUNT && rules->count && step->object; i++)
        if ((refused >> i & 1) && (is_allowed(rules, (enum hazard)i, step->object) ||
                                   parts_are_allowed(rules, (enum hazard)i, step)))
            refused &= ~(UINT64_C(1) << i);
    return refused;
}

uint64_t policy_denied(const struct plan *plan, const struct step *step,
                       const struct policy_rules *rules)
{
    struct step_cost cost = step_cost(plan, step);
    uint64_t denied = 0;

    for (size_t i = 0; i < rules->count; i++) {
        int64_t above = rules->items[i].above;

        if (above < 0 || !cost.size.known || cost.size.bytes > above)
            denied |= step->hazards & rules->items[i].hazards;
    }
    return denied;
}
