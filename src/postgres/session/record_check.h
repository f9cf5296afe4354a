/* Whether a table of the record is what plumb made, and nothing that would run somebody else's code. */
#ifndef PLUMB_POSTGRES_SESSION_RECORD_CHECK_H
#define PLUMB_POSTGRES_SESSION_RECORD_CHECK_H

#include "postgres/session/connect.h"

#define RECORD_SCHEMA "plumb"

/* A statement, with its semicolon and a blank behind, that fails where the table cannot be trusted. To be
 * sent before a statement that uses the table, in one transaction and behind a lock on it. */
const char *record_guard(struct arena *arena, const struct record_table *table);

/* A query, one row: true if the table can be read; what is wrong with it, or NULL; true if it is to be
 * read without the planner's help (a superuser reads what is another's, who may change it meanwhile). */
const char *record_find_sql(struct arena *arena, const struct record_table *table);

/* Makes an error of such a complaint, which stands somewhere in the text. False, and the error is left as
 * it is, if there is none in it. */
bool record_distrust(const char *text, struct error *error);

#endif
