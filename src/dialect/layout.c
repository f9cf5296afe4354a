/* The pieces that a text of SQL is cut into, as a list. */
#include <string.h>

#include "dialect/dialect.h"

void text_pieces_add(struct text_pieces *pieces, struct arena *arena, struct text_piece piece)
{
    if (pieces->count == pieces->room) {
        size_t room = pieces->room ? 2 * pieces->room : 16;
        struct text_piece *items = ARENA_ARRAY(arena, struct text_piece, room);

        if (pieces->count)
            memcpy(items, pieces->items, pieces->count * sizeof(*items));
        pieces->items = items;
        pieces->room = room;
    }
    pieces->items[pieces->count++] = piece;
}
