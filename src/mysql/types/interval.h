/* Intervals of events, as the servers keep them. */
#ifndef PLUMB_MYSQL_TYPES_INTERVAL_H
#define PLUMB_MYSQL_TYPES_INTERVAL_H

#include <stdbool.h>

#include "core/arena.h"

/* The constant interval in units of that word ("MINUTE_SECOND") as SHOW CREATE EVENT prints it: "5", or "'1:30'" with its
 * quotes. number: it stood there without quotes. What is no such interval comes back as it is. In the arena. */
const char *my_print_interval(struct arena *arena, const char *text, bool number, const char *unit);

#endif
