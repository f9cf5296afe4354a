/* How a server does a change of a table: at once, in place, or by a copy. ALGORITHM and LOCK are written out only
 * where the server surely can, so that it refuses rather than copies should the table have become another one
 * meanwhile. What is known of each kind of change was tried on servers. */
#include "mysql/write/write.h"

#include <string.h>
#include <strings.h>

#include "model/fields.h"

static bool is_mariadb(const struct step_sink *sink)
{
    return my_write_flavor(sink).vendor == MY_MARIADB;
}

bool my_is_virtual(const struct object *column)
{
    const char *generated = as_column(column)->generated;

    return generated && strcmp(generated, "virtual") == 0;
}

static bool is_stored(const struct object *column)
{
    const char *generated = as_column(column)->generated;

    return generated && strcmp(generated, "stored") == 0;
}

/* --- columns ---------------------------------------------------------------------------------------- */

/* MySQL looks first whether there are rows, which would get a date that is none. */
static bool begins_as_zero_date(const struct step_sink *sink, const struct object *column)
{
    return !is_mariadb(sink) && strncasecmp(as_column(column)->type, "date", 4) == 0 &&
           object_child(column, KIND_NOT_NULL, "") && !object_child(column, KIND_DEFAULT, "");
}

/* There is no empty geometry that rows could begin with on MySQL. */
bool my_begins_as_nothing(const struct step_sink *sink, const struct object *column)
{
    static const char *const types[] = {"geom", "point", "line", "poly", "multi"};

    if (is_mariadb(sink) || !object_child(column, KIND_NOT_NULL, "") ||
        object_child(column, KIND_DEFAULT, "") || as_column(column)->generated)
        return false;
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strncasecmp(as_column(column)->type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

enum my_algorithm my_add_column_algorithm(const struct step_sink *sink, const struct object *column,
                                          bool last)
{
    if (is_stored(column) || object_child(column, KIND_CHECK, ""))
        return MY_COPY;
    if (as_column(column)->auto_increment || my_default_is_expression(column) ||
        as_column(column)->generated)
        return my_is_virtual(column) && last ? MY_INSTANT_OR_REBUILD : MY_UNSURE;
    if (begins_as_zero_date(sink, column) || my_begins_as_nothing(sink, column))
        return MY_REBUILD;
    if (my_write_can(sink, MY_CAN_INSTANT_ADD_DROP) ||
        (last && my_write_can(sink, MY_CAN_INSTANT_ADD_LAST)))
        return MY_INSTANT_OR_REBUILD;
    return MY_REBUILD;
}

enum my_algorithm my_drop_column_algorithm(const struct step_sink *sink,
                                           const struct object *column)
{
    if (as_column(column)->generated)
        return my_is_virtual(column) ? MY_INSTANT_OR_REBUILD : MY_UNSURE;
    return my_write_can(sink, MY_CAN_INSTANT_ADD_DROP) ? MY_INSTANT_OR_REBUILD : MY_REBUILD;
}

/* A comparison of another kind is another order of the rows then. */
bool my_stands_in_key(const struct object *column)
{
    const struct object *table = my_table_of(column);
    struct arena *arena = arena_new();
    const char *quoted = my_quote_name(arena, column->name);
    bool found = false;

    for (const struct object *child = table->first_child; child; child = child->next_sibling) {
        if (child->kind == KIND_PRIMARY_KEY)
            for (size_t i = 0; i < as_primary_key(child)->columns.count; i++)
                found = found || strstr(as_primary_key(child)->columns.items[i], quoted);
        if (child->kind == KIND_INDEX)
            for (size_t i = 0; i < as_index(child)->keys.count; i++)
                found = found || strstr(write_expression(&as_index(child)->keys.items[i]), quoted);
    }
    arena_free(arena);
    return found;
}

static enum my_algorithm type_algorithm(const struct step_sink *sink, const struct column *before,
                                        const struct column *after)
{
    if (my_varchar_grows_in_place(before, after))
        return my_write_can(sink, MY_CAN_INSTANT_VARCHAR) ? MY_INSTANT : MY_INPLACE;
    return my_choice_grows_in_place(before, after) ? MY_INSTANT : MY_COPY;
}

static bool is_of_type(const struct column *column, const char *type)
{
    size_t length = strcspn(column->type, " (");

    return length == strlen(type) && strncasecmp(column->type, type, length) == 0;
}

/* Texts and what is padded: MySQL writes them anew where the table is written anew, or an option of it changes. */
static bool is_compared_by_engine(const struct column *column)
{
    return is_of_type(column, "char") || strstr(column->type, "text") != NULL;
}

/* Another collation of the same character set is a matter of the dictionary where no key has the column. */
static enum my_algorithm collation_algorithm(const struct step_sink *sink,
                                             const struct column *before,
                                             const struct column *after)
{
    size_t length = before->collation ? strcspn(before->collation, "_") : 0;

    if (!before->collation || !after->collation || my_stands_in_key(&before->object) ||
        my_stands_in_key(&after->object) || strcspn(after->collation, "_") != length ||
        strncmp(before->collation, after->collation, length) != 0)
        return MY_COPY;
    if (is_mariadb(sink))
        return is_of_type(after, "enum") || is_of_type(after, "set") ? MY_COPY : MY_INPLACE;
    return is_compared_by_engine(after) ? MY_COMPARED_ANEW : MY_INPLACE;
}

static enum my_algorithm null_algorithm(const struct step_sink *sink, const struct object *before,
                                        const struct object *after)
{
    bool old = object_child(before, KIND_NOT_NULL, "") != NULL;
    bool new = object_child(after, KIND_NOT_NULL, "") != NULL;

    if (old == new)
        return MY_INSTANT;
    return new &&is_mariadb(sink) ? MY_UNSURE : MY_REBUILD;
}

static bool same_check(const struct object *before, const struct object *after)
{
    const struct object *old = object_child(before, KIND_CHECK, "");
    const struct object *new = object_child(after, KIND_CHECK, "");

    return old && new ? !fields_changed(old, new) : !old && !new;
}

enum my_algorithm my_column_algorithm(const struct step_sink *sink, const struct object *before,
                                      const struct object *after)
{
    const struct column *old = as_column(before);
    const struct column *new = as_column(after);
    uint64_t changed = fields_changed(before, after);
    enum my_algorithm algorithm = null_algorithm(sink, before, after);

    if (fields_has(changed, field_column_generated) ||
        fields_has(changed, field_column_generation) || !same_check(before, after))
        return MY_COPY;
    if (fields_has(changed, field_column_options) ||
        fields_has(changed, field_column_auto_increment) || new->generated)
        return MY_UNSURE;
    if (fields_has(changed, field_column_type))
        algorithm = my_algorithm_together(algorithm, type_algorithm(sink, old, new));
    if (fields_has(changed, field_column_collation))
        algorithm = my_algorithm_together(algorithm, collation_algorithm(sink, old, new));
    return algorithm;
}

/* --- together ---------------------------------------------------------------------------------------- */

static bool is_rebuild(enum my_algorithm algorithm)
{
    return algorithm == MY_INSTANT_OR_REBUILD || algorithm == MY_REBUILD ||
           algorithm == MY_SHARED_REBUILD;
}

enum my_algorithm my_algorithm_together(enum my_algorithm a, enum my_algorithm b)
{
    enum my_algorithm dearer = a > b ? a : b;
    enum my_algorithm cheaper = a > b ? b : a;

    switch (dearer) {
    case MY_INPLACE:
    case MY_OPTION:
        return cheaper == MY_INSTANT_OR_REBUILD ? MY_REBUILD : dearer;
    case MY_COMPARED_ANEW:
        return cheaper == MY_INSTANT_OR_REBUILD || cheaper == MY_OPTION ? MY_SHARED_REBUILD
                                                                        : dearer;
    case MY_REBUILD:
        return cheaper == MY_COMPARED_ANEW ? MY_SHARED_REBUILD : dearer;
    case MY_SHARED:
        return is_rebuild(cheaper) ? MY_SHARED_REBUILD : dearer;
    default:
        return dearer;
    }
}

static bool has_index_of(const struct object *table, const char *method)
{
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_INDEX && as_index(child)->method &&
            strcmp(as_index(child)->method, method) == 0)
            return true;
    return false;
}

static bool has_virtual(const struct object *table)
{
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if (child->kind == KIND_COLUMN && my_is_virtual(child))
            return true;
    return false;
}

/* Tables that no column is added to or dropped from at once, nor written anew in place. */
static bool is_special(const struct step_sink *sink, const struct object *table)
{
    const struct text_list *options = &as_table(table)->options;
    const char *format = my_option(options, "row_format");

    if (as_table(table)->partition_strategy || my_is_system_versioned(table) ||
        as_table(table)->periods.count || my_option(options, "key_block_size") ||
        my_option(options, "page_compressed") || my_option(options, "compression") ||
        (format && strcasecmp(format, "compressed") == 0))
        return true;
    return has_index_of(table, "fulltext") || has_index_of(table, "vector") ||
           (is_mariadb(sink) && has_virtual(table));
}

bool my_is_innodb(const struct object *table)
{
    const char *engine = as_table(table)->access_method;

    return !engine || strcasecmp(engine, "InnoDB") == 0;
}

enum my_algorithm my_settled_algorithm(const struct step_sink *sink, const struct object *before,
                                       const struct object *after, enum my_algorithm algorithm)
{
    if (!my_is_innodb(before) || !my_is_innodb(after))
        return MY_UNSURE;
    if ((is_rebuild(algorithm) || algorithm == MY_COMPARED_ANEW) &&
        (is_special(sink, before) || is_special(sink, after)))
        return MY_UNSURE;
    if (algorithm == MY_REBUILD &&
        (has_index_of(before, "spatial") || has_index_of(after, "spatial")))
        return MY_SHARED_REBUILD;
    if (algorithm != MY_INSTANT && as_table(after)->partition_strategy)
        return MY_UNSURE;
    return algorithm;
}

const char *my_algorithm_clause(enum my_algorithm algorithm)
{
    switch (algorithm) {
    case MY_INSTANT:
    case MY_INSTANT_OR_REBUILD:
        return ", ALGORITHM=INSTANT";
    case MY_INPLACE:
    case MY_OPTION:
    case MY_COMPARED_ANEW:
    case MY_REBUILD:
        return ", ALGORITHM=INPLACE, LOCK=NONE";
    case MY_SHARED:
    case MY_SHARED_REBUILD:
        return ", ALGORITHM=INPLACE, LOCK=SHARED";
    default:
        return "";
    }
}
