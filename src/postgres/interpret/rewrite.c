/* What a rename or a move to another schema does to the texts of other objects: the server
 * stores trees, in which names follow by themselves; here the texts are parsed, changed and
 * printed again. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "model/identity.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"
#include "postgres/types/types.h"

struct rewrite {
    struct interpreter *interpreter;
    const struct interpret_renaming *renaming;
    const struct object *object; /* whose text it is */
    bool query;                  /* the text is a query: its columns come from a FROM clause */
    bool ambiguous;              /* something else in the query is called by the old name */
    bool found;
};

/* --- matching names --------------------------------------------------------------------------- */

static bool in_path(const struct object *object, const char *schema)
{
    return object->search_path && text_list_contains(object->search_path, schema);
}

/* True when schema.name (schema may be NULL) in the object's text means the old name. */
static bool matches(const struct rewrite *rewrite, const char *schema, const char *name)
{
    const struct interpret_renaming *renaming = rewrite->renaming;

    if (renaming->old_name && strcmp(name, renaming->old_name) != 0)
        return false;
    if (!renaming->old_name)
        return schema && strcmp(schema, renaming->old_schema) == 0;
    return schema ? strcmp(schema, renaming->old_schema) == 0
                  : in_path(rewrite->object, renaming->old_schema);
}

static const char *new_name(const struct rewrite *rewrite, const char *name)
{
    return rewrite->renaming->new_name ? rewrite->renaming->new_name : name;
}

/* A list of String nodes that names a function or type. */
static List *rename_names(struct rewrite *rewrite, List *names)
{
    const char *schema;
    const char *name;

    interpret_name(names, &schema, &name);
    if (!matches(rewrite, schema, name))
        return names;
    rewrite->found = true;
    return list_make2(makeString(pstrdup(rewrite->renaming->new_schema)),
                      makeString(pstrdup(new_name(rewrite, name))));
}

static void rename_relation(struct rewrite *rewrite, RangeVar *relation)
{
    const char *old_name = relation->relname;

    if (!matches(rewrite, relation->schemaname, relation->relname))
        return;
    rewrite->found = true;
    relation->schemaname = pstrdup(rewrite->renaming->new_schema);
    relation->relname = pstrdup(new_name(rewrite, old_name));
    /* Columns are called by the new name, unless the old one means something else there. */
    if (rewrite->ambiguous && !relation->alias && strcmp(relation->relname, old_name) != 0)
        relation->alias = makeAlias(old_name, NIL);
}

/* table.column in an expression of the table's own, schema.table.column anywhere. */
static void rename_column_qualifier(struct rewrite *rewrite, ColumnRef *reference)
{
    int count = list_length(reference->fields);
    Node *first = linitial(reference->fields);

    if (count >= 3 && IsA(lsecond(reference->fields), String)) {
        if (!matches(rewrite, strVal(first), strVal(lsecond(reference->fields))))
            return;
        rewrite->found = true;
        reference->fields = list_copy_tail(reference->fields, 1);
        first = linitial(reference->fields);
        if (!rewrite->ambiguous)
            linitial(reference->fields) = makeString(pstrdup(new_name(rewrite, strVal(first))));
    } else if (count == 2 && !rewrite->ambiguous && rewrite->renaming->old_name &&
               strcmp(strVal(first), rewrite->renaming->old_name) == 0) {
        rewrite->found = true;
        linitial(reference->fields) = makeString(pstrdup(rewrite->renaming->new_name));
    }
}

static bool names_relation_type(const TypeName *type)
{
    const char *name = strVal(llast(type->names));

    return strcmp(name, "regclass") == 0 || strcmp(name, "regtype") == 0 ||
           strcmp(name, "regproc") == 0;
}

/* 'schema.name'::regclass, and the argument of nextval. */
static void rename_constant(struct rewrite *rewrite, Node *argument)
{
    A_Const *constant;
    const char *schema = NULL;
    const char *name;
    const char *text;

    if (!IsA(argument, A_Const))
        return;
    constant = castNode(A_Const, argument);
    if (constant->isnull || nodeTag(&constant->val) != T_String)
        return;
    text = constant->val.sval.sval;
    if (!interpret_split_identity(rewrite->interpreter, text, &schema, &name)) {
        name = schema;
        schema = NULL;
    }
    if (!matches(rewrite, schema, name))
        return;
    rewrite->found = true;
    constant->val.sval.sval = pstrdup(pg_qualify(
        rewrite->interpreter->arena, rewrite->renaming->new_schema, new_name(rewrite, name)));
}

static bool is_sequence_function(const FuncCall *call)
{
    const char *name = strVal(llast(call->funcname));

    return (strcmp(name, "nextval") == 0 || strcmp(name, "currval") == 0 ||
            strcmp(name, "setval") == 0) &&
           call->args;
}

static bool rewrite_node(Node *node, void *context)
{
    struct rewrite *rewrite = context;
    enum interpret_namespace space = rewrite->renaming->space;
    bool any = space == NAMESPACE_ALL;

    if (!node)
        return false;
    if (IsA(node, RangeVar) && (any || space == NAMESPACE_RELATIONS)) {
        rename_relation(rewrite, (RangeVar *)node);
    } else if (IsA(node, ColumnRef) && (any || space == NAMESPACE_RELATIONS)) {
        rename_column_qualifier(rewrite, (ColumnRef *)node);
    } else if (IsA(node, TypeName) && (any || space == NAMESPACE_TYPES)) {
        TypeName *type = (TypeName *)node;

        type->names = rename_names(rewrite, type->names);
    } else if (IsA(node, FuncCall)) {
        FuncCall *call = (FuncCall *)node;

        if (any || space == NAMESPACE_FUNCTIONS)
            call->funcname = rename_names(rewrite, call->funcname);
        if ((any || space == NAMESPACE_RELATIONS) && is_sequence_function(call))
            rename_constant(rewrite, linitial(call->args));
    } else if (IsA(node, TypeCast) && names_relation_type(((TypeCast *)node)->typeName)) {
        rename_constant(rewrite, ((TypeCast *)node)->arg);
    }
    return raw_expression_tree_walker(node, rewrite_node, context);
}

/* Looks for an alias or a common table expression of the old name. */
static bool find_other(Node *node, void *context)
{
    struct rewrite *rewrite = context;
    const char *old_name = rewrite->renaming->old_name;
    const Alias *alias = NULL;

    if (!node)
        return false;
    if (IsA(node, RangeVar))
        alias = ((RangeVar *)node)->alias;
    else if (IsA(node, RangeSubselect))
        alias = ((RangeSubselect *)node)->alias;
    else if (IsA(node, RangeFunction))
        alias = ((RangeFunction *)node)->alias;
    if ((alias && strcmp(alias->aliasname, old_name) == 0) ||
        (IsA(node, CommonTableExpr) && strcmp(((CommonTableExpr *)node)->ctename, old_name) == 0))
        rewrite->ambiguous = true;
    return raw_expression_tree_walker(node, find_other, context);
}

/* --- texts ------------------------------------------------------------------------------------ */

struct walk_call {
    Node *node;
    struct rewrite *rewrite;
};

static void walk_guarded(void *argument)
{
    struct walk_call *call = argument;

    if (call->rewrite->query && call->rewrite->renaming->old_name)
        find_other(call->node, call->rewrite);
    rewrite_node(call->node, call->rewrite);
}

static bool starts_query(const char *text)
{
    struct pg_token token;
    size_t length = strlen(text);
    size_t from = 0;

    while (pg_scan_code(text, length, from, &token) && pg_token_is(text, &token, "("))
        from = token.end;
    return pg_token_is(text, &token, "select") || pg_token_is(text, &token, "with") ||
           pg_token_is(text, &token, "values") || pg_token_is(text, &token, "table");
}

/* The tree of an expression or query; NULL when it does not parse as either. */
static Node *parse_text(struct interpreter *interpreter, const char *text, bool query)
{
    struct error ignored = {0};
    const char *wrapped = query ? text : arena_printf(interpreter->arena, "SELECT %s", text);
    const ResTarget *target;
    List *trees;
    Node *tree;

    if (!pg_parse(wrapped, &trees, &ignored) || list_length(trees) != 1)
        return NULL;
    tree = linitial_node(RawStmt, trees)->stmt;
    if (query || !IsA(tree, SelectStmt))
        return query ? tree : NULL;
    if (list_length(((SelectStmt *)tree)->targetList) != 1)
        return NULL;
    target = linitial_node(ResTarget, ((SelectStmt *)tree)->targetList);
    return target->val;
}

static void rewrite_expression(struct object *object, struct expression *expression, void *context)
{
    struct rewrite *rewrite = context;
    struct interpreter *interpreter = rewrite->interpreter;
    const struct interpret_renaming *renaming = rewrite->renaming;
    struct error ignored = {0};
    struct walk_call call = {.rewrite = rewrite};
    char *text;

    if (!expression->written ||
        !strstr(expression->written,
                renaming->old_name ? renaming->old_name : renaming->old_schema))
        return;
    rewrite->object = object;
    rewrite->found = rewrite->ambiguous = false;
    rewrite->query = starts_query(expression->written);
    call.node = parse_text(interpreter, expression->written, rewrite->query);
    if (!call.node || !pg_parse_guard(walk_guarded, &call, &ignored) || !rewrite->found)
        return;
    text = rewrite->query ? pg_deparse_statement(call.node, interpreter->arena, &ignored)
                          : pg_deparse_expression(call.node, interpreter->arena, &ignored);
    if (text)
        expression->written = text;
}

/* "schema.name" at the start of a type's or function's text, with whatever follows it. */
static const char *rewrite_name(struct interpreter *interpreter, const char *text,
                                const struct interpret_renaming *renaming)
{
    const char *old_text =
        renaming->old_name
            ? pg_qualify(interpreter->arena, renaming->old_schema, renaming->old_name)
            : arena_printf(interpreter->arena, "%s.",
                           pg_quote_name(interpreter->arena, renaming->old_schema));
    size_t length = strlen(old_text);

    if (!text || strncmp(text, old_text, length) != 0)
        return text;
    if (!renaming->old_name)
        return arena_printf(interpreter->arena, "%s.%s",
                            pg_quote_name(interpreter->arena, renaming->new_schema), text + length);
    if (text[length] && !strchr("[(", text[length]))
        return text;
    return arena_printf(interpreter->arena, "%s%s",
                        pg_qualify(interpreter->arena, renaming->new_schema, renaming->new_name),
                        text + length);
}

/* Fields that hold names of types or functions. */
static bool holds_name(const char *field, enum interpret_namespace space)
{
    static const char *const types[] = {"type",           "returns",    "subtype", "of_type",
                                        "argument_types", "transforms", NULL};
    static const char *const functions[] = {"function", "canonical", "difference", "support", NULL};

    for (const char *const *name = types; space != NAMESPACE_FUNCTIONS && *name; name++)
        if (strcmp(*name, field) == 0)
            return true;
    for (const char *const *name = functions; space != NAMESPACE_TYPES && *name; name++)
        if (strcmp(*name, field) == 0)
            return true;
    return false;
}

static void rewrite_fields(struct interpreter *interpreter, struct object *object,
                           const struct interpret_renaming *renaming)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++) {
        void *value = field_of(object, &fields.items[i]);

        if (!holds_name(fields.items[i].name, renaming->space))
            continue;
        if (fields.items[i].type == FIELD_TEXT) {
            const char **text = value;

            *text = rewrite_name(interpreter, *text, renaming);
        } else if (fields.items[i].type == FIELD_LIST) {
            struct text_list *list = value;

            for (size_t j = 0; j < list->count; j++)
                list->items[j] = rewrite_name(interpreter, list->items[j], renaming);
        }
    }
}

/* A routine's signature names its types. */
static void rewrite_signature(struct interpreter *interpreter, struct object *object)
{
    struct text_list types = {0};
    const struct text_list *modes;
    const struct text_list *all;

    if (object->kind == KIND_FUNCTION) {
        modes = &as_function(object)->argument_modes;
        all = &as_function(object)->argument_types;
    } else if (object->kind == KIND_AGGREGATE) {
        modes = &as_aggregate(object)->argument_modes;
        all = &as_aggregate(object)->argument_types;
    } else {
        return;
    }
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(modes->items[i], "out") != 0 && strcmp(modes->items[i], "table") != 0)
            text_list_add(&types, interpreter->arena, all->items[i]);
    model_rename(interpreter->model, object, object->parent, object->name,
                 text_list_join(&types, interpreter->arena, ", "));
}

/* "sfunc = schema.name" and "stype = schema.name". */
static void rewrite_aggregate(struct interpreter *interpreter, struct object *object,
                              const struct interpret_renaming *renaming)
{
    struct text_list *options;

    if (object->kind != KIND_AGGREGATE)
        return;
    options = &as_aggregate(object)->options;
    for (size_t i = 0; i < options->count; i++) {
        const char *value = strstr(options->items[i], " = ");
        const char *changed = value ? rewrite_name(interpreter, value + 3, renaming) : NULL;

        if (value && changed != value + 3)
            options->items[i] =
                arena_printf(interpreter->arena, "%.*s = %s", (int)(value - options->items[i]),
                             options->items[i], changed);
    }
}

void interpret_rewrite(struct interpreter *interpreter, const struct interpret_renaming *renaming)
{
    const struct model *model = interpreter->model;
    struct rewrite rewrite = {.interpreter = interpreter, .renaming = renaming};

    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (object->removed)
            continue;
        fields_expressions(object, rewrite_expression, &rewrite);
        if (renaming->space == NAMESPACE_RELATIONS && !renaming->row_type)
            continue;
        rewrite_fields(interpreter, object, renaming);
        rewrite_aggregate(interpreter, object, renaming);
        if (renaming->space != NAMESPACE_FUNCTIONS)
            rewrite_signature(interpreter, object);
    }
}

/* --- columns ---------------------------------------------------------------------------------- */

static void rename_in_list(struct interpreter *interpreter, struct text_list *list,
                           const char *old_name, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], old_name) == 0)
            list->items[i] = arena_strdup(interpreter->arena, name);
}

/* The raw name that a token stands for. */
static bool token_is_name(const char *text, const struct pg_token *token, const char *name)
{
    size_t length = token->end - token->start;

    if (token->kind == PG_TOKEN_WORD)
        return length == strlen(name) && strncasecmp(text + token->start, name, length) == 0;
    return token->kind == PG_TOKEN_NAME && length == strlen(name) + 2 &&
           strncmp(text + token->start + 1, name, length - 2) == 0;
}

/* Replaces a column's name in an expression of its own table, where a name alone can only be a
 * column unless a parenthesis follows, or a dot, or a cast or COLLATE stands before it. */
static const char *rename_in_text(struct interpreter *interpreter, const char *text,
                                  const char *old_name, const char *name)
{
    struct buffer result = BUFFER_EMPTY;
    size_t length = strlen(text);
    struct pg_token token = {0};
    struct pg_token next;
    size_t copied = 0;
    bool blocked = false;

    while (pg_scan_code(text, length, token.end, &token)) {
        if (!blocked && token_is_name(text, &token, old_name) &&
            !(pg_scan_code(text, length, token.end, &next) &&
              (text[next.start] == '(' || text[next.start] == '.'))) {
            buffer_append_bytes(&result, text + copied, token.start - copied);
            buffer_append(&result, pg_quote_name(interpreter->arena, name));
            copied = token.end;
        }
        blocked = text[token.start] == ':' || pg_token_is(text, &token, "collate");
    }
    buffer_append(&result, text + copied);
    return buffer_take(&result, interpreter->arena);
}

struct column_renaming {
    struct interpreter *interpreter;
    const char *old_name;
    const char *name;
};

static void rename_in_expression(struct object *object, struct expression *expression,
                                 void *context)
{
    const struct column_renaming *renaming = context;

    (void)object;
    if (expression->written && strstr(expression->written, renaming->old_name))
        expression->written = rename_in_text(renaming->interpreter, expression->written,
                                             renaming->old_name, renaming->name);
}

static void rename_in_subtree(struct object *object, struct column_renaming *renaming)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].type == FIELD_LIST &&
            (strcmp(fields.items[i].name, "columns") == 0 ||
             strcmp(fields.items[i].name, "include") == 0 ||
             strcmp(fields.items[i].name, "set_columns") == 0))
            rename_in_list(renaming->interpreter, field_of(object, &fields.items[i]),
                           renaming->old_name, renaming->name);
    fields_expressions(object, rename_in_expression, renaming);
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        rename_in_subtree(child, renaming);
}

void interpret_rewrite_column(struct interpreter *interpreter, struct object *table,
                              const char *old_name, const char *name)
{
    const struct model *model = interpreter->model;
    struct column_renaming renaming = {interpreter, old_name, name};

    rename_in_subtree(table, &renaming);
    for (size_t i = 0; i < model->count; i++)
        if (model->objects[i]->kind == KIND_FOREIGN_KEY && !model->objects[i]->removed &&
            as_foreign_key(model->objects[i])->table == table)
            rename_in_list(interpreter, &as_foreign_key(model->objects[i])->referenced_columns,
                           old_name, name);
}

/* --- who mentions a relation ------------------------------------------------------------------ */

struct mention {
    struct rewrite rewrite; /* only for matches */
    const char *column;     /* NULL: the relation itself */
    bool relation_found;
    bool column_found;
};

static bool see_mention(Node *node, void *context)
{
    struct mention *mention = context;

    if (!node || IsA(node, TypeName)) /* its modifiers look like columns */
        return false;
    if (IsA(node, RangeVar) &&
        matches(&mention->rewrite, ((RangeVar *)node)->schemaname, ((RangeVar *)node)->relname))
        mention->relation_found = true;
    if (IsA(node, ColumnRef)) {
        Node *last = llast(((ColumnRef *)node)->fields);

        if (IsA(last, A_Star) ||
            (mention->column && IsA(last, String) && strcmp(strVal(last), mention->column) == 0))
            mention->column_found = true;
    }
    return raw_expression_tree_walker(node, see_mention, context);
}

struct mention_call {
    Node *node;
    struct mention *mention;
};

static void see_guarded(void *argument)
{
    struct mention_call *call = argument;

    see_mention(call->node, call->mention);
}

static const struct expression *query_of(const struct object *object)
{
    if (object->kind == KIND_VIEW)
        return &as_view(object)->query;
    if (object->kind == KIND_MATERIALIZED_VIEW)
        return &as_materialized_view(object)->query;
    return NULL;
}

bool interpret_mentions(struct interpreter *interpreter, const struct object *view,
                        const struct object *relation, const char *column)
{
    const struct expression *query = query_of(view);
    struct interpret_renaming renaming = {.space = NAMESPACE_RELATIONS,
                                          .old_schema = relation->parent->name,
                                          .old_name = relation->name};
    struct mention mention = {
        .rewrite = {.interpreter = interpreter, .renaming = &renaming, .object = view},
        .column = column};
    struct mention_call call = {.mention = &mention};
    struct error ignored = {0};

    if (!query || !query->written || !strstr(query->written, relation->name))
        return false;
    call.node = parse_text(interpreter, query->written, true);
    return call.node && pg_parse_guard(see_guarded, &call, &ignored) && mention.relation_found &&
           (!column || mention.column_found);
}
