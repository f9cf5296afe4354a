/* The way from two unresolved models to a plan, as every command goes it: renames, resolution,
 * reconciliation, asking the server, sealing, planning. */
#ifndef PLUMB_PLAN_COMPARE_H
#define PLUMB_PLAN_COMPARE_H

#include "plan/plan.h"

/* Layer two, between what plumb can tell by itself and what it asks the server: pairs of an object as
 * declared and as the server holds it that are known to be one thing. */
struct compare_memory {
    bool (*know)(void *context, const char *key, struct digest declared, struct digest held);
    /* The server was asked, and said that they are; may be NULL. */
    void (*learn)(void *context, const char *key, struct digest declared, struct digest held);
    /* The server must not be asked: true where the pair is taken for one thing all the same; may be
     * NULL. */
    bool (*assume)(void *context, const char *key, struct digest declared, struct digest held);
    void *context;
};

/* What plan/options.def lists. */
struct compare_options {
    struct manage manage; /* what is compared besides what the wanted model speaks of */
#define FLAG(member, word) bool member;
#define GLOBS(member, word) const char *const *member;
#include "plan/options.def"
    bool
        only_shown; /* no plan of this comparison will run: what it cannot do is a note of the wanted model */
    const struct compare_memory *memory; /* NULL: nothing is known */
};

/* options_text.c: the options as lines of text, but for the memory, and back; in the arena. */
const char *compare_options_print(struct arena *arena, const struct compare_options *options);
struct compare_options compare_options_parse(struct arena *arena, const char *text);

/* Both models are resolved, reconciled and sealed in place. connection: to from's database, NULL
 * without. */
struct plan *compare_models(const struct dialect *dialect, struct connection *connection,
                            struct model *from, struct model *to,
                            const struct compare_options *options, struct error *error);

#endif
