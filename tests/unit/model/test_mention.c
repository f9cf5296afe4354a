/* Texts that name one another. */
#include "../support.h"

#include "model/mention.h"

static void expect_order(struct mention *mentions, size_t count, const char *const *names)
{
    mention_order(mentions, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(mentions[i].name, names[i]);
}

static void test_order(void **state)
{
    struct mention mentions[] = {
        {"top", "SELECT * FROM s.Middle, \"an other\"", NULL},
        {"an other", NULL, NULL},
        {"middle", "SELECT * FROM `bottom` b", NULL},
        {"bottom", "SELECT 1", NULL},
        {"alone", "SELECT bottomless", NULL},
    };
    struct mention circle[] = {{"a", "b", NULL}, {"b", "c a", NULL}, {"c", "a b c", NULL}};

    (void)state;
    expect_order(mentions, 5,
                 (const char *const[]){"bottom", "middle", "an other", "top", "alone"});
    expect_order(circle, 3, (const char *const[]){"c", "b", "a"});
    mention_order(NULL, 0);
}

/* Of several of one name, all are meant. */
static void test_same_name(void **state)
{
    struct mention mentions[] = {
        {"x", "v", NULL}, {"v", "y", NULL}, {"v", "z", NULL}, {"y", "", NULL}, {"z", "", NULL}};

    (void)state;
    expect_order(mentions, 5, (const char *const[]){"z", "v", "y", "v", "x"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order),
                                       cmocka_unit_test(test_same_name)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
