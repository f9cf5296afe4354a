/* Constraints of tables and domains. NOT NULL is a constraint of its own since 18; before, it is seen
 * with the columns. */
#include <string.h>

#include "postgres/catalog/catalog.h"
#include "postgres/facts/name.h"

/* --- checks and not nulls ------------------------------------------------------------------------ */

enum {
    CHECK_OID,
    CHECK_NAME,
    CHECK_TYPE,
    CHECK_RELATION,
    CHECK_DOMAIN,
    CHECK_COLUMN,
    CHECK_EXPRESSION,
    CHECK_VALID,
    CHECK_ENFORCED,
    CHECK_IS_LOCAL,
    CHECK_NO_INHERIT
};

static const char checks_sql[] =
    "SELECT k.oid, k.conname, k.contype, k.conrelid, k.contypid, k.conkey[1], "
    "pg_get_expr(k.conbin, k.conrelid), k.convalidated, {18:k.conenforced|true}, "
    "k.conislocal, k.connoinherit "
    "FROM pg_catalog.pg_constraint k "
    "WHERE k.contype IN ('c', 'n') AND k.oid >= " SQL_FIRST_OID;

static void domain_constraint_row(struct catalog *catalog, const struct row *row,
                                  struct object *domain)
{
    struct object *object;

    if (row_letter(row, CHECK_TYPE) == 'n') {
        as_domain(domain)->not_null_name = row_text(catalog, row, CHECK_NAME);
        catalog_put(catalog, CLASS_CONSTRAINT, row_oid(row, CHECK_OID), 0, domain);
        return;
    }
    object = catalog_add_known(catalog, KIND_DOMAIN_CHECK, domain, row_raw(row, CHECK_NAME),
                               CLASS_CONSTRAINT, row_oid(row, CHECK_OID));
    as_domain_check(object)->expression = row_expression(catalog, row, CHECK_EXPRESSION);
    as_domain_check(object)->not_valid = !row_flag(row, CHECK_VALID);
}

static void add_check(struct catalog *catalog, const struct row *row, struct object *table)
{
    struct object *object = catalog_add_known(catalog, KIND_CHECK, table, row_raw(row, CHECK_NAME),
                                              CLASS_CONSTRAINT, row_oid(row, CHECK_OID));
    struct check_constraint *check = as_check_constraint(object);

    check->expression = row_expression(catalog, row, CHECK_EXPRESSION);
    check->no_inherit = row_flag(row, CHECK_NO_INHERIT);
    check->not_enforced = !row_flag(row, CHECK_ENFORCED);
    /* What is not enforced is never validated: saying it twice would say less. */
    check->not_valid = !row_flag(row, CHECK_VALID) && !check->not_enforced;
    check->inherited = !row_flag(row, CHECK_IS_LOCAL);
    object->implied = check->inherited;
}

static void add_not_null(struct catalog *catalog, const struct row *row)
{
    const struct catalog_column *column =
        catalog_column(catalog, row_oid(row, CHECK_RELATION), (int)row_number(row, CHECK_COLUMN));
    const char *name = row_text(catalog, row, CHECK_NAME);
    struct object *object;
    struct not_null *not_null;

    if (!column || !column->object)
        return;
    object = catalog_add_known(catalog, KIND_NOT_NULL, column->object, "", CLASS_CONSTRAINT,
                               row_oid(row, CHECK_OID));
    not_null = as_not_null(object);
    not_null->no_inherit = row_flag(row, CHECK_NO_INHERIT);
    not_null->not_valid = !row_flag(row, CHECK_VALID);
    not_null->inherited = !row_flag(row, CHECK_IS_LOCAL);
    if (!not_null->inherited &&
        !pg_name_is_chosen(name, column->object->parent->name, column->name, "not_null"))
        not_null->constraint_name = name;
    if (not_null->inherited)
        not_null->inherited_name = name;
    object->implied = not_null->inherited;
}

static void check_row(struct catalog *catalog, const struct row *row)
{
    struct object *table = catalog_get(catalog, CLASS_RELATION, row_oid(row, CHECK_RELATION), 0);
    struct object *domain = catalog_get(catalog, CLASS_TYPE, row_oid(row, CHECK_DOMAIN), 0);

    if (domain && domain->kind == KIND_DOMAIN)
        domain_constraint_row(catalog, row, domain);
    else if (table && table->kind == KIND_TABLE && row_letter(row, CHECK_TYPE) == 'c')
        add_check(catalog, row, table);
    else if (table && table->kind == KIND_TABLE)
        add_not_null(catalog, row);
}

const struct catalog_query catalog_checks = {
    .what = "check constraints", .sql = checks_sql, .row = check_row};

/* --- primary keys, unique and exclusion constraints ---------------------------------------------- */

enum {
    KEY_OID,
    KEY_NAME,
    KEY_TYPE,
    KEY_TABLE,
    KEY_COLUMNS,
    KEY_DEFERRABLE,
    KEY_DEFERRED,
    KEY_PERIOD,
    KEY_DEFINITION,
    KEY_INDEX,
    KEY_INDEX_COLUMNS,
    KEY_INDEX_KEY_COUNT,
    KEY_NULLS_NOT_DISTINCT,
    KEY_PREDICATE,
    KEY_CLUSTERED,
    KEY_REPLICA_IDENTITY,
    KEY_OPTIONS,
    KEY_TABLESPACE,
    KEY_METHOD
};

static const char keys_sql[] =
    "SELECT k.oid, k.conname, k.contype, k.conrelid, k.conkey, k.condeferrable, k.condeferred, "
    "{18:k.conperiod|false}, "
    "CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END, "
    "k.conindid, i.indkey, i.indnkeyatts, {15:i.indnullsnotdistinct|false}, "
    "pg_get_expr(i.indpred, i.indrelid), i.indisclustered, i.indisreplident, "
    "x.reloptions, s.spcname, am.amname "
    "FROM pg_catalog.pg_constraint k "
    "JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid "
    "JOIN pg_catalog.pg_class x ON x.oid = k.conindid "
    "JOIN pg_catalog.pg_am am ON am.oid = x.relam "
    "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace "
    "WHERE k.contype IN ('p', 'u', 'x') AND k.oid >= " SQL_FIRST_OID;

/* The columns behind INCLUDE. */
static struct text_list read_include(struct catalog *catalog, const struct row *row)
{
    return row_columns(catalog, row, KEY_INDEX_COLUMNS, row_oid(row, KEY_TABLE),
                       (int)row_number(row, KEY_INDEX_KEY_COUNT));
}

static struct object *add_primary_key(struct catalog *catalog, const struct row *row,
                                      struct object *table)
{
    struct object *object =
        catalog_add_known(catalog, KIND_PRIMARY_KEY, table, row_raw(row, KEY_NAME),
                          CLASS_CONSTRAINT, row_oid(row, KEY_OID));
    struct primary_key *key = as_primary_key(object);

    key->columns = row_columns(catalog, row, KEY_COLUMNS, row_oid(row, KEY_TABLE), 0);
    key->include = read_include(catalog, row);
    key->without_overlaps = row_flag(row, KEY_PERIOD);
    key->deferrable = row_flag(row, KEY_DEFERRABLE);
    key->deferred = row_flag(row, KEY_DEFERRED);
    key->options = row_list(catalog, row, KEY_OPTIONS);
    key->tablespace = row_text(catalog, row, KEY_TABLESPACE);
    return object;
}

static struct object *add_unique(struct catalog *catalog, const struct row *row,
                                 struct object *table)
{
    struct object *object = catalog_add_known(catalog, KIND_UNIQUE, table, row_raw(row, KEY_NAME),
                                              CLASS_CONSTRAINT, row_oid(row, KEY_OID));
    struct unique_constraint *key = as_unique_constraint(object);

    key->columns = row_columns(catalog, row, KEY_COLUMNS, row_oid(row, KEY_TABLE), 0);
    key->include = read_include(catalog, row);
    key->nulls_not_distinct = row_flag(row, KEY_NULLS_NOT_DISTINCT);
    key->without_overlaps = row_flag(row, KEY_PERIOD);
    key->deferrable = row_flag(row, KEY_DEFERRABLE);
    key->deferred = row_flag(row, KEY_DEFERRED);
    key->options = row_list(catalog, row, KEY_OPTIONS);
    key->tablespace = row_text(catalog, row, KEY_TABLESPACE);
    return object;
}

/* "EXCLUDE USING gist (room WITH =, during WITH &&) ...": each part is a key and, behind the last
 * WITH outside quotes and parentheses, its operator. */
static void read_exclusion_keys(struct catalog *catalog, const char *definition,
                                struct exclusion *exclusion)
{
    static const char with[] = " WITH ";
    const char *inside =
        definition ? catalog_group(catalog->scratch, catalog_find(definition, "(")) : "";
    struct text_list parts = catalog_split(catalog->scratch, inside, strlen(inside));

    for (size_t i = 0; i < parts.count; i++) {
        const char *key = parts.items[i];
        const char *split = NULL;

        for (const char *at = catalog_find(key, with); at; at = catalog_find(at + 1, with))
            split = at;
        if (!split)
            continue;
        expression_list_add(&exclusion->keys, catalog->arena,
                            (struct expression){.written = arena_strndup(catalog->arena, key,
                                                                         (size_t)(split - key))});
        text_list_add(&exclusion->operators, catalog->arena,
                      arena_strdup(catalog->arena, split + sizeof(with) - 1));
    }
}

static struct object *add_exclusion(struct catalog *catalog, const struct row *row,
                                    struct object *table)
{
    struct object *object =
        catalog_add_known(catalog, KIND_EXCLUSION, table, row_raw(row, KEY_NAME), CLASS_CONSTRAINT,
                          row_oid(row, KEY_OID));
    struct exclusion *exclusion = as_exclusion(object);

    exclusion->method = row_text(catalog, row, KEY_METHOD);
    read_exclusion_keys(catalog, row_raw(row, KEY_DEFINITION), exclusion);
    exclusion->include = read_include(catalog, row);
    exclusion->predicate = row_expression(catalog, row, KEY_PREDICATE);
    exclusion->deferrable = row_flag(row, KEY_DEFERRABLE);
    exclusion->deferred = row_flag(row, KEY_DEFERRED);
    exclusion->options = row_list(catalog, row, KEY_OPTIONS);
    exclusion->tablespace = row_text(catalog, row, KEY_TABLESPACE);
    return object;
}

static void key_row(struct catalog *catalog, const struct row *row)
{
    struct object *table = catalog_get(catalog, CLASS_RELATION, row_oid(row, KEY_TABLE), 0);
    char type = row_letter(row, KEY_TYPE);
    struct object *object;

    if (!table || table->kind != KIND_TABLE)
        return;
    if (type == 'p')
        object = add_primary_key(catalog, row, table);
    else if (type == 'u')
        object = add_unique(catalog, row, table);
    else
        object = add_exclusion(catalog, row, table);
    catalog_put(catalog, CLASS_RELATION, row_oid(row, KEY_INDEX), 0, object);
    catalog_index_marks(catalog, object, row_flag(row, KEY_CLUSTERED),
                        row_flag(row, KEY_REPLICA_IDENTITY));
}

const struct catalog_query catalog_keys = {.what = "keys", .sql = keys_sql, .row = key_row};

/* --- foreign keys -------------------------------------------------------------------------------- */

enum {
    FOREIGN_OID,
    FOREIGN_NAME,
    FOREIGN_TABLE,
    FOREIGN_COLUMNS,
    FOREIGN_REFERENCED,
    FOREIGN_REFERENCED_COLUMNS,
    FOREIGN_PERIOD,
    FOREIGN_MATCH,
    FOREIGN_ON_UPDATE,
    FOREIGN_ON_DELETE,
    FOREIGN_SET_COLUMNS,
    FOREIGN_DEFERRABLE,
    FOREIGN_DEFERRED,
    FOREIGN_VALID,
    FOREIGN_ENFORCED,
    FOREIGN_PARENT
};

/* A foreign key to a partitioned table has a row for each partition referenced: these have a parent
 * on the same table, and are nobody's business. */
static const char foreign_keys_sql[] =
    "SELECT k.oid, k.conname, k.conrelid, k.conkey, k.confrelid, k.confkey, "
    "{18:k.conperiod|false}, k.confmatchtype, k.confupdtype, k.confdeltype, "
    "{15:k.confdelsetcols|NULL}, k.condeferrable, k.condeferred, k.convalidated, "
    "{18:k.conenforced|true}, k.conparentid "
    "FROM pg_catalog.pg_constraint k "
    "LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid "
    "WHERE k.contype = 'f' AND p.conrelid IS DISTINCT FROM k.conrelid";

static const char *referential_action(char letter)
{
    switch (letter) {
    case 'c':
        return "CASCADE";
    case 'r':
        return "RESTRICT";
    case 'n':
        return "SET NULL";
    case 'd':
        return "SET DEFAULT";
    default:
        return NULL; /* NO ACTION */
    }
}

static void foreign_key_row(struct catalog *catalog, const struct row *row)
{
    uint32_t table_oid = row_oid(row, FOREIGN_TABLE);
    uint32_t referenced = row_oid(row, FOREIGN_REFERENCED);
    struct object *table = catalog_get(catalog, CLASS_RELATION, table_oid, 0);
    struct object *object;
    struct foreign_key *key;

    if (!table || table->kind != KIND_TABLE)
        return;
    object = catalog_add_known(catalog, KIND_FOREIGN_KEY, table, row_raw(row, FOREIGN_NAME),
                               CLASS_CONSTRAINT, row_oid(row, FOREIGN_OID));
    key = as_foreign_key(object);
    key->columns = row_columns(catalog, row, FOREIGN_COLUMNS, table_oid, 0);
    key->table = catalog_referenced_table(catalog, referenced);
    key->referenced_columns = row_columns(catalog, row, FOREIGN_REFERENCED_COLUMNS, referenced, 0);
    key->period = row_flag(row, FOREIGN_PERIOD);
    key->match = row_letter(row, FOREIGN_MATCH) == 'f' ? "FULL" : NULL;
    key->on_update = referential_action(row_letter(row, FOREIGN_ON_UPDATE));
    key->on_delete = referential_action(row_letter(row, FOREIGN_ON_DELETE));
    key->set_columns = row_columns(catalog, row, FOREIGN_SET_COLUMNS, table_oid, 0);
    key->deferrable = row_flag(row, FOREIGN_DEFERRABLE);
    key->deferred = row_flag(row, FOREIGN_DEFERRED);
    key->not_enforced = !row_flag(row, FOREIGN_ENFORCED);
    key->not_valid = !row_flag(row, FOREIGN_VALID) && !key->not_enforced;
    if (row_oid(row, FOREIGN_PARENT)) {
        object->implied = true;
        catalog_refer(catalog, &key->attached_to, CLASS_CONSTRAINT, row_oid(row, FOREIGN_PARENT));
    }
}

const struct catalog_query catalog_foreign_keys = {
    .what = "foreign keys", .sql = foreign_keys_sql, .row = foreign_key_row};
