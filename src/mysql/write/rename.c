/* Renames of tables and of what belongs to them. */
#include "mysql/write/write.h"

#include <string.h>

void my_rename_table(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "RENAME TABLE %s TO %s",
                       my_write_former(sink, object), my_write_path(sink, object));
}

/* MySQL renames no column that a check, an expression in a key, or another column is computed from: these go
 * and come back in the same statement. */
static void append_holders(const struct step_sink *sink, const struct object *column,
                           struct buffer *away, struct buffer *back)
{
    for (const struct object *child = column->parent->first_child; child;
         child = child->next_sibling) {
        if (!object_needs(child, column))
            continue;
        if (child->kind == KIND_CHECK ||
            (child->kind == KIND_INDEX &&
             write_expression(&as_index(child)->keys.items[0])[0] == '(')) {
            buffer_printf(away, "\n    DROP %s,", my_key_drop_clause(sink, child));
            buffer_printf(back, ",\n    ADD %s", my_key_clause(sink, child));
        } else if (child->kind == KIND_COLUMN && as_column(child)->generated) {
            buffer_printf(back, ",\n    MODIFY COLUMN %s", my_column_clause(sink, child));
        }
    }
}

static void rename_column(struct step_sink *sink, const struct object *column)
{
    struct buffer away = BUFFER_EMPTY;
    struct buffer back = BUFFER_EMPTY;

    if (my_write_flavor(sink).vendor == MY_MYSQL)
        append_holders(sink, column, &away, &back);
    my_write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s%s%sRENAME COLUMN %s TO %s%s",
                       my_write_path(sink, column->parent), buffer_text(&away),
                       away.length || back.length ? "\n    " : " ",
                       my_write_name(sink, column->former_name), my_write_name(sink, column->name),
                       buffer_text(&back));
    buffer_free(&away);
    buffer_free(&back);
}

/* What cannot be renamed is made anew under its other name. */
static void rename_constraint(struct step_sink *sink, const struct object *object)
{
    struct object *former = arena_copy(sink->arena, object,
                                       object->kind == KIND_CHECK ? sizeof(struct check_constraint)
                                                                  : sizeof(struct foreign_key));

    former->name = object->former_name;
    my_write_statement(sink, LOCK_SHARE, "ALTER TABLE %s DROP %s, ADD %s",
                       my_write_path(sink, object->parent), my_key_drop_clause(sink, former),
                       my_key_clause(sink, object));
}

void my_rename_part(struct step_sink *sink, const struct object *object)
{
    if (!object->former_name || !my_table_of(object))
        return;
    switch (object->kind) {
    case KIND_COLUMN:
        if (object->parent->kind == KIND_TABLE)
            rename_column(sink, object);
        break;
    case KIND_INDEX:
        my_write_statement(
            sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "ALTER TABLE %s RENAME INDEX %s TO %s",
            my_write_path(sink, object->parent), my_write_name(sink, object->former_name),
            my_write_name(sink, object->name));
        break;
    case KIND_CHECK:
    case KIND_FOREIGN_KEY:
        rename_constraint(sink, object);
        break;
    default:
        break;
    }
}
