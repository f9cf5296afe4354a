/* The command line of tools for online schema changes, and what becomes of it. */
#include "../world.h"

#include "exec/osc.h"

static bool fake_table_size(struct connection *connection, const struct object *table,
                            int64_t *bytes, struct error *error)
{
    (void)connection;
    (void)error;
    *bytes = table->name[0] == 'b' ? 1000 : 10;
    return true;
}

static const char *fake_connection_value(struct connection *connection, struct arena *arena,
                                         const char *name)
{
    (void)connection;
    (void)arena;
    if (strcmp(name, "host") == 0)
        return "it's";
    if (strcmp(name, "database") == 0)
        return "shop";
    return strcmp(name, "password") == 0 ? "secret" : NULL;
}

static const struct dialect fake = {
    .name = "fake",
    .table_size = fake_table_size,
    .connection_value = fake_connection_value,
    .password_variable = "PLUMB_TEST_PASSWORD",
};

struct setting {
    struct world world;
    struct step step;
    struct arena *arena;
};

static struct setting setting_new(const char *table)
{
    struct setting setting = {.world = SEALED("s = schema -", table), .arena = arena_new()};

    for (size_t i = 0; i < setting.world.model->count; i++)
        if (setting.world.model->objects[i]->kind == KIND_TABLE)
            setting.step.object = setting.world.model->objects[i];
    setting.step.alter_clauses = "ADD COLUMN `a` int";
    return setting;
}

static void setting_free(struct setting *setting)
{
    world_free(&setting->world);
    arena_free(setting->arena);
}

static void test_large_tables_only(void **state)
{
    struct setting big = setting_new("t = table big in s");
    struct setting small = setting_new("t = table small in s");
    struct osc_options options = {.command = "tool", .minimum = 100};
    struct error error = {0};
    bool wants;

    (void)state;
    assert_true(osc_wants(&options, &fake, NULL, &big.step, &wants, &error) && wants);
    assert_true(osc_wants(&options, &fake, NULL, &small.step, &wants, &error) && !wants);
    big.step.alter_clauses = NULL;
    assert_true(osc_wants(&options, &fake, NULL, &big.step, &wants, &error) && !wants);
    setting_free(&big);
    setting_free(&small);
}

static void test_command(void **state)
{
    struct setting setting = setting_new("t = table big in s");
    struct osc_options options = {.command = "tool -h{host} {database}.{table} --alter={alter}"};
    struct error error = {0};

    (void)state;
    assert_string_equal(
        osc_command(setting.arena, &options, &fake, NULL, &setting.step, &error),
        "tool -h'it'\\''s' 'shop'.'big' --alter='ADD COLUMN `a` int'");
    options.command = "tool {password}";
    assert_null(osc_command(setting.arena, &options, &fake, NULL, &setting.step, &error));
    assert_non_null(strstr(error.message, "{password}"));
    setting_free(&setting);
}

static void test_outcome(void **state)
{
    struct setting setting = setting_new("t = table big in s");
    struct osc_options options = {.command = "test \"$PLUMB_TEST_PASSWORD\" = secret"};
    struct error error = {0};

    (void)state;
    assert_true(osc_run(&options, &fake, NULL, &setting.step, &error));
    options.command = "exit 7";
    assert_false(osc_run(&options, &fake, NULL, &setting.step, &error));
    assert_non_null(strstr(error.message, "exit status 7"));
    setting_free(&setting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_large_tables_only),
        cmocka_unit_test(test_command),
        cmocka_unit_test(test_outcome),
    };

    return RUN(tests);
}
