/* Files have no order: a statement that names what is not there (yet) is put back and tried again after the others,
 * until a round brings nothing new; what is left then is an error at its place. */
#ifndef PLUMB_DIALECT_ROUNDS_H
#define PLUMB_DIALECT_ROUNDS_H

#include <stdbool.h>

#include "core/error.h"
#include "core/list.h"

/* What became of one statement. */
enum outcome {
    OUTCOME_DONE,
    OUTCOME_MISSING, /* something it names does not exist (error says what): retried */
    OUTCOME_FAILED   /* cannot ever be right; error says why */
};

/* How a statement is tried: the first member of what a dialect keeps of one. */
struct attempt {
    bool
        guarded; /* reached after a look whether it is needed: forgives that, once it had to wait */
    bool forgives_existing; /* what it makes may be there already: then it does nothing */
    bool forgives_missing;  /* what it names may never be there: then it does nothing */
    const char *text;       /* of a statement of a file, NULL of others; not terminated */
    size_t length;
};

/* Runs one; it changes nothing unless it is done, and places its error in the file where it fails, or misses something
 * while that is reported. */
typedef enum outcome attempt_run(void *interpreter, struct attempt *attempt);

struct rounds {
    attempt_run *run;
    void *interpreter;
    bool (*adopt)(
        void *interpreter);      /* nothing else helps: takes in what the database has and is lent
                                         (model/lending.h); true where that was anything */
    struct pointer_list waiting; /* struct attempt *: to be tried again */
    bool
        lenient; /* nothing else helped: a dialect may guess where names are that are found nowhere */
    bool reporting; /* the error will be shown: texts and hints are worth their time */
    bool unread; /* a part of the files could not be parsed: whatever is missing may stand there */
    struct pointer_list broken; /* struct attempt *: those whose errors are kept */
    struct error *first;        /* of them; the others are the operation's further errors */
    struct error *last;
};

/* Runs it, or has it wait. False with an error. The attempt stays valid as long as the arena does. */
bool rounds_first_try(struct rounds *rounds, struct arena *arena, struct attempt *attempt);

/* Keeps the error of an attempt (NULL: of a part that could not be parsed), so that what comes after it can be looked at
 * too; rounds_finish will fail with it. False where that makes no sense: it is no error of the files, or there are too
 * many. Then, and afterwards too, error is what there is to say. */
bool rounds_keep_error(struct rounds *rounds, struct arena *arena, struct attempt *attempt,
                       struct error *error);

/* Until nothing waits; false with an error where nothing helps: the first of what waits says what it misses (or does
 * without, now that it has to). */
bool rounds_finish(struct rounds *rounds, struct arena *arena, struct error *error);

#endif
