/* The way through a model that is resolved. */
#include "dialect/resolve.h"

#include <stdio.h>

#include "core/operation.h"
#include "model/mention.h"

/* A syntax error inside an expression of a file is one of the parser's, found already; what is left
 * comes from a server text that this parser does not know. */
void resolve_place_error(const struct object *object, struct error *error)
{
    if (!object->location.file || error->file[0])
        return;
    snprintf(error->file, sizeof(error->file), "%s", object->location.file);
    error->line = object->location.line;
    error->column = object->location.column;
    error->source[0] = '\0';
}

static bool resolve_one(struct resolver *resolver, struct object *object, resolve_function *resolve,
                        struct error *error)
{
    if (resolve(resolver, object))
        return true;
    resolve_place_error(object, error);
    return false;
}

/* The queries of a model, each after what it reads, in the arena. */
static struct mention *order_queries(struct arena *arena, const struct model *model,
                                     query_text_function *query_text, size_t *count)
{
    struct mention *queries = ARENA_ARRAY(arena, struct mention, model->count + 1);

    *count = 0;
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];
        const char *text = object->removed ? NULL : query_text(object);

        if (text)
            queries[(*count)++] = (struct mention){object_present_name(object), text, object};
    }
    mention_order(queries, *count);
    return queries;
}

bool resolve_queries(struct resolver *resolver, const struct model *model,
                     query_text_function *query_text, resolve_function *resolve,
                     struct error *error)
{
    struct arena *scratch = arena_new();
    size_t count;
    const struct mention *queries = order_queries(scratch, model, query_text, &count);
    bool done = true;

    for (size_t i = 0; done && i < count; i++)
        done = operation_goes_on(error) && resolve_one(resolver, queries[i].item, resolve, error);
    arena_free(scratch);
    return done;
}

bool resolve_objects(struct resolver *resolver, const struct model *model,
                     resolve_function *resolve, struct error *error)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->removed)
            continue;
        if (!operation_proceeds(PHASE_RESOLVING, i + 1, model->count, model->source, error) ||
            !resolve_one(resolver, object, resolve, error))
            return false;
    }
    return true;
}
