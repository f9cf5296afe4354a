/* Tables, foreign ones too, and their parents. */
#include <string.h>

#include "postgres/catalog/catalog.h"
#include "postgres/facts/flavor.h"

/* --- tables -------------------------------------------------------------------------------------- */

enum {
    TABLE_OID,
    TABLE_NAME,
    TABLE_SCHEMA,
    TABLE_OWNER,
    TABLE_ACL,
    TABLE_PERSISTENCE,
    TABLE_ACCESS_METHOD,
    TABLE_TABLESPACE,
    TABLE_OPTIONS,
    TABLE_TOAST_OPTIONS,
    TABLE_TYPE,
    TABLE_PARTITION_KEY,
    TABLE_ROW_SECURITY,
    TABLE_FORCED_ROW_SECURITY,
    TABLE_REPLICA_IDENTITY,
    TABLE_SERVER,
    TABLE_SERVER_OPTIONS,
    TABLE_ROWS,
    TABLE_BYTES
};

static const char tables_sql[] =
    "SELECT c.oid, c.relname, c.relnamespace, c.relowner, array_to_string(c.relacl, ','), "
    "c.relpersistence, am.amname, s.spcname, c.reloptions, t.reloptions, "
    "CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype END, "
    "CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, "
    "c.relrowsecurity, c.relforcerowsecurity, c.relreplident, v.srvname, f.ftoptions, "
    "CASE WHEN c.relkind = 'p' THEN 0 "
    "WHEN c.relkind = 'r' AND (c.reltuples > 0 OR c.relpages > 0 {14:OR c.reltuples = 0|}) "
    "THEN c.reltuples::bigint END, "
    "(c.relpages + coalesce(t.relpages, 0) + coalesce((SELECT sum(i.relpages) "
    "FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid "
    "WHERE x.indrelid = c.oid AND i.relkind = 'i'), 0)) * current_setting('block_size')::bigint "
    "FROM pg_catalog.pg_class c "
    "LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam "
    "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace "
    "LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid "
    "LEFT JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid "
    "LEFT JOIN pg_catalog.pg_foreign_server v ON v.oid = f.ftserver "
    "WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND c.oid >= " SQL_FIRST_OID;

/* "RANGE (a, lower(b))" */
static void read_partition_key(struct catalog *catalog, struct table *table, const char *text)
{
    const char *keys = strchr(text, '(');
    char *inside = catalog_group(catalog->scratch, keys);
    struct text_list list = catalog_split(catalog->arena, inside, strlen(inside));

    table->partition_strategy = arena_strndup(catalog->arena, text, strcspn(text, " ("));
    for (size_t i = 0; i < list.count; i++)
        expression_list_add(&table->partition_keys, catalog->arena,
                            (struct expression){.written = list.items[i]});
}

static void read_table_options(struct catalog *catalog, const struct row *row, struct table *table)
{
    struct text_list toast = row_list(catalog, row, TABLE_TOAST_OPTIONS);

    table->options = row_list(catalog, row, TABLE_OPTIONS);
    for (size_t i = 0; i < toast.count; i++)
        text_list_add(&table->options, catalog->arena,
                      arena_printf(catalog->arena, "toast.%s", toast.items[i]));
}

/* What a table has at most once and mostly not at all. REPLICA IDENTITY USING INDEX is seen with the
 * index. */
static void add_marks(struct catalog *catalog, const struct row *row, struct object *table)
{
    char identity = row_letter(row, TABLE_REPLICA_IDENTITY);

    if (row_flag(row, TABLE_ROW_SECURITY) || row_flag(row, TABLE_FORCED_ROW_SECURITY)) {
        struct row_security *security =
            as_row_security(catalog_add(catalog, KIND_ROW_SECURITY, table, "", NULL));

        security->enabled = row_flag(row, TABLE_ROW_SECURITY);
        security->forced = row_flag(row, TABLE_FORCED_ROW_SECURITY);
    }
    if ((identity == 'f' || identity == 'n') && !as_table(table)->server) {
        struct object *mark = catalog_add(catalog, KIND_REPLICA_IDENTITY, table, "", NULL);

        as_replica_identity(mark)->mode = identity == 'f' ? "full" : "nothing";
    }
}

/* A table of an extension, or one in its stead that the model has. */
struct member_table {
    const char *name;
    uint32_t schema;
    struct object *object;
};

static void remember_member(struct catalog *catalog, const struct row *row)
{
    struct member_table *member = ARENA_NEW(catalog->scratch, struct member_table);

    member->name = arena_strdup(catalog->scratch, row_raw(row, TABLE_NAME));
    member->schema = row_oid(row, TABLE_SCHEMA);
    catalog_put(catalog, CLASS_RELATION, row_oid(row, TABLE_OID), NUMBER_MEMBER_TABLE, member);
}

struct object *catalog_referenced_table(struct catalog *catalog, uint32_t oid)
{
    struct object *table = catalog_get(catalog, CLASS_RELATION, oid, 0);
    struct member_table *member = catalog_get(catalog, CLASS_RELATION, oid, NUMBER_MEMBER_TABLE);
    struct object *schema;

    if (table || !member)
        return table;
    schema = catalog_schema(catalog, member->schema);
    if (!member->object && schema) {
        member->object = catalog_add(catalog, KIND_TABLE, schema, member->name, NULL);
        member->object->implied = true;
    }
    return member->object;
}

/* What no statistics have been made of is unknown; what a partitioned table holds comes with its partitions. */
static struct table_size read_size(const struct row *row)
{
    return (struct table_size){.known = row_raw(row, TABLE_ROWS) != NULL,
                               .rows = row_number(row, TABLE_ROWS),
                               .bytes = row_number(row, TABLE_BYTES)};
}

static void table_row(struct catalog *catalog, const struct row *row)
{
    struct object *schema = catalog_schema_for(catalog, CLASS_RELATION, row_oid(row, TABLE_OID),
                                               row_oid(row, TABLE_SCHEMA));
    const char *method = row_text(catalog, row, TABLE_ACCESS_METHOD);
    const char *partition_key = row_raw(row, TABLE_PARTITION_KEY);
    struct object *object;
    struct table *table;

    if (!schema) {
        remember_member(catalog, row);
        return;
    }
    object = catalog_add_known(catalog, KIND_TABLE, schema, row_raw(row, TABLE_NAME),
                               CLASS_RELATION, row_oid(row, TABLE_OID));
    table = as_table(object);
    table->unlogged = row_letter(row, TABLE_PERSISTENCE) == 'u';
    table->access_method = method && strcmp(method, "heap") != 0 ? method : NULL;
    table->tablespace = row_text(catalog, row, TABLE_TABLESPACE);
    table->of_type = row_text(catalog, row, TABLE_TYPE);
    table->server = row_text(catalog, row, TABLE_SERVER);
    table->server_options = row_options(catalog, row, TABLE_SERVER_OPTIONS);
    read_table_options(catalog, row, table);
    if (partition_key)
        read_partition_key(catalog, table, partition_key);
    object->size = read_size(row);
    add_marks(catalog, row, object);
    catalog_owner(catalog, object, row_oid(row, TABLE_OWNER));
    catalog_privileges(catalog, object, row_raw(row, TABLE_ACL), row_oid(row, TABLE_OWNER));
}

const struct catalog_query catalog_tables = {.what = "tables", .sql = tables_sql, .row = table_row};

/* --- parents: inheritance and partitions --------------------------------------------------------- */

enum { PARENT_CHILD, PARENT_TABLE, PARENT_BOUND };

static const char parents_sql[] =
    "SELECT i.inhrelid, i.inhparent, pg_get_expr(c.relpartbound, c.oid) "
    "FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid "
    "WHERE c.relkind IN ('r', 'p', 'f') {14:AND NOT i.inhdetachpending|} "
    "ORDER BY i.inhrelid, i.inhseqno";

/* Servers before 18 do not say where a column's NOT NULL comes from: a column that is itself
 * inherited has it from the parent, if the parent has it. */
static void inherit_not_nulls(struct object *child, const struct object *parent)
{
    struct object *column = NULL;

    while ((column = object_next_child(child, KIND_COLUMN, column)) != NULL) {
        struct object *not_null = object_child(column, KIND_NOT_NULL, "");
        const struct object *from;

        if (!not_null || !as_column(column)->inherited)
            continue;
        from = object_child(parent, KIND_COLUMN, column->name);
        if (from && object_child(from, KIND_NOT_NULL, "")) {
            as_not_null(not_null)->inherited = true;
            not_null->implied = true;
        }
    }
}

/* A partition, with what is known to be below it so far, is part of all above it. */
static void add_size(struct object *parent, struct table_size size)
{
    while (parent) {
        struct object *attachment = object_next_child(parent, KIND_ATTACHMENT, NULL);

        parent->size.known = parent->size.known && size.known;
        parent->size.rows += size.rows;
        parent->size.bytes += size.bytes;
        parent = attachment ? as_attachment(attachment)->table : NULL;
    }
}

static void parent_row(struct catalog *catalog, const struct row *row)
{
    struct object *child = catalog_get(catalog, CLASS_RELATION, row_oid(row, PARENT_CHILD), 0);
    struct object *parent = catalog_get(catalog, CLASS_RELATION, row_oid(row, PARENT_TABLE), 0);
    const char *bound = row_text(catalog, row, PARENT_BOUND);

    if (!child || !parent || child->kind != KIND_TABLE || parent->kind != KIND_TABLE)
        return;
    if (bound) {
        struct attachment *attachment =
            as_attachment(catalog_add(catalog, KIND_ATTACHMENT, child, "", NULL));

        attachment->table = parent;
        attachment->bound = bound;
        add_size(parent, child->size);
    } else {
        pointer_list_add(&as_table(child)->inherits, catalog->arena, parent);
    }
    if (!pg_can(catalog->version, PG_CAN_NOT_NULL_CONSTRAINT))
        inherit_not_nulls(child, parent);
}

const struct catalog_query catalog_parents = {
    .what = "parents of tables", .sql = parents_sql, .row = parent_row};
