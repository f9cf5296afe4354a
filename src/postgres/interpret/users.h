/* Who may use an object: what DROP has to look at. Found once for a row of DROP statements, so that they cost no
 * look at the whole model each. */
#ifndef PLUMB_POSTGRES_INTERPRET_USERS_H
#define PLUMB_POSTGRES_INTERPRET_USERS_H

#include "postgres/interpret/base/interpreter.h"

/* The objects that may use the object, a part of it, or its type; views where it is a relation. In the model's
 * order, each once, also such as are removed by now. The interpreter's own statement decides whether what was
 * found before is still true: only DROP leaves it so. In scratch. */
struct pointer_list users_of(struct interpreter *interpreter, const struct object *object,
                             struct arena *scratch);

/* The objects that refer to the object or a part of it. In scratch. */
struct pointer_list users_by_reference(struct interpreter *interpreter, const struct object *object,
                                       struct arena *scratch);

/* Calls visit for each type that the object's own fields name (it may be NULL). */
void types_named_by(const struct object *object, void (*visit)(const char *type, void *context),
                    void *context);

/* Frees what was found. */
void users_forget(struct interpreter *interpreter);

#endif
