/* Renames, followed from entry to entry: each entry's wanted model says what its author asked for, and
 * rename_apply on the schema before it what that did. */
#include "drift/way_back.h"

#include <string.h>

#include "core/operation.h"
#include "diff/infer.h"
#include "diff/rename.h"
#include "model/identity.h"

/* A label of an enum. */
struct tracked_label {
    size_t object;
    const char *label; /* of the model */
    const char *now;
};

struct way {
    struct arena *arena;
    struct store *store;
    const struct dialect *dialect;
    struct model *model;
    struct map numbers; /* by key in the model: const char **, the place in now */
    const char **
        now; /* by place in the model's objects: the key at the entry looked at; NULL: it is gone */
    struct pointer_list labels; /* struct tracked_label *: those that a rename has changed */
};

/* --- what is followed -------------------------------------------------------------------------- */

static void begin(struct way *way)
{
    struct model *model = way->model;

    way->numbers = map_new(way->arena);
    way->now = ARENA_ARRAY(way->arena, const char *, model->count + 1);
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        way->now[i] = object->removed ? NULL : object->key;
        map_set(&way->numbers, object->key, &way->now[i]);
    }
}

/* --- one entry --------------------------------------------------------------------------------- */

static struct model *read_schema(const struct way *way, const char *digest)
{
    const struct dialect *dialect = way->dialect;
    struct error unseen = {0};

    return digest ? record_load_model(way->store, digest, "recorded", &dialect, &unseen) : NULL;
}

static struct tracked_label *find_tracked(const struct way *way, size_t object, const char *now)
{
    for (size_t i = 0; i < way->labels.count; i++) {
        struct tracked_label *tracked = way->labels.items[i];

        if (tracked->object == object && strcmp(tracked->now, now) == 0)
            return tracked;
    }
    return NULL;
}

static void follow_label(struct way *way, size_t object, const struct rename_request *done)
{
    struct tracked_label *tracked = find_tracked(way, object, done->former_name);

    if (!tracked) {
        if (!rename_finds_label(way->model->objects[object], done->former_name))
            return; /* it came later */
        tracked = ARENA_NEW(way->arena, struct tracked_label);
        *tracked = (struct tracked_label){
            .object = object, .label = arena_strdup(way->model->arena, done->former_name)};
        pointer_list_add(&way->labels, way->arena, tracked);
    }
    tracked->now = arena_strdup(way->arena, done->label);
}

/* What labels are called after the renames that were carried over to the schema before. */
static void follow_labels(struct way *way, const struct model *before, const char *key,
                          size_t object)
{
    for (size_t i = 0; i < before->rename_count; i++)
        if (before->renames[i].label && strcmp(before->renames[i].enumeration->key, key) == 0)
            follow_label(way, object, &before->renames[i]);
}

/* before: the schema before the entry, with the entry's renames carried over; objects: where what is
 * followed stands in it. after: the schema after it. */
static void follow(struct way *way, const struct model *before, struct object *const *objects,
                   const struct model *after)
{
    for (size_t i = 0; i < way->model->count; i++) {
        const char *key = objects[i] ? objects[i]->key : way->now[i];

        if (!key)
            continue;
        if (model_find_key(after, key)) {
            way->now[i] = arena_strdup(way->arena, key);
            if (objects[i] && before->rename_count)
                follow_labels(way, before, key, i);
        } else if (!model_find_key(after, way->now[i])) {
            way->now[i] = NULL;
        }
    }
}

/* Takes the schema before the entry, and gives the one after it; the same where the entry says none. */
static struct model *step_over(struct way *way, struct model *before,
                               const struct record_entry *entry)
{
    struct model *wanted = read_schema(way, entry->wanted);
    struct model *after = read_schema(way, entry->after);
    struct object **objects;
    struct error unseen = {0};

    if (after) {
        objects = ARENA_ARRAY(way->arena, struct object *, way->model->count + 1);
        for (size_t i = 0; i < way->model->count; i++)
            objects[i] = way->now[i] ? model_find_key(before, way->now[i]) : NULL;
        before->rename_count = 0;
        if (wanted && rename_apply(before, wanted, &unseen))
            infer_renames(before, wanted);
        follow(way, before, objects, after);
        model_free(before);
    }
    model_free(wanted);
    return after ? after : before;
}

/* --- the requests ------------------------------------------------------------------------------- */

/* The name of the present schema once the way back has renamed it. */
static const char *name_of_schema(const struct way *way, const struct object *schema)
{
    for (size_t i = 0; i < way->model->count; i++)
        if (way->now[i] && way->model->objects[i]->kind == schema->kind &&
            strcmp(way->now[i], schema->key) == 0)
            return way->model->objects[i]->name;
    return schema->name;
}

static void request_object(struct way *way, struct object *object, const struct object *present)
{
    struct rename_request request = {
        .object = object,
        .former_name = arena_strdup(way->model->arena, present->name),
        .certain = true,
    };
    const char *const *parent = object->parent ? map_get(&way->numbers, object->parent->key) : NULL;
    bool moved = object->parent && !object->parent->parent && present->parent && parent &&
                 (!*parent || strcmp(*parent, present->parent->key) != 0);

    if (!moved && strcmp(object->name, present->name) == 0)
        return;
    if (moved)
        request.former_name = identity_qualify(way->model->arena,
                                               name_of_schema(way, present->parent), present->name);
    model_request_rename(way->model, request);
}

static void make_requests(struct way *way, const struct model *present)
{
    struct model *model = way->model;

    model->rename_count = 0;
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = way->now[i] ? model_find_key(present, way->now[i]) : NULL;

        if (object)
            request_object(way, model->objects[i], object);
    }
    for (size_t i = 0; i < way->labels.count; i++) {
        const struct tracked_label *label = way->labels.items[i];

        if (way->now[label->object] && strcmp(label->label, label->now) != 0)
            model_request_rename(model, (struct rename_request){
                                            .enumeration = model->objects[label->object],
                                            .label = label->label,
                                            .former_name = arena_strdup(model->arena, label->now),
                                            .certain = true});
    }
}

bool way_back_request(struct store *store, const struct record_entries *entries, int64_t number,
                      const struct dialect *dialect, struct model *model, struct error *error)
{
    const struct record_entry *first = record_entry_of(entries, number);
    struct arena *arena = arena_new();
    struct way way = {.arena = arena, .store = store, .dialect = dialect, .model = model};
    struct model *present = first ? read_schema(&way, first->after) : NULL;

    begin(&way);
    for (size_t i = 0; present && i < entries->count && operation_goes_on(error); i++)
        if (entries->items[i].number > number)
            present = step_over(&way, present, &entries->items[i]);
    if (present)
        make_requests(&way, present);
    model_free(present);
    arena_free(arena);
    return error->code == ERROR_NONE;
}
