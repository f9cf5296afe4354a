/* The server that files are for, by name and version. */
#include "../support.h"
#include "postgres/facts/flavor.h"

static void assert_version(const char *flavor, int version)
{
    struct model *model = model_new("files");

    assert_true(pg_set_flavor(NULL, flavor));
    assert_true(pg_set_flavor(model, flavor));
    assert_int_equal(model->server_version, version);
    model_free(model);
}

static void test_versions(void **state)
{
    (void)state;
    assert_version("postgres", 0);
    assert_version("postgres:17", 170000);
    assert_version("postgresql:16.3", 160003);
}

static void test_strangers(void **state)
{
    static const char *const strangers[] = {
        "", "postgre", "postgres:", "postgres:x", "postgres:9", "postgres:17.x", "mysql:8.4"};

    (void)state;
    for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
        assert_false(pg_set_flavor(NULL, strangers[i]));
}

/* Each capability comes with its version, and the newest server can do all. */
static void test_capabilities(void **state)
{
    static const int first[] = {
#define CAPABILITY(name, major, text) (major) * 10000,
#include "postgres/facts/capability.def"
#undef CAPABILITY
    };

    (void)state;
    for (int i = 0; i < PG_CAPABILITY_COUNT; i++) {
        assert_true(first[i] > PG_OLDEST_SERVER);
        assert_true(pg_can(0, (enum pg_capability)i));
        assert_true(pg_can(first[i], (enum pg_capability)i));
        assert_false(pg_can(first[i] - 1, (enum pg_capability)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_capabilities),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
