/* Statements from the facts of objects that no kind covers (see facts.h). */
#ifndef PLUMB_POSTGRES_WRITE_DESCRIBED_H
#define PLUMB_POSTGRES_WRITE_DESCRIBED_H

#include "postgres/write/write.h"

/* Writes what makes the object; false where its facts do not say enough. */
bool write_described_create(struct step_sink *sink, const struct object *object);

/* Writes what brings about the change; only where write_described_alters said so. */
void write_described_alter(struct step_sink *sink, const struct object *before,
                           const struct object *after);

/* True when ALTER can lead from the one to the other. */
bool write_described_alters(const struct object *before, const struct object *after);

#endif
