/* Secrets in SQL: where they can stand, taking them out of texts, and putting them back for the server. Whatever comes
 * in by a file or from a catalog passes secret_hide before anything looks at it, so that models, plans, records and
 * messages never hold a secret but its token (vault.h); whatever is run passes secret_restore. */
#ifndef PLUMB_CORE_SECRET_SECRET_H
#define PLUMB_CORE_SECRET_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/* How literals are written: MySQL's may be in double quotes, and have backslashes in them. */
enum secret_syntax { SECRET_POSTGRES, SECRET_MYSQL };

/* A text of SQL with tokens for its secrets; the text itself where it has none. *length: of the one and then of the
 * other. */
const char *secret_hide(struct arena *arena, enum secret_syntax syntax, const char *text,
                        size_t *length);

/* The same for a text that stands in a literal: a routine's body, a connection string, a comment. */
const char *secret_hide_content(struct arena *arena, enum secret_syntax syntax, const char *text);

/* The value of an option of a foreign table, or the like, which has that name. */
const char *secret_hide_option(struct arena *arena, enum secret_syntax syntax, const char *name,
                               size_t name_length, const char *value);

/* The statement with its secrets, in the arena; the statement itself where it has none. NULL where one is not known:
 * *missing is then the variable that has to be set, or NULL where the files have to be read again. */
const char *secret_restore(struct arena *arena, enum secret_syntax syntax, const char *sql,
                           const char **missing);

#endif
