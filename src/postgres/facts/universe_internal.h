/* How the universe keeps its objects; for universe*.c, types.c and analyze*.c only. */
#ifndef PLUMB_POSTGRES_FACTS_UNIVERSE_INTERNAL_H
#define PLUMB_POSTGRES_FACTS_UNIVERSE_INTERNAL_H

#include "core/map.h"
#include "postgres/facts/universe.h"

/* Objects of one name in any schema, first added first. */
struct universe_entry {
    const char *schema;
    void *object;
    struct universe_entry *next;
};

struct universe_opclass {
    const char *access_method;
    const char *name; /* qualified unless built in */
    const struct pg_type *type;
    struct universe_opclass *next;
};

struct universe_cast {
    struct pg_cast cast;
    struct universe_cast *next;
};

struct pg_universe {
    struct arena *arena;
    int major;
    struct text_list path; /* effective: pg_catalog is in it */
    struct pg_type *builtin_types;
    struct pg_function **builtin_functions; /* made when first looked at */
    struct pg_operator **builtin_operators;
    struct map types;               /* name -> struct universe_entry, user objects only */
    struct pointer_list user_types; /* in the order of their making, without arrays */
    struct map relations;
    struct map functions;
    struct map operators;
    struct map named;             /* "class\x1fname" -> struct universe_entry, without an object */
    struct map builtin_relations; /* "schema.name" -> struct pg_relation, those looked at */
    struct map extensions;        /* those added */
    const struct text_list *offers; /* pg_universe_offer; NULL: none */
    struct map resolved;            /* text of a type name -> struct resolved_type */
    struct universe_cast *casts;
    bool casts_unknown; /* pg_universe_doubt_casts */
    struct universe_opclass *opclasses;
    struct known_types *known_types;   /* canon/internal.h */
    struct pg_type *information_types; /* the domains of information_schema */
};

/* Built-in types by name; NULL when this server has none. Fast for a few names: keep the pointer. */
const struct pg_type *universe_builtin_type(const struct pg_universe *universe, const char *name);

/* Types by their place in builtin.def; NULL for -1. */
const struct pg_type *universe_type_at(const struct pg_universe *universe, int index);

/* Calls visit for every function (operator) of that name: in schema, or in any schema of the search
 * path; place is the position in the path. */
typedef void universe_visit(void *object, int place, void *context);
void universe_functions(const struct pg_universe *universe, const char *schema, const char *name,
                        universe_visit *visit, void *context);
void universe_operators(const struct pg_universe *universe, const char *schema, const char *name,
                        universe_visit *visit, void *context);

/* The cast between exactly these types, or NULL. */
const struct pg_cast *universe_cast(const struct pg_universe *universe,
                                    const struct pg_type *source, const struct pg_type *target,
                                    struct pg_cast *built_in);

/* The relation with its columns filled in; NULL when there is none. */
struct pg_relation *universe_filled(struct pg_relation *relation);

bool universe_in_path(const struct pg_universe *universe, const char *schema);

/* The type below domains, and its modifier if typmod is given. */
const struct pg_type *universe_base_type(const struct pg_type *type, int32_t *typmod);

/* True when a value of source can stand for target without any conversion. */
bool universe_binary_coercible(const struct pg_universe *universe, const struct pg_type *source,
                               const struct pg_type *target);

#endif
