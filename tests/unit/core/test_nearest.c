/* "Did you mean": near enough names, and no wild guesses. */
#include "../support.h"

#include <string.h>

#include "core/text/nearest.h"

static const char *const names[] = {"customers", "orders", NULL, "order_items", "id", "products"};

static const char *nearest(const char *name)
{
    return nearest_name(name, names, sizeof(names) / sizeof(*names));
}

static void test_finds(void **state)
{
    (void)state;
    assert_string_equal(nearest("customer"), "customers");
    assert_string_equal(nearest("custmers"), "customers");
    assert_string_equal(nearest("odrers"), "orders");
    assert_string_equal(nearest("Order_Itms"), "order_items");
    assert_string_equal(nearest("ORDERS"), "orders");
}

static void test_does_not_guess(void **state)
{
    (void)state;
    assert_null(nearest("invoices"));
    assert_null(nearest("x"));
    assert_null(nearest(""));
    assert_null(nearest_name("a", NULL, 0));
    assert_null(nearest(NULL));
}

/* Of two that are equally near, the first. */
static void test_first_of_equals(void **state)
{
    static const char *const candidates[] = {"table_b", "table_c"};

    (void)state;
    assert_string_equal(nearest_name("table_a", candidates, 2), "table_b");
}

static void test_long_names(void **state)
{
    char name[300];
    const char *candidates[] = {name, "orders"};

    (void)state;
    memset(name, 'o', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_null(nearest_name(name, candidates, 2));
    assert_string_equal(nearest_name("order", candidates, 2), "orders");
    name[127] = '\0';
    assert_string_equal(nearest_name(name + 1, candidates, 2), name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds),
        cmocka_unit_test(test_does_not_guess),
        cmocka_unit_test(test_first_of_equals),
        cmocka_unit_test(test_long_names),
    };

    return RUN(tests);
}
