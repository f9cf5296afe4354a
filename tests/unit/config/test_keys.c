/* The keys of plumb.yaml: config/keys.def. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "config/keys.h"

static void test_find(void **state)
{
    (void)state;
    assert_int_equal(key_find("record", 6)->kind, KEY_PATH);
    assert_int_equal(key_find("transactional: x", 13)->kind, KEY_FLAG);
    assert_int_equal(key_find("allow", 5)->kind, KEY_TEXT);
    assert_null(key_find("allo", 4));
    assert_null(key_find("allowed", 7));
    assert_null(key_find("", 0));
}

static void test_names(void **state)
{
    const char *names[KEY_MOST];
    size_t of_environment = key_names(true, names);
    size_t of_defaults;

    (void)state;
    assert_int_equal(of_environment, config_key_count);
    of_defaults = key_names(false, names);
    assert_int_equal(of_defaults, of_environment - 2);
    for (size_t i = 0; i < of_defaults; i++) {
        assert_string_not_equal(names[i], "url");
        assert_string_not_equal(names[i], "wanted");
    }
}

/* What may hold a password is never shown. */
static void test_shown(void **state)
{
    static const char *const hidden[] = {"url", "scratch", "notify", "osc", "record"};

    (void)state;
    for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
        assert_false(key_find(hidden[i], strlen(hidden[i]))->is_shown);
    assert_true(key_find("wanted", 6)->is_shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
