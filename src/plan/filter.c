/* What of two models is compared, and whether it is what was meant. */
#include "plan/filter.h"

#include <string.h>

#include "core/text/glob.h"
#include "core/text/nearest.h"
#include "model/identity.h"

static bool is_schema(const struct object *object)
{
    return !object->parent && object->kind == KIND_SCHEMA;
}

void filter_model(struct model *model, const struct compare_options *options)
{
    struct arena *scratch = arena_new();

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->removed)
            continue;
        if (options->schemas && is_schema(object) &&
            !glob_matches_any(options->schemas, object->name))
            model_remove(model, object);
        else if (options->excludes &&
                 glob_matches_any(options->excludes, identity_path(scratch, object)))
            model_remove(model, object);
    }
    arena_free(scratch);
}

/* --- globs that match nothing ------------------------------------------------------------------ */

/* What globs are matched with. */
struct names {
    struct text_list schemas;
    struct text_list paths;
};

static void add_names(struct names *names, const struct model *model, bool with_paths,
                      struct arena *scratch)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->removed)
            continue;
        if (is_schema(object))
            text_list_add(&names->schemas, scratch, object->name);
        if (with_paths)
            text_list_add(&names->paths, scratch, identity_path(scratch, object));
    }
}

static bool is_pattern(const char *glob)
{
    return strpbrk(glob, "*?[") != NULL;
}

static const char *nearest_of(const char *name, const struct text_list *list)
{
    return nearest_name(name, list->items, list->count);
}

/* "public.*" for "pubic.*": the nearest schema in the place of the first part. */
static const char *correct_schema(const char *glob, const struct names *names,
                                  struct arena *scratch)
{
    size_t length = strcspn(glob, ".");
    const char *first = arena_strndup(scratch, glob, length);
    const char *nearest = is_pattern(first) ? NULL : nearest_of(first, &names->schemas);

    return nearest && strcmp(nearest, first) != 0
               ? arena_printf(scratch, "%s%s", nearest, glob + length)
               : NULL;
}

static void hint(const char *glob, bool schema, const struct names *names, struct arena *scratch,
                 struct error *error)
{
    const struct text_list *list = schema ? &names->schemas : &names->paths;
    const char *nearest = is_pattern(glob) ? NULL : nearest_of(glob, list);

    if (!nearest && !schema)
        nearest = correct_schema(glob, names, scratch);
    if (nearest)
        error_hint(error, "Did you mean %s?", nearest);
    else if (!schema)
        error_hint(error,
                   "Paths are like public.users and public.users.email; what may be there or "
                   "not goes into defaults of the configuration.");
    else if (names->schemas.count == 1 && !*names->schemas.items[0])
        error_hint(error, "The tables of one database stand in no schema: leave the filter away.");
    else
        error_hint(error, "There is: %s.", text_list_join(&names->schemas, scratch, ", "));
}

static bool matches_none(const char *glob, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (glob_matches(glob, list->items[i]))
            return false;
    return true;
}

static bool is_among(const char *const *globs, const char *glob)
{
    for (; *globs; globs++)
        if (strcmp(*globs, glob) == 0)
            return true;
    return false;
}

/* One list of globs. Each schema that is named has to be there; of several paths one is enough, since what
 * is not left out is seen. */
struct check {
    const char *const *globs;
    const char *const *must_match;
    bool schemas;
    const struct names *names;
    struct arena *scratch;
};

static const char *what_of(const struct check *check)
{
    return check->schemas ? "schema" : "object";
}

/* The first of the globs that must match and does not; NULL where that does no harm. */
static const char *find_failure(const struct check *check, const struct text_list *list)
{
    const char *failed = NULL;

    for (const char *const *glob = check->globs; *glob; glob++) {
        bool none = matches_none(*glob, list);

        if (!none && !check->schemas)
            return NULL;
        if (none && !failed && is_among(check->must_match, *glob))
            failed = *glob;
    }
    return failed;
}

static bool check_list(const struct check *check, struct text_list *notes, struct arena *arena,
                       struct error *error)
{
    const struct text_list *list = check->schemas ? &check->names->schemas : &check->names->paths;
    const char *failed = find_failure(check, list);

    if (failed) {
        error_set(error, ERROR_USAGE, "no %s matches %s", what_of(check), failed);
        hint(failed, check->schemas, check->names, check->scratch, error);
        return false;
    }
    for (const char *const *glob = check->globs; *glob; glob++)
        if (matches_none(*glob, list))
            text_list_add(notes, arena,
                          arena_printf(arena, "no %s matches %s", what_of(check), *glob));
    return true;
}

static bool names_paths(const struct compare_options *options)
{
    return options->excludes || options->unmanaged || options->only;
}

bool filter_is_given(const struct compare_options *options)
{
    return options->schemas || names_paths(options);
}

bool filter_check(const struct compare_options *options, const char *const *must_match,
                  const struct model *const *models, size_t count, struct text_list *notes,
                  struct arena *arena, struct error *error)
{
    const char *const *const lists[] = {options->schemas, options->excludes, options->unmanaged,
                                        options->only};
    const size_t list_count = sizeof(lists) / sizeof(*lists);
    bool paths = names_paths(options);
    struct arena *scratch = arena_new();
    struct names names = {0};
    bool ok = true;

    for (size_t i = 0; must_match && filter_is_given(options) && i < count; i++)
        add_names(&names, models[i], paths, scratch);
    text_list_sort(&names.schemas);
    text_list_sort(&names.paths);
    for (size_t i = 0; must_match && i < list_count && ok; i++) {
        const struct check check = {lists[i], must_match, i == 0, &names, scratch};

        ok = !lists[i] || check_list(&check, notes, arena, error);
    }
    arena_free(scratch);
    return ok;
}
