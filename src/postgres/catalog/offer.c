/* What extensions offer: their members, of which the model has none, as lines that facts/extension.c reads. The same
 * query, run by tests/tools/builtin_facts.py, gives the facts for where no database is at hand. */
#include "postgres/catalog/catalog.h"

enum { OFFER_EXTENSION, OFFER_LINES };

/* Members outside of the extension's own schema are called SCHEMA.NAME. */
#define OFFER_MEMBERS                                                                              \
    "m AS (SELECT d.classid, d.objid, x.extname, x.extnamespace "                                  \
    "FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid "            \
    "WHERE d.refclassid = 3079 AND d.deptype = 'e' AND x.extname <> 'plpgsql')"
#define OFFER_NAME(name, schema)                                                                   \
    "CASE WHEN " schema " <> m.extnamespace THEN (SELECT n.nspname FROM pg_catalog.pg_namespace "  \
    "n WHERE n.oid = " schema ") || '.' ELSE '' END || " name

#define OFFER_TYPES                                                                                \
    "SELECT m.extname, 1, concat_ws(' ', 't', " OFFER_NAME(                                        \
        "t.typname",                                                                               \
        "t.typnamespace") ", t.typtype, t.typcategory, t.typispreferred::int, "                    \
                          "(t.typcollation <> 0)::int, b.typname) "                                \
                          "FROM m JOIN pg_catalog.pg_type t ON m.classid = 1247 AND t.oid = "      \
                          "m.objid LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype "       \
                          "WHERE t.typrelid = 0 AND t.typsubscript <> "                            \
                          "'array_subscript_handler'::regproc"

/* Of a composite type, the type is the member; of a table, the table. */
#define OFFER_RELATIONS                                                                               \
    "SELECT m.extname, 2, concat_ws(' ', 'r', " OFFER_NAME(                                           \
        "c.relname",                                                                                  \
        "c.relnamespace") ", c.relkind, (SELECT string_agg(a.attname || ' ' || t.typname, ',' "       \
                          "ORDER BY a.attnum) FROM pg_catalog.pg_attribute a "                        \
                          "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "                          \
                          "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) "       \
                          "FROM m JOIN pg_catalog.pg_class c ON c.oid = CASE m.classid WHEN 1259 "    \
                          "THEN m.objid WHEN 1247 THEN (SELECT t.typrelid FROM pg_catalog.pg_type t " \
                          "WHERE t.oid = m.objid) END WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') "  \
                          "AND m.classid = 1259 OR c.relkind = 'c' AND m.classid = 1247"

#define OFFER_CASTS                                                                                \
    "SELECT m.extname, 3, concat_ws(' ', 'c', s.typname, t.typname, c.castcontext, c.castmethod) " \
    "FROM m JOIN pg_catalog.pg_cast c ON m.classid = 2605 AND c.oid = m.objid "                    \
    "JOIN pg_catalog.pg_type s ON s.oid = c.castsource "                                           \
    "JOIN pg_catalog.pg_type t ON t.oid = c.casttarget"

/* The names of the input arguments, then of the output columns with their types: "a,b;key text,value jsonb". */
#define OFFER_DETAILS                                                                              \
    "CASE WHEN p.proargmodes IS NULL THEN array_to_string(p.proargnames, ',') "                    \
    "ELSE (SELECT concat(string_agg(a.name, ',' ORDER BY a.n) FILTER (WHERE a.mode IN ('i', 'b', " \
    "'v') AND a.name IS NOT NULL), ';', string_agg(concat(a.name, ' ', t.typname), ',' "           \
    "ORDER BY a.n) FILTER (WHERE a.mode IN ('o', 'b', 't'))) "                                     \
    "FROM unnest(p.proargnames, p.proargmodes, p.proallargtypes) "                                 \
    "WITH ORDINALITY a (name, mode, type, n) "                                                     \
    "JOIN pg_catalog.pg_type t ON t.oid = a.type) END"

/* Functions that only the server itself can call are left out: they can never be what a name in SQL means. */
#define OFFER_FUNCTIONS                                                                             \
    "SELECT m.extname, 4, concat_ws(' ', 'f', " OFFER_NAME(                                         \
        "p.proname",                                                                                \
        "p.pronamespace") ", p.prokind, p.pronargdefaults, (p.provariadic <> 0)::int, "             \
                          "p.proretset::int, r.typname, coalesce((SELECT string_agg(t.typname, "    \
                          "',' ORDER BY a.n) FROM unnest(p.proargtypes) WITH ORDINALITY a (type, "  \
                          "n) JOIN pg_catalog.pg_type t ON t.oid = a.type), '-'), "                 \
                          "nullif(" OFFER_DETAILS                                                   \
                          ", '')) FROM m JOIN pg_catalog.pg_proc p ON m.classid = 1255 "            \
                          "AND p.oid = m.objid JOIN pg_catalog.pg_type r ON r.oid = p.prorettype "  \
                          "WHERE NOT ('internal'::regtype = ANY (p.proargtypes::oid[]) "            \
                          "AND p.prokind = 'f') AND r.typname NOT IN ('internal', 'trigger', "      \
                          "'event_trigger', 'index_am_handler', 'table_am_handler', "               \
                          "'language_handler', 'fdw_handler') "                                     \
                          "AND p.oid NOT IN (SELECT unnest(ARRAY[typinput, typoutput, typreceive, " \
                          "typsend, typmodin, typmodout, typanalyze]) FROM pg_catalog.pg_type "     \
                          "WHERE oid IN (SELECT objid FROM m WHERE classid = 1247))"

#define OFFER_OPERATORS                                                                            \
    "SELECT m.extname, 5, concat_ws(' ', 'o', " OFFER_NAME(                                        \
        "o.oprname",                                                                               \
        "o.oprnamespace") ", coalesce(l.typname, '-'), r.typname, s.typname) "                     \
                          "FROM m JOIN pg_catalog.pg_operator o ON m.classid = 2617 "              \
                          "AND o.oid = m.objid LEFT JOIN pg_catalog.pg_type l ON l.oid = "         \
                          "o.oprleft JOIN pg_catalog.pg_type r ON r.oid = o.oprright "             \
                          "JOIN pg_catalog.pg_type s ON s.oid = o.oprresult"

/* Default operator classes: the others have to be named, and so are not chosen. */
#define OFFER_CLASSES                                                                              \
    "SELECT m.extname, 6, concat_ws(' ', 'k', am.amname, " OFFER_NAME(                             \
        "c.opcname",                                                                               \
        "c.opcnamespace") ", t.typname) FROM m JOIN pg_catalog.pg_opclass c "                      \
                          "ON m.classid = 2616 AND c.oid = m.objid "                               \
                          "JOIN pg_catalog.pg_am am ON am.oid = c.opcmethod "                      \
                          "JOIN pg_catalog.pg_type t ON t.oid = c.opcintype WHERE c.opcdefault"

static const char offers_sql[] =
    "WITH " OFFER_MEMBERS " SELECT q.extname, string_agg(q.line, E'\\n' ORDER BY q.rank, q.line "
    "COLLATE \"C\") FROM (" OFFER_TYPES " UNION ALL " OFFER_RELATIONS " UNION ALL " OFFER_CASTS
    " UNION ALL " OFFER_FUNCTIONS " UNION ALL " OFFER_OPERATORS " UNION ALL " OFFER_CLASSES
    ") q (extname, rank, line) GROUP BY 1";

static void offer_row(struct catalog *catalog, const struct row *row)
{
    text_list_add(&catalog->model->offers, catalog->arena,
                  arena_printf(catalog->arena, "%s\n%s", row_raw(row, OFFER_EXTENSION),
                               row_raw(row, OFFER_LINES)));
}

const struct catalog_query catalog_offers = {
    .what = "extensions", .sql = offers_sql, .row = offer_row};
