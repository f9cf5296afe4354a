/* Questions about views, domains and routines: the temporary object is the whole object, or as much
 * of it as the expression needs. A materialized view cannot be temporary; its query can be a view's. */
#include "postgres/ask/ask.h"

#include <string.h>

#include "core/buffer.h"
#include "postgres/sql/quote.h"

static const char *written_of(const struct question *question)
{
    return ((const struct expression *)field_of(question->after, question->field))->written;
}

/* --- views --------------------------------------------------------------------------------------- */

static bool ask_query(struct arena *arena, struct question *question,
                      const struct text_list *columns)
{
    struct buffer text = BUFFER_EMPTY;

    buffer_append(&text, "CREATE TEMPORARY VIEW " ASK_NAME);
    for (size_t i = 0; i < columns->count; i++)
        buffer_printf(&text, "%s%s", i ? ", " : " (", pg_quote_name(arena, columns->items[i]));
    buffer_printf(&text, "%s AS %s", columns->count ? ")" : "", written_of(question));
    question->create = buffer_take(&text, arena);
    question->present = arena_printf(arena, "pg_get_viewdef(%s::regclass)",
                                     ask_present_literal(arena, question->before));
    question->wanted = "pg_get_viewdef('" ASK_RELATION "'::regclass)";
    return true;
}

bool ask_view(struct arena *arena, struct question *question)
{
    return ask_query(arena, question, &as_view(question->after)->columns);
}

bool ask_materialized_view(struct arena *arena, struct question *question)
{
    return ask_query(arena, question, &as_materialized_view(question->after)->columns);
}

/* --- domains ------------------------------------------------------------------------------------- */

bool ask_domain_default(struct arena *arena, struct question *question)
{
    static const char format[] =
        "(SELECT pg_get_expr(typdefaultbin, 0) FROM pg_type WHERE oid = %s::regtype)";

    question->create = arena_printf(arena, "CREATE DOMAIN " ASK_RELATION " AS %s DEFAULT (%s\n)",
                                    as_domain(question->before)->type, written_of(question));
    question->present = arena_printf(arena, format, ask_present_literal(arena, question->before));
    question->wanted = arena_printf(arena, format, "'" ASK_RELATION "'");
    return true;
}

bool ask_domain_check(struct arena *arena, struct question *question)
{
    static const char format[] = "(SELECT pg_get_expr(conbin, 0) FROM pg_constraint"
                                 " WHERE contypid = %s::regtype AND conname = %s"
                                 " AND contype = 'c')";
    const struct object *before = question->before;

    question->create = arena_printf(
        arena, "CREATE DOMAIN " ASK_RELATION " AS %s CONSTRAINT " ASK_NAME " CHECK (%s\n)",
        as_domain(before->parent)->type, written_of(question));
    question->present = arena_printf(arena, format, ask_present_literal(arena, before->parent),
                                     pg_quote_literal(arena, object_present_name(before)));
    question->wanted = arena_printf(arena, format, "'" ASK_RELATION "'", "'" ASK_NAME "'");
    return true;
}

/* --- routines ------------------------------------------------------------------------------------ */

static bool is_input(const char *mode)
{
    return strcmp(mode, "out") != 0 && strcmp(mode, "table") != 0;
}

static const char *present_routine(struct arena *arena, const struct object *object)
{
    const char *name = arena_printf(arena, "%s(%s)", ask_present_name(arena, object),
                                    object->signature ? object->signature : "");

    return pg_quote_literal(arena, name);
}

static size_t count_inputs(const struct function *function)
{
    size_t count = 0;

    for (size_t i = 0; i < function->argument_modes.count; i++)
        count += is_input(function->argument_modes.items[i]);
    return count;
}

/* Defaults know nothing of each other or the body: a routine of another name with unnamed input
 * arguments will do. */
bool ask_function_defaults(struct arena *arena, struct question *question)
{
    static const char format[] = "(SELECT pg_get_expr(proargdefaults, 0) FROM pg_proc"
                                 " WHERE oid = %s)";
    const struct function *function = as_function(question->after);
    size_t bare = count_inputs(function) - function->defaults.count;
    struct buffer text = BUFFER_EMPTY;
    size_t input = 0;

    buffer_append(&text, "CREATE FUNCTION " ASK_RELATION "(");
    for (size_t i = 0; i < function->argument_modes.count; i++) {
        const char *mode = function->argument_modes.items[i];

        if (!is_input(mode))
            continue;
        buffer_printf(&text, "%s%s%s", input ? ", " : "",
                      strcmp(mode, "variadic") == 0 ? "VARIADIC " : "",
                      function->argument_types.items[i]);
        if (input >= bare)
            buffer_printf(&text, " DEFAULT (%s\n)", function->defaults.items[input - bare].written);
        input++;
    }
    buffer_append(&text, ") RETURNS void LANGUAGE sql AS ''");
    question->create = buffer_take(&text, arena);
    question->present = arena_printf(
        arena, format,
        arena_printf(arena, "%s::regprocedure", present_routine(arena, question->before)));
    question->wanted = arena_printf(arena, format, "'" ASK_RELATION "'::regproc");
    return true;
}

static void append_arguments(struct arena *arena, struct buffer *text,
                             const struct function *function, bool table)
{
    size_t start = text->length;

    for (size_t i = 0; i < function->argument_modes.count; i++) {
        const char *mode = function->argument_modes.items[i];
        const char *name =
            i < function->argument_names.count ? function->argument_names.items[i] : "";

        if ((strcmp(mode, "table") == 0) != table)
            continue;
        buffer_separate(text, start, ", ");
        if (!table)
            buffer_printf(text, "%s ", mode);
        if (*name)
            buffer_printf(text, "%s ", pg_quote_name(arena, name));
        buffer_append(text, function->argument_types.items[i]);
    }
}

/* The body prints its arguments by name, at times qualified by the routine's. */
bool ask_function_body(struct arena *arena, struct question *question)
{
    const struct object *before = question->before;
    const struct function *function = as_function(question->after);
    bool procedure = function->routine && strcmp(function->routine, "procedure") == 0;
    const char *name = pg_qualify(arena, "pg_temp", object_present_name(before));
    struct buffer text = BUFFER_EMPTY;

    buffer_printf(&text, "CREATE %s %s(", procedure ? "PROCEDURE" : "FUNCTION", name);
    append_arguments(arena, &text, function, false);
    buffer_append_char(&text, ')');
    if (text_list_contains(&function->argument_modes, "table")) {
        buffer_append(&text, " RETURNS TABLE (");
        append_arguments(arena, &text, function, true);
        buffer_append_char(&text, ')');
    } else if (function->returns && !procedure) {
        buffer_printf(&text, " RETURNS %s%s", function->returns_set ? "SETOF " : "",
                      function->returns);
    }
    buffer_printf(&text, " LANGUAGE sql %s", written_of(question));
    question->create = buffer_take(&text, arena);
    question->present = arena_printf(arena, "pg_get_function_sqlbody(%s::regprocedure)",
                                     present_routine(arena, before));
    question->wanted =
        arena_printf(arena, "pg_get_function_sqlbody(%s::regproc)", pg_quote_literal(arena, name));
    return true;
}
