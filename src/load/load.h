/* A state's name to an unresolved model. States: a .sql file, a folder (recursive, sorted), a glob,
 * several of them joined by commas, git:REF:PATH, a database URL, recorded:URL, recorded:FILE (a record
 * in a file), -, exec:COMMAND, empty:. */
#ifndef PLUMB_LOAD_LOAD_H
#define PLUMB_LOAD_LOAD_H

#include "core/error.h"
#include "dialect/dialect.h"
#include "model/model.h"
#include "record/store.h"

struct state {
    const struct dialect *dialect;
    struct model *model;           /* unresolved; owned, freed by state_close */
    struct connection *connection; /* of a live state; NULL for files */
    const char *name;              /* as given, without secrets; lives in the model */
    const char *files;      /* of a state of files: a line "DIGEST PATH" for each; in the model */
    struct text_list paths; /* of those in the file system, absolute */
};

/* Where files come from, as far as git knows; NULL where it does not. */
struct origin {
    const char *commit; /* "f00f... with changes" */
    const char *remote; /* without login */
};

/* A file of a state, as it was read or as it shall be. */
struct state_text {
    const char *name; /* as locations call it */
    const char *path; /* where it really is; NULL: nowhere yet */
    const char *text;
    size_t length;
    bool listed; /* the state names it; else another one includes it */
};

struct state_texts {
    struct arena *arena; /* of the texts */
    struct state_text *items;
    size_t count;
};

/* What is known of a state before it is loaded. */
struct load_request {
    const struct dialect *dialect; /* what files are written in; NULL: the flavour says it, or the
                                      text of the files, or of those beside it; or the first one */
    const char *flavor;         /* "mysql:8.4": the server that files are meant for; NULL: unsaid */
    const char *beside;         /* the state it will be compared with; NULL: none */
    const struct model *target; /* what files may take for granted; NULL: nothing */
    const char *const *
        unmanaged; /* globs of what files may use of the target's without declaring it; NULL: none */
    const char
        *text;     /* the state is this text, and its name is for messages; NULL: the name tells */
    size_t length; /* of the text */
    const struct state_text *
        texts; /* the state is these files, wherever they are, and its name is for messages; NULL */
    size_t text_count;
    struct state_texts *read; /* filled with what was read; NULL: nobody asks */
};

/* git.c: initialises libgit2 before there are threads, and gives back what it holds. */
bool load_begin(void);
void load_end(void);

/* Lets whoever cancels an operation cancel what the server does for the state's connection: for
 * struct interruptible. */
void state_interrupt(void *state);

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

/* True where the name leads to files: all but URLs, git:, exec:, - and empty:. */
bool state_is_path(const char *name);

/* files.c: true for a folder in which, and below which, there is no .sql file. */
bool state_is_empty_folder(const char *name);

/* recorded.c: what was recorded last of a database (its URL), or in a record's file. No connection is
 * kept. */
bool state_load_recorded(const char *place, struct state *state, struct error *error);

/* The same from an open store. number: the entry whose schema is wanted; 0: the last one. dialect may
 * be NULL where the record tells. name: of the database, for people. */
bool state_take_recorded(struct store *store, const struct dialect *dialect, int64_t number,
                         const char *name, struct state *state, struct error *error);

/* origin.c: in the arena. */
void state_origin(const char *state, const struct text_list *paths, struct arena *arena,
                  struct origin *origin);

/* Frees the model and closes the connection. */
void state_close(struct state *state);

#endif
