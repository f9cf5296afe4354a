/* What the JSON reports share. */
#ifndef PLUMB_REPORT_JSON_VALUE_H
#define PLUMB_REPORT_JSON_VALUE_H

#include <jansson.h>

#include "core/buffer.h"
#include "plan/plan.h"

/* A string; null for NULL. Texts come from files and servers: what is no UTF-8 is shown by question
 * marks. */
json_t *json_value_text(const char *text);
void json_put_text(json_t *object, const char *name, const char *text);
void json_put_count(json_t *object, const char *name, size_t count);
void json_put_number(json_t *object, const char *name, json_int_t number);

/* json.c: states, steps with hazards and locks, and the statements around them, into the object. */
void json_put_plan(json_t *value, const struct plan *plan, struct arena *scratch);

/* Appends the value as lines, and frees it. */
void json_print(json_t *value, struct buffer *out);

#endif
