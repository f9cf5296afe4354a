/* Letters of ASCII in one case, whatever the locale; all other bytes stay. */
#ifndef PLUMB_CORE_TEXT_LETTER_CASE_H
#define PLUMB_CORE_TEXT_LETTER_CASE_H

#include "core/arena.h"

/* A copy in the arena; NULL of NULL. */
char *text_lower(struct arena *arena, const char *text);
char *text_upper(struct arena *arena, const char *text);

#endif
