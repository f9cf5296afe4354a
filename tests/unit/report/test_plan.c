/* A plan as text, script and JSON: report/text.c, report/sql.c, report/dump.c, report/json.c over
 * report/json_value.c, and what they share (report/words.c). The plan is made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "report/report.h"

static const struct dialect_scripts fake_scripts = {};

static const struct dialect fake = {
    .name = "fake",
    .scripts = &fake_scripts,
};
static struct model *from;
static struct model *to;
static struct plan plan;

static struct object *add_table(struct model *model, const char *name)
{
    struct object *schema = model_find(model, KIND_SCHEMA, NULL, "app", NULL);

    if (!schema)
        schema = model_add(model, KIND_SCHEMA, NULL, "app", NULL);
    return model_add(model, KIND_TABLE, schema, name, NULL);
}

static struct step *add_step(enum step_action action, const struct object *object, const char *sql)
{
    struct step step = {.sql = sql, .action = action, .object = object};

    return step_list_add(&plan.steps, plan.arena, step);
}

static int begin(void **state)
{
    (void)state;
    from = model_new("old");
    to = model_new("new");
    plan = (struct plan){
        .arena = arena_new(), .dialect = &fake, .from = from, .to = to, .group_count = 1};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(plan.arena);
    model_free(from);
    model_free(to);
    return 0;
}

static void assert_text(void (*report)(const struct plan *plan, struct buffer *out),
                        const char *expected)
{
    struct buffer text = BUFFER_EMPTY;

    report(&plan, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_free(&text);
}

static void report_plain(const struct plan *shown, struct buffer *out)
{
    report_text(shown, false, out);
}

static void test_nothing(void **state)
{
    (void)state;
    assert_text(report_plain, "nothing to do\n");
    assert_text(report_sql, "");
    assert_text(report_dump, "");
    assert_text(report_summary, "nothing to do");
}

static void test_text(void **state)
{
    struct step *step;

    (void)state;
    add_step(ACTION_CREATE, add_table(to, "a"), "CREATE TABLE app.a (\n    id integer\n)");
    step = add_step(ACTION_DROP, add_table(from, "b"), "DROP TABLE app.b");
    step->hazards = UINT64_C(1) << HAZARD_DROP_TABLE;
    step->lock = LOCK_ACCESS_EXCLUSIVE;
    step->note = "look twice";
    assert_text(report_plain, "+ create table app.a\n"
                              "    CREATE TABLE app.a (\n"
                              "        id integer\n"
                              "    );\n"
                              "\n"
                              "- drop table app.b\n"
                              "    lock: access exclusive on table app.b\n"
                              "    ! drop-table: drops a table with its rows (has to be allowed)\n"
                              "    note: look twice\n"
                              "    DROP TABLE app.b;\n"
                              "\n"
                              "1 to create, 1 to drop\n");
}

static void test_replaced(void **state)
{
    (void)state;
    add_step(ACTION_DROP, add_table(from, "a"), "DROP TABLE app.a");
    add_step(ACTION_CREATE, add_table(to, "a"), "CREATE TABLE app.a ()");
    add_step(ACTION_RENAME, add_table(to, "b"), "ALTER TABLE app.c RENAME TO b");
    assert_text(report_summary, "1 to alter, 1 to replace");
}

static void test_script(void **state)
{
    struct step *step;

    (void)state;
    step_list_add(&plan.before, plan.arena, (struct step){.sql = "SET x = 1"});
    step_list_add(&plan.after, plan.arena, (struct step){.sql = "RESET x"});
    add_step(ACTION_CREATE, add_table(to, "a"), "CREATE TABLE app.a ()");
    step = add_step(ACTION_ALTER, add_table(to, "b"), "CREATE INDEX CONCURRENTLY i ON b (x)");
    step->transaction = TRANSACTION_NEVER;
    step->group = 1;
    step = add_step(ACTION_ALTER, add_table(to, "c"), "ALTER TABLE app.c -- why");
    step->hazards = UINT64_C(1) << HAZARD_MAY_FAIL;
    step->note = "two\nlines";
    step->group = 2;
    plan.group_count = 3;
    assert_text(report_sql, "SET x = 1;\n"
                            "\n"
                            "BEGIN;\n"
                            "\n"
                            "CREATE TABLE app.a ();\n"
                            "\n"
                            "COMMIT;\n"
                            "\n"
                            "-- outside a transaction\n"
                            "CREATE INDEX CONCURRENTLY i ON b (x);\n"
                            "\n"
                            "BEGIN;\n"
                            "\n"
                            "-- may-fail: fails where existing rows do not fit\n"
                            "-- two\n"
                            "-- lines\n"
                            "ALTER TABLE app.c -- why\n"
                            ";\n"
                            "\n"
                            "COMMIT;\n"
                            "\n"
                            "RESET x;\n");
    assert_text(report_dump, "SET x = 1;\n"
                             "\n"
                             "CREATE TABLE app.a ();\n"
                             "\n"
                             "CREATE INDEX CONCURRENTLY i ON b (x);\n"
                             "\n"
                             "ALTER TABLE app.c -- why\n"
                             ";\n"
                             "\n"
                             "RESET x;\n");
}

static const char *text_at(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static void add_changed_column(void)
{
    struct object *before = model_add(from, KIND_COLUMN, add_table(from, "t"), "c", NULL);
    struct object *after = model_add(to, KIND_COLUMN, add_table(to, "t"), "c", NULL);
    struct delta *delta = ARENA_NEW(plan.arena, struct delta);

    as_column(before)->type = "integer";
    as_column(after)->type = "bad \xff text";
    *delta = (struct delta){.change = DELTA_CHANGED, .before = before, .after = after};
    delta->changed = UINT64_C(1) << 0;
    plan.deltas = (struct delta_list){.items = delta, .count = 1, .room = 1};
    add_step(ACTION_ALTER, after, "ALTER ...")->hazards = UINT64_C(1) << HAZARD_NARROW_TYPE;
}

static void test_json(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    json_t *root;
    const json_t *step;
    const json_t *field;

    (void)state;
    add_changed_column();
    report_json(&plan, &text);
    root = json_loads(buffer_text(&text), 0, NULL);
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "format")), 1);
    assert_string_equal(text_at(json_object_get(root, "from"), "source"), "old");
    step = json_array_get(json_object_get(root, "steps"), 0);
    assert_string_equal(text_at(step, "action"), "alter");
    assert_string_equal(text_at(step, "object"), "column app.t.c");
    assert_string_equal(text_at(json_array_get(json_object_get(step, "hazards"), 0), "name"),
                        "narrow-type");
    field = json_array_get(
        json_object_get(json_array_get(json_object_get(root, "deltas"), 0), "fields"), 0);
    assert_string_equal(text_at(field, "name"), "type");
    assert_string_equal(text_at(field, "before"), "integer");
    assert_string_equal(text_at(field, "now"), "bad ? text");
    json_decref(root);
    buffer_free(&text);
}

static struct object *add_sized(const char *name, bool known, int64_t bytes)
{
    struct object *table = add_table(from, name);

    table->size = (struct table_size){.known = known, .rows = bytes / 100, .bytes = bytes};
    return table;
}

/* What the steps cost, where the target's sizes are known. */
static void test_costs(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    struct step *step;

    (void)state;
    from->knows_sizes = true;
    step = add_step(ACTION_ALTER, add_sized("big", true, INT64_C(4) << 30), "ALTER");
    step->lock = LOCK_ACCESS_EXCLUSIVE;
    step->rewrites = true;
    step = add_step(ACTION_ALTER, add_sized("small", true, 100), "CREATE INDEX");
    step->lock = LOCK_SHARE;
    step->scans = true;
    step = add_step(ACTION_ALTER, add_sized("unseen", false, 0), "CREATE INDEX");
    step->lock = LOCK_SHARE;
    step->scans = true;
    step = add_step(ACTION_ALTER, add_sized("touched", true, INT64_C(4) << 30), "ALTER");
    step->lock = LOCK_ACCESS_EXCLUSIVE;
    for (size_t i = 0; i < plan.steps.count; i++)
        plan.steps.items[i].group = (int)i;
    report_text(&plan, false, &text);
    assert_non_null(strstr(buffer_text(&text),
                           "on table app.big: blocks readers and writers, minutes; "
                           "rewrites 4.0 GB, about 42949672 rows\n"));
    assert_non_null(strstr(buffer_text(&text), "blocks writers, an instant; reads "));
    assert_non_null(strstr(buffer_text(&text), "blocks writers; reads a table of unknown size\n"));
    assert_non_null(strstr(buffer_text(&text), "blocks readers and writers for an instant\n"));
    assert_non_null(strstr(buffer_text(&text),
                           "table app.big: blocks readers and writers for minutes in all\n"));
    buffer_free(&text);
    report_json(&plan, &text);
    assert_non_null(strstr(buffer_text(&text), "\"estimate\": \"minutes\""));
    assert_non_null(strstr(buffer_text(&text), "\"estimate\": \"unknown\""));
    assert_non_null(strstr(buffer_text(&text), "\"bytes\": 4294967296"));
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_text, begin, end),
        cmocka_unit_test_setup_teardown(test_replaced, begin, end),
        cmocka_unit_test_setup_teardown(test_script, begin, end),
        cmocka_unit_test_setup_teardown(test_json, begin, end),
        cmocka_unit_test_setup_teardown(test_costs, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
