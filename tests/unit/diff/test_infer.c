/* Renames that follow from the models: objects whose names the server chose. */
#include "../world.h"

#include "diff/infer.h"

static void assert_inferred(struct world from, struct world to, const char *handle,
                            const char *name, const char *former_name)
{
    infer_renames(from.model, to.model);
    assert_string_equal(get(&from, handle)->name, name);
    if (former_name)
        assert_string_equal(get(&from, handle)->former_name, former_name);
    else
        assert_null(get(&from, handle)->former_name);
    world_free(&from);
    world_free(&to);
}

static void test_chosen_name(void **state)
{
    (void)state;
    assert_inferred(
        OPEN("s = schema s", "t = table t in s", "u = unique_constraint mine in t | = a"),
        OPEN("s = schema s", "t = table t in s",
             "u = unique_constraint t_a_key in t | = a | chosen"),
        "u", "t_a_key", "mine");
}

/* Before resolution the texts of expressions say nothing. */
static void test_expressions_do_not_count(void **state)
{
    (void)state;
    assert_inferred(
        OPEN("s = schema s", "t = table t in s", "k = check_constraint mine in t | = (a > 0)"),
        OPEN("s = schema s", "t = table t in s",
             "k = check_constraint t_a_check in t | = a>0 | chosen"),
        "k", "t_a_check", "mine");
}

static void test_written_name(void **state)
{
    (void)state;
    assert_inferred(
        OPEN("s = schema s", "t = table t in s", "u = unique_constraint mine in t | = a"),
        OPEN("s = schema s", "t = table t in s", "u = unique_constraint yours in t | = a"), "u",
        "mine", NULL);
}

static void test_other_content(void **state)
{
    (void)state;
    assert_inferred(
        OPEN("s = schema s", "t = table t in s", "u = unique_constraint mine in t | = b"),
        OPEN("s = schema s", "t = table t in s",
             "u = unique_constraint t_a_key in t | = a | chosen"),
        "u", "mine", NULL);
}

static void test_other_table(void **state)
{
    (void)state;
    assert_inferred(OPEN("s = schema s", "t = table t in s", "z = table z in s",
                         "u = unique_constraint mine in z | = a"),
                    OPEN("s = schema s", "t = table t in s", "z = table z in s",
                         "u = unique_constraint t_a_key in t | = a | chosen"),
                    "u", "mine", NULL);
}

/* Where two could be meant, none is. */
static void test_ambiguous(void **state)
{
    (void)state;
    assert_inferred(OPEN("s = schema s", "t = table t in s", "u = unique_constraint one in t | = a",
                         "v = unique_constraint two in t | = a"),
                    OPEN("s = schema s", "t = table t in s",
                         "u = unique_constraint t_a_key in t | = a | chosen"),
                    "u", "one", NULL);
}

/* One of the two is declared itself, which leaves one. */
static void test_declared_ones_do_not_count(void **state)
{
    (void)state;
    assert_inferred(OPEN("s = schema s", "t = table t in s", "u = unique_constraint one in t | = a",
                         "v = unique_constraint two in t | = a"),
                    OPEN("s = schema s", "t = table t in s", "v = unique_constraint two in t | = a",
                         "u = unique_constraint t_a_key in t | = a | chosen"),
                    "u", "t_a_key", "one");
}

/* The name is there already: nothing to infer, whatever else does the same. */
static void test_name_exists(void **state)
{
    (void)state;
    assert_inferred(OPEN("s = schema s", "t = table t in s", "u = unique_constraint one in t | = a",
                         "v = unique_constraint t_a_key in t | = b"),
                    OPEN("s = schema s", "t = table t in s",
                         "u = unique_constraint t_a_key in t | = a | chosen"),
                    "u", "one", NULL);
}

static void test_parent_is_new(void **state)
{
    (void)state;
    assert_inferred(OPEN("s = schema s", "t = table t in s"),
                    OPEN("s = schema s", "t = table t in s", "z = table z in s",
                         "u = unique_constraint z_a_key in z | = a | chosen"),
                    "t", "t", NULL);
}

static void test_implied_ones_do_not_count(void **state)
{
    (void)state;
    assert_inferred(
        OPEN("s = schema s", "t = table t in s", "u = unique_constraint mine in t | = a | implied"),
        OPEN("s = schema s", "t = table t in s",
             "u = unique_constraint t_a_key in t | = a | chosen"),
        "u", "mine", NULL);
}

/* A serial column's sequence is recognized by the column that owns it. */
static void test_owned_sequence(void **state)
{
    (void)state;
    assert_inferred(
        OPEN("s = schema s", "t = table t in s", "a = column a in t", "b = column b in t",
             "x = sequence x in s | = bigint", "x.o = owned_by - in x | refs a",
             "y = sequence y in s | = bigint", "y.o = owned_by - in y | refs b"),
        OPEN("s = schema s", "t = table t in s", "a = column a in t", "b = column b in t",
             "q = sequence t_b_seq in s | = bigint | chosen", "q.o = owned_by - in q | refs b"),
        "y", "t_b_seq", "y");
}

/* The server moves a sequence with the table whose column owns it. */
static void test_owner_moved(void **state)
{
    struct world from = OPEN("s = schema s", "z = schema z", "t = table t in s",
                             "a = column a in t", "x = sequence x in s | = bigint",
                             "x.o = owned_by - in x | refs a", "y = sequence y in s | = bigint");
    struct world to =
        OPEN("s = schema s", "z = schema z", "t = table t in z", "a = column a in t",
             "x = sequence t_a_seq in z | = integer | chosen", "x.o = owned_by - in x | refs a",
             "y = sequence y in z | = bigint | chosen");

    (void)state;
    assert_true(model_rename(from.model, get(&from, "t"), get(&from, "z"), "t", NULL));
    get(&from, "t")->former_schema = "s";
    infer_renames(from.model, to.model);
    assert_string_equal(get(&from, "x")->name, "t_a_seq");
    assert_string_equal(get(&from, "x")->parent->name, "z");
    assert_string_equal(get(&from, "x")->former_schema, "s");
    assert_null(get(&from, "y")->former_name);
    world_free(&from);
    world_free(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chosen_name),
        cmocka_unit_test(test_expressions_do_not_count),
        cmocka_unit_test(test_written_name),
        cmocka_unit_test(test_other_content),
        cmocka_unit_test(test_other_table),
        cmocka_unit_test(test_ambiguous),
        cmocka_unit_test(test_declared_ones_do_not_count),
        cmocka_unit_test(test_name_exists),
        cmocka_unit_test(test_parent_is_new),
        cmocka_unit_test(test_implied_ones_do_not_count),
        cmocka_unit_test(test_owned_sequence),
        cmocka_unit_test(test_owner_moved),
    };

    return RUN(tests);
}
