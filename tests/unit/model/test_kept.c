/* What kept objects stand in the way of (model/kept.c). */
#include "../world.h"

#include "model/kept.h"

/* The copy of the kept object of the one handle stands in the way of the other; NULL: of nothing. */
static void assert_obstructs(const char *const *from, const char *const *to, const char *handle,
                             const char *wanted)
{
    struct world before = world_open(from, 0);
    struct world after = world_open(to, 0);
    const struct object *object = kept_obstructs(before.model, after.model, get(&after, handle));

    if (!wanted)
        assert_null(object);
    else
        assert_ptr_equal(object, get(&after, wanted));
    world_free(&after);
    world_free(&before);
}

/* A table comes under a parent that has a column more, or as a partition with one more. */
static void test_columns(void **state)
{
    static const char *const apart[] = {
        "p = schema public",   "t = table whole in p",        "e = column extra in t | = int",
        "c = table part in p", "x = column own in c | = int", NULL};
    static const char *const heir[] = {"p = schema public", "t = table whole in p",
                                       "e = column extra in t | = int",
                                       "c = table part in p | refs t", NULL};
    static const char *const complete[] = {"p = schema public",
                                           "t = table whole in p",
                                           "e = column extra in t | = int",
                                           "c = table part in p | refs t",
                                           "y = column extra in c | = int",
                                           NULL};
    static const char *const partition[] = {"p = schema public",
                                            "t = table whole in p",
                                            "e = column extra in t | = int",
                                            "c = table part in p",
                                            "x = column own in c | = int",
                                            "a = attachment - in c | refs t",
                                            NULL};

    (void)state;
    assert_obstructs(apart, heir, "e", "c");
    assert_obstructs(apart, complete, "e", NULL);
    assert_obstructs(heir, heir, "e", NULL); /* it is there already */
    assert_obstructs(apart, partition, "x", "c");
    assert_obstructs(partition, partition, "x", NULL);
    assert_obstructs(apart, apart, "t", NULL);
}

/* Of a kept key the server makes copies for partitions. */
static void test_keys(void **state)
{
    static const char *const copied[] = {
        "p = schema public",
        "t = table whole in p",
        "k = unique_constraint key in t | columns = a",
        "c = table part in p",
        "a = attachment - in c | refs t",
        "u = unique_constraint key_of_part in c | columns = a | implied",
        NULL};
    static const char *const own[] = {"p = schema public",
                                      "t = table whole in p",
                                      "k = unique_constraint key in t | columns = a",
                                      "c = table part in p",
                                      "a = attachment - in c | refs t",
                                      "u = unique_constraint key_of_part in c | columns = b",
                                      NULL};
    static const char *const primary[] = {"p = schema public",
                                          "t = table whole in p",
                                          "k = primary_key key in t | columns = a",
                                          "c = table part in p",
                                          "a = attachment - in c | refs t",
                                          "u = primary_key other in c | columns = b",
                                          NULL};

    (void)state;
    assert_obstructs(copied, own, "k", "u");
    assert_obstructs(own, own, "k", NULL);
    assert_obstructs(copied, copied, "k", NULL);
    assert_obstructs(copied, primary, "k", "u");
}

static void test_requirements(void **state)
{
    static const char *const lines[] = {"p = schema public",
                                        "t = table t in p",
                                        "a = column a in t | = int",
                                        "b = column b in t | = int",
                                        "n = not_null - in a",
                                        "m = not_null - in b",
                                        "k = primary_key k in t | columns = a",
                                        NULL};
    struct world world = world_open(lines, 0);

    (void)state;
    assert_true(kept_requires(get(&world, "k"), get(&world, "n")));
    assert_false(kept_requires(get(&world, "k"), get(&world, "m")));
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_requirements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
