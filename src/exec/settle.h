/* What became of an apply that was interrupted: decided from the record, and from the plan of what is
 * left, which was made from the catalog. */
#ifndef PLUMB_EXEC_SETTLE_H
#define PLUMB_EXEC_SETTLE_H

#include "exec/journal.h"

/* Decides, notes or refuses as the journal's options say. */
bool settle_unfinished(struct journal *journal, const struct record_entry *entry,
                       struct connection *connection, struct error *error);

/* journal.c: writes the schema of the snapshot, and notes its digest in the entry. */
bool journal_write_schema(struct journal *journal, struct record_entry *entry,
                          const char *snapshot, struct error *error);

#endif
