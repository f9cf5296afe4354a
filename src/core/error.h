/* Errors are values. A function that can fail gives false (or NULL) and fills the struct error that
 * its caller passed: message in lower case without a full stop, hint as a sentence. The first error
 * wins; all texts are copied into the error itself, without what may be a secret (see core/url.h). */
#ifndef PLUMB_CORE_ERROR_H
#define PLUMB_CORE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum error_code {
    ERROR_NONE,
    ERROR_USAGE,      /* the command line or the configuration */
    ERROR_IO,         /* a file, folder or git object that cannot be read or written */
    ERROR_SYNTAX,     /* SQL that no parser takes */
    ERROR_SCHEMA,     /* SQL that cannot mean anything: unknown, duplicate or contradictory names */
    ERROR_CONNECTION, /* the server cannot be reached, or refuses us */
    ERROR_SERVER,     /* the server reports an error for a statement */
    ERROR_REFUSED,    /* a hazard not allowed, a stale plan, somebody holds the lock */
    ERROR_LOCKED,     /* the server gave up waiting for a lock (or broke a deadlock): try again */
    ERROR_CANCELLED,  /* the user interrupted */
    ERROR_INTERNAL,   /* a defect of plumb */
    ERROR_MEMORY,     /* none left, or no more of it allowed */
};

struct error {
    enum error_code code;
    char message[1024];
    char hint[1024];
    char object[256]; /* the object concerned, "" when none */
    char file[512];   /* "" when not about a place in a file */
    int line;         /* from 1; 0 unknown */
    int column;       /* from 1, in bytes; 0 unknown */
    char source[256]; /* the source line concerned */
    int caret;        /* the column within source; 0: it is not to be seen there */
};

/* Sets code and message unless an error is set already; always gives false. */
bool error_set(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends to the message of an error that is set. */
void error_add(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes of it one that has not happened; cheaper than a new one, which has kilobytes. */
void error_clear(struct error *error);

/* The same with the arguments as a list. */
bool error_set_list(struct error *error, enum error_code code, const char *format,
                    va_list arguments) __attribute__((format(printf, 3, 0)));

/* Sets the hint if none is set yet. */
void error_hint(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Notes where in text (the content of file, length bytes) the error is: offset in bytes from its
 * start. Does nothing when a place is set already. */
void error_place(struct error *error, const char *file, const char *text, size_t length,
                 size_t offset);

#endif
