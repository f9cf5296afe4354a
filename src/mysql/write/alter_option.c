/* What happens to a table itself, as clauses of ALTER TABLE. */
#include "mysql/write/alter.h"

#include <string.h>
#include <strings.h>

#include "dialect/clause.h"
#include "model/fields.h"

/* MariaDB does at once what only the dictionary knows, but not beside a longer VARCHAR. */
static enum my_algorithm dictionary_algorithm(const struct my_alteration *alteration)
{
    if (my_write_flavor(alteration->sink).vendor == MY_MYSQL)
        return MY_OPTION;
    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if (column->touched && column->before && column->after &&
            !text_equal(as_column(column->before)->type, as_column(column->after)->type))
            return MY_INPLACE;
    }
    return MY_INSTANT;
}

/* What only the dictionary knows; and what is about how rows are stored. */
static enum my_algorithm option_algorithm(const struct my_alteration *alteration,
                                          const char *option)
{
    static const char *const plain[] = {"stats_", "max_rows", "min_rows", "avg_row_length"};
    static const char *const storing[] = {"row_format"};

    for (size_t i = 0; i < sizeof(storing) / sizeof(*storing); i++)
        if (strncmp(option, storing[i], strlen(storing[i])) == 0)
            return MY_REBUILD;
    for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
        if (strncmp(option, plain[i], strlen(plain[i])) == 0)
            return dictionary_algorithm(alteration);
    return MY_UNSURE;
}

/* True where a column comes, or changes, that is to have no history: only in a table that has one already. */
static bool has_plain_column(const struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->column_count; i++) {
        const struct my_column_change *column = &alteration->columns[i];

        if (column->after && (column->made || column->touched) &&
            my_option(&as_column(column->after)->options, "without_system_versioning"))
            return true;
    }
    return false;
}

static void alter_option(struct my_alteration *alteration, const char *option, const char *text)
{
    if (strcmp(text, "WITH SYSTEM VERSIONING") == 0) {
        text = "ADD SYSTEM VERSIONING";
        alteration->versions_first = has_plain_column(alteration);
        if (alteration->versions_first)
            return;
    }
    my_alteration_clause(alteration, option_algorithm(alteration, option), "%s", text);
}

static void alter_options(struct my_alteration *alteration)
{
    const struct text_list *before = &as_table(alteration->before)->options;
    const struct text_list *after = &as_table(alteration->after)->options;

    for (size_t i = 0; i < before->count; i++)
        if (!clause_has_option(after, before->items[i]) &&
            !(alteration->ends_versioning &&
              strncmp(before->items[i], "system_versioning", 17) == 0))
            alter_option(alteration, before->items[i],
                         my_table_option_reset(alteration->sink, before->items[i]));
    for (size_t i = 0; i < after->count; i++)
        if (!text_list_contains(before, after->items[i]))
            alter_option(alteration, after->items[i],
                         my_table_option(alteration->sink, after->items[i]));
}

static bool is_remade(const struct my_alteration *alteration, const char *period)
{
    return alteration->remakes_period && strncasecmp(period, "SYSTEM_TIME", 11) == 0;
}

/* The period of system time goes with its columns. Any other one makes them NOT NULL, and is a check. */
static void alter_periods(struct my_alteration *alteration)
{
    const struct text_list *before = &as_table(alteration->before)->periods;
    const struct text_list *after = &as_table(alteration->after)->periods;

    for (size_t i = 0; i < before->count; i++)
        if (!text_list_contains(after, before->items[i]) &&
            strncasecmp(before->items[i], "SYSTEM_TIME", 11) != 0)
            my_alteration_clause(alteration, MY_UNSURE, "DROP PERIOD FOR %.*s",
                                 (int)strcspn(before->items[i], " ("), before->items[i]);
    for (size_t i = 0; i < after->count; i++)
        if (!text_list_contains(before, after->items[i]) &&
            !is_remade(alteration, after->items[i])) {
            my_alteration_clause(alteration, MY_UNSURE, "ADD PERIOD FOR %s", after->items[i]);
            if (strncasecmp(after->items[i], "SYSTEM_TIME", 11) != 0)
                my_alteration_hazard(alteration, HAZARD_MAY_FAIL);
        }
}

static bool comment_changes(const struct my_alteration *alteration)
{
    for (size_t i = 0; i < alteration->count; i++) {
        const struct object *object = alteration->actions[i].after ? alteration->actions[i].after
                                                                   : alteration->actions[i].before;

        if (object->kind == KIND_COMMENT && object->parent->kind == KIND_TABLE)
            return true;
    }
    return false;
}

void my_alter_options(struct my_alteration *alteration)
{
    const struct table *table = as_table(alteration->after);
    const struct step_sink *sink = alteration->sink;
    enum my_algorithm dictionary = dictionary_algorithm(alteration);

    if (fields_has(alteration->changed, field_table_periods))
        alter_periods(alteration);
    if (fields_has(alteration->changed, field_table_access_method)) {
        my_alteration_clause(alteration, MY_COPY, "ENGINE=%s", table->access_method);
        if (strcasecmp(table->access_method, "InnoDB") != 0)
            my_alteration_hazard(alteration, HAZARD_ENGINE_CHANGE);
    }
    if (fields_has(alteration->changed, field_table_collation) && table->collation)
        my_alteration_clause(alteration, dictionary, "DEFAULT %s",
                             my_write_collation(sink, table->collation));
    if (fields_has(alteration->changed, field_table_tablespace))
        my_alteration_clause(
            alteration, MY_UNSURE, "TABLESPACE=%s",
            my_write_name(sink, table->tablespace ? table->tablespace : "innodb_file_per_table"));
    if (fields_has(alteration->changed, field_table_options))
        alter_options(alteration);
    if (comment_changes(alteration)) {
        const char *comment = my_write_comment(sink, alteration->after, "=");

        my_alteration_clause(alteration, dictionary, "%s", *comment ? comment + 1 : "COMMENT=''");
    }
}
