/* The members of extensions, read when one is added from lines: those that the database gave (catalog/offer.c), else
 * those of extension.def and packaged.def. */
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

/* Members outside of the extension's own schema are called SCHEMA.NAME. */
struct member {
    const char *schema;
    const char *name;
};

static struct member read_member(const struct reading *reading, char *text)
{
    char *dot = strchr(text, '.');

    if (!dot || !dot[1])
        return (struct member){reading->schema, text};
    *dot = '\0';
    return (struct member){text, dot + 1};
}

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
    struct member member = read_member(reading, fields[1]);

    pg_universe_add_type(
        reading->universe,
        (struct pg_type){.schema = member.schema,
                         .name = member.name,
                         .type_class = (enum pg_type_class)fields[2][0],
                         .category = fields[3][0],
                         .preferred = fields[4][0] == '1',
                         .collatable = fields[5][0] == '1',
                         .base = reading->count > 6 ? type_named(reading, fields[6]) : NULL,
                         .base_typmod = -1,
                         .user = true});
}

/* "name type,name type" */
static int read_columns(struct reading *reading, char *text, struct pg_column **columns)
{
    int count = 0;
    int room = 1;

    for (const char *at = text; *at; at++)
        room += *at == ',';
    *columns = ARENA_ARRAY(reading->universe->arena, struct pg_column, (size_t)room);
    for (char *item; text && *text && (item = strsep(&text, ","));) {
        char *type = strrchr(item, ' ');

        if (!type)
            continue;
        *type = '\0';
        (*columns)[count++] =
            (struct pg_column){.name = item, .type = type_named(reading, type + 1), .typmod = -1};
    }
    return count;
}

static void read_relation(struct reading *reading)
{
    char **fields = reading->fields;
    struct member member = read_member(reading, fields[1]);
    struct pg_relation relation = {
        .schema = member.schema, .name = member.name, .kind = fields[2][0], .user = true};
    struct pg_column *columns = NULL;

    if (reading->count > 3)
        relation.column_count = read_columns(reading, fields[3], &columns);
    relation.columns = columns;
    pg_universe_add_relation(reading->universe, relation);
}

/* "a,b;key text,value jsonb": unnamed arguments are empty there. */
static void read_details(struct reading *reading, struct pg_function *function, char *details)
{
    struct arena *arena = reading->universe->arena;
    char *outputs = strchr(details, ';');

    if (outputs)
        *outputs++ = '\0';
    if (*details) {
        const char **names = ARENA_ARRAY(arena, const char *, (size_t)function->argument_count + 1);

        for (int i = 0; i < function->argument_count && details; i++) {
            names[i] = strsep(&details, ",");
            if (!*names[i])
                names[i] = NULL;
        }
        function->argument_names = names;
    }
    if (outputs && *outputs) {
        struct pg_column *columns;

        function->out_column_count = read_columns(reading, outputs, &columns);
        function->out_columns = columns;
    }
}

static void read_function(struct reading *reading)
{
    char **fields = reading->fields;
    struct arena *arena = reading->universe->arena;
    const struct pg_type **types = ARENA_ARRAY(arena, const struct pg_type *, 100);
    struct member member = read_member(reading, fields[1]);
    struct pg_function function = {.schema = member.schema,
                                   .name = member.name,
                                   .kind = fields[2][0],
                                   .default_count = atoi(fields[3]),
                                   .variadic = fields[4][0] == '1',
                                   .returns_set = fields[5][0] == '1',
                                   .user = true};
    char *state = NULL;

    function.result = type_named(reading, fields[6]);
    if (strcmp(fields[7], "-") != 0)
        for (char *name = strtok_r(fields[7], ",", &state); name && function.argument_count < 100;
             name = strtok_r(NULL, ",", &state))
            types[function.argument_count++] = type_named(reading, name);
    function.argument_types = types;
    if (reading->count > 8)
        read_details(reading, &function, fields[8]);
    pg_universe_add_function(reading->universe, function);
}

static void read_operator(struct reading *reading)
{
    char **fields = reading->fields;
    struct member member = read_member(reading, fields[1]);
    struct pg_operator operator_ = {.schema = member.schema, .name = member.name, .user = true};

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
    struct member member = read_member(reading, reading->fields[2]);

    class->access_method = reading->fields[1];
    class->name = arena_printf(universe->arena, "%s.%s", member.schema, member.name);
    class->type = type_named(reading, reading->fields[3]);
    class->next = universe->opclasses;
    if (class->type)
        universe->opclasses = class;
}

/* The last field of a function or relation may itself hold blanks. */
static int field_limit(const char *line)
{
    return *line == 'f' ? 9 : *line == 'r' ? 4 : 8;
}

static void read_line(struct reading *reading, char *line)
{
    char **fields = reading->fields;
    int limit = field_limit(line);

    reading->count = 0;
    while (line && reading->count < limit - 1)
        fields[reading->count++] = strsep(&line, " ");
    if (line)
        fields[reading->count++] = line;
    switch (fields[0][0]) {
    case 't':
        read_type(reading);
        break;
    case 'r':
        read_relation(reading);
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

void pg_universe_offer(struct pg_universe *universe, const struct text_list *offers)
{
    universe->offers = offers;
}

/* The lines of the extension's members; NULL where nobody knows them. */
static const char *members_of(const struct pg_universe *universe, const char *extension)
{
    size_t length = strlen(extension);

    for (size_t i = 0; universe->offers && i < universe->offers->count; i++) {
        const char *offer = universe->offers->items[i];

        if (strncmp(offer, extension, length) == 0 && offer[length] == '\n')
            return offer + length + 1;
    }
    return builtin_extension(extension);
}

/* The schema that its control file names: nobody else said one. */
static const char *own_schema(struct arena *arena, const char *extension)
{
    const char *members = builtin_extension(extension);

    return members && strncmp(members, "x ", 2) == 0 && members[2] != '-'
               ? arena_strndup(arena, members + 2, strcspn(members + 2, " "))
               : "public";
}

bool pg_universe_add_extension(struct pg_universe *universe, const char *extension,
                               const char *schema)
{
    struct reading reading = {.universe = universe,
                              .schema = schema ? arena_strdup(universe->arena, schema)
                                               : own_schema(universe->arena, extension)};
    const char *members = members_of(universe, extension);
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
