/* plumb: keeps a database plumb with the schema that you declared.
 *
 * The library loads states (files, folders, git commits, databases, texts) into models, makes the plan
 * that turns one into the other, prints it, and applies it; all of that can be walked as data too.
 *
 * Nothing is printed, and nothing ends the process: not a defect, and not running out of memory. A
 * function that can fail gives false or NULL and fills the error that it was given.
 *
 * NULL is allowed for every error (you do not care why), for all options (the default ones), and for
 * whatever a comment says. What a ..._free function gets may be NULL. NULL in place of anything else is a
 * mistake that ends in PLUMB_USAGE, or in 0, false, NULL or "" where there is no error to fill.
 *
 * Texts returned as const char * live as long as the thing they were asked from; those returned as char *
 * are yours to free with plumb_text_free. So do the objects, deltas, steps and entries that are handed
 * out: they are parts of what they were asked from.
 *
 * Threads may use the library at the same time, each with models and plans of its own; one of these can be
 * handed from thread to thread, but not be used in two at once. plumb_control_cancel may be called from
 * anywhere. Call plumb_initialize before there are threads, and plumb_thread_end at the end of each.
 *
 * Structs that you fill begin with their size, so that a later version of the library can add to them:
 *
 *     struct plumb_options options = PLUMB_OPTIONS_INIT;
 *     options.ignore_column_order = true;
 *
 * In another language: zero the struct and set size to the size that it has there. */
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
struct plumb_control;
struct plumb_model;
struct plumb_plan;
struct plumb_history;
struct plumb_drift;
struct plumb_status;

/* The version of the library that is at work, like "0.1.0", and as PLUMB_VERSION_NUMBER counts. */
PLUMB_API const char *plumb_version(void);
PLUMB_API int plumb_version_number(void);

/* Initialises the libraries that plumb uses (the clients of the databases, libgit2), which not all of
 * them can do by themselves while there are several threads. Each call wants one of plumb_shutdown, before
 * which everything is freed; the last one gives back what those libraries hold. Who has one thread needs
 * neither. */
PLUMB_API bool plumb_initialize(struct plumb_error *error);
PLUMB_API void plumb_shutdown(void);

/* Gives back what those libraries hold for the thread that calls it. */
PLUMB_API void plumb_thread_end(void);

PLUMB_API void plumb_text_free(char *text);

/* Writes a text to a file, whole or not at all: a file that is there stays until the text is on the disk. */
PLUMB_API bool plumb_text_save(const char *text, const char *path, struct plumb_error *error);

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
    PLUMB_INTERNAL, /* a defect of plumb */
    PLUMB_MEMORY    /* there was none left, or no more of it allowed */
};

/* An error without any; free it with plumb_error_free. One error can be used for many calls, one
 * after the other: each call forgets what was in it. NULL where there is no memory for it. */
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

/* What is wrong besides, each an error of its own that lives as long as this one: files are read on where something is
 * wrong, as far as that makes sense. NULL from the last on. And how many more there are that were not kept. */
PLUMB_API size_t plumb_error_further_count(const struct plumb_error *error);
PLUMB_API const struct plumb_error *plumb_error_further(const struct plumb_error *error,
                                                        size_t number);
PLUMB_API size_t plumb_error_left_out(const struct plumb_error *error);

/* The column within that line, which may have lost what is secret; 0 when it is not to be seen there. */
PLUMB_API int plumb_error_caret(const struct plumb_error *error);

/* Makes it an error of your own, without what may be secret in the message (a password in a URL); what was in
 * it is forgotten. Always false, for functions that return so. The error may be NULL. */
PLUMB_API bool plumb_error_set(struct plumb_error *error, enum plumb_code code,
                               const char *message);

/* Gives it a hint, if it has none. Always false likewise. */
PLUMB_API bool plumb_error_advise(struct plumb_error *error, const char *hint);

/* --- control --------------------------------------------------------------------------------- */

/* What is under way. */
enum plumb_phase {
    PLUMB_READING,   /* files, a commit, a catalog, a record */
    PLUMB_RESOLVING, /* the expressions of both states */
    PLUMB_ASKING,    /* the server, about expressions */
    PLUMB_PLANNING,
    PLUMB_APPLYING, /* step by step */
    PLUMB_VERIFYING
};

struct plumb_progress {
    enum plumb_phase phase;
    size_t step; /* from 1, of count; 0 of 0 where that is not known */
    size_t count;
    const char *action; /* while applying: "create"; NULL otherwise */
    const char
        *object;    /* what it is about: "table public.users", a file, a state; NULL when nothing
                           can be said */
    double seconds; /* that the step took; negative while it is starting */
    int attempt;    /* above 1: waiting for a lock took too long, the transaction starts anew */
    const char
        *blockers; /* then: who holds the lock, as far as the server tells; NULL: not known */
};

/* How calls are watched, limited and stopped: the options of what takes time can name one. It may serve
 * many calls, one after the other or at the same time. NULL where there is no memory for it. */
PLUMB_API struct plumb_control *plumb_control_new(void);

/* When no call is under way that it was given to. */
PLUMB_API void plumb_control_free(struct plumb_control *control);

/* Ends the call that is under way, and all that come after: they fail with PLUMB_CANCELLED. What a server
 * does for it is cancelled, an apply rolls back its transaction, a tool for online schema changes is ended.
 * For other threads and for signal handlers. */
PLUMB_API void plumb_control_cancel(struct plumb_control *control);

/* Calls that come after are not cancelled. */
PLUMB_API void plumb_control_renew(struct plumb_control *control);

/* Tells the listener how far a call is, in the thread that has made it. It may be called often: for
 * each statement and each object. NULL: nobody. */
PLUMB_API void plumb_control_listen(struct plumb_control *control,
                                    void (*listener)(const struct plumb_progress *progress,
                                                     void *context),
                                    void *context);

/* The bytes that a call may take besides what it was given; it fails with PLUMB_MEMORY beyond. 0: as many as
 * there are. What libraries from outside take (trees of one statement, answers of a server) is not
 * counted. */
PLUMB_API void plumb_control_limit(struct plumb_control *control, size_t bytes);

/* --- models ---------------------------------------------------------------------------------- */

/* What may be said of a state before it is loaded; each NULL as a rule. */
struct plumb_load_options {
    size_t size;
    const char
        *beside; /* the state that it will be compared with: it may tell what kind of database
                            files are for */
    const char *flavor; /* what server files are for: "postgres:17", "mysql:8.4", "mariadb:10.11" */
    const char *scratch; /* the URL of an empty database that runs the files instead of plumb's own
                            interpreter */
    const char
        *dialect; /* what files are written in, where no flavor says it: "postgres", "mysql" */
    const struct plumb_model
        *target; /* it is what is wanted of this one, whose search path and schemas
                                         files may take for granted; only read, and not kept */
    struct plumb_control *control;
    const char *const
        *unmanaged; /* NULL-terminated globs of what files may use of the target's without declaring
                                     it; as in struct plumb_options */
};

#define PLUMB_LOAD_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(struct plumb_load_options), 0, 0, 0, 0, 0, 0, 0                                     \
    }

/* Loads a state: a .sql file, a folder of them, a glob, several of these joined by commas,
 * git:REF:PATH, a database URL, recorded:URL (what plumb recorded there), or empty:. */
PLUMB_API struct plumb_model *plumb_load(const char *state,
                                         const struct plumb_load_options *options,
                                         struct plumb_error *error);

/* Loads a state that is a text of SQL, which messages call by that name. It cannot include files. */
PLUMB_API struct plumb_model *plumb_load_text(const char *name, const char *sql, size_t length,
                                              const struct plumb_load_options *options,
                                              struct plumb_error *error);

/* A database that is not read yet: for the record, drift and status, not for plans. Of the options only
 * control counts. */
PLUMB_API struct plumb_model *plumb_connect(const char *url,
                                            const struct plumb_load_options *options,
                                            struct plumb_error *error);
PLUMB_API void plumb_model_free(struct plumb_model *model);

/* The name of a state, for messages: with *** in the place of whatever may be secret in it. NULL where there
 * is no memory. */
PLUMB_API char *plumb_state_shown(const char *state);

/* The state's name, without secrets. */
PLUMB_API const char *plumb_model_name(const struct plumb_model *model);

/* True for a database, false for files. */
PLUMB_API bool plumb_model_is_live(const struct plumb_model *model);

/* "postgres", "mysql" */
PLUMB_API const char *plumb_model_dialect(const struct plumb_model *model);

/* What the user should know of loading ("3 data statements skipped"); NULL from the last on. */
PLUMB_API const char *plumb_model_note(const struct plumb_model *model, size_t number);

/* --- plans ----------------------------------------------------------------------------------- */

struct plumb_options {
    size_t size;
    bool owners;              /* compare owners even if the wanted state names none */
    bool privileges;          /* the same for privileges */
    bool unmodelled;          /* drop what plumb does not model and the wanted state lacks */
    bool ignore_column_order; /* where the order of columns is part of the schema: leave it alone */
    bool never_ask;           /* do not let the server decide whether expressions are equal */
    bool no_record;           /* keep no record, and look at none */
    bool reviewable;          /* plumb_plan_file will be asked for the plan */
    bool shown_only;          /* plumb_apply will not: saves what that would need */
    const char *const *schemas;  /* NULL-terminated globs: only these schemas; NULL: all */
    const char *const *excludes; /* NULL-terminated globs of paths; NULL: none */
    const char *const
        *must_match;    /* NULL-terminated: those of the globs that are an error where they (of
                                      paths: and all others of the list too) match nothing that is compared; of
                                      the rest a note says so. NULL: nothing is said */
    const char *record; /* the file that holds the record; NULL: the database itself does */
    struct plumb_control *control;
    int lock_timeout; /* of the plan as PLUMB_SQL, in milliseconds; 0: the default, 3 seconds */
    bool no_drop;     /* drop nothing, and list what would be: plumb_plan_kept */
    const char *const
        *unmanaged; /* NULL-terminated globs of paths that stay as the target has them, though
                                     the wanted state may use them; NULL: none */
    const char *const
        *only; /* NULL-terminated globs of paths that alone are changed; NULL: all are */
    bool
        no_extension_versions; /* of plumb_diff_empty: what a database has installed is written without its version */
};

#define PLUMB_OPTIONS_INIT                                                                         \
    {                                                                                              \
        sizeof(struct plumb_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0         \
    }

/* The plan that turns target into wanted. Takes both models, also when it fails: do not use or free
 * them afterwards. A model may be NULL because it could not be loaded: then the error is left as it
 * is. */
PLUMB_API struct plumb_plan *plumb_diff(struct plumb_model *target, struct plumb_model *wanted,
                                        const struct plumb_options *options,
                                        struct plumb_error *error);

/* The plan that makes the model from an empty database. Takes the model, which may be NULL likewise. */
PLUMB_API struct plumb_plan *plumb_diff_empty(struct plumb_model *model,
                                              const struct plumb_options *options,
                                              struct plumb_error *error);
PLUMB_API void plumb_plan_free(struct plumb_plan *plan);

/* What the user should know of the plan; NULL from the last on. */
PLUMB_API const char *plumb_plan_note(const struct plumb_plan *plan, size_t number);

/* What would be dropped, were it not for no_drop; without what stands below it. NULL from the last on. */
PLUMB_API const struct plumb_object *plumb_plan_kept(const struct plumb_plan *plan, size_t number);

enum plumb_format {
    PLUMB_TEXT,       /* for people */
    PLUMB_COLOUR,     /* the same with terminal colours */
    PLUMB_SQL,        /* a script with transactions and comments */
    PLUMB_JSON,       /* for programs */
    PLUMB_DUMP,       /* the statements alone */
    PLUMB_SUMMARY,    /* "3 to create, 1 to drop" */
    PLUMB_PROMETHEUS, /* metrics for the textfile collector */
    PLUMB_JUNIT       /* a test report */
};

/* The plan as PLUMB_TEXT, PLUMB_COLOUR, PLUMB_SQL, PLUMB_JSON, PLUMB_DUMP or PLUMB_SUMMARY. */
PLUMB_API char *plumb_plan_print(const struct plumb_plan *plan, enum plumb_format format,
                                 struct plumb_error *error);

/* Writes the plan's statements as a folder of files with a main.sql that psql can run; meant for
 * plans of plumb_diff_empty. Either all files are written or none is. note is called for files of an
 * earlier dump that are left although they are not part of this one; it may be NULL, and so may
 * context. */
PLUMB_API bool plumb_plan_split(const struct plumb_plan *plan, const char *folder,
                                void (*note)(const char *text, void *context), void *context,
                                struct plumb_error *error);

/* --- plans as data --------------------------------------------------------------------------- */

/* An object of a schema. */
struct plumb_object;

PLUMB_API const char *plumb_object_kind(
    const struct plumb_object *object); /* "table", "foreign key" */
PLUMB_API const char *plumb_object_name(
    const struct plumb_object *object); /* its own; "" for many kinds */

/* What it is a part of: a column's table, a table's schema; NULL at the top. */
PLUMB_API const struct plumb_object *plumb_object_parent(const struct plumb_object *object);

/* Of a routine: the types of its input arguments; NULL of others. */
PLUMB_API const char *plumb_object_signature(const struct plumb_object *object);

/* Its path as SQL quotes it ("public.users.id"), and that after its kind. NULL where there is no memory. */
PLUMB_API char *plumb_object_path(const struct plumb_object *object);
PLUMB_API char *plumb_object_print(const struct plumb_object *object);

/* Where it was declared; NULL and 0 where that was in no file. */
PLUMB_API const char *plumb_object_file(const struct plumb_object *object);
PLUMB_API int plumb_object_line(const struct plumb_object *object);
PLUMB_API int plumb_object_column(const struct plumb_object *object);

/* What its kind has fields for, by number from 0: the same for all objects of a kind. */
enum plumb_field_type {
    PLUMB_FIELD_NONE, /* there is no field of that number */
    PLUMB_FIELD_FLAG,
    PLUMB_FIELD_NUMBER,
    PLUMB_FIELD_TEXTS,  /* one text or several: a type, labels, options, expressions */
    PLUMB_FIELD_OBJECTS /* other objects: a referenced table, the tables inherited from */
};

PLUMB_API size_t plumb_object_field_count(const struct plumb_object *object);
PLUMB_API const char *plumb_object_field_name(const struct plumb_object *object, size_t field);
PLUMB_API enum plumb_field_type plumb_object_field_type(const struct plumb_object *object,
                                                        size_t field);

/* The field's value, by its type; false, 0 and NULL for a field of another one. How many texts or objects it
 * holds, and one of them by number from 0: NULL from the last on, and where a text is absent. */
PLUMB_API bool plumb_object_flag(const struct plumb_object *object, size_t field);
PLUMB_API int64_t plumb_object_number(const struct plumb_object *object, size_t field);
PLUMB_API size_t plumb_object_value_count(const struct plumb_object *object, size_t field);
PLUMB_API const char *plumb_object_text(const struct plumb_object *object, size_t field,
                                        size_t number);
PLUMB_API const struct plumb_object *plumb_object_reference(const struct plumb_object *object,
                                                            size_t field, size_t number);

/* A difference of one object. */
struct plumb_delta;

enum plumb_change { PLUMB_ADDED, PLUMB_REMOVED, PLUMB_CHANGED, PLUMB_RENAMED };

PLUMB_API size_t plumb_plan_delta_count(const struct plumb_plan *plan);

/* By number from 0; NULL beyond the last one. */
PLUMB_API const struct plumb_delta *plumb_plan_delta(const struct plumb_plan *plan, size_t number);
PLUMB_API enum plumb_change plumb_delta_change(const struct plumb_delta *delta);

/* The object as it is and as it is wanted; NULL for one that is added, and removed. */
PLUMB_API const struct plumb_object *plumb_delta_before(const struct plumb_delta *delta);
PLUMB_API const struct plumb_object *plumb_delta_after(const struct plumb_delta *delta);

/* The name that a renamed object has before; NULL of others. */
PLUMB_API const char *plumb_delta_former_name(const struct plumb_delta *delta);

/* True where both objects are there and differ in the field of that number. */
PLUMB_API bool plumb_delta_field_changed(const struct plumb_delta *delta, size_t field);

/* One statement. */
struct plumb_step;

enum plumb_action { PLUMB_CREATE, PLUMB_ALTER, PLUMB_DROP, PLUMB_RENAME };

/* The strongest lock that a step takes on an object that is there. */
enum plumb_lock {
    PLUMB_LOCK_NONE,
    PLUMB_LOCK_ACCESS_SHARE,
    PLUMB_LOCK_ROW_SHARE,
    PLUMB_LOCK_ROW_EXCLUSIVE,
    PLUMB_LOCK_SHARE_UPDATE_EXCLUSIVE,
    PLUMB_LOCK_SHARE,
    PLUMB_LOCK_SHARE_ROW_EXCLUSIVE,
    PLUMB_LOCK_EXCLUSIVE,
    PLUMB_LOCK_ACCESS_EXCLUSIVE
};

enum plumb_transaction {
    PLUMB_TRANSACTION_ANY,          /* runs inside a transaction, with the others of its group */
    PLUMB_TRANSACTION_COMMIT_AFTER, /* likewise, as the last of its group */
    PLUMB_TRANSACTION_NEVER         /* runs outside of any */
};

/* How many steps the plan has; none: there is nothing to do. */
PLUMB_API size_t plumb_plan_count(const struct plumb_plan *plan);

/* By number from 0; NULL beyond the last one. */
PLUMB_API const struct plumb_step *plumb_plan_step(const struct plumb_plan *plan, size_t number);
PLUMB_API const char *plumb_step_sql(const struct plumb_step *step); /* without semicolon */
PLUMB_API enum plumb_action plumb_step_action(const struct plumb_step *step);

/* What it makes, alters or drops; NULL where it is about no single one. */
PLUMB_API const struct plumb_object *plumb_step_object(const struct plumb_step *step);

/* What else it drops and changes, for people: "column t.a, column t.b"; NULL when nothing. */
PLUMB_API const char *plumb_step_parts(const struct plumb_step *step);
PLUMB_API uint64_t plumb_step_hazards(const struct plumb_step *step); /* see plumb_hazard_name */
PLUMB_API enum plumb_lock plumb_step_lock(const struct plumb_step *step);

/* The object that is locked; NULL when none is. */
PLUMB_API const struct plumb_object *plumb_step_locked(const struct plumb_step *step);
PLUMB_API bool plumb_step_rewrites(const struct plumb_step *step); /* the table */
PLUMB_API bool plumb_step_scans(
    const struct plumb_step *step); /* the whole table, under its lock */
PLUMB_API enum plumb_transaction plumb_step_transaction(const struct plumb_step *step);
PLUMB_API int plumb_step_group(
    const struct plumb_step *step); /* those of one share a transaction */
PLUMB_API const char *plumb_step_note(
    const struct plumb_step *step); /* for people; NULL when none */

/* "create", "access exclusive"; NULL for what is none. */
PLUMB_API const char *plumb_action_name(enum plumb_action action);
PLUMB_API const char *plumb_lock_name(enum plumb_lock lock);

/* Hazard number i is bit i of a step's hazards: its name ("drop-table"), what it does, and whether it loses
 * data. NULL and false beyond the last one. */
PLUMB_API const char *plumb_hazard_name(int hazard);
PLUMB_API const char *plumb_hazard_text(int hazard);
PLUMB_API bool plumb_hazard_loses_data(int hazard);

/* The bits of hazards "drop-table,drop-column" or "all". */
PLUMB_API bool plumb_hazards(const char *list, uint64_t *hazards, struct plumb_error *error);

/* False with an error for a command that cannot be osc_command of plumb_apply_options. */
PLUMB_API bool plumb_osc_check(const char *command, struct plumb_error *error);

/* --- reviewed plans -------------------------------------------------------------------------- */

/* The plan as the text of a file, to be reviewed and then applied by plumb_plan_load and plumb_apply:
 * the same bytes for the same plan. Options had reviewable set, or the target is a database. */
PLUMB_API char *plumb_plan_file(const struct plumb_plan *plan, struct plumb_error *error);

/* Writes that into a file, and the plan as PLUMB_SQL into one beside it, whose name ends in .sql instead of
 * .json; both or neither. Only their owner may read them: what a schema holds may be secret. */
PLUMB_API bool plumb_plan_save(const struct plumb_plan *plan, const char *path,
                               struct plumb_error *error);

/* Reads such a file and makes its plan anew for the target, a database. Refuses when that is not the
 * very plan in the file: when the database is another, when the file was changed, or when another
 * major version wrote it. Takes the target, which may be NULL as for plumb_diff. Of the options only
 * record, no_record and control count. */
PLUMB_API struct plumb_plan *plumb_plan_load(const char *path, struct plumb_model *target,
                                             const struct plumb_options *options,
                                             struct plumb_error *error);

/* --- apply ----------------------------------------------------------------------------------- */

/* What to do about an earlier apply that was interrupted. */
enum plumb_unfinished {
    PLUMB_UNFINISHED_REFUSED, /* refuse, unless it had changed nothing, and say how far it came */
    PLUMB_UNFINISHED_RESUMED  /* note how far it came, and go on */
};

struct plumb_apply_options {
    size_t size;
    uint64_t allowed;        /* hazards that may lose data, from plumb_hazards */
    bool transactional;      /* refuse a plan that does not fit into one transaction */
    int lock_timeout;        /* milliseconds to wait for a lock; 0: the default, 3 seconds */
    int lock_attempts;       /* how often; 0: the default */
    const char *osc_command; /* a shell command that alters large tables in the server's place, with
                                {host}, {port}, {user}, {socket}, {database}, {table}, {alter} in it,
                                outside of quotes: each becomes an argument; NULL: none */
    int64_t osc_minimum;     /* bytes: tables below are altered by the server */
    const char *kind;        /* what the record calls it; NULL: "apply" */
    const char *message;     /* for the record; NULL none */
    enum plumb_unfinished unfinished;
    void (*note)(const char *text,
                 void *context); /* what the user should know; NULL: nobody listens */
    void *note_context;
    struct plumb_control *control;
    bool
        no_data_check; /* do not look for rows that would make a step fail before the first one runs */
    int question_timeout; /* milliseconds that each such question may take; 0: the default, 10 seconds */
    const char *const
        *allowed_objects; /* "drop-column=shop.customers.fax": a hazard, or all, and a glob of
                                           paths: allowed there alone; NULL-terminated; NULL: none */
    const char *const
        *denied; /* "rewrite-table", "rewrite-table:1GB": hazards refused everywhere, or on
                                  tables above the size or of unknown size; likewise */
    bool
        require_online; /* refuse a plan that blocks an existing table for longer than an instant */
};

#define PLUMB_APPLY_OPTIONS_INIT                                                                   \
    {                                                                                              \
        sizeof(struct plumb_apply_options), 0, 0, 0, 0, 0, 0, 0, 0, PLUMB_UNFINISHED_REFUSED, 0,   \
            0, 0, 0, 0, 0, 0, 0                                                                    \
    }

struct plumb_apply_result {
    size_t size;
    size_t done;        /* steps that ran and are committed */
    size_t rolled_back; /* steps that ran and were rolled back */
    size_t failed;      /* the number of the step that failed, from 1; 0: none */
    size_t doubtful; /* the first step that may have been applied or not, since the connection was
                           lost while the server was at it; 0: none */
    size_t doubtful_end; /* the last one */
    bool verified;
    double seconds;
    int64_t entry; /* of the record; 0: nothing was recorded */
};

#define PLUMB_APPLY_RESULT_INIT                                                                    \
    {                                                                                              \
        sizeof(struct plumb_apply_result), 0, 0, 0, 0, 0, 0, 0, 0                                  \
    }

/* False with an error where one of these is not what allowed_objects or denied of plumb_apply_options take; NULL:
 * none. */
PLUMB_API bool plumb_policy_check(const char *const *allowed_objects, const char *const *denied,
                                  struct plumb_error *error);

/* True when plumb_apply would start: everything that loses data is allowed, and nothing is denied. The error lists
 * what is not. */
PLUMB_API bool plumb_plan_check(const struct plumb_plan *plan,
                                const struct plumb_apply_options *options,
                                struct plumb_error *error);

/* Runs the plan on its target, which has to be a database, and proves that the result is what was
 * wanted: inside the last transaction where there is one, which is rolled back otherwise. Refuses when
 * the database is not what it was when the target was loaded. Writes the record; a plan without steps
 * is recorded where the record does not say yet what the database is. result may be NULL. */
PLUMB_API bool plumb_apply(struct plumb_plan *plan, const struct plumb_apply_options *options,
                           struct plumb_apply_result *result, struct plumb_error *error);

/* --- record ---------------------------------------------------------------------------------- */

/* Which record is meant: of the plumb_options record and control count. */

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
 * set where none was interrupted. options may not be NULL. */
PLUMB_API bool plumb_unfinished_options(const struct plumb_model *target,
                                        struct plumb_options *options, struct plumb_error *error);

/* Says in the record that the interrupted apply stays as far as it came. plan: what was left of it, to
 * decide what is in doubt. */
PLUMB_API bool plumb_abandon(struct plumb_plan *plan, const struct plumb_apply_options *options,
                             struct plumb_error *error);

/* Records a live state as it is. Of the apply options message and note count. entry: its number; may be
 * NULL. */
PLUMB_API bool plumb_baseline(struct plumb_model *target, const struct plumb_options *options,
                              const struct plumb_apply_options *apply, int64_t *entry,
                              struct plumb_error *error);

/* The record's entries. */
PLUMB_API struct plumb_history *plumb_history_load(const struct plumb_model *target,
                                                   const struct plumb_options *options,
                                                   struct plumb_error *error);
PLUMB_API void plumb_history_free(struct plumb_history *history);
PLUMB_API size_t plumb_history_count(const struct plumb_history *history);

/* All entries (0) or one with its steps, as PLUMB_TEXT, PLUMB_COLOUR or PLUMB_JSON. */
PLUMB_API char *plumb_history_print(struct plumb_history *history, int64_t number,
                                    enum plumb_format format, struct plumb_error *error);

/* The schema that an entry left behind, as SQL. */
PLUMB_API char *plumb_history_schema(struct plumb_history *history, int64_t number,
                                     struct plumb_error *error);

/* --- the record as data ---------------------------------------------------------------------- */

struct plumb_entry;

/* By place from 0, the oldest first; NULL beyond the last one. */
PLUMB_API const struct plumb_entry *plumb_history_entry(const struct plumb_history *history,
                                                        size_t place);

enum plumb_entry_text {
    PLUMB_ENTRY_KIND,  /* "apply", "baseline", "revert" */
    PLUMB_ENTRY_STATE, /* "begun", "done", "failed", "interrupted", "abandoned" */
    PLUMB_ENTRY_BEGUN, /* "2026-01-31T12:00:00Z" */
    PLUMB_ENTRY_ENDED,
    PLUMB_ENTRY_ACTOR,
    PLUMB_ENTRY_DATABASE_USER,
    PLUMB_ENTRY_TOOL, /* "plumb 0.1.0" */
    PLUMB_ENTRY_MESSAGE,
    PLUMB_ENTRY_WANTED, /* the wanted state's name */
    PLUMB_ENTRY_FILES,  /* of which it was made: a line "DIGEST PATH" for each */
    PLUMB_ENTRY_GIT_COMMIT,
    PLUMB_ENTRY_GIT_REMOTE,
    PLUMB_ENTRY_RUN_URL,
    PLUMB_ENTRY_DIGEST_BEFORE, /* of the schema, 32 digits */
    PLUMB_ENTRY_DIGEST_AFTER,
    PLUMB_ENTRY_ERROR
};

PLUMB_API int64_t plumb_entry_number(const struct plumb_entry *entry); /* from 1 */
PLUMB_API int64_t plumb_entry_server_version(const struct plumb_entry *entry);
PLUMB_API int64_t plumb_entry_steps(const struct plumb_entry *entry);
PLUMB_API int64_t plumb_entry_steps_done(const struct plumb_entry *entry);

/* NULL where the record does not say it. */
PLUMB_API const char *plumb_entry_text(const struct plumb_entry *entry,
                                       enum plumb_entry_text which);

/* A statement of an entry. */
struct plumb_entry_step;

/* How many the record has of an entry, by its number; read once. false with an error. */
PLUMB_API bool plumb_history_steps(struct plumb_history *history, int64_t number, size_t *count,
                                   struct plumb_error *error);

/* By place from 0, of an entry whose steps were read; NULL beyond the last one. */
PLUMB_API const struct plumb_entry_step *plumb_history_step(const struct plumb_history *history,
                                                            int64_t number, size_t place);
PLUMB_API const char *plumb_entry_step_sql(const struct plumb_entry_step *step);
PLUMB_API const char *plumb_entry_step_action(const struct plumb_entry_step *step);
PLUMB_API const char *plumb_entry_step_object(const struct plumb_entry_step *step);

/* "planned", "running", "done", "failed", "rolled back", "not applied" */
PLUMB_API const char *plumb_entry_step_state(const struct plumb_entry_step *step);
PLUMB_API const char *plumb_entry_step_started(const struct plumb_entry_step *step); /* NULL */
PLUMB_API double plumb_entry_step_seconds(
    const struct plumb_entry_step *step); /* negative: unknown */
PLUMB_API int64_t plumb_entry_step_group(const struct plumb_entry_step *step);

/* --- drift ----------------------------------------------------------------------------------- */

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

/* As PLUMB_TEXT, PLUMB_COLOUR, PLUMB_SQL, PLUMB_JSON, PLUMB_PROMETHEUS or PLUMB_JUNIT. adopt: also what would
 * bring the wanted files to what is there (as SQL: only that). */
PLUMB_API char *plumb_drift_print(const struct plumb_drift *drift, enum plumb_format format,
                                  bool adopt, struct plumb_error *error);

/* What is to be said of one object. */
enum plumb_share {
    PLUMB_SHARE_DRIFTED,   /* changed in the database, wanted as it was recorded */
    PLUMB_SHARE_PENDING,   /* wanted otherwise, not changed in the database */
    PLUMB_SHARE_AS_WANTED, /* changed in the database into what is wanted */
    PLUMB_SHARE_CONFLICT   /* changed in the database, and wanted otherwise than that */
};

/* Those that drifted, and after them those that are only pending. */
PLUMB_API size_t plumb_drift_item_count(const struct plumb_drift *drift);
PLUMB_API enum plumb_share plumb_drift_share(const struct plumb_drift *drift, size_t number);

/* From what is recorded to what is there, or wanted; NULL beyond the last one. */
PLUMB_API const struct plumb_delta *plumb_drift_delta(const struct plumb_drift *drift,
                                                      size_t number);

/* The entry of the record that the database is compared with. */
PLUMB_API const struct plumb_entry *plumb_drift_entry(const struct plumb_drift *drift);

/* Who is applying, for people; NULL when nobody is. */
PLUMB_API const char *plumb_drift_holder(const struct plumb_drift *drift);

/* Which steps. */
enum plumb_way {
    PLUMB_PUT_BACK, /* from what is there to what is recorded */
    PLUMB_ADOPT,    /* from what is recorded to what is there */
    PLUMB_REST      /* from what is there to what is wanted */
};

PLUMB_API size_t plumb_drift_step_count(const struct plumb_drift *drift, enum plumb_way way);
PLUMB_API const struct plumb_step *plumb_drift_step(const struct plumb_drift *drift,
                                                    enum plumb_way way, size_t number);

/* --- status ---------------------------------------------------------------------------------- */

/* Record, drift, what is pending and who holds the lock, in a glance. wanted may be NULL. */
PLUMB_API struct plumb_status *plumb_status_load(const struct plumb_model *target,
                                                 const struct plumb_model *wanted,
                                                 const struct plumb_options *options,
                                                 struct plumb_error *error);
PLUMB_API void plumb_status_free(struct plumb_status *status);

/* There is something to look at. */
PLUMB_API bool plumb_status_differs(const struct plumb_status *status);

/* As PLUMB_TEXT, PLUMB_COLOUR (the same) or PLUMB_JSON. */
PLUMB_API char *plumb_status_print(const struct plumb_status *status, enum plumb_format format,
                                   struct plumb_error *error);

/* Where the record is; NULL when there is none. */
PLUMB_API const char *plumb_status_record(const struct plumb_status *status);
PLUMB_API size_t plumb_status_entry_count(const struct plumb_status *status);
PLUMB_API const struct plumb_entry *plumb_status_entry(const struct plumb_status *status,
                                                       size_t place);

/* An apply that was interrupted; NULL when none was. */
PLUMB_API const struct plumb_entry *plumb_status_unfinished(const struct plumb_status *status);

/* Who holds the lock, for people; NULL when nobody does. */
PLUMB_API const char *plumb_status_holder(const struct plumb_status *status);

/* NULL where there is nothing to compare with. */
PLUMB_API const struct plumb_drift *plumb_status_drift(const struct plumb_status *status);

/* How many steps it would take to what is wanted; negative where that was not named. */
PLUMB_API int64_t plumb_status_pending(const struct plumb_status *status);

/* --- files that follow a database ------------------------------------------------------------ */

struct plumb_pull;

/* What has to be changed in files so that they hold what the target does: only the statements concerned, in their
 * places. Nothing is written yet. files: a file, a folder, or several, as for plumb_load; load: as for what is wanted of the target
 * (its target and beside do not count). That plumb_diff of the target and the new files is empty was proven; where it cannot be
 * brought about the call fails. The target is only read. */
PLUMB_API struct plumb_pull *plumb_pull_make(const struct plumb_model *target, const char *files,
                                             const struct plumb_load_options *load,
                                             const struct plumb_options *options,
                                             struct plumb_error *error);
PLUMB_API void plumb_pull_free(struct plumb_pull *pull);

/* How many files change, come or go. 0: the files hold what the target does. */
PLUMB_API size_t plumb_pull_count(const struct plumb_pull *pull);

/* The name of one of them, and its new text; NULL where the file goes. */
PLUMB_API const char *plumb_pull_name(const struct plumb_pull *pull, size_t number);
PLUMB_API const char *plumb_pull_text(const struct plumb_pull *pull, size_t number);

/* What the user should know; NULL from the last on. */
PLUMB_API const char *plumb_pull_note(const struct plumb_pull *pull, size_t number);

/* The changes, line by line, for people. */
PLUMB_API char *plumb_pull_print(const struct plumb_pull *pull, bool colours,
                                 struct plumb_error *error);

/* Writes them: all files or none. Fails where one of them is not what it was, may not be written, or is a link out of the
 * folder. */
PLUMB_API bool plumb_pull_write(const struct plumb_pull *pull, struct plumb_error *error);

/* The same for files that are laid out without changing what they mean: words of the language in capitals, elements of tables one a
 * line, one blank line between statements. That they have the same words and declare the same was proven; where that does not
 * hold the call fails. */
PLUMB_API struct plumb_pull *plumb_format_make(const char *files,
                                               const struct plumb_load_options *load,
                                               struct plumb_error *error);

#ifdef __cplusplus
}
#endif

#endif
