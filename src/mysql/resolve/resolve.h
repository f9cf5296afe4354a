/* What the files of the resolver share: names of tables and routines, as texts call them, lead to the objects
 * of the model, and every expression gets its canonical form and its object's needs. */
#ifndef PLUMB_MYSQL_RESOLVE_RESOLVE_H
#define PLUMB_MYSQL_RESOLVE_RESOLVE_H

#include "core/map.h"
#include "model/model.h"
#include "mysql/canon/internal.h"

struct resolver {
    struct model *model;
    struct arena *arena;   /* the model's: for what stays */
    struct arena *scratch; /* for what ends with resolution */
    struct my_flavor flavor;
    const char *database; /* the one that the URL names, which is "" in the model; NULL */
    bool fold_case;       /* names of tables have no case */
    struct map relations; /* "schema\x1fname" as texts say -> struct object * */
    struct map functions; /* likewise, names in lower case */
    struct map sequences;
    struct map tables;     /* an object's key -> struct canon_table * */
    struct map results;    /* a view's key -> struct canon_table *, what its query gives */
    struct map busy;       /* views being resolved: keys */
    struct object *object; /* whose expressions are being resolved */
    struct error *error;
};

/* resolve.c: the columns of a table or view; views are resolved for it. */
const struct canon_table *resolver_table(struct resolver *resolver, struct object *object);

/* The child of that kind that texts call so: by its former name if it has one. Names have no case. */
struct object *resolver_child(const struct object *parent, enum kind kind, const char *name);

/* A canon for the texts of an object, whose columns are those of table (NULL: none). */
struct canon resolver_canon(struct resolver *resolver, struct object *object,
                            struct canon_scope *scope, struct object *table);

/* needs.c: what an object needs by its structure; names of renamed columns in lists. */
void my_resolver_needs(struct resolver *resolver, struct object *object);

/* `a`(10) DESC of a table, noted as needed by the object; the same where nothing is renamed. */
const char *resolver_key_column(struct resolver *resolver, struct object *object,
                                const struct object *table, const char *key);

/* expression.c: canonical forms and what expressions need. False with an error. */
bool my_resolver_expressions(struct resolver *resolver, struct object *object);

/* view.c: a view's query, once. */
bool resolver_view(struct resolver *resolver, struct object *view);

/* What canon could not look up: an error where a file is wrong, else the expression is incomplete. */
bool resolver_judge(struct resolver *resolver, struct object *object, struct expression *expression,
                    const struct canon *canon);

/* Unresolved to resolved: the dialect's resolve (dialect.h). */
bool my_resolve(struct model *model, int server_version, struct error *error);

#endif
