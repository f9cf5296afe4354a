/* Lists of strings and of pointers. */
#include "core/list.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/map.h"

/* Old arrays stay in the arena, which doubling bounds to a factor of two. */
void *list_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    void *grown;

    if (count < *room)
        return items;
    *room = *room ? *room * 2 : 4;
    grown = arena_alloc(arena, *room * size);
    if (count)
        memcpy(grown, items, count * size);
    return grown;
}

bool text_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool text_is_among(const char *text, const char *const *list)
{
    for (; text && *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

void text_list_add(struct text_list *list, struct arena *arena, const char *text)
{
    list->items = list_room(arena, list->items, list->count, &list->room, sizeof(*list->items));
    list->items[list->count++] = text;
}

bool text_list_contains(const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

bool text_list_contains_all(const struct text_list *list, const struct text_list *others)
{
    struct arena *scratch = arena_new();
    struct map set = map_new(scratch);
    bool all = true;

    for (size_t i = 0; i < list->count; i++)
        map_add(&set, list->items[i]);
    for (size_t i = 0; i < others->count && all; i++)
        all = map_get(&set, others->items[i]) != NULL;
    arena_free(scratch);
    return all;
}

bool text_list_equal(const struct text_list *a, const struct text_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void text_list_sort(struct text_list *list)
{
    size_t kept = 0;

    if (list->count < 2)
        return;
    qsort(list->items, list->count, sizeof(*list->items), compare_texts);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || strcmp(list->items[kept - 1], list->items[i]) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

struct text_list text_list_copy(const struct text_list *list, struct arena *arena)
{
    struct text_list copy = {0};

    for (size_t i = 0; i < list->count; i++)
        text_list_add(&copy, arena, arena_strdup(arena, list->items[i]));
    return copy;
}

char *text_list_join(const struct text_list *list, struct arena *arena, const char *separator)
{
    struct buffer buffer = BUFFER_EMPTY;

    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buffer_append(&buffer, separator);
        buffer_append(&buffer, list->items[i]);
    }
    return buffer_take(&buffer, arena);
}

void pointer_list_add(struct pointer_list *list, struct arena *arena, void *item)
{
    list->items = list_room(arena, list->items, list->count, &list->room, sizeof(*list->items));
    list->items[list->count++] = item;
}

bool pointer_list_contains(const struct pointer_list *list, const void *item)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return true;
    return false;
}
