/* The public interface to the record: baseline, history, what was recorded, what was interrupted. */
#include <stdlib.h>
#include <string.h>

#include "model/snapshot.h"
#include "plumb_internal.h"
#include "report/history.h"
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

/* The same where a record has to be. */
static struct store *need_store(const struct state *target, const struct plumb_options *options,
                                struct error *error)
{
    struct store *store = plumb_open_store(target, options, error);

    if (!store && !error->code)
        error_set(error, ERROR_USAGE, "%s is not a database: there is no record of it",
                  target->name);
    return store;
}

/* --- what the record is told ----------------------------------------------------------------- */

char *plumb_print_model(const struct dialect *dialect, struct model *model, struct error *error)
{
    static const struct compare_options all = {.manage = {.owners = true, .privileges = true}};
    const struct load_request request = {.dialect = dialect};
    struct state empty = {0};
    struct plan *plan = NULL;
    struct buffer text = BUFFER_EMPTY;

    model->current_user = NULL; /* whose owner would go without saying */
    if (state_load("empty:", &request, &empty, error))
        plan = compare_models(dialect, NULL, empty.model, model, &all, error);
    if (plan) {
        for (size_t i = 0; i < model->settings.count; i++)
            buffer_printf(&text, RECORD_SETTING "%s\n", model->settings.items[i]);
        report_dump(plan, &text);
        buffer_append(&text, ""); /* so that there is a text */
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

    return plumb_print_model(telling->dialect, model, error);
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
    struct origin origin;

    entry->wanted_name = wanted->state.name;
    entry->files = wanted->state.files;
    if (!wanted->state.files)
        return;
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
    entry->server_version = target->dialect->server_version(target->connection);
    if (wanted)
        add_wanted(entry, wanted, arena);
    options.unfinished = apply->unfinished == PLUMB_UNFINISHED_RESUMED ? UNFINISHED_RESUMED
                                                                       : UNFINISHED_REFUSED;
    return options;
}

/* --- what was compared ----------------------------------------------------------------------- */

/* Words that are on or off, in the order of flags_of. */
static const char *const flag_names[] = {"owners", "privileges", "unmodelled", "any-column-order",
                                         "never-ask"};

enum { flag_count = sizeof(flag_names) / sizeof(*flag_names) };

static void add_globs(struct text_list *words, struct arena *arena, const char *name,
                      const char *const *globs)
{
    for (; globs && *globs; globs++)
        text_list_add(words, arena, arena_printf(arena, "%s=%s", name, *globs));
}

const char *plumb_options_text(struct arena *arena, const struct compare_options *compare)
{
    const bool flags[] = {compare->manage.owners, compare->manage.privileges,
                          compare->manage.unmodelled, compare->manage.ignore_column_order,
                          !compare->ask};
    struct text_list words = {0};

    for (size_t i = 0; i < flag_count; i++)
        if (flags[i])
            text_list_add(&words, arena, flag_names[i]);
    add_globs(&words, arena, "schema", compare->schemas);
    add_globs(&words, arena, "exclude", compare->excludes);
    return text_list_join(&words, arena, "\n");
}

static const char *const *globs_of(struct arena *arena, const struct text_list *words,
                                   const char *name)
{
    const char **globs = ARENA_ARRAY(arena, const char *, words->count + 1);
    size_t length = strlen(name);
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++)
        if (strncmp(words->items[i], name, length) == 0 && words->items[i][length] == '=')
            globs[count++] = words->items[i] + length + 1;
    return count ? globs : NULL;
}

static void set_options(struct arena *arena, const char *text, struct plumb_options *options)
{
    bool *const flags[] = {&options->owners, &options->privileges, &options->unmodelled,
                           &options->ignore_column_order, &options->never_ask};
    struct text_list words = {0};

    while (*text) {
        size_t length = strcspn(text, "\n");

        text_list_add(&words, arena, arena_strndup(arena, text, length));
        text += length + (text[length] == '\n');
    }
    for (size_t i = 0; i < flag_count; i++)
        *flags[i] = text_list_contains(&words, flag_names[i]);
    options->schemas = globs_of(arena, &words, "schema");
    options->excludes = globs_of(arena, &words, "exclude");
    options->must_match = NULL;
}

/* --- states from the record ------------------------------------------------------------------ */

static struct plumb_model *finish_loading(struct plumb_model *model, bool ok)
{
    if (ok)
        return model;
    arena_free(model->arena);
    return NULL;
}

struct plumb_model *plumb_load_recorded(const struct plumb_model *target, int64_t number,
                                        const struct plumb_options *options,
                                        struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct store *store = need_store(&target->state, options, problem);
    struct plumb_model *model = plumb_model_new("recorded:");
    bool ok = store && state_take_recorded(store, target->state.dialect, number,
                                           target->state.name, &model->state, problem);

    store_close(store);
    return finish_loading(model, ok);
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

struct plumb_model *plumb_load_unfinished(const struct plumb_model *target,
                                          const struct plumb_options *options,
                                          struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct store *store = need_store(&target->state, options, problem);
    struct arena *scratch = arena_new();
    struct plumb_model *model = plumb_model_new("unfinished:");
    const struct record_entry *entry = find_unfinished(store, scratch, problem);
    bool ok = entry && load_wanted_of(entry, store, &target->state, &model->state, problem);

    store_close(store);
    arena_free(scratch);
    return finish_loading(model, ok);
}

bool plumb_unfinished_options(const struct plumb_model *target, struct plumb_options *options,
                              struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct store *store = need_store(&target->state, options, problem);
    const struct record_entry *entry = find_unfinished(store, target->arena, problem);

    if (entry && entry->options)
        set_options(target->arena, entry->options, options);
    store_close(store);
    return problem->code == ERROR_NONE;
}

/* --- baseline, abandon ----------------------------------------------------------------------- */

static bool record_as_is(const struct state *target, struct journal_options *journal, bool always,
                         const struct plan *plan, int64_t *entry, struct error *error)
{
    const struct plan empty = {.dialect = target->dialect, .from = target->model, .to = target->model};
    struct exec_options exec = {.journal = journal, .record_always = always};
    struct exec_result result;
    bool ok = exec_record(plan ? plan : &empty, target->connection, &exec, &result, error);

    *entry = result.entry;
    return ok;
}

bool plumb_baseline(struct plumb_model *target, const struct plumb_options *options,
                    const struct plumb_apply_options *apply, int64_t *entry,
                    struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct plumb_apply_options as_baseline = *apply;
    struct journal_options journal;
    struct store *store;
    bool ok;

    if (!target->state.connection)
        return error_set(problem, ERROR_USAGE, "%s is not a database: there is no record of it",
                         target->state.name);
    store = need_store(&target->state, options, problem);
    if (!store)
        return false;
    as_baseline.kind = "baseline";
    journal = plumb_journal(target->arena, &target->state, NULL, store, &as_baseline);
    ok = record_as_is(&target->state, &journal, true, NULL, entry, problem);
    store_close(store);
    if (ok && !*entry) {
        error_hint(problem, "--record FILE keeps it in a file.");
        return error_set(problem, ERROR_REFUSED, "no record can be kept in %s", target->state.name);
    }
    return ok;
}

bool plumb_abandon(struct plumb_plan *plan, const struct plumb_apply_options *options,
                   struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct journal_options journal;
    int64_t entry;

    if (!plan->store)
        return error_set(problem, ERROR_USAGE, "without a record there is nothing to abandon");
    journal = plumb_journal(plan->arena, &plan->target->state, NULL, plan->store, options);
    journal.unfinished = UNFINISHED_ABANDONED;
    return record_as_is(&plan->target->state, &journal, false, plan->plan, &entry, problem);
}

/* --- history --------------------------------------------------------------------------------- */

struct plumb_history {
    struct arena *arena;
    struct store *store;
    const struct plumb_model *target;
    struct record_entries entries;
};

void plumb_history_free(struct plumb_history *history)
{
    if (!history)
        return;
    store_close(history->store);
    arena_free(history->arena);
}

size_t plumb_history_count(const struct plumb_history *history)
{
    return history->entries.count;
}

struct plumb_history *plumb_history_load(const struct plumb_model *target,
                                         const struct plumb_options *options,
                                         struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct arena *arena = arena_new();
    struct plumb_history *history = ARENA_NEW(arena, struct plumb_history);
    bool found = false;

    history->arena = arena;
    history->target = target;
    history->store = need_store(&target->state, options, problem);
    if (history->store && record_find(history->store, &found, problem) &&
        (!found || record_read_entries(history->store, 0, arena, &history->entries, problem)))
        return history;
    plumb_history_free(history);
    return NULL;
}

static const struct record_entry *need_entry(const struct plumb_history *history, int64_t number,
                                             struct error *error)
{
    const struct record_entry *entry = record_entry_of(&history->entries, number);

    if (!entry)
        error_set(error, ERROR_USAGE, "there is no entry %lld in the record of %s",
                  (long long)number, history->target->state.name);
    return entry;
}

char *plumb_history_print(struct plumb_history *history, int64_t number, enum plumb_format format,
                          struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct buffer text = BUFFER_EMPTY;
    struct record_step_list steps;
    const struct record_entry *entry;

    if (!number) {
        report_history(&history->entries, format == PLUMB_JSON, format == PLUMB_COLOUR, &text);
        buffer_append(&text, "");
        return text.text;
    }
    entry = need_entry(history, number, problem);
    if (!entry || !record_read_steps(history->store, number, history->arena, &steps, problem))
        return NULL;
    report_entry(entry, &steps, format == PLUMB_JSON, format == PLUMB_COLOUR, &text);
    buffer_append(&text, "");
    return text.text;
}

char *plumb_history_schema(struct plumb_history *history, int64_t number,
                           struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    const struct record_entry *entry = need_entry(history, number, problem);
    struct record_schema schema = {0};
    struct buffer text = BUFFER_EMPTY;

    if (entry && !entry->after)
        error_set(problem, ERROR_REFUSED, "entry %lld does not say what the schema was after it",
                  (long long)number);
    if (problem->code ||
        !record_read_schema(history->store, entry->after, history->arena, &schema, problem))
        return NULL;
    if (!schema.sql) {
        error_set(problem, ERROR_REFUSED, "the record does not hold this schema as SQL");
        return NULL;
    }
    buffer_append(&text, schema.sql);
    buffer_append(&text, "");
    return text.text;
}
