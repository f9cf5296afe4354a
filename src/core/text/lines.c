/* Lines of a text that many places are looked up in. */
#include "core/text/lines.h"

#include <string.h>

static void find_starts(struct lines *lines, struct arena *arena, const char *text, size_t length)
{
    const char *end = text + length;
    size_t count = 1;

    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        count++;
    lines->starts = ARENA_ARRAY(arena, size_t, count);
    lines->count = 1;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines->starts[lines->count++] = (size_t)(at + 1 - text);
}

int lines_find(struct lines *lines, struct arena *arena, const char *text, size_t length,
               size_t offset, int *column)
{
    size_t low = 0;
    size_t high;

    if (!lines->starts)
        find_starts(lines, arena, text, length);
    high = lines->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (lines->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    *column = (int)(offset - lines->starts[low]) + 1;
    return (int)low + 1;
}
