/* Makes the nodes of canonical trees. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "postgres/sql/print_internal.h"
#include "postgres/types/types.h"

struct value *tree_value(Node *node, const struct pg_type *type, int32_t typmod)
{
    struct value *value = palloc0(sizeof(struct value));

    value->node = node;
    value->type = type;
    value->typmod = typmod;
    return value;
}

TypeName *tree_type(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod)
{
    size_t slot = ((uintptr_t)type / sizeof(struct pg_type) + (size_t)typmod) %
                  lengthof(analyzer->type_nodes);
    struct buffer text = BUFFER_EMPTY;
    TypeName *name;

    if (analyzer->type_nodes[slot].type == type && analyzer->type_nodes[slot].typmod == typmod)
        return analyzer->type_nodes[slot].node;
    name = makeNode(TypeName);
    pg_append_type(&text, type, typmod);
    name->names = list_make1(makeString(pstrdup(buffer_text(&text))));
    name->typeOid = PRINT_TYPE_VERBATIM;
    buffer_free(&text);
    analyzer->type_nodes[slot].type = type;
    analyzer->type_nodes[slot].typmod = typmod;
    analyzer->type_nodes[slot].node = name;
    return name;
}

Node *tree_cast(struct analyzer *analyzer, Node *node, const struct pg_type *type, int32_t typmod)
{
    TypeCast *cast = makeNode(TypeCast);

    cast->arg = node;
    cast->typeName = tree_type(analyzer, type, typmod);
    return (Node *)cast;
}

char *tree_text(const char *text, size_t length)
{
    char *copy = palloc(length + 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* makeString takes what it gets; the strings here are never changed. */
static char *plain(const char *text)
{
    return (char *)(uintptr_t)text;
}

Node *tree_column(const char *alias, const char *name)
{
    ColumnRef *reference = makeNode(ColumnRef);

    if (alias)
        reference->fields = list_make1(makeString(plain(alias)));
    if (name)
        reference->fields = lappend(reference->fields, makeString(plain(name)));
    return (Node *)reference;
}

Node *tree_string(const char *text)
{
    A_Const *constant = makeNode(A_Const);

    constant->val.sval.type = T_String;
    constant->val.sval.sval = plain(text);
    return (Node *)constant;
}

Node *tree_null(void)
{
    A_Const *constant = makeNode(A_Const);

    constant->isnull = true;
    return (Node *)constant;
}

static Node *number(const char *text, bool integer)
{
    A_Const *constant = makeNode(A_Const);

    if (integer) {
        constant->val.ival.type = T_Integer;
        constant->val.ival.ival = atoi(text);
    } else {
        constant->val.fval.type = T_Float;
        constant->val.fval.fval = plain(text);
    }
    return (Node *)constant;
}

static Node *boolean(bool truth)
{
    A_Const *constant = makeNode(A_Const);

    constant->val.boolval.type = T_Boolean;
    constant->val.boolval.boolval = truth;
    return (Node *)constant;
}

Node *tree_not(Node *argument)
{
    BoolExpr *expression = makeNode(BoolExpr);

    expression->boolop = NOT_EXPR;
    expression->args = list_make1(argument);
    return (Node *)expression;
}

Node *tree_boolean(BoolExprType kind, List *arguments)
{
    BoolExpr *expression = makeNode(BoolExpr);
    ListCell *cell;

    expression->boolop = kind;
    foreach (cell, arguments) {
        BoolExpr *argument = lfirst(cell);

        if (IsA(argument, BoolExpr) && argument->boolop == kind)
            expression->args = list_concat(expression->args, argument->args);
        else
            expression->args = lappend(expression->args, argument);
    }
    return (Node *)expression;
}

Node *tree_call(const char *name, List *arguments)
{
    FuncCall *call = makeNode(FuncCall);

    call->funcname = list_make1(makeString(plain(name)));
    call->args = arguments;
    call->funcformat = COERCE_EXPLICIT_CALL;
    return (Node *)call;
}

A_Expr *tree_operation(A_Expr_Kind kind, List *name, Node *left, Node *right)
{
    A_Expr *expression = makeNode(A_Expr);

    expression->kind = kind;
    expression->name = name;
    expression->lexpr = left;
    expression->rexpr = right;
    return expression;
}

/* ruleutils leaves a numeric unlabelled when it could not be read as anything else. */
static bool plain_numeric(const char *text)
{
    return isdigit((unsigned char)text[0]) && strspn(text, "0123456789eE+-.") == strlen(text) &&
           strpbrk(text, "eE.");
}

static Node *constant_node(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod,
                           const char *text)
{
    if (!text)
        return tree_cast(analyzer, tree_null(), type, -1);
    if (typmod < 0) {
        if (type == analyzer->types.int4 && isdigit((unsigned char)text[0]))
            return number(text, true);
        if (type == analyzer->types.numeric && plain_numeric(text))
            return number(text, false);
        if (type == analyzer->types.boolean &&
            (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
            return boolean(text[0] == 't');
    }
    return tree_cast(analyzer, tree_string(text), type, typmod);
}

struct value *tree_constant(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod,
                            const char *text, Node *source)
{
    struct value *value = tree_value(NULL, type, typmod);

    analyzer->literal = text;
    if (text)
        text = literal_normalize(analyzer, type, typmod, text, source);
    value->node = constant_node(analyzer, type, typmod, text);
    value->constant = true;
    value->literal = text;
    return value;
}

int tree_name_length(const char *text, int offset)
{
    int at = offset;

    if (text[at] == '"') {
        for (at++; text[at]; at++) {
            if (text[at] == '"' && text[at + 1] != '"')
                return at + 1 - offset;
            if (text[at] == '"')
                at++;
        }
        return 0;
    }
    while (isalnum((unsigned char)text[at]) || text[at] == '_' || text[at] == '$' ||
           (unsigned char)text[at] >= 0x80)
        at++;
    return at - offset;
}

int tree_after_dot(const char *text, int offset)
{
    offset += tree_name_length(text, offset);
    while (isspace((unsigned char)text[offset]))
        offset++;
    if (text[offset] != '.')
        return -1;
    offset++;
    while (isspace((unsigned char)text[offset]))
        offset++;
    return offset;
}
