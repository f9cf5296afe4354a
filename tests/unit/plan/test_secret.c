/* Secrets in plans: what cannot be compared, what has to be known before anything runs, and what people see:
 * plan/secret.c. The fake dialect's statements are made up. */
#include "../fake_server.h"

#include "core/secret/secret.h"
#include "core/secret/vault.h"
#include "plan/plan.h"

static struct arena *arena;
static struct dialect dialect;
static struct plan plan;
static struct error error;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    dialect = fake_server();
    plan = (struct plan){.arena = arena, .dialect = &dialect};
    error = (struct error){0};
    unsetenv("PLUMB_UNIT_SECRET");
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *token(const char *secret)
{
    char *text = arena_alloc(arena, VAULT_TOKEN_LENGTH + 1);

    vault_put(secret, strlen(secret), text);
    return text;
}

static const char *variable_token(void)
{
    char *text = arena_alloc(arena, VAULT_TOKEN_LENGTH + 1);

    vault_put_variable("PLUMB_UNIT_SECRET", strlen("PLUMB_UNIT_SECRET"), VAULT_PLAIN, text);
    return text;
}

static void add_step(const char *value)
{
    step_list_add(&plan.steps, arena,
                  (struct step){.sql = arena_printf(arena, "SET password '%s'", value)});
}

static void test_what_people_see(void **state)
{
    (void)state;
    add_step(token("hunter2"));
    add_step(variable_token());
    step_list_add(&plan.steps, arena, (struct step){.sql = "SET nothing"});
    plan_show_secrets(&plan);
    assert_string_equal(plan.steps.items[0].shown, "SET password '***'");
    assert_string_equal(plan.steps.items[1].shown, "SET password '${PLUMB_UNIT_SECRET}'");
    assert_null(plan.steps.items[2].shown);
    plan_note_secrets(&plan);
    assert_int_equal(plan.notes.count, 1);
    assert_non_null(strstr(plan.notes.items[0], "2 statements hold secrets"));
}

static void test_what_has_to_be_known(void **state)
{
    (void)state;
    add_step(token("hunter2"));
    assert_true(plan_check_secrets(&plan, &error));
    add_step(variable_token());
    assert_false(plan_check_secrets(&plan, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_string_equal(error.message,
                        "the environment variable PLUMB_UNIT_SECRET, which stands for a "
                        "secret, is not set");
    setenv("PLUMB_UNIT_SECRET", "now", 1);
    error = (struct error){0};
    assert_true(plan_check_secrets(&plan, &error));
}

/* One that this process has never met, as in a plan's file. */
static void test_a_foreign_token(void **state)
{
    (void)state;
    add_step("{secret-00000000000000000000000000000000}");
    assert_false(plan_check_secrets(&plan, &error));
    assert_string_equal(error.message, "a statement needs a secret that is not known");
    assert_non_null(strstr(error.hint, "--plan FILE"));
}

/* A script that is to be a state of files gets variables. */
static void test_variables_for_scripts(void **state)
{
    (void)state;
    add_step(arena_printf(arena, "%s' and '%s", token("one"), token("two")));
    add_step(variable_token());
    plan_name_secrets(&plan);
    assert_string_equal(plan.steps.items[0].sql,
                        "SET password '${PLUMB_SECRET}' and '${PLUMB_SECRET_2}'");
    assert_string_equal(plan.steps.items[1].sql, "SET password '${PLUMB_UNIT_SECRET}'");
    assert_string_equal(
        plan.notes.items[0],
        "secrets are left out: set PLUMB_SECRET, PLUMB_SECRET_2, PLUMB_UNIT_SECRET in the "
        "environment of whoever applies this");
}

/* What nobody knows yet counts as what the database has; a known one is compared. */
static void settle(const char *wanted_value, bool equal, size_t notes)
{
    const char *held = token("held");
    struct world from = OPEN("s = schema s", "f = function f in s | sig int");
    struct world to = OPEN("s = schema s", "f = function f in s | sig int");
    struct function *have = as_function(get(&from, "f"));
    struct function *want = as_function(get(&to, "f"));

    have->body = arena_printf(from.model->arena, "connect('%s')", held);
    want->body = arena_printf(to.model->arena, "connect('%s')", wanted_value);
    plan_settle_secrets(from.model, to.model);
    assert_int_equal(strcmp(have->body, want->body) == 0, equal);
    assert_int_equal(to.model->notes.count, notes);
    if (notes)
        assert_non_null(strstr(to.model->notes.items[0], "PLUMB_UNIT_SECRET is not set"));
    world_free(&from);
    world_free(&to);
}

static void test_what_cannot_be_compared(void **state)
{
    (void)state;
    settle(token("held"), true, 0);
    settle(token("other"), false, 0);
    settle(variable_token(), true, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_people_see, begin, end),
        cmocka_unit_test_setup_teardown(test_what_has_to_be_known, begin, end),
        cmocka_unit_test_setup_teardown(test_a_foreign_token, begin, end),
        cmocka_unit_test_setup_teardown(test_variables_for_scripts, begin, end),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_compared, begin, end),
    };

    return RUN(tests);
}
