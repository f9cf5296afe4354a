/* What is said of live, recorded and wanted: drift/drift.c, on a fake server with a record in a file. */
#include "../fake_server.h"

#include "drift/drift.h"

static struct arena *arena;
static struct dialect dialect;
static struct connection server;
static struct store *store;
static struct error error;
static char path[32];

static int begin(void **state)
{
    (void)state;
    snprintf(path, sizeof(path), "/tmp/plumb-drift-XXXXXX");
    arena = arena_new();
    dialect = fake_server();
    server = (struct connection){0};
    error = (struct error){0};
    store = new_store(path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    store_close(store);
    unlink(path);
    arena_free(arena);
    return 0;
}

#define TABLE                                                                                      \
    "s = schema s", "t = table t in s | column_order = a,b", "a = column a in t | type = int"
static const char *const recorded[] = {TABLE, "b = column b in t | type = int", NULL};
static const char *const wider[] = {TABLE, "b = column b in t | type = bigint", NULL};
static const char *const text[] = {TABLE, "b = column b in t | type = text", NULL};
static const char *const gone[] = {"s = schema s", "t = table t in s | column_order = a",
                                   "a = column a in t | type = int", NULL};

static void record(int64_t number, const char *state, const char *after)
{
    struct record_entry entry = {
        .number = number, .kind = "apply", .state = state, .after = after, .server_version = 1};

    if (number == 1)
        assert_true(record_make(store, &error));
    assert_true(record_write_entry(store, &entry, &error));
}

static struct drift *drift_of(const char *const *live, const char *const *wanted)
{
    struct drift_options options = {0};

    server.catalog = live;
    return drift_compute(&dialect, &server, store, "here",
                         wanted ? snapshot_of(arena, wanted) : NULL, &options, &error);
}

/* The shares of all items, in one text. */
static const char *shares_of(const struct drift *drift)
{
    static const char *const words[] = {"alone", "pending", "as wanted", "conflict"};
    struct text_list all = {0};

    for (size_t i = 0; i < drift->count; i++)
        text_list_add(&all, arena, words[drift->items[i].share]);
    return text_list_join(&all, arena, ", ");
}

static void expect(const char *const *live, const char *const *wanted, const char *shares)
{
    struct drift *drift = drift_of(live, wanted);

    assert_non_null(drift);
    assert_int_equal(drift->status, drift->drifted ? DRIFT_FOUND : DRIFT_NONE);
    assert_string_equal(shares_of(drift), shares);
    drift_free(drift);
}

static void test_needs_a_record(void **state)
{
    (void)state;
    assert_null(drift_of(recorded, NULL));
    assert_int_equal(error.code, ERROR_REFUSED);
    assert_string_equal(error.message, "there is no record of here");
    assert_true(*error.hint);
}

/* Equal digests end it: the record's schema need not even be there. */
static void test_equal_digests_end_it(void **state)
{
    struct drift *drift;

    (void)state;
    record(1, RECORD_DONE, digest_of_snapshot(arena, snapshot_of(arena, recorded)));
    drift = drift_of(recorded, NULL);
    assert_non_null(drift);
    assert_true(drift->same_digest);
    assert_null(drift->adopt);
    assert_null(drift->back);
    assert_int_equal(drift->status, DRIFT_NONE);
    assert_int_equal(server.reads, 1);
    drift_free(drift);
}

static void test_shares(void **state)
{
    (void)state;
    assert_true(record_make(store, &error));
    record(1, RECORD_DONE, put_schema(store, arena, recorded));
    expect(wider, NULL, "alone");
    expect(wider, recorded, "alone");
    expect(recorded, wider, "pending");
    expect(wider, wider, "as wanted");
    expect(wider, text, "conflict");
    expect(recorded, recorded, "");
}

/* Both ways: what puts it back, and what takes it over. */
static void test_plans(void **state)
{
    struct drift *drift;

    (void)state;
    assert_true(record_make(store, &error));
    record(1, RECORD_DONE, put_schema(store, arena, recorded));
    drift = drift_of(wider, text);
    assert_non_null(drift);
    assert_int_equal(drift->back->steps.count, 1);
    assert_int_equal(drift->adopt->steps.count, 1);
    assert_string_equal(as_column(drift->adopt->deltas.items[0].before)->type, "int");
    assert_string_equal(as_column(drift->adopt->deltas.items[0].after)->type, "bigint");
    assert_string_equal(as_column(drift->back->deltas.items[0].after)->type, "int");
    assert_string_equal(as_column(drift->rest->deltas.items[0].before)->type, "bigint");
    assert_string_equal(as_column(drift->pending->deltas.items[0].before)->type, "int");
    drift_free(drift);
}

/* That a column is gone says all; the order of the table's columns follows from it. */
static void test_what_follows_from_parts_is_not_said(void **state)
{
    struct drift *drift;

    (void)state;
    assert_true(record_make(store, &error));
    record(1, RECORD_DONE, put_schema(store, arena, recorded));
    drift = drift_of(gone, NULL);
    assert_non_null(drift);
    assert_int_equal(drift->adopt->deltas.count, 2);
    assert_int_equal(drift->drifted, 1);
    assert_int_equal(drift->items[0].delta->change, DELTA_REMOVED);
    for (size_t i = 0; i < drift->adopt->deltas.count; i++)
        if (drift->adopt->deltas.items[i].change == DELTA_CHANGED) {
            assert_int_equal(drift_fields(&drift->adopt->deltas.items[i]), 0);
            assert_false(drift_says(&drift->adopt->deltas.items[i]));
        }
    drift_free(drift);
}

/* While an apply runs nothing can be said. */
static void test_a_running_apply(void **state)
{
    struct drift *drift;

    (void)state;
    assert_true(record_make(store, &error));
    record(1, RECORD_DONE, put_schema(store, arena, recorded));
    server.holder = "process 1";
    drift = drift_of(wider, NULL);
    assert_non_null(drift);
    assert_int_equal(drift->status, DRIFT_APPLYING);
    assert_string_equal(drift->holder, "process 1");
    assert_null(drift->adopt);
    drift_free(drift);
}

/* The last entry that says a schema counts; one without an outcome after it is told. */
static void test_unfinished(void **state)
{
    struct drift *drift;

    (void)state;
    assert_true(record_make(store, &error));
    record(1, RECORD_DONE, put_schema(store, arena, recorded));
    record(2, RECORD_BEGUN, NULL);
    drift = drift_of(recorded, NULL);
    assert_non_null(drift);
    assert_true(drift->unfinished);
    assert_int_equal(drift->entry.number, 1);
    drift_free(drift);
}

static void test_globs_have_to_match(void **state)
{
    const char *globs[] = {"other", NULL};
    struct drift_options options = {.compare.schemas = globs, .must_match = globs};

    (void)state;
    assert_true(record_make(store, &error));
    record(1, RECORD_DONE, put_schema(store, arena, recorded));
    server.catalog = recorded;
    assert_null(drift_compute(&dialect, &server, store, "here", NULL, &options, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_non_null(strstr(error.message, "other"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_needs_a_record, begin, end),
        cmocka_unit_test_setup_teardown(test_equal_digests_end_it, begin, end),
        cmocka_unit_test_setup_teardown(test_shares, begin, end),
        cmocka_unit_test_setup_teardown(test_plans, begin, end),
        cmocka_unit_test_setup_teardown(test_what_follows_from_parts_is_not_said, begin, end),
        cmocka_unit_test_setup_teardown(test_a_running_apply, begin, end),
        cmocka_unit_test_setup_teardown(test_unfinished, begin, end),
        cmocka_unit_test_setup_teardown(test_globs_have_to_match, begin, end),
    };

    return RUN(tests);
}
