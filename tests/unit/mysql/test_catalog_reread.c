/* Texts of tables that a session with NO_BACKSLASH_ESCAPES had opened. */
#include "../support.h"

#include <string.h>

#include "mysql/catalog/catalog.h"

static void assert_line(const char *text, const char *head, const char *stored,
                        const char *expected)
{
    struct arena *arena = arena_new();
    size_t length = strlen(text);
    const char *once = my_reread_line(arena, text, &length, head, stored);

    assert_int_equal(length, strlen(expected));
    assert_memory_equal(once, expected, length);
    arena_free(arena);
}

static void test_doubled(void **state)
{
    (void)state;
    assert_line(
        "(\n  `a` int,\n  `g` int GENERATED ALWAYS AS (f(_utf8mb4'\\\\\\\\x')) COMMENT 'a\\\\b'\n)",
        "`g`", "f(_latin1'\\\\x')",
        "(\n  `a` int,\n  `g` int GENERATED ALWAYS AS (f(_utf8mb4'\\\\x')) COMMENT 'a\\\\b'\n)");
    assert_line("(\n  UNIQUE KEY `k` ((f(_utf8mb4'\\\\n')))\n)", "KEY `k`", "f(_utf8mb4'\\n')",
                "(\n  UNIQUE KEY `k` ((f(_utf8mb4'\\n')))\n)");
    assert_line("(\n  CONSTRAINT `c` CHECK ((_utf8mb4'\\\\\\\\'))\n)", "CONSTRAINT `c`",
                "(_utf8mb4'\\\\')", "(\n  CONSTRAINT `c` CHECK ((_utf8mb4'\\\\'))\n)");
}

static void test_right_already(void **state)
{
    static const char plain[] =
        "(\n  `g` int GENERATED ALWAYS AS (_utf8mb4'\\\\x') COMMENT '\\\\'\n)";

    (void)state;
    assert_line(plain, "`g`", "_utf8mb4'\\\\x'", plain);
    assert_line(plain, "`other`", "_utf8mb4'\\x'", plain);
    assert_line(plain, "`g`", "`\\x`", plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doubled),
        cmocka_unit_test(test_right_already),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
