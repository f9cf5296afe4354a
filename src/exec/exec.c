/* Runs a plan. Steps come in batches: the steps of one group that can share a transaction, or steps
 * that must run outside of any. A batch that gave up waiting for a lock is rolled back and tried
 * again, after a pause that grows, so that nobody queues behind our waiting. */
#include "exec/exec.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/operation.h"
#include "model/identity.h"
#include "core/secret/vault.h"
#include "exec/question.h"
#include "model/snapshot.h"

enum { first_pause = 200, longest_pause = 10000 }; /* milliseconds */

struct execution {
    const struct plan *plan;
    struct connection *connection;
    const struct exec_options *options;
    struct exec_result *result;
    struct error *error;
    int attempt;
    const char *blockers;        /* of the attempt before; NULL: not known. In the plan's arena */
    const struct step *prepared; /* the session is set for it */
    bool locked;
    struct journal journal;
    struct buffer snapshot; /* of the database as it was read last */
    bool recorded;          /* the journal has an outcome */
    bool transactional;     /* the batch that is under way is */
    char before[33];        /* the digest of the database as it was */
    bool ok;                /* what became of the part that ran last */
    bool short_of_memory;   /* it has run out of memory: what it had taken is gone */
    size_t ran;             /* steps that ran, rolled back or not */
};

/* Steps first to end - 1. */
struct batch {
    size_t first;
    size_t end;
    bool transactional;
    bool last;
};

/* A hint that says more stays. */
static bool fail_cancelled(struct execution *execution)
{
    struct error *error = execution->error;

    if (error->code != ERROR_CANCELLED || strcmp(error->message, "interrupted") != 0)
        memset(error, 0, sizeof(*error));
    return error_set(error, ERROR_CANCELLED, "interrupted");
}

static void tell(const struct execution *execution, const struct step *step, size_t number,
                 double seconds)
{
    struct exec_progress progress = {.step = number,
                                     .count = execution->plan->steps.count,
                                     .current = step,
                                     .seconds = seconds,
                                     .attempt = execution->attempt,
                                     .blockers = execution->blockers};

    if (execution->options->progress)
        execution->options->progress(&progress, execution->options->progress_context);
}

/* --- one step -------------------------------------------------------------------------------- */

/* Notes which step it was that the server refused. */
static bool fail_step(struct execution *execution, const struct step *step, size_t number)
{
    struct error *error = execution->error;
    struct arena *arena = arena_new();

    if (operation_is_cancelled())
        fail_cancelled(execution);
    if (step->object && !error->object[0])
        snprintf(error->object, sizeof(error->object), "%s", identity_print(arena, step->object));
    arena_free(arena);
    execution->result->failed = step;
    execution->result->failed_number = number;
    return false;
}

/* Nothing but the server gets to see the secrets of a statement. */
static bool run_with_secrets(struct execution *execution, const char *sql,
                             struct statement_result *result)
{
    const struct dialect *dialect = execution->plan->dialect;
    struct arena *scratch = arena_new();
    const char *missing;
    const char *whole = secret_restore(scratch, dialect->secret_syntax, sql, &missing);
    bool ok = whole ? dialect->running->run(execution->connection, whole, result, execution->error)
                    : plan_fail_missing_secret(missing, execution->error);

    arena_free(scratch);
    return ok;
}

/* Statements that set the session. */
static bool run_settings(struct execution *execution, const struct step_list *steps)
{
    struct statement_result result = {0};

    for (size_t i = 0; i < steps->count; i++)
        if (!execution->plan->dialect->running->run(execution->connection, steps->items[i].sql,
                                                    &result, execution->error))
            return false;
    return true;
}

static bool run_texts(struct execution *execution, const struct text_list *texts)
{
    struct statement_result result = {0};

    for (size_t i = 0; i < texts->count; i++)
        if (!execution->plan->dialect->running->run(execution->connection, texts->items[i], &result,
                                                    execution->error))
            return false;
    return true;
}

/* What a first attempt has set, and would be restored to, stays for a second one. */
static bool prepare(struct execution *execution, const struct step *step)
{
    if (execution->prepared == step)
        return true;
    if (!run_texts(execution, &step->prepares))
        return false;
    execution->prepared = step;
    return true;
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
    if (by_tool && !vault_token_in(step->alter_clauses))
        return osc_run(osc, dialect, execution->connection, step, execution->error);
    return prepare(execution, step) && run_with_secrets(execution, step->sql, &result) &&
           run_texts(execution, &step->restores);
}

static bool runs_in_transaction(const struct plan *plan, const struct step *step)
{
    return step->transaction != TRANSACTION_NEVER && !plan->dialect->running->ddl_commits;
}

static bool run_step(struct execution *execution, size_t at)
{
    const struct step *step = &execution->plan->steps.items[at];
    double start = clock_now();

    if (operation_is_cancelled())
        return fail_cancelled(execution);
    tell(execution, step, at + 1, -1);
    if (!run_statement(execution, step))
        return fail_step(execution, step, at + 1);
    execution->ran = at + 1;
    journal_step_ran(&execution->journal, at, clock_now() - start);
    tell(execution, step, at + 1, clock_now() - start);
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
        if (execution->plan->steps.items[i].lock > execution->plan->dialect->running->patient_lock)
            return execution->options->lock_timeout;
    return 0;
}

static bool set_lock_timeout(struct execution *execution, const struct batch *batch)
{
    return execution->plan->dialect->running->set_lock_timeout(
        execution->connection, lock_timeout_of(execution, batch), execution->error);
}

static bool verify(struct execution *execution, bool in_transaction)
{
    if (!execution->options->wanted)
        return true;
    if (operation_is_cancelled())
        return fail_cancelled(execution);
    tell(execution, NULL, execution->plan->steps.count, -1);
    execution->result->verified =
        exec_verify(execution->plan, execution->connection, execution->options, in_transaction,
                    &execution->snapshot, execution->error);
    if (!execution->result->verified && operation_is_cancelled())
        fail_cancelled(execution);
    return execution->result->verified;
}

/* The record's outcome, with what the database has become. */
static bool record_outcome(struct execution *execution)
{
    if (!execution->journal.begun || execution->recorded)
        return true;
    if (!execution->snapshot.length &&
        !exec_read(execution->plan, execution->connection, &execution->snapshot, execution->error))
        return false;
    execution->recorded =
        journal_finish(&execution->journal, buffer_text(&execution->snapshot), execution->error);
    return execution->recorded;
}

/* What is recorded inside the transaction goes with it; in another place it is recorded after it. */
static bool record_batch(struct execution *execution, const struct batch *batch, bool inside)
{
    if (!execution->journal.begun ||
        inside != store_is_transactional(execution->options->journal->store))
        return true;
    return journal_steps_done(&execution->journal, batch->first, batch->end, execution->error) &&
           (!batch->last || !execution->result->verified || record_outcome(execution));
}

/* The connection was lost while the server was at steps first to end - 1, of which nothing is known
 * then. What was not committed yet is known: the server rolls it back. */
static void note_doubt(struct execution *execution, size_t first, size_t end)
{
    if (execution->error->code != ERROR_CONNECTION)
        return;
    execution->result->doubtful = first + 1;
    execution->result->doubtful_end = end;
}

static bool commit(struct execution *execution, const struct batch *batch)
{
    if (operation_is_cancelled())
        return fail_cancelled(execution);
    if (execution->plan->dialect->running->commit(execution->connection, execution->error))
        return true;
    note_doubt(execution, batch->first, batch->end);
    return false;
}

/* True when no step of a later batch runs in a transaction: whatever is to be there is there. */
static bool is_last_transaction(const struct execution *execution, const struct batch *batch)
{
    const struct plan *plan = execution->plan;

    for (size_t i = batch->end; i < plan->steps.count; i++)
        if (runs_in_transaction(plan, &plan->steps.items[i]))
            return false;
    return true;
}

static bool check_made(struct execution *execution, const struct batch *batch)
{
    const struct plan *plan = execution->plan;
    bool last = is_last_transaction(execution, batch);
    size_t first = last ? 0 : batch->first;

    return !plan->dialect->running->check_made ||
           plan->dialect->running->check_made(execution->connection, plan->steps.items + first,
                                              batch->end - first, plan->from, last,
                                              execution->error);
}

static bool run_in_transaction(struct execution *execution, const struct batch *batch)
{
    const struct dialect *dialect = execution->plan->dialect;
    size_t at = batch->first;
    bool ok;

    execution->prepared = NULL; /* a rollback has taken back what was set */
    ok = journal_batch_starts(&execution->journal, batch->first, batch->end, execution->error) &&
         dialect->running->begin(execution->connection, execution->error);

    while (ok && at < batch->end) {
        ok = run_step(execution, at);
        at += ok;
    }
    ok = ok && check_made(execution, batch) && (!batch->last || verify(execution, true)) &&
         record_batch(execution, batch, true) && commit(execution, batch);
    if (!ok) {
        dialect->running->rollback(execution->connection);
        execution->recorded = false;
        execution->result->verified = false;
        execution->result->rolled_back = execution->result->doubtful ? 0 : at - batch->first;
        return false;
    }
    execution->result->steps_done += batch->end - batch->first;
    execution->result->groups_committed++;
    return record_batch(execution, batch, false);
}

/* Goes on where an earlier attempt stopped: each of these steps is committed by itself. */
static bool run_outside_transaction(struct execution *execution, struct batch *batch)
{
    for (; batch->first < batch->end; batch->first++) {
        if (!journal_step_starts(&execution->journal, batch->first, execution->error))
            return false;
        if (!run_step(execution, batch->first)) {
            note_doubt(execution, batch->first, batch->first + 1);
            return false;
        }
        execution->result->steps_done++;
        if (!journal_steps_done(&execution->journal, batch->first, batch->first + 1,
                                execution->error))
            return false;
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
    return !operation_is_cancelled() || fail_cancelled(execution);
}

/* Who holds what the step that failed could not get: they will as a rule still do so. */
static void find_blockers(struct execution *execution)
{
    const struct dialect *dialect = execution->plan->dialect;
    const struct step *failed = execution->result->failed;
    const struct object *locked = failed ? step_locked(failed) : NULL;

    execution->blockers = NULL;
    if (locked && dialect->locking->blockers)
        execution->blockers =
            dialect->locking->blockers(execution->connection, locked, execution->plan->arena);
}

static bool run_batch(struct execution *execution, struct batch *batch)
{
    execution->transactional = batch->transactional;
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
        find_blockers(execution);
        if (execution->attempt >= execution->options->lock_attempts) {
            execution->error->hint[0] = '\0'; /* to try again is what we did */
            if (execution->blockers)
                error_add(execution->error, "; it is held by %s", execution->blockers);
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
                          .transactional = runs_in_transaction(plan, &steps[first])};

    while (batch.end < plan->steps.count && steps[batch.end].group == steps[first].group &&
           runs_in_transaction(plan, &steps[batch.end]) == batch.transactional)
        batch.end++;
    batch.last = batch.end == plan->steps.count;
    return batch;
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

    if (!execution->plan->dialect->locking->take(execution->connection, &taken, execution->error))
        return false;
    execution->locked = taken;
    if (taken)
        return true;
    error_hint(execution->error, "Wait until it ends, or look who is connected to the database.");
    return error_set(execution->error, ERROR_REFUSED, "another plumb apply is running");
}

/* --- before the first step, and after the last ------------------------------------------------ */

/* The plan is for the database as it was read; whoever got the lock before us may have changed it. */
static bool check_unchanged(struct execution *execution)
{
    const struct digest *expected = execution->options->expected;

    if (!expected && !execution->options->journal)
        return true;
    if (!exec_read(execution->plan, execution->connection, &execution->snapshot, execution->error))
        return false;
    if (!expected || digest_equal(*expected, exec_kept_digest(buffer_text(&execution->snapshot),
                                                              &execution->options->compare)))
        return true;
    error_hint(execution->error, "Look at the plan again: it is made anew each time.");
    return error_set(execution->error, ERROR_REFUSED,
                     "the database has changed since the plan was made");
}

static bool open_journal(struct execution *execution)
{
    const struct journal_options *options = execution->options->journal;

    if (!options)
        return true;
    digest_print(snapshot_digest(buffer_text(&execution->snapshot)), execution->before);
    return journal_open(&execution->journal, options, execution->plan, execution->connection,
                        buffer_text(&execution->snapshot), execution->error);
}

/* A plan without steps is recorded where the record does not know yet what the database is. */
static bool run_empty(struct execution *execution)
{
    execution->result->verified = true;
    if (!execution->options->journal || !journal_lacks(&execution->journal, execution->before))
        return true;
    return journal_begin(&execution->journal, execution->before, execution->error) &&
           record_outcome(execution);
}

static bool run_all(struct execution *execution)
{
    const struct plan *plan = execution->plan;

    if (!plan->steps.count && execution->options->journal)
        return run_empty(execution);
    if (execution->options->journal &&
        !journal_begin(&execution->journal, execution->before, execution->error))
        return false;
    buffer_truncate(&execution->snapshot, 0);
    return run_settings(execution, &plan->before) && run_batches(execution) &&
           run_settings(execution, &plan->after) &&
           (execution->result->verified || verify(execution, false)) && record_outcome(execution);
}

/* What is certain about a connection that was lost, and what is not. */
static void hint_about_loss(const struct execution *execution)
{
    const struct exec_result *result = execution->result;
    struct error *error = execution->error;

    if (error->code != ERROR_CONNECTION)
        return;
    if (result->doubtful)
        error_hint(error,
                   "The server may have done it or not: plumb apply looks at what is there, and "
                   "goes on from it.");
    else if (result->failed || result->rolled_back)
        error_hint(error, "It had not come to COMMIT: the server rolls back what had run.");
}

/* --- parts that can run out of memory ----------------------------------------------------------- */

/* Ends what is open: after that the database is as it was when the last batch was committed. */
static void undo(struct execution *execution)
{
    execution->plan->dialect->running->rollback(execution->connection);
    if (execution->options->journal)
        store_rollback(execution->options->journal->store);
}

/* What ran and is not counted yet was rolled back, or is there if it committed by itself. */
static void count_ran(struct execution *execution)
{
    struct exec_result *result = execution->result;

    if (execution->ran <= result->steps_done)
        return;
    if (execution->transactional)
        result->rolled_back = execution->ran - result->steps_done;
    else
        result->steps_done = execution->ran;
}

/* Runs a part of the work; where memory runs out in it, it has failed like any other. */
static bool run_part(struct execution *execution, void (*part)(void *execution))
{
    execution->short_of_memory = !operation_try(part, execution, execution->error);
    if (!execution->short_of_memory)
        return execution->ok;
    undo(execution);
    execution->recorded = false;
    execution->result->verified = false;
    count_ran(execution);
    return false;
}

static bool ask_of_rows(struct execution *execution)
{
    const struct exec_options *options = execution->options;
    const struct question_asking asking = {.timeout = options->question_timeout,
                                           .note = options->note,
                                           .context = options->note_context};

    return options->question_timeout <= 0 ||
           questions_ask(execution->plan, execution->connection, &asking, execution->error);
}

static void open_part(void *argument)
{
    struct execution *execution = argument;

    execution->ok = take_lock(execution) && check_unchanged(execution) && ask_of_rows(execution) &&
                    open_journal(execution);
}

static void plan_part(void *argument)
{
    struct execution *execution = argument;

    execution->ok = run_all(execution);
}

static void record_part(void *argument)
{
    struct execution *execution = argument;

    execution->ok = !execution->options->record_always || !execution->journal.active ||
                    (journal_begin(&execution->journal, execution->before, execution->error) &&
                     record_outcome(execution));
}

static bool open_all(struct execution *execution)
{
    bool ok = run_part(execution, open_part);

    if (execution->short_of_memory) { /* they went with the part */
        execution->journal = (struct journal){0};
        execution->snapshot = BUFFER_EMPTY;
    }
    buffer_append(&execution->snapshot, ""); /* no part's, but ours */
    return ok;
}

/* --- the end, good or bad ------------------------------------------------------------------------ */

/* Says in the record that it failed, and what is there now. */
static void record_failure(void *argument)
{
    struct execution *execution = argument;
    const struct exec_result *result = execution->result;
    struct error unseen = {0};
    bool changed = result->steps_done > 0;

    if (!execution->journal.begun || execution->recorded)
        return;
    if (changed &&
        !exec_read(execution->plan, execution->connection, &execution->snapshot, &unseen))
        changed = false;
    journal_fail(&execution->journal, result->failed ? result->failed_number : 0, execution->ran,
                 result->rolled_back, changed ? buffer_text(&execution->snapshot) : NULL,
                 execution->error);
}

/* Also where it was cancelled. Where that cannot be written any more, the record says that it has begun, and
 * the next apply finds out how far it came. */
static void fail_all(struct execution *execution)
{
    struct interruptible *interruptible = operation_interrupts(NULL);
    bool shielded = operation_shield(true);
    struct error unseen = {0};

    hint_about_loss(execution);
    if (!operation_try(record_failure, execution, &unseen))
        undo(execution);
    operation_shield(shielded);
    operation_interrupts(interruptible);
}

static void unlock(struct execution *execution)
{
    const struct dialect *dialect = execution->plan->dialect;
    struct error unseen = {0};

    if (execution->locked && execution->error->code != ERROR_CONNECTION)
        dialect->locking->release(execution->connection, &unseen);
}

/* Where memory ran out between two parts. */
static void abandon(void *held)
{
    undo(held);
    unlock(held);
}

static struct execution begin(const struct plan *plan, struct connection *connection,
                              const struct exec_options *options, struct exec_result *result,
                              struct error *error)
{
    memset(result, 0, sizeof(*result));
    return (struct execution){.plan = plan,
                              .connection = connection,
                              .options = options,
                              .result = result,
                              .error = error,
                              .attempt = 1};
}

static void end(struct execution *execution, double start)
{
    struct exec_result *result = execution->result;

    unlock(execution);
    operation_drop(execution);
    result->entry = execution->journal.begun ? execution->journal.entry.number : 0;
    result->seconds = clock_now() - start;
    journal_close(&execution->journal);
    buffer_free(&execution->snapshot);
}

bool exec_plan(const struct plan *plan, struct connection *connection,
               const struct exec_options *options, struct exec_result *result, struct error *error)
{
    struct execution execution = begin(plan, connection, options, result, error);
    double start = clock_now();
    bool ok;

    operation_hold(&execution, abandon);
    ok = open_all(&execution) && run_part(&execution, plan_part);
    if (!ok)
        fail_all(&execution);
    end(&execution, start);
    return ok;
}

bool exec_record(const struct plan *plan, struct connection *connection,
                 const struct exec_options *options, struct exec_result *result,
                 struct error *error)
{
    struct execution execution = begin(plan, connection, options, result, error);
    static const struct step_list none;
    struct plan empty = *plan;
    double start = clock_now();
    bool ok;

    operation_hold(&execution, abandon);
    ok = open_all(&execution);
    if (ok && options->record_always && execution.journal.active) {
        empty.steps = none;
        execution.journal.plan = &empty;
    }
    ok = ok && run_part(&execution, record_part);
    if (!ok)
        fail_all(&execution);
    end(&execution, start);
    return ok;
}
