/* Expressions and queries of guards. */
#include "postgres/interpret/guard.h"

#include <string.h>

#include "core/buffer.h"
#include "postgres/interpret/base/base.h"

/* --- names --------------------------------------------------------------------------------------- */

static struct guard_value name_value(struct guard *guard, const ColumnRef *reference)
{
    const struct guard_value *variable;
    const char *parts[2] = {NULL, NULL};
    int count = list_length(reference->fields);

    for (int i = 0; i < count; i++) {
        Node *field = list_nth(reference->fields, i);

        if (!IsA(field, String) || count > 2)
            return guard_unknown();
        parts[i] = strVal(field);
    }
    variable =
        map_get(&guard->variables,
                count == 1 ? parts[0] : arena_printf(guard->arena, "%s\x1f%s", parts[0], parts[1]));
    if (variable)
        return *variable;
    return count == 1 ? guard_frame_column(guard->frames, NULL, parts[0])
                      : guard_frame_column(guard->frames, parts[0], parts[1]);
}

/* --- operators ----------------------------------------------------------------------------------- */

static struct guard_value constant(struct guard *guard, const A_Const *node)
{
    if (node->isnull)
        return guard_null();
    switch (nodeTag(&node->val)) {
    case T_Integer:
        return guard_text(arena_printf(guard->arena, "%d", node->val.ival.ival));
    case T_Float:
        return guard_text(arena_strdup(guard->arena, node->val.fval.fval));
    case T_Boolean:
        return guard_truth(node->val.boolval.boolval);
    case T_String:
        return guard_text(arena_strdup(guard->arena, node->val.sval.sval));
    default:
        return guard_unknown();
    }
}

static struct guard_value list_value(struct guard *guard, List *elements)
{
    size_t count = (size_t)list_length(elements);
    struct guard_value *items = ARENA_ARRAY(guard->arena, struct guard_value, count + 1);

    for (size_t i = 0; i < count; i++)
        items[i] = guard_evaluate(guard, list_nth(elements, (int)i));
    return (struct guard_value){.kind = GUARD_LIST, .items = items, .count = count};
}

static struct guard_value is_in(struct guard_value value, struct guard_value list)
{
    struct guard_value result = guard_truth(false);

    if (list.kind != GUARD_LIST)
        return guard_unknown();
    for (size_t i = 0; i < list.count; i++)
        result = guard_or(result, guard_compare("=", value, list.items[i], false));
    return result;
}

static struct guard_value join_lists(struct guard *guard, struct guard_value a,
                                     struct guard_value b)
{
    struct guard_value *items =
        ARENA_ARRAY(guard->arena, struct guard_value, a.count + b.count + 1);

    memcpy(items, a.items, a.count * sizeof(*items));
    memcpy(items + a.count, b.items, b.count * sizeof(*items));
    return (struct guard_value){.kind = GUARD_LIST, .items = items, .count = a.count + b.count};
}

static struct guard_value concatenate(struct guard *guard, struct guard_value a,
                                      struct guard_value b)
{
    bool holed = guard_has_hole(&a) | guard_has_hole(&b);

    if (a.kind == GUARD_LIST && b.kind == GUARD_LIST)
        return join_lists(guard, a, b);
    if (a.kind == GUARD_NULL || b.kind == GUARD_NULL)
        return guard_null();
    if (a.kind != GUARD_TEXT || b.kind != GUARD_TEXT)
        return guard_unknown();
    return guard_holed(holed, guard_text(arena_printf(guard->arena, "%s%s", a.text, b.text)));
}

/* "~" with a pattern of nothing but letters, digits and "_", between "^" and "$" or not. */
static struct guard_value matches_simply(struct guard *guard, struct guard_value value,
                                         struct guard_value pattern)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    const char *text = pattern.kind == GUARD_TEXT ? pattern.text : ".";
    bool from_start = *text == '^';
    size_t length = strspn(text += from_start, plain);
    bool to_end = strcmp(text + length, "$") == 0;
    struct buffer like = BUFFER_EMPTY;

    if (text[length] && !to_end)
        return guard_unknown();
    buffer_append(&like, from_start ? "" : "%");
    for (size_t i = 0; i < length; i++)
        buffer_printf(&like, text[i] == '_' ? "\\%c" : "%c", text[i]);
    buffer_append(&like, to_end ? "" : "%");
    return guard_like(value, guard_text(buffer_take(&like, guard->arena)), false);
}

static struct guard_value operator_value(struct guard *guard, const char *name,
                                         struct guard_value a, struct guard_value b)
{
    bool fold = strstr(name, "~~*") != NULL;

    if (strcmp(name, "||") == 0)
        return concatenate(guard, a, b);
    if (strcmp(name, "~~") == 0 || strcmp(name, "~~*") == 0)
        return guard_like(a, b, fold);
    if (strcmp(name, "!~~") == 0 || strcmp(name, "!~~*") == 0)
        return guard_not(guard_like(a, b, fold));
    if (strcmp(name, "~") == 0)
        return matches_simply(guard, a, b);
    if (strcmp(name, "!~") == 0)
        return guard_not(matches_simply(guard, a, b));
    if (strlen(name) == 1 && strchr("+-*/", *name))
        return guard_calculate(guard->arena, *name, a, b);
    return guard_compare(name, a, b, false);
}

static struct guard_value expression_value(struct guard *guard, const A_Expr *node)
{
    const char *name = strVal(llast(node->name));
    struct guard_value a = node->lexpr ? guard_evaluate(guard, node->lexpr) : guard_null();
    struct guard_value b;

    if (!node->lexpr)
        return guard_unknown();
    if (node->kind == AEXPR_IN) {
        struct guard_value in = is_in(a, list_value(guard, (List *)node->rexpr));

        return strcmp(name, "=") == 0 ? in : guard_not(in);
    }
    b = guard_evaluate(guard, node->rexpr);
    switch (node->kind) {
    case AEXPR_OP:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
        return operator_value(guard, name, a, b);
    case AEXPR_OP_ANY:
        return strcmp(name, "=") == 0 ? is_in(a, b) : guard_unknown();
    case AEXPR_OP_ALL:
        return strcmp(name, "<>") == 0 ? guard_not(is_in(a, b)) : guard_unknown();
    default:
        return guard_unknown();
    }
}

static struct guard_value boolean_value(struct guard *guard, const BoolExpr *node)
{
    struct guard_value result = guard_evaluate(guard, linitial(node->args));

    if (node->boolop == NOT_EXPR)
        return guard_not(result);
    for (int i = 1; i < list_length(node->args); i++) {
        struct guard_value next = guard_evaluate(guard, list_nth(node->args, i));

        result = node->boolop == AND_EXPR ? guard_and(result, next) : guard_or(result, next);
    }
    return result;
}

static struct guard_value null_test(struct guard *guard, const NullTest *node)
{
    struct guard_value value = guard_evaluate(guard, (Node *)node->arg);

    if (value.kind == GUARD_UNKNOWN)
        return value;
    return guard_truth((value.kind == GUARD_NULL) == (node->nulltesttype == IS_NULL));
}

static struct guard_value truth_test(struct guard *guard, const BooleanTest *node)
{
    struct guard_value value = guard_evaluate(guard, (Node *)node->arg);

    if (value.kind == GUARD_UNKNOWN)
        return value;
    switch (node->booltesttype) {
    case IS_TRUE:
        return guard_truth(guard_is_true(value));
    case IS_NOT_TRUE:
        return guard_truth(!guard_is_true(value));
    case IS_FALSE:
        return guard_truth(guard_is_false(value));
    case IS_NOT_FALSE:
        return guard_truth(!guard_is_false(value));
    default:
        return guard_unknown();
    }
}

static struct guard_value first_not_null(struct guard *guard, const CoalesceExpr *node)
{
    struct guard_value value = guard_null();

    for (int i = 0; value.kind == GUARD_NULL && i < list_length(node->args); i++)
        value = guard_evaluate(guard, list_nth(node->args, i));
    return value;
}

static struct guard_value case_value(struct guard *guard, const CaseExpr *node)
{
    for (int i = 0; !node->arg && i < list_length(node->args); i++) {
        const CaseWhen *when = list_nth(node->args, i);
        struct guard_value condition = guard_evaluate(guard, (Node *)when->expr);

        if (guard_is_true(condition))
            return guard_evaluate(guard, (Node *)when->result);
        if (condition.kind == GUARD_UNKNOWN)
            return condition;
    }
    if (node->arg)
        return guard_unknown();
    return node->defresult ? guard_evaluate(guard, (Node *)node->defresult) : guard_null();
}

/* --- queries ------------------------------------------------------------------------------------- */

static bool add_source(struct guard *guard, struct guard_search *search, const Node *item)
{
    const RangeVar *name;

    if (IsA(item, JoinExpr)) {
        const JoinExpr *join = (const JoinExpr *)item;

        return join->jointype == JOIN_INNER && !join->isNatural && !join->usingClause &&
               !join->alias && add_source(guard, search, join->larg) &&
               add_source(guard, search, join->rarg) && guard_search_add(search, join->quals);
    }
    if (!IsA(item, RangeVar))
        return guard_add_literal(guard, search, item);
    name = (const RangeVar *)item;
    return guard_frame_add(&search->frame, name->alias ? name->alias->aliasname : name->relname,
                           guard_catalog(name->schemaname, name->relname));
}

bool guard_set_up(struct guard *guard, struct guard_search *search, const SelectStmt *select)
{
    if (select->op != SETOP_NONE || select->withClause || select->groupClause ||
        select->havingClause || select->valuesLists || select->limitOffset || select->intoClause)
        return false;
    for (int i = 0; i < list_length(select->fromClause); i++)
        if (!add_source(guard, search, list_nth(select->fromClause, i)))
            return false;
    return guard_search_add(search, select->whereClause);
}

/* True when a condition has a constant that is the name of something of the server's own, of which
 * there are no rows. */
static bool names_builtin(const struct guard_table *table, const Node *node)
{
    if (!node)
        return false;
    if (IsA(node, A_Const)) {
        const A_Const *constant = (const A_Const *)node;

        return !constant->isnull && nodeTag(&constant->val) == T_String &&
               guard_is_builtin_name(table, constant->val.sval.sval);
    }
    if (IsA(node, A_Expr))
        return names_builtin(table, ((const A_Expr *)node)->lexpr) ||
               names_builtin(table, ((const A_Expr *)node)->rexpr);
    if (IsA(node, TypeCast))
        return names_builtin(table, ((const TypeCast *)node)->arg);
    if (IsA(node, List) || IsA(node, BoolExpr)) {
        const List *list = IsA(node, List) ? (const List *)node : ((const BoolExpr *)node)->args;

        for (int i = 0; i < list_length(list); i++)
            if (names_builtin(table, list_nth(list, i)))
                return true;
    }
    return false;
}

bool guard_may_be_builtin(const struct guard_search *search)
{
    for (size_t i = 0; i < search->frame.count; i++)
        for (size_t j = 0; j < search->condition_count; j++)
            if (search->frame.sources[i].table &&
                names_builtin(search->frame.sources[i].table, search->conditions[j]))
                return true;
    return false;
}

static bool is_count(const Node *node)
{
    return IsA(node, FuncCall) &&
           strcmp(strVal(llast(((const FuncCall *)node)->funcname)), "count") == 0;
}

static const Node *only_target(const SelectStmt *select)
{
    if (list_length(select->targetList) != 1)
        return NULL;
    return linitial_node(ResTarget, select->targetList)->val;
}

struct guard_value guard_evaluate_expression(void *guard, const void *expression)
{
    return guard_evaluate(guard, expression);
}

struct guard_value guard_query(struct guard *guard, const SelectStmt *select,
                               struct guard_value *found)
{
    const Node *target = only_target(select);
    struct guard_search search = {.model = guard->interpreter->model,
                                  .frame = {.outer = guard->frames},
                                  .wanted = target,
                                  .evaluate = guard_evaluate_expression,
                                  .context = guard,
                                  .counts = target && is_count(target),
                                  .effort = &guard->effort};

    *found = guard_unknown();
    if (!guard_set_up(guard, &search, select))
        return guard_unknown();
    guard->frames = &search.frame;
    guard_search_rows(&search);
    guard->frames = search.frame.outer;
    if (guard_is_false(search.found) && guard_may_be_builtin(&search))
        return guard_unknown();
    return guard_search_result(guard->arena, &search, found);
}

/* "x IN (SELECT ...)", "x = ANY (SELECT ...)" */
static struct guard_value is_among_rows(struct guard *guard, const SubLink *node)
{
    struct guard_rows rows = {0};

    if ((node->operName && strcmp(strVal(llast(node->operName)), "=") != 0) ||
        !guard_query_rows(guard, (const SelectStmt *)node->subselect, &rows) ||
        rows.names.count != 1)
        return guard_unknown();
    return is_in(
        guard_evaluate(guard, node->testexpr),
        (struct guard_value){.kind = GUARD_LIST, .items = rows.values, .count = rows.count});
}

static struct guard_value sublink_value(struct guard *guard, const SubLink *node)
{
    struct guard_value found;
    struct guard_value value;

    if (!IsA(node->subselect, SelectStmt))
        return guard_unknown();
    if (node->subLinkType == ANY_SUBLINK)
        return is_among_rows(guard, node);
    value = guard_query(guard, (const SelectStmt *)node->subselect, &found);
    switch (node->subLinkType) {
    case EXISTS_SUBLINK:
        return found;
    case EXPR_SUBLINK:
        return value;
    default:
        return guard_unknown();
    }
}

/* --- all ----------------------------------------------------------------------------------------- */

struct guard_value guard_evaluate(struct guard *guard, const Node *node)
{
    switch (nodeTag(node)) {
    case T_A_Const:
        return constant(guard, (const A_Const *)node);
    case T_ColumnRef:
        return name_value(guard, (const ColumnRef *)node);
    case T_A_Expr:
        return expression_value(guard, (const A_Expr *)node);
    case T_BoolExpr:
        return boolean_value(guard, (const BoolExpr *)node);
    case T_NullTest:
        return null_test(guard, (const NullTest *)node);
    case T_BooleanTest:
        return truth_test(guard, (const BooleanTest *)node);
    case T_CoalesceExpr:
        return first_not_null(guard, (const CoalesceExpr *)node);
    case T_CaseExpr:
        return case_value(guard, (const CaseExpr *)node);
    case T_CollateClause:
        return guard_evaluate(guard, ((const CollateClause *)node)->arg);
    case T_TypeCast:
        return guard_cast(guard, guard_evaluate(guard, ((const TypeCast *)node)->arg),
                          ((const TypeCast *)node)->typeName);
    case T_A_ArrayExpr:
        return list_value(guard, ((const A_ArrayExpr *)node)->elements);
    case T_SubLink:
        return sublink_value(guard, (const SubLink *)node);
    case T_FuncCall:
    case T_SQLValueFunction:
        return guard_call(guard, (const FuncCall *)node);
    default:
        return guard_unknown();
    }
}
