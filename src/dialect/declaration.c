/* What is said of declarations. */
#include "dialect/declaration.h"

#include "core/text/nearest.h"

void declaration_hint(struct error *error, const char *words, const struct object *object)
{
    if (object->location.file)
        error_hint(error, "%s at %s:%d.", words, object->location.file, object->location.line);
}

const char *declaration_nearest(struct arena *arena, const struct object *parent, enum kind kind,
                                const char *name)
{
    struct text_list names = {0};

    for (const struct object *child = parent->first_child; child; child = child->next_sibling)
        if (child->kind == kind)
            text_list_add(&names, arena, child->name);
    return nearest_name(name, names.items, names.count);
}

void declaration_not_run(struct model *model, struct location place, const char *what)
{
    const char *line =
        arena_printf(model->arena, "%s:%d: %s", place.file ? place.file : "", place.line, what);

    if (!text_list_contains(&model->not_run, line))
        text_list_add(&model->not_run, model->arena, line);
}
