/* What an interrupt (Ctrl-C, SIGTERM, SIGHUP) does. */
#ifndef PLUMB_CLI_INTERRUPT_H
#define PLUMB_CLI_INTERRUPT_H

#include <stdbool.h>

#include "plumb.h"

/* From here on an interrupt cancels what a server does for the control's operations, and ends plumb by that
 * signal at once. NULL: by the signal alone. */
void interrupt_ends(struct plumb_control *control);

/* While orderly, it only cancels the operation, which can then say how far it came. */
void interrupt_is_orderly(bool orderly);

#endif
