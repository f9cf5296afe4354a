/* What plumb recorded of a database, as a state. */
#include <inttypes.h>
#include <string.h>

#include "core/url.h"
#include "core/operation.h"
#include "load/load.h"
#include "record/record.h"

static bool fail_missing(const char *name, int64_t number, struct error *error)
{
    if (number)
        return error_set(error, ERROR_REFUSED,
                         "the record of %s has no schema of an entry %" PRId64, name, number);
    error_hint(error,
               "plumb baseline begins one, and so does the first plumb apply; where there is one, "
               "this role may not read it.");
    return error_set(error, ERROR_REFUSED, "there is no record of %s", name);
}

static const struct record_entry *choose(const struct record_entries *entries, int64_t number)
{
    const struct record_entry *entry =
        number ? record_entry_of(entries, number) : record_current(entries);

    return entry && entry->after ? entry : NULL;
}

bool state_take_recorded(struct store *store, const struct dialect *dialect, int64_t number,
                         const char *name, struct state *state, struct error *error)
{
    struct arena *scratch = arena_new();
    struct record_entries entries = {0};
    const struct record_entry *entry;
    bool found;
    bool ok;

    memset(state, 0, sizeof(*state));
    state->dialect = dialect;
    ok = record_find(store, &found, error) &&
         (!found || record_read_entries(store, 0, scratch, &entries, error));
    if (ok) {
        entry = choose(&entries, number);
        state->model = entry ? record_load_model(store, entry->after,
                                                 arena_printf(scratch, "recorded:%s", name),
                                                 &state->dialect, error)
                             : NULL;
        ok = state->model || (!entry && fail_missing(name, number, error));
    }
    if (ok) {
        if (!state->model->server_version)
            state->model->server_version = (int)entry->server_version;
        state->name = state->model->source;
    }
    arena_free(scratch);
    return ok;
}

static bool load_from_database(const char *url, const struct dialect *dialect, struct state *state,
                               struct error *error)
{
    struct connection *connection = dialect->running->connect(url, error);
    struct state live = {.dialect = dialect, .connection = connection};
    struct interruptible what = {state_interrupt, &live};
    struct arena *scratch = arena_new();
    struct interruptible *former;
    struct store *store;
    bool ok = false;

    if (connection) {
        former = operation_interrupts(&what);
        store = store_of_database(dialect, connection);
        ok =
            state_take_recorded(store, dialect, 0, url_without_secrets(scratch, url), state, error);
        store_close(store);
        operation_interrupts(former);
        dialect->running->close(connection);
    }
    arena_free(scratch);
    return ok;
}

bool state_load_recorded(const char *place, struct state *state, struct error *error)
{
    const struct dialect *dialect = state_dialect(place);
    struct store *store;
    bool ok;

    memset(state, 0, sizeof(*state));
    if (dialect)
        return load_from_database(place, dialect, state, error);
    store = store_of_file(place, error);
    ok = store && state_take_recorded(store, NULL, 0, store_name(store), state, error);
    store_close(store);
    return ok;
}
