/* The one codec of identities: nobody else joins or splits qualified names.
 *
 * A key is kind ":" parent's key "/" name "(" signature ")", with "/", "\" and "(" in names escaped
 * by "\"; it is unique in a model and the same in every model, so keys compare across models. */
#ifndef PLUMB_MODEL_IDENTITY_H
#define PLUMB_MODEL_IDENTITY_H

#include "model/model.h"

/* The key of an object of that identity, in the arena. */
char *identity_key(struct arena *arena, enum kind kind, const struct object *parent,
                   const char *name, const char *signature);

/* "column public.users.id", "function app.f(integer)", "comment on table public.users", in the arena:
 * for messages. Names are quoted where SQL would need it, and shown without control characters. */
char *identity_print(struct arena *arena, const struct object *object);

/* The path alone: public.users.id, app.f(integer). */
char *identity_path(struct arena *arena, const struct object *object);

/* "schema.name", as authors write it: nothing is quoted. */
char *identity_qualify(struct arena *arena, const char *schema, const char *name);

/* The kind's printed name ("materialized view"), and its word in keys ("materialized_view"). */
const char *kind_name(enum kind kind);
const char *kind_word(enum kind kind);

#endif
