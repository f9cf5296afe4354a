/* Expressions of raw parse trees as SQL text: constants, names, operators, tests and CASE. */
#include "postgres/sql/print_internal.h"

#include <string.h>

#include "utils/builtins.h"

#include "postgres/sql/parse.h"
#include "postgres/sql/print.h"

void printer_text(struct printer *printer, const char *text)
{
    buffer_append(&printer->text, text);
}

void printer_identifier(struct printer *printer, const char *name)
{
    printer_text(printer, quote_identifier(name));
}

void printer_name(struct printer *printer, List *parts)
{
    ListCell *cell;

    foreach (cell, parts) {
        Node *part = lfirst(cell);

        if (cell != list_head(parts))
            printer_text(printer, ".");
        if (IsA(part, String))
            printer_identifier(printer, strVal(part));
        else if (IsA(part, A_Star))
            printer_text(printer, "*");
        else
            printer->failed = true;
    }
}

void printer_literal(struct printer *printer, const char *value)
{
    bool escapes = strchr(value, '\\') != NULL;

    printer_text(printer, escapes ? "E'" : "'");
    for (const char *at = value; *at; at++) {
        if (*at == '\'' || *at == '\\')
            buffer_append_char(&printer->text, *at);
        buffer_append_char(&printer->text, *at);
    }
    printer_text(printer, "'");
}

static void print_constant(struct printer *printer, A_Const *constant)
{
    if (constant->isnull) {
        printer_text(printer, "NULL");
        return;
    }
    switch ((int)nodeTag(&constant->val)) {
    case T_Integer:
        buffer_printf(&printer->text, "%d", constant->val.ival.ival);
        break;
    case T_Float:
        printer_text(printer, constant->val.fval.fval);
        break;
    case T_Boolean:
        printer_text(printer, constant->val.boolval.boolval ? "true" : "false");
        break;
    case T_String:
        printer_literal(printer, constant->val.sval.sval);
        break;
    case T_BitString:
        buffer_printf(&printer->text, "%c'%s'", constant->val.bsval.bsval[0],
                      constant->val.bsval.bsval + 1);
        break;
    default:
        printer->failed = true;
    }
}

static bool constant_is_negative(const A_Const *constant)
{
    if (constant->isnull)
        return false;
    if (nodeTag(&constant->val) == T_Integer)
        return constant->val.ival.ival < 0;
    return nodeTag(&constant->val) == T_Float && constant->val.fval.fval[0] == '-';
}

/* How tightly node's own text holds together. */
static enum print_level level_of(Node *node)
{
    switch ((int)nodeTag(node)) {
    case T_BoolExpr:
        switch ((int)((BoolExpr *)node)->boolop) {
        case OR_EXPR:
            return LEVEL_OR;
        case AND_EXPR:
            return LEVEL_AND;
        default:
            return LEVEL_NOT;
        }
    case T_A_Expr:
        return ((A_Expr *)node)->kind == AEXPR_NULLIF ? LEVEL_ATOM : LEVEL_OPERATOR;
    case T_NullTest:
    case T_BooleanTest:
    case T_JsonIsPredicate:
        return LEVEL_OPERATOR;
    case T_XmlExpr:
        return ((XmlExpr *)node)->op == IS_DOCUMENT ? LEVEL_OPERATOR : LEVEL_ATOM;
    case T_CollateClause:
        return LEVEL_COLLATE;
    case T_FuncCall:
        return printer_call_level((FuncCall *)node);
    case T_A_Const:
        return constant_is_negative((A_Const *)node) ? LEVEL_OPERATOR : LEVEL_ATOM;
    case T_SubLink:
        switch ((int)((SubLink *)node)->subLinkType) {
        case ALL_SUBLINK:
        case ANY_SUBLINK:
            return LEVEL_OPERATOR;
        default:
            return LEVEL_ATOM;
        }
    default:
        return LEVEL_ATOM;
    }
}

bool pg_print_is_atom(struct Node *expression)
{
    return level_of(expression) == LEVEL_ATOM;
}

static void print_operator(struct printer *printer, List *name)
{
    if (list_length(name) == 1) {
        printer_text(printer, strVal(linitial(name)));
        return;
    }
    printer_text(printer, "OPERATOR(");
    for (int i = 0; i < list_length(name); i++) {
        if (i)
            printer_text(printer, ".");
        if (i + 1 < list_length(name))
            printer_identifier(printer, strVal(list_nth(name, i)));
        else
            printer_text(printer, strVal(list_nth(name, i)));
    }
    printer_text(printer, ")");
}

static void print_boolean(struct printer *printer, BoolExpr *expression)
{
    ListCell *cell;

    if (expression->boolop == NOT_EXPR) {
        printer_text(printer, "NOT ");
        printer_expression(printer, linitial(expression->args), LEVEL_OPERATOR);
        return;
    }
    foreach (cell, expression->args) {
        if (cell != list_head(expression->args))
            printer_text(printer, expression->boolop == AND_EXPR ? " AND " : " OR ");
        printer_expression(printer, lfirst(cell), LEVEL_NOT);
    }
}

static void print_infix(struct printer *printer, A_Expr *expression)
{
    if (expression->lexpr) {
        printer_expression(printer, expression->lexpr, LEVEL_COLLATE);
        printer_text(printer, " ");
    }
    print_operator(printer, expression->name);
    if (expression->rexpr) {
        printer_text(printer, " ");
        printer_expression(printer, expression->rexpr, LEVEL_COLLATE);
    }
}

static void print_pair(struct printer *printer, A_Expr *expression, const char *word)
{
    printer_expression(printer, expression->lexpr, LEVEL_COLLATE);
    printer_text(printer, word);
    printer_expression(printer, expression->rexpr, LEVEL_COLLATE);
}

static void print_array_operator(struct printer *printer, A_Expr *expression)
{
    printer_expression(printer, expression->lexpr, LEVEL_COLLATE);
    printer_text(printer, " ");
    print_operator(printer, expression->name);
    printer_text(printer, expression->kind == AEXPR_OP_ANY ? " ANY (" : " ALL (");
    /* A sub-select would be taken for ANY (SELECT ...) without a pair of its own. */
    printer_expression(printer, expression->rexpr, LEVEL_OR);
    printer_text(printer, ")");
}

static void print_between(struct printer *printer, A_Expr *expression)
{
    List *bounds = (List *)expression->rexpr;

    printer_expression(printer, expression->lexpr, LEVEL_COLLATE);
    buffer_printf(&printer->text, " %s ", strVal(linitial(expression->name)));
    printer_expression(printer, linitial(bounds), LEVEL_COLLATE);
    printer_text(printer, " AND ");
    printer_expression(printer, lsecond(bounds), LEVEL_COLLATE);
}

static void print_in(struct printer *printer, A_Expr *expression)
{
    printer_expression(printer, expression->lexpr, LEVEL_COLLATE);
    printer_text(printer,
                 strcmp(strVal(linitial(expression->name)), "=") == 0 ? " IN (" : " NOT IN (");
    printer_expression_list(printer, (List *)expression->rexpr);
    printer_text(printer, ")");
}

/* x LIKE pattern, where pattern may be like_escape(pattern, escape), and SIMILAR TO likewise. */
static void print_like(struct printer *printer, A_Expr *expression)
{
    bool negated = strVal(linitial(expression->name))[0] == '!';
    Node *pattern = expression->rexpr;
    List *arguments = NIL;
    const char *word = expression->kind == AEXPR_LIKE    ? "LIKE "
                       : expression->kind == AEXPR_ILIKE ? "ILIKE "
                                                         : "SIMILAR TO ";

    if (IsA(pattern, FuncCall) && ((FuncCall *)pattern)->funcformat == COERCE_EXPLICIT_CALL &&
        list_length(((FuncCall *)pattern)->funcname) == 2) {
        const char *function = strVal(lsecond(((FuncCall *)pattern)->funcname));

        if (strcmp(function, "like_escape") == 0 || strcmp(function, "similar_to_escape") == 0)
            arguments = ((FuncCall *)pattern)->args;
    }
    printer_expression(printer, expression->lexpr, LEVEL_COLLATE);
    printer_text(printer, negated ? " NOT " : " ");
    printer_text(printer, word);
    printer_expression(printer, arguments ? linitial(arguments) : pattern, LEVEL_COLLATE);
    if (list_length(arguments) == 2) {
        printer_text(printer, " ESCAPE ");
        printer_expression(printer, lsecond(arguments), LEVEL_COLLATE);
    }
}

static void print_operation(struct printer *printer, A_Expr *expression)
{
    switch (expression->kind) {
    case AEXPR_OP:
        print_infix(printer, expression);
        break;
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
        print_array_operator(printer, expression);
        break;
    case AEXPR_DISTINCT:
        print_pair(printer, expression, " IS DISTINCT FROM ");
        break;
    case AEXPR_NOT_DISTINCT:
        print_pair(printer, expression, " IS NOT DISTINCT FROM ");
        break;
    case AEXPR_NULLIF:
        printer_text(printer, "NULLIF(");
        printer_expression(printer, expression->lexpr, LEVEL_OR);
        printer_text(printer, ", ");
        printer_expression(printer, expression->rexpr, LEVEL_OR);
        printer_text(printer, ")");
        break;
    case AEXPR_IN:
        print_in(printer, expression);
        break;
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR:
        print_like(printer, expression);
        break;
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM:
        print_between(printer, expression);
        break;
    default:
        printer->failed = true;
    }
}

static void print_test(struct printer *printer, Node *node)
{
    static const char *const words[] = {
        [IS_TRUE] = " IS TRUE",       [IS_NOT_TRUE] = " IS NOT TRUE",
        [IS_FALSE] = " IS FALSE",     [IS_NOT_FALSE] = " IS NOT FALSE",
        [IS_UNKNOWN] = " IS UNKNOWN", [IS_NOT_UNKNOWN] = " IS NOT UNKNOWN"};

    if (IsA(node, NullTest)) {
        NullTest *test = (NullTest *)node;

        printer_expression(printer, (Node *)test->arg, LEVEL_COLLATE);
        printer_text(printer, test->nulltesttype == IS_NULL ? " IS NULL" : " IS NOT NULL");
    } else {
        BooleanTest *test = (BooleanTest *)node;

        printer_expression(printer, (Node *)test->arg, LEVEL_COLLATE);
        printer_text(printer, words[test->booltesttype]);
    }
}

static void print_case(struct printer *printer, CaseExpr *expression)
{
    ListCell *cell;

    printer_text(printer, "CASE");
    if (expression->arg) {
        printer_text(printer, " ");
        printer_expression(printer, (Node *)expression->arg, LEVEL_OR);
    }
    foreach (cell, expression->args) {
        CaseWhen *when = lfirst(cell);

        printer_text(printer, " WHEN ");
        printer_expression(printer, (Node *)when->expr, LEVEL_OR);
        printer_text(printer, " THEN ");
        printer_expression(printer, (Node *)when->result, LEVEL_OR);
    }
    if (expression->defresult) {
        printer_text(printer, " ELSE ");
        printer_expression(printer, (Node *)expression->defresult, LEVEL_OR);
    }
    printer_text(printer, " END");
}

static void print_sublink(struct printer *printer, SubLink *link)
{
    if (link->testexpr) {
        printer_expression(printer, link->testexpr, LEVEL_COLLATE);
        printer_text(printer, " ");
    }
    switch ((int)link->subLinkType) {
    case EXISTS_SUBLINK:
        printer_text(printer, "EXISTS (");
        break;
    case ARRAY_SUBLINK:
        printer_text(printer, "ARRAY(");
        break;
    case ANY_SUBLINK:
    case ALL_SUBLINK:
        if (link->operName)
            print_operator(printer, link->operName);
        printer_text(printer, link->subLinkType == ALL_SUBLINK ? " ALL ("
                              : link->operName                 ? " ANY ("
                                                               : "IN (");
        break;
    default:
        printer_text(printer, "(");
    }
    printer_query(printer, link->subselect);
    printer_text(printer, ")");
}

static void print_indirection(struct printer *printer, A_Indirection *indirection)
{
    ListCell *cell;
    bool bare = (IsA(indirection->arg, ColumnRef) || IsA(indirection->arg, ParamRef)) &&
                IsA(linitial(indirection->indirection), A_Indices);

    printer_text(printer, bare ? "" : "(");
    printer_expression(printer, indirection->arg, LEVEL_OR);
    printer_text(printer, bare ? "" : ")");
    foreach (cell, indirection->indirection) {
        Node *step = lfirst(cell);

        if (IsA(step, A_Indices)) {
            A_Indices *indices = (A_Indices *)step;

            printer_text(printer, "[");
            if (indices->lidx)
                printer_expression(printer, indices->lidx, LEVEL_OR);
            if (indices->is_slice)
                printer_text(printer, ":");
            if (indices->uidx)
                printer_expression(printer, indices->uidx, LEVEL_OR);
            printer_text(printer, "]");
        } else {
            printer_text(printer, ".");
            printer_name(printer, list_make1(step));
        }
    }
}

static void print_row(struct printer *printer, RowExpr *row)
{
    /* (a) alone would not be a row. */
    if (row->row_format == COERCE_EXPLICIT_CALL || list_length(row->args) < 2)
        printer_text(printer, "ROW");
    printer_text(printer, "(");
    printer_expression_list(printer, row->args);
    printer_text(printer, ")");
}

static void print_value_function(struct printer *printer, SQLValueFunction *function)
{
    static const char *const names[] = {[SVFOP_CURRENT_DATE] = "CURRENT_DATE",
                                        [SVFOP_CURRENT_TIME] = "CURRENT_TIME",
                                        [SVFOP_CURRENT_TIME_N] = "CURRENT_TIME",
                                        [SVFOP_CURRENT_TIMESTAMP] = "CURRENT_TIMESTAMP",
                                        [SVFOP_CURRENT_TIMESTAMP_N] = "CURRENT_TIMESTAMP",
                                        [SVFOP_LOCALTIME] = "LOCALTIME",
                                        [SVFOP_LOCALTIME_N] = "LOCALTIME",
                                        [SVFOP_LOCALTIMESTAMP] = "LOCALTIMESTAMP",
                                        [SVFOP_LOCALTIMESTAMP_N] = "LOCALTIMESTAMP",
                                        [SVFOP_CURRENT_ROLE] = "CURRENT_ROLE",
                                        [SVFOP_CURRENT_USER] = "CURRENT_USER",
                                        [SVFOP_USER] = "USER",
                                        [SVFOP_SESSION_USER] = "SESSION_USER",
                                        [SVFOP_CURRENT_CATALOG] = "CURRENT_CATALOG",
                                        [SVFOP_CURRENT_SCHEMA] = "CURRENT_SCHEMA"};

    printer_text(printer, names[function->op]);
    if (function->typmod >= 0)
        buffer_printf(&printer->text, "(%d)", function->typmod);
}

static void print_cast(struct printer *printer, TypeCast *cast)
{
    printer_expression(printer, cast->arg, LEVEL_ATOM);
    printer_text(printer, "::");
    printer_type_name(printer, cast->typeName);
}

static void print_foreign_expression(struct printer *printer, Node *node)
{
    SelectStmt *select = makeNode(SelectStmt);
    ResTarget *target = makeNode(ResTarget);

    target->val = node;
    select->targetList = list_make1(target);
    select->limitOption = LIMIT_OPTION_DEFAULT;
    printer_foreign(printer, (Node *)select, "SELECT ");
}

void printer_expression_list(struct printer *printer, List *list)
{
    ListCell *cell;

    foreach (cell, list) {
        if (cell != list_head(list))
            printer_text(printer, ", ");
        printer_expression(printer, lfirst(cell), LEVEL_OR);
    }
}

static void print_list_of(struct printer *printer, const char *before, List *list,
                          const char *after)
{
    printer_text(printer, before);
    printer_expression_list(printer, list);
    printer_text(printer, after);
}

/* NodeTag has hundreds of values: what is not named here libpg_query may know. */
static void print_node(struct printer *printer, Node *node)
{
    switch ((int)nodeTag(node)) {
    case T_ColumnRef:
        printer_name(printer, ((ColumnRef *)node)->fields);
        break;
    case T_A_Const:
        print_constant(printer, (A_Const *)node);
        break;
    case T_ParamRef:
        buffer_printf(&printer->text, "$%d", ((ParamRef *)node)->number);
        break;
    case T_BoolExpr:
        print_boolean(printer, (BoolExpr *)node);
        break;
    case T_A_Expr:
        print_operation(printer, (A_Expr *)node);
        break;
    case T_NullTest:
    case T_BooleanTest:
        print_test(printer, node);
        break;
    case T_CaseExpr:
        print_case(printer, (CaseExpr *)node);
        break;
    case T_SubLink:
        print_sublink(printer, (SubLink *)node);
        break;
    case T_A_Indirection:
        print_indirection(printer, (A_Indirection *)node);
        break;
    case T_A_ArrayExpr:
        print_list_of(printer, "ARRAY[", ((A_ArrayExpr *)node)->elements, "]");
        break;
    case T_RowExpr:
        print_row(printer, (RowExpr *)node);
        break;
    case T_TypeCast:
        print_cast(printer, (TypeCast *)node);
        break;
    case T_CollateClause:
        printer_expression(printer, ((CollateClause *)node)->arg, LEVEL_COLLATE);
        printer_text(printer, " COLLATE ");
        printer_name(printer, ((CollateClause *)node)->collname);
        break;
    case T_FuncCall:
        printer_call(printer, (FuncCall *)node);
        break;
    case T_NamedArgExpr:
        printer_identifier(printer, ((NamedArgExpr *)node)->name);
        printer_text(printer, " => ");
        printer_expression(printer, (Node *)((NamedArgExpr *)node)->arg, LEVEL_OR);
        break;
    case T_CoalesceExpr:
        print_list_of(printer, "COALESCE(", ((CoalesceExpr *)node)->args, ")");
        break;
    case T_MinMaxExpr:
        print_list_of(printer, ((MinMaxExpr *)node)->op == IS_GREATEST ? "GREATEST(" : "LEAST(",
                      ((MinMaxExpr *)node)->args, ")");
        break;
    case T_GroupingFunc:
        print_list_of(printer, "GROUPING(", ((GroupingFunc *)node)->args, ")");
        break;
    case T_GroupingSet:
    case T_SetToDefault:
        if (IsA(node, SetToDefault))
            printer_text(printer, "DEFAULT");
        else
            printer->failed = true;
        break;
    case T_SQLValueFunction:
        print_value_function(printer, (SQLValueFunction *)node);
        break;
    default:
        print_foreign_expression(printer, node);
    }
}

void printer_expression(struct printer *printer, Node *node, enum print_level least)
{
    bool wrapped;

    if (!node || printer->depth >= PRINT_DEPTH) {
        printer->too_deep = printer->too_deep || node;
        printer->failed = true;
        return;
    }
    printer->depth++;
    wrapped = level_of(node) < least;
    printer_text(printer, wrapped ? "(" : "");
    print_node(printer, node);
    printer_text(printer, wrapped ? ")" : "");
    printer->depth--;
}

static char *finish(struct printer *printer, struct arena *arena, bool *too_deep)
{
    if (too_deep)
        *too_deep = printer->too_deep;
    if (!printer->failed)
        return buffer_take(&printer->text, arena);
    buffer_free(&printer->text);
    return NULL;
}

char *pg_print_expression(struct Node *expression, struct arena *arena, bool *too_deep)
{
    struct printer printer = {.text = BUFFER_EMPTY};

    printer_expression(&printer, expression, LEVEL_OR);
    return finish(&printer, arena, too_deep);
}

char *pg_print_query(struct Node *query, struct arena *arena)
{
    struct printer printer = {.text = BUFFER_EMPTY};

    printer_query(&printer, query);
    return finish(&printer, arena, NULL);
}

void printer_foreign(struct printer *printer, Node *statement, const char *prefix)
{
    struct error error = {0};
    struct arena *scratch = arena_new();
    const char *text = NULL;

    if (printer->depth < PRINT_DEPTH)
        text = pg_deparse_foreign(statement, scratch, &error);
    if (text && strncmp(text, prefix, strlen(prefix)) == 0)
        printer_text(printer, text + strlen(prefix));
    else
        printer->failed = true;
    arena_free(scratch);
}
