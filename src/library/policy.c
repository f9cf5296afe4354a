/* What the caller of an apply forbids: which steps go against it, and what would help. */
#include "library/policy.h"

#include <string.h>

#include "core/text/size.h"
#include "model/identity.h"
#include "plan/cost.h"
#include "plan/policy.h"

enum { listed_refusals = 10 };

static const char *join_hazards(struct arena *arena, uint64_t hazards, const char *separator)
{
    struct text_list names = {0};

    for (int i = 0; i < HAZARD_COUNT; i++)
        if (hazards >> i & 1)
            text_list_add(&names, arena, hazard_name((enum hazard)i));
    return text_list_join(&names, arena, separator);
}

static const char *what_is_refused(uint64_t refused)
{
    if (refused == UINT64_C(1) << HAZARD_UNDECLARED)
        return "drop what is not declared";
    if (refused == UINT64_C(1) << HAZARD_DRIFT)
        return "undo what was changed in the database";
    return "lose data";
}

/* Of a statement that does several things, those that may lose something. */
static const char *refused_title(struct arena *arena, const struct step *step)
{
    if (!step->parts)
        return step_title(arena, step);
    return arena_printf(arena, "%s %s: %s", action_name(step->action),
                        identity_print(arena, step->object), step->parts);
}

/* What is refused, as lines of text. */
struct refusal {
    struct arena *scratch;
    struct buffer list;
    size_t count;
    uint64_t hazards;
    struct text_list advice;
};

static void refusal_begin(struct refusal *refusal)
{
    *refusal = (struct refusal){.scratch = arena_new(), .list = BUFFER_EMPTY};
}

static bool refusal_end(struct refusal *refusal)
{
    buffer_free(&refusal->list);
    arena_free(refusal->scratch);
    return false;
}

static void add_line(struct refusal *refusal, const char *line)
{
    if (++refusal->count <= listed_refusals)
        buffer_append(&refusal->list, line);
}

static const char *list_of(struct refusal *refusal)
{
    if (refusal->count > listed_refusals)
        buffer_printf(&refusal->list, "\n  and %zu more", refusal->count - listed_refusals);
    return buffer_text(&refusal->list);
}

/* --- what loses data ------------------------------------------------------------------------------ */

static uint64_t refused_of(const struct step *step, uint64_t allowed,
                           const struct policy_rules *rules)
{
    const struct step *part;
    uint64_t named = 0;
    uint64_t refused = 0;

    for (size_t i = 0; (part = step_part(step, i)) != NULL; i++) {
        named |= part->hazards;
        refused |= policy_refused(part, allowed, rules);
    }
    return refused | (policy_refused(step, allowed, rules) & ~named);
}

static void add_refused(struct refusal *refusal, const struct step *step, uint64_t allowed,
                        const struct policy_rules *rules)
{
    const struct step *part;
    size_t before = refusal->count;
    uint64_t refused = refused_of(step, allowed, rules);

    refusal->hazards |= refused;
    for (size_t i = 0; (part = step_part(step, i)) != NULL; i++) {
        uint64_t hazards = policy_refused(part, allowed, rules);

        if (hazards)
            add_line(refusal, arena_printf(refusal->scratch, "\n  %s (%s)",
                                           refused_title(refusal->scratch, part),
                                           join_hazards(refusal->scratch, hazards, ", ")));
    }
    if (refused && refusal->count == before)
        add_line(refusal,
                 arena_printf(refusal->scratch, "\n  %s (%s)", step_title(refusal->scratch, step),
                              join_hazards(refusal->scratch, refused, ", ")));
}

static bool check_lossy(const struct plan *plan, uint64_t allowed, const struct policy_rules *rules,
                        struct error *error)
{
    struct refusal refusal;

    refusal_begin(&refusal);
    for (size_t i = 0; i < plan->steps.count; i++)
        add_refused(&refusal, &plan->steps.items[i], allowed, rules);
    if (!refusal.count) {
        refusal_end(&refusal);
        return true;
    }
    error_set(error, ERROR_REFUSED, "%zu step%s %s, which is not allowed:%s", refusal.count,
              refusal.count == 1 ? " would" : "s would", what_is_refused(refusal.hazards),
              list_of(&refusal));
    error_hint(
        error, "If that is meant, add --allow %s%s",
        join_hazards(refusal.scratch, refusal.hazards, ","),
        refusal.hazards & UINT64_C(1) << HAZARD_DRIFT
            ? ". plumb drift --adopt prints what the files lack of what was changed in the database; plumb "
              "baseline takes the database as it is."
            : ".");
    return refusal_end(&refusal);
}

/* --- what is denied ------------------------------------------------------------------------------- */

/* "table shop.orders, 1.5 GB". */
static const char *table_text(struct arena *scratch, const struct step_cost *cost)
{
    if (!cost->table)
        return "no table of known size";
    return arena_printf(scratch, "%s, %s", identity_print(scratch, cost->table),
                        cost->size.known ? size_shown(scratch, cost->size.bytes)
                                         : "of unknown size");
}

static void add_advice(struct refusal *refusal, const struct plan *plan, const struct step *step,
                       uint64_t hazards)
{
    const struct dialect_writing *writing = plan->dialect->writing;

    for (int i = 0; i < HAZARD_COUNT && writing && writing->avoid; i++) {
        const char *advice = hazards >> i & 1 ? writing->avoid(step, (enum hazard)i) : NULL;

        if (advice && !text_list_contains(&refusal->advice, advice))
            text_list_add(&refusal->advice, refusal->scratch, advice);
    }
}

static void advise(struct refusal *refusal, const char *otherwise, struct error *error)
{
    error_hint(error, "%s",
               refusal->advice.count ? text_list_join(&refusal->advice, refusal->scratch, " ")
                                     : otherwise);
}

/* A tool for online schema changes will do the step in the server's place. */
static bool is_left_to_tool(const struct step *step, const struct step_cost *cost,
                            const struct plumb_apply_options *options)
{
    return options->osc_command && step->alter_clauses && cost->size.known &&
           cost->size.bytes >= options->osc_minimum;
}

static void add_denied(struct refusal *refusal, const struct plan *plan, const struct step *step,
                       uint64_t hazards)
{
    struct step_cost cost = step_cost(plan, step);

    add_line(refusal, arena_printf(refusal->scratch, "\n  %s (%s; %s)",
                                   refused_title(refusal->scratch, step),
                                   join_hazards(refusal->scratch, hazards, ", "),
                                   table_text(refusal->scratch, &cost)));
    add_advice(refusal, plan, step, hazards);
}

static bool check_denied(const struct plan *plan, const struct plumb_apply_options *options,
                         const struct policy_rules *rules, struct error *error)
{
    static const uint64_t waived =
        UINT64_C(1) << HAZARD_REWRITE_TABLE | UINT64_C(1) << HAZARD_SCAN_TABLE |
        UINT64_C(1) << HAZARD_BLOCK_READS | UINT64_C(1) << HAZARD_BLOCK_WRITES;
    struct refusal refusal;

    refusal_begin(&refusal);
    for (size_t i = 0; i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];
        struct step_cost cost = step_cost(plan, step);
        uint64_t denied = policy_denied(plan, step, rules) &
                          ~(is_left_to_tool(step, &cost, options) ? waived : 0);

        if (denied)
            add_denied(&refusal, plan, step, denied);
    }
    if (!refusal.count) {
        refusal_end(&refusal);
        return true;
    }
    error_set(error, ERROR_REFUSED, "%zu step%s denied:%s", refusal.count,
              refusal.count == 1 ? " is" : "s are", list_of(&refusal));
    advise(&refusal, "What --deny or deny: of the environment names is not done.", error);
    return refusal_end(&refusal);
}

/* --- online --------------------------------------------------------------------------------------- */

static void add_blocked(struct refusal *refusal, const struct plan *plan,
                        const struct table_block *block)
{
    struct step_cost cost = {.table = block->table, .size = block->table->size};
    enum cost_class class = cost_class_of(block->seconds);
    const char *duration = class == COST_UNKNOWN
                               ? "for an unknown time"
                               : arena_printf(refusal->scratch, "for %s", cost_class_name(class));

    add_line(refusal, arena_printf(refusal->scratch, "\n  %s: %s %s (%s)",
                                   step_title(refusal->scratch, block->first),
                                   lock_block_text(block->blocks), duration,
                                   table_text(refusal->scratch, &cost)));
    add_advice(refusal, plan, block->first, block->first->hazards);
}

static bool check_online(const struct plan *plan, const struct plumb_apply_options *options,
                         struct error *error)
{
    struct refusal refusal;
    struct table_blocks blocks;

    refusal_begin(&refusal);
    blocks = cost_blocks(plan, refusal.scratch);
    for (size_t i = 0; i < blocks.count; i++) {
        const struct table_block *block = &blocks.items[i];
        struct step_cost cost = step_cost(plan, block->first);

        if (cost_class_of(block->seconds) != COST_INSTANT &&
            !is_left_to_tool(block->first, &cost, options))
            add_blocked(&refusal, plan, block);
    }
    if (!refusal.count) {
        refusal_end(&refusal);
        return true;
    }
    error_set(error, ERROR_REFUSED,
              "%zu table%s be blocked for longer than an instant, and the plan is required to be "
              "online:%s",
              refusal.count, refusal.count == 1 ? " would" : "s would", list_of(&refusal));
    advise(&refusal, "Sizes are the server's statistics: ANALYZE brings them up to date.", error);
    return refusal_end(&refusal);
}

bool policy_check(const struct plan *plan, const struct plumb_apply_options *options,
                  struct error *error)
{
    struct policy_rules allowed;
    struct policy_rules denied;
    struct arena *arena = arena_new();
    bool ok = policy_read_allowed(options->allowed_objects, arena, &allowed, error) &&
              policy_read_denied(options->denied, arena, &denied, error) &&
              check_lossy(plan, options->allowed, &allowed, error) &&
              check_denied(plan, options, &denied, error) &&
              (!options->require_online || check_online(plan, options, error));

    arena_free(arena);
    return ok;
}

bool plumb_policy_check(const char *const *allowed_objects, const char *const *denied,
                        struct plumb_error *error)
{
    struct policy_rules rules;
    struct arena *arena;
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    arena = arena_new();
    ok = policy_read_allowed(allowed_objects, arena, &rules, door.error) &&
         policy_read_denied(denied, arena, &rules, door.error);
    arena_free(arena);
    door_close(&door);
    return ok;
}
