/* Collations, operators, casts, extended statistics, languages, access methods, conversions and
 * transforms. */
#include "postgres/resolve/describe.h"

#include <string.h>

#include "core/buffer.h"
#include "postgres/sql/quote.h"

/* --- collations ----------------------------------------------------------------------------------- */

/* Newer servers bring locales of ICU to language tags: en_US is en-US. */
static const char *language_tag(struct describer *describer, const char *locale)
{
    char *tag = arena_strdup(describer->arena, locale);

    if (strchr(tag, '@'))
        describer->understood = false;
    for (char *at = tag; *at; at++)
        if (*at == '_')
            *at = '-';
    return tag;
}

static void literal_fact(struct describer *describer, const char *key, const char *text)
{
    describe_fact(describer, key, text ? pg_quote_literal(describer->arena, text) : NULL);
}

static void settle_collation(struct describer *describer, const char *locale, bool libc)
{
    if (!locale)
        return;
    if (!libc) {
        literal_fact(describer, "locale", language_tag(describer, locale));
        return;
    }
    literal_fact(describer, "lc_collate", locale);
    literal_fact(describer, "lc_ctype", locale);
}

static void collation_option(struct describer *describer, const DefElem *option)
{
    if (strcmp(option->defname, "deterministic") == 0)
        describe_fact(describer, "deterministic", describe_truth(option->arg) ? NULL : "false");
    else if (strcmp(option->defname, "rules") == 0 || strcmp(option->defname, "lc_collate") == 0 ||
             strcmp(option->defname, "lc_ctype") == 0)
        describe_fact(describer, arena_strdup(describer->arena, option->defname),
                      describe_literal(describer, option->arg));
    else if (strcmp(option->defname, "version") != 0)
        describer->understood = false;
}

static void create_collation(struct describer *describer, List *definition)
{
    const char *provider = "libc";
    const char *locale = NULL;
    ListCell *cell;

    foreach (cell, definition) {
        const DefElem *option = lfirst_node(DefElem, cell);

        if (strcmp(option->defname, "provider") == 0)
            provider = describe_text(describer, option->arg);
        else if (strcmp(option->defname, "locale") == 0)
            locale = describe_text(describer, option->arg);
        else
            collation_option(describer, option);
    }
    describe_fact(describer, "provider", provider);
    settle_collation(describer, locale, provider && strcmp(provider, "libc") == 0);
    /* FROM another collation: what is copied is not known here */
    if (!describe_known(describer, "locale") && !describe_known(describer, "lc_collate"))
        describer->understood = false;
}

/* --- operators ------------------------------------------------------------------------------------ */

/* "OPERATOR(app.=)"; one of pg_catalog, or that is not qualified, stays as it is. */
static const char *operator_name(struct describer *describer, List *names)
{
    const char *schema;
    const char *name;

    describe_parts(describer->arena, names, &schema, &name);
    if (schema && strcmp(schema, "pg_catalog") == 0)
        schema = NULL;
    return schema ? pg_qualify_operator(describer->arena, schema, name) : name;
}

static List *names_of(Node *argument)
{
    if (!argument)
        return NIL;
    if (IsA(argument, TypeName))
        return castNode(TypeName, argument)->names;
    if (IsA(argument, String))
        return list_make1(argument);
    return IsA(argument, List) ? (List *)argument : NIL;
}

static void operator_option(struct describer *describer, const DefElem *option)
{
    const char *key = arena_strdup(describer->arena, option->defname);
    bool flag = strcmp(key, "hashes") == 0 || strcmp(key, "merges") == 0;

    if (strcmp(key, "procedure") == 0)
        key = "function";
    if (flag) {
        describe_fact(describer, key, describe_truth(option->arg) ? "true" : NULL);
    } else if (strcmp(key, "leftarg") == 0 || strcmp(key, "rightarg") == 0) {
        if (option->arg && IsA(option->arg, TypeName))
            describe_fact(describer, key,
                          describe_type(describer, castNode(TypeName, option->arg)));
        else
            describer->understood = false;
    } else if (strcmp(key, "commutator") == 0 || strcmp(key, "negator") == 0) {
        describe_fact(describer, key, operator_name(describer, names_of(option->arg)));
    } else if (!option->arg) {
        describe_fact(describer, key, NULL);
    } else if (names_of(option->arg)) {
        describe_fact(describer, key, describe_function(describer, names_of(option->arg)));
    } else {
        describer->understood = false;
    }
}

/* Names without a schema are those of the operator's own. */
static void own_schema(struct describer *describer, const char *key, const char *schema)
{
    const char *name = describe_known(describer, key);

    if (name && schema && strncmp(name, "OPERATOR(", 9) != 0)
        describe_fact(describer, key, pg_qualify_operator(describer->arena, schema, name));
}

static void create_operator(struct describer *describer, const DefineStmt *statement)
{
    const char *identity = describer->object->name + strlen("operator ");
    const char *arguments = strrchr(identity, '(');
    const char *dot = identity;
    const char *schema = pg_take_name(describer->arena, &dot, ".");
    ListCell *cell;

    foreach (cell, statement->definition)
        operator_option(describer, lfirst_node(DefElem, cell));
    if (!arguments || *dot != '.') {
        describer->understood = false;
        return;
    }
    describe_fact(describer, "name",
                  arena_strndup(describer->arena, identity, (size_t)(arguments - identity)));
    for (int i = 0; i < 2; i++)
        own_schema(describer, i ? "negator" : "commutator", schema);
}

/* --- casts ---------------------------------------------------------------------------------------- */

static const char *context_word(CoercionContext context)
{
    switch (context) {
    case COERCION_IMPLICIT:
        return "AS IMPLICIT";
    case COERCION_ASSIGNMENT:
        return "AS ASSIGNMENT";
    default:
        return NULL;
    }
}

static void create_cast(struct describer *describer, const CreateCastStmt *statement)
{
    const char *types = arena_printf(describer->arena, "(%s AS %s)",
                                     describe_type(describer, statement->sourcetype),
                                     describe_type(describer, statement->targettype));

    describe_fact(describer, "types", types);
    describe_fact(describer, "context", context_word(statement->context));
    if (statement->func)
        describe_fact(describer, "method",
                      arena_printf(describer->arena, "WITH FUNCTION %s",
                                   describe_routine(describer, statement->func)));
    else
        describe_fact(describer, "method", statement->inout ? "WITH INOUT" : "WITHOUT FUNCTION");
}

/* --- extended statistics -------------------------------------------------------------------------- */

/* The columns by name, then expressions: the server keeps its own order of columns. */
static struct described_text statistics_items(struct describer *describer, List *elements,
                                              struct object *relation)
{
    struct pg_scope scope = {.relation = resolver_relation(describer->resolver, relation)};
    struct text_list items = {0};
    struct text_list written;
    ListCell *cell;

    foreach (cell, elements) {
        const StatsElem *element = lfirst_node(StatsElem, cell);

        if (!element->name)
            continue;
        text_list_add(&items, describer->arena, pg_quote_name(describer->arena, element->name));
        model_need(describer->resolver->model, describer->object,
                   object_child(relation, KIND_COLUMN, element->name));
    }
    text_list_sort(&items);
    written = text_list_copy(&items, describer->arena);
    foreach (cell, elements) {
        const StatsElem *element = lfirst_node(StatsElem, cell);
        struct described_text expression;

        if (element->name)
            continue;
        expression = describe_expression(describer, element->expr, &scope);
        text_list_add(&items, describer->arena,
                      arena_printf(describer->arena, "(%s)", expression.canonical));
        text_list_add(&written, describer->arena,
                      arena_printf(describer->arena, "(%s)", expression.written));
    }
    return (struct described_text){text_list_join(&items, describer->arena, ", "),
                                   text_list_join(&written, describer->arena, ", ")};
}

/* All kinds together are the default. */
static const char *statistics_kinds(struct describer *describer, List *kinds)
{
    static const char *const all[] = {"ndistinct", "dependencies", "mcv"};
    struct buffer text = BUFFER_EMPTY;
    size_t count = 0;

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        ListCell *cell;

        foreach (cell, kinds)
            if (strcmp(strVal(lfirst(cell)), all[i]) == 0) {
                buffer_separate(&text, 0, ", ");
                buffer_append(&text, all[i]);
                count++;
                break;
            }
    }
    return count == 0 || count == sizeof(all) / sizeof(*all) ? (buffer_free(&text), NULL)
                                                             : buffer_take(&text, describer->arena);
}

static void create_statistics(struct describer *describer, const CreateStatsStmt *statement)
{
    const Node *from = linitial(statement->relations);
    struct object *relation =
        IsA(from, RangeVar) ? describe_relation(describer, (const RangeVar *)from) : NULL;

    if (!relation) {
        describer->understood = false;
        return;
    }
    describe_fact(describer, "table", describe_relation_path(describer, relation));
    describe_fact(describer, "kinds", statistics_kinds(describer, statement->stat_types));
    describe_worded_fact(describer, "items",
                         statistics_items(describer, statement->exprs, relation));
}

static void alter_statistics(struct describer *describer, const AlterStatsStmt *statement)
{
    const char *target = describe_text(describer, statement->stxstattarget);

    describe_fact(describer, "target", target && target[0] != '-' ? target : NULL);
}

/* --- languages, access methods, conversions, transforms ------------------------------------------- */

static void function_fact(struct describer *describer, const char *key, List *names)
{
    describe_fact(describer, key, names ? describe_function(describer, names) : NULL);
}

static void create_language(struct describer *describer, const CreatePLangStmt *statement)
{
    if (!statement->plhandler)
        describer->understood = false;
    describe_fact(describer, "trusted", statement->pltrusted ? "TRUSTED " : NULL);
    function_fact(describer, "handler", statement->plhandler);
    function_fact(describer, "inline", statement->plinline);
    function_fact(describer, "validator", statement->plvalidator);
}

static void create_conversion(struct describer *describer, const CreateConversionStmt *statement)
{
    describe_fact(describer, "default", statement->def ? "DEFAULT " : NULL);
    literal_fact(describer, "for", statement->for_encoding_name);
    literal_fact(describer, "to", statement->to_encoding_name);
    function_fact(describer, "function", statement->func_name);
}

static void create_transform(struct describer *describer, const CreateTransformStmt *statement)
{
    describe_type(describer, statement->type_name);
    describe_named(describer, "language", statement->lang);
    if (statement->fromsql)
        describe_fact(describer, "from sql", describe_routine(describer, statement->fromsql));
    if (statement->tosql)
        describe_fact(describer, "to sql", describe_routine(describer, statement->tosql));
}

static void create_access_method(struct describer *describer, const CreateAmStmt *statement)
{
    describe_fact(describer, "type", statement->amtype == 't' ? "TABLE" : "INDEX");
    function_fact(describer, "handler", statement->handler_name);
}

static bool define(struct describer *describer, const DefineStmt *statement)
{
    if (statement->kind == OBJECT_COLLATION)
        create_collation(describer, statement->definition);
    else if (statement->kind == OBJECT_OPERATOR)
        create_operator(describer, statement);
    else
        return false;
    return true;
}

static bool alter_operator(struct describer *describer, const AlterOperatorStmt *statement)
{
    ListCell *cell;

    foreach (cell, statement->options)
        operator_option(describer, lfirst_node(DefElem, cell));
    return true;
}

bool describe_definition(struct describer *describer, Node *statement)
{
    switch (nodeTag(statement)) {
    case T_DefineStmt:
        return define(describer, (DefineStmt *)statement);
    case T_AlterOperatorStmt:
        return alter_operator(describer, (AlterOperatorStmt *)statement);
    case T_AlterCollationStmt: /* refreshes its version: not schema */
        return true;
    case T_CreateCastStmt:
        create_cast(describer, (CreateCastStmt *)statement);
        return true;
    case T_CreateStatsStmt:
        create_statistics(describer, (CreateStatsStmt *)statement);
        return true;
    case T_AlterStatsStmt:
        alter_statistics(describer, (AlterStatsStmt *)statement);
        return true;
    case T_CreatePLangStmt:
        create_language(describer, (CreatePLangStmt *)statement);
        return true;
    case T_CreateConversionStmt:
        create_conversion(describer, (CreateConversionStmt *)statement);
        return true;
    case T_CreateTransformStmt:
        create_transform(describer, (CreateTransformStmt *)statement);
        return true;
    case T_CreateAmStmt:
        create_access_method(describer, (CreateAmStmt *)statement);
        return true;
    default:
        return false;
    }
}
