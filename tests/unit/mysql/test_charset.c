/* Character sets and collations: names, defaults, widths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mysql/facts/charset.h"

static const struct my_flavor mysql = {MY_MYSQL, 90704};
static const struct my_flavor mariadb = {MY_MARIADB, 101119};

static void test_charsets(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(my_charset_find(arena, mysql, "UTF8"), "utf8mb3");
    assert_string_equal(my_charset_find(arena, mysql, "Latin1"), "latin1");
    assert_null(my_charset_find(arena, mysql, "klingon"));
    assert_string_equal(my_charset_find(arena, mysql, "gb18030"), "gb18030");
    assert_null(my_charset_find(arena, mariadb, "gb18030"));
    assert_int_equal(my_charset_width("utf8mb4"), 4);
    assert_int_equal(my_charset_width("utf8"), 3);
    assert_int_equal(my_charset_width("latin1"), 1);
    arena_free(arena);
}

static void test_collations(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(my_collation_find(arena, mysql, "UTF8_BIN", NULL), "utf8mb3_bin");
    assert_string_equal(my_collation_find(arena, mysql, "utf8mb4_0900_ai_ci", NULL),
                        "utf8mb4_0900_ai_ci");
    assert_null(my_collation_find(arena, mariadb, "utf8mb4_0900_ai_ci", NULL));
    assert_null(my_collation_find(arena, mysql, "utf8mb4_uca1400_ai_ci", NULL));
    assert_string_equal(my_collation_find(arena, mariadb, "uca1400_as_ci", "utf8mb3"),
                        "utf8mb3_uca1400_as_ci");
    assert_string_equal(my_collation_charset(arena, "latin1_swedish_ci"), "latin1");
    assert_string_equal(my_collation_charset(arena, "binary"), "binary");
    arena_free(arena);
}

static void test_defaults(void **state)
{
    struct model *model = model_new("test");

    (void)state;
    my_set_setting(model, "version", "90704");
    assert_string_equal(my_charset_collation(model, "utf8mb4"), "utf8mb4_0900_ai_ci");
    assert_string_equal(my_charset_collation(model, "latin1"), "latin1_swedish_ci");
    my_set_setting(model, "default_collation_for_utf8mb4", "utf8mb4_general_ci");
    assert_string_equal(my_charset_collation(model, "utf8mb4"), "utf8mb4_general_ci");
    my_set_setting(model, "version", "101119");
    assert_string_equal(my_charset_collation(model, "utf8mb4"), "utf8mb4_general_ci");
    my_set_setting(model, "character_set_collations",
                   "utf8mb3=utf8mb3_uca1400_ai_ci,utf8mb4=uca1400_ai_ci");
    assert_string_equal(my_charset_collation(model, "utf8mb4"), "utf8mb4_uca1400_ai_ci");
    assert_string_equal(my_charset_collation(model, "utf8mb3"), "utf8mb3_uca1400_ai_ci");
    assert_string_equal(my_charset_collation(model, "latin1"), "latin1_swedish_ci");
    model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charsets),
        cmocka_unit_test(test_collations),
        cmocka_unit_test(test_defaults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
