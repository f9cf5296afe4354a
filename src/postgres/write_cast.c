/* What changing a column's type means: whether the server converts by itself or needs an explicit
 * cast, whether the table is written anew, and whether values can be lost. Works on types as
 * format_type prints them. */
#include "postgres/write.h"

#include <stdlib.h>
#include <string.h>

/* A type's text in its parts. */
struct type_text {
    const char *base;      /* without modifiers and brackets */
    const char *modifiers; /* "10,2"; NULL none */
    long first;            /* the modifiers as numbers; -1 none */
    long second;
    bool array;
};

/* The first parenthesis outside double quotes; NULL when there is none. */
static const char *find_parenthesis(const char *text)
{
    bool quoted = false;

    for (; *text; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (*text == '(' && !quoted)
            return text;
    }
    return NULL;
}

static struct type_text split_type(struct arena *arena, const char *type)
{
    struct type_text parts = {.first = -1, .second = -1};
    size_t length = strlen(type);
    const char *open;
    const char *close;
    char *text;

    while (length > 2 && strncmp(type + length - 2, "[]", 2) == 0) {
        parts.array = true;
        length -= 2;
    }
    text = arena_strndup(arena, type, length);
    parts.base = text;
    open = find_parenthesis(text);
    close = open ? strchr(open, ')') : NULL;
    if (!close)
        return parts;
    parts.base = arena_printf(arena, "%.*s%s", (int)(open - text), text, close + 1);
    parts.modifiers = arena_strndup(arena, open + 1, (size_t)(close - open - 1));
    parts.first = strtol(parts.modifiers, NULL, 10);
    if (strchr(parts.modifiers, ','))
        parts.second = strtol(strchr(parts.modifiers, ',') + 1, NULL, 10);
    return parts;
}

const char *write_type_base(struct arena *arena, const char *type)
{
    return split_type(arena, type).base;
}

/* --- domains --------------------------------------------------------------------------------------- */

static const struct object *find_domain(struct arena *arena, const struct model *model,
                                        const char *base)
{
    for (size_t i = write_first_of(model, KIND_DOMAIN); model && i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->kind > KIND_DOMAIN && model->sealed)
            return NULL;
        if (object->kind == KIND_DOMAIN && !object->removed && object->parent &&
            strcmp(pg_qualify(arena, object->parent->name, object->name), base) == 0)
            return object;
    }
    return NULL;
}

/* The type below domains; *domain tells whether there was one. */
static struct type_text resolve_domain(struct arena *arena, const struct model *model,
                                       const char *type, bool *domain)
{
    struct type_text parts = split_type(arena, type);

    *domain = false;
    while (strchr(parts.base, '.')) {
        const struct object *object = find_domain(arena, model, parts.base);
        bool array = parts.array;

        if (!object)
            break;
        *domain = true;
        parts = split_type(arena, as_domain(object)->type);
        parts.array = parts.array || array;
    }
    return parts;
}

/* --- casts ----------------------------------------------------------------------------------------- */

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

static const char *const strings[] = {"text", "character varying", "character", "name", NULL};
static const char *const numbers[] = {"smallint", "integer",          "bigint", "numeric",
                                      "real",     "double precision", NULL};
static const char *const integers[] = {"smallint", "integer", "bigint", NULL};

struct type_pair {
    const char *from;
    const char *to;
    bool widens; /* no value is lost */
};

/* Casts that an assignment makes by itself, besides those between numbers and to strings. */
static const struct type_pair assignment_casts[] = {
    {"date", "timestamp without time zone", true},
    {"date", "timestamp with time zone", true},
    {"timestamp without time zone", "date", false},
    {"timestamp without time zone", "time without time zone", false},
    {"timestamp without time zone", "timestamp with time zone", false},
    {"timestamp with time zone", "date", false},
    {"timestamp with time zone", "time without time zone", false},
    {"timestamp with time zone", "time with time zone", false},
    {"timestamp with time zone", "timestamp without time zone", false},
    {"time without time zone", "time with time zone", true},
    {"time without time zone", "interval", true},
    {"time with time zone", "time without time zone", false},
    {"interval", "time without time zone", false},
    {"json", "jsonb", false},
    {"jsonb", "json", true},
    {"cidr", "inet", true},
    {"inet", "cidr", false},
    {"macaddr", "macaddr8", true},
    {"macaddr8", "macaddr", false},
    {"bit", "bit varying", true},
    {"bit varying", "bit", false},
    {"money", "numeric", true},
    {"numeric", "money", false},
    {"integer", "money", true},
    {"bigint", "money", true},
    {"smallint", "oid", false},
    {"integer", "oid", false},
    {"bigint", "oid", false},
    {"oid", "integer", false},
    {"oid", "bigint", true},
    {"oid", "regclass", true},
    {"regclass", "oid", true},
};

/* Explicit casts that the server has, besides those from strings. */
static const struct type_pair explicit_casts[] = {
    {"boolean", "integer", true},
    {"integer", "boolean", false},
    {"jsonb", "boolean", false},
    {"jsonb", "smallint", false},
    {"jsonb", "integer", false},
    {"jsonb", "bigint", false},
    {"jsonb", "numeric", false},
    {"jsonb", "real", false},
    {"jsonb", "double precision", false},
    {"integer", "bit", false},
    {"bigint", "bit", false},
    {"bit", "integer", false},
    {"bit", "bigint", false},
    {"bytea", "integer", false},
    {"integer", "bytea", false},
};

static const struct type_pair *find_pair(const struct type_pair *pairs, size_t count,
                                         const char *from, const char *to)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].from, from) == 0 && strcmp(pairs[i].to, to) == 0)
            return &pairs[i];
    return NULL;
}

#define FIND_PAIR(pairs, from, to) find_pair(pairs, sizeof(pairs) / sizeof(*(pairs)), from, to)

/* True when the server assigns values of the one type to the other by itself. */
static bool assigns(const struct type_text *before, const struct type_text *after)
{
    const char *from = before->base;
    const char *to = after->base;

    if (before->array != after->array)
        return !after->array && is_one_of(to, strings);
    if (strcmp(from, to) == 0 || is_one_of(to, strings))
        return true;
    if (is_one_of(from, numbers) && is_one_of(to, numbers))
        return true;
    if (strstr(to, ".citext"))
        return is_one_of(from, strings);
    return FIND_PAIR(assignment_casts, from, to) != NULL;
}

/* The casts to write, with %s for the column's name. */
static const char *explicit_cast(struct arena *arena, const struct type_text *before,
                                 const struct type_text *after, const char *type)
{
    if (!before->array && after->array)
        return arena_printf(arena,
                            is_one_of(before->base, strings) ||
                                    strcmp(before->base, after->base) == 0
                                ? "CASE WHEN %%s IS NOT NULL THEN ARRAY[%%s]::%s END"
                                : "CASE WHEN %%s IS NOT NULL THEN ARRAY[%%s::text]::%s END",
                            type);
    if (is_one_of(before->base, strings) ||
        (before->array == after->array && FIND_PAIR(explicit_casts, before->base, after->base)))
        return arena_printf(arena, "%%s::%s", type);
    if (strcmp(before->base, "boolean") == 0 && is_one_of(after->base, numbers) && !before->array)
        return arena_printf(arena, "%%s::integer::%s", type);
    return arena_printf(arena, before->array && after->array ? "%%s::text[]::%s" : "%%s::text::%s",
                        type);
}

bool write_needs_cast(struct arena *arena, const struct model *model, const char *before,
                      const char *after)
{
    bool domain;
    struct type_text from = resolve_domain(arena, model, before, &domain);
    struct type_text to = resolve_domain(arena, model, after, &domain);

    return !assigns(&from, &to);
}

/* --- what is kept ---------------------------------------------------------------------------------- */

/* One type with other modifiers: true when no value is cut or refused. */
static bool modifiers_widen(const struct type_text *before, const struct type_text *after)
{
    if (write_same_text(before->modifiers, after->modifiers) || !after->modifiers)
        return true;
    if (!before->modifiers)
        return strncmp(after->base, "time", 4) == 0 && after->first >= 6;
    if (strcmp(after->base, "numeric") == 0) {
        long old_scale = before->second < 0 ? 0 : before->second;
        long new_scale = after->second < 0 ? 0 : after->second;

        return new_scale >= old_scale && after->first - new_scale >= before->first - old_scale;
    }
    if (strcmp(after->base, "bit") == 0)
        return false;
    return before->first >= 0 && after->first >= before->first && before->second < 0 &&
           after->second < 0;
}

/* One type with other, wider modifiers: true when the table has to be written anew all the same. */
static bool widening_rewrites(const struct type_text *before, const struct type_text *after)
{
    static const char *const in_place[] = {"character varying",
                                           "bit varying",
                                           "time without time zone",
                                           "time with time zone",
                                           "timestamp without time zone",
                                           "timestamp with time zone",
                                           "interval",
                                           NULL};

    if (write_same_text(before->modifiers, after->modifiers))
        return false;
    if (strcmp(after->base, "numeric") == 0)
        return after->modifiers && before->second != after->second &&
               !(before->second <= 0 && after->second <= 0);
    return !is_one_of(after->base, in_place);
}

/* How many decimal digits a whole number of the type has. */
static long integer_digits(const char *type)
{
    return strcmp(type, "smallint") == 0 ? 5 : strcmp(type, "integer") == 0 ? 10 : 19;
}

static bool numbers_widen(const struct type_text *before, const struct type_text *after)
{
    static const char *const order[] = {"smallint", "integer", "bigint", NULL};
    int from = -1;
    int to = -1;

    for (int i = 0; order[i]; i++) {
        from = strcmp(order[i], before->base) == 0 ? i : from;
        to = strcmp(order[i], after->base) == 0 ? i : to;
    }
    if (from >= 0 && to >= 0)
        return to >= from;
    if (strcmp(after->base, "numeric") == 0 && from >= 0)
        return !after->modifiers || after->first - (after->second < 0 ? 0 : after->second) >=
                                        integer_digits(before->base);
    if (strcmp(after->base, "double precision") == 0)
        return strcmp(before->base, "real") == 0 || (from >= 0 && from <= 1);
    return strcmp(after->base, "real") == 0 && from == 0;
}

/* True when each value of before has its equal in after. */
static bool widens(const struct type_text *before, const struct type_text *after)
{
    const struct type_pair *pair;

    if (before->array != after->array)
        return after->array ? strcmp(before->base, after->base) == 0 && !after->modifiers
                            : strcmp(after->base, "text") == 0;
    if (strcmp(before->base, after->base) == 0)
        return modifiers_widen(before, after);
    if (strcmp(after->base, "text") == 0 ||
        (strcmp(after->base, "character varying") == 0 && !after->modifiers))
        return true;
    if (strcmp(after->base, "character varying") == 0 && before->modifiers &&
        strcmp(before->base, "character") == 0)
        return after->first >= before->first;
    if (strcmp(after->base, "character varying") == 0 && after->first >= 21 &&
        is_one_of(before->base, integers) && !before->array)
        return true;
    if (is_one_of(before->base, numbers) && is_one_of(after->base, numbers))
        return numbers_widen(before, after);
    pair = FIND_PAIR(assignment_casts, before->base, after->base);
    return pair && pair->widens && !after->modifiers;
}

/* True when the values stay as they are stored. */
static bool is_in_place(const struct type_text *before, const struct type_text *after)
{
    static const struct type_pair coercible[] = {
        {"character varying", "text", true},
        {"text", "character varying", true},
        {"cidr", "inet", true},
        {"bit", "bit varying", true},
        {"bit varying", "bit", true},
        {"oid", "regclass", true},
        {"regclass", "oid", true},
        {"integer", "oid", true},
        {"oid", "integer", true},
        {"xml", "text", true},
        {"xml", "character varying", true},
    };

    if (before->array != after->array)
        return false;
    if (strcmp(before->base, after->base) == 0)
        return modifiers_widen(before, after) && !widening_rewrites(before, after) &&
               (!before->array || write_same_text(before->modifiers, after->modifiers));
    if (strstr(after->base, ".citext") || strstr(before->base, ".citext"))
        return !after->modifiers;
    return FIND_PAIR(coercible, before->base, after->base) && !after->modifiers && !before->array;
}

struct type_change write_type_change(const struct step_sink *sink, const char *before,
                                     const char *after)
{
    struct type_change change = {0};
    bool from_domain;
    bool to_domain;
    struct type_text from = resolve_domain(sink->arena, sink->from, before, &from_domain);
    struct type_text to = resolve_domain(sink->arena, sink->to, after, &to_domain);

    if (!assigns(&from, &to))
        change.cast = explicit_cast(sink->arena, &from, &to, after);
    change.narrows = !widens(&from, &to);
    change.rewrites = change.cast || !is_in_place(&from, &to);
    if (to_domain &&
        strcmp(write_type_base(sink->arena, before), write_type_base(sink->arena, after)) != 0)
        change.scans = true;
    return change;
}

bool write_types_comparable(struct arena *arena, const char *a, const char *b)
{
    static const char *const families[][8] = {
        {"smallint", "integer", "bigint", NULL},
        {"text", "character varying", "name", NULL},
        {"real", "double precision", NULL},
        {"date", "timestamp without time zone", "timestamp with time zone", NULL},
        {"inet", "cidr", NULL},
        {"bit", "bit varying", NULL},
    };
    struct type_text x = split_type(arena, a);
    struct type_text y = split_type(arena, b);

    if (x.array != y.array)
        return false;
    if (strcmp(x.base, y.base) == 0)
        return true;
    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
        if (is_one_of(x.base, families[i]) && is_one_of(y.base, families[i]))
            return true;
    return false;
}
