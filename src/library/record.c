/* The public interface to the record: baseline, what was recorded, what was interrupted. */
#include <stdlib.h>
#include <string.h>

#include "drift/way_back.h"
#include "model/snapshot.h"
#include "library/library.h"
#include "report/report.h"

/* --- the store ------------------------------------------------------------------------------- */

struct store *plumb_open_store(const struct state *target, const struct plumb_options *options,
                               struct error *error)
{
    if (options->no_record || (!options->record && !target->connection))
        return NULL;
    if (options->record)
        return store_of_file(options->record, error);
    return store_of_database(target->dialect, target->connection);
}

struct store *plumb_need_store(const struct state *target, const struct plumb_options *options,
                               struct error *error)
{
    struct store *store =
        options_check(options->size, error) ? plumb_open_store(target, options, error) : NULL;

    if (!store && !error->code)
        error_set(error, ERROR_USAGE, "%s is not a database: there is no record of it",
                  target->name);
    return store;
}

/* --- what the record is told ----------------------------------------------------------------- */

/* The whole model as SQL, to be freed by memory_free; takes the model. */
static char *print_model(const struct dialect *dialect, struct model *model, struct error *error)
{
    static const struct compare_options all = {.manage = {.owners = true, .privileges = true},
                                               .only_shown = true};
    const struct load_request request = {.dialect = dialect};
    struct state empty = {0};
    struct plan *plan = NULL;
    struct buffer text = BUFFER_EMPTY;

    model_name_user(model);
    if (state_load("empty:", &request, &empty, error))
        plan = compare_models(dialect, NULL, empty.model, model, &all, error);
    if (plan) {
        for (size_t i = 0; i < model->settings.count; i++)
            buffer_printf(&text, RECORD_SETTING "%s\n", model->settings.items[i]);
        report_dump(plan, &text);
        give_text(&text);
    }
    plan_free(plan);
    state_close(&empty);
    model_free(model);
    return text.text;
}

/* What the journal's functions need. */
struct telling {
    const struct dialect *dialect;
    void (*note)(const char *text, void *context);
    void *context;
};

static char *print(void *context, struct model *model, struct error *error)
{
    const struct telling *telling = context;

    return print_model(telling->dialect, model, error);
}

static void note(void *context, const char *text)
{
    const struct telling *telling = context;

    if (telling->note)
        telling->note(text, telling->context);
}

static void add_wanted(struct record_entry *entry, const struct plumb_model *wanted,
                       struct arena *arena)
{
    struct origin origin = {0};

    entry->wanted_name = wanted->state.name;
    entry->files = wanted->state.files;
    if (!wanted->state.files)
        return;
    if (wanted->origin)
        origin = *wanted->origin;
    else
        state_origin(wanted->given, &wanted->state.paths, arena, &origin);
    entry->git_commit = origin.commit;
    entry->git_remote = origin.remote;
}

struct journal_options plumb_journal(struct arena *arena, const struct state *target,
                                     const struct plumb_model *wanted, struct store *store,
                                     const struct plumb_apply_options *apply)
{
    struct telling *telling = ARENA_NEW(arena, struct telling);
    struct journal_options options = {
        .store = store, .print = print, .note = note, .context = telling};
    struct record_entry *entry = &options.entry;

    *telling = (struct telling){target->dialect, apply->note, apply->note_context};
    entry->kind = apply->kind ? apply->kind : "apply";
    entry->message = apply->message;
    entry->tool = arena_printf(arena, "plumb %s", plumb_version());
    entry->actor = origin_actor(arena);
    entry->run_url = origin_run_url(arena);
    entry->database_user = target->model->current_user;
    entry->server_version = target->dialect->running->server_version(target->connection);
    if (wanted)
        add_wanted(entry, wanted, arena);
    options.unfinished =
        apply->unfinished == PLUMB_UNFINISHED_RESUMED ? UNFINISHED_RESUMED : UNFINISHED_REFUSED;
    return options;
}

/* --- what was compared ----------------------------------------------------------------------- */

static void set_options(struct arena *arena, const char *text, struct plumb_options *options)
{
    const struct compare_options compare = compare_options_parse(arena, text);

    compare_options_give(&compare, options);
}

/* --- states from the record ------------------------------------------------------------------ */

/* A model for what the record says, which the function fills from an open store; NULL with an error, or
 * without where there is nothing. */
static struct plumb_model *load_from(const struct plumb_model *target, const char *name,
                                     const struct plumb_options *options, int64_t number,
                                     bool (*fill)(struct state *state, struct store *store,
                                                  const struct state *target, int64_t number,
                                                  struct error *error),
                                     struct error *error)
{
    struct store *store = NULL;
    struct plumb_model *model;
    bool ok;

    if (target)
        store = plumb_need_store(&target->state, options, error);
    else
        fail_null("target", error);
    if (!store)
        return NULL;
    model = plumb_model_new(name);
    ok = fill(&model->state, store, &target->state, number, error);
    store_close(store);
    if (ok)
        return model;
    arena_free(model->arena);
    return NULL;
}

static bool fill_recorded(struct state *state, struct store *store, const struct state *target,
                          int64_t number, struct error *error)
{
    struct arena *scratch;
    struct record_entries entries = {0};
    bool ok = state_take_recorded(store, target->dialect, number, target->name, state, error);

    if (!ok || !number)
        return ok;
    scratch = arena_new();
    ok = record_read_entries(store, 0, scratch, &entries, error) &&
         way_back_request(store, &entries, number, state->dialect, state->model, error);
    arena_free(scratch);
    if (!ok)
        state_close(state);
    return ok;
}

struct plumb_model *plumb_load_recorded(const struct plumb_model *target, int64_t number,
                                        const struct plumb_options *given,
                                        struct plumb_error *error)
{
    struct plumb_options options;
    struct plumb_model *model;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    if (target)
        door_interrupts(&door, &target->state);
    model = load_from(target, "recorded:", &options, number, fill_recorded, door.error);
    door_close(&door);
    return model;
}

static bool load_wanted_of(const struct record_entry *entry, struct store *store,
                           const struct state *target, struct state *state, struct error *error)
{
    if (!entry->wanted)
        return error_set(error, ERROR_REFUSED, "the record does not say what was wanted");
    state->dialect = target->dialect;
    state->model =
        record_load_model(store, entry->wanted, entry->wanted_name ? entry->wanted_name : "wanted",
                          &state->dialect, error);
    state->name = state->model ? state->model->source : NULL;
    return state->model != NULL;
}

/* The unfinished entry, in the arena; NULL without an error where there is none. */
static const struct record_entry *find_unfinished(struct store *store, struct arena *arena,
                                                  struct error *error)
{
    struct record_entries entries = {0};
    bool found = false;

    if (!store || !record_find(store, &found, error) ||
        (found && !record_read_recent(store, arena, &entries, error)))
        return NULL;
    return record_unfinished(&entries);
}

static bool fill_unfinished(struct state *state, struct store *store, const struct state *target,
                            int64_t number, struct error *error)
{
    struct arena *scratch = arena_new();
    const struct record_entry *entry = find_unfinished(store, scratch, error);
    bool ok = entry && load_wanted_of(entry, store, target, state, error);

    (void)number;
    arena_free(scratch);
    return ok;
}

struct plumb_model *plumb_load_unfinished(const struct plumb_model *target,
                                          const struct plumb_options *given,
                                          struct plumb_error *error)
{
    struct plumb_options options;
    struct plumb_model *model;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    if (target)
        door_interrupts(&door, &target->state);
    model = load_from(target, "unfinished:", &options, 0, fill_unfinished, door.error);
    door_close(&door);
    return model;
}

static bool read_unfinished_options(const struct plumb_model *target, struct plumb_options *options,
                                    struct error *error)
{
    struct store *store = target ? plumb_need_store(&target->state, options, error) : NULL;
    const struct record_entry *entry = NULL;

    if (!target)
        return fail_null("target", error);
    if (store)
        entry = find_unfinished(store, target->arena, error);
    if (entry && entry->options)
        set_options(target->arena, entry->options, options);
    store_close(store);
    return error->code == ERROR_NONE;
}

bool plumb_unfinished_options(const struct plumb_model *target, struct plumb_options *given,
                              struct plumb_error *error)
{
    struct plumb_options options;
    struct door door;
    size_t size = given ? given->size : 0;
    bool ok;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = given ? read_unfinished_options(target, &options, door.error)
               : fail_null("place for the options", door.error);
    door_close(&door);
    if (ok) {
        memcpy(given, &options, size < sizeof(options) ? size : sizeof(options));
        given->size = size;
    }
    return ok;
}

/* --- baseline, abandon ----------------------------------------------------------------------- */

static bool record_as_is(const struct state *target, struct journal_options *journal, bool always,
                         const struct plan *plan, int64_t *entry, struct error *error)
{
    const struct plan empty = {
        .dialect = target->dialect, .from = target->model, .to = target->model};
    struct exec_options exec = {.journal = journal, .record_always = always};
    struct exec_result result;
    bool ok = exec_record(plan ? plan : &empty, target->connection, &exec, &result, error);

    *entry = result.entry;
    return ok;
}

static bool take_baseline(struct plumb_model *target, const struct plumb_options *options,
                          const struct plumb_apply_options *apply, int64_t *entry,
                          struct error *error)
{
    struct plumb_apply_options as_baseline = *apply;
    struct journal_options journal;
    struct store *store;
    bool ok;

    if (!target)
        return fail_null("target", error);
    if (!options_check(apply->size, error))
        return false;
    if (!target->state.connection)
        return error_set(error, ERROR_USAGE, "%s is not a database: there is no record of it",
                         target->state.name);
    store = plumb_need_store(&target->state, options, error);
    if (!store)
        return false;
    as_baseline.kind = "baseline";
    journal = plumb_journal(target->arena, &target->state, NULL, store, &as_baseline);
    ok = record_as_is(&target->state, &journal, true, NULL, entry, error);
    store_close(store);
    if (ok && !*entry) {
        error_hint(error, "--record FILE keeps it in a file.");
        return error_set(error, ERROR_REFUSED, "no record can be kept in %s", target->state.name);
    }
    return ok;
}

bool plumb_baseline(struct plumb_model *target, const struct plumb_options *given,
                    const struct plumb_apply_options *given_apply, int64_t *entry,
                    struct plumb_error *error)
{
    struct plumb_apply_options apply;
    struct plumb_options options;
    int64_t number = 0;
    struct door door;
    bool ok;

    options_take(&options, sizeof(options), given);
    options_take(&apply, sizeof(apply), given_apply);
    door_open(&door, apply.control ? apply.control : options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    if (target)
        door_interrupts(&door, &target->state);
    ok = take_baseline(target, &options, &apply, &number, door.error);
    door_close(&door);
    if (entry)
        *entry = number;
    return ok;
}

static bool abandon(struct plumb_plan *plan, const struct plumb_apply_options *options,
                    struct error *error)
{
    struct journal_options journal;
    int64_t entry;

    if (!plan)
        return fail_null("plan", error);
    if (!options_check(options->size, error))
        return false;
    if (!plan->store)
        return error_set(error, ERROR_USAGE, "without a record there is nothing to abandon");
    journal = plumb_journal(plan->arena, &plan->target->state, NULL, plan->store, options);
    journal.unfinished = UNFINISHED_ABANDONED;
    return record_as_is(&plan->target->state, &journal, false, plan->plan, &entry, error);
}

bool plumb_abandon(struct plumb_plan *plan, const struct plumb_apply_options *given,
                   struct plumb_error *error)
{
    struct plumb_apply_options options;
    struct door door;
    bool ok;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    if (plan)
        door_interrupts(&door, &plan->target->state);
    ok = abandon(plan, &options, door.error);
    door_close(&door);
    return ok;
}
