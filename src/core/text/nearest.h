/* "Did you mean": the known name that is nearest to a mistyped one. */
#ifndef PLUMB_CORE_TEXT_NEAREST_H
#define PLUMB_CORE_TEXT_NEAREST_H

#include <stddef.h>

/* The candidate with the fewest changes of single characters (letters' case ignored), or NULL when
 * none is near enough to be what was meant. The name and entries may be NULL. */
const char *nearest_name(const char *name, const char *const *candidates, size_t count);

#endif
