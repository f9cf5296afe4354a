/* Where statements, comments and words stand in a text, for who edits it: struct dialect_layout. */
#ifndef PLUMB_POSTGRES_SQL_LAYOUT_H
#define PLUMB_POSTGRES_SQL_LAYOUT_H

#include "dialect/dialect.h"

bool pg_layout_cut(const char *text, size_t length, const char *server, struct arena *arena,
                   struct text_pieces *pieces, struct error *error);
bool pg_layout_mark(const char *text, size_t length, size_t from, struct text_mark *mark);
bool pg_layout_is_keyword(const char *word, size_t length);
bool pg_layout_is_reserved(const char *word, size_t length);

#endif
