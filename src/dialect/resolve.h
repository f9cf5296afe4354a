/* The way through a model that is resolved; what is done with an object is the dialect's. */
#ifndef PLUMB_DIALECT_RESOLVE_H
#define PLUMB_DIALECT_RESOLVE_H

#include "model/model.h"

struct resolver; /* what a dialect knows meanwhile */

/* Resolves an object. False with an error. */
typedef bool resolve_function(struct resolver *resolver, struct object *object);

/* The text of a query that other queries may read from; NULL where the object is none. */
typedef const char *query_text_function(const struct object *object);

/* Resolves the queries: what one reads comes before it, so that nothing goes as deep as views build on one
 * another. False with an error at the object's place. */
bool resolve_queries(struct resolver *resolver, const struct model *model,
                     query_text_function *query_text, resolve_function *resolve,
                     struct error *error);

/* Resolves all objects, in their order, and tells how far it is. False with an error at the object's place. */
bool resolve_objects(struct resolver *resolver, const struct model *model,
                     resolve_function *resolve, struct error *error);

/* Gives an error that has no place yet the object's, where a file declares that. */
void resolve_place_error(const struct object *object, struct error *error);

/* The same at the first place of that text from where the object is declared, letter by letter; at the object's own where
 * there is none. */
void resolve_place_error_at(const struct object *object, const char *word, struct error *error);

#endif
