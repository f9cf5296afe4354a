/* What the files of the load room share: the SQL texts of a state, wherever they come from. A
 * provider (files.c, git.c) lists them by path and reads them; sources.c does the rest: each file is
 * read once, whether the state lists it or another file includes it. */
#ifndef PLUMB_LOAD_SOURCES_H
#define PLUMB_LOAD_SOURCES_H

#include "core/error.h"
#include "core/list.h"
#include "core/map.h"
#include "dialect/dialect.h"
#include "load/load.h"

/* One file of a state. */
struct source_file {
    const char *name;     /* as messages call it */
    const char *identity; /* the same for every way to name one file */
    const char *text;
    size_t length;
    bool listed;   /* the state names it, itself or by its folder */
    bool included; /* another file of the state says so: it is read there, not on its own */
    bool fetched;  /* the include callback has given it out */
};

/* What a path leads to, symbolic links followed. */
enum place_kind {
    PLACE_MISSING,
    PLACE_FILE,
    PLACE_FOLDER,
    PLACE_BROKEN,  /* a symbolic link to what is not there, or to itself */
    PLACE_OUTSIDE, /* a symbolic link out of the repository */
    PLACE_MODULE,  /* a submodule of the repository */
    PLACE_OTHER    /* a pipe, a device, a socket */
};

struct place {
    enum place_kind kind;
    const char *identity; /* the same for every way to it; NULL where nothing is there */
};

struct sources {
    struct arena *arena;       /* its own: of the texts and names */
    struct pointer_list files; /* struct source_file, in the order in which they are run; and those
                                  that were included without being listed */
    struct map by_identity;    /* the same */
    void *provider;            /* what the functions below need */
    struct text_list notes;    /* for people: what was left out */
    enum secret_syntax syntax; /* known once the dialect is */

    /* What the path means, as the user or the walk through a folder says it. */
    struct place (*find)(struct sources *sources, const char *path);

    /* The names in the folder of that identity, in any order; false with an error. */
    bool (*list)(struct sources *sources, const char *identity, struct text_list *names,
                 struct error *error);

    /* The path as messages call it. */
    const char *(*show)(struct sources *sources, const char *path);

    /* Reads the file of that identity into the file; false with an error. */
    bool (*open)(struct sources *sources, struct source_file *file, struct error *error);

    /* The identity and the name of what `\i path` (relative: `\ir path`) means in from_file. False
     * when it cannot be (no error set: open says so). */
    bool (*locate)(struct sources *sources, const char *from_file, const char *path, bool relative,
                   const char **identity, const char **name);

    void (*close)(struct sources *sources); /* may be NULL */
};

/* Empty sources; sources_free takes their arena with it. */
void sources_begin(struct sources *sources);
void sources_free(struct sources *sources);

/* Reads a file and adds it, unless it is there already. */
bool sources_add(struct sources *sources, const char *identity, const char *name,
                 struct error *error);

/* Makes bytes the file's text: without a byte order mark, checked for what is no text. The bytes are
 * kept, not copied; they end in a zero byte. */
bool source_set_text(struct source_file *file, const char *bytes, size_t length,
                     struct error *error);

/* Looks whether one of the files says that the state is a part, and tells the model (struct model: partial). */
void sources_look_for_partial(const struct sources *sources, struct model *model);

/* Interprets all into a new model, NULL with an error. The request's dialect is known. */
struct model *sources_interpret(struct sources *sources, const char *state_name,
                                const struct load_request *request, struct error *error);

/* Visits the pieces of text that a server can run, in order: psql's own lines taken out, included
 * files put in. whole: the lines are those of the file. False as soon as a visit gives false. */
bool sources_each(struct sources *sources,
                  bool (*visit)(void *context, const char *file, bool whole, const char *text,
                                struct error *error),
                  void *context, struct error *error);

/* walk.c: adds what the path leads to, a file or all *.sql files at and below a folder, links followed,
 * each once. Hidden entries are none of ours; what else looks like SQL and is left out is noted.
 * *found: something was there. */
bool sources_add_place(struct sources *sources, const char *path, bool *found, struct error *error);

/* walk.c: the same for what a pattern matches: "*", "?" and "[...]" within a name, names that begin with a
 * dot only where the pattern has one, and "**" alone between slashes for any number of folders, none
 * included, as git and the shells know it. */
bool sources_add_pattern(struct sources *sources, const char *pattern, bool *found,
                         struct error *error);

/* Fills the sources from the file system: a file, folder, glob, or several joined by commas. */
bool sources_from_files(struct sources *sources, const char *name, struct error *error);

/* Fills them from a commit: name is git:REF:PATH[,PATH]. */
bool sources_from_git(struct sources *sources, const char *name, struct error *error);

/* text.c: fills them with one text, which messages call by that name. */
/* poured.c: what standard input holds, and what a command of the shell writes (name: the state's). Nothing
 * at all is an error, and so is a command that fails. They cannot include files. */
bool sources_from_input(struct sources *sources, struct error *error);
bool sources_from_command(struct sources *sources, const char *name, const char *command,
                          struct error *error);

bool sources_from_text(struct sources *sources, const char *name, const char *bytes, size_t length,
                       struct error *error);

/* texts.c: fills them with files that are in memory, which can include each other. */
bool sources_from_texts(struct sources *sources, const struct state_text *texts, size_t count,
                        struct error *error);

/* texts.c: copies what was read. */
void sources_give(const struct sources *sources, struct state_texts *read);

/* Splits at commas and drops empty parts; in the arena. */
struct text_list split_commas(struct arena *arena, const char *text);

/* The path without ".", "..", and doubled slashes, as far as that can be told from its text. */
char *path_normalize(struct arena *arena, const char *path);

/* folder "/" path, or path alone where folder is NULL or empty. */
char *path_join(struct arena *arena, const char *folder, const char *path);

/* What stands before the last slash; "" when there is none. */
char *path_folder(struct arena *arena, const char *path);

bool path_is_sql(const char *path);
bool path_is_glob(const char *path);

/* live.c: connects and reads the catalog. */
bool state_load_live(const char *url, const struct dialect *dialect, struct state *state,
                     struct error *error);

#endif
