/* What a server may be asked about. */
#include "../world.h"

#include "dialect/question.h"

struct asked {
    size_t count;
    const struct object *before;
    const struct object *after;
    const char *field;
};

static void ask(void *context, struct object *before, struct object *after,
                const struct field *field)
{
    struct asked *asked = context;

    *asked = (struct asked){asked->count + 1, before, after, field->name};
}

/* A pair of checks of the names in both models, and what is asked of it. */
static struct asked ask_about(struct world *from, struct world *to)
{
    struct pointer_list before = {0};
    struct pointer_list after = {0};
    struct asked asked = {0};

    pointer_list_add(&before, from->model->arena, get(from, "c"));
    pointer_list_add(&after, to->model->arena, get(to, "c"));
    question_pairs(&before, &after, ask, &asked);
    return asked;
}

static void test_pairs(void **state)
{
    struct world from = OPEN("s = schema s", "t = table t in s",
                             "c = check_constraint c in t | expression = a > 0");
    struct world to = OPEN("s = schema s", "t = table t in s",
                           "c = check_constraint c in t | expression = a >= 1");
    struct asked asked = ask_about(&from, &to);

    (void)state;
    assert_int_equal(asked.count, 1);
    assert_ptr_equal(asked.before, get(&from, "c"));
    assert_ptr_equal(asked.after, get(&to, "c"));
    assert_string_equal(asked.field, "expression");
    as_check_constraint(get(&to, "c"))->expression.written = NULL;
    assert_int_equal(ask_about(&from, &to).count, 0);
    assert_int_equal(ask_about(&from, &from).count, 0);
    world_free(&from);
    world_free(&to);
}

/* The wanted one gets the present canonical text, which is the written one where there is no other. */
static void test_take_over(void **state)
{
    struct world world =
        OPEN("s = schema s", "t = table t in s", "c = check_constraint c in t | expression = a > 0",
             "d = check_constraint d in t | expression = a >= 1");
    struct expression *before = &as_check_constraint(get(&world, "c"))->expression;
    struct expression *after = &as_check_constraint(get(&world, "d"))->expression;
    const struct field *field = &kind_fields(KIND_CHECK).items[field_check_constraint_expression];

    (void)state;
    before->canonical = NULL;
    after->incomplete = true;
    question_take_over(world.model->arena, get(&world, "c"), get(&world, "d"), field);
    assert_string_equal(before->canonical, "a > 0");
    assert_string_equal(after->canonical, "a > 0");
    assert_string_equal(after->written, "a >= 1");
    assert_false(after->incomplete);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_take_over),
    };

    return RUN(tests);
}
