/* Copies of texts with their letters in one case. */
#include "core/text/letter_case.h"

/* The letters from first on, as many as the alphabet has, become those from wanted on. */
static char *move_letters(struct arena *arena, const char *text, char first, char wanted)
{
    char *copy = arena_strdup(arena, text);

    for (char *at = copy; at && *at; at++)
        if (*at >= first && *at < first + 26)
            *at = (char)(*at - first + wanted);
    return copy;
}

char *text_lower(struct arena *arena, const char *text)
{
    return move_letters(arena, text, 'A', 'a');
}

char *text_upper(struct arena *arena, const char *text)
{
    return move_letters(arena, text, 'a', 'A');
}
