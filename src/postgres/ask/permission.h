/* Whether a question can be put without running anybody's code. */
#ifndef PLUMB_POSTGRES_ASK_PERMISSION_H
#define PLUMB_POSTGRES_ASK_PERMISSION_H

#include "postgres/ask/ask.h"

struct ask_permission {
    bool any;          /* no event trigger would be fired */
    const char *quiet; /* the statement that keeps event triggers still; NULL: none is needed */
    bool
        bare_literals; /* constants without a built-in type of their own are read by nobody's code */
};

/* What this user may ask in this database: one round trip. False with an error. */
bool ask_permission_learn(struct connection *connection, struct ask_permission *permission,
                          struct error *error);

/* True when the question can be put. */
bool ask_permitted(const struct ask_permission *permission, const struct question *question);

#endif
