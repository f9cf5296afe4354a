/* "-- plumb:partial" at the head of a file: the state it belongs to is a part of the schema, and what it does not name is left
 * alone. */
#ifndef PLUMB_LOAD_PARTIAL_H
#define PLUMB_LOAD_PARTIAL_H

#include <stdbool.h>
#include <stddef.h>

/* True where a text has that line before its first statement. *astray: the number of the first such line behind that, which
 * means nothing; 0: there is none. */
bool partial_is_said(const char *text, size_t length, int *astray);

#endif
