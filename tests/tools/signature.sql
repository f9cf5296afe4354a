-- What a database holds, one line a fact, in no order: two databases with the same lines have the same schema.
-- Written for the tests, from the server's own descriptions and without a look at how plumb reads the catalog.
-- Owners and privileges are left out unless psql gets -v access=1. The order of a table's columns is left out,
-- because columns are added at the end; so are the names of NOT NULL constraints, which PostgreSQL 18 invented.
\if :{?access}
\else
\set access 0
\endif
SET search_path = '';

-- Is it an object of the user's: not one that came with the server, an extension or a range type?
CREATE FUNCTION pg_temp.own(class oid, object oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT object >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = class AND d.objid = object
        AND (d.deptype = 'e' OR d.deptype = 'i' AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND class <> 'pg_catalog.pg_class'::pg_catalog.regclass))
$$;

-- A temporary function of ours is no fact, nor is what plumb keeps for itself.
CREATE TEMP VIEW spaces AS SELECT oid, nspname FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'plumb');
CREATE TEMP VIEW rels AS SELECT c.*, c.oid::regclass::text AS name FROM pg_class c
    JOIN pg_temp.spaces s ON s.oid = c.relnamespace
    WHERE pg_temp.own('pg_class'::regclass, c.oid);

SELECT replace(fact, E'\n', '\n') FROM (
SELECT concat_ws(' | ', 'schema', nspname) FROM pg_temp.spaces
UNION ALL
SELECT concat_ws(' | ', 'extension', extname, extnamespace::regnamespace) FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
SELECT concat_ws(' | ', 'relation', relkind, name, relpersistence, reloftype::regtype,
        'rls', relrowsecurity, relforcerowsecurity, 'replica', relreplident,
        (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(reloptions) o),
        (SELECT amname FROM pg_am WHERE pg_am.oid = relam),
        CASE relkind WHEN 'p' THEN pg_get_partkeydef(oid) WHEN 'v' THEN pg_get_viewdef(oid)
            WHEN 'm' THEN pg_get_viewdef(oid) || relispopulated::text END,
        CASE WHEN relispartition THEN pg_get_expr(relpartbound, oid) END,
        (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = rels.oid))
    FROM pg_temp.rels WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT concat_ws(' | ', 'column', r.name, a.attname, format_type(a.atttypid, a.atttypmod), 'notnull', a.attnotnull,
        'identity', a.attidentity, 'generated', a.attgenerated, pg_get_expr(d.adbin, d.adrelid),
        CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation END,
        CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, nullif(a.attcompression, ''),
        CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, 'local', a.attislocal, a.attinhcount,
        (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(a.attoptions) o WHERE o !~ '^pg_'), a.attfdwoptions)
    FROM pg_temp.rels r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT concat_ws(' | ', 'constraint', coalesce(nullif(c.conrelid, 0)::regclass::text, c.contypid::regtype::text), c.conname,
        pg_get_constraintdef(c.oid), 'validated', c.convalidated, 'local', c.conislocal, c.coninhcount)
    FROM pg_constraint c JOIN pg_temp.spaces s ON s.oid = c.connamespace
    WHERE c.contype <> 'n' AND pg_temp.own('pg_constraint'::regclass, c.oid)
UNION ALL
SELECT concat_ws(' | ', 'index', r.name, pg_get_indexdef(r.oid), i.indisvalid, i.indisclustered, i.indisreplident)
    FROM pg_temp.rels r JOIN pg_index i ON i.indexrelid = r.oid
UNION ALL
SELECT concat_ws(' | ', 'sequence', r.name, r.relpersistence, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin,
        s.seqmax, s.seqcache, s.seqcycle, (SELECT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) || d.deptype::text
            FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refobjsubid > 0))
    FROM pg_temp.rels r JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT concat_ws(' | ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_temp.rels r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
UNION ALL
SELECT concat_ws(' | ', 'rule', pg_get_ruledef(w.oid), w.ev_enabled)
    FROM pg_temp.rels r JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
UNION ALL
SELECT concat_ws(' | ', 'policy', r.name, p.polname, p.polcmd, p.polpermissive,
        (SELECT string_agg(CASE o WHEN 0 THEN 'public' ELSE o::regrole::text END, ',' ORDER BY o) FROM unnest(p.polroles) o),
        'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_temp.rels r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT concat_ws(' | ', 'function', pg_get_functiondef(p.oid))
    FROM pg_proc p JOIN pg_temp.spaces s ON s.oid = p.pronamespace
    WHERE p.prokind <> 'a' AND pg_temp.own('pg_proc'::regclass, p.oid)
UNION ALL
SELECT concat_ws(' | ', 'aggregate', p.oid::regprocedure, a.aggtransfn::oid::regprocedure, a.aggfinalfn::oid::regprocedure,
        a.aggtranstype::regtype, a.agginitval, p.proparallel)
    FROM pg_proc p JOIN pg_temp.spaces s ON s.oid = p.pronamespace JOIN pg_aggregate a ON a.aggfnoid = p.oid
    WHERE pg_temp.own('pg_proc'::regclass, p.oid)
UNION ALL
SELECT concat_ws(' | ', 'type', t.typtype, t.oid::regtype, CASE WHEN t.typtype = 'd' THEN concat_ws(' ',
            format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault, t.typcollation::regcollation) END,
        (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
        (SELECT concat_ws(' ', g.rngsubtype::regtype, g.rngcollation::regcollation, g.rngcanonical, g.rngsubdiff)
            FROM pg_range g WHERE g.rngtypid = t.oid))
    FROM pg_type t JOIN pg_temp.spaces s ON s.oid = t.typnamespace
    WHERE t.typtype IN ('b', 'd', 'e', 'r') AND t.typelem = 0 AND pg_temp.own('pg_type'::regclass, t.oid)
UNION ALL
SELECT concat_ws(' | ', 'statistics', pg_get_statisticsobjdef(e.oid)) FROM pg_statistic_ext e
UNION ALL
SELECT concat_ws(' | ', 'event trigger', evtname, evtevent, evtfoid::regproc, evtenabled, evttags) FROM pg_event_trigger
    WHERE pg_temp.own('pg_event_trigger'::regclass, oid)
UNION ALL
SELECT concat_ws(' | ', 'publication', pubname, puballtables, pubinsert, pubupdate, pubdelete, pubtruncate,
        (SELECT string_agg(prrelid::regclass::text, ',' ORDER BY prrelid::regclass::text) FROM pg_publication_rel r
            WHERE r.prpubid = p.oid)) FROM pg_publication p
UNION ALL
-- Kinds of which only the identity is looked at.
SELECT concat_ws(' | ', i.type, i.identity)
    FROM (SELECT 'pg_cast'::regclass, oid FROM pg_cast UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
        UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
        UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
        UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
        UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
        UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language) o (class, object),
        pg_identify_object(o.class, o.object, 0) i
    WHERE pg_temp.own(o.class, o.object)
UNION ALL
SELECT concat_ws(' | ', 'comment', i.type, i.identity, d.description)
    FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE pg_temp.own(d.classoid, d.objoid) AND coalesce(i.schema, '') <> 'plumb' AND i.identity <> 'plumb'
UNION ALL
SELECT concat_ws(' | ', 'owner', i.type, i.identity, o.owner::regrole)
    FROM (SELECT 'pg_class'::regclass, oid, relowner FROM pg_temp.rels
        UNION ALL SELECT 'pg_namespace'::regclass, s.oid, n.nspowner FROM pg_temp.spaces s JOIN pg_namespace n USING (oid) WHERE s.oid >= 16384
        UNION ALL SELECT 'pg_proc'::regclass, p.oid, p.proowner FROM pg_proc p JOIN pg_temp.spaces s ON s.oid = p.pronamespace
        UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type t JOIN pg_temp.spaces s ON s.oid = t.typnamespace
            WHERE t.typtype IN ('d', 'e', 'r')) o (class, object, owner),
        pg_identify_object(o.class, o.object, 0) i
    WHERE :access = 1 AND pg_temp.own(o.class, o.object)
UNION ALL
SELECT concat_ws(' | ', 'grant', i.type, i.identity, CASE a.grantee WHEN 0 THEN 'public' ELSE a.grantee::regrole::text END,
        a.privilege_type, a.is_grantable)
    FROM (SELECT 'pg_class'::regclass, oid, 0, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner))
            FROM pg_temp.rels WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL SELECT 'pg_class'::regclass, r.oid, a.attnum, a.attacl FROM pg_temp.rels r JOIN pg_attribute a ON a.attrelid = r.oid
        UNION ALL SELECT 'pg_namespace'::regclass, s.oid, 0, coalesce(n.nspacl, acldefault('n', n.nspowner))
            FROM pg_temp.spaces s JOIN pg_namespace n USING (oid)
        UNION ALL SELECT 'pg_proc'::regclass, p.oid, 0, coalesce(p.proacl, acldefault('f', p.proowner))
            FROM pg_proc p JOIN pg_temp.spaces s ON s.oid = p.pronamespace
        UNION ALL SELECT 'pg_type'::regclass, t.oid, 0, coalesce(t.typacl, acldefault('T', t.typowner))
            FROM pg_type t JOIN pg_temp.spaces s ON s.oid = t.typnamespace
            WHERE t.typtype IN ('d', 'e', 'r')) o (class, object, part, acl),
        aclexplode(o.acl) a, pg_identify_object(o.class, o.object, o.part) i
    WHERE :access = 1 AND (o.class = 'pg_namespace'::regclass OR pg_temp.own(o.class, o.object))
UNION ALL
SELECT concat_ws(' | ', 'default privileges', d.defaclrole::regrole, nullif(d.defaclnamespace, 0)::regnamespace, d.defaclobjtype,
        CASE a.grantee WHEN 0 THEN 'public' ELSE a.grantee::regrole::text END, a.privilege_type, a.is_grantable)
    FROM pg_default_acl d, aclexplode(d.defaclacl) a WHERE :access = 1
) facts (fact);
