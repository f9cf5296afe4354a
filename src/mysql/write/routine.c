/* Functions, procedures and events. */
#include "mysql/write/write.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "model/fields.h"

/* --- functions and procedures ------------------------------------------------------------------------- */

static bool is_procedure(const struct function *function)
{
    return function->routine && strcmp(function->routine, "procedure") == 0;
}

static const char *routine_word(const struct object *object)
{
    return is_procedure(as_function(object)) ? "PROCEDURE" : "FUNCTION";
}

/* The servers keep the list as it was written. */
static void append_arguments(const struct step_sink *sink, struct buffer *sql,
                             const struct object *object)
{
    const struct function *function = as_function(object);
    const char *written = my_verbatim_parameters(sink->arena, object, routine_word(object));

    buffer_append(sql, written ? written : "(");
    for (size_t i = 0; !written && i < function->argument_types.count; i++) {
        const char *mode =
            i < function->argument_modes.count ? function->argument_modes.items[i] : "in";

        if (i)
            buffer_append(sql, ", ");
        if (is_procedure(function) || strcmp(mode, "in") != 0)
            buffer_printf(sql, "%s ", text_upper(sink->arena, mode));
        buffer_printf(sql, "%s %s", my_write_name(sink, function->argument_names.items[i]),
                      function->argument_types.items[i]);
    }
    if (!written)
        buffer_append(sql, ")");
}

/* What ALTER can change as well. */
static void append_characteristics(const struct step_sink *sink, struct buffer *sql,
                                   const struct object *object, bool all, const char *mode)
{
    const struct function *function = as_function(object);
    const char *comment = my_write_program_comment(sink, object, mode);

    if (function->data_access || all)
        buffer_printf(sql, " %s",
                      function->data_access ? text_upper(sink->arena, function->data_access)
                                            : "CONTAINS SQL");
    if (!function->security_definer || all)
        buffer_printf(sql, " SQL SECURITY %s", function->security_definer ? "DEFINER" : "INVOKER");
    buffer_append(sql, *comment || !all ? comment : " COMMENT ''");
}

/* TRIAL: the server reads all of it, and leaves the one that is there. */
enum way { ANEW, REPLACING, TRIAL };

static const char *routine_text(const struct step_sink *sink, const struct object *object,
                                enum way way, const char *mode)
{
    const struct function *function = as_function(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %s%s%s%s %s%s", way == REPLACING ? "OR REPLACE " : "",
                  my_write_definer(sink, object),
                  text_equal(function->routine, "aggregate function") ? "AGGREGATE " : "",
                  routine_word(object), way == TRIAL ? "IF NOT EXISTS " : "",
                  my_write_path(sink, object));
    append_arguments(sink, &sql, object);
    if (function->returns)
        buffer_printf(&sql, " RETURNS %s", function->returns);
    if (function->language && strcasecmp(function->language, "sql") != 0)
        buffer_printf(&sql, " LANGUAGE %s", text_upper(sink->arena, function->language));
    if (function->volatility && strcmp(function->volatility, "deterministic") == 0)
        buffer_append(&sql, " DETERMINISTIC");
    append_characteristics(sink, &sql, object, false, mode);
    if (function->body)
        buffer_printf(&sql, "\n%s", function->body);
    return buffer_take(&sql, sink->arena);
}

static void drop_routine(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_NONE, "DROP %s %s", routine_word(object),
                       my_write_path(sink, object));
}

/* Between a DROP and a CREATE that the server refuses nobody should be left without the routine. */
static void replace_in_two(struct step_sink *sink, const struct object *before,
                           const struct object *after, const char *mode)
{
    if (as_function(after)->body && my_write_can(sink, MY_CAN_PROGRAM_IF_NOT_EXISTS))
        my_write_statement(sink, LOCK_NONE, "%s", routine_text(sink, after, TRIAL, mode))->note =
            "read by the server, while the one before is still there";
    drop_routine(sink, before);
}

static void write_routine(struct step_sink *sink, const struct object *object,
                          const struct object *before, enum way way)
{
    const struct text_list *settings = &as_function(object)->settings;
    const char *mode = my_program_mode(sink, settings);
    const char *text = as_function(object)->body || !object->verbatim
                           ? routine_text(sink, object, way, mode)
                           : object->verbatim;

    my_settings_begin(sink, object, settings, mode, text);
    if (before)
        replace_in_two(sink, before, object, mode);
    my_write_statement(sink, LOCK_NONE, "%s", text);
    my_settings_end(sink, object, settings, mode, text);
}

static void create_routine(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    (void)folded;
    write_routine(sink, object, NULL, ANEW);
}

static bool can_be_altered(uint64_t changed, const struct joined_action *actions, size_t count)
{
    uint64_t small =
        field_bit(field_function_data_access) | field_bit(field_function_security_definer);

    return !(changed & ~small) && !my_joins_kind(actions, count, KIND_OWNER);
}

static void alter_routine(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed,
                          const struct joined_action *actions, size_t count)
{
    if (can_be_altered(changed, actions, count)) {
        struct buffer sql = BUFFER_EMPTY;

        buffer_printf(&sql, "ALTER %s %s", routine_word(after), my_write_path(sink, after));
        append_characteristics(sink, &sql, after, true, NULL);
        my_write_buffer(sink, LOCK_NONE, &sql);
    } else if (my_write_can(sink, MY_CAN_OR_REPLACE)) {
        write_routine(sink, after, NULL, REPLACING);
    } else {
        write_routine(sink, after, before, ANEW);
    }
}

static void rename_routine(struct step_sink *sink, const struct object *object)
{
    write_routine(sink, object, NULL, ANEW);
    my_write_statement(sink, LOCK_NONE, "DROP %s %s", routine_word(object),
                       my_write_former(sink, object));
}

const struct writer my_routine_writer = {
    .create = create_routine,
    .drop = drop_routine,
    .alter_joined = alter_routine,
    .rename = rename_routine,
};

/* --- events ----------------------------------------------------------------------------------------- */

/* A time stands in quotes, an expression does not. */
static const char *time_text(const struct step_sink *sink, const char *text)
{
    return isdigit((unsigned char)*text) ? my_write_text(sink, text) : text;
}

static void append_schedule(const struct step_sink *sink, struct buffer *sql,
                            const struct event *event)
{
    buffer_printf(sql, " ON SCHEDULE %s", event->schedule);
    if (event->starts)
        buffer_printf(sql, " STARTS %s", time_text(sink, event->starts));
    if (event->ends)
        buffer_printf(sql, " ENDS %s", time_text(sink, event->ends));
}

static const char *status_text(const struct event *event)
{
    if (!event->status || strcmp(event->status, "enabled") == 0)
        return "ENABLE";
    return strcmp(event->status, "disabled") == 0 ? "DISABLE" : "DISABLE ON SLAVE";
}

/* NOT PRESERVE is no words to MySQL under HIGH_NOT_PRECEDENCE; it is so in new events, and those that keep it. */
static void append_state(const struct step_sink *sink, struct buffer *sql,
                         const struct object *object, bool all, bool completion)
{
    const struct event *event = as_event(object);
    const char *mode = my_program_mode(sink, &event->settings);
    const char *comment = my_write_program_comment(sink, object, mode);

    if (completion || !mode || !strstr(mode, "HIGH_NOT_PRECEDENCE"))
        buffer_printf(sql, " ON COMPLETION %sPRESERVE", event->preserve ? "" : "NOT ");
    buffer_printf(sql, " %s", status_text(event));
    buffer_append(sql, *comment || !all ? comment : " COMMENT ''");
}

static void write_event(struct step_sink *sink, const struct object *object, const char *text)
{
    const struct text_list *settings = &as_event(object)->settings;
    const char *mode = my_program_mode(sink, settings);

    my_settings_begin(sink, object, settings, mode, text);
    my_write_statement(sink, LOCK_NONE, "%s", text);
    my_settings_end(sink, object, settings, mode, text);
}

static void write_whole_event(struct step_sink *sink, const struct object *object,
                              const char *create)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "%s %sEVENT %s", create, my_write_definer(sink, object),
                  my_write_path(sink, object));
    append_schedule(sink, &sql, as_event(object));
    append_state(sink, &sql, object, false, as_event(object)->preserve);
    buffer_printf(&sql, " DO\n%s", as_event(object)->body);
    write_event(sink, object, buffer_take(&sql, sink->arena));
}

static void create_event(struct step_sink *sink, const struct object *object,
                         const struct pointer_list *folded)
{
    (void)folded;
    write_whole_event(sink, object, "CREATE");
}

static void drop_event(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_NONE, "DROP EVENT %s", my_write_path(sink, object));
}

static bool schedule_changes(uint64_t changed)
{
    return fields_has(changed, field_event_schedule) || fields_has(changed, field_event_starts) ||
           fields_has(changed, field_event_ends);
}

/* Whoever alters an event becomes its definer, unless the statement names one; and the settings of the
 * session become the event's. */
static void alter_event(struct step_sink *sink, const struct object *before,
                        const struct object *after, uint64_t changed,
                        const struct joined_action *actions, size_t count)
{
    struct buffer sql = BUFFER_EMPTY;

    (void)actions;
    if (!changed && !count)
        return;
    if (as_event(before)->ends && !as_event(after)->ends && my_write_can(sink, MY_CAN_OR_REPLACE)) {
        write_whole_event(sink, after, "CREATE OR REPLACE"); /* ALTER leaves the end where it was */
        return;
    }
    buffer_printf(&sql, "ALTER %sEVENT %s", my_write_definer(sink, after),
                  my_write_path(sink, after));
    if (schedule_changes(changed))
        append_schedule(sink, &sql, as_event(after));
    append_state(sink, &sql, after, true, fields_has(changed, field_event_preserve));
    if (fields_has(changed, field_event_body) || fields_has(changed, field_event_settings))
        buffer_printf(&sql, " DO\n%s", as_event(after)->body);
    write_event(sink, after, buffer_take(&sql, sink->arena));
}

static void rename_event(struct step_sink *sink, const struct object *object)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "ALTER %sEVENT %s RENAME TO %s", my_write_definer(sink, object),
                  my_write_former(sink, object), my_write_path(sink, object));
    write_event(sink, object, buffer_take(&sql, sink->arena));
}

const struct writer my_event_writer = {
    .create = create_event,
    .drop = drop_event,
    .alter_joined = alter_event,
    .rename = rename_event,
};
