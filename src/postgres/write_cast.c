/* What changing a column's type means: whether the server converts by itself or needs an explicit
 * cast, whether the table is written anew, and what becomes of the values. Judged on the types below
 * domains. */
#include "postgres/write.h"

#include <string.h>

#include "postgres/cast.h"

const char *write_type_base(struct arena *arena, const char *type)
{
    return type_text_split(arena, type).base;
}

bool write_needs_cast(struct arena *arena, const struct model *model, const char *before,
                      const char *after)
{
    struct type_text from = type_text_below(arena, model, before);
    struct type_text to = type_text_below(arena, model, after);

    return cast_way(&from, &to, 0) != CAST_BY_ASSIGNMENT;
}

/* --- casts ----------------------------------------------------------------------------------------- */

/* Integers become bits by the length that the cast names. */
static bool needs_length(const struct type_text *from, const struct type_text *to)
{
    return to->modifiers && strcmp(to->base, "bit") == 0 &&
           (strcmp(from->base, "integer") == 0 || strcmp(from->base, "bigint") == 0);
}

static const char *element_cast(const struct type_text *from, const struct type_text *to,
                                int server_version)
{
    struct type_text element = *to;

    element.array = false;
    switch (cast_way(from, &element, server_version)) {
    case CAST_BY_TEXT:
        return "%s::text";
    case CAST_BY_INTEGER:
        return "%s::integer";
    default:
        return "%s";
    }
}

/* The cast to write, with %s for the column's name; NULL where the server converts by itself. It says no
 * length and no domain: assigning its result to the column then refuses what does not fit, where an
 * explicit cast would cut it. */
static const char *cast_text(struct arena *arena, const struct type_text *from,
                             const struct type_text *to, int server_version)
{
    const char *brackets = from->array && to->array ? "[]" : "";
    const char *type = type_text_bare(arena, to);

    if (needs_length(from, to))
        type = arena_printf(arena, "bit(%s)%s", to->modifiers, to->array ? "[]" : "");
    switch (cast_way(from, to, server_version)) {
    case CAST_EXPLICITLY:
        return arena_printf(arena, "%%s::%s", type);
    case CAST_BY_TEXT:
        return arena_printf(arena, "%%s::text%s::%s", brackets, type);
    case CAST_BY_INTEGER:
        return arena_printf(arena, "%%s::integer%s::%s", brackets, type);
    case CAST_TO_ELEMENT:
        return arena_printf(arena, "CASE WHEN %%s IS NOT NULL THEN ARRAY[%s]::%s END",
                            element_cast(from, to, server_version), type);
    case CAST_BY_ASSIGNMENT:
    default:
        return NULL;
    }
}

/* --- changes --------------------------------------------------------------------------------------- */

static bool is_constrained(const struct object *domain)
{
    return as_domain(domain)->not_null || object_next_child(domain, KIND_DOMAIN_CHECK, NULL);
}

/* True when the new type has a domain with conditions that values of the old one need not meet. */
static bool meets_conditions(const struct type_text *from, const struct type_text *to)
{
    for (size_t i = 0; i < to->domains.count; i++) {
        const struct object *domain = to->domains.items[i];
        bool had = false;

        for (size_t j = 0; j < from->domains.count; j++)
            had = had || strcmp(((struct object *)from->domains.items[j])->key, domain->key) == 0;
        if (!had && is_constrained(domain))
            return true;
    }
    return false;
}

struct type_change write_type_change(const struct step_sink *sink, const char *before,
                                     const char *after)
{
    struct type_text from = type_text_below(sink->arena, sink->from, before);
    struct type_text to = type_text_below(sink->arena, sink->to, after);
    enum cast_effect effect = cast_effect(sink->arena, &from, &to);
    struct type_change change = {0};

    change.cast = cast_text(sink->arena, &from, &to, sink->server_version);
    change.narrows = effect == CAST_LOSES;
    change.scans = meets_conditions(&from, &to);
    change.may_fail = effect != CAST_KEEPS || change.scans;
    change.rewrites = change.cast || change.scans || !cast_is_in_place(&from, &to, sink->server_version);
    return change;
}

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
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
    struct type_text x = type_text_split(arena, a);
    struct type_text y = type_text_split(arena, b);

    if (x.array != y.array)
        return false;
    if (strcmp(x.base, y.base) == 0)
        return true;
    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
        if (is_one_of(x.base, families[i]) && is_one_of(y.base, families[i]))
            return true;
    return false;
}
