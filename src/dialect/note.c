/* Counts by text. */
#include "dialect/note.h"

struct note {
    const char *singular;
    const char *plural;
    size_t count;
};

struct notes notes_new(struct arena *arena)
{
    return (struct notes){.by_text = map_new(arena)};
}

void notes_add(struct notes *notes, struct arena *arena, const char *singular, const char *plural)
{
    struct note *note = map_get(&notes->by_text, singular);

    if (!note) {
        note = ARENA_NEW(arena, struct note);
        note->singular = arena_strdup(arena, singular);
        note->plural = arena_strdup(arena, plural);
        map_set(&notes->by_text, note->singular, note);
        pointer_list_add(&notes->list, arena, note);
    }
    note->count++;
}

void notes_write(const struct notes *notes, struct model *model)
{
    for (size_t i = 0; i < notes->list.count; i++) {
        const struct note *note = notes->list.items[i];

        text_list_add(&model->notes, model->arena,
                      arena_printf(model->arena, "%zu %s", note->count,
                                   note->count == 1 ? note->singular : note->plural));
    }
}
