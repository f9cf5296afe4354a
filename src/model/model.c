/* The in-memory schema: building, changing and sealing it. */
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/operation.h"
#include "model/fields.h"
#include "model/identity.h"

static union object_address {
    const struct object *constant;
    void *plain;
} address_of(const struct object *object)
{
    return (union object_address){.constant = object};
}

/* No text of a user's leads here: the operation ends before anything is read that is not there. */
static _Noreturn void fail_cast(const struct object *object, const char *meant)
{
    char message[160];

    snprintf(message, sizeof(message), "a defect of plumb: an object of kind %d was taken for a %s",
             (int)object->kind, meant);
    operation_fail(ERROR_INTERNAL, message);
}

#define KIND(upper, lower, printed)                                                                \
    struct lower *as_##lower(const struct object *object)                                          \
    {                                                                                              \
        if (object->kind != KIND_##upper)                                                          \
            fail_cast(object, printed);                                                            \
        return address_of(object).plain;                                                           \
    }
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END

void expression_list_add(struct expression_list *list, struct arena *arena,
                         struct expression expression)
{
    list->items = list_room(arena, list->items, list->count, &list->room, sizeof(*list->items));
    list->items[list->count++] = expression;
}

struct model *model_new(const char *source)
{
    struct arena *arena = arena_new();
    struct model *model = ARENA_NEW(arena, struct model);

    model->arena = arena;
    model->source = arena_strdup(arena, source);
    model->by_key = map_new(arena);
    return model;
}

void model_free(struct model *model)
{
    if (model)
        arena_free(model->arena);
}

static void append_object(struct model *model, struct object *object)
{
    if (model->count == model->room) {
        struct object **grown;

        model->room = model->room ? model->room * 2 : 64;
        grown = ARENA_ARRAY(model->arena, struct object *, model->room);
        if (model->count)
            memcpy(grown, model->objects, model->count * sizeof(struct object *));
        model->objects = grown;
    }
    model->objects[model->count++] = object;
}

static void link_child(struct object *parent, struct object *object)
{
    object->parent = parent;
    object->next_sibling = object->previous_sibling = NULL;
    if (!parent)
        return;
    object->previous_sibling = parent->last_child;
    if (parent->last_child)
        parent->last_child->next_sibling = object;
    else
        parent->first_child = object;
    parent->last_child = object;
}

static void unlink_child(struct object *object)
{
    struct object *parent = object->parent;
    struct object *before = object->previous_sibling;
    struct object *after = object->next_sibling;

    if (!parent)
        return;
    if (before)
        before->next_sibling = after;
    else
        parent->first_child = after;
    if (after)
        after->previous_sibling = before;
    else
        parent->last_child = before;
    object->next_sibling = object->previous_sibling = NULL;
}

struct object *model_add(struct model *model, enum kind kind, struct object *parent,
                         const char *name, const char *signature)
{
    char *key = identity_key(model->arena, kind, parent, name, signature);
    struct object *object;

    if (model->sealed)
        operation_fail(ERROR_INTERNAL, "a defect of plumb: an object was added to a sealed model");
    if (map_get(&model->by_key, key))
        return NULL;
    object = arena_alloc(model->arena, kind_fields(kind).size);
    object->kind = kind;
    object->name = arena_strdup(model->arena, name);
    object->signature = arena_strdup(model->arena, signature);
    object->key = key;
    link_child(parent, object);
    map_set(&model->by_key, key, object);
    append_object(model, object);
    return object;
}

struct object *model_find_key(const struct model *model, const char *key)
{
    return map_get(&model->by_key, key);
}

struct object *model_find(const struct model *model, enum kind kind, const struct object *parent,
                          const char *name, const char *signature)
{
    /* The key is built in a scratch arena: looking up must not grow the model. */
    struct arena *scratch = arena_new();
    struct object *object =
        map_get(&model->by_key, identity_key(scratch, kind, parent, name, signature));

    arena_free(scratch);
    return object;
}

static void mark_removed(struct model *model, struct object *object)
{
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        mark_removed(model, child);
    object->removed = true;
    map_set(&model->by_key, object->key, NULL);
}

void model_remove(struct model *model, struct object *object)
{
    if (object->removed)
        return;
    mark_removed(model, object);
    unlink_child(object);
}

void model_remove_kind(struct model *model, enum kind kind)
{
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed && model->objects[i]->kind == kind)
            model_remove(model, model->objects[i]);
}

static void forget_keys(struct model *model, struct object *object)
{
    map_set(&model->by_key, object->key, NULL);
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        forget_keys(model, child);
}

static void renew_keys(struct model *model, struct object *object)
{
    object->key =
        identity_key(model->arena, object->kind, object->parent, object->name, object->signature);
    map_set(&model->by_key, object->key, object);
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        renew_keys(model, child);
}

bool model_rename(struct model *model, struct object *object, struct object *parent,
                  const char *name, const char *signature)
{
    struct object *taken = model_find(model, object->kind, parent, name, signature);

    if (taken && taken != object)
        return false;
    forget_keys(model, object);
    if (parent != object->parent) {
        unlink_child(object);
        link_child(parent, object);
    }
    object->name = arena_strdup(model->arena, name);
    object->signature = arena_strdup(model->arena, signature);
    renew_keys(model, object);
    return true;
}

static void note_once(struct arena *arena, struct pointer_list *list, struct object *object,
                      struct object *other)
{
    if (!other || other == object || pointer_list_contains(list, other))
        return;
    pointer_list_add(list, arena, other);
}

void model_need(struct model *model, struct object *object, struct object *other)
{
    note_once(model->arena, &object->needs, object, other);
}

void model_use(struct model *model, struct object *object, struct object *other)
{
    note_once(model->arena, &object->uses, object, other);
}

void model_request_rename(struct model *model, struct rename_request request)
{
    if (model->rename_count == model->rename_room) {
        struct rename_request *grown;

        model->rename_room = model->rename_room ? model->rename_room * 2 : 8;
        grown = ARENA_ARRAY(model->arena, struct rename_request, model->rename_room);
        if (model->rename_count)
            memcpy(grown, model->renames, model->rename_count * sizeof(*grown));
        model->renames = grown;
    }
    model->renames[model->rename_count++] = request;
}

static int compare_objects(const void *a, const void *b)
{
    const struct object *x = *(struct object *const *)a;
    const struct object *y = *(struct object *const *)b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return strcmp(x->key, y->key);
}

static void sort_sets(struct object *object)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].type == FIELD_SET)
            text_list_sort(field_of(object, &fields.items[i]));
}

/* Puts the children in the model's order, so that whatever walks them gives the same output for any
 * order of the sources. */
static void sort_children(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        model->objects[i]->first_child = NULL;
        model->objects[i]->last_child = NULL;
    }
    for (size_t i = 0; i < model->count; i++)
        link_child(model->objects[i]->parent, model->objects[i]);
}

static struct digest roll_up(struct object *object, struct digest_state *state)
{
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        roll_up(child, state);
    digest_digest(state, object->digest);
    for (struct object *child = object->first_child; child; child = child->next_sibling) {
        digest_integer(state, child->kind);
        digest_text(state, child->name);
        digest_text(state, child->signature);
        digest_digest(state, child->rollup);
    }
    object->rollup = digest_end_and_reset(state);
    return object->rollup;
}

static void compute_digests(struct model *model)
{
    struct digest_state *state = digest_begin();
    struct digest_state *whole = digest_begin();

    for (size_t i = 0; i < model->count; i++) {
        fields_digest(model->objects[i], state);
        model->objects[i]->digest = digest_end_and_reset(state);
    }
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->parent) {
            digest_text(whole, model->objects[i]->key);
            digest_digest(whole, roll_up(model->objects[i], state));
        }
    digest_free(state);
    model->digest = digest_end(whole);
}

static int compare_needs(const void *a, const void *b)
{
    const struct object *x = *(struct object *const *)a;
    const struct object *y = *(struct object *const *)b;

    return strcmp(x->key, y->key);
}

static void drop_removed(struct pointer_list *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct object *needed = list->items[i];

        if (!needed->removed)
            list->items[kept++] = needed;
    }
    list->count = kept;
    if (kept > 1)
        qsort(list->items, kept, sizeof(*list->items), compare_needs);
}

void model_seal(struct model *model)
{
    size_t kept = 0;

    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed)
            model->objects[kept++] = model->objects[i];
    model->count = kept;
    for (size_t i = 0; i < model->count; i++) {
        sort_sets(model->objects[i]);
        drop_removed(&model->objects[i]->needs);
        drop_removed(&model->objects[i]->uses);
    }
    if (model->count)
        qsort(model->objects, model->count, sizeof(*model->objects), compare_objects);
    for (size_t i = 0; i < model->count; i++)
        model->objects[i]->rank = i;
    sort_children(model);
    compute_digests(model);
    model->sealed = true;
}

struct object *object_child(const struct object *object, enum kind kind, const char *name)
{
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        if (child->kind == kind && strcmp(child->name, name) == 0)
            return child;
    return NULL;
}

bool object_is_declared(const struct object *object)
{
    return object->declared || object->location.file;
}

struct object *object_next_child(const struct object *object, enum kind kind,
                                 const struct object *after)
{
    struct object *child = after ? after->next_sibling : object->first_child;

    while (child && child->kind != kind)
        child = child->next_sibling;
    return child;
}

const char *object_present_name(const struct object *object)
{
    return object->former_name ? object->former_name : object->name;
}

struct object *object_ancestor(const struct object *object, enum kind kind)
{
    while (object && object->kind != kind)
        object = object->parent;
    return object ? address_of(object).plain : NULL;
}

bool object_is_below(const struct object *object, const struct object *ancestor)
{
    while (object && object != ancestor)
        object = object->parent;
    return object != NULL;
}

void object_forget_below(struct object *object, const struct object *ancestor)
{
    size_t kept = 0;

    for (size_t i = 0; i < object->needs.count; i++)
        if (!object_is_below(object->needs.items[i], ancestor))
            object->needs.items[kept++] = object->needs.items[i];
    object->needs.count = kept;
}

bool object_is_left(const struct object *object)
{
    while (object && object->hold == HOLD_NONE)
        object = object->parent;
    return object && object->hold == HOLD_LEFT;
}

bool object_needs(const struct object *object, const struct object *other)
{
    return pointer_list_contains(&object->needs, other);
}

enum { listed_not_run = 20 };

void model_note_not_run(struct model *model)
{
    const struct text_list *places = &model->not_run;

    if (!places->count)
        return;
    for (size_t i = 0; i < places->count && i < listed_not_run; i++)
        text_list_add(&model->notes, model->arena,
                      arena_printf(model->arena, "%s: not run", places->items[i]));
    text_list_add(&model->notes, model->arena,
                  arena_printf(model->arena,
                               "%zu statement%s that may make objects %s not run: without --allow "
                               "undeclared nothing is dropped that the files do not declare; with "
                               "--scratch URL a server runs the files",
                               places->count, places->count == 1 ? "" : "s",
                               places->count == 1 ? "is" : "are"));
}

size_t model_first_of(const struct model *model, enum kind kind)
{
    size_t first = 0;
    size_t end = model && model->sealed ? model->count : 0;

    while (first < end) {
        size_t middle = first + (end - first) / 2;

        if (model->objects[middle]->kind < kind)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

void model_name_user(struct model *model)
{
    for (size_t i = 0; model->current_user && i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->kind == KIND_DEFAULT_PRIVILEGE &&
            text_equal(as_default_privilege(object)->role, ""))
            as_default_privilege(object)->role = model->current_user;
    }
    model->current_user = NULL;
}
