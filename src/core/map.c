/* A hash map from strings to pointers: open addressing with linear probing, at most half full. */
#include "core/map.h"

#include <stdint.h>
#include <string.h>
#include <xxhash.h>

struct map_slot {
    const char *key;
    void *value;
    uint64_t hash;
};

enum { first_room = 16 };

struct map map_new(struct arena *arena)
{
    return (struct map){.arena = arena};
}

static struct map_slot *find(struct map_slot *slots, size_t room, const char *key, uint64_t hash)
{
    size_t at = (size_t)hash & (room - 1);

    while (slots[at].key && (slots[at].hash != hash || strcmp(slots[at].key, key) != 0))
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static void grow(struct map *map)
{
    size_t room = map->room ? map->room * 2 : first_room;
    struct map_slot *slots = ARENA_ARRAY(map->arena, struct map_slot, room);

    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].key)
            *find(slots, room, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    map->slots = slots;
    map->room = room;
}

void *map_get(const struct map *map, const char *key)
{
    if (!map->room)
        return NULL;
    return find(map->slots, map->room, key, XXH3_64bits(key, strlen(key)))->value;
}

void map_set(struct map *map, const char *key, void *value)
{
    uint64_t hash = XXH3_64bits(key, strlen(key));
    struct map_slot *slot;

    if (map->count * 2 >= map->room)
        grow(map);
    slot = find(map->slots, map->room, key, hash);
    if (!slot->key) {
        *slot = (struct map_slot){.key = key, .hash = hash};
        map->count++;
    }
    slot->value = value;
}

bool map_add(struct map *map, const char *key)
{
    union {
        const char *constant;
        void *plain;
    } value = {.constant = key};

    if (map_get(map, key))
        return false;
    map_set(map, key, value.plain);
    return true;
}
