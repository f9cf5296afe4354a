/* What the JSON reports share. jansson gives nothing where it finds no memory. */
#include "report/json_value.h"

#include <stdlib.h>
#include <string.h>

#include "core/operation.h"
#include "core/text/shown.h"

static void release(void *value)
{
    json_decref(value);
}

static void release_text(void *text)
{
    free(text);
}

static json_t *hold(json_t *value)
{
    return operation_hold(value, release);
}

json_t *json_new(void)
{
    json_t *value = hold(json_object());

    if (!value)
        operation_fail_memory(0);
    return value;
}

void json_put(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        operation_fail_memory(0);
}

static void add(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        operation_fail_memory(0);
}

json_t *json_put_object(json_t *object, const char *name)
{
    json_t *value = json_object();

    json_put(object, name, value);
    return value;
}

json_t *json_put_array(json_t *object, const char *name)
{
    json_t *value = json_array();

    json_put(object, name, value);
    return value;
}

json_t *json_add_object(json_t *array)
{
    json_t *value = json_object();

    add(array, value);
    return value;
}

static json_t *piece_value(const char *text, size_t length)
{
    json_t *value = json_stringn(text, length);
    char *copy;

    if (value)
        return value;
    copy = memory_alloc(length);
    for (size_t i = 0; i < length; i++)
        copy[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
    value = json_stringn(copy, length);
    memory_free(copy);
    return value;
}

static json_t *text_value(const char *text)
{
    return text ? piece_value(text, strlen(text)) : json_null();
}

void json_put_text(json_t *object, const char *name, const char *text)
{
    json_put(object, name, text_value(text));
}

void json_put_piece(json_t *object, const char *name, const char *text, size_t length)
{
    json_put(object, name, piece_value(text, length));
}

void json_add_text(json_t *array, const char *text)
{
    add(array, text_value(text));
}

void json_put_number(json_t *object, const char *name, json_int_t number)
{
    json_put(object, name, json_integer(number));
}

void json_put_count(json_t *object, const char *name, size_t count)
{
    json_put_number(object, name, (json_int_t)count);
}

void json_put_flag(json_t *object, const char *name, bool flag)
{
    json_put(object, name, json_boolean(flag));
}

static char *dump(const json_t *value, size_t flags)
{
    char *text = operation_hold(json_dumps(value, JSON_INDENT(2) | flags), release_text);

    if (!text)
        operation_fail_memory(0);
    return text;
}

/* People read it on terminals too: what would act on one there is written as \u.... */
void json_print(json_t *value, struct buffer *out)
{
    char *text = dump(value, 0);

    if (!text_is_shown_plain(text, strlen(text), true)) {
        operation_drop(text);
        free(text);
        text = dump(value, JSON_ENSURE_ASCII);
    }
    buffer_append(out, text);
    buffer_append_char(out, '\n');
    operation_drop(text);
    free(text);
    json_free(value);
}

void json_free(json_t *value)
{
    operation_drop(value);
    json_decref(value);
}

json_t *json_parse(const char *text)
{
    json_error_t problem;
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &problem);

    if (!value && json_error_code(&problem) == json_error_out_of_memory)
        operation_fail_memory(0);
    return hold(value);
}
