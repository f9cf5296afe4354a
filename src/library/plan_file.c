/* The public interface to reviewed plans: files that hold one. */
#include <string.h>

#include "core/file.h"
#include "core/secret/vault.h"
#include "model/identity.h"
#include "model/snapshot.h"
#include "library/library.h"
#include "report/plan_file.h"

static void add_origin(const struct plumb_model *wanted, struct arena *arena,
                       struct plan_file *parts)
{
    struct origin origin = {0};

    parts->files = wanted->state.files;
    if (!parts->files)
        return;
    if (wanted->origin)
        origin = *wanted->origin;
    else
        state_origin(wanted->given, &wanted->state.paths, arena, &origin);
    parts->git_commit = origin.commit;
    parts->git_remote = origin.remote;
}

static char *write_plan(const struct plumb_plan *plan, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    struct plan_file parts = {0};

    if (!plan) {
        fail_null("plan", error);
        return NULL;
    }
    parts.compare = plan->compare;
    parts.wanted = plan->wanted_snapshot;
    parts.target = plan->target_snapshot;
    if (!plan->wanted_snapshot) {
        error_set(error, ERROR_USAGE, "the plan was not made to be written as a file");
        return NULL;
    }
    parts.secret_key = plan->store && plan->store->has_secret_key ? NULL : vault_key();
    add_origin(plan->wanted, plan->arena, &parts);
    plan_file_write(plan->plan, &parts, &text);
    return give_text(&text);
}

char *plumb_plan_file(const struct plumb_plan *plan, struct plumb_error *error)
{
    struct door door;
    char *text;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    text = write_plan(plan, door.error);
    door_close(&door);
    return text;
}

/* "plan.json" -> "plan.sql" */
static const char *sql_beside(struct arena *arena, const char *path)
{
    size_t length = strlen(path);

    if (length > 5 && strcmp(path + length - 5, ".json") == 0)
        length -= 5;
    return arena_printf(arena, "%.*s.sql", (int)length, path);
}

static bool write_both(const char *path, const char *file, const char *script, struct error *error)
{
    struct arena *arena = arena_new();
    struct file_set files = file_set_begin(arena);
    bool ok = file_set_add(&files, path, file, strlen(file), FILE_PRIVATE, error) &&
              file_set_add(&files, sql_beside(arena, path), script, strlen(script), FILE_PRIVATE,
                           error) &&
              file_set_commit(&files, error);

    file_set_discard(&files);
    arena_free(arena);
    return ok;
}

static bool save_both(const char *path, const char *file, const char *script,
                      struct plumb_error *error)
{
    struct door door;
    bool ok;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    ok = path ? write_both(path, file, script, door.error) : fail_null("path", door.error);
    door_close(&door);
    return ok;
}

bool plumb_plan_save(const struct plumb_plan *plan, const char *path, struct plumb_error *error)
{
    char *file = plumb_plan_file(plan, error);
    char *script = file ? plumb_plan_print(plan, PLUMB_SQL, error) : NULL;
    bool ok = script && save_both(path, file, script, error);

    plumb_text_free(file);
    plumb_text_free(script);
    return ok;
}

static bool read_plan(const char *path, struct arena *arena, struct plan_file *file,
                      struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    bool ok = file_read(path, &text, error) &&
              plan_file_read(buffer_text(&text), path, arena, file, error);

    buffer_free(&text);
    return ok;
}

static struct plumb_model *wanted_of(const struct plan_file *file, const struct state *target,
                                     struct error *error)
{
    struct plumb_model *model;
    struct model *wanted;
    struct origin *origin;

    if (strcmp(file->dialect, target->dialect->name) != 0) {
        error_set(error, ERROR_REFUSED, "a plan for %s cannot be applied to %s", file->dialect,
                  target->dialect->name);
        return NULL;
    }
    wanted = snapshot_read(file->wanted, file->wanted_name, error);
    if (!wanted)
        return NULL;
    model = plumb_model_new(file->wanted_name);
    model->state.dialect = target->dialect;
    model->state.model = wanted;
    model->state.name = wanted->source;
    model->state.files = arena_strdup(model->arena, file->files);
    origin = ARENA_NEW(model->arena, struct origin);
    origin->commit = arena_strdup(model->arena, file->git_commit);
    origin->remote = arena_strdup(model->arena, file->git_remote);
    model->origin = origin;
    return model;
}

enum { most_told = 8 };

/* What a step brings about, in words of what was done meanwhile. */
static const char *told(enum step_action action)
{
    static const char *const words[] = {[ACTION_CREATE] = "created",
                                        [ACTION_ALTER] = "altered",
                                        [ACTION_DROP] = "dropped",
                                        [ACTION_RENAME] = "renamed"};

    return words[action];
}

static void tell_steps(const struct plan *since, struct arena *arena, struct buffer *text)
{
    size_t count = 0;

    for (size_t i = 0; i < since->steps.count; i++) {
        const struct step *step = &since->steps.items[i];

        if (!step->object || ++count > most_told)
            continue;
        buffer_append(text, count == 1 ? "; since then:" : "");
        buffer_printf(text, "\n  %s was %s", identity_print(arena, step->object),
                      told(step->action));
    }
    if (count > most_told)
        buffer_printf(text, "\n  and %zu more", count - most_told);
}

/* What differs between the database that the plan was made for and the one that is there (live: a snapshot). A
 * comparison that cannot be made says nothing: the plan is stale all the same. */
static void tell_what_changed(const struct plan_file *file, const struct dialect *dialect,
                              const char *live, struct buffer *text)
{
    struct arena *arena = arena_new();
    struct error unseen = {0};
    struct model *then = file->target ? snapshot_read(file->target, "then", &unseen) : NULL;
    struct model *now = then ? snapshot_read(live, "now", &unseen) : NULL;
    struct compare_options compare = file->compare;
    struct plan *since;

    compare.no_drop = false; /* what is gone is told of */
    compare.only_shown = true;
    since = now ? compare_models(dialect, NULL, then, now, &compare, &unseen) : NULL;

    if (since)
        tell_steps(since, arena, text);
    plan_free(since);
    model_free(now);
    model_free(then);
    arena_free(arena);
}

static bool refuse_stale(const struct plan_file *file, const struct dialect *dialect,
                         const char *path, const char *live, struct error *error)
{
    struct buffer changes = BUFFER_EMPTY;

    tell_what_changed(file, dialect, live, &changes);
    error_set(error, ERROR_REFUSED, "%s is stale: the database is not what the plan was made for%s",
              path, buffer_text(&changes));
    buffer_free(&changes);
    return false;
}

/* The plan as it would be made now has to be the one in the file. live: a snapshot of the database as it is. */
static bool check_plan(const struct plumb_plan *plan, const struct plan_file *file,
                       const char *path, const char *live, struct error *error)
{
    const struct step_list *steps = &plan->plan->steps;
    char digest[33];
    bool same = steps->count == file->statements.count;

    digest_print(plan->plan->from->digest, digest);
    error_hint(error, "Make the plan anew with plumb diff --out, and have it reviewed again.");
    if (strcmp(digest, file->from_digest) != 0)
        return refuse_stale(file, plan->plan->dialect, path, live, error);
    for (size_t i = 0; same && i < steps->count; i++)
        same = strcmp(steps->items[i].sql, file->statements.items[i]) == 0;
    if (!same)
        return error_set(error, ERROR_REFUSED, "this version of plumb plans it otherwise than %s",
                         path);
    memset(error, 0, sizeof(*error));
    return true;
}

static struct plumb_options options_of(const struct plan_file *file,
                                       const struct plumb_options *given)
{
    struct plumb_options options = *given;

    compare_options_give(&file->compare, &options);
    return options;
}

static struct plumb_plan *plan_of(const struct plan_file *file, const char *path,
                                  struct plumb_model *target, const struct plumb_options *given,
                                  struct error *error)
{
    struct plumb_options options = options_of(file, given);
    struct plumb_model *wanted = wanted_of(file, &target->state, error);
    struct buffer live = BUFFER_EMPTY;
    bool same;
    struct plumb_plan *plan;

    snapshot_write(target->state.model, &live);
    if (file->secret_key)
        vault_use_key(file->secret_key);
    plan = wanted ? plumb_plan_make(target, wanted, &options, error) : NULL;

    same = plan && check_plan(plan, file, path, buffer_text(&live), error);
    buffer_free(&live);
    if (same)
        return plan;
    plumb_plan_discard(plan);
    plumb_model_free(wanted);
    return NULL;
}

static struct plumb_plan *load_plan(const char *path, struct plumb_model *target,
                                    const struct plumb_options *options, struct error *error)
{
    struct arena *arena;
    struct plumb_plan *plan = NULL;
    struct plan_file file;

    if (!path)
        fail_null("path", error);
    if (!path || !options_check(options->size, error))
        return NULL;
    arena = arena_new();
    if (read_plan(path, arena, &file, error))
        plan = plan_of(&file, path, target, options, error);
    arena_free(arena);
    return plan;
}

struct plumb_plan *plumb_plan_load(const char *path, struct plumb_model *target,
                                   const struct plumb_options *given, struct plumb_error *error)
{
    struct plumb_options options;
    struct plumb_plan *plan;
    struct door door;

    if (!target)
        return NULL;
    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) == 0) {
        door_interrupts(&door, &target->state);
        plan = load_plan(path, target, &options, door.error);
        door_close(&door);
        if (plan)
            return plan;
    }
    plumb_model_free(target);
    return NULL;
}
