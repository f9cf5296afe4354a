/* A pull (edit/pull.c) through the door that drives it: states of files in the place of databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "edit/pull.h"
#include "plumb.h"

/* Pulls the target's text into a file that holds the other; expected: the file then, NULL: it goes. */
static void expect_pull(const char *target, const char *text, const char *expected)
{
    char path[] = "/tmp/plumb-pull-XXXXXX.sql";
    struct plumb_load_options load = PLUMB_LOAD_OPTIONS_INIT;
    struct plumb_error *error = plumb_error_new();
    struct plumb_model *model;
    struct plumb_pull *pull;
    char *printed;

    assert_true(mkstemps(path, 4) >= 0);
    assert_true(plumb_text_save(text, path, error));
    load.dialect = "postgres";
    model = plumb_load_text("target", target, strlen(target), &load, error);
    pull = model ? plumb_pull_make(model, path, &load, NULL, error) : NULL;
    assert_string_equal("", plumb_error_message(error));
    assert_int_equal(strcmp(text, expected ? expected : "") != 0, plumb_pull_count(pull));
    if (plumb_pull_count(pull)) {
        assert_string_equal(path, plumb_pull_name(pull, 0));
        if (expected)
            assert_string_equal(expected, plumb_pull_text(pull, 0));
        else
            assert_null(plumb_pull_text(pull, 0));
        printed = plumb_pull_print(pull, false, error);
        assert_non_null(strstr(printed, expected ? "~ " : "- "));
        plumb_text_free(printed);
    }
    assert_true(plumb_pull_write(pull, error));
    assert_int_equal(expected ? 0 : -1, access(path, F_OK));
    unlink(path);
    plumb_pull_free(pull);
    plumb_model_free(model);
    plumb_error_free(error);
}

static void statements(void **state)
{
    (void)state;
    expect_pull("CREATE TABLE t (a int);", "create table t (a int4);\n",
                "create table t (a int4);\n");
    expect_pull("CREATE TABLE t (a int, b int);", "-- t\ncreate table t (a int4);\n",
                "-- t\ncreate table t (a int4, b integer);\n");
    expect_pull("CREATE TABLE t (a int);",
                "create table t (a int4); -- t\n\n-- v\nCREATE VIEW v AS SELECT a FROM t;\n",
                "create table t (a int4); -- t\n\n");
    expect_pull("", "-- only\nCREATE TYPE e AS ENUM ('a');\n", NULL);
    expect_pull("CREATE TYPE e AS ENUM ('a', 'b');", "CREATE TYPE e AS ENUM ('a');\n",
                "CREATE TYPE public.e AS ENUM (\n    'a',\n    'b'\n);\n");
}

static void altered(void **state)
{
    (void)state;
    /* What a later statement has changed cannot be said in the first one. */
    expect_pull("CREATE TABLE t (a bigint);",
                "CREATE TABLE t (a int);\nALTER TABLE t ALTER a TYPE smallint;\n",
                "CREATE TABLE t (a int);\nALTER TABLE t ALTER a TYPE smallint;\n\n"
                "ALTER TABLE public.t ALTER COLUMN a TYPE bigint;\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements),
        cmocka_unit_test(altered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
