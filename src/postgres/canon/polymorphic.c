/* Polymorphic types: anyelement and its family, which must agree exactly, and anycompatible and its
 * family, which take a common type. */
#include "postgres/canon/internal.h"

#include <string.h>

/* What a polymorphic argument says about its family's element type. */
enum shape { SHAPE_NONE, SHAPE_ELEMENT, SHAPE_ARRAY, SHAPE_RANGE, SHAPE_MULTIRANGE };

struct family {
    const struct pg_type *element; /* what the arguments agree on */
    const struct pg_type *array;
    const struct pg_type *range;
    const struct pg_type *multirange;
    bool used;
    bool conflict;
};

static enum shape shape_of(const struct analyzer *analyzer, const struct pg_type *type,
                           bool *compatible)
{
    const struct known_types *types = &analyzer->types;
    const struct {
        const struct pg_type *exact, *common;
        enum shape shape;
    } shapes[] = {{types->anyelement, types->anycompatible, SHAPE_ELEMENT},
                  {types->anynonarray, types->anycompatiblenonarray, SHAPE_ELEMENT},
                  {types->anyenum, NULL, SHAPE_ELEMENT},
                  {types->anyarray, types->anycompatiblearray, SHAPE_ARRAY},
                  {types->anyrange, types->anycompatiblerange, SHAPE_RANGE},
                  {types->anymultirange, types->anycompatiblemultirange, SHAPE_MULTIRANGE}};

    if (!type || type->type_class != PG_TYPE_PSEUDO)
        return SHAPE_NONE;
    for (size_t i = 0; i < lengthof(shapes); i++) {
        if (type != shapes[i].exact && type != shapes[i].common)
            continue;
        *compatible = type != shapes[i].exact;
        return shapes[i].shape;
    }
    return SHAPE_NONE;
}

bool polymorphic_type(const struct analyzer *analyzer, const struct pg_type *type)
{
    bool compatible;

    return shape_of(analyzer, type, &compatible) != SHAPE_NONE;
}

static void agree(const struct pg_type **known, const struct pg_type *type, bool *conflict)
{
    if (*known && *known != type)
        *conflict = true;
    else
        *known = type;
}

/* The array or range type a value must have; a domain over one counts as it. */
static const struct pg_type *container(const struct pg_type *type, enum shape shape)
{
    const struct pg_type *base = universe_base_type(type, NULL);

    if (shape == SHAPE_ARRAY)
        return base->element ? base : NULL;
    if (shape == SHAPE_RANGE)
        return base->type_class == PG_TYPE_RANGE ? base : NULL;
    return base->type_class == PG_TYPE_MULTIRANGE ? base : NULL;
}

static void note_exact(struct analyzer *analyzer, struct family *family, enum shape shape,
                       const struct pg_type *declared, const struct pg_type *actual)
{
    const struct pg_type *type;

    if (shape == SHAPE_ELEMENT) {
        if (declared == analyzer->types.anynonarray && universe_base_type(actual, NULL)->element)
            family->conflict = true;
        if (declared == analyzer->types.anyenum && actual->type_class != PG_TYPE_ENUM)
            family->conflict = true;
        agree(&family->element, actual, &family->conflict);
        return;
    }
    type = container(actual, shape);
    if (!type) {
        family->conflict = true;
        return;
    }
    agree(shape == SHAPE_ARRAY   ? &family->array
          : shape == SHAPE_RANGE ? &family->range
                                 : &family->multirange,
          type, &family->conflict);
    agree(&family->element, shape == SHAPE_ARRAY ? type->element : type->subtype,
          &family->conflict);
}

/* A range type's elements are fixed, those of arrays and scalars only candidates for a common type. */
static void note_common(struct family *family, enum shape shape, const struct pg_type *actual,
                        struct value *candidates, int *count)
{
    const struct pg_type *type = actual;

    if (shape != SHAPE_ELEMENT) {
        type = container(actual, shape);
        if (!type) {
            family->conflict = true;
            return;
        }
        if (shape == SHAPE_RANGE)
            agree(&family->range, type, &family->conflict);
        else if (shape == SHAPE_MULTIRANGE)
            agree(&family->multirange, type, &family->conflict);
        type = shape == SHAPE_ARRAY ? type->element : type->subtype;
    }
    candidates[(*count)++].type = type;
}

static void collect(struct analyzer *analyzer, const struct pg_type *const *actual,
                    const struct pg_type *const *declared, int count, struct family *exact,
                    struct family *common)
{
    struct value candidates[FUNCTION_ARGUMENTS], *pointers[FUNCTION_ARGUMENTS];
    int candidate_count = 0;

    memset(exact, 0, sizeof(*exact));
    memset(common, 0, sizeof(*common));
    for (int i = 0; i < count && i < FUNCTION_ARGUMENTS; i++) {
        bool compatible;
        enum shape shape = shape_of(analyzer, declared[i], &compatible);

        if (shape == SHAPE_NONE)
            continue;
        (compatible ? common : exact)->used = true;
        if (!actual[i] || actual[i] == analyzer->types.unknown ||
            (actual[i] == declared[i] && polymorphic_type(analyzer, actual[i])))
            continue;
        if (declared[i] == analyzer->types.anycompatiblenonarray &&
            universe_base_type(actual[i], NULL)->element)
            common->conflict = true;
        if (compatible)
            note_common(common, shape, actual[i], candidates, &candidate_count);
        else
            note_exact(analyzer, exact, shape, declared[i], actual[i]);
    }
    for (int i = 0; i < candidate_count; i++)
        pointers[i] = &candidates[i];
    if (candidate_count) {
        common->element = coerce_common(analyzer, pointers, candidate_count);
        if (!common->element)
            common->conflict = true;
    }
}

bool polymorphic_fits(struct analyzer *analyzer, const struct pg_type *const *actual,
                      const struct pg_type *const *declared, int count)
{
    struct family exact, common;
    bool any = false;

    for (int i = 0; i < count; i++)
        any = any || polymorphic_type(analyzer, declared[i]);
    if (!any)
        return true;
    collect(analyzer, actual, declared, count, &exact, &common);
    return !exact.conflict && !common.conflict;
}

static const struct pg_type *range_over(struct analyzer *analyzer, const struct family *family,
                                        bool multirange)
{
    static const char *const pairs[][2] = {
        {"int4range", "int4multirange"}, {"int8range", "int8multirange"},
        {"numrange", "nummultirange"},   {"tsrange", "tsmultirange"},
        {"tstzrange", "tstzmultirange"}, {"daterange", "datemultirange"}};

    if (multirange ? family->multirange : family->range)
        return multirange ? family->multirange : family->range;
    for (size_t i = 0; i < lengthof(pairs); i++) {
        const struct pg_type *range = universe_builtin_type(analyzer->universe, pairs[i][0]);
        const struct pg_type *multi = universe_builtin_type(analyzer->universe, pairs[i][1]);

        if (multirange ? range == family->range : multi == family->multirange)
            return multirange ? multi : range;
    }
    return NULL;
}

static const struct pg_type *concrete(struct analyzer *analyzer, const struct family *exact,
                                      const struct family *common, const struct pg_type *declared)
{
    bool compatible = false;
    enum shape shape = shape_of(analyzer, declared, &compatible);
    const struct family *family = compatible ? common : exact;
    const struct pg_type *element = family->element;

    /* Only literals: the common family takes text, the exact one fails. */
    if (!element && compatible)
        element = analyzer->types.text;
    switch (shape) {
    case SHAPE_ELEMENT:
        return element;
    case SHAPE_ARRAY:
        if (!compatible && family->array)
            return family->array;
        return element ? element->array : NULL;
    case SHAPE_RANGE:
        return range_over(analyzer, family, false);
    case SHAPE_MULTIRANGE:
        return range_over(analyzer, family, true);
    case SHAPE_NONE:
    default:
        return declared;
    }
}

const struct pg_type *polymorphic_resolve(struct analyzer *analyzer,
                                          const struct pg_type *const *actual,
                                          const struct pg_type **declared, int count,
                                          const struct pg_type *result)
{
    struct family exact, common;
    bool any = polymorphic_type(analyzer, result);

    for (int i = 0; i < count; i++)
        any = any || polymorphic_type(analyzer, declared[i]);
    if (!any)
        return result;
    collect(analyzer, actual, declared, count, &exact, &common);
    for (int i = 0; i < count; i++)
        declared[i] = concrete(analyzer, &exact, &common, declared[i]);
    return concrete(analyzer, &exact, &common, result);
}
