/* What a program in front of the library needs besides: errors of its own, names and texts without secrets,
 * files. Only plumb.h, as a program outside would use it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plumb.h"

static char folder[64];
static struct plumb_error *error;

static int begin(void **state)
{
    (void)state;
    error = plumb_error_new();
    snprintf(folder, sizeof(folder), "/tmp/plumb-own-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    plumb_error_free(error);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

static const char *in_folder(const char *name)
{
    static char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void test_errors(void **state)
{
    (void)state;
    assert_false(plumb_error_set(error, PLUMB_REFUSED, "no: mysql://u:geheim@h/d"));
    assert_int_equal(plumb_error_code(error), PLUMB_REFUSED);
    assert_string_equal(plumb_error_message(error), "no: mysql://u:***@h/d");
    assert_string_equal(plumb_error_hint(error), "");
    assert_int_equal(plumb_error_caret(error), 0);
    assert_false(plumb_error_advise(error, "Try mysql://u:geheim@h/e."));
    assert_null(strstr(plumb_error_hint(error), "geheim"));
    assert_false(plumb_error_advise(error, "Another."));
    assert_non_null(strstr(plumb_error_hint(error), "Try"));
    assert_string_equal(plumb_error_message(error), "no: mysql://u:***@h/d"); /* still there */
    assert_false(plumb_error_set(error, PLUMB_IO, "another"));
    assert_string_equal(plumb_error_message(error), "another");
    assert_string_equal(plumb_error_hint(error), "");
}

static void test_mistakes(void **state)
{
    (void)state;
    assert_false(plumb_error_set(NULL, PLUMB_IO, "nobody cares"));
    assert_false(plumb_error_advise(NULL, "nobody cares"));
    assert_false(plumb_error_advise(error, NULL));
    assert_int_equal(plumb_error_caret(NULL), 0);
    assert_false(plumb_error_set(error, PLUMB_IO, NULL));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_false(plumb_error_set(error, PLUMB_OK, "none"));
    assert_string_equal(plumb_error_message(error), "there is no code 0 of errors");
    assert_null(plumb_state_shown(NULL));
    assert_false(plumb_osc_check(NULL, error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_false(plumb_text_save(NULL, "x", error));
    assert_false(plumb_text_save("x", NULL, error));
    assert_string_equal(plumb_error_message(error), "the path is NULL");
    assert_false(plumb_plan_save(NULL, "x", error));
    assert_string_equal(plumb_error_message(error), "the plan is NULL");
}

static void test_shown(void **state)
{
    static const char *const states[][2] = {
        {"schemas/a.sql", "schemas/a.sql"},
        {"", ""},
        {"postgresql://u:geheim@h/d", "postgresql://u:***@h/d"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
        char *shown = plumb_state_shown(states[i][0]);

        assert_string_equal(shown, states[i][1]);
        plumb_text_free(shown);
    }
}

static void test_osc(void **state)
{
    (void)state;
    assert_true(plumb_osc_check("tool --alter {alter} {table}", error));
    assert_false(plumb_osc_check("tool --alter {altar} {table}", error));
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_false(plumb_osc_check("tool '{alter}' {table}", NULL));
}

static long size_of(const char *name, unsigned *mode)
{
    struct stat facts;

    if (stat(in_folder(name), &facts) != 0)
        return -1;
    *mode = facts.st_mode & 0777;
    return (long)facts.st_size;
}

static void test_save(void **state)
{
    unsigned mode;

    (void)state;
    assert_true(plumb_text_save("text\n", in_folder("a"), error));
    assert_int_equal(size_of("a", &mode), 5);
    assert_true(plumb_text_save("", in_folder("a"), error));
    assert_int_equal(size_of("a", &mode), 0);
    assert_false(plumb_text_save("text", in_folder("none/a"), error));
    assert_int_equal(plumb_error_code(error), PLUMB_IO);
}

static void test_save_plan(void **state)
{
    static const char sql[] = "CREATE TABLE a (id integer);\n";
    struct plumb_options options = PLUMB_OPTIONS_INIT;
    struct plumb_model *model;
    struct plumb_plan *plan;
    unsigned mode;

    (void)state;
    options.reviewable = true;
    model = plumb_load_text("a.sql", sql, strlen(sql), NULL, error);
    plan = plumb_diff_empty(model, &options, error);
    assert_non_null(plan);
    assert_true(plumb_plan_save(plan, in_folder("plan.json"), error));
    assert_true(size_of("plan.json", &mode) > 0);
    assert_int_equal(mode, 0600);
    assert_true(size_of("plan.sql", &mode) > 0);
    assert_int_equal(mode, 0600);
    assert_true(plumb_plan_save(plan, in_folder("other"), error));
    assert_true(size_of("other.sql", &mode) > 0);
    assert_false(plumb_plan_save(plan, in_folder("none/plan.json"), error));
    assert_int_equal(plumb_error_code(error), PLUMB_IO);
    assert_false(plumb_plan_save(plan, NULL, error));
    plumb_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_errors, begin, end),
        cmocka_unit_test_setup_teardown(test_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_shown, begin, end),
        cmocka_unit_test_setup_teardown(test_osc, begin, end),
        cmocka_unit_test_setup_teardown(test_save, begin, end),
        cmocka_unit_test_setup_teardown(test_save_plan, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
