/* An extension that moves to another schema takes its types along: what is of such a type is not changed by that. */
#include <string.h>

#include "postgres/resolve/reconcile.h"
#include "postgres/sql/quote.h"
#include "postgres/types/type_text.h"

/* True when the text is schema.REST; *rest is what follows the dot. */
static bool stands_in(struct arena *arena, const char *type, const char *schema, const char **rest)
{
    const char *quoted = schema ? pg_quote_name(arena, schema) : "";
    size_t length = strlen(quoted);

    if (!length || strncmp(type, quoted, length) != 0 || type[length] != '.')
        return false;
    *rest = type + length + 1;
    return true;
}

static bool is_declared(struct arena *arena, const struct model *model, const char *type)
{
    return type_text_find(arena, model, type_text_split(arena, type).base) != NULL;
}

/* True when the one becomes the other by that the extension moves: nobody declares such a type. */
static bool goes_along(struct arena *arena, const struct model *from, const struct model *to,
                       const struct extension *have, const char *before, const char *after)
{
    const struct object *want = model_find_key(to, have->object.key);
    const char *old_rest, *new_rest;

    return want && as_extension(want)->schema &&
           stands_in(arena, before, have->schema, &old_rest) &&
           stands_in(arena, after, as_extension(want)->schema, &new_rest) &&
           strcmp(old_rest, new_rest) == 0 && !is_declared(arena, from, before) &&
           !is_declared(arena, to, after);
}

static const char **type_of(struct object *object)
{
    switch (object->kind) {
    case KIND_COLUMN:
        return &as_column(object)->type;
    case KIND_ATTRIBUTE:
        return &as_attribute(object)->type;
    case KIND_DOMAIN:
        return &as_domain(object)->type;
    default:
        return NULL;
    }
}

static void move_types(struct arena *arena, struct model *from, const struct model *to,
                       const struct extension *extension)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *before = from->objects[i];
        struct object *after =
            before->removed || !type_of(before) ? NULL : model_find_key(to, before->key);

        if (after && *type_of(before) && *type_of(after) &&
            goes_along(arena, from, to, extension, *type_of(before), *type_of(after)))
            *type_of(before) = *type_of(after);
    }
}

void pg_move_extension_types(struct model *from, const struct model *to)
{
    struct arena *scratch = arena_new();

    for (size_t i = 0; i < from->count; i++) {
        const struct object *object = from->objects[i];
        const struct object *want = object->removed || object->kind != KIND_EXTENSION
                                        ? NULL
                                        : model_find_key(to, object->key);

        if (want && as_extension(object)->schema && as_extension(want)->schema &&
            strcmp(as_extension(object)->schema, as_extension(want)->schema) != 0)
            move_types(scratch, from, to, as_extension(object));
    }
    arena_free(scratch);
}
