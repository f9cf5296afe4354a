/* Tables made with all that belongs to them, renamed, dropped. */
#include "planned.h"

static void test_all_in_one_statement(void **state)
{
    (void)state;
    expect(LINES(DATABASE),
           LINES(DATABASE,
                 "t = table t in d | access_method = InnoDB | collation = utf8mb4_bin | "
                 "column_order = id,n,s,g,w | options = row_format=COMPACT,stats_persistent=1",
                 "id = column id in t | type = int | auto_increment = yes", "a = not_null - in id",
                 "n = column n in t | type = varchar(20) | collation = utf8mb4_bin",
                 "b = default_value - in n | = 'x'", "c = comment - in n | = a \\ b",
                 "s = column s in t | type = varchar(20) | collation = latin1_swedish_ci",
                 "g = column g in t | type = int | generated = virtual | generation = `id` + 1",
                 "w = column w in t | type = timestamp(3) | on_update = CURRENT_TIMESTAMP(3)",
                 "k = primary_key PRIMARY in t | columns = `id`",
                 "u = index u in t | keys = `n`(3) | unique = yes",
                 "i = index i in t | keys = `s` DESC",
                 "x = check_constraint x in t | = (`id` > 0) and (`n` <> ')')",
                 "y = comment - in t | = all of it"),
           MYSQL,
           "CREATE TABLE `t` (\n"
           "  `id` int NOT NULL AUTO_INCREMENT,\n"
           "  `n` varchar(20) DEFAULT 'x' COMMENT 'a \\\\ b',\n"
           "  `s` varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci,\n"
           "  `g` int GENERATED ALWAYS AS (`id` + 1) VIRTUAL,\n"
           "  `w` timestamp(3) NULL ON UPDATE CURRENT_TIMESTAMP(3),\n"
           "  PRIMARY KEY (`id`),\n"
           "  UNIQUE KEY `u` (`n`(3)),\n"
           "  KEY `i` (`s` DESC),\n"
           "  CONSTRAINT `x` CHECK ((`id` > 0) and (`n` <> ')'))\n"
           ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=COMPACT "
           "STATS_PERSISTENT=1 COMMENT='all of it'");
}

static void test_foreign_keys_follow(void **state)
{
    (void)state;
    expect(
        LINES(DATABASE),
        LINES(
            TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`",
            "f = foreign_key f in t | columns = a | referenced_columns = a | refs t | on_delete = SET NULL"),
        MARIADB,
        "CREATE TABLE `t` (\n"
        "  `a` int,\n"
        "  KEY `k` (`a`)\n"
        ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;\n"
        "ALTER TABLE `t` ADD CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `t` (`a`) ON DELETE SET NULL");
}

static void test_no_default_at_all(void **state)
{
    (void)state;
    expect(LINES(DATABASE), LINES(TABLE("a"), COLUMN("a", "int | options = no_default=1")), MYSQL,
           "CREATE TABLE `t` (\n"
           "  `a` int\n"
           ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;\n"
           "ALTER TABLE `t` ALTER COLUMN `a` DROP DEFAULT");
}

static void test_versioned(void **state)
{
    (void)state;
    expect(
        LINES(DATABASE),
        LINES(DATABASE,
              "t = table t in d | access_method = InnoDB | collation = utf8mb4_bin | "
              "column_order = a,f,u | options = system_versioning=1 | "
              "periods = SYSTEM_TIME (`f`; `u`)",
              COLUMN("a", "int"), "f = column f in t | type = timestamp(6) | generated = row start",
              "u = column u in t | type = timestamp(6) | generated = row end"),
        MARIADB,
        "CREATE TABLE `t` (\n"
        "  `a` int,\n"
        "  `f` timestamp(6) GENERATED ALWAYS AS ROW START,\n"
        "  `u` timestamp(6) GENERATED ALWAYS AS ROW END,\n"
        "  PERIOD FOR SYSTEM_TIME (`f`; `u`)\n"
        ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin WITH SYSTEM VERSIONING");
}

static void test_drop(void **state)
{
    (void)state;
    expect(LINES(TABLE("a"), COLUMN("a", "int"),
                 "g = trigger g in t | timing = BEFORE | events = INSERT | body = SET @a = 1"),
           LINES(DATABASE), MYSQL, "DROP TABLE `t`");
    assert_int_equal(hazards(LINES(TABLE("a"), COLUMN("a", "int")), LINES(DATABASE), MYSQL),
                     BIT_OF(DROP_TABLE));
}

static void test_databases(void **state)
{
    (void)state;
    expect(
        LINES(
            "e = schema app | collation = utf8mb4_bin",
            "t = table t in e | access_method = InnoDB | collation = utf8mb4_bin | column_order = a",
            "a = column a in t | type = int"),
        LINES(
            "e = schema app | collation = latin1_bin", "f = schema log | collation = utf8mb4_bin",
            "t = table t in e | access_method = InnoDB | collation = utf8mb4_bin | column_order = a,b",
            "a = column a in t | type = int", "b = column b in t | type = int"),
        MYSQL,
        "ALTER DATABASE `app` DEFAULT CHARACTER SET latin1 COLLATE latin1_bin;\n"
        "CREATE DATABASE `log` DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n"
        "ALTER TABLE `app`.`t` ADD COLUMN `b` int, ALGORITHM=INSTANT");
}

static void test_renames(void **state)
{
    (void)state;
    expect(
        LINES(
            "d = schema - | collation = utf8mb4_bin",
            "t = table t in d | access_method = InnoDB | collation = utf8mb4_bin | column_order = b | was s",
            "a = column a in t | type = int | was b", "k = index k in t | keys = `a` | was j",
            "c = check_constraint c in t | = `a` > 0 | needs a"),
        LINES(
            "d = schema - | collation = utf8mb4_bin",
            "t = table t in d | access_method = InnoDB | collation = utf8mb4_bin | column_order = a",
            "a = column a in t | type = int", "k = index k in t | keys = `a`",
            "c = check_constraint c in t | = `a` > 0 | needs a"),
        MYSQL,
        "RENAME TABLE `s` TO `t`;\n"
        "ALTER TABLE `t`\n"
        "    DROP CHECK `c`,\n"
        "    RENAME COLUMN `b` TO `a`,\n"
        "    ADD CONSTRAINT `c` CHECK (`a` > 0);\n"
        "ALTER TABLE `t` RENAME INDEX `j` TO `k`");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_in_one_statement),
        cmocka_unit_test(test_foreign_keys_follow),
        cmocka_unit_test(test_no_default_at_all),
        cmocka_unit_test(test_versioned),
        cmocka_unit_test(test_drop),
        cmocka_unit_test(test_databases),
        cmocka_unit_test(test_renames),
    };

    return RUN(tests);
}
