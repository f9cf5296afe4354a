/* Taking the server's texts apart, and the names that it chooses. */
#include "../support.h"

#include <string.h>

#include "postgres/catalog/catalog.h"
#include "postgres/facts/name.h"

static const char *joined(struct arena *arena, struct text_list list)
{
    return text_list_join(&list, arena, "|");
}

static void test_expand(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(catalog_expand(arena, "a {15:b|c} '{}'", 150000), "a b '{}'");
    assert_string_equal(catalog_expand(arena, "a {15:b|c} '{}'", 140022), "a c '{}'");
    assert_string_equal(catalog_expand(arena, "{15:, x|}{17:|, y}", 160000), ", x, y");
    arena_free(arena);
}

static void test_split(void **state)
{
    struct arena *arena = arena_new();
    static const char keys[] =
        "a, lower((b)::text) COLLATE \"C, D\", ((c || ','::text)) DESC, E'\\',' , ARRAY[1, 2], 'it''s,'";

    (void)state;
    assert_string_equal(joined(arena, catalog_split(arena, keys, strlen(keys))),
                        "a|lower((b)::text) COLLATE \"C, D\"|((c || ','::text)) DESC|E'\\','|"
                        "ARRAY[1, 2]|'it''s,'");
    assert_int_equal(catalog_split(arena, "", 0).count, 0);
    arena_free(arena);
}

static void test_find(void **state)
{
    struct arena *arena = arena_new();
    static const char trigger[] =
        "CREATE TRIGGER \" WHEN (\" BEFORE INSERT ON t FOR EACH ROW "
        "WHEN (((new.a)::text <> ') WHEN ('::text)) EXECUTE FUNCTION f('x')";
    const char *found = catalog_find(trigger, " WHEN (");

    (void)state;
    assert_non_null(found);
    assert_string_equal(catalog_group(arena, found + 6), "((new.a)::text <> ') WHEN ('::text)");
    assert_null(catalog_find("a(b c)", "b"));
    assert_null(catalog_group(arena, "no group"));
    arena_free(arena);
}

static void test_array(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(joined(arena, catalog_array(arena, "{a,\"b c\",\"d\\\"e\\\\\",\"\"}")),
                        "a|b c|d\"e\\|");
    assert_string_equal(
        joined(arena, catalog_array(arena, "[0:1]={integer,\"character varying\"}")),
        "integer|character varying");
    assert_int_equal(catalog_array(arena, "{}").count, 0);
    arena_free(arena);
}

static void test_chosen_names(void **state)
{
    static const char table[] = "a_table_whose_name_is_long_enough_to_be_cut"; /* 43 bytes */
    static const char column[] = "a_column_with_a_long_name";                  /* 25 bytes */

    (void)state;
    assert_true(pg_name_is_chosen("t_c_not_null", "t", "c", "not_null"));
    assert_true(pg_name_is_chosen("t_c_not_null1", "t", "c", "not_null"));
    assert_false(pg_name_is_chosen("t_d_not_null", "t", "c", "not_null"));
    assert_false(pg_name_is_chosen("t_c_not_null_", "t", "c", "not_null"));
    assert_false(pg_name_is_chosen("nn", "t", "c", "not_null"));
    assert_true(pg_name_is_chosen("a_table_whose_name_is_long_enough_a_column_with_a_long_name_seq",
                                  table, column, "seq"));
    assert_true(pg_name_is_chosen("a_table_whose_name_is_long_enoug_a_column_with_a_long_name_seq1",
                                  table, column, "seq"));
    assert_false(pg_name_is_chosen(
        "a_table_whose_name_is_long_enough_to_a_column_with_a_long_n_seq", table, column, "seq"));
    /* never cut inside a character */
    assert_true(pg_name_is_chosen(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_a_column_with_a_long_name_seq",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", column, "seq"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expand),       cmocka_unit_test(test_split),
        cmocka_unit_test(test_find),         cmocka_unit_test(test_array),
        cmocka_unit_test(test_chosen_names),
    };

    return RUN(tests);
}
