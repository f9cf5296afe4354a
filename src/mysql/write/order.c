/* The order of columns with the fewest moves: the longest run of columns that are in the right order
 * already stays, every other one is put behind the one that comes before it. */
#include "mysql/write/write.h"

#include <string.h>
#include <strings.h>

#include "model/fields.h"
#include "mysql/write/rules.h"

/* The place of the column in the old table's order; -1 where it is not there. */
static long old_place(const struct object *before, const char *name)
{
    const struct text_list *order = &as_table(before)->column_order;

    for (size_t i = 0; i < order->count; i++) {
        const struct object *column;

        if (strcasecmp(order->items[i], name) == 0)
            return object_child(before, KIND_COLUMN, name) ? (long)i : -1;
        /* A renamed column still has its former name there. */
        column = object_child(before, KIND_COLUMN, name);
        if (column && column->former_name && strcasecmp(order->items[i], column->former_name) == 0)
            return (long)i;
    }
    return -1;
}

/* True when the column of that name is dropped and made anew in the same statement. */
static bool is_remade(const struct object *before, const struct object *after, const char *name)
{
    const struct object *old = object_child(before, KIND_COLUMN, name);
    const struct object *new = object_child(after, KIND_COLUMN, name);
    uint64_t changed = old && new ? fields_changed(old, new) : 0;

    return changed && my_must_replace(old, new, changed, 0);
}

/* Marks the longest rising run among the places (-1: not there). */
static void mark_longest(struct arena *arena, const long *places, size_t count, bool *stays)
{
    size_t *length = ARENA_ARRAY(arena, size_t, count + 1);
    size_t *previous = ARENA_ARRAY(arena, size_t, count + 1);
    size_t best = count;

    for (size_t i = 0; i < count; i++) {
        if (places[i] < 0)
            continue;
        length[i] = 1;
        previous[i] = count;
        for (size_t j = 0; j < i; j++)
            if (places[j] >= 0 && places[j] < places[i] && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                previous[i] = j;
            }
        if (best == count || length[i] > length[best])
            best = i;
    }
    for (; best < count; best = previous[best])
        stays[best] = true;
}

size_t my_column_moves(struct arena *arena, const struct object *before, const struct object *after,
                       struct my_move **moves)
{
    const struct text_list *order = &as_table(after)->column_order;
    long *places = ARENA_ARRAY(arena, long, order->count + 1);
    bool *stays = ARENA_ARRAY(arena, bool, order->count + 1);
    size_t last_staying = 0;
    size_t count = 0;

    *moves = ARENA_ARRAY(arena, struct my_move, order->count + 1);
    for (size_t i = 0; i < order->count; i++)
        places[i] =
            is_remade(before, after, order->items[i]) ? -1 : old_place(before, order->items[i]);
    mark_longest(arena, places, order->count, stays);
    for (size_t i = 0; i < order->count; i++)
        if (stays[i])
            last_staying = i + 1;
    for (size_t i = 0; i < order->count; i++) {
        struct my_move *move = &(*moves)[count];

        move->column = stays[i] ? NULL : object_child(after, KIND_COLUMN, order->items[i]);
        if (!move->column)
            continue;
        move->moved = places[i] >= 0;
        if (move->moved || i < last_staying)
            move->after = i ? order->items[i - 1] : "";
        count++;
    }
    return count;
}
