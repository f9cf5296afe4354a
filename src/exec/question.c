/* Asks for rows that do not fit what a plan makes. */
#include "exec/question.h"

#include <stdio.h>

#include "core/operation.h"
#include "dialect/dialect.h"
#include "model/identity.h"

static bool refuse(struct arena *arena, const struct row_question *question, const char *row,
                   struct error *error)
{
    snprintf(error->object, sizeof(error->object), "%s", identity_print(arena, question->object));
    error_hint(error, "For example: %s. Nothing was changed. Mend the rows, and apply again.", row);
    return error_set(error, ERROR_REFUSED, "%s", question->found);
}

/* What the server cannot compare is no answer; that it is gone, or that we are to stop, is none that can be left. */
static bool must_stop(const struct error *error)
{
    return error->code == ERROR_CONNECTION || error->code == ERROR_CANCELLED;
}

static bool ask(const struct plan *plan, struct connection *connection, struct arena *arena,
                const struct row_question *question, struct error *error)
{
    struct error unseen = {0};
    const char *row = NULL;

    if (operation_is_cancelled())
        return error_set(error, ERROR_CANCELLED, "interrupted");
    if (!plan->dialect->running->first_row(connection, question->sql, arena, &row, &unseen)) {
        if (must_stop(&unseen))
            *error = unseen;
        return !must_stop(&unseen);
    }
    return !row || refuse(arena, question, row, error);
}

bool questions_ask(const struct plan *plan, struct connection *connection, struct error *error)
{
    struct arena *arena = arena_new();
    bool ok = true;

    for (size_t i = 0; ok && i < plan->steps.count; i++) {
        const struct pointer_list *questions = &plan->steps.items[i].questions;

        for (size_t k = 0; ok && k < questions->count; k++)
            ok = ask(plan, connection, arena, questions->items[k], error);
    }
    arena_free(arena);
    return ok;
}
