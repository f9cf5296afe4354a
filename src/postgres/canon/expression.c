/* The expressions that are neither operators nor calls nor names: constants, casts, CASE, COALESCE,
 * arrays, rows, subscripts, tests and SQL's own functions. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "utils/builtins.h"

#include "postgres/types/types.h"

static struct value *note(struct value *value, const struct value *part)
{
    value->variables = value->variables || part->variables;
    value->aggregate = value->aggregate || part->aggregate;
    value->set = value->set || part->set;
    return value;
}

struct value **analyze_list(struct analyzer *analyzer, List *list, int *count)
{
    struct value **values = palloc(sizeof(struct value *) * (size_t)(list_length(list) + 1));
    ListCell *cell;

    *count = 0;
    foreach (cell, list)
        values[(*count)++] = analyze_expression(analyzer, lfirst(cell));
    return values;
}

struct value *analyze_condition(struct analyzer *analyzer, Node *node)
{
    return coerce_boolean(analyzer, analyze_expression(analyzer, node));
}

Node *analyze_boolean(struct analyzer *analyzer, Node *node)
{
    return node ? analyze_condition(analyzer, node)->node : NULL;
}

/* -- Constants and casts ------------------------------------------------------------------------ */

static struct value *literal(struct analyzer *analyzer, const char *text, Node *source)
{
    struct value *value =
        tree_value(text ? tree_string(text) : tree_null(), analyzer->types.unknown, -1);

    value->constant = true;
    value->literal = text;
    value->source = source;
    return value;
}

/* Digits that fit bigint are one, all else is numeric. */
static struct value *number(struct analyzer *analyzer, const char *text)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    bool integer = digits[0] && strspn(digits, "0123456789") == strlen(digits);
    bool small =
        integer &&
        (strlen(digits) < 19 ||
         (strlen(digits) == 19 &&
          strcmp(digits, text[0] == '-' ? "9223372036854775808" : "9223372036854775807") <= 0));

    return tree_constant(analyzer, small ? analyzer->types.int8 : analyzer->types.numeric, -1, text,
                         NULL);
}

static struct value *analyze_constant(struct analyzer *analyzer, A_Const *constant)
{
    if (constant->isnull)
        return literal(analyzer, NULL, (Node *)constant);
    switch ((int)nodeTag(&constant->val)) {
    case T_Integer:
        return tree_constant(analyzer, analyzer->types.int4, -1,
                             psprintf("%d", constant->val.ival.ival), NULL);
    case T_Float:
        return number(analyzer, constant->val.fval.fval);
    case T_Boolean:
        return tree_constant(analyzer, analyzer->types.boolean, -1,
                             constant->val.boolval.boolval ? "true" : "false", NULL);
    case T_BitString:
        return tree_constant(analyzer, analyzer->types.bit, -1, constant->val.bsval.bsval, NULL);
    default:
        return literal(analyzer, constant->val.sval.sval, (Node *)constant);
    }
}

const struct pg_type *analyze_type(struct analyzer *analyzer, TypeName *name, int32_t *typmod)
{
    struct error error = {0};
    const struct pg_type *type = pg_resolve_type_name(analyzer->universe, name, typmod, &error);
    const struct pg_type *element = type && type->element ? type->element : type;
    int last = name->location;

    if (!type) {
        analyze_incomplete(analyzer, "%s", error.message);
        return NULL;
    }
    analyze_depend_type(analyzer, type);
    if (!element->user || name->pct_type || last < 0)
        return type;
    if (list_length(name->names) == 1)
        analyze_edit(analyzer, last, 0, psprintf("%s.", quote_identifier(element->schema)));
    else
        last = tree_after_dot(analyzer->text, last);
    if (element->print_name && last >= 0)
        analyze_edit(analyzer, last, tree_name_length(analyzer->text, last),
                     quote_identifier(element->print_name));
    return type;
}

static struct value *analyze_cast(struct analyzer *analyzer, TypeCast *cast)
{
    int32_t typmod;
    const struct pg_type *type = analyze_type(analyzer, cast->typeName, &typmod);
    const struct pg_type *base = universe_base_type(type, NULL);
    struct value *value;

    if (!type) {
        TypeCast *copy = makeNode(TypeCast);

        value = analyze_expression(analyzer, cast->arg);
        copy->arg = value->node;
        copy->typeName = cast->typeName;
        return note(tree_value((Node *)copy, NULL, -1), value);
    }
    /* The wanted type reaches into ARRAY[...]. */
    if (IsA(cast->arg, A_ArrayExpr) && base->element)
        value = analyze_array(analyzer, (A_ArrayExpr *)cast->arg, base);
    else
        value = analyze_expression(analyzer, cast->arg);
    return coerce_value(analyzer, value, type, typmod, COERCE_EXPLICIT);
}

/* -- Several values of one type ----------------------------------------------------------------- */

/* Brings all values to their common type; gives it, or NULL with the values as they were. */
static const struct pg_type *unify(struct analyzer *analyzer, struct value **values, int count,
                                   const char *what)
{
    const struct pg_type *type = coerce_common(analyzer, values, count);

    if (!type) {
        analyze_incomplete(analyzer, "%s has no common type", what);
        return NULL;
    }
    for (int i = 0; i < count; i++)
        values[i] = coerce_value(analyzer, values[i], type, -1, COERCE_IMPLICIT);
    return type;
}

static struct value *of_values(Node *node, struct value **values, int count,
                               const struct pg_type *type)
{
    struct value *value =
        tree_value(node, type, type ? coerce_common_typmod(values, count, type) : -1);

    for (int i = 0; i < count; i++) {
        note(value, values[i]);
        if (!value->collation && type && type->collatable)
            value->collation = values[i]->collation;
    }
    return value;
}

static List *nodes_of(struct value **values, int count)
{
    List *nodes = NIL;

    for (int i = 0; i < count; i++)
        nodes = lappend(nodes, values[i]->node);
    return nodes;
}

static struct value *analyze_coalesce(struct analyzer *analyzer, CoalesceExpr *expression)
{
    CoalesceExpr *result = makeNode(CoalesceExpr);
    int count;
    struct value **values = analyze_list(analyzer, expression->args, &count);
    const struct pg_type *type = unify(analyzer, values, count, "COALESCE");

    result->args = nodes_of(values, count);
    return of_values((Node *)result, values, count, type);
}

static struct value *analyze_extreme(struct analyzer *analyzer, MinMaxExpr *expression)
{
    MinMaxExpr *result = makeNode(MinMaxExpr);
    int count;
    struct value **values = analyze_list(analyzer, expression->args, &count);
    const struct pg_type *type = unify(analyzer, values, count, "GREATEST or LEAST");

    result->op = expression->op;
    result->args = nodes_of(values, count);
    return of_values((Node *)result, values, count, type);
}

/* CASE x WHEN y compares x = y; what is printed of that is y as the operator takes it. */
static Node *analyze_when(struct analyzer *analyzer, struct value *test, Node *node)
{
    struct value *comparison;

    if (!test)
        return analyze_boolean(analyzer, node);
    comparison = analyze_operator(analyzer, list_make1(makeString(pstrdup("="))), test,
                                  analyze_expression(analyzer, node));
    if (IsA(comparison->node, A_Expr))
        return ((A_Expr *)comparison->node)->rexpr;
    return comparison->node;
}

static struct value *analyze_case(struct analyzer *analyzer, CaseExpr *expression)
{
    CaseExpr *result = makeNode(CaseExpr);
    int count = list_length(expression->args) + 1, i = 1;
    struct value **values = palloc(sizeof(struct value *) * (size_t)count), *test = NULL, *value;
    const struct pg_type *type;
    ListCell *cell;

    if (expression->arg) {
        test = coerce_unknown(analyzer, analyze_expression(analyzer, (Node *)expression->arg));
        result->arg = (Expr *)test->node;
    }
    /* Without ELSE it is NULL, which has no say but is shown. */
    values[0] = expression->defresult ? analyze_expression(analyzer, (Node *)expression->defresult)
                                      : literal(analyzer, NULL, NULL);
    foreach (cell, expression->args) {
        CaseWhen *when = lfirst(cell), *copy = makeNode(CaseWhen);

        copy->expr = (Expr *)analyze_when(analyzer, test, (Node *)when->expr);
        result->args = lappend(result->args, copy);
        values[i++] = analyze_expression(analyzer, (Node *)when->result);
    }
    type = unify(analyzer, values, count, "CASE");
    for (i = 1; i < count; i++)
        ((CaseWhen *)list_nth(result->args, i - 1))->result = (Expr *)values[i]->node;
    result->defresult = (Expr *)values[0]->node;
    value = of_values((Node *)result, values, count, type);
    value->variables = true;
    return value;
}

/* -- Arrays and rows ---------------------------------------------------------------------------- */

struct value *analyze_array(struct analyzer *analyzer, A_ArrayExpr *array,
                            const struct pg_type *type)
{
    A_ArrayExpr *result = makeNode(A_ArrayExpr);
    int count = list_length(array->elements), i = 0;
    struct value **values = palloc(sizeof(struct value *) * (size_t)(count + 1)), *value;
    const struct pg_type *element = NULL, *array_type = type;
    bool nested = false;
    ListCell *cell;

    foreach (cell, array->elements) {
        Node *node = lfirst(cell);

        values[i] = IsA(node, A_ArrayExpr) ? analyze_array(analyzer, (A_ArrayExpr *)node, type)
                                           : analyze_expression(analyzer, node);
        nested = nested || IsA(node, A_ArrayExpr) ||
                 (!type && values[i]->type && values[i]->type->element);
        i++;
    }
    if (type) {
        element = nested ? type : type->element;
        for (i = 0; i < count; i++)
            values[i] = coerce_value(analyzer, values[i], element, -1, COERCE_EXPLICIT);
    } else {
        element = count ? unify(analyzer, values, count, "ARRAY") : NULL;
        nested = element && element->element && element->category == 'A';
        array_type = !element ? NULL : nested ? element : element->array;
        if (!count)
            analyze_incomplete(analyzer, "ARRAY[] without a type");
    }
    result->elements = nodes_of(values, count);
    value = of_values((Node *)result, values, count, NULL);
    value->type = array_type;
    if (!type && array_type && count)
        value->typmod = coerce_common_typmod(values, count, element);
    for (i = 0; i < count && !value->collation && array_type && array_type->collatable; i++)
        value->collation = values[i]->collation;
    value->elements = values;
    value->element_count = count;
    /* An empty array needs its type in writing. */
    if (!count && array_type)
        value->node = tree_cast(analyzer, value->node, array_type, -1);
    return value;
}

struct value *analyze_row(struct analyzer *analyzer, RowExpr *row)
{
    RowExpr *result = makeNode(RowExpr);
    List *expanded = NIL;
    struct value *value;
    int count;
    struct value **values;
    ListCell *cell;

    /* t.* inside a row means its columns. */
    foreach (cell, row->args) {
        ColumnRef *reference = lfirst(cell);

        if (IsA(reference, ColumnRef) && IsA(llast(reference->fields), A_Star))
            expanded = list_concat(expanded, names_star(analyzer, reference));
        else
            expanded = lappend(expanded, analyze_expression(analyzer, (Node *)reference));
    }
    count = list_length(expanded);
    values = palloc(sizeof(struct value *) * (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        values[i] = list_nth(expanded, i);
    result->row_format = COERCE_EXPLICIT_CALL;
    result->args = nodes_of(values, count);
    value = of_values((Node *)result, values, count, NULL);
    value->type = analyzer->types.record;
    value->row = true;
    value->elements = values;
    value->element_count = count;
    return value;
}

/* -- Subscripts and fields ---------------------------------------------------------------------- */

static Node *subscript(struct analyzer *analyzer, struct value *container, Node *node)
{
    struct value *index;
    const struct pg_type *type = universe_base_type(container->type, NULL);

    if (!node)
        return NULL;
    index = analyze_expression(analyzer, node);
    if (type == analyzer->types.jsonb && index->type != analyzer->types.int4)
        return coerce_value(analyzer, index, analyzer->types.text, -1, COERCE_ASSIGNMENT)->node;
    return coerce_value(analyzer, index, analyzer->types.int4, -1, COERCE_ASSIGNMENT)->node;
}

/* Successive subscripts belong to one reference; a slice among them makes all slices. */
static struct value *subscripted(struct analyzer *analyzer, struct value *container, List *indices)
{
    const struct pg_type *base = universe_base_type(container->type, NULL), *type = NULL;
    A_Indirection *result = makeNode(A_Indirection);
    bool slice = false;
    struct value *value;
    ListCell *cell;

    foreach (cell, indices)
        slice = slice || ((A_Indices *)lfirst(cell))->is_slice;
    result->arg = container->node;
    foreach (cell, indices) {
        A_Indices *index = lfirst(cell), *copy = makeNode(A_Indices);

        copy->is_slice = slice;
        copy->uidx = subscript(analyzer, container, index->uidx);
        copy->lidx = subscript(analyzer, container, index->lidx);
        if (slice && !index->is_slice)
            copy->lidx = tree_constant(analyzer, analyzer->types.int4, -1, "1", NULL)->node;
        result->indirection = lappend(result->indirection, copy);
    }
    if (base && base == analyzer->types.jsonb)
        type = base;
    else if (base && base->element)
        type = slice ? base : base->element;
    else if (base && (universe_type_is(base, "point") || universe_type_is(base, "box") ||
                      universe_type_is(base, "line")))
        type = universe_builtin_type(analyzer->universe,
                                     universe_type_is(base, "box") ? "point" : "float8");
    else
        analyze_incomplete(analyzer, "subscript of an unknown type");
    value = note(tree_value((Node *)result, type, base && base->element ? container->typmod : -1),
                 container);
    value->collation = container->collation;
    return value;
}

static struct value *analyze_indirection(struct analyzer *analyzer, A_Indirection *indirection)
{
    struct value *value = analyze_expression(analyzer, indirection->arg);
    List *indices = NIL;
    ListCell *cell;

    foreach (cell, indirection->indirection) {
        Node *step = lfirst(cell);
        struct value *field;

        if (IsA(step, A_Indices)) {
            indices = lappend(indices, step);
            continue;
        }
        if (indices)
            value = subscripted(analyzer, value, indices);
        indices = NIL;
        if (!IsA(step, String))
            break; /* (x).* is expanded by the target list */
        field = names_select_field(analyzer, value, strVal(step));
        if (!field)
            field = analyze_field_call(analyzer, strVal(step), value);
        if (!field) {
            A_Indirection *copy = makeNode(A_Indirection);

            copy->arg = value->node;
            copy->indirection = list_make1(step);
            analyze_incomplete(analyzer, "no field %s", strVal(step));
            field = note(tree_value((Node *)copy, NULL, -1), value);
        }
        value = field;
    }
    return indices ? subscripted(analyzer, value, indices) : value;
}

/* -- Tests and connectives ---------------------------------------------------------------------- */

static struct value *analyze_connective(struct analyzer *analyzer, BoolExpr *expression)
{
    struct value *value = tree_value(NULL, analyzer->types.boolean, -1);
    List *arguments = NIL;
    ListCell *cell;

    foreach (cell, expression->args) {
        struct value *argument = analyze_condition(analyzer, lfirst(cell));

        arguments = lappend(arguments, argument->node);
        note(value, argument);
    }
    value->node = expression->boolop == NOT_EXPR ? tree_not(linitial(arguments))
                                                 : tree_boolean(expression->boolop, arguments);
    return value;
}

static struct value *analyze_null_test(struct analyzer *analyzer, NullTest *test)
{
    NullTest *result = makeNode(NullTest);
    struct value *argument = analyze_expression(analyzer, (Node *)test->arg);

    result->nulltesttype = test->nulltesttype;
    result->arg = (Expr *)argument->node;
    return note(tree_value((Node *)result, analyzer->types.boolean, -1), argument);
}

static struct value *analyze_boolean_test(struct analyzer *analyzer, BooleanTest *test)
{
    BooleanTest *result = makeNode(BooleanTest);
    struct value *argument = analyze_condition(analyzer, (Node *)test->arg);

    result->booltesttype = test->booltesttype;
    result->arg = (Expr *)argument->node;
    return note(tree_value((Node *)result, analyzer->types.boolean, -1), argument);
}

/* -- COLLATE ------------------------------------------------------------------------------------ */

/* The collation's name in the author's text gets its schema. */
static void edit_collation(struct analyzer *analyzer, const CollateClause *clause,
                           const char *schema)
{
    int at = clause->location < 0 ? 0 : clause->location + 7; /* behind COLLATE */

    while (at && isspace((unsigned char)analyzer->text[at]))
        at++;
    if (at && tree_name_length(analyzer->text, at))
        analyze_edit(analyzer, at, 0, psprintf("%s.", quote_identifier(schema)));
}

static struct value *analyze_collate(struct analyzer *analyzer, CollateClause *clause)
{
    CollateClause *result = makeNode(CollateClause);
    struct value *argument = analyze_expression(analyzer, clause->arg), *value;
    const char *name = strVal(llast(clause->collname));
    const char *schema = list_length(clause->collname) > 1
                             ? strVal(list_nth(clause->collname, list_length(clause->collname) - 2))
                             : NULL;
    const char *found = analyze_named(analyzer, "collation", schema, name);
    bool built_in = !found && (!schema || strcmp(schema, "pg_catalog") == 0);

    if (found && !schema)
        edit_collation(analyzer, clause, found);
    if (found)
        schema = found;
    argument = coerce_unknown(analyzer, argument);
    result->arg = argument->node;
    result->collname = built_in ? list_make1(llast(clause->collname))
                                : list_make2(makeString(pstrdup(schema)), llast(clause->collname));
    value = note(tree_value((Node *)result, argument->type, argument->typmod), argument);
    value->collated = argument;
    value->collation = built_in
                           ? quote_identifier(name)
                           : psprintf("%s.%s", quote_identifier(schema), quote_identifier(name));
    return value;
}

/* -- SQL's own functions ------------------------------------------------------------------------ */

static struct value *analyze_value_function(struct analyzer *analyzer, SQLValueFunction *function)
{
    const struct known_types *types = &analyzer->types;
    const struct pg_type *type;
    SQLValueFunction *result = makeNode(SQLValueFunction);
    struct value *value;

    *result = *function;
    switch ((int)function->op) {
    case SVFOP_CURRENT_DATE:
        type = types->date;
        break;
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N:
        type = types->timetz;
        break;
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N:
        type = types->timestamptz;
        break;
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N:
        type = types->time;
        break;
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N:
        type = types->timestamp;
        break;
    default:
        type = types->name;
        break;
    }
    value = tree_value((Node *)result, type, function->typmod);
    return value;
}

static struct value *analyze_grouping(struct analyzer *analyzer, GroupingFunc *function)
{
    GroupingFunc *result = makeNode(GroupingFunc);
    int count;
    struct value **values = analyze_list(analyzer, function->args, &count);

    result->args = nodes_of(values, count);
    return tree_value((Node *)result, analyzer->types.int4, -1);
}

/* Named arguments of XMLELEMENT and XMLFOREST carry their names; libpg_query prints them. */
static List *xml_targets(struct analyzer *analyzer, List *targets, struct value *whole)
{
    List *result = NIL;
    ListCell *cell;

    foreach (cell, targets) {
        ResTarget *copy = makeNode(ResTarget);
        ResTarget *target = lfirst(cell);
        struct value *value = analyze_expression(analyzer, target->val);

        copy->name = target->name ? target->name : pstrdup(analyze_label(target->val));
        copy->val = value->node;
        note(whole, value);
        result = lappend(result, copy);
    }
    return result;
}

static struct value *analyze_xml(struct analyzer *analyzer, XmlExpr *expression)
{
    const struct known_types *types = &analyzer->types;
    XmlExpr *result = makeNode(XmlExpr);
    struct value *value = tree_value((Node *)result, types->xml, -1);
    int i = 0;
    ListCell *cell;

    *result = *expression;
    result->args = NIL;
    result->named_args = xml_targets(analyzer, expression->named_args, value);
    foreach (cell, expression->args) {
        struct value *argument = analyze_expression(analyzer, lfirst(cell));
        bool text = expression->op == IS_XMLPARSE || expression->op == IS_XMLPI ||
                    (expression->op == IS_XMLROOT && i == 1);

        /* The flags of XMLPARSE and XMLROOT are no values. */
        if (i > 0 && (expression->op == IS_XMLPARSE || (expression->op == IS_XMLROOT && i > 1)))
            argument = tree_value(lfirst(cell), types->int4, -1);
        else if (text)
            argument = coerce_value(analyzer, argument, types->text, -1, COERCE_IMPLICIT);
        else if (expression->op != IS_XMLELEMENT || argument->type == types->unknown)
            argument = coerce_value(analyzer, argument, types->xml, -1, COERCE_IMPLICIT);
        note(value, argument);
        result->args = lappend(result->args, argument->node);
        i++;
    }
    if (expression->op == IS_DOCUMENT)
        value->type = types->boolean;
    return value;
}

static struct value *analyze_serialize(struct analyzer *analyzer, XmlSerialize *expression)
{
    XmlSerialize *result = makeNode(XmlSerialize);
    int32_t typmod;
    const struct pg_type *type = analyze_type(analyzer, expression->typeName, &typmod);
    struct value *argument = analyze_expression(analyzer, expression->expr);

    *result = *expression;
    argument = coerce_value(analyzer, argument, analyzer->types.xml, -1, COERCE_IMPLICIT);
    result->expr = argument->node;
    return note(tree_value((Node *)result, type, typmod), argument);
}

/* -- Dispatch ----------------------------------------------------------------------------------- */

static struct value *dispatch(struct analyzer *analyzer, Node *node)
{
    struct value *value;

    switch ((int)nodeTag(node)) {
    case T_ColumnRef:
        return analyze_column(analyzer, (ColumnRef *)node);
    case T_A_Const:
        return analyze_constant(analyzer, (A_Const *)node);
    case T_ParamRef:
        return analyze_parameter(analyzer, (ParamRef *)node);
    case T_TypeCast:
        return analyze_cast(analyzer, (TypeCast *)node);
    case T_A_Expr:
        return analyze_operation(analyzer, (A_Expr *)node);
    case T_FuncCall:
        return analyze_call(analyzer, (FuncCall *)node);
    case T_BoolExpr:
        return analyze_connective(analyzer, (BoolExpr *)node);
    case T_NullTest:
        return analyze_null_test(analyzer, (NullTest *)node);
    case T_BooleanTest:
        return analyze_boolean_test(analyzer, (BooleanTest *)node);
    case T_CaseExpr:
        return analyze_case(analyzer, (CaseExpr *)node);
    case T_CoalesceExpr:
        return analyze_coalesce(analyzer, (CoalesceExpr *)node);
    case T_MinMaxExpr:
        return analyze_extreme(analyzer, (MinMaxExpr *)node);
    case T_SubLink:
        return analyze_sublink(analyzer, (SubLink *)node);
    case T_A_ArrayExpr:
        return analyze_array(analyzer, (A_ArrayExpr *)node, NULL);
    case T_RowExpr:
        return analyze_row(analyzer, (RowExpr *)node);
    case T_A_Indirection:
        return analyze_indirection(analyzer, (A_Indirection *)node);
    case T_CollateClause:
        return analyze_collate(analyzer, (CollateClause *)node);
    case T_SQLValueFunction:
        return analyze_value_function(analyzer, (SQLValueFunction *)node);
    case T_GroupingFunc:
        return analyze_grouping(analyzer, (GroupingFunc *)node);
    case T_XmlExpr:
        return analyze_xml(analyzer, (XmlExpr *)node);
    case T_XmlSerialize:
        return analyze_serialize(analyzer, (XmlSerialize *)node);
    case T_SetToDefault:
        return tree_value(node, NULL, -1);
    default:
        value = analyze_json(analyzer, node);
        if (value)
            return value;
        analyze_incomplete(analyzer, "expression of kind %d", (int)nodeTag(node));
        return tree_value(node, NULL, -1);
    }
}

struct value *analyze_expression(struct analyzer *analyzer, Node *node)
{
    struct value *value;

    if (analyzer->depth >= ANALYZE_DEPTH) {
        analyze_incomplete(analyzer, "nested too deeply");
        return tree_value(node, NULL, -1);
    }
    analyzer->depth++;
    value = dispatch(analyzer, node);
    analyzer->depth--;
    return value;
}
