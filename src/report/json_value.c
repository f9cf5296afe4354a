/* What the JSON reports share. */
#include "report/json_value.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

json_t *json_value_text(const char *text)
{
    json_t *value = text ? json_string(text) : json_null();
    char *copy;

    if (value)
        return value;
    copy = memory_alloc(strlen(text) + 1);
    for (size_t i = 0; i <= strlen(text); i++)
        copy[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
    value = json_string(copy);
    free(copy);
    return value;
}

void json_put_text(json_t *object, const char *name, const char *text)
{
    json_object_set_new(object, name, json_value_text(text));
}

void json_put_number(json_t *object, const char *name, json_int_t number)
{
    json_object_set_new(object, name, json_integer(number));
}

void json_put_count(json_t *object, const char *name, size_t count)
{
    json_put_number(object, name, (json_int_t)count);
}

void json_print(json_t *value, struct buffer *out)
{
    char *text = json_dumps(value, JSON_INDENT(2));

    if (text) {
        buffer_append(out, text);
        buffer_append_char(out, '\n');
    }
    free(text);
    json_decref(value);
}
