/* Tables that are made anew though their rows are to stay: a table that becomes partitioned, or otherwise partitioned, or
 * ceases to be. The old one is put aside, with its partitions; when the new ones are there its rows move over, and it is
 * dropped. */
#include "postgres/write/rules.h"
#include "postgres/write/write.h"

#include <stdlib.h>
#include <string.h>

bool pg_carries(const struct object *before, const struct object *after)
{
    return before->kind == KIND_TABLE && !as_table(before)->server && !as_table(after)->server;
}

const struct object *pg_stored_in(const struct object *object)
{
    const struct object *attachment;

    if (object->kind == KIND_ATTACHMENT)
        return object->parent;
    if (object->kind != KIND_TABLE)
        return NULL;
    attachment = object_child(object, KIND_ATTACHMENT, "");
    return attachment ? as_attachment(attachment)->table : NULL;
}

static const char *spare_path(const struct step_sink *sink, const struct object *table)
{
    return write_sibling_path(sink, table, write_spare_name(sink, table->name));
}

/* --- putting aside --------------------------------------------------------------------------------- */

static void detach(struct step_sink *sink, const struct object *table)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

    if (attachment && as_attachment(attachment)->table)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s DETACH PARTITION %s",
                        write_path(sink, as_attachment(attachment)->table),
                        write_path(sink, table));
}

/* Keys and indexes have names that the new ones want, and foreign keys hold on to other tables. What belongs to those of the
 * partitioned table goes with them. */
static void drop_keys(struct step_sink *sink, const struct object *table, bool alone)
{
    for (const struct object *child = table->first_child; child; child = child->next_sibling) {
        if (sink->apart && sink->apart[child->rank])
            continue;
        switch (child->kind) {
        case KIND_PRIMARY_KEY:
        case KIND_UNIQUE:
        case KIND_EXCLUSION:
        case KIND_FOREIGN_KEY:
            if (alone || !write_attached_to(child))
                write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s DROP CONSTRAINT %s",
                                write_alter_relation(sink, child), write_name(sink, child->name));
            break;
        case KIND_INDEX:
            if (alone || !write_attached_to(child))
                write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP INDEX %s",
                                write_path(sink, child));
            break;
        default:
            break;
        }
    }
}

/* Otherwise the owner too would see only rows that the policies let through. */
static void show_all_rows(struct step_sink *sink, const struct object *table)
{
    const struct object *security = object_child(table, KIND_ROW_SECURITY, "");

    if (security && as_row_security(security)->forced)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s NO FORCE ROW LEVEL SECURITY",
                        write_alter_relation(sink, security));
}

void write_put_aside(struct step_sink *sink, const struct object *table)
{
    bool alone = sink->carried == table;

    if (alone)
        detach(sink, table);
    for (const struct object *column = NULL;
         (column = object_next_child(table, KIND_COLUMN, column));)
        write_put_numbering_aside(sink, column);
    show_all_rows(sink, table);
    drop_keys(sink, table, alone);
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s RENAME TO %s",
                    write_path(sink, table), write_name(sink, write_spare_name(sink, table->name)));
}

/* --- carrying over --------------------------------------------------------------------------------- */

static int compare_positions(const void *a, const void *b)
{
    const struct column *x = as_column(*(struct object *const *)a);
    const struct column *y = as_column(*(struct object *const *)b);

    return x->position == y->position  ? strcmp(x->object.name, y->object.name)
           : x->position < y->position ? -1
                                       : 1;
}

/* The columns that get values from the old table. */
static struct pointer_list shared_columns(struct step_sink *sink, const struct object *before,
                                          const struct object *after)
{
    struct pointer_list columns = {0};

    for (struct object *column = NULL; (column = object_next_child(after, KIND_COLUMN, column));)
        if (!as_column(column)->generated && object_child(before, KIND_COLUMN, column->name))
            pointer_list_add(&columns, sink->arena, column);
    if (columns.count)
        qsort(columns.items, columns.count, sizeof(*columns.items), compare_positions);
    return columns;
}

static bool loses_column(const struct object *before, const struct object *after)
{
    for (const struct object *column = NULL;
         (column = object_next_child(before, KIND_COLUMN, column));)
        if (!as_column(column)->generated && !object_child(after, KIND_COLUMN, column->name))
            return true;
    return false;
}

/* Identities take numbers that are there only on demand. */
static bool has_strict_identity(const struct pointer_list *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct object *identity = object_child(columns->items[i], KIND_IDENTITY, "");

        if (identity && text_equal(as_identity(identity)->mode, "always"))
            return true;
    }
    return false;
}

static void move_rows(struct step_sink *sink, const struct object *before,
                      const struct object *after)
{
    struct pointer_list columns = shared_columns(sink, before, after);
    struct buffer names = BUFFER_EMPTY;
    struct buffer values = BUFFER_EMPTY;
    bool narrows = false;
    struct step *step;

    for (size_t i = 0; i < columns.count; i++) {
        const struct object *column = columns.items[i];
        const struct object *old = object_child(before, KIND_COLUMN, column->name);
        const char *name = write_name(sink, column->name);
        struct type_change change =
            write_type_change(sink, as_column(old)->type, as_column(column)->type);

        buffer_separate(&names, 0, ", ");
        buffer_append(&names, name);
        buffer_separate(&values, 0, ", ");
        buffer_append(&values, change.cast ? write_cast_of(sink, &change, name) : name);
        narrows = narrows || change.narrows;
    }
    step = write_statement(
        sink, LOCK_ACCESS_EXCLUSIVE, "INSERT INTO %s (%s)%s\nSELECT %s FROM %s%s",
        write_path(sink, after), buffer_text(&names),
        has_strict_identity(&columns) ? " OVERRIDING SYSTEM VALUE" : "", buffer_text(&values),
        as_table(before)->partition_strategy ? "" : "ONLY ", spare_path(sink, before));
    buffer_free(&names);
    buffer_free(&values);
    write_rewrites(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
    if (narrows)
        write_hazard(sink, step, HAZARD_NARROW_TYPE);
    if (loses_column(before, after))
        write_hazard(sink, step, HAZARD_DROP_COLUMN);
}

void pg_carry(struct step_sink *sink, const struct object *before, const struct object *after)
{
    move_rows(sink, before, after);
    for (const struct object *column = NULL;
         (column = object_next_child(after, KIND_COLUMN, column));)
        write_carry_numbering(sink, column);
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP TABLE %s", spare_path(sink, before));
    for (const struct object *column = NULL;
         (column = object_next_child(after, KIND_COLUMN, column));)
        write_end_numbering(sink, column);
}
