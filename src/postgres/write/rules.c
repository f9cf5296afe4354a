/* What the planner asks about PostgreSQL: how changes are brought about, what cannot stay while
 * something else changes, and what is part of whose statement. */

#include <string.h>

#include "dialect/rule.h"
#include "postgres/canon/index_fit.h"
#include "model/fields.h"
#include "postgres/facts/extension.h"
#include "postgres/facts/flavor.h"
#include "postgres/types/type_text.h"
#include "postgres/write/rules.h"
#include "postgres/write/write.h"
#include "postgres/write/described.h"

static const struct rule_line rules[] = {
#define RULE RULE_LINE
#include "postgres/write/rules.def"
#undef RULE
};

struct field_rule pg_field_rule(enum kind kind, int field)
{
    return rule_find(rules, sizeof(rules) / sizeof(*rules), kind, field);
}

/* --- replacement ----------------------------------------------------------------------------------- */

/* CREATE OR REPLACE VIEW only appends columns: those that are there keep name, type and place. */
static bool view_must_be_replaced(const struct view *before, const struct view *after)
{
    if (!before->columns.count || before->columns.count > after->columns.count ||
        before->column_types.count != before->columns.count ||
        after->column_types.count != after->columns.count)
        return true;
    for (size_t i = 0; i < before->columns.count; i++)
        if (strcmp(before->columns.items[i], after->columns.items[i]) != 0 ||
            strcmp(before->column_types.items[i], after->column_types.items[i]) != 0 ||
            !*before->column_types.items[i])
            return true;
    return false;
}

static bool is_output(const char *mode)
{
    return strcmp(mode, "out") == 0 || strcmp(mode, "inout") == 0 || strcmp(mode, "table") == 0;
}

/* CREATE OR REPLACE FUNCTION gives names to unnamed input arguments, but changes no name that is
 * there, nothing of the result, and takes no default away. */
static bool function_must_be_replaced(const struct function *before, const struct function *after)
{
    if (!text_list_equal(&before->argument_modes, &after->argument_modes) ||
        !text_list_equal(&before->argument_types, &after->argument_types) ||
        !text_equal(before->returns, after->returns) || before->returns_set != after->returns_set ||
        before->defaults.count > after->defaults.count)
        return true;
    for (size_t i = 0; i < before->argument_names.count && i < after->argument_names.count; i++) {
        const char *old = before->argument_names.items[i];
        const char *new = after->argument_names.items[i];

        if (strcmp(old, new) != 0 && (*old || is_output(before->argument_modes.items[i])))
            return true;
    }
    return false;
}

/* The option that starts with the name, "" when there is none. */
static const char *aggregate_option(const struct aggregate *aggregate, const char *name)
{
    for (size_t i = 0; i < aggregate->options.count; i++)
        if (strncmp(aggregate->options.items[i], name, strlen(name)) == 0)
            return aggregate->options.items[i];
    return "";
}

/* The state type and the final function make the result type, which must stay, as what kind of aggregate it is. */
static bool aggregate_must_be_replaced(const struct aggregate *before,
                                       const struct aggregate *after)
{
    return strcmp(aggregate_option(before, "stype"), aggregate_option(after, "stype")) != 0 ||
           strcmp(aggregate_option(before, "finalfunc ="),
                  aggregate_option(after, "finalfunc =")) != 0 ||
           !*aggregate_option(before, "hypothetical") != !*aggregate_option(after, "hypothetical");
}

static bool column_must_be_replaced(const struct column *before, const struct column *after,
                                    uint64_t changed, int server_version)
{
    if (fields_has(changed, field_column_generated))
        return after->generated || strcmp(before->generated, "virtual") == 0;
    return fields_has(changed, field_column_generation) &&
           !pg_can(server_version, PG_CAN_SET_EXPRESSION);
}

/* A policy's expression can be given another text, but not taken away. */
static bool policy_must_be_replaced(const struct policy *before, const struct policy *after)
{
    return (before->using_expression.written && !after->using_expression.written) ||
           (before->check_expression.written && !after->check_expression.written);
}

/* An index can be attached to a partitioned one, but neither detached nor moved. */
static bool is_moved(const struct object *before, uint64_t changed)
{
    switch (before->kind) {
    case KIND_PRIMARY_KEY:
        return fields_has(changed, field_primary_key_attached_to) &&
               as_primary_key(before)->attached_to;
    case KIND_UNIQUE:
        return fields_has(changed, field_unique_constraint_attached_to) &&
               as_unique_constraint(before)->attached_to;
    case KIND_EXCLUSION:
        return fields_has(changed, field_exclusion_attached_to) &&
               as_exclusion(before)->attached_to;
    default:
        return fields_has(changed, field_index_attached_to) && as_index(before)->attached_to;
    }
}

static bool trigger_must_be_replaced(const struct trigger *before, uint64_t changed)
{
    if (changed == field_bit(field_trigger_enabled))
        return false;
    return before->constraint;
}

bool pg_must_replace(const struct object *before, const struct object *after, uint64_t changed,
                     int server_version)
{
    switch (before->kind) {
    case KIND_EXTENSION:
        return fields_has(changed, field_extension_schema) && !pg_extension_can_move(before->name);
    case KIND_VIEW:
        return fields_has(changed, field_view_query) &&
               view_must_be_replaced(as_view(before), as_view(after));
    case KIND_MATERIALIZED_VIEW:
        return fields_has(changed, field_materialized_view_access_method) &&
               !pg_can(server_version, PG_CAN_SET_ACCESS_METHOD);
    case KIND_FUNCTION:
        return function_must_be_replaced(as_function(before), as_function(after));
    case KIND_AGGREGATE:
        return aggregate_must_be_replaced(as_aggregate(before), as_aggregate(after));
    case KIND_TABLE:
        return fields_has(changed, field_table_access_method) &&
               !pg_can(server_version, PG_CAN_SET_ACCESS_METHOD);
    case KIND_COLUMN:
        return column_must_be_replaced(as_column(before), as_column(after), changed,
                                       server_version);
    case KIND_NOT_NULL:
        return fields_has(changed, field_not_null_not_valid) && as_not_null(after)->not_valid;
    case KIND_DOMAIN_CHECK:
        return as_domain_check(after)->not_valid;
    case KIND_CHECK:
        return fields_has(changed, field_check_constraint_not_valid) &&
               as_check_constraint(after)->not_valid;
    case KIND_FOREIGN_KEY:
        return (fields_has(changed, field_foreign_key_not_valid) &&
                as_foreign_key(after)->not_valid && !as_foreign_key(after)->not_enforced) ||
               (fields_has(changed, field_foreign_key_not_enforced) &&
                !pg_can(server_version, PG_CAN_CONSTRAINT_ENFORCEMENT));
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
    case KIND_INDEX:
        return is_moved(before, changed);
    case KIND_TRIGGER:
        return trigger_must_be_replaced(as_trigger(before), changed);
    case KIND_POLICY:
        return policy_must_be_replaced(as_policy(before), as_policy(after));
    case KIND_UNMODELLED:
        return !write_described_alters(before, after);
    default:
        return false;
    }
}

/* --- dependents ------------------------------------------------------------------------------------ */

/* True when the object needs the type, or a domain of it. */
static bool needs_type(const struct object *object, const struct object *type)
{
    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *needed = object->needs.items[i];

        if (needed == type || (needed->kind == KIND_DOMAIN && needs_type(needed, type)))
            return true;
    }
    return false;
}

static bool class_is(const struct object *object, const char *class_name)
{
    return object->kind == KIND_UNMODELLED &&
           strncmp(object->name, class_name, strlen(class_name)) == 0 &&
           object->name[strlen(class_name)] == ' ';
}

/* What holds on to the type of what it uses: views, rules, policies, routines with a parsed body. */
static bool holds_parsed_text(const struct object *dependent)
{
    switch (dependent->kind) {
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_POLICY:
        return true;
    case KIND_FUNCTION:
        return as_function(dependent)->sql_body.written != NULL;
    case KIND_TRIGGER:
        return as_trigger(dependent)->condition.written || as_trigger(dependent)->columns.count;
    case KIND_COLUMN:
        return as_column(dependent)->generated != NULL;
    default:
        return class_is(dependent, "rule") || class_is(dependent, "publication");
    }
}

/* A foreign key between columns whose types cannot be compared would fail half-way. */
static bool foreign_key_breaks(const struct column *before, const struct column *after)
{
    struct arena *arena = arena_new();
    bool comparable = write_types_comparable(arena, before->type, after->type);

    arena_free(arena);
    return !comparable;
}

/* A default of the column, or of the same one in a table that inherits it, which the server could not
 * convert to the new type. */
static bool default_breaks(const struct object *dependent, const struct column *before,
                           const struct column *after)
{
    const struct object *column = dependent->parent;
    struct arena *arena;
    bool breaks;

    if (column != &before->object &&
        !(as_column(column)->inherited && strcmp(column->name, before->object.name) == 0))
        return false;
    arena = arena_new();
    breaks = write_needs_cast(arena, NULL, before->type, after->type);
    arena_free(arena);
    return breaks;
}

static bool has_expression(const struct expression_list *keys, const struct expression *predicate)
{
    if (predicate->written)
        return true;
    for (size_t i = 0; i < keys->count; i++)
        if (strchr(keys->items[i].written, '('))
            return true;
    return false;
}

/* What the server reads again from its own text when the type changes. That text has the casts in it which the old
 * type asked for, so that a numeric column that becomes an integer one is cast back to numeric in each of them: it
 * is not what the same words mean of the new type, and may be no valid index. Ended and made anew it costs
 * nothing more: the server builds these anew in any case. */
static bool holds_printed_text(const struct object *dependent)
{
    switch (dependent->kind) {
    case KIND_CHECK:
        return true;
    case KIND_INDEX:
        return has_expression(&as_index(dependent)->keys, &as_index(dependent)->predicate);
    case KIND_EXCLUSION:
        return has_expression(&as_exclusion(dependent)->keys, &as_exclusion(dependent)->predicate);
    default:
        return class_is(dependent, "statistics object");
    }
}

/* Another length or precision changes nothing in how names and operators are found. */
static bool is_other_type(const struct column *before, const struct column *after)
{
    struct type_text x, y;
    struct arena *arena;
    bool other;

    if (!before->type || !after->type)
        return false;
    arena = arena_new();
    x = type_text_split(arena, before->type);
    y = type_text_split(arena, after->type);
    other = x.array != y.array || strcmp(x.base, y.base) != 0;
    arena_free(arena);
    return other;
}

static bool column_ends(const struct object *dependent, const struct object *before,
                        const struct object *after, uint64_t changed)
{
    const struct column *old = as_column(before);
    const struct column *new = as_column(after);

    if (fields_has(changed, field_column_generation) || fields_has(changed, field_column_generated))
        return false;
    if (!fields_has(changed, field_column_type) && !fields_has(changed, field_column_collation))
        return false;
    if (dependent->kind == KIND_FOREIGN_KEY)
        return old->type && new->type &&foreign_key_breaks(old, new);
    if (dependent->kind == KIND_DEFAULT)
        return old->type && new->type &&default_breaks(dependent, old, new);
    if (holds_printed_text(dependent))
        return object_needs(dependent, before) && is_other_type(old, new);
    return holds_parsed_text(dependent);
}

/* The type is built anew under its name: columns are carried over, the rest is made again. */
static bool rebuilt_type_ends(const struct object *dependent, const struct object *before)
{
    switch (dependent->kind) {
    case KIND_COLUMN:
        return as_column(dependent)->generated != NULL;
    case KIND_EXTENSION:
    case KIND_DOMAIN:
    case KIND_ATTRIBUTE:
    case KIND_DOMAIN_CHECK:
    case KIND_COMPOSITE:
    case KIND_TABLE:
    case KIND_OWNER:
    case KIND_PRIVILEGE:
    case KIND_COMMENT:
    case KIND_NOT_NULL:
    case KIND_IDENTITY:
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_FOREIGN_KEY:
    case KIND_SEQUENCE:
    case KIND_OWNED_BY:
    case KIND_ATTACHMENT:
        return false;
    case KIND_CHECK:
    case KIND_EXCLUSION:
    case KIND_INDEX:
        /* Plain columns follow by themselves; expressions speak of the old type. */
        return needs_type(dependent, before);
    case KIND_TRIGGER:
        return holds_parsed_text(dependent);
    case KIND_FUNCTION:
        return needs_type(dependent, before) || holds_parsed_text(dependent);
    default:
        return true;
    }
}

bool pg_must_end_dependent(const struct object *dependent, const struct object *before,
                           const struct object *after, uint64_t changed, int server_version)
{
    if (rule_replaces(pg_field_rule, pg_must_replace, before, after, changed, server_version))
        return true;
    switch (before->kind) {
    case KIND_COLUMN:
        return column_ends(dependent, before, after, changed);
    case KIND_ATTRIBUTE:
        return as_composite(before->parent)->in_columns
                   ? rebuilt_type_ends(dependent, before->parent)
                   : holds_parsed_text(dependent);
    case KIND_ENUM:
        return write_enum_is_rebuilt(before, after) && rebuilt_type_ends(dependent, before);
    case KIND_DOMAIN:
        return (fields_has(changed, field_domain_type) ||
                fields_has(changed, field_domain_collation)) &&
               rebuilt_type_ends(dependent, before);
    default:
        return false;
    }
}

bool pg_is_whole(const struct object *part)
{
    return part->kind == KIND_ATTRIBUTE;
}

/* --- one statement for several objects ------------------------------------------------------------- */

/* True when the object is given by the server to a partition, for something of the parent's. */
static bool is_own_attached(const struct object *object)
{
    return !object->implied && pg_index_parent(object);
}

/* CREATE TABLE ... PARTITION OF gives all columns and indexes of the partitioned table: a partition
 * that brings any of its own is made alone and attached. */
static bool is_plain_partition(const struct object *table)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

    for (size_t i = 0; attachment && i < attachment->needs.count; i++)
        if (((const struct object *)attachment->needs.items[i])->parent == table)
            return false; /* an index that is made before it is attached */
    if (as_table(table)->of_type || as_table(table)->inherits.count)
        return false;
    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        if ((child->kind == KIND_COLUMN && !as_column(child)->inherited) || is_own_attached(child))
            return false;
    return true;
}

static bool check_folds(const struct check_constraint *check)
{
    return !check->not_valid || check->inherited;
}

/* CREATE TABLE would make NOT NULL constraints of the partition's own for the key, where those that it inherits do. */
static bool declares_not_null(const struct object *key)
{
    const struct object *table = key->parent;
    const struct text_list *columns = &as_primary_key(key)->columns;

    if (!object_child(table, KIND_ATTACHMENT, "") || !is_plain_partition(table))
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        const struct object *column = object_child(table, KIND_COLUMN, columns->items[i]);

        if (column && as_column(column)->inherited && !object_child(column, KIND_NOT_NULL, ""))
            return true;
    }
    return false;
}

static bool same_texts(const struct expression_list *a, const struct expression_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_equal(a->items[i].written, b->items[i].written))
            return false;
    return true;
}

static bool same_key(const struct object *a, const struct object *b)
{
    const struct unique_constraint *unique;

    if (a->kind == KIND_EXCLUSION)
        return b->kind == KIND_EXCLUSION &&
               same_texts(&as_exclusion(a)->keys, &as_exclusion(b)->keys);
    unique = as_unique_constraint(a);
    switch (b->kind) {
    case KIND_PRIMARY_KEY:
        return text_list_equal(&unique->columns, &as_primary_key(b)->columns);
    case KIND_UNIQUE:
        return text_list_equal(&unique->columns, &as_unique_constraint(b)->columns);
    default:
        return false;
    }
}

/* Of equal keys and exclusions within one CREATE TABLE the server makes the first alone: the others have statements of
 * their own. */
static bool repeats(const struct object *key)
{
    for (const struct object *other = key->parent->first_child; other; other = other->next_sibling)
        if (other != key && same_key(key, other) &&
            (other->kind == KIND_PRIMARY_KEY || strcmp(other->name, key->name) < 0))
            return true;
    return false;
}

const struct object *pg_folds_into(const struct object *object)
{
    const struct object *parent = object->parent;

    switch (object->kind) {
    case KIND_COLUMN:
        return parent->kind == KIND_TABLE ? parent : NULL;
    case KIND_SEQUENCE:
        return pg_serial_column(object);
    case KIND_OWNED_BY:
        return pg_serial_column(parent);
    case KIND_OWNER:
        return parent->kind == KIND_SEQUENCE ? pg_serial_column(parent) : NULL;
    case KIND_DEFAULT:
    case KIND_IDENTITY:
        return parent->parent->kind == KIND_TABLE ? parent : NULL;
    case KIND_NOT_NULL:
        return as_not_null(object)->not_valid ? NULL : parent;
    case KIND_CHECK:
        return check_folds(as_check_constraint(object)) ? parent : NULL;
    case KIND_PRIMARY_KEY:
        return declares_not_null(object) ? NULL : parent;
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
        return repeats(object) ? NULL : parent;
    case KIND_ATTRIBUTE:
        return parent;
    case KIND_DOMAIN_CHECK:
        return as_domain_check(object)->not_valid ? NULL : parent;
    case KIND_ATTACHMENT:
        return is_plain_partition(parent) ? parent : NULL;
    default:
        return NULL;
    }
}

int64_t pg_place(const struct object *object)
{
    if (object->kind == KIND_COLUMN)
        return as_column(object)->position;
    return object->kind == KIND_ATTRIBUTE ? as_attribute(object)->position : 0;
}

static bool lists_column(const struct text_list *columns, const struct object *column)
{
    return text_list_contains(columns, column->name);
}

/* True for an index or constraint of the column's table that has the column. */
static bool uses_column(const struct object *object, const struct object *column)
{
    if (object->parent != column->parent)
        return false;
    switch (object->kind) {
    case KIND_PRIMARY_KEY:
        return lists_column(&as_primary_key(object)->columns, column) ||
               lists_column(&as_primary_key(object)->include, column);
    case KIND_UNIQUE:
        return lists_column(&as_unique_constraint(object)->columns, column) ||
               lists_column(&as_unique_constraint(object)->include, column);
    case KIND_FOREIGN_KEY:
        return lists_column(&as_foreign_key(object)->columns, column);
    case KIND_INDEX:
        return object_needs(object, column) || lists_column(&as_index(object)->include, column);
    case KIND_CHECK:
        return object_needs(object, column);
    default:
        return false;
    }
}

/* A sequence goes with the column that owns it, or with that one's table. */
static bool is_owned(const struct object *object, const struct object *ancestor)
{
    const struct object *sequence = object_ancestor(object, KIND_SEQUENCE);
    const struct object *owned_by = sequence ? object_child(sequence, KIND_OWNED_BY, "") : NULL;

    return owned_by && object != owned_by && as_owned_by(owned_by)->column &&
           object_is_below(as_owned_by(owned_by)->column, ancestor);
}

/* True for what stands under that of the partitioned table, also by copies in between. */
static bool is_attached_to(const struct object *object, const struct object *ancestor)
{
    for (object = write_attached_to(object); object; object = write_attached_to(object))
        if (object == ancestor)
            return true;
    return false;
}

/* A column that a table has from another goes with that one's. */
static bool is_heir(const struct object *object, const struct object *ancestor)
{
    return object->kind == KIND_COLUMN && as_column(object)->inherited && object != ancestor &&
           strcmp(object->name, ancestor->name) == 0;
}

/* What is no object of its own in a schema, but a mark on it. */
static bool is_mark(const struct object *object)
{
    return object->kind == KIND_COMMENT || object->kind == KIND_OWNER ||
           object->kind == KIND_PRIVILEGE;
}

bool pg_ends_with(const struct object *object, const struct object *ancestor)
{
    switch (ancestor->kind) {
    case KIND_SCHEMA:
        if (object->kind == KIND_DEFAULT_PRIVILEGE)
            return text_equal(as_default_privilege(object)->schema, ancestor->name);
        return is_mark(object) && object->parent == ancestor;
    case KIND_TABLE:
        return object_is_below(object, ancestor) || is_owned(object, ancestor);
    case KIND_COLUMN:
        return object_is_below(object, ancestor) || uses_column(object, ancestor) ||
               is_owned(object, ancestor) || is_heir(object, ancestor);
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
    case KIND_INDEX:
    case KIND_FOREIGN_KEY:
        return object_is_below(object, ancestor) || is_attached_to(object, ancestor) ||
               (object->kind == KIND_CLUSTER && as_cluster(object)->index == ancestor);
    default:
        return object_is_below(object, ancestor);
    }
}

bool pg_only_ends(const struct object *object)
{
    return write_attached_to(object) != NULL;
}

/* --- names ----------------------------------------------------------------------------------------- */

const char *pg_slot(struct arena *arena, const struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_MATERIALIZED_VIEW:
    case KIND_SEQUENCE:
    case KIND_INDEX:
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_EXCLUSION:
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_COMPOSITE:
    case KIND_RANGE:
        return rule_slot(arena, "relation", object, object->name);
    case KIND_CHECK:
    case KIND_FOREIGN_KEY:
        return rule_slot(arena, "constraint", object,
                         arena_printf(arena, "%s/%s", object->parent->name, object->name));
    case KIND_FUNCTION:
    case KIND_AGGREGATE:
        return rule_slot(arena, "routine", object,
                         arena_printf(arena, "%s(%s)", object->name,
                                      object->signature ? object->signature : ""));
    case KIND_DEFAULT:
    case KIND_IDENTITY:
        return rule_slot(
            arena, "value", object,
            arena_printf(arena, "%s/%s", object->parent->parent->name, object->parent->name));
    default:
        return NULL;
    }
}
