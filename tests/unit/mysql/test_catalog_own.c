/* Texts without the name of the database that they stand in. */
#include "../support.h"

#include <string.h>

#include "mysql/catalog/catalog.h"

static void assert_text(const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    size_t length = strlen(text);
    const char *without = my_without_database(arena, "shop", text, &length);

    assert_int_equal(length, strlen(expected));
    assert_memory_equal(without, expected, length);
    arena_free(arena);
}

static void test_qualifiers(void **state)
{
    (void)state;
    assert_text("select `a` from `t`", "select `a` from `t`");
    assert_text("DEFAULT nextval(`shop`.`s`)", "DEFAULT nextval(`s`)");
    assert_text("select `shop`.`t`.`a` AS `a` from `shop`.`t`", "select `t`.`a` AS `a` from `t`");
    assert_text("select `shop2`.`t`.`a`, `o``shop`.`b`", "select `shop2`.`t`.`a`, `o``shop`.`b`");
}

static void test_other_meanings(void **state)
{
    (void)state;
    assert_text("select `t`.`shop` from `shop`.`t`", "select `t`.`shop` from `t`");
    assert_text("select `shop`.`a` from `t` `shop`", "select `shop`.`a` from `t` `shop`");
    assert_text("select '`shop`.`t`', `shop`.`f`()", "select '`shop`.`t`', `f`()");
    assert_text("select 'it\\'s `shop`.' from `shop`.`t`", "select 'it\\'s `shop`.' from `t`");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qualifiers),
        cmocka_unit_test(test_other_meanings),
    };

    return RUN(tests);
}
