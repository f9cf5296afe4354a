/* How an operation is watched and stopped from outside: by another thread, or a signal handler. */
#ifndef PLUMB_CORE_CONTROL_H
#define PLUMB_CORE_CONTROL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* What is under way. */
enum phase {
    PHASE_READING,   /* files, a commit, a catalog, a record */
    PHASE_RESOLVING, /* expressions of both states */
    PHASE_ASKING,    /* the server, about expressions */
    PHASE_PLANNING,
    PHASE_APPLYING, /* step by step */
    PHASE_VERIFYING,
    PHASE_RECORDING
};

/* How far it is. */
struct progress {
    enum phase phase;
    size_t step; /* from 1, of count; 0 of 0: not known */
    size_t count;
    const char *action;   /* of PHASE_APPLYING: "create" */
    const char *object;   /* what it is about: "table public.users", a file's name; NULL */
    double seconds;       /* that the step took; negative while it is starting */
    const char *blockers; /* with attempt > 1: who holds that lock; NULL: not known */
    int attempt; /* above 1: waiting for a lock took too long, the transaction starts anew */
};

/* Something that can be told to stop what it does just now, in another thread or a signal handler. */
struct interruptible {
    void (*interrupt)(void *thing);
    void *thing;
};

enum { CONTROL_PLACES = 16 };

struct control {
    atomic_bool cancelled;
    _Atomic(struct interruptible *) interruptible[CONTROL_PLACES]; /* NULL: free */
    atomic_int interrupting;                                       /* how many are using them */
    size_t most_memory; /* bytes that an operation may take; 0: no limit */
    void (*listener)(const struct progress *progress, void *context);
    void *context;
};

/* Cancels the operations that are under way, and all later ones; for any thread, and signal handlers. */
void control_cancel(struct control *control);

/* Later operations are not cancelled. */
void control_renew(struct control *control);

/* Sets what is to be interrupted in the place of former; each may be NULL. When it comes back nobody uses
 * former any more. False where there is no place left: what will not be interrupted. */
bool control_interrupts(struct control *control, struct interruptible *former,
                        struct interruptible *what);

#endif
