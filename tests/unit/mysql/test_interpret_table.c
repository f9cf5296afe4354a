/* CREATE TABLE, as the servers store it. */
#include "interpreted.h"

static const struct interpreted_case table_options[] = {
    {MARIADB, "CREATE TABLE t (a int) PAGE_COMPRESSED=1", {"table t | options=page_compressed=1"}},
    {MARIADB,
     "CREATE TABLE t (a int) PAGE_COMPRESED=1",
     {"error: neither MariaDB nor its engine InnoDB knows an option PAGE_COMPRESED"}},
    {MARIADB,
     "CREATE TABLE t (a int) ENGINE=MyISAM PAGE_COMPRESSED=1",
     {"error: neither MariaDB nor its engine MyISAM knows an option PAGE_COMPRESSED"}},
    {MARIADB,
     "CREATE TABLE t (a int) TABLE_TYPE=CSV ENGINE=CONNECT",
     {"table t | access_method=CONNECT | options=table_type=CSV"}},
    {MARIADB,
     "CREATE TABLE t (a int); ALTER TABLE t TABLE_TYPE=CSV, ENGINE=CONNECT",
     {"table t | access_method=CONNECT | options=table_type=CSV"}},
    {MARIADB,
     "CREATE TABLE t (a int); ALTER TABLE t FOO=1",
     {"error: neither MariaDB nor its engine InnoDB knows an option FOO"}},
    {MARIADB,
     "SET sql_mode = 'IGNORE_BAD_TABLE_OPTIONS'; CREATE TABLE t (a int) FOO=1",
     {"table t"}},
    {MARIADB,
     "CREATE TABLE t (a int) COMPRESSION='zlib'",
     {"error: MariaDB knows no option COMPRESSION"}},
    {MYSQL, "CREATE TABLE t (a int) COMPRESSION='zlib'", {"table t | options=compression=zlib"}},
    {MYSQL,
     "CREATE TABLE t (a int) TRANSACTIONAL=1",
     {"error: MySQL knows no option TRANSACTIONAL"}},
    {MYSQL,
     "CREATE TABLE t (a int) PAGE_COMPRESSED=1",
     {"error: MySQL knows no option \"PAGE_COMPRESSED\""}},
};

static const struct interpreted_case columns[] = {
    {BOTH,
     "CREATE TABLE t (a int NOT NULL, b varchar(10) DEFAULT 'x' COMMENT 'hm', c text)",
     {"table t | access_method=InnoDB | column_order=a, b, c", "column t.a | position=1",
      "not null constraint on column t.a", "default of column t.b | expression='x'",
      "comment on column t.b | text=hm", "! not null constraint on column t.c",
      "! default of column t.c"}},
    {MYSQL,
     "CREATE TABLE t (a varchar(5)) DEFAULT CHARSET latin1",
     {"table t | collation=latin1_swedish_ci", "column t.a | collation=latin1_swedish_ci"}},
    {MYSQL,
     "CREATE TABLE t (a varchar(5))",
     {"table t | collation=utf8mb4_0900_ai_ci", "column t.a | collation=utf8mb4_0900_ai_ci"}},
    {MARIADB,
     "CREATE TABLE t (a varchar(5), j json)",
     {"table t | collation=utf8mb4_general_ci",
      "column t.j | type=longtext | collation=utf8mb4_bin",
      "check constraint of column t.j | expression=json_valid(`j`)"}},
    {BOTH,
     "CREATE TABLE t (a int PRIMARY KEY)",
     {"not null constraint on column t.a", "primary key t.\"PRIMARY\" | columns=`a`"}},
    {BOTH,
     "CREATE TABLE t (a int, b int, PRIMARY KEY (b, a))",
     {"not null constraint on column t.a", "primary key t.\"PRIMARY\" | columns=`b`, `a`"}},
    {MYSQL,
     "CREATE TABLE t (id serial, PRIMARY KEY (id))",
     {"column t.id | type=bigint unsigned | auto_increment=yes",
      "not null constraint on column t.id", "index t.id | unique=yes | keys=`id` | chosen"}},
    {MYSQL, "CREATE TABLE t (id serial PRIMARY KEY)", {"index t.id", "primary key t.\"PRIMARY\""}},
    {MARIADB,
     "CREATE TABLE t (id serial PRIMARY KEY)",
     {"! index t.id", "primary key t.\"PRIMARY\""}},
    {BOTH,
     "CREATE TABLE t (a timestamp NULL DEFAULT now() ON UPDATE NOW())",
     {"default of column t.a | expression=CURRENT_TIMESTAMP",
      "column t.a | on_update=CURRENT_TIMESTAMP"}},
    {MYSQL,
     "CREATE TABLE t (a datetime DEFAULT (now()), b int DEFAULT (1))",
     {"default of column t.a | expression=(now())", "default of column t.b | expression=(1)"}},
    {MARIADB,
     "CREATE TABLE t (a datetime(3) DEFAULT (now()), b int DEFAULT (1), c char(36) DEFAULT uuid())",
     {"default of column t.a | expression=CURRENT_TIMESTAMP(3)",
      "default of column t.b | expression='1'", "default of column t.c | expression=(uuid())"}},
    {BOTH,
     "SET explicit_defaults_for_timestamp = 0; CREATE TABLE t (a timestamp, b timestamp, c timestamp NULL)",
     {"default of column t.a | expression=CURRENT_TIMESTAMP",
      "column t.a | on_update=CURRENT_TIMESTAMP",
      "default of column t.b | expression='0000-00-00 00:00:00'",
      "! not null constraint on column t.c"}},
    {BOTH,
     "CREATE TABLE t (a int, b int AS (a + 1) STORED, c int GENERATED ALWAYS AS (a * 2))",
     {"column t.b | generated=stored | generation=a + 1", "column t.c | generated=virtual"}},
    {BOTH, "CREATE TABLE t (a int INVISIBLE, b int)", {"column t.a | invisible=yes"}},
    {MYSQL,
     "CREATE TABLE t (a int COLUMN_FORMAT fixed STORAGE default)",
     {"column t.a | options=column_format=FIXED"}},
    {MYSQL, "CREATE TABLE t (g point SRID 4326 NOT NULL)", {"column t.g | options=srid=4326"}},
    {BOTH, "CREATE TABLE t (a int NOT NULL DEFAULT NULL)", {"error: has the default NULL"}},
    {BOTH, "CREATE TABLE t (a int AUTO_INCREMENT)", {"error: is in no key"}},
    {BOTH, "CREATE TABLE t (a int, a int)", {"error: column t.a is declared twice"}},
    {BOTH, "CREATE TABLE t (a int, A int)", {"error: column t.a is declared twice"}},
    {BOTH,
     "CREATE TABLE t (a varchar(5) CHARSET klingon)",
     {"error: there is no character set klingon"}},
    {BOTH, "CREATE TABLE t (a int); CREATE TABLE t (b int)", {"error: table t is declared twice"}},
    {BOTH, "CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int)", {"! column t.b"}},
    {BOTH, "CREATE TABLE t (a int); CREATE TABLE T (b int)", {"table t", "table \"T\""}},
    {BOTH, "CREATE TABLE t AS SELECT 1 AS a", {"error: makes columns that no declaration"}},
    {BOTH,
     "CREATE TEMPORARY TABLE t (a int); ALTER TABLE t ADD b int",
     {"! table t", "note: 1 temporary table skipped"}},
};

static void test_columns(void **state)
{
    (void)state;
    INTERPRETED_CHECK(columns);
}

static const struct interpreted_case keys[] = {
    {BOTH,
     "CREATE TABLE t (a int, b int, KEY (a), KEY (a, b), UNIQUE (b))",
     {"index t.a | keys=`a` | chosen", "index t.a_2 | keys=`a`, `b` | chosen",
      "index t.b | unique=yes"}},
    {BOTH,
     "CREATE TABLE t (a varchar(10), KEY k (a(10)), KEY l (a(5) DESC))",
     {"index t.k | keys=`a`", "index t.l | keys=`a`(5) DESC"}},
    {BOTH, "CREATE TABLE t (a varchar(10), KEY k (A))", {"index t.k | keys=`a`"}},
    {MYSQL,
     "CREATE TABLE t (a int, KEY ((a + 1)), KEY k ((lower(a)) DESC))",
     {"index t.functional_index | keys=(a + 1)", "index t.k | keys=(lower(a)) DESC"}},
    {MARIADB, "CREATE TABLE t (a int, KEY ((a + 1)))", {"error: "}},
    {BOTH,
     "CREATE TABLE t (a text, FULLTEXT KEY f (a), g point NOT NULL, SPATIAL KEY s (g))",
     {"index t.f | method=fulltext", "index t.s | method=spatial"}},
    {BOTH,
     "CREATE TABLE t (a int, KEY k (a) USING BTREE COMMENT 'x')",
     {"index t.k | method=none", "comment on index t.k | text=x"}},
    {MYSQL,
     "CREATE TABLE t (a int, KEY k (a) USING HASH INVISIBLE)",
     {"index t.k | method=none | invisible=yes"}},
    {MARIADB,
     "CREATE TABLE t (a int, KEY k (a) USING HASH IGNORED)",
     {"index t.k | method=hash | invisible=yes"}},
    {MARIADB, "CREATE TABLE t (a text, UNIQUE KEY k (a))", {"index t.k | method=hash"}},
    {BOTH,
     "CREATE TABLE t (a varchar(255), KEY k (a)) ENGINE=MyISAM CHARSET utf8mb4",
     {"index t.k | keys=`a`(250)"}},
    {MARIADB, "CREATE TABLE t (a varchar(3000), UNIQUE KEY k (a))", {"index t.k | method=hash"}},
    {BOTH, "CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a))", {"index t.u | unique=yes"}},
    {BOTH, "CREATE TABLE t (a int, KEY k (b))", {"error: table t has no column b"}},
    {BOTH,
     "CREATE TABLE t (a int PRIMARY KEY, b int, PRIMARY KEY (b))",
     {"error: two primary keys"}},
    {BOTH, "CREATE TABLE t (a int, KEY k (a), KEY K (a))", {"error: index t.k is declared twice"}},
};

static void test_keys(void **state)
{
    (void)state;
    INTERPRETED_CHECK(keys);
}

static const struct interpreted_case constraints[] = {
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE)",
     {"foreign key t.f | columns=a | table=p | referenced_columns=id | on_delete=CASCADE",
      "index t.f | keys=`a` | implied"}},
    {BOTH,
     "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE NO ACTION);"
     "CREATE TABLE p (id int PRIMARY KEY)",
     {"foreign key t.t_ibfk_1 | on_delete=none | on_update=none | table=p | chosen",
      "index t.a | implied | chosen"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, b int, FOREIGN KEY (a) REFERENCES p (id), KEY k (a, b))",
     {"index t.k", "! index t.a"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id));"
     "CREATE INDEX k ON t (a)",
     {"index t.k", "! index t.f"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int REFERENCES p (id))",
     {"foreign key t.t_ibfk_1 | columns=a | referenced_columns=id"}},
    {MARIADB,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, FOREIGN KEY f (a) REFERENCES p (id))",
     {"foreign key t.f", "index t.f | implied"}},
    {MYSQL,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, FOREIGN KEY f (a) REFERENCES p (id))",
     {"foreign key t.t_ibfk_1", "index t.f | implied"}},
    {BOTH,
     "CREATE TABLE t (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES t (id)) ENGINE=MyISAM",
     {"! foreign key t.t_ibfk_1", "index t.a"}},
    {BOTH,
     "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id))",
     {"error: table p does not exist"}},
    {BOTH,
     "SET FOREIGN_KEY_CHECKS=0; CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id))",
     {"foreign key t.t_ibfk_1 | table=none | outside_table=`p`"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id), "
     "CONSTRAINT F FOREIGN KEY (b) REFERENCES p (id))",
     {"error: declared twice"}},
    {MYSQL,
     "CREATE TABLE t (a int CHECK (a > 0), CHECK (a < 9) NOT ENFORCED)",
     {"check constraint t.t_chk_1 | expression=a > 0 | chosen",
      "check constraint t.t_chk_2 | not_enforced=yes"}},
    {MARIADB,
     "CREATE TABLE t (a int CHECK (a > 0), CHECK (a < 9), CONSTRAINT c CHECK (a <> 5))",
     {"check constraint of column t.a | expression=a > 0",
      "check constraint t.\"CONSTRAINT_1\" | expression=a < 9 | chosen", "check constraint t.c"}},
    {MYSQL,
     "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0)); CREATE TABLE u (a int, CONSTRAINT c CHECK (a > 0))",
     {"error: declared twice in the database"}},
};

static void test_constraints(void **state)
{
    (void)state;
    INTERPRETED_CHECK(constraints);
}

static const struct interpreted_case options[] = {
    {BOTH,
     "CREATE TABLE t (a int) ENGINE=myisam ROW_FORMAT=dynamic MAX_ROWS=10 MIN_ROWS=0 AUTO_INCREMENT=5 COMMENT='x'",
     {"table t | access_method=MyISAM | options=row_format=DYNAMIC, max_rows=10",
      "comment on table t | text=x"}},
    {MARIADB,
     "CREATE TABLE t (a int) WITH SYSTEM VERSIONING",
     {"table t | options=system_versioning=1"}},
    {MARIADB,
     "CREATE TABLE t (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) "
     "GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING",
     {"table t | periods=SYSTEM_TIME (`s`, `e`)", "column t.s | generated=row start"}},
    {MARIADB,
     "CREATE TABLE t (a int, s date, e date, PERIOD FOR app (s, e))",
     {"table t | periods=`app` (`s`, `e`)", "not null constraint on column t.s"}},
    {BOTH,
     "CREATE TABLE plumb_history (a int); CREATE TABLE t (a int)",
     {"table t", "! table plumb_history"}},
    {BOTH, "CREATE TABLE t (a int) COMMENT='\xF0\x9F\x98\x80!'", {"comment on table t | text=?!"}},
    {BOTH,
     "CREATE TABLE p (a int, KEY (a), b varchar(3) DEFAULT 'x'); CREATE TABLE t LIKE p",
     {"index t.a", "default of column t.b | expression='x'", "table t | column_order=a, b"}},
};

static void test_options(void **state)
{
    (void)state;
    INTERPRETED_CHECK(options);
}

static const struct interpreted_case partitions[] = {
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 4",
     {"table t | partition_strategy=HASH | partition_keys=a | partition_count=4"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY KEY (a)",
     {"table t | partition_strategy=KEY | partition_keys=`a` | partition_count=1"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5*2) ENGINE=InnoDB,"
     " PARTITION p1 VALUES LESS THAN MAXVALUE COMMENT='rest')",
     {"partition t.p0 | bound=LESS THAN (10) | options=none | position=1",
      "partition t.p1 | bound=LESS THAN MAXVALUE | position=2",
      "comment on partition t.p1 | text=rest"}},
    {BOTH,
     "CREATE TABLE t (a int, b varchar(5)) PARTITION BY RANGE COLUMNS (a, b)"
     " (PARTITION p0 VALUES LESS THAN (1, 'x'), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE))",
     {"partition t.p0 | bound=LESS THAN (1,'x')",
      "partition t.p1 | bound=LESS THAN (MAXVALUE,MAXVALUE)"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1, 2), PARTITION p1 VALUES IN (NULL))",
     {"partition t.p0 | bound=IN (1,2)", "partition t.p1 | bound=IN (NULL)"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY RANGE (b) (PARTITION p0 VALUES LESS THAN (1))",
     {"table t"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 4; ALTER TABLE t ADD PARTITION PARTITIONS 2;"
     "ALTER TABLE t COALESCE PARTITION 1",
     {"table t | partition_count=5"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (1), PARTITION p1 VALUES LESS THAN (9));"
     "ALTER TABLE t REORGANIZE PARTITION p1 INTO (PARTITION p2 VALUES LESS THAN (5), PARTITION p3 VALUES LESS THAN (9));"
     "ALTER TABLE t ADD PARTITION (PARTITION p4 VALUES LESS THAN (20)); ALTER TABLE t DROP PARTITION p0",
     {"partition t.p2 | position=1", "partition t.p3 | position=2", "partition t.p4 | position=3",
      "! partition t.p1"}},
    {MARIADB,
     "CREATE TABLE t (a int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION pn CURRENT);"
     "ALTER TABLE t ADD PARTITION (PARTITION p1 HISTORY)",
     {"partition t.p1 | bound=HISTORY | position=2",
      "partition t.pn | bound=CURRENT | position=3"}},
    {BOTH,
     "CREATE TABLE t (a int) PARTITION BY HASH (a); ALTER TABLE t REMOVE PARTITIONING",
     {"table t | partition_strategy=none | partition_count=0"}},
};

static void test_partitions(void **state)
{
    (void)state;
    INTERPRETED_CHECK(partitions);
}

static void test_table_options(void **state)
{
    (void)state;
    INTERPRETED_CHECK(table_options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),     cmocka_unit_test(test_keys),
        cmocka_unit_test(test_constraints), cmocka_unit_test(test_options),
        cmocka_unit_test(test_partitions),  cmocka_unit_test(test_table_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
