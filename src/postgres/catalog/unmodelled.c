/* The sweep: whatever the server has and no kind of the model covers, so that nothing is silently
 * left out. Each becomes an UNMODELLED object with the server's name for it and a definition: the
 * server's own text where it has a function for that, SQL put together from its row for most others
 * (describe.c makes facts of both as of an author's text), else the row in a form without oids.
 * Passwords live in some of these rows. Those of user mappings are read, as tokens (core/secret/secret.h), by who may;
 * those of subscriptions only a superuser may, and so they are not. */
#include <string.h>

#include "core/buffer.h"
#include "postgres/catalog/catalog.h"

/* --- objects ------------------------------------------------------------------------------------- */

enum {
    UNMODELLED_CLASS,
    UNMODELLED_OID,
    UNMODELLED_TYPE,
    UNMODELLED_IDENTITY,
    UNMODELLED_DEFINITION,
    UNMODELLED_SCHEMA
};

/* Each part gives a class, an oid, and a definition as text or as facts. Extensions bring many
 * operators, casts and base types: their own are left out here, what little else they have by the
 * reader. */
/* " OPTIONS (a 'x', b 'y')", NULL where there are none. */
#define OPTIONS(array)                                                                             \
    "(SELECT ' OPTIONS (' || string_agg(format('%I %L', o.option_name, o.option_value), ', ' "     \
    "ORDER BY o.option_name) || ')' FROM pg_options_to_table(" array ") o)"

/* "; ALTER ... DISABLE" of event triggers and rules. */
#define ENABLED(letter, alter, name)                                                               \
    "CASE " letter " WHEN 'D' THEN " alter " || ' DISABLE ' || " name " WHEN 'R' THEN " alter      \
    " || ' ENABLE REPLICA ' || " name " WHEN 'A' THEN " alter " || ' ENABLE ALWAYS ' || " name     \
    " END"

#define EVENT_TRIGGERS                                                                             \
    "SELECT 3466, oid, concat(format('CREATE EVENT TRIGGER %I ON %s', evtname, evtevent), "        \
    "(SELECT ' WHEN TAG IN (' || string_agg(quote_literal(t), ', ' ORDER BY t) || ')' "            \
    "FROM unnest(evttags) t), ' EXECUTE FUNCTION ' || evtfoid::regproc || '()', " ENABLED(         \
        "evtenabled", "format('; ALTER EVENT TRIGGER %I', evtname)",                               \
        "''") "), NULL::jsonb "                                                                    \
              "FROM pg_catalog.pg_event_trigger"

#define RULES                                                                                                                    \
    "SELECT 2618, r.oid, concat(pg_get_ruledef(r.oid), " ENABLED(                                                                \
        "r.ev_enabled", "format(' ALTER TABLE %s', r.ev_class::regclass)",                                                       \
        "format('RULE %I', r.rulename)") "), NULL "                                                                              \
                                         "FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class "        \
                                         "WHERE r.rulename <> '_RETURN' AND c.relpersistence <> 't' AND r.oid >= " SQL_FIRST_OID \
                                         " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 1259 "           \
                                         "AND d.objid = r.ev_class AND d.deptype = 'e')"

#define STATISTICS                                                                                 \
    "SELECT 3381, s.oid, pg_get_statisticsobjdef(s.oid) || "                                       \
    "CASE WHEN s.stxstattarget >= 0 THEN format('; ALTER STATISTICS %s.%I SET STATISTICS %s', "    \
    "s.stxnamespace::regnamespace, s.stxname, s.stxstattarget) ELSE '' END, NULL "                 \
    "FROM pg_catalog.pg_statistic_ext s"

/* Tables are added one by one, since before version 15 there is one way to say it only. */
#define PUBLICATIONS                                                                                   \
    "SELECT 6104, p.oid, concat(format('CREATE PUBLICATION %I', p.pubname), "                          \
    "CASE WHEN p.puballtables THEN ' FOR ALL TABLES' END, "                                            \
    "format(' WITH (publish = %L, publish_via_partition_root = %s', concat_ws(', ', "                  \
    "CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, "               \
    "CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END), "          \
    "p.pubviaroot::text), {18:CASE p.pubgencols WHEN 's' THEN ', publish_generated_columns = stored' " \
    "END, |}')', (SELECT string_agg(concat(format('; ALTER PUBLICATION %I ADD TABLE ONLY %s', "        \
    "p.pubname, r.prrelid::regclass){15:, (SELECT format(' (%s)', string_agg(quote_ident("             \
    "a.attname), ', ' ORDER BY a.attnum)) FROM pg_catalog.pg_attribute a "                             \
    "WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs) HAVING count(*) > 0), "               \
    "CASE WHEN r.prqual IS NOT NULL THEN format(' WHERE (%s)', "                                       \
    "pg_get_expr(r.prqual, r.prrelid)) END|}), '') "                                                   \
    "FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid)"                                    \
    "{15:, (SELECT string_agg(format('; ALTER PUBLICATION %I ADD TABLES IN SCHEMA %s', "               \
    "p.pubname, s.pnnspid::regnamespace), '') "                                                        \
    "FROM pg_catalog.pg_publication_namespace s WHERE s.pnpubid = p.oid)|}), NULL "                    \
    "FROM pg_catalog.pg_publication p"

#define FOREIGN_DATA_WRAPPERS                                                                      \
    "SELECT 2328, oid, concat(format('CREATE FOREIGN DATA WRAPPER %I', fdwname), "                 \
    "' HANDLER ' || NULLIF(fdwhandler, 0)::regproc, "                                              \
    "' VALIDATOR ' || NULLIF(fdwvalidator, 0)::regproc, " OPTIONS(                                 \
        "fdwoptions") "), NULL "                                                                   \
                      "FROM pg_catalog.pg_foreign_data_wrapper"

#define SERVERS                                                                                    \
    "SELECT 1417, s.oid, concat(format('CREATE SERVER %I', s.srvname), "                           \
    "' TYPE ' || quote_literal(s.srvtype), ' VERSION ' || quote_literal(s.srvversion), "           \
    "format(' FOREIGN DATA WRAPPER %I', f.fdwname), " OPTIONS(                                     \
        "s.srvoptions") "), NULL "                                                                 \
                        "FROM pg_catalog.pg_foreign_server s "                                     \
                        "JOIN pg_catalog.pg_foreign_data_wrapper f ON f.oid = s.srvfdw"

/* Not everybody may see the options. What pg_user_mappings asks for that, asked again: its NULL can also mean that
 * there are none. */
#define MAPPING_IS_SEEN                                                                            \
    "(m.umoptions IS NOT NULL OR (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = "       \
    "current_user) OR (SELECT CASE WHEN m.umuser = 0 THEN pg_has_role(s.srvowner, 'USAGE') "       \
    "ELSE m.usename = current_user AND (pg_has_role(s.srvowner, 'USAGE') OR "                      \
    "has_server_privilege(s.oid, 'USAGE')) END FROM pg_catalog.pg_foreign_server s "               \
    "WHERE s.oid = m.srvid))"

#define USER_MAPPINGS                                                                              \
    "SELECT 1418, umid, concat(format('CREATE USER MAPPING FOR %s SERVER %I', "                    \
    "CASE WHEN umuser = 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname), "                 \
    "CASE WHEN " MAPPING_IS_SEEN                                                                   \
    " THEN " OPTIONS("umoptions") " ELSE ' OPTIONS (\"?\" '''')' END), NULL "                      \
                                  "FROM pg_catalog.pg_user_mappings m"

#define TEXT_SEARCH_CONFIGURATIONS                                                                  \
    "SELECT 3602, c.oid, concat(format('CREATE TEXT SEARCH CONFIGURATION %s.%I (PARSER = %s.%I)', " \
    "c.cfgnamespace::regnamespace, c.cfgname, p.prsnamespace::regnamespace, p.prsname), "           \
    "(SELECT string_agg(format('; ALTER TEXT SEARCH CONFIGURATION %s.%I ADD MAPPING FOR %I "        \
    "WITH %s', c.cfgnamespace::regnamespace, c.cfgname, m.alias, m.list), '') FROM ("               \
    "SELECT t.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) "         \
    "FROM pg_catalog.pg_ts_config_map m JOIN ts_token_type(c.cfgparser) t "                         \
    "ON t.tokid = m.maptokentype WHERE m.mapcfg = c.oid GROUP BY 1) m (alias, list))), NULL "       \
    "FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser "         \
    "WHERE c.oid >= " SQL_FIRST_OID

#define TEXT_SEARCH_DICTIONARIES                                                                   \
    "SELECT 3600, d.oid, concat(format('CREATE TEXT SEARCH DICTIONARY %s.%I (TEMPLATE = %s.%I', "  \
    "d.dictnamespace::regnamespace, d.dictname, t.tmplnamespace::regnamespace, t.tmplname), "      \
    "', ' || d.dictinitoption, ')'), NULL "                                                        \
    "FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate "     \
    "WHERE d.oid >= " SQL_FIRST_OID

#define TEXT_SEARCH_PARSERS                                                                        \
    "SELECT 3601, oid, concat(format('CREATE TEXT SEARCH PARSER %s.%I (START = %s, GETTOKEN = "    \
    "%s, END = %s, LEXTYPES = %s', prsnamespace::regnamespace, prsname, prsstart, prstoken, "      \
    "prsend, prslextype), ', HEADLINE = ' || NULLIF(prsheadline, 0)::regproc, ')'), NULL "         \
    "FROM pg_catalog.pg_ts_parser WHERE oid >= " SQL_FIRST_OID

#define TEXT_SEARCH_TEMPLATES                                                                      \
    "SELECT 3764, oid, concat(format('CREATE TEXT SEARCH TEMPLATE %s.%I (LEXIZE = %s', "           \
    "tmplnamespace::regnamespace, tmplname, tmpllexize), "                                         \
    "', INIT = ' || NULLIF(tmplinit, 0)::regproc, ')'), NULL "                                     \
    "FROM pg_catalog.pg_ts_template WHERE oid >= " SQL_FIRST_OID

/* Those from a range to its multirange come with the type. */
#define CASTS                                                                                      \
    "SELECT 2605, c.oid, concat(format('CREATE CAST (%s AS %s) ', castsource::regtype, "           \
    "casttarget::regtype), CASE castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN "              \
    "'WITHOUT FUNCTION' ELSE 'WITH FUNCTION ' || castfunc::regprocedure END, "                     \
    "CASE castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END), NULL "     \
    "FROM pg_catalog.pg_cast c "                                                                   \
    "WHERE c.oid >= " SQL_FIRST_OID " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d "         \
    "WHERE d.classid = 2605 AND d.objid = c.oid AND d.deptype = 'i') "                             \
    "AND c.oid NOT IN (SELECT m.oid FROM members m WHERE m.class_id = 2605)"

#define CONVERSIONS                                                                                \
    "SELECT 2607, oid, format('CREATE %sCONVERSION %s.%I FOR %L TO %L FROM %s', "                  \
    "CASE WHEN condefault THEN 'DEFAULT ' END, connamespace::regnamespace, conname, "              \
    "pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding), conproc), NULL "     \
    "FROM pg_catalog.pg_conversion WHERE oid >= " SQL_FIRST_OID

#define TRANSFORMS                                                                                 \
    "SELECT 3576, t.oid, concat(format('CREATE TRANSFORM FOR %s LANGUAGE %I (', "                  \
    "t.trftype::regtype, l.lanname), concat_ws(', ', "                                             \
    "'FROM SQL WITH FUNCTION ' || NULLIF(t.trffromsql, 0)::regprocedure, "                         \
    "'TO SQL WITH FUNCTION ' || NULLIF(t.trftosql, 0)::regprocedure), ')'), NULL "                 \
    "FROM pg_catalog.pg_transform t JOIN pg_catalog.pg_language l ON l.oid = t.trflang"

/* Of another operator: its name with its schema. */
#define OTHER_OPERATOR(oid)                                                                        \
    "(SELECT format('OPERATOR(%s.%s)', x.oprnamespace::regnamespace, x.oprname) "                  \
    "FROM pg_catalog.pg_operator x WHERE x.oid = " oid ")"

/* Operators without a function are announced by others, as their commutator. */
#define OPERATORS                                                                                                                  \
    "SELECT 2617, o.oid, concat(format('CREATE OPERATOR %s.%s (FUNCTION = %s', "                                                   \
    "o.oprnamespace::regnamespace, o.oprname, o.oprcode), "                                                                        \
    "', LEFTARG = ' || NULLIF(o.oprleft, 0)::regtype, "                                                                            \
    "', RIGHTARG = ' || NULLIF(o.oprright, 0)::regtype, "                                                                          \
    "', COMMUTATOR = ' || " OTHER_OPERATOR(                                                                                        \
        "o.oprcom") ", "                                                                                                           \
                    "', NEGATOR = ' || " OTHER_OPERATOR(                                                                           \
                        "o.oprnegate") ", "                                                                                        \
                                       "', RESTRICT = ' || NULLIF(o.oprrest, 0)::regproc, "                                        \
                                       "', JOIN = ' || NULLIF(o.oprjoin, 0)::regproc, "                                            \
                                       "CASE WHEN o.oprcanhash THEN ', HASHES' END, CASE WHEN o.oprcanmerge THEN ', MERGES' END, " \
                                       "')'), NULL FROM pg_catalog.pg_operator o WHERE o.oid >= " SQL_FIRST_OID                    \
                                       " AND o.oprcode <> 0 "                                                                      \
                                       "AND o.oid NOT IN (SELECT m.oid FROM members m WHERE m.class_id = 2617)"

#define OPERATOR_CLASSES                                                                           \
    "SELECT 2616, oid, NULL, jsonb_build_object('type', opcintype::regtype, "                      \
    "'default', opcdefault, 'storage', NULLIF(opckeytype, 0)::regtype) "                           \
    "FROM pg_catalog.pg_opclass WHERE oid >= " SQL_FIRST_OID " "                                   \
    "AND oid NOT IN (SELECT m.oid FROM members m WHERE m.class_id = 2616)"

#define OPERATOR_FAMILIES                                                                          \
    "SELECT 2753, f.oid, NULL, jsonb_build_object("                                                \
    "'operators', (SELECT jsonb_agg(jsonb_build_array(o.amopstrategy, o.amopopr::regoperator) "    \
    "ORDER BY o.amopstrategy, o.amopopr::regoperator::text) FROM pg_catalog.pg_amop o "            \
    "WHERE o.amopfamily = f.oid), "                                                                \
    "'functions', (SELECT jsonb_agg(jsonb_build_array(p.amprocnum, p.amproc::regprocedure) "       \
    "ORDER BY p.amprocnum, p.amproc::regprocedure::text) FROM pg_catalog.pg_amproc p "             \
    "WHERE p.amprocfamily = f.oid)) "                                                              \
    "FROM pg_catalog.pg_opfamily f WHERE f.oid >= " SQL_FIRST_OID " "                              \
    "AND f.oid NOT IN (SELECT m.oid FROM members m WHERE m.class_id = 2753)"

#define COLLATIONS                                                                                 \
    "SELECT 3456, c.oid, concat(format('CREATE COLLATION %s.%I (PROVIDER = %s', "                  \
    "c.collnamespace::regnamespace, c.collname, "                                                  \
    "CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END), "           \
    "CASE WHEN c.collprovider = 'c' THEN format(', LC_COLLATE = %L, LC_CTYPE = %L', "              \
    "c.collcollate, c.collctype) ELSE ', LOCALE = ' || quote_literal(COALESCE("                    \
    "to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate)) END, "         \
    "CASE WHEN NOT c.collisdeterministic THEN ', DETERMINISTIC = false' END, "                     \
    "', RULES = ' || quote_literal(to_jsonb(c) ->> 'collicurules'), ')'), NULL "                   \
    "FROM pg_catalog.pg_collation c WHERE c.oid >= " SQL_FIRST_OID

#define LANGUAGES                                                                                  \
    "SELECT 2612, oid, concat('CREATE ', CASE WHEN lanpltrusted THEN 'TRUSTED ' END, "             \
    "format('LANGUAGE %I', lanname), ' HANDLER ' || NULLIF(lanplcallfoid, 0)::regproc, "           \
    "' INLINE ' || NULLIF(laninline, 0)::regproc, "                                                \
    "' VALIDATOR ' || NULLIF(lanvalidator, 0)::regproc), NULL "                                    \
    "FROM pg_catalog.pg_language WHERE lanispl AND lanname <> 'plpgsql'"

#define ACCESS_METHODS                                                                             \
    "SELECT 2601, oid, format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', amname, "              \
    "CASE amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, amhandler), NULL "                        \
    "FROM pg_catalog.pg_am WHERE oid >= " SQL_FIRST_OID

/* Base types other than arrays, and shell types. */
#define BASE_TYPES                                                                                 \
    "SELECT 1247, t.oid, NULL, jsonb_build_object('defined', t.typisdefined, "                     \
    "'input', NULLIF(t.typinput, 0)::regproc, 'output', NULLIF(t.typoutput, 0)::regproc, "         \
    "'receive', NULLIF(t.typreceive, 0)::regproc, 'send', NULLIF(t.typsend, 0)::regproc, "         \
    "'typmod_in', NULLIF(t.typmodin, 0)::regproc, 'typmod_out', NULLIF(t.typmodout, 0)::regproc, " \
    "'analyze', NULLIF(t.typanalyze, 0)::regproc, 'length', t.typlen, 'by_value', t.typbyval, "    \
    "'alignment', t.typalign, 'storage', t.typstorage, 'category', t.typcategory, "                \
    "'preferred', t.typispreferred, 'delimiter', t.typdelim, "                                     \
    "'element', NULLIF(t.typelem, 0)::regtype, 'collatable', t.typcollation <> 0, "                \
    "'default', t.typdefault) "                                                                    \
    "FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type l ON l.typarray = t.oid "              \
    "WHERE (t.typtype = 'b' AND l.oid IS NULL OR NOT t.typisdefined) "                             \
    "AND t.oid >= " SQL_FIRST_OID " "                                                              \
    "AND t.oid NOT IN (SELECT m.oid FROM members m WHERE m.class_id = 1247)"

#define AND_ALL " UNION ALL "

/* clang-format off */
static const char unmodelled_sql[] =
    "WITH members (class_id, oid) AS MATERIALIZED ("
    "SELECT d.classid, d.objid FROM pg_catalog.pg_depend d "
    "WHERE d.refclassid = 3079 AND d.deptype = 'e') "
    "SELECT u.class_id, u.oid, i.type, i.identity, "
    "COALESCE(u.definition, jsonb_strip_nulls(u.facts)::text), i.schema "
    "FROM (" EVENT_TRIGGERS AND_ALL RULES AND_ALL STATISTICS AND_ALL PUBLICATIONS AND_ALL
    FOREIGN_DATA_WRAPPERS AND_ALL SERVERS AND_ALL USER_MAPPINGS AND_ALL TEXT_SEARCH_CONFIGURATIONS AND_ALL TEXT_SEARCH_DICTIONARIES
    AND_ALL TEXT_SEARCH_PARSERS AND_ALL TEXT_SEARCH_TEMPLATES AND_ALL CASTS AND_ALL CONVERSIONS
    AND_ALL TRANSFORMS AND_ALL OPERATORS AND_ALL OPERATOR_CLASSES AND_ALL OPERATOR_FAMILIES
    AND_ALL COLLATIONS AND_ALL LANGUAGES AND_ALL ACCESS_METHODS AND_ALL BASE_TYPES
    ") AS u (class_id, oid, definition, facts) "
    "CROSS JOIN LATERAL pg_identify_object(u.class_id::oid, u.oid, 0) i";
/* clang-format on */

/* Objects in the schemas of the server, of sessions and of plumb are not the user's. */
static bool is_in_user_schema(const struct row *row)
{
    const char *schema = row_raw(row, UNMODELLED_SCHEMA);

    return !schema || (strncmp(schema, "pg_", 3) != 0 && strncmp(schema, "\"pg_", 4) != 0 &&
                       strcmp(schema, "information_schema") != 0 && strcmp(schema, "plumb") != 0);
}

/* Before version 17 json had no spelling of its own and identities qualify it. */
static const char *modern_identity(struct catalog *catalog, const char *identity)
{
    static const char qualified[] = "pg_catalog.json";
    struct buffer text = BUFFER_EMPTY;
    const char *found;

    while ((found = strstr(identity, qualified))) {
        const char *end = found + sizeof(qualified) - 1;
        bool whole = *end && strchr(" ),", *end);

        buffer_append_bytes(&text, identity, (size_t)(found - identity));
        buffer_append(&text, whole ? "json" : qualified);
        identity = end;
    }
    buffer_append(&text, identity);
    return buffer_take(&text, catalog->scratch);
}

static struct object *add_unmodelled(struct catalog *catalog, const struct row *row)
{
    const char *type = row_text(catalog, row, UNMODELLED_TYPE);
    struct object *object =
        catalog_add(catalog, KIND_UNMODELLED, NULL,
                    arena_printf(catalog->scratch, "%s %s", type,
                                 modern_identity(catalog, row_raw(row, UNMODELLED_IDENTITY))),
                    NULL);

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
    "SELECT 6100, {14:s.oid|0}, 'subscription', quote_ident(s.subname), "
    "jsonb_strip_nulls(jsonb_build_object('enabled', s.subenabled, 'slot', s.subslotname, "
    "'publications', ARRAY(SELECT unnest(s.subpublications) ORDER BY 1)))::text, NULL "
    "FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid "
    "WHERE d.datname = current_database() UNION ALL "
    "SELECT 0, 0, 'security label', l.provider || ' on ' || i.type || ' ' || i.identity, l.label, "
    "i.schema FROM pg_catalog.pg_seclabel l "
    "CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) i "
    "WHERE l.objoid >= " SQL_FIRST_OID;

const struct catalog_query catalog_unmodelled_others = {
    .what = "subscriptions", .sql = unmodelled_others_sql, .row = unmodelled_row};

/* --- what depends on them, and on what they depend ----------------------------------------------- */

enum { NEED_CLASS, NEED_OID, NEED_NUMBER, NEED_OTHER_CLASS, NEED_OTHER_OID, NEED_OTHER_NUMBER };

/* The classes of which no object is modelled. */
#define UNMODELLED_CLASSES                                                                         \
    "(3466, 3381, 6104, 2328, 1417, 1418, 3602, 3600, 3601, 3764, 2605, 2607, 3576, 2617, 2616, "  \
    "2753, 3456, 2612, 2601)"

/* clang-format off */
#define DEPENDENCIES                                                                               \
    "SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid "              \
    "FROM pg_catalog.pg_depend d WHERE d.deptype IN ('n', 'a') AND "

/* Each part can be served by an index of pg_depend, which may have millions of rows. OFFSET 0 keeps
 * the planner from doing otherwise where its statistics are old. */
static const char unmodelled_needs_sql[] =
    "WITH odd (class_id, oid) AS MATERIALIZED ("
    "SELECT 2618::oid, oid FROM pg_catalog.pg_rewrite WHERE rulename <> '_RETURN' "
    "UNION ALL SELECT 1247, t.oid FROM pg_catalog.pg_type t "
    "LEFT JOIN pg_catalog.pg_type l ON l.typarray = t.oid "
    "WHERE t.typtype = 'b' AND l.oid IS NULL AND t.oid >= " SQL_FIRST_OID ") "
    DEPENDENCIES "d.classid IN " UNMODELLED_CLASSES " AND d.objid >= " SQL_FIRST_OID
    " UNION ALL "
    DEPENDENCIES "d.refclassid IN " UNMODELLED_CLASSES " AND d.refobjid >= " SQL_FIRST_OID
    " UNION ALL SELECT x.* FROM odd o CROSS JOIN LATERAL ("
    DEPENDENCIES "d.classid = o.class_id AND d.objid = o.oid OFFSET 0) x"
    " UNION ALL SELECT x.* FROM odd o CROSS JOIN LATERAL ("
    DEPENDENCIES "d.refclassid = o.class_id AND d.refobjid = o.oid OFFSET 0) x"
    " UNION ALL SELECT 6104, prpubid, 0, 1259, prrelid, 0 FROM pg_catalog.pg_publication_rel";
/* clang-format on */

/* A column of a view stands for the view. */
static struct object *find_object(const struct catalog *catalog, enum catalog_class class_id,
                                  uint32_t oid, int number)
{
    const struct catalog_column *column =
        class_id == CLASS_RELATION ? catalog_column(catalog, oid, number) : NULL;

    return column && column->object ? column->object : catalog_get(catalog, class_id, oid, 0);
}

static void need_row(struct catalog *catalog, const struct row *row)
{
    struct object *object = find_object(catalog, row_oid(row, NEED_CLASS), row_oid(row, NEED_OID),
                                        (int)row_number(row, NEED_NUMBER));
    struct object *other =
        find_object(catalog, row_oid(row, NEED_OTHER_CLASS), row_oid(row, NEED_OTHER_OID),
                    (int)row_number(row, NEED_OTHER_NUMBER));

    /* A base type and its functions need each other: one way is enough. */
    if (object && other && !object_needs(other, object))
        model_need(catalog->model, object, other);
}

const struct catalog_query catalog_unmodelled_needs = {
    .what = "dependencies", .sql = unmodelled_needs_sql, .row = need_row};
