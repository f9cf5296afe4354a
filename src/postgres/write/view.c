/* Views and materialized views. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"

static void rename_relation(struct step_sink *sink, const struct object *object)
{
    const char *word = write_relation_word(object);

    write_move(sink, LOCK_ACCESS_EXCLUSIVE, word, object, "");
    write_rename(sink, LOCK_ACCESS_EXCLUSIVE, word, object, "");
}

static void drop_relation(struct step_sink *sink, const struct object *object)
{
    struct step *step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP %s %s",
                                        write_relation_word(object), write_path(sink, object));

    if (write_wanted(sink, object))
        write_hazard(sink, step, HAZARD_REPLACE_VIEW);
}

/* --- views ----------------------------------------------------------------------------------------- */

static void write_view(struct step_sink *sink, const struct object *object,
                       const struct expression *expression, bool replace)
{
    const struct view *view = as_view(object);
    const char *columns;
    const char *query = write_query(sink, expression, &view->columns, &columns);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %sVIEW %s%s", replace ? "OR REPLACE " : "",
                  write_path(sink, object), columns);
    if (view->options.count)
        buffer_printf(&sql, "\n    WITH (%s)", write_options(sink, &view->options));
    buffer_printf(&sql, " AS\n%s", query);
    write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql)->lock =
        replace ? LOCK_ACCESS_EXCLUSIVE : LOCK_NONE;
}

static void create_view(struct step_sink *sink, const struct object *object,
                        const struct pointer_list *folded)
{
    const struct view *view = as_view(object);

    (void)folded;
    if (view->stand_in.written)
        write_view(sink, object, &view->stand_in, false);
    write_view(sink, object, &view->query, view->stand_in.written != NULL);
}

static void alter_view(struct step_sink *sink, const struct object *before,
                       const struct object *after, uint64_t changed)
{
    if (fields_has(changed, field_view_query))
        write_view(sink, after, &as_view(after)->query, true);
    else
        write_option_changes(sink, LOCK_ACCESS_EXCLUSIVE, write_alter_relation(sink, after),
                             &as_view(before)->options, &as_view(after)->options);
}

const struct writer write_view_writer = {
    .create = create_view,
    .drop = drop_relation,
    .alter = alter_view,
    .rename = rename_relation,
};

/* --- materialized views ---------------------------------------------------------------------------- */

static void create_materialized_view(struct step_sink *sink, const struct object *object,
                                     const struct pointer_list *folded)
{
    const struct materialized_view *view = as_materialized_view(object);
    const char *columns;
    const char *query = write_query(sink, &view->query, &view->columns, &columns);
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    buffer_printf(&sql, "CREATE MATERIALIZED VIEW %s%s", write_path(sink, object), columns);
    if (view->access_method)
        buffer_printf(&sql, " USING %s", write_name(sink, view->access_method));
    if (view->options.count)
        buffer_printf(&sql, "\n    WITH (%s)", write_options(sink, &view->options));
    if (view->tablespace)
        buffer_printf(&sql, "\n    TABLESPACE %s", write_name(sink, view->tablespace));
    buffer_printf(&sql, " AS\n%s", query);
    if (view->no_data)
        buffer_append(&sql, "\nWITH NO DATA");
    write_buffer(sink, LOCK_NONE, &sql);
}

static void alter_materialized_view(struct step_sink *sink, const struct object *before,
                                    const struct object *after, uint64_t changed)
{
    const struct materialized_view *view = as_materialized_view(after);
    const char *alter = write_alter_relation(sink, after);

    if (fields_has(changed, field_materialized_view_options))
        write_option_changes(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, alter,
                             &as_materialized_view(before)->options, &view->options);
    if (fields_has(changed, field_materialized_view_access_method))
        write_rewrites(
            sink,
            write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET ACCESS METHOD %s", alter,
                            view->access_method ? write_name(sink, view->access_method) : "heap"));
    if (fields_has(changed, field_materialized_view_tablespace))
        write_rewrites(
            sink,
            write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s SET TABLESPACE %s", alter,
                            view->tablespace ? write_name(sink, view->tablespace) : "pg_default"));
}

const struct writer write_materialized_view_writer = {
    .create = create_materialized_view,
    .drop = drop_relation,
    .alter = alter_materialized_view,
    .rename = rename_relation,
};
