/* Drift: what a database is, against what was recorded of it, and against what is wanted of it where
 * that is named too. */
#ifndef PLUMB_DRIFT_DRIFT_H
#define PLUMB_DRIFT_DRIFT_H

#include "plan/compare.h"
#include "record/record.h"

enum drift_status {
    DRIFT_NONE,
    DRIFT_FOUND,
    DRIFT_APPLYING /* an apply is running just now: nothing can be said */
};

/* What is to be said of one object: it drifted, its change is pending, or both. */
enum drift_share {
    DRIFT_ALONE,     /* changed in the database, wanted as it was recorded */
    DRIFT_PENDING,   /* wanted otherwise, not changed in the database */
    DRIFT_AS_WANTED, /* changed in the database into what is wanted */
    DRIFT_CONFLICT   /* changed in the database, and wanted otherwise than that */
};

struct drift_item {
    enum drift_share share;
    const struct delta
        *delta; /* from recorded to live; of what is pending: from recorded to wanted */
};

struct drift_options {
    struct compare_options compare; /* of the wanted state; schemas and excludes for all */
    const char *const *must_match;  /* of the globs: those that have to match something; NULL: not
                                      checked */
};

struct drift {
    struct arena *arena;
    enum drift_status status;
    const char *target;        /* for people */
    const char *holder;        /* of the lock, where an apply is running */
    struct record_entry entry; /* what the database is compared with */
    bool unfinished;           /* the last entry of the record has no outcome */
    char live[33];             /* digests */
    bool same_digest;
    struct plan *adopt;       /* recorded to live; NULL where the digests are equal */
    struct plan *back;        /* live to recorded; NULL likewise */
    struct plan *pending;     /* recorded to wanted; NULL where none is named */
    struct plan *rest;        /* live to wanted; NULL likewise */
    struct drift_item *items; /* in the order of objects: drift, then what is pending only */
    size_t count;
    struct text_list notes;   /* for people: globs that match nothing, and may */
    size_t drifted;           /* items that are not pending only */
    struct model *models[12]; /* that the plans point into */
    size_t model_count;
};

/* Compares what the connection shows with the store's record. wanted: a snapshot of the wanted model;
 * NULL: none is named. NULL with an error; else to be freed by drift_free. */
struct drift *drift_compute(const struct dialect *dialect, struct connection *connection,
                            struct store *store, const char *target, const char *wanted,
                            const struct drift_options *options, struct error *error);
void drift_free(struct drift *drift);

/* The changed fields of a delta that say something: not those that differ only because parts came or went. */
uint64_t drift_fields(const struct delta *delta);

/* True where the delta says anything that others do not say. */
bool drift_says(const struct delta *delta);

#endif
