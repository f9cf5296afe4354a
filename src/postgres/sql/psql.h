/* What psql itself reads in a file, before the server sees it: variables in SQL and the arguments of backslash
 * commands. Knows no files and no statements. */
#ifndef PLUMB_POSTGRES_SQL_PSQL_H
#define PLUMB_POSTGRES_SQL_PSQL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "core/map.h"

/* The variables of one run of psql. */
struct psql_variables {
    struct arena *arena;
    struct map values; /* name -> struct psql_value * (psql.c) */
    size_t count;      /* of all that were ever set; 0: nothing can stand for anything */
    bool others;       /* some may be set that are not in the map: \gset was met */
};

struct psql_variables psql_variables_new(struct arena *arena);

/* Notes a variable's value; NULL: it is set to what cannot be known here. False for no valid name. */
bool psql_set(struct psql_variables *variables, const char *name, const char *value);

void psql_unset(struct psql_variables *variables, const char *name);

/* What stands at a colon. */
enum psql_standing {
    PSQL_NOTHING, /* no variable, or one that is not set: psql leaves the text as it is */
    PSQL_VALUE,
    PSQL_UNKNOWN, /* a variable is set, but nobody here knows to what */
};

/* The text's :name, :'name', :"name" or :{?name} at the offset of its colon: what it stands for is appended (PSQL_VALUE), variables in a
 * plain value in its turn. *taken: the bytes that it takes, or those of a colon that means something else ("::"). */
enum psql_standing psql_substitute(const struct psql_variables *variables, const char *text,
                                   size_t length, size_t at, size_t *taken, struct buffer *out);

/* The name of the variable that stands at the offset of a colon, in the arena; NULL where none does. */
const char *psql_variable_at(struct arena *arena, const char *text, size_t length, size_t at);

enum psql_argument {
    PSQL_ARGUMENT,
    PSQL_NO_ARGUMENT, /* the command ends here */
    PSQL_UNCLOSED,    /* a quote is not closed */
    PSQL_NOT_KNOWN, /* a shell's output, or a variable with an unknown value: nothing is appended for it */
};

/* A command's next argument, from *at on (before end, the line's): quotes are taken off and variables put in as
 * \set has it, double quotes stay. *at moves behind it. */
enum psql_argument psql_argument(const struct psql_variables *variables, const char *text,
                                 size_t *at, size_t end, struct buffer *out);

/* The truth of a text as \if reads it; false where it has none. */
bool psql_boolean(const char *text, bool *value);

#endif
