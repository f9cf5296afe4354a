/* Constraints: kinds, options, and the names that the server chooses. */
#include "interpreted.h"

#define LONG_NAME "long_table_name_that_is_really_very_long_indeed_yes_it_is_xxx"

static void test_checks(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int CHECK (a > 0), b int, CHECK (a > b), CHECK (b > 1))",
         {"check constraint public.t.t_a_check | expression=a > 0 | chosen",
          "check constraint public.t.t_check", "check constraint public.t.t_b_check"}},
        {"CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 9), b int CHECK (true))",
         {"check constraint public.t.t_a_check | expression=a > 0",
          "check constraint public.t.t_a_check1 | expression=a < 9",
          "check constraint public.t.t_check"}},
        {"CREATE TABLE t (a int CHECK (t.a > 0)); ALTER TABLE t ADD CHECK (a < 9) NO INHERIT",
         {"check constraint public.t.t_a_check",
          "check constraint public.t.t_a_check1 | no_inherit=yes"}},
        {"CREATE TABLE c (p int CONSTRAINT t_p_check CHECK (p > 0)); CREATE TABLE t (p int); "
         "ALTER TABLE t ADD CHECK (p > 0) NOT VALID",
         {"check constraint public.t.t_p_check1 | not_valid=yes"}},
        {"CREATE TABLE " LONG_NAME " (b int CHECK (b > 0), CHECK (b > 0 AND true))",
         {"check constraint public." LONG_NAME
          ".long_table_name_that_is_really_very_long_indeed_yes_it__b_check"}},
        {"CREATE TABLE t (a int CHECK (b > 0))", {"error: \"b\""}},
        {"CREATE TABLE t (a int); ALTER TABLE t ADD CHECK (b > 0); ALTER TABLE t ADD b int",
         {"check constraint public.t.t_b_check"}},
        {"CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0)); ALTER TABLE t VALIDATE CONSTRAINT k, "
         "DROP CONSTRAINT IF EXISTS nothing; ALTER TABLE t DROP CONSTRAINT k",
         {"! check constraint public.t.k"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_keys(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int UNIQUE, b int PRIMARY KEY, c int, UNIQUE (a, c) INCLUDE (b))",
         {"primary key public.t.t_pkey | columns=b | chosen",
          "unique constraint public.t.t_a_key | columns=a",
          "unique constraint public.t.t_a_c_b_key | columns=a, c | include=b",
          "not null constraint on column public.t.b",
          "! not null constraint on column public.t.a"}},
        {"CREATE TABLE a (x int PRIMARY KEY, UNIQUE (x), CONSTRAINT u2 UNIQUE (x), y int UNIQUE, "
         "CONSTRAINT zz UNIQUE (y))",
         {"primary key public.a.u2 | columns=x", "unique constraint public.a.zz | columns=y",
          "! unique constraint public.a.u2", "! primary key public.a.a_pkey",
          "! unique constraint public.a.a_y_key"}},
        {"CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED, PRIMARY KEY (a) "
         "WITH (fillfactor = 70))",
         {"unique constraint public.t.t_a_key | deferrable=yes | deferred=yes",
          "primary key public.t.t_pkey | options=fillfactor=70"}},
        {"CREATE TABLE t (a int UNIQUE NULLS NOT DISTINCT)",
         {"unique constraint public.t.t_a_key | nulls_not_distinct=yes"}},
        {"CREATE TABLE t_pkey (); CREATE TABLE t (a int PRIMARY KEY)",
         {"primary key public.t.t_pkey1"}},
        {"CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX i ON t (a) INCLUDE (b) "
         "WITH (fillfactor = 50); ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i",
         {"primary key public.t.k | columns=a | include=b | options=fillfactor=50",
          "! index public.t.i", "not null constraint on column public.t.a"}},
        {"CREATE TABLE t (a int); ALTER TABLE t ADD UNIQUE USING INDEX i; "
         "CREATE UNIQUE INDEX i ON t (a)",
         {"unique constraint public.t.i | columns=a"}},
        {"CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)", {"error: multiple primary keys"}},
        {"CREATE TABLE t (a int, PRIMARY KEY (b))", {"error: \"b\""}},
        {"CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t DROP CONSTRAINT t_pkey",
         {"! primary key public.t.t_pkey", "not null constraint on column public.t.a"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_exclusions(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int, b int, EXCLUDE (a WITH =, b WITH OPERATOR(pg_catalog.<>)) "
         "WHERE (a > 0))",
         {"exclusion constraint public.t.t_a_b_excl | method=btree | keys=a, b | operators==, <> | "
          "predicate=a > 0"}},
        {"CREATE TABLE t (r int4range, CONSTRAINT x EXCLUDE USING gist (r WITH &&) DEFERRABLE)",
         {"exclusion constraint public.t.x | method=gist | operators=&& | deferrable=yes"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_foreign_keys(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE r (x int PRIMARY KEY, y int, UNIQUE (x, y)); CREATE TABLE t (a int REFERENCES r, b int, "
         "FOREIGN KEY (a, b) REFERENCES r (x, y) MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL "
         "DEFERRABLE)",
         {"foreign key public.t.t_a_fkey | table=public.r | referenced_columns=x | on_delete=none",
          "foreign key public.t.t_a_b_fkey | match=FULL | on_delete=CASCADE | on_update=SET NULL | "
          "deferrable=yes | columns=a, b"}},
        {"CREATE TABLE a (x int PRIMARY KEY, y int REFERENCES b); "
         "CREATE TABLE b (x int REFERENCES a, z int PRIMARY KEY)",
         {"foreign key public.a.a_y_fkey | table=public.b | referenced_columns=z",
          "foreign key public.b.b_x_fkey | table=public.a | referenced_columns=x"}},
        {"CREATE TABLE a (x int REFERENCES b); CREATE TABLE b (z int); "
         "ALTER TABLE b ADD PRIMARY KEY (z)",
         {"foreign key public.a.a_x_fkey | referenced_columns=z"}},
        {"CREATE TABLE a (x int PRIMARY KEY, y int REFERENCES a ON DELETE SET NULL (y))",
         {"foreign key public.a.a_y_fkey | table=public.a | referenced_columns=x | set_columns=y"}},
        {"CREATE TABLE a (x int REFERENCES b); CREATE TABLE b (z int)", {"error: no primary key"}},
        {"CREATE TABLE a (x int REFERENCES nowhere)", {"error: nowhere"}},
        {"CREATE TABLE a (x int PRIMARY KEY); CREATE TABLE b (x int); "
         "ALTER TABLE b ADD FOREIGN KEY (x) REFERENCES a NOT VALID; "
         "ALTER TABLE b ADD FOREIGN KEY (x) REFERENCES a",
         {"foreign key public.b.b_x_fkey | not_valid=yes",
          "foreign key public.b.b_x_fkey1 | not_valid=no"}},
        {"CREATE TABLE a (x int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a); "
         "ALTER TABLE b ALTER CONSTRAINT b_x_fkey DEFERRABLE INITIALLY DEFERRED",
         {"foreign key public.b.b_x_fkey | deferrable=yes | deferred=yes"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_not_null(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int NOT NULL, b int CONSTRAINT n NOT NULL, "
         "c int CONSTRAINT t_c_not_null NOT NULL, d int NULL)",
         {"not null constraint on column public.t.a | constraint_name=none",
          "not null constraint on column public.t.b | constraint_name=n",
          "not null constraint on column public.t.c | constraint_name=none",
          "! not null constraint on column public.t.d"}},
        {"CREATE TABLE t (a int NOT NULL); ALTER TABLE t ALTER a DROP NOT NULL",
         {"! not null constraint on column public.t.a"}},
        {"CREATE TABLE t (a int); ALTER TABLE t ALTER a SET NOT NULL",
         {"not null constraint on column public.t.a"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

#if PLUMB_PG_QUERY_VERSION >= 18
static void test_version_18(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int, CONSTRAINT n NOT NULL a NO INHERIT)",
         {"not null constraint on column public.t.a | constraint_name=n | no_inherit=yes"}},
        {"CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID",
         {"not null constraint on column public.t.a | constraint_name=n | not_valid=yes"}},
        {"CREATE TABLE t (a int NOT NULL); ALTER TABLE t DROP CONSTRAINT t_a_not_null",
         {"! not null constraint on column public.t.a"}},
        {"CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED, CHECK (a > 1) NOT ENFORCED)",
         {"check constraint public.t.t_a_check | not_enforced=yes | not_valid=no",
          "check constraint public.t.t_a_check1 | not_enforced=yes"}},
        {"CREATE TABLE t (a int UNIQUE CHECK (a > 0), b int REFERENCES t (a))",
         {"check constraint public.t.t_a_check | not_enforced=no",
          "foreign key public.t.t_b_fkey | not_enforced=no"}},
        {"CREATE TABLE t (r int4range, d daterange, PRIMARY KEY (r, d WITHOUT OVERLAPS))",
         {"primary key public.t.t_pkey | without_overlaps=yes"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}
#endif

/* What a foreign key refers to has to be there, and unique: of all files together. */
static void test_referenced_columns(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE b (y int REFERENCES a (nam)); CREATE TABLE a (name int PRIMARY KEY)",
         {"error: column \"nam\" of table public.a does not exist"}},
        {"CREATE TABLE a (x int); CREATE TABLE b (y int REFERENCES a (x))",
         {"error: are not unique"}},
        {"CREATE TABLE a (x int, y int, UNIQUE (x, y)); CREATE TABLE b (y int REFERENCES a (x))",
         {"error: are not unique"}},
        {"CREATE TABLE a (x int); CREATE TABLE b (y int REFERENCES a (x)); CREATE UNIQUE INDEX ON a (x) "
         "WHERE x > 1; CREATE UNIQUE INDEX ON a ((x + 1)); CREATE INDEX ON a (x)",
         {"error: are not unique"}},
        {"CREATE TABLE b (y int, z int, FOREIGN KEY (y, z) REFERENCES a (\"Q\", x)); CREATE TABLE a "
         "(\"Q\" int, x int); CREATE UNIQUE INDEX ON a (x DESC, \"Q\")",
         {"foreign key public.b.b_y_z_fkey"}},
        {"CREATE TABLE a (x int); CREATE TABLE b (y int REFERENCES a (x)); CALL make_keys()",
         {"table public.b"}},
        {"CREATE TABLE p (x int PRIMARY KEY) PARTITION BY LIST (x); CREATE TABLE q PARTITION OF p FOR "
         "VALUES IN (1); CREATE TABLE b (y int REFERENCES q (x))",
         {"table public.b"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_referenced_columns),
        cmocka_unit_test(test_checks),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_exclusions),
        cmocka_unit_test(test_foreign_keys),
        cmocka_unit_test(test_not_null),
#if PLUMB_PG_QUERY_VERSION >= 18
        cmocka_unit_test(test_version_18),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
