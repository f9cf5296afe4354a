/* How far an apply is: on a terminal one line that changes, with the time that the step takes; else a line for each
 * step that is done. */
#ifndef PLUMB_CLI_PROGRESS_H
#define PLUMB_CLI_PROGRESS_H

#include <stdbool.h>

#include "core/arena.h"
#include "plumb.h"

struct progress;

/* Listens to the control until progress_end, and writes to stderr; in the arena. NULL is allowed at the end. */
struct progress *progress_begin(struct arena *arena, struct plumb_control *control);
void progress_end(struct progress *progress);

/* "[2/7] create index a.b" and, after some seconds, how long it has taken: " 1:05"; cut to width columns (0: not
 * cut), in a text of that many bytes. seconds: since the step began. */
void progress_line(const struct plumb_progress *at, long seconds, size_t width, char *line,
                   size_t size);

#endif
