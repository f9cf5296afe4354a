/* What an interrupt does. The first one is heeded at once, and no server goes on with what nobody waits
 * for. A second one ends plumb whatever the first is at, as a server that does not answer may keep it
 * waiting. */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

/* What the signal handler cancels, and whether that is all. */
static struct plumb_control *volatile cancelled;
static volatile sig_atomic_t only_cancels;

static void interrupt(int number)
{
    for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
        signal(signals[i], SIG_DFL);
    if (cancelled)
        plumb_control_cancel(cancelled);
    if (!only_cancels)
        raise(number);
}

/* A signal that was ignored when plumb began (nohup) stays so. */
static void catch (void (*handler)(int number))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_NODEFER};
    struct sigaction before;

    for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

void interrupt_ends(struct plumb_control *control)
{
    cancelled = control;
    catch (control ? interrupt : SIG_DFL);
}

void interrupt_is_orderly(bool orderly)
{
    only_cancels = orderly;
}
