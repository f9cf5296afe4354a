/* The public interface: two models to a plan, and the plan as text. */
#include <string.h>

#include "core/secret/vault.h"
#include "model/snapshot.h"
#include "plan/filter.h"
#include "drift/undone.h"
#include "library/library.h"
#include "report/report.h"

/* --- making ----------------------------------------------------------------------------------- */

static struct plumb_plan *plan_new(struct plumb_model *target, struct plumb_model *wanted,
                                   const struct plumb_options *options)
{
    struct arena *arena = arena_new();
    struct plumb_plan *plan = ARENA_NEW(arena, struct plumb_plan);

    plan->arena = arena;
    plan->target = target;
    plan->wanted = wanted;
    plan->compare = compare_options_of(arena, options);
    plan->must_match = globs_copy(arena, options->must_match);
    plan->lock_timeout = options->lock_timeout;
    return plan;
}

static bool know(void *context, const char *key, struct digest declared, struct digest held)
{
    return equivalences_know(context, key, declared, held);
}

static void learn(void *context, const char *key, struct digest declared, struct digest held)
{
    equivalences_learn(context, key, declared, held);
}

/* Keeps both models as they are where the database is not what its record says. */
static bool prepare_drift(struct plumb_plan *plan, const char *live, struct error *error)
{
    struct buffer snapshot = BUFFER_EMPTY;
    char digest[33];

    digest_print(plan->expected, digest);
    if (!undone_entry(plan->store, digest, plan->arena, &plan->drifted_since, error))
        return false;
    if (!plan->drifted_since)
        return true;
    plan->live_snapshot = arena_strdup(plan->arena, live);
    if (!plan->wanted_snapshot) {
        snapshot_write(plan->wanted->state.model, &snapshot);
        plan->wanted_before = buffer_take(&snapshot, plan->arena);
    } else {
        plan->wanted_before = plan->wanted_snapshot;
    }
    return true;
}

/* Marks what the plan would undo. */
static bool mark_drift(struct plumb_plan *plan, struct error *error)
{
    const struct state *target = &plan->target->state;
    const struct undone_request request = {
        .dialect = target->dialect,
        .connection = target->connection,
        .store = plan->store,
        .entry = plan->drifted_since,
        .live = plan->live_snapshot,
        .wanted = plan->wanted_before,
        .compare = &plan->compare,
    };

    return !plan->drifted_since || undone_mark(plan->plan, &request, error);
}

/* Secrets of both models under one key: the record's, if it has one. Most models have none: then nothing is
 * asked. */
static bool share_key(struct plumb_plan *plan, struct error *error)
{
    bool found;

    if (vault_is_empty())
        return true;
    if (plan->store && !record_find(plan->store, &found, error))
        return false;
    vault_rekey(plan->target->state.model->arena, vault_key());
    vault_rekey(plan->wanted->state.model->arena, vault_key());
    return true;
}

/* What an apply will need to know of both models as they were before they were compared. */
static bool prepare(struct plumb_plan *plan, const struct plumb_options *options,
                    struct error *error)
{
    const struct state *target = &plan->target->state;
    struct buffer snapshot = BUFFER_EMPTY;
    bool ok;

    if (target->connection)
        plan->store = plumb_open_store(target, options, error);
    if (error->code || !share_key(plan, error))
        return false;
    if (options->reviewable || (target->connection && !options->shown_only)) {
        snapshot_write(plan->wanted->state.model, &snapshot);
        plan->wanted_snapshot = buffer_take(&snapshot, plan->arena);
    }
    if (options->reviewable) {
        snapshot_write(target->model, &snapshot);
        plan->target_snapshot = buffer_take(&snapshot, plan->arena);
    }
    if (!target->connection)
        return true;
    if (!options->shown_only || plan->store) {
        snapshot_write(target->model, &snapshot);
        plan->expected = snapshot_digest(buffer_text(&snapshot));
        plan->kept = exec_kept_digest(buffer_text(&snapshot), &plan->compare);
        ok = !plan->store || prepare_drift(plan, buffer_text(&snapshot), error);
        buffer_free(&snapshot);
        if (!ok)
            return false;
    }
    plan->equivalences = equivalences_new(plan->arena, plan->store);
    plan->memory =
        (struct compare_memory){.know = know, .learn = learn, .context = plan->equivalences};
    plan->compare.memory = &plan->memory;
    return true;
}

/* Both models are as they were loaded. */
static void compare(struct plumb_plan *plan, struct error *error)
{
    const struct state *from = &plan->target->state;
    const struct model *const models[] = {from->model, plan->wanted->state.model};
    struct text_list notes = {0};

    if (!filter_check(&plan->compare, plan->must_match, models, 2, &notes, plan->arena, error))
        return;
    plan->plan = compare_models(from->dialect, from->connection, from->model,
                                plan->wanted->state.model, &plan->compare, error);
    if (plan->plan) {
        plan->plan->lock_timeout = plan->lock_timeout;
        plan_show_secrets(plan->plan);
    }
    for (size_t i = 0; plan->plan && i < notes.count; i++)
        text_list_add(&plan->plan->notes, plan->plan->arena, notes.items[i]);
}

static bool check_pair(const struct plumb_model *target, const struct plumb_model *wanted,
                       struct error *error)
{
    if (target == wanted)
        return error_set(error, ERROR_USAGE, "a model cannot be compared with itself");
    if (target->state.dialect != wanted->state.dialect)
        return error_set(error, ERROR_USAGE, "a state of %s cannot be compared with one of %s",
                         target->state.dialect->name, wanted->state.dialect->name);
    return true;
}

struct plumb_plan *plumb_plan_make(struct plumb_model *target, struct plumb_model *wanted,
                                   const struct plumb_options *options, struct error *error)
{
    struct plumb_plan *plan;

    if (!options_check(options->size, error) || !check_pair(target, wanted, error))
        return NULL;
    plan = plan_new(target, wanted, options);
    if (prepare(plan, options, error))
        compare(plan, error);
    if (plan->plan && mark_drift(plan, error))
        return plan;
    plumb_plan_discard(plan);
    return NULL;
}

struct plumb_plan *plumb_diff(struct plumb_model *target, struct plumb_model *wanted,
                              const struct plumb_options *given, struct plumb_error *error)
{
    struct plumb_plan *plan = NULL;
    struct plumb_options options;
    struct door door;

    options_take(&options, sizeof(options), given);
    if (target && wanted) {
        door_open(&door, options.control, error);
        if (setjmp(door.operation.way_out) == 0) {
            door_interrupts(&door, &target->state);
            plan = plumb_plan_make(target, wanted, &options, door.error);
            if (plan)
                plan_note_secrets(plan->plan);
            door_close(&door);
            if (plan)
                return plan;
        }
    }
    plumb_model_free(target);
    if (wanted != target)
        plumb_model_free(wanted);
    return NULL;
}

/* --- from nothing ----------------------------------------------------------------------------- */

static struct plumb_model *load_empty(const struct dialect *dialect, struct error *error)
{
    const struct load_request request = {.dialect = dialect};
    struct plumb_model *empty = plumb_model_new("empty:");

    if (state_load("empty:", &request, &empty->state, error))
        return empty;
    arena_free(empty->arena);
    return NULL;
}

/* Extensions that a database has; what files say stays. */
static void forget_versions(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->kind == KIND_EXTENSION && !object->location.file)
            as_extension(object)->version = NULL;
    }
}

struct plumb_plan *plumb_plan_from_empty(struct plumb_model *model,
                                         const struct plumb_options *options, struct error *error)
{
    struct plumb_model *empty = load_empty(model->state.dialect, error);
    struct plumb_options whole = *options; /* there is nothing that could be left or kept */
    struct plumb_plan *plan;

    whole.unmanaged = whole.only = NULL;
    whole.no_drop = false;

    if (!empty)
        return NULL;
    if (model->state.connection) /* a catalog names them always; that alone asks for nothing */
        model->state.model->speaks_of_owners = model->state.model->speaks_of_privileges = false;
    if (options->no_extension_versions)
        forget_versions(model->state.model);
    plan = plumb_plan_make(empty, model, &whole, error);
    if (plan && !options->reviewable)
        plan_name_secrets(plan->plan);
    if (!plan)
        plumb_model_free(empty);
    return plan;
}

struct plumb_plan *plumb_diff_empty(struct plumb_model *model, const struct plumb_options *given,
                                    struct plumb_error *error)
{
    struct plumb_plan *plan;
    struct plumb_options options;
    struct door door;

    if (!model)
        return NULL;
    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) == 0) {
        if (options.owners)
            model_name_user(model->state.model);
        plan = plumb_plan_from_empty(model, &options, door.error);
        door_close(&door);
        if (plan)
            return plan;
    }
    plumb_model_free(model);
    return NULL;
}

void plumb_plan_discard(struct plumb_plan *plan)
{
    if (!plan)
        return;
    plan_free(plan->plan);
    store_close(plan->store);
    arena_free(plan->arena);
}

void plumb_plan_free(struct plumb_plan *plan)
{
    struct plumb_model *target = plan ? plan->target : NULL;
    struct plumb_model *wanted = plan ? plan->wanted : NULL;

    plumb_plan_discard(plan);
    plumb_model_free(target);
    plumb_model_free(wanted);
}

/* --- as text ---------------------------------------------------------------------------------- */

const char *plumb_plan_note(const struct plumb_plan *plan, size_t number)
{
    const struct text_list *notes = plan ? &plan->plan->notes : NULL;

    return notes && number < notes->count ? notes->items[number] : NULL;
}

static bool print(const struct plan *plan, enum plumb_format format, struct buffer *text,
                  struct error *error)
{
    switch (format) {
    case PLUMB_TEXT:
    case PLUMB_COLOUR:
        report_text(plan, format == PLUMB_COLOUR, text);
        return true;
    case PLUMB_SQL:
        report_sql(plan, text);
        return true;
    case PLUMB_JSON:
        report_json(plan, text);
        return true;
    case PLUMB_DUMP:
        report_dump(plan, text);
        return true;
    case PLUMB_SUMMARY:
        report_summary(plan, text);
        return true;
    case PLUMB_PROMETHEUS:
    case PLUMB_JUNIT:
        break;
    }
    return fail_format("a plan", error);
}

char *plumb_plan_print(const struct plumb_plan *plan, enum plumb_format format,
                       struct plumb_error *error)
{
    struct buffer text = BUFFER_EMPTY;
    struct door door;
    char *printed;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    printed =
        (plan || fail_null("plan", door.error)) && print(plan->plan, format, &text, door.error)
            ? give_shown(&text)
            : NULL;
    door_close(&door);
    return printed;
}

static bool split(const struct plumb_plan *plan, const char *folder,
                  void (*note)(const char *text, void *context), void *context, struct error *error)
{
    struct arena *scratch;
    struct text_list left = {0};
    bool ok;

    if (!plan || !folder)
        return fail_null(plan ? "folder" : "plan", error);
    scratch = arena_new();
    ok = report_split(plan->plan, folder, &left, scratch, error);
    for (size_t i = 0; note && i < left.count; i++)
        note(arena_printf(scratch,
                          "%s is not part of the dump any more; it stays, since it was changed "
                          "after it was written",
                          left.items[i]),
             context);
    arena_free(scratch);
    return ok;
}

bool plumb_plan_split(const struct plumb_plan *plan, const char *folder,
                      void (*note)(const char *text, void *context), void *context,
                      struct plumb_error *error)
{
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = split(plan, folder, note, context, door.error);
    door_close(&door);
    return ok;
}
