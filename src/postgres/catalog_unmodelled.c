/* The sweep: whatever the server has and no kind of the model covers, so that nothing is silently
 * left out. Each becomes an UNMODELLED object with the server's name for it and a definition: the
 * server's own text where it has a function for that, else the catalog's row in a form without oids.
 * Passwords live in some of these rows (subscriptions, user mappings): they are never read. */
#include <string.h>

#include "postgres/catalog.h"

/* --- objects ------------------------------------------------------------------------------------- */

enum {
    UNMODELLED_CLASS,
    UNMODELLED_OID,
    UNMODELLED_TYPE,
    UNMODELLED_IDENTITY,
    UNMODELLED_DEFINITION,
    UNMODELLED_SCHEMA
};

/* clang-format off: it would set each macro in a column of its own. */

#define SQL_JSON(...)                                                                              \
    "pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(" __VA_ARGS__ "))::text"

/* A name that may be absent (0). */
#define SQL_REG(column, type) "NULLIF(" column ", 0)::pg_catalog." type "::text"

/* Options, sorted. */
#define SQL_OPTIONS(column) "ARRAY(SELECT o FROM pg_catalog.unnest(" column ") o ORDER BY o)"

/* True for an object that neither initdb nor an extension made. What little of extensions is left by
 * queries without this is left out by the reader. */
#define SQL_OWN(class_id, oid)                                                                     \
    oid " >= " SQL_FIRST_OID " AND " oid                                                           \
        " NOT IN (SELECT m.oid FROM members m WHERE m.class_id = " class_id ")"

#define SQL_NOT_INITDB(oid) oid " >= " SQL_FIRST_OID

#define SQL_EVENT_TRIGGERS                                                                         \
    "SELECT 3466, oid, " SQL_JSON("'event', evtevent, 'function', evtfoid::pg_catalog.regproc::"   \
                                  "text, 'enabled', evtenabled, 'tags', " SQL_OPTIONS(             \
                                      "evttags")) " FROM pg_catalog.pg_event_trigger"

#define SQL_RULES                                                                                  \
    "SELECT 2618, r.oid, pg_catalog.pg_get_ruledef(r.oid) || "                                     \
    "CASE WHEN r.ev_enabled <> 'O' THEN ' -- enabled: ' || r.ev_enabled::text ELSE '' END "        \
    "FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class "               \
    "WHERE r.rulename <> '_RETURN' AND c.relpersistence <> 't' AND " SQL_NOT_INITDB("r.oid")

#define SQL_STATISTICS                                                                             \
    "SELECT 3381, oid, pg_catalog.pg_get_statisticsobjdef(oid) || "                                \
    "CASE WHEN stxstattarget >= 0 THEN ' -- target: ' || stxstattarget ELSE '' END "               \
    "FROM pg_catalog.pg_statistic_ext WHERE " SQL_NOT_INITDB("oid")

#define SQL_PUBLICATION_COLUMNS                                                                    \
    "(SELECT pg_catalog.jsonb_agg(a.attname ORDER BY a.attname) FROM pg_catalog.pg_attribute a "   \
    "WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs))"

#define SQL_PUBLICATIONS                                                                              \
    "SELECT 6104, p.oid, pg_catalog.jsonb_strip_nulls("                                               \
    "(pg_catalog.to_jsonb(p) - 'oid' - 'pubowner' - 'pubname') || "                                   \
    "pg_catalog.jsonb_build_object('tables', (SELECT pg_catalog.jsonb_agg("                           \
    "pg_catalog.jsonb_build_object('table', r.prrelid::pg_catalog.regclass::text"                     \
    "{15:, 'where', pg_catalog.pg_get_expr(r.prqual, r.prrelid), 'columns', " SQL_PUBLICATION_COLUMNS \
    "|}) ORDER BY r.prrelid::pg_catalog.regclass::text) "                                             \
    "FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid)"                                   \
    "{15:, 'schemas', (SELECT pg_catalog.jsonb_agg(s.pnnspid::pg_catalog.regnamespace::text "         \
    "ORDER BY s.pnnspid::pg_catalog.regnamespace::text) "                                             \
    "FROM pg_catalog.pg_publication_namespace s WHERE s.pnpubid = p.oid)|}))::text "                  \
    "FROM pg_catalog.pg_publication p"

#define SQL_FOREIGN                                                                                                                                                                             \
    "SELECT 2328, oid, " SQL_JSON(                                                                                                                                                              \
        "'handler', " SQL_REG("fdwhandler", "regproc") ", 'validator', " SQL_REG("fdwvalidator", "regproc") ", 'options', " SQL_OPTIONS(                                                        \
            "fdwoptions")) " FROM pg_catalog.pg_foreign_data_wrapper UNION ALL "                                                                                                                \
                           "SELECT 1417, s.oid, " SQL_JSON(                                                                                                                                     \
                               "'wrapper', f.fdwname, 'type', s.srvtype, 'version', "                                                                                                           \
                               "s.srvversion, 'options', " SQL_OPTIONS(                                                                                                                         \
                                   "s.srvoptions")) " FROM pg_catalog.pg_foreign_server s "                                                                                                     \
                                                    "JOIN pg_catalog.pg_foreign_data_wrapper f ON f.oid = s.srvfdw UNION ALL " /* the options hold passwords, and not everybody may see them */ \
                                                    "SELECT 1418, umid, " SQL_JSON(                                                                                                             \
                                                        "'server', srvname") " FROM pg_catalog.pg_user_mappings"

#define SQL_FOREIGN_TABLES                                                                                                                                      \
    "SELECT 1259, c.oid, " SQL_JSON("'server', s.srvname, 'options', " SQL_OPTIONS(                                                                             \
        "f.ftoptions") ", "                                                                                                                                     \
                       "'bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid), "                                                                               \
                       "'columns', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_strip_nulls("                                                                  \
                       "pg_catalog.jsonb_build_object('name', a.attname, "                                                                                      \
                       "'type', pg_catalog.format_type(a.atttypid, a.atttypmod), "                                                                              \
                       "'not_null', NULLIF(a.attnotnull, false), "                                                                                              \
                       "'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid), "                                                                                \
                       "'options', a.attfdwoptions)) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a "                                                        \
                       "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "                                                    \
                       "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), "                                                                    \
                       "'checks', (SELECT pg_catalog.jsonb_object_agg(k.conname, "                                                                              \
                       "pg_catalog.pg_get_constraintdef(k.oid)) FROM pg_catalog.pg_constraint k "                                                               \
                       "WHERE k.conrelid = c.oid AND k.contype = 'c')") " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid "  \
                                                                        "JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver "                            \
                                                                        "UNION ALL "                                                                            \
                                                                        "SELECT 2620, t.oid, pg_catalog.pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t " \
                                                                        "JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid WHERE c.relkind = 'f' "                \
                                                                        "AND NOT t.tgisinternal"

#define SQL_TEXT_SEARCH                                                                                                                                                                                                                                                                                                                                                    \
    "SELECT 3602, c.oid, " SQL_JSON(                                                                                                                                                                                                                                                                                                                                       \
        "'parser', p.prsname, 'mappings', (SELECT pg_catalog.jsonb_agg("                                                                                                                                                                                                                                                                                                   \
        "pg_catalog.jsonb_build_array(m.maptokentype, m.mapdict::pg_catalog.regdictionary::text) "                                                                                                                                                                                                                                                                         \
        "ORDER BY m.maptokentype, m.mapseqno) FROM pg_catalog.pg_ts_config_map m "                                                                                                                                                                                                                                                                                         \
        "WHERE m.mapcfg = c.oid)") " FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser "                                                                                                                                                                                                                                                \
                                   "WHERE " SQL_NOT_INITDB(                                                                                                                                                                                                                                                                                                                \
                                       "c.oid") " UNION ALL "                                                                                                                                                                                                                                                                                                              \
                                                "SELECT 3600, d.oid, " SQL_JSON(                                                                                                                                                                                                                                                                                           \
                                                    "'template', t.tmplname, 'options', d.dictinitoption") " FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate "                                                                                                                                                                     \
                                                                                                           "WHERE " SQL_NOT_INITDB("d.oid") " UNION ALL "                                                                                                                                                                                                                  \
                                                                                                                                            "SELECT 3601, oid, " SQL_JSON("'start', prsstart::text, 'token', prstoken::text, 'end', "                                                                                                                                      \
                                                                                                                                                                          "prsend::text, 'headline', " SQL_REG("prsheadline",                                                                                                                                              \
                                                                                                                                                                                                               "regproc") ", 'lextypes', prslextype::text") " FROM pg_catalog.pg_ts_parser WHERE " SQL_NOT_INITDB("oid") " UNION ALL "                                     \
                                                                                                                                                                                                                                                                                                                         "SELECT 3764, oid, " SQL_JSON("'init', " SQL_REG( \
                                                                                                                                                                                                                                                                                                                             "tmplinit",                                   \
                                                                                                                                                                                                                                                                                                                             "regproc") ", 'lexize', tmpllexize::text") " FROM pg_catalog.pg_ts_template WHERE " SQL_NOT_INITDB("oid")

#define SQL_CASTS                                                                                                                                                                                                       \
    "SELECT 2605, oid, " SQL_JSON("'function', " SQL_REG("castfunc", "regprocedure") ", 'context', castcontext, 'method', castmethod") " FROM pg_catalog.pg_cast c WHERE " SQL_OWN(                                     \
        "2605",                                                                                                                                                                                                         \
        "c.oid") " AND NOT EXISTS ("                                                                                                                                                                                    \
                 "SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 2605 AND d.objid = c.oid "                                                                                                                       \
                 "AND d.deptype = 'i') UNION ALL "                                                                                                                                                                      \
                 "SELECT 2607, oid, " SQL_JSON(                                                                                                                                                                         \
                     "'for', pg_catalog.pg_encoding_to_char(conforencoding), "                                                                                                                                          \
                     "'to', pg_catalog.pg_encoding_to_char(contoencoding), "                                                                                                                                            \
                     "'function', conproc::text, 'default', condefault") " FROM pg_catalog.pg_conversion WHERE " SQL_NOT_INITDB("oid") " UNION ALL "                                                                    \
                                                                                                                                       "SELECT 3576, oid, " SQL_JSON(                                                   \
                                                                                                                                           "'from_sql', " SQL_REG("trffromsql", "regprocedure") ", 'to_sql', " SQL_REG( \
                                                                                                                                               "trftosql",                                                              \
                                                                                                                                               "regprocedure")) " FROM pg_catalog.pg_transform"

#define SQL_OPERATORS                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  \
    "SELECT 2617, oid, " SQL_JSON(                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                     \
        "'function', " SQL_REG("oprcode",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              \
                               "regprocedure") ", 'commutator', " SQL_REG("oprcom",                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    \
                                                                          "regoperator") ", 'negator', " SQL_REG("oprnegate", "regoperator") ", 'restrict', " SQL_REG("oprrest", "regproc") ", 'join', " SQL_REG("oprjoin", "regproc") ", 'hashes', oprcanhash, 'merges', oprcanmerge") " FROM pg_catalog.pg_operator WHERE " SQL_OWN("2617", "oid") " UNION ALL "                                                                                                                                                                                                     \
                                                                                                                                                                                                                                                                                                                                                     "SELECT 2616, oid, " SQL_JSON(                                                                                                                                                                                    \
                                                                                                                                                                                                                                                                                                                                                         "'type', opcintype::pg_catalog.regtype::text, 'default', "                                                                                                                                                    \
                                                                                                                                                                                                                                                                                                                                                         "opcdefault, 'storage', " SQL_REG("opckeytype", "regtype")) " FROM pg_catalog.pg_opclass WHERE " SQL_OWN("2616",                                                                                              \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "oid") " UNION ALL "                                                                                 \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                         "SELECT 2753, f.oid, " SQL_JSON(                                                              \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "'operators', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(o.amopstrategy, " \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "o.amopopr::pg_catalog.regoperator::text) ORDER BY o.amopstrategy, "                      \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "o.amopopr::pg_catalog.regoperator::text) FROM pg_catalog.pg_amop o "                     \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "WHERE o.amopfamily = f.oid), "                                                           \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "'functions', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(p.amprocnum, "    \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "p.amproc::pg_catalog.regprocedure::text) ORDER BY p.amprocnum, "                         \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "p.amproc::pg_catalog.regprocedure::text) FROM pg_catalog.pg_amproc p "                   \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "WHERE p.amprocfamily = f.oid)") " FROM pg_catalog.pg_opfamily f WHERE " SQL_OWN("2753",  \
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              "f.oid")

#define SQL_COLLATIONS                                                                             \
    "SELECT 3456, oid, (pg_catalog.jsonb_strip_nulls(pg_catalog.to_jsonb(c)) - 'oid' - 'collname'" \
    " - 'collnamespace' - 'collowner' - 'collversion' - 'collencoding')::text "                    \
    "FROM pg_catalog.pg_collation c WHERE " SQL_NOT_INITDB("oid")

#define SQL_LANGUAGES                                                                                                                         \
    "SELECT 2612, oid, " SQL_JSON(                                                                                                            \
        "'trusted', lanpltrusted, 'handler', " SQL_REG("lanplcallfoid", "regproc") ", 'inline', " SQL_REG(                                    \
            "laninline",                                                                                                                      \
            "regproc") ", 'validator', " SQL_REG("lanvalidator",                                                                              \
                                                 "regproc")) " FROM pg_catalog.pg_language WHERE lanispl AND lanname <> 'plpgsql' UNION ALL " \
                                                             "SELECT 2601, oid, " SQL_JSON(                                                   \
                                                                 "'type', amtype, 'handler', amhandler::text") " FROM pg_catalog.pg_am WHERE oid >= " SQL_FIRST_OID

/* Base types other than arrays, and shell types. */
#define SQL_BASE_TYPES                                                                                                                                                                                                                                      \
    "SELECT 1247, t.oid, " SQL_JSON(                                                                                                                                                                                                                        \
        "'defined', t.typisdefined, 'input', " SQL_REG("t.typinput", "regproc") ", 'output', " SQL_REG("t.typoutput", "regproc") ", 'receive', " SQL_REG("t.typreceive", "regproc") ", 'send', " SQL_REG("t.typsend", "regproc") ", 'typmod_in', " SQL_REG( \
            "t.typmodin",                                                                                                                                                                                                                                   \
            "regproc") ", 'typmod_out', " SQL_REG("t.typmodout",                                                                                                                                                                                            \
                                                  "regproc") ", 'analyze', " SQL_REG("t.typanalyze",                                                                                                                                                        \
                                                                                     "regproc") ", 'length', t.typlen, 'by_value', "                                                                                                                        \
                                                                                                "t.typbyval, 'alignment', t.typalign, 'storage', t.typstorage, 'category', t.typcategory,"                                                                  \
                                                                                                " 'preferred', t.typispreferred, 'delimiter', t.typdelim, 'element', " SQL_REG(                                                                             \
                                                                                                    "t.typelem",                                                                                                                                            \
                                                                                                    "regtype") ", 'collatable', t.typcollation <> 0, 'default', "                                                                                           \
                                                                                                               "t.typdefault") " FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type l ON l.typarray = t.oid "                                           \
                                                                                                                               "WHERE (t.typtype = 'b' AND l.oid IS NULL OR NOT t.typisdefined) "                                                           \
                                                                                                                               "AND " SQL_OWN(                                                                                                              \
                                                                                                                                   "1247",                                                                                                                  \
                                                                                                                                   "t.oid")

static const char unmodelled_sql[] =
    "WITH members (class_id, oid) AS MATERIALIZED ("
    "SELECT d.classid, d.objid FROM pg_catalog.pg_depend d "
    "WHERE d.refclassid = 3079 AND d.deptype = 'e') "
    "SELECT u.class_id, u.oid, i.type, i.identity, u.definition, i.schema FROM (" SQL_EVENT_TRIGGERS
    " UNION ALL " SQL_RULES " UNION ALL " SQL_STATISTICS " UNION ALL " SQL_PUBLICATIONS
    " UNION ALL " SQL_FOREIGN " UNION ALL " SQL_FOREIGN_TABLES " UNION ALL " SQL_TEXT_SEARCH
    " UNION ALL " SQL_CASTS " UNION ALL " SQL_OPERATORS " UNION ALL " SQL_COLLATIONS
    " UNION ALL " SQL_LANGUAGES " UNION ALL " SQL_BASE_TYPES ") AS u (class_id, oid, definition) "
    "CROSS JOIN LATERAL pg_catalog.pg_identify_object(u.class_id::pg_catalog.oid, u.oid, 0) i";

/* clang-format on */

/* Objects in the schemas of the server, of sessions and of plumb are not the user's. */
static bool is_in_user_schema(const struct row *row)
{
    const char *schema = row_raw(row, UNMODELLED_SCHEMA);

    return !schema || (strncmp(schema, "pg_", 3) != 0 && strncmp(schema, "\"pg_", 4) != 0 &&
                       strcmp(schema, "information_schema") != 0 && strcmp(schema, "plumb") != 0);
}

static struct object *add_unmodelled(struct catalog *catalog, const struct row *row)
{
    const char *type = row_text(catalog, row, UNMODELLED_TYPE);
    struct object *object = catalog_add(
        catalog, KIND_UNMODELLED, NULL,
        arena_printf(catalog->scratch, "%s %s", type, row_raw(row, UNMODELLED_IDENTITY)), NULL);

    as_unmodelled(object)->object_class = type;
    as_unmodelled(object)->definition = row_text(catalog, row, UNMODELLED_DEFINITION);
    return object;
}

static void unmodelled_row(struct catalog *catalog, const struct row *row)
{
    enum catalog_class class_id = row_oid(row, UNMODELLED_CLASS);
    uint32_t oid = row_oid(row, UNMODELLED_OID);
    struct object *object;

    if (!row_raw(row, UNMODELLED_IDENTITY) || !is_in_user_schema(row) ||
        catalog_is_member(catalog, class_id, oid))
        return;
    object = add_unmodelled(catalog, row);
    if (oid)
        catalog_put(catalog, class_id, oid, 0, object);
}

const struct catalog_query catalog_unmodelled = {
    .what = "unmodelled objects", .sql = unmodelled_sql, .row = unmodelled_row};

/* Not everybody may read all columns of pg_subscription, in some versions not even the oid. Security
 * labels can be on anything. */
static const char unmodelled_others_sql[] =
    "SELECT 0, 0, 'subscription', pg_catalog.quote_ident(s.subname), " SQL_JSON(
        "'enabled', s.subenabled, 'slot', s.subslotname, 'publications', " SQL_OPTIONS(
            "s.subpublications")) ", NULL"
                                  " FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid "
                                  "WHERE d.datname = pg_catalog.current_database() UNION ALL "
                                  "SELECT 0, 0, 'security label', "
                                  "l.provider || ' on ' || i.type || ' ' || i.identity, l.label, i.schema FROM pg_catalog.pg_seclabel l "
                                  "CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) i "
                                  "WHERE l.objoid >= " SQL_FIRST_OID;

const struct catalog_query catalog_unmodelled_others = {
    .what = "subscriptions", .sql = unmodelled_others_sql, .row = unmodelled_row};

/* --- what depends on them, and on what they depend ----------------------------------------------- */

enum { NEED_CLASS, NEED_OID, NEED_NUMBER, NEED_OTHER_CLASS, NEED_OTHER_OID, NEED_OTHER_NUMBER };

/* The classes of which no object is modelled. */
#define SQL_UNMODELLED_CLASSES                                                                     \
    "(3466, 3381, 6104, 2328, 1417, 1418, 3602, 3600, 3601, 3764, 2605, 2607, 3576, 2617, 2616, "  \
    "2753, 3456, 2612, 2601)"

#define SQL_DEPENDENCIES                                                                           \
    "SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid "              \
    "FROM pg_catalog.pg_depend d "

#define SQL_DEPENDENCY_COUNTS "d.deptype IN ('n', 'a')"

/* Each part can be served by an index of pg_depend, which may have millions of rows. OFFSET 0 keeps the
 * planner from doing otherwise where its statistics are old. */
static const char unmodelled_needs_sql[] =
    "WITH odd (class_id, oid) AS MATERIALIZED ("
    "SELECT 1259::pg_catalog.oid, oid FROM pg_catalog.pg_class WHERE relkind = 'f' "
    "UNION ALL SELECT 2618, oid FROM pg_catalog.pg_rewrite WHERE rulename <> '_RETURN' "
    "UNION ALL SELECT 1247, t.oid FROM pg_catalog.pg_type t "
    "LEFT JOIN pg_catalog.pg_type l ON l.typarray = t.oid "
    "WHERE t.typtype = 'b' AND l.oid IS NULL AND t.oid >= " SQL_FIRST_OID ") " SQL_DEPENDENCIES
    "WHERE d.classid IN " SQL_UNMODELLED_CLASSES " AND d.objid >= " SQL_FIRST_OID
    " AND " SQL_DEPENDENCY_COUNTS " UNION ALL " SQL_DEPENDENCIES
    "WHERE d.refclassid IN " SQL_UNMODELLED_CLASSES " AND d.refobjid >= " SQL_FIRST_OID
    " AND " SQL_DEPENDENCY_COUNTS
    " UNION ALL SELECT x.* FROM odd o CROSS JOIN LATERAL (" SQL_DEPENDENCIES
    "WHERE d.classid = o.class_id AND d.objid = o.oid AND " SQL_DEPENDENCY_COUNTS " OFFSET 0) x"
    " UNION ALL SELECT x.* FROM odd o CROSS JOIN LATERAL (" SQL_DEPENDENCIES
    "WHERE d.refclassid = o.class_id AND d.refobjid = o.oid AND " SQL_DEPENDENCY_COUNTS
    " OFFSET 0) x"
    " UNION ALL SELECT 6104, prpubid, 0, 1259, prrelid, 0 FROM pg_catalog.pg_publication_rel";

/* A column of a view stands for the view. */
static struct object *find_object(const struct catalog *catalog, enum catalog_class class_id,
                                  uint32_t oid, int number)
{
    const struct catalog_column *column =
        class_id == CLASS_RELATION ? catalog_column(catalog, oid, number) : NULL;

    return column && column->object ? column->object : catalog_get(catalog, class_id, oid, 0);
}

static bool needs(const struct object *object, const struct object *other)
{
    for (size_t i = 0; i < object->needs.count; i++)
        if (object->needs.items[i] == other)
            return true;
    return false;
}

static void need_row(struct catalog *catalog, const struct row *row)
{
    struct object *object = find_object(catalog, row_oid(row, NEED_CLASS), row_oid(row, NEED_OID),
                                        (int)row_number(row, NEED_NUMBER));
    struct object *other =
        find_object(catalog, row_oid(row, NEED_OTHER_CLASS), row_oid(row, NEED_OTHER_OID),
                    (int)row_number(row, NEED_OTHER_NUMBER));

    /* A base type and its functions need each other: one way is enough. */
    if (object && other && !needs(other, object))
        model_need(catalog->model, object, other);
}

const struct catalog_query catalog_unmodelled_needs = {
    .what = "dependencies", .sql = unmodelled_needs_sql, .row = need_row};
