/* The rules of the MySQL dialect: none is missing, and the special cases hold. */
#include "mysql/write/rules.h"
#include "planned.h"

static bool is_own(enum kind kind)
{
    static const enum kind kinds[] = {
        KIND_SCHEMA, KIND_SEQUENCE, KIND_FUNCTION,    KIND_TABLE,   KIND_PARTITION,
        KIND_COLUMN, KIND_NOT_NULL, KIND_DEFAULT,     KIND_CHECK,   KIND_PRIMARY_KEY,
        KIND_VIEW,   KIND_INDEX,    KIND_FOREIGN_KEY, KIND_TRIGGER, KIND_EVENT,
        KIND_OWNER,  KIND_COMMENT,  KIND_UNMODELLED};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

static void test_each_compared_field_has_a_rule(void **state)
{
    (void)state;
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
        struct fields fields = kind_fields((enum kind)kind);

        for (size_t i = 0; i < fields.count; i++) {
            struct field_rule rule = my_field_rule((enum kind)kind, (int)i);

            if (!fields.items[i].compared || !is_own((enum kind)kind)) {
                assert_int_equal(rule.rule, RULE_NONE);
                continue;
            }
            if (rule.rule == RULE_NONE)
                fail_msg("no rule for %s of %s", fields.items[i].name, kind_word((enum kind)kind));
            assert_true(rule.rule != RULE_IGNORE || rule.reason);
        }
    }
}

static bool generated_is_replaced(const char *before, const char *after)
{
    struct world world = OPEN(TABLE("a,b"), COLUMN("a", "int"), COLUMN("b", "int"));
    struct object *a = get(&world, "a");
    struct object *b = get(&world, "b");
    bool replaced;

    as_column(a)->generated = before;
    as_column(b)->generated = after;
    replaced = my_must_replace(a, b, fields_changed(a, b), 0);
    world_free(&world);
    return replaced;
}

static void test_virtual_columns_cannot_become_stored(void **state)
{
    (void)state;
    assert_true(generated_is_replaced("virtual", "stored"));
    assert_true(generated_is_replaced("stored", "virtual"));
    assert_true(generated_is_replaced("virtual", NULL));
    assert_true(generated_is_replaced(NULL, "virtual"));
    assert_false(generated_is_replaced("stored", NULL));
    assert_false(generated_is_replaced(NULL, "stored"));
    assert_false(generated_is_replaced("virtual", "virtual"));
}

static void test_a_dropped_column_takes_only_its_own(void **state)
{
    struct world world = OPEN(TABLE("a"), COLUMN("a", "int"), "n = not_null - in a",
                              "i = index i in t | keys = `a`");

    (void)state;
    assert_true(my_ends_with(get(&world, "n"), get(&world, "a")));
    assert_false(my_ends_with(get(&world, "i"), get(&world, "a")));
    assert_true(my_ends_with(get(&world, "i"), get(&world, "t")));
    assert_false(my_ends_with(get(&world, "t"), get(&world, "d")));
    world_free(&world);
}

static void test_names_of_constraints_belong_to_the_database(void **state)
{
    struct world world =
        OPEN(TABLE("a"), COLUMN("a", "int"), "c = check_constraint c in t | = a > 0",
             "f = foreign_key f in t", "j = check_constraint - in a | = a > 0");
    struct arena *arena = world.model->arena;

    (void)state;
    assert_string_equal(my_slot(arena, get(&world, "c")), "check:/c");
    assert_string_equal(my_slot(arena, get(&world, "f")), "foreign key:/f");
    assert_string_equal(my_slot(arena, get(&world, "t")), "relation:/t");
    assert_null(my_slot(arena, get(&world, "j")));
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_compared_field_has_a_rule),
        cmocka_unit_test(test_virtual_columns_cannot_become_stored),
        cmocka_unit_test(test_a_dropped_column_takes_only_its_own),
        cmocka_unit_test(test_names_of_constraints_belong_to_the_database),
    };

    return RUN(tests);
}
