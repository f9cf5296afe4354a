/* Views and sequences. */
#include "mysql/write/write.h"

#include <string.h>

#include "core/text/letter_case.h"
#include "model/fields.h"

/* --- views ------------------------------------------------------------------------------------------ */

static void write_view(struct step_sink *sink, const struct object *object, bool replace)
{
    const struct view *view = as_view(object);
    const char *algorithm = my_option(&view->options, "algorithm");
    const char *security = my_option(&view->options, "security");
    const char *check = my_option(&view->options, "check_option");
    const char *mode = my_written_mode(sink, object);
    struct buffer sql = BUFFER_EMPTY;
    const char *text;

    buffer_printf(&sql, "CREATE %s", replace ? "OR REPLACE " : "");
    if (algorithm)
        buffer_printf(&sql, "ALGORITHM=%s ", text_upper(sink->arena, algorithm));
    buffer_append(&sql, my_write_definer(sink, object));
    if (security)
        buffer_printf(&sql, "SQL SECURITY %s ", text_upper(sink->arena, security));
    buffer_printf(&sql, "VIEW %s", my_write_path(sink, object));
    if (view->columns.count)
        buffer_printf(&sql, " (%s)", clause_names(sink, my_write_name, &view->columns));
    buffer_printf(&sql, " AS\n%s", write_expression(&view->query));
    if (check)
        buffer_printf(&sql, "\nWITH %s CHECK OPTION", text_upper(sink->arena, check));
    text = arena_strdup(sink->arena, buffer_text(&sql));
    my_settings_begin(sink, object, &view->settings, mode, text);
    my_write_buffer(sink, replace ? LOCK_ACCESS_EXCLUSIVE : LOCK_NONE, &sql);
    my_settings_end(sink, object, &view->settings, mode, text);
}

static void create_view(struct step_sink *sink, const struct object *object,
                        const struct pointer_list *folded)
{
    (void)folded;
    write_view(sink, object, false);
}

static void alter_view(struct step_sink *sink, const struct object *before,
                       const struct object *after, uint64_t changed,
                       const struct joined_action *actions, size_t count)
{
    (void)before;
    (void)actions;
    if (changed || count)
        write_view(sink, after, true);
}

static void drop_view(struct step_sink *sink, const struct object *object)
{
    struct step *step = my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP VIEW %s",
                                           my_write_path(sink, object));

    if (write_wanted(sink, object))
        write_hazard(sink, step, HAZARD_REPLACE_VIEW);
}

static void rename_relation(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "RENAME TABLE %s TO %s",
                       my_write_former(sink, object), my_write_path(sink, object));
}

const struct writer my_view_writer = {
    .create = create_view,
    .drop = drop_view,
    .alter_joined = alter_view,
    .rename = rename_relation,
};

/* --- sequences -------------------------------------------------------------------------------------- */

static void append_numbers(struct buffer *sql, const struct sequence *sequence)
{
    buffer_printf(sql, " INCREMENT BY %lld MINVALUE %lld MAXVALUE %lld",
                  (long long)sequence->increment, (long long)sequence->minimum,
                  (long long)sequence->maximum);
    if (sequence->cache)
        buffer_printf(sql, " CACHE %lld", (long long)sequence->cache);
    else
        buffer_append(sql, " NOCACHE");
    buffer_append(sql, sequence->cycle ? " CYCLE" : " NOCYCLE");
}

static void create_sequence(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *folded)
{
    const struct sequence *sequence = as_sequence(object);
    const char *engine = my_option(&sequence->options, "engine");
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    buffer_printf(&sql, "CREATE SEQUENCE %s", my_write_path(sink, object));
    if (sequence->type && strcmp(sequence->type, "bigint") != 0)
        buffer_printf(&sql, " AS %s", sequence->type);
    buffer_printf(&sql, " START WITH %lld", (long long)sequence->start);
    append_numbers(&sql, sequence);
    if (engine)
        buffer_printf(&sql, " ENGINE=%s", engine);
    buffer_append(&sql, my_write_comment(sink, object, "="));
    my_write_buffer(sink, LOCK_NONE, &sql);
}

static void drop_sequence(struct step_sink *sink, const struct object *object)
{
    write_hazard(sink,
                 my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP SEQUENCE %s",
                                    my_write_path(sink, object)),
                 HAZARD_DROP_SEQUENCE);
}

static void alter_numbers(struct step_sink *sink, const struct object *after)
{
    const struct sequence *sequence = as_sequence(after);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "ALTER SEQUENCE %s", my_write_path(sink, after));
    if (sequence->type && strcmp(sequence->type, "bigint") != 0)
        buffer_printf(&sql, " AS %s", sequence->type);
    buffer_printf(&sql, " START WITH %lld", (long long)sequence->start);
    append_numbers(&sql, sequence);
    my_write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql);
}

static void alter_sequence(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed,
                           const struct joined_action *actions, size_t count)
{
    const char *path = my_write_path(sink, after);
    uint64_t options = field_bit(field_sequence_options);

    (void)before;
    if (changed & ~options)
        alter_numbers(sink, after);
    if (changed & options) {
        const char *engine = my_option(&as_sequence(after)->options, "engine");

        my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s ENGINE=%s", path,
                           engine ? engine : "InnoDB");
    }
    if (my_joins_kind(actions, count, KIND_COMMENT)) {
        const char *comment = my_write_comment(sink, after, "=");

        my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s %s", path,
                           *comment ? comment + 1 : "COMMENT=''");
    }
}

const struct writer my_sequence_writer = {
    .create = create_sequence,
    .drop = drop_sequence,
    .alter_joined = alter_sequence,
    .rename = rename_relation,
};
