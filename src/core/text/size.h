/* Sizes of storage as people write them. */
#ifndef PLUMB_CORE_TEXT_SIZE_H
#define PLUMB_CORE_TEXT_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/* "500M", "1.5GB", "2 gb" or a number of bytes; K, M, G and T are powers of 1024. False when it is none of these. */
bool size_parse(const char *text, int64_t *bytes);

/* "512 bytes", "8 kB", "1.5 GB"; in the arena. */
const char *size_shown(struct arena *arena, int64_t bytes);

#endif
