/* SQL cut into words, literals and signs, for finding secrets in it (secret.h): the little that texts of both
 * dialects, routine bodies, and pieces of statements have in common. Never fails: what is not closed ends with the
 * text. */
#ifndef PLUMB_CORE_SECRET_SCAN_H
#define PLUMB_CORE_SECRET_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/secret/secret.h"

enum scan_kind { SCAN_WORD, SCAN_LITERAL, SCAN_SIGN };

/* A part of the text. A name in quotes is a word, without them; a literal has its quotes and what stands before
 * them (E, U&). */
struct scan_piece {
    enum scan_kind kind;
    const char *text;
    size_t length;
};

struct scan {
    enum secret_syntax syntax;
    const char *at;
    const char *end;
};

/* The next piece; false at the end. Blanks and comments are skipped, but MySQL's conditional ones are not. */
bool scan_next(struct scan *scan, struct scan_piece *piece);

/* What the literal says, in the arena; NULL where that is not known. */
char *scan_decode(struct arena *arena, enum secret_syntax syntax, struct scan_piece literal);

/* A literal that says the text, written as the given one is, in the arena. */
char *scan_encode(struct arena *arena, enum secret_syntax syntax, struct scan_piece literal,
                  const char *text);

#endif
