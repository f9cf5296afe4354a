/* Partitions: the smallest statement that does. */
#include "planned.h"

#include "mysql/write/write.h"

#define RANGE                                                                                      \
    DATABASE,                                                                                      \
        "t = table t in d | access_method = InnoDB | collation = utf8mb4_0900_ai_ci | "            \
        "column_order = a | partition_strategy = RANGE | partition_keys = `a`",                    \
        COLUMN("a", "int")
#define LIST                                                                                       \
    DATABASE,                                                                                      \
        "t = table t in d | access_method = InnoDB | collation = utf8mb4_0900_ai_ci | "            \
        "column_order = a | partition_strategy = LIST | partition_keys = `a`",                     \
        COLUMN("a", "int")
#define HASH(count)                                                                                \
    DATABASE,                                                                                      \
        "t = table t in d | access_method = InnoDB | collation = utf8mb4_0900_ai_ci | "            \
        "column_order = a | partition_strategy = HASH | partition_keys = `a` | "                   \
        "partition_count = " count,                                                                \
        COLUMN("a", "int")
#define LESS(name, position, value)                                                                \
    name " = partition " name " in t | position = " position " | bound = LESS THAN (" value ")"
#define IN(name, position, value)                                                                  \
    name " = partition " name " in t | position = " position " | bound = IN (" value ")"

static void test_ranges(void **state)
{
    (void)state;
    expect(LINES(RANGE, LESS("p", "1", "10")),
           LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20")), MYSQL,
           "ALTER TABLE `t` ADD PARTITION (\n    PARTITION `q` VALUES LESS THAN (20)\n)");
    expect(LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20")),
           LINES(RANGE, LESS("q", "1", "20")), MYSQL, "ALTER TABLE `t` DROP PARTITION `p`");
    expect(LINES(RANGE, LESS("p", "1", "10"), LESS("m", "2", "MAXVALUE")),
           LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20"), LESS("m", "3", "MAXVALUE")),
           MYSQL,
           "ALTER TABLE `t` REORGANIZE PARTITION `m` INTO (\n"
           "    PARTITION `q` VALUES LESS THAN (20),\n"
           "    PARTITION `m` VALUES LESS THAN (MAXVALUE)\n)");
    expect(
        LINES(RANGE, LESS("p", "1", "10"), LESS("m", "2", "MAXVALUE")),
        LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20")), MYSQL,
        "ALTER TABLE `t`\nPARTITION BY RANGE (`a`)\n"
        "(\n    PARTITION `p` VALUES LESS THAN (10),\n    PARTITION `q` VALUES LESS THAN (20)\n)");
    assert_int_equal(hazards(LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20")),
                             LINES(RANGE, LESS("q", "1", "20")), MYSQL),
                     BIT_OF(DROP_PARTITION));
}

static void test_lists(void **state)
{
    (void)state;
    expect(LINES(LIST, IN("p", "1", "1,2")), LINES(LIST, IN("p", "1", "1,2"), IN("q", "2", "3")),
           MYSQL, "ALTER TABLE `t` ADD PARTITION (\n    PARTITION `q` VALUES IN (3)\n)");
    expect(
        LINES(LIST, IN("p", "1", "1,2"), IN("q", "2", "3")),
        LINES(LIST, IN("p", "1", "1,2,4"), IN("q", "2", "3")), MYSQL,
        "ALTER TABLE `t` REORGANIZE PARTITION `p` INTO (\n    PARTITION `p` VALUES IN (1,2,4)\n)");
}

static void test_hashes(void **state)
{
    (void)state;
    expect(LINES(HASH("4")), LINES(HASH("6")), MYSQL, "ALTER TABLE `t` ADD PARTITION PARTITIONS 2");
    expect(LINES(HASH("4")), LINES(HASH("1")), MYSQL, "ALTER TABLE `t` COALESCE PARTITION 3");
}

static void test_schemes(void **state)
{
    (void)state;
    expect(LINES(HASH("4")), LINES(TABLE("a"), COLUMN("a", "int")), MYSQL,
           "ALTER TABLE `t`\nREMOVE PARTITIONING");
    expect(LINES(TABLE("a"), COLUMN("a", "int")), LINES(HASH("4"), "k = index k in t | keys = `a`"),
           MYSQL, "ALTER TABLE `t` ADD KEY `k` (`a`)\nPARTITION BY HASH (`a`) PARTITIONS 4");
}

static void test_bounds(void **state)
{
    struct arena *arena = arena_new();
    struct text_list elements = my_bound_elements(arena, "IN ((1, 'a,b'), (NULL,')'))");

    (void)state;
    assert_int_equal(elements.count, 2);
    assert_string_equal(elements.items[0], "(1, 'a,b')");
    assert_string_equal(elements.items[1], "(NULL,')')");
    assert_true(my_bound_grows(arena, "LESS THAN (9)", "LESS THAN (10)"));
    assert_false(my_bound_grows(arena, "LESS THAN (10)", "LESS THAN (9)"));
    assert_true(my_bound_grows(arena, "LESS THAN (-10)", "LESS THAN (-9)"));
    assert_true(my_bound_grows(arena, "LESS THAN (-1)", "LESS THAN (0)"));
    assert_true(my_bound_grows(arena, "LESS THAN (5)", "LESS THAN (MAXVALUE)"));
    assert_true(my_bound_grows(arena, "LESS THAN (5)", "LESS THAN MAXVALUE"));
    assert_false(my_bound_grows(arena, "LESS THAN MAXVALUE", "LESS THAN (5)"));
    assert_true(my_bound_grows(arena, "LESS THAN (1,'x')", "LESS THAN (1,MAXVALUE)"));
    assert_true(my_bound_grows(arena, "LESS THAN ('2024-01-01')", "LESS THAN ('2024-10-01')"));
    assert_false(my_bound_grows(arena, "LESS THAN ('2024-9-01')", "LESS THAN ('2024-10-01')"));
    assert_false(my_bound_grows(arena, "LESS THAN ('a')", "LESS THAN ('b')"));
    arena_free(arena);
}

static void test_rows_without_a_place(void **state)
{
    (void)state;
    assert_int_equal(hazards(LINES(LIST, IN("p", "1", "1,2"), IN("q", "2", "3")),
                             LINES(LIST, IN("p", "1", "1"), IN("q", "2", "3")), MYSQL),
                     BIT_OF(DELETE_ROWS) | BIT_OF(BLOCK_WRITES));
    assert_int_equal(hazards(LINES(LIST, IN("p", "1", "1,2"), IN("q", "2", "3")),
                             LINES(LIST, IN("p", "1", "1"), IN("q", "2", "3,2")), MYSQL),
                     BIT_OF(BLOCK_WRITES));
    expect(LINES(LIST, IN("p", "1", "1,NULL"), IN("q", "2", "3")),
           LINES(LIST, IN("p", "1", "1"), IN("q", "2", "3")), MYSQL,
           "ALTER TABLE `t`\nPARTITION BY LIST (`a`)\n"
           "(\n    PARTITION `p` VALUES IN (1),\n    PARTITION `q` VALUES IN (3)\n)");
    expect(
        LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20")),
        LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "15")), MYSQL,
        "ALTER TABLE `t`\nPARTITION BY RANGE (`a`)\n"
        "(\n    PARTITION `p` VALUES LESS THAN (10),\n    PARTITION `q` VALUES LESS THAN (15)\n)");
    assert_true(hazards(LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "20")),
                        LINES(RANGE, LESS("p", "1", "10"), LESS("q", "2", "15")), MYSQL) &
                BIT_OF(MAY_FAIL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges), cmocka_unit_test(test_lists),
        cmocka_unit_test(test_hashes), cmocka_unit_test(test_schemes),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_rows_without_a_place),
    };

    return RUN(tests);
}
