/* DROP, RENAME and SET SCHEMA, and what follows them in other objects; objects without a kind. */
#include "interpreted.h"

#define TABLE "CREATE TABLE t (id int PRIMARY KEY, b int CHECK (b > 0)); "

static void test_drops(void **state)
{
    static const struct interpreted_case cases[] = {
        {TABLE "DROP TABLE t", {"! table public.t", "! column public.t.id"}},
        {"DROP TABLE IF EXISTS t; " TABLE, {"table public.t"}},
        {"DROP TABLE t; " TABLE, {"error: does not exist"}},
        {TABLE "CREATE TABLE u (t int REFERENCES t); DROP TABLE t", {"error: needs it"}},
        {TABLE "CREATE TABLE u (t int REFERENCES t); DROP TABLE t CASCADE",
         {"table public.u", "! foreign key public.u.u_t_fkey"}},
        {TABLE "CREATE VIEW v AS SELECT id FROM t; DROP TABLE t",
         {"error: view public.v needs it"}},
        {TABLE "CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id FROM v; "
               "DROP TABLE t CASCADE",
         {"! view public.v", "! view public.w"}},
        {"CREATE TABLE t (a serial); DROP TABLE t", {"! sequence public.t_a_seq"}},
        {"CREATE TYPE e AS ENUM (); CREATE TABLE t (a e, b int); DROP TYPE e",
         {"error: column public.t.a needs it"}},
        {"CREATE TYPE e AS ENUM (); CREATE TABLE t (a e[], b int); DROP TYPE e CASCADE",
         {"! column public.t.a", "column public.t.b | position=1"}},
        {"CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS ''; DROP FUNCTION f(int)",
         {"! function public.f(integer)"}},
        {"CREATE SCHEMA s; CREATE TABLE s.a (x int); DROP SCHEMA s", {"error: needs it"}},
        {"CREATE SCHEMA s; CREATE TABLE s.a (x int); DROP SCHEMA s CASCADE",
         {"! schema s", "! table s.a"}},
        {TABLE "CREATE RULE r AS ON INSERT TO t DO NOTHING; DROP TABLE t",
         {"! rule r on public.t"}},
        {TABLE "CREATE POLICY p ON t; DROP POLICY p ON t; DROP TRIGGER IF EXISTS g ON t",
         {"! policy public.t.p"}},
        {TABLE "DROP TABLE t; CREATE TABLE t (x text)",
         {"column public.t.x", "! column public.t.id"}},
        {"CREATE TYPE e AS ENUM (); DROP TYPE e; CREATE TABLE t (a e)",
         {"error: type e does not exist"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_renames(void **state)
{
    static const struct interpreted_case cases[] = {
        {TABLE "CREATE VIEW v AS SELECT t.id FROM t; ALTER TABLE t RENAME TO u",
         {"table public.u", "check constraint public.u.t_b_check", "primary key public.u.t_pkey",
          "view public.v | query=SELECT u.id FROM public.u"}},
        {TABLE "CREATE VIEW v AS SELECT public.t.id, t.b FROM t JOIN t AS x ON x.id = t.id; "
               "ALTER TABLE t RENAME TO u",
         {"view public.v | query=SELECT u.id, u.b FROM public.u JOIN public.u x ON x.id = u.id"}},
        {TABLE
         "CREATE VIEW v AS SELECT id FROM t WHERE EXISTS (SELECT t.id FROM (SELECT 1 AS id) t); "
         "ALTER TABLE t RENAME TO u",
         {"view public.v | query=SELECT id FROM public.u t WHERE "
          "EXISTS (SELECT t.id FROM (SELECT 1 AS id) t)"}},
        {TABLE "CREATE INDEX i ON t ((b + 1), b DESC) WHERE b > 1; "
               "ALTER TABLE t RENAME COLUMN b TO \"B\"",
         {"column public.t.\"B\"", "check constraint public.t.t_b_check | expression=\"B\" > 0",
          "index public.t.i | keys=(\"B\" + 1), \"B\" DESC | predicate=\"B\" > 1"}},
        {TABLE "CREATE TABLE u (t int REFERENCES t); ALTER TABLE t RENAME COLUMN id TO key",
         {"primary key public.t.t_pkey | columns=key",
          "foreign key public.u.u_t_fkey | referenced_columns=key"}},
        {TABLE "CREATE VIEW v AS SELECT b FROM t; ALTER TABLE t RENAME COLUMN b TO c",
         {"error: view public.v uses column b"}},
        {TABLE "CREATE VIEW v AS SELECT id FROM t; ALTER TABLE t RENAME COLUMN b TO c",
         {"column public.t.c"}},
        {"CREATE SEQUENCE s; CREATE TABLE u (a int DEFAULT nextval('s'::regclass)); "
         "ALTER SEQUENCE s RENAME TO q",
         {"default of column public.u.a | expression=nextval('public.q'::regclass)"}},
        {"CREATE TYPE e AS ENUM ('x'); CREATE TABLE u (a e[] DEFAULT ARRAY['x'::e]); "
         "CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS ''; ALTER TYPE e RENAME TO d",
         {"column public.u.a | type=public.d[]", "function public.f(public.d) | returns=public.d",
          "default of column public.u.a | expression=ARRAY['x'::public.d]"}},
        {"CREATE FUNCTION f() RETURNS trigger LANGUAGE sql AS ''; " TABLE
         "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f(); ALTER FUNCTION f RENAME TO h",
         {"function public.h()", "trigger public.t.g | function=public.h"}},
        {"CREATE SCHEMA s; CREATE TYPE s.e AS ENUM (); CREATE TABLE s.t (a s.e); "
         "CREATE VIEW v AS SELECT a FROM s.t; ALTER SCHEMA s RENAME TO r",
         {"column r.t.a | type=r.e", "view public.v | query=SELECT a FROM r.t"}},
        {TABLE "CREATE INDEX i ON t (b); ALTER INDEX i RENAME TO j; "
               "ALTER TABLE t RENAME CONSTRAINT t_b_check TO positive",
         {"index public.t.j", "check constraint public.t.positive"}},
        {TABLE "CREATE TABLE u (a int); ALTER TABLE t RENAME TO u", {"error: is taken by"}},
        {"ALTER TABLE IF EXISTS nothing RENAME TO u; ALTER VIEW IF EXISTS v RENAME TO w",
         {"schema public"}},
        {"ALTER TABLE t RENAME TO u; " TABLE, {"table public.u", "! table public.t"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_schemas(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE SCHEMA s; CREATE TABLE t (a serial); ALTER TABLE t SET SCHEMA s",
         {"table s.t", "sequence s.t_a_seq",
          "default of column s.t.a | expression=nextval('s.t_a_seq'::regclass)"}},
        {"CREATE SCHEMA s; CREATE TYPE e AS ENUM (); CREATE TABLE t (a e); "
         "ALTER TYPE e SET SCHEMA s",
         {"enum s.e", "column public.t.a | type=s.e"}},
        {"CREATE SCHEMA s; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; "
         "ALTER FUNCTION f() SET SCHEMA s",
         {"function s.f()", "! function public.f()"}},
        {"CREATE TABLE t (a int); ALTER TABLE t SET SCHEMA s", {"error: schema s does not exist"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_unmodelled(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE EVENT TRIGGER \"E t\" ON ddl_command_end EXECUTE FUNCTION f(); "
         "COMMENT ON EVENT TRIGGER \"E t\" IS 'x'",
         {"event trigger \"E t\" | object_class=event trigger"}},
        {TABLE "CREATE RULE r AS ON INSERT TO t DO NOTHING", {"rule r on public.t"}},
        {TABLE "CREATE STATISTICS (ndistinct) ON id, b FROM t",
         {"statistics object public.t_id_b_stat"}},
        {"CREATE PUBLICATION p FOR ALL TABLES; ALTER PUBLICATION p SET (publish = 'insert')",
         {"publication p | definition=CREATE PUBLICATION p FOR ALL TABLES;\n"
          "ALTER PUBLICATION p SET (publish = 'insert')"}},
        {"CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; "
         "CREATE USER MAPPING FOR PUBLIC SERVER s; DROP SERVER s",
         {"foreign-data wrapper w", "! server s", "user mapping public on server s"}},
        {"CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a int OPTIONS (x '1')) "
         "SERVER s OPTIONS (o '1'); ALTER FOREIGN TABLE f ADD COLUMN b int, OPTIONS (SET o '2')",
         {"server s", "foreign table public.f | server=s",
          "foreign table public.f | server_options=o=2", "column public.f.a | server_options=x=1",
          "column public.f.b"}},
        {"CREATE COLLATION c (locale = 'C'); CREATE TABLE u (a text COLLATE c)",
         {"collation public.c", "column public.u.a | collation=public.c"}},
        {"CREATE CAST (text AS e) WITH INOUT; CREATE TYPE e AS ENUM ()",
         {"cast (pg_catalog.text AS public.e)"}},
        {"CREATE OPERATOR === (FUNCTION = f, LEFTARG = int, RIGHTARG = text)",
         {"operator public.===(integer,pg_catalog.text)"}},
        {"CREATE OPERATOR !!! (FUNCTION = f, RIGHTARG = text[])",
         {"operator public.!!!(NONE,pg_catalog.text[])"}},
        {"CREATE OPERATOR CLASS c FOR TYPE int USING btree AS OPERATOR 1 <",
         {"operator class public.c USING btree", "operator family public.c USING btree | implied"}},
        {"CREATE TEXT SEARCH CONFIGURATION c (PARSER = default); "
         "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple",
         {"text search configuration public.c"}},
        {"CREATE TYPE b; CREATE FUNCTION i(cstring) RETURNS b LANGUAGE internal AS 'x'; "
         "CREATE TYPE b (INPUT = i, OUTPUT = i)",
         {"type public.b | definition=CREATE TYPE b (INPUT = i, OUTPUT = i)",
          "function public.i(cstring) | returns=public.b"}},
        {"ALTER PUBLICATION p SET (publish = 'insert')", {"error: publication p does not exist"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drops),
        cmocka_unit_test(test_renames),
        cmocka_unit_test(test_schemas),
        cmocka_unit_test(test_unmodelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
