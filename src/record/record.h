/* What plumb remembers of a database: entries (applies, baselines, reverts) with their statements, the
 * schema after each, and spellings that were proven equivalent. Reading and writing through a store;
 * what it means is decided elsewhere (exec writes it, drift compares with it). */
#ifndef PLUMB_RECORD_RECORD_H
#define PLUMB_RECORD_RECORD_H

#include "model/model.h"
#include "record/store.h"

/* States of an entry. */
#define RECORD_BEGUN "begun"             /* running, or interrupted and not looked at yet */
#define RECORD_DONE "done"               /* ended as it should */
#define RECORD_FAILED "failed"           /* ended with an error */
#define RECORD_INTERRUPTED "interrupted" /* found begun, and another entry went on */
#define RECORD_ABANDONED "abandoned"     /* found begun, and left as it was */

/* States of a step. */
#define STEP_PLANNED "planned"
#define STEP_RUNNING "running" /* it was being run: in doubt if the entry ended there */
#define STEP_DONE "done"
#define STEP_FAILED "failed"
#define STEP_ROLLED_BACK "rolled back"
#define STEP_NOT_APPLIED "not applied"

struct record_entry {
    int64_t number;   /* from 1, without gaps */
    const char *kind; /* apply, baseline, revert */
    const char *state;
    const char *begun; /* "2026-01-31T12:00:00Z" */
    const char *ended; /* NULL */
    const char *database_user;
    const char *actor; /* who ran plumb */
    const char *tool;  /* "plumb 0.1.0" */
    const char *message;
    const char *wanted_name; /* the wanted state's name */
    const char *files;       /* a line "DIGEST PATH" for each file of the wanted state */
    const char *git_commit;
    const char *git_remote;
    const char *run_url;
    const char *options; /* JSON: what was compared */
    int64_t server_version;
    const char *before; /* digests of schemas, as 32 digits */
    const char *after;  /* NULL: not known */
    const char *wanted;
    int64_t steps;
    int64_t steps_done;
    const char *error;
};

struct record_entries {
    struct record_entry *items; /* by number */
    size_t count;
};

struct record_step {
    int64_t number; /* from 1 */
    int64_t group;
    const char *state;
    const char *action;
    const char *object;
    const char *sql;
    const char *started; /* NULL */
    double seconds;      /* negative: not known */
};

struct record_step_list {
    struct record_step *items; /* by number */
    size_t count;
};

/* How a model's settings stand before its SQL, a line each. */
#define RECORD_SETTING "-- setting "

struct record_schema {
    const char *dialect;
    const char *sql;      /* NULL where it was not kept; may begin with settings */
    const char *snapshot; /* NULL likewise */
};

/* --- reading: all results live in the arena -------------------------------------------------- */

/* *found: there is a record, in a format that this version reads; a later one is refused. If it has a key for
 * secrets, that is what this thread's tokens are under from now on (core/secret/vault.h). */
bool record_find(struct store *store, bool *found, struct error *error);

/* The latest entries, or all (0). */
bool record_read_entries(struct store *store, size_t latest, struct arena *arena,
                         struct record_entries *entries, struct error *error);
bool record_read_steps(struct store *store, int64_t entry, struct arena *arena,
                       struct record_step_list *steps, struct error *error);

/* Refused where there is no such schema. */
bool record_read_schema(struct store *store, const char *digest, struct arena *arena,
                        struct record_schema *schema, struct error *error);

/* The last entry that says what the schema is after it; NULL when none does. */
const struct record_entry *record_current(const struct record_entries *entries);

/* The entry of that number; NULL. */
const struct record_entry *record_entry_of(const struct record_entries *entries, int64_t number);

/* The last entry if it is an apply that has no outcome; NULL. */
const struct record_entry *record_unfinished(const struct record_entries *entries);

/* Like record_read_entries of all, but only as many as it takes to know the current one and an
 * unfinished one. */
bool record_read_recent(struct store *store, struct arena *arena, struct record_entries *entries,
                        struct error *error);

/* The recorded model: its snapshot, or its statements interpreted where the snapshot is another
 * version's. To be freed by model_free; NULL with an error. *dialect may be NULL: the record tells. */
struct model *record_load_model(struct store *store, const char *digest, const char *name,
                                const struct dialect **dialect, struct error *error);

/* --- writing --------------------------------------------------------------------------------- */

/* Makes the record where there is none. Where secrets were met it gets the key that they are under, unless it has
 * one. */
bool record_make(struct store *store, struct error *error);

/* Notes that the record is kept by the database of that identity from now on. *other: it was another's until now; what is
 * older, and says nothing of it, is taken for this one's. */
bool record_claim(struct store *store, const char *identity, bool *other, struct error *error);
bool record_write_entry(struct store *store, const struct record_entry *entry, struct error *error);
bool record_write_steps(struct store *store, int64_t entry, const struct record_step *steps,
                        size_t count, struct error *error);

/* Writes the schema unless it is there. */
bool record_write_schema(struct store *store, const char *digest, const char *dialect,
                         const struct record_schema *schema, struct error *error);

/* --- equivalences: equivalence.c ------------------------------------------------------------- */

/* Spellings that are known to be equivalent, and those that were found to be. */
struct equivalences;

/* Nothing is read before the first question. The store may be NULL: then nothing is known. */
struct equivalences *equivalences_new(struct arena *arena, struct store *store);
bool equivalences_know(struct equivalences *equivalences, const char *key, struct digest declared,
                       struct digest held);
void equivalences_learn(struct equivalences *equivalences, const char *key, struct digest declared,
                        struct digest held);

/* Writes what was learnt. */
bool equivalences_write(struct equivalences *equivalences, struct store *store,
                        struct error *error);

/* --- who and when: origin.c ------------------------------------------------------------------ */

/* PLUMB_ACTOR, whom the CI names as the one who made its run, or the operating system's name of the user. */
const char *origin_actor(struct arena *arena);

/* The page of the CI run that this is; NULL when it is none. */
const char *origin_run_url(struct arena *arena);

/* "2026-01-31T12:00:00Z" */
const char *origin_now(struct arena *arena);

#endif
