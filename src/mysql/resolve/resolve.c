/* An unresolved model to its canonical form: names are looked up in what the model declares, expressions and
 * queries brought to one text, and what each object needs noted. */
#include "mysql/resolve/resolve.h"

#include <string.h>
#include <strings.h>

#include "dialect/resolve.h"
#include "core/text/letter_case.h"
#include "model/identity.h"

/* --- names ------------------------------------------------------------------------------------------- */

/* The schema of an object as the texts of its model call it. */
static const char *schema_of(const struct object *object)
{
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    while (object->parent && object->parent != schema)
        object = object->parent;
    if (object->former_schema)
        return object->former_schema;
    return schema ? object_present_name(schema) : "";
}

/* The schema that a qualifier means; none written: the object's own. */
static const char *meant_schema(const struct resolver *resolver, const char *written)
{
    if (!written)
        return schema_of(resolver->object);
    if (resolver->database && strcasecmp(written, resolver->database) == 0)
        return "";
    return written;
}

static const char *name_key(struct resolver *resolver, const char *schema, const char *name,
                            bool fold_case)
{
    const char *key = arena_printf(resolver->scratch, "%s\x1f%s", schema, name);

    return fold_case ? text_lower(resolver->scratch, key) : key;
}

static void register_object(struct resolver *resolver, struct object *object)
{
    const char *name = object_present_name(object);
    const char *schema = schema_of(object);

    switch ((int)object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
        map_set(&resolver->relations, name_key(resolver, schema, name, resolver->fold_case),
                object);
        break;
    case KIND_FUNCTION:
        map_set(&resolver->functions, name_key(resolver, schema, name, true), object);
        break;
    case KIND_SEQUENCE:
        map_set(&resolver->sequences, name_key(resolver, schema, name, resolver->fold_case),
                object);
        break;
    }
}

struct object *resolver_child(const struct object *parent, enum kind kind, const char *name)
{
    for (struct object *child = NULL; (child = object_next_child(parent, kind, child));)
        if (strcasecmp(object_present_name(child), name) == 0)
            return child;
    return NULL;
}

/* --- tables ------------------------------------------------------------------------------------------- */

static void add_column(struct resolver *resolver, struct canon_table *table, struct object *column)
{
    struct canon_field *field =
        canon_table_add(resolver->scratch, table, column->name, object_present_name(column),
                        as_column(column)->type, column);

    field->invisible = as_column(column)->invisible;
}

/* Columns in their order, which may not be the one in which the model got them. */
static void add_columns(struct resolver *resolver, struct canon_table *table,
                        const struct object *object)
{
    const struct text_list *order = &as_table(object)->column_order;
    struct map columns = map_new(resolver->scratch);

    for (struct object *child = NULL; (child = object_next_child(object, KIND_COLUMN, child));) {
        map_set(&columns, text_lower(resolver->scratch, child->name), child);
        if (order->count == 0)
            add_column(resolver, table, child);
    }
    for (size_t i = 0; i < order->count; i++) {
        struct object *column = map_get(&columns, text_lower(resolver->scratch, order->items[i]));

        if (column)
            add_column(resolver, table, column);
    }
}

/* A view that reads itself has no columns. */
static void add_view_columns(struct resolver *resolver, struct canon_table *table,
                             struct object *object)
{
    const struct canon_table *result = NULL;

    if (resolver_view(resolver, object))
        result = map_get(&resolver->results, object->key);
    table->complete = result && result->complete;
    for (size_t i = 0; result && i < result->fields.count; i++) {
        const struct canon_field *field = result->fields.items[i];

        canon_table_add(resolver->scratch, table, field->name, field->name, field->type, NULL);
    }
}

static const char *own_schema(void *context, const char *schema)
{
    struct resolver *resolver = context;
    const char *meant = meant_schema(resolver, schema);

    return strcmp(meant, schema_of(resolver->object)) == 0 ? NULL : meant;
}

const struct canon_table *resolver_table(struct resolver *resolver, struct object *object)
{
    struct canon_table *table = map_get(&resolver->tables, object->key);

    if (table)
        return table;
    table = canon_table_new(resolver->scratch);
    table->object = object;
    table->name = object->name;
    if (object->kind == KIND_TABLE)
        add_columns(resolver, table, object);
    else
        add_view_columns(resolver, table, object);
    if (!map_get(&resolver->busy, object->key))
        map_set(&resolver->tables, object->key, table);
    return table;
}

/* --- what canon asks ------------------------------------------------------------------------------------- */

static const struct canon_table *find_table(void *context, const char *schema, const char *name)
{
    struct resolver *resolver = context;
    const char *meant = meant_schema(resolver, schema);
    struct object *object =
        map_get(&resolver->relations, name_key(resolver, meant, name, resolver->fold_case));
    const struct canon_table *table;
    struct canon_table *printed;

    if (!object)
        return NULL;
    table = resolver_table(resolver, object);
    if (strcmp(object->parent->name, resolver->object->parent->name) == 0)
        return table;
    printed = arena_copy(resolver->scratch, table, sizeof(*table));
    printed->schema = object->parent->name;
    return printed;
}

/* Neither what an object stands in nor what stands in it. */
static void need(struct resolver *resolver, struct object *other)
{
    if (other && !object_is_below(resolver->object, other) &&
        !object_is_below(other, resolver->object))
        model_need(resolver->model, resolver->object, other);
}

static void use(void *context, struct object *object)
{
    need(context, object);
}

static void use_function(void *context, const char *schema, const char *name)
{
    struct resolver *resolver = context;

    if (resolver->functions.count > 0)
        need(resolver, map_get(&resolver->functions,
                               name_key(resolver, meant_schema(resolver, schema), name, true)));
}

static void use_sequence(void *context, const char *schema, const char *name)
{
    struct resolver *resolver = context;

    need(resolver, map_get(&resolver->sequences, name_key(resolver, meant_schema(resolver, schema),
                                                          name, resolver->fold_case)));
}

struct canon resolver_canon(struct resolver *resolver, struct object *object,
                            struct canon_scope *scope, struct object *table)
{
    resolver->object = object;
    if (table) {
        struct canon_relation *relation = ARENA_NEW(resolver->scratch, struct canon_relation);

        relation->table = resolver_table(resolver, table);
        relation->written = relation->alias = "";
        *scope = (struct canon_scope){.bare = true};
        pointer_list_add(&scope->relations, resolver->scratch, relation);
    }
    return (struct canon){.arena = resolver->scratch,
                          .flavor = resolver->flavor,
                          .scope = table ? scope : NULL,
                          .find_table = find_table,
                          .use_function = use_function,
                          .use_sequence = use_sequence,
                          .use = use,
                          .own_schema = own_schema,
                          .context = resolver};
}

/* --- judgement --------------------------------------------------------------------------------------------- */

static void note(struct resolver *resolver, const struct object *object, const char *reason)
{
    if (!object->location.file)
        return;
    text_list_add(&resolver->model->notes, resolver->arena,
                  arena_printf(resolver->arena, "%s:%d: %s: %s: only the server can tell",
                               object->location.file, object->location.line,
                               identity_print(resolver->arena, object), reason));
}

bool resolver_judge(struct resolver *resolver, struct object *object, struct expression *expression,
                    const struct canon *canon)
{
    if (canon->unknown && object->location.file) {
        error_hint(resolver->error, "Columns are looked up in what the files declare.");
        return error_set(resolver->error, ERROR_SCHEMA, "%s: there is no column %s",
                         identity_print(resolver->scratch, object), canon->unknown);
    }
    expression->incomplete = canon->incomplete || canon->unknown;
    if (canon->incomplete)
        note(resolver, object, canon->missing);
    return true;
}

/* --- the door ------------------------------------------------------------------------------------------------ */

static void prepare(struct resolver *resolver)
{
    struct model *model = resolver->model;

    resolver->database = my_setting(model, "database", NULL);
    resolver->fold_case = strcmp(my_setting(model, "lower_case_table_names", "0"), "0") != 0;
    resolver->relations = map_new(resolver->scratch);
    resolver->functions = map_new(resolver->scratch);
    resolver->sequences = map_new(resolver->scratch);
    resolver->tables = map_new(resolver->scratch);
    resolver->results = map_new(resolver->scratch);
    resolver->busy = map_new(resolver->scratch);
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed)
            register_object(resolver, model->objects[i]);
}

static const char *query_text(const struct object *object)
{
    return object->kind == KIND_VIEW ? as_view(object)->query.written : NULL;
}

static void note_needs(struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->model->count; i++) {
        struct object *object = resolver->model->objects[i];

        if (object->removed)
            continue;
        resolver->object = object;
        my_resolver_needs(resolver, object);
    }
}

bool my_resolve(struct model *model, int server_version, struct error *error)
{
    struct resolver resolver = {.model = model, .arena = model->arena, .scratch = arena_new()};
    bool done;

    resolver.flavor = server_version ? my_flavor_of_version(server_version) : my_flavor_of(model);
    resolver.error = error;
    prepare(&resolver);
    note_needs(&resolver);
    done = resolve_queries(&resolver, model, query_text, my_resolver_expressions, error) &&
           resolve_objects(&resolver, model, my_resolver_expressions, error);
    arena_free(resolver.scratch);
    return done;
}
