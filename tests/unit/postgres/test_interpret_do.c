/* DO blocks: what is followed, and what is named because it cannot be. */
#include "interpreted.h"

#define TABLE "CREATE TABLE t (a int, b int);"
#define DO(body) "DO $$ BEGIN " body " END $$;"
#define UNLESS(query, statement) DO("IF NOT EXISTS (" query ") THEN " statement "; END IF;")

static const struct interpreted_case idioms[] = {
    /* exceptions */
    {DO("CREATE TYPE mood AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL;"),
     {"enum public.mood | labels=a, b"}},
    {DO("CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'there';")
         DO("CREATE TYPE mood AS ENUM ('a', 'b'); EXCEPTION WHEN OTHERS THEN NULL;"),
     {"enum public.mood | labels=a"}},
    {TABLE DO("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); EXCEPTION WHEN duplicate_object THEN "
              "NULL;")
         DO("ALTER TABLE t ADD COLUMN a int; EXCEPTION WHEN duplicate_column THEN NULL;"),
     {"check constraint public.t.c", "column public.t.a | type=integer"}},
    {TABLE DO(
         "ALTER TABLE t ADD PRIMARY KEY (a); EXCEPTION WHEN invalid_table_definition THEN NULL;")
         DO("ALTER TABLE t ADD PRIMARY KEY (b); EXCEPTION WHEN invalid_table_definition THEN NULL;"),
     {"primary key public.t.t_pkey | columns=a"}},
    {DO("CREATE TYPE mood AS ENUM ('a');") DO("CREATE TYPE mood AS ENUM ('a');"),
     {"error: enum public.mood is declared twice"}},
    {DO("ALTER TABLE nowhere ADD COLUMN a int; EXCEPTION WHEN undefined_table THEN NULL;") TABLE,
     {"table public.t"}},
    {DO("ALTER TABLE nowhere ADD COLUMN a int;"), {"error: table nowhere does not exist"}},
    /* order does not matter */
    {DO("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); EXCEPTION WHEN duplicate_object THEN NULL;")
         TABLE,
     {"check constraint public.t.c"}},
    {UNLESS("SELECT FROM pg_constraint WHERE conrelid = 't'::regclass AND conname = 'c'",
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)") TABLE,
     {"check constraint public.t.c"}},
    {UNLESS("SELECT FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b'",
            "ALTER TABLE t ADD COLUMN b int") TABLE,
     {"column public.t.b"}},
    /* conditions */
    {TABLE DO(
         "IF to_regclass('u') IS NULL AND to_regclass('public.t') IS NOT NULL THEN CREATE TABLE u (a "
         "int); END IF; IF to_regtype('u') IS NULL THEN CREATE TABLE v (a int); END IF;"),
     {"table public.u", "! table public.v"}},
    {TABLE DO(
         "IF (SELECT count(*) FROM pg_tables WHERE tablename IN ('t', 'u')) = 1 THEN CREATE TABLE u (a "
         "int); END IF;"),
     {"table public.u"}},
    {TABLE DO(
         "IF 't' = ANY (ARRAY['s', 't']) THEN CREATE TABLE u (a int); ELSE CREATE TABLE v (a int); END IF;"),
     {"table public.u", "! table public.v"}},
    {TABLE DO(
         "IF false THEN NULL; ELSIF EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = "
         "c.relnamespace WHERE n.nspname = 'public' AND c.relname LIKE 't%' AND relkind = 'r') THEN CREATE TABLE "
         "u (a int); END IF;"),
     {"table public.u"}},
    {TABLE DO(
         "PERFORM 1 FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'c' AND NOT attisdropped; IF "
         "NOT FOUND THEN ALTER TABLE t ADD COLUMN c text; END IF;"),
     {"column public.t.c | type=text"}},
    {TABLE
     "DO $$ DECLARE there boolean; BEGIN SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = 'u') INTO "
     "there; IF NOT there THEN CREATE TABLE u (a int); END IF; END $$;",
     {"table public.u"}},
    /* texts and loops */
    {"DO $$ DECLARE name text := 'my table'; BEGIN EXECUTE format('CREATE TABLE %I (a int DEFAULT %s, b text DEFAULT %L)', "
     "name, 1, 'it''s'); END $$;",
     {"table public.\"my table\""}},
    {DO("EXECUTE 'CREATE TABLE ' || quote_ident('A') || ' (a int)';"), {"table public.\"A\""}},
    {DO("FOR i IN 1..3 LOOP EXECUTE format('CREATE TABLE p%s (a int)', i); END LOOP;"),
     {"table public.p1", "table public.p2", "table public.p3", "! table public.p4"}},
    {"DO $$ DECLARE name text; BEGIN FOREACH name IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE 'CREATE TABLE ' || name || "
     "' (a int)'; END LOOP; END $$;",
     {"table public.a", "table public.b"}},
    {"DO 'BEGIN CREATE TABLE t (a text DEFAULT ''x''); END';", {"table public.t"}},
    {"SET search_path = app; CREATE SCHEMA app;" UNLESS(
         "SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 't'",
         "CREATE TABLE t (a int)"),
     {"table app.t"}},
    {DO("IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'r') THEN CREATE ROLE r; END IF;")
         TABLE,
     {"table public.t"}},
};

#define EACH(declarations, head, body)                                                             \
    "DO $$ DECLARE r record; n text; " declarations " BEGIN FOR" head " LOOP " body                \
    "; END LOOP; END $$;"
#define TABLES "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE VIEW v AS SELECT 1 AS a;"
#define ADD(name) "EXECUTE format('ALTER TABLE %I ADD COLUMN b int', " name ")"
#define BOTH                                                                                       \
    {                                                                                              \
        "column public.t.b", "column public.u.b"                                                   \
    }

static const struct interpreted_case loops[] = {
    /* lists */
    {TABLES EACH("", "EACH n IN ARRAY '{t, \"u\"}'::text[]", ADD("n")), BOTH},
    {TABLES EACH("names text[] := '{t,u}';", "EACH n IN ARRAY names", ADD("n")), BOTH},
    {TABLES EACH("", "EACH n IN ARRAY ARRAY['t'] || ARRAY['u']", ADD("n")), BOTH},
    {TABLES EACH("", "EACH n IN ARRAY string_to_array('t,u', ',')", ADD("n")), BOTH},
    {TABLES EACH("", " n IN SELECT unnest(ARRAY['t', 'u'])", ADD("n")), BOTH},
    {TABLES EACH("", " r IN SELECT unnest('{t,u}'::text[]) AS x", ADD("r.x")), BOTH},
    {TABLES EACH("", " r IN SELECT * FROM unnest(ARRAY['t', 'u']) x", ADD("r.x")), BOTH},
    {TABLES EACH("", " r IN SELECT x.name FROM unnest(ARRAY['t', 'u']) AS x(name)", ADD("r.name")),
     BOTH},
    {TABLES EACH("", " r IN VALUES ('t', 1), ('u', 2)", ADD("r.column1")), BOTH},
    {TABLES EACH(
         "", " r IN SELECT * FROM (VALUES ('t', 1), ('u', 2), ('w', 3)) AS v (name, i) WHERE i < 3",
         ADD("r.name")),
     BOTH},
    {TABLES EACH("", " r IN EXECUTE 'VALUES (''t''), (''u'')'", ADD("r.column1")), BOTH},
    {TABLES EACH("m text;", " n, m IN VALUES ('t', 'b'), ('u', 'b')",
                 "EXECUTE format('ALTER TABLE %I ADD COLUMN %I int', n, m)"),
     BOTH},
    /* the catalog */
    {TABLES EACH("",
                 " r IN SELECT table_name FROM information_schema.tables WHERE table_catalog = "
                 "current_database() AND table_schema = 'public' AND table_type = 'BASE TABLE'",
                 ADD("r.table_name")),
     BOTH},
    {TABLES EACH(
         "", " r IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
         ADD("r.tablename")),
     BOTH},
    {TABLES EACH(
         "",
         " r IN SELECT schemaname, tablename FROM pg_catalog.pg_tables WHERE schemaname NOT IN "
         "('pg_catalog', 'information_schema')",
         "EXECUTE 'ALTER TABLE ' || quote_ident(r.schemaname) || '.' || quote_ident(r.tablename) || "
         "' ADD COLUMN b int'"),
     BOTH},
    {TABLES EACH("",
                 " r IN SELECT c.oid::regclass AS c FROM pg_class c JOIN pg_namespace n ON n.oid = "
                 "c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')",
                 "EXECUTE format('ALTER TABLE %s ADD COLUMN b int', r.c)"),
     BOTH},
    {TABLES EACH(
         "",
         " r IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
         "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind = 'r'",
         ADD("r.relname")),
     BOTH},
    {TABLES EACH(
         "",
         " n IN SELECT format('ALTER TABLE %I ADD COLUMN b int', tablename) FROM pg_tables WHERE "
         "schemaname = 'public' AND tablename IN (SELECT DISTINCT table_name FROM "
         "information_schema.columns WHERE table_schema = 'public' AND column_name = 'a')",
         "EXECUTE n"),
     {"! column public.t.b"}}, /* has the view a column "a"? */
    {"CREATE TABLE t (a int); CREATE TABLE u (a int);" EACH(
         "",
         " r IN SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' "
         "AND column_name IN ('a', 'c')",
         ADD("r.table_name")),
     BOTH},
    {"CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0));" EACH(
         "",
         " r IN SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c'",
         "EXECUTE format('ALTER TABLE t DROP CONSTRAINT %I', r.conname)"),
     {"! check constraint public.t.k"}},
    {"CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a');" EACH(
         "",
         " r IN SELECT typname FROM pg_type WHERE typnamespace = 's'::regnamespace AND typtype = 'e'",
         "EXECUTE format('ALTER TYPE s.%I ADD VALUE ''b'' ', r.typname)"),
     {"enum s.e | labels=a, b"}},
    /* what a statement before it waits for comes first */
    {"ALTER TABLE t ADD COLUMN c int;" EACH(
         "", " r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
         ADD("r.tablename")) "CREATE TABLE t (a int);",
     {"column public.t.b", "column public.t.c"}},
    /* ways out */
    {DO("FOR i IN 1..3 LOOP CONTINUE WHEN i = 2; EXECUTE 'CREATE TABLE t' || i || '()'; END LOOP; "
        "CREATE TABLE u();"),
     {"table public.t1", "! table public.t2", "table public.t3", "table public.u"}},
    {DO("FOR i IN 1..3 LOOP IF i = 2 THEN EXIT; END IF; EXECUTE 'CREATE TABLE t' || i || '()'; END LOOP; "
        "CREATE TABLE u();"),
     {"table public.t1", "! table public.t2", "! table public.t3", "table public.u"}},
    {DO("<<o>> FOR i IN 1..2 LOOP FOR j IN 1..2 LOOP CONTINUE o WHEN j = 2; EXECUTE format('CREATE TABLE "
        "t%s%s()', i, j); END LOOP; END LOOP; CREATE TABLE u();"),
     {"table public.t11", "table public.t21", "! table public.t12", "table public.u"}},
    {DO("<<b>> BEGIN CREATE TABLE t(); EXIT b; CREATE TABLE x(); END; CREATE TABLE u();"),
     {"table public.t", "! table public.x", "table public.u"}},
    {"DO $$ DECLARE i int := 1; BEGIN WHILE i < 3 LOOP EXECUTE 'CREATE TABLE t' || i || '()'; i := i + 1; END "
     "LOOP; LOOP EXIT WHEN i = 1; i := i - 1; END LOOP; CREATE TABLE u(); END $$",
     {"table public.t1", "table public.t2", "! table public.t3", "table public.u"}},
    {DO("FOR i IN 1..2 LOOP RETURN; END LOOP; CREATE TABLE u();"), {"! table public.u"}},
    /* a variable of a block inside has no value before that is entered */
    {"DO $$ DECLARE n text := 'a'; BEGIN\n n := 'b';\n DECLARE m text := 'CREATE TABLE ' || n || '()';\n BEGIN "
     "EXECUTE m; END; END $$",
     {"! table public.a"}},
};

static void test_loops(void **state)
{
    (void)state;
    INTERPRETED_CHECK(loops);
}

static void test_idioms(void **state)
{
    (void)state;
    INTERPRETED_CHECK(idioms);
}

/* A look into each catalog that there are rows of: once the object is there nothing is made, before it is. */
static void test_catalogs(void **state)
{
    static const struct {
        const char *create;
        const char *query;
    } looks[] = {
        {"CREATE SCHEMA s", "pg_namespace WHERE nspname = 's'"},
        {"CREATE SCHEMA s", "information_schema.schemata WHERE schema_name = 's'"},
        {"CREATE EXTENSION citext", "pg_extension WHERE extname = 'citext'"},
        {"CREATE TYPE e AS ENUM ('x')", "pg_type WHERE typname = 'e' AND typtype = 'e'"},
        {"CREATE TYPE e AS ENUM ('x')",
         "pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'e' AND enumlabel = 'x'"},
        {"CREATE TYPE e AS (a int)",
         "pg_type WHERE typname = 'e' AND typnamespace = 'public'::regnamespace"},
        {"CREATE DOMAIN d AS text", "information_schema.domains WHERE domain_name = 'd'"},
        {"CREATE SEQUENCE s", "pg_class WHERE relname = 's' AND relkind = 'S'"},
        {"CREATE SEQUENCE s", "pg_sequences WHERE sequencename = 's'"},
        {"CREATE SEQUENCE s", "information_schema.sequences WHERE sequence_name = 's'"},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "pg_proc WHERE proname = 'f'"},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "information_schema.routines WHERE routine_name = 'f' AND routine_type = 'FUNCTION'"},
        {"CREATE TABLE u (a int)",
         "information_schema.tables WHERE table_schema = 'public' AND table_name = 'u' AND table_type = 'BASE TABLE'"},
        {"CREATE TABLE u (a int)", "pg_catalog.pg_tables WHERE tablename = 'u'"},
        {"ALTER TABLE t ADD COLUMN c int NOT NULL",
         "information_schema.columns WHERE table_name = 't' AND column_name = 'c' AND is_nullable = 'NO'"},
        {"ALTER TABLE t ADD COLUMN c int",
         "pg_attribute WHERE attrelid = 't'::regclass AND attname = 'c' AND attnotnull = false"},
        {"ALTER TABLE t ADD CONSTRAINT c PRIMARY KEY (a)",
         "pg_constraint WHERE conname = 'c' AND contype = 'p'"},
        {"ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
         "information_schema.table_constraints WHERE table_name = 't' AND constraint_name = 'c' AND constraint_type = 'UNIQUE'"},
        {"ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
         "information_schema.key_column_usage WHERE constraint_name = 'c' AND column_name = 'a'"},
        {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
         "information_schema.check_constraints WHERE constraint_name = 'c'"},
        {"ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (b) REFERENCES r",
         "information_schema.referential_constraints WHERE constraint_name = 'c'"},
        {"ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (b) REFERENCES r",
         "pg_constraint WHERE conname = 'c' AND confrelid = 'r'::regclass"},
        {"ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING btree (a WITH =)",
         "pg_constraint WHERE conname = 'c' AND contype = 'x'"},
        {"CREATE INDEX i ON t (a)", "pg_indexes WHERE tablename = 't' AND indexname = 'i'"},
        {"CREATE INDEX i ON t (a)",
         "pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE c.relname = 'i' AND x.indrelid = 't'::regclass"},
        {"CREATE VIEW v AS SELECT 1 AS a", "pg_views WHERE viewname = 'v'"},
        {"CREATE VIEW v AS SELECT 1 AS a", "information_schema.views WHERE table_name = 'v'"},
        {"CREATE MATERIALIZED VIEW v AS SELECT 1 AS a", "pg_matviews WHERE matviewname = 'v'"},
        {"CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION h()",
         "pg_trigger WHERE tgname = 'g' AND NOT tgisinternal"},
        {"CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION h()",
         "information_schema.triggers WHERE trigger_name = 'g' AND event_object_table = 't'"},
        {"CREATE POLICY p ON t", "pg_policies WHERE tablename = 't' AND policyname = 'p'"},
        {"CREATE POLICY p ON t", "pg_policy WHERE polname = 'p' AND polrelid = 't'::regclass"},
        {"ALTER TABLE t ENABLE ROW LEVEL SECURITY",
         "pg_class WHERE relname = 't' AND relrowsecurity"},
        {"CREATE PUBLICATION p", "pg_publication WHERE pubname = 'p'"},
        {"CREATE EVENT TRIGGER w ON sql_drop EXECUTE FUNCTION k()",
         "pg_event_trigger WHERE evtname = 'w'"},
    };
    static const char before[] =
        TABLE "CREATE TABLE r (a int PRIMARY KEY);"
              "CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
              "CREATE FUNCTION k() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';";

    (void)state;
    for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
        struct arena *arena = arena_new();
        const char *guarded =
            arena_printf(arena, UNLESS("SELECT 1 FROM %s", "%s"), looks[i].query, looks[i].create);
        const char *count = arena_printf(
            arena, UNLESS("SELECT 1 FROM %s", "CREATE TABLE absent (a int)"), looks[i].query);
        /* Made by the first block, not a second time by the other; and then found. */
        struct interpreted_case once = {
            arena_printf(arena, "%s%s%s%s", before, guarded, guarded, count),
            {"table public.t", "! table public.absent"}};
        struct interpreted_case first = {arena_printf(arena, "%s%s", before, count),
                                         {"table public.absent"}};

        interpreted_check(&once);
        interpreted_check(&first);
        arena_free(arena);
    }
}

#define LOOP_NAMED(head)                                                                           \
    {                                                                                              \
        "DO $$ DECLARE r record; BEGIN\n" head " LOOP CREATE TABLE t (a int); END LOOP; END $$",   \
            "a.sql:2: a loop over a query that plumb cannot tell"                                  \
    }

static void test_not_run(void **state)
{
    static const struct {
        const char *sql;
        const char *place;
    } cases[] = {
        {"\nCALL f()", "a.sql:2: CALL"},
        {"SELECT create_partitions('t')", "a.sql:1: SELECT that calls a function"},
        {"SELECT * FROM make_all()", "a.sql:1: SELECT that calls a function"},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'; SELECT f()", NULL},
        {"SELECT count(*) FROM t WHERE lower(a) = 'x'", NULL},
        {"PREPARE p AS SELECT make_all()", "a.sql:1: PREPARE of a statement that calls a function"},
        {"DO LANGUAGE plpython3u 'x'", "a.sql:1: DO in another language"},
        {"DO $$ nonsense $$", "a.sql:1: a DO block that does not parse"},
        {"DO $$\nBEGIN\n  CALL f();\nEND $$", "a.sql:3: CALL"},
        {"DO $$ BEGIN\n PERFORM make_all(); END $$", "a.sql:2: a call in a DO block"},
        {"DO $$ BEGIN\n EXECUTE (SELECT text FROM statements); END $$",
         "a.sql:2: EXECUTE of a text that plumb cannot tell"},
        {"DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE t (a int); END IF; END $$",
         "a.sql:1: IF with a condition that plumb cannot tell"},
        {"DO $$ BEGIN IF EXISTS (SELECT FROM somewhere) THEN CREATE TABLE t (a int); END IF; END $$",
         "a.sql:1: IF with a condition that plumb cannot tell"},
        {"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_proc WHERE proname = 'lower') THEN CREATE TABLE t (a int); END IF; END $$",
         "a.sql:1: IF with a condition that plumb cannot tell"},
        {"DO $$ BEGIN IF random() > 0.5 THEN RAISE NOTICE 'x'; END IF; END $$", NULL},
        {"DO $$ DECLARE r record; BEGIN\nFOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE 'DROP TABLE ' || r.tablename; END LOOP; END $$",
         "a.sql:2: a loop over a query that plumb cannot tell"},
        LOOP_NAMED("FOR r IN SELECT relname FROM pg_class WHERE relkind = 'i'"),
        LOOP_NAMED(
            "FOR r IN SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ '^pg_'"),
        LOOP_NAMED(
            "FOR r IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_table_is_visible(oid)"),
        LOOP_NAMED("FOR r IN SELECT attname FROM pg_attribute"),
        LOOP_NAMED("FOR r IN SELECT conname FROM pg_constraint WHERE contype = 'c'"),
        LOOP_NAMED("FOR r IN SELECT extname FROM pg_extension"),
        LOOP_NAMED("FOR r IN SELECT name FROM tenants"),
        LOOP_NAMED("FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LIMIT 1"),
        LOOP_NAMED(
            "FOR r IN SELECT DISTINCT ON (1) tablename FROM pg_tables WHERE schemaname = 'public'"),
        LOOP_NAMED("FOR r IN SELECT unnest(names) FROM groups"),
        LOOP_NAMED(
            "FOR r IN SELECT schemaname FROM pg_tables WHERE schemaname = 'public' GROUP BY 1"),
        LOOP_NAMED("FOR r IN SELECT 1 UNION SELECT 2"),
        {"DO $$ DECLARE r record; BEGIN\nFOR r IN EXECUTE (SELECT x FROM y) LOOP CREATE TABLE t (); END LOOP; END $$",
         "a.sql:2: a loop over a query that plumb cannot follow"},
        {"DO $$ BEGIN\nIF random() > 0.5 THEN RETURN; END IF; CREATE TABLE t (a int); END $$",
         "a.sql:2: IF with a condition that plumb cannot tell"},
        {"DO $$ BEGIN IF random() > 0.5 THEN RETURN; END IF; INSERT INTO t VALUES (1); RETURN; END $$",
         NULL},
        {"DO $$ BEGIN FOR i IN 1..2 LOOP\nEXIT WHEN random() > 0.5; END LOOP; END $$",
         "a.sql:2: EXIT or CONTINUE with a condition that plumb cannot tell"},
        {"DO $$ BEGIN IF current_database() = 'prod' THEN CREATE TABLE t (a int); END IF; END $$",
         "a.sql:1: IF with a condition that plumb cannot tell"},
        {"DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_database() || '()'; END $$",
         "a.sql:1: EXECUTE of a text that plumb cannot tell"},
        {"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET x.y = 1', current_database()); EXECUTE 'GRANT CONNECT ON "
         "DATABASE ' || quote_ident(current_catalog) || ' TO PUBLIC'; END $$",
         NULL},
        {"DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN OTHERS THEN\nCREATE TABLE u (a int); END $$",
         "a.sql:2: a statement in an EXCEPTION clause"},
        {"DO $$ BEGIN WHILE random() < 1 LOOP CREATE TABLE t (a int); END LOOP; END $$",
         "a.sql:1: a loop with a condition that plumb cannot tell"},
        {"DO $$ BEGIN LOOP NULL; END LOOP; END $$", "a.sql:1: a loop of too many rounds"},
        {"DO $$ BEGIN IF 'nowhere'::regclass IS NOT NULL THEN CREATE TABLE t (a int); END IF; END $$",
         "a.sql:1: IF with a condition that plumb cannot tell"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct source_text source = {
            .file = "a.sql", .text = cases[i].sql, .length = strlen(cases[i].sql)};
        struct model *model = model_new("test");
        struct error error = {0};

        if (!pg_interpret(&source, 1, model, &error))
            fail_msg("%s: %s", cases[i].sql, error.message);
        if (model->not_run.count != (cases[i].place != NULL) ||
            (cases[i].place && strcmp(model->not_run.items[0], cases[i].place) != 0))
            fail_msg("%s\n%zu not run: %s", cases[i].sql, model->not_run.count,
                     model->not_run.count ? model->not_run.items[0] : "");
        model_free(model);
    }
}

/* Errors and locations are the file's own. */
static void test_places(void **state)
{
    static const char sql[] =
        "CREATE TABLE t (a int);\nDO $$\nBEGIN\n  ALTER TABLE t\n    ADD b nonsense;\nEND $$;\n";
    struct source_text source = {.file = "a.sql", .text = sql, .length = strlen(sql)};
    struct model *model = model_new("test");
    struct error error = {0};

    (void)state;
    assert_false(pg_interpret(&source, 1, model, &error));
    assert_int_equal(error.line, 5);
    assert_int_equal(error.column, 11);
    assert_string_equal(error.file, "a.sql");
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_idioms), cmocka_unit_test(test_loops),
                                       cmocka_unit_test(test_catalogs),
                                       cmocka_unit_test(test_not_run),
                                       cmocka_unit_test(test_places)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
