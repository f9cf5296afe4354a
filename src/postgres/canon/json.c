/* SQL/JSON. The parts are analyzed and put back into a copy; libpg_query prints the whole. */
#include "postgres/canon/internal.h"

#include "postgres/types/types.h"

#if PLUMB_PG_QUERY_VERSION >= 17

static Node *plain(struct analyzer *analyzer, Node *node)
{
    return node ? coerce_unknown(analyzer, analyze_expression(analyzer, node))->node : NULL;
}

static JsonValueExpr *json_value(struct analyzer *analyzer, JsonValueExpr *value)
{
    JsonValueExpr *copy;

    if (!value)
        return NULL;
    copy = makeNode(JsonValueExpr);
    *copy = *value;
    copy->raw_expr = (Expr *)plain(analyzer, (Node *)value->raw_expr);
    return copy;
}

/* The wanted type, printed always; otherwise is the type without RETURNING. */
static JsonOutput *output(struct analyzer *analyzer, JsonOutput *given,
                          const struct pg_type *otherwise, const struct pg_type **type,
                          int32_t *typmod)
{
    JsonOutput *copy = makeNode(JsonOutput);

    *type = otherwise;
    *typmod = -1;
    if (given)
        *copy = *given;
    else
        copy->returning = makeNode(JsonReturning), copy->returning->format = makeNode(JsonFormat);
    if (given && given->typeName)
        *type = analyze_type(analyzer, given->typeName, typmod);
    if (!*type)
        return given;
    copy->typeName = tree_type(analyzer, *type, *typmod);
    return copy;
}

static JsonKeyValue *key_value(struct analyzer *analyzer, JsonKeyValue *pair)
{
    JsonKeyValue *copy = makeNode(JsonKeyValue);

    copy->key = (Expr *)plain(analyzer, (Node *)pair->key);
    copy->value = json_value(analyzer, pair->value);
    return copy;
}

static JsonAggConstructor *aggregate(struct analyzer *analyzer, JsonAggConstructor *constructor,
                                     const struct pg_type **type, int32_t *typmod)
{
    JsonAggConstructor *copy = makeNode(JsonAggConstructor);

    *copy = *constructor;
    copy->output = output(analyzer, constructor->output, analyzer->types.json, type, typmod);
    copy->agg_filter = analyze_boolean(analyzer, constructor->agg_filter);
    copy->agg_order = analyze_sort(analyzer, constructor->agg_order, NULL);
    if (constructor->over && !constructor->over->name)
        copy->over = analyze_window(analyzer, constructor->over);
    return copy;
}

static struct value *constructed(Node *node, const struct pg_type *type, int32_t typmod)
{
    struct value *value = tree_value(node, type, typmod);

    value->variables = true;
    return value;
}

static struct value *object(struct analyzer *analyzer, JsonObjectConstructor *node)
{
    JsonObjectConstructor *copy = makeNode(JsonObjectConstructor);
    const struct pg_type *type;
    int32_t typmod;
    ListCell *cell;

    *copy = *node;
    copy->exprs = NIL;
    foreach (cell, node->exprs)
        copy->exprs = lappend(copy->exprs, key_value(analyzer, lfirst(cell)));
    copy->output = output(analyzer, node->output, analyzer->types.json, &type, &typmod);
    return constructed((Node *)copy, type, typmod);
}

static struct value *array(struct analyzer *analyzer, JsonArrayConstructor *node)
{
    JsonArrayConstructor *copy = makeNode(JsonArrayConstructor);
    const struct pg_type *type;
    int32_t typmod;
    ListCell *cell;

    *copy = *node;
    copy->exprs = NIL;
    foreach (cell, node->exprs)
        copy->exprs = lappend(copy->exprs, json_value(analyzer, lfirst(cell)));
    copy->output = output(analyzer, node->output, analyzer->types.json, &type, &typmod);
    return constructed((Node *)copy, type, typmod);
}

/* JSON_ARRAY(query) is stored as (SELECT JSON_ARRAYAGG(a) FROM (query) q(a)). */
static struct value *array_query(struct analyzer *analyzer, JsonArrayQueryConstructor *node)
{
    JsonArrayAgg *aggregated = makeNode(JsonArrayAgg);
    SelectStmt *select = makeNode(SelectStmt);
    ResTarget *target = makeNode(ResTarget);
    RangeSubselect *range = makeNode(RangeSubselect);
    SubLink *link = makeNode(SubLink);

    aggregated->constructor = makeNode(JsonAggConstructor);
    aggregated->constructor->output = node->output;
    aggregated->arg = makeNode(JsonValueExpr);
    aggregated->arg->raw_expr = (Expr *)tree_column("q", "a");
    aggregated->arg->format = node->format;
    aggregated->absent_on_null = node->absent_on_null;
    range->subquery = node->query;
    range->alias = makeAlias("q", list_make1(makeString(pstrdup("a"))));
    target->val = (Node *)aggregated;
    select->targetList = list_make1(target);
    select->fromClause = list_make1(range);
    select->limitOption = LIMIT_OPTION_DEFAULT;
    link->subLinkType = EXPR_SUBLINK;
    link->subselect = (Node *)select;
    return analyze_sublink(analyzer, link);
}

static struct value *object_aggregate(struct analyzer *analyzer, JsonObjectAgg *node)
{
    JsonObjectAgg *copy = makeNode(JsonObjectAgg);
    const struct pg_type *type;
    int32_t typmod;
    struct value *value;

    *copy = *node;
    copy->arg = key_value(analyzer, node->arg);
    copy->constructor = aggregate(analyzer, node->constructor, &type, &typmod);
    value = constructed((Node *)copy, type, typmod);
    value->aggregate = true;
    return value;
}

static struct value *array_aggregate(struct analyzer *analyzer, JsonArrayAgg *node)
{
    JsonArrayAgg *copy = makeNode(JsonArrayAgg);
    const struct pg_type *type;
    int32_t typmod;
    struct value *value;

    *copy = *node;
    copy->arg = json_value(analyzer, node->arg);
    copy->constructor = aggregate(analyzer, node->constructor, &type, &typmod);
    value = constructed((Node *)copy, type, typmod);
    value->aggregate = true;
    return value;
}

static struct value *predicate(struct analyzer *analyzer, JsonIsPredicate *node)
{
    JsonIsPredicate *copy = makeNode(JsonIsPredicate);
    struct value *argument = coerce_unknown(analyzer, analyze_expression(analyzer, node->expr));
    const struct pg_type *base = universe_base_type(argument->type, NULL);

    if (base && base->category == 'S')
        argument = coerce_value(analyzer, argument, analyzer->types.text, -1, COERCE_IMPLICIT);
    *copy = *node;
    copy->expr = argument->node;
    return constructed((Node *)copy, analyzer->types.boolean, -1);
}

static struct value *function(struct analyzer *analyzer, JsonFuncExpr *node)
{
    JsonFuncExpr *copy = makeNode(JsonFuncExpr);
    const struct known_types *types = &analyzer->types;
    const struct pg_type *type = node->op == JSON_EXISTS_OP  ? types->boolean
                                 : node->op == JSON_QUERY_OP ? types->jsonb
                                                             : types->text;
    const struct pg_type *path = universe_builtin_type(analyzer->universe, "jsonpath");
    int32_t typmod = -1;
    ListCell *cell;

    *copy = *node;
    copy->context_item = json_value(analyzer, node->context_item);
    copy->pathspec = coerce_value(analyzer, analyze_expression(analyzer, node->pathspec), path, -1,
                                  COERCE_IMPLICIT)
                         ->node;
    copy->passing = NIL;
    foreach (cell, node->passing) {
        JsonArgument *argument = makeNode(JsonArgument);

        *argument = *(JsonArgument *)lfirst(cell);
        argument->val = json_value(analyzer, argument->val);
        copy->passing = lappend(copy->passing, argument);
    }
    if (node->op != JSON_EXISTS_OP)
        copy->output = output(analyzer, node->output, type, &type, &typmod);
    return constructed((Node *)copy, type, typmod);
}

struct value *analyze_json(struct analyzer *analyzer, Node *node)
{
    switch ((int)nodeTag(node)) {
    case T_JsonObjectConstructor:
        return object(analyzer, (JsonObjectConstructor *)node);
    case T_JsonArrayConstructor:
        return array(analyzer, (JsonArrayConstructor *)node);
    case T_JsonArrayQueryConstructor:
        return array_query(analyzer, (JsonArrayQueryConstructor *)node);
    case T_JsonObjectAgg:
        return object_aggregate(analyzer, (JsonObjectAgg *)node);
    case T_JsonArrayAgg:
        return array_aggregate(analyzer, (JsonArrayAgg *)node);
    case T_JsonIsPredicate:
        return predicate(analyzer, (JsonIsPredicate *)node);
    case T_JsonFuncExpr:
        return function(analyzer, (JsonFuncExpr *)node);
    default:
        return NULL;
    }
}

#else

struct value *analyze_json(struct analyzer *analyzer, Node *node)
{
    (void)analyzer;
    (void)node;
    return NULL;
}

#endif
