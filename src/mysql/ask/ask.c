/* The third layer of equivalence: where a present and a wanted object still differ in nothing but an
 * expression, the server tells what it would make of the wanted one. This file picks the questions and takes the
 * answers over into the model. Views, and the expressions of partitions, have no temporary form: they
 * stay as they are. */
#include "mysql/ask/ask.h"

#include <stdlib.h>
#include <string.h>

#include "mysql/interpret/interpret.h"
#include "mysql/resolve/resolve.h"

/* --- expressions of any field -------------------------------------------------------------------- */

static const char *text_of(const struct expression *expression)
{
    return expression->canonical ? expression->canonical : expression->written;
}

static bool lists_equal(struct expression_list a, struct expression_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!text_of(&a.items[i]) || !text_of(&b.items[i]) ||
            strcmp(text_of(&a.items[i]), text_of(&b.items[i])) != 0)
            return false;
    return true;
}

/* What the server stores alike has one canonical text: the present one's. */
static void take_over(struct arena *arena, const struct question *question)
{
    struct expression_list before = field_expressions(question->before, question->field);
    struct expression_list after = field_expressions(question->after, question->field);

    for (size_t i = 0; i < before.count; i++) {
        if (!before.items[i].canonical)
            before.items[i].canonical = before.items[i].written;
        after.items[i].canonical = arena_strdup(arena, before.items[i].canonical);
        after.items[i].incomplete = false;
    }
}

/* --- answers ------------------------------------------------------------------------------------- */

static const struct object *schema_of(const struct question *question)
{
    return object_ancestor(question->table, KIND_SCHEMA);
}

/* The answer as a model of one table; NULL where it is not understood. */
static struct model *read_answer(const struct model *from, const struct question *question)
{
    struct model *model = model_new("");
    struct my_interpreter *interpreter;
    struct error ignored = {0};
    const char *schema = schema_of(question)->name;

    model->server_version = from->server_version;
    model->settings = text_list_copy(&from->settings, model->arena);
    interpreter = my_interpreter_begin(model, true);
    my_interpreter_schema(interpreter, schema, NULL);
    if (my_interpreter_statement(interpreter, schema, NULL, NULL, question->answer,
                                 question->length, &ignored) &&
        my_interpreter_finish(interpreter, &ignored) &&
        my_resolve(model, from->server_version, &ignored))
        return model;
    model_free(model);
    return NULL;
}

/* True when the server would make of the wanted expression what is there now. */
static bool is_equal(const struct model *from, const struct question *question)
{
    struct model *model = question->answer ? read_answer(from, question) : NULL;
    const struct object *made = model ? model_find_key(model, question->after->key) : NULL;
    bool equal = made && made->kind == question->before->kind &&
                 lists_equal(field_expressions(made, question->field),
                             field_expressions(question->before, question->field));

    if (model)
        model_free(model);
    return equal;
}

/* --- questions ----------------------------------------------------------------------------------- */

struct questions {
    struct question *items;
    size_t count;
    size_t room;
    struct arena *arena;
};

static void add_question(struct questions *questions, struct question question)
{
    question.table = object_ancestor(question.after, KIND_TABLE);
    if (!question.table || !schema_of(&question) ||
        !field_written_in_both(question.before, question.after, question.field))
        return;
    question.create = my_ask_table(questions->arena, &question);
    if (!question.create)
        return;
    if (questions->count == questions->room) {
        questions->room = questions->room ? questions->room * 2 : 64;
        questions->items =
            memory_resize(questions->items, questions->room * sizeof(*questions->items));
    }
    questions->items[questions->count++] = question;
}

static void add_pair(struct questions *questions, struct object *before, struct object *after)
{
    struct fields fields = kind_fields(before->kind);
    uint64_t changed = fields_changed(before, after);

    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1)
            add_question(
                questions,
                (struct question){.before = before, .after = after, .field = &fields.items[i]});
}

bool my_ask(struct connection *connection, struct model *from, struct model *to,
            const struct pointer_list *from_objects, const struct pointer_list *to_objects,
            struct pointer_list *unasked, struct error *error)
{
    struct questions questions = {0};

    (void)unasked; /* no expression of a table calls what users define */
    (void)error;   /* a question without an answer is none */
    if (!connection)
        return true;
    questions.arena = arena_new();
    for (size_t i = 0; i < to_objects->count; i++)
        add_pair(&questions, from_objects->items[i], to_objects->items[i]);
    if (questions.count)
        my_ask_server(connection, questions.arena, questions.items, questions.count);
    for (size_t i = 0; i < questions.count; i++)
        if (is_equal(from, &questions.items[i]))
            take_over(to->arena, &questions.items[i]);
    memory_free(questions.items);
    arena_free(questions.arena);
    return true;
}
