/* Long texts of a record, compressed into something that any text column takes. */
#ifndef PLUMB_RECORD_PACK_H
#define PLUMB_RECORD_PACK_H

#include "core/arena.h"
#include "core/error.h"

/* The text as it is where it is short, else compressed; in the arena. NULL gives NULL. */
const char *pack_text(struct arena *arena, const char *text);

/* The text again, in the arena; NULL with an error where it is damaged (and for NULL, without). */
const char *unpack_text(struct arena *arena, const char *packed, struct error *error);

#endif
