/* What the rooms load, diff, plan, exec and report ask of a dialect. A dialect is one constant table
 * of functions; only the registry (dialects.c) names them. */
#ifndef PLUMB_DIALECT_H
#define PLUMB_DIALECT_H

#include "core/error.h"
#include "model/model.h"
#include "plan/step.h"

/* A piece of SQL text with the name by which messages call it. */
struct source_text {
    const char *file;
    const char *text;
    size_t length;
    /* Reads a file that the text includes (\i path; relative: \ir) in the same state; NULL where the
     * state has no files. The result is malloc memory. */
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

/* Which of the optional parts of a model are compared even where the wanted model does not speak of
 * them. */
struct manage {
    bool owners;     /* an owner that is not stated is the connection's user */
    bool privileges; /* what is not granted is revoked */
    bool unmodelled; /* objects that plumb does not model and the wanted state lacks are dropped */
};

struct dialect {
    const char *name; /* postgres, mysql */

    /* --- states ------------------------------------------------------------------------------ */

    /* True when the text is a URL or connection string of this dialect. */
    bool (*is_url)(const char *text);

    /* The URL without its secrets, in the arena. */
    const char *(*url_without_secrets)(struct arena *arena, const char *url);

    /* Interprets SQL texts, in order, into an unresolved model. */
    bool (*interpret)(const struct source_text *sources, size_t count, struct model *model,
                      struct error *error);

    /* Connects; NULL with an error. close frees. */
    struct connection *(*connect)(const char *url, struct error *error);
    void (*close)(struct connection *connection);

    /* Reads the whole catalog into an unresolved model, in a fixed number of round trips; inside
     * the current transaction if there is one, in a read-only one of its own otherwise. */
    bool (*read)(struct connection *connection, struct model *model, struct error *error);

    /* Brings an unresolved model to its canonical form and finds what objects need. Renamed objects
     * (former_name) are printed under their new names everywhere. server_version: of the server
     * that the model is for (0: the newest). Does not seal. */
    bool (*resolve)(struct model *model, int server_version, struct error *error);

    /* Adapts two resolved models to each other before comparison: takes out (model_remove) or fills
     * in what only one of them can know (implied copies, defaults of the server, unnamed versions,
     * owners and privileges that are not managed). */
    void (*reconcile)(struct model *from, struct model *to, const struct manage *manage);

    /* Layer 3: asks the server whether pairs of objects that differ only in expressions are equal;
     * where they are, sets to's expressions to from's canonical text. connection: to from's
     * database, may be NULL (then nothing is done). */
    bool (*ask)(struct connection *connection, struct model *from, struct model *to,
                const struct pointer_list *from_objects, const struct pointer_list *to_objects,
                struct error *error);

    /* --- plan --------------------------------------------------------------------------------- */

    /* The rule for a compared field. */
    struct field_rule (*field_rule)(enum kind kind, const char *field);

    /* True when this very change, though its fields have ALTER rules, needs the object to be dropped
     * and made anew (a view whose columns change, say). */
    bool (*must_replace)(const struct object *before, const struct object *after, uint64_t changed,
                         int server_version);

    /* True when dependent (which needs `before` in the old model) has to be ended before the change
     * and made anew after it: a view on a column whose type changes. */
    bool (*must_end_dependent)(const struct object *dependent, const struct object *before,
                               const struct object *after, uint64_t changed, int server_version);

    /* The object of whose CREATE statement this new one can be a part, NULL when it needs
     * a statement of its own: a column or a check of its table. */
    const struct object *(*folds_into)(const struct object *object);

    /* The object (a table) whose ALTER statement an action on this one can be a part of: its column is
     * added, its index dropped. That object stays; all actions that join it are handed to
     * alter_joined together. NULL: the action has a statement of its own. NULL as a function: nothing
     * joins anything. */
    const struct object *(*joins)(const struct object *object, enum step_action action);

    /* True when dropping ancestor silently ends object as well (its columns, indexes, comment, ...);
     * the ancestor is dropped in the same plan. */
    bool (*ends_with)(const struct object *object, const struct object *ancestor);

    /* The name slot that an object takes ("relation:public/users"), so that what frees it runs first;
     * NULL when its identity alone says it. In the arena. */
    const char *(*slot)(struct arena *arena, const struct object *object);

    /* The statements that make the object; folded holds the objects (children, in model order) that
     * folds_into put into it. */
    void (*create)(struct step_sink *sink, const struct object *object,
                   const struct pointer_list *folded);
    void (*drop)(struct step_sink *sink, const struct object *object);
    void (*alter)(struct step_sink *sink, const struct object *before, const struct object *after,
                  uint64_t changed);
    /* What joins has brought together, in the order of actions: before and after are the object that
     * stays, changed its own changed fields (0: none). Writes one statement, or several where the server
     * refuses them together. */
    void (*alter_joined)(struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count);
    /* The object still has its former name in the database; it is to get its own. */
    void (*rename)(struct step_sink *sink, const struct object *object);
    /* One of the object's labels (of an enum) is to be called so instead of former. */
    void (*rename_label)(struct step_sink *sink, const struct object *object, const char *former,
                         const char *label);

    /* Statements that go before and after the plan's own ("SET check_function_bodies = false"). */
    void (*session)(struct step_sink *before, struct step_sink *after, const struct model *from,
                    const struct model *to);

    /* --- exec --------------------------------------------------------------------------------- */

    bool (*begin)(struct connection *connection, struct error *error);
    bool (*commit)(struct connection *connection, struct error *error);
    void (*rollback)(struct connection *connection);

    /* Runs one statement. */
    bool (*run)(struct connection *connection, const char *sql, struct statement_result *result,
                struct error *error);

    /* Takes the lock that keeps two applies apart, without waiting; *taken tells. It goes with the
     * connection. */
    bool (*lock)(struct connection *connection, bool *taken, struct error *error);

    /* Sets how long a statement may wait for a lock. */
    bool (*set_lock_timeout)(struct connection *connection, int milliseconds, struct error *error);

    /* Cancels the running statement; may be called from another thread or a signal handler. */
    void (*cancel)(struct connection *connection);

    int (*server_version)(const struct connection *connection);
    bool (*read_only)(const struct connection *connection);
};

/* All dialects, NULL-terminated. */
extern const struct dialect *const dialects[];

/* The dialect of a URL; NULL when none takes it. */
const struct dialect *dialect_of_url(const char *url);
const struct dialect *dialect_find(const char *name);

#endif
