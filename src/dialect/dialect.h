/* What the rooms load, diff, plan, exec and report ask of a dialect. A dialect is one constant table
 * of tables of functions, one for each job; only the registry (registry.c) names them. */
#ifndef PLUMB_DIALECT_DIALECT_H
#define PLUMB_DIALECT_DIALECT_H

#include "core/error.h"
#include "core/secret/secret.h"
#include "model/model.h"
#include "plan/step.h"

/* A piece of SQL text with the name by which messages call it. */
struct source_text {
    const char *file;
    const char *text;
    size_t length;
    /* Reads a file that the text includes (\i path; relative: \ir) in the same state; NULL where the
     * state has no files. The result is freed by memory_free. */
    char *(*include)(void *context, const char *from_file, const char *path, bool relative,
                     size_t *length, struct error *error);
    void *include_context;
};

struct connection; /* a dialect's own */

/* How a changed field is brought about. */
enum rule {
    RULE_NONE,    /* no rule: a defect, found by a test */
    RULE_ALTER,   /* alter() writes statements for it */
    RULE_REPLACE, /* the object is dropped and made anew */
    RULE_IGNORE   /* nothing is to be done, for the reason given */
};

struct field_rule {
    enum rule rule;
    const char *reason; /* of RULE_IGNORE */
};

/* An action on an object that is a part of another's ALTER statement. */
struct joined_action {
    enum step_action action;     /* never ACTION_RENAME */
    const struct object *before; /* NULL when it is made */
    const struct object *after;  /* NULL when it is dropped */
    uint64_t changed;            /* of ACTION_ALTER */
};

/* One result of running a statement. */
struct statement_result {
    double seconds;
    long rows;
};

/* --- what plumb records, as tables of texts ----------------------------------------------------- */

struct record_column {
    const char *name; /* lower case letters and underscores, no word of SQL */
    bool number;      /* a whole number, else a text of any length */
};

/* The first keys columns identify a row; the first of them may be a number or a text of at most 64
 * bytes, the others are numbers. */
struct record_table {
    const char *name;
    const struct record_column *columns;
    size_t count;
    size_t keys;
};

/* What is to be read: of the rows with that value in the first column (NULL: of all), the columns
 * whose bits are set; the others are NULL in the result. latest: only so many rows, those with the
 * highest first column (0: all). The order of the rows does not matter. */
struct record_query {
    const struct record_table *table;
    const char *key;
    uint64_t columns;
    size_t latest;
};

/* A row has one text for each column of its table; NULL where there is none. */
struct record_rows {
    const char *const **items;
    size_t count;
};

/* Which of the optional parts of a model are compared even where the wanted model does not speak of
 * them. */
struct manage {
#define MANAGE(member, word) bool member;
#include "plan/options.def"
    /* True for an object of the wanted model that the plan has just made: what the author left open is then what the
     * plan was to make it under, not whatever is found. NULL: no plan has been run. */
    bool (*is_made)(void *context, const char *key);
    void *context;
};

/* What the client library wants of a process and of a thread. */
struct dialect_client {
    /* Initialises the library before there are threads, and gives back what it holds, also for one thread. */
    bool (*begin)(void);
    void (*end)(void);
    void (*end_thread)(void);
};

/* Where models come from. */
struct dialect_states {
    /* True when the text is a URL or connection string of this dialect. */
    bool (*is_url)(const char *text);

    /* Makes an empty model one of files for that server ("mysql:8.4", "mariadb:10.11"); false where the
     * flavour is none of this dialect. model NULL: only tells. */
    bool (*set_flavor)(struct model *model, const char *flavor);

    /* True when a text of SQL shows by itself that it is of this dialect and no other; NULL as a
     * function: never. */
    bool (*recognizes)(const char *text, size_t length);

    /* Interprets SQL texts, in order, into an unresolved model. */
    bool (*interpret)(const struct source_text *sources, size_t count, struct model *model,
                      struct error *error);

    /* interpret understands lines that tell the client to read another file (scripts: include_command), and
     * reads the files by source_text.include; otherwise it is given a text that holds them. */
    bool follows_includes;

    /* Reads the whole catalog into an unresolved model, in a fixed number of round trips; inside
     * the current transaction if there is one, in a read-only one of its own otherwise. */
    bool (*read)(struct connection *connection, struct model *model, struct error *error);
};

/* What makes two models comparable. */
struct dialect_comparing {
    /* Brings an unresolved model to its canonical form and finds what objects need. Renamed objects
     * (former_name) are printed under their new names everywhere. server_version: of the server
     * that the model is for (0: the newest). Does not seal. */
    bool (*resolve)(struct model *model, int server_version, struct error *error);

    /* Adapts two resolved models to each other before comparison: takes out (model_remove) or fills
     * in what only one of them can know (implied copies, defaults of the server, unnamed versions,
     * owners and privileges that are not managed). */
    void (*reconcile)(struct model *from, struct model *to, const struct manage *manage);

    /* False with an error for a change between two sealed models that the server refuses whatever rows there are, and
     * that no plan gets around. NULL as a function: there is none. */
    bool (*permits)(const struct model *from, const struct model *to, struct error *error);

    /* Layer 3: asks the server whether pairs of objects that differ only in expressions are equal;
     * where they are, sets to's expressions to from's canonical text. connection: to from's
     * database, may be NULL (then nothing is done). What must not be asked because somebody else's
     * code might run is added to unasked (objects of to; in to's arena). */
    bool (*ask)(struct connection *connection, struct model *from, struct model *to,
                const struct pointer_list *from_objects, const struct pointer_list *to_objects,
                struct pointer_list *unasked, struct error *error);
};

/* What the planner asks of a change. */
struct dialect_planning {
    /* The rule for the compared field of that number (field_column_type). */
    struct field_rule (*field_rule)(enum kind kind, int field);

    /* True when this very change, though its fields have ALTER rules, needs the object to be dropped
     * and made anew (a view whose columns change, say). */
    bool (*must_replace)(const struct object *before, const struct object *after, uint64_t changed,
                         int server_version);

    /* True when dependent (which needs `before` in the old model) has to be ended before the change
     * and made anew after it: a view on a column whose type changes. */
    bool (*must_end_dependent)(const struct object *dependent, const struct object *before,
                               const struct object *after, uint64_t changed, int server_version);

    /* True when whatever touches this part of an object also touches what uses that object, though it does not say
     * that it uses the part: an attribute of a type. NULL as a function: never. */
    bool (*is_whole)(const struct object *part);

    /* True when the server refuses to drop or change what the dependent uses as long as that is so. False: the
     * dependent can be altered afterwards. NULL as a function: it always refuses. */
    bool (*holds)(const struct object *dependent);

    /* True when what the object holds, the rows of a table, outlives it where it has to be made anew: drop() is told so
     * (sink->carried) and puts it aside, and carry() of the statements follows when everything that stores the contents of the new one is
     * made, before anything else that needs it. NULL as a function: never. */
    bool (*carries)(const struct object *before, const struct object *after);

    /* The object whose contents this one stores a part of: the partitioned table of a partition. NULL: none. */
    const struct object *(*stored_in)(const struct object *object);

    /* The object of whose CREATE statement this new one can be a part, NULL when it needs
     * a statement of its own: a column or a check of its table. */
    const struct object *(*folds_into)(const struct object *object);

    /* The object (a table) whose ALTER statement an action on this one can be a part of: its column is
     * added, its index dropped. That object stays; all actions that join it are handed to
     * alter_joined together. NULL: the action has a statement of its own. NULL as a function: nothing
     * joins anything. */
    const struct object *(*joins)(const struct object *object, enum step_action action);

    /* The place of an object among its siblings of its kind, by which they are made and altered; NULL as a function: by
     * their names. */
    int64_t (*place)(const struct object *object);

    /* True when dropping ancestor silently ends object as well (its columns, indexes, comment, ...);
     * the ancestor is dropped in the same plan. */
    bool (*ends_with)(const struct object *object, const struct object *ancestor);

    /* True when the object cannot be dropped by itself, but only ends with another: a partition's copy of a foreign key.
     * NULL as a function: never. */
    bool (*only_ends)(const struct object *object);

    /* The name slot that an object takes ("relation:public/users"), so that what frees it runs first;
     * NULL when its identity alone says it. In the arena. */
    const char *(*slot)(struct arena *arena, const struct object *object);
};

/* The statements of a plan. */
struct dialect_writing {
    /* What the server's manual calls each enum step_lock; NULL: as lock_name does. */
    const char *const *lock_names;

    /* What each keeps waiting; NULL: as PostgreSQL's do. */
    const enum lock_block *lock_blocks;

    /* How the step could be done without that hazard, as a sentence; NULL, also as a function: no way is known. */
    const char *(*avoid)(const struct step *step, enum hazard hazard);

    /* The statements that make the object; folded holds the objects (children, in model order) that
     * folds_into put into it. */
    void (*create)(struct step_sink *sink, const struct object *object,
                   const struct pointer_list *folded);
    void (*drop)(struct step_sink *sink, const struct object *object);

    /* Brings back what drop() has put aside; NULL as a function where nothing is carried. */
    void (*carry)(struct step_sink *sink, const struct object *before, const struct object *after);

    void (*alter)(struct step_sink *sink, const struct object *before, const struct object *after,
                  uint64_t changed);

    /* What joins has brought together, in the order of actions: before and after are the object that
     * stays, changed its own changed fields (0: none). Writes one statement, or several where the server
     * refuses them together. NULL as a function where nothing joins anything. */
    void (*alter_joined)(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count);

    /* The object still has its former name in the database; it is to get its own. */
    void (*rename)(struct step_sink *sink, const struct object *object);

    /* One of the object's labels (of an enum) is to be called so instead of former. NULL as a function where no
     * kind has labels. */
    void (*rename_label)(struct step_sink *sink, const struct object *object, const char *former,
                         const char *label);

    /* True when the step's statement has semicolons inside, so that a script needs a DELIMITER for it;
     * NULL as a function: never. */
    bool (*is_compound)(const struct step *step);

    /* Statements that go before and after the plan's own ("SET check_function_bodies = false"). */
    void (*session)(struct step_sink *before, struct step_sink *after, const struct model *from,
                    const struct model *to);
};

/* What a script of the plan needs, beside its statements, to be run by the server's own client. */
struct dialect_scripts {
    /* A statement that a script begins with, and a connection of plumb's does not need; NULL: none. */
    const char *head;

    /* The statement by which a script comes to look names up as apply does in the database of the model;
     * in the arena. NULL as a function: names are looked up in one way only. */
    const char *(*path)(struct arena *arena, const struct model *from);

    /* The statement by which a session waits for a lock no longer than this (0: as long as it takes); in the
     * arena. Servers may wait for whole seconds only. */
    const char *(*lock_timeout)(struct arena *arena, int milliseconds);

    /* How the client is told to read another file, after the backslash: "ir". */
    const char *include_command;
};

/* A connection and what runs over it. */
struct dialect_running {
    /* Connects; NULL with an error. close frees. */
    struct connection *(*connect)(const char *url, struct error *error);
    void (*close)(struct connection *connection);

    int (*server_version)(const struct connection *connection);
    bool (*read_only)(const struct connection *connection);

    bool (*begin)(struct connection *connection, struct error *error);
    bool (*commit)(struct connection *connection, struct error *error);
    void (*rollback)(struct connection *connection);

    /* DDL commits by itself, and with it whatever the transaction did before. */
    bool ddl_commits;

    /* A step outside of transactions that takes no stronger lock than this keeps nobody from reading and
     * writing, even while it waits. */
    enum step_lock patient_lock;

    /* Runs one statement. */
    bool (*run)(struct connection *connection, const char *sql, struct statement_result *result,
                struct error *error);

    /* Looks at what could not be looked at when these steps, the last ones of the current transaction, made it, since what it
     * speaks of may have come after it: the bodies of routines. last: nothing more is to come. NULL as a function: there
     * is nothing to look at. */
    bool (*check_made)(struct connection *connection, const struct step *steps, size_t count,
                       const struct model *from, bool last, struct error *error);

    /* What the server says to the query of a row_question (plan/step.h), in the arena; an error where it cannot, or not
     * within that time. */
    bool (*ask_rows)(struct connection *connection, const char *sql, int milliseconds,
                     struct arena *arena, struct row_answer *answer, struct error *error);

    /* Runs a text of many statements as the server's own client would; NULL as a function: run can. */
    bool (*run_script)(struct connection *connection, const char *text, struct error *error);

    /* Takes everything out of the connection's database, which was empty before run_script; NULL as
     * a function: rollback does. */
    bool (*empty)(struct connection *connection, struct error *error);

    /* Sets how long a statement may wait for a lock. */
    bool (*set_lock_timeout)(struct connection *connection, int milliseconds, struct error *error);

    /* Cancels the running statement; may be called from another thread or a signal handler. */
    void (*cancel)(struct connection *connection);
};

/* The lock that keeps two applies apart. It goes with the connection. */
struct dialect_locking {
    /* Takes it, without waiting; *taken tells. */
    bool (*take)(struct connection *connection, bool *taken, struct error *error);

    /* Who holds it, for people: "process 4711 of user app, since ..."; NULL
     * when nobody does. In the arena. */
    bool (*holder)(struct connection *connection, struct arena *arena, const char **holder,
                   struct error *error);

    /* Gives it back. */
    bool (*release)(struct connection *connection, struct error *error);

    /* Who else holds locks on the object (a table, view, ... of the target's model), for people: "process 4711 of user
     * app (psql), idle in transaction for 62 s"; several are joined by "; ". NULL where that cannot be told. In the
     * arena. NULL as a function: it never can. */
    const char *(*blockers)(struct connection *connection, const struct object *object,
                            struct arena *arena);
};

/* The record's tables. They live where no model shows them. */
struct dialect_recording {
    /* *found: the first table is there, and this role may read it. Changes nothing. Fails where one of
     * the tables is none that make() has made, or has something about it that runs code. */
    bool (*find)(struct connection *connection, const struct record_table *const *tables,
                 size_t count, bool *found, struct error *error);

    /* Makes the tables that are not there yet. Fails with ERROR_SERVER where the role may not. */
    bool (*make)(struct connection *connection, const struct record_table *const *tables,
                 size_t count, struct error *error);

    /* Writes rows, each in the place of the one with the same keys, if there is one; inside the
     * current transaction where there is one. */
    bool (*put)(struct connection *connection, const struct record_table *table,
                const struct record_rows *rows, struct error *error);

    /* Reads rows into the arena. */
    bool (*get)(struct connection *connection, const struct record_query *query,
                struct arena *arena, struct record_rows *rows, struct error *error);

    /* What no other database has: of which server it is, and which of that server's; NULL where that cannot be told. A
     * copy of its tables elsewhere has another, a renamed database the same. May be NULL. */
    const char *(*identity)(struct connection *connection, struct arena *arena);

    /* The name of a publication that sends the record's tables to other databases; NULL where there is none. May be NULL. */
    const char *(*publication)(struct connection *connection, struct arena *arena);
};

/* What tools are told that change a table of this database online, in plumb's stead. */
struct dialect_tools {
    /* The bytes that a table takes, roughly. */
    bool (*table_size)(struct connection *connection, const struct object *table, int64_t *bytes,
                       struct error *error);

    /* What the connection was made with: "host", "port", "user", "socket", "database", "password"; ""
     * where there is none, NULL for another name. In the arena. */
    const char *(*connection_value)(struct connection *connection, struct arena *arena,
                                    const char *name);

    /* The environment variable by which clients of this database take a password. */
    const char *password_variable;
};

/* --- texts, for who edits them ------------------------------------------------------------------- */

/* A stretch of a text of SQL; what lies between two of them is blanks and comments. */
struct text_piece {
    size_t start;
    size_t code_end; /* behind its last byte, before what ends it */
    size_t end;      /* behind the semicolon (or other delimiter), which may be missing */
    bool verbatim;   /* none of SQL's statements: a line for the client, rows of COPY */
};

struct text_pieces {
    struct text_piece *items;
    size_t count;
    size_t room;
};

void text_pieces_add(struct text_pieces *pieces, struct arena *arena, struct text_piece piece);

enum mark_kind {
    MARK_COMMENT,
    MARK_WORD, /* a keyword or a name without quotes */
    MARK_NAME, /* in quotes, with them */
    MARK_STRING,
    MARK_NUMBER,
    MARK_OTHER /* one character */
};

struct text_mark {
    enum mark_kind kind;
    size_t start;
    size_t end;
};

/* How texts of SQL are cut. No function of these fails on a text that the interpreter has understood. */
struct dialect_layout {
    /* Cuts a text into statements, in order. server: what files are for, a flavour as states.set_flavor takes it,
     * or NULL. */
    bool (*cut)(const char *text, size_t length, const char *server, struct arena *arena,
                struct text_pieces *pieces, struct error *error);

    /* The first mark at or after from, blanks skipped; false at the end. Never fails. */
    bool (*mark)(const char *text, size_t length, size_t from, struct text_mark *mark);

    /* True for a word of the language that may stand in capitals or not, and for one that no name without quotes can be. */
    bool (*is_keyword)(const char *word, size_t length);
    bool (*is_reserved)(const char *word, size_t length);
};

/* A dialect that has nothing to say to a job has no table for it, and one without such a function none in the table:
 * only where a comment says what NULL means. */
struct dialect {
    const char *name; /* postgres, mysql */
    enum secret_syntax secret_syntax;
    const struct dialect_client *client; /* NULL: the library wants nothing */
    const struct dialect_states *states;
    const struct dialect_comparing *comparing;
    const struct dialect_planning *planning;
    const struct dialect_writing *writing;
    const struct dialect_scripts *scripts;
    const struct dialect_layout *layout;
    const struct dialect_running *running;
    const struct dialect_locking *locking;
    const struct dialect_recording *recording; /* NULL: the record is kept in a file */
    const struct dialect_tools *tools;         /* NULL: there are none for this database */
};

/* All dialects, NULL-terminated. */
extern const struct dialect *const dialects[];

/* The dialect of a URL; NULL when none takes it. */
const struct dialect *dialect_of_url(const char *url);
const struct dialect *dialect_find(const char *name);

/* The dialect of a flavour; NULL when none takes it. */
const struct dialect *dialect_of_flavor(const char *flavor);

#endif
