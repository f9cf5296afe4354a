/* What a change of type may cost. */
#include "planned.h"

#include "mysql/write/write.h"

static uint64_t cost(const char *before, const char *before_collation, const char *after,
                     const char *after_collation)
{
    struct arena *arena = arena_new();
    struct column old = {.type = before, .collation = before_collation};
    struct column new = {.type = after, .collation = after_collation};
    uint64_t found = my_type_hazards(arena, &old, &new);

    arena_free(arena);
    return found;
}

static uint64_t plain(const char *before, const char *after)
{
    return cost(before, NULL, after, NULL);
}

static uint64_t text(const char *before, const char *after)
{
    return cost(before, "utf8mb4_0900_ai_ci", after, "utf8mb4_0900_ai_ci");
}

static void test_integers(void **state)
{
    (void)state;
    assert_int_equal(plain("int", "bigint"), 0);
    assert_int_equal(plain("int(11)", "bigint(20)"), 0);
    assert_int_equal(plain("int(11)", "int(5)"), 0);
    assert_int_equal(plain("bigint", "int"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("int", "int unsigned"), BIT_OF(SIGNED_TO_UNSIGNED));
    assert_int_equal(plain("int unsigned", "int"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("int unsigned", "bigint"), 0);
    assert_int_equal(plain("int", "decimal(10,0)"), 0);
    assert_int_equal(plain("int", "decimal(10,2)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("int", "double"), 0);
    assert_int_equal(plain("int", "float"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("int", "varchar(11)"), 0);
    assert_int_equal(plain("int", "varchar(10)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("int", "date"), BIT_OF(NARROW_TYPE));
}

static void test_fractions(void **state)
{
    (void)state;
    assert_int_equal(plain("decimal(10,2)", "decimal(12,2)"), 0);
    assert_int_equal(plain("decimal(10,2)", "decimal(12,4)"), 0);
    assert_int_equal(plain("decimal(10,2)", "decimal(10,4)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("decimal(10,2)", "decimal(10,1)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("float", "double"), 0);
    assert_int_equal(plain("double", "float"), BIT_OF(NARROW_TYPE));
}

static void test_texts(void **state)
{
    (void)state;
    assert_int_equal(text("varchar(10)", "varchar(20)"), 0);
    assert_int_equal(text("varchar(20)", "varchar(10)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("char(10)", "varchar(10)"), 0);
    assert_int_equal(text("varchar(255)", "text"), 0);
    assert_int_equal(text("varchar(255)", "tinytext"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("text", "longtext"), 0);
    assert_int_equal(text("longtext", "text"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("text", "varchar(255)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("text", "json"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("varbinary(10)", "varbinary(5)"), BIT_OF(NARROW_TYPE));
}

static void test_padding(void **state)
{
    (void)state;
    assert_int_equal(text("varchar(10)", "char(20)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("char(10)", "char(20)"), 0);
    assert_int_equal(plain("varbinary(4)", "binary(4)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("binary(4)", "binary(6)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("binary(4)", "varbinary(4)"), 0);
    assert_int_equal(text("varchar(4)", "varbinary(16)"), 0);
    assert_int_equal(text("varchar(4)", "varbinary(15)"), BIT_OF(NARROW_TYPE));
}

static void test_what_is_written_of_other_types(void **state)
{
    (void)state;
    assert_int_equal(text("date", "varchar(10)"), 0);
    assert_int_equal(text("date", "varchar(9)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("datetime(3)", "varchar(23)"), 0);
    assert_int_equal(text("datetime(3)", "varchar(22)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("date", "binary(10)"), 0);
    assert_int_equal(text("int", "blob"), 0);
    assert_int_equal(text("float", "varchar(40)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("double", "varchar(24)"), 0);
    assert_int_equal(plain("timestamp", "bigint"), 0);
    assert_int_equal(plain("datetime", "bigint"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("time", "int"), 0);
    assert_int_equal(plain("year", "smallint"), 0);
    assert_int_equal(plain("bit(9)", "smallint"), 0);
    assert_int_equal(plain("bit(9)", "tinyint unsigned"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("int", "json"), 0);
    assert_int_equal(plain("decimal(20,0)", "json"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("json", "text"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("json", "longtext"), 0);
    assert_int_equal(plain("enum('a','b')", "int"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("set('a','b')", "varchar(3)"), 0);
}

static void test_what_converts(void **state)
{
    (void)state;
    assert_true(my_types_convert("int", "json"));
    assert_true(my_types_convert("uuid", "varchar(36)"));
    assert_true(my_types_convert("binary(16)", "inet6"));
    assert_false(my_types_convert("uuid", "int"));
    assert_false(my_types_convert("date", "uuid"));
    assert_false(my_types_convert("inet6", "uuid"));
}

static void test_collations_that_tell_more_apart(void **state)
{
    (void)state;
    assert_true(my_collation_tells_apart("utf8mb4_general_ci", "utf8mb4_bin"));
    assert_false(my_collation_tells_apart("utf8mb4_bin", "utf8mb4_general_ci"));
    assert_true(my_collation_tells_apart("utf8mb4_0900_ai_ci", "utf8mb4_0900_as_cs"));
    assert_false(my_collation_tells_apart("utf8mb4_0900_as_ci", "utf8mb4_0900_ai_ci"));
    assert_false(my_collation_tells_apart("utf8mb4_0900_ai_ci", "utf8mb4_de_pb_0900_as_ci"));
    assert_false(my_collation_tells_apart("utf8mb4_0900_bin", "utf8mb4_bin"));
    assert_true(my_collation_tells_apart("utf8mb4_bin", "utf8mb4_0900_bin"));
}

static void test_labels(void **state)
{
    (void)state;
    assert_int_equal(text("enum('a','b')", "enum('a','b','c')"), 0);
    assert_int_equal(text("enum('a','b')", "enum('b','a')"), 0);
    assert_int_equal(text("enum('a','b')", "enum('a')"), BIT_OF(REMOVE_ENUM_VALUE));
    assert_int_equal(text("set('a','b')", "set('a','c')"), BIT_OF(REMOVE_ENUM_VALUE));
    assert_int_equal(text("enum('a','bcd')", "varchar(3)"), 0);
    assert_int_equal(text("enum('a','bcd')", "varchar(2)"), BIT_OF(NARROW_TYPE));
    assert_int_equal(text("varchar(3)", "enum('a','bcd')"), BIT_OF(NARROW_TYPE));
}

static void test_times(void **state)
{
    (void)state;
    assert_int_equal(plain("datetime", "datetime(3)"), 0);
    assert_int_equal(plain("datetime(3)", "datetime"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("timestamp", "datetime"), 0);
    assert_int_equal(plain("datetime", "timestamp"), BIT_OF(NARROW_TYPE));
    assert_int_equal(plain("date", "datetime"), 0);
    assert_int_equal(plain("datetime", "date"), BIT_OF(NARROW_TYPE));
}

static void test_character_sets(void **state)
{
    (void)state;
    assert_int_equal(cost("varchar(9)", "latin1_swedish_ci", "varchar(9)", "utf8mb4_bin"), 0);
    assert_int_equal(cost("varchar(9)", "utf8mb3_bin", "varchar(9)", "utf8mb4_bin"), 0);
    assert_int_equal(cost("varchar(9)", "utf8mb4_bin", "varchar(9)", "utf8mb3_bin"),
                     BIT_OF(CHANGE_CHARSET));
    assert_int_equal(cost("varchar(9)", "utf8mb4_bin", "varchar(9)", "latin1_bin"),
                     BIT_OF(CHANGE_CHARSET));
    assert_int_equal(cost("varchar(9)", "utf8mb4_bin", "varchar(9)", "utf8mb4_general_ci"), 0);
    assert_int_equal(cost("enum('a')", "utf8mb4_bin", "enum('a')", "latin1_bin"), 0);
    assert_int_equal(cost("text", "latin1_bin", "text", "utf8mb4_bin"), BIT_OF(MAY_FAIL));
    assert_int_equal(cost("text", "latin1_bin", "mediumtext", "utf8mb4_bin"), 0);
    assert_int_equal(cost("text", "utf8mb3_bin", "text", "utf8mb4_bin"), 0);
}

static bool grows(const char *before, const char *after)
{
    struct column old = {.type = before, .collation = "utf8mb4_bin"};
    struct column new = {.type = after, .collation = "utf8mb4_bin"};

    return my_varchar_grows_in_place(&old, &new) || my_choice_grows_in_place(&old, &new);
}

static void test_what_only_the_dictionary_sees(void **state)
{
    (void)state;
    assert_true(grows("varchar(20)", "varchar(63)"));
    assert_false(grows("varchar(20)", "varchar(64)"));
    assert_true(grows("varchar(64)", "varchar(200)"));
    assert_false(grows("varchar(20)", "varchar(10)"));
    assert_true(grows("enum('a')", "enum('a','b')"));
    assert_false(grows("enum('a','b')", "enum('b','a','c')"));
    assert_true(grows("set('a')", "set('a','b')"));
    assert_false(
        grows("set('1','2','3','4','5','6','7','8')", "set('1','2','3','4','5','6','7','8','9')"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_fractions),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_padding),
        cmocka_unit_test(test_what_is_written_of_other_types),
        cmocka_unit_test(test_what_converts),
        cmocka_unit_test(test_collations_that_tell_more_apart),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_character_sets),
        cmocka_unit_test(test_what_only_the_dictionary_sees),
    };

    return RUN(tests);
}
