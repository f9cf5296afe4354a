/* The record of an apply while it runs: written before the first step, around each step that is
 * committed by itself, with the transaction of those that share one, and at the end. Also what is to
 * be said of an earlier apply that was interrupted. */
#ifndef PLUMB_EXEC_JOURNAL_H
#define PLUMB_EXEC_JOURNAL_H

#include "plan/plan.h"
#include "record/record.h"

/* What is to happen with an apply that is found without an outcome. */
enum journal_unfinished {
    UNFINISHED_REFUSED,  /* unless it changed nothing, refuse, and say how far it came */
    UNFINISHED_RESUMED,  /* note how far it came and go on: the plan is what is left */
    UNFINISHED_ABANDONED /* note how far it came, and that it stays like that */
};

struct journal_options {
    struct store *store;
    struct record_entry entry; /* kind, who, where from; the rest is filled in here */
    const char *wanted;        /* the wanted model's snapshot; NULL: not kept */
    enum journal_unfinished unfinished;
    struct equivalences *equivalences; /* what is learnt is written at the end; NULL none */
    /* The model as SQL, to be freed by memory_free; takes the model. NULL with an error. */
    char *(*print)(void *context, struct model *model, struct error *error);
    void *context;
    /* For people: that a record begins, that none is kept, how far an earlier apply came. */
    void (*note)(void *context, const char *text);
};

struct journal {
    const struct journal_options *options;
    const struct plan *plan;
    struct arena *arena;
    struct record_entry entry;
    struct record_step *steps; /* one for each of the plan's */
    bool active;               /* a record is kept */
    bool begun;                /* the entry is written */
    bool is_new;               /* there was no record before */
    const char *current;       /* the digest that the record says; NULL */
    int64_t current_number;    /* of the entry that says it */
};

/* Finds or makes the record, under the lock of the apply, and deals with an unfinished entry. Where
 * the record cannot be made, that is noted and the journal stays inactive. live: a snapshot of the
 * database as it is. */
bool journal_open(struct journal *journal, const struct journal_options *options,
                  const struct plan *plan, struct connection *connection, const char *live,
                  struct error *error);
void journal_close(struct journal *journal);

/* True when an entry is to be written although the plan is empty: the record does not say yet what
 * the database is. digest: what it is. */
bool journal_lacks(const struct journal *journal, const char *digest);

/* Writes the entry with all its steps as planned. before: the digest of the live schema. */
bool journal_begin(struct journal *journal, const char *before, struct error *error);

/* Steps first to end - 1 are about to run. Written only where nothing else could tell afterwards. */
bool journal_step_starts(struct journal *journal, size_t at, struct error *error);
bool journal_batch_starts(struct journal *journal, size_t first, size_t end, struct error *error);
void journal_step_ran(struct journal *journal, size_t at, double seconds);

/* They are done: committed, or about to be together with this. */
bool journal_steps_done(struct journal *journal, size_t first, size_t end, struct error *error);

/* The entry's outcome, with the schema that the snapshot holds. */
bool journal_finish(struct journal *journal, const char *snapshot, struct error *error);

/* The apply failed at the step numbered failed (from 1; 0: none). ran: how many steps had run by
 * then, of which the last rolled_back ones were rolled back. snapshot: what the database is now; NULL:
 * unchanged, or not to be learnt. */
void journal_fail(struct journal *journal, size_t failed, size_t ran, size_t rolled_back,
                  const char *snapshot, const struct error *why);

#endif
