/* Drift. Equal digests end it early; otherwise the recorded model is compared with the live one, both
 * ways, as any two states are. */
#include "drift/drift.h"

#include <inttypes.h>
#include <string.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "model/snapshot.h"
#include "plan/filter.h"

enum { most_attempts = 5 };

struct search {
    const struct dialect *dialect;
    struct connection *connection;
    struct store *store;
    const struct drift_options *options;
    struct drift *drift;
    struct buffer live; /* a snapshot */
    struct error *error;
    struct equivalences *asked; /* what the server has said about recorded against live */
};

/* --- what is there --------------------------------------------------------------------------- */

static bool fail_without_record(const struct search *search)
{
    error_hint(search->error,
               "plumb baseline begins one, and so does the first plumb apply; where there "
               "is one, this role may not read it.");
    return error_set(search->error, ERROR_REFUSED, "there is no record of %s",
                     search->drift->target);
}

static bool read_entry(struct search *search)
{
    struct drift *drift = search->drift;
    struct record_entries entries = {0};
    const struct record_entry *current;
    bool found = false;

    if (!record_find(search->store, &found, search->error) ||
        (found && !record_read_recent(search->store, drift->arena, &entries, search->error)))
        return false;
    current = record_current(&entries);
    if (!current)
        return fail_without_record(search);
    drift->entry = *current;
    drift->unfinished = record_unfinished(&entries) != NULL;
    return true;
}

static bool read_holder(struct search *search)
{
    struct drift *drift = search->drift;

    drift->holder = NULL;
    return search->dialect->locking->holder(search->connection, drift->arena, &drift->holder,
                                            search->error);
}

static bool read_live(struct search *search)
{
    struct model *live = model_new(search->drift->target);
    bool ok = search->dialect->states->read(search->connection, live, search->error);

    buffer_truncate(&search->live, 0);
    if (ok) {
        if (!live->server_version)
            live->server_version = search->dialect->running->server_version(search->connection);
        snapshot_write(live, &search->live);
        digest_print(snapshot_digest(buffer_text(&search->live)), search->drift->live);
    }
    model_free(live);
    return ok;
}

/* One look at record and catalog. *settled: they belong together, since no apply came in between. */
static bool look(struct search *search, bool *settled)
{
    struct drift *drift = search->drift;
    int64_t number;

    *settled = true;
    if (!read_entry(search) || !read_live(search) || !read_holder(search))
        return false;
    drift->same_digest = strcmp(drift->live, drift->entry.after) == 0;
    if (drift->holder) {
        drift->status = DRIFT_APPLYING;
        return true;
    }
    if (drift->same_digest)
        return true;
    number = drift->entry.number;
    if (!read_entry(search))
        return false;
    *settled = drift->entry.number == number;
    return true;
}

static bool look_until_settled(struct search *search)
{
    bool settled = false;

    for (int attempt = 0; attempt < most_attempts && !settled; attempt++)
        if (!look(search, &settled))
            return false;
    if (!settled)
        search->drift->status = DRIFT_APPLYING;
    return true;
}

/* --- comparing ------------------------------------------------------------------------------- */

static struct model *keep(struct drift *drift, struct model *model)
{
    if (model)
        drift->models[drift->model_count++] = model;
    return model;
}

static struct model *live_model(struct search *search)
{
    return keep(search->drift,
                snapshot_read(buffer_text(&search->live), search->drift->target, search->error));
}

static struct model *recorded_model(struct search *search)
{
    struct drift *drift = search->drift;
    const struct dialect *dialect = search->dialect;
    struct model *model = record_load_model(
        search->store, drift->entry.after,
        arena_printf(drift->arena, "entry %" PRId64, drift->entry.number), &dialect, search->error);

    if (model && !model->server_version)
        model->server_version = (int)drift->entry.server_version;
    return keep(drift, model);
}

static bool know(void *context, const char *key, struct digest declared, struct digest held)
{
    const struct search *search = context;

    return equivalences_know(search->asked, key, declared, held);
}

static void learn(void *context, const char *key, struct digest declared, struct digest held)
{
    const struct search *search = context;

    /* It holds for both directions. */
    equivalences_learn(search->asked, key, declared, held);
    equivalences_learn(search->asked, key, held, declared);
}

static struct plan *compare(struct search *search, struct connection *connection,
                            struct model *from, struct model *to,
                            const struct compare_options *options)
{
    struct compare_memory memory = {.know = know, .learn = learn, .context = search};
    struct compare_options with_memory = *options;

    if (!from || !to)
        return NULL;
    with_memory.memory = &memory;
    with_memory.only_shown = true;
    return compare_models(search->dialect, connection, from, to, &with_memory, search->error);
}

/* Live against recorded, both ways. Only the live database can be asked. */
static bool compare_with_record(struct search *search)
{
    struct compare_options all = search->options->compare;
    struct drift *drift = search->drift;
    struct model *live = live_model(search);

    all.manage.owners = all.manage.privileges = all.manage.unmodelled = true;
    all.no_drop = false; /* what somebody made is drift, though no plan would drop it */
    drift->back = compare(search, search->connection, live, recorded_model(search), &all);
    if (!drift->back)
        return false;
    live = live_model(search);
    drift->adopt = compare(search, NULL, recorded_model(search), live, &all);
    return drift->adopt != NULL;
}

static bool compare_with_wanted(struct search *search, const char *wanted)
{
    struct drift *drift = search->drift;
    struct compare_options options = search->options->compare;
    struct model *model = keep(drift, snapshot_read(wanted, "wanted", search->error));

    drift->rest = compare(search, search->connection, live_model(search), model, &options);
    if (!drift->rest)
        return false;
    model = keep(drift, snapshot_read(wanted, "wanted", search->error));
    drift->pending = compare(search, NULL, recorded_model(search), model, &options);
    return drift->pending != NULL;
}

/* Names are looked for in all that is compared, also where the digests end the comparison early. */
static bool check_globs(struct search *search, const char *wanted)
{
    const struct drift_options *options = search->options;
    struct drift *drift = search->drift;
    const struct model *models[3];
    size_t count = 0;

    if (!options->must_match || !filter_is_given(&options->compare))
        return true;
    models[count++] = live_model(search);
    if (!drift->same_digest)
        models[count++] = recorded_model(search);
    if (wanted)
        models[count++] = keep(drift, snapshot_read(wanted, "wanted", search->error));
    for (size_t i = 0; i < count; i++)
        if (!models[i])
            return false;
    return filter_check(&options->compare, options->must_match, models, count, &drift->notes,
                        drift->arena, search->error);
}

/* --- what follows from something else --------------------------------------------------------- */

static bool has_child(const struct object *object, const char *name)
{
    for (const struct object *child = object->first_child; child; child = child->next_sibling)
        if (strcmp(child->name, name) == 0)
            return true;
    return false;
}

/* The names of parts that both objects have. */
static struct text_list shared_parts(const struct text_list *names, const struct delta *delta,
                                     struct arena *scratch)
{
    struct text_list shared = {0};

    for (size_t i = 0; i < names->count; i++)
        if (has_child(delta->before, names->items[i]) && has_child(delta->after, names->items[i]))
            text_list_add(&shared, scratch, names->items[i]);
    return shared;
}

/* True for a list of parts (the order of a table's columns) that differs only because parts came or
 * went, which is said of them already. */
static bool follows_from_parts(const struct delta *delta, const struct field *field,
                               struct arena *scratch)
{
    struct text_list before;
    struct text_list after;

    if (field->type != FIELD_LIST)
        return false;
    before = shared_parts(field_of(delta->before, field), delta, scratch);
    after = shared_parts(field_of(delta->after, field), delta, scratch);
    return before.count && text_list_equal(&before, &after);
}

uint64_t drift_fields(const struct delta *delta)
{
    struct arena *scratch = arena_new();
    struct fields fields = kind_fields((delta->after ? delta->after : delta->before)->kind);
    uint64_t said = 0;

    for (size_t i = 0; i < fields.count; i++)
        if ((delta->changed >> i & 1) && !follows_from_parts(delta, &fields.items[i], scratch))
            said |= UINT64_C(1) << i;
    arena_free(scratch);
    return said;
}

bool drift_says(const struct delta *delta)
{
    return delta->change != DELTA_CHANGED || drift_fields(delta);
}

/* --- object by object ------------------------------------------------------------------------ */

static const char *key_of(const struct delta *delta)
{
    return delta->after ? delta->after->key : delta->before->key;
}

static struct map keys_of(const struct plan *plan, struct arena *arena)
{
    struct map keys = map_new(arena);

    for (size_t i = 0; plan && i < plan->deltas.count; i++)
        map_add(&keys, key_of(&plan->deltas.items[i]));
    return keys;
}

static void list_items(struct drift *drift)
{
    struct map drifted = keys_of(drift->adopt, drift->arena);
    struct map pending = keys_of(drift->pending, drift->arena);
    struct map rest = keys_of(drift->rest, drift->arena);
    size_t drifts = drift->adopt ? drift->adopt->deltas.count : 0;
    size_t changes = drift->pending ? drift->pending->deltas.count : 0;

    drift->items = ARENA_ARRAY(drift->arena, struct drift_item, drifts + changes + 1);
    for (size_t i = 0; i < drifts; i++) {
        const struct delta *delta = &drift->adopt->deltas.items[i];
        enum drift_share share = DRIFT_ALONE;

        if (!drift_says(delta))
            continue;
        if (drift->pending && map_get(&pending, key_of(delta)))
            share = map_get(&rest, key_of(delta)) ? DRIFT_CONFLICT : DRIFT_AS_WANTED;
        drift->items[drift->count++] = (struct drift_item){share, delta};
    }
    drift->drifted = drift->count;
    for (size_t i = 0; i < changes; i++) {
        const struct delta *delta = &drift->pending->deltas.items[i];

        if (!map_get(&drifted, key_of(delta)) && drift_says(delta))
            drift->items[drift->count++] = (struct drift_item){DRIFT_PENDING, delta};
    }
}

static bool run(struct search *search, const char *wanted)
{
    struct drift *drift = search->drift;

    if (!look_until_settled(search))
        return false;
    if (drift->status == DRIFT_APPLYING)
        return true;
    if (!check_globs(search, wanted))
        return false;
    if (!drift->same_digest && !compare_with_record(search))
        return false;
    if (wanted && !compare_with_wanted(search, wanted))
        return false;
    list_items(drift);
    drift->status = drift->drifted ? DRIFT_FOUND : DRIFT_NONE;
    return true;
}

struct drift *drift_compute(const struct dialect *dialect, struct connection *connection,
                            struct store *store, const char *target, const char *wanted,
                            const struct drift_options *options, struct error *error)
{
    struct arena *arena = arena_new();
    struct drift *drift = ARENA_NEW(arena, struct drift);
    struct search search = {.dialect = dialect,
                            .connection = connection,
                            .store = store,
                            .options = options,
                            .drift = drift,
                            .error = error,
                            .asked = equivalences_new(arena, NULL)};
    bool ok;

    drift->arena = arena;
    drift->target = arena_strdup(arena, target);
    ok = run(&search, wanted);
    buffer_free(&search.live);
    if (ok)
        return drift;
    drift_free(drift);
    return NULL;
}

void drift_free(struct drift *drift)
{
    if (!drift)
        return;
    plan_free(drift->adopt);
    plan_free(drift->back);
    plan_free(drift->pending);
    plan_free(drift->rest);
    for (size_t i = 0; i < drift->model_count; i++)
        model_free(drift->models[i]);
    arena_free(drift->arena);
}
