/* What is said of declarations: where another one is, which name may have been meant, what was not run. */
#ifndef PLUMB_DIALECT_DECLARATION_H
#define PLUMB_DIALECT_DECLARATION_H

#include "model/model.h"

/* The hint where the object is declared, if a file does: "The other declaration is" at a.sql:3. */
void declaration_hint(struct error *error, const char *words, const struct object *object);

/* The name that is nearest to one that is not there, of the parent's children of that kind; NULL where none is near. */
const char *declaration_nearest(struct arena *arena, const struct object *parent, enum kind kind,
                                const char *name);

/* Notes once that a statement at that place may make objects but was not run. */
void declaration_not_run(struct model *model, struct location place, const char *what);

#endif
