/* Models from a few lines of text, for tests that want to say what a model holds and nothing else.
 *
 * A line is "HANDLE = KIND NAME in HANDLE" and parts after " | ":
 *
 *   = VALUE          its first compared field that is a text, expression, list or set (at commas)
 *   NAME = VALUE     the field of that name, likewise
 *   refs H ...       its reference field(s)       needs H ...   what it needs besides
 *   uses H ...       what code that making it runs uses
 *   sig TYPES        its signature                was NAME      its former name
 *   from NAME        a rename that the author asked for
 *   chosen, implied, adopted  these flags
 *
 * The kind is the word of its keys; the name "-" is the empty one; "in" is left out at the top. Lines
 * may stand in any order. */
#ifndef PLUMB_TESTS_WORLD_H
#define PLUMB_TESTS_WORLD_H

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "model/fields.h"
#include "model/identity.h"
#include "model/model.h"

struct world {
    struct model *model;
    struct map handles;
};

static inline enum kind kind_of_word(const char *word)
{
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++)
        if (strcmp(kind_word((enum kind)kind), word) == 0)
            return (enum kind)kind;
    fail_msg("no kind %s", word);
    return KIND_NONE;
}

static inline struct object *get(const struct world *world, const char *handle)
{
    struct object *object = map_get(&world->handles, handle);

    if (!object)
        fail_msg("no object %s", handle);
    return object;
}

static inline struct text_list split(struct arena *arena, const char *text, const char *separator)
{
    struct text_list list = {0};
    const char *end;

    while ((end = strstr(text, separator))) {
        text_list_add(&list, arena, arena_strndup(arena, text, (size_t)(end - text)));
        text = end + strlen(separator);
    }
    text_list_add(&list, arena, text);
    return list;
}

static inline void set_field(struct arena *arena, struct object *object, const struct field *field,
                             const char *value)
{
    void *place = field_of(object, field);

    switch (field->type) {
    case FIELD_TEXT:
        *(const char **)place = value;
        break;
    case FIELD_EXPRESSION:
        *(struct expression *)place = (struct expression){.written = value, .canonical = value};
        break;
    case FIELD_LIST:
    case FIELD_SET:
    case FIELD_OPTIONS:
        *(struct text_list *)place = split(arena, value, ",");
        break;
    case FIELD_FLAG:
        *(bool *)place = strcmp(value, "yes") == 0;
        break;
    case FIELD_NUMBER:
        *(int64_t *)place = strtoll(value, NULL, 10);
        break;
    case FIELD_EXPRESSIONS:
        expression_list_add(place, arena,
                            (struct expression){.written = value, .canonical = value});
        break;
    case FIELD_REFERENCE:
    case FIELD_REFERENCES:
        fail_msg("use refs for %s", field->name);
    }
}

static inline const struct field *main_field(enum kind kind)
{
    struct fields fields = kind_fields(kind);

    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].compared &&
            (fields.items[i].type == FIELD_TEXT || fields.items[i].type == FIELD_EXPRESSION ||
             fields.items[i].type == FIELD_LIST || fields.items[i].type == FIELD_SET ||
             fields.items[i].type == FIELD_OPTIONS || fields.items[i].type == FIELD_EXPRESSIONS))
            return &fields.items[i];
    fail_msg("%s has no field for a value", kind_word(kind));
    return NULL;
}

static inline void set_named(struct arena *arena, struct object *object, const char *part)
{
    const char *value = strstr(part, " = ");
    int number;

    if (!value)
        fail_msg("what does \"%s\" mean?", part);
    number = kind_field(object->kind, arena_strndup(arena, part, (size_t)(value - part)));
    if (number < 0)
        fail_msg("no such field: %s", part);
    set_field(arena, object, &kind_fields(object->kind).items[number], value + 3);
}

static inline void set_reference(const struct world *world, struct object *object,
                                 const char *handle)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++) {
        void *place = field_of(object, &fields.items[i]);

        if (fields.items[i].type == FIELD_REFERENCE) {
            *(struct object **)place = get(world, handle);
            return;
        }
        if (fields.items[i].type == FIELD_REFERENCES) {
            pointer_list_add(place, world->model->arena, get(world, handle));
            return;
        }
    }
    fail_msg("%s has no references", kind_word(object->kind));
}

static inline bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static inline void add_part(const struct world *world, struct object *object, const char *part)
{
    struct arena *arena = world->model->arena;
    struct text_list words = split(arena, part, " ");

    if (starts_with(part, "= "))
        set_field(arena, object, main_field(object->kind), part + 2);
    else if (starts_with(part, "needs "))
        for (size_t i = 1; i < words.count; i++)
            model_need(world->model, object, get(world, words.items[i]));
    else if (starts_with(part, "uses "))
        for (size_t i = 1; i < words.count; i++)
            model_use(world->model, object, get(world, words.items[i]));
    else if (starts_with(part, "refs "))
        for (size_t i = 1; i < words.count; i++)
            set_reference(world, object, words.items[i]);
    else if (starts_with(part, "was "))
        object->former_name = part + 4;
    else if (starts_with(part, "from "))
        model_request_rename(world->model,
                             (struct rename_request){.object = object, .former_name = part + 5});
    else if (strcmp(part, "chosen") == 0)
        object->name_chosen = true;
    else if (strcmp(part, "implied") == 0)
        object->implied = true;
    else if (strcmp(part, "adopted") == 0)
        object->adopted = true;
    else if (!starts_with(part, "sig "))
        set_named(arena, object, part);
}

static inline const char *signature_of(const struct text_list *parts)
{
    for (size_t i = 1; i < parts->count; i++)
        if (starts_with(parts->items[i], "sig "))
            return parts->items[i] + 4;
    return NULL;
}

/* Adds the line's object if its parent is there already. */
static inline bool add_line(struct world *world, const char *line)
{
    struct arena *arena = world->model->arena;
    struct text_list parts = split(arena, line, " | ");
    struct text_list words = split(arena, parts.items[0], " ");
    struct object *parent = NULL;
    struct object *object;

    assert_true(words.count == 4 || words.count == 6);
    if (words.count == 6) {
        parent = map_get(&world->handles, words.items[5]);
        if (!parent)
            return false;
    }
    object =
        model_add(world->model, kind_of_word(words.items[2]), parent,
                  strcmp(words.items[3], "-") == 0 ? "" : words.items[3], signature_of(&parts));
    assert_non_null(object);
    map_set(&world->handles, words.items[0], object);
    return true;
}

static inline void add_all(struct world *world, const char *const *lines, const size_t *order,
                           size_t count)
{
    bool *added = ARENA_ARRAY(world->model->arena, bool, count);
    size_t left = count;

    while (left) {
        size_t before = left;

        for (size_t i = 0; i < count; i++)
            if (!added[i] && add_line(world, lines[order[i]])) {
                added[i] = true;
                left--;
            }
        if (left == before)
            fail_msg("a parent is missing");
    }
}

/* Fills a new model with the NULL-terminated lines, taken in an order that seed (0: as they stand)
 * makes. Does not seal it. */
static inline struct world world_fill(struct model *model, const char *const *lines, uint64_t seed)
{
    struct world world = {.model = model};
    struct arena *arena = world.model->arena;
    size_t count = 0;
    size_t *order;

    world.handles = map_new(arena);
    while (lines[count])
        count++;
    order = ARENA_ARRAY(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    if (seed)
        shuffle(order, count, &seed);
    add_all(&world, lines, order, count);
    for (size_t i = 0; i < count; i++) {
        const char *line = lines[order[i]];
        struct text_list parts = split(arena, line, " | ");
        const char *handle = split(arena, line, " ").items[0];

        for (size_t j = 1; j < parts.count; j++)
            add_part(&world, get(&world, handle), parts.items[j]);
    }
    return world;
}

static inline struct world world_open(const char *const *lines, uint64_t seed)
{
    return world_fill(model_new("test"), lines, seed);
}

static inline struct world world_sealed(const char *const *lines)
{
    struct world world = world_open(lines, 0);

    model_seal(world.model);
    return world;
}

static inline void world_free(struct world *world)
{
    model_free(world->model);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define OPEN(...) world_open(LINES(__VA_ARGS__), 0)
#define SEALED(...) world_sealed(LINES(__VA_ARGS__))

#endif
