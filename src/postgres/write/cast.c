/* What changing a column's type means: whether the server converts by itself or needs an explicit
 * cast, whether the table is written anew, and what becomes of the values. Judged on the types below
 * domains. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"
#include "postgres/types/cast.h"

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

bool write_domain_adds_conditions(const struct object *before, const struct object *after)
{
    if (as_domain(after)->not_null && !as_domain(before)->not_null)
        return true;
    for (const struct object *new = NULL;
         (new = object_next_child(after, KIND_DOMAIN_CHECK, new));) {
        const struct object *old = object_child(before, KIND_DOMAIN_CHECK, new->name);

        if (!old || as_domain_check(old)->not_valid || fields_changed(old, new))
            return true;
    }
    return false;
}

/* The domain of that key among those that values have had; NULL when it is none of them. */
static const struct object *find_former(const struct type_text *from, const struct object *domain)
{
    for (size_t i = 0; i < from->domains.count; i++) {
        const struct object *former = from->domains.items[i];

        if (strcmp(former->key, domain->key) == 0)
            return former;
    }
    return NULL;
}

/* *meets: the new type has a domain with conditions, for which the server looks at each value; *new: values that
 * are there need not meet them. */
static void judge_conditions(const struct step_sink *sink, const struct type_text *from,
                             const struct type_text *to, bool *meets, bool *new)
{
    *meets = *new = false;
    for (size_t i = 0; i < to->domains.count; i++) {
        const struct object *domain = to->domains.items[i];
        const struct object *former = find_former(from, domain);

        if (former && !write_type_is_rebuilt(sink, domain))
            continue;
        *meets = *meets || is_constrained(domain);
        *new = *new ||
               (former ? write_domain_adds_conditions(former, domain) : is_constrained(domain));
    }
}

bool write_type_has_conditions(const struct step_sink *sink, const char *type)
{
    struct type_text parts = type_text_below(sink->arena, sink->to, type);

    for (size_t i = 0; !parts.array && i < parts.domains.count; i++)
        if (is_constrained(parts.domains.items[i]))
            return true;
    return false;
}

/* True when the type below domains keeps its name, but is built anew. */
static bool is_rebuilt_below(const struct step_sink *sink, const struct type_text *from,
                             const struct type_text *to)
{
    return from->object && to->object && strcmp(from->object->key, to->object->key) == 0 &&
           write_type_is_rebuilt(sink, to->object);
}

struct type_change write_type_change(const struct step_sink *sink, const char *before,
                                     const char *after)
{
    struct type_text from = type_text_below(sink->arena, sink->from, before);
    struct type_text to = type_text_below(sink->arena, sink->to, after);
    enum cast_effect effect = cast_effect(sink->arena, &from, &to);
    struct type_change change = {0};
    bool meets;
    bool new;

    judge_conditions(sink, &from, &to, &meets, &new);
    change.cast = cast_text(sink->arena, &from, &to, sink->server_version);
    if (is_rebuilt_below(sink, &from, &to) && !change.cast)
        change.cast = arena_printf(sink->arena, "%%s::text%s::%s", from.array ? "[]" : "",
                                   type_text_bare(sink->arena, &to));
    change.narrows = effect == CAST_LOSES;
    change.may_fail = effect != CAST_KEEPS || new;
    if (is_rebuilt_below(sink, &from, &to)) {
        change.narrows =
            change.narrows && to.object->kind != KIND_ENUM; /* that has a hazard of its own */
        change.may_fail = change.may_fail || to.object->kind != KIND_ENUM;
    }
    change.rewrites = change.cast || meets || !cast_is_in_place(&from, &to, sink->server_version);
    return change;
}

const char *write_cast_of(const struct step_sink *sink, const struct type_change *change,
                          const char *name)
{
    struct buffer text = BUFFER_EMPTY;
    const char *cast = change->cast;
    const char *mark;

    while ((mark = strstr(cast, "%s"))) {
        buffer_append_bytes(&text, cast, (size_t)(mark - cast));
        buffer_append(&text, name);
        cast = mark + 2;
    }
    buffer_append(&text, cast);
    return buffer_take(&text, sink->arena);
}

void write_type_hazards(const struct step_sink *sink, struct step *step,
                        const struct type_change *change)
{
    if (change->rewrites)
        write_rewrites(sink, step);
    if (change->narrows)
        write_hazard(sink, step, HAZARD_NARROW_TYPE);
    if (change->may_fail)
        write_hazard(sink, step, HAZARD_MAY_FAIL);
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
        if (text_is_among(x.base, families[i]) && text_is_among(y.base, families[i]))
            return true;
    return false;
}
