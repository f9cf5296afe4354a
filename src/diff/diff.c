/* Two sealed models to deltas. Both object arrays are in one order, so that one walk along both is
 * enough; equal digests end the comparison of an object. */
#include "diff/diff.h"

#include <string.h>

#include "core/map.h"
#include "model/fields.h"

static struct delta *add_delta(struct delta_list *list, struct arena *arena, struct delta delta)
{
    list->items = list_room(arena, list->items, list->count, &list->room, sizeof(*list->items));
    list->items[list->count] = delta;
    return &list->items[list->count++];
}

static int compare_identity(const struct object *a, const struct object *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return strcmp(a->key, b->key);
}

static void compare_pair(struct delta_list *list, struct arena *arena, struct object *before,
                         struct object *after)
{
    uint64_t changed = 0;

    if (before->promised) {
        add_delta(list, arena, (struct delta){.change = DELTA_ADDED, .after = after});
        return;
    }
    if (before->former_name || before->former_schema)
        add_delta(list, arena,
                  (struct delta){.change = DELTA_RENAMED, .before = before, .after = after});
    if (!digest_equal(before->digest, after->digest))
        changed = fields_changed(before, after);
    if (changed)
        add_delta(
            list, arena,
            (struct delta){
                .change = DELTA_CHANGED, .before = before, .after = after, .changed = changed});
}

/* Content and place, without the name: what a removed and an added object must share to look like
 * one that was renamed. */
static const char *content_key(struct arena *arena, const struct object *object)
{
    char digest[33];

    digest_print(object->rollup, digest);
    return arena_printf(arena, "%d %s %s", (int)object->kind, digest,
                        object->parent ? object->parent->key : "");
}

/* True when any field of the object holds something. */
static bool has_values(struct arena *arena, const struct object *object)
{
    struct object *blank = arena_alloc(arena, kind_fields(object->kind).size);

    blank->kind = object->kind;
    return fields_changed(object, blank) != 0;
}

/* Only objects with something in them can be recognized by their content. */
static bool has_content(struct arena *arena, const struct object *object)
{
    return object->name[0] && !object->implied &&
           (object->first_child ||
            (kind_fields(object->kind).count > 1 && has_values(arena, object)));
}

static void find_lookalikes(struct delta_list *list, struct arena *arena)
{
    struct map removed = map_new(arena);

    for (size_t i = 0; i < list->count; i++) {
        struct delta *delta = &list->items[i];

        if (delta->change == DELTA_REMOVED && has_content(arena, delta->before))
            map_set(&removed, content_key(arena, delta->before), delta);
    }
    if (!removed.count)
        return;
    for (size_t i = 0; i < list->count; i++) {
        struct delta *delta = &list->items[i];
        const char *key;
        struct delta *other;

        if (delta->change != DELTA_ADDED || !has_content(arena, delta->after))
            continue;
        key = content_key(arena, delta->after);
        other = map_get(&removed, key);
        if (!other)
            continue;
        delta->looks_like = other;
        other->looks_like = delta;
        map_set(&removed, key, NULL);
    }
}

struct delta_list diff_models(const struct model *from, const struct model *to, struct arena *arena)
{
    struct delta_list list = {0};
    size_t i = 0;
    size_t j = 0;

    while (i < from->count || j < to->count) {
        int order = i == from->count ? 1
                    : j == to->count ? -1
                                     : compare_identity(from->objects[i], to->objects[j]);

        if (order < 0)
            add_delta(&list, arena,
                      (struct delta){.change = DELTA_REMOVED, .before = from->objects[i++]});
        else if (order > 0)
            add_delta(&list, arena,
                      (struct delta){.change = DELTA_ADDED, .after = to->objects[j++]});
        else
            compare_pair(&list, arena, from->objects[i++], to->objects[j++]);
    }
    find_lookalikes(&list, arena);
    return list;
}
