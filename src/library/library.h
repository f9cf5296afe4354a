/* What stands behind the public types; for this room alone. */
#ifndef PLUMB_LIBRARY_LIBRARY_H
#define PLUMB_LIBRARY_LIBRARY_H

#include "core/operation.h"
#include "core/plumb_error.h"
#include "drift/drift.h"
#include "edit/pull.h"
#include "exec/exec.h"
#include "load/load.h"
#include "plan/compare.h"
#include "plumb.h"
#include "record/record.h"

struct plumb_control {
    struct control control;
    void (*listener)(const struct plumb_progress *progress, void *context);
    void *context;
};

struct plumb_model {
    struct state state;
    struct arena *arena;         /* of the model itself and these names */
    const char *given;           /* the state's name as it was given */
    const struct origin *origin; /* known already; NULL: git is asked for it */
};

struct plumb_plan {
    struct plan *plan;
    struct plumb_model *target;
    struct plumb_model *wanted;
    struct compare_options compare;
    const char *const *must_match; /* of the globs in it */
    int lock_timeout;              /* of a script */
    struct arena *arena;
    struct store *store; /* the target's record; NULL none */
    struct equivalences *equivalences;
    struct compare_memory memory;
    struct digest expected; /* of the target as it was loaded */
    struct digest kept;     /* of what is compared of it */
    const char *wanted_snapshot;
    const char *target_snapshot; /* of a plan that will be written as a file */
    const struct record_entry
        *drifted_since;        /* NULL: the database is what the record says, as far as known */
    const char *live_snapshot; /* with drifted_since, both before they were compared */
    const char *wanted_before;
};

/* Files that change: pulled, or laid out. */
struct plumb_pull {
    struct arena *arena;
    const char *folder; /* its real path; NULL: the state is no folder */
    enum secret_syntax syntax;
    struct state_texts read;
    struct edit_file *files; /* those that change */
    size_t count;
    struct text_list notes;
};

struct plumb_drift {
    struct drift *drift;
    struct store *store;
    struct arena *arena;
};

/* --- options: options.c ---------------------------------------------------------------- */

/* A copy of a NULL-terminated list in the arena; NULL of NULL. */
const char *const *globs_copy(struct arena *arena, const char *const *globs);

/* What plan/options.def lists, from one structure to the other. Globs are copied into the arena; given ones
 * are those of compare, and none of them has to match anything. */
struct compare_options compare_options_of(struct arena *arena, const struct plumb_options *options);
void compare_options_give(const struct compare_options *compare, struct plumb_options *options);

/* --- doors: door.c ------------------------------------------------------------------ */

/* Every public function that takes memory, or can fail, is a door: it begins an operation, does what it is
 * for in a function of its own, and ends the operation. Should memory run out inside, everything that was
 * taken has been given back when setjmp gives something else than 0; the door then gives back what it was
 * handed, where it promised to take that, and returns. */
struct door {
    struct operation operation;
    struct plumb_error *given; /* NULL: nobody will look */
    struct error *error;       /* what the caller gave, emptied, or one that nobody will look at */
    struct plumb_error unseen;
    struct interruptible interruptible;
};

void door_open(struct door *door, struct plumb_control *control, struct plumb_error *error);
void door_close(struct door *door);

/* Lets whoever cancels the operation cancel what the server does for the connection of this state. */
void door_interrupts(struct door *door, const struct state *state);

/* Copies what the caller has filled of a struct that begins with its size, and zeroes the rest. given: NULL
 * for none. Where that is not to be understood, size is 0 in what was taken: no size was set, or a later
 * version's fields are. */
void options_take(void *taken, size_t size, const void *given);

/* False with an error for options that were not understood. size: the first field of what was taken. */
bool options_check(size_t size, struct error *error);

/* False with an error: what must not be NULL is. */
bool fail_null(const char *what, struct error *error);

/* The text of a buffer, which is not NULL though nothing was appended. */
char *give_text(struct buffer *text);

/* The same for people: without the tokens of secrets. */
char *give_shown(struct buffer *text);

/* False with an error: there is no such format of that. */
bool fail_format(const char *what, struct error *error);

/* --- models: load.c --------------------------------------------------------------------- */

/* An empty model struct in an arena of its own, for a state that is loaded some other way. */
struct plumb_model *plumb_model_new(const char *given);

/* --- plans: plan.c ---------------------------------------------------------------------- */

/* The plan of plumb_diff; NULL with an error. Takes neither model unless it succeeds. */
struct plumb_plan *plumb_plan_make(struct plumb_model *target, struct plumb_model *wanted,
                                   const struct plumb_options *options, struct error *error);

/* The plan of plumb_diff_empty, likewise. */
struct plumb_plan *plumb_plan_from_empty(struct plumb_model *model,
                                         const struct plumb_options *options, struct error *error);

/* Frees the plan without its models. NULL is allowed. */
void plumb_plan_discard(struct plumb_plan *plan);

/* --- the record: record.c --------------------------------------------------------------- */

/* The options' record of the target; NULL without an error where none is to be kept. */
struct store *plumb_open_store(const struct state *target, const struct plumb_options *options,
                               struct error *error);

/* The same where a record has to be: NULL with an error. */
struct store *plumb_need_store(const struct state *target, const struct plumb_options *options,
                               struct error *error);

/* The options of a journal for this target: who, where from, how to print a schema. wanted may be
 * NULL. */
struct journal_options plumb_journal(struct arena *arena, const struct state *target,
                                     const struct plumb_model *wanted, struct store *store,
                                     const struct plumb_apply_options *apply);

/* --- drift: drift.c ---------------------------------------------------------------------- */

/* The drift of plumb_drift_find; NULL with an error. */
struct plumb_drift *plumb_drift_compute(const struct plumb_model *target,
                                        const struct plumb_model *wanted,
                                        const struct plumb_options *options, struct error *error);

#endif
