/* What a plan would undo: changes that somebody made in the database since the record's last entry. */
#ifndef PLUMB_DRIFT_UNDONE_H
#define PLUMB_DRIFT_UNDONE_H

#include "plan/compare.h"
#include "record/record.h"

struct undone_request {
    const struct dialect *dialect;
    struct connection *connection; /* to the database that the plan is for */
    struct store *store;
    const struct record_entry *entry; /* of undone_entry */
    const char *live; /* snapshots of both models as they were before the plan was made */
    const char *wanted;
    const struct compare_options *compare; /* those of the plan */
};

/* The entry that says another schema than the one of that digest (32 digits), in the arena; NULL where the
 * database is what the record says, where there is none, and where an apply was interrupted: then what
 * differs is its own doing. False with an error. */
bool undone_entry(struct store *store, const char *digest, struct arena *arena,
                  const struct record_entry **entry, struct error *error);

/* Compares recorded, live and wanted: gives each step that undoes drift that hazard, and notes how much drift
 * the plan leaves alone. False with an error. */
bool undone_mark(struct plan *plan, const struct undone_request *request, struct error *error);

#endif
