/* The members of well-known extensions, read from the lines of extension.def when one is added. */
#include <stdlib.h>
#include <string.h>

#include "postgres/facts/builtin.h"
#include "postgres/facts/universe.h"
#include "postgres/facts/universe_internal.h"

struct reading {
    struct pg_universe *universe;
    const char *schema;
    char *fields[9]; /* of the line at hand */
    int count;
};

/* The extension's own type, else one of another schema of the path or built in. */
static const struct pg_type *type_named(const struct reading *reading, const char *name)
{
    const struct pg_type *type = pg_universe_type(reading->universe, reading->schema, name);
    const struct universe_entry *entry;

    if (!type)
        type = universe_builtin_type(reading->universe, name);
    if (type)
        return type;
    entry = map_get(&reading->universe->types, name);
    return entry ? entry->object : NULL;
}

static void read_type(struct reading *reading)
{
    char **fields = reading->fields;

    pg_universe_add_type(reading->universe,
                         (struct pg_type){.schema = reading->schema,
                                          .name = fields[1],
                                          .type_class = (enum pg_type_class)fields[2][0],
                                          .category = fields[3][0],
                                          .preferred = fields[4][0] == '1',
                                          .collatable = fields[5][0] == '1',
                                          .base_typmod = -1,
                                          .user = true});
}

static void read_names(struct reading *reading, struct pg_function *function, char *details)
{
    struct arena *arena = reading->universe->arena;
    char *outputs = strchr(details, ';');
    char *state = NULL;

    if (outputs)
        *outputs++ = '\0';
    if (*details) {
        const char **names = ARENA_ARRAY(arena, const char *, (size_t)function->argument_count + 1);

        for (int i = 0; i < function->argument_count; i++)
            names[i] = strtok_r(i ? NULL : details, ",", &state);
        function->argument_names = names;
    }
    if (outputs && *outputs) {
        struct pg_column *columns = ARENA_ARRAY(arena, struct pg_column, 64);
        int count = 0;

        for (char *item = strtok_r(outputs, ",", &state); item && count < 64;
             item = strtok_r(NULL, ",", &state)) {
            char *type = strrchr(item, ' ');

            *type = '\0';
            columns[count++] = (struct pg_column){
                .name = item, .type = type_named(reading, type + 1), .typmod = -1};
        }
        function->out_columns = columns;
        function->out_column_count = count;
    }
}

static void read_function(struct reading *reading)
{
    char **fields = reading->fields;
    struct arena *arena = reading->universe->arena;
    const struct pg_type **types = ARENA_ARRAY(arena, const struct pg_type *, 32);
    struct pg_function function = {.schema = reading->schema,
                                   .name = fields[1],
                                   .kind = fields[2][0],
                                   .default_count = atoi(fields[3]),
                                   .variadic = fields[4][0] == '1',
                                   .returns_set = fields[5][0] == '1',
                                   .user = true};
    char *state = NULL;

    function.result = type_named(reading, fields[6]);
    if (strcmp(fields[7], "-") != 0)
        for (char *name = strtok_r(fields[7], ",", &state); name && function.argument_count < 32;
             name = strtok_r(NULL, ",", &state))
            types[function.argument_count++] = type_named(reading, name);
    function.argument_types = types;
    if (reading->count > 8)
        read_names(reading, &function, fields[8]);
    pg_universe_add_function(reading->universe, function);
}

static void read_operator(struct reading *reading)
{
    char **fields = reading->fields;
    struct pg_operator operator_ = {.schema = reading->schema, .name = fields[1], .user = true};

    if (strcmp(fields[2], "-") != 0)
        operator_.left = type_named(reading, fields[2]);
    operator_.right = type_named(reading, fields[3]);
    operator_.result = type_named(reading, fields[4]);
    pg_universe_add_operator(reading->universe, operator_);
}

static void read_class(struct reading *reading)
{
    struct pg_universe *universe = reading->universe;
    struct universe_opclass *class = ARENA_NEW(universe->arena, struct universe_opclass);

    class->access_method = reading->fields[1];
    class->name = arena_printf(universe->arena, "%s.%s", reading->schema, reading->fields[2]);
    class->type = type_named(reading, reading->fields[3]);
    class->next = universe->opclasses;
    if (class->type)
        universe->opclasses = class;
}

static void read_line(struct reading *reading, char *line)
{
    char **fields = reading->fields;

    reading->count = 0;
    /* The last field of a function may itself hold blanks. */
    while (line && reading->count < 8)
        fields[reading->count++] = strsep(&line, " ");
    if (line)
        fields[reading->count++] = line;
    switch (fields[0][0]) {
    case 't':
        read_type(reading);
        break;
    case 'c':
        pg_universe_add_cast(reading->universe, (struct pg_cast){type_named(reading, fields[1]),
                                                                 type_named(reading, fields[2]),
                                                                 fields[3][0], fields[4][0]});
        break;
    case 'f':
        read_function(reading);
        break;
    case 'o':
        read_operator(reading);
        break;
    case 'k':
        read_class(reading);
        break;
    default:
        break;
    }
}

bool pg_universe_add_extension(struct pg_universe *universe, const char *extension,
                               const char *schema)
{
    struct reading reading = {.universe = universe,
                              .schema = arena_strdup(universe->arena, schema)};
    const char *members = builtin_extension(extension);
    char *text, *state = NULL;

    if (!members)
        return false;
    if (!map_add(&universe->extensions, arena_strdup(universe->arena, extension)))
        return true;
    text = arena_strdup(universe->arena, members);
    for (char *line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state))
        read_line(&reading, line);
    return true;
}
