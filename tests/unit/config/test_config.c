/* plumb.yaml as those see it who are in front of the library: config/config.h, with what stands where
 * (config/structure.c) and what is set (config/values.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "config/config.h"
#include "core/memory.h"
#include "core/plumb_error.h"
#include "plumb.h"

#include "../mutate.h"
#include "in_folder.h"

static struct config *config;
static struct plumb_error error;

static int begin(void **state)
{
    config = NULL;
    return make_folder(state);
}

static int end(void **state)
{
    config_free(config);
    return remove_folder(state);
}

static void open_text(const char *text)
{
    config_free(config);
    write_config(text);
    config = config_open(config_path, &error);
    if (!config)
        print_message("%s\n", error.error.message);
    assert_non_null(config);
}

static void assert_place(int line, int column, const char *message)
{
    assert_string_equal(plumb_error_message(&error), message);
    assert_int_equal(plumb_error_line(&error), line);
    assert_int_equal(plumb_error_column(&error), column);
    assert_string_equal(plumb_error_file(&error), line ? config_path : "");
}

static void assert_open_fails(const char *text, int line, int column, const char *message,
                              const char *hint)
{
    write_config(text);
    assert_null(config_open(config_path, &error));
    assert_null(config_open(config_path, NULL));
    assert_place(line, column, message);
    assert_string_equal(plumb_error_hint(&error), hint);
    assert_int_equal(plumb_error_code(&error), PLUMB_USAGE);
}

/* The value of a key of the defaults; NULL with an error. */
static const char *value_of(const char *key)
{
    const struct config_settings *defaults = config_defaults(config);

    for (size_t i = 0; i < defaults->count; i++)
        if (strcmp(defaults->items[i].key, key) == 0)
            return config_value(config, &defaults->items[i], &error);
    fail_msg("there is no %s", key);
    return NULL;
}

static void assert_value(const char *key, const char *expected)
{
    const char *value = value_of(key);

    assert_non_null(value);
    assert_string_equal(value, expected);
}

/* A path beside the file. */
static const char *beside(const char *path)
{
    static char text[128];

    snprintf(text, sizeof(text), "%s/%s", config_folder, path);
    return text;
}

static void test_environments(void **state)
{
    const struct config_environment *prod;
    const char *wanted;

    (void)state;
    setenv("PLUMB_TEST_PASSWORD", "se:cret", 1);
    open_text("environments:\n"
              "  prod:\n"
              "    url: postgresql://app:${PLUMB_TEST_PASSWORD}@${PLUMB_TEST_NONE:-db}/shop\n"
              "    wanted: schemas\n"
              "    lock_timeout: 7s\n"
              "    allow: []\n"
              "    ask: ~\n"
              "  other:\n"
              "    url: ${PLUMB_TEST_NONE}\n"
              "  none: ~\n");
    prod = config_environment(config, 0);
    assert_string_equal(prod->name, "prod");
    assert_string_equal(config_url(config, prod, &error), "postgresql://app:se:cret@db/shop");
    assert_true(config_wanted(config, prod, &wanted, &error));
    assert_string_equal(wanted, beside("schemas"));
    assert_int_equal(prod->settings.count, 2); /* what is null says nothing */
    assert_string_equal(prod->settings.items[0].key, "lock_timeout");
    assert_string_equal(config_value(config, &prod->settings.items[0], NULL), "7s");
    assert_string_equal(config_value(config, &prod->settings.items[1], NULL), "");
    assert_null(config_url(config, config_environment(config, 1), &error));
    assert_place(9, 10, "environment variable PLUMB_TEST_NONE is not set");
    assert_true(config_wanted(config, config_environment(config, 1), &wanted, &error));
    assert_null(wanted);
    assert_null(config_url(config, config_environment(config, 2), &error));
    assert_place(10, 3, "environment none has no url");
    assert_null(config_environment(config, 3));
    assert_int_equal(config_defaults(config)->count, 0);
    assert_string_equal(config_file(config), config_path);
}

/* Each state that is plainly a path is beside the file; others stay as they are. */
static void test_paths(void **state)
{
    static const char *const kept[] = {"git:main:schemas", "empty:",      "/absolute",
                                       "postgresql://h/d", "mysql://h/d", "recorded:mysql://h/d"};
    const struct config_environment *environment;
    const char *wanted;
    char text[128];

    (void)state;
    for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
        snprintf(text, sizeof(text), "environments: {e: {wanted: [\"%s\"]}}\n", kept[i]);
        open_text(text);
        environment = config_environment(config, 0);
        assert_true(config_wanted(config, environment, &wanted, &error));
        assert_string_equal(wanted, kept[i]);
    }
    open_text(
        "defaults: {record: r.json, write_latest: out/, notify: mail, exclude: [a.*, b.c]}\n");
    assert_value("record", beside("r.json"));
    assert_value("write_latest", beside("out/"));
    assert_value("notify", "mail");
    assert_value("exclude", "a.*,b.c");
}

static void test_values(void **state)
{
    (void)state;
    open_text("defaults:\n"
              "  transactional: true\n"
              "  ignore_column_order: no\n"
              "  exclude: [a, [b]]\n"
              "  ask: {a: b}\n"
              "  schema: [\"${PLUMB_TEST_NONE}\"]\n"
              "  osc: ${tool\n");
    assert_value("transactional", "true");
    assert_null(value_of("ignore_column_order"));
    assert_place(3, 24, "ignore_column_order is true or false, not no");
    assert_null(value_of("exclude"));
    assert_place(4, 16, "a text is needed here");
    assert_null(value_of("ask"));
    assert_place(5, 8, "a text is needed here");
    assert_null(value_of("schema"));
    assert_place(6, 12, "environment variable PLUMB_TEST_NONE is not set");
    assert_null(value_of("osc"));
    assert_place(7, 8, "${ is not closed by }");
    assert_string_equal(plumb_error_source(&error), "  osc: ***");
}

static void test_mistakes(void **state)
{
    (void)state;
    assert_open_fails("default: {}\n", 1, 1, "unknown key default", "Did you mean defaults?");
    assert_open_fails("# \xc3\xa4\ndefaults:\n  \"\xc3\xa4\": 1\n", 3, 3, "unknown key \xc3\xa4",
                      "");
    assert_open_fails("environments:\n  e:\n    ulr: x\n", 3, 5, "unknown key ulr",
                      "Did you mean url?");
    assert_open_fails("defaults:\n  wanted: x\n", 2, 3, "unknown key wanted", "");
    assert_open_fails("defaults: {ask: auto, ask: never}\n", 1, 23, "ask is there twice", "");
    assert_open_fails("environments: {a: {}, a: {}}\n", 1, 23, "a is there twice", "");
    assert_open_fails("environments: [a]\n", 1, 15,
                      "environments has to be a mapping of names to values", "");
    assert_open_fails("environments:\n  e: postgresql://h\n", 2, 6,
                      "an environment has to be a mapping of names to values", "");
    assert_open_fails("defaults: x\n", 1, 11, "defaults has to be a mapping of names to values",
                      "");
    assert_open_fails("- a\n", 1, 1, "the configuration has to be a mapping of names to values",
                      "");
    assert_open_fails("a: [\n", 2, 1, "did not find expected node content", "");
}

static void test_files(void **state)
{
    char before[256];

    (void)state;
    assert_null(config_open("/nonexistent/plumb.yaml", &error));
    assert_int_equal(plumb_error_code(&error), PLUMB_IO);
    open_text("");
    assert_null(config_environment(config, 0));
    open_text("environments:\ndefaults:\n");
    assert_null(config_environment(config, 0));
    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(config_folder), 0);
    assert_true(config_is_there());
    config_free(config);
    config = config_open(NULL, &error);
    assert_string_equal(config_file(config), "plumb.yaml");
    write_config("defaults: {record: r.json}\n");
    config_free(config);
    config = config_open(NULL, &error);
    assert_value("record", "r.json"); /* beside it is here */
    remove(config_path);
    assert_false(config_is_there());
    assert_int_equal(chdir(before), 0);
}

/* --- checking -------------------------------------------------------------------------------- */

/* Notes what it is asked of, and takes no "bad". */
static bool check(const struct config_setting *setting, const char *value, void *context,
                  struct plumb_error *problem)
{
    char *seen = context;
    size_t length = strlen(seen);

    snprintf(seen + length, 128 - length, "%s=%s ", setting->key, value);
    return strcmp(value, "bad") != 0 || plumb_error_set(problem, PLUMB_USAGE, "it is bad");
}

static bool check_text(const char *text, char *seen)
{
    *seen = '\0';
    open_text(text);
    return config_check(config, check, seen, &error);
}

static void test_check(void **state)
{
    char seen[128];

    (void)state;
    assert_true(check_text("environments:\n"
                           "  a: {allow: x, ask: \"${PLUMB_TEST_NONE}\"}\n"
                           "  b: {url: \"${PLUMB_TEST_NONE}\", manage: [y, z]}\n"
                           "defaults: {schema: s}\n",
                           seen));
    assert_string_equal(seen, "allow=x manage=y,z schema=s ");
    assert_int_equal(plumb_error_code(&error), PLUMB_OK);
    assert_false(check_text("environments:\n  a: {allow: x}\n  b: {ask: bad}\n", seen));
    assert_place(3, 12, "it is bad");
    assert_false(check_text("defaults: {ask: bad}\n", seen));
    assert_place(1, 17, "it is bad");
    assert_false(check_text("environments: {a: {url: \"${\"}}\n", seen));
    assert_place(1, 25, "${ is not closed by }");
    assert_false(check_text("environments: {a: {wanted: {}}}\n", seen));
    assert_place(1, 28, "a text is needed here");
    assert_false(check_text("defaults: {transactional: maybe}\n", seen));
    assert_place(1, 27, "transactional is true or false, not maybe");
}

static void test_place(void **state)
{
    const struct config_setting *setting;

    (void)state;
    open_text("defaults:\n  ask: x\n");
    setting = config_defaults(config)->items;
    plumb_error_set(&error, PLUMB_USAGE, "what is that");
    assert_false(config_place(config, setting, &error));
    assert_place(2, 8, "what is that");
    assert_false(config_place(config, setting, NULL));
}

/* --- robustness ------------------------------------------------------------------------------ */

static const char seed[] = "environments:\n  prod:\n    url: postgresql://h/${A:-b}\n"
                           "    wanted: [a, 'b']\n    allow: []\ndefaults:\n"
                           "  lock_timeout: 5s\n  exclude: [a.*]\n  format: json\n";

/* Asks for all that a configuration has; true where nothing failed. */
static bool ask_for_all(void)
{
    const struct config_environment *environment;
    const char *wanted;
    char seen[128] = "";

    config_free(config);
    config = config_open(config_path, &error);
    if (!config || !config_check(config, check, seen, &error))
        return false;
    for (size_t i = 0; (environment = config_environment(config, i)); i++)
        if (!config_url(config, environment, &error) ||
            !config_wanted(config, environment, &wanted, &error))
            return false;
    return true;
}

/* Damaged configurations are read or refused; the sanitizers look on. */
static void test_damaged(void **state)
{
    static const char *const words[] = {"\n",  "  ", ": ", "- ", "[", "]",  "{", "}",  "&a ",  "*a",
                                        "|\n", ">",  "'",  "\"", "#", "${", "}", "\t", "---\n"};
    struct mutation mutation = {
        .state = 42, .words = words, .word_count = sizeof(words) / sizeof(*words)};

    (void)state;
    for (size_t round = 0; round < 1500; round++) {
        char *text = strdup(seed);

        for (size_t i = 1 + mutate_number(&mutation, 4); i > 0; i--)
            text = mutate_once(&mutation, text, seed);
        write_config(text);
        free(text);
        if (!ask_for_all())
            assert_true(plumb_error_message(&error)[0] != '\0');
    }
}

/* Wherever memory runs out, the caller gets an error, and the configuration can be freed. */
static void test_no_memory(void **state)
{
    size_t number = 1;
    bool ok = false;

    (void)state;
    write_config(seed);
    for (; !ok; number++) {
        memory_fault_begin(number, false);
        ok = ask_for_all();
        memory_fault_end();
        assert_true(ok || plumb_error_code(&error) == PLUMB_MEMORY);
    }
    assert_true(number > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_environments, begin, end),
        cmocka_unit_test_setup_teardown(test_paths, begin, end),
        cmocka_unit_test_setup_teardown(test_values, begin, end),
        cmocka_unit_test_setup_teardown(test_mistakes, begin, end),
        cmocka_unit_test_setup_teardown(test_files, begin, end),
        cmocka_unit_test_setup_teardown(test_check, begin, end),
        cmocka_unit_test_setup_teardown(test_place, begin, end),
        cmocka_unit_test_setup_teardown(test_damaged, begin, end),
        cmocka_unit_test_setup_teardown(test_no_memory, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
