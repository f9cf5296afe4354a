/* Texts without what stands around them. */
#include "core/text/trim.h"

#include <ctype.h>

void trim_blanks(const char **start, const char **end)
{
    while (*start < *end && isspace((unsigned char)**start))
        *start += 1;
    while (*end > *start && isspace((unsigned char)(*end)[-1]))
        *end -= 1;
}

size_t trim_statement(const char *text, size_t length)
{
    while (length && (isspace((unsigned char)text[length - 1]) || text[length - 1] == ';'))
        length--;
    return length;
}
