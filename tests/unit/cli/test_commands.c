/* The commands as far as they need no server: on files, and with what they refuse before they connect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/all.h"
#include "cli/commands.h"

#include "caught.h"

static struct options options;
static struct plumb_error *error;
static struct caught caught;
static char folder[64];

static void write_file(const char *name, const char *text)
{
    char path[128];
    FILE *stream;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static bool is_there(const char *name)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return access(path, R_OK) == 0;
}

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/plumb-commands-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    write_file("old.sql", "CREATE TABLE a (id integer);\n");
    write_file("new.sql", "CREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\n");
    error = plumb_error_new();
    options = (struct options){.arena = arena_new()};
    return 0;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    arena_free(options.arena);
    plumb_error_free(error);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

/* Runs a command; @ in a word stands for the folder. What it prints is in caught. */
static int run(int (*command)(struct options *options, struct plumb_error *error), unsigned bit,
               const char *line)
{
    char *arguments[16] = {(char *)(uintptr_t) "plumb"};
    char *words = arena_strdup(options.arena, line);
    int count = 1;
    int status;

    options = (struct options){.arena = options.arena};
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        arguments[count++] =
            *word == '@' ? arena_printf(options.arena, "%s%s", folder, word + 1) : word;
    assert_true(options_parse(&options, bit, count, arguments, error));
    catch_begin(&caught, stdout);
    status = command(&options, error);
    catch_end(&caught);
    return status;
}

static void test_diff(void **state)
{
    (void)state;
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/new.sql"), EXIT_DIFFERENT);
    assert_non_null(strstr(caught.text, "CREATE TABLE public.b"));
    assert_int_equal(run(command_diff, FOR_DIFF, "@/new.sql @/new.sql"), EXIT_SAME);
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/new.sql -f json -o @/out"),
                     EXIT_DIFFERENT);
    assert_string_equal(caught.text, "");
    assert_true(is_there("out"));
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/new.sql -f text --out @/plan.json"),
                     EXIT_DIFFERENT);
    assert_true(is_there("plan.json") && is_there("plan.sql"));
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/none.sql"), -1);
    assert_int_equal(plumb_error_code(error), PLUMB_IO);
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/new.sql --out @/none/plan.json"), -1);
    assert_int_equal(plumb_error_code(error), PLUMB_IO);
}

static void test_dump(void **state)
{
    (void)state;
    assert_int_equal(run(command_dump, FOR_DUMP, "@/new.sql"), EXIT_SAME);
    assert_non_null(strstr(caught.text, "CREATE TABLE public.b"));
    assert_int_equal(run(command_dump, FOR_DUMP, "@/new.sql --split @/split"), EXIT_SAME);
    assert_true(is_there("split/main.sql"));
    assert_int_equal(run(command_dump, FOR_DUMP, "@/none.sql"), -1);
    run(command_dump, FOR_DUMP, "@/new.sql");
    assert_true(write_latest(&options, options.states.items[0], error));
}

static void test_fmt(void **state)
{
    (void)state;
    write_file("ugly.sql", "create table  a (id integer,b text) ;\n");
    assert_int_equal(run(command_fmt, FOR_FMT, "--check @/ugly.sql"), EXIT_DIFFERENT);
    assert_non_null(strstr(caught.text, "ugly.sql"));
    assert_int_equal(run(command_fmt, FOR_FMT, "--diff @/ugly.sql"), EXIT_DIFFERENT);
    assert_non_null(strstr(caught.text, "CREATE TABLE a"));
    assert_int_equal(run(command_fmt, FOR_FMT, "@/ugly.sql"), EXIT_SAME);
    assert_int_equal(run(command_fmt, FOR_FMT, "--check @/ugly.sql"), EXIT_SAME);
    write_file("broken.sql", "create tabel a;\n");
    assert_int_equal(run(command_fmt, FOR_FMT, "@/broken.sql"), -1);
}

static void test_pull(void **state)
{
    (void)state;
    assert_int_equal(run(command_pull, FOR_PULL, "@/new.sql @/old.sql --dry-run"), EXIT_DIFFERENT);
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/new.sql"), EXIT_DIFFERENT);
    assert_int_equal(run(command_pull, FOR_PULL, "@/new.sql @/old.sql --yes"), EXIT_SAME);
    assert_int_equal(run(command_diff, FOR_DIFF, "@/old.sql @/new.sql"), EXIT_SAME);
    assert_int_equal(run(command_pull, FOR_PULL, "@/new.sql @/old.sql"), EXIT_SAME);
    assert_int_equal(run(command_pull, FOR_PULL, "@/none.sql @/old.sql"), -1);
}

/* What a command says of a line that cannot be. */
static void assert_refused(int (*command)(struct options *options, struct plumb_error *error),
                           unsigned bit, const char *line, const char *message)
{
    assert_int_equal(run(command, bit, line), -1);
    assert_int_equal(plumb_error_code(error), PLUMB_USAGE);
    assert_non_null(strstr(plumb_error_message(error), message));
}

static void test_refused(void **state)
{
    (void)state;
    assert_refused(command_apply, FOR_APPLY, "@/old.sql @/new.sql", "is not a database");
    assert_refused(command_apply, FOR_APPLY, "@/old.sql", "needs 2 states, not 1");
    assert_refused(command_apply, FOR_APPLY, "a mysql://u:geheim@h/d --abandon",
                   "--abandon goes without a wanted state: mysql://u:***@h/d");
    assert_refused(command_revert, FOR_REVERT, "a", "needs --to NUMBER");
    assert_refused(command_history, FOR_HISTORY, "diff 1 a", "needs the numbers of two entries");
    assert_string_equal(plumb_error_hint(error), "plumb history --help has examples.");
    assert_refused(command_history, FOR_HISTORY, "show a", "shows one entry at a time");
    assert_refused(command_history, FOR_HISTORY, "12", "plumb history needs a target");
    assert_refused(command_history, FOR_HISTORY, "a b", "plumb history does not know what b is");
    assert_refused(command_history, FOR_HISTORY, "a --schema", "--schema needs the number");
    assert_refused(command_baseline, FOR_BASELINE, "@/old.sql", "is not a database");
    assert_refused(command_status, FOR_STATUS, "@/old.sql @/new.sql", "is not a database");
}

static int drift_of_all(struct options *all, struct plumb_error *problem)
{
    const struct all_command command = {
        .name = "drift", .bit = FOR_DRIFT, .wanted_states = 1, .run = command_drift};

    return run_for_all(all, &command, problem);
}

/* Each environment's failure is told by itself, and the worst decides. */
static void test_drift_of_all(void **state)
{
    struct caught errors;
    int status;

    (void)state;
    write_file("plumb.yaml", "environments: {a: {url: \"${PLUMB_TEST_NONE}\"}, b: {}}\n");
    catch_begin(&errors, stderr);
    status = run(drift_of_all, FOR_DRIFT, "--all --config @/plumb.yaml");
    catch_end(&errors);
    assert_int_equal(status, EXIT_ERROR);
    assert_non_null(strstr(errors.text, "\na: "));
    assert_non_null(strstr(errors.text, "PLUMB_TEST_NONE is not set"));
    assert_non_null(strstr(errors.text, "environment b has no url"));
    write_file("plumb.yaml", "defaults: {ask: never}\n");
    assert_refused(drift_of_all, FOR_DRIFT, "--all --config @/plumb.yaml", "has no environments");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_diff, begin, end),
        cmocka_unit_test_setup_teardown(test_dump, begin, end),
        cmocka_unit_test_setup_teardown(test_fmt, begin, end),
        cmocka_unit_test_setup_teardown(test_pull, begin, end),
        cmocka_unit_test_setup_teardown(test_refused, begin, end),
        cmocka_unit_test_setup_teardown(test_drift_of_all, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
