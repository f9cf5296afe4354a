/* Type names: from raw trees and texts to types, and back. */
#ifndef PLUMB_POSTGRES_TYPES_TYPES_H
#define PLUMB_POSTGRES_TYPES_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "core/error.h"
#include "postgres/facts/universe.h"

struct TypeName;

/* Resolves a type name as written ("int", "varchar(20)[]", "app.status", "users.id%TYPE") to a type
 * and modifier. NULL with an error when there is no such type; the error names the nearest. */
const struct pg_type *pg_resolve_type(struct pg_universe *universe, const char *text,
                                      int32_t *typmod, struct error *error);

/* As pg_resolve_type, from a raw tree: no text is made or parsed. */
const struct pg_type *pg_resolve_type_name(struct pg_universe *universe,
                                           const struct TypeName *name, int32_t *typmod,
                                           struct error *error);

struct List;

/* types_modifier.c: the modifiers of a type that is not built in, as format_type prints them between parentheses; NULL where
 * it prints none. type: its name, qualified or not. In the arena. */
const char *pg_modifier_text(struct arena *arena, const char *type, struct List *modifiers);
const char *pg_canonical_modifiers(struct arena *arena, const char *type, const char *text);

/* Appends what pg_type_format gives. */
void pg_append_type(struct buffer *buffer, const struct pg_type *type, int32_t typmod);

/* The name in pg_type of a built-in type that format_type spells so, without modifiers and brackets:
 * "character varying" is varchar. */
const char *pg_type_name_of(const char *spelling);

#endif
