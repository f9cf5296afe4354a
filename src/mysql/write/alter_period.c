/* System versioning, which the server takes away only with all that it has kept, and whose columns it lets nobody
 * change: what they are to be instead, they become together with a new history. */
#include "mysql/write/alter.h"

#include <string.h>
#include <strings.h>

bool my_is_row_column(const struct object *column)
{
    const char *generated = column ? as_column(column)->generated : NULL;

    return generated && strncmp(generated, "row", 3) == 0;
}

static bool is_partitioned_by_time(const struct object *table)
{
    const char *strategy = as_table(table)->partition_strategy;

    return strategy && strncasecmp(strategy, "SYSTEM_TIME", 11) == 0;
}

/* True where one of the columns of the period comes, or is to be another one. */
static bool period_changes(const struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if (my_is_row_column(column->after) &&
            (!my_is_row_column(column->before) || column->touched || column->moved))
            return true;
    }
    return false;
}

/* True where one of the columns of the period is to be a plain one: made anew beside the end of the versioning, it would
 * stay in the primary key, where MariaDB has put it. */
static bool becomes_plain(const struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if (my_is_row_column(column->before) && column->after && !my_is_row_column(column->after))
            return true;
    }
    return false;
}

/* The versioning ends before all else; what its columns are to be then, they are made as. */
static void end_columns(struct my_alteration *alteration)
{
    const struct step_sink *sink = alteration->sink;

    for (size_t i = 0; i < alteration->column_count; i++) {
        struct my_column_change *column = &alteration->columns[i];

        if (my_is_row_column(column->before)) {
            text_list_add(
                &alteration->away, sink->arena,
                arena_printf(sink->arena, "DROP COLUMN %s", my_write_name(sink, column->name)));
            column->dropped = false;
            column->before = NULL;
            column->made = column->made || column->after;
        }
        column->made = column->made || my_is_row_column(column->after);
    }
    text_list_add(&alteration->away, sink->arena, "DROP SYSTEM VERSIONING");
    alteration->ends_versioning = true;
}

void my_alter_period_away(struct my_alteration *alteration)
{
    bool goes;

    if (alteration->is_new || !my_is_system_versioned(alteration->before))
        return;
    goes = !my_is_system_versioned(alteration->after);
    if (!goes && !period_changes(alteration))
        return;
    if (goes)
        my_alteration_hazard(alteration, HAZARD_DROP_HISTORY);
    if (!goes || becomes_plain(alteration))
        end_columns(alteration);
    alteration->remakes_period = !goes;
    if (!is_partitioned_by_time(alteration->before))
        return;
    alteration->unpartitions = true;
    alteration->partitions.clause = as_table(alteration->after)->partition_strategy
                                        ? my_partition_clause(alteration->sink, alteration->after)
                                        : NULL;
    alteration->partitions.count = 0;
}

void my_alter_period(struct my_alteration *alteration)
{
    const struct text_list *after = &as_table(alteration->after)->periods;

    if (!alteration->remakes_period)
        return;
    for (size_t i = 0; i < after->count; i++)
        if (strncasecmp(after->items[i], "SYSTEM_TIME", 11) == 0)
            my_alteration_clause(alteration, MY_UNSURE, "ADD PERIOD FOR %s", after->items[i]);
    my_alteration_clause(alteration, MY_UNSURE, "ADD SYSTEM VERSIONING");
}
