/* ALTER TABLE, CREATE INDEX, DROP and RENAME, as the servers carry them out. */
#include "interpreted.h"

#define T                                                                                          \
    "CREATE TABLE t (a int NOT NULL DEFAULT 1 COMMENT 'x', b varchar(10), c int, KEY k (b, c));"

static const struct interpreted_case columns[] = {
    {BOTH,
     T "ALTER TABLE t ADD d int FIRST, ADD COLUMN e int AFTER a, ADD (f int, g int)",
     {"table t | column_order=d, a, e, b, c, f, g", "column t.e | position=3"}},
    {BOTH,
     T "ALTER TABLE t MODIFY a bigint",
     {"! not null constraint on column t.a", "! default of column t.a", "! comment on column t.a"}},
    {BOTH,
     T "ALTER TABLE t CHANGE b bb varchar(10) FIRST",
     {"table t | column_order=bb, a, c", "! column t.b", "index t.k | keys=`bb`, `c`"}},
    {BOTH,
     T "ALTER TABLE t RENAME COLUMN b TO c, RENAME COLUMN c TO b",
     {"table t | column_order=a, c, b", "column t.b | collation=none",
      "index t.k | keys=`c`, `b`"}},
    {BOTH, T "ALTER TABLE t DROP b", {"index t.k | keys=`c`", "table t | column_order=a, c"}},
    {BOTH, T "ALTER TABLE t DROP b, DROP c", {"! index t.k"}},
    {BOTH,
     T "ALTER TABLE t ALTER a SET DEFAULT 7, ALTER COLUMN c SET DEFAULT 5",
     {"default of column t.a | expression='7'", "default of column t.c | expression='5'"}},
    {MYSQL, T "ALTER TABLE t ALTER b DROP DEFAULT", {"column t.b | options=no_default=1"}},
    {MARIADB, T "ALTER TABLE t ALTER b DROP DEFAULT", {"column t.b | options=none"}},
    {BOTH,
     T "ALTER TABLE t ADD PRIMARY KEY (a); ALTER TABLE t MODIFY a int",
     {"not null constraint on column t.a"}},
    {BOTH, T "ALTER TABLE t ADD x int, ADD KEY (x), DROP KEY k", {"index t.x", "! index t.k"}},
    {BOTH, "ALTER TABLE t ADD KEY (d);" T "ALTER TABLE t ADD d int", {"index t.d"}},
    {BOTH, T "ALTER TABLE t DROP nothing", {"error: table t has no column nothing"}},
    {BOTH, T "ALTER TABLE t ADD a int", {"error: column t.a is declared twice"}},
    {MARIADB,
     T "ALTER TABLE t ADD COLUMN IF NOT EXISTS a text, DROP COLUMN IF EXISTS z",
     {"column t.a | type=int(11)"}},
    {BOTH, "ALTER TABLE nowhere ADD a int", {"error: table nowhere does not exist"}},
    {BOTH,
     T "ALTER TABLE t DEFAULT CHARSET latin1; ALTER TABLE t ADD z varchar(3)",
     {"table t | collation=latin1_swedish_ci", "column t.z | collation=latin1_swedish_ci"}},
    {BOTH,
     "CREATE TABLE t (a text, b int) CHARSET latin1; ALTER TABLE t CONVERT TO CHARACTER SET utf8mb3",
     {"column t.a | type=mediumtext | collation=utf8mb3_general_ci",
      "table t | collation=utf8mb3_general_ci"}},
};

static void test_columns(void **state)
{
    (void)state;
    INTERPRETED_CHECK(columns);
}

static const struct interpreted_case others[] = {
    {BOTH,
     T "CREATE UNIQUE INDEX u ON t (c DESC); DROP INDEX k ON t",
     {"index t.u | unique=yes | keys=`c` DESC", "! index t.k"}},
    {BOTH, T "ALTER TABLE t RENAME INDEX k TO l", {"index t.l", "! index t.k"}},
    {MYSQL, T "ALTER TABLE t ALTER INDEX k INVISIBLE", {"index t.k | invisible=yes"}},
    {BOTH,
     T "ALTER TABLE t ADD CONSTRAINT x CHECK (c > 0); ALTER TABLE t DROP CONSTRAINT x",
     {"! check constraint t.x"}},
    {BOTH,
     T "ALTER TABLE t ENGINE=MyISAM, COMMENT='y', RENAME TO u",
     {"table u | access_method=MyISAM", "comment on table u | text=y", "! table t"}},
    {MYSQL,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int CHECK (a > 0), FOREIGN KEY (a) REFERENCES p (id)); RENAME TABLE t TO u, p TO q",
     {"foreign key u.u_ibfk_1 | table=q", "check constraint u.u_chk_1"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id)); ALTER TABLE p CHANGE id key_id int",
     {"foreign key t.t_ibfk_1 | referenced_columns=key_id"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id)); ALTER TABLE t DROP FOREIGN KEY t_ibfk_1",
     {"! foreign key t.t_ibfk_1", "index t.a"}},
    {BOTH,
     "CREATE TABLE p (id int PRIMARY KEY);"
     "CREATE TABLE t (a int, b int, FOREIGN KEY (a) REFERENCES p (id));"
     "ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES p (id)",
     {"foreign key t.t_ibfk_2 | columns=b"}},
    {BOTH, T "DROP TABLE t", {"! table t"}},
    {BOTH, "DROP TABLE IF EXISTS t", {"! table t"}},
    {BOTH, "DROP TABLE t", {"error: table t does not exist"}},
    {BOTH,
     "CREATE TABLE t (a int, CHECK (a > 0)); ALTER TABLE t ADD b int; ALTER TABLE t DROP a",
     {"! column t.a"}},
    {BOTH,
     T
     "INSERT INTO t VALUES (1, 'x', 2); GRANT ALL ON *.* TO x; LOCK TABLES t WRITE; UNLOCK TABLES",
     {"note: 1 data statement skipped", "note: 1 statement on users and privileges skipped"}},
    {MARIADB, T "ALTER TABLE t ADD SYSTEM VERSIONING", {"table t | options=system_versioning=1"}},
};

static void test_others(void **state)
{
    (void)state;
    INTERPRETED_CHECK(others);
}

static const struct interpreted_case renames[] = {
    {BOTH, "-- @renamed from=old\nCREATE TABLE t (a int)", {"table t"}},
    {BOTH,
     "CREATE TABLE t (\n  -- @renamed from=b\n  a int,\n  c int -- @renamed from=d\n)",
     {"column t.a"}},
    {BOTH, "CREATE TABLE t (a int);\n-- @renamed from=x\n", {"error: belongs to nothing"}},
    {BOTH, "CREATE TABLE t (a int) -- @renamed\n", {"error: does not say from what"}},
};

static void test_renames(void **state)
{
    (void)state;
    INTERPRETED_CHECK(renames);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_renames),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
