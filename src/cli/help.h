/* The options of a command for people. */
#ifndef PLUMB_CLI_HELP_H
#define PLUMB_CLI_HELP_H

#include "core/arena.h"
#include "core/buffer.h"

/* Appends the options of the command (one of FOR_*) by what they are for, in lines of at most width columns (0: 100). */
void append_options(struct buffer *out, struct arena *arena, unsigned command, size_t width);

#endif
