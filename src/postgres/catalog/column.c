/* Columns of tables and views, attributes of composite types, sequences and identities. */
#include <string.h>

#include "postgres/catalog/catalog.h"
#include "postgres/facts/flavor.h"
#include "postgres/facts/name.h"

/* --- columns ------------------------------------------------------------------------------------- */

enum {
    COLUMN_RELATION,
    COLUMN_NUMBER,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_COLLATION,
    COLUMN_STORAGE,
    COLUMN_COMPRESSION,
    COLUMN_STATISTICS,
    COLUMN_OPTIONS,
    COLUMN_NOT_NULL,
    COLUMN_IDENTITY,
    COLUMN_GENERATED,
    COLUMN_IS_LOCAL,
    COLUMN_ACL,
    COLUMN_OWNER,
    COLUMN_COLLATION_OID,
    COLUMN_SERVER_OPTIONS
};

static const char columns_sql[] =
    "SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), "
    "CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation END, "
    "CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, {14:a.attcompression|NULL}, "
    "{17:COALESCE(a.attstattarget, -1)|a.attstattarget}, a.attoptions, a.attnotnull, "
    "a.attidentity, a.attgenerated, a.attislocal, array_to_string(a.attacl, ','), c.relowner, "
    "a.attcollation, a.attfdwoptions "
    "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
    "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
    "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c', 'f') AND c.relpersistence <> 't' "
    "AND a.attrelid >= " SQL_FIRST_OID " AND a.attnum > 0 AND NOT a.attisdropped";

const struct catalog_column *catalog_column(const struct catalog *catalog, uint32_t relation,
                                            int number)
{
    return number > 0 ? catalog_get(catalog, CLASS_RELATION, relation, number) : NULL;
}

struct object *catalog_column_object(struct catalog *catalog, uint32_t relation, int number)
{
    struct object *parent = catalog_get(catalog, CLASS_RELATION, relation, 0);
    struct catalog_column *column =
        number > 0 ? catalog_get(catalog, CLASS_RELATION, relation, number) : NULL;

    if (!column || !parent)
        return NULL;
    if (!column->object && (parent->kind == KIND_VIEW || parent->kind == KIND_MATERIALIZED_VIEW)) {
        column->object = catalog_add(catalog, KIND_COLUMN, parent, column->name, NULL);
        as_column(column->object)->statistics = -1;
        as_column(column->object)->position = column->position;
    }
    return column->object;
}

static const char *storage_name(char letter)
{
    switch (letter) {
    case 'p':
        return "plain";
    case 'e':
        return "external";
    case 'x':
        return "extended";
    case 'm':
        return "main";
    default:
        return NULL;
    }
}

static const char *compression_name(char letter)
{
    return letter == 'p' ? "pglz" : letter == 'l' ? "lz4" : NULL;
}

/* Some servers keep entries of their own among the options. */
static struct text_list read_options(struct catalog *catalog, const struct row *row)
{
    static const char internal[] = "pg_attver=";
    struct text_list options = row_list(catalog, row, COLUMN_OPTIONS);
    struct text_list kept = {0};

    for (size_t i = 0; i < options.count; i++)
        if (strncmp(options.items[i], internal, sizeof(internal) - 1) != 0)
            text_list_add(&kept, catalog->arena, options.items[i]);
    return kept;
}

/* What a column of a materialized view can have been set to, as well as one of a table. */
static void read_settings(struct catalog *catalog, const struct row *row, struct column *column)
{
    column->storage = storage_name(row_letter(row, COLUMN_STORAGE));
    column->compression = compression_name(row_letter(row, COLUMN_COMPRESSION));
    column->statistics = row_number(row, COLUMN_STATISTICS);
    column->options = read_options(catalog, row);
}

static struct object *add_table_column(struct catalog *catalog, const struct row *row,
                                       struct object *table, int position)
{
    struct object *object =
        catalog_add(catalog, KIND_COLUMN, table, row_raw(row, COLUMN_NAME), NULL);
    struct column *column = as_column(object);
    char generated = row_letter(row, COLUMN_GENERATED);

    column->type = row_text(catalog, row, COLUMN_TYPE);
    column->collation = row_name(catalog, row, COLUMN_COLLATION);
    column->inherited = !row_flag(row, COLUMN_IS_LOCAL);
    column->position = position;
    column->server_options = row_options(catalog, row, COLUMN_SERVER_OPTIONS);
    read_settings(catalog, row, column);
    column->generated = generated == 's' ? "stored" : generated == 'v' ? "virtual" : NULL;
    if (row_flag(row, COLUMN_NOT_NULL) && !pg_can(catalog->version, PG_CAN_NOT_NULL_CONSTRAINT))
        catalog_add(catalog, KIND_NOT_NULL, object, "", NULL);
    return object;
}

/* Columns of views are objects only where they carry something. */
static void read_view_column(struct catalog *catalog, const struct row *row, struct object *view)
{
    uint32_t relation = row_oid(row, COLUMN_RELATION);
    int number = (int)row_number(row, COLUMN_NUMBER);
    const struct catalog_column *column = catalog_column(catalog, relation, number);
    bool is_view = view->kind == KIND_VIEW;
    bool is_set = row_letter(row, COLUMN_STORAGE) || row_letter(row, COLUMN_COMPRESSION) ||
                  row_number(row, COLUMN_STATISTICS) != -1 || read_options(catalog, row).count;

    text_list_add(is_view ? &as_view(view)->columns : &as_materialized_view(view)->columns,
                  catalog->arena, column->name);
    text_list_add(is_view ? &as_view(view)->column_types
                          : &as_materialized_view(view)->column_types,
                  catalog->arena, row_text(catalog, row, COLUMN_TYPE));
    if (is_set)
        read_settings(catalog, row, as_column(catalog_column_object(catalog, relation, number)));
}

static struct object *add_attribute(struct catalog *catalog, const struct row *row,
                                    struct object *composite, int position)
{
    struct object *object =
        catalog_add(catalog, KIND_ATTRIBUTE, composite, row_raw(row, COLUMN_NAME), NULL);
    struct attribute *attribute = as_attribute(object);

    attribute->type = row_text(catalog, row, COLUMN_TYPE);
    attribute->collation = row_name(catalog, row, COLUMN_COLLATION);
    attribute->position = position;
    return object;
}

/* Rows come table by table in the order of columns: one more than the column before. */
static int next_position(const struct catalog *catalog, uint32_t relation, int number)
{
    while (--number > 0) {
        const struct catalog_column *before = catalog_column(catalog, relation, number);

        if (before)
            return before->position + 1;
    }
    return 1;
}

static void column_row(struct catalog *catalog, const struct row *row)
{
    uint32_t relation = row_oid(row, COLUMN_RELATION);
    int number = (int)row_number(row, COLUMN_NUMBER);
    struct object *parent = catalog_get(catalog, CLASS_RELATION, relation, 0);
    struct catalog_column *column;

    if (!parent && !catalog_get(catalog, CLASS_RELATION, relation, NUMBER_MEMBER_TABLE))
        return; /* plumb's own */
    column = ARENA_NEW(catalog->scratch, struct catalog_column);
    column->position = next_position(catalog, relation, number);
    column->identity = row_letter(row, COLUMN_IDENTITY);
    column->collation = row_oid(row, COLUMN_COLLATION_OID);
    column->name = row_text(catalog, row, COLUMN_NAME);
    catalog_put(catalog, CLASS_RELATION, relation, number, column);
    if (!parent)
        return;
    if (parent->kind == KIND_TABLE)
        column->object = add_table_column(catalog, row, parent, column->position);
    else if (parent->kind == KIND_COMPOSITE)
        column->object = add_attribute(catalog, row, parent, column->position);
    else
        read_view_column(catalog, row, parent);
    if (row_raw(row, COLUMN_ACL))
        catalog_privileges(catalog, catalog_column_object(catalog, relation, number),
                           row_raw(row, COLUMN_ACL), row_oid(row, COLUMN_OWNER));
}

const struct catalog_query catalog_columns = {
    .what = "columns", .sql = columns_sql, .row = column_row, .sorted = true};

/* --- defaults and generation expressions --------------------------------------------------------- */

enum { DEFAULT_OID, DEFAULT_RELATION, DEFAULT_COLUMN, DEFAULT_EXPRESSION };

static const char defaults_sql[] =
    "SELECT d.oid, d.adrelid, d.adnum, pg_get_expr(d.adbin, d.adrelid) "
    "FROM pg_catalog.pg_attrdef d WHERE d.adrelid >= " SQL_FIRST_OID;

static void default_row(struct catalog *catalog, const struct row *row)
{
    struct object *column = catalog_column_object(catalog, row_oid(row, DEFAULT_RELATION),
                                                  (int)row_number(row, DEFAULT_COLUMN));
    struct expression expression = row_expression(catalog, row, DEFAULT_EXPRESSION);
    struct object *object;

    if (!column)
        return;
    if (as_column(column)->generated) {
        as_column(column)->generation = expression;
        catalog_put(catalog, CLASS_DEFAULT, row_oid(row, DEFAULT_OID), 0, column);
        return;
    }
    object = catalog_add_known(catalog, KIND_DEFAULT, column, "", CLASS_DEFAULT,
                               row_oid(row, DEFAULT_OID));
    as_default_value(object)->expression = expression;
}

const struct catalog_query catalog_defaults = {
    .what = "defaults", .sql = defaults_sql, .row = default_row};

/* --- sequences ----------------------------------------------------------------------------------- */

enum {
    SEQUENCE_OID,
    SEQUENCE_NAME,
    SEQUENCE_SCHEMA,
    SEQUENCE_OWNER,
    SEQUENCE_ACL,
    SEQUENCE_PERSISTENCE,
    SEQUENCE_TYPE,
    SEQUENCE_START,
    SEQUENCE_INCREMENT,
    SEQUENCE_MINIMUM,
    SEQUENCE_MAXIMUM,
    SEQUENCE_CACHE,
    SEQUENCE_CYCLE,
    SEQUENCE_TABLE,
    SEQUENCE_COLUMN,
    SEQUENCE_DEPENDENCY
};

static const char sequences_sql[] =
    "SELECT c.oid, c.relname, c.relnamespace, c.relowner, array_to_string(c.relacl, ','), "
    "c.relpersistence, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, "
    "s.seqcache, s.seqcycle, d.refobjid, d.refobjsubid, d.deptype "
    "FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid "
    "LEFT JOIN pg_catalog.pg_depend d ON d.classid = 1259 AND d.objid = c.oid AND d.objsubid = 0 "
    "AND d.refclassid = 1259 AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') "
    "WHERE c.oid >= " SQL_FIRST_OID " AND c.relpersistence <> 't'";

static void add_identity(struct catalog *catalog, const struct row *row, struct object *column,
                         char mode)
{
    struct object *object = catalog_add_known(catalog, KIND_IDENTITY, column, "", CLASS_RELATION,
                                              row_oid(row, SEQUENCE_OID));
    struct identity *identity = as_identity(object);
    const char *name = row_text(catalog, row, SEQUENCE_NAME);

    identity->mode = mode == 'a' ? "always" : "by default";
    if (!pg_name_is_chosen(name, column->parent->name, column->name, "seq"))
        identity->sequence = name;
    identity->start = row_number(row, SEQUENCE_START);
    identity->increment = row_number(row, SEQUENCE_INCREMENT);
    identity->minimum = row_number(row, SEQUENCE_MINIMUM);
    identity->maximum = row_number(row, SEQUENCE_MAXIMUM);
    identity->cache = row_number(row, SEQUENCE_CACHE);
    identity->cycle = row_flag(row, SEQUENCE_CYCLE);
    identity->own_persistence =
        pg_can(catalog->version, PG_CAN_UNLOGGED_SEQUENCE) &&
        (row_letter(row, SEQUENCE_PERSISTENCE) == 'u') != as_table(column->parent)->unlogged;
    catalog_privileges(catalog, object, row_raw(row, SEQUENCE_ACL), row_oid(row, SEQUENCE_OWNER));
}

static void add_sequence(struct catalog *catalog, const struct row *row, struct object *column)
{
    struct object *schema = catalog_schema_for(catalog, CLASS_RELATION, row_oid(row, SEQUENCE_OID),
                                               row_oid(row, SEQUENCE_SCHEMA));
    struct object *object;
    struct sequence *sequence;

    if (!schema)
        return;
    object = catalog_add_known(catalog, KIND_SEQUENCE, schema, row_raw(row, SEQUENCE_NAME),
                               CLASS_RELATION, row_oid(row, SEQUENCE_OID));
    sequence = as_sequence(object);
    sequence->type = row_text(catalog, row, SEQUENCE_TYPE);
    sequence->start = row_number(row, SEQUENCE_START);
    sequence->increment = row_number(row, SEQUENCE_INCREMENT);
    sequence->minimum = row_number(row, SEQUENCE_MINIMUM);
    sequence->maximum = row_number(row, SEQUENCE_MAXIMUM);
    sequence->cache = row_number(row, SEQUENCE_CACHE);
    sequence->cycle = row_flag(row, SEQUENCE_CYCLE);
    sequence->unlogged = row_letter(row, SEQUENCE_PERSISTENCE) == 'u';
    if (column) {
        struct object *owned_by = catalog_add(catalog, KIND_OWNED_BY, object, "", NULL);

        as_owned_by(owned_by)->column = column;
    }
    catalog_owner(catalog, object, row_oid(row, SEQUENCE_OWNER));
    catalog_privileges(catalog, object, row_raw(row, SEQUENCE_ACL), row_oid(row, SEQUENCE_OWNER));
}

static void sequence_row(struct catalog *catalog, const struct row *row)
{
    const struct catalog_column *column = catalog_column(catalog, row_oid(row, SEQUENCE_TABLE),
                                                         (int)row_number(row, SEQUENCE_COLUMN));

    if (row_letter(row, SEQUENCE_DEPENDENCY) != 'i')
        add_sequence(catalog, row, column ? column->object : NULL);
    else if (column && column->object)
        add_identity(catalog, row, column->object, column->identity);
}

const struct catalog_query catalog_sequences = {
    .what = "sequences", .sql = sequences_sql, .row = sequence_row};
