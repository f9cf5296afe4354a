/* Objects of one model taken over into another. */
#include "model/takeover.h"

#include <string.h>

#include "model/fields.h"

/* --- fields ------------------------------------------------------------------------------------ */

static struct expression copy_expression(struct arena *arena, const struct expression *original)
{
    return (struct expression){.written = arena_strdup(arena, original->written),
                               .canonical = arena_strdup(arena, original->canonical),
                               .incomplete = original->incomplete};
}

static struct expression_list copy_expressions(struct arena *arena,
                                               const struct expression_list *original)
{
    struct expression_list copy = {0};

    for (size_t i = 0; i < original->count; i++)
        expression_list_add(&copy, arena, copy_expression(arena, &original->items[i]));
    return copy;
}

static bool copy_references(struct model *model, struct pointer_list *copy,
                            const struct pointer_list *original)
{
    struct pointer_list list = {0};

    for (size_t i = 0; i < original->count; i++) {
        const struct object *other = original->items[i];
        struct object *twin = model_find_key(model, other->key);

        if (twin)
            pointer_list_add(&list, model->arena, twin);
    }
    *copy = list;
    return list.count == original->count;
}

/* False where it refers to what the model lacks. */
static bool copy_field(struct model *model, struct object *copy, const struct object *original,
                       const struct field *field)
{
    void *into = field_of(copy, field);
    const void *value = field_of(original, field);
    const struct object *other;

    switch (field->type) {
    case FIELD_TEXT:
        *(const char **)into = arena_strdup(model->arena, *(const char *const *)value);
        return true;
    case FIELD_FLAG:
        *(bool *)into = *(const bool *)value;
        return true;
    case FIELD_NUMBER:
        *(int64_t *)into = *(const int64_t *)value;
        return true;
    case FIELD_LIST:
    case FIELD_SET:
    case FIELD_OPTIONS:
        *(struct text_list *)into = text_list_copy(value, model->arena);
        return true;
    case FIELD_EXPRESSION:
        *(struct expression *)into = copy_expression(model->arena, value);
        return true;
    case FIELD_EXPRESSIONS:
        *(struct expression_list *)into = copy_expressions(model->arena, value);
        return true;
    case FIELD_REFERENCE:
        other = *(struct object *const *)value;
        *(struct object **)into = other ? model_find_key(model, other->key) : NULL;
        return !other || *(struct object **)into;
    case FIELD_REFERENCES:
        return copy_references(model, into, value);
    }
    return true;
}

static const struct text_list *copy_path(struct arena *arena, const struct text_list *original)
{
    struct text_list *copy;

    if (!original)
        return NULL;
    copy = ARENA_NEW(arena, struct text_list);
    *copy = text_list_copy(original, arena);
    return copy;
}

bool object_copy_fields(struct model *model, struct object *copy, const struct object *original)
{
    struct fields fields = kind_fields(original->kind);
    bool whole = true;

    for (size_t i = 0; i < fields.count; i++)
        whole = copy_field(model, copy, original, &fields.items[i]) && whole;
    copy->search_path = copy_path(model->arena, original->search_path);
    copy->implied = original->implied;
    copy->name_chosen = original->name_chosen;
    copy->verbatim = arena_strdup(model->arena, original->verbatim);
    for (size_t i = 0; i < original->needs.count; i++) {
        const struct object *needed = original->needs.items[i];

        model_need(model, copy, model_find_key(model, needed->key));
    }
    return whole;
}

/* --- objects ------------------------------------------------------------------------------------ */

struct object *takeover_add(struct takeover *takeover, const struct object *object)
{
    struct object *copy = model_find_key(takeover->to, object->key);
    struct object *parent;

    if (copy)
        return copy;
    parent = object->parent ? takeover_add(takeover, object->parent) : NULL;
    copy = model_add(takeover->to, object->kind, parent, object->name, object->signature);
    pointer_list_add(&takeover->originals, takeover->arena, (void *)(uintptr_t)object);
    pointer_list_add(&takeover->copies, takeover->arena, copy);
    return copy;
}

struct object *takeover_overwrite(struct takeover *takeover, const struct object *object)
{
    struct object *copy = model_find_key(takeover->to, object->key);

    if (!copy)
        return takeover_add(takeover, object);
    copy->needs = (struct pointer_list){0};
    pointer_list_add(&takeover->originals, takeover->arena, (void *)(uintptr_t)object);
    pointer_list_add(&takeover->copies, takeover->arena, copy);
    return copy;
}

void takeover_finish(struct takeover *takeover, struct pointer_list *lacking)
{
    for (size_t i = 0; i < takeover->copies.count; i++) {
        struct object *copy = takeover->copies.items[i];

        if (!object_copy_fields(takeover->to, copy, takeover->originals.items[i]))
            pointer_list_add(lacking, takeover->arena, copy);
    }
}

void object_reclaim(struct model *model, struct object *object)
{
    struct fields fields = kind_fields(object->kind);

    while (object->first_child)
        model_remove(model, object->first_child);
    memset((char *)object + sizeof(*object), 0, fields.size - sizeof(*object));
    object->needs = (struct pointer_list){0};
    object->search_path = NULL;
    object->verbatim = NULL;
    object->adopted = object->implied = object->name_chosen = false;
}
