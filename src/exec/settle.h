/* What became of an apply that was interrupted: decided from the record, and from what would still lead
 * from the database to what that apply wanted, whatever is wanted now. */
#ifndef PLUMB_EXEC_SETTLE_H
#define PLUMB_EXEC_SETTLE_H

#include "exec/journal.h"

/* Decides, notes or refuses as the journal's options say. live: a snapshot of the database as it is. */
bool settle_unfinished(struct journal *journal, const struct record_entry *entry,
                       struct connection *connection, const char *live, struct error *error);

/* journal.c: writes the schema of the snapshot, and notes its digest in the entry. */
bool journal_write_schema(struct journal *journal, struct record_entry *entry, const char *snapshot,
                          struct error *error);

#endif
