/* SQL texts into an unresolved model. */
#ifndef PLUMB_POSTGRES_INTERPRET_INTERPRET_H
#define PLUMB_POSTGRES_INTERPRET_INTERPRET_H

#include "dialect/dialect.h"

/* The dialect's interpret (dialect.h). */
bool pg_interpret(const struct source_text *sources, size_t count, struct model *model,
                  struct error *error);

/* Notes in a catalog's model what files meant for it may use undeclared. */
void pg_note_known(struct model *model);

#endif
