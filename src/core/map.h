/* A hash map from strings to pointers. Keys are not copied: they must outlive the map. Memory comes
 * from the arena given at the start. No order is kept and no entry can be removed. */
#ifndef PLUMB_CORE_MAP_H
#define PLUMB_CORE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t room;
    size_t count;
};

/* An empty map whose memory comes from the arena. */
struct map map_new(struct arena *arena);

/* The value stored under the key, or NULL. */
void *map_get(const struct map *map, const char *key);

/* Stores the value (NULL forgets it), replacing what was there. */
void map_set(struct map *map, const char *key, void *value);

/* True when the key was not in the set before (its value becomes the key itself). */
bool map_add(struct map *map, const char *key);

#endif
