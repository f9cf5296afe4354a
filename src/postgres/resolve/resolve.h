/* What the files of the resolver share: an unresolved model gets its universe, every expression its
 * canonical form, every object what it needs. */
#ifndef PLUMB_POSTGRES_RESOLVE_RESOLVE_H
#define PLUMB_POSTGRES_RESOLVE_RESOLVE_H

#include "core/map.h"
#include "model/model.h"
#include "postgres/canon/canon.h"
#include "postgres/facts/universe.h"

struct resolved_type {
    const struct pg_type *type; /* NULL: unknown */
    int32_t typmod;
};

struct resolver {
    struct model *model;
    struct arena *arena;   /* the model's: for what stays */
    struct arena *scratch; /* for what ends with resolution */
    struct pg_universe *universe;
    struct map types;            /* type text -> struct resolved_type * */
    struct map relation_objects; /* "schema\x1fname" as in the universe -> struct object * */
    struct map type_objects;     /* likewise */
    struct map function_objects; /* likewise, by name alone -> struct pointer_list * of objects */
    struct map
        named_objects; /* "class\x1fschema\x1fname" of UNMODELLED ones -> struct pointer_list * */
    struct map relations; /* object's key -> struct pg_relation * */
    struct map functions; /* object's key -> struct pg_function * */
    struct error *error;
};

/* universe.c: registers everything that the model declares. */
void resolver_register(struct resolver *resolver);

/* The type that a text names (any spelling); type NULL where it is unknown. */
struct resolved_type resolver_type(struct resolver *resolver, const char *text);

/* The relation registered for a table, view, sequence or composite; NULL when there is none. */
struct pg_relation *resolver_relation(struct resolver *resolver, const struct object *object);
struct pg_function *resolver_function(struct resolver *resolver, const struct object *object);

/* The model object of a universe name; NULL when the model has none. */
struct object *resolver_find(const struct map *objects, const char *schema, const char *name);

/* The UNMODELLED objects of that name: operators and their classes may be several. NULL when there is none. */
const struct pointer_list *resolver_find_named(const struct resolver *resolver,
                                               const char *class_name, const char *schema,
                                               const char *name);

/* Notes these as needs of the object; schema NULL: along the path that was entered. Gives the schema, NULL where the
 * model has none. */
const char *resolver_need_named(struct resolver *resolver, struct object *object,
                                const char *class_name, const char *schema, const char *name);

/* Cuts "schema.name" (either part may be quoted) into raw names in the arena; schema NULL where there
 * is none. */
void resolver_split(struct arena *arena, const char *text, const char **schema, const char **name);

/* Sets the search path under which the object's texts were written. */
void resolver_enter(struct resolver *resolver, const struct object *object);

/* expression.c: canonical forms and what expressions need. False on a syntax error. */
bool resolver_expressions(struct resolver *resolver, struct object *object);

/* Analyzes a view's query once; the columns stay known for other views. */
bool resolver_query(struct resolver *resolver, struct object *view);

/* The query of a view as it was written; NULL for what has none. */
const char *resolver_query_text(const struct object *object);

/* key.c: one key of an index, exclusion constraint or partitioned table. */
bool resolver_key(struct resolver *resolver, struct object *object, struct object *table,
                  const char *method, struct expression *key);

/* Notes the dependencies of an analysis as needs of the object. */
void resolver_note_needs(struct resolver *resolver, struct object *object,
                         const struct pg_analysis *analysis);

/* False with an error at its place where the server is certain to refuse what was analyzed. */
bool resolver_accepts(struct resolver *resolver, const struct object *object,
                      const struct pg_analysis *analysis);

/* compatible.c: whether the values of a partition's bound can be of the types of the keys, and whether the columns of a
 * foreign key can be compared. False with an error where they cannot. */
bool resolver_bound(struct resolver *resolver, const struct object *attachment);
bool resolver_foreign_key(struct resolver *resolver, const struct object *key);

/* needs.c: what an object needs by its structure: types, columns, keys, functions. */
void resolver_needs(struct resolver *resolver, struct object *object);

/* body.c: what is used by code that making an object runs. */
void resolver_bodies(struct resolver *resolver);

/* Unresolved to resolved: the dialect's resolve (dialect.h). */
bool pg_resolve(struct model *model, int server_version, struct error *error);

#endif
