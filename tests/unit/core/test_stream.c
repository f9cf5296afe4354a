/* Streams and folders that are closed with the operation that opened them: core/stream.c. */
#include "../support.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/operation.h"
#include "core/stream.h"

/* The number that the next file gets tells whether the one before is closed. */
static int next_descriptor(void)
{
    int descriptor = open("/dev/null", O_RDONLY);

    close(descriptor);
    return descriptor;
}

static void open_and_fail(void *argument)
{
    FILE *stream = stream_open("/dev/null", "r");
    DIR *folder = folder_open("/");

    assert_non_null(stream);
    assert_non_null(folder);
    assert_true(next_descriptor() > *(int *)argument);
    operation_fail(ERROR_IO, "no");
}

static void test_a_failed_operation_closes(void **state)
{
    struct error error = {0};
    int before = next_descriptor();

    (void)state;
    assert_false(operation_try(open_and_fail, &before, &error));
    assert_int_equal(error.code, ERROR_IO);
    assert_int_equal(next_descriptor(), before);
}

static void test_closing(void **state)
{
    int before = next_descriptor();
    FILE *stream = stream_open("/dev/null", "r");
    DIR *folder = folder_open("/");

    (void)state;
    assert_int_equal(stream_close(stream), 0);
    folder_close(folder);
    assert_int_equal(next_descriptor(), before);
    assert_null(stream_open("/nowhere/at/all", "r"));
    assert_null(folder_open("/nowhere/at/all"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_failed_operation_closes),
        cmocka_unit_test(test_closing),
    };

    return RUN(tests);
}
