/* The public interface: what a plan may do, and doing it. */
#include <string.h>

#include "model/identity.h"
#include "model/snapshot.h"
#include "library/library.h"
#include "library/policy.h"
#include "plan/policy.h"
#include "report/report.h"

enum { default_question_timeout = 10000, default_lock_attempts = 10 };

/* --- hazards --------------------------------------------------------------------------------- */

static bool read_hazards(const char *list, uint64_t *hazards, struct error *error)
{
    char name[64];

    if (!list || !hazards)
        return fail_null(list ? "place for the hazards" : "list of hazards", error);
    *hazards = 0;
    while (*list) {
        size_t length = strcspn(list, ", ");
        uint64_t hazard;

        memset(name, 0, sizeof(name));
        memcpy(name, list, length < sizeof(name) ? length : sizeof(name) - 1);
        list += length + (list[length] != '\0');
        if (!*name)
            continue;
        if (strcmp(name, "all") == 0)
            *hazards = UINT64_MAX;
        else if (!policy_read_hazard(name, &hazard, error))
            return false;
        else
            *hazards |= hazard;
    }
    return true;
}

bool plumb_hazards(const char *list, uint64_t *hazards, struct plumb_error *error)
{
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = read_hazards(list, hazards, door.error);
    door_close(&door);
    return ok;
}

bool plumb_osc_check(const char *command, struct plumb_error *error)
{
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = command ? osc_check(command, door.error) : fail_null("command", door.error);
    door_close(&door);
    return ok;
}

static bool fail_not_transactional(const struct plan *plan, struct error *error)
{
    for (size_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].group || plan->steps.items[i].transaction == TRANSACTION_NEVER) {
            error_hint(error, "Step %zu is the first that does not fit: %.200s", i + 1,
                       plan->steps.items[i].sql);
            break;
        }
    return error_set(error, ERROR_REFUSED, "the plan does not fit into one transaction");
}

static bool is_transactional(const struct plan *plan)
{
    for (size_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].transaction == TRANSACTION_NEVER)
            return false;
    return plan->group_count <= 1;
}

static bool check_target(const struct plumb_plan *plan, struct error *error)
{
    const struct state *target = &plan->target->state;

    if (!target->connection)
        return error_set(error, ERROR_USAGE, "%s is not a database: nothing can be applied to it",
                         target->name);
    if (!plan->wanted_snapshot)
        return error_set(error, ERROR_USAGE, "the plan was made to be shown only");
    if (plan->plan->steps.count && target->dialect->running->read_only(target->connection))
        return error_set(error, ERROR_REFUSED, "%s can only be read", target->name);
    return true;
}

static bool check(const struct plumb_plan *plan, const struct plumb_apply_options *options,
                  struct error *error)
{
    if (!plan)
        return fail_null("plan", error);
    if (!options_check(options->size, error) || !check_target(plan, error))
        return false;
    if (!plan_check_secrets(plan->plan, error))
        return false;
    if (options->osc_command && !osc_check(options->osc_command, error))
        return false;
    if (!policy_check(plan->plan, options, error))
        return false;
    if (options->transactional && !is_transactional(plan->plan))
        return fail_not_transactional(plan->plan, error);
    return true;
}

bool plumb_plan_check(const struct plumb_plan *plan, const struct plumb_apply_options *given,
                      struct plumb_error *error)
{
    struct plumb_apply_options options;
    struct door door;
    bool ok;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = check(plan, &options, door.error);
    door_close(&door);
    return ok;
}

/* --- apply ----------------------------------------------------------------------------------- */

struct application {
    struct plumb_plan *plan;
    const struct plumb_apply_options *options;
};

static void tell(const struct exec_progress *progress, void *context)
{
    struct arena *scratch = arena_new();
    const struct step *step = progress->current;
    struct progress told = {.phase = step ? PHASE_APPLYING : PHASE_VERIFYING,
                            .step = progress->step,
                            .count = progress->count,
                            .seconds = progress->seconds,
                            .attempt = progress->attempt,
                            .blockers = progress->blockers};

    (void)context;
    if (step) {
        told.action = action_name(step->action);
        told.object = step_subject(scratch, step);
    }
    operation_tell(&told);
    arena_free(scratch);
}

/* The wanted model anew: comparison has changed the one that the plan was made from. */
static struct model *load_wanted(void *context, struct error *error)
{
    const struct application *application = context;
    const struct plumb_plan *plan = application->plan;
    struct model *model = snapshot_read(plan->wanted_snapshot, plan->wanted->state.name, error);

    for (size_t i = 0; model && i < model->rename_count; i++)
        model->renames[i].certain = false; /* they are done */
    return model;
}

/* Puts the step before what the server said. */
static void name_failed_step(const struct plumb_plan *applied, const struct exec_result *result,
                             struct error *error)
{
    const struct plan *plan = applied->plan;
    struct error named = {0};
    struct arena *scratch;

    if (!result->failed || operation_is_cancelled())
        return;
    scratch = arena_new();
    error_set(&named, error->code, "step %zu of %zu, %s: %s", result->failed_number,
              plan->steps.count, step_title(scratch, result->failed), error->message);
    memcpy(error->message, named.message, sizeof(error->message));
    arena_free(scratch);
}

static bool run(struct application *application, struct plumb_apply_result *result,
                struct error *error)
{
    const struct plumb_apply_options *options = application->options;
    struct plumb_plan *plan = application->plan;
    struct journal_options journal = {0};
    struct exec_options exec = {
        .lock_timeout = options->lock_timeout ? options->lock_timeout : PLAN_DEFAULT_LOCK_TIMEOUT,
        .lock_attempts = options->lock_attempts ? options->lock_attempts : default_lock_attempts,
        .question_timeout = options->no_data_check      ? 0
                            : options->question_timeout ? options->question_timeout
                                                        : default_question_timeout,
        .note = options->note,
        .note_context = options->note_context,
        .progress = tell,
        .wanted = load_wanted,
        .wanted_context = application,
        .compare = plan->compare,
        .osc = {.command = options->osc_command, .minimum = options->osc_minimum},
        .expected = &plan->kept,
        .journal = plan->store ? &journal : NULL,
    };
    struct exec_result done;
    bool ok;

    if (plan->store)
        journal =
            plumb_journal(plan->arena, &plan->target->state, plan->wanted, plan->store, options);
    journal.entry.options = compare_options_print(plan->arena, &plan->compare);
    journal.wanted = plan->wanted_snapshot;
    journal.equivalences = plan->equivalences;
    ok = exec_plan(plan->plan, plan->target->state.connection, &exec, &done, error);

    result->done = done.steps_done;
    result->rolled_back = done.rolled_back;
    result->failed = done.failed ? done.failed_number : 0;
    result->doubtful = done.doubtful;
    result->doubtful_end = done.doubtful_end;
    result->verified = done.verified;
    result->seconds = done.seconds;
    result->entry = done.entry;
    if (!ok)
        name_failed_step(plan, &done, error);
    return ok;
}

static bool apply(struct plumb_plan *plan, const struct plumb_apply_options *options,
                  struct plumb_apply_result *result, struct error *error)
{
    struct application application = {plan, options};

    return check(plan, options, error) && run(&application, result, error);
}

/* Gives the caller as much of the result as its struct has. */
static void give_result(const struct plumb_apply_result *from, struct plumb_apply_result *to)
{
    size_t size = to ? to->size : 0;

    if (size < sizeof(size))
        return;
    memset(to, 0, size);
    memcpy(to, from, size < sizeof(*from) ? size : sizeof(*from));
    to->size = size;
}

bool plumb_apply(struct plumb_plan *plan, const struct plumb_apply_options *given,
                 struct plumb_apply_result *result, struct plumb_error *error)
{
    struct plumb_apply_result came = {.size = sizeof(came)};
    struct plumb_apply_options options;
    struct door door;
    bool ok;

    give_result(&came, result);
    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    if (plan)
        door_interrupts(&door, &plan->target->state);
    ok = apply(plan, &options, &came, door.error);
    door_close(&door);
    give_result(&came, result);
    return ok;
}
