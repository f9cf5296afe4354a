/* plumb.yaml: environments, and defaults for options.
 *
 *     environments:
 *       prod:
 *         url: postgresql://app:${DB_PASSWORD}@db.example/shop
 *         wanted: schemas            # or a list
 *         allow: []                  # each default may be set for an environment too
 *     defaults:
 *       manage: privileges
 *       lock_timeout: 5s
 *
 * ${NAME} is replaced by the environment variable, ${NAME:-text} by text where it is not set. Paths are
 * relative to the file. */
#ifndef PLUMB_CLI_CONFIG_H
#define PLUMB_CLI_CONFIG_H

#include "cli/options.h"

/* Reads the configuration (options->config, else plumb.yaml where there is one), replaces names of
 * environments among the states by what they stand for, and sets the options that the command line
 * did not set. wanted_states: how many states the command takes. */
bool config_apply(struct options *options, unsigned command, size_t wanted_states,
                  struct error *error);

/* The names of the environments. */
bool config_environments(struct options *options, struct text_list *names, struct error *error);

#endif
