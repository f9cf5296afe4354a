/* Record, drift, what is pending and who holds the lock, in a glance. */
#ifndef PLUMB_REPORT_STATUS_H
#define PLUMB_REPORT_STATUS_H

#include "core/buffer.h"
#include "drift/drift.h"

struct status {
    const char *target;
    const char *store; /* where the record is */
    bool has_record;
    struct record_entries entries;
    const char *holder;        /* of the lock; NULL nobody */
    const struct drift *drift; /* NULL where there is no record */
    const struct plan *rest;   /* live to wanted; NULL where no state is named */
};

/* An apply that was interrupted, and is not running any more; NULL. */
const struct record_entry *status_unfinished(const struct status *status);

/* True where there is drift, something pending, or an apply that was interrupted. */
bool status_differs(const struct status *status);
void report_status(const struct status *status, bool json, struct buffer *out);

#endif
