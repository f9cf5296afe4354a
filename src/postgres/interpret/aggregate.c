/* Aggregates: CREATE AGGREGATE in its old and new form. Options are written in one fixed order,
 * those at their default left out. */
#include "postgres/interpret/base/interpreter.h"

#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/quote.h"

/* What an option's value is. */
enum option_kind {
    OPTION_FUNCTION,
    OPTION_TYPE,
    OPTION_NUMBER,
    OPTION_TEXT,
    OPTION_FLAG,
    OPTION_WORD,
    OPTION_OPERATOR
};

static const struct aggregate_option {
    const char *name;
    const char *alias; /* the old form's word */
    enum option_kind kind;
} aggregate_options[] = {
    {"sfunc", "sfunc1", OPTION_FUNCTION},
    {"stype", "stype1", OPTION_TYPE},
    {"sspace", NULL, OPTION_NUMBER},
    {"finalfunc", NULL, OPTION_FUNCTION},
    {"finalfunc_extra", NULL, OPTION_FLAG},
    {"finalfunc_modify", NULL, OPTION_WORD},
    {"combinefunc", NULL, OPTION_FUNCTION},
    {"serialfunc", NULL, OPTION_FUNCTION},
    {"deserialfunc", NULL, OPTION_FUNCTION},
    {"initcond", "initcond1", OPTION_TEXT},
    {"msfunc", NULL, OPTION_FUNCTION},
    {"minvfunc", NULL, OPTION_FUNCTION},
    {"mstype", NULL, OPTION_TYPE},
    {"msspace", NULL, OPTION_NUMBER},
    {"mfinalfunc", NULL, OPTION_FUNCTION},
    {"mfinalfunc_extra", NULL, OPTION_FLAG},
    {"mfinalfunc_modify", NULL, OPTION_WORD},
    {"minitcond", NULL, OPTION_TEXT},
    {"sortop", NULL, OPTION_OPERATOR},
    {"parallel", NULL, OPTION_WORD},
    {"hypothetical", NULL, OPTION_FLAG},
};

static const DefElem *find_option(List *definition, const struct aggregate_option *option)
{
    ListCell *cell;

    foreach (cell, definition) {
        const DefElem *element = lfirst_node(DefElem, cell);

        if (strcasecmp(element->defname, option->name) == 0 ||
            (option->alias && strcasecmp(element->defname, option->alias) == 0))
            return element;
    }
    return NULL;
}

/* A name as a list of String: option values are type names, lists, or strings. */
static List *names_of(Node *value)
{
    switch (nodeTag(value)) {
    case T_TypeName:
        return castNode(TypeName, value)->names;
    case T_List:
        return (List *)value;
    case T_String:
        return list_make1(value);
    default:
        return NIL;
    }
}

static bool is_true(struct interpreter *interpreter, const DefElem *element)
{
    const char *value = interpret_option_value(interpreter, element);

    return strcasecmp(value, "false") != 0 && strcasecmp(value, "off") != 0 &&
           strcmp(value, "0") != 0;
}

static const char *function_value(struct interpreter *interpreter, const DefElem *element,
                                  const char *signature)
{
    List *names = names_of(element->arg);
    struct object *found = NULL;

    if (!names)
        return NULL;
    return interpret_function_name(interpreter, names, signature, &found, element->location);
}

static const char *type_value(struct interpreter *interpreter, const DefElem *element)
{
    const struct pg_type *type;
    TypeName *name;

    if (IsA(element->arg, TypeName))
        name = castNode(TypeName, element->arg);
    else
        name = makeTypeNameFromNameList(names_of(element->arg));
    type = interpret_resolve_type(interpreter, name, NULL);
    return type ? interpret_argument_type(interpreter, type) : NULL;
}

/* OPERATOR(schema.<), bare in pg_catalog. */
static const char *operator_value(struct interpreter *interpreter, const DefElem *element)
{
    List *names = names_of(element->arg);
    const char *schema;
    const char *name;

    if (!names)
        return NULL;
    interpret_name(names, &schema, &name);
    if (schema && strcmp(schema, "pg_catalog") != 0)
        return arena_printf(interpreter->arena, "OPERATOR(%s.%s)",
                            pg_quote_name(interpreter->arena, schema), name);
    return arena_strdup(interpreter->arena, name);
}

/* The default of finalfunc_modify depends on the aggregate; the others' are the same for all. */
static bool is_default(const struct aggregate_option *option, const char *value, bool ordered)
{
    if (strcmp(option->name, "parallel") == 0)
        return strcasecmp(value, "unsafe") == 0;
    if (option->kind == OPTION_WORD)
        return strcasecmp(value, ordered ? "read_write" : "read_only") == 0;
    return option->kind == OPTION_NUMBER && strcmp(value, "0") == 0;
}

/* The option's value; NULL where it cannot be told (reported), "" where it is the default. */
static const char *option_value(struct interpreter *interpreter, const DefElem *element,
                                const struct aggregate_option *option, const char *signature,
                                bool ordered)
{
    const char *value = NULL;

    switch (option->kind) {
    case OPTION_FUNCTION:
        return function_value(interpreter, element, signature);
    case OPTION_TYPE:
        return type_value(interpreter, element);
    case OPTION_OPERATOR:
        return operator_value(interpreter, element);
    case OPTION_FLAG:
        return is_true(interpreter, element) ? "true" : "";
    case OPTION_TEXT:
        return pg_quote_literal(interpreter->arena, interpret_option_value(interpreter, element));
    case OPTION_NUMBER:
    case OPTION_WORD:
        value = interpret_option_value(interpreter, element);
        break;
    }
    return is_default(option, value, ordered) ? "" : value;
}

/* The transition function's arguments: the state, then the aggregated ones. */
static const char *transition_signature(struct interpreter *interpreter, const DefElem *type,
                                        const char *arguments)
{
    const char *state = type ? type_value(interpreter, type) : NULL;

    if (!state || !arguments)
        return NULL;
    return arguments[0] ? arena_printf(interpreter->arena, "%s, %s", state, arguments) : state;
}

static const char *function_signature(struct interpreter *interpreter, List *definition,
                                      const struct aggregate_option *option, const char *arguments)
{
    static const struct aggregate_option state = {"stype", "stype1", OPTION_TYPE};
    static const struct aggregate_option moving_state = {"mstype", NULL, OPTION_TYPE};
    const DefElem *type = find_option(definition, option->name[0] == 'm' ? &moving_state : &state);

    if (strcmp(option->name, "sfunc") == 0 || strcmp(option->name, "msfunc") == 0 ||
        strcmp(option->name, "minvfunc") == 0)
        return transition_signature(interpreter, type, arguments);
    if (strcmp(option->name, "finalfunc") == 0 || strcmp(option->name, "mfinalfunc") == 0)
        return transition_signature(interpreter, type, "");
    if (strcmp(option->name, "combinefunc") == 0)
        return transition_signature(interpreter, type, transition_signature(interpreter, type, ""));
    return strcmp(option->name, "serialfunc") == 0 ? "internal" : "bytea, internal";
}

/* Without a moving aggregate its final function's behaviour says nothing. */
static bool is_pointless(List *definition, const struct aggregate_option *option)
{
    static const struct aggregate_option moving = {"msfunc", NULL, OPTION_FUNCTION};

    return strcmp(option->name, "mfinalfunc_modify") == 0 && !find_option(definition, &moving);
}

static enum outcome read_definition(struct interpreter *interpreter, List *definition,
                                    const char *arguments, struct aggregate *aggregate)
{
    size_t count = sizeof(aggregate_options) / sizeof(*aggregate_options);

    for (size_t i = 0; i < count; i++) {
        const struct aggregate_option *option = &aggregate_options[i];
        const DefElem *element = find_option(definition, option);
        const char *signature = NULL;
        const char *value;

        if (!element || (!element->arg && option->kind != OPTION_FLAG))
            continue;
        if (option->kind == OPTION_FUNCTION)
            signature = function_signature(interpreter, definition, option, arguments);
        value =
            option_value(interpreter, element, option, signature, aggregate->direct_arguments >= 0);
        if (!value)
            return interpret_failed(interpreter);
        if (!value[0] || is_pointless(definition, option))
            continue;
        text_list_add(&aggregate->options, interpreter->arena,
                      option->kind == OPTION_FLAG
                          ? option->name
                          : arena_printf(interpreter->arena, "%s = %s", option->name, value));
    }
    return OUTCOME_DONE;
}

/* The old form names one argument type, or "ANY" for none, among the options. */
static bool read_old_arguments(struct interpreter *interpreter, const DefineStmt *statement,
                               struct aggregate *aggregate, struct buffer *signature)
{
    static const struct aggregate_option base = {"basetype", NULL, OPTION_TYPE};
    const DefElem *element = find_option(statement->definition, &base);
    const char *type;

    aggregate->direct_arguments = -1;
    if (!element)
        return interpret_fail(interpreter, -1, "the aggregate has no basetype") == OUTCOME_DONE;
    if (strcasecmp(interpret_option_value(interpreter, element), "any") == 0)
        return true;
    type = type_value(interpreter, element);
    if (!type)
        return false;
    text_list_add(&aggregate->argument_modes, interpreter->arena, "in");
    text_list_add(&aggregate->argument_names, interpreter->arena, "");
    text_list_add(&aggregate->argument_types, interpreter->arena, type);
    buffer_append(signature, type);
    return true;
}

static bool read_arguments(struct interpreter *interpreter, const DefineStmt *statement,
                           struct aggregate *aggregate, struct buffer *signature)
{
    struct expression_list none = {0};

    if (statement->oldstyle)
        return read_old_arguments(interpreter, statement, aggregate, signature);
    aggregate->direct_arguments = intVal(lsecond(statement->args));
    return interpret_parameters(interpreter, (List *)linitial(statement->args),
                                &aggregate->argument_modes, &aggregate->argument_names,
                                &aggregate->argument_types, &none, signature);
}

enum outcome interpret_create_aggregate(struct interpreter *interpreter, DefineStmt *statement)
{
    struct aggregate fields = {0};
    struct buffer signature = BUFFER_EMPTY;
    const char *schema_name;
    const char *name;
    struct object *schema;
    struct object *object = NULL;

    interpret_name(statement->defnames, &schema_name, &name);
    schema = interpret_creation_schema(interpreter, schema_name, -1);
    if (schema && read_arguments(interpreter, statement, &fields, &signature) &&
        read_definition(interpreter, statement->definition, buffer_text(&signature), &fields) ==
            OUTCOME_DONE)
        object = interpret_replace_or_add(interpreter, KIND_AGGREGATE, statement->replace, schema,
                                          name, buffer_text(&signature));
    buffer_free(&signature);
    if (!object)
        return interpret_failed(interpreter);
    fields.object = *object;
    *as_aggregate(object) = fields;
    return OUTCOME_DONE;
}
