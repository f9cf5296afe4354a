/* Time that goes forward: core/clock. */
#include "../support.h"

#include <time.h>

#include "core/clock.h"

static void test_goes_forward(void **state)
{
    const struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
    double before = clock_now();
    double after;

    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_true(clock_now() >= before);
    before = clock_now();
    nanosleep(&moment, NULL);
    after = clock_now();
    assert_true(after - before >= 0.019 && after - before < 60); /* in seconds */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goes_forward),
    };

    return RUN(tests);
}
