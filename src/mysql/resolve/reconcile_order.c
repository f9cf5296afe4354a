/* The order of columns, where it is not to be compared: the wanted table takes that of the table that is
 * there, and new columns come behind the one that they were written behind. */
#include <strings.h>

#include "mysql/resolve/reconcile_order.h"

static size_t place_of(const struct text_list *list, const char *name)
{
    size_t place = 0;

    while (place < list->count && strcasecmp(list->items[place], name) != 0)
        place++;
    return place;
}

static void insert(struct text_list *list, struct arena *arena, size_t place, const char *name)
{
    text_list_add(list, arena, name);
    for (size_t i = list->count - 1; i > place; i--)
        list->items[i] = list->items[i - 1];
    list->items[place] = name;
}

struct text_list my_kept_order(struct arena *arena, const struct text_list *have,
                               const struct text_list *want)
{
    struct text_list order = {0};

    for (size_t i = 0; i < have->count; i++) {
        size_t place = place_of(want, have->items[i]);

        if (place < want->count)
            text_list_add(&order, arena, want->items[place]);
    }
    for (size_t i = 0; i < want->count; i++) {
        if (place_of(have, want->items[i]) < have->count)
            continue;
        insert(&order, arena, i ? place_of(&order, want->items[i - 1]) + 1 : 0, want->items[i]);
    }
    return order;
}
