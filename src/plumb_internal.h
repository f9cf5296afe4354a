/* What stands behind the public types; for plumb.c, and for the command line, which makes errors of
 * its own. */
#ifndef PLUMB_PLUMB_INTERNAL_H
#define PLUMB_PLUMB_INTERNAL_H

#include "core/error.h"
#include "exec/exec.h"
#include "load/load.h"
#include "plan/compare.h"
#include "plumb.h"
#include "record/record.h"

struct plumb_error {
    struct error error;
};

struct plumb_model {
    struct state state;
    struct arena *arena; /* of the model itself and these names */
    const char *given;   /* the state's name as it was given, to load it again */
    const char *scratch;
    const char *flavor;
};

struct plumb_plan {
    struct plan *plan;
    struct plumb_model *target;
    struct plumb_model *wanted;
    struct compare_options compare;
    const char *const *must_match; /* of the globs in it */
    struct arena *arena;
    volatile int cancelled;
    struct store *store; /* the target's record; NULL none */
    struct equivalences *equivalences;
    struct compare_memory memory;
    struct digest expected; /* of the target as it was loaded */
    const char *wanted_snapshot;
};

/* The error to fill: the caller's, emptied, or one that nobody will look at. */
struct error *plumb_fresh_error(struct plumb_error *error, struct plumb_error *unseen);

/* An empty model struct in an arena of its own, for a state that is loaded some other way. */
struct plumb_model *plumb_model_new(const char *given);

/* The options' record of the target; NULL without an error where none is to be kept. */
struct store *plumb_open_store(const struct state *target, const struct plumb_options *options,
                               struct error *error);

/* The options of a journal for this target: who, where from, how to print a schema. wanted may be
 * NULL. */
struct journal_options plumb_journal(struct arena *arena, const struct state *target,
                                     const struct plumb_model *wanted, struct store *store,
                                     const struct plumb_apply_options *apply);

/* What is compared, as a line of the record. */
const char *plumb_options_text(struct arena *arena, const struct compare_options *compare);

/* The whole model as SQL, to be freed by memory_free; takes the model. */
char *plumb_print_model(const struct dialect *dialect, struct model *model, struct error *error);

/* Loads what a state of that name is. */
bool plumb_load_into(struct state *state, const char *name, const struct load_request *request,
                     const char *scratch, struct error *error);

#endif
