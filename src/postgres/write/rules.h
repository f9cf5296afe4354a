/* How changes are brought about, and what they bring with them: functions of the dialect (dialect.h). */
#ifndef PLUMB_POSTGRES_WRITE_RULES_H
#define PLUMB_POSTGRES_WRITE_RULES_H

#include "dialect/dialect.h"

struct field_rule pg_field_rule(enum kind kind, int field);
bool pg_must_replace(const struct object *before, const struct object *after, uint64_t changed,
                     int server_version);
bool pg_carries(const struct object *before, const struct object *after);
const struct object *pg_stored_in(const struct object *object);
void pg_carry(struct step_sink *sink, const struct object *before, const struct object *after);
bool pg_is_whole(const struct object *part);
bool pg_must_end_dependent(const struct object *dependent, const struct object *before,
                           const struct object *after, uint64_t changed, int server_version);
int64_t pg_place(const struct object *object);
const struct object *pg_folds_into(const struct object *object);
bool pg_ends_with(const struct object *object, const struct object *ancestor);
bool pg_only_ends(const struct object *object);
const char *pg_slot(struct arena *arena, const struct object *object);

#endif
