/* The rounds over the statements that wait. */
#include "dialect/rounds.h"

#include "core/operation.h"

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
        if (rounds->run(rounds->interpreter, rounds->waiting.items[0]) != OUTCOME_DONE)
            return false;
        rounds->reporting = rounds->lenient = false;
        remove_first(&rounds->waiting);
    }
    return true;
}
