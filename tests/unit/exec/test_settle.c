/* What became of an apply that was interrupted: exec/settle.c. Its steps make tables; which of them the
 * fake server shows tells which were applied. */
#include "recorded.h"

#include "exec/settle.h"

#define SCHEMA "s = schema s"
static const char *const none[] = {SCHEMA, NULL};
static const char *const first[] = {SCHEMA, "a = table a in s", NULL};
static const char *const second[] = {SCHEMA, "b = table b in s", NULL};
static const char *const both[] = {SCHEMA, "a = table a in s", "b = table b in s", NULL};

/* An entry that wanted both tables and was interrupted with its steps in these states. */
static void interrupted(const char *state_of_a, const char *state_of_b, int group_of_b)
{
    struct record_schema wanted = {.snapshot = snapshot_of(arena, both)};
    struct record_entry entry = {.number = 1,
                                 .kind = "apply",
                                 .state = RECORD_BEGUN,
                                 .actor = "you",
                                 .begun = "2026-01-31T12:00:00Z",
                                 .wanted = "wanted-x",
                                 .steps = 2,
                                 .server_version = 1};
    struct record_step steps[2] = {{.number = 1,
                                    .state = state_of_a,
                                    .action = "create",
                                    .object = "table s.a",
                                    .sql = "create table s.a",
                                    .seconds = -1},
                                   {.number = 2,
                                    .state = state_of_b,
                                    .action = "create",
                                    .object = "table s.b",
                                    .sql = "create table s.b",
                                    .group = group_of_b,
                                    .seconds = -1}};

    assert_true(record_make(store, &error));
    assert_true(record_write_schema(store, "wanted-x", "fake", &wanted, &error));
    assert_true(record_write_entry(store, &entry, &error));
    assert_true(record_write_steps(store, 1, steps, 2, &error));
}

static bool settle(const char *const *live, enum journal_unfinished unfinished)
{
    options.unfinished = unfinished;
    return journal_open(&journal, &options, &plan, &server, snapshot_of(arena, live), &error);
}

/* Nothing was applied: nobody needs to decide. */
static void test_nothing_was_applied(void **state)
{
    (void)state;
    interrupted(STEP_RUNNING, STEP_PLANNED, 1);
    assert_true(settle(none, UNFINISHED_REFUSED));
    assert_string_equal(step_states(1), "not applied, not applied");
    assert_string_equal(entry_of(1)->state, RECORD_INTERRUPTED);
    assert_null(entry_of(1)->after);
    assert_string_equal(notes.items[0],
                        "entry 1 of the record was interrupted: 1 step in doubt was "
                        "looked at, 0 of 2 steps are applied");
}

/* All of it was: it has reached what it wanted. */
static void test_all_was_applied(void **state)
{
    (void)state;
    interrupted(STEP_DONE, STEP_RUNNING, 1);
    assert_true(settle(both, UNFINISHED_REFUSED));
    assert_string_equal(step_states(1), "done, done");
    assert_string_equal(entry_of(1)->state, RECORD_DONE);
    assert_string_equal(entry_of(1)->after, digest_of_snapshot(arena, snapshot_of(arena, both)));
    assert_int_equal(entry_of(1)->steps_done, 2);
    assert_string_equal(journal.current, entry_of(1)->after);
}

/* A part of it was: somebody has to say, and is told how far it came. Nothing is written. */
static void test_a_part_was_applied(void **state)
{
    (void)state;
    interrupted(STEP_RUNNING, STEP_PLANNED, 1);
    assert_false(settle(first, UNFINISHED_REFUSED));
    assert_int_equal(error.code, ERROR_REFUSED);
    assert_string_equal(
        error.message,
        "entry 1 of the record was interrupted (begun 2026-01-31T12:00:00Z by you): 1 "
        "of 2 steps are applied\n"
        "  1 create table s.a: applied\n"
        "  2 create table s.b: not applied");
    assert_non_null(strstr(error.hint, "--resume"));
    assert_string_equal(step_states(1), "running, planned");
}

static void test_resumed(void **state)
{
    (void)state;
    interrupted(STEP_RUNNING, STEP_PLANNED, 1);
    assert_true(settle(first, UNFINISHED_RESUMED));
    assert_string_equal(step_states(1), "done, not applied");
    assert_string_equal(entry_of(1)->state, RECORD_INTERRUPTED);
    assert_string_equal(entry_of(1)->after, digest_of_snapshot(arena, snapshot_of(arena, first)));
}

static void test_abandoned(void **state)
{
    (void)state;
    interrupted(STEP_RUNNING, STEP_PLANNED, 1);
    assert_true(settle(first, UNFINISHED_ABANDONED));
    assert_string_equal(entry_of(1)->state, RECORD_ABANDONED);
    assert_int_equal(entry_of(1)->steps_done, 1);
}

/* Steps of one transaction were committed together or not at all; where DDL commits by itself, each for
 * itself. */
static void test_one_transaction(void **state)
{
    (void)state;
    interrupted(STEP_RUNNING, STEP_RUNNING, 0);
    assert_true(settle(second, UNFINISHED_RESUMED));
    assert_string_equal(step_states(1), "not applied, not applied");
}

static void test_ddl_that_commits(void **state)
{
    (void)state;
    fake_running.ddl_commits = true;
    interrupted(STEP_RUNNING, STEP_RUNNING, 0);
    assert_true(settle(second, UNFINISHED_RESUMED));
    assert_string_equal(step_states(1), "not applied, done");
}

/* Where the record does not say what was wanted, what ran stays in doubt. */
static void test_nobody_knows_what_was_wanted(void **state)
{
    struct record_entry entry;

    (void)state;
    interrupted(STEP_RUNNING, STEP_PLANNED, 1);
    entry = *entry_of(1);
    entry.wanted = NULL;
    assert_true(record_write_entry(store, &entry, &error));
    assert_false(settle(first, UNFINISHED_REFUSED));
    assert_non_null(strstr(error.message, "0 of 2 steps are applied, 1 in doubt"));
    assert_non_null(strstr(error.message, "1 create table s.a: in doubt"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_was_applied, begin, end),
        cmocka_unit_test_setup_teardown(test_all_was_applied, begin, end),
        cmocka_unit_test_setup_teardown(test_a_part_was_applied, begin, end),
        cmocka_unit_test_setup_teardown(test_resumed, begin, end),
        cmocka_unit_test_setup_teardown(test_abandoned, begin, end),
        cmocka_unit_test_setup_teardown(test_one_transaction, begin, end),
        cmocka_unit_test_setup_teardown(test_ddl_that_commits, begin, end),
        cmocka_unit_test_setup_teardown(test_nobody_knows_what_was_wanted, begin, end),
    };

    return RUN(tests);
}
