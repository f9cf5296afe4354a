/* Runs a plan against its database: lock, transactions, verification, progress. */
#ifndef PLUMB_EXEC_EXEC_H
#define PLUMB_EXEC_EXEC_H

#include "core/buffer.h"
#include "core/error.h"
#include "exec/journal.h"
#include "exec/osc.h"
#include "plan/compare.h"
#include "plan/plan.h"

struct exec_progress {
    size_t step; /* from 1 */
    size_t count;
    const struct step *current; /* NULL while the result is verified */
    double seconds;             /* that the step took; negative while it is starting */
    const char *
        blockers; /* with attempt > 1: who holds the lock that was not to be had; NULL: not known */
    int attempt;  /* from 1: grows when a lock was not to be had and the transaction starts anew */
};

struct exec_options {
    int lock_timeout;  /* milliseconds */
    int lock_attempts; /* how often a transaction that timed out waiting for a lock is tried */
    int question_timeout; /* milliseconds that each question about the rows may take; 0: none is asked */
    void (*note)(const char *text,
                 void *context); /* what the user should know; NULL: nobody listens */
    void *note_context;
    void (*progress)(const struct exec_progress *progress, void *context);
    void *progress_context;
    /* Reads the wanted model anew for verification (models are consumed by comparison). NULL: no
     * verification. */
    struct model *(*wanted)(void *context, struct error *error);
    void *wanted_context;
    struct compare_options compare;
    struct osc_options osc;
    const struct digest
        *expected; /* exec_kept_digest of the snapshot that the plan was made from: refuse when the
                                      database is another by now. NULL: not checked */
    const struct journal_options *journal; /* NULL: nothing is recorded */
    bool record_always; /* by exec_record: even if the record knows the schema already */
};

struct exec_result {
    size_t steps_done; /* run, and committed */
    size_t groups_committed;
    bool verified;
    double seconds;
    const struct step *failed; /* the step that failed; NULL none */
    size_t failed_number;      /* its number, from 1 */
    size_t rolled_back;        /* steps that had run and were rolled back */
    size_t doubtful;           /* the first step that may have been applied or not, since the
                                  connection was lost while the server was at it; 0: none */
    size_t doubtful_end;       /* the last of them: those that one COMMIT was for */
    int64_t entry;             /* the record's entry about it; 0: none was written */
};

/* Runs the plan. In the last transaction group the result is verified before COMMIT: the catalog is
 * read inside the transaction and compared with the wanted model; if they differ it rolls back and
 * the error lists the differences. Where the last group runs outside a transaction, it is verified
 * afterwards. On failure the result says what is committed already, and what was rolled back. */
bool exec_plan(const struct plan *plan, struct connection *connection,
               const struct exec_options *options, struct exec_result *result, struct error *error);

/* Runs no step: writes down what the database is now, or what became of an interrupted apply (then
 * the plan is what was left of it). */
bool exec_record(const struct plan *plan, struct connection *connection,
                 const struct exec_options *options, struct exec_result *result,
                 struct error *error);

/* verify.c: true when the database, as the connection sees it now, is what is wanted. in_transaction:
 * the caller will roll back when it is not. snapshot: gets what was read; NULL where nobody cares. */
bool exec_verify(const struct plan *plan, struct connection *connection,
                 const struct exec_options *options, bool in_transaction, struct buffer *snapshot,
                 struct error *error);

/* The live database as a snapshot. */
bool exec_read(const struct plan *plan, struct connection *connection, struct buffer *snapshot,
               struct error *error);

/* verify.c: the digest of what the options leave of the snapshot: what changes elsewhere matters to no plan. */
struct digest exec_kept_digest(const char *snapshot, const struct compare_options *options);

#endif
