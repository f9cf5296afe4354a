/* What the planner asks about MySQL and MariaDB: how changes are brought about, what cannot stay while
 * something else changes, and what is part of whose statement. */

#include <string.h>
#include <strings.h>

#include "dialect/rule.h"
#include "model/fields.h"
#include "mysql/write/rules.h"
#include "mysql/write/write.h"

static const struct rule_line rules[] = {
#define RULE RULE_LINE
#include "mysql/write/rules.def"
#undef RULE
};

struct field_rule my_field_rule(enum kind kind, int field)
{
    return rule_find(rules, sizeof(rules) / sizeof(*rules), kind, field);
}

/* --- replacement ----------------------------------------------------------------------------------- */

static bool is_virtual(const struct column *column)
{
    return column->generated && strcmp(column->generated, "virtual") == 0;
}

static bool is_of_period(const struct column *column)
{
    return column->generated && strncmp(column->generated, "row", 3) == 0;
}

/* Values that are computed anew at each reading cannot become stored ones, nor the other way round. Columns of
 * a period are what they are. And between some types the server converts nothing at all. */
static bool column_must_be_replaced(const struct column *before, const struct column *after,
                                    uint64_t changed)
{
    if (fields_has(changed, field_column_generated) &&
        (is_virtual(before) != is_virtual(after) || is_of_period(before) || is_of_period(after)))
        return true;
    return fields_has(changed, field_column_type) && !my_types_convert(before->type, after->type);
}

bool my_must_replace(const struct object *before, const struct object *after, uint64_t changed,
                     int server_version)
{
    (void)server_version;
    switch (before->kind) {
    case KIND_COLUMN:
        return column_must_be_replaced(as_column(before), as_column(after), changed);
    case KIND_FUNCTION:
        return fields_has(changed, field_function_routine);
    default:
        return false;
    }
}

/* --- dependents ------------------------------------------------------------------------------------ */

static bool names_column(const struct text_list *columns, const struct object *column)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcasecmp(columns->items[i], column->name) == 0)
            return true;
    return false;
}

/* A column of either side of a foreign key keeps its type and collation as long as that is there. */
static bool foreign_key_holds(const struct foreign_key *key, const struct object *column)
{
    if (column->parent == key->object.parent && names_column(&key->columns, column))
        return true;
    return key->table && column->parent == key->table &&
           names_column(&key->referenced_columns, column);
}

bool my_must_end_dependent(const struct object *dependent, const struct object *before,
                           const struct object *after, uint64_t changed, int server_version)
{
    if (dependent->kind == KIND_FOREIGN_KEY && before->kind == KIND_COLUMN &&
        !foreign_key_holds(as_foreign_key(dependent), before))
        return false;
    if (rule_replaces(my_field_rule, my_must_replace, before, after, changed, server_version))
        return true;
    switch (before->kind) {
    case KIND_COLUMN:
        return dependent->kind == KIND_FOREIGN_KEY && (fields_has(changed, field_column_type) ||
                                                       fields_has(changed, field_column_collation));
    case KIND_TABLE:
        return dependent->kind == KIND_FOREIGN_KEY &&
               fields_has(changed, field_table_access_method);
    default:
        return false;
    }
}

/* Views and programs only fail when they are used. */
bool my_holds(const struct object *dependent)
{
    switch (dependent->kind) {
    case KIND_VIEW:
    case KIND_TRIGGER:
    case KIND_FUNCTION:
    case KIND_EVENT:
        return false;
    default:
        return true;
    }
}

/* --- one statement for several objects ------------------------------------------------------------- */

/* The object whose own statement says what the mark (a comment, a definer) is. */
static const struct object *marked(const struct object *mark)
{
    const struct object *parent = mark->parent;

    if (!parent)
        return NULL;
    switch (parent->kind) {
    case KIND_TABLE:
    case KIND_SCHEMA:
    case KIND_SEQUENCE:
    case KIND_FUNCTION:
    case KIND_TRIGGER:
    case KIND_EVENT:
    case KIND_VIEW:
        return parent;
    default:
        return my_table_of(parent);
    }
}

const struct object *my_folds_into(const struct object *object)
{
    const struct object *parent = object->parent;

    switch (object->kind) {
    case KIND_COLUMN:
    case KIND_PARTITION:
    case KIND_PRIMARY_KEY:
    case KIND_INDEX:
        return parent->kind == KIND_TABLE ? parent : NULL;
    case KIND_NOT_NULL:
    case KIND_DEFAULT:
    case KIND_CHECK:
        return my_table_of(parent) ? parent : NULL;
    case KIND_COMMENT:
    case KIND_OWNER:
        return marked(object) ? parent : NULL;
    default:
        return NULL;
    }
}

const struct object *my_joins(const struct object *object, enum step_action action)
{
    (void)action;
    switch (object->kind) {
    case KIND_COLUMN:
    case KIND_PARTITION:
    case KIND_PRIMARY_KEY:
    case KIND_INDEX:
    case KIND_NOT_NULL:
    case KIND_DEFAULT:
    case KIND_CHECK:
    case KIND_FOREIGN_KEY:
        return my_table_of(object->parent);
    case KIND_COMMENT:
    case KIND_OWNER:
        return marked(object);
    default:
        return NULL;
    }
}

/* A dropped column takes along only what is its own: the server also cuts it out of keys, and drops those
 * of which nothing is left, but plumb says what becomes of each. */
bool my_ends_with(const struct object *object, const struct object *ancestor)
{
    if (ancestor->kind == KIND_SCHEMA)
        return object->parent == ancestor &&
               (object->kind == KIND_COMMENT || object->kind == KIND_OWNER);
    return object_is_below(object, ancestor);
}

/* --- names ----------------------------------------------------------------------------------------- */

const char *my_slot(struct arena *arena, const struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_SEQUENCE:
        return rule_slot(arena, "relation", object, object->name);
    case KIND_TRIGGER:
        return rule_slot(arena, "trigger", object, object->name);
    case KIND_FOREIGN_KEY:
        return rule_slot(arena, "foreign key", object, object->name);
    case KIND_CHECK:
        return *object->name && object->parent->kind == KIND_TABLE
                   ? rule_slot(arena, "check", object, object->name)
                   : NULL;
    default:
        return NULL;
    }
}
