/* Cancelling without a lock, which a signal handler could not take: whoever interrupts counts himself in
 * before he looks what there is to interrupt, and whoever takes that away waits until nobody is counted. */
#include "core/control.h"

#include <sched.h>

void control_cancel(struct control *control)
{
    atomic_store(&control->cancelled, true);
    atomic_fetch_add(&control->interrupting, 1);
    for (size_t i = 0; i < CONTROL_PLACES; i++) {
        struct interruptible *what = atomic_load(&control->interruptible[i]);

        if (what)
            what->interrupt(what->thing);
    }
    atomic_fetch_sub(&control->interrupting, 1);
}

void control_renew(struct control *control)
{
    atomic_store(&control->cancelled, false);
}

bool control_interrupts(struct control *control, struct interruptible *former,
                        struct interruptible *what)
{
    bool placed = false;

    if (former == what)
        return true;
    for (size_t i = 0; i < CONTROL_PLACES && !placed; i++) {
        struct interruptible *expected = former;

        placed = atomic_compare_exchange_strong(&control->interruptible[i], &expected, what);
    }
    while (former && atomic_load(&control->interrupting))
        sched_yield();
    return placed;
}
