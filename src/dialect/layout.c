/* The pieces that a text of SQL is cut into, as a list. */
#include "dialect/dialect.h"

void text_pieces_add(struct text_pieces *pieces, struct arena *arena, struct text_piece piece)
{
    pieces->items =
        list_room(arena, pieces->items, pieces->count, &pieces->room, sizeof(*pieces->items));
    pieces->items[pieces->count++] = piece;
}
