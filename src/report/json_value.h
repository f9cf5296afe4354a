/* What the JSON reports share. A value is a part of its whole before anything is put into it, so that the
 * whole alone has to be given back where memory runs out. */
#ifndef PLUMB_REPORT_JSON_VALUE_H
#define PLUMB_REPORT_JSON_VALUE_H

#include <jansson.h>

#include "core/buffer.h"
#include "plan/plan.h"

/* A new object, to be printed by json_print. */
json_t *json_new(void);

/* New ones inside of an object, or of an array. */
json_t *json_put_object(json_t *object, const char *name);
json_t *json_put_array(json_t *object, const char *name);
json_t *json_add_object(json_t *array);

/* Puts what another of jansson's functions has just made, and takes it. */
void json_put(json_t *object, const char *name, json_t *value);

/* A text; null for NULL. Texts come from files and servers: what is no UTF-8 is shown by question
 * marks. */
void json_put_text(json_t *object, const char *name, const char *text);
void json_put_piece(json_t *object, const char *name, const char *text, size_t length);
void json_add_text(json_t *array, const char *text);
void json_put_count(json_t *object, const char *name, size_t count);
void json_put_number(json_t *object, const char *name, json_int_t number);
void json_put_flag(json_t *object, const char *name, bool flag);

/* json.c: states, steps with hazards and locks, and the statements around them, into the object. */
void json_put_plan(json_t *value, const struct plan *plan, struct arena *scratch);

/* Appends the value as lines, and frees it. */
void json_print(json_t *value, struct buffer *out);

/* Frees what json_new or json_parse has given. */
void json_free(json_t *value);

/* The value of a text; NULL where it is none. Freed by json_free. */
json_t *json_parse(const char *text);

#endif
