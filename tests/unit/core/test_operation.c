/* Operations that fail: everything they took is given back, in the right order, and nothing else. Under the
 * leak checker these tests also show that nothing stays. Also how they are stopped from outside: core/control.c. */
#include "../support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "core/operation.h"

static char trail[32]; /* what was released, in order */

static void release(void *thing)
{
    strncat(trail, thing, sizeof(trail) - strlen(trail) - 1);
}

static int begin(void **state)
{
    (void)state;
    trail[0] = '\0';
    return 0;
}

/* --- failing ----------------------------------------------------------------------------------- */

static char a[] = "a";
static char b[] = "b";
static char c[] = "c";

static void take_much(void *argument)
{
    struct arena *arena = arena_new();
    struct arena *freed = arena_new();
    struct buffer text = BUFFER_EMPTY;

    operation_hold(a, release);
    for (int i = 0; i < 1000; i++)
        buffer_printf(&text, "%s", arena_printf(arena, "number %d ", i));
    operation_hold(b, release);
    arena_free(freed);
    operation_hold(c, release);
    operation_drop(b);
    if (argument)
        operation_fail(ERROR_IO, "enough");
    operation_drop(a);
    operation_drop(c);
    buffer_free(&text);
    arena_free(arena);
}

static void test_failure(void **state)
{
    struct error error = {0};

    (void)state;
    assert_true(operation_try(take_much, NULL, &error));
    assert_string_equal(trail, "");
    assert_false(operation_try(take_much, trail, &error));
    assert_int_equal(error.code, ERROR_IO);
    assert_string_equal(error.message, "enough");
    assert_string_equal(trail, "ca");
}

/* --- parts ------------------------------------------------------------------------------------- */

struct outer {
    struct arena *arena;
    const char *text;
    bool fail_part;
    bool fail_whole;
};

static void part(void *argument)
{
    struct outer *outer = argument;

    outer->text = arena_printf(outer->arena, "%0500d", 7); /* an arena of the whole's grows */
    arena_strdup(arena_new(), "lost");                     /* goes to the whole */
    operation_hold(a, release);
    if (outer->fail_part)
        operation_fail(ERROR_IO, "the part");
}

static void whole(void *argument)
{
    struct outer *outer = argument;
    struct error error = {0};

    outer->arena = arena_new();
    operation_hold(b, release);
    assert_int_equal(operation_try(part, outer, &error), !outer->fail_part);
    assert_int_equal(strlen(outer->text), 500); /* what the whole's arena holds stays */
    operation_fail(ERROR_USAGE, "the whole");
}

static void test_parts(void **state)
{
    struct outer outer = {.fail_part = true};
    struct error error = {0};

    (void)state;
    assert_false(operation_try(whole, &outer, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_string_equal(trail, "ab");
    trail[0] = '\0';
    outer.fail_part = false;
    assert_false(operation_try(whole, &outer, &error));
    assert_string_equal(trail, "ab");
}

/* An operation of its own that went well leaves what it made to its caller, whatever happens to the one
 * that was under way around it. */
static struct arena *make_apart(void)
{
    struct operation operation;
    struct error error = {0};
    struct arena *arena;

    operation_begin(&operation, NULL, &error);
    if (setjmp(operation.way_out) == 0) {
        arena = arena_new();
        arena_strdup(arena, "kept");
        operation_end(&operation);
        return arena;
    }
    return NULL;
}

static void fail_around(void *argument)
{
    *(struct arena **)argument = make_apart();
    operation_fail(ERROR_IO, "around");
}

static void test_apart(void **state)
{
    struct arena *arena = NULL;
    struct error error = {0};

    (void)state;
    assert_false(operation_try(fail_around, &arena, &error));
    assert_non_null(arena);
    assert_true(arena_used(arena) > 0);
    arena_free(arena);
}

static void hold_many(void *argument)
{
    static char digits[] = "0123456789";

    (void)argument;
    for (int round = 0; round < 10; round++)
        for (int i = 0; i < 10; i++)
            operation_hold(&digits[i], release);
    operation_release(2);
    assert_int_equal(operation_mark(), 2);
    assert_int_equal(strlen(trail), sizeof(trail) - 1);
    trail[0] = '\0';
    operation_fail(ERROR_IO, "many");
}

static void test_many_held(void **state)
{
    struct error error = {0};

    (void)state;
    assert_false(operation_try(hold_many, NULL, &error));
    assert_string_equal(trail, "1234567890123456789");
}

/* --- memory ------------------------------------------------------------------------------------ */

/* Each allocation fails once; then all from one on. */
static void test_faults(void **state)
{
    struct error error = {0};
    size_t count;

    (void)state;
    memory_fault_begin(0, false);
    assert_true(operation_try(take_much, NULL, &error));
    count = memory_fault_end();
    assert_true(count > 1000);
    for (size_t i = 1; i <= count; i++) {
        memory_fault_begin(i, i % 2);
        assert_false(operation_try(take_much, NULL, &error));
        memory_fault_end();
        assert_int_equal(error.code, ERROR_MEMORY);
        assert_string_equal(error.message, "out of memory");
    }
    memory_fault_begin(count + 1, false);
    assert_true(operation_try(take_much, NULL, &error));
    memory_fault_end();
}

/* Takes that many bytes, half of which it gives back again and again. */
static void take_bytes(size_t size)
{
    struct arena *arena = arena_new();

    for (int i = 0; i < 20; i++) {
        struct buffer text = BUFFER_EMPTY;

        for (size_t at = 0; at < size / 4; at++)
            buffer_append_char(&text, 'x');
        buffer_free(&text);
    }
    arena_alloc(arena, size / 2);
    arena_free(arena);
}

static bool is_enough(size_t most, size_t size)
{
    struct control control = {.most_memory = most};
    struct operation operation;
    struct error error = {0};

    operation_begin(&operation, &control, &error);
    if (setjmp(operation.way_out) == 0) {
        take_bytes(size);
        operation_end(&operation);
        return true;
    }
    assert_int_equal(error.code, ERROR_MEMORY);
    assert_non_null(strstr(error.message, "more memory than it may"));
    return false;
}

static void test_limit(void **state)
{
    (void)state;
    assert_true(is_enough(0, 1 << 20));
    assert_true(is_enough(1 << 20, 1 << 20));
    assert_false(is_enough(1 << 20, 4 << 20));
    assert_false(is_enough(100, 1000));
}

static void ask_for_all(void *argument)
{
    (void)argument;
    memory_alloc(SIZE_MAX - 100);
}

static void test_too_large(void **state)
{
    struct error error = {0};

    (void)state;
    assert_false(operation_try(ask_for_all, NULL, &error));
    assert_int_equal(error.code, ERROR_MEMORY);
}

/* --- cancelling -------------------------------------------------------------------------------- */

static atomic_int interrupted;

static void interrupt(void *thing)
{
    (void)thing;
    atomic_fetch_add(&interrupted, 1);
}

static void run_cancelled(struct control *control)
{
    struct interruptible what = {.interrupt = interrupt};
    struct operation operation;
    struct error error = {0};

    operation_begin(&operation, control, &error);
    if (setjmp(operation.way_out) != 0)
        fail();
    assert_true(operation_goes_on(&error));
    assert_null(operation_interrupts(&what));
    control_cancel(control);
    assert_int_equal(interrupted, 1);
    assert_ptr_equal(operation_interrupts(NULL), &what);
    control_cancel(control);
    assert_int_equal(interrupted, 1);
    assert_false(operation_shield(true));
    assert_false(operation_is_cancelled());
    assert_true(operation_shield(false));
    assert_false(operation_goes_on(&error));
    assert_int_equal(error.code, ERROR_CANCELLED);
    operation_end(&operation);
}

static void test_cancel(void **state)
{
    struct control control = {0};

    (void)state;
    interrupted = 0;
    run_cancelled(&control);
    control_renew(&control);
    interrupted = 0;
    run_cancelled(&control);
}

/* One thread cancels again and again, the other sets what is to be interrupted, and takes it away: it must
 * not be used any more then. */
static void *cancel_often(void *argument)
{
    for (int i = 0; i < 20000; i++)
        control_cancel(argument);
    return NULL;
}

static void check_alive(void *thing)
{
    if (!atomic_load((atomic_bool *)thing))
        atomic_fetch_add(&interrupted, 1);
}

static void test_cancel_from_thread(void **state)
{
    struct control control = {0};
    pthread_t thread;

    (void)state;
    interrupted = 0;
    assert_int_equal(pthread_create(&thread, NULL, cancel_often, &control), 0);
    for (int i = 0; i < 20000; i++) {
        atomic_bool alive = true;
        struct interruptible what = {check_alive, &alive};

        control_interrupts(&control, NULL, &what);
        control_interrupts(&control, &what, NULL);
        alive = false;
    }
    pthread_join(thread, NULL);
    assert_int_equal(interrupted, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_failure, begin),
        cmocka_unit_test_setup(test_parts, begin),
        cmocka_unit_test_setup(test_apart, begin),
        cmocka_unit_test_setup(test_many_held, begin),
        cmocka_unit_test_setup(test_faults, begin),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_cancel_from_thread),
    };

    return RUN(tests);
}
