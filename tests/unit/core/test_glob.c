/* Patterns over whole texts. */
#include "../support.h"

#include "core/text/glob.h"

static void test_globs(void **state)
{
    const char *const globs[] = {"app.*", "x?", NULL};

    (void)state;
    assert_true(glob_matches("public.users", "public.users"));
    assert_true(glob_matches("public.*", "public.users.id")); /* over dots too */
    assert_true(glob_matches("*", ""));
    assert_false(glob_matches("public", "public.users"));
    assert_true(glob_matches_any(globs, "app.a"));
    assert_true(glob_matches_any(globs, "xy"));
    assert_false(glob_matches_any(globs, "app"));
    assert_false(glob_matches_any(NULL, "app"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_globs),
    };

    return RUN(tests);
}
