/* How changes are brought about, and what they bring with them: functions of the dialect (dialect.h). */
#ifndef PLUMB_MYSQL_WRITE_RULES_H
#define PLUMB_MYSQL_WRITE_RULES_H

#include "dialect/dialect.h"

struct field_rule my_field_rule(enum kind kind, int field);
bool my_must_replace(const struct object *before, const struct object *after, uint64_t changed,
                     int server_version);
bool my_must_end_dependent(const struct object *dependent, const struct object *before,
                           const struct object *after, uint64_t changed, int server_version);
bool my_holds(const struct object *dependent);
const struct object *my_folds_into(const struct object *object);
const struct object *my_joins(const struct object *object, enum step_action action);
bool my_ends_with(const struct object *object, const struct object *ancestor);
const char *my_slot(struct arena *arena, const struct object *object);

#endif
