/* Running a plan: transactions, retries, verification and what a failure leaves, on a fake
 * connection that writes down what it is asked and fails where the test says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "exec/exec.h"

struct connection {
    struct buffer log;
    const char *fail_at; /* the statement that fails */
    enum error_code fail_code;
    int failures;        /* how often */
    bool locked;         /* somebody else applies */
    bool table_is_there; /* what the catalog shows */
    struct control control;
};

static struct connection server;

static bool fake_begin(struct connection *connection, struct error *error)
{
    (void)error;
    buffer_append(&connection->log, "BEGIN;");
    return true;
}

static bool fake_commit(struct connection *connection, struct error *error)
{
    (void)error;
    buffer_append(&connection->log, "COMMIT;");
    return true;
}

static void fake_rollback(struct connection *connection)
{
    buffer_append(&connection->log, "ROLLBACK;");
}

static bool fake_run(struct connection *connection, const char *sql,
                     struct statement_result *result, struct error *error)
{
    (void)result;
    buffer_printf(&connection->log, "%s;", sql);
    if (!connection->fail_at || strcmp(connection->fail_at, sql) != 0 || !connection->failures)
        return true;
    connection->failures--;
    if (connection->fail_code == ERROR_CANCELLED)
        control_cancel(&connection->control);
    return error_set(error, connection->fail_code, "no");
}

static bool fake_lock(struct connection *connection, bool *taken, struct error *error)
{
    (void)error;
    *taken = !connection->locked;
    return true;
}

static bool fake_unlock(struct connection *connection, struct error *error)
{
    (void)connection;
    (void)error;
    return true;
}

static bool fake_set_lock_timeout(struct connection *connection, int milliseconds,
                                  struct error *error)
{
    (void)error;
    buffer_printf(&connection->log, "timeout %d;", milliseconds);
    return true;
}

static void add_table(struct model *model)
{
    model_add(model, KIND_TABLE, model_add(model, KIND_SCHEMA, NULL, "s", NULL), "t", NULL);
}

static bool fake_read(struct connection *connection, struct model *model, struct error *error)
{
    (void)error;
    buffer_append(&connection->log, "read;");
    if (connection->table_is_there)
        add_table(model);
    return true;
}

static int fake_version(const struct connection *connection)
{
    (void)connection;
    return 1;
}

static bool fake_resolve(struct model *model, int version, struct error *error)
{
    (void)model;
    (void)version;
    (void)error;
    return true;
}

static void fake_reconcile(struct model *from, struct model *to, const struct manage *manage)
{
    (void)from;
    (void)to;
    (void)manage;
}

static const struct object *fake_folds_into(const struct object *object)
{
    (void)object;
    return NULL;
}

static const char *fake_slot(struct arena *arena, const struct object *object)
{
    (void)arena;
    (void)object;
    return NULL;
}

static void fake_create(struct step_sink *sink, const struct object *object,
                        const struct pointer_list *folded)
{
    (void)folded;
    sink_statement(sink, "CREATE %s", object->name);
}

static void fake_session(struct step_sink *before, struct step_sink *after,
                         const struct model *from, const struct model *to)
{
    (void)before;
    (void)after;
    (void)from;
    (void)to;
}

static const struct dialect_states fake_states = {
    .read = fake_read,
};

static const struct dialect_comparing fake_comparing = {
    .resolve = fake_resolve,
    .reconcile = fake_reconcile,
};

static const struct dialect_planning fake_planning = {
    .folds_into = fake_folds_into,
    .slot = fake_slot,
};

static const struct dialect_writing fake_writing = {
    .create = fake_create,
    .session = fake_session,
};

static const struct dialect_running fake_running = {
    .patient_lock = LOCK_SHARE_UPDATE_EXCLUSIVE,
    .begin = fake_begin,
    .commit = fake_commit,
    .rollback = fake_rollback,
    .run = fake_run,
    .set_lock_timeout = fake_set_lock_timeout,
    .server_version = fake_version,
};

static const struct dialect_locking fake_locking = {
    .take = fake_lock,
    .release = fake_unlock,
};

static const struct dialect fake = {
    .name = "fake",
    .states = &fake_states,
    .comparing = &fake_comparing,
    .planning = &fake_planning,
    .writing = &fake_writing,
    .running = &fake_running,
    .locking = &fake_locking,
};

static struct model *load_wanted(void *context, struct error *error)
{
    struct model *model = model_new("wanted");

    (void)context;
    (void)error;
    add_table(model);
    return model;
}

static struct plan plan;
static struct exec_options options;
static struct exec_result result;
static struct error error;

static struct step *add_step(const char *sql, int group, enum step_transaction transaction)
{
    return step_list_add(&plan.steps, plan.arena,
                         (struct step){.sql = sql, .group = group, .transaction = transaction});
}

static int begin(void **state)
{
    (void)state;
    server = (struct connection){0};
    plan = (struct plan){.arena = arena_new(), .dialect = &fake, .from = model_new("database")};
    options = (struct exec_options){.lock_timeout = 50, .lock_attempts = 2};
    error = (struct error){0};
    return 0;
}

static int end(void **state)
{
    union {
        const struct model *constant;
        struct model *plain;
    } from = {.constant = plan.from};

    (void)state;
    model_free(from.plain);
    arena_free(plan.arena);
    buffer_free(&server.log);
    return 0;
}

static bool run(void)
{
    struct operation operation;
    bool ok;

    operation_begin(&operation, &server.control, &error);
    if (setjmp(operation.way_out) != 0)
        fail();
    ok = exec_plan(&plan, &server, &options, &result, &error);
    operation_end(&operation);
    return ok;
}

static void assert_log(const char *expected)
{
    assert_string_equal(buffer_text(&server.log), expected);
}

static void test_groups(void **state)
{
    (void)state;
    step_list_add(&plan.before, plan.arena, (struct step){.sql = "SET"});
    step_list_add(&plan.after, plan.arena, (struct step){.sql = "RESET"});
    add_step("a", 0, TRANSACTION_ANY);
    add_step("b", 0, TRANSACTION_COMMIT_AFTER);
    add_step("c", 1, TRANSACTION_NEVER)->lock = LOCK_SHARE_UPDATE_EXCLUSIVE;
    add_step("d", 2, TRANSACTION_ANY);
    assert_true(run());
    assert_log("SET;timeout 50;BEGIN;a;b;COMMIT;timeout 0;c;timeout 50;BEGIN;d;COMMIT;RESET;");
    assert_int_equal(result.steps_done, 4);
    assert_int_equal(result.groups_committed, 3);
    assert_false(result.verified);
}

static void test_failure(void **state)
{
    (void)state;
    add_step("a", 0, TRANSACTION_ANY);
    add_step("b", 1, TRANSACTION_ANY);
    add_step("c", 1, TRANSACTION_ANY);
    server.fail_at = "c";
    server.failures = 1;
    server.fail_code = ERROR_SERVER;
    assert_false(run());
    assert_log("timeout 50;BEGIN;a;COMMIT;timeout 50;BEGIN;b;c;ROLLBACK;");
    assert_int_equal(error.code, ERROR_SERVER);
    assert_int_equal(result.steps_done, 1);
    assert_int_equal(result.rolled_back, 1);
    assert_int_equal(result.failed_number, 3);
    assert_ptr_equal(result.failed, &plan.steps.items[2]);
}

static void test_retry(void **state)
{
    (void)state;
    add_step("a", 0, TRANSACTION_ANY);
    add_step("b", 0, TRANSACTION_ANY);
    server.fail_at = "b";
    server.failures = 1;
    server.fail_code = ERROR_LOCKED;
    assert_true(run());
    assert_log("timeout 50;BEGIN;a;b;ROLLBACK;BEGIN;a;b;COMMIT;");
    assert_int_equal(result.steps_done, 2);
    assert_null(result.failed);
}

static void test_retries_end(void **state)
{
    (void)state;
    add_step("a", 0, TRANSACTION_ANY);
    server.fail_at = "a";
    server.failures = 9;
    server.fail_code = ERROR_LOCKED;
    assert_false(run());
    assert_log("timeout 50;BEGIN;a;ROLLBACK;BEGIN;a;ROLLBACK;");
    assert_int_equal(error.code, ERROR_LOCKED);
    assert_non_null(strstr(error.hint, "2 times"));
}

static void test_other_apply(void **state)
{
    (void)state;
    add_step("a", 0, TRANSACTION_ANY);
    server.locked = true;
    assert_false(run());
    assert_log("");
    assert_int_equal(error.code, ERROR_REFUSED);
}

static void test_cancelled(void **state)
{
    (void)state;
    add_step("a", 0, TRANSACTION_ANY);
    add_step("b", 0, TRANSACTION_ANY);
    server.fail_at = "a";
    server.failures = 1;
    server.fail_code = ERROR_CANCELLED;
    assert_false(run());
    assert_log("timeout 50;BEGIN;a;ROLLBACK;");
    assert_int_equal(error.code, ERROR_CANCELLED);
}

static void test_verified(void **state)
{
    (void)state;
    options.wanted = load_wanted;
    server.table_is_there = true;
    add_step("a", 0, TRANSACTION_ANY);
    assert_true(run());
    assert_log("timeout 50;BEGIN;a;read;COMMIT;");
    assert_true(result.verified);
}

static void test_verified_afterwards(void **state)
{
    (void)state;
    options.wanted = load_wanted;
    server.table_is_there = true;
    add_step("a", 0, TRANSACTION_NEVER)->lock = LOCK_EXCLUSIVE;
    assert_true(run());
    assert_log("timeout 50;a;read;");
    assert_true(result.verified);
}

static void test_not_what_was_wanted(void **state)
{
    (void)state;
    options.wanted = load_wanted;
    add_step("a", 0, TRANSACTION_ANY);
    assert_false(run());
    assert_log("timeout 50;BEGIN;a;read;ROLLBACK;");
    assert_false(result.verified);
    assert_int_equal(result.steps_done, 0);
    assert_int_equal(result.rolled_back, 1);
    assert_non_null(strstr(error.message, "2 steps would remain:\n  CREATE s\n  CREATE t"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_groups, begin, end),
        cmocka_unit_test_setup_teardown(test_failure, begin, end),
        cmocka_unit_test_setup_teardown(test_retry, begin, end),
        cmocka_unit_test_setup_teardown(test_retries_end, begin, end),
        cmocka_unit_test_setup_teardown(test_other_apply, begin, end),
        cmocka_unit_test_setup_teardown(test_cancelled, begin, end),
        cmocka_unit_test_setup_teardown(test_verified, begin, end),
        cmocka_unit_test_setup_teardown(test_verified_afterwards, begin, end),
        cmocka_unit_test_setup_teardown(test_not_what_was_wanted, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
