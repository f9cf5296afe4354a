/* malloc itself gives nothing, once, at each of its calls from our code and from libpg_query: wherever that is,
 * an error value comes out. What libraries outside of the program take is not touched. (The linker puts the
 * functions below in the place of malloc, calloc and realloc.) */
#include "small_diff.h"

#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static size_t calls;
static size_t failing; /* the number of the call that fails; 0: none */

static bool fails(void)
{
    return ++calls == failing;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

static void test_all(const struct pair *pair)
{
    struct plumb_error *error = plumb_error_new();
    size_t count;

    assert_int_equal(run(pair, error), PLUMB_OK); /* what is taken once and for all */
    calls = 0;
    assert_int_equal(run(pair, error), PLUMB_OK);
    count = calls;
    assert_true(count > 50);
    for (size_t i = 1; i <= count; i++) {
        enum plumb_code code;

        calls = 0;
        failing = i;
        code = run(pair, error);
        failing = 0;
        if (code != PLUMB_MEMORY)
            fail_msg("call %zu of %zu: code %d, %s", i, count, code, plumb_error_message(error));
    }
    assert_int_equal(run(pair, error), PLUMB_OK);
    print_message("%zu calls\n", count);
    plumb_error_free(error);
}

static void test_postgres(void **state)
{
    (void)state;
    test_all(&postgres);
}

static void test_mysql(void **state)
{
    (void)state;
    test_all(&mysql);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_postgres),
        cmocka_unit_test(test_mysql),
    };

    return RUN(tests);
}
