/* Partitioned tables: keys, bounds as the server prints them, and what partitions get by themselves. */
#include "interpreted.h"

static void test_keys(void **state)
{
    static const struct interpreted_case cases[] = {
        {"CREATE TABLE p (a int, b text) PARTITION BY RANGE (a, lower(b), (a + 1))",
         {"table public.p | partition_strategy=RANGE | partition_keys=a, lower(b), (a + 1)"}},
        {"CREATE TABLE p (a int, b text) PARTITION BY LIST (b COLLATE \"C\")",
         {"table public.p | partition_strategy=LIST | partition_keys=b COLLATE \"C\""}},
        {"CREATE TABLE p (a int) PARTITION BY HASH (b)", {"error: \"b\""}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

#define BOUND(type, bound)                                                                         \
    "CREATE TABLE p (a " type ") PARTITION BY RANGE (a); CREATE TABLE q PARTITION OF p " bound
#define PRINTED(bound) "partition attachment of partition public.q | table=public.p | bound=" bound

static void test_bounds(void **state)
{
    static const struct interpreted_case cases[] = {
        {BOUND("int", "FOR VALUES FROM (1) TO (10)"), {PRINTED("FOR VALUES FROM (1) TO (10)")}},
        {BOUND("int", "FOR VALUES FROM (-1) TO ('10')"),
         {PRINTED("FOR VALUES FROM ('-1') TO (10)")}},
        {BOUND("bigint", "FOR VALUES FROM (1) TO (10)"),
         {PRINTED("FOR VALUES FROM ('1') TO ('10')")}},
        {BOUND("date", "FOR VALUES FROM ('2024-01-01') TO (date '2025-01-01')"),
         {PRINTED("FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")}},
        {BOUND("timestamp", "FOR VALUES FROM (MINVALUE) TO ('2025-01-01')"),
         {PRINTED("FOR VALUES FROM (MINVALUE) TO ('2025-01-01 00:00:00')")}},
        {BOUND("timestamptz", "FOR VALUES FROM ('2024-12-31 23:30:00.500-02:30') TO (MAXVALUE)"),
         {PRINTED("FOR VALUES FROM ('2025-01-01 02:00:00.5+00') TO (MAXVALUE)")}},
        {BOUND("numeric(6,2)", "FOR VALUES FROM (1) TO (2.5)"),
         {PRINTED("FOR VALUES FROM (1.00) TO (2.50)")}},
        {BOUND("text", "FOR VALUES FROM ('a') TO ('it''s')"),
         {PRINTED("FOR VALUES FROM ('a') TO ('it''s')")}},
        {BOUND("uuid", "FOR VALUES FROM ('00000000-0000-0000-0000-00000000000A') TO (MAXVALUE)"),
         {PRINTED("FOR VALUES FROM ('00000000-0000-0000-0000-00000000000a') TO (MAXVALUE)")}},
        {BOUND("int", "DEFAULT"), {PRINTED("DEFAULT")}},
        {"CREATE TABLE p (a text) PARTITION BY LIST (a); "
         "CREATE TABLE q PARTITION OF p FOR VALUES IN ('a', 'b', NULL)",
         {PRINTED("FOR VALUES IN ('a', 'b', NULL)")}},
        {"CREATE TABLE p (a bool) PARTITION BY LIST (a); "
         "CREATE TABLE q PARTITION OF p FOR VALUES IN (true)",
         {PRINTED("FOR VALUES IN (true)")}},
        {"CREATE TABLE p (a int) PARTITION BY HASH (a); "
         "CREATE TABLE q PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 0)",
         {PRINTED("FOR VALUES WITH (modulus 4, remainder 0)")}},
        {"CREATE TABLE q PARTITION OF p DEFAULT; CREATE TABLE p (a int) PARTITION BY HASH (a)",
         {PRINTED("DEFAULT")}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

#define PARENT                                                                                     \
    "CREATE TABLE r (x int PRIMARY KEY);"                                                          \
    "CREATE TABLE p (id int, a int NOT NULL, b text DEFAULT 'x', PRIMARY KEY (id, a),"             \
    " UNIQUE (a, b), CONSTRAINT ck CHECK (a > 0), FOREIGN KEY (a) REFERENCES r)"                   \
    " PARTITION BY RANGE (a); CREATE INDEX named ON p (lower(b), (a + 1));"

static void test_contents(void **state)
{
    static const struct interpreted_case cases[] = {
        {PARENT "CREATE TABLE q PARTITION OF p (b DEFAULT 'y', CONSTRAINT ck CHECK (a > 0), "
                "CHECK (b <> '')) FOR VALUES FROM (1) TO (2)",
         {"column public.q.a | inherited=yes | position=2",
          "not null constraint on column public.q.a | inherited=yes | implied | "
          "constraint_name=none",
          "default of column public.q.b | expression='y'",
          "check constraint public.q.ck | inherited=yes | implied",
          "check constraint public.q.q_b_check | inherited=no",
          "primary key public.q.q_pkey | implied | attached_to=public.p.p_pkey",
          "unique constraint public.q.q_a_b_key | implied | attached_to=public.p.p_a_b_key",
          "foreign key public.q.p_a_fkey | implied | attached_to=public.p.p_a_fkey | "
          "referenced_columns=x",
          "index public.q.q_lower_expr_idx | implied | attached_to=public.p.named"}},
        {PARENT "CREATE TABLE q (id int NOT NULL, a int NOT NULL, b text, "
                "CONSTRAINT ck CHECK (a > 0), UNIQUE (a, b)); "
                "ALTER TABLE p ATTACH PARTITION q FOR VALUES FROM (1) TO (2)",
         {"column public.q.a | inherited=yes", "check constraint public.q.ck | implied",
          "unique constraint public.q.q_a_b_key | attached_to=public.p.p_a_b_key",
          "primary key public.q.q_pkey | implied", "! default of column public.q.b"}},
        {PARENT "CREATE TABLE q PARTITION OF p FOR VALUES FROM (1) TO (2); "
                "ALTER TABLE p DETACH PARTITION q",
         {"column public.q.a | inherited=no", "check constraint public.q.ck | inherited=no",
          "! partition attachment of table public.q",
          "primary key public.q.q_pkey | attached_to=none",
          "foreign key public.q.p_a_fkey | attached_to=none"}},
        {"CREATE TABLE p (a int) PARTITION BY RANGE (a); "
         "CREATE TABLE q PARTITION OF p DEFAULT PARTITION BY RANGE (a); "
         "CREATE TABLE r PARTITION OF q DEFAULT; CREATE INDEX ON p (a); "
         "ALTER TABLE p ADD PRIMARY KEY (a)",
         {"index public.q.q_a_idx | attached_to=public.p.p_a_idx",
          "index public.r.r_a_idx | attached_to=public.q.q_a_idx",
          "primary key public.r.r_pkey | attached_to=public.q.q_pkey"}},
        {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE q PARTITION OF p DEFAULT; "
         "CREATE INDEX i ON ONLY p (a); CREATE INDEX j ON q (a)",
         {"index public.p.i | invalid=yes", "index public.q.j | attached_to=none"}},
        {"CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE q (a int, b int); "
         "ALTER TABLE ONLY p ADD CONSTRAINT p_pkey PRIMARY KEY (a); CREATE INDEX i ON ONLY p (b); "
         "ALTER TABLE p ATTACH PARTITION q DEFAULT; ALTER INDEX i ATTACH PARTITION q_b; "
         "ALTER TABLE q ADD CONSTRAINT own PRIMARY KEY (a); CREATE INDEX q_b ON q (b); "
         "ALTER INDEX p_pkey ATTACH PARTITION own;",
         {"primary key public.q.own | attached_to=public.p.p_pkey", "! primary key public.q.q_pkey",
          "index public.q.q_b | attached_to=public.p.i", "! index public.q.q_b_idx"}},
        {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE q PARTITION OF p DEFAULT; "
         "CREATE INDEX i ON ONLY p (a); CREATE INDEX j ON q (a); ALTER INDEX i ATTACH PARTITION j",
         {"index public.p.i | invalid=no", "index public.q.j | attached_to=public.p.i"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

/* Copies of row triggers: interpret/table/trigger_copy.c. */
static void test_triggers(void **state)
{
#define TRIGGERS                                                                                   \
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS ''; "                                 \
    "CREATE TABLE p (a int) PARTITION BY RANGE (a); "                                              \
    "CREATE TABLE q PARTITION OF p FOR VALUES FROM (1) TO (2) PARTITION BY RANGE (a); "            \
    "CREATE TRIGGER t AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); "                       \
    "CREATE TRIGGER s AFTER INSERT ON p EXECUTE FUNCTION f(); "                                    \
    "CREATE TABLE r PARTITION OF q DEFAULT; "
    static const struct interpreted_case cases[] = {
        {TRIGGERS,
         {"trigger public.q.t | implied | enabled=origin", "trigger public.r.t | implied",
          "! trigger public.q.s"}},
        {TRIGGERS "ALTER TABLE q DISABLE TRIGGER t; ALTER TABLE r ENABLE REPLICA TRIGGER t",
         {"trigger public.p.t | enabled=origin", "trigger public.q.t | enabled=disabled",
          "trigger public.r.t | implied | enabled=replica"}},
        {TRIGGERS "ALTER TABLE ONLY q ENABLE ALWAYS TRIGGER t",
         {"trigger public.q.t | enabled=always", "trigger public.r.t | enabled=origin"}},
        {TRIGGERS "ALTER TABLE q DISABLE TRIGGER s",
         {"error: trigger \"s\" of partition public.q does not exist"}},
        {TRIGGERS "ALTER TRIGGER t ON p RENAME TO u",
         {"trigger public.q.u | implied", "trigger public.r.u | implied", "! trigger public.r.t"}},
        {TRIGGERS "DROP TRIGGER t ON p", {"! trigger public.q.t", "! trigger public.r.t"}},
        {TRIGGERS "ALTER TABLE p DETACH PARTITION q",
         {"trigger public.p.t", "! trigger public.q.t", "! trigger public.r.t"}},
        {TRIGGERS "CREATE TABLE n (a int); ALTER TABLE p DISABLE TRIGGER t; "
                  "ALTER TABLE p ATTACH PARTITION n DEFAULT",
         {"trigger public.n.t | implied | enabled=disabled"}},
    };

    (void)state;
    INTERPRETED_CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_contents),
        cmocka_unit_test(test_triggers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
