/* Operators, and what the grammar writes like operators: IN, BETWEEN, LIKE, IS DISTINCT FROM, row
 * comparisons, and sub-selects on the right of an operator. */
#include "postgres/canon/internal.h"

#include <string.h>

#include "utils/builtins.h"

/* -- Look-up ------------------------------------------------------------------------------------ */

struct gathering {
    struct candidate *candidates;
    bool prefix;
};

static void gather(void *object, int place, void *context)
{
    struct gathering *gathering = context;
    const struct pg_operator *operator_ = object;
    struct candidate *candidate;

    if ((operator_->left == NULL) != gathering->prefix)
        return;
    candidate = palloc0(sizeof(struct candidate));
    candidate->object = operator_;
    candidate->place = place;
    candidate->types = palloc(2 * sizeof(candidate->types[0]));
    candidate->types[0] = gathering->prefix ? operator_->right : operator_->left;
    candidate->types[1] = operator_->right;
    candidate->next = gathering->candidates;
    gathering->candidates = candidate;
}

/* Looks for the operator of exactly these types: the common case, for which nothing is allocated. */
struct exact_search {
    const struct pg_type *left, *right; /* left NULL: prefix */
    const struct pg_operator *found;
    int place;
};

static void visit_exact(void *object, int place, void *context)
{
    struct exact_search *search = context;
    const struct pg_operator *operator_ = object;

    if (operator_->left == search->left && operator_->right == search->right &&
        (!search->found || place < search->place)) {
        search->found = operator_;
        search->place = place;
    }
}

static const struct pg_operator *exact(struct analyzer *analyzer, const char *schema,
                                       const char *name, const struct pg_type *left,
                                       const struct pg_type *right)
{
    struct exact_search search = {.left = left, .right = right};

    universe_operators(analyzer->universe, schema, name, visit_exact, &search);
    return search.found;
}

/* An untyped literal is first taken to be of the other side's type, or of its base type. */
static const struct pg_operator *exact_binary(struct analyzer *analyzer, const char *schema,
                                              const char *name, const struct pg_type *left,
                                              const struct pg_type *right)
{
    const struct pg_type *unknown = analyzer->types.unknown, *base;
    const struct pg_operator *found;
    bool literal = left == unknown || right == unknown;

    if (left == unknown)
        left = right;
    else if (right == unknown)
        right = left;
    found = exact(analyzer, schema, name, left, right);
    if (found || !literal)
        return found;
    base = universe_base_type(left, NULL);
    return base != left ? exact(analyzer, schema, name, base, base) : NULL;
}

const struct pg_operator *operator_find(struct analyzer *analyzer, List *name,
                                        const struct pg_type *left, const struct pg_type *right)
{
    struct gathering gathering = {.prefix = !left};
    const char *schema =
        list_length(name) > 1 ? strVal(list_nth(name, list_length(name) - 2)) : NULL;
    const char *operator_ = strVal(llast(name));
    const struct pg_type *actual[2] = {left ? left : right, right};
    const struct pg_operator *found = left ? exact_binary(analyzer, schema, operator_, left, right)
                                           : exact(analyzer, schema, operator_, NULL, right);
    struct candidate *chosen;

    if (found)
        return found;
    universe_operators(analyzer->universe, schema, operator_, gather, &gathering);
    chosen = candidate_select(analyzer, gathering.candidates, actual, left ? 2 : 1);
    return chosen ? chosen->object : NULL;
}

/* -- Building ----------------------------------------------------------------------------------- */

static struct value *merge(struct value *value, const struct value *left, const struct value *right)
{
    value->variables = (left && left->variables) || (right && right->variables);
    value->aggregate = (left && left->aggregate) || (right && right->aggregate);
    value->set = (left && left->set) || (right && right->set);
    if (value->type && value->type->collatable)
        value->collation = left && left->collation ? left->collation
                           : right                 ? right->collation
                                                   : NULL;
    return value;
}

/* The name as printed: the schema only where the operator is not built in. */
static List *printed_name(const struct pg_operator *operator_)
{
    if (strcmp(operator_->schema, "pg_catalog") == 0)
        return list_make1(makeString(pstrdup(operator_->name)));
    return list_make2(makeString(pstrdup(operator_->schema)), makeString(pstrdup(operator_->name)));
}

static void depend_operator(struct analyzer *analyzer, const struct pg_operator *operator_)
{
    if (operator_->user)
        analyze_named(analyzer, "operator", operator_->schema, operator_->name);
}

/* An operator of the model, or of a schema other than public, is looked for there in the author's text too. */
static void edit_operator(struct analyzer *analyzer, const A_Expr *expression, const Node *result)
{
    const A_Expr *found = (const A_Expr *)result;
    const char *name = strVal(llast(expression->name));

    if (list_length(expression->name) != 1 || expression->location < 0 || !IsA(result, A_Expr) ||
        list_length(found->name) != 2 ||
        (strcmp(strVal(linitial(found->name)), "public") == 0 &&
         !pg_universe_find_named(analyzer->universe, "operator", "public", name)) ||
        strncmp(analyzer->text + expression->location, name, strlen(name)) != 0)
        return;
    analyze_edit(
        analyzer, expression->location, (int)strlen(name),
        psprintf("OPERATOR(%s.%s)", quote_identifier(strVal(linitial(found->name))), name));
}

static struct value *unresolved(struct analyzer *analyzer, List *name, struct value *left,
                                struct value *right)
{
    struct value *value;
    static const char *const comparisons[] = {
        "=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*"};
    const char *schema = list_length(name) > 1 ? strVal(linitial(name)) : NULL;

    /* one of the model's own: what it gives is not known, but where it is */
    schema = analyze_named(analyzer, "operator", schema, strVal(llast(name)));
    if (schema)
        name = list_make2(makeString(pstrdup(schema)), llast(name));
    value = tree_value(
        (Node *)tree_operation(AEXPR_OP, name, left ? left->node : NULL, right->node), NULL, -1);
    if ((!left || left->type) && right->type)
        analyze_incomplete(analyzer, "no operator %s for %s and %s", strVal(llast(name)),
                           left ? left->type->name : "nothing", right->type->name);
    else
        analyze_incomplete(analyzer, "operator %s over an unknown type", strVal(llast(name)));
    for (size_t i = 0; i < lengthof(comparisons); i++)
        if (strcmp(comparisons[i], strVal(llast(name))) == 0)
            value->type = analyzer->types.boolean;
    return merge(value, left, right);
}

/* Finds the operator and converts both sides; NULL when it cannot. */
static const struct pg_operator *resolve(struct analyzer *analyzer, List *name, struct value **left,
                                         struct value **right, const struct pg_type **result)
{
    const struct pg_type *actual[2], *declared[2];
    const struct pg_operator *operator_;

    if ((*left && !(*left)->type) || !(*right)->type)
        return NULL;
    operator_ = operator_find(analyzer, name, *left ? (*left)->type : NULL, (*right)->type);
    if (!operator_)
        return NULL;
    actual[0] = *left ? (*left)->type : (*right)->type;
    actual[1] = (*right)->type;
    declared[0] = *left ? operator_->left : operator_->right;
    declared[1] = operator_->right;
    *result = polymorphic_resolve(analyzer, actual, declared, 2, operator_->result);
    if (*left)
        *left = coerce_value(analyzer, *left, declared[0], -1, COERCE_IMPLICIT);
    *right = coerce_value(analyzer, *right, declared[1], -1, COERCE_IMPLICIT);
    depend_operator(analyzer, operator_);
    return operator_;
}

/* -(5) becomes the number -5 when the server's text is read again. */
static struct value *negative(struct analyzer *analyzer, List *name, struct value *left,
                              struct value *right)
{
    const struct known_types *types = &analyzer->types;

    if (left || !right->constant || !right->literal || right->typmod >= 0 || !right->literal[0] ||
        (right->type != types->int4 && right->type != types->int8 &&
         right->type != types->numeric) ||
        list_length(name) != 1 || strcmp(strVal(linitial(name)), "-") != 0 ||
        right->literal[0] == 'N')
        return NULL;
    return tree_constant(
        analyzer, right->type, -1,
        right->literal[0] == '-' ? right->literal + 1 : psprintf("-%s", right->literal), NULL);
}

struct value *analyze_operator(struct analyzer *analyzer, List *name, struct value *left,
                               struct value *right)
{
    const struct pg_type *type = NULL;
    const struct pg_operator *operator_;
    struct value *constant = negative(analyzer, name, left, right);

    if (constant)
        return constant;
    operator_ = resolve(analyzer, name, &left, &right, &type);
    if (!operator_)
        return unresolved(analyzer, name, left, right);
    return merge(tree_value((Node *)tree_operation(AEXPR_OP, printed_name(operator_),
                                                   left ? left->node : NULL, right->node),
                            type, -1),
                 left, right);
}

static List *operator_name(const char *name)
{
    return list_make1(makeString(pstrdup(name)));
}

static struct value *joined(struct analyzer *analyzer, BoolExprType kind, struct value *left,
                            struct value *right)
{
    return merge(tree_value(tree_boolean(kind, list_make2(left->node, right->node)),
                            analyzer->types.boolean, -1),
                 left, right);
}

static struct value *negated(struct analyzer *analyzer, struct value *value)
{
    return merge(tree_value(tree_not(value->node), analyzer->types.boolean, -1), value, NULL);
}

/* -- Rows --------------------------------------------------------------------------------------- */

/* (a, b) = (c, d) is a = c AND b = d; only the orderings stay one expression. */
static struct value *compare_rows(struct analyzer *analyzer, List *name, struct value *left,
                                  struct value *right, bool distinct);

static struct value *compare_each(struct analyzer *analyzer, List *name, struct value *left,
                                  struct value *right, BoolExprType kind, bool distinct)
{
    struct value *all = NULL;

    for (int i = 0; i < left->element_count; i++) {
        struct value *one;

        if (distinct) {
            const struct pg_type *type = NULL;
            struct value *a = left->elements[i], *b = right->elements[i];

            if (!resolve(analyzer, name, &a, &b, &type))
                return unresolved(analyzer, name, left, right);
            one = merge(tree_value((Node *)tree_operation(AEXPR_DISTINCT, operator_name("="),
                                                          a->node, b->node),
                                   analyzer->types.boolean, -1),
                        a, b);
        } else {
            one = analyze_operator(analyzer, name, left->elements[i], right->elements[i]);
        }
        all = all ? joined(analyzer, kind, all, one) : one;
    }
    return all;
}

static Node *row_node(struct value **elements, int count)
{
    RowExpr *row = makeNode(RowExpr);

    row->row_format = COERCE_EXPLICIT_CALL;
    for (int i = 0; i < count; i++)
        row->args = lappend(row->args, elements[i]->node);
    return (Node *)row;
}

static struct value *compare_rows(struct analyzer *analyzer, List *name, struct value *left,
                                  struct value *right, bool distinct)
{
    const char *operator_ = strVal(llast(name));
    const struct pg_type *type = NULL;

    if (left->element_count != right->element_count || !left->element_count)
        return unresolved(analyzer, name, left, right);
    if (distinct)
        return compare_each(analyzer, name, left, right, OR_EXPR, true);
    if (left->element_count == 1)
        return analyze_operator(analyzer, name, left->elements[0], right->elements[0]);
    if (strcmp(operator_, "=") == 0)
        return compare_each(analyzer, name, left, right, AND_EXPR, false);
    if (strcmp(operator_, "<>") == 0)
        return compare_each(analyzer, name, left, right, OR_EXPR, false);
    for (int i = 0; i < left->element_count; i++)
        if (!resolve(analyzer, name, &left->elements[i], &right->elements[i], &type))
            return unresolved(analyzer, name, left, right);
    return merge(tree_value((Node *)tree_operation(AEXPR_OP, name,
                                                   row_node(left->elements, left->element_count),
                                                   row_node(right->elements, right->element_count)),
                            analyzer->types.boolean, -1),
                 left, right);
}

static struct value *binary(struct analyzer *analyzer, List *name, struct value *left,
                            struct value *right)
{
    if (left && left->row && right->row)
        return compare_rows(analyzer, name, left, right, false);
    return analyze_operator(analyzer, name, left, right);
}

/* -- The kinds of A_Expr ------------------------------------------------------------------------ */

static struct value *distinct(struct analyzer *analyzer, A_Expr *expression, struct value *left,
                              struct value *right)
{
    const struct pg_type *type = NULL;
    struct value *a = left, *b = right;

    /* Against NULL it is a plain test. */
    if (left->source && !left->literal && left->constant)
        a = right, b = left;
    if (b->source && b->constant && !b->literal && b->type == analyzer->types.unknown) {
        NullTest *test = makeNode(NullTest);

        test->arg = (Expr *)a->node;
        test->nulltesttype = IS_NOT_NULL;
        return merge(tree_value((Node *)test, analyzer->types.boolean, -1), left, right);
    }
    if (left->row && right->row)
        return compare_rows(analyzer, expression->name, left, right, true);
    if (!resolve(analyzer, expression->name, &left, &right, &type)) {
        struct value *result = unresolved(analyzer, expression->name, left, right);

        ((A_Expr *)result->node)->kind = AEXPR_DISTINCT;
        return result;
    }
    return merge(tree_value((Node *)tree_operation(AEXPR_DISTINCT, operator_name("="), left->node,
                                                   right->node),
                            analyzer->types.boolean, -1),
                 left, right);
}

/* The server's NOT of a NULL test is the opposite test. */
static struct value *not_distinct(struct analyzer *analyzer, A_Expr *expression, struct value *left,
                                  struct value *right)
{
    struct value *value = distinct(analyzer, expression, left, right);

    if (IsA(value->node, NullTest)) {
        ((NullTest *)value->node)->nulltesttype = IS_NULL;
        return value;
    }
    return negated(analyzer, value);
}

static struct value *null_if(struct analyzer *analyzer, A_Expr *expression, struct value *left,
                             struct value *right)
{
    const struct pg_type *type = NULL, *left_type;
    struct value *result, *plain_left = left;
    int32_t typmod = -1;

    if (!resolve(analyzer, expression->name, &left, &right, &type)) {
        result = unresolved(analyzer, expression->name, left, right);
        ((A_Expr *)result->node)->kind = AEXPR_NULLIF;
        result->type = left->type == analyzer->types.unknown ? NULL : left->type;
        return result;
    }
    left_type = left->type;
    if (left == plain_left)
        typmod = left->typmod;
    return merge(tree_value((Node *)tree_operation(AEXPR_NULLIF, operator_name("="), left->node,
                                                   right->node),
                            left_type, typmod),
                 left, right);
}

static struct value *between(struct analyzer *analyzer, A_Expr *expression)
{
    List *bounds = (List *)expression->rexpr;
    bool inverse =
        expression->kind == AEXPR_NOT_BETWEEN || expression->kind == AEXPR_NOT_BETWEEN_SYM;
    bool symmetric =
        expression->kind == AEXPR_BETWEEN_SYM || expression->kind == AEXPR_NOT_BETWEEN_SYM;
    List *first = operator_name(inverse ? "<" : ">="),
         *second = operator_name(inverse ? ">" : "<=");
    BoolExprType kind = inverse ? OR_EXPR : AND_EXPR;
    struct value *low = analyze_expression(analyzer, linitial(bounds));
    struct value *high = analyze_expression(analyzer, lsecond(bounds));
    struct value *value = analyze_expression(analyzer, expression->lexpr);
    struct value *result, *swapped;

    result = joined(analyzer, kind, binary(analyzer, first, value, low),
                    binary(analyzer, second, value, high));
    if (!symmetric)
        return result;
    swapped = joined(analyzer, kind, binary(analyzer, first, value, high),
                     binary(analyzer, second, value, low));
    return joined(analyzer, inverse ? AND_EXPR : OR_EXPR, result, swapped);
}

/* value op ANY (array): the array's element type takes part in the choice of the operator. */
static struct value *array_operator(struct analyzer *analyzer, A_Expr_Kind kind, List *name,
                                    struct value *left, struct value *right)
{
    const struct pg_type *array = universe_base_type(right->type, NULL), *element, *declared[2],
                         *actual[2];
    const struct pg_operator *operator_ = NULL;
    struct value *result;

    element = right->type == analyzer->types.unknown ? right->type : array ? array->element : NULL;
    if (left->type && element)
        operator_ = operator_find(analyzer, name, left->type, element);
    if (!operator_) {
        result = unresolved(analyzer, name, left, right);
        ((A_Expr *)result->node)->kind = kind;
        return result;
    }
    actual[0] = left->type;
    actual[1] = element;
    declared[0] = operator_->left;
    declared[1] = operator_->right;
    polymorphic_resolve(analyzer, actual, declared, 2, operator_->result);
    if (element == analyzer->types.unknown && declared[1] == analyzer->types.unknown)
        declared[1] = declared[0];
    left = coerce_value(analyzer, left, declared[0], -1, COERCE_IMPLICIT);
    if (declared[1] && declared[1]->array)
        right = coerce_value(analyzer, right, declared[1]->array, -1, COERCE_IMPLICIT);
    depend_operator(analyzer, operator_);
    return merge(
        tree_value((Node *)tree_operation(kind, printed_name(operator_), left->node, right->node),
                   analyzer->types.boolean, -1),
        left, right);
}

static struct value *array_of(struct analyzer *analyzer, struct value **values, int count,
                              const struct pg_type *element)
{
    A_ArrayExpr *array = makeNode(A_ArrayExpr);
    struct value *result = tree_value((Node *)array, element->array, -1);

    result->elements = palloc0(sizeof(struct value *) * (size_t)(count + 1));
    result->element_count = count;
    for (int i = 0; i < count; i++) {
        result->elements[i] = coerce_value(analyzer, values[i], element, -1, COERCE_IMPLICIT);
        array->elements = lappend(array->elements, result->elements[i]->node);
        result->aggregate = result->aggregate || values[i]->aggregate;
    }
    return result;
}

/* Whether the list can become one array: no rows, and one type for all. */
static const struct pg_type *list_type(struct analyzer *analyzer, struct value *left,
                                       struct value **items, int count)
{
    struct value **all = palloc(sizeof(struct value *) * (size_t)(count + 1));
    const struct pg_type *type;

    all[0] = left;
    for (int i = 0; i < count; i++) {
        if (items[i]->row)
            return NULL;
        all[i + 1] = items[i];
    }
    type = coerce_common(analyzer, all, count + 1);
    if (!type || type == analyzer->types.record || !type->array)
        return NULL;
    for (int i = 0; i <= count; i++)
        if (!coerce_possible(analyzer, all[i]->type, type, COERCE_IMPLICIT))
            return NULL;
    return type;
}

/* What does not depend on columns becomes one array; the rest is compared one by one. */
static struct value *in_list(struct analyzer *analyzer, A_Expr *expression)
{
    bool equal_ = strcmp(strVal(linitial(expression->name)), "=") == 0;
    struct value *left = analyze_expression(analyzer, expression->lexpr), *result = NULL;
    int count = 0, fixed_count = 0;
    struct value **items = analyze_list(analyzer, (List *)expression->rexpr, &count);
    struct value **fixed = palloc(sizeof(struct value *) * (size_t)(count + 1));
    const struct pg_type *type = NULL;

    for (int i = 0; i < count; i++)
        if (!items[i]->variables)
            fixed[fixed_count++] = items[i];
    if (fixed_count > 1 && !left->row)
        type = list_type(analyzer, left, fixed, fixed_count);
    if (type)
        result = array_operator(analyzer, equal_ ? AEXPR_OP_ANY : AEXPR_OP_ALL, expression->name,
                                left, array_of(analyzer, fixed, fixed_count, type));
    for (int i = 0; i < count; i++) {
        struct value *one;

        if (type && !items[i]->variables)
            continue;
        one = binary(analyzer, expression->name, left, items[i]);
        result = result ? joined(analyzer, equal_ ? OR_EXPR : AND_EXPR, result, one) : one;
    }
    return result;
}

static struct value *simple_operation(struct analyzer *analyzer, A_Expr *expression)
{
    struct value *left = NULL, *right;

    switch (expression->kind) {
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM:
        return between(analyzer, expression);
    case AEXPR_IN:
        return in_list(analyzer, expression);
    case AEXPR_OP:
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
    case AEXPR_NULLIF:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR:
    default:
        break;
    }
    /* A row on the left of a sub-select is compared like an IN of its columns. */
    if (expression->kind == AEXPR_OP && expression->lexpr && IsA(expression->lexpr, RowExpr) &&
        IsA(expression->rexpr, SubLink) &&
        ((SubLink *)expression->rexpr)->subLinkType == EXPR_SUBLINK) {
        SubLink *link = makeNode(SubLink);

        *link = *(SubLink *)expression->rexpr;
        link->subLinkType = ROWCOMPARE_SUBLINK;
        link->testexpr = expression->lexpr;
        link->operName = expression->name;
        return analyze_sublink(analyzer, link);
    }
    if (expression->lexpr)
        left = analyze_expression(analyzer, expression->lexpr);
    right = analyze_expression(analyzer, expression->rexpr);
    switch ((int)expression->kind) {
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
        return array_operator(analyzer, expression->kind, expression->name, left, right);
    case AEXPR_DISTINCT:
        return distinct(analyzer, expression, left, right);
    case AEXPR_NOT_DISTINCT:
        return not_distinct(analyzer, expression, left, right);
    case AEXPR_NULLIF:
        return null_if(analyzer, expression, left, right);
    default:
        return binary(analyzer, expression->name, left, right);
    }
}

struct value *analyze_operation(struct analyzer *analyzer, A_Expr *expression)
{
    struct value *value = simple_operation(analyzer, expression);

    if (expression->kind == AEXPR_OP || expression->kind == AEXPR_OP_ANY ||
        expression->kind == AEXPR_OP_ALL)
        edit_operator(analyzer, expression, value->node);
    return value;
}

/* -- Sub-selects -------------------------------------------------------------------------------- */

static struct value *sublink_value(struct analyzer *analyzer, SubLink *link, struct value *test,
                                   struct query *query, const struct pg_type *type)
{
    SubLink *result = makeNode(SubLink);
    struct value *value;

    *result = *link;
    result->testexpr = test ? test->node : NULL;
    result->subselect = query->node;
    value = tree_value((Node *)result, type, -1);
    (void)analyzer;
    /* A sub-select that refers to this level's columns counts as one itself. */
    value->variables = (test && test->variables) || query->outer;
    value->aggregate = test && test->aggregate;
    return value;
}

static struct value *scalar(struct analyzer *analyzer, SubLink *link, struct query *query)
{
    bool array = link->subLinkType == ARRAY_SUBLINK;
    const struct pg_type *type = NULL;
    struct value *value;

    if (query->known && query->column_count == 1)
        type = query->columns[0].type;
    if (array && type)
        type = type->element && type->category == 'A' ? type : type->array;
    value = sublink_value(analyzer, link, NULL, query, type);
    if (type) {
        value->typmod = query->columns[0].typmod;
        value->collation = query->columns[0].collation;
    }
    return value;
}

/* The left side against each column: the operator's choice converts the left side alone, for what
 * is on the right is converted out of sight. */
static struct value *compared(struct analyzer *analyzer, SubLink *link, struct query *query)
{
    bool named = link->operName != NIL;
    List *name = named ? link->operName : operator_name("=");
    struct value *test = analyze_expression(analyzer, link->testexpr), *value;
    struct value **lefts = test->row ? test->elements : &test;
    int count = test->row ? test->element_count : 1;
    const struct pg_operator *operator_ = NULL;

    if (!query->known || query->column_count != count) {
        if (query->known)
            analyze_incomplete(analyzer, "sub-select has %d columns, not %d", query->column_count,
                               count);
        return sublink_value(analyzer, link, test, query, analyzer->types.boolean);
    }
    for (int i = 0; i < count; i++) {
        struct value *right =
            tree_value(tree_null(), query->columns[i].type, query->columns[i].typmod);
        const struct pg_type *type = NULL;

        operator_ = resolve(analyzer, name, &lefts[i], &right, &type);
        if (!operator_)
            analyze_incomplete(analyzer, "no operator %s for a sub-select", strVal(llast(name)));
    }
    if (test->row)
        test->node = row_node(lefts, count);
    value = sublink_value(analyzer, link, test, query, analyzer->types.boolean);
    if (operator_)
        ((SubLink *)value->node)->operName = printed_name(operator_);
    if (operator_ && link->subLinkType == ANY_SUBLINK && strcmp(operator_->name, "=") == 0)
        ((SubLink *)value->node)->operName = NIL;
    return value;
}

struct value *analyze_sublink(struct analyzer *analyzer, SubLink *link)
{
    bool named = false;
    struct query *query = analyze_subquery(analyzer, link->subselect, named, true);
    struct value *value;

    switch ((int)link->subLinkType) {
    case EXISTS_SUBLINK:
        return sublink_value(analyzer, link, NULL, query, analyzer->types.boolean);
    case ANY_SUBLINK:
    case ALL_SUBLINK:
        return compared(analyzer, link, query);
    case ROWCOMPARE_SUBLINK:
        /* In the raw tree this is an operator between a row and a sub-select. */
        value = compared(analyzer, link, query);
        link = (SubLink *)value->node;
        {
            SubLink *right = makeNode(SubLink);

            right->subLinkType = EXPR_SUBLINK;
            right->subselect = link->subselect;
            value->node =
                (Node *)tree_operation(AEXPR_OP, link->operName, link->testexpr, (Node *)right);
        }
        return value;
    default:
        return scalar(analyzer, link, query);
    }
}
