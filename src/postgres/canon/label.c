/* The names that result columns and keys of indexes get where the author gave none. */
#include "postgres/canon/internal.h"

#include <string.h>

#include "postgres/facts/label.h"

/* How sure the name is: a cast's or CASE's gives way to an inner one that is surer. */
enum strength { LABEL_NONE, LABEL_WEAK, LABEL_STRONG };

static enum strength label(Node *node, const char **name);

static enum strength fixed(const char **name, const char *text)
{
    *name = text;
    return LABEL_STRONG;
}

/* The last name of a list that also holds subscripts and stars. */
static const char *last_name(List *parts)
{
    const char *name = NULL;
    ListCell *cell;

    foreach (cell, parts)
        if (IsA(lfirst(cell), String))
            name = strVal(lfirst(cell));
    return name;
}

static enum strength label_sublink(SubLink *link, const char **name)
{
    SelectStmt *select = (SelectStmt *)link->subselect;

    switch ((int)link->subLinkType) {
    case EXISTS_SUBLINK:
        return fixed(name, "exists");
    case ARRAY_SUBLINK:
        return fixed(name, "array");
    case EXPR_SUBLINK:
        /* The sub-select's own column; a set operation's is that of its first arm. */
        while (IsA(select, SelectStmt) && select->op != SETOP_NONE)
            select = select->larg;
        if (!IsA(select, SelectStmt) || !select->targetList) {
            if (IsA(select, SelectStmt) && select->valuesLists)
                return fixed(name, "column1");
            return LABEL_NONE;
        }
        if (((ResTarget *)linitial(select->targetList))->name)
            return fixed(name, ((ResTarget *)linitial(select->targetList))->name);
        *name = analyze_label(((ResTarget *)linitial(select->targetList))->val);
        return LABEL_STRONG;
    default:
        return LABEL_NONE;
    }
}

static const char *value_function_name(SQLValueFunctionOp operation)
{
    switch ((int)operation) {
    case SVFOP_CURRENT_DATE:
        return "current_date";
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N:
        return "current_time";
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N:
        return "current_timestamp";
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N:
        return "localtime";
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N:
        return "localtimestamp";
    case SVFOP_CURRENT_ROLE:
        return "current_role";
    case SVFOP_CURRENT_USER:
        return "current_user";
    case SVFOP_USER:
        return "user";
    case SVFOP_SESSION_USER:
        return "session_user";
    case SVFOP_CURRENT_CATALOG:
        return "current_catalog";
    default:
        return "current_schema";
    }
}

static const char *xml_name(XmlExprOp operation)
{
    switch ((int)operation) {
    case IS_XMLCONCAT:
        return "xmlconcat";
    case IS_XMLELEMENT:
        return "xmlelement";
    case IS_XMLFOREST:
        return "xmlforest";
    case IS_XMLPARSE:
        return "xmlparse";
    case IS_XMLPI:
        return "xmlpi";
    case IS_XMLROOT:
        return "xmlroot";
    case IS_XMLSERIALIZE:
        return "xmlserialize";
    default:
        return NULL;
    }
}

static enum strength label_cast(TypeCast *cast, const char **name)
{
    enum strength strength = label(cast->arg, name);

    if (strength < LABEL_STRONG && cast->typeName) {
        *name = strVal(llast(cast->typeName->names));
        return LABEL_WEAK;
    }
    return strength;
}

static enum strength label_case(CaseExpr *expression, const char **name)
{
    enum strength strength = LABEL_NONE;

    if (expression->defresult)
        strength = label((Node *)expression->defresult, name);
    if (strength < LABEL_STRONG) {
        *name = "case";
        return LABEL_WEAK;
    }
    return strength;
}

static enum strength label_json(Node *node, const char **name)
{
#if PLUMB_PG_QUERY_VERSION >= 17
    static const struct {
        NodeTag tag;
        const char *name;
    } names[] = {{T_JsonParseExpr, "json"},
                 {T_JsonScalarExpr, "json_scalar"},
                 {T_JsonSerializeExpr, "json_serialize"},
                 {T_JsonObjectConstructor, "json_object"},
                 {T_JsonArrayConstructor, "json_array"},
                 {T_JsonArrayQueryConstructor, "json_array"},
                 {T_JsonObjectAgg, "json_objectagg"},
                 {T_JsonArrayAgg, "json_arrayagg"}};

    for (size_t i = 0; i < lengthof(names); i++)
        if (nodeTag(node) == names[i].tag)
            return fixed(name, names[i].name);
    if (IsA(node, JsonFuncExpr)) {
        static const char *const functions[] = {[JSON_EXISTS_OP] = "json_exists",
                                                [JSON_QUERY_OP] = "json_query",
                                                [JSON_VALUE_OP] = "json_value"};
        JsonExprOp operation = ((JsonFuncExpr *)node)->op;

        return (size_t)operation < lengthof(functions) ? fixed(name, functions[operation])
                                                       : LABEL_NONE;
    }
#endif
    return LABEL_NONE;
}

static enum strength label_field(List *parts, const char **name)
{
    const char *last = last_name(parts);

    return last ? fixed(name, last) : LABEL_NONE;
}

static enum strength label(Node *node, const char **name)
{
    if (!node)
        return LABEL_NONE;
    switch ((int)nodeTag(node)) {
    case T_ColumnRef:
        return label_field(((ColumnRef *)node)->fields, name);
    case T_A_Indirection: {
        enum strength strength = label_field(((A_Indirection *)node)->indirection, name);

        return strength ? strength : label(((A_Indirection *)node)->arg, name);
    }
    case T_FuncCall:
        return fixed(name, strVal(llast(((FuncCall *)node)->funcname)));
    case T_A_Expr:
        return ((A_Expr *)node)->kind == AEXPR_NULLIF ? fixed(name, "nullif") : LABEL_NONE;
    case T_TypeCast:
        return label_cast((TypeCast *)node, name);
    case T_CollateClause:
        return label(((CollateClause *)node)->arg, name);
    case T_GroupingFunc:
        return fixed(name, "grouping");
    case T_SubLink:
        return label_sublink((SubLink *)node, name);
    case T_CaseExpr:
        return label_case((CaseExpr *)node, name);
    case T_A_ArrayExpr:
        return fixed(name, "array");
    case T_RowExpr:
        return fixed(name, "row");
    case T_CoalesceExpr:
        return fixed(name, "coalesce");
    case T_MinMaxExpr:
        return fixed(name, ((MinMaxExpr *)node)->op == IS_GREATEST ? "greatest" : "least");
    case T_SQLValueFunction:
        return fixed(name, value_function_name(((SQLValueFunction *)node)->op));
    case T_XmlExpr:
        *name = xml_name(((XmlExpr *)node)->op);
        return *name ? LABEL_STRONG : LABEL_NONE;
    case T_XmlSerialize:
        return fixed(name, "xmlserialize");
    default:
        return label_json(node, name);
    }
}

const char *pg_label(Node *expression)
{
    const char *name = NULL;

    return label(expression, &name) == LABEL_NONE ? NULL : name;
}

const char *analyze_label(Node *node)
{
    const char *name = pg_label(node);

    return name ? name : "?column?";
}
