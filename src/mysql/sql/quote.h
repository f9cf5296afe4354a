/* Names and strings as SQL. */
#ifndef PLUMB_MYSQL_SQL_QUOTE_H
#define PLUMB_MYSQL_SQL_QUOTE_H

#include "core/buffer.h"
#include "model/model.h"

/* `name`, in the arena. */
const char *my_quote_name(struct arena *arena, const char *name);

/* 'text' with what needs escaping escaped, in the arena; with length for texts that hold zero bytes. */
const char *my_quote_text(struct arena *arena, const char *text);
const char *my_quote_bytes(struct arena *arena, const char *bytes, size_t length);

/* A string as NO_BACKSLASH_ESCAPES has it. */
const char *my_quote_plain(struct arena *arena, const char *text);

/* `schema`.`name`, or `name` where the schema is "", in the arena. */
const char *my_quote_qualified(struct arena *arena, const char *schema, const char *name);

/* `schema`.`name` of an object that stands in a schema, or `name` where the schema is "". */
const char *my_quote_path(struct arena *arena, const struct object *object);

#endif
