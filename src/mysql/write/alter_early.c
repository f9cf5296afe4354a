/* Columns that become NOT NULL. Their NULLs are refused, but not everywhere: an AUTO_INCREMENT column gets the next
 * number or 0 in their place, a timestamp the current time where the table is copied. In place MySQL does what one
 * expects, so that comes first where the main statement is a copy. And a copy lets no column of a foreign key become NOT
 * NULL or AUTO_INCREMENT on MySQL, unless the server is told not to look at keys: which is no loss where values and
 * type stay. */
#include "mysql/write/alter.h"

#include <strings.h>

static bool is_timestamp(const struct object *column)
{
    return strncasecmp(as_column(column)->type, "timestamp", 9) == 0;
}

/* True where the column's change alone is done in place. */
static bool is_done_in_place(const struct my_alteration *alteration, enum my_algorithm algorithm)
{
    return *my_algorithm_clause(
        my_settled_algorithm(alteration->sink, alteration->before, alteration->after, algorithm));
}

static bool becomes_not_null(const struct my_column_change *column)
{
    return !object_child(column->before, KIND_NOT_NULL, "") &&
           object_child(column->after, KIND_NOT_NULL, "");
}

static bool changes_counting(const struct my_column_change *column)
{
    return as_column(column->before)->auto_increment != as_column(column->after)->auto_increment;
}

static void note_nulls(struct my_alteration *alteration, const struct my_column_change *column,
                       bool in_place)
{
    my_alteration_hazard(alteration, HAZARD_MAY_FAIL);
    if (as_column(column->after)->auto_increment || (is_timestamp(column->after) && !in_place))
        my_alteration_hazard(alteration, HAZARD_REPLACE_NULLS);
}

void my_alter_note_early(struct my_alteration *alteration, const struct my_column_change *column,
                         enum my_algorithm algorithm)
{
    struct arena *arena = alteration->sink->arena;
    bool is_mysql = my_write_flavor(alteration->sink).vendor == MY_MYSQL;
    bool in_place = is_mysql && is_done_in_place(alteration, algorithm);
    bool not_null = becomes_not_null(column);

    if (not_null)
        note_nulls(alteration, column, in_place);
    if (!is_mysql || !((not_null && in_place && is_timestamp(column->after)) ||
                       ((not_null || changes_counting(column)) &&
                        my_key_holds_column(alteration, column->before))))
        return;
    text_list_add(
        &alteration->early, arena,
        arena_printf(arena, "MODIFY COLUMN %s", my_column_clause(alteration->sink, column->after)));
    alteration->early_algorithm = my_algorithm_together(alteration->early_algorithm, algorithm);
}

/* True where the main statement copies the table, or may do so. */
static bool may_copy(const struct my_alteration *alteration)
{
    return alteration->partitions.clause || my_key_comes_along(alteration) ||
           !is_done_in_place(alteration, alteration->algorithm);
}

void my_alter_early(struct my_alteration *alteration)
{
    bool in_place = is_done_in_place(alteration, alteration->early_algorithm);
    struct text_list left = {0};

    if (!alteration->early.count || alteration->is_new || !may_copy(alteration))
        return;
    if (!in_place)
        my_foreign_key_checks(alteration->sink, false);
    my_alteration_write(alteration, &alteration->early, alteration->early_algorithm,
                        UINT64_C(1) << HAZARD_MAY_FAIL, NULL);
    if (!in_place)
        my_foreign_key_checks(alteration->sink, true);
    for (size_t i = 0; i < alteration->clauses.count; i++)
        if (!text_list_contains(&alteration->early, alteration->clauses.items[i]))
            text_list_add(&left, alteration->sink->arena, alteration->clauses.items[i]);
    alteration->clauses = left;
}
