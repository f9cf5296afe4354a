/* An operation: one call of the library while it is under way in a thread. What it takes (memory, and
 * whatever it holds: results of other libraries, files, transactions) is noted with it. Where memory runs
 * out, all that is given back, and the operation ends with an error: memory_alloc and the arenas never
 * come back with nothing, so that nobody who calls them has to look. This is the one jump in plumb; it
 * begins in operation_fail and ends in the function that began the operation, which belongs to the
 * library's own doors (library/) or is operation_try.
 *
 * An operation is also what can be cancelled, and what tells how far it is. */
#ifndef PLUMB_CORE_OPERATION_H
#define PLUMB_CORE_OPERATION_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/control.h"
#include "core/error.h"
#include "core/memory.h"

/* Something that has to be released in some way of its own. */
struct held {
    void (*release)(void *thing);
    void *thing;
};

/* What an operation and its parts may take together, and have taken. */
struct account {
    size_t most; /* bytes; 0: no limit */
    size_t used; /* less what was given back; wraps where that had been taken before */
    bool shielded;
    struct interruptible *interruptible; /* as the control knows it; NULL: nothing */
};

enum { OPERATION_FEW_HELD = 16, OPERATION_MOST_ERRORS = 20 };

/* What went wrong besides the error that an operation ends with. */
struct further_errors {
    struct error *items; /* by malloc */
    size_t count;
    size_t left_out;
};

struct operation {
    jmp_buf way_out;
    struct operation *outer; /* that was under way when this one began */
    struct operation *whole; /* of which it is a part: outer, or NULL */
    struct error *error;
    struct control *control; /* NULL: nobody cancels it or listens */
    struct account *account; /* its own, or that of the whole */
    struct account own;
    struct memory_link blocks;
    struct memory_link arenas;
    struct held *held; /* the last one is released first */
    size_t held_count;
    size_t held_room;
    struct held first_held[OPERATION_FEW_HELD];
    struct interruptible *interruptible; /* when it began */
    struct further_errors further;       /* of the whole */
};

/* Begins an operation; error is filled should it fail. What is noted while it is under way is noted with
 * it. The caller goes on with
 *
 *     if (setjmp(operation.way_out) == 0) {
 *         ... what can fail ...
 *         operation_end(&operation);
 *         return ...;
 *     }
 *     ... it has failed, and is over ...
 *
 * control may be NULL. */
void operation_begin(struct operation *operation, struct control *control, struct error *error);

/* It went well (which includes that error was set): what it has taken and not given back is its caller's
 * from here on. */
void operation_end(struct operation *operation);

/* Keeps a copy of a further error of the operation, besides the one that it will end with; of more than
 * OPERATION_MOST_ERRORS only the count. */
void operation_note_error(const struct error *error);

/* How many there are so far. */
size_t operation_error_count(void);

/* Hands them over; its caller frees items. To be called before the end, which forgets what is left. */
struct further_errors operation_take_errors(struct operation *operation);

/* Runs function(argument) as a part of the operation that is under way (or as one of its own), which can
 * fail by itself: false with the error then. What was taken in a part that went well belongs to the
 * whole. */
bool operation_try(void (*function)(void *argument), void *argument, struct error *error);

/* Ends the operation with that error, whose text is for people as it is: releases what it holds, frees what it took, and goes on in the
 * function that began it. */
_Noreturn void operation_fail(enum error_code code, const char *message);

/* --- what it holds ------------------------------------------------------------------------------- */

/* release(thing) is called should the operation fail; it must not take memory. Gives the thing. NULL is
 * not held. */
void *operation_hold(void *thing, void (*release)(void *thing));

/* The thing is not held any more: it was released, or is another's now. NULL is allowed, and what the
 * operation does not hold. */
void operation_drop(void *thing);

/* How many things it holds; and releases what it came to hold since then, the last first. */
size_t operation_mark(void);
void operation_release(size_t mark);

/* --- cancelling and telling ------------------------------------------------------------------------ */

/* True when somebody has cancelled it. */
bool operation_is_cancelled(void);

/* False, with an error, when somebody has cancelled it: to be asked wherever much is done. */
bool operation_goes_on(struct error *error);

/* While shielded it does not look cancelled: for what has to be done even then. Gives what it was. */
bool operation_shield(bool shielded);

/* Whoever cancels the operation from now on also calls what->interrupt, perhaps in another thread or a
 * signal handler; NULL: nothing. Gives what was to be interrupted before, to be set again afterwards, which
 * nobody uses any more when it comes back. The end of the operation, or of its part, sets it again too. */
struct interruptible *operation_interrupts(struct interruptible *what);

/* Tells whoever listens. */
void operation_tell(const struct progress *progress);

/* Both: tells how far it is (step of count, or 0 of 0 where nobody knows; object may be NULL), and says
 * whether it goes on. */
bool operation_proceeds(enum phase phase, size_t step, size_t count, const char *object,
                        struct error *error);

/* --- for memory.c and arena.c ------------------------------------------------------------------------ */

void operation_note_block(struct memory_link *block);
void operation_note_arena(struct memory_link *arena);
void operation_count_memory(size_t size);
void operation_count_given(size_t size);

/* No memory, or no more of it allowed: size was counted already. */
_Noreturn void operation_fail_memory(size_t size);

#endif
