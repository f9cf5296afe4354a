/* The public interface to reviewed plans: files that hold one. */
#include <string.h>

#include "core/file.h"
#include "model/snapshot.h"
#include "plumb_internal.h"
#include "report/plan_file.h"

char *plumb_plan_file(const struct plumb_plan *plan, struct plumb_error *error)
{
    struct plumb_error unseen;
    struct buffer text = BUFFER_EMPTY;

    if (!plan->wanted_snapshot) {
        error_set(plumb_fresh_error(error, &unseen), ERROR_USAGE,
                  "the plan was not made to be written as a file");
        return NULL;
    }
    plan_file_write(plan->plan, &plan->compare, plan->wanted_snapshot, &text);
    buffer_append(&text, "");
    return text.text;
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
    return model;
}

/* The plan as it would be made now has to be the one in the file. */
static bool check_plan(const struct plumb_plan *plan, const struct plan_file *file,
                       const char *path, struct error *error)
{
    const struct step_list *steps = &plan->plan->steps;
    char digest[33];
    bool same = steps->count == file->statements.count;

    digest_print(plan->plan->from->digest, digest);
    error_hint(error, "Make the plan anew with plumb diff --out, and have it reviewed again.");
    if (strcmp(digest, file->from_digest) != 0)
        return error_set(error, ERROR_REFUSED,
                         "%s is stale: the database is not what the plan was made for", path);
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

    options.owners = file->compare.manage.owners;
    options.privileges = file->compare.manage.privileges;
    options.unmodelled = file->compare.manage.unmodelled;
    options.never_ask = !file->compare.ask;
    options.schemas = file->compare.schemas;
    options.excludes = file->compare.excludes;
    options.must_match = NULL;
    return options;
}

struct plumb_plan *plumb_plan_load(const char *path, struct plumb_model *target,
                                   const struct plumb_options *given, struct plumb_error *error)
{
    struct plumb_error unseen;
    struct plumb_error *told = error ? error : &unseen;
    struct error *problem = plumb_fresh_error(error, &unseen);
    struct arena *arena = arena_new();
    struct plumb_plan *plan = NULL;
    struct plan_file file;
    struct plumb_options options;

    if (!read_plan(path, arena, &file, problem)) {
        plumb_model_free(target);
    } else {
        options = options_of(&file, given);
        plan = plumb_diff(target, wanted_of(&file, &target->state, problem), &options, told);
    }
    if (plan && !check_plan(plan, &file, path, problem)) {
        plumb_plan_free(plan);
        plan = NULL;
    }
    arena_free(arena);
    return plan;
}
