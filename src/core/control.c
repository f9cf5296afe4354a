/* Cancelling without a lock, which a signal handler could not take: whoever interrupts counts himself in
 * before he looks what there is to interrupt, and whoever takes that away waits until nobody is counted. */
#include "core/control.h"

#include <sched.h>

void control_cancel(struct control *control)
{
    struct interruptible *what;

    atomic_store(&control->cancelled, true);
    atomic_fetch_add(&control->interrupting, 1);
    what = atomic_load(&control->interruptible);
    if (what)
        what->interrupt(what->thing);
    atomic_fetch_sub(&control->interrupting, 1);
}

void control_renew(struct control *control)
{
    atomic_store(&control->cancelled, false);
}

struct interruptible *control_interrupts(struct control *control, struct interruptible *what)
{
    struct interruptible *former = atomic_exchange(&control->interruptible, what);

    while (former && atomic_load(&control->interrupting))
        sched_yield();
    return former;
}
