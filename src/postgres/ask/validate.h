/* The bodies of routines, which nobody looks at while a plan makes them. */
#ifndef PLUMB_POSTGRES_ASK_VALIDATE_H
#define PLUMB_POSTGRES_ASK_VALIDATE_H

#include "dialect/dialect.h"

/* The dialect's check_made (dialect.h). */
bool pg_check_made(struct connection *connection, const struct step *steps, size_t count,
                   const struct model *from, bool last, struct error *error);

#endif
