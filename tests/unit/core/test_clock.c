/* The clock only goes forward, in seconds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

#include "core/clock.h"

static void test_forward(void **state)
{
    struct timespec pause = {.tv_nsec = 20000000};
    double before = clock_now();

    (void)state;
    nanosleep(&pause, NULL);
    assert_true(clock_now() >= before + 0.02);
    assert_true(clock_now() < before + 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forward)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
