/* Which way the server converts values of one type to another, and what becomes of them: the facts of
 * pg_cast, and the rules by which the server goes on where that has no row. */
#include "postgres/types/cast.h"

#include <stdlib.h>
#include <string.h>

#include "core/list.h"
#include "postgres/facts/builtin.h"
#include "postgres/facts/name.h"
#include "postgres/types/types.h"

static bool is(const struct type_text *type, const char *base)
{
    return strcmp(type->base, base) == 0;
}

static bool is_citext(const struct type_text *type)
{
    const char *dot = strrchr(type->base, '.');

    return dot && strcmp(dot, ".citext") == 0;
}

/* Types of the category of strings: the server assigns anything to them, and makes anything of them on
 * demand, by the texts of values. */
static bool is_string(const struct type_text *type)
{
    static const char *const strings[] = {"text", "character varying", "character", "name", NULL};

    return !type->array && (text_is_among(type->base, strings) || is_citext(type));
}

static const char *const integers[] = {"smallint", "integer", "bigint", NULL};

static bool is_number(const struct type_text *type)
{
    return text_is_among(type->base, integers) || is(type, "numeric") || is(type, "real") ||
           is(type, "double precision");
}

/* --- the server's casts ---------------------------------------------------------------------------- */

static int compare_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct builtin_type *)row)->name);
}

static const struct builtin_type *builtin_of(const char *spelling)
{
    return bsearch(pg_type_name_of(spelling), builtin_types, (size_t)builtin_type_count,
                   sizeof(*builtin_types), compare_name);
}

/* The row of pg_cast between two built-in types; NULL when there is none. */
static const struct builtin_cast *find_cast(const struct type_text *from,
                                            const struct type_text *to, int server_version)
{
    const struct builtin_type *source = builtin_of(from->base);
    const struct builtin_type *target = builtin_of(to->base);
    int major = server_version ? server_version / 10000 : 99;

    for (int i = 0; source && target && i < builtin_cast_count; i++) {
        const struct builtin_cast *row = &builtin_casts[i];

        if (&builtin_types[row->source] == source && &builtin_types[row->target] == target)
            return major >= row->first && (!row->last || major <= row->last) ? row : NULL;
    }
    return NULL;
}

/* The ways between elements of arrays are those between single values. */
static enum cast_way scalar_way(const struct type_text *from, const struct type_text *to,
                                int server_version)
{
    const struct builtin_cast *cast = find_cast(from, to, server_version);

    if (strcmp(from->base, to->base) == 0)
        return CAST_BY_ASSIGNMENT;
    if (cast)
        return cast->context == 'e' ? CAST_EXPLICITLY : CAST_BY_ASSIGNMENT;
    if (is_string(to))
        return CAST_BY_ASSIGNMENT;
    if (is_string(from))
        return CAST_EXPLICITLY;
    return is(from, "boolean") && is_number(to) ? CAST_BY_INTEGER : CAST_BY_TEXT;
}

enum cast_way cast_way(const struct type_text *from, const struct type_text *to, int server_version)
{
    struct type_text a = *from;
    struct type_text b = *to;

    if (from->array && !to->array)
        return is_string(to) ? CAST_BY_ASSIGNMENT : CAST_BY_TEXT;
    if (!from->array && to->array)
        return CAST_TO_ELEMENT;
    a.array = b.array = false;
    return scalar_way(&a, &b, server_version);
}

/* --- facts ----------------------------------------------------------------------------------------- */

static const struct {
    const char *from;
    const char *to;
    enum cast_effect effect;
} facts[] = {
#define CAST(from, to, effect) {from, to, CAST_##effect},
#include "postgres/types/casts.def"
#undef CAST
};

static bool matches(const char *pattern, const char *name)
{
    return strcmp(pattern, "reg*") == 0 ? strncmp(name, "reg", 3) == 0 : strcmp(pattern, name) == 0;
}

int cast_known_effect(const char *from, const char *to)
{
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
        if (matches(facts[i].from, from) && matches(facts[i].to, to))
            return (int)facts[i].effect;
    return -1;
}

/* --- numbers --------------------------------------------------------------------------------------- */

/* How many decimal digits each whole number of so many has place for. */
static long digits_needed(const char *type)
{
    return strcmp(type, "smallint") == 0 ? 5 : strcmp(type, "integer") == 0 ? 10 : 19;
}

static long digits_that_fit(const char *type)
{
    return digits_needed(type) - 1;
}

static long scale_of(const struct type_text *type)
{
    return type->second < 0 && !strchr(type->modifiers, ',') ? 0 : type->second;
}

/* Digits before the point. */
static long whole_digits(const struct type_text *type)
{
    return type->first - scale_of(type);
}

/* From numeric(p,s), which may hold NaN. */
static enum cast_effect effect_of_numeric(const struct type_text *from, const struct type_text *to)
{
    long scale = scale_of(from);

    if (text_is_among(to->base, integers))
        return scale <= 0 && whole_digits(from) <= digits_that_fit(to->base) ? CAST_FEW
                                                                             : CAST_LOSES;
    if (scale < -20 || scale > 20)
        return CAST_LOSES;
    if (is(to, "double precision"))
        return from->first <= 15 ? CAST_KEEPS : CAST_LOSES;
    return is(to, "real") && from->first <= 6 ? CAST_KEEPS : CAST_LOSES;
}

/* To numeric(p,s). */
static enum cast_effect effect_on_numeric(const struct type_text *from, const struct type_text *to)
{
    if (text_is_among(from->base, integers))
        return scale_of(to) >= 0 && whole_digits(to) >= digits_needed(from->base) ? CAST_KEEPS
                                                                                  : CAST_LOSES;
    return CAST_LOSES;
}

/* --- ranges ---------------------------------------------------------------------------------------- */

/* The type of a range's bounds; NULL when it is none, or not known. */
static const char *subtype_of(const struct type_text *type)
{
    static const char *const subtypes[][2] = {
        {"int4range", "integer"},
        {"int8range", "bigint"},
        {"numrange", "numeric"},
        {"daterange", "date"},
        {"tsrange", "timestamp without time zone"},
        {"tstzrange", "timestamp with time zone"},
    };

    if (type->object && type->object->kind == KIND_RANGE)
        return as_range(type->object)->subtype;
    for (size_t i = 0; i < sizeof(subtypes) / sizeof(*subtypes); i++)
        if (is(type, subtypes[i][0]))
            return subtypes[i][1];
    return NULL;
}

/* --- texts ----------------------------------------------------------------------------------------- */

static const struct {
    const char *type;
    long length;
} lengths[] = {
    /* of the longest text, in the longest style */
    {"boolean", 5},
    {"\"char\"", 4},
    {"smallint", 6},
    {"integer", 11},
    {"bigint", 20},
    {"oid", 10},
    {"real", 15},
    {"double precision", 24},
    {"uuid", 36},
    {"macaddr", 17},
    {"macaddr8", 23},
    {"inet", 43},
    {"cidr", 43},
    {"pg_lsn", 17},
    {"money", 40},
    {"name", PG_NAME_BYTES},
    {"date", 16},
    {"time without time zone", 16},
    {"time with time zone", 26},
    {"timestamp without time zone", 40},
    {"timestamp with time zone", 50},
    {"interval", 100},
    {"int4range", 26},
    {"int8range", 44},
    {"point", 51},
};

static long longest_label(const struct object *enumeration)
{
    const struct text_list *labels = &as_enumeration(enumeration)->labels;
    long longest = 0;

    for (size_t i = 0; i < labels->count; i++)
        if ((long)strlen(labels->items[i]) > longest)
            longest = (long)strlen(labels->items[i]);
    return longest;
}

/* How many characters the longest text of a value has; -1: there is no limit. */
static long text_length(const struct type_text *type)
{
    if (type->array)
        return -1;
    if (type->object && type->object->kind == KIND_ENUM)
        return longest_label(type->object);
    if (is(type, "numeric"))
        return !type->modifiers || scale_of(type) < 0 || whole_digits(type) < 0 ? -1
                                                                                : type->first + 3;
    if (type->modifiers && (is(type, "character varying") || is(type, "character") ||
                            is(type, "bit") || is(type, "bit varying")))
        return type->first;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
        if (is(type, lengths[i].type))
            return lengths[i].length;
    return -1;
}

/* True when texts of the type may end in blanks that mean something. */
static bool ends_in_blanks(const struct type_text *type)
{
    if (type->object && type->object->kind == KIND_ENUM)
        return true; /* who knows */
    return type->array || is(type, "json") || is(type, "xml") ||
           (is_string(type) && !is(type, "character"));
}

/* Values as texts. A name takes PG_NAME_BYTES, and a character four at most. */
static enum cast_effect effect_on_string(const struct type_text *from, const struct type_text *to)
{
    long length = text_length(from);
    long limit = to->modifiers ? to->first : -1;

    if (is(to, "character") && ends_in_blanks(from))
        return CAST_LOSES;
    if (is(to, "name")) {
        limit = PG_NAME_BYTES;
        if (is(from, "character") || is(from, "character varying"))
            length *= 4;
    }
    return limit < 0 || (length >= 0 && length <= limit) ? CAST_KEEPS : CAST_LOSES;
}

/* True when no text of a value has a backslash. */
static bool is_plain(const struct type_text *type)
{
    static const char *const others[] = {"numeric", "bit",    "bit varying", "point",
                                         "lseg",    "box",    "path",        "polygon",
                                         "line",    "circle", NULL};

    if (is(type, "name") || is(type, "\"char\""))
        return false;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
        if (is(type, lengths[i].type))
            return true;
    return text_is_among(type->base, others) || (!type->object && subtype_of(type));
}

/* What the texts of the one are to the other, where nothing but the text leads there. */
static enum cast_effect effect_by_text(const struct type_text *from, const struct type_text *to)
{
    static const char *const kept[][2] = {{"boolean", "\"char\""},
                                          {"smallint", "money"},
                                          {"point", "polygon"},
                                          {"lseg", "path"},
                                          {"box", "path"}};
    bool boolean = !from->array && is(from, "boolean");
    bool whole = !from->array && (text_is_among(from->base, integers) || is(from, "oid"));

    if (is(to, "json") || is(to, "jsonb")) {
        if (is(from, "numeric") && from->modifiers && !from->array)
            return CAST_FEW;
        return whole || boolean ? CAST_KEEPS : CAST_LOSES;
    }
    if (is(to, "bytea"))
        return is_plain(from) ? CAST_KEEPS : CAST_LOSES;
    if (boolean && is_number(to))
        return !to->modifiers || whole_digits(to) >= 1 ? CAST_KEEPS : CAST_LOSES;
    if (whole && is(from, "oid") && (is(to, "numeric") || is(to, "double precision")))
        return to->modifiers ? CAST_LOSES : CAST_KEEPS;
    if (!from->array && !to->array)
        for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
            if (is(from, kept[i][0]) && is(to, kept[i][1]))
                return CAST_KEEPS;
    return CAST_LOSES;
}

/* --- types of the schema --------------------------------------------------------------------------- */

/* True when the one enum has all values of the other. */
static bool has_labels(const struct object *enumeration, const struct object *other)
{
    return text_list_contains_all(&as_enumeration(enumeration)->labels,
                                  &as_enumeration(other)->labels);
}

/* Two types of which at least one is the schema's; by the texts of values. */
static enum cast_effect effect_on_made(struct arena *arena, const struct type_text *from,
                                       const struct type_text *to)
{
    const char *lower = subtype_of(from);
    const char *upper = subtype_of(to);
    struct type_text a;
    struct type_text b;

    if (from->object && to->object && from->object->kind == KIND_ENUM &&
        to->object->kind == KIND_ENUM)
        return has_labels(to->object, from->object) ? CAST_KEEPS : CAST_LOSES;
    if (!lower || !upper)
        return effect_by_text(from, to);
    a = type_text_split(arena, lower);
    b = type_text_split(arena, upper);
    return cast_effect(arena, &a, &b);
}

/* --- modifiers ------------------------------------------------------------------------------------- */

enum { SECOND = 5 };

/* The least unit that an interval with these fields keeps: the server zeroes what is below, and nothing
 * else. */
static int least_unit(const char *fields)
{
    static const char *const units[] = {"year", "month", "day", "hour", "minute", "second"};
    int least = SECOND;

    for (int i = 0; fields && i <= SECOND; i++)
        if (strstr(fields, units[i]))
            least = i;
    return least;
}

/* The digits of seconds that a type of time holds; -1 it is none. */
static long precision_of(const struct type_text *type)
{
    if (strncmp(type->base, "time", 4) != 0 && !is(type, "interval"))
        return -1;
    if (least_unit(type->fields) < SECOND)
        return 0;
    return type->first >= 0 ? type->first : 6;
}

static bool keeps_units(const struct type_text *from, const struct type_text *to)
{
    return least_unit(to->fields) >= least_unit(from->fields);
}

static bool is_spatial(const struct type_text *type)
{
    const char *dot = strrchr(type->base, '.');

    return dot && (strcmp(dot, ".geometry") == 0 || strcmp(dot, ".geography") == 0);
}

/* PostGIS: any shape takes all, and no reference system takes all. What is in one with another system, or of other
 * dimensions, is refused. */
static bool spatial_widens(const char *from, const char *to)
{
    const char *system = strchr(to, ',');
    const char *from_system = strchr(from, ',');
    size_t length = system ? (size_t)(system - to) : strlen(to);
    size_t from_length = from_system ? (size_t)(from_system - from) : strlen(from);
    size_t stem = strlen("Geometry");

    if (system && !text_equal(system, from_system))
        return false;
    if (length == from_length && strncmp(to, from, length) == 0)
        return true;
    return strncmp(to, "Geometry", stem) == 0 &&
           (length == stem
                ? !strchr("ZM", from[from_length - 1])
                : from_length > length - stem &&
                      strncmp(to + stem, from + from_length - (length - stem), length - stem) == 0);
}

/* One type with other modifiers. */
static enum cast_effect effect_of_modifiers(const struct type_text *from,
                                            const struct type_text *to)
{
    if (precision_of(to) >= 0)
        return precision_of(to) >= precision_of(from) && keeps_units(from, to) ? CAST_KEEPS
                                                                               : CAST_LOSES;
    if (text_equal(from->modifiers, to->modifiers) || !to->modifiers)
        return CAST_KEEPS;
    if (!from->modifiers)
        return CAST_LOSES;
    if (is_spatial(to))
        return spatial_widens(from->modifiers, to->modifiers) ? CAST_KEEPS : CAST_LOSES;
    if (is(to, "numeric"))
        return scale_of(to) >= scale_of(from) && whole_digits(to) >= whole_digits(from)
                   ? CAST_KEEPS
                   : CAST_LOSES;
    /* Lengths; what modifiers of other types mean nobody knows. */
    return (is(to, "character varying") || is(to, "character") || is(to, "bit varying")) &&
                   to->first >= from->first
               ? CAST_KEEPS
               : CAST_LOSES;
}

/* A cast between two built-in types, whose effect is known without modifiers. */
static enum cast_effect effect_of_fact(const struct type_text *from, const struct type_text *to,
                                       enum cast_effect effect)
{
    if (is_string(to))
        return effect_on_string(from, to);
    if (is(from, "numeric") && from->modifiers && is_number(to))
        return effect_of_numeric(from, to);
    if (!to->modifiers && !to->fields)
        return effect;
    if (is(to, "numeric"))
        return effect_on_numeric(from, to);
    if (is(to, "bit varying") && from->modifiers)
        return to->first >= from->first ? effect : CAST_LOSES;
    if (precision_of(from) >= 0)
        return precision_of(to) >= precision_of(from) && keeps_units(from, to) ? effect
                                                                               : CAST_LOSES;
    return is(from, "date") ? effect : CAST_LOSES;
}

static bool is_same_enum(const struct type_text *from, const struct type_text *to)
{
    return from->object && to->object && from->object->kind == KIND_ENUM &&
           strcmp(from->object->key, to->object->key) == 0;
}

/* A type of the schema that is itself changed. Attributes that go, and values of an enum, are said to be lost where that
 * happens. */
static enum cast_effect effect_within(struct arena *arena, const struct type_text *from,
                                      const struct type_text *to)
{
    enum cast_effect worst = CAST_KEEPS;

    if (from->object->kind != KIND_COMPOSITE || to->object->kind != KIND_COMPOSITE)
        return effect_on_made(arena, from, to);
    for (const struct object *old = NULL;
         (old = object_next_child(from->object, KIND_ATTRIBUTE, old));) {
        const struct object *new = object_child(to->object, KIND_ATTRIBUTE, old->name);
        struct type_text a;
        struct type_text b;
        enum cast_effect effect;

        if (!new)
            continue;
        a = type_text_below(arena, from->model, as_attribute(old)->type);
        b = type_text_below(arena, to->model, as_attribute(new)->type);
        effect = is_same_enum(&a, &b) ? CAST_KEEPS : cast_effect(arena, &a, &b);
        worst = effect > worst ? effect : worst;
    }
    return worst;
}

static enum cast_effect scalar_effect(struct arena *arena, const struct type_text *from,
                                      const struct type_text *to)
{
    int known = cast_known_effect(from->base, to->base);

    if (from->object && to->object && from->object->kind == to->object->kind &&
        strcmp(from->object->key, to->object->key) == 0)
        return effect_within(arena, from, to);
    if (strcmp(from->base, to->base) == 0)
        return effect_of_modifiers(from, to);
    if (known >= 0)
        return effect_of_fact(from, to, (enum cast_effect)known);
    if (is_string(to) || (is_citext(from) && !to->array))
        return effect_on_string(from, to);
    if (from->object || to->object || subtype_of(from))
        return effect_on_made(arena, from, to);
    return effect_by_text(from, to);
}

enum cast_effect cast_effect(struct arena *arena, const struct type_text *from,
                             const struct type_text *to)
{
    struct type_text a = *from;
    struct type_text b = *to;

    if (from->array && !to->array)
        return is_string(to) ? effect_on_string(from, to) : effect_by_text(from, to);
    a.array = b.array = false;
    return scalar_effect(arena, &a, &b);
}

/* --- in place -------------------------------------------------------------------------------------- */

/* One type with other modifiers: the server knows of some that whatever they let through stays as it is. */
static bool modifiers_stay(const struct type_text *from, const struct type_text *to)
{
    static const char *const types[] = {"character varying",
                                        "bit varying",
                                        "time without time zone",
                                        "time with time zone",
                                        "timestamp without time zone",
                                        "timestamp with time zone",
                                        "interval",
                                        NULL};

    if (text_equal(from->modifiers, to->modifiers) && text_equal(from->fields, to->fields))
        return true;
    if (!to->modifiers && !to->fields)
        return true;
    if (from->array || effect_of_modifiers(from, to) != CAST_KEEPS)
        return false;
    if (is(to, "numeric"))
        return scale_of(from) == scale_of(to);
    return text_is_among(to->base, types);
}

bool cast_is_in_place(const struct type_text *from, const struct type_text *to, int server_version)
{
    const struct builtin_cast *cast;

    if (from->array != to->array)
        return false;
    if (strcmp(from->base, to->base) == 0)
        return modifiers_stay(from, to);
    if (from->array || to->modifiers)
        return false;
    if (is_citext(from) || is_citext(to))
        return is(from, "text") || is(to, "text") || is(from, "character varying") ||
               is(to, "character varying");
    cast = find_cast(from, to, server_version);
    return cast && cast->method == 'b' && cast->context != 'e';
}
