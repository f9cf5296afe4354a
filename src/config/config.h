/* plumb.yaml: environments, and defaults for what can be set.
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
 * relative to the file.
 *
 * Made for whoever is in front of plumb.h: errors are those of plumb.h, and memory that runs out is one of
 * them. An error may be NULL; an error about the file has its place, and no more of the line than may be
 * seen. */
#ifndef PLUMB_CONFIG_CONFIG_H
#define PLUMB_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

struct plumb_error;
struct config;
struct node; /* a place in the file */

/* A value that is set. Only what it says when it is asked for needs its variables. */
struct config_setting {
    const char *key; /* "lock_timeout": one that is known, by keys.def */
    const struct node *value;
};

struct config_settings {
    const struct config_setting *items; /* in the order of the file */
    size_t count;
};

struct config_environment {
    const char *name;
    struct config_settings settings; /* besides url and wanted */
    const struct node *key;
    const struct node *url;    /* NULL: it has none */
    const struct node *wanted; /* the same */
};

/* True where plumb.yaml is in the current folder. */
bool config_is_there(void);

/* Reads a file (NULL: plumb.yaml in the current folder) and checks its structure and its keys. NULL with an
 * error, also where it is not there. Free it with config_free, which takes NULL. */
struct config *config_open(const char *path, struct plumb_error *error);
void config_free(struct config *config);

/* The file's name, as it was given. */
const char *config_file(const struct config *config);

/* The environments in the order of the file, by number from 0; NULL from the last on. */
const struct config_environment *config_environment(const struct config *config, size_t number);

/* What holds where an environment says nothing. */
const struct config_settings *config_defaults(const struct config *config);

/* The environment's database; NULL with an error, also where it names none. Like all texts here it lives as
 * long as the configuration. */
const char *config_url(struct config *config, const struct config_environment *environment,
                       struct plumb_error *error);

/* The state that is wanted of it (several joined by commas); *wanted is NULL where it says nothing. False
 * with an error. */
bool config_wanted(struct config *config, const struct config_environment *environment,
                   const char **wanted, struct plumb_error *error);

/* What is set (the items of a list joined by commas), variables replaced; of a flag "true" or "false". NULL
 * with an error. */
const char *config_value(struct config *config, const struct config_setting *setting,
                         struct plumb_error *error);

/* Gives an error about what is set its place in the file, if it has none yet. Always false. */
bool config_place(struct config *config, const struct config_setting *setting,
                  struct plumb_error *error);

/* Calls check for whatever is set, in all environments and the defaults, unless a variable in it is not
 * set. False with the first error, of check or of a value that nobody could use, and its place. */
bool config_check(struct config *config,
                  bool (*check)(const struct config_setting *setting, const char *value,
                                void *context, struct plumb_error *error),
                  void *context, struct plumb_error *error);

#endif
