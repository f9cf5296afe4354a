/* The command line of tools for online schema changes, and what becomes of it. */
#include "../world.h"

#include <stdlib.h>
#include <unistd.h>

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

static const struct dialect_tools fake_tools = {
    .table_size = fake_table_size,
    .connection_value = fake_connection_value,
    .password_variable = "PLUMB_TEST_PASSWORD",
};

static const struct dialect fake = {
    .name = "fake",
    .tools = &fake_tools,
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
    struct osc_call call;
    struct error error = {0};
    bool told = false;

    (void)state;
    assert_true(osc_prepare(setting.arena, &options, &fake, NULL, &setting.step, &call, &error));
    assert_string_equal(call.arguments[2], "tool -h\"${1}\" \"${5}\".\"${6}\" --alter=\"${7}\"");
    assert_string_equal(call.arguments[3 + 1], "it's");
    assert_string_equal(call.arguments[3 + 6], "big");
    assert_string_equal(call.arguments[3 + 7], "ADD COLUMN `a` int");
    assert_null(call.arguments[3 + 8]);
    for (char **variable = call.environment; *variable; variable++)
        told = told || strcmp(*variable, "PLUMB_TABLE=big") == 0;
    assert_true(told);
    options.command = "tool {socket}";
    assert_false(osc_prepare(setting.arena, &options, &fake, NULL, &setting.step, &call, &error));
    setting_free(&setting);
}

static void test_fields(void **state)
{
    static const struct {
        const char *command;
        const char *complaint; /* NULL: none */
    } cases[] = {
        {"tool {table}", NULL},
        {"tool --x='a'{table}'b' \"c\"{alter}", NULL},
        {"tool ${HOME} {a,b} { echo; } '{print}' \\{table}", NULL},
        {"tool {table} # it's {alter}'s", NULL},
        {"tool {table} # it's\n -- {alter}", NULL},
        {"tool {password}", "unknown field {password}"},
        {"tool '{table}'", "{table} within quotes"},
        {"tool \"{alter}\"", "{alter} within quotes"},
        {"sh -c 'tool \"{table}\"'", "{table} within quotes"},
        {"tool \"a\\\"{alter}\"", "{alter} within quotes"},
        {"tool a#'{alter}'", "{alter} within quotes"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct error error = {0};

        assert_int_equal(osc_check(cases[i].command, &error), !cases[i].complaint);
        if (cases[i].complaint && !strstr(error.message, cases[i].complaint))
            fail_msg("%s: %s", cases[i].command, error.message);
    }
}

/* Whatever a name or a comment holds, the shell takes it for one word. */
static void test_hostile_values(void **state)
{
    static const char *const values[] = {"a'; touch mark; '",    "a\"; touch mark; \"",
                                         "$(touch mark)",        "`touch mark`",
                                         "a\ntouch mark\n",      "; touch mark #",
                                         "\\'; touch mark; \\'", "{table} $(touch mark)"};
    char folder[] = "/tmp/plumb-osc-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        struct setting setting = setting_new("t = table big in s");
        struct osc_options options = {
            .command =
                "test \"$PLUMB_ALTER\" = {alter} && test {alter} = \"$7\" && printf %s {alter} >/dev/null"};
        struct error error = {0};

        setting.step.alter_clauses = values[i];
        if (!osc_run(&options, &fake, NULL, &setting.step, &error))
            fail_msg("%s: %s", values[i], error.message);
        assert_int_not_equal(access("mark", F_OK), 0);
        setting_free(&setting);
    }
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
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
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_hostile_values),
        cmocka_unit_test(test_outcome),
    };

    return RUN(tests);
}
