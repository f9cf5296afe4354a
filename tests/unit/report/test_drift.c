/* Drift, the record and their sum as people and programs see them: report/drift.c, report/history.c,
 * report/status.c, on a fake server with a record in a file. */
#include "../fake_server.h"

#include <jansson.h>

#include "report/drift.h"
#include "report/history.h"
#include "report/status.h"

static struct arena *arena;
static struct dialect dialect;
static struct connection server;
static struct store *store;
static struct error error;
static char path[32];
static const struct dialect_scripts scripts = {0};

#define TABLE(type) "s = schema s", "t = table t in s", "a = column a in t | type = " type
static const char *const recorded[] = {TABLE("int"), NULL};
static const char *const live[] = {TABLE("bigint"), "b = column b in t | type = te<t", NULL};
static const char *const wanted[] = {TABLE("text"), "c = column c in t | type = int", NULL};

static int begin(void **state)
{
    struct record_entry entry = {.number = 1,
                                 .kind = "apply",
                                 .state = RECORD_DONE,
                                 .actor = "me",
                                 .begun = "2026-01-31T12:00:00Z",
                                 .server_version = 1};

    (void)state;
    snprintf(path, sizeof(path), "/tmp/plumb-report-XXXXXX");
    arena = arena_new();
    dialect = fake_server();
    dialect.scripts = &scripts;
    server = (struct connection){0};
    error = (struct error){0};
    store = new_store(path);
    assert_true(record_make(store, &error));
    entry.after = put_schema(store, arena, recorded);
    assert_true(record_write_entry(store, &entry, &error));
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

static struct drift *drift_of(const char *const *shown, const char *const *asked)
{
    struct drift_options options = {0};
    struct drift *drift;

    server.catalog = shown;
    drift = drift_compute(&dialect, &server, store, "here",
                          asked ? snapshot_of(arena, asked) : NULL, &options, &error);
    assert_non_null(drift);
    return drift;
}

/* The report, in the arena; frees the drift. */
static const char *report(struct drift *drift, enum drift_format format, bool adopt)
{
    struct buffer out = BUFFER_EMPTY;

    report_drift(drift, format, adopt, &out);
    drift_free(drift);
    return buffer_take(&out, arena);
}

static void test_no_drift(void **state)
{
    (void)state;
    assert_string_equal(report(drift_of(recorded, NULL), DRIFT_AS_TEXT, false),
                        "no drift since entry 1 (apply, 2026-01-31T12:00:00Z by me) in here\n");
    assert_non_null(strstr(report(drift_of(recorded, NULL), DRIFT_AS_PROMETHEUS, false),
                           "plumb_drift{target=\"here\"} 0\n"));
    assert_string_equal(report(drift_of(recorded, NULL), DRIFT_AS_JUNIT, false),
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                        "  <testsuite name=\"here\" tests=\"1\" failures=\"0\" skipped=\"0\">\n"
                        "    <testcase classname=\"plumb.drift\" name=\"drift\"/>\n"
                        "  </testsuite>\n</testsuites>\n");
}

static void test_text(void **state)
{
    (void)state;
    assert_string_equal(
        report(drift_of(live, wanted), DRIFT_AS_TEXT, true),
        "drift since entry 1 (apply, 2026-01-31T12:00:00Z by me) in here\n"
        "\n"
        "~ changed column s.t.a (and wanted otherwise)\n"
        "    type: int -> bigint\n"
        "+ added column s.t.b\n"
        "    type: te<t\n"
        "\n"
        "pending: 1\n"
        "+ added column s.t.c\n"
        "    type: int\n"
        "\n"
        "to put it back:\n"
        "\n"
        "drop column s.t.b;\n"
        "alter column s.t.a: type;\n"
        "\n"
        "to adopt it, in the wanted files:\n"
        "\n"
        "alter column s.t.a: type;\n"
        "create column s.t.b;\n"
        "\n"
        "plumb pull writes that into the files, in place; plumb baseline then takes the "
        "database as it is\n"
        "\n"
        "1 added, 0 removed, 1 changed\n");
    assert_non_null(
        strstr(report(drift_of(live, NULL), DRIFT_AS_COLOURED_TEXT, false), "\033[32m+"));
}

static void test_for_monitoring(void **state)
{
    const char *text = report(drift_of(live, NULL), DRIFT_AS_PROMETHEUS, false);

    (void)state;
    assert_non_null(strstr(text, "plumb_drift{target=\"here\"} 1\n"));
    assert_non_null(strstr(text, "plumb_drift_objects{target=\"here\",change=\"added\"} 1\n"));
    assert_non_null(strstr(text, "plumb_drift_objects{target=\"here\",change=\"removed\"} 0\n"));
    assert_non_null(strstr(text, "plumb_drift_objects{target=\"here\",change=\"changed\"} 1\n"));
    assert_non_null(strstr(text, "plumb_record_entry{target=\"here\"} 1\n"));
}

/* What stands in XML is escaped. */
static void test_for_ci(void **state)
{
    const char *text = report(drift_of(live, NULL), DRIFT_AS_JUNIT, false);

    (void)state;
    assert_non_null(strstr(text, "tests=\"2\" failures=\"2\" skipped=\"0\""));
    assert_non_null(strstr(text, "name=\"column s.t.b\">\n      <failure message=\"added\">"));
    assert_non_null(strstr(text, "te&lt;t"));
}

static void test_statements(void **state)
{
    (void)state;
    assert_string_equal(report(drift_of(live, NULL), DRIFT_AS_SQL, false),
                        "set quiet;\n\nBEGIN;\n\n"
                        "-- drop-column: drops a column with its values\n"
                        "drop column s.t.b;\n\nalter column s.t.a: type;\n\nCOMMIT;\n");
    assert_non_null(
        strstr(report(drift_of(live, NULL), DRIFT_AS_SQL, true), "create column s.t.b;"));
}

static const char *text_at(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static void test_json(void **state)
{
    json_t *root = json_loads(report(drift_of(live, wanted), DRIFT_AS_JSON, false), 0, NULL);
    const json_t *changes;
    const json_t *field;

    (void)state;
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "format")), 1);
    assert_string_equal(text_at(root, "target"), "here");
    assert_string_equal(text_at(root, "status"), "drift");
    changes = json_object_get(root, "changes");
    assert_int_equal(json_array_size(changes), 3);
    assert_string_equal(text_at(json_array_get(changes, 0), "share"), "conflict");
    assert_string_equal(text_at(json_array_get(changes, 0), "path"), "s.t.a");
    assert_string_equal(text_at(json_array_get(changes, 1), "change"), "added");
    assert_string_equal(text_at(json_array_get(changes, 2), "share"), "pending");
    field = json_array_get(json_object_get(json_array_get(changes, 0), "fields"), 0);
    assert_string_equal(text_at(field, "name"), "type");
    assert_string_equal(text_at(field, "before"), "int");
    assert_string_equal(text_at(field, "now"), "bigint");
    assert_int_equal(json_array_size(json_object_get(root, "put_back")), 2);
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(root, "recorded"), "entry")), 1);
    json_decref(root);
}

static void test_a_running_apply(void **state)
{
    (void)state;
    server.holder = "process 1";
    assert_string_equal(report(drift_of(live, NULL), DRIFT_AS_TEXT, false),
                        "an apply is running in here: process 1\n");
    assert_non_null(strstr(report(drift_of(live, NULL), DRIFT_AS_JUNIT, false),
                           "<skipped message=\"an apply is running\"/>"));
    assert_non_null(strstr(report(drift_of(live, NULL), DRIFT_AS_PROMETHEUS, false),
                           "plumb_applying{target=\"here\"} 1\n"));
}

/* --- the record ----------------------------------------------------------------------------------- */

static struct record_entry list[] = {{.number = 1,
                                      .kind = "apply",
                                      .state = RECORD_DONE,
                                      .begun = "b1",
                                      .actor = "me",
                                      .steps = 1,
                                      .steps_done = 1,
                                      .message = "first\nsecond line"},
                                     {.number = 2,
                                      .kind = "revert",
                                      .state = RECORD_BEGUN,
                                      .begun = "b2",
                                      .actor = "y\033ou",
                                      .steps = 2,
                                      .files = "d1 a.sql\nd2 b.sql\n",
                                      .git_commit = "c0ffee"}};

static void test_history(void **state)
{
    struct record_entries entries = {list, 2};
    struct record_entries none = {0};
    struct buffer out = BUFFER_EMPTY;
    json_t *root;

    (void)state;
    report_history(&entries, false, false, &out);
    assert_string_equal(buffer_text(&out), "#2 b2, revert, begun, by y\\x1bou, 0 of 2 steps\n"
                                           "#1 b1, apply, done, by me, 1 of 1 step: first\n");
    buffer_truncate(&out, 0);
    report_history(&none, false, false, &out);
    assert_string_equal(buffer_text(&out), "nothing is recorded\n");
    buffer_truncate(&out, 0);
    report_history(&entries, true, false, &out);
    root = json_loads(buffer_text(&out), 0, NULL);
    assert_int_equal(json_array_size(json_object_get(root, "entries")), 2);
    assert_string_equal(text_at(json_array_get(json_object_get(root, "entries"), 0), "kind"),
                        "revert");
    json_decref(root);
    buffer_free(&out);
}

static void test_entry(void **state)
{
    struct record_step steps[] = {{.number = 1,
                                   .state = STEP_DONE,
                                   .action = "create",
                                   .object = "table s.t",
                                   .sql = "CREATE x",
                                   .seconds = 0.25},
                                  {.number = 2,
                                   .state = STEP_PLANNED,
                                   .action = "drop",
                                   .object = "table s.u",
                                   .sql = "DROP y",
                                   .seconds = -1}};
    struct record_step_list all = {steps, 2};
    struct buffer out = BUFFER_EMPTY;
    const json_t *statements;
    json_t *root;

    (void)state;
    report_entry(&list[1], &all, false, false, &out);
    assert_string_equal(buffer_text(&out), "#2 b2, revert, begun, by y\\x1bou, 0 of 2 steps\n"
                                           "  file           d1 a.sql\n"
                                           "  file           d2 b.sql\n"
                                           "  commit         c0ffee\n"
                                           "\n"
                                           "  [1] create table s.t: done, 0.250 s\n"
                                           "      CREATE x;\n"
                                           "\n"
                                           "  [2] drop table s.u: planned\n"
                                           "      DROP y;\n");
    buffer_truncate(&out, 0);
    report_entry(&list[1], &all, true, false, &out);
    root = json_loads(buffer_text(&out), 0, NULL);
    statements = json_object_get(root, "statements");
    assert_int_equal(json_array_size(statements), 2);
    assert_true(json_is_null(json_object_get(json_array_get(statements, 1), "seconds")));
    assert_string_equal(text_at(json_array_get(json_object_get(root, "files"), 1), "path"),
                        "b.sql");
    json_decref(root);
    buffer_free(&out);
}

static const char *status_text(const struct status *status, bool json)
{
    struct buffer out = BUFFER_EMPTY;

    report_status(status, json, &out);
    return buffer_take(&out, arena);
}

static void test_status(void **state)
{
    struct status status = {.target = "here", .store = "the database"};
    struct drift *drift;

    (void)state;
    assert_false(status_differs(&status));
    assert_string_equal(status_text(&status, false), "target:  here\nrecord:  none\n"
                                                     "drift:   unknown: nothing to compare with\n"
                                                     "lock:    nobody holds it\n");
    status.has_record = true;
    status.entries = (struct record_entries){list, 2};
    status.drift = drift = drift_of(live, wanted);
    status.rest = drift->rest;
    assert_true(status_differs(&status));
    assert_string_equal(
        status_text(&status, false),
        "target:  here\n"
        "record:  2 entries in the database, the last one b2: #2 revert, begun, by y\\x1bou\n"
        "         entry 2 was interrupted: apply --resume or --abandon\n"
        "drift:   2 objects differ since entry 1\n"
        "pending: 3 steps\n"
        "lock:    nobody holds it\n");
    assert_non_null(strstr(status_text(&status, true), "\"unfinished\": 2"));
    /* Who holds the lock is at it: nothing was interrupted. */
    status.holder = "process 1";
    assert_null(status_unfinished(&status));
    assert_non_null(strstr(status_text(&status, true), "\"unfinished\": null"));
    drift_free(drift);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_drift, begin, end),
        cmocka_unit_test_setup_teardown(test_text, begin, end),
        cmocka_unit_test_setup_teardown(test_for_monitoring, begin, end),
        cmocka_unit_test_setup_teardown(test_for_ci, begin, end),
        cmocka_unit_test_setup_teardown(test_statements, begin, end),
        cmocka_unit_test_setup_teardown(test_json, begin, end),
        cmocka_unit_test_setup_teardown(test_a_running_apply, begin, end),
        cmocka_unit_test_setup_teardown(test_history, begin, end),
        cmocka_unit_test_setup_teardown(test_entry, begin, end),
        cmocka_unit_test_setup_teardown(test_status, begin, end),
    };

    return RUN(tests);
}
