/* The record of an apply while it runs. A step's row says "running" only where its outcome is
 * committed apart from it; a transaction takes its rows with it. */
#include "exec/journal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "exec/settle.h"
#include "model/identity.h"
#include "model/snapshot.h"

static void note(const struct journal *journal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note(const struct journal *journal, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (journal->options->note)
        journal->options->note(journal->options->context,
                               arena_vprintf(journal->arena, format, arguments));
    va_end(arguments);
}

/* --- opening --------------------------------------------------------------------------------- */

/* Nobody may make tables here: that is no reason to leave the schema as it is. */
static bool do_without(struct journal *journal, struct error *error)
{
    if (error->code != ERROR_SERVER)
        return false;
    note(journal, "no record is kept: %s", error->message);
    memset(error, 0, sizeof(*error));
    return true;
}

/* Others get the record with the tables that they subscribe to. */
static void note_publication(struct journal *journal, struct connection *connection)
{
    const struct dialect_recording *recording = journal->plan->dialect->recording;
    const char *name;

    if (store_is_elsewhere(journal->options->store) || !recording || !recording->publication)
        return;
    name = recording->publication(connection, journal->arena);
    if (name)
        note(journal,
             "publication %s publishes the record that begins here in the schema plumb: --record "
             "FILE keeps it out of the database",
             name);
}

/* A copy of the database has the record with it: the history up to the copy is this one's too. */
static bool claim_record(struct journal *journal, struct connection *connection,
                         struct error *error)
{
    const struct dialect_recording *recording = journal->plan->dialect->recording;
    const char *identity = NULL;
    bool other = false;

    if (!store_is_elsewhere(journal->options->store) && recording && recording->identity)
        identity = recording->identity(connection, journal->arena);
    if (!identity)
        return true;
    if (!record_claim(journal->options->store, identity, &other, error))
        return false;
    if (other)
        note(journal, "another database kept this record until now (this one is its copy, or was "
                      "restored from its dump): from here on it tells of this one alone");
    return true;
}

static bool make_record(struct journal *journal, struct connection *connection, struct error *error)
{
    if (!record_make(journal->options->store, error))
        return do_without(journal, error);
    note_publication(journal, connection);
    journal->is_new = journal->active = true;
    return claim_record(journal, connection, error);
}

/* A record in a database that can only be read is left as it is. */
static bool is_writable(const struct journal *journal, const struct connection *connection)
{
    const struct dialect *dialect = journal->plan->dialect;

    return store_is_elsewhere(journal->options->store) || !dialect->running->read_only ||
           !dialect->running->read_only(connection);
}

static bool take_store_lock(struct store *store, struct error *error)
{
    bool taken = false;

    if (!store_lock(store, &taken, error))
        return false;
    if (!taken)
        error_hint(error, "Wait until it ends.");
    return taken || error_set(error, ERROR_REFUSED, "another plumb apply is writing to %s",
                              store_name(store));
}

bool journal_open(struct journal *journal, const struct journal_options *options,
                  const struct plan *plan, struct connection *connection, const char *live,
                  struct error *error)
{
    struct record_entries entries;
    const struct record_entry *current;
    const struct record_entry *unfinished;

    *journal = (struct journal){.options = options, .plan = plan, .arena = arena_new()};
    journal->entry = options->entry;
    journal->entry.number = 1;
    if (!take_store_lock(options->store, error) ||
        !record_find(options->store, &journal->active, error))
        return false;
    if (!is_writable(journal, connection)) {
        journal->active = false;
        return true;
    }
    if (!journal->active)
        return make_record(journal, connection, error);
    if (!claim_record(journal, connection, error) ||
        !record_read_recent(options->store, journal->arena, &entries, error))
        return false;
    if (entries.count)
        journal->entry.number = entries.items[entries.count - 1].number + 1;
    current = record_current(&entries);
    journal->current = current ? current->after : NULL;
    journal->current_number = current ? current->number : 0;
    unfinished = record_unfinished(&entries);
    return !unfinished || settle_unfinished(journal, unfinished, connection, live, error);
}

void journal_close(struct journal *journal)
{
    if (journal->arena)
        arena_free(journal->arena);
    journal->arena = NULL;
}

bool journal_lacks(const struct journal *journal, const char *digest)
{
    return journal->active && (!journal->current || strcmp(journal->current, digest) != 0);
}

/* --- beginning ------------------------------------------------------------------------------- */

static void plan_steps(struct journal *journal)
{
    const struct step_list *steps = &journal->plan->steps;

    journal->steps = ARENA_ARRAY(journal->arena, struct record_step, steps->count + 1);
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];

        journal->steps[i] = (struct record_step){
            .number = (int64_t)i + 1,
            .group = step->group,
            .state = STEP_PLANNED,
            .action = action_name(step->action),
            .object = step->object ? identity_print(journal->arena, step->object) : "",
            .sql = step->sql,
            .seconds = -1,
        };
    }
}

static bool write_wanted(struct journal *journal, struct error *error)
{
    const struct journal_options *options = journal->options;
    struct record_schema schema = {.snapshot = options->wanted};
    char *digest;

    if (!options->wanted)
        return true;
    digest = arena_alloc(journal->arena, 33);
    digest_print(snapshot_digest(options->wanted), digest);
    /* A wanted schema is not a recorded one of the same digest: it has no SQL. */
    journal->entry.wanted = arena_printf(journal->arena, "wanted-%s", digest);
    return record_write_schema(options->store, journal->entry.wanted, journal->plan->dialect->name,
                               &schema, error);
}

static bool write_beginning(struct journal *journal, struct error *error)
{
    struct store *store = journal->options->store;

    return write_wanted(journal, error) && record_write_entry(store, &journal->entry, error) &&
           record_write_steps(store, journal->entry.number, journal->steps,
                              journal->plan->steps.count, error);
}

bool journal_begin(struct journal *journal, const char *before, struct error *error)
{
    struct store *store = journal->options->store;
    bool ok;

    if (!journal->active)
        return true;
    if (journal->is_new)
        note(journal, "a record begins here, kept in %s", store_name(store));
    if (journal->current && strcmp(journal->current, before) != 0 &&
        strcmp(journal->entry.kind, "baseline") != 0)
        note(journal,
             "the schema is not what entry %" PRId64
             " left behind: what of that this does not undo is taken as it is "
             "from here on",
             journal->current_number);
    journal->entry.state = RECORD_BEGUN;
    journal->entry.begun = origin_now(journal->arena);
    journal->entry.before = arena_strdup(journal->arena, before);
    journal->entry.steps = (int64_t)journal->plan->steps.count;
    plan_steps(journal);
    if (!store_begin(store, error))
        return false;
    ok = write_beginning(journal, error) && store_commit(store, error);
    if (!ok) {
        store_rollback(store);
        if (error->code != ERROR_CONNECTION)
            error_hint(error, "The record has to be writable; --no-record goes on without it.");
    }
    journal->begun = ok;
    return ok;
}

/* --- steps ----------------------------------------------------------------------------------- */

static bool mark_running(struct journal *journal, size_t first, size_t end, struct error *error)
{
    for (size_t i = first; i < end; i++) {
        journal->steps[i].state = STEP_RUNNING;
        if (!journal->steps[i].started)
            journal->steps[i].started = origin_now(journal->arena);
    }
    return record_write_steps(journal->options->store, journal->entry.number,
                              journal->steps + first, end - first, error);
}

bool journal_step_starts(struct journal *journal, size_t at, struct error *error)
{
    return !journal->begun || mark_running(journal, at, at + 1, error);
}

/* Inside a transaction of the record's own database nothing has to be said beforehand. */
bool journal_batch_starts(struct journal *journal, size_t first, size_t end, struct error *error)
{
    return !journal->begun || store_is_transactional(journal->options->store) ||
           mark_running(journal, first, end, error);
}

void journal_step_ran(struct journal *journal, size_t at, double seconds)
{
    if (!journal->begun)
        return;
    if (!journal->steps[at].started)
        journal->steps[at].started = origin_now(journal->arena);
    journal->steps[at].seconds = seconds;
}

bool journal_steps_done(struct journal *journal, size_t first, size_t end, struct error *error)
{
    if (!journal->begun)
        return true;
    for (size_t i = first; i < end; i++)
        journal->steps[i].state = STEP_DONE;
    return record_write_steps(journal->options->store, journal->entry.number,
                              journal->steps + first, end - first, error);
}

/* --- the end --------------------------------------------------------------------------------- */

static int64_t count_done(const struct journal *journal)
{
    int64_t count = 0;

    for (size_t i = 0; i < journal->plan->steps.count; i++)
        count += strcmp(journal->steps[i].state, STEP_DONE) == 0;
    return count;
}

/* Writes the schema of the snapshot, and notes its digest as what the entry left behind. */
bool journal_write_schema(struct journal *journal, struct record_entry *entry, const char *snapshot,
                          struct error *error)
{
    const struct journal_options *options = journal->options;
    struct model *model = snapshot_read(snapshot, "the database", error);
    struct error unseen = {0}; /* what cannot be printed is still in the snapshot */
    char *sql = model ? options->print(options->context, model, &unseen) : NULL;
    struct record_schema schema = {.sql = sql, .snapshot = snapshot};
    char *digest = arena_alloc(journal->arena, 33);
    bool ok;

    if (!model)
        return false;
    digest_print(snapshot_digest(snapshot), digest);
    ok = record_write_schema(options->store, digest, journal->plan->dialect->name, &schema, error);
    memory_free(sql);
    entry->after = digest;
    return ok;
}

static bool write_end(struct journal *journal, const char *snapshot, struct error *error)
{
    const struct journal_options *options = journal->options;

    return (!snapshot || journal_write_schema(journal, &journal->entry, snapshot, error)) &&
           (!options->equivalences ||
            equivalences_write(options->equivalences, options->store, error)) &&
           record_write_entry(options->store, &journal->entry, error);
}

bool journal_finish(struct journal *journal, const char *snapshot, struct error *error)
{
    if (!journal->begun)
        return true;
    journal->entry.state = RECORD_DONE;
    journal->entry.ended = origin_now(journal->arena);
    journal->entry.steps_done = count_done(journal);
    return write_end(journal, snapshot, error);
}

/* Steps that ran may have been marked as done together with a transaction that was then rolled
 * back. */
static void mark_failure(struct journal *journal, size_t failed, size_t ran, size_t rolled_back)
{
    for (size_t i = 0; i < journal->plan->steps.count; i++) {
        struct record_step *step = &journal->steps[i];

        if (i + 1 == failed)
            step->state = STEP_FAILED;
        else if (i < ran && i + rolled_back >= ran)
            step->state = STEP_ROLLED_BACK;
        else if (strcmp(step->state, STEP_DONE) != 0)
            step->state = STEP_NOT_APPLIED;
    }
}

void journal_fail(struct journal *journal, size_t failed, size_t ran, size_t rolled_back,
                  const char *snapshot, const struct error *why)
{
    struct store *store = journal->options ? journal->options->store : NULL;
    struct error unseen = {0};

    /* Whoever lost the connection does not know how far it came: the next apply finds out. */
    if (!journal->begun || why->code == ERROR_CONNECTION)
        return;
    mark_failure(journal, failed, ran, rolled_back);
    journal->entry.state = RECORD_FAILED;
    journal->entry.ended = origin_now(journal->arena);
    journal->entry.steps_done = count_done(journal);
    journal->entry.after = NULL;
    journal->entry.error = why->message;
    if (!store_begin(store, &unseen))
        return;
    if (!record_write_steps(store, journal->entry.number, journal->steps,
                            journal->plan->steps.count, &unseen) ||
        !write_end(journal, snapshot, &unseen) || !store_commit(store, &unseen))
        store_rollback(store);
}
