/* An unresolved model to its canonical form: names are resolved against what the model declares,
 * types brought to one spelling, expressions analyzed, and what each object needs noted. */
#include "postgres/resolve/resolve.h"

#include "dialect/resolve.h"
#include "postgres/resolve/describe.h"

static bool resolve_object(struct resolver *resolver, struct object *object)
{
    resolver_needs(resolver, object);
    if (object->kind == KIND_UNMODELLED)
        describe_object(resolver, object);
    return resolver_expressions(resolver, object);
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

bool pg_resolve(struct model *model, int server_version, struct error *error)
{
    struct resolver resolver = {.model = model, .arena = model->arena, .scratch = arena_new()};
    bool done;

    resolver.error = error;
    resolver.universe = pg_universe_new(resolver.scratch, server_version / 10000);
    pg_universe_offer(resolver.universe, &model->offers);
    resolver.types = map_new(resolver.scratch);
    resolver.relation_objects = map_new(resolver.scratch);
    resolver.type_objects = map_new(resolver.scratch);
    resolver.function_objects = map_new(resolver.scratch);
    resolver.named_objects = map_new(resolver.scratch);
    resolver.relations = map_new(resolver.scratch);
    resolver.functions = map_new(resolver.scratch);
    resolver_register(&resolver);
    done = resolve_queries(&resolver, model, resolver_query_text, resolver_query, error) &&
           resolve_objects(&resolver, model, resolve_object, error);
    mark_types_in_columns(model);
    if (done)
        resolver_bodies(&resolver);
    arena_free(resolver.scratch);
    return done;
}
