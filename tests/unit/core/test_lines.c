/* Lines and columns of offsets. */
#include "../support.h"

#include <string.h>

#include "core/text/lines.h"

static void assert_place(const char *text, size_t offset, int line, int column)
{
    struct arena *arena = arena_new();
    struct lines lines = {0};
    int found;

    for (int again = 0; again < 2; again++) {
        assert_int_equal(lines_find(&lines, arena, text, strlen(text), offset, &found), line);
        assert_int_equal(found, column);
    }
    arena_free(arena);
}

/* A line has the end that ends it; behind the last one begins another. */
static void test_places(void **state)
{
    (void)state;
    assert_place("", 0, 1, 1);
    assert_place("one", 2, 1, 3);
    assert_place("one\ntwo\n\nfour", 3, 1, 4);
    assert_place("one\ntwo\n\nfour", 4, 2, 1);
    assert_place("one\ntwo\n\nfour", 8, 3, 1);
    assert_place("one\ntwo\n\nfour", 11, 4, 3);
    assert_place("one\n", 4, 2, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
    };

    return RUN(tests);
}
