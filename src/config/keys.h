/* The keys that plumb.yaml knows. */
#ifndef PLUMB_CONFIG_KEYS_H
#define PLUMB_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum key_kind { KEY_TEXT, KEY_PATH, KEY_FLAG };

struct key {
    const char *name;
    enum key_kind kind;
    bool of_environment; /* and of none of the defaults */
    bool is_shown;       /* its value holds no secret, whatever it is */
};

/* All of them. */
extern const struct key config_keys[];
extern const size_t config_key_count;

/* The key of that name, length bytes; NULL for none. */
const struct key *key_find(const char *name, size_t length);

/* Most of all keys that a part of the file can have, for those who make a list of them. */
enum { KEY_MOST = 32 };

/* The names that an environment may have, or those of the defaults; gives how many. */
size_t key_names(bool of_environment, const char *names[KEY_MOST]);

#endif
