/* Lines of a text that many places are looked up in. */
#ifndef PLUMB_CORE_TEXT_LINES_H
#define PLUMB_CORE_TEXT_LINES_H

#include <stddef.h>

#include "core/arena.h"

/* Where the lines of a text begin; empty at first. */
struct lines {
    size_t *starts;
    size_t count;
};

/* The line in which the byte at the offset is, and its column in bytes: both from 1. The first call looks through
 * the text, and keeps in the arena where its lines begin. */
int lines_find(struct lines *lines, struct arena *arena, const char *text, size_t length,
               size_t offset, int *column);

#endif
