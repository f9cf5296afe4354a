/* The third layer of equivalence: where a present and a wanted object still differ in nothing but an
 * expression, the server tells whether it would store both alike. This file picks the questions and
 * takes the answers over into the model; how a kind is asked is in table.c and object.c, the
 * conversation in talk.c. */
#include "postgres/ask/ask.h"

#include <stdlib.h>
#include <string.h>

#include "dialect/question.h"
#include "model/identity.h"
#include "postgres/ask/permission.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"

static const struct {
    enum kind kind;
    int field;
    ask_function *ask;
} ways[] = {{KIND_DOMAIN, field_domain_default_value, ask_domain_default},
            {KIND_DOMAIN_CHECK, field_domain_check_expression, ask_domain_check},
            {KIND_FUNCTION, field_function_defaults, ask_function_defaults},
            {KIND_FUNCTION, field_function_sql_body, ask_function_body},
            {KIND_TABLE, field_table_partition_keys, ask_partition_keys},
            {KIND_COLUMN, field_column_generation, ask_generation},
            {KIND_DEFAULT, field_default_value_expression, ask_default},
            {KIND_CHECK, field_check_constraint_expression, ask_check},
            {KIND_EXCLUSION, field_exclusion_keys, ask_index_keys},
            {KIND_EXCLUSION, field_exclusion_predicate, ask_index_predicate},
            {KIND_VIEW, field_view_query, ask_view},
            {KIND_MATERIALIZED_VIEW, field_materialized_view_query, ask_materialized_view},
            {KIND_INDEX, field_index_keys, ask_index_keys},
            {KIND_INDEX, field_index_predicate, ask_index_predicate},
            {KIND_TRIGGER, field_trigger_condition, ask_trigger},
            {KIND_POLICY, field_policy_using_expression, ask_policy_using},
            {KIND_POLICY, field_policy_check_expression, ask_policy_check}};

static ask_function *find_way(enum kind kind, int field)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
        if (ways[i].kind == kind && ways[i].field == field)
            return ways[i].ask;
    return NULL;
}

/* --- names in the database ----------------------------------------------------------------------- */

const char *ask_present_name(struct arena *arena, const struct object *object)
{
    const char *schema = object->former_schema;

    if (!object->parent || object->parent->kind != KIND_SCHEMA)
        return pg_quote_name(arena, object_present_name(object));
    return pg_qualify(arena, schema ? schema : object_present_name(object->parent),
                      object_present_name(object));
}

const char *ask_present_literal(struct arena *arena, const struct object *object)
{
    return pg_quote_literal(arena, ask_present_name(arena, object));
}

/* --- expressions of any field -------------------------------------------------------------------- */

/* True for a text with which parse analysis takes a lock above ACCESS SHARE on the tables it names:
 * SELECT ... FOR UPDATE, and statements in routines. A mere name like that counts too: the price is
 * a question not asked. */
static bool locks_more(const char *text)
{
    static const char *const words[] = {"insert", "update", "delete", "merge"};
    size_t length = strlen(text);
    bool after_for = false;
    struct pg_token token;

    for (size_t at = 0; pg_scan_code(text, length, at, &token); at = token.end) {
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
            if (pg_token_is(text, &token, words[i]))
                return true;
        if (after_for && (pg_token_is(text, &token, "share") || pg_token_is(text, &token, "key")))
            return true;
        after_for = pg_token_is(text, &token, "for");
    }
    return false;
}

static bool wanted_locks_more(const struct question *question)
{
    struct expression_list after = field_expressions(question->after, question->field);

    for (size_t i = 0; i < after.count; i++)
        if (locks_more(after.items[i].written))
            return true;
    return false;
}

/* --- questions ----------------------------------------------------------------------------------- */

struct questions {
    struct pointer_list list; /* struct question * */
    struct arena *arena;
    bool any_lock; /* in a transaction of the caller's that has locked what it changed anyway */
};

static void add_question(void *context, struct object *before, struct object *after,
                         const struct field *field)
{
    struct questions *questions = context;
    ask_function *ask = find_way(before->kind, field_number(before->kind, field));
    struct question *question;

    if (!ask)
        return;
    question = ARENA_NEW(questions->arena, struct question);
    *question = (struct question){.before = before, .after = after, .field = field};
    if ((questions->any_lock || !wanted_locks_more(question)) && ask(questions->arena, question))
        pointer_list_add(&questions->list, questions->arena, question);
}

static int compare_questions(const void *a, const void *b)
{
    const struct question *p = *(const struct question *const *)a;
    const struct question *q = *(const struct question *const *)b;
    int order = strcmp(p->relation ? p->relation : "", q->relation ? q->relation : "");

    return order ? order : strcmp(p->after->key, q->after->key);
}

/* An author who knows why can change it. */
static void note_unasked(struct model *model, const struct object *object)
{
    text_list_add(&model->notes, model->arena,
                  arena_printf(model->arena,
                               "%s: the server was not asked whether it is the same: others may "
                               "make objects in this database, and their code could run",
                               identity_print(model->arena, object)));
}

/* Takes out what must not be asked. */
static void keep_permitted(struct pointer_list *questions, const struct ask_permission *permission,
                           struct model *to, struct pointer_list *unasked)
{
    size_t kept = 0;

    for (size_t i = 0; i < questions->count; i++) {
        struct question *question = questions->items[i];

        if (ask_permitted(permission, question))
            questions->items[kept++] = question;
        else if (!pointer_list_contains(unasked, question->after)) {
            pointer_list_add(unasked, to->arena, question->after);
            note_unasked(to, question->after);
        }
    }
    questions->count = kept;
}

static bool put_questions(struct connection *connection, struct pointer_list *questions,
                          struct model *to, struct pointer_list *unasked, struct error *error)
{
    struct ask_permission permission;

    if (!questions->count)
        return true;
    if (!ask_permission_learn(connection, &permission, error))
        return false;
    keep_permitted(questions, &permission, to, unasked);
    if (!questions->count)
        return true;
    qsort(questions->items, questions->count, sizeof(*questions->items), compare_questions);
    return ask_server(connection, &permission, questions, error);
}

bool pg_ask(struct connection *connection, struct model *from, struct model *to,
            const struct pointer_list *from_objects, const struct pointer_list *to_objects,
            struct pointer_list *unasked, struct error *error)
{
    struct questions questions = {0};
    bool done;

    (void)from;
    if (!connection || pg_read_only(connection))
        return true;
    questions.arena = arena_new();
    questions.any_lock = connection_in_transaction(connection);
    question_pairs(from_objects, to_objects, add_question, &questions);
    done = put_questions(connection, &questions.list, to, unasked, error);
    for (size_t i = 0; i < questions.list.count; i++) {
        const struct question *question = questions.list.items[i];

        if (question->equal)
            question_take_over(to->arena, question->before, question->after, question->field);
    }
    arena_free(questions.arena);
    return done;
}
