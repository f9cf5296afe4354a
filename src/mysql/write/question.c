/* What is asked of the rows before a plan begins. On these servers each statement commits, so whatever would stop the
 * plan in its middle is better known before. */
#include "mysql/write/alter.h"

#include <string.h>

/* True for what the database has under that name now, as `from` says. */
static bool keeps_its_name(const struct step_sink *sink, const struct object *object)
{
    return object && !object->former_name && !object->former_schema &&
           write_present(sink, object) != NULL;
}

/* The column of that name keeps its name, and how its values compare. */
static bool compares_alike(const struct step_sink *sink, const struct object *table,
                           const char *name)
{
    const struct object *after = object_child(table, KIND_COLUMN, name);
    const struct object *before = keeps_its_name(sink, after) ? write_present(sink, after) : NULL;

    return before && text_equal(as_column(before)->collation, as_column(after)->collation);
}

static bool all_compare_alike(const struct step_sink *sink, const struct object *table,
                              const struct text_list *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        if (!compares_alike(sink, table, columns->items[i]))
            return false;
    return keeps_its_name(sink, table);
}

/* A key that comes back as it was, by names that are in the database now: what it points from and to is the same, only
 * types may differ. */
static bool can_be_asked(const struct step_sink *sink, const struct object *object)
{
    const struct foreign_key *after = as_foreign_key(object);
    const struct object *present = write_present(sink, object);
    const struct foreign_key *before = present ? as_foreign_key(present) : NULL;

    return before && after->table && before->table &&
           strcmp(before->table->key, after->table->key) == 0 &&
           text_list_equal(&before->columns, &after->columns) &&
           text_list_equal(&before->referenced_columns, &after->referenced_columns) &&
           all_compare_alike(sink, object->parent, &after->columns) &&
           all_compare_alike(sink, after->table, &after->referenced_columns);
}

static const char *orphans_query(const struct step_sink *sink, const struct object *object)
{
    const struct foreign_key *key = as_foreign_key(object);
    struct text_list values = {0};
    struct buffer given = BUFFER_EMPTY;
    struct buffer met = BUFFER_EMPTY;

    for (size_t i = 0; i < key->columns.count; i++) {
        const char *value =
            arena_printf(sink->arena, "child.%s", my_write_name(sink, key->columns.items[i]));

        text_list_add(&values, sink->arena, value);
        buffer_printf(&given, "%s IS NOT NULL AND ", value);
        buffer_printf(&met, "%sparent.%s = %s", i ? " AND " : "",
                      my_write_name(sink, key->referenced_columns.items[i]), value);
    }
    buffer_printf(&given, "NOT EXISTS (SELECT 1 FROM %s AS parent WHERE %s) LIMIT %d",
                  my_write_path(sink, key->table), buffer_take(&met, sink->arena),
                  ROW_QUESTION_CAP);
    return arena_printf(
        sink->arena,
        "SELECT COUNT(*), MIN(k) FROM (SELECT CONCAT_WS(', ', %s) AS k FROM %s AS child WHERE %s) AS found",
        text_list_join(&values, sink->arena, ", "), my_write_path(sink, object->parent),
        buffer_take(&given, sink->arena));
}

void my_ask_for_orphans(const struct step_sink *sink, struct step *step, const struct object *key)
{
    if (!can_be_asked(sink, key))
        return;
    step_ask(sink, step, key, orphans_query(sink, key),
             arena_printf(sink->arena, "rows of table %s have no parent in table %s",
                          key->parent->name, as_foreign_key(key)->table->name));
}
