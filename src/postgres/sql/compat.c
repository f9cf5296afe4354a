/*
 * compat.c - what libpg_query is linked against besides the C library.
 *
 * A libpg_query package that was compiled on a newer distribution refers to functions which older
 * versions of glibc do not export. They are supplied here, each only where the build found that
 * libc has none. And what libpg_query would print (how its memory is used, when there is none left)
 * goes nowhere: the linker puts the last two functions in the place of its own (--wrap). Nothing
 * else in plumb may call them.
 */
#include <stddef.h>
#include <stdio.h>
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

int __wrap_pg_printf(const char *format, ...);
int __wrap_pg_fprintf(FILE *stream, const char *format, ...);

int __wrap_pg_printf(const char *format, ...)
{
    (void)format;
    return 0;
}

int __wrap_pg_fprintf(FILE *stream, const char *format, ...)
{
    (void)stream;
    (void)format;
    return 0;
}
