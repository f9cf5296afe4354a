/* For tests of the interpreter: SQL in, objects and fields expected. An expectation is
 *
 *   "identity | field=value | field=value"   the object is there and its fields print so
 *   "! identity"                             there is no such object
 *   "error: text"                            the SQL is refused with such a message
 *
 * with identities and values as identity_print and field_print write them; "chosen", "implied" are
 * true for an object with that mark. */
#ifndef PLUMB_TESTS_INTERPRETED_H
#define PLUMB_TESTS_INTERPRETED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/fields.h"
#include "model/identity.h"
#include "postgres/interpret/interpret.h"

enum { most_expectations = 24 };

struct interpreted_case {
    const char *sql;
    const char *expected[most_expectations]; /* ended by NULL */
};

static const struct object *interpreted_find(const struct model *model, const char *identity)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (!object->removed && strcmp(identity_print(model->arena, object), identity) == 0)
            return object;
    }
    return NULL;
}

static void interpreted_field(const struct model *model, const struct object *object,
                              const char *expectation, const char *sql)
{
    const char *equals = strchr(expectation, '=');
    char *name = arena_strndup(model->arena, expectation, (size_t)(equals - expectation));
    struct fields fields = kind_fields(object->kind);
    int number = kind_field(object->kind, name);
    const char *value;

    if (number < 0)
        fail_msg("%s: no field %s", sql, name);
    value = field_print(model->arena, object, &fields.items[number]);
    if (strcmp(value, equals + 1) != 0)
        fail_msg("%s\n%s: %s is <%s>, not <%s>", sql, identity_print(model->arena, object), name,
                 value, equals + 1);
}

static void interpreted_expect(const struct model *model, const char *expectation, const char *sql)
{
    char *text = arena_strdup(model->arena, expectation);
    char *part = strstr(text, " | ");
    bool absent = text[0] == '!';
    const struct object *object;

    if (part) {
        *part = '\0';
        part += 3;
    }
    object = interpreted_find(model, absent ? text + 2 : text);
    if (absent ? object != NULL : object == NULL)
        fail_msg("%s\n%s: %s", sql, text, object ? "is there" : "is not there");
    while (part) {
        char *next = strstr(part, " | ");

        if (next) {
            *next = '\0';
            next += 3;
        }
        if (strcmp(part, "implied") == 0)
            assert_true(object->implied);
        else if (strcmp(part, "chosen") == 0)
            assert_true(object->name_chosen);
        else
            interpreted_field(model, object, part, sql);
        part = next;
    }
}

static void interpreted_check(const struct interpreted_case *wanted)
{
    struct source_text source = {
        .file = "test.sql", .text = wanted->sql, .length = strlen(wanted->sql)};
    struct model *model = model_new("test");
    struct error error = {0};
    const char *refused = wanted->expected[0];
    bool done = pg_interpret(&source, 1, model, &error);

    if (refused && strncmp(refused, "error: ", strlen("error: ")) == 0) {
        if (done || !strstr(error.message, refused + strlen("error: ")))
            fail_msg("%s\nexpected %s, got <%s>", wanted->sql, refused,
                     done ? "none" : error.message);
    } else if (!done) {
        fail_msg("%s\n%d:%d: %s", wanted->sql, error.line, error.column, error.message);
    }
    for (size_t i = 0; done && i < most_expectations && wanted->expected[i]; i++)
        interpreted_expect(model, wanted->expected[i], wanted->sql);
    model_free(model);
}

#define INTERPRETED_CHECK(cases)                                                                   \
    for (size_t i = 0; i < sizeof(cases) / sizeof(*(cases)); i++)                                  \
    interpreted_check(&(cases)[i])

#endif
