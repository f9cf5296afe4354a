/* Lines that fit (cli/terminal.c), the line of an apply (cli/progress.c), and help by task (cli/help.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "../support.h"

static void expect_wrapped(const char *text, size_t width, size_t before, const char *wanted)
{
    struct buffer out = BUFFER_EMPTY;

    append_wrapped(&out, text, width, before, 2);
    assert_string_equal(buffer_text(&out), wanted);
    buffer_free(&out);
}

static void test_lines_are_wrapped(void **state)
{
    (void)state;
    expect_wrapped("one two three", 0, 0, "one two three");
    expect_wrapped("one two three", 13, 0, "one two three");
    expect_wrapped("one two three", 12, 0, "one two\n  three");
    expect_wrapped("one two three", 13, 1, "one two\n  three");
    expect_wrapped("one two\nthree four", 8, 0, "one two\nthree\n  four");
    expect_wrapped("a far-too-long-word b", 6, 0, "a\n  far-too-long-word\n  b");
    expect_wrapped("", 6, 0, "");
    /* A letter of two bytes takes one column, a colour none. */
    expect_wrapped("\xc3\xa4\xc3\xa4 \xc3\xb6\xc3\xb6 x", 7, 0,
                   "\xc3\xa4\xc3\xa4 \xc3\xb6\xc3\xb6 x");
    expect_wrapped("\033[1;31mab\033[0m cd", 5, 0, "\033[1;31mab\033[0m cd");
}

static void test_statements_stay(void **state)
{
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    append_answer(
        &out,
        "~ alter x y\n    \033[33m! slow: it takes a while\033[0m\n    SELECT 'it takes a while';\n",
        20);
    assert_string_equal(buffer_text(&out),
                        "~ alter x y\n    \033[33m! slow: it takes\n      a while\033[0m\n"
                        "    SELECT 'it takes a while';\n");
    buffer_truncate(&out, 0);
    append_answer(&out, "    note: it takes a while", 0);
    assert_string_equal(buffer_text(&out), "    note: it takes a while");
    buffer_free(&out);
}

static void test_progress(void **state)
{
    const struct plumb_progress at = {
        .step = 2, .count = 7, .action = "create", .object = "index a.b\xc3\xa4"};
    char line[64];

    (void)state;
    progress_line(&at, 1, 0, line, sizeof(line));
    assert_string_equal(line, "[2/7] create index a.b\xc3\xa4");
    progress_line(&at, 65, 0, line, sizeof(line));
    assert_string_equal(line, "[2/7] create index a.b\xc3\xa4 1:05");
    progress_line(&at, 3601, 0, line, sizeof(line));
    assert_string_equal(line, "[2/7] create index a.b\xc3\xa4 1:00:01");
    progress_line(&at, 2, 20, line, sizeof(line));
    assert_string_equal(line, "[2/7] create in 0:02");
    progress_line(&at, 0, 23, line, sizeof(line)); /* not half of a letter */
    assert_string_equal(line, "[2/7] create index a.b");
}

static void test_help_knows_every_option(void **state)
{
    static const char *const commands[] = {"--config", "--version", "--help"};
    struct arena *arena = arena_new();

    (void)state;
    for (unsigned command = FOR_DIFF; command & FOR_ALL; command <<= 1) {
        struct buffer out = BUFFER_EMPTY;
        const char *others;
        size_t count;
        const char *const *names = option_names(arena, command, &count);

        append_options(&out, arena, command, 80);
        others = strstr(buffer_text(&out), "\nOther options:\n");
        assert_non_null(others);
        for (size_t i = 0; i < count; i++)
            assert_non_null(strstr(buffer_text(&out), arena_printf(arena, "--%s", names[i])));
        /* Each is of a task, but for what every command has. */
        for (size_t i = 0; i < 3; i++)
            assert_non_null(others = strstr(others, commands[i]));
        for (const char *at = strstr(buffer_text(&out), "\nOther options:\n");
             (at = strstr(at, "--")); at += 2)
            assert_true(strncmp(at, "--config", 8) == 0 || strncmp(at, "--version", 9) == 0 ||
                        strncmp(at, "--help", 6) == 0);
        buffer_free(&out);
    }
    arena_free(arena);
}

static void test_help_is_of_the_command(void **state)
{
    struct arena *arena = arena_new();
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    append_options(&out, arena, FOR_HISTORY, 0);
    assert_non_null(strstr(buffer_text(&out), "  -o, --output FILE\n"));
    assert_non_null(strstr(buffer_text(&out), "      --schema\n"));
    assert_null(strstr(buffer_text(&out), "--schema GLOB"));
    assert_null(strstr(buffer_text(&out), "--allow"));
    assert_null(strstr(buffer_text(&out), "prometheus"));
    buffer_free(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_wrapped),
        cmocka_unit_test(test_statements_stay),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_help_knows_every_option),
        cmocka_unit_test(test_help_is_of_the_command),
    };

    return RUN(tests);
}
