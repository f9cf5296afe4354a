/* Runs a plan. Steps come in batches: the steps of one group that can share a transaction, or steps
 * that must run outside of any. A batch that gave up waiting for a lock is rolled back and tried
 * again, after a pause that grows, so that nobody queues behind our waiting. */
#include "exec/exec.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "model/identity.h"

enum { first_pause = 200, longest_pause = 10000 }; /* milliseconds */

struct execution {
    const struct plan *plan;
    struct connection *connection;
    const struct exec_options *options;
    struct exec_result *result;
    struct error *error;
    int attempt;
};

/* Steps first to end - 1. */
struct batch {
    size_t first;
    size_t end;
    bool transactional;
    bool last;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool is_cancelled(const struct execution *execution)
{
    return execution->options->cancelled && *execution->options->cancelled;
}

static bool fail_cancelled(struct execution *execution)
{
    memset(execution->error, 0, sizeof(*execution->error));
    return error_set(execution->error, ERROR_CANCELLED, "interrupted");
}

static void tell(const struct execution *execution, const struct step *step, size_t number,
                 double seconds)
{
    struct exec_progress progress = {.step = number,
                                     .count = execution->plan->steps.count,
                                     .current = step,
                                     .seconds = seconds,
                                     .attempt = execution->attempt};

    if (execution->options->progress)
        execution->options->progress(&progress, execution->options->progress_context);
}

/* --- one step -------------------------------------------------------------------------------- */

/* Notes which step it was that the server refused. */
static bool fail_step(struct execution *execution, const struct step *step, size_t number)
{
    struct error *error = execution->error;
    struct arena *arena = arena_new();

    if (is_cancelled(execution))
        fail_cancelled(execution);
    if (step->object && !error->object[0])
        snprintf(error->object, sizeof(error->object), "%s", identity_print(arena, step->object));
    arena_free(arena);
    execution->result->failed = step;
    execution->result->failed_number = number;
    return false;
}

/* Hands the step to the server, or to the tool for online schema changes. */
static bool run_statement(struct execution *execution, const struct step *step)
{
    const struct osc_options *osc = &execution->options->osc;
    const struct dialect *dialect = execution->plan->dialect;
    struct statement_result result = {0};
    bool by_tool;

    if (!osc_wants(osc, dialect, execution->connection, step, &by_tool, execution->error))
        return false;
    if (by_tool)
        return osc_run(osc, dialect, execution->connection, step, execution->error);
    return dialect->run(execution->connection, step->sql, &result, execution->error);
}

static bool run_step(struct execution *execution, size_t at)
{
    const struct step *step = &execution->plan->steps.items[at];
    double start = now();

    if (is_cancelled(execution))
        return fail_cancelled(execution);
    tell(execution, step, at + 1, -1);
    if (!run_statement(execution, step))
        return fail_step(execution, step, at + 1);
    tell(execution, step, at + 1, now() - start);
    return true;
}

/* --- one batch ------------------------------------------------------------------------------- */

/* Where it keeps nobody from reading and writing, a step outside of transactions may wait as long as it
 * takes: giving up would leave half of a concurrent operation behind. */
static int lock_timeout_of(const struct execution *execution, const struct batch *batch)
{
    if (batch->transactional)
        return execution->options->lock_timeout;
    for (size_t i = batch->first; i < batch->end; i++)
        if (execution->plan->steps.items[i].lock > execution->plan->dialect->patient_lock)
            return execution->options->lock_timeout;
    return 0;
}

static bool set_lock_timeout(struct execution *execution, const struct batch *batch)
{
    return execution->plan->dialect->set_lock_timeout(
        execution->connection, lock_timeout_of(execution, batch), execution->error);
}

static bool verify(struct execution *execution, bool in_transaction)
{
    if (!execution->options->wanted)
        return true;
    if (is_cancelled(execution))
        return fail_cancelled(execution);
    tell(execution, NULL, execution->plan->steps.count, -1);
    execution->result->verified = exec_verify(execution->plan, execution->connection,
                                              execution->options, in_transaction, execution->error);
    if (!execution->result->verified && is_cancelled(execution))
        fail_cancelled(execution);
    return execution->result->verified;
}

static bool run_in_transaction(struct execution *execution, const struct batch *batch)
{
    const struct dialect *dialect = execution->plan->dialect;
    size_t at = batch->first;
    bool ok = dialect->begin(execution->connection, execution->error);

    while (ok && at < batch->end) {
        ok = run_step(execution, at);
        at += ok;
    }
    ok = ok && (!batch->last || verify(execution, true)) &&
         dialect->commit(execution->connection, execution->error);
    if (!ok) {
        dialect->rollback(execution->connection);
        execution->result->verified = false;
        execution->result->rolled_back = at - batch->first;
        return false;
    }
    execution->result->steps_done += batch->end - batch->first;
    execution->result->groups_committed++;
    return true;
}

/* Goes on where an earlier attempt stopped: each of these steps is committed by itself. */
static bool run_outside_transaction(struct execution *execution, struct batch *batch)
{
    for (; batch->first < batch->end; batch->first++) {
        if (!run_step(execution, batch->first))
            return false;
        execution->result->steps_done++;
    }
    execution->result->groups_committed++;
    return true;
}

static bool pause_before_retry(struct execution *execution)
{
    long pause = first_pause;
    struct timespec time;

    for (int i = 1; i < execution->attempt && pause < longest_pause; i++)
        pause *= 2;
    if (pause > longest_pause)
        pause = longest_pause;
    time = (struct timespec){.tv_sec = pause / 1000, .tv_nsec = pause % 1000 * 1000000};
    nanosleep(&time, NULL); /* a signal ends it early */
    return !is_cancelled(execution) || fail_cancelled(execution);
}

static bool run_batch(struct execution *execution, struct batch *batch)
{
    if (!set_lock_timeout(execution, batch))
        return false;
    for (execution->attempt = 1;; execution->attempt++) {
        execution->result->failed = NULL;
        execution->result->rolled_back = 0;
        if (batch->transactional ? run_in_transaction(execution, batch)
                                 : run_outside_transaction(execution, batch))
            return true;
        if (execution->error->code != ERROR_LOCKED)
            return false;
        if (execution->attempt >= execution->options->lock_attempts) {
            execution->error->hint[0] = '\0'; /* to try again is what we did */
            error_hint(execution->error,
                       "Somebody holds a lock on it: tried %d times. Apply again "
                       "later, or allow more time by --lock-timeout.",
                       execution->attempt);
            return false;
        }
        memset(execution->error, 0, sizeof(*execution->error));
        if (!pause_before_retry(execution))
            return false;
    }
}

/* --- the plan -------------------------------------------------------------------------------- */

static struct batch next_batch(const struct plan *plan, size_t first)
{
    const struct step *steps = plan->steps.items;
    struct batch batch = {.first = first,
                          .end = first + 1,
                          .transactional = steps[first].transaction != TRANSACTION_NEVER};

    while (batch.end < plan->steps.count && steps[batch.end].group == steps[first].group &&
           (steps[batch.end].transaction != TRANSACTION_NEVER) == batch.transactional)
        batch.end++;
    batch.last = batch.end == plan->steps.count;
    return batch;
}

static bool run_settings(struct execution *execution, const struct step_list *steps)
{
    struct statement_result result = {0};

    for (size_t i = 0; i < steps->count; i++)
        if (!execution->plan->dialect->run(execution->connection, steps->items[i].sql, &result,
                                           execution->error))
            return false;
    return true;
}

static bool run_batches(struct execution *execution)
{
    size_t at = 0;

    while (at < execution->plan->steps.count) {
        struct batch batch = next_batch(execution->plan, at);

        at = batch.end;
        if (!run_batch(execution, &batch))
            return false;
    }
    return true;
}

static bool take_lock(struct execution *execution)
{
    bool taken = false;

    if (!execution->plan->dialect->lock(execution->connection, &taken, execution->error))
        return false;
    if (taken)
        return true;
    error_hint(execution->error, "Wait until it ends, or look who is connected to the database.");
    return error_set(execution->error, ERROR_REFUSED, "another plumb apply is running");
}

bool exec_plan(const struct plan *plan, struct connection *connection,
               const struct exec_options *options, struct exec_result *result, struct error *error)
{
    struct execution execution = {.plan = plan,
                                  .connection = connection,
                                  .options = options,
                                  .result = result,
                                  .error = error,
                                  .attempt = 1};
    double start = now();
    bool ok;

    memset(result, 0, sizeof(*result));
    ok = take_lock(&execution) && run_settings(&execution, &plan->before) &&
         run_batches(&execution) && run_settings(&execution, &plan->after) &&
         (result->verified || verify(&execution, false));
    result->seconds = now() - start;
    return ok;
}
