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

/* What it is, in the words of people: its kind's printed name, but a procedure, a window function, a foreign table and
 * a partition by theirs. */
const char *object_kind_name(const struct object *object);

/* "column public.users.name to full_name", "table app.users to auth.users", in the arena: how an object is called in
 * the database, whose name and schema (NULL: none other) are the former ones, and what it is to be called, both quoted and
 * shown as identity_print does. */
char *identity_print_rename(struct arena *arena, const struct object *object,
                            const char *former_name, const char *former_schema, const char *name);

/* The path alone: public.users.id, app.f(integer). */
char *identity_path(struct arena *arena, const struct object *object);

/* "schema.name", as authors write it: nothing is quoted. */
char *identity_qualify(struct arena *arena, const char *schema, const char *name);

/* The kind's printed name ("materialized view"), and its word in keys ("materialized_view"). */
const char *kind_name(enum kind kind);
const char *kind_word(enum kind kind);

#endif
