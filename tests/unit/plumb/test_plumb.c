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
    char *text;

    (void)state;
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        struct plumb_step step = plumb_plan_step(plan, i);

        assert_true(step.transactional);
        if (strcmp(step.object, "table public.b") != 0)
            continue;
        found = true;
        assert_string_equal(step.action, "drop");
        assert_string_equal(step.hazards, "drop-table");
        assert_string_equal(step.sql, "DROP TABLE public.b");
    }
    assert_true(found);
    assert_null(plumb_plan_step(plan, count).sql);
    text = plumb_plan_print(plan, PLUMB_SUMMARY);
    assert_string_equal(text, "1 to create, 2 to drop");
    plumb_text_free(text);
    plumb_plan_free(plan);
}

static void test_refusals(void **state)
{
    struct plumb_plan *plan = make_plan();
    struct plumb_apply_options options = {0};
    struct plumb_apply_result result;

    (void)state;
    assert_false(plumb_apply(plan, &options, &result, error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_non_null(strstr(plumb_error_message(error), "is not a database"));
    assert_false(plumb_plan_check(plan, &options, NULL));
    plumb_plan_free(plan);
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
    text = plumb_plan_print(plan, PLUMB_DUMP);
    assert_string_equal(text, "CREATE TABLE public.a (\n    id integer\n);\n\n"
                              "CREATE TABLE public.c (\n    id integer\n);\n");
    plumb_text_free(text);
    snprintf(split, sizeof(split), "%s/split", folder);
    assert_true(plumb_plan_split(plan, split, NULL, NULL, error));
    plumb_plan_free(plan);

    /* What was written is the same again. */
    plan = plumb_diff(plumb_load(split, NULL, error),
                      plumb_load(paths[1], NULL, error), NULL, error);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plan, begin, end),
        cmocka_unit_test_setup_teardown(test_refusals, begin, end),
        cmocka_unit_test_setup_teardown(test_hazards, begin, end),
        cmocka_unit_test_setup_teardown(test_dump, begin, end),
        cmocka_unit_test_setup_teardown(test_place_of_an_error, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
