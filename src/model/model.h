/* The in-memory schema: objects of a kind, each with an identity, fields and references. Built by a
 * dialect (from SQL or from a catalog) as a tree of objects; then resolved by the dialect, which
 * brings expressions to canonical form and finds what each object needs; then sealed: sorted,
 * digested and read-only. Everything lives in the model's arena. */
#ifndef PLUMB_MODEL_MODEL_H
#define PLUMB_MODEL_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/digest.h"
#include "core/error.h"
#include "core/list.h"
#include "core/map.h"

enum kind {
    KIND_NONE,
#define KIND(upper, lower, printed) KIND_##upper,
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END
    KIND_COUNT
};

/* Both texts are NULL where there is no expression. Before the model is resolved, canonical is NULL
 * and written is what the author or the server wrote. */
struct expression {
    const char *written;   /* for DDL */
    const char *canonical; /* for comparison */
    bool incomplete;       /* the static layer could not resolve all of it: ask the server */
};

struct expression_list {
    struct expression *items;
    size_t count;
    size_t room;
};

void expression_list_add(struct expression_list *list, struct arena *arena,
                         struct expression expression);

/* Where an object was declared; file NULL when it comes from a database. */
struct location {
    const char *file;
    int line;
    int column;
};

/* What the server's statistics say of a table: never compared, not in snapshots, and perhaps out of date. */
struct table_size {
    bool known;
    int64_t rows;
    int64_t bytes; /* with its indexes */
};

/* What a comparison may do with an object of its models, and with what stands below it. */
enum hold {
    HOLD_NONE,   /* what is said of its parent */
    HOLD_FREE,   /* anything */
    HOLD_STANDS, /* this very object may be altered and is never dropped, nor made anew */
    HOLD_LEFT    /* nothing: it stays as the database has it */
};

struct object {
    enum kind kind;
    struct object *parent; /* NULL: the database itself */
    const char *name;
    const char *signature; /* routines: the input argument types "integer, text[]"; else NULL */
    const char *key;       /* the identity as one string, see identity.h; unique in the model */
    struct object *first_child;
    struct object *last_child;
    struct object *next_sibling;
    struct object *previous_sibling;
    struct pointer_list needs; /* struct object *: what must exist before it, besides its parent and
                                  references; each once */
    struct pointer_list
        uses; /* struct object *: what code that making this runs seems to use: comes
                                 before it where that closes no cycle, and matters to nothing else */
    struct location location;
    const struct text_list *search_path; /* under which its expressions were written; NULL: empty */
    const char *former_name;   /* set where the object was renamed for comparison: the name that the
                                  database still has */
    const char *former_schema; /* likewise, the schema's former name */
    bool implied; /* the server makes it by itself from a parent (a partition's copy of an index,
                        constraint or trigger): never made or dropped on its own */
    bool
        adopted; /* of files: used without being declared, and known to be in the database that they
                        are meant for, where it stays as it is */
    bool
        promised; /* of the model that is compared: not there yet, but what is renamed moves into it */
    enum hold hold; /* of the models that are compared */
    bool
        kept; /* of the wanted model that is compared: only the database has it, and nothing is dropped */
    bool declared; /* read back from a snapshot: a file declared it, though its place is lost */
    bool removed; /* taken out again (DROP in a file): model_seal leaves it out with its children */
    bool name_chosen;       /* the name was not written but chosen by the server's rule */
    const char *verbatim;   /* for unmodelled and special statements: the author's text */
    struct digest digest;   /* of the compared fields; set by model_seal */
    struct digest rollup;   /* of digest and the children's identities and rollups */
    size_t rank;            /* place in the sealed model's order */
    struct table_size size; /* of a table of a live database; not in snapshots */
};

#define TYPE_TEXT const char *
#define TYPE_FLAG bool
#define TYPE_NUMBER int64_t
#define TYPE_LIST struct text_list
#define TYPE_SET struct text_list
#define TYPE_OPTIONS struct text_list
#define TYPE_EXPRESSION struct expression
#define TYPE_EXPRESSIONS struct expression_list
#define TYPE_REFERENCE struct object *
#define TYPE_REFERENCES struct pointer_list

#define KIND(upper, lower, printed)                                                                \
    struct lower {                                                                                 \
        struct object object;
#define FIELD(lower, type, name, flags) TYPE_##type name;
#define END(upper, lower)                                                                          \
    }                                                                                              \
    ;
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END

/* as_table(object) and so on: the object as its own struct; where the kind is another, the operation fails as a
 * defect (core/operation.h). */
#define KIND(upper, lower, printed) struct lower *as_##lower(const struct object *object);
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END

/* A rename that the author asked for: the object that is now called so was former_name. */
struct rename_request {
    struct object *object;      /* in the wanted model; NULL for a label of an enum */
    struct object *enumeration; /* with label: an enum's value */
    const char *label;
    const char *former_name; /* without schema, or schema-qualified "schema.name" */
    bool certain; /* known to be still to be done: what has the wanted name now may be on its way to
                     another, and back to the former one of this */
    struct location location;
};

struct model {
    struct arena *arena;
    const char *source;       /* the state's name, without secrets */
    int server_version;       /* like 150020; 0: not from a server, no particular version */
    int target_version;       /* of files: of the server that they are meant for; 0: not known */
    const char *current_user; /* of the connection; NULL: none */
    struct map by_key;
    struct object **objects; /* all, sorted by kind and key once sealed */
    size_t count;
    size_t room;
    bool sealed;
    struct text_list default_path; /* of a database: the schemas that unqualified names go to; of
                                      files: the same of the database they are meant for */
    const char *
        step_path; /* of a live database: the search path that a plan's statements run under there */
    struct text_list schema_names;  /* of a database: the schemas it has */
    struct text_list known_schemas; /* of files: the schemas that database has, so that a file need
                                       not declare them */
    struct text_list
        spared_schemas; /* of files: those of the database that belong to somebody else, and that the files
                                        neither declare nor use; not in snapshots */
    struct text_list settings; /* "name=value", sorted by nothing: what the dialect must know of the
                                  server that the model comes from, or is meant for */
    struct text_list
        offers; /* what the server's own and its extensions' objects are, which no model has, in
                                  the dialect's words; not in snapshots: for as long as a run lasts */
    bool speaks_of_owners;     /* a file names an owner somewhere; a catalog always does */
    bool speaks_of_privileges; /* a file grants or revokes somewhere; a catalog always does */
    bool knows_privileges; /* who holds what of all objects, as a catalog does: what is not there is
                              not granted; files speak of what they name alone */
    struct rename_request *renames;
    size_t rename_count;
    size_t rename_room;
    struct text_list
        not_run;  /* of files: the places of statements that may make objects which the model
                                 lacks, as "schemas/a.sql:3: CALL" */
    bool partial; /* of files: what they do not name is left alone */
    const struct model *lender; /* of files, while they are read: the database that they are meant
                                   for; NULL: none (see lending.h) */
    const char *const *lent;    /* globs of what they may use of it; NULL: nothing */
    bool
        knows_sizes; /* of a live database: its tables' sizes were read with it; not in snapshots */
    struct text_list notes; /* for the user: "12 data statements skipped" */
    struct digest digest;   /* of everything; set by model_seal */
};

/* An empty model with an arena of its own; model_free frees both. */
struct model *model_new(const char *source);
void model_free(struct model *model);

/* Makes an object and puts it under its parent (NULL: the database). NULL when an object of that
 * identity exists already: find it by model_find. Names are copied. */
struct object *model_add(struct model *model, enum kind kind, struct object *parent,
                         const char *name, const char *signature);

/* The object of that identity, or NULL. Objects marked removed are not found. */
struct object *model_find(const struct model *model, enum kind kind, const struct object *parent,
                          const char *name, const char *signature);
/* Notes which statements were not run, and what that means. To be called once, when the files are read. */
void model_note_not_run(struct model *model);

struct object *model_find_key(const struct model *model, const char *key);

/* Takes an object and all below it out of the model; its identity is free again. */
void model_remove(struct model *model, struct object *object);

/* The same with all objects of a kind. */
void model_remove_kind(struct model *model, enum kind kind);

/* Gives an object another name, signature or parent; keys of everything below it follow. False
 * when that identity is taken. */
bool model_rename(struct model *model, struct object *object, struct object *parent,
                  const char *name, const char *signature);

/* Notes that object cannot exist without the other (ignored for NULL, itself, and repeats). */
void model_need(struct model *model, struct object *object, struct object *other);

/* Notes that making the object runs code which uses the other (likewise). */
void model_use(struct model *model, struct object *object, struct object *other);

void model_request_rename(struct model *model, struct rename_request request);

/* Sorts the objects and sets, computes digests, and makes the model read-only. */
void model_seal(struct model *model);

/* What went without saying of the connection's user is said: what is written of the model is the same whoever reads it. */
void model_name_user(struct model *model);

/* The name by which the database knows the object before the plan runs: one that is renamed still has its former one. */
const char *object_present_name(const struct object *object);

/* The first child of that kind and name (signature ignored); NULL when there is none. */
struct object *object_child(const struct object *object, enum kind kind, const char *name);

/* True if a file declares it, rather than only using it; also when the model comes from a snapshot of one
 * that was made from files. */
bool object_is_declared(const struct object *object);

/* The next object of the kind after `after` (NULL: the first) among an object's children. */
struct object *object_next_child(const struct object *object, enum kind kind,
                                 const struct object *after);

/* The nearest object of that kind upwards, the object itself included; NULL when there is none. */
struct object *object_ancestor(const struct object *object, enum kind kind);

/* True when the object is the ancestor, or stands below it. */
bool object_is_below(const struct object *object, const struct object *ancestor);

/* The object no longer needs the ancestor, nor anything below it. */
void object_forget_below(struct object *object, const struct object *ancestor);

/* True when the nearest of the object and those above it of which something is said has to stay as it is. */
bool object_is_left(const struct object *object);

/* True when the other is among what the object needs. */
bool object_needs(const struct object *object, const struct object *other);

/* Where the objects of that kind (and later ones) begin in a sealed model; 0 in others. */
size_t model_first_of(const struct model *model, enum kind kind);

#endif
