/* Expressions and queries in one canonical text: two are equal for plumb if the server would store them
 * alike, and then their texts are the same bytes. */
#ifndef PLUMB_MYSQL_CANON_CANON_H
#define PLUMB_MYSQL_CANON_CANON_H

#include "core/error.h"
#include "mysql/sql/parse.h"

/* The canonical text of an expression that stands in a table: columns without their table. Introducers
 * of strings are left out, synonyms of functions are one. In the arena; never NULL. */
const char *my_canon_expression(struct arena *arena, struct my_flavor flavor,
                                const struct my_node *expression);

/* The constant that the expression comes to, as the server writes it in a partition's bound ("100",
 * "737790", "'abc'", "MAXVALUE"); the canonical text where it cannot be folded here. */
const char *my_canon_constant(struct arena *arena, struct my_flavor flavor,
                              const struct my_node *expression);

#endif
