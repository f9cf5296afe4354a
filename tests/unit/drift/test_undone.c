/* Which steps of a plan take back what somebody changed in the database: drift/undone.c. */
#include "../fake_server.h"

#include "drift/undone.h"

static struct arena *arena;
static struct dialect dialect;
static struct connection server;
static struct store *store;
static struct error error;
static char path[32];

static int begin(void **state)
{
    (void)state;
    snprintf(path, sizeof(path), "/tmp/plumb-undone-XXXXXX");
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

#define TABLE(type) "s = schema s", "t = table t in s", "a = column a in t | type = " type
static const char *const as_int[] = {TABLE("int"), NULL};
static const char *const as_bigint[] = {TABLE("bigint"), NULL};
static const char *const as_text[] = {TABLE("text"), NULL};
static const char *const commented[] = {TABLE("int"), "d = default_value - in a | = 1", NULL};
static const char *const both[] = {TABLE("bigint"), "d = default_value - in a | = 1", NULL};

static void record(int64_t number, const char *state, const char *const *after)
{
    struct record_entry entry = {
        .number = number, .kind = "apply", .state = state, .server_version = 1};

    if (number == 1)
        assert_true(record_make(store, &error));
    entry.after = after ? put_schema(store, arena, after) : NULL;
    assert_true(record_write_entry(store, &entry, &error));
}

static const struct record_entry *entry_for(const char *const *live)
{
    const struct record_entry *entry;

    assert_true(undone_entry(store, digest_of_snapshot(arena, snapshot_of(arena, live)), arena,
                             &entry, &error));
    return entry;
}

static void test_entry(void **state)
{
    (void)state;
    assert_null(entry_for(as_int)); /* no record */
    record(1, RECORD_DONE, as_int);
    assert_null(entry_for(as_int)); /* nothing has drifted */
    assert_int_equal(entry_for(as_bigint)->number, 1);
    record(2, RECORD_BEGUN, NULL);
    assert_null(entry_for(as_bigint)); /* an interrupted apply's own doing */
}

/* Plans from live to wanted, with recorded in the record; gives how many steps undo drift. */
static size_t undone_steps(const char *const *recorded, const char *const *live,
                           const char *const *wanted, const char **note)
{
    struct compare_options compare = {0};
    struct world from = world_open(live, 0);
    struct world to = world_open(wanted, 0);
    struct undone_request request = {
        .dialect = &dialect, .connection = &server, .store = store, .compare = &compare};
    struct plan *plan;
    size_t count = 0;

    record(1, RECORD_DONE, recorded);
    request.entry = entry_for(live);
    assert_non_null(request.entry);
    request.live = snapshot_of(arena, live);
    request.wanted = snapshot_of(arena, wanted);
    from.model->server_version = 1;
    plan = compare_models(&dialect, NULL, from.model, to.model, &compare, &error);
    assert_non_null(plan);
    assert_true(undone_mark(plan, &request, &error));
    for (size_t i = 0; i < plan->steps.count; i++)
        count += plan->steps.items[i].hazards >> HAZARD_DRIFT & 1;
    assert_int_equal(plan->hazards >> HAZARD_DRIFT & 1, count > 0);
    *note = plan->notes.count ? arena_strdup(arena, plan->notes.items[0]) : "";
    plan_free(plan);
    world_free(&from);
    world_free(&to);
    return count;
}

static void test_a_change_that_is_taken_back(void **state)
{
    const char *note;

    (void)state;
    assert_int_equal(undone_steps(as_int, as_bigint, as_int, &note), 1);
    assert_string_equal(note, "");
}

/* Also where a third thing is wanted. */
static void test_a_change_that_is_written_over(void **state)
{
    const char *note;

    (void)state;
    assert_int_equal(undone_steps(as_int, as_bigint, as_text, &note), 1);
    assert_string_equal(note, "");
}

static void test_an_object_that_is_dropped_again(void **state)
{
    const char *note;

    (void)state;
    assert_int_equal(undone_steps(as_int, commented, as_int, &note), 1);
    assert_string_equal(note, "");
}

/* What the plan does not touch is noted. */
static void test_a_change_that_stays(void **state)
{
    const char *note;

    (void)state;
    assert_int_equal(undone_steps(as_int, commented, both, &note), 0);
    assert_string_equal(note,
                        "1 object was changed in the database since entry 1 and left as it is; "
                        "plumb drift shows what");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_entry, begin, end),
        cmocka_unit_test_setup_teardown(test_a_change_that_is_taken_back, begin, end),
        cmocka_unit_test_setup_teardown(test_a_change_that_is_written_over, begin, end),
        cmocka_unit_test_setup_teardown(test_an_object_that_is_dropped_again, begin, end),
        cmocka_unit_test_setup_teardown(test_a_change_that_stays, begin, end),
    };

    return RUN(tests);
}
