/* Time that only goes forward: for how long something takes, not for when it was. */
#ifndef PLUMB_CORE_CLOCK_H
#define PLUMB_CORE_CLOCK_H

/* Seconds since some moment. */
double clock_now(void);

#endif
