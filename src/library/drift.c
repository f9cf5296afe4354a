/* The public interface to drift, as text and as data. */
#include <string.h>

#include "model/snapshot.h"
#include "library/library.h"
#include "report/drift.h"

_Static_assert((int)PLUMB_DRIFT_APPLYING == (int)DRIFT_APPLYING &&
                   (int)PLUMB_SHARE_CONFLICT == (int)DRIFT_CONFLICT,
               "public and internal enumerations are the same");

/* --- finding ------------------------------------------------------------------------------------ */

static struct drift_options options_of(struct arena *arena, const struct plumb_options *options)
{
    return (struct drift_options){.compare = compare_options_of(arena, options),
                                  .must_match = options->must_match};
}

static bool check_target(const struct plumb_model *target, const struct plumb_options *options,
                         struct error *error)
{
    if (!target)
        return fail_null("target", error);
    if (!options_check(options->size, error))
        return false;
    return target->state.connection ||
           error_set(error, ERROR_USAGE, "%s is not a database", target->state.name);
}

struct plumb_drift *plumb_drift_compute(const struct plumb_model *target,
                                        const struct plumb_model *wanted,
                                        const struct plumb_options *options, struct error *error)
{
    struct arena *arena = arena_new();
    struct plumb_drift *drift = ARENA_NEW(arena, struct plumb_drift);
    struct drift_options compare = options_of(arena, options);
    struct buffer snapshot = BUFFER_EMPTY;

    drift->arena = arena;
    if (check_target(target, options, error))
        drift->store = plumb_need_store(&target->state, options, error);
    if (drift->store && wanted)
        snapshot_write(wanted->state.model, &snapshot);
    if (drift->store)
        drift->drift = drift_compute(target->state.dialect, target->state.connection, drift->store,
                                     target->state.name, wanted ? buffer_text(&snapshot) : NULL,
                                     &compare, error);
    buffer_free(&snapshot);
    if (drift->drift)
        return drift;
    plumb_drift_free(drift);
    return NULL;
}

struct plumb_drift *plumb_drift_find(const struct plumb_model *target,
                                     const struct plumb_model *wanted,
                                     const struct plumb_options *given, struct plumb_error *error)
{
    struct plumb_options options;
    struct plumb_drift *drift;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    if (target)
        door_interrupts(&door, &target->state);
    drift = plumb_drift_compute(target, wanted, &options, door.error);
    door_close(&door);
    return drift;
}

void plumb_drift_free(struct plumb_drift *drift)
{
    if (!drift)
        return;
    drift_free(drift->drift);
    store_close(drift->store);
    arena_free(drift->arena);
}

/* --- as text ------------------------------------------------------------------------------------ */

static bool print(const struct plumb_drift *drift, enum plumb_format format, bool adopt,
                  struct buffer *text, struct error *error)
{
    static const struct {
        enum plumb_format format;
        enum drift_format as;
    } formats[] = {{PLUMB_TEXT, DRIFT_AS_TEXT},
                   {PLUMB_COLOUR, DRIFT_AS_COLOURED_TEXT},
                   {PLUMB_SQL, DRIFT_AS_SQL},
                   {PLUMB_JSON, DRIFT_AS_JSON},
                   {PLUMB_PROMETHEUS, DRIFT_AS_PROMETHEUS},
                   {PLUMB_JUNIT, DRIFT_AS_JUNIT}};

    if (!drift)
        return fail_null("drift", error);
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
        if (formats[i].format == format) {
            report_drift(drift->drift, formats[i].as, adopt, text);
            return true;
        }
    return fail_format("drift", error);
}

char *plumb_drift_print(const struct plumb_drift *drift, enum plumb_format format, bool adopt,
                        struct plumb_error *error)
{
    struct buffer text = BUFFER_EMPTY;
    struct door door;
    char *printed;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    printed = print(drift, format, adopt, &text, door.error) ? give_shown(&text) : NULL;
    door_close(&door);
    return printed;
}

/* --- as data ------------------------------------------------------------------------------------ */

enum plumb_drift_status plumb_drift_status(const struct plumb_drift *drift)
{
    return drift ? (enum plumb_drift_status)drift->drift->status : PLUMB_DRIFT_NONE;
}

const char *plumb_drift_note(const struct plumb_drift *drift, size_t number)
{
    const struct text_list *notes = drift ? &drift->drift->notes : NULL;

    return notes && number < notes->count ? notes->items[number] : NULL;
}

size_t plumb_drift_count(const struct plumb_drift *drift)
{
    return drift ? drift->drift->drifted : 0;
}

size_t plumb_drift_item_count(const struct plumb_drift *drift)
{
    return drift ? drift->drift->count : 0;
}

enum plumb_share plumb_drift_share(const struct plumb_drift *drift, size_t number)
{
    return number < plumb_drift_item_count(drift)
               ? (enum plumb_share)drift->drift->items[number].share
               : PLUMB_SHARE_DRIFTED;
}

const struct plumb_delta *plumb_drift_delta(const struct plumb_drift *drift, size_t number)
{
    return number < plumb_drift_item_count(drift)
               ? (const struct plumb_delta *)drift->drift->items[number].delta
               : NULL;
}

const struct plumb_entry *plumb_drift_entry(const struct plumb_drift *drift)
{
    return drift && drift->drift->entry.number ? (const struct plumb_entry *)&drift->drift->entry
                                               : NULL;
}

const char *plumb_drift_holder(const struct plumb_drift *drift)
{
    return drift ? drift->drift->holder : NULL;
}

static const struct plan *plan_of(const struct plumb_drift *drift, enum plumb_way way)
{
    if (!drift)
        return NULL;
    switch (way) {
    case PLUMB_PUT_BACK:
        return drift->drift->back;
    case PLUMB_ADOPT:
        return drift->drift->adopt;
    case PLUMB_REST:
        return drift->drift->rest;
    }
    return NULL;
}

size_t plumb_drift_step_count(const struct plumb_drift *drift, enum plumb_way way)
{
    const struct plan *plan = plan_of(drift, way);

    return plan ? plan->steps.count : 0;
}

const struct plumb_step *plumb_drift_step(const struct plumb_drift *drift, enum plumb_way way,
                                          size_t number)
{
    return number < plumb_drift_step_count(drift, way)
               ? (const struct plumb_step *)&plan_of(drift, way)->steps.items[number]
               : NULL;
}
