/* Which of several functions or operators of one name is meant: first an exact match, then the rules
 * of "Operator Type Resolution" and "Function Type Resolution" in PostgreSQL's manual. */
#include "postgres/canon/internal.h"

static struct candidate *keep(struct candidate **kept, struct candidate *candidate)
{
    candidate->next = *kept;
    *kept = candidate;
    return candidate;
}

static int length_of(const struct candidate *candidates)
{
    int count = 0;

    for (; candidates; candidates = candidates->next)
        count++;
    return count;
}

static bool takes(struct analyzer *analyzer, const struct candidate *candidate,
                  const struct pg_type *const *actual, int count)
{
    for (int i = 0; i < count; i++)
        if (!coerce_possible(analyzer, actual[i], candidate->types[i], COERCE_IMPLICIT))
            return false;
    return polymorphic_fits(analyzer, actual, candidate->types, count);
}

static struct candidate *exact_match(struct candidate *candidates,
                                     const struct pg_type *const *actual, int count)
{
    struct candidate *found = NULL;

    for (struct candidate *candidate = candidates; candidate; candidate = candidate->next) {
        int i = 0;

        while (i < count && candidate->types[i] == actual[i])
            i++;
        if (i == count && (!found || candidate->place < found->place))
            found = candidate;
    }
    return found;
}

/* Keeps the candidates with the most arguments that need nothing (or, with preferred, that have at
 * least their category's preferred type). */
static struct candidate *best_matches(struct analyzer *analyzer, struct candidate *candidates,
                                      const struct pg_type *const *bases, int count, bool preferred)
{
    struct candidate *kept = NULL, *next;
    int best = 0;

    for (struct candidate *candidate = candidates; candidate; candidate = next) {
        int matches = 0;

        next = candidate->next;
        for (int i = 0; i < count; i++) {
            const struct pg_type *type = candidate->types[i];

            if (bases[i] == analyzer->types.unknown)
                continue;
            matches += type == bases[i] || (preferred && type && type->preferred &&
                                            type->category == bases[i]->category);
        }
        if (matches > best || !kept) {
            best = matches;
            kept = NULL;
            keep(&kept, candidate);
        } else if (matches == best) {
            keep(&kept, candidate);
        }
    }
    return kept;
}

/* The category that an untyped literal should have at one place; false when they disagree. */
static bool literal_category(const struct candidate *candidates, int i, char *category,
                             bool *has_preferred)
{
    bool conflict = false;

    *category = '\0';
    *has_preferred = false;
    for (; candidates; candidates = candidates->next) {
        const struct pg_type *type = candidates->types[i];

        if (!type)
            return false;
        if (!*category || (type->category != *category && type->category == 'S')) {
            *category = type->category;
            *has_preferred = type->preferred;
        } else if (type->category == *category) {
            *has_preferred = *has_preferred || type->preferred;
        } else {
            conflict = true;
        }
    }
    return !conflict || *category == 'S';
}

static struct candidate *by_category(struct analyzer *analyzer, struct candidate *candidates,
                                     const struct pg_type *const *bases, int count)
{
    char categories[FUNCTION_ARGUMENTS];
    bool has_preferred[FUNCTION_ARGUMENTS];
    struct candidate *kept = NULL, *dropped = NULL, *next;

    for (int i = 0; i < count; i++)
        if (bases[i] == analyzer->types.unknown &&
            !literal_category(candidates, i, &categories[i], &has_preferred[i]))
            return candidates;
    for (struct candidate *candidate = candidates; candidate; candidate = next) {
        bool fits = true;

        next = candidate->next;
        for (int i = 0; i < count && fits; i++)
            if (bases[i] == analyzer->types.unknown)
                fits = candidate->types[i]->category == categories[i] &&
                       (!has_preferred[i] || candidate->types[i]->preferred);
        keep(fits ? &kept : &dropped, candidate);
    }
    if (kept)
        return kept;
    return dropped;
}

/* All known arguments have one type: let the literals have it too. */
static struct candidate *by_known_type(struct analyzer *analyzer, struct candidate *candidates,
                                       const struct pg_type *const *bases, int count)
{
    const struct pg_type *known = NULL, *types[FUNCTION_ARGUMENTS];
    struct candidate *found = NULL;

    for (int i = 0; i < count; i++) {
        if (bases[i] == analyzer->types.unknown)
            continue;
        if (known && known != bases[i])
            return NULL;
        known = bases[i];
    }
    if (!known)
        return NULL;
    for (int i = 0; i < count; i++)
        types[i] = known;
    for (; candidates; candidates = candidates->next)
        if (takes(analyzer, candidates, types, count)) {
            if (found)
                return NULL;
            found = candidates;
        }
    return found;
}

static struct candidate *select_among(struct analyzer *analyzer, struct candidate *candidates,
                                      const struct pg_type *const *actual, int count)
{
    const struct pg_type *bases[FUNCTION_ARGUMENTS];
    int unknowns = 0;

    for (int i = 0; i < count; i++) {
        bases[i] = universe_base_type(actual[i], NULL);
        unknowns += bases[i] == analyzer->types.unknown;
    }
    candidates = best_matches(analyzer, candidates, bases, count, false);
    if (length_of(candidates) == 1)
        return candidates;
    candidates = best_matches(analyzer, candidates, bases, count, true);
    if (length_of(candidates) == 1)
        return candidates;
    if (!unknowns)
        return NULL;
    candidates = by_category(analyzer, candidates, bases, count);
    if (length_of(candidates) == 1)
        return candidates;
    return unknowns < count ? by_known_type(analyzer, candidates, bases, count) : NULL;
}

/* Whether anything can be hidden: all from one place, and none with omitted or spread arguments. */
static bool all_alike(const struct candidate *candidates)
{
    for (const struct candidate *candidate = candidates; candidate; candidate = candidate->next)
        if (candidate->place != candidates->place || candidate->variadic || candidate->defaults)
            return false;
    return true;
}

/* A later schema's object with the very same argument types is hidden by an earlier one's. */
static struct candidate *unhidden(struct candidate *candidates, int count)
{
    struct candidate *kept = NULL, *next;

    for (struct candidate *candidate = candidates; candidate; candidate = next) {
        bool hidden = false;

        next = candidate->next;
        for (struct candidate *other = candidates; other && !hidden; other = other->next) {
            int i = 0;

            if (other == candidate)
                continue;
            while (i < count && other->types[i] == candidate->types[i])
                i++;
            hidden =
                i == count && (other->place < candidate->place ||
                               (other->place == candidate->place && !other->variadic &&
                                !other->defaults && (candidate->variadic || candidate->defaults)));
        }
        if (!hidden) {
            struct candidate *copy = palloc(sizeof(struct candidate));

            *copy = *candidate;
            keep(&kept, copy);
        }
    }
    return kept;
}

struct candidate *candidate_select(struct analyzer *analyzer, struct candidate *candidates,
                                   const struct pg_type *const *actual, int count)
{
    struct candidate *fitting = NULL, *next, *found;

    if (!candidates || count > FUNCTION_ARGUMENTS)
        return NULL;
    if (!all_alike(candidates))
        candidates = unhidden(candidates, count);
    found = exact_match(candidates, actual, count);
    if (found)
        return found;
    for (struct candidate *candidate = candidates; candidate; candidate = next) {
        next = candidate->next;
        if (takes(analyzer, candidate, actual, count))
            keep(&fitting, candidate);
    }
    if (!fitting || !fitting->next)
        return fitting;
    return select_among(analyzer, fitting, actual, count);
}
