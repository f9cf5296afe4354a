/* Type names: resolution with aliases, arrays, modifiers and %TYPE, and format_type's spelling. */
#include "postgres/sql/tree.h"

#include <stdlib.h>
#include <string.h>

#include "common/keywords.h"
#include "parser/parser.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "core/text/nearest.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/print.h"
#include "postgres/sql/quote.h"
#include "postgres/types/types.h"
#include "postgres/facts/universe_internal.h"

enum { HEADER = 4 }; /* VARHDRSZ, which many modifiers are offset by */

struct resolved_type {
    const struct pg_type *type;
    int32_t typmod;
};

/* -- Formatting --------------------------------------------------------------------------------- */

/* How a built-in type's modifier is printed. */
enum modifier {
    MODIFIER_NONE,
    MODIFIER_LENGTH,
    MODIFIER_BITS,
    MODIFIER_NUMERIC,
    MODIFIER_TIME,
    MODIFIER_INTERVAL
};

static const struct spelling {
    const char *name;
    const char *words;
    enum modifier modifier;
    const char *suffix;
} spellings[] = {
    {"bool", "boolean", MODIFIER_NONE, ""},
    {"bpchar", "character", MODIFIER_LENGTH, ""},
    {"varchar", "character varying", MODIFIER_LENGTH, ""},
    {"bit", "bit", MODIFIER_BITS, ""},
    {"varbit", "bit varying", MODIFIER_BITS, ""},
    {"float4", "real", MODIFIER_NONE, ""},
    {"float8", "double precision", MODIFIER_NONE, ""},
    {"int2", "smallint", MODIFIER_NONE, ""},
    {"int4", "integer", MODIFIER_NONE, ""},
    {"int8", "bigint", MODIFIER_NONE, ""},
    {"numeric", "numeric", MODIFIER_NUMERIC, ""},
    {"interval", "interval", MODIFIER_INTERVAL, ""},
    {"time", "time", MODIFIER_TIME, " without time zone"},
    {"timetz", "time", MODIFIER_TIME, " with time zone"},
    {"timestamp", "timestamp", MODIFIER_TIME, " without time zone"},
    {"timestamptz", "timestamp", MODIFIER_TIME, " with time zone"},
};

static const struct spelling *spelling_of(const char *name)
{
    for (size_t i = 0; i < lengthof(spellings); i++)
        if (strcmp(spellings[i].name, name) == 0)
            return &spellings[i];
    return NULL;
}

const char *pg_type_name_of(const char *spelling)
{
    static const char *const quoted[][2] = {{"\"char\"", "char"}, {"\"bit\"", "bit"}};

    for (size_t i = 0; i < lengthof(spellings); i++) {
        size_t length = strlen(spellings[i].words);

        if (strncmp(spelling, spellings[i].words, length) == 0 &&
            strcmp(spelling + length, spellings[i].suffix) == 0)
            return spellings[i].name;
    }
    for (size_t i = 0; i < lengthof(quoted); i++)
        if (strcmp(spelling, quoted[i][0]) == 0)
            return quoted[i][1];
    return spelling;
}

static void append_interval(struct buffer *buffer, int32_t typmod)
{
    int range = (typmod >> 16) & 0x7FFF, precision = typmod & 0xFFFF;

    buffer_append(buffer, pg_interval_words(range));
    if (precision != 0xFFFF)
        buffer_printf(buffer, "(%d)", precision);
}

static void append_modifier(struct buffer *buffer, enum modifier modifier, int32_t typmod)
{
    if (typmod < 0)
        return;
    switch (modifier) {
    case MODIFIER_LENGTH:
        buffer_printf(buffer, "(%d)", typmod - HEADER);
        break;
    case MODIFIER_BITS:
    case MODIFIER_TIME:
        buffer_printf(buffer, "(%d)", typmod);
        break;
    case MODIFIER_NUMERIC:
        /* The scale is a signed number of eleven bits. */
        buffer_printf(buffer, "(%d,%d)", ((typmod - HEADER) >> 16) & 0xFFFF,
                      (((typmod - HEADER) & 0x7FF) ^ 1024) - 1024);
        break;
    case MODIFIER_INTERVAL:
        append_interval(buffer, typmod);
        break;
    case MODIFIER_NONE:
    default:
        break;
    }
}

static void append_builtin(struct buffer *buffer, const struct pg_type *type, int32_t typmod)
{
    const struct spelling *spelling = spelling_of(type->name);

    /* A keyword since 16, but nothing else could stand there. */
    if (strcmp(type->name, "json") == 0) {
        buffer_append(buffer, type->name);
        return;
    }
    /* "character" alone would mean one character. */
    if (!spelling || (typmod < 0 && strcmp(type->name, "bpchar") == 0)) {
        pg_append_identifier(buffer, type->name);
        return;
    }
    if (typmod < 0 && strcmp(type->name, "bit") == 0) {
        buffer_append(buffer, "\"bit\"");
        return;
    }
    buffer_append(buffer, spelling->words);
    append_modifier(buffer, spelling->modifier, typmod);
    buffer_append(buffer, spelling->suffix);
}

void pg_append_type(struct buffer *buffer, const struct pg_type *type, int32_t typmod)
{
    const struct pg_relation *relation = type->relation;

    if (type->element && type->category == 'A' && type->name[0] == '_') {
        pg_append_type(buffer, type->element, typmod);
        buffer_append(buffer, "[]");
        return;
    }
    if (strcmp(type->schema, "pg_catalog") == 0) {
        append_builtin(buffer, type, typmod);
        return;
    }
    pg_append_identifier(buffer, relation && relation->print_schema ? relation->print_schema
                                 : type->print_schema               ? type->print_schema
                                                                    : type->schema);
    buffer_append_char(buffer, '.');
    pg_append_identifier(buffer, relation && relation->print_name ? relation->print_name
                                 : type->print_name               ? type->print_name
                                                                  : type->name);
    if (type->modifiers && typmod >= 0 && (size_t)typmod < type->modifiers->count)
        buffer_printf(buffer, "(%s)", type->modifiers->items[typmod]);
}

const char *pg_type_format(const struct pg_type *type, int32_t typmod, struct arena *arena)
{
    struct buffer buffer = BUFFER_EMPTY;

    pg_append_type(&buffer, type, typmod);
    return buffer_take(&buffer, arena);
}

/* -- Modifiers ---------------------------------------------------------------------------------- */

static bool modifier_number(Node *node, int *number)
{
    A_Const *constant = (A_Const *)node;

    if (!IsA(node, A_Const) || constant->isnull)
        return false;
    if (nodeTag(&constant->val) == T_Integer)
        *number = constant->val.ival.ival;
    else if (nodeTag(&constant->val) == T_String)
        *number = atoi(constant->val.sval.sval);
    else
        return false;
    return true;
}

static bool bad_modifier(const struct pg_type *type, struct error *error)
{
    return error_set(error, ERROR_SCHEMA, "invalid modifier of type %s", type->name);
}

static bool read_numeric(const struct pg_type *type, const int *numbers, int count, int32_t *typmod,
                         struct error *error)
{
    int scale = count > 1 ? numbers[1] : 0;

    if (count > 2 || numbers[0] < 1 || numbers[0] > 1000 || scale < -1000 || scale > 1000)
        return bad_modifier(type, error);
    *typmod = ((numbers[0] << 16) | (scale & 0x7FF)) + HEADER;
    return true;
}

static bool read_interval(const struct pg_type *type, const int *numbers, int count,
                          int32_t *typmod, struct error *error)
{
    if (count > 2)
        return bad_modifier(type, error);
    *typmod = count == 1 && numbers[0] == INTERVAL_FULL_RANGE
                  ? -1
                  : (int32_t)(((uint32_t)(numbers[0] & 0x7FFF) << 16) |
                              (uint32_t)((count > 1 ? numbers[1] : 0xFFFF) & 0xFFFF));
    return true;
}

/* A type that is not built in: the modifier is the place of its text among those of the type. */
static int32_t read_foreign(struct pg_universe *universe, const struct pg_type *type,
                            List *modifiers)
{
    struct pg_type *own = (struct pg_type *)(uintptr_t)type;
    const char *text = pg_modifier_text(universe->arena, type->name, modifiers);

    if (!text)
        return -1;
    if (!own->modifiers)
        own->modifiers = ARENA_NEW(universe->arena, struct text_list);
    for (size_t i = 0; i < own->modifiers->count; i++)
        if (strcmp(own->modifiers->items[i], text) == 0)
            return (int32_t)i;
    text_list_add(own->modifiers, universe->arena, text);
    return (int32_t)own->modifiers->count - 1;
}

static bool read_modifiers(struct pg_universe *universe, const struct pg_type *type,
                           List *modifiers, int32_t *typmod, struct error *error)
{
    const struct spelling *spelling = spelling_of(type->name);
    int numbers[3] = {0}, count = 0;
    ListCell *cell;

    *typmod = -1;
    if (!modifiers)
        return true;
    if (strcmp(type->schema, "pg_catalog") != 0) {
        *typmod = read_foreign(universe, type, modifiers);
        return true;
    }
    foreach (cell, modifiers)
        if (count == 3 || !modifier_number(lfirst(cell), &numbers[count++]))
            return bad_modifier(type, error);
    switch (spelling ? spelling->modifier : MODIFIER_NONE) {
    case MODIFIER_LENGTH:
        *typmod = numbers[0] + HEADER;
        return count == 1 && numbers[0] > 0 ? true : bad_modifier(type, error);
    case MODIFIER_BITS:
        *typmod = numbers[0];
        return count == 1 && numbers[0] > 0 ? true : bad_modifier(type, error);
    case MODIFIER_TIME:
        /* More than six digits are cut to six, with a warning. */
        *typmod = numbers[0] > 6 ? 6 : numbers[0];
        return count == 1 && numbers[0] >= 0 ? true : bad_modifier(type, error);
    case MODIFIER_NUMERIC:
        return read_numeric(type, numbers, count, typmod, error);
    case MODIFIER_INTERVAL:
        return read_interval(type, numbers, count, typmod, error);
    case MODIFIER_NONE:
    default:
        return error_set(error, ERROR_SCHEMA, "type modifier is not allowed for type %s",
                         type->name);
    }
}

/* -- Resolution --------------------------------------------------------------------------------- */

static void hint_nearest(const struct pg_universe *universe, const char *name, struct error *error)
{
    static const char *const common[] = {"bigint",    "boolean",     "bytea",    "character",
                                         "date",      "integer",     "interval", "json",
                                         "jsonb",     "numeric",     "smallint", "text",
                                         "timestamp", "timestamptz", "uuid",     "varchar"};
    struct arena *scratch = arena_new();
    struct text_list known = {0};
    const char *best;
    const char *schema = NULL;

    for (size_t i = 0; i < universe->user_types.count; i++)
        text_list_add(&known, scratch,
                      ((const struct pg_type *)universe->user_types.items[i])->name);
    for (size_t i = 0; i < lengthof(common); i++)
        text_list_add(&known, scratch, common[i]);
    best = nearest_name(name, known.items, known.count);
    for (size_t i = 0; i < universe->user_types.count && !schema; i++)
        if (known.items[i] == best)
            schema = ((const struct pg_type *)universe->user_types.items[i])->schema;
    if (best)
        error_hint(error, "Perhaps you meant %s%s%s.", schema ? schema : "", schema ? "." : "",
                   best);
    arena_free(scratch);
}

static const struct pg_type *no_type(const struct pg_universe *universe, const char *schema,
                                     const char *name, struct error *error)
{
    if (error->code != ERROR_NONE)
        return NULL;
    error_set(error, ERROR_SCHEMA, "type %s%s%s does not exist", schema ? schema : "",
              schema ? "." : "", name);
    hint_nearest(universe, name, error);
    return NULL;
}

/* table.column%TYPE, schema.table.column%TYPE */
static const struct pg_type *resolve_column_type(struct pg_universe *universe, List *names,
                                                 int32_t *typmod, struct error *error)
{
    int count = list_length(names);
    struct pg_relation *relation;
    const char *column;

    if (count < 2) {
        error_set(error, ERROR_SCHEMA, "%%TYPE reference needs a table and a column");
        return NULL;
    }
    column = strVal(list_nth(names, count - 1));
    relation = pg_universe_relation(universe, count > 2 ? strVal(list_nth(names, count - 3)) : NULL,
                                    strVal(list_nth(names, count - 2)));
    universe_filled(relation);
    for (int i = 0; relation && i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, column) == 0) {
            *typmod = relation->columns[i].typmod;
            return relation->columns[i].type;
        }
    error_set(error, ERROR_SCHEMA, "column %s of %s does not exist", column,
              strVal(list_nth(names, count - 2)));
    return NULL;
}

const struct pg_type *pg_resolve_type_name(struct pg_universe *universe,
                                           const struct TypeName *name, int32_t *typmod,
                                           struct error *error)
{
    int count = list_length(name->names);
    const struct pg_type *type;
    const char *schema, *last;

    *typmod = -1;
    if (!count) {
        error_set(error, ERROR_SCHEMA, "type without a name");
        return NULL;
    }
    if (name->pct_type) {
        type = resolve_column_type(universe, name->names, typmod, error);
    } else {
        last = strVal(list_nth(name->names, count - 1));
        schema = count > 1 ? strVal(list_nth(name->names, count - 2)) : NULL;
        type = pg_universe_type(universe, schema, last);
        if (!type)
            return no_type(universe, schema, last, error);
        if (!read_modifiers(universe, type, name->typmods, typmod, error))
            return NULL;
    }
    /* All dimensions of an array are one type. */
    if (type && name->arrayBounds) {
        if (!type->element)
            type = type->array;
        if (!type)
            error_set(error, ERROR_SCHEMA, "there is no array type of it");
    }
    return type;
}

/* The parser's mode for type names does not take %TYPE: there it is what a function returns. */
static TypeName *parse_reference(const char *text, struct error *error)
{
    struct List *statements;

    if (!pg_parse(psprintf("CREATE FUNCTION f() RETURNS %s AS ''", text), &statements, error) ||
        list_length(statements) != 1)
        return NULL;
    return ((CreateFunctionStmt *)((RawStmt *)linitial(statements))->stmt)->returnType;
}

static const struct pg_type *parse_and_resolve(struct pg_universe *universe, const char *text,
                                               int32_t *typmod, struct error *error)
{
    List *trees;

    if (strchr(text, '%')) {
        TypeName *name = parse_reference(text, error);

        return name ? pg_resolve_type_name(universe, name, typmod, error) : NULL;
    }
    if (!pg_parse_as(text, RAW_PARSE_TYPE_NAME, &trees, error))
        return NULL;
    if (!trees || !IsA(linitial(trees), TypeName)) {
        error_set(error, ERROR_SYNTAX, "no type name");
        return NULL;
    }
    return pg_resolve_type_name(universe, linitial(trees), typmod, error);
}

const struct pg_type *pg_resolve_type(struct pg_universe *universe, const char *text,
                                      int32_t *typmod, struct error *error)
{
    struct resolved_type *resolved = map_get(&universe->resolved, text);
    const struct pg_type *type;
    void *context;

    /* The same few names come again and again. */
    if (resolved) {
        *typmod = resolved->typmod;
        return resolved->type;
    }
    context = pg_parse_enter();
    type = parse_and_resolve(universe, text, typmod, error);
    pg_parse_leave(context);
    /* %TYPE follows a column that may still change. */
    if (type && !strchr(text, '%')) {
        resolved = ARENA_NEW(universe->arena, struct resolved_type);
        resolved->type = type;
        resolved->typmod = *typmod;
        map_set(&universe->resolved, arena_strdup(universe->arena, text), resolved);
    }
    return type;
}
