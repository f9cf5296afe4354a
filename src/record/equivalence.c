/* Remembered equivalence: pairs of digests of an object as it was declared and as the server holds
 * it, which an apply has proven to be one thing. */
#include "record/record.h"

#include <string.h>

#include "record/tables.h"

struct pair {
    const char *name;
    const char *key;
    char declared[33];
    char held[33];
};

struct equivalences {
    struct arena *arena;
    struct store *store; /* NULL once it was read */
    struct map known;    /* digest of the three -> itself */
    struct pointer_list learnt;
};

struct equivalences *equivalences_new(struct arena *arena, struct store *store)
{
    struct equivalences *equivalences = ARENA_NEW(arena, struct equivalences);

    equivalences->arena = arena;
    equivalences->store = store;
    equivalences->known = map_new(arena);
    return equivalences;
}

static const char *pair_name(struct arena *arena, const char *key, struct digest declared,
                             struct digest held)
{
    struct digest_state *state = digest_begin();
    char *text = arena_alloc(arena, 33);

    digest_text(state, key);
    digest_digest(state, declared);
    digest_digest(state, held);
    digest_print(digest_end(state), text);
    return text;
}

/* A record that cannot be read knows nothing: the next layer decides. */
static void read_known(struct equivalences *equivalences)
{
    struct record_query query = {.table = &record_equivalences,
                                 .columns = UINT64_C(1) << EQUIVALENCE_PAIR};
    struct store *store = equivalences->store;
    struct record_rows rows = {0};
    struct error unseen = {0};
    bool found = false;

    equivalences->store = NULL;
    if (!store || !record_find(store, &found, &unseen) || !found ||
        !store_get(store, &query, equivalences->arena, &rows, &unseen))
        return;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i][EQUIVALENCE_PAIR])
            map_add(&equivalences->known, rows.items[i][EQUIVALENCE_PAIR]);
}

bool equivalences_know(struct equivalences *equivalences, const char *key, struct digest declared,
                       struct digest held)
{
    read_known(equivalences);
    return map_get(&equivalences->known, pair_name(equivalences->arena, key, declared, held)) !=
           NULL;
}

void equivalences_learn(struct equivalences *equivalences, const char *key, struct digest declared,
                        struct digest held)
{
    struct pair *pair = ARENA_NEW(equivalences->arena, struct pair);

    pair->name = pair_name(equivalences->arena, key, declared, held);
    if (!map_add(&equivalences->known, pair->name))
        return;
    pair->key = arena_strdup(equivalences->arena, key);
    digest_print(declared, pair->declared);
    digest_print(held, pair->held);
    pointer_list_add(&equivalences->learnt, equivalences->arena, pair);
}

static const char *const *row_of_pair(struct arena *arena, const struct pair *pair)
{
    const char **row = ARENA_ARRAY(arena, const char *, EQUIVALENCE_COUNT);

    row[EQUIVALENCE_PAIR] = pair->name;
    row[EQUIVALENCE_OBJECT] = pair->key;
    row[EQUIVALENCE_DECLARED] = pair->declared;
    row[EQUIVALENCE_HELD] = pair->held;
    return row;
}

bool equivalences_write(struct equivalences *equivalences, struct store *store, struct error *error)
{
    struct arena *scratch = arena_new();
    size_t count = equivalences->learnt.count;
    const char *const **items = ARENA_ARRAY(scratch, const char *const *, count + 1);
    struct record_rows rows = {items, count};
    bool ok;

    for (size_t i = 0; i < count; i++)
        items[i] = row_of_pair(scratch, equivalences->learnt.items[i]);
    ok = !count || store_put(store, &record_equivalences, &rows, error);
    arena_free(scratch);
    return ok;
}
