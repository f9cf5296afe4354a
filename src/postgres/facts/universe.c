/* Registration of the model's objects and look-ups by name. The built-in objects stay in their
 * generated tables; the struct of one is made when it is first asked for. */
#include "postgres/facts/universe.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/facts/builtin.h"
#include "postgres/facts/universe_internal.h"

enum { NEWEST_MAJOR = 18 };

static bool present(const struct pg_universe *universe, int first, int last)
{
    return universe->major >= first && (!last || universe->major <= last);
}

/* The built-in types are few and point at each other: all are made at once. */
static void make_types(struct pg_universe *universe)
{
    struct pg_type *types =
        ARENA_ARRAY(universe->arena, struct pg_type, (size_t)builtin_type_count);

    for (int i = 0; i < builtin_type_count; i++) {
        const struct builtin_type *row = &builtin_types[i];
        struct pg_type *type = &types[i];

        type->schema = "pg_catalog";
        type->name = row->name;
        type->type_class = (enum pg_type_class)row->type_class;
        type->category = row->category;
        type->preferred = row->preferred;
        type->collatable = row->collatable;
        type->element = row->element < 0 ? NULL : &types[row->element];
        type->array = row->array < 0 ? NULL : &types[row->array];
        type->subtype = row->subtype < 0 ? NULL : &types[row->subtype];
        type->base_typmod = -1;
    }
    universe->builtin_types = types;
}

int pg_universe_version(const struct pg_universe *universe)
{
    return universe->major * 10000;
}

struct pg_universe *pg_universe_new(struct arena *arena, int server_major)
{
    struct pg_universe *universe = ARENA_NEW(arena, struct pg_universe);
    struct text_list path = {0};

    universe->arena = arena;
    universe->major = server_major ? server_major : NEWEST_MAJOR;
    make_types(universe);
    universe->builtin_functions =
        ARENA_ARRAY(arena, struct pg_function *, (size_t)builtin_function_count);
    universe->builtin_operators =
        ARENA_ARRAY(arena, struct pg_operator *, (size_t)builtin_operator_count);
    universe->types = map_new(arena);
    universe->relations = map_new(arena);
    universe->functions = map_new(arena);
    universe->operators = map_new(arena);
    universe->builtin_relations = map_new(arena);
    universe->extensions = map_new(arena);
    universe->named = map_new(arena);
    universe->resolved = map_new(arena);
    text_list_add(&path, arena, "public");
    pg_universe_set_search_path(universe, &path);
    return universe;
}

void pg_universe_set_search_path(struct pg_universe *universe, const struct text_list *schemas)
{
    struct text_list path = {0};

    if (!text_list_contains(schemas, "pg_catalog"))
        text_list_add(&path, universe->arena, "pg_catalog");
    for (size_t i = 0; i < schemas->count; i++)
        if (!text_list_contains(&path, schemas->items[i]))
            text_list_add(&path, universe->arena, schemas->items[i]);
    if (text_list_equal(&path, &universe->path))
        return;
    universe->path = text_list_copy(&path, universe->arena);
    universe->resolved = map_new(universe->arena);
}

bool universe_in_path(const struct pg_universe *universe, const char *schema)
{
    return text_list_contains(&universe->path, schema);
}

/* -- Registration ----------------------------------------------------------------------------- */

static void add_entry(struct pg_universe *universe, struct map *map, const char *schema,
                      const char *name, void *object)
{
    struct universe_entry *entry = ARENA_NEW(universe->arena, struct universe_entry);
    struct universe_entry *first = map_get(map, name);

    entry->schema = schema;
    entry->object = object;
    if (first) {
        /* The first entry stays the key's value: the rest hangs behind it. */
        entry->next = first->next;
        first->next = entry;
    } else {
        map_set(map, name, entry);
    }
}

static const struct universe_entry *find_entry(const struct map *map, const char *schema,
                                               const char *name)
{
    const struct universe_entry *entry;

    for (entry = map_get(map, name); entry; entry = entry->next)
        if (strcmp(entry->schema, schema) == 0)
            return entry;
    return NULL;
}

/* -- Names of what has no kind -------------------------------------------------------------------- */

void pg_universe_add_named(struct pg_universe *universe, const char *class_name, const char *schema,
                           const char *name)
{
    add_entry(universe, &universe->named, schema,
              arena_printf(universe->arena, "%s\x1f%s", class_name, name), NULL);
}

/* The configurations and dictionaries for text search that every server is born with. */
static bool is_born_with(const char *class_name, const char *name)
{
    static const char *const languages[] = {
        "simple",     "arabic",  "armenian",  "basque",     "catalan",  "danish",
        "dutch",      "english", "estonian",  "finnish",    "french",   "german",
        "greek",      "hindi",   "hungarian", "indonesian", "irish",    "italian",
        "lithuanian", "nepali",  "norwegian", "portuguese", "romanian", "russian",
        "serbian",    "spanish", "swedish",   "tamil",      "turkish",  "yiddish"};
    size_t length = strlen(name);

    if (strncmp(class_name, "text search", 11) != 0)
        return false;
    if (length > 5 && strcmp(name + length - 5, "_stem") == 0)
        length -= 5;
    for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++)
        if (strlen(languages[i]) == length && strncmp(languages[i], name, length) == 0)
            return true;
    return false;
}

const char *pg_universe_find_named(const struct pg_universe *universe, const char *class_name,
                                   const char *schema, const char *name)
{
    struct buffer key = BUFFER_EMPTY;
    const struct universe_entry *first;
    const char *found = NULL;

    if (!universe->named.count)
        return NULL;
    buffer_printf(&key, "%s\x1f%s", class_name, name);
    first = map_get(&universe->named, buffer_text(&key));
    buffer_free(&key);
    for (const struct universe_entry *entry = first; schema && entry && !found; entry = entry->next)
        if (strcmp(entry->schema, schema) == 0)
            found = entry->schema;
    for (size_t i = 0; first && !schema && !found && i < universe->path.count; i++) {
        if (strcmp(universe->path.items[i], "pg_catalog") == 0 && is_born_with(class_name, name))
            return NULL;
        for (const struct universe_entry *entry = first; entry && !found; entry = entry->next)
            if (strcmp(entry->schema, universe->path.items[i]) == 0)
                found = entry->schema;
    }
    return found;
}

static char default_category(const struct pg_type *type)
{
    switch (type->type_class) {
    case PG_TYPE_COMPOSITE:
        return 'C';
    case PG_TYPE_ENUM:
        return 'E';
    case PG_TYPE_PSEUDO:
        return 'P';
    case PG_TYPE_RANGE:
    case PG_TYPE_MULTIRANGE:
        return 'R';
    case PG_TYPE_DOMAIN:
        return type->base ? type->base->category : 'U';
    case PG_TYPE_BASE:
    default:
        return 'U';
    }
}

static void add_array_type(struct pg_universe *universe, struct pg_type *element)
{
    struct pg_type *array = ARENA_NEW(universe->arena, struct pg_type);
    const char *name = arena_printf(universe->arena, "_%.62s", element->name);

    while (find_entry(&universe->types, element->schema, name))
        name = arena_printf(universe->arena, "_%.62s", name);
    array->schema = element->schema;
    array->name = name;
    array->type_class = PG_TYPE_BASE;
    array->category = 'A';
    array->collatable = element->collatable;
    array->element = element;
    array->base_typmod = -1;
    array->user = element->user;
    element->array = array;
    add_entry(universe, &universe->types, array->schema, name, array);
}

struct pg_type *pg_universe_add_type(struct pg_universe *universe, struct pg_type type)
{
    struct pg_type *copy = arena_copy(universe->arena, &type, sizeof(type));

    if (!copy->category)
        copy->category = default_category(copy);
    if (copy->type_class == PG_TYPE_DOMAIN && copy->base)
        copy->collatable = copy->base->collatable;
    add_entry(universe, &universe->types, copy->schema, copy->name, copy);
    if (copy->type_class != PG_TYPE_PSEUDO && !copy->array && !copy->element)
        add_array_type(universe, copy);
    pointer_list_add(&universe->user_types, universe->arena, copy);
    /* The new name may hide one that was resolved before. */
    if (universe->resolved.count)
        universe->resolved = map_new(universe->arena);
    return copy;
}

struct pg_relation *pg_universe_add_relation(struct pg_universe *universe,
                                             struct pg_relation relation)
{
    struct pg_relation *copy = arena_copy(universe->arena, &relation, sizeof(relation));

    add_entry(universe, &universe->relations, copy->schema, copy->name, copy);
    if (copy->kind != 'S' && copy->kind != 'i')
        pg_universe_add_type(universe, (struct pg_type){.schema = copy->schema,
                                                        .name = copy->name,
                                                        .type_class = PG_TYPE_COMPOSITE,
                                                        .base_typmod = -1,
                                                        .relation = copy,
                                                        .user = copy->user});
    return copy;
}

struct pg_function *pg_universe_add_function(struct pg_universe *universe,
                                             struct pg_function function)
{
    struct pg_function *copy = arena_copy(universe->arena, &function, sizeof(function));

    add_entry(universe, &universe->functions, copy->schema, copy->name, copy);
    return copy;
}

struct pg_operator *pg_universe_add_operator(struct pg_universe *universe,
                                             struct pg_operator operator_)
{
    struct pg_operator *copy = arena_copy(universe->arena, &operator_, sizeof(operator_));

    add_entry(universe, &universe->operators, copy->schema, copy->name, copy);
    return copy;
}

void pg_universe_doubt_casts(struct pg_universe *universe)
{
    universe->casts_unknown = true;
}

struct pg_cast *pg_universe_add_cast(struct pg_universe *universe, struct pg_cast cast)
{
    struct universe_cast *entry = ARENA_NEW(universe->arena, struct universe_cast);

    entry->cast = cast;
    entry->next = universe->casts;
    universe->casts = entry;
    return &entry->cast;
}

static struct pg_relation *builtin_relation(const struct pg_universe *constant, const char *schema,
                                            const char *name);

/* -- Types ------------------------------------------------------------------------------------ */

const struct pg_type *universe_type_at(const struct pg_universe *universe, int index)
{
    return index < 0 ? NULL : &universe->builtin_types[index];
}

static int compare_type_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct builtin_type *)row)->name);
}

const struct pg_type *universe_builtin_type(const struct pg_universe *universe, const char *name)
{
    const struct builtin_type *row =
        bsearch(name, builtin_types, (size_t)builtin_type_count, sizeof(*row), compare_type_name);

    if (!row || !present(universe, row->first, row->last))
        return NULL;
    return &universe->builtin_types[row - builtin_types];
}

/* The domains that information_schema's columns have. */
static void add_information_types(struct pg_universe *universe)
{
    static const struct {
        const char *name;
        const char *base;
        int32_t typmod;
    } domains[] = {{"cardinal_number", "int4", -1},
                   {"character_data", "varchar", -1},
                   {"sql_identifier", "name", -1},
                   {"time_stamp", "timestamptz", 2},
                   {"yes_or_no", "varchar", 7}};
    enum { COUNT = sizeof(domains) / sizeof(domains[0]) };

    for (int i = 0; i < COUNT && !universe->information_types; i++) {
        struct pg_type *type = pg_universe_add_type(
            universe, (struct pg_type){.schema = "information_schema",
                                       .name = domains[i].name,
                                       .type_class = PG_TYPE_DOMAIN,
                                       .base = universe_builtin_type(universe, domains[i].base),
                                       .base_typmod = domains[i].typmod});
        if (i + 1 == COUNT)
            universe->information_types = type;
    }
}

/* What is known of these schemas is filled in when it is asked for: the domains of one, the rows of both. */
static void fill_in_type(const struct pg_universe *constant, const char *schema, const char *name)
{
    /* Filling the cache does not change what the universe means. */
    struct pg_universe *universe = (struct pg_universe *)(uintptr_t)constant;

    if (strcmp(schema, "information_schema") == 0)
        add_information_types(universe);
    if (!find_entry(&universe->types, schema, name))
        builtin_relation(universe, schema, name);
}

static const struct pg_type *type_in(const struct pg_universe *universe, const char *schema,
                                     const char *name)
{
    const struct universe_entry *entry;

    if (strcmp(schema, "pg_catalog") == 0) {
        const struct pg_type *type = universe_builtin_type(universe, name);

        if (type)
            return type;
    }
    if (strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0)
        fill_in_type(universe, schema, name);
    entry = find_entry(&universe->types, schema, name);
    return entry ? entry->object : NULL;
}

const struct pg_type *pg_universe_type(const struct pg_universe *universe, const char *schema,
                                       const char *name)
{
    if (schema)
        return type_in(universe, schema, name);
    for (size_t i = 0; i < universe->path.count; i++) {
        const struct pg_type *type = type_in(universe, universe->path.items[i], name);

        if (type)
            return type;
    }
    return NULL;
}

const struct pg_type *universe_base_type(const struct pg_type *type, int32_t *typmod)
{
    /* A domain over itself cannot be made, but a broken model may hold one. */
    for (int steps = 0; type && type->type_class == PG_TYPE_DOMAIN && type->base && steps < 64;
         steps++) {
        if (typmod)
            *typmod = type->base_typmod;
        type = type->base;
    }
    return type;
}

/* -- Functions and operators -------------------------------------------------------------------- */

static const struct pg_type *const *builtin_argument_types(struct pg_universe *universe,
                                                           const struct builtin_function *row)
{
    const struct pg_type **types =
        ARENA_ARRAY(universe->arena, const struct pg_type *, (size_t)row->argument_count + 1);

    for (int i = 0; i < row->argument_count; i++)
        types[i] = universe_type_at(universe, builtin_arguments[row->arguments + i]);
    return types;
}

/* Cuts the next item of a comma-separated list that ends at stop or at the end of the text. */
static const char *next_item(struct pg_universe *universe, const char **at, char stop)
{
    const char *start = *at;
    size_t length = strcspn(start, stop == ';' ? ",;" : ",");

    *at = start + length + (start[length] == ',');
    return arena_strndup(universe->arena, start, length);
}

/* Details are "name,name;column type,column type": see builtin_facts.py. */
static void read_details(struct pg_universe *universe, struct pg_function *function,
                         const char *details)
{
    const char *outputs = strchr(details, ';');
    const char **names;
    int count = 0;

    if (*details && *details != ';') {
        names = ARENA_ARRAY(universe->arena, const char *, (size_t)function->argument_count + 1);
        for (int i = 0; i < function->argument_count && *details && *details != ';'; i++)
            names[i] = next_item(universe, &details, ';');
        for (int i = 0; i < function->argument_count; i++)
            if (names[i] && !*names[i])
                names[i] = NULL;
        function->argument_names = names;
    }
    if (outputs && outputs[1]) {
        struct pg_column *columns = ARENA_ARRAY(universe->arena, struct pg_column, 64);

        for (outputs++; *outputs && count < 64; count++) {
            char *item = arena_strdup(universe->arena, next_item(universe, &outputs, ','));
            char *type = strrchr(item, ' ');

            *type = '\0';
            columns[count].name = item;
            columns[count].type = pg_universe_type(universe, NULL, type + 1);
            columns[count].typmod = -1;
        }
        function->out_columns = columns;
        function->out_column_count = count;
    }
}

static struct pg_function *builtin_function(const struct pg_universe *constant, int index)
{
    /* Filling the cache does not change what the universe means. */
    struct pg_universe *universe = (struct pg_universe *)(uintptr_t)constant;
    const struct builtin_function *row = &builtin_functions[index];
    struct pg_function *function = universe->builtin_functions[index];

    if (function)
        return function;
    function = ARENA_NEW(universe->arena, struct pg_function);
    function->schema = "pg_catalog";
    function->name = row->name;
    function->kind = row->kind;
    function->argument_count = (unsigned char)row->argument_count;
    function->default_count = (unsigned char)row->default_count;
    function->argument_types = builtin_argument_types(universe, row);
    function->variadic = row->variadic;
    function->returns_set = row->returns_set;
    function->result = universe_type_at(universe, row->result);
    read_details(universe, function, builtin_details + row->details);
    universe->builtin_functions[index] = function;
    return function;
}

/* The first row whose name is not less, in a table of rows that begin with their name. */
static int lower_bound(const char *table, int count, size_t size, const char *name)
{
    int low = 0;

    while (count > 0) {
        int half = count / 2;

        if (strcmp(table + (size_t)(low + half) * size, name) < 0) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low;
}

static void visit_builtin_functions(const struct pg_universe *universe, const char *name, int place,
                                    universe_visit *visit, void *context)
{
    int i = lower_bound(builtin_functions[0].name, builtin_function_count,
                        sizeof(builtin_functions[0]), name);

    for (; i < builtin_function_count && strcmp(builtin_functions[i].name, name) == 0; i++)
        if (present(universe, builtin_functions[i].first, builtin_functions[i].last))
            visit(builtin_function(universe, i), place, context);
}

static struct pg_operator *builtin_operator(const struct pg_universe *constant, int index)
{
    struct pg_universe *universe = (struct pg_universe *)(uintptr_t)constant;
    const struct builtin_operator *row = &builtin_operators[index];
    struct pg_operator *operator_ = universe->builtin_operators[index];

    if (operator_)
        return operator_;
    operator_ = ARENA_NEW(universe->arena, struct pg_operator);
    operator_->schema = "pg_catalog";
    operator_->name = row->name;
    operator_->left = universe_type_at(universe, row->left);
    operator_->right = universe_type_at(universe, row->right);
    operator_->result = universe_type_at(universe, row->result);
    universe->builtin_operators[index] = operator_;
    return operator_;
}

static void visit_builtin_operators(const struct pg_universe *universe, const char *name, int place,
                                    universe_visit *visit, void *context)
{
    int i = lower_bound(builtin_operators[0].name, builtin_operator_count,
                        sizeof(builtin_operators[0]), name);

    for (; i < builtin_operator_count && strcmp(builtin_operators[i].name, name) == 0; i++)
        if (present(universe, builtin_operators[i].first, builtin_operators[i].last))
            visit(builtin_operator(universe, i), place, context);
}

typedef void visit_builtin(const struct pg_universe *, const char *, int, universe_visit *, void *);

/* Built-in objects first, where pg_catalog is searched, then the entries of the map. */
static void visit_named(const struct pg_universe *universe, const struct map *map,
                        visit_builtin *builtin, const char *schema, const char *name,
                        universe_visit *visit, void *context)
{
    const struct universe_entry *first = map_get(map, name);
    size_t count = schema ? 1 : universe->path.count;

    for (size_t place = 0; place < count; place++) {
        const char *where = schema ? schema : universe->path.items[place];

        if (strcmp(where, "pg_catalog") == 0)
            builtin(universe, name, (int)place, visit, context);
        for (const struct universe_entry *entry = first; entry; entry = entry->next)
            if (strcmp(entry->schema, where) == 0)
                visit(entry->object, (int)place, context);
    }
}

void universe_functions(const struct pg_universe *universe, const char *schema, const char *name,
                        universe_visit *visit, void *context)
{
    visit_named(universe, &universe->functions, visit_builtin_functions, schema, name, visit,
                context);
}

void universe_operators(const struct pg_universe *universe, const char *schema, const char *name,
                        universe_visit *visit, void *context)
{
    visit_named(universe, &universe->operators, visit_builtin_operators, schema, name, visit,
                context);
}

/* -- Relations ---------------------------------------------------------------------------------- */

static const struct pg_type *information_type(struct pg_universe *universe, const char *name)
{
    add_information_types(universe);
    return pg_universe_type(universe, "information_schema", name);
}

static struct pg_column *builtin_columns(struct pg_universe *universe, const char *details,
                                         int *count)
{
    struct pg_column *columns;
    size_t room = 1;

    for (const char *at = details; *at; at++)
        room += *at == ',';
    columns = ARENA_ARRAY(universe->arena, struct pg_column, room);
    for (*count = 0; *details; (*count)++) {
        char *item = arena_strdup(universe->arena, next_item(universe, &details, ','));
        char *type = strrchr(item, ' ');
        const char *domain = strchr(type + 1, '.');

        *type = '\0';
        columns[*count].name = item;
        columns[*count].typmod = -1;
        columns[*count].type = domain ? information_type(universe, domain + 1)
                                      : universe_builtin_type(universe, type + 1);
    }
    return columns;
}

static struct pg_relation *builtin_relation(const struct pg_universe *constant, const char *schema,
                                            const char *name)
{
    struct pg_universe *universe = (struct pg_universe *)(uintptr_t)constant;
    const char *key = arena_printf(universe->arena, "%s.%s", schema, name);
    struct pg_relation *relation = map_get(&universe->builtin_relations, key);

    if (relation)
        return relation;
    for (int i = 0; i < builtin_relation_count; i++) {
        const struct builtin_relation *row = &builtin_relations[i];

        if (strcmp(row->name, name) != 0 || strcmp(row->schema, schema) != 0 ||
            !present(universe, row->first, row->last))
            continue;
        relation = pg_universe_add_relation(
            universe,
            (struct pg_relation){.schema = row->schema, .name = row->name, .kind = row->kind});
        relation->columns =
            builtin_columns(universe, builtin_details + row->details, &relation->column_count);
        map_set(&universe->builtin_relations, key, relation);
        return relation;
    }
    return NULL;
}

static struct pg_relation *relation_in(const struct pg_universe *universe, const char *schema,
                                       const char *name)
{
    const struct universe_entry *entry = find_entry(&universe->relations, schema, name);

    if (entry)
        return entry->object;
    if (strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0)
        return builtin_relation(universe, schema, name);
    return NULL;
}

struct pg_relation *pg_universe_relation(const struct pg_universe *universe, const char *schema,
                                         const char *name)
{
    if (schema)
        return relation_in(universe, schema, name);
    for (size_t i = 0; i < universe->path.count; i++) {
        struct pg_relation *relation = relation_in(universe, universe->path.items[i], name);

        if (relation)
            return relation;
    }
    return NULL;
}

struct pg_relation *universe_filled(struct pg_relation *relation)
{
    if (relation && !relation->columns && relation->fill && !relation->filling) {
        relation->filling = true;
        relation->fill(relation, relation->fill_context);
        relation->filling = false;
    }
    return relation;
}
