/* Casts, binary coercibility and default operator classes. */
#include <stdlib.h>
#include <string.h>

#include "postgres/facts/builtin.h"
#include "postgres/facts/universe.h"
#include "postgres/facts/universe_internal.h"

static int place_of(const struct pg_universe *universe, const struct pg_type *type)
{
    if (type < universe->builtin_types || type >= universe->builtin_types + builtin_type_count)
        return -1;
    return (int)(type - universe->builtin_types);
}

static int compare_cast(const void *key, const void *row)
{
    const struct builtin_cast *a = key, *b = row;

    return a->source != b->source ? a->source - b->source : a->target - b->target;
}

const struct pg_cast *universe_cast(const struct pg_universe *universe,
                                    const struct pg_type *source, const struct pg_type *target,
                                    struct pg_cast *built_in)
{
    int from = place_of(universe, source), to = place_of(universe, target);

    if (from >= 0 && to >= 0) {
        struct builtin_cast key = {.source = (int16_t)from, .target = (int16_t)to};
        const struct builtin_cast *row =
            bsearch(&key, builtin_casts, (size_t)builtin_cast_count, sizeof(*row), compare_cast);

        if (row && universe->major >= row->first && (!row->last || universe->major <= row->last)) {
            *built_in = (struct pg_cast){source, target, row->context, row->method};
            return built_in;
        }
    }
    for (const struct universe_cast *entry = universe->casts; entry; entry = entry->next)
        if (entry->cast.source == source && entry->cast.target == target)
            return &entry->cast;
    return NULL;
}

static bool is_named(const struct pg_type *type, const char *name)
{
    return strcmp(type->schema, "pg_catalog") == 0 && strcmp(type->name, name) == 0;
}

/* The pseudo-types that take whole classes of types as they are. */
static bool accepts_class(const struct pg_type *target, const struct pg_type *source)
{
    if (target->type_class != PG_TYPE_PSEUDO)
        return false;
    return is_named(target, "any") || is_named(target, "anyelement") ||
           is_named(target, "anycompatible") ||
           (source->element &&
            (is_named(target, "anyarray") || is_named(target, "anycompatiblearray"))) ||
           (source->type_class == PG_TYPE_ENUM && is_named(target, "anyenum")) ||
           (source->type_class == PG_TYPE_RANGE &&
            (is_named(target, "anyrange") || is_named(target, "anycompatiblerange"))) ||
           (source->type_class == PG_TYPE_MULTIRANGE &&
            (is_named(target, "anymultirange") || is_named(target, "anycompatiblemultirange"))) ||
           (source->type_class == PG_TYPE_COMPOSITE && is_named(target, "record")) ||
           (source->element && source->element->type_class == PG_TYPE_COMPOSITE &&
            is_named(target, "_record"));
}

bool universe_binary_coercible(const struct pg_universe *universe, const struct pg_type *source,
                               const struct pg_type *target)
{
    struct pg_cast room;
    const struct pg_cast *cast;

    if (source == target)
        return true;
    source = universe_base_type(source, NULL);
    if (source == target || accepts_class(target, source))
        return true;
    cast = universe_cast(universe, source, target, &room);
    return cast && cast->method == 'b' && cast->context == 'i';
}

/* What GetDefaultOpClass chooses: an exact match, else one that accepts the type as it is. */
static bool better(const struct pg_universe *universe, const struct pg_type *candidate,
                   const struct pg_type *type, const struct pg_type *best)
{
    if (candidate == type)
        return true;
    if (best == type || !universe_binary_coercible(universe, type, candidate))
        return false;
    return !best || (candidate->preferred && !best->preferred);
}

const char *pg_universe_default_opclass(const struct pg_universe *universe,
                                        const char *access_method, const struct pg_type *type)
{
    const struct pg_type *best = NULL;
    const char *name = NULL;

    type = universe_base_type(type, NULL);
    for (int i = 0; i < builtin_class_count; i++) {
        const struct builtin_class *row = &builtin_classes[i];
        const struct pg_type *candidate = universe_type_at(universe, row->type);

        if (strcmp(row->access_method, access_method) == 0 && candidate &&
            universe->major >= row->first && (!row->last || universe->major <= row->last) &&
            better(universe, candidate, type, best)) {
            best = candidate;
            name = row->name;
        }
    }
    for (const struct universe_opclass *entry = universe->opclasses; entry; entry = entry->next)
        if (strcmp(entry->access_method, access_method) == 0 &&
            better(universe, entry->type, type, best)) {
            best = entry->type;
            name = entry->name;
        }
    return name;
}
