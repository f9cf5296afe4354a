/* Constants as the server stores them: the default of a column brought to the form of its type. */
#ifndef PLUMB_MYSQL_TYPES_LITERAL_H
#define PLUMB_MYSQL_TYPES_LITERAL_H

#include "core/error.h"
#include "mysql/sql/tree.h"
#include "mysql/types/type.h"

/* True for what my_literal_default takes: a literal, perhaps with a sign, perhaps in parentheses. */
bool my_is_constant(const struct my_node *node);

/* The literal as default of a column of that type, in the house's form (see README.md): quoted strings
 * and numbers, b'101', x'00FF'. What has been brought to that form before stays. NULL with an error where
 * the type cannot hold it; node must not be NULL itself. In the arena. */
const char *my_literal_default(struct arena *arena, struct my_flavor flavor,
                               const struct my_stored_type *type, const struct my_node *node,
                               struct error *error);

/* NOW() and its other names: "CURRENT_TIMESTAMP", or with digits "CURRENT_TIMESTAMP(3)"; NULL when it is
 * something else. */
const char *my_current_timestamp(struct arena *arena, const struct my_node *node);

/* A date and time as the server prints it, "2030-01-01 00:00:00", with so many digits behind the second;
 * the text itself where it is no such thing. */
const char *my_print_datetime(struct arena *arena, const char *text, long digits);

#endif
