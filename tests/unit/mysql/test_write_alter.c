/* Alterations of tables: one statement where the server permits, and what it costs. */
#include "planned.h"

#define PARENT                                                                                        \
    "p = table p in d | access_method = InnoDB | collation = utf8mb4_0900_ai_ci | column_order = id", \
        "id = column id in p | type = int", "pk = primary_key PRIMARY in p | columns = `id`"

static void test_columns_and_keys_go_together(void **state)
{
    (void)state;
    expect(LINES(TABLE("a,b"), COLUMN("a", "int"), COLUMN("b", "int"),
                 "k = index k in t | keys = `b` | needs b"),
           LINES(TABLE("a,c"), COLUMN("a", "bigint"), COLUMN("c", "int"), "n = not_null - in c",
                 "j = index j in t | keys = `c` | needs c"),
           MYSQL,
           "ALTER TABLE `t`\n"
           "    DROP INDEX `k`,\n"
           "    DROP COLUMN `b`,\n"
           "    MODIFY COLUMN `a` bigint,\n"
           "    ADD COLUMN `c` int NOT NULL,\n"
           "    ADD KEY `j` (`c`)");
}

static void test_algorithm_is_written_where_it_is_sure(void **state)
{
    (void)state;
    expect(LINES(TABLE("a"), COLUMN("a", "int")),
           LINES(TABLE("a,b"), COLUMN("a", "int"), COLUMN("b", "int")), MYSQL,
           "ALTER TABLE `t` ADD COLUMN `b` int, ALGORITHM=INSTANT");
    expect(LINES(TABLE("a"), COLUMN("a", "int")),
           LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`"), MYSQL,
           "ALTER TABLE `t` ADD KEY `k` (`a`), ALGORITHM=INPLACE, LOCK=NONE");
    expect(LINES(TABLE("a"), COLUMN("a", "varchar(20) | collation = utf8mb4_0900_ai_ci")),
           LINES(TABLE("a"), COLUMN("a", "varchar(30) | collation = utf8mb4_0900_ai_ci")), MYSQL,
           "ALTER TABLE `t` MODIFY COLUMN `a` varchar(30), ALGORITHM=INPLACE, LOCK=NONE");
    expect(LINES(TABLE("a"), COLUMN("a", "varchar(20) | collation = utf8mb4_0900_ai_ci")),
           LINES(TABLE("a"), COLUMN("a", "varchar(30) | collation = utf8mb4_0900_ai_ci")), MARIADB,
           "ALTER TABLE `t` MODIFY COLUMN `a` varchar(30), ALGORITHM=INSTANT");
    expect(LINES(TABLE("a"), COLUMN("a", "int")), LINES(TABLE("a"), COLUMN("a", "bigint")), MYSQL,
           "ALTER TABLE `t` MODIFY COLUMN `a` bigint");
    assert_int_equal(hazards(LINES(TABLE("a"), COLUMN("a", "int")),
                             LINES(TABLE("a"), COLUMN("a", "bigint")), MYSQL),
                     BIT_OF(REWRITE_TABLE) | BIT_OF(BLOCK_WRITES));
}

static void test_fewest_columns_move(void **state)
{
    (void)state;
    expect(LINES(TABLE("a,b,c,e"), COLUMN("a", "int"), COLUMN("b", "int"), COLUMN("c", "int"),
                 COLUMN("e", "int")),
           LINES(TABLE("e,a,b,c"), COLUMN("a", "int"), COLUMN("b", "int"), COLUMN("c", "int"),
                 COLUMN("e", "int")),
           MYSQL, "ALTER TABLE `t` MODIFY COLUMN `e` int FIRST, ALGORITHM=INPLACE, LOCK=NONE");
    expect(LINES(TABLE("a,b,c"), COLUMN("a", "int"), COLUMN("b", "int"), COLUMN("c", "int")),
           LINES(TABLE("b,x,c,a"), COLUMN("a", "int"), COLUMN("b", "int"), COLUMN("c", "int"),
                 COLUMN("x", "int")),
           MYSQL,
           "ALTER TABLE `t`\n"
           "    ADD COLUMN `x` int AFTER `b`,\n"
           "    MODIFY COLUMN `a` int AFTER `c`, ALGORITHM=INPLACE, LOCK=NONE");
}

static void test_only_the_default(void **state)
{
    (void)state;
    expect(LINES(TABLE("a"), COLUMN("a", "int")),
           LINES(TABLE("a"), COLUMN("a", "int"), "v = default_value - in a | = '1'"), MYSQL,
           "ALTER TABLE `t` ALTER COLUMN `a` SET DEFAULT '1', ALGORITHM=INSTANT");
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "v = default_value - in a | = '1'"),
           LINES(TABLE("a"), COLUMN("a", "int")), MYSQL,
           "ALTER TABLE `t` ALTER COLUMN `a` SET DEFAULT NULL, ALGORITHM=INSTANT");
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "n = not_null - in a",
                 "v = default_value - in a | = '1'"),
           LINES(TABLE("a"), COLUMN("a", "int"), "n = not_null - in a"), MYSQL,
           "ALTER TABLE `t` ALTER COLUMN `a` DROP DEFAULT, ALGORITHM=INSTANT");
    expect(
        LINES(TABLE("a"), COLUMN("a", "datetime")),
        LINES(TABLE("a"), COLUMN("a", "datetime"),
              "v = default_value - in a | = CURRENT_TIMESTAMP"),
        MYSQL,
        "ALTER TABLE `t` MODIFY COLUMN `a` datetime DEFAULT CURRENT_TIMESTAMP, ALGORITHM=INSTANT");
    expect(LINES(TABLE("a"), COLUMN("a", "int")),
           LINES(TABLE("a"), COLUMN("a", "int | options = no_default=1")), MYSQL,
           "ALTER TABLE `t` ALTER COLUMN `a` DROP DEFAULT, ALGORITHM=INSTANT");
}

static void test_keys_of_another_definition(void **state)
{
    (void)state;
    expect(
        LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`"),
        LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a` DESC"), MYSQL,
        "ALTER TABLE `t`\n    DROP INDEX `k`,\n    ADD KEY `k` (`a` DESC), ALGORITHM=INPLACE, LOCK=NONE");
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`"),
           LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a` | invisible = yes"),
           MYSQL, "ALTER TABLE `t` ALTER INDEX `k` INVISIBLE, ALGORITHM=INPLACE, LOCK=NONE");
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`"),
           LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a` | invisible = yes"),
           MARIADB, "ALTER TABLE `t` ALTER INDEX `k` IGNORED, ALGORITHM=INPLACE, LOCK=NONE");
    expect(
        LINES(TABLE("a,b"), COLUMN("a", "int"), COLUMN("b", "int"),
              "k = primary_key PRIMARY in t | columns = `a`"),
        LINES(TABLE("a,b"), COLUMN("a", "int"), COLUMN("b", "int"),
              "k = primary_key PRIMARY in t | columns = `a`,`b`"),
        MYSQL,
        "ALTER TABLE `t`\n    DROP PRIMARY KEY,\n    ADD PRIMARY KEY (`a`, `b`), ALGORITHM=INPLACE, LOCK=NONE");
    expect(
        LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`"),
        LINES(TABLE("a"), COLUMN("a", "int"), "k = index k in t | keys = `a`",
              "c = comment - in k | = hello"),
        MYSQL,
        "ALTER TABLE `t`\n    DROP INDEX `k`,\n    ADD KEY `k` (`a`) COMMENT 'hello', ALGORITHM=INPLACE, LOCK=NONE");
}

static void test_one_fulltext_key_a_statement(void **state)
{
    (void)state;
    expect(LINES(TABLE("a"), COLUMN("a", "text")),
           LINES(TABLE("a"), COLUMN("a", "text"),
                 "k = index k in t | keys = `a` | method = fulltext",
                 "l = index l in t | keys = `a` | method = fulltext"),
           MYSQL,
           "ALTER TABLE `t` ADD FULLTEXT KEY `k` (`a`), ALGORITHM=INPLACE, LOCK=SHARED;\n"
           "ALTER TABLE `t` ADD FULLTEXT KEY `l` (`a`), ALGORITHM=INPLACE, LOCK=SHARED");
}

static void test_checks(void **state)
{
    (void)state;
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "c = check_constraint c in t | = `a` > 0"),
           LINES(TABLE("a"), COLUMN("a", "int"), "c = check_constraint c in t | = `a` > 1"), MYSQL,
           "ALTER TABLE `t`\n    DROP CHECK `c`,\n    ADD CONSTRAINT `c` CHECK (`a` > 1)");
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "c = check_constraint c in t | = `a` > 0"),
           LINES(TABLE("a"), COLUMN("a", "int"),
                 "c = check_constraint c in t | = `a` > 0 | not_enforced = yes"),
           MYSQL, "ALTER TABLE `t` ALTER CHECK `c` NOT ENFORCED, ALGORITHM=INSTANT");
    expect(LINES(TABLE("a"), COLUMN("a", "int"), "c = check_constraint - in a | = `a` > 0"),
           LINES(TABLE("a"), COLUMN("a", "int"), "c = check_constraint - in a | = `a` > 1"),
           MARIADB, "ALTER TABLE `t` MODIFY COLUMN `a` int CHECK (`a` > 1), ALGORITHM=COPY");
}

static void test_foreign_keys_of_one_name(void **state)
{
    (void)state;
    expect(
        LINES(
            TABLE("a"), COLUMN("a", "int"), PARENT,
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | needs a id pk",
            "i = index f in t | keys = `a` | implied | needs a"),
        LINES(
            TABLE("a"), COLUMN("a", "int"), PARENT,
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | on_delete = CASCADE | needs a id pk",
            "i = index f in t | keys = `a` | implied | needs a"),
        MYSQL,
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `f`,\n"
        "    ADD CONSTRAINT `plumb_f` FOREIGN KEY (`a`) REFERENCES `p` (`id`) ON DELETE CASCADE;\n"
        "SET SESSION foreign_key_checks = 0;\n"
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `plumb_f`,\n"
        "    ADD CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`) ON DELETE CASCADE, "
        "ALGORITHM=INPLACE, LOCK=NONE;\n"
        "SET SESSION foreign_key_checks = 1");
}

static void test_foreign_keys_let_their_columns_change(void **state)
{
    (void)state;
    expect(
        LINES(
            TABLE("a"), COLUMN("a", "int"), PARENT,
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | needs a id pk"),
        LINES(
            TABLE("a"), COLUMN("a", "bigint"),
            "p = table p in d | access_method = InnoDB | collation = utf8mb4_0900_ai_ci | column_order = id",
            "id = column id in p | type = bigint", "pk = primary_key PRIMARY in p | columns = `id`",
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | needs a id pk"),
        MYSQL,
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `f`,\n    MODIFY COLUMN `a` bigint;\n"
        "ALTER TABLE `p` MODIFY COLUMN `id` bigint;\n"
        "ALTER TABLE `t` ADD CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`)");
}

static void test_index_that_a_foreign_key_needs(void **state)
{
    (void)state;
    expect(
        LINES(
            TABLE("a"), COLUMN("a", "int"), PARENT,
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | needs a id",
            "i = index mine in t | keys = `a` | needs a"),
        LINES(
            TABLE("a"), COLUMN("a", "int"), PARENT,
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | needs a id",
            "i = index f in t | keys = `a` | implied | needs a"),
        MYSQL,
        "ALTER TABLE `t`\n    DROP INDEX `mine`,\n    ADD KEY `f` (`a`), ALGORITHM=INPLACE, LOCK=NONE");
    expect(
        LINES(TABLE("a"), COLUMN("a", "int"), PARENT),
        LINES(
            TABLE("a"), COLUMN("a", "int"), PARENT,
            "f = foreign_key f in t | columns = a | referenced_columns = id | refs p | needs a id",
            "i = index f in t | keys = `a` | implied | needs a"),
        MYSQL, "ALTER TABLE `t` ADD CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`)");
}

static void test_options(void **state)
{
    (void)state;
    expect(
        LINES(
            DATABASE,
            "t = table t in d | access_method = InnoDB | collation = utf8mb4_bin | column_order = a | options = row_format=COMPACT,max_rows=5",
            COLUMN("a", "int")),
        LINES(
            DATABASE,
            "t = table t in d | access_method = InnoDB | collation = latin1_swedish_ci | column_order = a | options = max_rows=7",
            COLUMN("a", "int"), "c = comment - in t | = it's"),
        MYSQL,
        "ALTER TABLE `t`\n"
        "    DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci,\n"
        "    ROW_FORMAT=DEFAULT,\n"
        "    MAX_ROWS=7,\n"
        "    COMMENT='it''s', ALGORITHM=INPLACE, LOCK=NONE");
}

static void test_column_that_is_made_anew_keeps_its_place(void **state)
{
    (void)state;
    expect(
        LINES(
            TABLE("a,g,b"), COLUMN("a", "int"), COLUMN("b", "int"),
            "g = column g in t | type = int | generated = virtual | generation = `a` + 1 | needs a"),
        LINES(
            TABLE("a,g,b"), COLUMN("a", "int"), COLUMN("b", "int"),
            "g = column g in t | type = int | generated = stored | generation = `a` + 1 | needs a"),
        MYSQL,
        "ALTER TABLE `t`\n"
        "    DROP COLUMN `g`,\n"
        "    ADD COLUMN `g` int GENERATED ALWAYS AS (`a` + 1) STORED AFTER `a`");
}

static void test_views_do_not_tear_a_statement(void **state)
{
    (void)state;
    expect(LINES(TABLE("a,b"), COLUMN("a", "int"), COLUMN("b", "int"),
                 "v = view v in d | = select b | needs t b"),
           LINES(TABLE("a,c"), COLUMN("a", "int"), COLUMN("c", "int"),
                 "v = view v in d | = select c | needs t c"),
           MYSQL,
           "ALTER TABLE `t`\n    DROP COLUMN `b`,\n    ADD COLUMN `c` int, ALGORITHM=INSTANT;\n"
           "CREATE OR REPLACE VIEW `v` AS\nselect c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_and_keys_go_together),
        cmocka_unit_test(test_algorithm_is_written_where_it_is_sure),
        cmocka_unit_test(test_fewest_columns_move),
        cmocka_unit_test(test_only_the_default),
        cmocka_unit_test(test_keys_of_another_definition),
        cmocka_unit_test(test_one_fulltext_key_a_statement),
        cmocka_unit_test(test_checks),
        cmocka_unit_test(test_foreign_keys_of_one_name),
        cmocka_unit_test(test_foreign_keys_let_their_columns_change),
        cmocka_unit_test(test_index_that_a_foreign_key_needs),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_column_that_is_made_anew_keeps_its_place),
        cmocka_unit_test(test_views_do_not_tear_a_statement),
    };

    return RUN(tests);
}
