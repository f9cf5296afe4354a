/* The public interface, used as a program outside would use it: only plumb.h, on files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plumb.h"

static char folder[64];
static char paths[2][96];
static struct plumb_error *error;

static int begin(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE a (id integer, gone text);\nCREATE TABLE b (id integer);\n",
        "CREATE TABLE a (id integer);\nCREATE TABLE c (id integer);\n",
    };

    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/plumb-api-XXXXXX");
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 2; i++) {
        FILE *stream;

        snprintf(paths[i], sizeof(paths[i]), "%s/%d.sql", folder, i);
        stream = fopen(paths[i], "w");
        assert_non_null(stream);
        fputs(texts[i], stream);
        fclose(stream);
    }
    error = plumb_error_new();
    return 0;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    plumb_error_free(error);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

static struct plumb_plan *make_plan(void)
{
    struct plumb_model *target = plumb_load(paths[0], NULL, error);
    struct plumb_model *wanted = plumb_load(paths[1], NULL, error);
    struct plumb_plan *plan;

    assert_non_null(target);
    assert_non_null(wanted);
    assert_string_equal(plumb_model_name(target), paths[0]);
    assert_false(plumb_model_is_live(target));
    assert_null(plumb_model_note(target, 0));
    plan = plumb_diff(target, wanted, NULL, error);
    assert_non_null(plan);
    return plan;
}

static void test_plan(void **state)
{
    struct plumb_plan *plan = make_plan();
    size_t count = plumb_plan_count(plan);
    bool found = false;
    uint64_t hazards;
    char *text;

    (void)state;
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        const struct plumb_step *step = plumb_plan_step(plan, i);

        assert_int_equal(plumb_step_transaction(step), PLUMB_TRANSACTION_ANY);
        text = plumb_object_print(plumb_step_object(step));
        if (strcmp(text, "table public.b") == 0) {
            found = true;
            assert_int_equal(plumb_step_action(step), PLUMB_DROP);
            assert_string_equal(plumb_action_name(plumb_step_action(step)), "drop");
            assert_true(plumb_hazards("drop-table", &hazards, error));
            assert_true(plumb_step_hazards(step) == hazards);
            assert_string_equal(plumb_step_sql(step), "DROP TABLE public.b");
            assert_int_equal(plumb_step_lock(step), PLUMB_LOCK_ACCESS_EXCLUSIVE);
        }
        plumb_text_free(text);
    }
    assert_true(found);
    assert_null(plumb_plan_step(plan, count));
    text = plumb_plan_print(plan, PLUMB_SUMMARY, error);
    assert_string_equal(text, "1 to create, 2 to drop");
    plumb_text_free(text);
    assert_null(plumb_plan_print(plan, PLUMB_JUNIT, error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_null(plumb_plan_print(plan, (enum plumb_format)99, error));
    plumb_plan_free(plan);
}

static void test_refusals(void **state)
{
    struct plumb_plan *plan = make_plan();
    struct plumb_apply_options options = PLUMB_APPLY_OPTIONS_INIT;
    struct plumb_apply_result result = PLUMB_APPLY_RESULT_INIT;

    (void)state;
    assert_false(plumb_apply(plan, &options, &result, error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_non_null(strstr(plumb_error_message(error), "is not a database"));
    assert_false(plumb_plan_check(plan, &options, NULL));
    plumb_plan_free(plan);
}

/* What may be lost is named by object, what is denied by a size. */
static void test_policy(void **state)
{
    static const char *const right[] = {"all=*", "drop-table=public.other", NULL};
    static const char *const denied[] = {"drop-table", "rewrite-table:1GB", NULL};
    static const char *const mistyped[] = {"drop-tabel=public.b", NULL};
    static const char *const no_size[] = {"drop-table:big", NULL};

    (void)state;
    assert_true(plumb_policy_check(right, denied, error));
    assert_true(plumb_policy_check(NULL, NULL, error));
    assert_false(plumb_policy_check(mistyped, NULL, error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_false(plumb_policy_check(NULL, no_size, error));
}

static void test_hazards(void **state)
{
    uint64_t hazards;

    (void)state;
    assert_true(plumb_hazards("drop-table, drop-column", &hazards, error));
    assert_true(hazards != 0 && hazards != UINT64_MAX);
    assert_true(plumb_hazards("all", &hazards, error));
    assert_true(hazards == UINT64_MAX);
    assert_true(plumb_hazards("", &hazards, error));
    assert_true(hazards == 0);
    assert_false(plumb_hazards("drop-tables", &hazards, error));
    assert_string_equal(plumb_error_hint(error), "Did you mean drop-table?");
}

static void test_dump(void **state)
{
    struct plumb_model *model = plumb_load(paths[1], NULL, error);
    struct plumb_plan *plan = plumb_diff_empty(model, NULL, error);
    char split[96];
    char *text;

    (void)state;
    assert_non_null(plan);
    text = plumb_plan_print(plan, PLUMB_DUMP, error);
    assert_string_equal(text, "CREATE TABLE public.a (\n    id integer\n);\n\n"
                              "CREATE TABLE public.c (\n    id integer\n);\n");
    plumb_text_free(text);
    snprintf(split, sizeof(split), "%s/split", folder);
    assert_true(plumb_plan_split(plan, split, NULL, NULL, error));
    plumb_plan_free(plan);

    /* What was written is the same again. */
    plan =
        plumb_diff(plumb_load(split, NULL, error), plumb_load(paths[1], NULL, error), NULL, error);
    assert_non_null(plan);
    assert_int_equal(plumb_plan_count(plan), 0);
    plumb_plan_free(plan);
}

static void test_place_of_an_error(void **state)
{
    FILE *stream = fopen(paths[0], "w");

    (void)state;
    assert_non_null(stream);
    fputs("CREATE TABLE a (\n    id nosuch\n);\n", stream);
    fclose(stream);
    assert_null(plumb_load(paths[0], NULL, error));
    assert_string_equal(plumb_error_file(error), paths[0]);
    assert_int_equal(plumb_error_line(error), 2);
    assert_int_equal(plumb_error_column(error), 8);
    assert_string_equal(plumb_error_source(error), "    id nosuch");
    assert_null(plumb_load(paths[0], NULL, NULL));
}

/* --- options of other versions ------------------------------------------------------------------ */

/* What a program that was compiled against an earlier header would hand over, and a later one. */
struct later_options {
    struct plumb_options options;
    const char *added;
};

static struct plumb_plan *plan_as(const struct plumb_options *options)
{
    return plumb_diff(plumb_load(paths[0], NULL, error), plumb_load(paths[1], NULL, error), options,
                      error);
}

static void test_sizes(void **state)
{
    static const struct plumb_options nothing = PLUMB_OPTIONS_INIT;
    struct plumb_options options = PLUMB_OPTIONS_INIT;
    struct plumb_options zero = {0};
    struct later_options later = {PLUMB_OPTIONS_INIT, NULL};
    struct plumb_apply_result result;
    struct plumb_plan *plan;
    const char *const globs[] = {"nothing", NULL};
    char small[offsetof(struct plumb_options, schemas)];

    (void)state;
    zero.size = sizeof(zero);
    assert_memory_equal(&nothing, &zero, sizeof(zero));
    /* smaller: what lies behind is not looked at */
    options.schemas = globs;
    options.size = offsetof(struct plumb_options, schemas);
    memcpy(small, &options, sizeof(small));
    plan = plan_as((const struct plumb_options *)(const void *)small);
    assert_int_equal(plumb_plan_count(plan), 3);
    plumb_plan_free(plan);
    options.size = sizeof(options);
    plan = plan_as(&options);
    assert_non_null(plan);
    assert_int_equal(plumb_plan_count(plan), 0);
    plumb_plan_free(plan);
    /* larger: what is not known must not be set */
    later.options.size = sizeof(later);
    plan = plan_as(&later.options);
    assert_int_equal(plumb_plan_count(plan), 3);
    plumb_plan_free(plan);
    later.added = "anything";
    assert_null(plan_as(&later.options));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    /* none */
    options.size = 0;
    assert_null(plan_as(&options));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_non_null(strstr(plumb_error_message(error), "without their size"));
    /* a result as well */
    memset(&result, 0x55, sizeof(result));
    result.size = offsetof(struct plumb_apply_result, verified);
    plan = make_plan();
    assert_false(plumb_apply(plan, NULL, &result, error));
    assert_int_equal(result.done, 0);
    assert_int_equal(result.entry, 0x5555555555555555);
    plumb_plan_free(plan);
}

/* --- texts ---------------------------------------------------------------------------------------- */

static void test_text(void **state)
{
    static const char sql[] = "CREATE TABLE t (a int);\nCREATE TABLE t (b int);\n";
    struct plumb_load_options options = PLUMB_LOAD_OPTIONS_INIT;
    struct plumb_model *model;

    (void)state;
    model = plumb_load_text("postgresql://x", sql, 23, NULL, error);
    assert_non_null(model);
    assert_string_equal(plumb_model_name(model), "postgresql://x");
    assert_string_equal(plumb_model_dialect(model), "postgres");
    plumb_model_free(model);
    assert_null(plumb_load_text("two.sql", sql, strlen(sql), NULL, error));
    assert_string_equal(plumb_error_file(error), "two.sql");
    assert_int_equal(plumb_error_line(error), 2);
    options.dialect = "mysql";
    model = plumb_load_text("one", "CREATE TABLE `t` (a int)", 24, &options, error);
    assert_non_null(model);
    assert_string_equal(plumb_model_dialect(model), "mysql");
    options.dialect = NULL;
    options.target = model;
    plumb_model_free(plumb_load_text("two", "CREATE TABLE `t` (a int)", 24, &options, error));
    assert_int_equal(plumb_error_code(error), PLUMB_OK);
    plumb_model_free(model);
    options.target = NULL;
    options.flavor = "mariadb:10.11";
    model = plumb_load_text("", "CREATE SEQUENCE `s`", 19, &options, error);
    assert_non_null(model);
    plumb_model_free(model);
    options.flavor = NULL;
    options.dialect = "oracle";
    assert_null(plumb_load_text("one", "", 0, &options, error));
    assert_non_null(strstr(plumb_error_message(error), "no dialect oracle"));
    assert_null(plumb_load_text("one", "\\i two.sql\n", 11, NULL, error));
    assert_int_equal(plumb_error_code(error), PLUMB_IO);
    assert_null(plumb_load_text("one", NULL, 11, NULL, error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
}

/* --- data ----------------------------------------------------------------------------------------- */

static struct plumb_plan *plan_of_texts(const char *before, const char *after)
{
    struct plumb_plan *plan =
        plumb_diff(plumb_load_text("a", before, strlen(before), NULL, error),
                   plumb_load_text("b", after, strlen(after), NULL, error), NULL, error);

    if (!plan)
        fail_msg("%s", plumb_error_message(error));
    return plan;
}

static size_t field_named(const struct plumb_object *object, const char *name)
{
    for (size_t i = 0; i < plumb_object_field_count(object); i++)
        if (strcmp(plumb_object_field_name(object, i), name) == 0)
            return i;
    fail_msg("no field %s", name);
    return 0;
}

static const struct plumb_delta *delta_of(const struct plumb_plan *plan, const char *kind,
                                          enum plumb_change change)
{
    for (size_t i = 0; i < plumb_plan_delta_count(plan); i++) {
        const struct plumb_delta *delta = plumb_plan_delta(plan, i);
        const struct plumb_object *object = plumb_delta_after(delta);

        object = object ? object : plumb_delta_before(delta);
        if (strcmp(plumb_object_kind(object), kind) == 0 && plumb_delta_change(delta) == change)
            return delta;
    }
    fail_msg("no delta of a %s", kind);
    return NULL;
}

static void test_deltas(void **state)
{
    struct plumb_plan *plan =
        plan_of_texts("CREATE TYPE e AS ENUM ('x', 'y');\nCREATE TABLE t (a int, b text);\n"
                      "CREATE SEQUENCE s CACHE 5;\nCREATE TABLE gone (id int);\n",
                      "CREATE TYPE e AS ENUM ('x', 'y', 'z');\nCREATE TABLE t (a bigint, b text);\n"
                      "CREATE SEQUENCE s CACHE 7;\n"
                      "CREATE TABLE u (id int PRIMARY KEY, t int REFERENCES u (id));\n");
    const struct plumb_delta *delta = delta_of(plan, "enum", PLUMB_CHANGED);
    const struct plumb_object *object = plumb_delta_after(delta);
    size_t field = field_named(object, "labels");
    char *text;

    (void)state;
    assert_int_equal(plumb_delta_change(delta), PLUMB_CHANGED);
    assert_true(plumb_delta_field_changed(delta, field));
    assert_int_equal(plumb_object_field_type(object, field), PLUMB_FIELD_TEXTS);
    assert_int_equal(plumb_object_value_count(plumb_delta_before(delta), field), 2);
    assert_int_equal(plumb_object_value_count(object, field), 3);
    assert_string_equal(plumb_object_text(object, field, 2), "z");
    assert_null(plumb_object_text(object, field, 3));
    assert_null(plumb_object_reference(object, field, 0));
    assert_int_equal(plumb_object_number(object, field), 0);
    assert_int_equal(plumb_object_field_type(object, 999), PLUMB_FIELD_NONE);

    delta = delta_of(plan, "column", PLUMB_CHANGED);
    object = plumb_delta_before(delta);
    field = field_named(object, "type");
    assert_true(plumb_delta_field_changed(delta, field));
    assert_string_equal(plumb_object_text(object, field, 0), "integer");
    assert_string_equal(plumb_object_text(plumb_delta_after(delta), field, 0), "bigint");
    assert_string_equal(plumb_object_name(object), "a");
    assert_string_equal(plumb_object_name(plumb_object_parent(object)), "t");
    text = plumb_object_path(object);
    assert_string_equal(text, "public.t.a");
    plumb_text_free(text);
    assert_string_equal(plumb_object_file(object), "a");
    assert_int_equal(plumb_object_line(object), 2);
    assert_int_equal(plumb_object_column(object), 17);

    delta = delta_of(plan, "sequence", PLUMB_CHANGED);
    field = field_named(plumb_delta_after(delta), "cache");
    assert_int_equal(plumb_object_field_type(plumb_delta_after(delta), field), PLUMB_FIELD_NUMBER);
    assert_int_equal(plumb_object_number(plumb_delta_before(delta), field), 5);
    assert_int_equal(plumb_object_number(plumb_delta_after(delta), field), 7);

    delta = delta_of(plan, "foreign key", PLUMB_ADDED);
    object = plumb_delta_after(delta);
    assert_int_equal(plumb_delta_change(delta), PLUMB_ADDED);
    assert_null(plumb_delta_before(delta));
    field = field_named(object, "table");
    assert_int_equal(plumb_object_field_type(object, field), PLUMB_FIELD_OBJECTS);
    assert_int_equal(plumb_object_value_count(object, field), 1);
    assert_string_equal(plumb_object_name(plumb_object_reference(object, field, 0)), "u");
    assert_null(plumb_object_reference(object, field, 1));
    assert_null(plumb_object_text(object, field, 0));
    assert_false(plumb_object_flag(object, field_named(object, "deferrable")));
    plumb_plan_free(plan);
}

static void test_renames(void **state)
{
    struct plumb_plan *plan =
        plan_of_texts("CREATE TABLE t (a int);", "-- @renamed from=t\nCREATE TABLE u (a int);");
    const struct plumb_delta *delta = delta_of(plan, "table", PLUMB_RENAMED);

    (void)state;
    assert_int_equal(plumb_delta_change(delta), PLUMB_RENAMED);
    assert_string_equal(plumb_delta_former_name(delta), "t");
    assert_string_equal(plumb_object_name(plumb_delta_after(delta)), "u");
    plumb_plan_free(plan);
}

/* Every hazard, lock and action has a name, and what is none has none. */
static void test_names(void **state)
{
    int hazard = 0;

    (void)state;
    for (; plumb_hazard_name(hazard); hazard++) {
        uint64_t bits;

        assert_true(plumb_hazards(plumb_hazard_name(hazard), &bits, error));
        assert_true(bits == UINT64_C(1) << hazard);
        assert_true(strlen(plumb_hazard_text(hazard)) > 0);
    }
    assert_true(hazard > 10);
    assert_true(plumb_hazard_loses_data(0));
    assert_null(plumb_hazard_name(-1));
    assert_string_equal(plumb_lock_name(PLUMB_LOCK_ACCESS_EXCLUSIVE), "access exclusive");
    assert_null(plumb_lock_name((enum plumb_lock)99));
    assert_null(plumb_action_name((enum plumb_action) - 1));
}

/* --- control -------------------------------------------------------------------------------------- */

struct heard {
    size_t count[PLUMB_VERIFYING + 1];
    struct plumb_control *control;
    enum plumb_phase last; /* cancels in that phase; -1: never */
};

static void hear(const struct plumb_progress *progress, void *context)
{
    struct heard *heard = context;

    heard->count[progress->phase]++;
    if (progress->phase == heard->last)
        plumb_control_cancel(heard->control);
}

static struct plumb_plan *plan_under(struct plumb_control *control)
{
    struct plumb_load_options load = PLUMB_LOAD_OPTIONS_INIT;
    struct plumb_options options = PLUMB_OPTIONS_INIT;
    struct plumb_model *target;
    struct plumb_model *wanted;

    load.control = options.control = control;
    target = plumb_load(paths[0], &load, error);
    wanted = target ? plumb_load(paths[1], &load, error) : NULL;
    return plumb_diff(target, wanted, &options, error);
}

static void test_cancel(void **state)
{
    static const enum plumb_phase phases[] = {PLUMB_READING, PLUMB_RESOLVING, PLUMB_PLANNING};
    struct heard heard = {.last = (enum plumb_phase) - 1};
    struct plumb_plan *plan;

    (void)state;
    heard.control = plumb_control_new();
    plumb_control_listen(heard.control, hear, &heard);
    plan = plan_under(heard.control);
    assert_int_equal(plumb_plan_count(plan), 3);
    plumb_plan_free(plan);
    for (size_t i = 0; i < sizeof(phases) / sizeof(*phases); i++) {
        assert_true(heard.count[phases[i]] > 0);
        heard.last = phases[i];
        assert_null(plan_under(heard.control));
        assert_int_equal(plumb_error_code(error), PLUMB_CANCELLED);
        assert_string_equal(plumb_error_message(error), "interrupted");
        heard.last = (enum plumb_phase) - 1;
        assert_null(plan_under(heard.control)); /* and so are all that follow */
        plumb_control_renew(heard.control);
        plumb_plan_free(plan_under(heard.control));
        assert_int_equal(plumb_error_code(error), PLUMB_OK);
    }
    plumb_control_free(heard.control);
}

static void test_limit(void **state)
{
    struct plumb_control *control = plumb_control_new();
    struct plumb_plan *plan;

    (void)state;
    plumb_control_limit(control, 10000);
    assert_null(plan_under(control));
    assert_int_equal(plumb_error_code(error), PLUMB_MEMORY);
    assert_non_null(strstr(plumb_error_message(error), "more memory than it may: 10000 bytes"));
    plumb_control_limit(control, 64u << 20);
    plan = plan_under(control);
    assert_int_equal(plumb_plan_count(plan), 3);
    plumb_plan_free(plan);
    plumb_control_free(control);
}

static void test_initialisation(void **state)
{
    (void)state;
    assert_true(plumb_initialize(error));
    assert_true(plumb_initialize(NULL));
    plumb_plan_free(make_plan());
    plumb_thread_end();
    plumb_shutdown();
    plumb_shutdown();
    plumb_shutdown(); /* once too often */
    assert_true(plumb_initialize(error));
    plumb_plan_free(make_plan());
    plumb_shutdown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plan, begin, end),
        cmocka_unit_test_setup_teardown(test_refusals, begin, end),
        cmocka_unit_test_setup_teardown(test_policy, begin, end),
        cmocka_unit_test_setup_teardown(test_hazards, begin, end),
        cmocka_unit_test_setup_teardown(test_dump, begin, end),
        cmocka_unit_test_setup_teardown(test_place_of_an_error, begin, end),
        cmocka_unit_test_setup_teardown(test_sizes, begin, end),
        cmocka_unit_test_setup_teardown(test_text, begin, end),
        cmocka_unit_test_setup_teardown(test_deltas, begin, end),
        cmocka_unit_test_setup_teardown(test_renames, begin, end),
        cmocka_unit_test_setup_teardown(test_names, begin, end),
        cmocka_unit_test_setup_teardown(test_cancel, begin, end),
        cmocka_unit_test_setup_teardown(test_limit, begin, end),
        cmocka_unit_test_setup_teardown(test_initialisation, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
