/* Which bodies are the same: mysql/resolve/body.c. */
#include "mysql/resolve/body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct {
    const char *a;
    const char *b;
    bool same;
} cases[] = {
    {"SET x = 1", "SET x = 1", true},
    {"SET x = 1", "SET x = 2", false},
    {"BEGIN\n SELECT 1;\nEND", "BEGIN\r\n SELECT 1;\r\nEND", true},
    {"SET x = 1", "SET x = 1 # said", true},
    {"SET x = 1", "SET x = 1 -- said\n", true},
    {"BEGIN /* why */ SELECT 1; -- because\n END", "BEGIN  SELECT 1; \n END", true},
    {"SET x = a--1", "SET x = a-1", false},
    {"SET x = '# no comment'", "SET x = '# no'", false},
    {"SET x = 'it\\'s # none'", "SET x = 'it\\'s'", false},
    {"SET x = '''# none'", "SET x = '''# other'", false},
    {"SET x = `a#b`", "SET x = `a#c`", false},
    {"SELECT 1 /*! + 1 */", "SELECT 1", false},
    {"SELECT 1 /*M! + 1 */", "SELECT 1", false},
    {"SELECT ab", "SELECT a b", false},
    {"SELECT a/**/b", "SELECT a b", true},
    {"SELECT '\\', '# a'", "SELECT '\\', '# b'", false},
    {"SELECT 'it\\'s';\r\n", "SELECT 'it\\'s';\n", true},
    {"", " /* nothing */ ", true},
    {"SET x = 'a", "SET x = 'b", false},
};

static void test_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(my_same_body(cases[i].a, cases[i].b), cases[i].same);
        assert_int_equal(my_same_body(cases[i].b, cases[i].a), cases[i].same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
