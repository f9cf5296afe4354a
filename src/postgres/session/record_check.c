/* What a record's table must be before it is read or written. Whoever owns the schema "plumb" can put code
 * where plumb would run it, with the rights of whoever runs plumb: a view or a rule, triggers, policies,
 * defaults, checks; and, because the planner evaluates them beforehand, expressions of indexes and of
 * statistics. A plain table has none of these. */
#include "postgres/session/record_check.h"

#include <string.h>

#include "postgres/session/session.h"

/* Mark our text in the server's message, which quotes it in its own language. */
#define BEGIN_MARK "plumb: "
#define END_MARK " :plumb"

/* A role that a superuser does not take a record from. */
#define IS_FOREIGN(owner)                                                                          \
    "(pg_catalog.current_setting('is_superuser')::pg_catalog.bool"                                 \
    " AND NOT " owner ".rolsuper AND " owner ".rolname <> current_user"                            \
    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_database AS d"                                     \
    " WHERE d.datname = pg_catalog.current_database() AND d.datdba = " owner ".oid))"

#define BELONGS_TO_FOREIGN                                                                         \
    " belongs to role ' || o.rolname || ', who is neither a superuser nor the owner of the database'"

/* The first thing that is wrong with the table (%1$s: its name), or no row. */
static const char complaint_format[] =
    "SELECT '" BEGIN_MARK "' || text || '" END_MARK "' FROM ("
    "SELECT 1, 'schema " RECORD_SCHEMA BELONGS_TO_FOREIGN
    " FROM n JOIN pg_catalog.pg_roles AS o ON o.oid = n.nspowner WHERE " IS_FOREIGN(
        "o") " UNION ALL SELECT 2, 'everybody may make objects in schema " RECORD_SCHEMA "'"
             " FROM n, pg_catalog.aclexplode(n.nspacl) WHERE grantee = 0 AND privilege_type = 'CREATE'"
             " UNION ALL SELECT 3, '" RECORD_SCHEMA ".%1$s" BELONGS_TO_FOREIGN
             " FROM t JOIN pg_catalog.pg_roles AS o ON o.oid = t.relowner WHERE " IS_FOREIGN(
                 "o") " UNION ALL SELECT 4, '" RECORD_SCHEMA ".%1$s is not a plain table' FROM t"
                      " WHERE relkind <> 'r' OR relispartition OR EXISTS (SELECT FROM pg_catalog.pg_inherits"
                      " WHERE inhparent = t.oid OR inhrelid = t.oid)"
                      " UNION ALL SELECT 5, 'everybody may change ' || '" RECORD_SCHEMA
                      ".%1$s' FROM t,"
                      " pg_catalog.aclexplode(t.relacl) WHERE grantee = 0 AND privilege_type <> 'SELECT'"
                      " UNION ALL SELECT 6, '" RECORD_SCHEMA ".%1$s has row security' FROM t"
                      " WHERE relrowsecurity OR relforcerowsecurity"
                      " UNION ALL SELECT 7, '" RECORD_SCHEMA ".%1$s has rule ' || rulename"
                      " FROM t JOIN pg_catalog.pg_rewrite ON ev_class = t.oid"
                      " UNION ALL SELECT 8, '" RECORD_SCHEMA ".%1$s has trigger ' || tgname"
                      " FROM t JOIN pg_catalog.pg_trigger ON tgrelid = t.oid WHERE NOT tgisinternal"
                      " UNION ALL SELECT 9, 'column ' || attname || ' of " RECORD_SCHEMA
                      ".%1$s is not as plumb makes it' FROM t JOIN pg_catalog.pg_attribute ON attrelid = t.oid"
                      " WHERE attnum > 0 AND NOT attisdropped AND (atthasdef OR attidentity <> '' OR"
                      " attgenerated <> '' OR atttypid NOT IN ('bigint'::pg_catalog.regtype,"
                      " 'text'::pg_catalog.regtype))"
                      " UNION ALL SELECT 10, '" RECORD_SCHEMA ".%1$s has constraint ' || conname"
                      " FROM t JOIN pg_catalog.pg_constraint ON conrelid = t.oid"
                      " WHERE contype NOT IN ('p', 'u', 'n')"
                      " UNION ALL SELECT 11, '" RECORD_SCHEMA ".%1$s has index ' || x.relname"
                      " FROM t JOIN pg_catalog.pg_index ON indrelid = t.oid"
                      " JOIN pg_catalog.pg_class AS x ON x.oid = indexrelid"
                      " WHERE indexprs IS NOT NULL OR indpred IS NOT NULL OR EXISTS (SELECT"
                      " FROM pg_catalog.unnest(indclass) AS class WHERE class >= 16384)"
                      " UNION ALL SELECT 12, '" RECORD_SCHEMA ".%1$s has statistics ' || stxname"
                      " FROM t JOIN pg_catalog.pg_statistic_ext ON stxrelid = t.oid"
                      ") AS complaints (rank, text) ORDER BY rank LIMIT 1";

static const char with_format[] =
    "WITH n AS (SELECT * FROM pg_catalog.pg_namespace WHERE nspname = '" RECORD_SCHEMA "'),"
    " t AS (SELECT c.* FROM pg_catalog.pg_class AS c JOIN n ON c.relnamespace = n.oid"
    " WHERE c.relname = '%s')";

/* Reading such a text as a number is an error, which says what the text is. */
const char *record_guard(struct arena *arena, const struct record_table *table)
{
    const char *with = arena_printf(arena, with_format, table->name);
    const char *complaint = arena_printf(arena, complaint_format, table->name);

    return arena_printf(arena, "%s SELECT (%s)::pg_catalog.int4; ", with, complaint);
}

const char *record_find_sql(struct arena *arena, const struct record_table *table)
{
    const char *with = arena_printf(arena, with_format, table->name);
    const char *complaint = arena_printf(arena, complaint_format, table->name);

    return arena_printf(arena,
                        "%s SELECT EXISTS (SELECT FROM n, t"
                        " WHERE pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                        " AND pg_catalog.has_table_privilege(t.oid, 'SELECT')),"
                        " (%s), EXISTS (SELECT FROM t JOIN pg_catalog.pg_roles AS o"
                        " ON o.oid = t.relowner WHERE pg_catalog.current_setting('is_superuser')"
                        "::pg_catalog.bool AND NOT o.rolsuper),"
                        " (SELECT s.subname FROM t JOIN pg_catalog.pg_subscription_rel AS r"
                        " ON r.srrelid = t.oid JOIN pg_catalog.pg_subscription AS s"
                        " ON s.oid = r.srsubid ORDER BY 1 LIMIT 1)",
                        with, complaint);
}

bool record_distrust(const char *text, struct error *error)
{
    const char *start = strstr(text, BEGIN_MARK);
    const char *end = start ? strstr(start, END_MARK) : NULL;
    struct error distrust = {0};

    if (!end)
        return false;
    start += strlen(BEGIN_MARK);
    error_set(&distrust, ERROR_SCHEMA, "the record in the database cannot be trusted: %.*s",
              (int)(end - start), start);
    error_hint(&distrust, "Put that right, or keep the record in a file (--record FILE) or nowhere "
                          "(--no-record).");
    *error = distrust;
    return true;
}
