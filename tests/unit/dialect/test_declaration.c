/* What is said of declarations. */
#include "../world.h"

#include "dialect/declaration.h"

static void test_hint(void **state)
{
    struct world world = OPEN("s = schema s", "t = table t in s");
    struct error error = {0};

    (void)state;
    declaration_hint(&error, "It is declared", get(&world, "t"));
    assert_string_equal(error.hint, "");
    get(&world, "t")->location = (struct location){.file = "t.sql", .line = 3, .column = 5};
    declaration_hint(&error, "It is declared", get(&world, "t"));
    assert_string_equal(error.hint, "It is declared at t.sql:3.");
    world_free(&world);
}

/* Among what is of the same kind and stands in the same. */
static void test_nearest(void **state)
{
    struct world world =
        OPEN("s = schema s", "t = table t in s", "u = table u in s", "a = column customer in t",
             "b = check_constraint customers in t", "c = column customers in u");
    struct arena *arena = world.model->arena;

    (void)state;
    assert_string_equal(declaration_nearest(arena, get(&world, "t"), KIND_COLUMN, "customers"),
                        "customer");
    assert_null(declaration_nearest(arena, get(&world, "t"), KIND_COLUMN, "total"));
    assert_null(declaration_nearest(arena, get(&world, "t"), KIND_INDEX, "customers"));
    world_free(&world);
}

/* Each place once. */
static void test_not_run(void **state)
{
    struct world world = OPEN("s = schema s");
    struct location place = {.file = "a.sql", .line = 3};

    (void)state;
    declaration_not_run(world.model, place, "CALL");
    declaration_not_run(world.model, place, "CALL");
    declaration_not_run(world.model, (struct location){.line = 4}, "CALL");
    assert_int_equal(world.model->not_run.count, 2);
    assert_string_equal(world.model->not_run.items[0], "a.sql:3: CALL");
    assert_string_equal(world.model->not_run.items[1], ":4: CALL");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hint),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_not_run),
    };

    return RUN(tests);
}
