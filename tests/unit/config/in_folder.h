/* A configuration in a folder of its own, for tests. */
#ifndef PLUMB_TESTS_CONFIG_IN_FOLDER_H
#define PLUMB_TESTS_CONFIG_IN_FOLDER_H

#include <stdio.h>
#include <stdlib.h>

static char config_folder[64];
static char config_path[96];

static inline int make_folder(void **state)
{
    (void)state;
    snprintf(config_folder, sizeof(config_folder), "/tmp/plumb-config-XXXXXX");
    if (!mkdtemp(config_folder))
        return -1;
    snprintf(config_path, sizeof(config_path), "%s/plumb.yaml", config_folder);
    return 0;
}

static inline int remove_folder(void **state)
{
    (void)state;
    remove(config_path);
    return remove(config_folder);
}

static inline void write_config(const char *text)
{
    FILE *stream = fopen(config_path, "w");

    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

#endif
