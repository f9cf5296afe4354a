/* What plumb says besides its answer: errors and notes, on stderr. */
#ifndef PLUMB_CLI_MESSAGES_H
#define PLUMB_CLI_MESSAGES_H

#include <stdbool.h>
#include <stdio.h>

#include "plumb.h"

/* Makes it an error of the command line's own. Always false. */
bool fail_with(struct plumb_error *error, enum plumb_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gives it a hint, if it has none. Always false. */
bool advise(struct plumb_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* True when colours may be written to the stream: a terminal, and NO_COLOR is not set. */
bool may_colour(FILE *stream);

/* The error with its place, the line, a caret, and the hint; and those besides it, and how many they are. */
void message_error(const struct plumb_error *error);

/* "note: ..." */
void message_note(const char *note);

/* The exit status that says so: 1 an error, 3 refused. */
int exit_status(const struct plumb_error *error);

enum { EXIT_SAME = 0, EXIT_ERROR = 1, EXIT_DIFFERENT = 2, EXIT_REFUSED = 3 };

#endif
