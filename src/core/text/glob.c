/* Patterns as a shell knows them. */
#include "core/text/glob.h"

#include <fnmatch.h>

bool glob_matches(const char *glob, const char *text)
{
    return fnmatch(glob, text, 0) == 0;
}

bool glob_matches_any(const char *const *globs, const char *text)
{
    for (; globs && *globs; globs++)
        if (glob_matches(*globs, text))
            return true;
    return false;
}
