/* Letters in one case: those of ASCII and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/text/letter_case.h"

static void test_letters(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(text_lower(arena, "AZ az @[`{ 09 \xC3\x84"), "az az @[`{ 09 \xC3\x84");
    assert_string_equal(text_upper(arena, "AZ az @[`{ 09 \xC3\xA4"), "AZ AZ @[`{ 09 \xC3\xA4");
    assert_string_equal(text_lower(arena, ""), "");
    assert_null(text_lower(arena, NULL));
    assert_null(text_upper(arena, NULL));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_letters)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
