/* What every unit test includes: cmocka with the headers that it wants before it. */
#ifndef PLUMB_TESTS_SUPPORT_H
#define PLUMB_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define RUN(tests) cmocka_run_group_tests((tests), NULL, NULL)

/* A small generator of numbers, so that shuffles are the same everywhere. */
static inline unsigned next_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33);
}

static inline void shuffle(size_t *numbers, size_t count, uint64_t *seed)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = next_number(seed) % i;
        size_t other = numbers[i - 1];

        numbers[i - 1] = numbers[j];
        numbers[j] = other;
    }
}

#endif
