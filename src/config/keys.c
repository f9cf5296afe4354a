/* The keys that plumb.yaml knows, from keys.def. */
#include "config/keys.h"

#include <string.h>

enum { KEY_ANYWHERE = false, KEY_ENVIRONMENT = true, KEY_HIDDEN = false, KEY_SHOWN = true };

const struct key config_keys[] = {
#define KEY(name, kind, where, shown) {#name, KEY_##kind, KEY_##where, KEY_##shown},
#include "config/keys.def"
#undef KEY
};

const size_t config_key_count = sizeof(config_keys) / sizeof(*config_keys);

_Static_assert(sizeof(config_keys) / sizeof(*config_keys) <= KEY_MOST, "a list holds all keys");

const struct key *key_find(const char *name, size_t length)
{
    for (size_t i = 0; i < config_key_count; i++)
        if (strlen(config_keys[i].name) == length &&
            strncmp(config_keys[i].name, name, length) == 0)
            return &config_keys[i];
    return NULL;
}

size_t key_names(bool of_environment, const char *names[KEY_MOST])
{
    size_t count = 0;

    for (size_t i = 0; i < config_key_count; i++)
        if (of_environment || !config_keys[i].of_environment)
            names[count++] = config_keys[i].name;
    return count;
}
