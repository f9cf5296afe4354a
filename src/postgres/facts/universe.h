/* What exists when an expression is resolved: the built-in types, functions, operators, casts and
 * operator classes of PostgreSQL (facts of the server, generated into builtin.def) and the objects
 * of one model, registered here before the first analysis. The analyzer asks only this; it knows
 * neither the model nor the catalog. All strings are kept by reference unless said otherwise. */
#ifndef PLUMB_POSTGRES_FACTS_UNIVERSE_H
#define PLUMB_POSTGRES_FACTS_UNIVERSE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/list.h"

enum pg_type_class {
    PG_TYPE_BASE = 'b',
    PG_TYPE_COMPOSITE = 'c',
    PG_TYPE_DOMAIN = 'd',
    PG_TYPE_ENUM = 'e',
    PG_TYPE_PSEUDO = 'p',
    PG_TYPE_RANGE = 'r',
    PG_TYPE_MULTIRANGE = 'm',
};

struct pg_type {
    const char *schema;
    const char *name;         /* as in pg_type: int4, _int4, varchar, my_enum */
    const char *print_name;   /* the name to print where it is being renamed, else NULL */
    const char *print_schema; /* likewise */
    enum pg_type_class type_class;
    char category; /* typcategory */
    bool preferred;
    bool collatable;
    const struct pg_type *element;      /* of a true array type, else NULL */
    const struct pg_type *array;        /* its array type, or NULL */
    const struct pg_type *base;         /* of a domain */
    int32_t base_typmod;                /* of a domain, -1 none */
    const struct pg_type *subtype;      /* of a range or multirange */
    const struct pg_relation *relation; /* the columns of a composite or row type, else NULL */
    bool user;                      /* from the model (or an extension): a dependency to report */
    const struct text_list *labels; /* of an enum; NULL: not known */
    struct text_list *
        modifiers; /* of a type that is not built in: texts, whose places are modifiers; NULL none so far */
};

struct pg_column {
    const char *name;
    const char *print_name;     /* where it is being renamed, else NULL */
    const struct pg_type *type; /* NULL: unknown */
    int32_t typmod;             /* -1 none */
    const char *collation;      /* qualified name if not the type's default, else NULL */
    bool not_null;
};

struct pg_relation {
    const char *schema;
    const char *name;
    const char *print_name; /* where it is being renamed, else NULL */
    const char *print_schema;
    char kind; /* relkind: r p v m f c S */
    const struct pg_column *columns;
    int column_count;
    /* The columns of the primary key, for GROUP BY on it; NULL-terminated, or NULL. */
    const char *const *primary_key;
    /* Where columns is still NULL: called once when they are first needed (a view analyzes its
     * query then); must set columns and column_count, or leave them for "unknown". */
    void (*fill)(struct pg_relation *relation, void *context);
    void *fill_context;
    bool filling; /* set while fill runs, so that a cycle of views ends */
    bool user;
};

struct pg_function {
    const char *schema;
    const char *name;
    const char *print_name;
    const char *print_schema;
    char kind;                                   /* prokind: f p a w */
    int argument_count;                          /* input arguments */
    int default_count;                           /* how many of the last ones have defaults */
    const struct pg_type *const *argument_types; /* NULL entries: unknown */
    const char *const *argument_names;           /* NULL, or NULL entries where unnamed */
    bool variadic;                               /* the last argument is VARIADIC */
    bool returns_set;
    const struct pg_type *result; /* record for several OUT arguments */
    const struct pg_column
        *out_columns; /* OUT and TABLE columns where there are several or named */
    int out_column_count;
    bool user;
    const void
        *owner; /* the caller's own pointer (the model object), handed back with dependencies */
};

struct pg_operator {
    const char *schema;
    const char *name;
    const struct pg_type *left; /* NULL: prefix operator */
    const struct pg_type *right;
    const struct pg_type *result;
    bool user;
};

struct pg_cast {
    const struct pg_type *source;
    const struct pg_type *target;
    char context; /* castcontext: i a e */
    char method;  /* castmethod: f i b */
};

struct pg_universe;

/* The built-ins alone. server_major (13 to 18; 0 the newest) leaves out what that server does not
 * have yet. Memory and lifetime: the arena's. */
struct pg_universe *pg_universe_new(struct arena *arena, int server_major);

/* The server's version as server_version_num has it, but for the minor one. */
int pg_universe_version(const struct pg_universe *universe);

/* The schemas in which unqualified names are looked up, first to last; pg_catalog is searched first
 * unless listed. Copied. Default: public. */
void pg_universe_set_search_path(struct pg_universe *universe, const struct text_list *schemas);

/* Registers an object of the model. The struct is copied into the universe, and the copy returned
 * (for later completion: a domain's base, a relation's columns). pg_universe_add_type also makes
 * the array type (PostgreSQL's name: "_" and the name) unless the type is a pseudo-type.
 * pg_universe_add_relation also makes the row type and its array, except for sequences. */
struct pg_type *pg_universe_add_type(struct pg_universe *universe, struct pg_type type);
struct pg_relation *pg_universe_add_relation(struct pg_universe *universe,
                                             struct pg_relation relation);
struct pg_function *pg_universe_add_function(struct pg_universe *universe,
                                             struct pg_function function);
struct pg_operator *pg_universe_add_operator(struct pg_universe *universe,
                                             struct pg_operator operator_);
struct pg_cast *pg_universe_add_cast(struct pg_universe *universe, struct pg_cast cast);

/* There may be casts that nobody registers: what no known cast allows is possible all the same. */
void pg_universe_doubt_casts(struct pg_universe *universe);

/* What a database's extensions offer, as "NAME\nLINES" (catalog/offer.c): goes before what plumb knows of them by itself.
 * To be called before the first extension is added; the list has to outlive the universe. */
void pg_universe_offer(struct pg_universe *universe, const struct text_list *offers);

/* Registers what an extension brings into its schema (NULL: that of its control file), as far as plumb knows its members (citext,
 * hstore, ltree, pg_trgm, uuid-ossp, pgcrypto, ...); false for an extension it does not know. */
bool pg_universe_add_extension(struct pg_universe *universe, const char *extension,
                               const char *schema);

/* Registers the name of an object that plumb has no kind for ("collation", "text search configuration",
 * "operator", ...: as pg_identify_object calls them): expressions name such. */
void pg_universe_add_named(struct pg_universe *universe, const char *class_name, const char *schema,
                           const char *name);

/* The schema of the registered object that the name means; schema NULL: along the search path. NULL when there
 * is none, or when one that the server is born with comes first. */
const char *pg_universe_find_named(const struct pg_universe *universe, const char *class_name,
                                   const char *schema, const char *name);

/* Look-ups; schema NULL means the search path. NULL when there is none. */
const struct pg_type *pg_universe_type(const struct pg_universe *universe, const char *schema,
                                       const char *name);
struct pg_relation *pg_universe_relation(const struct pg_universe *universe, const char *schema,
                                         const char *name);

/* The default operator class of an access method for a type ("schema.name" or bare for
 * pg_catalog), looking through domains and binary-coercible types; NULL when there is none. */
const char *pg_universe_default_opclass(const struct pg_universe *universe,
                                        const char *access_method, const struct pg_type *type);

/* The type as format_type prints it under an empty search path: integer, character varying(20),
 * timestamp(3) without time zone, public.status[]. In the arena. */
const char *pg_type_format(const struct pg_type *type, int32_t typmod, struct arena *arena);

#endif
