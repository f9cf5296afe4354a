/* Names as the server cuts and chooses them: makeObjectName and pg_mbcliplen of its source. */
#include "postgres/facts/name.h"

#include <string.h>

size_t pg_clip_name(const char *name, size_t room)
{
    size_t length = strlen(name);

    if (length <= room)
        return length;
    while (room > 0 && ((unsigned char)name[room] & 0xC0) == 0x80)
        room--;
    return room;
}

const char *pg_chosen_name(struct arena *arena, const char *name1, const char *name2,
                           const char *label)
{
    size_t room = PG_NAME_BYTES - (label ? strlen(label) + 1 : 0) - (name2 ? 1 : 0);
    size_t length1 = strlen(name1);
    size_t length2 = name2 ? strlen(name2) : 0;

    while (length1 + length2 > room) {
        if (length1 > length2)
            length1--;
        else
            length2--;
    }
    return arena_printf(arena, "%.*s%s%.*s%s%s", (int)pg_clip_name(name1, length1), name1,
                        name2 ? "_" : "", name2 ? (int)pg_clip_name(name2, length2) : 0,
                        name2 ? name2 : "", label ? "_" : "", label ? label : "");
}

bool pg_name_is_chosen(const char *name, const char *name1, const char *name2, const char *label)
{
    struct arena *scratch = arena_new();
    size_t number = strlen(name);
    const char *numbered;
    bool chosen;

    /* Digits behind the label are a part of it when the server measures. */
    while (number > 0 && name[number - 1] >= '0' && name[number - 1] <= '9')
        number--;
    numbered = arena_printf(scratch, "%s%s", label, name + number);
    chosen = strcmp(name, pg_chosen_name(scratch, name1, name2, numbered)) == 0;
    arena_free(scratch);
    return chosen;
}
