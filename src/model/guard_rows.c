/* The tables of information_schema as rows over a model's objects. */
#include <string.h>
#include <strings.h>

#include "model/guard.h"

/* --- columns --------------------------------------------------------------------------------- */

static const struct object *schema_of(const struct object *object)
{
    return object_ancestor(object, KIND_SCHEMA);
}

/* The table, view, type, ... that stands directly in the schema. */
static const struct object *top_of(const struct object *object)
{
    while (object->parent && object->parent->kind != KIND_SCHEMA)
        object = object->parent;
    return object;
}

struct guard_value guard_row_name(const struct guard_row *row)
{
    const struct object *object = row->object;

    if (object->kind == KIND_SCHEMA && !*object->name)
        return (struct guard_value){.kind = GUARD_OWN, .text = ""};
    /* MySQL calls every primary key so; a constraint of a column has the server's name. */
    if (object->kind == KIND_PRIMARY_KEY && !*object->name)
        return guard_text("PRIMARY");
    return *object->name ? guard_text(object->name) : guard_unknown();
}

struct guard_value guard_row_id(const struct guard_row *row)
{
    return guard_id(row->object->key);
}

struct guard_value guard_row_schema(const struct guard_row *row)
{
    const struct object *schema = schema_of(row->object);

    return schema ? guard_row_name(&(struct guard_row){.object = schema}) : guard_null();
}

struct guard_value guard_row_schema_id(const struct guard_row *row)
{
    const struct object *schema = schema_of(row->object);

    return guard_id(schema ? schema->key : NULL);
}

struct guard_value guard_row_parent(const struct guard_row *row)
{
    return guard_text(top_of(row->object)->name);
}

struct guard_value guard_row_parent_id(const struct guard_row *row)
{
    return guard_id(top_of(row->object)->key);
}

struct guard_value guard_row_system(const struct guard_row *row)
{
    (void)row;
    return guard_text("pg_catalog");
}

struct guard_value guard_row_standard(const struct guard_row *row)
{
    (void)row;
    return guard_text("information_schema");
}

struct guard_value guard_row_system_id(const struct guard_row *row)
{
    (void)row;
    return guard_id("of the server's own");
}

static struct guard_value catalog(const struct guard_row *row)
{
    (void)row;
    return (struct guard_value){.kind = GUARD_OWN, .text = ""};
}

static struct guard_value table_type(const struct guard_row *row)
{
    if (row->object->kind == KIND_VIEW)
        return guard_text("VIEW");
    return guard_text(as_table(row->object)->server ? "FOREIGN" : "BASE TABLE");
}

static struct guard_value is_nullable(const struct guard_row *row)
{
    return guard_text(object_child(row->object, KIND_NOT_NULL, "") ? "NO" : "YES");
}

static struct guard_value is_identity(const struct guard_row *row)
{
    return guard_text(object_child(row->object, KIND_IDENTITY, "") ? "YES" : "NO");
}

static struct guard_value column_default(const struct guard_row *row)
{
    return object_child(row->object, KIND_DEFAULT, "") ? guard_unknown() : guard_null();
}

static struct guard_value constraint_type(const struct guard_row *row)
{
    switch (row->object->kind) {
    case KIND_PRIMARY_KEY:
        return guard_text("PRIMARY KEY");
    case KIND_UNIQUE:
    case KIND_INDEX:
        return guard_text("UNIQUE");
    case KIND_FOREIGN_KEY:
        return guard_text("FOREIGN KEY");
    default:
        return guard_text("CHECK");
    }
}

/* The server makes NOT NULL such a constraint too. */
static struct guard_value word_check(const struct guard_row *row)
{
    (void)row;
    return guard_text("CHECK");
}

static struct guard_value routine_type(const struct guard_row *row)
{
    const char *routine =
        row->object->kind == KIND_FUNCTION ? as_function(row->object)->routine : NULL;

    return guard_text(routine && strcmp(routine, "procedure") == 0 ? "PROCEDURE" : "FUNCTION");
}

static const struct text_list *columns_of(const struct object *object)
{
    switch (object->kind) {
    case KIND_PRIMARY_KEY:
        return &as_primary_key(object)->columns;
    case KIND_UNIQUE:
        return &as_unique_constraint(object)->columns;
    case KIND_FOREIGN_KEY:
        return &as_foreign_key(object)->columns;
    default:
        return NULL;
    }
}

static struct guard_value key_column(const struct guard_row *row)
{
    const struct text_list *columns = columns_of(row->object);

    if (columns)
        return guard_text(columns->items[row->part]);
    return guard_unknown();
}

static struct guard_value referenced_table(const struct guard_row *row)
{
    const struct object *table =
        row->object->kind == KIND_FOREIGN_KEY ? as_foreign_key(row->object)->table : NULL;

    if (row->object->kind != KIND_FOREIGN_KEY)
        return guard_null();
    return table ? guard_text(table->name) : guard_unknown();
}

static struct guard_value referenced_column(const struct guard_row *row)
{
    const struct text_list *columns;

    if (row->object->kind != KIND_FOREIGN_KEY)
        return guard_null();
    columns = &as_foreign_key(row->object)->referenced_columns;
    return row->part < columns->count ? guard_text(columns->items[row->part]) : guard_unknown();
}

/* --- which objects --------------------------------------------------------------------------- */

bool guard_has_columns(const struct object *object)
{
    return object->kind == KIND_TABLE || object->kind == KIND_VIEW;
}

bool guard_is_constraint(const struct object *object)
{
    switch (object->kind) {
    case KIND_PRIMARY_KEY:
    case KIND_UNIQUE:
    case KIND_FOREIGN_KEY:
    case KIND_CHECK:
        return true;
    case KIND_INDEX: /* MySQL's unique keys are constraints too */
        return as_index(object)->unique && as_table(object->parent)->collation;
    default:
        return false;
    }
}

static bool is_key(const struct object *object)
{
    return guard_is_constraint(object) && object->kind != KIND_CHECK;
}

static bool is_index(const struct object *object)
{
    return object->kind == KIND_INDEX || object->kind == KIND_PRIMARY_KEY ||
           object->kind == KIND_UNIQUE;
}

#define IS(function, kind_)                                                                        \
    static bool function(const struct object *object)                                              \
    {                                                                                              \
        return object->kind == KIND_##kind_;                                                       \
    }
IS(is_schema, SCHEMA)
IS(is_column, COLUMN)
IS(is_view, VIEW)
IS(is_check, CHECK)
IS(is_foreign_key, FOREIGN_KEY)
IS(is_trigger, TRIGGER)
IS(is_event, EVENT)
IS(is_sequence, SEQUENCE)
IS(is_domain, DOMAIN)
IS(is_partition, PARTITION)
#undef IS

static bool is_routine(const struct object *object)
{
    return object->kind == KIND_FUNCTION || object->kind == KIND_AGGREGATE;
}

static size_t key_parts(const struct object *object)
{
    const struct text_list *columns = columns_of(object);

    return columns ? columns->count : 1;
}

/* --- tables ---------------------------------------------------------------------------------- */

static const struct guard_gap no_gaps[] = {{NULL, NULL}};

static const struct guard_table tables[] = {
    {"schemata", is_schema, NULL, GUARD_COLUMNS({"schema_name", guard_row_name}),
     GUARD_GAPS(GUARD_SYSTEM("schema_name"))},
    {"tables", guard_has_columns, NULL,
     GUARD_COLUMNS({"table_catalog", catalog}, {"table_schema", guard_row_schema},
                   {"table_name", guard_row_name}, {"table_type", table_type}),
     GUARD_GAPS(GUARD_SYSTEM("table_schema"))},
    {"columns", is_column, NULL,
     GUARD_COLUMNS({"table_catalog", catalog}, {"table_schema", guard_row_schema},
                   {"table_name", guard_row_parent}, {"column_name", guard_row_name},
                   {"is_nullable", is_nullable}, {"is_identity", is_identity},
                   {"column_default", column_default}),
     GUARD_GAPS(GUARD_SYSTEM("table_schema"),
                {is_view, GUARD_COLUMNS({"table_schema", guard_row_schema},
                                        {"table_name", guard_row_name})})},
    {"views", is_view, NULL,
     GUARD_COLUMNS({"table_schema", guard_row_schema}, {"table_name", guard_row_name}),
     GUARD_GAPS(GUARD_SYSTEM("table_schema"))},
    {"table_constraints", guard_is_constraint, NULL,
     GUARD_COLUMNS({"constraint_schema", guard_row_schema}, {"table_schema", guard_row_schema},
                   {"table_name", guard_row_parent}, {"constraint_name", guard_row_name},
                   {"constraint_type", constraint_type}),
     GUARD_GAPS(GUARD_SYSTEM("table_schema"),
                {NULL, GUARD_COLUMNS({"constraint_type", word_check})})},
    {"check_constraints", is_check, NULL,
     GUARD_COLUMNS({"constraint_schema", guard_row_schema}, {"constraint_name", guard_row_name},
                   {"table_name", guard_row_parent}),
     NULL},
    {"referential_constraints", is_foreign_key, NULL,
     GUARD_COLUMNS({"constraint_schema", guard_row_schema}, {"constraint_name", guard_row_name},
                   {"table_name", guard_row_parent}, {"referenced_table_name", referenced_table}),
     NULL},
    {"key_column_usage", is_key, key_parts,
     GUARD_COLUMNS({"constraint_schema", guard_row_schema}, {"constraint_name", guard_row_name},
                   {"table_schema", guard_row_schema}, {"table_name", guard_row_parent},
                   {"column_name", key_column}, {"referenced_table_name", referenced_table},
                   {"referenced_column_name", referenced_column}),
     NULL},
    {"statistics", is_index, key_parts,
     GUARD_COLUMNS({"table_schema", guard_row_schema}, {"index_schema", guard_row_schema},
                   {"table_name", guard_row_parent}, {"index_name", guard_row_name},
                   {"column_name", key_column}),
     NULL},
    {"triggers", is_trigger, NULL,
     GUARD_COLUMNS({"trigger_schema", guard_row_schema}, {"trigger_name", guard_row_name},
                   {"event_object_schema", guard_row_schema},
                   {"event_object_table", guard_row_parent}),
     NULL},
    {"routines", is_routine, NULL,
     GUARD_COLUMNS({"routine_schema", guard_row_schema}, {"routine_name", guard_row_name},
                   {"specific_schema", guard_row_schema}, {"routine_type", routine_type}),
     GUARD_GAPS(GUARD_SYSTEM("routine_schema"))},
    {"events", is_event, NULL,
     GUARD_COLUMNS({"event_schema", guard_row_schema}, {"event_name", guard_row_name}), NULL},
    {"sequences", is_sequence, NULL,
     GUARD_COLUMNS({"sequence_schema", guard_row_schema}, {"sequence_name", guard_row_name}),
     no_gaps},
    {"domains", is_domain, NULL,
     GUARD_COLUMNS({"domain_schema", guard_row_schema}, {"domain_name", guard_row_name}),
     GUARD_GAPS(GUARD_SYSTEM("domain_schema"))},
    {"partitions", is_partition, NULL,
     GUARD_COLUMNS({"table_schema", guard_row_schema}, {"table_name", guard_row_parent},
                   {"partition_name", guard_row_name}),
     NULL},
    {NULL, NULL, NULL, NULL, NULL}};

const struct guard_table *guard_find_table(const struct guard_table *list, const char *name)
{
    for (; list->name; list++)
        if (strcasecmp(list->name, name) == 0)
            return list;
    return NULL;
}

const struct guard_table *guard_information_schema(const char *name)
{
    return guard_find_table(tables, name);
}

struct guard_value guard_column_value(const struct guard_table *table, const struct guard_row *row,
                                      const char *column)
{
    for (const struct guard_column *known = row->gap ? row->gap->columns : table->columns;
         known->name; known++)
        if (strcasecmp(known->name, column) == 0)
            return known->value(row);
    return guard_unknown();
}
