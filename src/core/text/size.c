/* Sizes of storage as people write them. */
#include "core/text/size.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char units[] = "KMGT";

bool size_parse(const char *text, int64_t *bytes)
{
    char *end;
    double size;
    const char *unit;

    if (!isdigit((unsigned char)*text)) /* nor a sign, "inf" or "nan" */
        return false;
    size = strtod(text, &end);
    end += *end == ' ';
    unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
    for (const char *each = units; unit && each <= unit; each++)
        size *= 1024;
    end += unit != NULL;
    end += toupper((unsigned char)*end) == 'B';
    if (*end || size > 9e18)
        return false;
    *bytes = (int64_t)size;
    return true;
}

const char *size_shown(struct arena *arena, int64_t bytes)
{
    double size = (double)bytes / 1024;
    const char *unit = units;

    if (bytes < 1024)
        return arena_printf(arena, "%d bytes", (int)bytes);
    while (size >= 1024 && unit[1]) {
        size /= 1024;
        unit++;
    }
    return arena_printf(arena, size < 10 && unit != units ? "%.1f %cB" : "%.0f %cB", size,
                        *unit == 'K' ? 'k' : *unit);
}
