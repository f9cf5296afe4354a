/* Registers what a model declares with the universe in which its expressions are analyzed. Renamed
 * objects are known there under their former names, which the texts still use, and printed under
 * their new ones. */
#include <string.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "postgres/resolve/resolve.h"
#include "postgres/sql/quote.h"
#include "postgres/types/types.h"

static const char *known_schema(const struct object *object)
{
    if (object->former_schema)
        return object->former_schema;
    return object->parent ? object_present_name(object->parent) : NULL;
}

static const char *renamed(const struct object *object)
{
    return object->former_name ? object->name : NULL;
}

static const char *renamed_schema(const struct object *object)
{
    if (object->former_schema || (object->parent && object->parent->former_name))
        return object->parent->name;
    return NULL;
}

static char *place(struct arena *arena, const char *schema, const char *name)
{
    return arena_printf(arena, "%s\x1f%s", schema ? schema : "", name);
}

struct object *resolver_find(const struct map *objects, const char *schema, const char *name)
{
    struct buffer key = BUFFER_EMPTY;
    struct object *object;

    buffer_printf(&key, "%s\x1f%s", schema ? schema : "", name);
    object = map_get(objects, buffer_text(&key));
    buffer_free(&key);
    return object;
}

void resolver_split(struct arena *arena, const char *text, const char **schema, const char **name)
{
    *schema = NULL;
    *name = pg_take_name(arena, &text, ".");
    if (*text == '.') {
        text++;
        *schema = *name;
        *name = pg_take_name(arena, &text, ".");
    }
}

void resolver_enter(struct resolver *resolver, const struct object *object)
{
    static const struct text_list empty = {0};

    pg_universe_set_search_path(resolver->universe,
                                object->search_path ? object->search_path : &empty);
}

struct resolved_type resolver_type(struct resolver *resolver, const char *text)
{
    struct resolved_type *resolved;
    struct error ignored = {0};

    if (!text || !*text)
        return (struct resolved_type){.typmod = -1};
    resolved = map_get(&resolver->types, text);
    if (!resolved) {
        resolved = ARENA_NEW(resolver->scratch, struct resolved_type);
        resolved->typmod = -1;
        resolved->type = pg_resolve_type(resolver->universe, text, &resolved->typmod, &ignored);
        map_set(&resolver->types, text, resolved);
    }
    return *resolved;
}

struct pg_relation *resolver_relation(struct resolver *resolver, const struct object *object)
{
    return object ? map_get(&resolver->relations, object->key) : NULL;
}

struct pg_function *resolver_function(struct resolver *resolver, const struct object *object)
{
    return object ? map_get(&resolver->functions, object->key) : NULL;
}

/* --- relations ----------------------------------------------------------------------------------- */

struct fill {
    struct resolver *resolver;
    struct object *object;
};

static struct pg_column column_of(struct resolver *resolver, const struct object *object,
                                  const char *type, const char *collation)
{
    struct resolved_type resolved = resolver_type(resolver, type);

    return (struct pg_column){.name = object_present_name(object),
                              .print_name = renamed(object),
                              .type = resolved.type,
                              .typmod = resolved.typmod,
                              .collation = collation};
}

static int64_t position_of(const struct object *object)
{
    return object->kind == KIND_COLUMN ? as_column(object)->position
                                       : as_attribute(object)->position;
}

static const char *const *primary_key_of(struct resolver *resolver, const struct object *object)
{
    const struct object *key = object_next_child(object, KIND_PRIMARY_KEY, NULL);
    const struct primary_key *primary_key;
    const char **columns;

    if (!key)
        return NULL;
    primary_key = as_primary_key(key);
    columns = ARENA_ARRAY(resolver->scratch, const char *, primary_key->columns.count + 1);
    if (primary_key->columns.count)
        memcpy(columns, primary_key->columns.items, primary_key->columns.count * sizeof(*columns));
    return columns;
}

/* The columns of a table or composite, in order of position. */
static void fill_columns(struct pg_relation *relation, void *context)
{
    struct fill *fill = context;
    enum kind kind = fill->object->kind == KIND_COMPOSITE ? KIND_ATTRIBUTE : KIND_COLUMN;
    struct pg_column *columns;
    int64_t *positions;
    int count = 0;

    for (struct object *child = NULL; (child = object_next_child(fill->object, kind, child));)
        count++;
    columns = ARENA_ARRAY(fill->resolver->scratch, struct pg_column, (size_t)count + 1);
    positions = ARENA_ARRAY(fill->resolver->scratch, int64_t, (size_t)count + 1);
    count = 0;
    for (struct object *child = NULL; (child = object_next_child(fill->object, kind, child));) {
        struct pg_column column = kind == KIND_COLUMN
                                      ? column_of(fill->resolver, child, as_column(child)->type,
                                                  as_column(child)->collation)
                                      : column_of(fill->resolver, child, as_attribute(child)->type,
                                                  as_attribute(child)->collation);
        int at = count++;

        column.not_null = object_next_child(child, KIND_NOT_NULL, NULL) != NULL;
        for (; at > 0 && positions[at - 1] > position_of(child); at--) {
            columns[at] = columns[at - 1];
            positions[at] = positions[at - 1];
        }
        columns[at] = column;
        positions[at] = position_of(child);
    }
    relation->columns = columns;
    relation->column_count = count;
}

/* A view's columns are those of its query, which is analyzed now. */
static void fill_view(struct pg_relation *relation, void *context)
{
    struct fill *fill = context;

    (void)relation; /* resolver_query sets its columns */
    resolver_query(fill->resolver, fill->object);
}

static char relation_kind(const struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
        return as_table(object)->partition_strategy ? 'p' : 'r';
    case KIND_VIEW:
        return 'v';
    case KIND_MATERIALIZED_VIEW:
        return 'm';
    case KIND_SEQUENCE:
        return 'S';
    case KIND_COMPOSITE:
        return 'c';
    default:
        return 0;
    }
}

static void register_relation(struct resolver *resolver, struct object *object)
{
    struct fill *fill = ARENA_NEW(resolver->scratch, struct fill);
    bool query = object->kind == KIND_VIEW || object->kind == KIND_MATERIALIZED_VIEW;
    struct pg_relation *relation;

    *fill = (struct fill){resolver, object};
    relation = pg_universe_add_relation(
        resolver->universe,
        (struct pg_relation){
            .schema = known_schema(object),
            .name = object_present_name(object),
            .print_name = renamed(object),
            .print_schema = renamed_schema(object),
            .kind = relation_kind(object),
            .primary_key = object->kind == KIND_TABLE ? primary_key_of(resolver, object) : NULL,
            .fill = query ? fill_view : fill_columns,
            .fill_context = fill,
            .user = true});
    map_set(&resolver->relations, object->key, relation);
    map_set(&resolver->relation_objects,
            place(resolver->scratch, known_schema(object), object_present_name(object)), object);
    if (object->kind != KIND_SEQUENCE)
        map_set(&resolver->type_objects,
                place(resolver->scratch, known_schema(object), object_present_name(object)),
                object);
}

/* --- types ---------------------------------------------------------------------------------------- */

static void register_type(struct resolver *resolver, struct object *object,
                          enum pg_type_class type_class, char category)
{
    pg_universe_add_type(resolver->universe,
                         (struct pg_type){.schema = known_schema(object),
                                          .name = object_present_name(object),
                                          .print_name = renamed(object),
                                          .print_schema = renamed_schema(object),
                                          .type_class = type_class,
                                          .category = category,
                                          .base_typmod = -1,
                                          .user = true});
    map_set(&resolver->type_objects,
            place(resolver->scratch, known_schema(object), object_present_name(object)), object);
}

static struct pg_type *changeable(const struct pg_type *type)
{
    union {
        const struct pg_type *constant;
        struct pg_type *plain;
    } address = {.constant = type};

    return address.plain;
}

/* Its labels, and those that are being renamed: texts may name either. */
static const struct text_list *labels_of(struct resolver *resolver, const struct object *object)
{
    struct text_list *labels = ARENA_NEW(resolver->scratch, struct text_list);
    const struct text_list *own = &as_enumeration(object)->labels;

    for (size_t i = 0; i < own->count; i++)
        text_list_add(labels, resolver->scratch, own->items[i]);
    for (size_t i = 0; i < resolver->model->rename_count; i++)
        if (resolver->model->renames[i].enumeration == object)
            text_list_add(labels, resolver->scratch, resolver->model->renames[i].former_name);
    return labels;
}

static void register_enum(struct resolver *resolver, struct object *object)
{
    struct pg_type *type;

    register_type(resolver, object, PG_TYPE_ENUM, 'E');
    type = changeable(
        pg_universe_type(resolver->universe, known_schema(object), object_present_name(object)));
    if (type)
        type->labels = labels_of(resolver, object);
}

/* A domain's base may be declared anywhere: completed when all types are known. */
static void complete_domain(struct resolver *resolver, const struct object *object)
{
    const struct domain *domain = as_domain(object);
    struct pg_type *type = changeable(
        pg_universe_type(resolver->universe, known_schema(object), object_present_name(object)));
    struct resolved_type base;

    resolver_enter(resolver, object);
    base = resolver_type(resolver, domain->type);
    if (!type || !base.type)
        return;
    type->base = base.type;
    type->base_typmod = base.typmod;
    type->category = base.type->category;
    type->collatable = base.type->collatable;
}

/* Whatever needs the multirange needs the range. */
static void register_multirange(struct resolver *resolver, struct object *object,
                                const struct pg_type *subtype)
{
    const char *name = as_range(object)->multirange;
    const char *range = strstr(object->name, "range");

    if (!name)
        name = range ? arena_printf(resolver->scratch, "%.*smultirange%s",
                                    (int)(range - object->name), object->name, range + 5)
                     : arena_printf(resolver->scratch, "%s_multirange", object->name);
    pg_universe_add_type(resolver->universe, (struct pg_type){.schema = known_schema(object),
                                                              .name = name,
                                                              .type_class = PG_TYPE_MULTIRANGE,
                                                              .category = 'R',
                                                              .base_typmod = -1,
                                                              .subtype = subtype,
                                                              .user = true});
    map_set(&resolver->type_objects, place(resolver->scratch, known_schema(object), name), object);
}

static void complete_range(struct resolver *resolver, struct object *object)
{
    struct pg_type *type = changeable(
        pg_universe_type(resolver->universe, known_schema(object), object_present_name(object)));

    resolver_enter(resolver, object);
    if (!type)
        return;
    type->subtype = resolver_type(resolver, as_range(object)->subtype).type;
    register_multirange(resolver, object, type->subtype);
}

/* --- routines ------------------------------------------------------------------------------------- */

struct argument_types {
    const struct text_list *modes;
    const struct text_list *names;
    const struct text_list *types;
};

static bool is_input(const char *mode)
{
    return strcmp(mode, "in") == 0 || strcmp(mode, "inout") == 0 || strcmp(mode, "variadic") == 0;
}

static bool is_output(const char *mode)
{
    return strcmp(mode, "out") == 0 || strcmp(mode, "inout") == 0 || strcmp(mode, "table") == 0;
}

static void add_arguments(struct resolver *resolver, struct pg_function *function,
                          struct argument_types arguments)
{
    size_t count = arguments.modes->count;
    const struct pg_type **types =
        ARENA_ARRAY(resolver->scratch, const struct pg_type *, count + 1);
    const char **names = ARENA_ARRAY(resolver->scratch, const char *, count + 1);
    struct pg_column *outputs = ARENA_ARRAY(resolver->scratch, struct pg_column, count + 1);

    for (size_t i = 0; i < count; i++) {
        const char *mode = arguments.modes->items[i];
        const char *name = arguments.names->items[i];
        struct resolved_type resolved = resolver_type(resolver, arguments.types->items[i]);

        if (is_input(mode)) {
            types[function->argument_count] = resolved.type;
            names[function->argument_count++] = *name ? name : NULL;
        }
        if (strcmp(mode, "variadic") == 0)
            function->variadic = true;
        if (is_output(mode))
            outputs[function->out_column_count++] =
                (struct pg_column){.name = name, .type = resolved.type, .typmod = resolved.typmod};
    }
    function->argument_types = types;
    function->argument_names = names;
    function->out_columns = outputs;
}

static void remember_function(struct resolver *resolver, struct object *object,
                              struct pg_function function)
{
    const char *key = place(resolver->scratch, function.schema, function.name);
    struct pointer_list *list = map_get(&resolver->function_objects, key);

    if (!list) {
        list = ARENA_NEW(resolver->scratch, struct pointer_list);
        map_set(&resolver->function_objects, key, list);
    }
    pointer_list_add(list, resolver->scratch, object);
    map_set(&resolver->functions, object->key,
            pg_universe_add_function(resolver->universe, function));
}

static void register_function(struct resolver *resolver, struct object *object)
{
    const struct function *routine = as_function(object);
    struct pg_function function = {.schema = known_schema(object),
                                   .name = object_present_name(object),
                                   .print_name = renamed(object),
                                   .print_schema = renamed_schema(object),
                                   .kind = strcmp(routine->routine, "procedure") == 0 ? 'p'
                                           : strcmp(routine->routine, "window") == 0  ? 'w'
                                                                                      : 'f',
                                   .default_count = (int)routine->defaults.count,
                                   .returns_set = routine->returns_set,
                                   .user = true,
                                   .owner = object};

    resolver_enter(resolver, object);
    add_arguments(resolver, &function,
                  (struct argument_types){&routine->argument_modes, &routine->argument_names,
                                          &routine->argument_types});
    if (routine->returns)
        function.result = resolver_type(resolver, routine->returns).type;
    else if (function.out_column_count == 1)
        function.result = function.out_columns[0].type;
    else if (function.out_column_count > 1)
        function.result = resolver_type(resolver, "record").type;
    remember_function(resolver, object, function);
}

static const char *option_value(const struct text_list *options, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < options->count; i++)
        if (strncmp(options->items[i], name, length) == 0 &&
            strncmp(options->items[i] + length, " = ", 3) == 0)
            return options->items[i] + length + 3;
    return NULL;
}

/* An aggregate's result is its final function's, or its state. */
static void register_aggregate(struct resolver *resolver, struct object *object)
{
    const struct aggregate *aggregate = as_aggregate(object);
    struct pg_function function = {.schema = known_schema(object),
                                   .name = object_present_name(object),
                                   .print_name = renamed(object),
                                   .print_schema = renamed_schema(object),
                                   .kind = 'a',
                                   .user = true,
                                   .owner = object};

    resolver_enter(resolver, object);
    add_arguments(resolver, &function,
                  (struct argument_types){&aggregate->argument_modes, &aggregate->argument_names,
                                          &aggregate->argument_types});
    if (!option_value(&aggregate->options, "finalfunc"))
        function.result = resolver_type(resolver, option_value(&aggregate->options, "stype")).type;
    remember_function(resolver, object, function);
}

/* --- what has no kind ----------------------------------------------------------------------------- */

/* What an expression, or the body of a routine, may name. */
static const char *const named_classes[] = {"collation",
                                            "operator class",
                                            "operator family",
                                            "operator",
                                            "text search configuration",
                                            "text search dictionary",
                                            "text search parser",
                                            "text search template"};

static void remember_named(struct resolver *resolver, const char *class_name, const char *schema,
                           const char *name, struct object *object)
{
    const char *key = arena_printf(resolver->scratch, "%s\x1f%s\x1f%s", class_name, schema, name);
    struct pointer_list *list = map_get(&resolver->named_objects, key);

    if (!list) {
        list = ARENA_NEW(resolver->scratch, struct pointer_list);
        map_set(&resolver->named_objects, key, list);
        pg_universe_add_named(resolver->universe, class_name, schema, name);
    }
    pointer_list_add(list, resolver->scratch, object);
}

/* "operator app.===(integer,integer)", "operator class app.backwards USING btree" */
static void register_named(struct resolver *resolver, struct object *object)
{
    for (size_t i = 0; i < sizeof(named_classes) / sizeof(*named_classes); i++) {
        size_t length = strlen(named_classes[i]);
        const char *at = object->name + length + 1;
        const char *schema;

        if (strncmp(object->name, named_classes[i], length) != 0 || object->name[length] != ' ')
            continue;
        schema = pg_take_name(resolver->scratch, &at, ".");
        if (*at == '.') {
            at++;
            remember_named(resolver, named_classes[i], schema,
                           pg_take_name(resolver->scratch, &at, " ("), object);
        }
        return;
    }
}

const struct pointer_list *resolver_find_named(const struct resolver *resolver,
                                               const char *class_name, const char *schema,
                                               const char *name)
{
    struct buffer key = BUFFER_EMPTY;
    const struct pointer_list *list;

    buffer_printf(&key, "%s\x1f%s\x1f%s", class_name, schema, name);
    list = map_get(&resolver->named_objects, buffer_text(&key));
    buffer_free(&key);
    return list;
}

const char *resolver_need_named(struct resolver *resolver, struct object *object,
                                const char *class_name, const char *schema, const char *name)
{
    const char *found = pg_universe_find_named(resolver->universe, class_name, schema, name);
    const struct pointer_list *list =
        found ? resolver_find_named(resolver, class_name, found, name) : NULL;

    for (size_t i = 0; list && i < list->count; i++)
        model_need(resolver->model, object, list->items[i]);
    return found;
}

/* --- the order of registration -------------------------------------------------------------------- */

static void register_names(struct resolver *resolver, struct object *object)
{
    switch (object->kind) {
    case KIND_EXTENSION:
        if (!pg_universe_add_extension(resolver->universe, object->name,
                                       as_extension(object)->schema))
            pg_universe_doubt_casts(resolver->universe);
        break;
    case KIND_ENUM:
        register_enum(resolver, object);
        break;
    case KIND_DOMAIN:
        register_type(resolver, object, PG_TYPE_DOMAIN, 'U');
        break;
    case KIND_RANGE:
        register_type(resolver, object, PG_TYPE_RANGE, 'R');
        break;
    case KIND_COMPOSITE:
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_SEQUENCE:
        register_relation(resolver, object);
        break;
    case KIND_UNMODELLED:
        if (strcmp(as_unmodelled(object)->object_class, "cast") == 0)
            pg_universe_doubt_casts(resolver->universe);
        register_named(resolver, object);
        break;
    default:
        break;
    }
}

static void register_details(struct resolver *resolver, struct object *object)
{
    switch (object->kind) {
    case KIND_DOMAIN:
        complete_domain(resolver, object);
        break;
    case KIND_RANGE:
        complete_range(resolver, object);
        break;
    case KIND_FUNCTION:
        register_function(resolver, object);
        break;
    case KIND_AGGREGATE:
        register_aggregate(resolver, object);
        break;
    default:
        break;
    }
}

void resolver_register(struct resolver *resolver)
{
    struct model *model = resolver->model;

    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed)
            register_names(resolver, model->objects[i]);
    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->removed)
            register_details(resolver, model->objects[i]);
}
