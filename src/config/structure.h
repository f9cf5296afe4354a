/* What stands where in the file. */
#ifndef PLUMB_CONFIG_STRUCTURE_H
#define PLUMB_CONFIG_STRUCTURE_H

#include "config/config.h"
#include "config/document.h"

struct config {
    struct arena *arena;
    struct document document;
    const char *folder; /* of the file; "" the current one */
    struct config_environment *environments;
    size_t count;
    struct config_settings defaults;
};

/* Reads the file into the configuration, whose arena alone is filled, and checks its structure and its keys.
 * False with an error. */
bool structure_read(struct config *config, const char *path, struct error *error);

#endif
