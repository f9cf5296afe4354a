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

/* What the servers have by default, version by version. */
static void test_defaults_by_version(void **state)
{
    static const struct {
        int version;
        const char *database, *utf8mb4, *utf8mb3, *ucs2;
    } cases[] = {
        {50744, "latin1_swedish_ci", "utf8mb4_general_ci", "utf8_general_ci", "ucs2_general_ci"},
        {80044, "utf8mb4_0900_ai_ci", "utf8mb4_0900_ai_ci", "utf8mb3_general_ci",
         "ucs2_general_ci"},
        {90704, "utf8mb4_0900_ai_ci", "utf8mb4_0900_ai_ci", "utf8mb3_general_ci",
         "ucs2_general_ci"},
        {100600, "utf8mb4_general_ci", "utf8mb4_general_ci", "utf8mb3_general_ci",
         "ucs2_general_ci"},
        {110408, "utf8mb4_general_ci", "utf8mb4_general_ci", "utf8mb3_general_ci",
         "ucs2_general_ci"},
        {110502, "utf8mb4_uca1400_ai_ci", "utf8mb4_uca1400_ai_ci", "utf8mb3_uca1400_ai_ci",
         "ucs2_uca1400_ai_ci"},
        {110803, "utf8mb4_uca1400_ai_ci", "utf8mb4_uca1400_ai_ci", "utf8mb3_uca1400_ai_ci",
         "ucs2_uca1400_ai_ci"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct model *model = model_new("test");

        model->server_version = cases[i].version;
        assert_string_equal(my_default_collation(model), cases[i].database);
        assert_string_equal(my_charset_collation(model, "utf8mb4"), cases[i].utf8mb4);
        assert_string_equal(my_charset_collation(model, "utf8mb3"), cases[i].utf8mb3);
        assert_string_equal(my_charset_collation(model, "utf8"), cases[i].utf8mb3);
        assert_string_equal(my_charset_collation(model, "ucs2"), cases[i].ucs2);
        assert_string_equal(my_charset_collation(model, "latin1"), "latin1_swedish_ci");
        my_set_setting(model, "character_set_collations", "");
        if (cases[i].version > 110500)
            assert_string_equal(my_charset_collation(model, "ucs2"), "ucs2_general_ci");
        model_free(model);
    }
}

static void test_collations_by_version(void **state)
{
    static const struct my_flavor old = {MY_MYSQL, 50744}, new = {MY_MARIADB, 110803};
    struct arena *arena = arena_new();

    (void)state;
    assert_null(my_collation_find(arena, old, "utf8mb4_0900_ai_ci", NULL));
    assert_string_equal(my_collation_find(arena, new, "utf8mb4_0900_ai_ci", NULL),
                        "utf8mb4_0900_ai_ci");
    assert_null(my_collation_find(arena, new, "utf8mb4_ja_0900_as_cs", NULL));
    assert_string_equal(my_collation_find(arena, mysql, "utf8mb4_ja_0900_as_cs", NULL),
                        "utf8mb4_ja_0900_as_cs");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charsets),
        cmocka_unit_test(test_collations),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_defaults_by_version),
        cmocka_unit_test(test_collations_by_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
