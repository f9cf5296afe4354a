/* Pieces of the author's own statement: the servers keep of some programs more than what the statement means. */
#ifndef PLUMB_MYSQL_SQL_VERBATIM_H
#define PLUMB_MYSQL_SQL_VERBATIM_H

#include "model/model.h"

/* The object's statement from that word (TRIGGER) on, and what stands behind its name; NULL where there is none,
 * it is another name's, or names the database. */
const char *my_verbatim_from(const struct object *object, const char *word, const char **rest);

/* True when the text up to end has the word, neither quoted nor in a comment. */
bool my_verbatim_has(const char *text, const char *end, const char *word);

/* True when strings come about in the text by themselves, not out of columns; when it may compare one of them by the
 * collation of the connection, to which it makes a difference: a string of more than printable ASCII, or with blanks at
 * its end. */
bool my_verbatim_makes_strings(const char *text);
bool my_verbatim_compares_strings(const char *text);

/* True when the body of a trigger names a column of NEW or OLD that the table has not, or computes. */
bool my_verbatim_names_other(const char *text, const struct object *table);

/* "(a INT, b TEXT)" as written behind the routine's name; NULL where it is not known. */
const char *my_verbatim_parameters(struct arena *arena, const struct object *object,
                                   const char *word);

#endif
