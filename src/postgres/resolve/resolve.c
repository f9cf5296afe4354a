/* An unresolved model to its canonical form: names are resolved against what the model declares,
 * types brought to one spelling, expressions analyzed, and what each object needs noted. */
#include "postgres/resolve/resolve.h"

#include <stdio.h>

#include "model/mention.h"
#include "core/operation.h"
#include "postgres/resolve/describe.h"

static bool resolve_object(struct resolver *resolver, struct object *object)
{
    resolver_needs(resolver, object);
    if (object->kind == KIND_UNMODELLED)
        describe_object(resolver, object);
    return resolver_expressions(resolver, object);
}

/* A syntax error inside an expression of a file is one of the parser's, found already; what is left
 * comes from a server text that this parser does not know. */
void pg_place_error(const struct object *object, struct error *error)
{
    if (!object->location.file || error->file[0])
        return;
    snprintf(error->file, sizeof(error->file), "%s", object->location.file);
    error->line = object->location.line;
    error->column = object->location.column;
    error->source[0] = '\0';
}

/* Tables hold values of the composite types that this object, a column or another type, is made of. */
static void mark_types(const struct object *object)
{
    for (size_t i = 0; i < object->needs.count; i++) {
        struct object *type = object->needs.items[i];

        if (type->kind == KIND_DOMAIN)
            mark_types(type);
        if (type->kind != KIND_COMPOSITE || as_composite(type)->in_columns)
            continue;
        as_composite(type)->in_columns = true;
        for (struct object *child = NULL; (child = object_next_child(type, KIND_ATTRIBUTE, child));)
            mark_types(child);
    }
}

static void mark_types_in_columns(const struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (!object->removed &&
            (object->kind == KIND_TABLE ||
             (object->kind == KIND_COLUMN && object->parent->kind == KIND_TABLE)))
            mark_types(object);
    }
}

/* What views read comes before them, so that nothing goes as deep as views build on one another. */
static bool resolve_queries(struct resolver *resolver)
{
    struct model *model = resolver->model;
    struct mention *views = ARENA_ARRAY(resolver->scratch, struct mention, model->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (!object->removed && resolver_query_text(object))
            views[count++] =
                (struct mention){.name = object->former_name ? object->former_name : object->name,
                                 .text = resolver_query_text(object),
                                 .item = object};
    }
    mention_order(views, count);
    for (size_t i = 0; i < count; i++) {
        if (!operation_goes_on(resolver->error))
            return false;
        if (!resolver_query(resolver, views[i].item)) {
            pg_place_error(views[i].item, resolver->error);
            return false;
        }
    }
    return true;
}

bool pg_resolve(struct model *model, int server_version, struct error *error)
{
    struct resolver resolver = {.model = model, .arena = model->arena, .scratch = arena_new()};
    bool done = true;

    resolver.error = error;
    resolver.universe = pg_universe_new(resolver.scratch, server_version / 10000);
    resolver.types = map_new(resolver.scratch);
    resolver.relation_objects = map_new(resolver.scratch);
    resolver.type_objects = map_new(resolver.scratch);
    resolver.function_objects = map_new(resolver.scratch);
    resolver.relations = map_new(resolver.scratch);
    resolver.functions = map_new(resolver.scratch);
    resolver_register(&resolver);
    done = resolve_queries(&resolver);
    for (size_t i = 0; i < model->count && done; i++) {
        if (model->objects[i]->removed)
            continue;
        done = operation_proceeds(PHASE_RESOLVING, i + 1, model->count, model->source, error);
        if (!done)
            break;
        done = resolve_object(&resolver, model->objects[i]);
        if (!done)
            pg_place_error(model->objects[i], error);
    }
    mark_types_in_columns(model);
    arena_free(resolver.scratch);
    return done;
}
