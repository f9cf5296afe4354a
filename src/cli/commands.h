/* The commands, and what they share. */
#ifndef PLUMB_CLI_COMMANDS_H
#define PLUMB_CLI_COMMANDS_H

#include "cli/messages.h"
#include "cli/options.h"

/* Each gives the exit status, or -1 when it failed and filled the error. */
int command_diff(struct options *options, struct plumb_error *error);
int command_apply(struct options *options, struct plumb_error *error);
int command_dump(struct options *options, struct plumb_error *error);
int command_drift(struct options *options, struct plumb_error *error);
int command_baseline(struct options *options, struct plumb_error *error);
int command_history(struct options *options, struct plumb_error *error);
int command_revert(struct options *options, struct plumb_error *error);
int command_fmt(struct options *options, struct plumb_error *error);
int command_pull(struct options *options, struct plumb_error *error);
int command_status(struct options *options, struct plumb_error *error);

/* apply.c: shows the plan, asks, runs it. kind: what the record calls it. Takes the plan, which may be
 * NULL with an error. */
int run_plan(const struct options *options, struct plumb_plan *plan, const char *kind,
             struct plumb_error *error);

/* dump.c: what the target holds now, into a file or folder. */
bool write_latest(const struct options *options, const char *path, struct plumb_error *error);

/* The plan between the two states of the options; prints notes. NULL with an error. live: the target
 * has to be a database. */
struct plumb_plan *plan_states(const struct options *options, bool live, struct plumb_error *error);

/* Loads the target, which has to be a database. */
struct plumb_model *load_target(const struct options *options, struct plumb_error *error);

/* Loads what is wanted of the target. */
struct plumb_model *load_wanted(const struct options *options, const char *name,
                                const struct plumb_model *target, struct plumb_error *error);

/* Connects to a database whose record alone is of interest. */
struct plumb_model *connect_to(const struct options *options, const char *url,
                               struct plumb_error *error);

/* The plan between two models, NULL where either is; takes both, and prints notes. */
struct plumb_plan *plan_models(const struct options *options, struct plumb_model *target,
                               struct plumb_model *wanted, struct plumb_error *error);

/* The same with other options than those of the command line. */
struct plumb_plan *plan_with(const struct options *options, const struct plumb_options *compare,
                             struct plumb_model *target, struct plumb_model *wanted,
                             struct plumb_error *error);

/* Loads one state; prints its notes. */
struct plumb_model *load_state(const struct options *options, const char *name, const char *beside,
                               struct plumb_error *error);

/* Prints the plan in that format to the output file or stdout. */
bool print_plan(const struct options *options, const struct plumb_plan *plan,
                enum plumb_format format, struct plumb_error *error);

/* A state as messages may name it, without secrets. */
const char *shown_state(const struct options *options, const char *state);

/* Writes a text to the path, or to stdout where that is NULL. */
bool write_text(const char *text, const char *path, struct plumb_error *error);

/* The same to the options' output; on a terminal an answer for people is wrapped, and shown through a pager where it is
 * long. */
bool show_text(const struct options *options, const char *text, enum plumb_format format,
               struct plumb_error *error);

/* Shows what the library has to say, unless --quiet (context: the options). */
void show_note(const char *text, void *context);

/* The options' format; where none is given, what is usual for where it goes. */
enum plumb_format format_for(const struct options *options, enum output_format usual);

#endif
