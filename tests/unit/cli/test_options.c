/* The command line's options and plumb.yaml. The command line is not part of the library: its files
 * are taken in whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cli/options.c"
#include "cli/config.c"

#include "../mutate.h"

static struct options options;
static struct error error;
static char folder[64];

static int begin(void **state)
{
    (void)state;
    options = (struct options){.arena = arena_new()};
    error = (struct error){0};
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
    char text[256];
    char *arguments[16] = {0};
    int count = 0;

    snprintf(text, sizeof(text), "plumb %s", line);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        arguments[count++] = word;
    return options_parse(&options, command, count, arguments, &error);
}

static void assert_parse_fails(unsigned command, const char *line, const char *message,
                               const char *hint)
{
    error = (struct error){0};
    assert_false(parse(command, line));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_string_equal(error.message, message);
    assert_string_equal(error.hint, hint);
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

static void assert_config_fails(const char *text, const char *state, int line, int column,
                                const char *message, const char *hint)
{
    error = (struct error){0};
    options.states.count = 0;
    options.given.count = 0;
    text_list_add(&options.states, options.arena, state);
    put_config(text);
    assert_false(config_apply(&options, FOR_APPLY, 2, &error));
    assert_string_equal(error.message, message);
    assert_string_equal(error.hint, hint);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
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
    assert_true(config_apply(&options, FOR_APPLY, 2, &error));
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
    assert_true(config_apply(&options, FOR_DIFF, 2, &error));
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
    assert_true(config_apply(&options, FOR_DIFF, 2, &error));
    put_config("");
    assert_true(config_apply(&options, FOR_DIFF, 2, &error));
    options.config = "/nonexistent/plumb.yaml";
    assert_false(config_apply(&options, FOR_DIFF, 2, &error));
    assert_int_equal(error.code, ERROR_IO);
}

/* Damaged configurations are read or refused; the sanitizers look on. */
static void test_damaged_config(void **state)
{
    static const char seed[] = "environments:\n  prod:\n    url: postgresql://h/${A:-b}\n"
                               "    wanted: [a, 'b']\n    allow: []\ndefaults:\n"
                               "  lock_timeout: 5s\n  exclude: [a.*]\n  format: json\n";
    static const char *const words[] = {"\n",  "  ", ": ", "- ", "[", "]",  "{", "}",  "&a ",  "*a",
                                        "|\n", ">",  "'",  "\"", "#", "${", "}", "\t", "---\n"};
    struct mutation mutation = {
        .state = 42, .words = words, .word_count = sizeof(words) / sizeof(*words)};

    (void)state;
    for (size_t round = 0; round < 1500; round++) {
        char *text = strdup(seed);

        for (size_t i = 1 + mutate_number(&mutation, 4); i > 0; i--)
            text = mutate_once(&mutation, text, seed);
        put_config(text);
        free(text);
        error = (struct error){0};
        options.states.count = 0;
        options.given.count = 0;
        text_list_add(&options.states, options.arena, "prod");
        if (!config_apply(&options, FOR_APPLY, 2, &error))
            assert_true(error.message[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parse, begin, end),
        cmocka_unit_test_setup_teardown(test_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_durations, begin, end),
        cmocka_unit_test_setup_teardown(test_environment, begin, end),
        cmocka_unit_test_setup_teardown(test_damaged_config, begin, end),
        cmocka_unit_test_setup_teardown(test_two_environments, begin, end),
        cmocka_unit_test_setup_teardown(test_configuration_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_no_configuration, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
