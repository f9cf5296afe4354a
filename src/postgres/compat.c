/*
 * compat.c - C library functions that a prebuilt libpg_query may want and the libc at hand may
 * lack.
 *
 * A libpg_query package that was compiled on a newer distribution refers to functions which older
 * versions of glibc do not export. They are supplied here, each only where the build found that
 * libc has none. Nothing else in plumb may call them.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifndef PLUMB_HAVE_STRLCPY
size_t strlcpy(char *target, const char *source, size_t size);

/* Copies as much of source as fits, always terminated; returns the length of source. */
size_t strlcpy(char *target, const char *source, size_t size)
{
    size_t length = strlen(source);

    if (size > 0) {
        size_t copied = length < size ? length : size - 1;

        memcpy(target, source, copied);
        target[copied] = '\0';
    }
    return length;
}
#endif

#ifndef PLUMB_HAVE_ISOC23_STRTOUL
unsigned long __isoc23_strtoul(const char *text, char **end, int base);

/* What strtoul is called since C23, where it reads "0b" prefixes too; libpg_query uses none. */
unsigned long __isoc23_strtoul(const char *text, char **end, int base)
{
    return strtoul(text, end, base);
}
#endif

/* ISO C wants at least one declaration in a file. */
typedef int compat_not_empty;
