/* Patterns as a shell knows them, over whole texts: "*" goes over dots and slashes too. */
#ifndef PLUMB_CORE_TEXT_GLOB_H
#define PLUMB_CORE_TEXT_GLOB_H

#include <stdbool.h>

/* True where the pattern fits the text. */
bool glob_matches(const char *glob, const char *text);

/* True where one of the patterns, which end with NULL, fits the text; false for no list (NULL). */
bool glob_matches_any(const char *const *globs, const char *text);

#endif
