/* Names as the server cuts and chooses them. */
#ifndef PLUMB_POSTGRES_FACTS_NAME_H
#define PLUMB_POSTGRES_FACTS_NAME_H

#include <stdbool.h>

#include "core/arena.h"

/* The longest name, in bytes: NAMEDATALEN - 1. */
enum { PG_NAME_BYTES = 63 };

/* How many bytes of the name stay where there is room for so many: no character is cut. */
size_t pg_clip_name(const char *name, size_t room);

/* makeObjectName: "name1_name2_label", of which the longer of the first two gives way where that is too long.
 * name2 and label may be NULL. In the arena. */
const char *pg_chosen_name(struct arena *arena, const char *name1, const char *name2,
                           const char *label);

/* True when the name is that, or that with a number behind the label. */
bool pg_name_is_chosen(const char *name, const char *name1, const char *name2, const char *label);

#endif
