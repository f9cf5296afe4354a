/* Enums, domains, composites, ranges, schemas and extensions as CREATE and ALTER leave them. */
#include "interpreted.h"

#define ENUM "CREATE TYPE e AS ENUM ('a', 'c'); "

static void test_enums(void **state)
{
    static const struct interpreted_case cases[] = {
        {ENUM, {"enum public.e | labels=a, c"}},
        {"CREATE TYPE e AS ENUM ()", {"enum public.e | labels=none"}},
        {"CREATE TYPE e AS ENUM ('a', 'a')", {"error: occurs twice"}},
        {ENUM "ALTER TYPE e ADD VALUE 'b' BEFORE 'c'", {"enum public.e | labels=a, b, c"}},
        {ENUM "ALTER TYPE e ADD VALUE 'b' AFTER 'a'", {"enum public.e | labels=a, b, c"}},
        {ENUM "ALTER TYPE e ADD VALUE 'b'", {"enum public.e | labels=a, c, b"}},
        {ENUM "ALTER TYPE e ADD VALUE IF NOT EXISTS 'a'", {"enum public.e | labels=a, c"}},
        {ENUM "ALTER TYPE e ADD VALUE 'a'", {"error: has the label 'a' already"}},
        {ENUM "ALTER TYPE e ADD VALUE 'b' AFTER 'x'", {"error: has no label 'x'"}},
        {ENUM "ALTER TYPE e RENAME VALUE 'c' TO 'd'", {"enum public.e | labels=a, d"}},
        {ENUM "ALTER TYPE e RENAME VALUE 'c' TO 'a'", {"error: has the label 'a' already"}},
        {"ALTER TYPE e ADD VALUE 'b'; " ENUM, {"enum public.e | labels=a, c, b"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_domains(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE DOMAIN d AS varchar(10) DEFAULT 'x' NOT NULL",
         {"domain public.d | type=character varying(10) | not_null=yes | default_value='x'"}},
        {"CREATE DOMAIN d AS text COLLATE \"C\"", {"domain public.d | collation=\"C\""}},
        {"CREATE DOMAIN d AS int CHECK (VALUE > 0) CHECK (VALUE < 9) CONSTRAINT c CHECK (VALUE <> 5)",
         {"domain constraint public.d.d_check | expression=value > 0 | chosen",
          "domain constraint public.d.d_check1 | expression=value < 9",
          "domain constraint public.d.c"}},
        {"CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID",
         {"domain constraint public.d.d_check | not_valid=yes"}},
        {"CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; "
         "ALTER DOMAIN d VALIDATE CONSTRAINT c",
         {"domain constraint public.d.c | not_valid=no"}},
        {"CREATE DOMAIN d AS int DEFAULT 1 NOT NULL; ALTER DOMAIN d DROP DEFAULT; "
         "ALTER DOMAIN d DROP NOT NULL",
         {"domain public.d | not_null=no | default_value=none"}},
        {"CREATE DOMAIN d AS int CHECK (VALUE > 0); ALTER DOMAIN d DROP CONSTRAINT d_check",
         {"! domain constraint public.d.d_check"}},
        {"CREATE DOMAIN d AS int; ALTER DOMAIN d DROP CONSTRAINT IF EXISTS x", {"domain public.d"}},
        {"CREATE DOMAIN d AS int; ALTER DOMAIN d DROP CONSTRAINT x", {"error: \"x\""}},
        {"CREATE DOMAIN d AS int CHECK (VALUE > 0); "
         "ALTER DOMAIN d RENAME CONSTRAINT d_check TO positive",
         {"domain constraint public.d.positive", "! domain constraint public.d.d_check"}},
        {"CREATE DOMAIN d AS int UNIQUE", {"error: cannot have this constraint"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_composites(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TYPE c AS (a int, b text COLLATE \"C\")",
         {"composite type public.c", "attribute public.c.a | type=integer | position=1",
          "attribute public.c.b | type=text | collation=\"C\" | position=2"}},
        {"CREATE TYPE c AS (a int, a int)", {"error: occurs twice"}},
        {"CREATE TYPE c AS (a int, b int); ALTER TYPE c DROP ATTRIBUTE a, ADD ATTRIBUTE d text",
         {"! attribute public.c.a", "attribute public.c.b | position=1",
          "attribute public.c.d | position=2"}},
        {"CREATE TYPE c AS (a int); ALTER TYPE c ALTER ATTRIBUTE a TYPE numeric(5)",
         {"attribute public.c.a | type=numeric(5,0)"}},
        {"CREATE TYPE c AS (a int); ALTER TYPE c RENAME ATTRIBUTE a TO b",
         {"attribute public.c.b", "! attribute public.c.a"}},
        {"CREATE TYPE c AS (a int); ALTER TYPE c DROP ATTRIBUTE IF EXISTS x",
         {"attribute public.c.a"}},
        {"CREATE TYPE c AS (a int); ALTER TYPE c DROP ATTRIBUTE x", {"error: \"x\""}},
        {"CREATE TYPE c AS (a d[]); CREATE TYPE d AS (x int)",
         {"attribute public.c.a | type=public.d[]"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_ranges(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi)",
         {"range type public.r | subtype=double precision | difference=float8mi | multirange=none"}},
        {"CREATE TYPE r AS RANGE (subtype = text, collation = \"C\", multirange_type_name = rs)",
         {"range type public.r | collation=\"C\" | multirange=rs"}},
        {"CREATE TYPE floatrange AS RANGE (subtype = float8, multirange_type_name = floatmultirange)",
         {"range type public.floatrange | multirange=none"}},
        {"CREATE TYPE r AS RANGE (subtype = float8); CREATE TABLE t (a r, b r_multirange)",
         {"column public.t.b | type=public.r_multirange"}},
        {"CREATE TYPE r AS RANGE (subtype = int4); ALTER TYPE r RENAME TO q",
         {"range type public.q | multirange=r_multirange"}},
        {"CREATE TYPE r; CREATE FUNCTION c(r) RETURNS r LANGUAGE internal AS 'x'; "
         "CREATE TYPE r AS RANGE (subtype = int4, canonical = c)",
         {"range type public.r | canonical=public.c", "! type public.r"}},
        {"CREATE TYPE r AS RANGE (collation = \"C\")", {"error: has no subtype"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_schemas(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE SCHEMA s AUTHORIZATION r", {"schema s", "owner of schema s | role=r"}},
        {"CREATE SCHEMA AUTHORIZATION r", {"schema r", "owner of schema r | role=r"}},
        {"CREATE SCHEMA s; CREATE SCHEMA IF NOT EXISTS s", {"schema s"}},
        {"CREATE SCHEMA s; CREATE SCHEMA s", {"error: declared twice"}},
        {"CREATE SCHEMA public", {"schema public"}},
        {"CREATE EXTENSION citext", {"extension citext | schema=public | version=none"}},
        {"CREATE SCHEMA s; CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA s VERSION '1.5'",
         {"extension citext | schema=s | version=1.5"}},
        {"CREATE EXTENSION pg_cron", {"extension pg_cron | schema=none"}},
        {"CREATE EXTENSION plpgsql", {"! extension plpgsql"}},
        {"CREATE EXTENSION citext; ALTER EXTENSION citext UPDATE TO '2'; CREATE SCHEMA s; "
         "ALTER EXTENSION citext SET SCHEMA s",
         {"extension citext | schema=s | version=2"}},
        {"CREATE EXTENSION citext; CREATE TABLE t (a citext)",
         {"column public.t.a | type=public.citext"}},
        {"CREATE TABLE t (a thing, b thing[]); CREATE EXTENSION unheard_of",
         {"column public.t.a | type=public.thing", "column public.t.b | type=public.thing[]"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enums),      cmocka_unit_test(test_domains),
        cmocka_unit_test(test_composites), cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_schemas),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
