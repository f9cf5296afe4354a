/* The public interface to a glance at a database: record, drift, what is pending, the lock. */
#include "library/library.h"
#include "model/snapshot.h"
#include "report/status.h"

struct plumb_status {
    struct status status;
    struct plumb_drift *drift; /* NULL where there is nothing to compare with */
    struct plan *rest;         /* where there is no drift that holds it */
    struct model *models[2];   /* that it points into */
    struct arena *arena;
};

/* --- reading ------------------------------------------------------------------------------------ */

static bool read_entries(const struct state *target, const struct plumb_options *options,
                         struct arena *arena, struct status *status, struct error *error)
{
    struct store *store = plumb_open_store(target, options, error);
    bool found = false;
    bool ok =
        !error->code &&
        (!store || (record_find(store, &found, error) &&
                    (!found || record_read_entries(store, 0, arena, &status->entries, error))));

    if (store)
        status->store = arena_strdup(arena, store_name(store));
    status->has_record = found && status->entries.count > 0;
    if (ok && target->connection)
        ok = target->dialect->locking->holder(target->connection, arena, &status->holder, error);
    store_close(store);
    return ok;
}

/* What is pending in a database without a record: of copies, because a comparison changes what it gets. */
static bool find_pending(struct plumb_status *status, const struct plumb_model *target,
                         const struct plumb_model *wanted, const struct plumb_options *options,
                         struct error *error)
{
    const struct state *states[2] = {&target->state, &wanted->state};
    struct compare_options compare = compare_options_of(status->arena, options);

    compare.only_shown = true;
    for (size_t i = 0; i < 2; i++) {
        struct buffer snapshot = BUFFER_EMPTY;

        snapshot_write(states[i]->model, &snapshot);
        status->models[i] = snapshot_read(buffer_text(&snapshot), states[i]->name, error);
        buffer_free(&snapshot);
        if (!status->models[i])
            return false;
    }
    status->rest = compare_models(target->state.dialect, target->state.connection,
                                  status->models[0], status->models[1], &compare, error);
    status->status.rest = status->rest;
    return status->rest != NULL;
}

static bool read_all(struct plumb_status *status, const struct plumb_model *target,
                     const struct plumb_model *wanted, const struct plumb_options *options,
                     struct error *error)
{
    if (!read_entries(&target->state, options, status->arena, &status->status, error))
        return false;
    if (!status->status.has_record || !record_current(&status->status.entries))
        return !wanted || find_pending(status, target, wanted, options, error);
    status->drift = plumb_drift_compute(target, wanted, options, error);
    status->status.drift = status->drift ? status->drift->drift : NULL;
    status->status.rest = status->drift ? status->drift->drift->rest : NULL;
    return status->drift != NULL;
}

static struct plumb_status *load(const struct plumb_model *target, const struct plumb_model *wanted,
                                 const struct plumb_options *options, struct error *error)
{
    struct plumb_status *status;
    struct arena *arena;

    if (!target)
        fail_null("target", error);
    if (!target || !options_check(options->size, error))
        return NULL;
    arena = arena_new();
    status = ARENA_NEW(arena, struct plumb_status);
    status->arena = arena;
    status->status.target = arena_strdup(arena, target->state.name);
    if (read_all(status, target, wanted, options, error))
        return status;
    plumb_status_free(status);
    return NULL;
}

struct plumb_status *plumb_status_load(const struct plumb_model *target,
                                       const struct plumb_model *wanted,
                                       const struct plumb_options *given, struct plumb_error *error)
{
    struct plumb_options options;
    struct plumb_status *status;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    if (target)
        door_interrupts(&door, &target->state);
    status = load(target, wanted, &options, door.error);
    door_close(&door);
    return status;
}

void plumb_status_free(struct plumb_status *status)
{
    if (!status)
        return;
    plumb_drift_free(status->drift);
    plan_free(status->rest);
    for (size_t i = 0; i < 2; i++)
        model_free(status->models[i]);
    arena_free(status->arena);
}

/* --- as text, and as data ------------------------------------------------------------------------ */

static bool print(const struct plumb_status *status, enum plumb_format format, struct buffer *text,
                  struct error *error)
{
    if (!status)
        return fail_null("status", error);
    if (format != PLUMB_TEXT && format != PLUMB_COLOUR && format != PLUMB_JSON)
        return fail_format("the status", error);
    report_status(&status->status, format == PLUMB_JSON, text);
    return true;
}

char *plumb_status_print(const struct plumb_status *status, enum plumb_format format,
                         struct plumb_error *error)
{
    struct buffer text = BUFFER_EMPTY;
    struct door door;
    char *printed;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    printed = print(status, format, &text, door.error) ? give_shown(&text) : NULL;
    door_close(&door);
    return printed;
}

bool plumb_status_differs(const struct plumb_status *status)
{
    return status && status_differs(&status->status);
}

const char *plumb_status_record(const struct plumb_status *status)
{
    return status && status->status.has_record ? status->status.store : NULL;
}

size_t plumb_status_entry_count(const struct plumb_status *status)
{
    return status ? status->status.entries.count : 0;
}

const struct plumb_entry *plumb_status_entry(const struct plumb_status *status, size_t place)
{
    return place < plumb_status_entry_count(status)
               ? (const struct plumb_entry *)&status->status.entries.items[place]
               : NULL;
}

const struct plumb_entry *plumb_status_unfinished(const struct plumb_status *status)
{
    return status ? (const struct plumb_entry *)status_unfinished(&status->status) : NULL;
}

const char *plumb_status_holder(const struct plumb_status *status)
{
    return status ? status->status.holder : NULL;
}

const struct plumb_drift *plumb_status_drift(const struct plumb_status *status)
{
    return status ? status->drift : NULL;
}

int64_t plumb_status_pending(const struct plumb_status *status)
{
    const struct drift *drift = status ? status->status.drift : NULL;

    return drift && drift->rest ? (int64_t)drift->rest->steps.count : -1;
}
