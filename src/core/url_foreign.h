/* URLs as other tools write them: JDBC's, SQLAlchemy's, those of Prisma, Rails, Doctrine, Go. They are understood where
 * plumb can do what they ask for, and answered with the right form where it cannot. */
#ifndef PLUMB_CORE_URL_FOREIGN_H
#define PLUMB_CORE_URL_FOREIGN_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/error.h"

/* What stands behind the scheme where that is name, "jdbc:name" or "name+driver", whatever the case ("//host/db" of
 * "postgresql+psycopg2://host/db"); NULL where it is another. */
const char *url_behind_scheme(const char *text, const char *name);

/* What becomes of a parameter. */
enum url_parameter {
    URL_UNUSED,  /* says nothing to plumb: settings of a pool, of how values are read */
    URL_RENAMED, /* to is its name */
    URL_FLAG,    /* "true" (1, yes, ...) means the parameter to, anything else nothing */
    URL_SETTING, /* a setting of the session, called to, which goes into the parameter "options" */
    URL_REFUSED  /* plumb cannot do that: to is the hint (not where the value is false) */
};

struct url_rule {
    const char *name; /* in small letters; "_" and "-" are one */
    enum url_parameter what;
    const char *to;
};

/* The URL with its parameters as the rules (ended by a name that is NULL) have it, in the arena; others stay as they
 * are. NULL with an error where one is refused, shown: the URL without its secrets. */
const char *url_translate(struct arena *arena, const char *url, const struct url_rule *rules,
                          const char *shown, struct error *error);

#endif
