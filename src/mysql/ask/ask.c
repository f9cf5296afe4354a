/* The third layer of equivalence: where a present and a wanted object still differ in nothing but an
 * expression, the server tells what it would make of the wanted one. This file picks the questions and takes the
 * answers over into the model. Views, and the expressions of partitions, have no temporary form: they
 * stay as they are. */
#include "mysql/ask/ask.h"

#include <string.h>

#include "dialect/question.h"
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
    struct pointer_list list; /* struct question * */
    struct arena *arena;
};

static void add_question(void *context, struct object *before, struct object *after,
                         const struct field *field)
{
    struct questions *questions = context;
    struct question *question = ARENA_NEW(questions->arena, struct question);

    *question = (struct question){.before = before,
                                  .after = after,
                                  .field = field,
                                  .table = object_ancestor(after, KIND_TABLE)};
    if (!question->table || !schema_of(question))
        return;
    question->create = my_ask_table(questions->arena, question);
    if (question->create)
        pointer_list_add(&questions->list, questions->arena, question);
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
    question_pairs(from_objects, to_objects, add_question, &questions);
    if (questions.list.count)
        my_ask_server(connection, questions.arena, &questions.list);
    for (size_t i = 0; i < questions.list.count; i++) {
        const struct question *question = questions.list.items[i];

        if (is_equal(from, question))
            question_take_over(to->arena, question->before, question->after, question->field);
    }
    arena_free(questions.arena);
    return true;
}
