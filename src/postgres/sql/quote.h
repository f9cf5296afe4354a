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

/* Appends the name, in quotes where SQL wants them. */
void pg_append_identifier(struct buffer *buffer, const char *name);

#endif
