/* What became of an apply that was interrupted. The plan at hand leads from the live database to the
 * same wanted schema: what it still does was not done. */
#include "exec/settle.h"

#include <inttypes.h>
#include <string.h>

#include "core/buffer.h"
#include "model/snapshot.h"

enum { listed_steps = 12 };

struct settlement {
    struct journal *journal;
    struct record_entry entry;
    struct record_step_list steps;
    size_t doubtful;
    size_t applied;
};

static bool is_state(const struct record_step *step, const char *state)
{
    return strcmp(step->state, state) == 0;
}

static bool is_left(const struct plan *plan, const struct record_step *step)
{
    for (size_t i = 0; i < plan->steps.count; i++)
        if (strcmp(plan->steps.items[i].sql, step->sql) == 0)
            return true;
    return false;
}

static void count_steps(struct settlement *settlement)
{
    for (size_t i = 0; i < settlement->steps.count; i++) {
        settlement->doubtful += is_state(&settlement->steps.items[i], STEP_RUNNING);
        settlement->applied += is_state(&settlement->steps.items[i], STEP_DONE);
    }
}

/* --- for people ------------------------------------------------------------------------------ */

static void append_steps(const struct settlement *settlement, struct buffer *text)
{
    for (size_t i = 0; i < settlement->steps.count; i++) {
        const struct record_step *step = &settlement->steps.items[i];
        const char *state = is_state(step, STEP_DONE)      ? "applied"
                            : is_state(step, STEP_RUNNING) ? "in doubt"
                                                           : "not applied";

        if (i == listed_steps && settlement->steps.count > listed_steps + 1) {
            buffer_printf(text, "\n  and %zu more", settlement->steps.count - listed_steps);
            return;
        }
        buffer_printf(text, "\n  %" PRId64 " %s %.60s: %s", step->number, step->action,
                      step->object, state);
    }
}

static bool refuse(const struct settlement *settlement, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    append_steps(settlement, &text);
    error_set(error, ERROR_REFUSED,
              "entry %" PRId64 " of the record was interrupted (begun %s by %s): %zu of %zu steps "
              "are applied, %zu in doubt%s",
              settlement->entry.number, settlement->entry.begun ? settlement->entry.begun : "",
              settlement->entry.actor ? settlement->entry.actor : "nobody known",
              settlement->applied, settlement->steps.count, settlement->doubtful,
              buffer_text(&text));
    error_hint(error, "--resume looks what is in doubt and does what is left; --abandon leaves the "
                      "database as it is and says so in the record.");
    buffer_free(&text);
    return false;
}

static void tell(const struct settlement *settlement)
{
    struct journal *journal = settlement->journal;
    struct buffer text = BUFFER_EMPTY;
    size_t applied = 0;

    for (size_t i = 0; i < settlement->steps.count; i++)
        applied += is_state(&settlement->steps.items[i], STEP_DONE);
    buffer_printf(&text, "entry %" PRId64 " of the record was interrupted: ",
                  settlement->entry.number);
    if (settlement->doubtful)
        buffer_printf(&text, "%zu step%s in doubt %s looked at, ", settlement->doubtful,
                      settlement->doubtful == 1 ? "" : "s",
                      settlement->doubtful == 1 ? "was" : "were");
    buffer_printf(&text, "%zu of %zu steps are applied", applied, settlement->steps.count);
    if (journal->options->note)
        journal->options->note(journal->options->context, buffer_text(&text));
    buffer_free(&text);
}

/* --- deciding -------------------------------------------------------------------------------- */

static void decide(struct settlement *settlement)
{
    const struct plan *plan = settlement->journal->plan;

    for (size_t i = 0; i < settlement->steps.count; i++) {
        struct record_step *step = &settlement->steps.items[i];

        if (is_state(step, STEP_RUNNING))
            step->state = is_left(plan, step) ? STEP_NOT_APPLIED : STEP_DONE;
        else if (is_state(step, STEP_PLANNED))
            step->state = STEP_NOT_APPLIED;
    }
}

static bool read_live(struct settlement *settlement, struct connection *connection,
                      struct buffer *snapshot, struct error *error)
{
    const struct dialect *dialect = settlement->journal->plan->dialect;
    struct model *live = model_new("the database");
    bool ok = dialect->read(connection, live, error);

    if (ok)
        snapshot_write(live, snapshot);
    model_free(live);
    return ok;
}

static bool write_decision(struct settlement *settlement, const char *snapshot,
                           struct error *error)
{
    struct store *store = settlement->journal->options->store;

    return (!snapshot || journal_write_schema(settlement->journal, &settlement->entry, snapshot,
                                              error)) &&
           record_write_steps(store, settlement->entry.number, settlement->steps.items,
                              settlement->steps.count, error) &&
           record_write_entry(store, &settlement->entry, error);
}

static bool write_all(struct settlement *settlement, const char *snapshot, struct error *error)
{
    struct store *store = settlement->journal->options->store;
    bool ok;

    if (!store_begin(store, error))
        return false;
    ok = write_decision(settlement, snapshot, error) && store_commit(store, error);
    if (!ok)
        store_rollback(store);
    return ok;
}

/* The entry's outcome. Where nothing is left to do it has reached what it wanted. */
static bool conclude(struct settlement *settlement, struct connection *connection,
                     struct error *error)
{
    struct journal *journal = settlement->journal;
    bool abandoned = journal->options->unfinished == UNFINISHED_ABANDONED;
    bool reached = !abandoned && !journal->plan->steps.count &&
                   settlement->applied + settlement->doubtful > 0;
    struct buffer snapshot = BUFFER_EMPTY;
    bool ok = true;

    decide(settlement);
    settlement->entry.state = abandoned ? RECORD_ABANDONED
                              : reached ? RECORD_DONE
                                        : RECORD_INTERRUPTED;
    settlement->entry.ended = origin_now(journal->arena);
    settlement->entry.steps_done = 0;
    for (size_t i = 0; i < settlement->steps.count; i++)
        settlement->entry.steps_done += is_state(&settlement->steps.items[i], STEP_DONE);
    if (abandoned || reached)
        ok = read_live(settlement, connection, &snapshot, error);
    ok = ok && write_all(settlement, snapshot.length ? buffer_text(&snapshot) : NULL, error);
    buffer_free(&snapshot);
    if (ok)
        tell(settlement);
    if (ok && settlement->entry.after)
        journal->current = settlement->entry.after;
    return ok;
}

/* Where steps were applied and others are left, somebody has to say what is wanted; a baseline knows
 * nothing of what was. */
static bool has_to_be_decided(const struct settlement *settlement)
{
    const struct journal *journal = settlement->journal;
    bool knows_rest = strcmp(journal->entry.kind, "baseline") != 0;

    return journal->options->unfinished == UNFINISHED_REFUSED &&
           settlement->applied + settlement->doubtful > 0 &&
           (journal->plan->steps.count || !knows_rest);
}

bool settle_unfinished(struct journal *journal, const struct record_entry *entry,
                       struct connection *connection, struct error *error)
{
    struct settlement settlement = {.journal = journal, .entry = *entry};

    if (!record_read_steps(journal->options->store, entry->number, journal->arena,
                           &settlement.steps, error))
        return false;
    count_steps(&settlement);
    if (has_to_be_decided(&settlement))
        return refuse(&settlement, error);
    return conclude(&settlement, connection, error);
}
