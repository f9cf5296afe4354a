/* The public interface to drift. */
#include <string.h>

#include "core/url.h"
#include "model/snapshot.h"
#include "plumb_internal.h"
#include "report/drift.h"
#include "report/status.h"

struct plumb_drift {
    struct drift *drift;
    struct store *store;
    struct arena *arena;
};

struct plumb_model *plumb_connect(const char *url, struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    const struct dialect *dialect = state_dialect(url);
    struct plumb_model *model;

    if (!dialect || strncmp(url, "recorded:", 9) == 0) {
        struct arena *scratch = arena_new();

        error_set(problem, ERROR_USAGE, "%s is not a database", url_without_secrets(scratch, url));
        arena_free(scratch);
        return NULL;
    }
    model = plumb_model_new(url);
    model->state.dialect = dialect;
    model->state.connection = dialect->connect(url, problem);
    if (!model->state.connection) {
        arena_free(model->arena);
        return NULL;
    }
    model->state.model = model_new(url_without_secrets(model->arena, url));
    model->state.name = model->state.model->source;
    return model;
}

static struct drift_options options_of(const struct plumb_options *options)
{
    return (struct drift_options){
        .compare = {.manage = {.owners = options->owners,
                               .privileges = options->privileges,
                               .unmodelled = options->unmodelled},
                    .schemas = options->schemas,
                    .excludes = options->excludes},
        .must_match = options->must_match,
        .ask = !options->never_ask,
    };
}

struct plumb_drift *plumb_drift_find(const struct plumb_model *target,
                                     const struct plumb_model *wanted,
                                     const struct plumb_options *options,
                                     struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct arena *arena = arena_new();
    struct plumb_drift *drift = ARENA_NEW(arena, struct plumb_drift);
    struct drift_options compare = options_of(options);
    struct buffer snapshot = BUFFER_EMPTY;

    drift->arena = arena;
    if (!target->state.connection)
        error_set(problem, ERROR_USAGE, "%s is not a database", target->state.name);
    else
        drift->store = plumb_open_store(&target->state, options, problem);
    if (wanted)
        snapshot_write(wanted->state.model, &snapshot);
    if (drift->store)
        drift->drift = drift_compute(target->state.dialect, target->state.connection, drift->store,
                                     target->state.name, wanted ? buffer_text(&snapshot) : NULL,
                                     &compare, problem);
    buffer_free(&snapshot);
    if (drift->drift)
        return drift;
    plumb_drift_free(drift);
    return NULL;
}

void plumb_drift_free(struct plumb_drift *drift)
{
    if (!drift)
        return;
    drift_free(drift->drift);
    store_close(drift->store);
    arena_free(drift->arena);
}

enum plumb_drift_status plumb_drift_status(const struct plumb_drift *drift)
{
    return (enum plumb_drift_status)drift->drift->status;
}

const char *plumb_drift_note(const struct plumb_drift *drift, size_t number)
{
    const struct text_list *notes = &drift->drift->notes;

    return number < notes->count ? notes->items[number] : NULL;
}

size_t plumb_drift_count(const struct plumb_drift *drift)
{
    return drift->drift->drifted;
}

char *plumb_drift_print(const struct plumb_drift *drift, enum plumb_format format, bool adopt)
{
    static const enum drift_format formats[] = {
        [PLUMB_TEXT] = DRIFT_AS_TEXT,     [PLUMB_COLOUR] = DRIFT_AS_COLOURED_TEXT,
        [PLUMB_SQL] = DRIFT_AS_SQL,       [PLUMB_JSON] = DRIFT_AS_JSON,
        [PLUMB_DUMP] = DRIFT_AS_SQL,      [PLUMB_SUMMARY] = DRIFT_AS_TEXT,
        [PLUMB_PROMETHEUS] = DRIFT_AS_PROMETHEUS, [PLUMB_JUNIT] = DRIFT_AS_JUNIT};
    struct buffer text = BUFFER_EMPTY;

    report_drift(drift->drift, formats[format], adopt, &text);
    return text.text;
}

/* --- status ---------------------------------------------------------------------------------- */

static bool read_entries(const struct plumb_model *target, const struct plumb_options *options,
                         struct arena *arena, struct status *status, struct error *error)
{
    struct store *store = plumb_open_store(&target->state, options, error);
    bool found = false;
    bool ok = store && record_find(store, &found, error) &&
              (!found || record_read_entries(store, 0, arena, &status->entries, error));

    if (store)
        status->store = arena_strdup(arena, store_name(store));
    status->has_record = found && status->entries.count > 0;
    if (ok && target->state.dialect->lock_holder)
        ok = target->state.dialect->lock_holder(target->state.connection, arena, &status->holder,
                                                error);
    store_close(store);
    return ok;
}

char *plumb_status_print(const struct plumb_model *target, const struct plumb_model *wanted,
                         const struct plumb_options *options, enum plumb_format format, bool *differs,
                         struct plumb_error *error)
{
    struct plumb_error unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct arena *arena = arena_new();
    struct status status = {.target = target->state.name};
    struct plumb_drift *drift = NULL;
    struct buffer text = BUFFER_EMPTY;
    bool ok = read_entries(target, options, arena, &status, problem);

    if (ok && status.has_record && record_current(&status.entries)) {
        drift = plumb_drift_find(target, wanted, options, error ? error : &unseen);
        ok = drift != NULL;
        status.drift = drift ? drift->drift : NULL;
    }
    if (ok) {
        *differs = status_differs(&status);
        report_status(&status, format == PLUMB_JSON, &text);
        buffer_append(&text, "");
    }
    plumb_drift_free(drift);
    arena_free(arena);
    return text.text;
}
