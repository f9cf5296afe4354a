/* Lists of strings and of pointers, growing in an arena. */
#ifndef PLUMB_CORE_LIST_H
#define PLUMB_CORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/* True for texts of the same bytes, and for two times none (NULL). */
bool text_equal(const char *a, const char *b);

/* True for a text that is one of a list's, which ends with NULL; false for none (NULL). */
bool text_is_among(const char *text, const char *const *list);

/* For lists of anything: the items, in an array of the arena that has room for one more (of that size); they are copied where
 * it has none yet. */
void *list_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size);

/* Strings; not owned. */
struct text_list {
    const char **items;
    size_t count;
    size_t room;
};

void text_list_add(struct text_list *list, struct arena *arena, const char *text);
bool text_list_contains(const struct text_list *list, const char *text);

/* True where the list has all of the other's texts; as fast for long lists. */
bool text_list_contains_all(const struct text_list *list, const struct text_list *others);
bool text_list_equal(const struct text_list *a, const struct text_list *b);

/* Sorts by bytes and removes what occurs twice. */
void text_list_sort(struct text_list *list);

/* A deep copy into the arena. */
struct text_list text_list_copy(const struct text_list *list, struct arena *arena);

/* The items with the separator between, in the arena. */
char *text_list_join(const struct text_list *list, struct arena *arena, const char *separator);

struct pointer_list {
    void **items;
    size_t count;
    size_t room;
};

void pointer_list_add(struct pointer_list *list, struct arena *arena, void *item);
bool pointer_list_contains(const struct pointer_list *list, const void *item);

#endif
