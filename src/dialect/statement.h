/* Statements of a plan as all writers make them: with a lock and hazards, which count for nothing where the table
 * is new; and what the plan's models say of an object. */
#ifndef PLUMB_DIALECT_STATEMENT_H
#define PLUMB_DIALECT_STATEMENT_H

#include <stdarg.h>

#include "core/buffer.h"
#include "plan/step.h"

/* Adds the statement in the buffer, which is freed, or the one that format makes. The step is valid until the next one. */
struct step *write_buffer(struct step_sink *sink, enum step_lock lock, struct buffer *sql);
struct step *write_formatted(struct step_sink *sink, enum step_lock lock, const char *format,
                             va_list arguments) __attribute__((format(printf, 3, 0)));

/* Notes a hazard. On a table that the same plan makes only lossy ones count. */
void write_hazard(const struct step_sink *sink, struct step *step, enum hazard hazard);

/* The object of the same identity in the plan's models; NULL when there is none. */
struct object *write_wanted(const struct step_sink *sink, const struct object *object);
struct object *write_present(const struct step_sink *sink, const struct object *object);

#endif
