/* What the user should hear of once, with how often it occurred: "3 GRANT statements were skipped". */
#ifndef PLUMB_DIALECT_NOTE_H
#define PLUMB_DIALECT_NOTE_H

#include "core/map.h"
#include "model/model.h"

struct notes {
    struct map by_text;
    struct pointer_list list; /* in the order of first occurrences */
};

struct notes notes_new(struct arena *arena);

/* Counts one occurrence; the texts, which differ where the singular does, are copied. */
void notes_add(struct notes *notes, struct arena *arena, const char *singular, const char *plural);

/* Adds them to the model's. */
void notes_write(const struct notes *notes, struct model *model);

#endif
