/* Types as format_type prints them, in their parts. */
#include "postgres/types/type_text.h"

#include <stdlib.h>
#include <string.h>

#include "postgres/sql/quote.h"

/* The first parenthesis outside double quotes; NULL when there is none. */
static const char *find_parenthesis(const char *text)
{
    bool quoted = false;

    for (; *text; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (*text == '(' && !quoted)
            return text;
    }
    return NULL;
}

static void split_modifiers(struct arena *arena, struct type_text *parts, const char *text)
{
    const char *open = find_parenthesis(text);
    const char *close = open ? strchr(open, ')') : NULL;

    parts->base = text;
    if (!close)
        return;
    parts->base = arena_printf(arena, "%.*s%s", (int)(open - text), text, close + 1);
    parts->modifiers = arena_strndup(arena, open + 1, (size_t)(close - open - 1));
    parts->first = strtol(parts->modifiers, NULL, 10);
    if (strchr(parts->modifiers, ','))
        parts->second = strtol(strchr(parts->modifiers, ',') + 1, NULL, 10);
}

struct type_text type_text_split(struct arena *arena, const char *type)
{
    struct type_text parts = {.first = -1, .second = -1};
    size_t length = strlen(type);

    while (length > 2 && strncmp(type + length - 2, "[]", 2) == 0) {
        parts.array = true;
        length -= 2;
    }
    split_modifiers(arena, &parts, arena_strndup(arena, type, length));
    if (strncmp(parts.base, "interval ", 9) == 0) {
        parts.fields = parts.base + 9;
        parts.base = "interval";
    } else if (strcmp(parts.base, "bpchar") == 0) {
        parts.base = "character";
    } else if (strcmp(parts.base, "\"bit\"") == 0) {
        parts.base = "bit";
    }
    return parts;
}

static bool is_user_type(enum kind kind)
{
    return kind == KIND_DOMAIN || kind == KIND_ENUM || kind == KIND_RANGE || kind == KIND_COMPOSITE;
}

const struct object *type_text_find(struct arena *arena, const struct model *model,
                                    const char *base)
{
    for (size_t i = model_first_of(model, KIND_ENUM); model && i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->kind > KIND_RANGE && model->sealed)
            return NULL;
        if (is_user_type(object->kind) && !object->removed && object->parent &&
            strcmp(pg_qualify(arena, object->parent->name, object->name), base) == 0)
            return object;
    }
    return NULL;
}

struct type_text type_text_below(struct arena *arena, const struct model *model, const char *type)
{
    struct type_text parts = type_text_split(arena, type);

    parts.model = model;
    while (strchr(parts.base, '.')) {
        const struct object *object = type_text_find(arena, model, parts.base);
        struct pointer_list domains = parts.domains;
        bool array = parts.array;

        parts.object = object;
        if (!object || object->kind != KIND_DOMAIN || domains.count > 100)
            break;
        pointer_list_add(&domains, arena, (void *)(uintptr_t)object);
        parts = type_text_split(arena, as_domain(object)->type);
        parts.array = parts.array || array;
        parts.domains = domains;
        parts.model = model;
    }
    return parts;
}

const char *type_text_bare(struct arena *arena, const struct type_text *type)
{
    const char *base = type->base;

    if (strcmp(base, "character") == 0) /* alone it would mean one character */
        base = "bpchar";
    else if (strcmp(base, "bit") == 0)
        base = "\"bit\"";
    return arena_printf(arena, "%s%s", base, type->array ? "[]" : "");
}
