/* The server's own catalogs as rows over the model's objects: those columns that a guard asks for. */
#include <string.h>

#include "postgres/facts/builtin.h"
#include "postgres/interpret/guard.h"

/* --- columns ------------------------------------------------------------------------------------- */

static struct guard_value yes(const struct guard_row *row)
{
    (void)row;
    return guard_truth(true);
}

static struct guard_value no(const struct guard_row *row)
{
    (void)row;
    return guard_truth(false);
}

static struct guard_value relation_kind(const struct guard_row *row)
{
    switch (row->object->kind) {
    case KIND_TABLE:
        if (as_table(row->object)->server)
            return guard_text("f");
        return guard_text(as_table(row->object)->partition_strategy ? "p" : "r");
    case KIND_VIEW:
        return guard_text("v");
    case KIND_MATERIALIZED_VIEW:
        return guard_text("m");
    case KIND_SEQUENCE:
        return guard_text("S");
    case KIND_COMPOSITE:
        return guard_text("c");
    default: {
        const struct object *table = row->object->parent;
        bool partitioned =
            table && table->kind == KIND_TABLE && as_table(table)->partition_strategy;

        return guard_text(partitioned ? "I" : "i");
    }
    }
}

static struct guard_value type_kind(const struct guard_row *row)
{
    switch (row->object->kind) {
    case KIND_ENUM:
        return guard_text("e");
    case KIND_DOMAIN:
        return guard_text("d");
    case KIND_RANGE:
        return guard_text("r");
    default:
        return guard_text("c");
    }
}

static struct guard_value constraint_kind(const struct guard_row *row)
{
    switch (row->object->kind) {
    case KIND_PRIMARY_KEY:
        return guard_text("p");
    case KIND_UNIQUE:
        return guard_text("u");
    case KIND_FOREIGN_KEY:
        return guard_text("f");
    case KIND_EXCLUSION:
        return guard_text("x");
    default:
        return guard_text("c");
    }
}

static struct guard_value constraint_table(const struct guard_row *row)
{
    return row->object->kind == KIND_DOMAIN_CHECK ? guard_text("0") : guard_row_parent_id(row);
}

static struct guard_value constraint_domain(const struct guard_row *row)
{
    return row->object->kind == KIND_DOMAIN_CHECK ? guard_row_parent_id(row) : guard_text("0");
}

static struct guard_value referenced_id(const struct guard_row *row)
{
    if (row->object->kind != KIND_FOREIGN_KEY)
        return guard_text("0");
    return as_foreign_key(row->object)->table ? guard_id(as_foreign_key(row->object)->table->key)
                                              : guard_unknown();
}

static struct guard_value routine_kind(const struct guard_row *row)
{
    const char *routine;

    if (row->object->kind == KIND_AGGREGATE)
        return guard_text("a");
    routine = as_function(row->object)->routine;
    return guard_text(routine && strcmp(routine, "procedure") == 0 ? "p"
                      : routine && strcmp(routine, "window") == 0  ? "w"
                                                                   : "f");
}

static struct guard_value is_not_null(const struct guard_row *row)
{
    return guard_truth(object_child(row->object, KIND_NOT_NULL, ""));
}

static struct guard_value has_default(const struct guard_row *row)
{
    return guard_truth(object_child(row->object, KIND_DEFAULT, "") ||
                       as_column(row->object)->generated);
}

static struct guard_value row_security(const struct guard_row *row)
{
    const struct object *security =
        row->object->kind == KIND_TABLE ? object_child(row->object, KIND_ROW_SECURITY, "") : NULL;

    return guard_truth(security && as_row_security(security)->enabled);
}

static struct guard_value is_partition(const struct guard_row *row)
{
    return guard_truth(row->object->kind == KIND_TABLE &&
                       object_child(row->object, KIND_ATTACHMENT, ""));
}

static struct guard_value label(const struct guard_row *row)
{
    return guard_text(as_enumeration(row->object)->labels.items[row->part]);
}

static size_t label_count(const struct object *object)
{
    return as_enumeration(object)->labels.count;
}

/* "publication p": the name behind the class, where it is a plain one. */
static struct guard_value described_name(const struct guard_row *row)
{
    size_t class_length = strlen(as_unmodelled(row->object)->object_class);
    const char *name = row->object->name + class_length + 1;

    return strpbrk(name, "\".( ") ? guard_unknown() : guard_text(name);
}

/* Each database has it. */
static struct guard_value word_plpgsql(const struct guard_row *row)
{
    (void)row;
    return guard_text("plpgsql");
}

#define LETTER(function, letter)                                                                   \
    static struct guard_value function(const struct guard_row *row)                                \
    {                                                                                              \
        (void)row;                                                                                 \
        return guard_text(letter);                                                                 \
    }
LETTER(letter_b, "b")
LETTER(letter_m, "m")
LETTER(letter_n, "n")
LETTER(letter_s, "S")
LETTER(letter_t, "t")
#undef LETTER

/* --- which objects ------------------------------------------------------------------------------- */

static bool is_index(const struct object *object)
{
    return object->kind == KIND_INDEX || object->kind == KIND_PRIMARY_KEY ||
           object->kind == KIND_UNIQUE || object->kind == KIND_EXCLUSION;
}

static bool is_relation(const struct object *object)
{
    return guard_has_columns(object) || object->kind == KIND_MATERIALIZED_VIEW ||
           object->kind == KIND_SEQUENCE || object->kind == KIND_COMPOSITE || is_index(object);
}

static bool is_type(const struct object *object)
{
    return object->kind == KIND_ENUM || object->kind == KIND_DOMAIN ||
           object->kind == KIND_COMPOSITE || object->kind == KIND_RANGE ||
           guard_has_columns(object) || object->kind == KIND_MATERIALIZED_VIEW;
}

static bool is_constraint(const struct object *object)
{
    return guard_is_constraint(object) || object->kind == KIND_EXCLUSION ||
           object->kind == KIND_DOMAIN_CHECK;
}

static bool is_routine(const struct object *object)
{
    return object->kind == KIND_FUNCTION || object->kind == KIND_AGGREGATE;
}

#define IS(function, kind_)                                                                        \
    static bool function(const struct object *object)                                              \
    {                                                                                              \
        return object->kind == KIND_##kind_;                                                       \
    }
IS(is_schema, SCHEMA)
IS(is_extension, EXTENSION)
IS(is_enum, ENUM)
IS(is_column, COLUMN)
IS(is_table, TABLE)
IS(is_view, VIEW)
IS(is_materialized_view, MATERIALIZED_VIEW)
IS(is_sequence, SEQUENCE)
IS(is_identity, IDENTITY)
IS(is_not_null_constraint, NOT_NULL)
IS(is_trigger, TRIGGER)
IS(is_policy, POLICY)
#undef IS

#define DESCRIBED(function, class_name)                                                            \
    static bool function(const struct object *object)                                              \
    {                                                                                              \
        return object->kind == KIND_UNMODELLED &&                                                  \
               strcmp(as_unmodelled(object)->object_class, class_name) == 0;                       \
    }
DESCRIBED(is_publication, "publication")
DESCRIBED(is_event_trigger, "event trigger")
DESCRIBED(is_server, "server")
DESCRIBED(is_wrapper, "foreign-data wrapper")
DESCRIBED(is_subscription, "subscription")
#undef DESCRIBED

/* --- tables -------------------------------------------------------------------------------------- */

static const struct guard_gap no_gaps[] = {{NULL, NULL}};

static const struct guard_table tables[] = {
    {"pg_namespace", is_schema, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"nspname", guard_row_name}),
     GUARD_GAPS(GUARD_SYSTEM("nspname"))},
    {"pg_extension", is_extension, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"extname", guard_row_name}),
     GUARD_GAPS({NULL, GUARD_COLUMNS({"extname", word_plpgsql})})},
    {"pg_type", is_type, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"typname", guard_row_name},
                   {"typnamespace", guard_row_schema_id}, {"typtype", type_kind},
                   {"typisdefined", yes}),
     GUARD_GAPS(GUARD_SYSTEM_ID("typnamespace"), {NULL, GUARD_COLUMNS({"typtype", letter_b})},
                {NULL, GUARD_COLUMNS({"typtype", letter_m})})},
    {"pg_enum", is_enum, label_count,
     GUARD_COLUMNS({"enumtypid", guard_row_id}, {"enumlabel", label}), no_gaps},
    {"pg_class", is_relation, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"relname", guard_row_name},
                   {"relnamespace", guard_row_schema_id}, {"relkind", relation_kind},
                   {"relrowsecurity", row_security}, {"relispartition", is_partition}),
     GUARD_GAPS(GUARD_SYSTEM_ID("relnamespace"), {NULL, GUARD_COLUMNS({"relkind", letter_t})},
                {is_identity,
                 GUARD_COLUMNS({"relkind", letter_s}, {"relnamespace", guard_row_schema_id})})},
    {"pg_attribute", is_column, NULL,
     GUARD_COLUMNS({"attrelid", guard_row_parent_id}, {"attname", guard_row_name},
                   {"attisdropped", no}, {"attnotnull", is_not_null}, {"atthasdef", has_default}),
     NULL},
    {"pg_constraint", is_constraint, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"conname", guard_row_name},
                   {"connamespace", guard_row_schema_id}, {"conrelid", constraint_table},
                   {"contypid", constraint_domain}, {"contype", constraint_kind},
                   {"confrelid", referenced_id}),
     GUARD_GAPS(
         {NULL,
          GUARD_COLUMNS({"connamespace", guard_row_system_id}, {"conrelid", guard_row_system_id})},
         {is_not_null_constraint,
          GUARD_COLUMNS({"contype", letter_n}, {"conrelid", guard_row_parent_id},
                        {"connamespace", guard_row_schema_id})},
         {is_trigger, GUARD_COLUMNS({"contype", letter_t}, {"conrelid", guard_row_parent_id})})},
    {"pg_index", is_index, NULL,
     GUARD_COLUMNS({"indexrelid", guard_row_id}, {"indrelid", guard_row_parent_id}), NULL},
    {"pg_proc", is_routine, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"proname", guard_row_name},
                   {"pronamespace", guard_row_schema_id}, {"prokind", routine_kind}),
     GUARD_GAPS(GUARD_SYSTEM_ID("pronamespace"))},
    {"pg_trigger", is_trigger, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"tgname", guard_row_name},
                   {"tgrelid", guard_row_parent_id}, {"tgisinternal", no}),
     GUARD_GAPS({NULL, GUARD_COLUMNS({"tgisinternal", yes})})},
    {"pg_policy", is_policy, NULL,
     GUARD_COLUMNS({"oid", guard_row_id}, {"polname", guard_row_name},
                   {"polrelid", guard_row_parent_id}),
     no_gaps},
    {"pg_policies", is_policy, NULL,
     GUARD_COLUMNS({"schemaname", guard_row_schema}, {"tablename", guard_row_parent},
                   {"policyname", guard_row_name}),
     no_gaps},
    {"pg_tables", is_table, NULL,
     GUARD_COLUMNS({"schemaname", guard_row_schema}, {"tablename", guard_row_name},
                   {"rowsecurity", row_security}),
     GUARD_GAPS(GUARD_SYSTEM("schemaname"))},
    {"pg_views", is_view, NULL,
     GUARD_COLUMNS({"schemaname", guard_row_schema}, {"viewname", guard_row_name}),
     GUARD_GAPS(GUARD_SYSTEM("schemaname"))},
    {"pg_matviews", is_materialized_view, NULL,
     GUARD_COLUMNS({"schemaname", guard_row_schema}, {"matviewname", guard_row_name}), no_gaps},
    {"pg_indexes", is_index, NULL,
     GUARD_COLUMNS({"schemaname", guard_row_schema}, {"tablename", guard_row_parent},
                   {"indexname", guard_row_name}),
     GUARD_GAPS(GUARD_SYSTEM("schemaname"))},
    {"pg_sequences", is_sequence, NULL,
     GUARD_COLUMNS({"schemaname", guard_row_schema}, {"sequencename", guard_row_name}),
     GUARD_GAPS({is_identity, GUARD_COLUMNS({"schemaname", guard_row_schema})})},
    {"pg_publication", is_publication, NULL, GUARD_COLUMNS({"pubname", described_name}), no_gaps},
    {"pg_event_trigger", is_event_trigger, NULL, GUARD_COLUMNS({"evtname", described_name}),
     no_gaps},
    {"pg_foreign_server", is_server, NULL, GUARD_COLUMNS({"srvname", described_name}), no_gaps},
    {"pg_foreign_data_wrapper", is_wrapper, NULL, GUARD_COLUMNS({"fdwname", described_name}),
     no_gaps},
    {"pg_subscription", is_subscription, NULL, GUARD_COLUMNS({"subname", described_name}), no_gaps},
    {NULL, NULL, NULL, NULL, NULL}};

const struct guard_table *guard_catalog(const char *schema, const char *name)
{
    if (schema && strcmp(schema, "information_schema") == 0)
        return guard_information_schema(name);
    if (schema && strcmp(schema, "pg_catalog") != 0)
        return NULL;
    return guard_find_table(tables, name);
}

bool guard_is_builtin_function(const char *name)
{
    for (int i = 0; i < builtin_function_count; i++)
        if (strcmp(builtin_functions[i].name, name) == 0)
            return true;
    return false;
}

bool guard_is_builtin_name(const struct guard_table *table, const char *name)
{
    if (strcmp(table->name, "pg_namespace") == 0 || strcmp(table->name, "schemata") == 0)
        return strcmp(name, "pg_catalog") == 0 || strcmp(name, "information_schema") == 0;
    for (int i = 0; strcmp(table->name, "pg_type") == 0 && i < builtin_type_count; i++)
        if (strcmp(builtin_types[i].name, name) == 0)
            return true;
    return strcmp(table->name, "pg_proc") == 0 && guard_is_builtin_function(name);
}
