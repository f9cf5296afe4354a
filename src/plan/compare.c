/* The way from two unresolved models to a plan. */
#include "plan/compare.h"

#include <fnmatch.h>
#include <string.h>

#include "diff/infer.h"
#include "diff/rename.h"
#include "model/fields.h"
#include "model/identity.h"

static bool matches_any(const char *const *globs, const char *text)
{
    for (; *globs; globs++)
        if (fnmatch(*globs, text, 0) == 0)
            return true;
    return false;
}

/* Takes out what the options leave aside: of other schemas, or excluded by path. */
static void filter(struct model *model, const struct compare_options *options)
{
    struct arena *scratch = arena_new();

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        bool top = object->parent == NULL && object->kind == KIND_SCHEMA;

        if (object->removed)
            continue;
        if (options->schemas && top && !matches_any(options->schemas, object->name))
            model_remove(model, object);
        else if (options->excludes &&
                 matches_any(options->excludes, identity_path(scratch, object)))
            model_remove(model, object);
    }
    arena_free(scratch);
}

struct difference {
    bool any;
    bool only_expressions;
};

static struct difference find_difference(const struct object *before, const struct object *after)
{
    struct difference difference = {.only_expressions = true};
    struct fields fields = kind_fields(before->kind);
    uint64_t changed = fields_changed(before, after);

    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1) {
            enum field_type type = fields.items[i].type;

            difference.any = true;
            if (type != FIELD_EXPRESSION && type != FIELD_EXPRESSIONS)
                difference.only_expressions = false;
        }
    return difference;
}

/* Asks the server about the pairs that differ in expressions alone. */
static bool ask(const struct dialect *dialect, struct connection *connection, struct model *from,
                struct model *to, struct error *error)
{
    struct arena *scratch = arena_new();
    struct pointer_list before = {0};
    struct pointer_list after = {0};
    bool done = true;

    for (size_t i = 0; i < to->count; i++) {
        struct object *object = to->objects[i];
        struct object *other;
        struct difference difference;

        if (object->removed)
            continue;
        other = model_find_key(from, object->key);
        if (!other)
            continue;
        difference = find_difference(other, object);
        if (!difference.any || !difference.only_expressions)
            continue;
        pointer_list_add(&before, scratch, other);
        pointer_list_add(&after, scratch, object);
    }
    if (before.count)
        done = dialect->ask(connection, from, to, &before, &after, error);
    arena_free(scratch);
    return done;
}

struct plan *compare_models(const struct dialect *dialect, struct connection *connection,
                            struct model *from, struct model *to,
                            const struct compare_options *options, struct error *error)
{
    int version = from->server_version ? from->server_version : to->server_version;
    size_t told = to->notes.count; /* what the reader of the files was told already */
    struct plan *plan;

    if (!rename_apply(from, to, error))
        return NULL;
    infer_renames(from, to);
    if (!dialect->resolve(from, version, error) || !dialect->resolve(to, version, error))
        return NULL;
    filter(from, options);
    filter(to, options);
    dialect->reconcile(from, to, &options->manage);
    if (options->ask && connection && !ask(dialect, connection, from, to, error))
        return NULL;
    model_seal(from);
    model_seal(to);
    plan = plan_make(dialect, from, to, error);
    for (size_t i = told; plan && i < to->notes.count; i++)
        text_list_add(&plan->notes, plan->arena, arena_strdup(plan->arena, to->notes.items[i]));
    return plan;
}
