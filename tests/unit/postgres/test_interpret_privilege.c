/* GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, owners and comments. */
#include "interpreted.h"

#define TABLE "CREATE TABLE t (a int, b int); "

static void test_grants(void **state)
{
    static const struct interpreted_case cases[] = {
        {TABLE "GRANT SELECT, INSERT ON t TO r",
         {"privilege of r on table public.t | privileges=INSERT, SELECT"}},
        {TABLE "GRANT SELECT ON t TO r WITH GRANT OPTION; GRANT SELECT, UPDATE ON t TO r",
         {"privilege of r on table public.t | privileges=SELECT*, UPDATE"}},
        {TABLE
         "GRANT SELECT ON t TO r WITH GRANT OPTION; REVOKE GRANT OPTION FOR SELECT ON t FROM r",
         {"privilege of r on table public.t | privileges=SELECT"}},
        /* what is taken away is wanted to be away: it is said of the grantee */
        {TABLE "GRANT SELECT ON t TO r; REVOKE SELECT ON t FROM r",
         {"privilege of r on table public.t | privileges=none"}},
        {TABLE "GRANT ALL ON t TO r",
         {"privilege of r on table public.t | "
          "privileges=DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE"}},
        {"GRANT SELECT ON t TO r; " TABLE, {"privilege of r on table public.t"}},
        {TABLE "GRANT SELECT (a), UPDATE (a, b) ON t TO r",
         {"privilege of r on column public.t.a | privileges=SELECT, UPDATE",
          "privilege of r on column public.t.b | privileges=UPDATE",
          "! privilege of r on table public.t"}},
        {TABLE "GRANT SELECT (a), UPDATE (a) ON t TO r; REVOKE SELECT ON t FROM r",
         {"privilege of r on column public.t.a | privileges=UPDATE"}},
        {TABLE "GRANT SELECT (x) ON t TO r", {"error: \"x\""}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; REVOKE ALL ON FUNCTION f() FROM PUBLIC",
         {"privilege of PUBLIC on function public.f() | privileges=none"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; "
         "REVOKE ALL ON FUNCTION f() FROM PUBLIC; GRANT EXECUTE ON FUNCTION f TO PUBLIC",
         {"privilege of PUBLIC on function public.f() | privileges=EXECUTE"}},
        {"CREATE TYPE e AS ENUM (); GRANT USAGE ON TYPE e TO r",
         {"privilege of r on enum public.e | privileges=USAGE"}},
        {"CREATE SCHEMA s; GRANT ALL ON SCHEMA s TO r",
         {"privilege of r on schema s | privileges=CREATE, USAGE"}},
        {"CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO r; GRANT SELECT ON s TO r",
         {"privilege of r on sequence public.s | privileges=SELECT, USAGE"}},
        {"CREATE TABLE i (a int GENERATED ALWAYS AS IDENTITY); GRANT USAGE ON SEQUENCE i_a_seq TO r",
         {"privilege of r on identity of column public.i.a | privileges=USAGE"}},
        {TABLE "CREATE VIEW v AS SELECT a FROM t; CREATE SEQUENCE s; "
               "GRANT SELECT ON ALL TABLES IN SCHEMA public TO r; CREATE TABLE u (a int)",
         {"privilege of r on table public.t", "privilege of r on view public.v",
          "! privilege of r on sequence public.s", "! privilege of r on table public.u"}},
        {"CREATE TABLE t (a e); GRANT SELECT ON ALL TABLES IN SCHEMA public TO r; "
         "CREATE TYPE e AS ENUM ()",
         {"privilege of r on table public.t | privileges=SELECT"}},
        {TABLE "REVOKE ALL ON t FROM CURRENT_USER; GRANT SELECT ON t TO CURRENT_USER",
         {"privilege of OWNER on table public.t | privileges=SELECT"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_owners(void **state)
{
    static const struct interpreted_case cases[] = {
        {TABLE "ALTER TABLE t OWNER TO r", {"owner of table public.t | role=r"}},
        {TABLE "ALTER TABLE t OWNER TO r; ALTER TABLE t OWNER TO q",
         {"owner of table public.t | role=q"}},
        {TABLE "ALTER TABLE t OWNER TO CURRENT_USER", {"! owner of table public.t"}},
        {"CREATE TABLE t (a serial); ALTER TABLE t OWNER TO r",
         {"owner of sequence public.t_a_seq | role=r"}},
        {TABLE "GRANT SELECT ON t TO r; ALTER TABLE t OWNER TO r",
         {"! privilege of r on table public.t",
          "privilege of OWNER on table public.t | privileges=DELETE, INSERT, MAINTAIN, REFERENCES, "
          "SELECT, TRIGGER, TRUNCATE, UPDATE"}},
        {TABLE "ALTER TABLE t OWNER TO r; REVOKE ALL ON t FROM r; GRANT SELECT ON t TO r",
         {"privilege of OWNER on table public.t | privileges=SELECT"}},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; ALTER FUNCTION f() OWNER TO r; "
         "CREATE TYPE e AS ENUM (); ALTER TYPE e OWNER TO r; ALTER SCHEMA public OWNER TO r",
         {"owner of function public.f() | role=r", "owner of enum public.e | role=r",
          "owner of schema public | role=r"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_default_privileges(void **state)
{
    static const struct interpreted_case cases[] = {
        {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r; " TABLE
         "CREATE VIEW v AS SELECT 1 AS a; CREATE SEQUENCE s",
         {"default privilege \"//TABLES/r\" | role=none | object_type=TABLES | grantee=r | "
          "privileges=SELECT",
          "privilege of r on table public.t | privileges=SELECT", "privilege of r on view public.v",
          "! privilege of r on sequence public.s"}},
        {TABLE "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r",
         {"! privilege of r on table public.t"}},
        {"ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO r; CREATE SCHEMA s; "
         "CREATE TABLE s.u (a int); " TABLE,
         {"default privilege \"/s/TABLES/r\" | schema=s", "privilege of r on table s.u",
          "! privilege of r on table public.t"}},
        {"ALTER DEFAULT PRIVILEGES FOR ROLE q GRANT SELECT ON TABLES TO r; " TABLE,
         {"default privilege \"q//TABLES/r\" | role=q", "! privilege of r on table public.t"}},
        {"ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; "
         "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''",
         {"default privilege \"//FUNCTIONS/PUBLIC\" | privileges=none",
          "privilege of PUBLIC on function public.f() | privileges=none"}},
        {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r; "
         "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM r; " TABLE,
         {"default privilege \"//TABLES/r\" | privileges=none",
          "privilege of r on table public.t | privileges=none"}},
        {"ALTER DEFAULT PRIVILEGES FOR ROLE q GRANT SELECT ON TABLES TO q",
         {"default privilege \"q//TABLES/OWNER\" | privileges=DELETE, INSERT, MAINTAIN, REFERENCES, "
          "SELECT, TRIGGER, TRUNCATE, UPDATE"}},
        {"ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO r",
         {"error: schema s does not exist"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_comments(void **state)
{
    static const struct interpreted_case cases[] = {
        {TABLE "COMMENT ON TABLE t IS 'x'; COMMENT ON TABLE t IS 'y'",
         {"comment on table public.t | text=y"}},
        {TABLE "COMMENT ON TABLE t IS 'x'; COMMENT ON TABLE t IS NULL",
         {"! comment on table public.t"}},
        {TABLE "COMMENT ON COLUMN public.t.a IS 'x'", {"comment on column public.t.a"}},
        {"COMMENT ON SCHEMA public IS 'standard public schema'", {"! comment on schema public"}},
        {TABLE "CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'x'",
         {"comment on index public.t.i"}},
        {TABLE "ALTER TABLE t ADD PRIMARY KEY (a); COMMENT ON CONSTRAINT t_pkey ON t IS 'x'; "
               "COMMENT ON INDEX t_pkey IS 'y'",
         {"comment on primary key public.t.t_pkey | text=x",
          "comment on index of primary key public.t.t_pkey | text=y"}},
        {"CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0); "
         "COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'",
         {"comment on domain constraint public.d.c"}},
        {"CREATE TYPE c AS (a int); COMMENT ON COLUMN c.a IS 'x'; COMMENT ON TYPE c IS 'y'",
         {"comment on attribute public.c.a", "comment on composite type public.c"}},
        {"COMMENT ON DATABASE d IS 'x'; COMMENT ON EXTENSION plpgsql IS 'x'; "
         "COMMENT ON ROLE r IS 'x'",
         {"schema public"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grants),
        cmocka_unit_test(test_owners),
        cmocka_unit_test(test_default_privileges),
        cmocka_unit_test(test_comments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
