/* What became of an apply that was interrupted. A plan is made from the database as it is to what that
 * apply wanted: what it would still do was not done. The plan at hand says nothing of it, since it may
 * want something else. */
#include "exec/settle.h"

#include <inttypes.h>
#include <string.h>

#include "core/buffer.h"
#include "model/identity.h"
#include "model/snapshot.h"
#include "plan/compare.h"

enum { listed_steps = 12 };

struct settlement {
    struct journal *journal;
    struct record_entry entry;
    struct record_step_list steps;
    struct plan *rest; /* what is left of it; NULL: the record does not say what was wanted */
    struct model *from;
    struct model *to;
    size_t running; /* when it was interrupted */
    size_t doubtful;
    size_t applied;
};

static bool is_state(const struct record_step *step, const char *state)
{
    return strcmp(step->state, state) == 0;
}

static size_t count_state(const struct settlement *settlement, const char *state)
{
    size_t count = 0;

    for (size_t i = 0; i < settlement->steps.count; i++)
        count += is_state(&settlement->steps.items[i], state);
    return count;
}

/* --- what is left ------------------------------------------------------------------------------ */

static bool know(void *context, const char *key, struct digest declared, struct digest held)
{
    return equivalences_know(context, key, declared, held);
}

/* Both models belong to the settlement, since the plan points into them. */
static bool plan_rest(struct settlement *settlement, struct connection *connection,
                      const char *live, struct error *error)
{
    const struct journal_options *options = settlement->journal->options;
    const struct dialect *dialect = settlement->journal->plan->dialect;
    const struct record_entry *entry = &settlement->entry;
    const char *compared = entry->options ? entry->options : "";
    struct compare_options compare = compare_options_parse(settlement->journal->arena, compared);
    struct compare_memory memory = {.know = know, .context = options->equivalences};

    if (!entry->wanted)
        return true;
    compare.memory = options->equivalences ? &memory : NULL;
    settlement->from = snapshot_read(live, "the database", error);
    settlement->to = record_load_model(options->store, entry->wanted, "wanted", &dialect, error);
    if (!settlement->from || !settlement->to)
        return false;
    if (!settlement->from->server_version)
        settlement->from->server_version = dialect->running->server_version(connection);
    settlement->rest =
        compare_models(dialect, connection, settlement->from, settlement->to, &compare, error);
    return settlement->rest != NULL;
}

static bool is_statement(const struct step *left, const struct record_step *step)
{
    return strcmp(left->sql, step->sql) == 0;
}

/* What is left and no step of the record says word by word: parts of steps that are put together
 * otherwise now. */
static bool is_new(const struct settlement *settlement, const struct step *left)
{
    for (size_t i = 0; i < settlement->steps.count; i++)
        if (is_statement(left, &settlement->steps.items[i]))
            return false;
    return true;
}

static bool concerns(const struct settlement *settlement, const struct step *left,
                     const struct record_step *step)
{
    return left->object &&
           strcmp(identity_print(settlement->journal->arena, left->object), step->object) == 0 &&
           is_new(settlement, left);
}

static bool is_left(const struct settlement *settlement, const struct record_step *step)
{
    const struct step_list *rest = &settlement->rest->steps;

    for (size_t i = 0; i < rest->count; i++)
        if (is_statement(&rest->items[i], step) || concerns(settlement, &rest->items[i], step))
            return true;
    return false;
}

/* Steps of one transaction were committed together, or none of them was. */
static bool is_together(const struct settlement *settlement, const struct record_step *a,
                        const struct record_step *b)
{
    return !settlement->journal->plan->dialect->running->ddl_commits && a->group == b->group;
}

static bool was_applied(const struct settlement *settlement, const struct record_step *step)
{
    if (is_left(settlement, step))
        return false;
    for (size_t i = 0; i < settlement->steps.count; i++) {
        const struct record_step *other = &settlement->steps.items[i];

        if (is_state(other, STEP_RUNNING) && is_together(settlement, step, other) &&
            is_left(settlement, other))
            return false;
    }
    return true;
}

/* What was running is decided, where that can be. */
static void decide(struct settlement *settlement)
{
    const char **states =
        ARENA_ARRAY(settlement->journal->arena, const char *, settlement->steps.count + 1);

    settlement->running = count_state(settlement, STEP_RUNNING);
    for (size_t i = 0; i < settlement->steps.count; i++) {
        const struct record_step *step = &settlement->steps.items[i];

        states[i] = step->state;
        if (is_state(step, STEP_RUNNING) && settlement->rest)
            states[i] = was_applied(settlement, step) ? STEP_DONE : STEP_NOT_APPLIED;
    }
    for (size_t i = 0; i < settlement->steps.count; i++)
        settlement->steps.items[i].state = states[i];
    settlement->applied = count_state(settlement, STEP_DONE);
    settlement->doubtful = count_state(settlement, STEP_RUNNING);
}

static size_t count_left(const struct settlement *settlement)
{
    return settlement->rest ? settlement->rest->steps.count : SIZE_MAX;
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

static bool plural(const struct settlement *settlement)
{
    return settlement->steps.count != 1;
}

static bool refuse(const struct settlement *settlement, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    if (settlement->doubtful)
        buffer_printf(&text, ", %zu in doubt", settlement->doubtful);
    append_steps(settlement, &text);
    error_set(error, ERROR_REFUSED,
              "entry %" PRId64 " of the record was interrupted (begun %s by %s): %zu of %zu step%s "
              "%s applied%s",
              settlement->entry.number, settlement->entry.begun ? settlement->entry.begun : "",
              settlement->entry.actor ? settlement->entry.actor : "nobody known",
              settlement->applied, settlement->steps.count, plural(settlement) ? "s" : "",
              plural(settlement) ? "are" : "is", buffer_text(&text));
    error_hint(error,
               "--resume does what is left; --abandon leaves the database as it is and says so "
               "in the record.");
    buffer_free(&text);
    return false;
}

static void tell(const struct settlement *settlement)
{
    struct journal *journal = settlement->journal;
    struct buffer text = BUFFER_EMPTY;

    buffer_printf(&text,
                  "entry %" PRId64 " of the record was interrupted: ", settlement->entry.number);
    if (settlement->doubtful)
        buffer_printf(&text, "%zu step%s in doubt, ", settlement->doubtful,
                      settlement->doubtful == 1 ? " is" : "s are");
    else if (settlement->running)
        buffer_printf(&text, "%zu step%s in doubt %s looked at, ", settlement->running,
                      settlement->running == 1 ? "" : "s",
                      settlement->running == 1 ? "was" : "were");
    buffer_printf(&text, "%zu of %zu step%s applied", settlement->applied, settlement->steps.count,
                  plural(settlement) ? "s are" : " is");
    if (journal->options->note)
        journal->options->note(journal->options->context, buffer_text(&text));
    buffer_free(&text);
}

/* --- writing ----------------------------------------------------------------------------------- */

static bool write_decision(struct settlement *settlement, const char *snapshot, struct error *error)
{
    struct store *store = settlement->journal->options->store;

    return (!snapshot ||
            journal_write_schema(settlement->journal, &settlement->entry, snapshot, error)) &&
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
static bool conclude(struct settlement *settlement, const char *live, struct error *error)
{
    struct journal *journal = settlement->journal;
    bool abandoned = journal->options->unfinished == UNFINISHED_ABANDONED;
    bool reached = !abandoned && !count_left(settlement) && settlement->applied > 0;

    for (size_t i = 0; i < settlement->steps.count; i++)
        if (is_state(&settlement->steps.items[i], STEP_PLANNED))
            settlement->steps.items[i].state = STEP_NOT_APPLIED;
    settlement->entry.state = abandoned ? RECORD_ABANDONED
                              : reached ? RECORD_DONE
                                        : RECORD_INTERRUPTED;
    settlement->entry.ended = origin_now(journal->arena);
    settlement->entry.steps_done = (int64_t)settlement->applied;
    /* What it has changed belongs to it, and is nobody's drift. */
    if (!write_all(settlement, abandoned || settlement->applied ? live : NULL, error))
        return false;
    tell(settlement);
    if (settlement->entry.after)
        journal->current = settlement->entry.after;
    return true;
}

/* Where steps were applied and others are left, somebody has to say what is wanted. */
static bool has_to_be_decided(const struct settlement *settlement)
{
    return settlement->journal->options->unfinished == UNFINISHED_REFUSED &&
           settlement->applied + settlement->doubtful > 0 && count_left(settlement) > 0;
}

static bool settle(struct settlement *settlement, const char *live, struct error *error)
{
    decide(settlement);
    return has_to_be_decided(settlement) ? refuse(settlement, error)
                                         : conclude(settlement, live, error);
}

bool settle_unfinished(struct journal *journal, const struct record_entry *entry,
                       struct connection *connection, const char *live, struct error *error)
{
    struct settlement settlement = {.journal = journal, .entry = *entry};
    bool ok = record_read_steps(journal->options->store, entry->number, journal->arena,
                                &settlement.steps, error) &&
              plan_rest(&settlement, connection, live, error) && settle(&settlement, live, error);

    plan_free(settlement.rest);
    model_free(settlement.from);
    model_free(settlement.to);
    return ok;
}
