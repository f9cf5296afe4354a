/* Small models made by hand, and the statements that the writer makes of them. */
#ifndef PLUMB_TESTS_WRITE_FIXTURE_H
#define PLUMB_TESTS_WRITE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/fields.h"
#include "model/model.h"
#include "plan/step.h"
#include "postgres/write/rules.h"
#include "postgres/write/write.h"

struct fixture {
    struct model *from;
    struct model *to;
    struct step_sink sink;
};

static inline struct object *add(struct model *model, enum kind kind, struct object *parent,
                                 const char *name)
{
    struct object *object = model_add(model, kind, parent, name, NULL);

    assert_non_null(object);
    return object;
}

static inline struct object *add_column(struct model *model, struct object *table, const char *name,
                                        const char *type, int position)
{
    struct object *object = add(model, KIND_COLUMN, table, name);

    as_column(object)->type = type;
    as_column(object)->position = position;
    as_column(object)->statistics = -1;
    return object;
}

static inline struct expression expression(const char *text)
{
    return (struct expression){.written = text, .canonical = text};
}

static inline void add_default(struct model *model, struct object *column, const char *text)
{
    as_default_value(add(model, KIND_DEFAULT, column, ""))->expression = expression(text);
}

static inline void add_text(struct model *model, struct text_list *list, const char *text)
{
    text_list_add(list, model->arena, text);
}

/* Two models with the schema app each. */
static inline struct fixture fixture_new(int server_version)
{
    struct fixture fixture = {.from = model_new("from"), .to = model_new("to")};

    add(fixture.from, KIND_SCHEMA, NULL, "app");
    add(fixture.to, KIND_SCHEMA, NULL, "app");
    fixture.sink = (struct step_sink){.arena = fixture.to->arena,
                                      .server_version = server_version,
                                      .from = fixture.from,
                                      .to = fixture.to};
    return fixture;
}

static inline void fixture_free(struct fixture *fixture)
{
    model_free(fixture->from);
    model_free(fixture->to);
}

static inline struct object *schema_of(struct model *model)
{
    return model_find(model, KIND_SCHEMA, NULL, "app", NULL);
}

/* All below an object: what a CREATE with everything folded gets. */
static inline void collect_below(struct model *model, const struct object *object,
                                 struct pointer_list *list)
{
    for (struct object *child = object->first_child; child; child = child->next_sibling) {
        const struct object *into = pg_folds_into(child);

        if (!into)
            continue;
        pointer_list_add(list, model->arena, child);
        collect_below(model, child, list);
    }
}

/* The statements, joined by ";\n". */
static inline const char *statements(struct fixture *fixture)
{
    struct text_list texts = {0};

    for (size_t i = 0; i < fixture->sink.steps.count; i++)
        text_list_add(&texts, fixture->sink.arena, fixture->sink.steps.items[i].sql);
    return text_list_join(&texts, fixture->sink.arena, ";\n");
}

static inline const char *created(struct fixture *fixture, const struct object *object)
{
    struct pointer_list folded = {0};

    collect_below(fixture->to, object, &folded);
    fixture->sink.steps.count = 0;
    fixture->sink.object = object;
    fixture->sink.action = ACTION_CREATE;
    pg_create(&fixture->sink, object, &folded);
    return statements(fixture);
}

static inline const char *dropped(struct fixture *fixture, const struct object *object)
{
    fixture->sink.steps.count = 0;
    pg_drop(&fixture->sink, object);
    return statements(fixture);
}

static inline const char *altered(struct fixture *fixture, const struct object *before,
                                  const struct object *after)
{
    fixture->sink.steps.count = 0;
    pg_alter(&fixture->sink, before, after, fields_changed(before, after));
    return statements(fixture);
}

static inline bool has_hazard(const struct fixture *fixture, size_t step, enum hazard hazard)
{
    return fixture->sink.steps.items[step].hazards >> hazard & 1;
}

#endif
