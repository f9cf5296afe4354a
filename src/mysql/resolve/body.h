/* Bodies of programs, as far as clients keep them. */
#ifndef PLUMB_MYSQL_RESOLVE_BODY_H
#define PLUMB_MYSQL_RESOLVE_BODY_H

#include <stdbool.h>

/* True for two bodies that differ in nothing but blanks between words, ends of lines, and comments; where a
 * backslash stands before a quote, in nothing but ends of lines. */
bool my_same_body(const char *a, const char *b);

#endif
