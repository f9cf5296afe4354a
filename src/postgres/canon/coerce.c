/* Conversions between types: what is possible in which context, what it looks like, and the common
 * type of several values. After the rules that PostgreSQL documents under "Type Conversion". */
#include "postgres/canon/internal.h"

#include <string.h>

/* How a value gets from one type to another. */
enum pathway { PATHWAY_NONE, PATHWAY_RELABEL, PATHWAY_CONVERT, PATHWAY_ARRAY };

bool universe_type_is(const struct pg_type *type, const char *name)
{
    return type && strcmp(type->name, name) == 0 && strcmp(type->schema, "pg_catalog") == 0;
}

static bool context_allows(char cast_context, enum coercion context)
{
    return cast_context == 'i' || (cast_context == 'a' && context >= COERCE_ASSIGNMENT) ||
           context == COERCE_EXPLICIT;
}

static enum pathway find_pathway(struct analyzer *analyzer, const struct pg_type *source,
                                 const struct pg_type *target, enum coercion context)
{
    struct pg_cast room;
    const struct pg_cast *cast;

    source = universe_base_type(source, NULL);
    target = universe_base_type(target, NULL);
    if (source == target)
        return PATHWAY_RELABEL;
    cast = universe_cast(analyzer->universe, source, target, &room);
    if (cast) {
        if (!context_allows(cast->context, context))
            return PATHWAY_NONE;
        return cast->method == 'b' ? PATHWAY_RELABEL : PATHWAY_CONVERT;
    }
    /* Arrays follow their elements; the two vector types are no arrays for this. */
    if (target->element && source->element && !universe_type_is(target, "oidvector") &&
        !universe_type_is(target, "int2vector") &&
        find_pathway(analyzer, source->element, target->element, context) != PATHWAY_NONE)
        return PATHWAY_ARRAY;
    if (context >= COERCE_ASSIGNMENT && target->category == 'S')
        return PATHWAY_CONVERT;
    if (context == COERCE_EXPLICIT && source->category == 'S')
        return PATHWAY_CONVERT;
    return PATHWAY_NONE;
}

static bool is_composite(const struct pg_type *type)
{
    type = universe_base_type(type, NULL);
    return type && type->type_class == PG_TYPE_COMPOSITE;
}

bool coerce_possible(struct analyzer *analyzer, const struct pg_type *source,
                     const struct pg_type *target, enum coercion context)
{
    if (!source || !target)
        return false;
    if (source == target || target == analyzer->types.any || source == analyzer->types.unknown)
        return true;
    if (polymorphic_type(analyzer, target))
        return true;
    if (find_pathway(analyzer, source, target, context) != PATHWAY_NONE)
        return true;
    if (source == analyzer->types.record && is_composite(target))
        return true;
    if (target == analyzer->types.record && is_composite(source))
        return true;
    return target == analyzer->types.record_array && source->element &&
           is_composite(source->element);
}

/* Whether all casts from and to the type are known: those of an extension's types may be anything. */
static bool has_known_casts(const struct pg_type *type)
{
    type = universe_base_type(type, NULL);
    if (type && type->element)
        return has_known_casts(type->element);
    return type && type->type_class != PG_TYPE_PSEUDO && type->type_class != PG_TYPE_COMPOSITE &&
           (!type->user || type->type_class == PG_TYPE_ENUM);
}

void analyze_refuse_type(struct analyzer *analyzer, const struct value *value,
                         const struct pg_type *type, enum coercion context)
{
    static const char *const hints[] = {[COERCE_ASSIGNMENT] =
                                            "Cast it explicitly, or change one of the types.",
                                        [COERCE_EXPLICIT] = "There is no such cast."};

    if (context == COERCE_IMPLICIT || analyzer->universe->casts_unknown || !value->type ||
        !has_known_casts(value->type) || !has_known_casts(type) ||
        coerce_possible(analyzer, value->type, type, context))
        return;
    analyze_refuse(analyzer, NULL, hints[context],
                   "a value of type %s cannot become one of type %s",
                   pg_type_format(value->type, -1, analyzer->arena),
                   pg_type_format(type, -1, analyzer->arena));
}

static struct value *inherit(struct value *value, const struct value *from)
{
    value->variables = from->variables;
    value->aggregate = from->aggregate;
    value->set = from->set;
    return value;
}

static struct value *cast_of(struct analyzer *analyzer, struct value *value,
                             const struct pg_type *type, int32_t typmod)
{
    return inherit(tree_value(tree_cast(analyzer, value->node, type, typmod), type, typmod), value);
}

/* A cast over ARRAY[...] is a cast of each element: the server's own text would become that as soon
 * as it is read again. */
static struct value *cast_array(struct analyzer *analyzer, struct value *value,
                                const struct pg_type *type, int32_t typmod, enum coercion context)
{
    struct value *result;
    A_ArrayExpr *array = makeNode(A_ArrayExpr);
    const struct pg_type *element = type->element;

    result = inherit(tree_value((Node *)array, type, -1), value);
    result->elements = palloc0(sizeof(struct value *) * (size_t)(value->element_count + 1));
    result->element_count = value->element_count;
    for (int i = 0; i < value->element_count; i++) {
        struct value *item = value->elements[i];
        bool nested = item->type && item->type->element && item->elements;

        result->elements[i] =
            coerce_value(analyzer, item, nested ? type : element, typmod, context);
        array->elements = lappend(array->elements, result->elements[i]->node);
    }
    return result;
}

/* Constants of these pairs keep their text: only the label changes. */
static bool same_text(struct analyzer *analyzer, const struct pg_type *source,
                      const struct pg_type *target)
{
    const struct known_types *types = &analyzer->types;

    return (source == types->varchar && target == types->text) ||
           (source == types->text && target == types->varchar);
}

/* Integers turned into wider numbers keep their digits. */
static bool widened(struct analyzer *analyzer, const struct pg_type *source,
                    const struct pg_type *target)
{
    const struct known_types *types = &analyzer->types;

    if (source == types->int2)
        return target == types->int4 || target == types->int8 || target == types->numeric;
    if (source == types->int4)
        return target == types->int8 || target == types->numeric;
    return source == types->int8 && target == types->numeric;
}

static struct value *coerce_literal(struct analyzer *analyzer, struct value *value,
                                    const struct pg_type *type, int32_t typmod)
{
    int32_t base_typmod = typmod;
    const struct pg_type *base = universe_base_type(type, &base_typmod);
    struct value *constant;

    analyze_depend_type(analyzer, type);
    /* interval alone reads its literals by its modifier. */
    constant = tree_constant(analyzer, base, base == analyzer->types.interval ? base_typmod : -1,
                             value->literal, value->source);
    if (base != type)
        constant = cast_of(analyzer, constant, type, -1);
    return constant;
}

/* The fields of a ROW take the types of the composite type's columns. */
static struct value *cast_row(struct analyzer *analyzer, struct value *value,
                              const struct pg_type *type, enum coercion context)
{
    const struct pg_type *base = universe_base_type(type, NULL);
    struct pg_relation *relation = universe_filled((struct pg_relation *)(uintptr_t)base->relation);
    RowExpr *row = makeNode(RowExpr);

    if (!relation || relation->column_count != value->element_count)
        return cast_of(analyzer, value, type, -1);
    row->row_format = COERCE_EXPLICIT_CALL;
    for (int i = 0; i < value->element_count; i++)
        row->args =
            lappend(row->args, coerce_value(analyzer, value->elements[i], relation->columns[i].type,
                                            relation->columns[i].typmod, context)
                                   ->node);
    return inherit(tree_value(tree_cast(analyzer, (Node *)row, type, -1), type, -1), value);
}

static struct value *convert(struct analyzer *analyzer, struct value *value,
                             const struct pg_type *type, enum coercion context)
{
    enum pathway pathway = find_pathway(analyzer, value->type, type, context);

    if (value->elements && !value->row && type->element && value->type->element &&
        (pathway == PATHWAY_ARRAY || pathway == PATHWAY_RELABEL))
        return cast_array(analyzer, value, type, -1, context);
    if (pathway != PATHWAY_NONE) {
        if (value->constant && value->typmod < 0 &&
            (same_text(analyzer, value->type, type) || widened(analyzer, value->type, type) ||
             (!value->literal && type->type_class != PG_TYPE_DOMAIN)))
            return tree_constant(analyzer, type, -1, value->literal, NULL);
        return cast_of(analyzer, value, type, -1);
    }
    if (value->type == analyzer->types.record && is_composite(type))
        return value->row ? cast_row(analyzer, value, type, context)
                          : cast_of(analyzer, value, type, -1);
    if ((type == analyzer->types.record && is_composite(value->type)) ||
        (type == analyzer->types.record_array && value->type->element))
        return value;
    analyze_refuse_type(analyzer, value, type, context);
    /* A row of a child table for its parent, or a cast that is not known here. */
    if (!is_composite(type) || !is_composite(value->type))
        analyze_incomplete(analyzer, "no conversion of %s to %s", value->type->name, type->name);
    return cast_of(analyzer, value, type, -1);
}

/* Makes the modifier hold: varchar(10), numeric(10,2). */
static struct value *coerce_typmod(struct analyzer *analyzer, struct value *value,
                                   const struct pg_type *type, int32_t typmod, bool hidden)
{
    struct value *result;
    Node *node = value->node;

    if (typmod == value->typmod)
        return value;
    if (value->elements && !value->row && type->element && typmod >= 0)
        return cast_array(analyzer, value, type, typmod, COERCE_EXPLICIT);
    /* The conversion and its length are written as one. */
    if (hidden && IsA(node, TypeCast))
        node = ((TypeCast *)node)->arg;
    else if (value->constant && value->literal && typmod >= 0)
        node = tree_string(value->literal);
    result = inherit(tree_value(tree_cast(analyzer, node, type, typmod), type, typmod), value);
    return result;
}

struct value *coerce_value(struct analyzer *analyzer, struct value *value,
                           const struct pg_type *type, int32_t typmod, enum coercion context)
{
    struct value *result = value;

    if (!type)
        return value;
    if (!value->type) {
        if (context == COERCE_EXPLICIT)
            return cast_of(analyzer, value, type, typmod);
        return value;
    }
    if (value->type == type || type == analyzer->types.any || polymorphic_type(analyzer, type)) {
        result = value;
    } else if (value->collated) {
        /* The conversion goes below COLLATE. */
        struct value *inner = coerce_value(analyzer, value->collated, type, typmod, context);
        CollateClause *clause = makeNode(CollateClause);

        clause->arg = inner->node;
        clause->collname = ((CollateClause *)value->node)->collname;
        result = inherit(tree_value((Node *)clause, inner->type, inner->typmod), inner);
        result->collated = inner;
        result->collation = value->collation;
        return result;
    } else if (value->type == analyzer->types.unknown && value->constant) {
        result = coerce_literal(analyzer, value, type, typmod);
    } else {
        result = convert(analyzer, value, type, context);
    }
    if (context == COERCE_EXPLICIT && (typmod >= 0 || result->typmod >= 0) &&
        !polymorphic_type(analyzer, type))
        result =
            coerce_typmod(analyzer, result, type, typmod, result != value && !result->constant);
    if (!result->collation && result->type && result->type->collatable)
        result->collation = value->collation;
    return result;
}

struct value *coerce_boolean(struct analyzer *analyzer, struct value *value)
{
    if (value->type == analyzer->types.boolean)
        return value;
    return coerce_value(analyzer, value, analyzer->types.boolean, -1, COERCE_ASSIGNMENT);
}

struct value *coerce_unknown(struct analyzer *analyzer, struct value *value)
{
    if (value->type != analyzer->types.unknown)
        return value;
    return coerce_value(analyzer, value, analyzer->types.text, -1, COERCE_IMPLICIT);
}

const struct pg_type *coerce_common(struct analyzer *analyzer, struct value **values, int count)
{
    const struct pg_type *unknown = analyzer->types.unknown;
    const struct pg_type *best = count ? values[0]->type : NULL;
    int i = 1;

    for (int j = 0; j < count; j++)
        if (!values[j]->type)
            return NULL;
    /* All alike: even domains stay. */
    if (best != unknown) {
        while (i < count && values[i]->type == best)
            i++;
        if (i >= count)
            return best;
    }
    best = universe_base_type(best, NULL);
    for (; i < count; i++) {
        const struct pg_type *type = universe_base_type(values[i]->type, NULL);

        if (type == unknown || type == best)
            continue;
        if (best == unknown) {
            best = type;
        } else if (type->category != best->category) {
            return NULL;
        } else if (!best->preferred && coerce_possible(analyzer, best, type, COERCE_IMPLICIT) &&
                   !coerce_possible(analyzer, type, best, COERCE_IMPLICIT)) {
            best = type;
        }
    }
    return best == unknown ? analyzer->types.text : best;
}

int32_t coerce_common_typmod(struct value **values, int count, const struct pg_type *type)
{
    int32_t typmod = count ? values[0]->typmod : -1;

    for (int i = 0; i < count; i++)
        if (values[i]->type != type || values[i]->typmod != typmod)
            return -1;
    return typmod;
}
