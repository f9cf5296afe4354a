/* One document of every environment (cli/all_report.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "cli/all.h"
#include "core/buffer.h"
#include "../support.h"

static const struct all_command drift = {.name = "drift", .bit = FOR_DRIFT};
static const struct all_command diff = {.name = "diff", .bit = FOR_DIFF};
static const struct all_command restore = {.name = "drift", .bit = FOR_DRIFT, .changes = true};

/* What plumb writes of one, in each format. */
static const char metrics_of_test[] = "# HELP plumb_drift Drift.\n# TYPE plumb_drift gauge\n"
                                      "plumb_drift{target=\"t\"} 0\n";
static const char metrics_of_prod[] = "# HELP plumb_drift Drift.\n# TYPE plumb_drift gauge\n"
                                      "plumb_drift{target=\"p\"} 1\n";

static struct all_result results[] = {
    {"te\"st", ALL_SAME, 0, "", ""},
    {"prod", ALL_DIFFERENT, 2, "", ""},
    {"gone", ALL_UNREACHABLE, 1, "", "note: x\nplumb: error: cannot <connect>\nhint: y\n"},
    {"last", ALL_NOT_BEGUN, -1, "", ""},
};

enum { count = sizeof(results) / sizeof(*results) };

static const char *document(const struct all_command *command, enum output_format format,
                            bool quiet, const char *first, const char *second)
{
    static struct buffer out = BUFFER_EMPTY;
    const struct options options = {.format = format, .quiet = quiet, .command = command->bit};

    results[0].answer = first;
    results[1].answer = second;
    buffer_truncate(&out, 0);
    all_report(&options, command, results, count, &out);
    return buffer_text(&out);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(all_outcome_name(&drift, ALL_SAME), "no drift");
    assert_string_equal(all_outcome_name(&drift, ALL_DIFFERENT), "drift");
    assert_string_equal(all_outcome_name(&drift, ALL_REFUSED), "applying");
    assert_string_equal(all_outcome_name(&diff, ALL_SAME), "same");
    assert_string_equal(all_outcome_name(&diff, ALL_DIFFERENT), "different");
    assert_string_equal(all_outcome_name(&restore, ALL_SAME), "done");
    assert_string_equal(all_outcome_name(&restore, ALL_REFUSED), "refused");
    assert_string_equal(all_outcome_name(&restore, ALL_ERROR), "error");
}

static void test_text(void **state)
{
    (void)state;
    assert_string_equal(document(&drift, FORMAT_TEXT, false, "none\n", "much"),
                        "== te\"st: no drift ==\nnone\n\n== prod: drift ==\nmuch\n\n"
                        "== gone: unreachable: cannot <connect> ==\n\n== last: not begun ==\n\n"
                        "4 environments: 1 no drift, 1 drift, 1 unreachable, 1 not begun\n");
    assert_string_equal(document(&drift, FORMAT_DEFAULT, true, "", "much\n"),
                        "== prod: drift ==\nmuch\n\n"
                        "== gone: unreachable: cannot <connect> ==\n\n== last: not begun ==\n\n"
                        "4 environments: 1 no drift, 1 drift, 1 unreachable, 1 not begun\n");
    assert_string_equal(document(&diff, FORMAT_SQL, false, "", "SELECT 1;\n"),
                        "-- environment te\"st: same\n\n-- environment prod: different\n"
                        "SELECT 1;\n\n-- environment gone: unreachable\n\n"
                        "-- environment last: not begun\n");
}

/* Quiet where there is nothing to say. */
static void test_quiet(void **state)
{
    const struct options options = {.quiet = true};
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    results[0].answer = "";
    all_report(&options, &drift, results, 1, &out);
    assert_string_equal(buffer_text(&out), "");
    buffer_free(&out);
}

static void test_json(void **state)
{
    json_t *whole =
        json_loads(document(&drift, FORMAT_JSON, false, "{\"a\": 1}", "no document"), 0, NULL);
    json_t *list = json_object_get(whole, "environments");

    (void)state;
    assert_int_equal(json_array_size(list), count);
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(json_array_get(list, 0), "answer"), "a")),
                     1);
    assert_true(json_is_null(json_object_get(json_array_get(list, 1), "answer")));
    assert_true(json_is_null(json_object_get(json_array_get(list, 3), "exit_status")));
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 2), "outcome")),
                        "unreachable");
    json_decref(whole);
}

static void test_prometheus(void **state)
{
    (void)state;
    assert_string_equal(
        document(&drift, FORMAT_PROMETHEUS, true, metrics_of_test, metrics_of_prod),
        "# HELP plumb_drift Drift.\n# TYPE plumb_drift gauge\n"
        "plumb_drift{environment=\"te\\\"st\",target=\"t\"} 0\n"
        "plumb_drift{environment=\"prod\",target=\"p\"} 1\n"
        "# HELP plumb_known Whether anything could be said of the environment.\n"
        "# TYPE plumb_known gauge\n"
        "plumb_known{environment=\"te\\\"st\"} 1\nplumb_known{environment=\"prod\"} 1\n"
        "plumb_known{environment=\"gone\"} 0\nplumb_known{environment=\"last\"} 0\n");
}

static void test_junit(void **state)
{
    const char *text =
        document(&drift, FORMAT_JUNIT, false,
                 "<testsuites>\n  <testsuite name=\"t\">\n  </testsuite>\n</testsuites>\n", "");

    (void)state;
    assert_non_null(strstr(text, "  <testsuite name=\"te&quot;st: t\">\n  </testsuite>\n"));
    assert_non_null(strstr(text, "<testsuite name=\"gone\" tests=\"1\" errors=\"1\">"));
    assert_non_null(strstr(text, "<error message=\"unreachable: cannot &lt;connect>\"/>"));
    assert_non_null(strstr(text, "<error message=\"not begun\"/>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),      cmocka_unit_test(test_text),
        cmocka_unit_test(test_quiet),      cmocka_unit_test(test_json),
        cmocka_unit_test(test_prometheus), cmocka_unit_test(test_junit),
    };

    return RUN(tests);
}
