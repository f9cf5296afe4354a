/* plumb: keeps a database plumb with the schema that you declared.
 *
 * The library loads states (files, folders, git commits, databases) into models, makes the plan that
 * turns one into the other, prints it, and applies it. No function prints, exits or keeps global
 * state. A function that can fail gives false or NULL and fills the error that it was given (made by
 * plumb_error_new; it may be NULL if you do not care). Texts returned as const char * live as long as
 * the thing they were asked from; those returned as char * are yours to free with plumb_text_free. */
#ifndef PLUMB_H
#define PLUMB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PLUMB_API __attribute__((visibility("default")))
#else
#define PLUMB_API
#endif

/* The version of this header. Until 1.0 a new minor version may change anything; the soname says so. */
#define PLUMB_VERSION_MAJOR 0
#define PLUMB_VERSION_MINOR 1
#define PLUMB_VERSION_PATCH 0
#define PLUMB_VERSION_NUMBER                                                                       \
    (PLUMB_VERSION_MAJOR * 10000 + PLUMB_VERSION_MINOR * 100 + PLUMB_VERSION_PATCH)

struct plumb_error;
struct plumb_model;
struct plumb_plan;

/* The version of the library that is at work, like "0.1.0", and as PLUMB_VERSION_NUMBER counts. */
PLUMB_API const char *plumb_version(void);
PLUMB_API int plumb_version_number(void);

PLUMB_API void plumb_text_free(char *text);

/* --- errors ---------------------------------------------------------------------------------- */

enum plumb_code {
    PLUMB_OK,
    PLUMB_USAGE,      /* arguments or configuration */
    PLUMB_IO,         /* a file, folder or git object that cannot be read or written */
    PLUMB_SYNTAX,     /* SQL that no parser takes */
    PLUMB_SCHEMA,     /* SQL that cannot mean anything */
    PLUMB_CONNECTION, /* the server cannot be reached, or refuses us */
    PLUMB_SERVER,     /* the server reports an error for a statement */
    PLUMB_REFUSED,    /* a hazard not allowed, a stale plan, another apply is running */
    PLUMB_LOCKED,     /* a lock was not to be had in time */
    PLUMB_CANCELLED,
    PLUMB_INTERNAL /* a defect of plumb */
};

/* An error without any; free it with plumb_error_free. One error can be used for many calls, one
 * after the other: each call forgets what was in it. */
PLUMB_API struct plumb_error *plumb_error_new(void);
PLUMB_API void plumb_error_free(struct plumb_error *error);

PLUMB_API enum plumb_code plumb_error_code(const struct plumb_error *error);
PLUMB_API const char *plumb_error_message(const struct plumb_error *error);
PLUMB_API const char *plumb_error_hint(const struct plumb_error *error);   /* "" when none */
PLUMB_API const char *plumb_error_object(const struct plumb_error *error); /* "" when none */
PLUMB_API const char *plumb_error_file(const struct plumb_error *error);   /* "" when none */
PLUMB_API int plumb_error_line(const struct plumb_error *error);           /* 0 when unknown */
PLUMB_API int plumb_error_column(const struct plumb_error *error);         /* in bytes, from 1 */
PLUMB_API const char *plumb_error_source(const struct plumb_error *error); /* the line concerned */

/* --- models ---------------------------------------------------------------------------------- */

/* What may be said of a state before it is loaded; each NULL as a rule. */
struct plumb_load_options {
    const char *beside;  /* the state that it will be compared with: it may tell what kind of database
                            files are for */
    const char *flavor;  /* what server files are for: "postgres:17", "mysql:8.4", "mariadb:10.11" */
    const char *scratch; /* the URL of an empty database that runs the files instead of plumb's own
                            interpreter */
};

/* Loads a state: a .sql file, a folder of them, a glob, several of these joined by commas,
 * git:REF:PATH, a database URL, recorded:URL (what plumb recorded there), or empty:.
 * options may be NULL. */
PLUMB_API struct plumb_model *plumb_load(const char *state,
                                         const struct plumb_load_options *options,
                                         struct plumb_error *error);

/* The same for what is wanted of a target loaded before: files may take its search path and its
 * schemas for granted. The target is only read, and not kept. */
PLUMB_API struct plumb_model *plumb_load_wanted(const char *state,
                                                const struct plumb_model *target,
                                                const struct plumb_load_options *options,
                                                struct plumb_error *error);
PLUMB_API void plumb_model_free(struct plumb_model *model);

/* The state's name, without secrets. */
PLUMB_API const char *plumb_model_name(const struct plumb_model *model);

/* True for a database, false for files. */
PLUMB_API bool plumb_model_is_live(const struct plumb_model *model);

/* What the user should know of loading ("3 data statements skipped"); NULL from the last on. */
PLUMB_API const char *plumb_model_note(const struct plumb_model *model, size_t number);

/* --- plans ----------------------------------------------------------------------------------- */

struct plumb_options {
    bool owners;                 /* compare owners even if the wanted state names none */
    bool privileges;             /* the same for privileges */
    bool unmodelled;             /* drop what plumb does not model and the wanted state lacks */
    bool ignore_column_order;    /* where the order of columns is part of the schema: leave it alone */
    bool never_ask;              /* do not let the server decide whether expressions are equal */
    const char *const *schemas;  /* NULL-terminated globs: only these schemas; NULL: all */
    const char *const *excludes; /* NULL-terminated globs of paths; NULL: none */
    const char *const *must_match; /* NULL-terminated: those of the globs that are an error where they (of
                                      excludes: and all others too) match nothing that is compared; of
                                      the rest a note says so. NULL: nothing is said */
    const char *record;          /* the file that holds the record; NULL: the database itself does */
    bool no_record;              /* keep none, and look at none */
    bool reviewable;             /* plumb_plan_file will be asked for the plan */
    bool shown_only;             /* plumb_apply will not: saves what that would need */
};

/* The plan that turns target into wanted. Takes both models, also when it fails: do not use or free
 * them afterwards. A model may be NULL because it could not be loaded: then the error is left as it
 * is. */
PLUMB_API struct plumb_plan *plumb_diff(struct plumb_model *target, struct plumb_model *wanted,
                                        const struct plumb_options *options,
                                        struct plumb_error *error);

/* The plan that makes the model from an empty database. Takes the model. */
PLUMB_API struct plumb_plan *plumb_diff_empty(struct plumb_model *model,
                                              const struct plumb_options *options,
                                              struct plumb_error *error);
PLUMB_API void plumb_plan_free(struct plumb_plan *plan);

/* How many steps it has; none: there is nothing to do. */
PLUMB_API size_t plumb_plan_count(const struct plumb_plan *plan);

struct plumb_step {
    const char *sql;     /* one statement, without semicolon */
    const char *action;  /* create, alter, drop, rename */
    const char *object;  /* "table public.users" */
    const char *hazards; /* "drop-column, block-reads"; "" when harmless */
    const char *lock;    /* "access exclusive"; "none" */
    const char *note;    /* NULL when none */
    bool transactional;  /* may run inside a transaction */
    int group;           /* steps of one group share a transaction */
};

/* Step number from 0; all NULL beyond the last one. */
PLUMB_API struct plumb_step plumb_plan_step(struct plumb_plan *plan, size_t number);

/* What the user should know of the plan; NULL from the last on. */
PLUMB_API const char *plumb_plan_note(const struct plumb_plan *plan, size_t number);

enum plumb_format {
    PLUMB_TEXT,    /* for people */
    PLUMB_COLOUR,  /* the same with terminal colours */
    PLUMB_SQL,     /* a script with transactions and comments */
    PLUMB_JSON,    /* for programs */
    PLUMB_DUMP,    /* the statements alone */
    PLUMB_SUMMARY, /* "3 to create, 1 to drop" */
    PLUMB_PROMETHEUS, /* drift alone: metrics for the textfile collector */
    PLUMB_JUNIT,      /* drift alone: a test report */
};

PLUMB_API char *plumb_plan_print(const struct plumb_plan *plan, enum plumb_format format);

/* Writes the plan's statements as a folder of files with a main.sql that psql can run; meant for
 * plans of plumb_diff_empty. Either all files are written or none is. note is called for files of an
 * earlier dump that are left although they are not part of this one; it may be NULL. */
PLUMB_API bool plumb_plan_split(const struct plumb_plan *plan, const char *folder,
                                void (*note)(const char *text, void *context), void *context,
                                struct plumb_error *error);

/* --- reviewed plans -------------------------------------------------------------------------- */

/* The plan as the text of a file, to be reviewed and then applied by plumb_plan_load and plumb_apply:
 * the same bytes for the same plan. Options had reviewable set, or the target is a database. NULL with
 * an error. */
PLUMB_API char *plumb_plan_file(const struct plumb_plan *plan, struct plumb_error *error);

/* Reads such a file and makes its plan anew for the target, a database. Refuses when that is not the
 * very plan in the file: when the database is another, when the file was changed, or when another
 * major version wrote it. Takes the target. Of the options only record and no_record count. */
PLUMB_API struct plumb_plan *plumb_plan_load(const char *path, struct plumb_model *target,
                                             const struct plumb_options *options,
                                             struct plumb_error *error);

/* --- apply ----------------------------------------------------------------------------------- */

struct plumb_progress {
    size_t step; /* from 1 */
    size_t count;
    const char *action; /* "create"; NULL while the result is verified */
    const char *object; /* "table public.users"; NULL likewise */
    double seconds;     /* that the step took; negative while it is starting */
    int attempt;        /* above 1: waiting for a lock took too long, the transaction starts anew */
};

/* What to do about an earlier apply that was interrupted. */
enum plumb_unfinished {
    PLUMB_UNFINISHED_REFUSED, /* refuse, unless it had changed nothing, and say how far it came */
    PLUMB_UNFINISHED_RESUMED, /* note how far it came, and go on */
};

struct plumb_apply_options {
    uint64_t allowed;   /* hazards that may lose data, from plumb_hazards */
    bool transactional; /* refuse a plan that does not fit into one transaction */
    int lock_timeout;   /* milliseconds to wait for a lock; 0: the default, 3 seconds */
    int lock_attempts;  /* how often; 0: the default */
    const char *osc_command; /* a shell command that alters large tables in the server's place, with
                                {host}, {port}, {user}, {socket}, {database}, {table}, {alter} in it,
                                outside of quotes: each becomes an argument */
    int64_t osc_minimum;     /* bytes: tables below are altered by the server */
    void (*progress)(const struct plumb_progress *progress, void *context);
    void *progress_context;
    const char *kind;    /* what the record calls it; NULL: "apply" */
    const char *message; /* for the record; NULL none */
    enum plumb_unfinished unfinished;
    void (*note)(const char *text, void *context); /* what the user should know; NULL: nobody listens */
    void *note_context;
};

struct plumb_apply_result {
    size_t done;        /* steps that ran and are committed */
    size_t rolled_back; /* steps that ran and were rolled back */
    size_t failed;      /* the number of the step that failed, from 1; 0: none */
    size_t doubtful;    /* the first step that may have been applied or not, since the connection was
                           lost while the server was at it; 0: none */
    size_t doubtful_end; /* the last one */
    bool verified;
    double seconds;
    int64_t entry; /* of the record; 0: nothing was recorded */
};

/* The bits of hazards "drop-table,drop-column" or "all". */
PLUMB_API bool plumb_hazards(const char *list, uint64_t *hazards, struct plumb_error *error);

/* True when plumb_apply would start: everything that loses data is allowed. The error lists what is
 * not. */
PLUMB_API bool plumb_plan_check(const struct plumb_plan *plan,
                                const struct plumb_apply_options *options,
                                struct plumb_error *error);

/* Runs the plan on its target, which has to be a database, and proves that the result is what was
 * wanted: inside the last transaction where there is one, which is rolled back otherwise. Refuses when
 * the database is not what it was when the target was loaded. Writes the record; a plan without steps
 * is recorded where the record does not say yet what the database is. */
PLUMB_API bool plumb_apply(struct plumb_plan *plan, const struct plumb_apply_options *options,
                           struct plumb_apply_result *result, struct plumb_error *error);

/* Stops an apply that is running: its transaction is rolled back. For signal handlers and other
 * threads. */
PLUMB_API void plumb_cancel(struct plumb_plan *plan);

/* --- record ---------------------------------------------------------------------------------- */

/* Which record is meant: of the plumb_options only record counts. */

/* A database that is not read yet: for the record, drift and status, not for plans. */
PLUMB_API struct plumb_model *plumb_connect(const char *url, struct plumb_error *error);

/* What an entry of the record left behind, as a state; number 0: the last one that says it. target is
 * only read; it has to be a database, or files where options name the record's file. */
PLUMB_API struct plumb_model *plumb_load_recorded(const struct plumb_model *target, int64_t number,
                                                  const struct plumb_options *options,
                                                  struct plumb_error *error);

/* What an interrupted apply wanted. NULL without an error when none was interrupted. */
PLUMB_API struct plumb_model *plumb_load_unfinished(const struct plumb_model *target,
                                                    const struct plumb_options *options,
                                                    struct plumb_error *error);

/* What an interrupted apply compared: sets owners, privileges, unmodelled, ignore_column_order,
 * never_ask, schemas and excludes, which live as long as the target. False with an error; nothing is
 * set where none was interrupted. */
PLUMB_API bool plumb_unfinished_options(const struct plumb_model *target,
                                        struct plumb_options *options, struct plumb_error *error);

/* Says in the record that the interrupted apply stays as far as it came. plan: what was left of it, to
 * decide what is in doubt. */
PLUMB_API bool plumb_abandon(struct plumb_plan *plan, const struct plumb_apply_options *options,
                             struct plumb_error *error);

/* Records a live state as it is. Of the apply options message and note count. entry: its number. */
PLUMB_API bool plumb_baseline(struct plumb_model *target, const struct plumb_options *options,
                              const struct plumb_apply_options *apply, int64_t *entry,
                              struct plumb_error *error);

/* The record's entries. */
struct plumb_history;

PLUMB_API struct plumb_history *plumb_history_load(const struct plumb_model *target,
                                                   const struct plumb_options *options,
                                                   struct plumb_error *error);
PLUMB_API void plumb_history_free(struct plumb_history *history);
PLUMB_API size_t plumb_history_count(const struct plumb_history *history);

/* All entries (0) or one with its steps; format PLUMB_TEXT, PLUMB_COLOUR or PLUMB_JSON. NULL with an
 * error. */
PLUMB_API char *plumb_history_print(struct plumb_history *history, int64_t number,
                                    enum plumb_format format, struct plumb_error *error);

/* The schema that an entry left behind, as SQL. */
PLUMB_API char *plumb_history_schema(struct plumb_history *history, int64_t number,
                                     struct plumb_error *error);

/* --- drift ----------------------------------------------------------------------------------- */

struct plumb_drift;

enum plumb_drift_status {
    PLUMB_DRIFT_NONE,
    PLUMB_DRIFT_FOUND,
    PLUMB_DRIFT_APPLYING /* an apply is running just now: nothing can be said */
};

/* Compares the target, a database, with what the record says of it, and with what is wanted (NULL: not
 * named). Both models are only read; wanted was loaded for this target. */
PLUMB_API struct plumb_drift *plumb_drift_find(const struct plumb_model *target,
                                               const struct plumb_model *wanted,
                                               const struct plumb_options *options,
                                               struct plumb_error *error);
PLUMB_API void plumb_drift_free(struct plumb_drift *drift);
PLUMB_API enum plumb_drift_status plumb_drift_status(const struct plumb_drift *drift);

/* What the user should know of it; NULL from the last on. */
PLUMB_API const char *plumb_drift_note(const struct plumb_drift *drift, size_t number);

/* How many objects drifted. */
PLUMB_API size_t plumb_drift_count(const struct plumb_drift *drift);

/* adopt: also what would bring the wanted files to what is there (as SQL: only that). */
PLUMB_API char *plumb_drift_print(const struct plumb_drift *drift, enum plumb_format format,
                                  bool adopt);

/* Record, drift, what is pending and who holds the lock, as PLUMB_TEXT or PLUMB_JSON. *differs: there
 * is something to look at. NULL with an error. */
PLUMB_API char *plumb_status_print(const struct plumb_model *target,
                                   const struct plumb_model *wanted,
                                   const struct plumb_options *options, enum plumb_format format,
                                   bool *differs, struct plumb_error *error);

#ifdef __cplusplus
}
#endif

#endif
