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

/* What is known of a state before it is loaded. */
struct load_request {
    const struct dialect *dialect; /* what files are written in; NULL: the flavour says it, or the
                                      text of the files, or of those beside it; or the first one */
    const char *flavor;            /* "mysql:8.4": the server that files are meant for; NULL: unsaid */
    const char *beside;            /* the state it will be compared with; NULL: none */
    const struct model *target;    /* what files may take for granted; NULL: nothing */
};

/* Loads a state. On failure the state is closed already. */
bool state_load(const char *name, const struct load_request *request, struct state *state,
                struct error *error);

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
