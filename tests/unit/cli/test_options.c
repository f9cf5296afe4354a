/* The command line's options (cli/options.c), and how plumb.yaml sets them (cli/configure.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/configure.h"

#include "config/keys.h"
#include "core/plumb_error.h"
#include "plan/step.h"

static struct options options;
static struct plumb_error error;
static char folder[64];

static int begin(void **state)
{
    (void)state;
    options = (struct options){.arena = arena_new()};
    error = (struct plumb_error){0};
    snprintf(folder, sizeof(folder), "/tmp/plumb-config-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    arena_free(options.arena);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

/* Parses words separated by blanks. */
static bool parse(unsigned command, const char *line)
{
    char text[512];
    char *arguments[32] = {0};
    int count = 0;

    snprintf(text, sizeof(text), "plumb %s", line);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        arguments[count++] = word;
    return options_parse(&options, command, count, arguments, &error);
}

static void assert_parse_fails(unsigned command, const char *line, const char *message,
                               const char *hint)
{
    error = (struct plumb_error){0};
    assert_false(parse(command, line));
    assert_int_equal(error.error.code, PLUMB_USAGE);
    assert_string_equal(error.error.message, message);
    assert_string_equal(error.error.hint, hint);
}

static void test_parse(void **state)
{
    (void)state;
    assert_true(parse(FOR_APPLY, "a --yes --allow drop-table,drop-column b --schema x,y "
                                 "--schema=z -q --lock-timeout 2min --manage all --ask never"));
    assert_int_equal(options.states.count, 2);
    assert_string_equal(options.states.items[1], "b");
    assert_true(options.allowed ==
                (UINT64_C(1) << HAZARD_DROP_TABLE | UINT64_C(1) << HAZARD_DROP_COLUMN));
    assert_int_equal(options.schemas.count, 3);
    assert_true(options.yes && options.quiet && options.owners && options.privileges);
    assert_true(options.never_ask);
    assert_int_equal(options.lock_timeout, 120000);
}

static void test_mistakes(void **state)
{
    (void)state;
    assert_parse_fails(FOR_DIFF, "a b --formt sql", "unknown option --formt",
                       "Did you mean --format?");
    assert_parse_fails(FOR_DIFF, "--zzzzzzzz", "unknown option --zzzzzzzz",
                       "--help lists the options of each command.");
    assert_parse_fails(FOR_DIFF, "a -x b", "unknown option -x",
                       "--help lists the options of each command.");
    assert_parse_fails(FOR_DIFF, "a b --format", "--format needs a value: text|sql|json", "");
    assert_parse_fails(FOR_DIFF, "a b --format xml", "there is no format xml",
                       "Write text, sql or json.");
    assert_parse_fails(FOR_DIFF, "a b --yes", "--yes is no option of this command", "");
    assert_parse_fails(FOR_APPLY, "--allow drop-tabel", "there is no hazard drop-tabel",
                       "Did you mean drop-table?");
    assert_parse_fails(FOR_APPLY, "--manage owner", "owner is nothing to manage",
                       "Did you mean owners?");
    assert_parse_fails(FOR_APPLY, "--lock-timeout soon", "soon is no duration",
                       "Write 500ms, 5s or 2min.");
}

static void test_durations(void **state)
{
    int milliseconds;

    (void)state;
    assert_true(duration_parse("1500", &milliseconds));
    assert_int_equal(milliseconds, 1500);
    assert_true(duration_parse("1.5s", &milliseconds));
    assert_int_equal(milliseconds, 1500);
    assert_true(duration_parse("1 h", &milliseconds));
    assert_int_equal(milliseconds, 3600000);
    assert_false(duration_parse("", &milliseconds));
    assert_false(duration_parse("s", &milliseconds));
    assert_false(duration_parse("-1s", &milliseconds));
    assert_false(duration_parse("3 weeks", &milliseconds));
    assert_false(duration_parse("9999h", &milliseconds));
}

/* --- plumb.yaml ------------------------------------------------------------------------------ */

static void put_config(const char *text)
{
    FILE *stream;

    options.config = arena_printf(options.arena, "%s/plumb.yaml", folder);
    stream = fopen(options.config, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

/* The message with ? in the place of the file's name. */
static const char *without_path(char *message)
{
    char *at = strstr(message, options.config);

    if (at)
        memmove(at + 1, at + strlen(options.config), strlen(at + strlen(options.config)) + 1);
    if (at)
        *at = '?';
    return message;
}

static void assert_config_fails(const char *text, const char *state, int line, int column,
                                const char *message, const char *hint)
{
    error = (struct plumb_error){0};
    options.states.count = 0;
    options.given.count = 0;
    text_list_add(&options.states, options.arena, state);
    put_config(text);
    options.command = FOR_APPLY;
    assert_false(configure_from_file(&options, 2, &error));
    assert_string_equal(without_path(error.error.message), message);
    assert_string_equal(error.error.hint, hint);
    assert_int_equal(error.error.line, line);
    assert_int_equal(error.error.column, column);
}

static void test_environment(void **state)
{
    (void)state;
    setenv("PLUMB_TEST_PASSWORD", "se:cret", 1);
    put_config("environments:\n"
               "  prod:\n"
               "    url: postgresql://app:${PLUMB_TEST_PASSWORD}@${PLUMB_TEST_NONE:-db}/shop\n"
               "    wanted: [schemas, git:main:more]\n"
               "    lock_timeout: 7s\n"
               "    allow: []\n"
               "  other:\n"
               "    url: ${PLUMB_TEST_NONE}\n"
               "defaults:\n"
               "  lock_timeout: 5s\n"
               "  allow: drop-index\n"
               "  exclude: [a.*, b.c]\n"
               "  manage: privileges\n"
               "  format: json\n");
    assert_true(parse(FOR_APPLY, "prod --format text"));
    assert_true(configure_from_file(&options, 2, &error));
    assert_int_equal(options.states.count, 2);
    assert_string_equal(options.states.items[0], "postgresql://app:se:cret@db/shop");
    assert_string_equal(options.states.items[1],
                        arena_printf(options.arena, "%s/schemas,git:main:more", folder));
    assert_int_equal(options.lock_timeout, 7000);
    assert_true(options.allowed == 0);
    assert_int_equal(options.excludes.count, 2);
    assert_true(options.privileges && !options.owners);
    assert_int_equal(options.format, FORMAT_TEXT);
}

static void test_two_environments(void **state)
{
    (void)state;
    put_config("environments: {a: {url: A}, b: {url: B}}\n");
    assert_true(parse(FOR_DIFF, "a b"));
    assert_true(configure_from_file(&options, 2, &error));
    assert_string_equal(options.states.items[0], "A");
    assert_string_equal(options.states.items[1], "B");
}

static void test_configuration_mistakes(void **state)
{
    (void)state;
    assert_config_fails("# \xc3\xa4\ndefaults:\n  \"\xc3\xa4\": 1\n", "x", 3, 3,
                        "unknown key \xc3\xa4", "");
    assert_config_fails("default: {}\n", "x", 1, 1, "unknown key default",
                        "Did you mean defaults?");
    assert_config_fails("environments:\n  e:\n    ulr: x\n", "x", 3, 5, "unknown key ulr",
                        "Did you mean url?");
    assert_config_fails("defaults:\n  allow: drop-tabl\n", "x", 2, 10,
                        "there is no hazard drop-tabl", "Did you mean drop-table?");
    assert_config_fails("environments:\n  e:\n    url: ${PLUMB_TEST_NONE}\n", "e", 3, 10,
                        "environment variable PLUMB_TEST_NONE is not set", "");
    assert_config_fails("environments:\n  e: {wanted: a}\n", "e", 2, 3, "environment e has no url",
                        "");
    assert_config_fails("environments:\n  e: {url: a}\n", "e", 0, 0,
                        "environment e does not say what is wanted",
                        "Set wanted in the configuration, or name the wanted state.");
    assert_config_fails("defaults: {ask: auto, ask: never}\n", "x", 1, 23, "ask is there twice",
                        "");
    assert_config_fails("- a\n", "x", 1, 1,
                        "the configuration has to be a mapping of names to values", "");
    assert_config_fails("a: [\n", "x", 2, 1, "did not find expected node content", "");
}

static void test_no_configuration(void **state)
{
    (void)state;
    assert_true(configure_from_file(&options, 2, &error));
    put_config("");
    assert_true(configure_from_file(&options, 2, &error));
    options.config = "/nonexistent/plumb.yaml";
    assert_false(configure_from_file(&options, 2, &error));
    assert_int_equal(error.error.code, PLUMB_IO);
}

/* "lock_timeout" -> "lock-timeout" */
static const char *option_of(const char *key)
{
    char *name = arena_strdup(options.arena, key);

    for (char *at = name; *at; at++)
        if (*at == '_')
            *at = '-';
    return name;
}

/* Every key of plumb.yaml is an option, and a flag where that is one; see config/keys.def. */
static void test_keys_are_options(void **state)
{
    size_t count;
    const char *const *names = option_names(options.arena, FOR_ALL, &count);

    (void)state;
    for (size_t i = 0; i < config_key_count; i++) {
        const char *name = option_of(config_keys[i].name);
        bool found = false;

        for (size_t j = 0; j < count; j++)
            found = found || strcmp(names[j], name) == 0;
        assert_int_equal(found, !config_keys[i].of_environment);
        assert_int_equal(option_is_flag(name), config_keys[i].kind == KEY_FLAG);
    }
}

/* A value is checked also where this command, or this target, has no use for it. */
static void test_all_values_are_checked(void **state)
{
    static const struct {
        const char *setting;
        const char *message;
    } cases[] = {
        {"allow: drop-tabl", "there is no hazard drop-tabl"},
        {"manage: owner", "owner is nothing to manage"},
        {"ask: maybe", "--ask cannot be maybe"},
        {"format: xml", "there is no format xml"},
        {"lock_timeout: soon", "soon is no duration"},
        {"osc_min_size: big", "big is no size"},
        {"transactional: yes", "transactional is true or false, not yes"},
        {"ignore_column_order: 1", "ignore_column_order is true or false, not 1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        error = (struct plumb_error){0};
        put_config(arena_printf(options.arena,
                                "environments:\n  e: {url: a, wanted: b}\n  other:\n    %s\n",
                                cases[i].setting));
        options.states.count = 0;
        assert_true(parse(FOR_DUMP, "e"));
        assert_false(configure_from_file(&options, 1, &error));
        assert_string_equal(error.error.message, cases[i].message);
        assert_int_equal(error.error.line, 4);
    }
    /* What is not known yet is not checked, and a format may be that of drift alone. */
    error = (struct plumb_error){0};
    put_config("environments:\n  other: {lock_timeout: \"${PLUMB_TEST_NONE}\"}\n"
               "  watch: {format: prometheus, transactional: false, osc: 'tool {table} {alter}'}\n"
               "  e: {url: a}\n");
    options.states.count = 0;
    assert_true(parse(FOR_DUMP, "e"));
    assert_true(configure_from_file(&options, 1, &error));
    assert_string_equal(options.states.items[0], "a");
}

static void test_names(void **state)
{
    (void)state;
    assert_config_fails("environments: {prod: {url: a}, staging: {url: b}}\n", "prd", 0, 0,
                        "there is no environment prd in ?, nor a file or folder of that name",
                        "Did you mean prod?");
    assert_config_fails("environments: {prod: {url: a}, staging: {url: b}}\n", "recorded:elsewhere",
                        0, 0,
                        "there is no environment elsewhere in ?, nor a file or folder of that name",
                        "Environments are: prod, staging.");
    put_config("environments: {prod: {url: a}}\n"); /* history has words of its own */
    options.states.count = 0;
    assert_true(parse(FOR_HISTORY, "prod diff 11 12"));
    assert_true(configure_from_file(&options, 1, &error));
    assert_string_equal(options.states.items[0], "a");
    options.states.count = 0;
    assert_true(parse(FOR_HISTORY, "postgresql://h/d"));
    assert_true(configure_from_file(&options, 1, &error));
}

static void test_recorded_environment(void **state)
{
    (void)state;
    put_config("environments: {a: {url: A, ignore: x.*, allow: drop-index}}\n"
               "defaults: {ignore: y, schema: s}\n");
    assert_true(parse(FOR_DRIFT, "recorded:a"));
    assert_true(configure_from_file(&options, 1, &error));
    assert_string_equal(options.states.items[0], "recorded:A");
    assert_int_equal(options.ignored.count, 1);
    assert_int_equal(options.must_match.count, 0);
    assert_int_equal(options.schemas.count, 1);
    assert_true(options.allowed != 0); /* for --restore */
}

static void test_more_mistakes(void **state)
{
    (void)state;
    assert_parse_fails(FOR_DIFF, "a b --quiet=x", "--quiet takes no value", "");
    assert_parse_fails(FOR_DIFF, "a b --schema ,", "--schema names nothing", "");
    assert_parse_fails(FOR_DIFF, "a b --ask maybe", "--ask cannot be maybe",
                       "Write auto or never.");
    assert_parse_fails(FOR_DRIFT, "a --format xml", "there is no format xml",
                       "Write text, sql, json, prometheus or junit.");
    assert_parse_fails(FOR_APPLY, "a b --osc-min-size 5X", "5X is no size",
                       "Write 500M, 2G or a number of bytes.");
    assert_parse_fails(FOR_REVERT, "a --to last", "last is no number of an entry",
                       "plumb history TARGET lists the entries with their numbers.");
    assert_parse_fails(FOR_APPLY, "a b --osc {bad}",
                       "the command for online schema changes has an unknown field {bad}",
                       "Fields are {host}, {port}, {user}, {socket}, {database}, {table} and "
                       "{alter}; the password is in the environment.");
    error = (struct plumb_error){0};
    assert_false(option_set(&options, "nothing", "x", &error));
    assert_string_equal(error.error.message, "there is no option nothing");
}

/* What the options say, in the library's structures. */
static void test_given_to_the_library(void **state)
{
    struct plumb_options compare;
    struct plumb_load_options load;

    (void)state;
    assert_true(parse(FOR_DRIFT, "a --exclude x,y --ignore z --manage owners --ask never "
                                 "--ignore-column-order --flavor mysql:8.4 --scratch s "
                                 "--record r.json"));
    compare = options_compare(&options);
    assert_true(compare.owners && !compare.privileges && compare.never_ask);
    assert_true(compare.ignore_column_order && !compare.shown_only);
    assert_null(compare.schemas);
    assert_string_equal(compare.excludes[2], "z"); /* what may drift is left out likewise */
    assert_null(compare.excludes[3]);
    assert_string_equal(compare.must_match[1], "y");
    assert_string_equal(compare.record, "r.json");
    load = options_load(&options, "other");
    assert_string_equal(load.beside, "other");
    assert_string_equal(load.flavor, "mysql:8.4");
    assert_string_equal(load.scratch, "s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parse, begin, end),
        cmocka_unit_test_setup_teardown(test_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_durations, begin, end),
        cmocka_unit_test_setup_teardown(test_more_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_given_to_the_library, begin, end),
        cmocka_unit_test_setup_teardown(test_environment, begin, end),
        cmocka_unit_test_setup_teardown(test_keys_are_options, begin, end),
        cmocka_unit_test_setup_teardown(test_all_values_are_checked, begin, end),
        cmocka_unit_test_setup_teardown(test_names, begin, end),
        cmocka_unit_test_setup_teardown(test_recorded_environment, begin, end),
        cmocka_unit_test_setup_teardown(test_two_environments, begin, end),
        cmocka_unit_test_setup_teardown(test_configuration_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_no_configuration, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
