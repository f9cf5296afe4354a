/* A state's name to an unresolved model. States: a .sql file, a folder (recursive, sorted), a glob,
 * several of them joined by commas, git:REF:PATH, a database URL, empty:. */
#ifndef PLUMB_LOAD_LOAD_H
#define PLUMB_LOAD_LOAD_H

#include "core/error.h"
#include "dialect.h"
#include "model/model.h"

struct state {
    const struct dialect *dialect;
    struct model *model;           /* unresolved; owned, freed by state_close */
    struct connection *connection; /* of a live state; NULL for files */
    const char *name;              /* as given, without secrets; lives in the model */
};

/* Loads a state. dialect: what files are written in; NULL: from the other state or the first of the
 * registry. On failure the state is closed already. */
bool state_load(const char *name, const struct dialect *dialect, const struct model *target,
                struct state *state, struct error *error);

/* Loads a state of files by letting a server run them: scratch_url names an empty database, in
 * which nothing remains. Files must be in an order that the server takes. The state has no
 * connection. */
bool state_load_scratch(const char *name, const char *scratch_url, struct state *state,
                        struct error *error);

/* The dialect that the name itself tells (a URL); NULL for files. */
const struct dialect *state_dialect(const char *name);

/* Frees the model and closes the connection. */
void state_close(struct state *state);

#endif
