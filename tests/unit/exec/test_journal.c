/* What the record says before, during and after an apply, and after one that failed: exec/journal.c. */
#include "recorded.h"

static const char *const empty[] = {"s = schema s", NULL};
static const char *const made[] = {"s = schema s", "t = table t in s", NULL};

static void open_journal(void)
{
    assert_true(
        journal_open(&journal, &options, &plan, &server, snapshot_of(arena, empty), &error));
}

static const char *digest(const char *const *lines)
{
    return digest_of_snapshot(arena, snapshot_of(arena, lines));
}

/* An apply of three steps in two groups, up to its beginning. */
static void begin_apply(void)
{
    add_step("CREATE a", 0);
    add_step("CREATE b", 0);
    add_step("CREATE c", 1);
    open_journal();
    assert_true(journal_begin(&journal, digest(empty), &error));
}

static void test_a_record_begins(void **state)
{
    (void)state;
    options.wanted = snapshot_of(arena, made);
    begin_apply();
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.items[0],
                        arena_printf(arena, "a record begins here, kept in %s", path));
    assert_string_equal(entry_of(1)->state, RECORD_BEGUN);
    assert_string_equal(entry_of(1)->before, digest(empty));
    assert_string_equal(entry_of(1)->actor, "me");
    assert_int_equal(entry_of(1)->steps, 3);
    assert_null(entry_of(1)->after);
    assert_string_equal(entry_of(1)->wanted, arena_printf(arena, "wanted-%s", digest(made)));
    assert_string_equal(step_states(1), "planned, planned, planned");
}

/* A file does not go with the database's transaction: what runs is written before. */
static void test_steps(void **state)
{
    (void)state;
    begin_apply();
    assert_true(journal_batch_starts(&journal, 0, 2, &error));
    assert_string_equal(step_states(1), "running, running, planned");
    journal_step_ran(&journal, 0, 1.5);
    assert_true(journal_steps_done(&journal, 0, 2, &error));
    assert_string_equal(step_states(1), "done, done, planned");
    assert_true(journal_step_starts(&journal, 2, &error));
    assert_string_equal(step_states(1), "done, done, running");
    assert_true(journal_steps_done(&journal, 2, 3, &error));
    assert_true(journal_finish(&journal, snapshot_of(arena, made), &error));
    assert_string_equal(entry_of(1)->state, RECORD_DONE);
    assert_string_equal(entry_of(1)->after, digest(made));
    assert_int_equal(entry_of(1)->steps_done, 3);
    assert_non_null(entry_of(1)->ended);
}

static void test_the_schema_is_kept(void **state)
{
    struct record_schema schema;

    (void)state;
    begin_apply();
    assert_true(journal_finish(&journal, snapshot_of(arena, made), &error));
    assert_true(record_read_schema(store, digest(made), arena, &schema, &error));
    assert_string_equal(schema.sql, "-- 2 objects\n");
    assert_string_equal(schema.snapshot, snapshot_of(arena, made));
    assert_string_equal(schema.dialect, "fake");
}

static void test_a_step_fails(void **state)
{
    struct error why = {.code = ERROR_SERVER, .message = "no"};

    (void)state;
    begin_apply();
    assert_true(journal_steps_done(&journal, 0, 2, &error));
    journal_fail(&journal, 3, 2, 0, snapshot_of(arena, made), &why);
    assert_string_equal(step_states(1), "done, done, failed");
    assert_string_equal(entry_of(1)->state, RECORD_FAILED);
    assert_string_equal(entry_of(1)->error, "no");
    assert_int_equal(entry_of(1)->steps_done, 2);
    assert_string_equal(entry_of(1)->after, digest(made));
}

/* Marked as done together with a transaction that then was rolled back. */
static void test_a_group_is_rolled_back(void **state)
{
    struct error why = {.code = ERROR_SERVER, .message = "no"};

    (void)state;
    begin_apply();
    assert_true(journal_steps_done(&journal, 0, 1, &error));
    journal_fail(&journal, 2, 1, 1, NULL, &why);
    assert_string_equal(step_states(1), "rolled back, failed, not applied");
    assert_int_equal(entry_of(1)->steps_done, 0);
    assert_null(entry_of(1)->after);
}

/* Whoever lost the connection knows nothing: the entry stays as it was. */
static void test_the_connection_is_lost(void **state)
{
    struct error why = {.code = ERROR_CONNECTION, .message = "gone"};

    (void)state;
    begin_apply();
    assert_true(journal_step_starts(&journal, 0, &error));
    journal_fail(&journal, 1, 0, 0, NULL, &why);
    assert_string_equal(entry_of(1)->state, RECORD_BEGUN);
    assert_string_equal(step_states(1), "running, planned, planned");
}

/* Entries are counted on, and the record knows what it says already. */
static void test_what_the_record_lacks(void **state)
{
    (void)state;
    begin_apply();
    assert_true(journal_finish(&journal, snapshot_of(arena, made), &error));
    journal_close(&journal);
    open_journal();
    assert_int_equal(journal.entry.number, 2);
    assert_false(journal_lacks(&journal, digest(made)));
    assert_true(journal_lacks(&journal, digest(empty)));
}

/* What came in between is said, but not where a baseline takes it as it is. */
static void test_somebody_changed_the_schema(void **state)
{
    (void)state;
    begin_apply();
    assert_true(journal_finish(&journal, snapshot_of(arena, made), &error));
    journal_close(&journal);
    notes.count = 0;
    open_journal();
    assert_true(journal_begin(&journal, digest(empty), &error));
    assert_int_equal(notes.count, 1);
    assert_non_null(strstr(notes.items[0], "is not what entry 1 left behind"));
    assert_true(journal_finish(&journal, snapshot_of(arena, made), &error));
    journal_close(&journal);
    notes.count = 0;
    options.entry.kind = "baseline";
    open_journal();
    assert_true(journal_begin(&journal, digest(empty), &error));
    assert_int_equal(notes.count, 0);
}

/* Without a record every call is silently good. */
static bool cannot_make(struct connection *connection, const struct record_table *const *tables,
                        size_t count, struct error *why)
{
    (void)connection;
    (void)tables;
    (void)count;
    return error_set(why, ERROR_SERVER, "permission denied");
}

static bool finds_none(struct connection *connection, const struct record_table *const *tables,
                       size_t count, bool *found, struct error *why)
{
    (void)connection;
    (void)tables;
    (void)count;
    (void)why;
    *found = false;
    return true;
}

static const struct dialect_recording unwritable = {.find = finds_none, .make = cannot_make};

static void test_without_a_record(void **state)
{
    struct error why = {.code = ERROR_SERVER, .message = "no"};

    (void)state;
    store_close(store);
    dialect.recording = &unwritable;
    options.store = store = store_of_database(&dialect, &server);
    begin_apply();
    assert_false(journal.active);
    assert_int_equal(error.code, ERROR_NONE);
    assert_string_equal(notes.items[0], "no record is kept: permission denied");
    assert_true(journal_step_starts(&journal, 0, &error));
    journal_step_ran(&journal, 0, 1);
    assert_true(journal_steps_done(&journal, 0, 1, &error));
    assert_true(journal_finish(&journal, NULL, &error));
    journal_fail(&journal, 1, 0, 0, NULL, &why);
    assert_false(journal_lacks(&journal, "x"));
}

/* A database that can only be read is left alone, its record too; one in a file is written. */
static void test_read_only(void **state)
{
    (void)state;
    server.read_only = true;
    open_journal();
    assert_true(journal.active);
    journal_close(&journal);
    store_close(store);
    dialect.recording = &unwritable;
    options.store = store = store_of_database(&dialect, &server);
    open_journal();
    assert_false(journal.active);
    assert_int_equal(error.code, ERROR_NONE);
}

static void test_two_writers(void **state)
{
    struct store *other = store_of_file(path, &error);
    bool taken;

    (void)state;
    assert_true(store_lock(other, &taken, &error) && taken);
    assert_false(journal_open(&journal, &options, &plan, &server, "", &error));
    assert_int_equal(error.code, ERROR_REFUSED);
    assert_string_equal(error.message,
                        arena_printf(arena, "another plumb apply is writing to %s", path));
    store_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_record_begins, begin, end),
        cmocka_unit_test_setup_teardown(test_steps, begin, end),
        cmocka_unit_test_setup_teardown(test_the_schema_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(test_a_step_fails, begin, end),
        cmocka_unit_test_setup_teardown(test_a_group_is_rolled_back, begin, end),
        cmocka_unit_test_setup_teardown(test_the_connection_is_lost, begin, end),
        cmocka_unit_test_setup_teardown(test_what_the_record_lacks, begin, end),
        cmocka_unit_test_setup_teardown(test_somebody_changed_the_schema, begin, end),
        cmocka_unit_test_setup_teardown(test_without_a_record, begin, end),
        cmocka_unit_test_setup_teardown(test_read_only, begin, end),
        cmocka_unit_test_setup_teardown(test_two_writers, begin, end),
    };

    return RUN(tests);
}
