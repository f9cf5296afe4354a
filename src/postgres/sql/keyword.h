/* Words that became keywords: an older server takes them for names where they are not quoted, and its dumps do not
 * quote them. The parser is of the newest version; a text that is for an older one gets the quotes. */
#ifndef PLUMB_POSTGRES_SQL_KEYWORD_H
#define PLUMB_POSTGRES_SQL_KEYWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "postgres/sql/scan.h"

/* The way through a text; {text, length, version} at first. version as server_version_num has it. */
struct pg_keyword_walk {
    const char *text;
    size_t length;
    int version;
    struct pg_token token; /* the one before the next */
};

/* Finds the next word that is a name on a server of that version and not to the parser; false at the end. */
bool pg_next_later_keyword(struct pg_keyword_walk *walk, struct pg_token *word);

/* Appends the word, in quotes, as the server folds it. */
void pg_append_folded_name(struct buffer *buffer, const char *text, const struct pg_token *word);

/* True where texts for that version may need quotes at all; version 0, which is not known: no. */
bool pg_version_has_later_keywords(int version);

/* The youngest version below that one (0: the parser's own) which takes more words for names; 0: there is none. */
int pg_earlier_reading(int version);

/* The text as the parser has to have it; the text itself where nothing differs. In the arena. */
const char *pg_quote_later_keywords(struct arena *arena, const char *text, int version);

#endif
