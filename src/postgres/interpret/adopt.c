/* What files use without declaring it, and the database that they are meant for has: types that a setup
 * of its own made, types of its extensions. Where nothing else helps they are adopted: the model gets
 * them, marked so, and whatever the database has stays as it is (see reconcile.c). */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "postgres/interpret/base/base.h"
#include "postgres/interpret/interpret.h"

/* "known" and then what, schema, name and detail, each behind a separator. */
static const char mark[] = "known\x1f";

struct known {
    const char *what; /* enum, domain, extension */
    const char *schema;
    const char *name;
    const char *detail; /* of a domain: its base type */
};

static const char *take(struct arena *arena, const char **text)
{
    size_t length = strcspn(*text, "\x1f");
    const char *part = arena_strndup(arena, *text, length);

    *text += length;
    *text += **text != '\0';
    return part;
}

static bool read_known(struct arena *arena, const char *setting, struct known *known)
{
    if (strncmp(setting, mark, strlen(mark)) != 0)
        return false;
    setting += strlen(mark);
    known->what = take(arena, &setting);
    known->schema = take(arena, &setting);
    known->name = take(arena, &setting);
    known->detail = take(arena, &setting);
    return true;
}

static void note(struct model *model, const char *what, const char *schema, const char *name,
                 const char *detail)
{
    text_list_add(&model->settings, model->arena,
                  arena_printf(model->arena, "%s%s\x1f%s\x1f%s\x1f%s", mark, what, schema, name,
                               detail ? detail : ""));
}

void pg_note_known(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->removed)
            continue;
        if (object->kind == KIND_ENUM)
            note(model, "enum", object->parent->name, object->name, NULL);
        else if (object->kind == KIND_DOMAIN)
            note(model, "domain", object->parent->name, object->name, as_domain(object)->type);
        else if (object->kind == KIND_EXTENSION && as_extension(object)->schema)
            note(model, "extension", as_extension(object)->schema, object->name, NULL);
    }
}

static struct object *add(struct interpreter *interpreter, enum kind kind, const char *schema,
                          const char *name)
{
    struct model *model = interpreter->model;
    struct object *parent = schema ? model_find(model, KIND_SCHEMA, NULL, schema, NULL) : NULL;
    struct object *object;

    if (schema && !parent)
        return NULL;
    object = model_add(model, kind, parent, name, NULL);
    if (!object)
        return NULL;
    object->adopted = true;
    return object;
}

static bool adopt(struct interpreter *interpreter, const struct known *known)
{
    bool domain = strcmp(known->what, "domain") == 0;
    struct object *object;

    object = add(interpreter, domain ? KIND_DOMAIN : KIND_ENUM, known->schema, known->name);
    if (!object)
        return false;
    if (domain)
        as_domain(object)->type = known->detail;
    interpret_register(interpreter, object);
    return true;
}

/* A file that names extensions names all that it wants. */
static bool names_extensions(const struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed && model->objects[i]->kind == KIND_EXTENSION &&
            !model->objects[i]->adopted)
            return true;
    return false;
}

bool interpret_adopt_extensions(struct interpreter *interpreter)
{
    const struct text_list *settings = &interpreter->model->settings;
    bool any = false;

    if (names_extensions(interpreter->model))
        return false;
    for (size_t i = 0; i < settings->count; i++) {
        struct known known;
        struct object *object;

        if (!read_known(interpreter->arena, settings->items[i], &known) ||
            strcmp(known.what, "extension") != 0)
            continue;
        object = add(interpreter, KIND_EXTENSION, NULL, known.name);
        if (!object)
            continue;
        as_extension(object)->schema = known.schema;
        interpret_register(interpreter, object);
        any = true;
    }
    return any;
}

static bool is_on_path(const struct interpreter *interpreter, const char *schema)
{
    return text_list_contains(interpreter->search_path, schema);
}

bool interpret_adopt_type(struct interpreter *interpreter, const TypeName *type)
{
    const struct text_list *settings = &interpreter->model->settings;
    const char *schema;
    const char *name;

    interpret_name(type->names, &schema, &name);
    for (size_t i = 0; i < settings->count; i++) {
        struct known known;

        if (read_known(interpreter->arena, settings->items[i], &known) &&
            strcmp(known.what, "extension") != 0 && strcmp(known.name, name) == 0 &&
            (schema ? strcmp(known.schema, schema) == 0 : is_on_path(interpreter, known.schema)))
            return adopt(interpreter, &known);
    }
    return interpret_adopt_extensions(interpreter);
}
