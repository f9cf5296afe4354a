/* Intervals of events: mysql/types/interval.c. What is expected is what information_schema.events shows on MySQL and
 * MariaDB. */
#include "mysql/types/interval.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct {
    const char *text;
    bool number;
    const char *unit;
    const char *printed;
} cases[] = {
    {"05", false, "MINUTE", "5"},
    {" 7 ", false, "DAY", "7"},
    {"3 abc", false, "HOUR", "3"},
    {"2.6", false, "HOUR", "2"},
    {"1.7", true, "MINUTE", "2"},
    {"2.5", true, "SECOND", "2"},
    {"2", true, "QUARTER", "2"},
    {"1:30", false, "MINUTE_SECOND", "'1:30'"},
    {"0:90", false, "HOUR_MINUTE", "'1:30'"},
    {"30", false, "HOUR_MINUTE", "'0:30'"},
    {"130", true, "MINUTE_SECOND", "'2:10'"},
    {"001-2", false, "YEAR_MONTH", "'1-2'"},
    {"25", false, "DAY_HOUR", "'1 1'"},
    {"1 30", false, "DAY_MINUTE", "'0 1:30'"},
    {"1:2:3", false, "DAY_SECOND", "'0 1:2:3'"},
    {"1 2:3:4", false, "DAY_SECOND", "'1 2:3:4'"},
    {"100:70:80", false, "HOUR_SECOND", "'101:11:20'"},
    /* The server refuses these: they are shown as they were written. */
    {"-", false, "YEAR_MONTH", "-"},
    {"", false, "HOUR", ""},
    {"0", true, "DAY", "0"},
};

static void test_as_the_servers_keep_them(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_string_equal(my_print_interval(arena, cases[i].text, cases[i].number, cases[i].unit),
                            cases[i].printed);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_the_servers_keep_them)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
