/* Functions, window functions and procedures: CREATE and ALTER, with the server's defaults
 * filled in. */
#include "postgres/interpret/base/interpreter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/interpret/base/base.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"

/* --- arguments -------------------------------------------------------------------------------- */

static const char *argument_mode(FunctionParameterMode mode)
{
    switch (mode) {
    case FUNC_PARAM_OUT:
        return "out";
    case FUNC_PARAM_INOUT:
        return "inout";
    case FUNC_PARAM_VARIADIC:
        return "variadic";
    case FUNC_PARAM_TABLE:
        return "table";
    default:
        return "in";
    }
}

static bool is_input(FunctionParameterMode mode)
{
    return mode != FUNC_PARAM_OUT && mode != FUNC_PARAM_TABLE;
}

/* Reads all parameters into the lists; signature gets the input types. False: reported. */
bool interpret_parameters(struct interpreter *interpreter, List *parameters,
                          struct text_list *modes, struct text_list *names, struct text_list *types,
                          struct expression_list *defaults, struct buffer *signature)
{
    ListCell *cell;

    foreach (cell, parameters) {
        const FunctionParameter *parameter = lfirst_node(FunctionParameter, cell);
        const struct pg_type *type = interpret_resolve_type(interpreter, parameter->argType, NULL);
        const char *text;

        if (!type)
            return false;
        text = interpret_argument_type(interpreter, type);
        text_list_add(modes, interpreter->arena, argument_mode(parameter->mode));
        text_list_add(names, interpreter->arena,
                      parameter->name ? arena_strdup(interpreter->arena, parameter->name) : "");
        text_list_add(types, interpreter->arena, text);
        if (is_input(parameter->mode)) {
            buffer_separate(signature, 0, ", ");
            buffer_append(signature, text);
        }
        if (parameter->defexpr) {
            struct expression written = interpret_written(interpreter, parameter->defexpr);

            if (!written.written)
                return false;
            expression_list_add(defaults, interpreter->arena, written);
        }
    }
    return true;
}

/* --- options ---------------------------------------------------------------------------------- */

/* A float4 as the server prints it: the shortest text that reads back the same. */
static const char *print_number(struct arena *arena, Node *node)
{
    double value = IsA(node, Integer) ? intVal(node) : atof(castNode(Float, node)->fval);
    float number = (float)value;
    char text[64];
    int digits = 1;
    int exponent;

    for (; digits < 9; digits++) {
        snprintf(text, sizeof(text), "%.*e", digits - 1, (double)number);
        if (strtof(text, NULL) == number)
            break;
    }
    snprintf(text, sizeof(text), "%.*e", digits - 1, (double)number);
    exponent = atoi(strchr(text, 'e') + 1);
    if (exponent >= -5 && exponent < 6)
        snprintf(text, sizeof(text), "%.*f", digits - 1 > exponent ? digits - 1 - exponent : 0,
                 (double)number);
    return arena_strdup(arena, text);
}

/* Settings whose value is a list of names, each quoted where needed. */
static bool is_name_list(const char *setting)
{
    static const char *const settings[] = {"search_path",
                                           "temp_tablespaces",
                                           "session_preload_libraries",
                                           "local_preload_libraries",
                                           "shared_preload_libraries",
                                           "unix_socket_directories",
                                           NULL};

    for (const char *const *name = settings; *name; name++)
        if (strcmp(*name, setting) == 0)
            return true;
    return false;
}

/* The server keeps the setting's own spelling. */
static const char *setting_name(const char *name)
{
    if (strcmp(name, "datestyle") == 0)
        return "DateStyle";
    if (strcmp(name, "intervalstyle") == 0)
        return "IntervalStyle";
    if (strcmp(name, "timezone") == 0)
        return "TimeZone";
    return name;
}

static const char *setting_value(struct interpreter *interpreter, const VariableSetStmt *set)
{
    struct buffer value = BUFFER_EMPTY;
    ListCell *cell;

    if (set->kind == VAR_SET_CURRENT) {
        for (size_t i = 0; i < interpreter->search_path->count; i++) {
            buffer_separate(&value, 0, ", ");
            buffer_append(&value,
                          pg_quote_name(interpreter->arena, interpreter->search_path->items[i]));
        }
        return buffer_take(&value, interpreter->arena);
    }
    foreach (cell, set->args) {
        const char *item = interpret_value(interpreter, lfirst(cell));

        buffer_separate(&value, 0, ", ");
        buffer_append(&value,
                      is_name_list(set->name) ? pg_quote_name(interpreter->arena, item) : item);
    }
    return buffer_take(&value, interpreter->arena);
}

static bool names_setting(const char *entry, const char *name)
{
    size_t length = strlen(name);

    return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

static void remove_setting(struct text_list *settings, const char *name)
{
    size_t kept = 0;

    for (size_t i = 0; i < settings->count; i++)
        if (!names_setting(settings->items[i], name))
            settings->items[kept++] = settings->items[i];
    settings->count = kept;
}

static void change_setting(struct interpreter *interpreter, struct text_list *settings,
                           const VariableSetStmt *set)
{
    const char *name;
    const char *entry;

    if (set->kind == VAR_RESET_ALL) {
        *settings = (struct text_list){0};
        return;
    }
    name = setting_name(set->name);
    if (set->kind == VAR_RESET || set->kind == VAR_SET_DEFAULT) {
        remove_setting(settings, name);
        return;
    }
    entry = arena_printf(interpreter->arena, "%s=%s", name, setting_value(interpreter, set));
    for (size_t i = 0; i < settings->count; i++)
        if (names_setting(settings->items[i], name)) {
            settings->items[i] = entry;
            return;
        }
    text_list_add(settings, interpreter->arena, entry);
}

static void read_body(struct interpreter *interpreter, struct function *function, List *texts)
{
    const char *first = arena_strdup(interpreter->arena, strVal(linitial(texts)));

    function->body = first;
    if (list_length(texts) > 1) {
        function->library = first;
        function->body = arena_strdup(interpreter->arena, strVal(lsecond(texts)));
    }
}

static void read_transforms(struct interpreter *interpreter, struct function *function, List *types)
{
    ListCell *cell;

    foreach (cell, types) {
        const char *type = interpret_type(interpreter, lfirst_node(TypeName, cell));

        if (type)
            text_list_add(&function->transforms, interpreter->arena, type);
    }
}

/* One option of CREATE or ALTER FUNCTION. */
static enum outcome read_option(struct interpreter *interpreter, const DefElem *option,
                                struct function *function)
{
    const char *name = option->defname;
    struct arena *arena = interpreter->arena;
    struct object *found;

    if (strcmp(name, "as") == 0)
        read_body(interpreter, function, castNode(List, option->arg));
    else if (strcmp(name, "language") == 0)
        function->language = arena_strdup(arena, strVal(option->arg));
    else if (strcmp(name, "transform") == 0)
        read_transforms(interpreter, function, castNode(List, option->arg));
    else if (strcmp(name, "window") == 0)
        function->routine = boolVal(option->arg) ? "window" : "function";
    else if (strcmp(name, "volatility") == 0)
        function->volatility = arena_strdup(arena, strVal(option->arg));
    else if (strcmp(name, "strict") == 0)
        function->strict = boolVal(option->arg);
    else if (strcmp(name, "security") == 0)
        function->security_definer = boolVal(option->arg);
    else if (strcmp(name, "leakproof") == 0)
        function->leakproof = boolVal(option->arg);
    else if (strcmp(name, "set") == 0)
        change_setting(interpreter, &function->settings, castNode(VariableSetStmt, option->arg));
    else if (strcmp(name, "cost") == 0)
        function->cost = print_number(arena, option->arg);
    else if (strcmp(name, "rows") == 0)
        function->rows = print_number(arena, option->arg);
    else if (strcmp(name, "parallel") == 0)
        function->parallel = arena_strdup(arena, strVal(option->arg));
    else if (strcmp(name, "support") == 0)
        function->support = interpret_function_name(interpreter, castNode(List, option->arg),
                                                    "internal", &found, option->location);
    else
        return interpret_fail(interpreter, option->location, "unknown option %s of a function",
                              name);
    if (strcmp(name, "support") == 0 && !function->support)
        return interpret_failed(interpreter);
    return OUTCOME_DONE;
}

static bool is_language(const struct function *function, const char *language)
{
    return function->language && strcmp(function->language, language) == 0;
}

/* What the statement did not say. */
static void fill_defaults(struct function *function, const char *name)
{
    bool compiled = is_language(function, "c") || is_language(function, "internal");

    if (!function->volatility)
        function->volatility = "volatile";
    if (!function->parallel)
        function->parallel = "unsafe";
    if (!function->cost)
        function->cost = compiled ? "1" : "100";
    if (!function->rows)
        function->rows = function->returns_set ? "1000" : "0";
    if (is_language(function, "c") && function->body && !function->library) {
        function->library = function->body;
        function->body = name;
    }
    if (is_language(function, "c") && function->body && strcmp(function->body, "-") == 0)
        function->body = name;
    if (is_language(function, "internal") && function->body && !function->body[0])
        function->body = name;
}

/* --- CREATE FUNCTION -------------------------------------------------------------------------- */

/* What is returned where the statement leaves it to the OUT arguments: the only one's type, or
 * record. */
static const char *returned_by_arguments(const struct function *function)
{
    const char *type = NULL;

    for (size_t i = 0; i < function->argument_modes.count; i++) {
        const char *mode = function->argument_modes.items[i];

        if (strcmp(mode, "out") == 0 || strcmp(mode, "inout") == 0) {
            if (type)
                return "record";
            type = function->argument_types.items[i];
        }
    }
    return type ? type : "void";
}

static enum outcome read_result(struct interpreter *interpreter,
                                const CreateFunctionStmt *statement, struct function *function)
{
    const struct pg_type *type;

    if (statement->is_procedure)
        return OUTCOME_DONE;
    if (text_list_contains(&function->argument_modes, "table")) {
        function->returns_set = true;
        return OUTCOME_DONE;
    }
    if (!statement->returnType) {
        function->returns = returned_by_arguments(function);
        return OUTCOME_DONE;
    }
    type = interpret_resolve_type(interpreter, statement->returnType, NULL);
    if (!type)
        return interpret_failed(interpreter);
    function->returns = interpret_argument_type(interpreter, type);
    function->returns_set = statement->returnType->setof;
    return OUTCOME_DONE;
}

/* An SQL-standard body as the author wrote it: from RETURN or BEGIN ATOMIC to the statement's
 * end. */
static const char *body_text(struct interpreter *interpreter)
{
    const char *text = interpreter->file->text;
    size_t end = (size_t)(interpreter->statement->offset + interpreter->statement->length);
    struct pg_token token = {.end = (size_t)interpreter->statement->offset};
    int depth = 0;

    while (pg_scan_code(text, end, token.end, &token)) {
        struct pg_token next;

        depth += pg_token_is(text, &token, "(");
        depth -= pg_token_is(text, &token, ")");
        if (depth == 0 &&
            (pg_token_is(text, &token, "return") ||
             (pg_token_is(text, &token, "begin") && pg_scan_code(text, end, token.end, &next) &&
              pg_token_is(text, &next, "atomic"))))
            return arena_strndup(interpreter->arena, text + token.start, end - token.start);
    }
    return NULL;
}

static enum outcome read_options(struct interpreter *interpreter, List *options,
                                 struct function *function)
{
    ListCell *cell;

    foreach (cell, options) {
        enum outcome outcome = read_option(interpreter, lfirst_node(DefElem, cell), function);

        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

static enum outcome read_function(struct interpreter *interpreter,
                                  const CreateFunctionStmt *statement, const char *name,
                                  struct function *function, struct buffer *signature)
{
    enum outcome outcome;

    function->routine = statement->is_procedure ? "procedure" : "function";
    if (!interpret_parameters(interpreter, statement->parameters, &function->argument_modes,
                              &function->argument_names, &function->argument_types,
                              &function->defaults, signature))
        return interpret_failed(interpreter);
    outcome = read_result(interpreter, statement, function);
    if (outcome == OUTCOME_DONE)
        outcome = read_options(interpreter, statement->options, function);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (statement->sql_body) {
        function->sql_body.written = body_text(interpreter);
        function->body = NULL;
        if (!function->language)
            function->language = "sql";
    } else if (!function->body) {
        return interpret_fail(interpreter, -1, "the function %s has no body", name);
    }
    if (!function->language) {
        interpret_fail(interpreter, -1, "the function %s has no language", name);
        error_hint(interpreter->error, "Write LANGUAGE sql, plpgsql, ...");
        return OUTCOME_FAILED;
    }
    fill_defaults(function, name);
    return OUTCOME_DONE;
}

struct object *interpret_replace_or_add(struct interpreter *interpreter, enum kind kind,
                                        bool replace, struct object *schema, const char *name,
                                        const char *signature)
{
    struct object *existing = model_find(interpreter->model, kind, schema, name, signature);

    if (!existing || !replace)
        return interpret_add(interpreter, kind, schema, name, signature, -1);
    existing->location = interpret_location(interpreter, -1);
    existing->search_path = interpreter->search_path;
    interpret_annotate(interpreter, existing, -1);
    return existing;
}

enum outcome interpret_create_function(struct interpreter *interpreter,
                                       CreateFunctionStmt *statement)
{
    struct function fields = {0};
    struct buffer signature = BUFFER_EMPTY;
    const char *schema_name;
    const char *name;
    struct object *schema;
    struct object *object = NULL;

    interpret_name(statement->funcname, &schema_name, &name);
    schema = interpret_creation_schema(interpreter, schema_name, -1);
    name = arena_strdup(interpreter->arena, name);
    if (schema && read_function(interpreter, statement, name, &fields, &signature) == OUTCOME_DONE)
        object = interpret_replace_or_add(interpreter, KIND_FUNCTION, statement->replace, schema,
                                          name, buffer_text(&signature));
    buffer_free(&signature);
    if (!object)
        return interpret_failed(interpreter);
    fields.object = *object;
    fields.unchecked = interpreter->statement->unchecked;
    *as_function(object) = fields;
    return OUTCOME_DONE;
}

/* --- ALTER FUNCTION --------------------------------------------------------------------------- */

enum outcome interpret_alter_function(struct interpreter *interpreter, AlterFunctionStmt *statement)
{
    struct object *object = NULL;
    enum outcome outcome =
        interpret_find_object(interpreter, statement->objtype, (Node *)statement->func, &object);
    struct function fields;

    if (outcome != OUTCOME_DONE || !object)
        return outcome;
    if (object->kind != KIND_FUNCTION)
        return interpret_fail(interpreter, -1, "%s is no function", object->name);
    fields = *as_function(object);
    outcome = read_options(interpreter, statement->actions, &fields);
    if (outcome == OUTCOME_DONE)
        *as_function(object) = fields;
    return outcome;
}
