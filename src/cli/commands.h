/* The commands, and what they share. */
#ifndef PLUMB_CLI_COMMANDS_H
#define PLUMB_CLI_COMMANDS_H

#include "cli/messages.h"
#include "cli/options.h"

/* Each gives the exit status, or -1 when it failed and filled the error. */
int command_diff(struct options *options, struct plumb_error *error);
int command_apply(struct options *options, struct plumb_error *error);
int command_dump(struct options *options, struct plumb_error *error);

/* The plan between the two states of the options; prints notes. NULL with an error. live: the target
 * has to be a database. */
struct plumb_plan *plan_states(const struct options *options, bool live, struct plumb_error *error);

/* Loads one state; prints its notes. */
struct plumb_model *load_state(const struct options *options, const char *name, const char *beside,
                               struct plumb_error *error);

/* Prints the plan in that format to the output file or stdout. */
bool print_plan(const struct options *options, const struct plumb_plan *plan,
                enum plumb_format format, struct plumb_error *error);

/* The options' format; where none is given, what is usual for where it goes. */
enum plumb_format format_for(const struct options *options, enum output_format usual);

#endif
