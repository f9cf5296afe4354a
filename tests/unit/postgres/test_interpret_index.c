/* Indexes: keys, options and chosen names. */
#include "interpreted.h"

static void test_names(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int, b text); CREATE INDEX ON t (a, b); CREATE INDEX ON t (a, b)",
         {"index public.t.t_a_b_idx | chosen", "index public.t.t_a_b_idx1"}},
        {"CREATE TABLE t (a int, b text); "
         "CREATE INDEX ON t (lower(b), (a + 1), (a - 1), coalesce(a, 1), (a::text)) INCLUDE (b)",
         {"index public.t.t_lower_expr_expr1_coalesce_a_b_idx | include=b"}},
        {"CREATE TABLE t (a int, b text); CREATE UNIQUE INDEX ON t (a, ((a * 2)::bigint), a)",
         {"index public.t.t_a_int8_a1_idx | unique=yes"}},
        {"CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE INDEX IF NOT EXISTS i ON t (a)",
         {"index public.t.i"}},
        {"CREATE TABLE t (a int); CREATE INDEX t ON t (a)", {"error: taken"}},
        {"CREATE INDEX ON t (a); CREATE TABLE t (a int)", {"index public.t.t_a_idx"}},
        {"CREATE TABLE t (a int); CREATE INDEX ON t (b)", {"error: \"b\""}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_keys(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int, b text); CREATE INDEX i ON t (a ASC NULLS LAST, b DESC)",
         {"index public.t.i | keys=a, b DESC | method=btree"}},
        {"CREATE TABLE t (a int, b text); CREATE INDEX i ON t (a NULLS FIRST, b DESC NULLS LAST)",
         {"index public.t.i | keys=a NULLS FIRST, b DESC NULLS LAST"}},
        {"CREATE TABLE t (a int, \"B\" text); CREATE INDEX i ON t ((\"B\"), (a + 1), lower(\"B\"))",
         {"index public.t.i | keys=\"B\", (a + 1), lower(\"B\")"}},
        {"CREATE TABLE t (b text, c text COLLATE \"C\"); "
         "CREATE INDEX i ON t (b COLLATE \"C\", c COLLATE \"C\", c COLLATE \"default\", b COLLATE "
         "\"default\")",
         {"index public.t.i | keys=b COLLATE \"C\", c, c COLLATE \"default\", b"}},
        {"CREATE TABLE t (b text); CREATE INDEX i ON t (b text_pattern_ops DESC)",
         {"index public.t.i | keys=b text_pattern_ops DESC"}},
        {"CREATE TABLE t (b tsvector); CREATE INDEX i ON t USING gist (b tsvector_ops (siglen = 9))",
         {"index public.t.i | method=gist | keys=b tsvector_ops (siglen='9')"}},
        {"CREATE SCHEMA e; CREATE EXTENSION pg_trgm SCHEMA e; CREATE TABLE t (b text); "
         "CREATE INDEX i ON t USING gin (b gin_trgm_ops)",
         {"index public.t.i | method=gin | keys=b e.gin_trgm_ops"}},
        {"CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0",
         {"index public.t.i | predicate=a > 0"}},
        {"CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT "
         "WITH (deduplicate_items = off) TABLESPACE fast",
         {"index public.t.i | nulls_not_distinct=yes | "
          "options=deduplicate_items=off | tablespace=fast"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

static void test_changes(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER INDEX i SET (fillfactor = 50), "
         "SET TABLESPACE fast",
         {"index public.t.i | options=fillfactor=50 | tablespace=fast"}},
        {"CREATE TABLE t (a int); CREATE INDEX i ON t ((a + 1)); "
         "ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100",
         {"index public.t.i | statistics=1=100"}},
        {"CREATE TABLE t (a int PRIMARY KEY WITH (fillfactor = 50)); "
         "ALTER INDEX t_pkey RESET (fillfactor)",
         {"primary key public.t.t_pkey | options=none"}},
        {"CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b) "
         "WHERE a > 0; CREATE INDEX k ON t (b); ALTER TABLE t DROP COLUMN a",
         {"! index public.t.i", "! index public.t.j", "index public.t.k",
          "column public.t.b | position=1"}},
        {"CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a); "
         "ALTER TABLE t CLUSTER ON i, REPLICA IDENTITY USING INDEX i",
         {"cluster mark of table public.t | index=public.t.i",
          "replica identity of table public.t | mode=index | index=public.t.i"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
