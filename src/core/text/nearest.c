/* "Did you mean": edit distance over short names. */
#include "core/text/nearest.h"

#include <ctype.h>
#include <string.h>

enum { longest_name = 127 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Levenshtein's distance, one row at a time. */
static size_t distance(const char *a, const char *b)
{
    size_t row[longest_name + 1];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t above = row[j + 1];
            int differ = tolower((unsigned char)a[i]) != tolower((unsigned char)b[j]);

            row[j + 1] = smallest(row[j] + 1, above + 1, diagonal + (differ ? 1 : 0));
            diagonal = above;
        }
    }
    return row[width];
}

const char *nearest_name(const char *name, const char *const *candidates, size_t count)
{
    size_t length = name ? strlen(name) : 0;
    size_t best = length / 3 + 2; /* a third of it may be wrong, and one character more */
    const char *nearest = NULL;

    if (!name || length > longest_name)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t apart;

        if (!candidates[i] || strlen(candidates[i]) > longest_name)
            continue;
        apart = distance(name, candidates[i]);
        if (apart < best && apart < strlen(candidates[i])) {
            best = apart;
            nearest = candidates[i];
        }
    }
    return nearest;
}
