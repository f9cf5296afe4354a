/* The record in a database, through a dialect (record/store.c, record/tables.c), and who writes it
 * (record/origin.c). */
#include "../support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "record/record.h"
#include "record/tables.h"

struct connection {
    struct buffer log;
    bool there;
};

static bool find(struct connection *connection, const struct record_table *const *tables,
                 size_t count, bool *found, struct error *error)
{
    (void)error;
    assert_int_equal(count, record_table_count);
    assert_ptr_equal(tables[0], &record_meta);
    buffer_append(&connection->log, "find;");
    *found = connection->there;
    return true;
}

static bool make(struct connection *connection, const struct record_table *const *tables,
                 size_t count, struct error *error)
{
    (void)tables;
    (void)count;
    (void)error;
    buffer_append(&connection->log, "make;");
    return connection->there = true;
}

static bool put(struct connection *connection, const struct record_table *table,
                const struct record_rows *rows, struct error *error)
{
    (void)error;
    buffer_printf(&connection->log, "put %zu %s;", rows->count, table->name);
    return true;
}

static bool get(struct connection *connection, const struct record_query *query,
                struct arena *arena, struct record_rows *rows, struct error *error)
{
    (void)arena;
    (void)error;
    buffer_printf(&connection->log, "get %s;", query->table->name);
    *rows = (struct record_rows){0};
    return true;
}

static bool begin(struct connection *connection, struct error *error)
{
    (void)error;
    buffer_append(&connection->log, "begin;");
    return true;
}

static bool commit(struct connection *connection, struct error *error)
{
    (void)error;
    buffer_append(&connection->log, "commit;");
    return true;
}

static void roll_back(struct connection *connection)
{
    buffer_append(&connection->log, "rollback;");
}

static const struct dialect_recording recording = {
    .find = find, .make = make, .put = put, .get = get};
static const struct dialect_running transactional = {
    .begin = begin, .commit = commit, .rollback = roll_back};
static const struct dialect_running committing = {.ddl_commits = true};
static const struct dialect keeps = {
    .name = "fake", .recording = &recording, .running = &transactional};
static const struct dialect keeps_none = {.name = "fake", .running = &committing};

static void test_each_call_reaches_the_dialect(void **state)
{
    struct connection connection = {0};
    struct store *store = store_of_database(&keeps, &connection);
    struct record_step step = {.number = 1, .state = STEP_PLANNED, .seconds = -1};
    struct record_step_list steps;
    struct arena *arena = arena_new();
    struct error error = {0};
    bool answer;

    (void)state;
    assert_string_equal(store_name(store), "the database");
    assert_true(store_is_transactional(store));
    assert_false(store_is_elsewhere(store));
    assert_true(store_find(store, &answer, &error) && !answer);
    assert_true(store_lock(store, &answer, &error) && answer); /* the lock of the apply does */
    assert_true(store_make(store, &error));
    assert_true(store_begin(store, &error));
    assert_true(record_write_steps(store, 7, &step, 1, &error));
    assert_true(record_write_steps(store, 7, NULL, 0, &error)); /* nothing is nothing to be sent */
    store_rollback(store);
    assert_true(store_begin(store, &error) && store_commit(store, &error));
    assert_true(record_read_steps(store, 7, arena, &steps, &error));
    assert_int_equal(steps.count, 0);
    assert_string_equal(buffer_text(&connection.log),
                        arena_printf(arena,
                                     "find;make;begin;put 1 %s;rollback;begin;commit;get %s;",
                                     record_steps.name, record_steps.name));
    store_close(store);
    buffer_free(&connection.log);
    arena_free(arena);
}

/* A dialect that keeps no record is asked nothing. */
static void test_a_dialect_without(void **state)
{
    struct store *store = store_of_database(&keeps_none, NULL);
    struct error error = {0};
    bool found = true;

    (void)state;
    assert_false(store_is_transactional(store)); /* what commits by itself undoes nothing */
    assert_true(store_find(store, &found, &error) && !found);
    assert_false(store_make(store, &error));
    assert_int_equal(error.code, ERROR_SERVER);
    assert_string_equal(error.message, "plumb keeps no record in a database of fake");
    store_close(store);
    store_close(NULL);
}

/* --- who and when ------------------------------------------------------------------------------- */

static void test_actor(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    setenv("PLUMB_ACTOR", "somebody", 1);
    assert_string_equal(origin_actor(arena), "somebody");
    setenv("PLUMB_ACTOR", "", 1);
    assert_true(*origin_actor(arena) && strcmp(origin_actor(arena), "somebody") != 0);
    unsetenv("PLUMB_ACTOR");
    arena_free(arena);
}

/* A page needs all of its parts; plumb's own variable comes first. */
static void test_run_url(void **state)
{
    static const char *const all[] = {"PLUMB_RUN_URL",
                                      "GITHUB_SERVER_URL",
                                      "GITHUB_REPOSITORY",
                                      "GITHUB_RUN_ID",
                                      "CI_JOB_URL",
                                      "CI_PIPELINE_URL",
                                      "BUILD_URL",
                                      "BUILDKITE_BUILD_URL",
                                      "CIRCLE_BUILD_URL",
                                      "TRAVIS_BUILD_WEB_URL",
                                      "SYSTEM_COLLECTIONURI",
                                      "SYSTEM_TEAMPROJECT",
                                      "BUILD_BUILDID",
                                      "CI_PIPELINE_FORGE_URL"};
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        unsetenv(all[i]);
    assert_null(origin_run_url(arena));
    setenv("GITHUB_SERVER_URL", "https://git.example", 1);
    setenv("GITHUB_REPOSITORY", "a/b", 1);
    assert_null(origin_run_url(arena));
    setenv("BUILD_URL", "https://ci.example/1", 1);
    assert_string_equal(origin_run_url(arena), "https://ci.example/1");
    setenv("GITHUB_RUN_ID", "42", 1);
    assert_string_equal(origin_run_url(arena), "https://git.example/a/b/actions/runs/42");
    setenv("PLUMB_RUN_URL", "https://own.example", 1);
    assert_string_equal(origin_run_url(arena), "https://own.example");
    arena_free(arena);
}

static void test_now(void **state)
{
    struct arena *arena = arena_new();
    const char *now = origin_now(arena);
    int year, month, day, hour, minute, second, end = 0;

    (void)state;
    assert_int_equal(sscanf(now, "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour, &minute,
                            &second, &end),
                     6);
    assert_int_equal(end, strlen(now));
    assert_true(year >= 2024);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_call_reaches_the_dialect),
        cmocka_unit_test(test_a_dialect_without),
        cmocka_unit_test(test_actor),
        cmocka_unit_test(test_run_url),
        cmocka_unit_test(test_now),
    };

    return RUN(tests);
}
