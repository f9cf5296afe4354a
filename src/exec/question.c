/* Asks for rows that do not fit what a plan makes. Each question is one round trip, and there are not more of them than
 * max_questions: a plan of thousands of steps is not to be preceded by thousands of queries. */
#include "exec/question.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/buffer.h"
#include "core/operation.h"
#include "dialect/dialect.h"
#include "model/identity.h"

enum { max_questions = 500, max_told = 6 };

struct asking {
    const struct plan *plan;
    struct connection *connection;
    const struct question_asking *options;
    struct arena *arena;
    struct error *error;
    size_t asked;
    size_t left;         /* unasked */
    size_t refusals;     /* questions that found rows */
    struct buffer found; /* what they found, in lines */
};

/* What the server cannot compare is no answer; that it is gone, or that we are to stop, is none that can be left. */
static bool must_stop(const struct error *error)
{
    return error->code == ERROR_CONNECTION ||
           (error->code == ERROR_CANCELLED && operation_is_cancelled()); /* not by its timeout */
}

static void note(const struct asking *asking, const char *text)
{
    if (asking->options->note)
        asking->options->note(text, asking->options->context);
}

static void note_unanswered(const struct asking *asking, size_t number,
                            const struct row_question *question, const struct error *unseen)
{
    note(asking, arena_printf(asking->arena, "step %zu: not known whether %s: %s", number,
                              question->found, unseen->message));
}

static void refuse(struct asking *asking, size_t number, const struct row_question *question,
                   const struct row_answer *answer)
{
    bool many = answer->count >= ROW_QUESTION_CAP;

    if (!asking->refusals++)
        snprintf(asking->error->object, sizeof(asking->error->object), "%s",
                 identity_print(asking->arena, question->object));
    if (asking->refusals > max_told)
        return;
    buffer_printf(&asking->found, "\n  step %zu, %s: %s (%s%" PRId64, number,
                  step_title(asking->arena, &asking->plan->steps.items[number - 1]),
                  question->found, many ? "at least " : "",
                  many ? (int64_t)ROW_QUESTION_CAP : answer->count);
    if (answer->key)
        buffer_printf(&asking->found, ", such as %.80s", answer->key);
    buffer_append(&asking->found, ")");
}

static bool ask(struct asking *asking, size_t number, const struct row_question *question)
{
    struct row_answer answer = {0};
    struct error unseen = {0};

    if (operation_is_cancelled())
        return error_set(asking->error, ERROR_CANCELLED, "interrupted");
    if (asking->asked == max_questions) {
        asking->left++;
        return true;
    }
    asking->asked++;
    if (!asking->plan->dialect->running->ask_rows(asking->connection, question->sql,
                                                  asking->options->timeout, asking->arena, &answer,
                                                  &unseen)) {
        if (must_stop(&unseen)) {
            *asking->error = unseen;
            return false;
        }
        note_unanswered(asking, number, question, &unseen);
    } else if (answer.count) {
        refuse(asking, number, question, &answer);
    }
    return true;
}

static bool conclude(struct asking *asking)
{
    if (asking->left)
        note(asking,
             arena_printf(asking->arena,
                          "%zu more questions about the rows were not asked: %d are the most",
                          asking->left, max_questions));
    if (!asking->refusals)
        return true;
    if (asking->refusals > max_told)
        buffer_printf(&asking->found, "\n  and %zu more", asking->refusals - max_told);
    error_hint(asking->error, "Nothing was changed. Mend the rows, and apply again.");
    return error_set(asking->error, ERROR_REFUSED, "there are rows that do not fit:%s",
                     buffer_take(&asking->found, asking->arena));
}

static bool ask_all(struct asking *asking)
{
    for (size_t i = 0; i < asking->plan->steps.count; i++) {
        const struct pointer_list *questions = &asking->plan->steps.items[i].questions;

        for (size_t k = 0; k < questions->count; k++)
            if (!ask(asking, i + 1, questions->items[k]))
                return false;
    }
    return conclude(asking);
}

bool questions_ask(const struct plan *plan, struct connection *connection,
                   const struct question_asking *options, struct error *error)
{
    struct asking asking = {.plan = plan,
                            .connection = connection,
                            .options = options,
                            .arena = arena_new(),
                            .error = error};
    bool ok = ask_all(&asking);

    buffer_free(&asking.found);
    arena_free(asking.arena);
    return ok;
}
