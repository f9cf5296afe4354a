/* Functions, procedures and aggregates. */
#include "postgres/write/write.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

/* --- arguments ------------------------------------------------------------------------------------- */

static bool is_input(const char *mode)
{
    return strcmp(mode, "out") != 0 && strcmp(mode, "table") != 0;
}

static void append_argument(const struct step_sink *sink, struct buffer *sql, const char *mode,
                            const char *name, const char *type)
{
    if (strcmp(mode, "out") == 0)
        buffer_append(sql, "OUT ");
    else if (strcmp(mode, "inout") == 0)
        buffer_append(sql, "INOUT ");
    else if (strcmp(mode, "variadic") == 0)
        buffer_append(sql, "VARIADIC ");
    if (name && *name)
        buffer_printf(sql, "%s ", write_name(sink, name));
    buffer_append(sql, type);
}

/* All but the columns of RETURNS TABLE, each with its default. */
static const char *arguments_text(const struct step_sink *sink, const struct function *function)
{
    struct buffer sql = BUFFER_EMPTY;
    size_t inputs = 0;
    size_t input = 0;

    for (size_t i = 0; i < function->argument_modes.count; i++)
        inputs += is_input(function->argument_modes.items[i]);
    for (size_t i = 0; i < function->argument_modes.count; i++) {
        const char *mode = function->argument_modes.items[i];
        size_t default_number;

        if (strcmp(mode, "table") == 0)
            continue;
        buffer_separate(&sql, 0, ", ");
        append_argument(sink, &sql, mode, function->argument_names.items[i],
                        function->argument_types.items[i]);
        if (!is_input(mode))
            continue;
        default_number = input++ + function->defaults.count - inputs;
        if (input + function->defaults.count > inputs)
            buffer_printf(&sql, " DEFAULT %s",
                          write_expression(&function->defaults.items[default_number]));
    }
    return buffer_take(&sql, sink->arena);
}

/* "TABLE (a integer, b text)"; NULL when there are no such columns. */
static const char *table_columns(const struct step_sink *sink, const struct function *function)
{
    struct buffer sql = BUFFER_EMPTY;

    for (size_t i = 0; i < function->argument_modes.count; i++) {
        if (strcmp(function->argument_modes.items[i], "table") != 0)
            continue;
        buffer_append(&sql, sql.length ? ", " : "TABLE(");
        append_argument(sink, &sql, "in", function->argument_names.items[i],
                        function->argument_types.items[i]);
    }
    if (!sql.length)
        return NULL;
    buffer_append(&sql, ")");
    return buffer_take(&sql, sink->arena);
}

/* --- settings -------------------------------------------------------------------------------------- */

/* Settings whose value is a list of names, each of which is quoted by itself. */
static bool is_name_list(const char *setting, size_t length)
{
    static const char *const names[] = {"search_path",
                                        "temp_tablespaces",
                                        "session_preload_libraries",
                                        "shared_preload_libraries",
                                        "local_preload_libraries",
                                        "unix_socket_directories"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strlen(names[i]) == length && strncmp(names[i], setting, length) == 0)
            return true;
    return false;
}

/* One name of such a list, from *text on, which moves past it and its comma. */
static const char *next_list_name(const struct step_sink *sink, const char **text)
{
    struct buffer name = BUFFER_EMPTY;
    const char *at = *text;

    while (isspace((unsigned char)*at))
        at++;
    if (*at == '"') {
        for (at++; *at && (*at != '"' || at[1] == '"'); at++) {
            if (*at == '"')
                at++;
            buffer_append_char(&name, *at);
        }
        at += *at == '"';
    } else {
        while (*at && *at != ',' && !isspace((unsigned char)*at))
            buffer_append_char(&name, *at++);
    }
    while (*at && *at != ',')
        at++;
    *text = *at ? at + 1 : at;
    return buffer_take(&name, sink->arena);
}

static const char *name_list(const struct step_sink *sink, const char *value)
{
    struct buffer list = BUFFER_EMPTY;

    while (*value) {
        const char *name = next_list_name(sink, &value);

        buffer_separate(&list, 0, ", ");
        buffer_append(&list, *name ? write_name(sink, name) : "''");
    }
    if (!list.length)
        buffer_append(&list, "''");
    return buffer_take(&list, sink->arena);
}

static void append_setting(const struct step_sink *sink, struct buffer *sql, const char *setting)
{
    size_t length = strcspn(setting, "=");
    const char *value = setting[length] ? setting + length + 1 : "";

    buffer_printf(sql, "\n    SET %.*s TO %s", (int)length, setting,
                  is_name_list(setting, length) ? name_list(sink, value)
                                                : write_literal(sink, value));
}

/* --- functions and procedures ---------------------------------------------------------------------- */

static bool is_procedure(const struct function *function)
{
    return text_equal(function->routine, "procedure");
}

static bool is_compiled(const struct function *function)
{
    return text_equal(function->language, "c") || text_equal(function->language, "internal");
}

static void append_result(const struct step_sink *sink, struct buffer *sql,
                          const struct function *function)
{
    const char *columns = table_columns(sink, function);

    if (is_procedure(function))
        return;
    if (columns)
        buffer_printf(sql, "\n    RETURNS %s", columns);
    else if (function->returns)
        buffer_printf(sql, "\n    RETURNS %s%s", function->returns_set ? "SETOF " : "",
                      function->returns);
}

/* The attributes that are not the server's own choice, on one line. */
static void append_attributes(const struct step_sink *sink, struct buffer *sql,
                              const struct function *function)
{
    struct buffer words = BUFFER_EMPTY;

    if (text_equal(function->routine, "window"))
        buffer_append(&words, " WINDOW");
    if (text_equal(function->volatility, "immutable"))
        buffer_append(&words, " IMMUTABLE");
    else if (text_equal(function->volatility, "stable"))
        buffer_append(&words, " STABLE");
    if (function->leakproof)
        buffer_append(&words, " LEAKPROOF");
    if (function->strict)
        buffer_append(&words, " STRICT");
    if (function->security_definer)
        buffer_append(&words, " SECURITY DEFINER");
    if (text_equal(function->parallel, "safe"))
        buffer_append(&words, " PARALLEL SAFE");
    else if (text_equal(function->parallel, "restricted"))
        buffer_append(&words, " PARALLEL RESTRICTED");
    if (function->cost && strcmp(function->cost, is_compiled(function) ? "1" : "100") != 0)
        buffer_printf(&words, " COST %s", function->cost);
    if (function->rows && strcmp(function->rows, "0") != 0 && strcmp(function->rows, "1000") != 0)
        buffer_printf(&words, " ROWS %s", function->rows);
    if (function->support)
        buffer_printf(&words, " SUPPORT %s", function->support);
    if (words.length)
        buffer_printf(sql, "\n   %s", buffer_text(&words));
    buffer_free(&words);
    for (size_t i = 0; i < function->settings.count; i++)
        append_setting(sink, sql, function->settings.items[i]);
}

static void append_transforms(struct buffer *sql, const struct function *function)
{
    for (size_t i = 0; i < function->transforms.count; i++)
        buffer_printf(sql, "%sFOR TYPE %s", i ? ", " : "\n    TRANSFORM ",
                      function->transforms.items[i]);
}

static void append_body(const struct step_sink *sink, struct buffer *sql,
                        const struct function *function)
{
    const char *body = function->body ? function->body : "";

    if (write_expression(&function->sql_body))
        buffer_printf(sql, "\n%s", write_expression(&function->sql_body));
    else if (function->library)
        buffer_printf(sql, "\nAS %s, %s", write_literal(sink, function->library),
                      write_literal(sink, body));
    else
        buffer_printf(sql, "\nAS %s",
                      is_compiled(function) ? write_literal(sink, body)
                                            : write_dollar_quoted(sink, body));
}

static const char *routine_word(const struct object *object)
{
    if (object->kind == KIND_AGGREGATE)
        return "AGGREGATE";
    return is_procedure(as_function(object)) ? "PROCEDURE" : "FUNCTION";
}

static void write_function(struct step_sink *sink, const struct object *object, bool replace)
{
    const struct function *function = as_function(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %s%s %s(%s)", replace ? "OR REPLACE " : "", routine_word(object),
                  write_path(sink, object), arguments_text(sink, function));
    append_result(sink, &sql, function);
    buffer_printf(&sql, "\n    LANGUAGE %s",
                  write_name(sink, function->language ? function->language : "sql"));
    append_transforms(&sql, function);
    append_attributes(sink, &sql, function);
    append_body(sink, &sql, function);
    write_buffer(sink, LOCK_NONE, &sql);
}

static void create_function(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *folded)
{
    (void)folded;
    write_function(sink, object, false);
}

static void alter_function(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    write_function(sink, after, true);
}

/* --- aggregates ------------------------------------------------------------------------------------ */

/* The arguments as CREATE AGGREGATE (with names) and DROP AGGREGATE (without) write them. */
static const char *aggregate_arguments(const struct step_sink *sink,
                                       const struct aggregate *aggregate, bool names)
{
    struct buffer sql = BUFFER_EMPTY;
    int64_t count = (int64_t)aggregate->argument_types.count;
    int64_t direct = aggregate->direct_arguments;

    if (count == 0 && direct < 0)
        return "*";
    for (int64_t i = 0; i < count; i++) {
        if (i == direct)
            buffer_append(&sql, i ? " ORDER BY " : "ORDER BY ");
        else if (i)
            buffer_append(&sql, ", ");
        append_argument(sink, &sql, aggregate->argument_modes.items[i],
                        names ? aggregate->argument_names.items[i] : "",
                        aggregate->argument_types.items[i]);
    }
    /* A last VARIADIC argument stands for both the direct and the aggregated ones. */
    if (direct >= count && count) {
        buffer_append(&sql, " ORDER BY ");
        append_argument(sink, &sql, aggregate->argument_modes.items[count - 1], "",
                        aggregate->argument_types.items[count - 1]);
    }
    return buffer_take(&sql, sink->arena);
}

static void write_aggregate(struct step_sink *sink, const struct object *object, bool replace)
{
    const struct aggregate *aggregate = as_aggregate(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %sAGGREGATE %s(%s) (", replace ? "OR REPLACE " : "",
                  write_path(sink, object), aggregate_arguments(sink, aggregate, true));
    for (size_t i = 0; i < aggregate->options.count; i++)
        buffer_printf(&sql, "%s%s", i ? ",\n    " : "\n    ", aggregate->options.items[i]);
    buffer_append(&sql, "\n)");
    write_buffer(sink, LOCK_NONE, &sql);
}

static void create_aggregate(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    (void)folded;
    write_aggregate(sink, object, false);
}

static void alter_aggregate(struct step_sink *sink, const struct object *before,
                            const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    write_aggregate(sink, after, true);
}

/* --- both ------------------------------------------------------------------------------------------ */

const char *write_routine(const struct step_sink *sink, const struct object *object)
{
    return arena_printf(sink->arena, "%s(%s)", write_path(sink, object),
                        object->kind == KIND_AGGREGATE
                            ? aggregate_arguments(sink, as_aggregate(object), false)
                        : object->signature ? object->signature
                                            : "");
}

static void drop_routine(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_NONE, "DROP %s %s", routine_word(object),
                    write_routine(sink, object));
}

static void rename_routine(struct step_sink *sink, const struct object *object)
{
    const char *word = routine_word(object);
    const char *arguments = write_routine(sink, object) + strlen(write_path(sink, object));

    write_move(sink, LOCK_NONE, word, object, arguments);
    write_rename(sink, LOCK_NONE, word, object, arguments);
}

const struct writer write_function_writer = {
    .create = create_function,
    .drop = drop_routine,
    .alter = alter_function,
    .rename = rename_routine,
};

const struct writer write_aggregate_writer = {
    .create = create_aggregate,
    .drop = drop_routine,
    .alter = alter_aggregate,
    .rename = rename_routine,
};
