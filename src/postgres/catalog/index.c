/* Indexes other than those behind constraints, and what belongs to what in partitioned tables. */
#include <stdlib.h>
#include <string.h>

#include "postgres/catalog/catalog.h"
#include "postgres/facts/name.h"
#include "postgres/sql/quote.h"

/* --- marks of the table -------------------------------------------------------------------------- */

void catalog_index_marks(struct catalog *catalog, struct object *object, bool clustered,
                         bool replica_identity)
{
    if (clustered) {
        struct object *mark = catalog_add(catalog, KIND_CLUSTER, object->parent, "", NULL);

        as_cluster(mark)->index = object;
    }
    if (replica_identity) {
        struct object *mark = catalog_add(catalog, KIND_REPLICA_IDENTITY, object->parent, "", NULL);

        as_replica_identity(mark)->mode = "index";
        as_replica_identity(mark)->index = object;
    }
}

/* --- indexes ------------------------------------------------------------------------------------- */

enum {
    INDEX_OID,
    INDEX_NAME,
    INDEX_TABLE,
    INDEX_KIND,
    INDEX_UNIQUE,
    INDEX_NULLS_NOT_DISTINCT,
    INDEX_VALID,
    INDEX_METHOD,
    INDEX_DEFINITION,
    INDEX_COLUMNS,
    INDEX_KEY_COUNT,
    INDEX_ORDER,
    INDEX_COLLATIONS,
    INDEX_PREDICATE,
    INDEX_OPTIONS,
    INDEX_TABLESPACE,
    INDEX_CLUSTERED,
    INDEX_REPLICA_IDENTITY,
    INDEX_STATISTICS
};

/* pg_get_indexdef takes many times as long as all the rest, most of it to find out whether each
 * operator class is its type's default. So the ordinary index, a B-tree over columns by classes that
 * are the default in any case, is left to read_plain_keys. Not so where a type with a default class
 * of its own can be taken for another one (as text for character, citext for text): a key of the
 * first by the default class of the second has to be written out. */
static const char indexes_sql[] =
    "WITH relabelled AS MATERIALIZED ("
    "SELECT o.opcintype AS type, c.casttarget AS as_type FROM pg_catalog.pg_opclass o "
    "JOIN pg_catalog.pg_cast c ON c.castsource = o.opcintype "
    "WHERE o.opcmethod = 403 AND o.opcdefault AND c.castmethod = 'b' AND c.castcontext = 'i'), "
    "plain AS MATERIALIZED (SELECT "
    "ARRAY(SELECT o.oid FROM pg_catalog.pg_opclass o WHERE o.opcmethod = 403 AND o.opcdefault "
    "AND o.oid < " SQL_FIRST_OID " AND NOT EXISTS (SELECT FROM relabelled r "
    "WHERE r.as_type = o.opcintype AND r.type < " SQL_FIRST_OID ")) AS classes, "
    "ARRAY(SELECT r.type FROM relabelled r WHERE r.type >= " SQL_FIRST_OID ") AS odd_types) "
    "SELECT x.oid, x.relname, i.indrelid, x.relkind, i.indisunique, "
    "{15:i.indnullsnotdistinct|false}, i.indisvalid, am.amname, "
    "CASE WHEN x.relam <> 403 OR i.indexprs IS NOT NULL "
    "OR NOT i.indclass::oid[] <@ plain.classes "
    "OR NOT i.indcollation::oid[] <@ '{0,100}' "
    "OR plain.odd_types <> '{}' AND EXISTS (SELECT FROM pg_catalog.pg_attribute a "
    "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
    "WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[]) "
    "AND (t.oid = ANY (plain.odd_types) OR t.typtype = 'd')) THEN pg_get_indexdef(x.oid) END, "
    "i.indkey, i.indnkeyatts, i.indoption, i.indcollation, "
    /* only keys that are expressions can have a statistics target */
    "pg_get_expr(i.indpred, i.indrelid), x.reloptions, s.spcname, i.indisclustered, "
    "i.indisreplident, CASE WHEN i.indexprs IS NOT NULL THEN ARRAY("
    "SELECT a.attnum || '=' || a.attstattarget FROM pg_catalog.pg_attribute a "
    "WHERE a.attrelid = x.oid AND a.attnum > 0 AND a.attstattarget >= 0) END "
    "FROM plain, pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid "
    "JOIN pg_catalog.pg_am am ON am.oid = x.relam "
    "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace "
    "LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = x.oid AND k.contype IN ('p', 'u', 'x') "
    "WHERE k.oid IS NULL AND x.oid >= " SQL_FIRST_OID " AND x.relpersistence <> 't' "
    "AND x.relnamespace <> 99"; /* pg_toast */

/* A key as pg_get_indexdef would write it: indexes_sql has seen to it that nothing else can occur. */
static const char *plain_key(struct catalog *catalog, const struct catalog_column *column,
                             long collation, long order)
{
    enum { DESCENDING = 1, NULLS_FIRST = 2 };
    const char *direction = "";

    if (order & DESCENDING)
        direction = order & NULLS_FIRST ? " DESC" : " DESC NULLS LAST";
    else if (order & NULLS_FIRST)
        direction = " NULLS FIRST";
    return arena_printf(catalog->arena, "%s%s%s", pg_quote_name(catalog->scratch, column->name),
                        collation == (long)column->collation ? "" : " COLLATE \"default\"",
                        direction);
}

/* The vectors hold numbers between blanks. */
static void read_plain_keys(struct catalog *catalog, const struct row *row, struct index *index)
{
    const char *columns = row_raw(row, INDEX_COLUMNS);
    const char *orders = row_raw(row, INDEX_ORDER);
    const char *collations = row_raw(row, INDEX_COLLATIONS);
    int64_t count = row_number(row, INDEX_KEY_COUNT);
    uint32_t table = row_oid(row, INDEX_TABLE);

    for (int64_t i = 0; i < count; i++) {
        char *columns_end, *orders_end, *collations_end;
        long number = strtol(columns, &columns_end, 10);
        long order = strtol(orders, &orders_end, 10);
        long collation = strtol(collations, &collations_end, 10);
        const struct catalog_column *column = catalog_column(catalog, table, (int)number);

        columns = columns_end;
        orders = orders_end;
        collations = collations_end;
        if (column)
            expression_list_add(
                &index->keys, catalog->arena,
                (struct expression){.written = plain_key(catalog, column, collation, order)});
    }
}

/* "CREATE INDEX name ON table USING method (keys) ...": the keys as the server writes them, with
 * collation, operator class and order where they are not the default. */
static void read_keys(struct catalog *catalog, const char *definition, struct index *index)
{
    const char *method = catalog_find(definition, " USING ");
    const char *inside = method ? catalog_group(catalog->scratch, catalog_find(method, "(")) : "";
    struct text_list keys = catalog_split(catalog->arena, inside, strlen(inside));

    for (size_t i = 0; i < keys.count; i++)
        expression_list_add(&index->keys, catalog->arena,
                            (struct expression){.written = keys.items[i]});
}

static void index_row(struct catalog *catalog, const struct row *row)
{
    uint32_t table_oid = row_oid(row, INDEX_TABLE);
    struct object *table = catalog_get(catalog, CLASS_RELATION, table_oid, 0);
    struct object *object;
    struct index *index;

    if (!table || (table->kind != KIND_TABLE && table->kind != KIND_MATERIALIZED_VIEW))
        return;
    object = catalog_add_known(catalog, KIND_INDEX, table, row_raw(row, INDEX_NAME), CLASS_RELATION,
                               row_oid(row, INDEX_OID));
    index = as_index(object);
    index->unique = row_flag(row, INDEX_UNIQUE);
    index->method = row_text(catalog, row, INDEX_METHOD);
    if (row_raw(row, INDEX_DEFINITION))
        read_keys(catalog, row_raw(row, INDEX_DEFINITION), index);
    else
        read_plain_keys(catalog, row, index);
    index->include =
        row_columns(catalog, row, INDEX_COLUMNS, table_oid, (int)row_number(row, INDEX_KEY_COUNT));
    index->nulls_not_distinct = row_flag(row, INDEX_NULLS_NOT_DISTINCT);
    index->predicate = row_expression(catalog, row, INDEX_PREDICATE);
    index->options = row_list(catalog, row, INDEX_OPTIONS);
    index->tablespace = row_text(catalog, row, INDEX_TABLESPACE);
    index->statistics = row_list(catalog, row, INDEX_STATISTICS);
    index->invalid = !row_flag(row, INDEX_VALID);
    /* A partitioned table's index is invalid while partitions lack theirs. */
    index->only = index->invalid && row_letter(row, INDEX_KIND) == 'I';
    catalog_index_marks(catalog, object, row_flag(row, INDEX_CLUSTERED),
                        row_flag(row, INDEX_REPLICA_IDENTITY));
}

const struct catalog_query catalog_indexes = {
    .what = "indexes", .sql = indexes_sql, .row = index_row};

/* --- partitions' indexes ------------------------------------------------------------------------- */

enum { ATTACHED_INDEX, ATTACHED_TO, ATTACHED_COLUMNS };

static const char index_parents_sql[] =
    "SELECT h.inhrelid, h.inhparent, (SELECT string_agg(a.attname, '_' ORDER BY a.attnum) "
    "FROM pg_catalog.pg_attribute a WHERE a.attrelid = h.inhrelid) "
    "FROM pg_catalog.pg_inherits h "
    "JOIN pg_catalog.pg_class x ON x.oid = h.inhrelid WHERE x.relkind IN ('i', 'I')";

static const char *label_of(const struct object *index)
{
    switch ((int)index->kind) {
    case KIND_PRIMARY_KEY:
        return "pkey";
    case KIND_UNIQUE:
        return "key";
    case KIND_EXCLUSION:
        return "excl";
    default:
        return "idx";
    }
}

/* True when the server would choose the name for a copy of that parent's index. */
static bool has_chosen_name(const struct row *row, const struct object *child)
{
    return pg_name_is_chosen(
        child->name, child->parent->name,
        child->kind == KIND_PRIMARY_KEY ? NULL : row_raw(row, ATTACHED_COLUMNS), label_of(child));
}

static struct object **attachment_slot(struct object *object)
{
    switch ((int)object->kind) {
    case KIND_INDEX:
        return &as_index(object)->attached_to;
    case KIND_PRIMARY_KEY:
        return &as_primary_key(object)->attached_to;
    case KIND_UNIQUE:
        return &as_unique_constraint(object)->attached_to;
    case KIND_EXCLUSION:
        return &as_exclusion(object)->attached_to;
    default:
        return NULL;
    }
}

/* A partition's constraint can stand behind a mere unique index of the partitioned table: then it is
 * the partition's own. Otherwise the catalog cannot tell copies from what was attached later. */
static void index_parent_row(struct catalog *catalog, const struct row *row)
{
    struct object *child = catalog_get(catalog, CLASS_RELATION, row_oid(row, ATTACHED_INDEX), 0);
    struct object *parent = catalog_get(catalog, CLASS_RELATION, row_oid(row, ATTACHED_TO), 0);
    struct object **slot = child ? attachment_slot(child) : NULL;

    if (!slot || !parent)
        return;
    *slot = parent;
    child->implied = child->kind == parent->kind && has_chosen_name(row, child);
}

const struct catalog_query catalog_index_parents = {
    .what = "partitions' indexes", .sql = index_parents_sql, .row = index_parent_row};
