/* The rounds over the statements that wait. */
#include "dialect/rounds.h"

#include <string.h>
#include <strings.h>

#include "core/operation.h"
#include "core/text/word.h"

bool rounds_first_try(struct rounds *rounds, struct arena *arena, struct attempt *attempt)
{
    switch (rounds->run(rounds->interpreter, attempt)) {
    case OUTCOME_DONE:
        return true;
    case OUTCOME_MISSING:
        pointer_list_add(&rounds->waiting, arena, attempt);
        return true;
    default:
        return false;
    }
}

/* --- errors that are kept -------------------------------------------------------------------- */

enum { most_errors = OPERATION_MOST_ERRORS };

static bool fail_with_first(const struct rounds *rounds, struct error *error)
{
    *error = *rounds->first;
    return false;
}

static bool is_at_same_place(const struct error *a, const struct error *b)
{
    return a->line == b->line && a->column == b->column && strcmp(a->file, b->file) == 0;
}

/* Whether it says anything that the one before has not said. */
static bool says_more(struct rounds *rounds, const struct error *error)
{
    if (strcmp(rounds->last->message, error->message) != 0)
        return true;
    /* At the same place: what that one has left behind stands in the way, and nothing more can be told. */
    rounds->unread |= is_at_same_place(rounds->last, error);
    return false;
}

bool rounds_keep_error(struct rounds *rounds, struct arena *arena, struct attempt *attempt,
                       struct error *error)
{
    if (error->code != ERROR_SYNTAX && error->code != ERROR_SCHEMA)
        return false;
    if (!rounds->first) {
        rounds->first = ARENA_NEW(arena, struct error);
        *rounds->first = *error;
    } else if (says_more(rounds, error)) {
        operation_note_error(error);
    }
    rounds->last = ARENA_NEW(arena, struct error);
    *rounds->last = *error;
    rounds->unread |= !attempt;
    if (attempt)
        pointer_list_add(&rounds->broken, arena, attempt);
    error_clear(error);
    return operation_error_count() < most_errors || fail_with_first(rounds, error);
}

/* The last part of the name that the error points at, in its source line; length 0 where it points at nothing. */
static const char *pointed_at(const struct error *error, size_t *length)
{
    const char *at = error->caret ? error->source + error->caret - 1 : "";

    *length = 0;
    for (;;) {
        at += *at == '"' || *at == '`' || *at == '\'';
        for (*length = 0; is_letter_of_word(at[*length]);)
            ++*length;
        if (!*length || at[*length + strspn(at + *length, "\"`")] != '.')
            return at;
        at += *length + strspn(at + *length, "\"`") + 1;
    }
}

/* What it misses is perhaps what another one would have made, which is told of already; so is what nothing more can be
 * said of than that the statement is wrong. */
static bool follows_from_others(const struct rounds *rounds, const struct attempt *attempt,
                                const struct error *error)
{
    size_t length;
    const char *name = pointed_at(error, &length);

    if (!length || !attempt->text || strncasecmp(attempt->text, name, length) == 0)
        return true;
    for (size_t i = 0; i < rounds->broken.count; i++) {
        const struct attempt *other = rounds->broken.items[i];

        if (other != attempt && other->text && find_word(other->text, other->length, name, length))
            return true;
    }
    return false;
}

/* Nothing helps: whatever still waits says what it misses. Always false. */
static bool report_rest(struct rounds *rounds, size_t from, struct arena *arena,
                        struct error *error)
{
    struct pointer_list list = rounds->waiting;

    rounds->reporting = true;
    for (size_t i = from; i < list.count && !rounds->unread; i++) {
        struct attempt *attempt = list.items[i];

        if (rounds->run(rounds->interpreter, attempt) == OUTCOME_DONE) {
            error_clear(error);
        } else if (rounds->first && follows_from_others(rounds, attempt, error)) {
            pointer_list_add(&rounds->broken, arena, attempt); /* others follow from it */
            error_clear(error);
        } else if (!rounds_keep_error(rounds, arena, attempt, error)) {
            return false;
        }
    }
    return fail_with_first(rounds, error);
}

/* The same with the error of the first of them, which has been run already. */
static bool report_all(struct rounds *rounds, struct arena *arena, struct error *error)
{
    bool was_first = !rounds->first;

    if (was_first && !rounds_keep_error(rounds, arena, rounds->waiting.items[0], error))
        return false;
    return report_rest(rounds, was_first, arena, error);
}

/* --- rounds ------------------------------------------------------------------------------------ */

/* One round over what waits; *progress tells whether anything was done. */
static bool try_again(struct rounds *rounds, struct arena *arena, bool *progress,
                      struct error *error)
{
    struct pointer_list list = rounds->waiting;

    *progress = false;
    rounds->waiting = (struct pointer_list){0};
    for (size_t i = 0; i < list.count; i++) {
        struct attempt *attempt = list.items[i];

        if (!operation_goes_on(error))
            return false;
        attempt->forgives_existing |= attempt->guarded;
        switch (rounds->run(rounds->interpreter, attempt)) {
        case OUTCOME_DONE:
            *progress = true;
            break;
        case OUTCOME_MISSING:
            pointer_list_add(&rounds->waiting, arena, attempt);
            break;
        default:
            if (rounds->unread)
                error_clear(error);
            else if (!attempt->text || !rounds_keep_error(rounds, arena, attempt, error))
                return false;
        }
        /* A guess is made only where nothing else helps: the next statements may do without. */
        if (*progress && rounds->lenient) {
            rounds->lenient = false;
            for (i++; i < list.count; i++)
                pointer_list_add(&rounds->waiting, arena, list.items[i]);
        }
    }
    return true;
}

/* Takes out those that may do without what they name; true if there were any. */
static bool forgive_missing(struct pointer_list *waiting)
{
    size_t count = waiting->count;
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        const struct attempt *attempt = waiting->items[i];

        if (!attempt->forgives_missing)
            waiting->items[kept++] = waiting->items[i];
    }
    waiting->count = kept;
    return kept < count;
}

static void remove_first(struct pointer_list *waiting)
{
    for (size_t i = 1; i < waiting->count; i++)
        waiting->items[i - 1] = waiting->items[i];
    waiting->count--;
}

bool rounds_finish(struct rounds *rounds, struct arena *arena, struct error *error)
{
    while (rounds->waiting.count) {
        bool progress;

        if (!try_again(rounds, arena, &progress, error))
            return false;
        if (progress || (rounds->adopt && rounds->adopt(rounds->interpreter)) ||
            forgive_missing(&rounds->waiting))
            continue;
        rounds->lenient = true;
        if (!try_again(rounds, arena, &progress, error))
            return false;
        if (progress)
            continue;
        rounds->reporting = true;
        if (rounds->first ||
            rounds->run(rounds->interpreter, rounds->waiting.items[0]) != OUTCOME_DONE)
            return report_all(rounds, arena, error);
        rounds->reporting = rounds->lenient = false;
        remove_first(&rounds->waiting);
    }
    return !rounds->first || fail_with_first(rounds, error);
}
