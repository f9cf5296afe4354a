/* From plumb.yaml into the options of a command. */
#ifndef PLUMB_CLI_CONFIGURE_H
#define PLUMB_CLI_CONFIGURE_H

#include "cli/options.h"
#include "config/config.h"

/* The configuration of the options (else plumb.yaml), with what it sets checked as the command line's options
 * are, whether it is of use or not. NULL with an error. */
struct config *open_config(const struct options *options, struct plumb_error *error);

/* Replaces names of environments among the states by what they stand for, and sets the options that the
 * command line did not set. wanted_states: how many states the command takes. */
bool configure(struct options *options, struct config *config, size_t wanted_states,
               struct plumb_error *error);

/* Both; where no configuration is named, and there is no plumb.yaml, neither. */
bool configure_from_file(struct options *options, size_t wanted_states, struct plumb_error *error);

#endif
