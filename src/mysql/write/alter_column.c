/* What happens to a table's columns, as clauses of ALTER TABLE. */
#include "mysql/write/alter.h"

#include <string.h>
#include <strings.h>

#include "model/fields.h"

/* --- columns that go -------------------------------------------------------------------------------- */

/* Values that are computed are not lost where they are computed again. Nor are the times of a period whose columns
 * go while the table stays versioned: the server keeps them in columns that it hides. */
static bool loses_values(const struct my_alteration *alteration,
                         const struct my_column_change *column)
{
    if (my_is_row_column(column->before) && my_is_system_versioned(alteration->after))
        return column->made && !as_column(column->after)->generated;
    return !column->made || !as_column(column->before)->generated ||
           !as_column(column->after)->generated;
}

void my_alter_columns_away(struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if (!column->dropped)
            continue;
        my_alteration_clause(alteration, my_drop_column_algorithm(alteration->sink, column->before),
                             "DROP COLUMN %s", my_write_name(alteration->sink, column->name));
        if (loses_values(alteration, column))
            my_alteration_hazard(alteration, HAZARD_DROP_COLUMN);
    }
}

/* --- only the default changes ----------------------------------------------------------------------- */

static bool same_child(const struct object *before, const struct object *after, enum kind kind)
{
    const struct object *old = object_child(before, kind, "");
    const struct object *new = object_child(after, kind, "");

    if (!old || !new)
        return old == new;
    return !fields_changed(old, new);
}

static bool same_options(const struct column *before, const struct column *after)
{
    const struct text_list *lists[] = {&before->options, &after->options};

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (strcmp(lists[i]->items[j], "no_default=1") != 0 &&
                !text_list_contains(lists[1 - i], lists[i]->items[j]))
                return false;
    return true;
}

/* ALTER COLUMN takes less than a definition does: no CURRENT_TIMESTAMP, nothing for texts of any length. */
static bool takes_default(const struct step_sink *sink, const struct object *object)
{
    const struct column *column = as_column(object);
    const struct object *value = object_child(object, KIND_DEFAULT, "");
    const char *text = value ? write_expression(&as_default_value(value)->expression) : "";

    if (column->on_update || column->generated || column->auto_increment)
        return false;
    if (my_write_flavor(sink).vendor == MY_MARIADB)
        return true;
    return strncasecmp(text, "CURRENT_TIMESTAMP", 17) != 0 && !strstr(column->type, "text") &&
           !strstr(column->type, "blob") && strncmp(column->type, "json", 4) != 0 &&
           strncmp(column->type, "vector", 6) != 0 && strncmp(column->type, "geom", 4) != 0 &&
           strncmp(column->type, "point", 5) != 0 && strncmp(column->type, "line", 4) != 0 &&
           strncmp(column->type, "poly", 4) != 0 && strncmp(column->type, "multi", 5) != 0;
}

static bool only_default_changes(const struct my_alteration *alteration,
                                 const struct my_column_change *column)
{
    uint64_t changed = fields_changed(column->before, column->after);

    if (fields_has(changed, field_column_options))
        changed &= ~(field_bit(field_column_options));
    return !changed && !column->moved && !column->place &&
           same_options(as_column(column->before), as_column(column->after)) &&
           same_child(column->before, column->after, KIND_NOT_NULL) &&
           same_child(column->before, column->after, KIND_COMMENT) &&
           same_child(column->before, column->after, KIND_CHECK) &&
           takes_default(alteration->sink, column->after);
}

static bool waits_for_columns(const struct my_alteration *alteration, const struct object *column)
{
    return my_write_flavor(alteration->sink).vendor == MY_MYSQL && my_default_is_unsafe(column);
}

static void alter_default(struct my_alteration *alteration, const struct my_column_change *column)
{
    const struct object *value = object_child(column->after, KIND_DEFAULT, "");
    const char *name = my_write_name(alteration->sink, column->name);

    if (value && waits_for_columns(alteration, column->after))
        text_list_add(&alteration->defaults, alteration->sink->arena,
                      arena_printf(alteration->sink->arena, "ALTER COLUMN %s SET DEFAULT %s", name,
                                   write_expression(&as_default_value(value)->expression)));
    else if (value)
        my_alteration_clause(alteration, MY_INSTANT, "ALTER COLUMN %s SET DEFAULT %s", name,
                             write_expression(&as_default_value(value)->expression));
    else if (object_child(column->after, KIND_NOT_NULL, "") || my_lacks_default(column->after))
        my_alteration_clause(alteration, MY_INSTANT, "ALTER COLUMN %s DROP DEFAULT", name);
    else
        my_alteration_clause(alteration, MY_INSTANT, "ALTER COLUMN %s SET DEFAULT NULL", name);
}

/* --- columns that come or change -------------------------------------------------------------------- */

static const char *place_text(const struct my_alteration *alteration, const char *place)
{
    if (!place)
        return "";
    if (!*place)
        return " FIRST";
    return arena_printf(alteration->sink->arena, " AFTER %s",
                        my_write_name(alteration->sink, place));
}

/* True for a key in which values must not become equal by another comparison, or rows change places. */
static bool is_strict_key(const struct object *key, const char *quoted)
{
    if (key->kind == KIND_PRIMARY_KEY) {
        for (size_t i = 0; i < as_primary_key(key)->columns.count; i++)
            if (strstr(as_primary_key(key)->columns.items[i], quoted))
                return true;
    } else if (key->kind == KIND_INDEX && as_index(key)->unique) {
        for (size_t i = 0; i < as_index(key)->keys.count; i++)
            if (strstr(write_expression(&as_index(key)->keys.items[i]), quoted))
                return true;
    }
    return false;
}

static bool stands_in_strict_key(const struct my_alteration *alteration, const char *name)
{
    const char *quoted = my_write_name(alteration->sink, name);

    for (const struct object *child = alteration->after->first_child; child;
         child = child->next_sibling)
        if (is_strict_key(child, quoted))
            return true;
    return false;
}

/* Rows lie where their values stand in the order of a collation. */
static bool stands_in_partitioning(const struct my_alteration *alteration, const char *name)
{
    const char *quoted = my_write_name(alteration->sink, name);
    const struct expression_list *keys = &as_table(alteration->after)->partition_keys;

    for (size_t i = 0; i < keys->count; i++)
        if (strstr(write_expression(&keys->items[i]), quoted))
            return true;
    return false;
}

static bool may_become_equal(const struct my_alteration *alteration,
                             const struct my_column_change *column)
{
    const char *before = as_column(column->before)->collation;
    const char *after = as_column(column->after)->collation;

    if (!before || !after || strcmp(before, after) == 0)
        return false;
    return stands_in_partitioning(alteration, column->name) ||
           (!my_collation_tells_apart(before, after) &&
            stands_in_strict_key(alteration, column->name));
}

/* What the server computes or looks at for each row: a stored value, a point of some reference system. */
static bool may_be_refused(const struct my_column_change *column)
{
    const struct column *after = as_column(column->after);
    const struct column *before =
        column->before && !column->made ? as_column(column->before) : NULL;
    const char *system = my_option(&after->options, "srid");

    if (after->generated && strcmp(after->generated, "stored") == 0)
        return !before || fields_changed(column->before, column->after);
    return before && system && !text_equal(my_option(&before->options, "srid"), system);
}

/* MariaDB takes a new check of a column without a look at the rows, unless it copies them. */
static void note_check(struct my_alteration *alteration, const struct object *column)
{
    if (!object_child(column, KIND_CHECK, ""))
        return;
    alteration->checks_rows = true;
    my_alteration_hazard(alteration, HAZARD_MAY_FAIL);
}

static void note_hazards(struct my_alteration *alteration, const struct my_column_change *column)
{
    const struct column *before = as_column(column->before);
    const struct column *after = as_column(column->after);

    uint64_t hazards = my_type_hazards(alteration->sink->arena, before, after);

    if (may_become_equal(alteration, column))
        hazards |= UINT64_C(1) << HAZARD_CHANGE_COLLATION_IN_KEY;
    if (hazards ||
        may_be_refused(
            column)) /* what does not fit is refused rather than cut, as far as the server can tell */
        hazards |= UINT64_C(1) << HAZARD_MAY_FAIL;
    alteration->hazards |= hazards;
    if (!before->generated && after->generated)
        my_alteration_hazard(alteration, HAZARD_OVERWRITE_VALUES);
    if (!same_child(column->before, column->after, KIND_CHECK))
        note_check(alteration, column->after);
}

static void add_column(struct my_alteration *alteration, const struct my_column_change *column)
{
    bool waits = waits_for_columns(alteration, column->after);

    my_alteration_clause(
        alteration, my_add_column_algorithm(alteration->sink, column->after, column->place == NULL),
        "ADD COLUMN %s%s",
        waits ? my_column_clause_bare(alteration->sink, column->after)
              : my_column_clause(alteration->sink, column->after),
        place_text(alteration, column->place));
    if (waits)
        text_list_add(&alteration->defaults, alteration->sink->arena,
                      arena_printf(alteration->sink->arena, "MODIFY COLUMN %s",
                                   my_column_clause(alteration->sink, column->after)));
    note_check(alteration, column->after);
    if (may_be_refused(column) || my_begins_as_nothing(alteration->sink, column->after))
        my_alteration_hazard(alteration, HAZARD_MAY_FAIL);
}

static void change_column(struct my_alteration *alteration, struct my_column_change *column)
{
    enum my_algorithm algorithm;

    note_hazards(alteration, column);
    if (only_default_changes(alteration, column)) {
        alter_default(alteration, column);
        column->is_settled = true;
        return;
    }
    algorithm = my_column_algorithm(alteration->sink, column->before, column->after);
    if (column->moved)
        algorithm =
            my_algorithm_together(algorithm, my_write_flavor(alteration->sink).vendor == MY_MARIADB
                                                 ? MY_INSTANT_OR_REBUILD
                                                 : MY_REBUILD);
    my_alteration_clause(alteration, algorithm, "MODIFY COLUMN %s%s",
                         my_column_clause(alteration->sink, column->after),
                         place_text(alteration, column->place));
    my_alter_note_early(alteration, column, algorithm);
}

static void alter_column(struct my_alteration *alteration, struct my_column_change *column)
{
    if (column->made)
        add_column(alteration, column);
    else if (!column->dropped && column->before && column->after &&
             (column->touched || column->moved))
        change_column(alteration, column);
}

/* In the order of the table, so that each can be put behind one that is in its place already. */
void my_alter_columns(struct my_alteration *alteration)
{
    const struct text_list *order = &as_table(alteration->after)->column_order;

    for (size_t i = 0; i < order->count; i++)
        for (size_t j = 0; j < alteration->column_count; j++)
            if (strcasecmp(alteration->columns[j].name, order->items[i]) == 0)
                alter_column(alteration, &alteration->columns[j]);
    for (size_t j = 0; j < alteration->column_count; j++)
        if (!text_list_contains(order, alteration->columns[j].name))
            alter_column(alteration, &alteration->columns[j]);
}
