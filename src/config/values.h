/* What is set, once it is asked for: variables replaced, paths beside the file. */
#ifndef PLUMB_CONFIG_VALUES_H
#define PLUMB_CONFIG_VALUES_H

#include "config/keys.h"
#include "config/structure.h"
#include "config/variables.h"

/* A text, or a list of texts joined by commas, of a key of that kind. The error has its place. */
enum expansion value_expand(const struct config *config, const struct node *node,
                            enum key_kind kind, const char **text, struct error *error);

/* What a setting says; a flag is true or false. */
enum expansion value_of_setting(const struct config *config, const struct config_setting *setting,
                                const char **text, struct error *error);

/* The environment's URL; NULL with an error, also where there is none. */
const char *value_of_url(const struct config *config, const struct config_environment *environment,
                         struct error *error);

#endif
