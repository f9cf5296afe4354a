/* Brings texts of SQL to what a model holds, in place: one round of it. Whoever calls proves the result by interpreting it,
 * and tries again with less care for what did not come out right. */
#ifndef PLUMB_EDIT_PULL_H
#define PLUMB_EDIT_PULL_H

#include "core/map.h"
#include "plan/plan.h"

/* A file of the state. */
struct edit_file {
    const char *name; /* as locations call it */
    const char *text; /* NULL: it is new */
    size_t length;
    const char
        *now; /* after pull_edit; NULL: it goes. The same pointer as text where nothing changes */
};

/* How an object (with all that hangs on it) is brought to what it has to be. */
enum pull_care {
    PULL_BY_CLAUSE,    /* clauses and elements of its statement are changed */
    PULL_BY_ELEMENT,   /* whole columns are written anew */
    PULL_BY_STATEMENT, /* its whole statement is */
    PULL_BY_ALTER,     /* its statements stay, and others that alter it come behind them */
    PULL_BY_REMAKING,  /* its statements go, and those of a dump come */
    PULL_GIVEN_UP
};

struct pull_request {
    struct arena *arena;
    const struct dialect *dialect;
    const char *server;            /* as dialect_layout.cut takes it */
    const struct plan *difference; /* from what has to come out to what the files hold */
    const struct plan *before;     /* from nothing to what the files hold; NULL: not known */
    const struct plan *now;        /* from nothing to what has to come out */
    const struct plan *alter;      /* from what the files hold to what has to come out; NULL */
    struct edit_file *files;
    size_t count;
    const char *folder; /* NULL: the state is one file */
    struct map
        care; /* by the key of the family's head: enum pull_care as one digit; absent: the first */
    struct map dead; /* statements that speak of what is gone: their files' names and texts */
    struct map
        owners; /* filled: the key of a family -> that of another, in whose statement something of it stands */
};

/* Fills `now` of the files; new ones are put behind them (in the arena, in *files and *count). touched: the keys of the families
 * that were brought to something. False with an error where a text cannot be cut, and without one where changes do not go together: then
 * less care has to be taken. */
bool pull_edit(struct pull_request *request, struct text_list *touched, struct error *error);

/* Notes that the statement which stands in that line of a file as it is now cannot be: the next round leaves it out. False
 * where there is none of the author's, or it was noted already. */
bool pull_note_dead(struct pull_request *request, const char *file, int line);

/* The key by which care is kept for the object. */
const char *pull_family(const struct object *object);

#endif
