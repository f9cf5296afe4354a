/* Memory that runs out in the middle of an offline diff, at each single allocation: an error value comes out,
 * and nothing stays behind (which the leak checker tells). */
#include "small_diff.h"

#include "core/memory.h"

/* Each fault alone, and for every other of them all that follow as well. */
static void test_all(const struct pair *pair)
{
    struct plumb_error *error = plumb_error_new();
    size_t count;

    assert_int_equal(run(pair, error), PLUMB_OK); /* what is taken once and for all */
    memory_fault_begin(0, false);
    assert_int_equal(run(pair, error), PLUMB_OK);
    count = memory_fault_end();
    for (size_t i = 1; i <= count; i++) {
        enum plumb_code code;

        memory_fault_begin(i, i % 2);
        code = run(pair, error);
        memory_fault_end();
        if (code != PLUMB_MEMORY)
            fail_msg("fault %zu of %zu: code %d, %s", i, count, code, plumb_error_message(error));
        assert_string_equal(plumb_error_message(error), "out of memory");
    }
    assert_int_equal(run(pair, error), PLUMB_OK);
    print_message("%zu allocations\n", count);
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
