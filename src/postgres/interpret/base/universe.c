/* The universe as the interpreter sees it: the built-ins and the types, relations and extensions
 * that the files have declared so far, for the names of types. Expressions are resolved later,
 * against a universe of the finished model. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>

#include "postgres/canon/canon.h"
#include "postgres/interpret/base/base.h"
#include "postgres/types/types.h"

struct fill_context {
    struct interpreter *interpreter;
    const struct object *object;
    bool busy; /* a view's query is being analyzed: it reads itself */
};

static struct pg_column make_column(struct interpreter *interpreter, const char *name,
                                    const char *type, const char *collation)
{
    struct error ignored = {0};
    struct pg_column column = {.name = name, .typmod = -1, .collation = collation};

    if (type)
        column.type =
            pg_resolve_type(interpret_universe(interpreter), type, &column.typmod, &ignored);
    return column;
}

static size_t count_children(const struct object *object, enum kind kind)
{
    size_t count = 0;

    for (const struct object *child = NULL;
         (child = object_next_child(object, kind, child)) != NULL;)
        count++;
    return count;
}

static int fill_composite(struct interpreter *interpreter, const struct object *object,
                          struct pg_column *columns)
{
    int count = 0;

    for (const struct object *child = NULL;
         (child = object_next_child(object, KIND_ATTRIBUTE, child)) != NULL;)
        columns[count++] = make_column(interpreter, child->name, as_attribute(child)->type,
                                       as_attribute(child)->collation);
    return count;
}

static int fill_table(struct interpreter *interpreter, const struct object *object,
                      struct pg_column *columns)
{
    struct pointer_list list = interpret_table_columns(interpreter, object);

    for (size_t i = 0; i < list.count; i++) {
        const struct column *column = list.items[i];

        columns[i] = make_column(interpreter, column->object.name, column->type, column->collation);
    }
    return (int)list.count;
}

/* A view's columns are those of its query, under the path that it was declared under. */
static void fill_view(struct pg_relation *relation, struct fill_context *context)
{
    struct interpreter *interpreter = context->interpreter;
    const struct object *object = context->object;
    bool plain = object->kind == KIND_VIEW;
    const char *query =
        plain ? as_view(object)->query.written : as_materialized_view(object)->query.written;
    const struct text_list *names =
        plain ? &as_view(object)->columns : &as_materialized_view(object)->columns;
    struct pg_analysis analysis = {0};
    struct error ignored = {0};

    if (!query || context->busy)
        return;
    context->busy = true;
    pg_universe_set_search_path(interpreter->universe, object->search_path);
    if (pg_analyze_query(interpreter->universe, query, names->count ? names : NULL, NULL,
                         interpreter->arena, &analysis, &ignored)) {
        relation->columns = analysis.columns;
        relation->column_count = analysis.column_count;
    }
    pg_universe_set_search_path(interpreter->universe, interpreter->universe_path);
    context->busy = false;
}

/* Called when the columns of a relation are asked for: users.id%TYPE. */
static void fill_relation(struct pg_relation *relation, void *pointer)
{
    struct fill_context *context = pointer;
    const struct object *object = context->object;
    struct pg_column *columns;
    size_t room = count_children(object, KIND_COLUMN) + count_children(object, KIND_ATTRIBUTE);

    if (object->kind == KIND_VIEW || object->kind == KIND_MATERIALIZED_VIEW)
        fill_view(relation, context);
    if (object->kind != KIND_TABLE && object->kind != KIND_COMPOSITE)
        return;
    columns = ARENA_ARRAY(context->interpreter->arena, struct pg_column, room + 1);
    relation->column_count = object->kind == KIND_TABLE
                                 ? fill_table(context->interpreter, object, columns)
                                 : fill_composite(context->interpreter, object, columns);
    relation->columns = columns;
}

static char relation_letter(enum kind kind)
{
    switch (kind) {
    case KIND_VIEW:
        return 'v';
    case KIND_MATERIALIZED_VIEW:
        return 'm';
    case KIND_COMPOSITE:
        return 'c';
    default:
        return 'r';
    }
}

static void register_relation(struct interpreter *interpreter, struct pg_universe *universe,
                              struct object *object)
{
    struct fill_context *context = ARENA_NEW(interpreter->arena, struct fill_context);

    context->interpreter = interpreter;
    context->object = object;
    pg_universe_add_relation(universe, (struct pg_relation){.schema = object->parent->name,
                                                            .name = object->name,
                                                            .kind = relation_letter(object->kind),
                                                            .fill = fill_relation,
                                                            .fill_context = context,
                                                            .user = true});
}

static void register_domain(struct pg_universe *universe, struct object *object)
{
    struct error ignored = {0};
    struct pg_type type = {.schema = object->parent->name,
                           .name = object->name,
                           .type_class = PG_TYPE_DOMAIN,
                           .category = 'U',
                           .base_typmod = -1,
                           .user = true};

    type.base = pg_resolve_type(universe, as_domain(object)->type, &type.base_typmod, &ignored);
    if (type.base) {
        type.category = type.base->category;
        type.collatable = type.base->collatable;
    }
    pg_universe_add_type(universe, type);
}

static void register_range(struct interpreter *interpreter, struct pg_universe *universe,
                           struct object *object)
{
    struct error ignored = {0};
    const struct range *range = as_range(object);
    int32_t typmod;
    struct pg_type type = {.schema = object->parent->name,
                           .name = object->name,
                           .type_class = PG_TYPE_RANGE,
                           .category = 'R',
                           .user = true};

    type.subtype = pg_resolve_type(universe, range->subtype, &typmod, &ignored);
    pg_universe_add_type(universe, type);
    type.type_class = PG_TYPE_MULTIRANGE;
    type.name = range->multirange ? range->multirange
                                  : interpret_multirange_name(interpreter, object->name);
    pg_universe_add_type(universe, type);
}

static void register_extension(struct interpreter *interpreter, struct pg_universe *universe,
                               struct object *object)
{
    const char *schema = as_extension(object)->schema;

    if (pg_universe_add_extension(universe, object->name, schema))
        return;
    interpreter->unknown_extension = true;
    interpreter->unknown_schema = schema;
}

/* Base types, which the model only mentions. */
static void register_unmodelled(struct interpreter *interpreter, struct pg_universe *universe,
                                struct object *object)
{
    const char *class = as_unmodelled(object)->object_class;
    const char *schema;
    const char *name;

    if (!interpret_split_identity(interpreter, object->name + strlen(class), &schema, &name))
        return;
    if (strcmp(class, "type") == 0)
        pg_universe_add_type(universe, (struct pg_type){.schema = schema,
                                                        .name = name,
                                                        .type_class = PG_TYPE_BASE,
                                                        .category = 'U',
                                                        .user = true});
}

static void register_object(struct interpreter *interpreter, struct pg_universe *universe,
                            struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_COMPOSITE:
        register_relation(interpreter, universe, object);
        break;
    case KIND_ENUM:
        pg_universe_add_type(universe, (struct pg_type){.schema = object->parent->name,
                                                        .name = object->name,
                                                        .type_class = PG_TYPE_ENUM,
                                                        .category = 'E',
                                                        .user = true});
        break;
    case KIND_DOMAIN:
        register_domain(universe, object);
        break;
    case KIND_RANGE:
        register_range(interpreter, universe, object);
        break;
    case KIND_EXTENSION:
        register_extension(interpreter, universe, object);
        break;
    case KIND_UNMODELLED:
        register_unmodelled(interpreter, universe, object);
        break;
    default:
        break;
    }
}

/* Sequences apart: their names hold no type. */
static void build(struct interpreter *interpreter)
{
    const struct model *model = interpreter->model;

    interpreter->universe = pg_universe_new(interpreter->arena, model->server_version / 10000);
    pg_universe_offer(interpreter->universe, &model->offers);
    interpreter->universe_stale = false;
    interpreter->universe_path = NULL;
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed)
            register_object(interpreter, interpreter->universe, model->objects[i]);
}

struct pg_universe *interpret_universe(struct interpreter *interpreter)
{
    if (!interpreter->universe || interpreter->universe_stale)
        build(interpreter);
    if (interpreter->universe_path != interpreter->search_path) {
        pg_universe_set_search_path(interpreter->universe, interpreter->search_path);
        interpreter->universe_path = interpreter->search_path;
    }
    return interpreter->universe;
}

void interpret_register(struct interpreter *interpreter, struct object *object)
{
    /* A universe that is to be made anew will find the object in the model. */
    if (interpreter->universe && !interpreter->universe_stale)
        register_object(interpreter, interpreter->universe, object);
}
