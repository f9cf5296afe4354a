/* What a plan would undo. An object that differs between record and database, and again between database
 * and what is wanted, in the same fields, has been changed by somebody whose change the plan takes back. */
#include "drift/undone.h"

#include <inttypes.h>
#include <string.h>

#include "diff/rename.h"
#include "drift/drift.h"
#include "model/fields.h"
#include "model/snapshot.h"

struct models {
    struct model *live;
    struct model *recorded;
    struct model *wanted;
};

bool undone_entry(struct store *store, const char *digest, struct arena *arena,
                  const struct record_entry **entry, struct error *error)
{
    struct record_entries entries = {0};
    const struct record_entry *current;
    bool found = false;

    *entry = NULL;
    if (!record_find(store, &found, error) ||
        (found && !record_read_recent(store, arena, &entries, error)))
        return false;
    current = record_current(&entries);
    if (current && !record_unfinished(&entries) && strcmp(current->after, digest) != 0)
        *entry = current;
    return true;
}

/* --- recorded against live ------------------------------------------------------------------------ */

static bool read_models(const struct undone_request *request, struct models *models,
                        struct error *error)
{
    const struct dialect *dialect = request->dialect;

    models->live = snapshot_read(request->live, "live", error);
    models->wanted = models->live ? snapshot_read(request->wanted, "wanted", error) : NULL;
    models->recorded = models->wanted ? record_load_model(request->store, request->entry->after,
                                                          "recorded", &dialect, error)
                                      : NULL;
    if (!models->recorded)
        return false;
    if (!models->recorded->server_version)
        models->recorded->server_version = (int)request->entry->server_version;
    /* Under the names that the plan gives: its objects are to be found in both. */
    for (size_t i = 0; i < models->wanted->rename_count; i++)
        models->wanted->renames[i].certain = false;
    return rename_apply(models->live, models->wanted, error) &&
           rename_apply(models->recorded, models->wanted, error);
}

static struct plan *compare_with_record(const struct undone_request *request, struct models *models,
                                        struct error *error)
{
    struct compare_options options = *request->compare;

    options.manage = (struct manage){.owners = true, .privileges = true, .unmodelled = true};
    options.no_drop = false;
    options.only_shown = true;
    options.memory = NULL;
    return compare_models(request->dialect, request->connection, models->live, models->recorded,
                          &options, error);
}

/* --- the plan's own changes ----------------------------------------------------------------------- */

static const char *key_of(const struct delta *delta)
{
    return delta->after ? delta->after->key : delta->before->key;
}

/* True for one text that means something else since what is around it changed: the type of its column. */
static bool stays_as_written(const struct delta *delta, const struct field *field)
{
    const struct expression *before;
    const struct expression *after;

    if (field->type != FIELD_EXPRESSION)
        return false;
    before = field_of(delta->before, field);
    after = field_of(delta->after, field);
    return before->written && after->written && strcmp(before->written, after->written) == 0;
}

/* drift: from live to recorded; planned: from live to wanted. */
static bool undoes(const struct delta *planned, const struct delta *drift)
{
    struct fields fields;
    uint64_t both;
    bool any = false;

    if (drift->change != DELTA_CHANGED || planned->change != DELTA_CHANGED)
        return true;
    both = drift_fields(drift) & planned->changed;
    fields = kind_fields(planned->before->kind);
    for (size_t i = 0; i < fields.count && !any; i++)
        any = (both >> i & 1) && !stays_as_written(planned, &fields.items[i]);
    return any;
}

/* By key: what drifted. */
static struct map drift_by_key(const struct plan *back, struct arena *scratch, size_t *count)
{
    struct map drifted = map_new(scratch);

    *count = 0;
    for (size_t i = 0; i < back->deltas.count; i++) {
        const struct delta *delta = &back->deltas.items[i];

        if (delta->change == DELTA_RENAMED || !drift_says(delta))
            continue;
        map_set(&drifted, key_of(delta), (void *)(uintptr_t)delta);
        ++*count;
    }
    return drifted;
}

static void mark_steps(struct plan *plan, const struct map *drifted, struct map *undone)
{
    for (size_t i = 0; i < plan->steps.count; i++) {
        struct step *step = &plan->steps.items[i];

        for (size_t j = 0; j < step->deltas.count; j++) {
            const struct delta *planned = step->deltas.items[j];
            const struct delta *drift = map_get(drifted, key_of(planned));

            if (!drift || !undoes(planned, drift))
                continue;
            step->hazards |= UINT64_C(1) << HAZARD_DRIFT;
            map_add(undone, key_of(planned));
        }
        plan->hazards |= step->hazards;
    }
}

static void note_rest(struct plan *plan, const struct record_entry *entry, size_t count)
{
    if (count)
        text_list_add(&plan->notes, plan->arena,
                      arena_printf(plan->arena,
                                   "%zu object%s changed in the database since entry %" PRId64
                                   " and left as %s; plumb drift shows what",
                                   count, count == 1 ? " was" : "s were", entry->number,
                                   count == 1 ? "it is" : "they are"));
}

bool undone_mark(struct plan *plan, const struct undone_request *request, struct error *error)
{
    struct arena *scratch = arena_new();
    struct models models = {0};
    struct map undone = map_new(scratch);
    struct plan *back = NULL;
    struct map drifted;
    size_t count;

    if (read_models(request, &models, error))
        back = compare_with_record(request, &models, error);
    if (back) {
        drifted = drift_by_key(back, scratch, &count);
        mark_steps(plan, &drifted, &undone);
        note_rest(plan, request->entry, count - undone.count);
    }
    plan_free(back);
    model_free(models.live);
    model_free(models.wanted);
    model_free(models.recorded);
    arena_free(scratch);
    return back != NULL;
}
