/* Identifiers and literals as the server quotes them. Results are in the arena. */
#ifndef PLUMB_POSTGRES_SQL_QUOTE_H
#define PLUMB_POSTGRES_SQL_QUOTE_H

#include "core/arena.h"
#include "core/buffer.h"

const char *pg_quote_name(struct arena *arena, const char *name);
const char *pg_quote_literal(struct arena *arena, const char *text);
/* "schema.name", each quoted; schema NULL gives the name alone. */
const char *pg_qualify(struct arena *arena, const char *schema, const char *name);
/* "OPERATOR(schema.name)". */
const char *pg_qualify_operator(struct arena *arena, const char *schema, const char *name);

/* The name, quoted or bare, at the start of the text, which moves behind it: a bare one goes up to any of the ends. */
const char *pg_take_name(struct arena *arena, const char **text, const char *ends);

/* Appends the name, in quotes where SQL wants them. */
void pg_append_identifier(struct buffer *buffer, const char *name);

#endif
