/* Online schema change by another tool: an ALTER of a large table is handed to gh-ost,
 * pt-online-schema-change or spirit instead of the server. */
#ifndef PLUMB_EXEC_OSC_H
#define PLUMB_EXEC_OSC_H

#include "dialect/dialect.h"

struct osc_options {
    const char *command; /* a shell command with {table}, {alter} and so on in it; NULL: no tool */
    int64_t minimum;     /* bytes: smaller tables are altered by the server */
};

/* Says whether the step is one for the tool: it alters an existing table in a way that a tool can, and
 * the table is large enough. False with an error. */
bool osc_wants(const struct osc_options *options, const struct dialect *dialect,
               struct connection *connection, const struct step *step, bool *wants,
               struct error *error);

/* False with an error where the command has an unknown field, or one within quotes: there it would not
 * be one word of its own. */
bool osc_check(const char *command, struct error *error);

/* A program to be run. */
struct osc_call {
    char **arguments;   /* of a shell: the command, and the values of its fields behind it */
    char **environment; /* ours, the password, and the values as PLUMB_HOST, ..., PLUMB_ALTER */
};

/* What is to be run for the step, in the arena. No value becomes a part of the command's text. False with
 * an error. */
bool osc_prepare(struct arena *arena, const struct osc_options *options,
                 const struct dialect *dialect, struct connection *connection,
                 const struct step *step, struct osc_call *call, struct error *error);

/* Runs the tool and waits for it. Its output goes to stderr; the password is in its environment. False
 * with an error where it did not exit with 0: the table is then as the tool left it. */
bool osc_run(const struct osc_options *options, const struct dialect *dialect,
             struct connection *connection, const struct step *step, struct error *error);

#endif
