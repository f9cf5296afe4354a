/* The way from two unresolved models to a plan. */
#include "plan/compare.h"

#include "core/operation.h"
#include "diff/infer.h"
#include "diff/rename.h"
#include "model/fields.h"
#include "plan/filter.h"
#include "plan/partial.h"

struct difference {
    bool any;
    bool only_expressions;
};

static struct difference find_difference(const struct object *before, const struct object *after)
{
    struct difference difference = {.only_expressions = true};
    struct fields fields = kind_fields(before->kind);
    uint64_t changed = fields_changed(before, after);

    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1) {
            enum field_type type = fields.items[i].type;

            difference.any = true;
            if (type != FIELD_EXPRESSION && type != FIELD_EXPRESSIONS)
                difference.only_expressions = false;
        }
    return difference;
}

/* Two objects that differ in expressions alone: what from's database holds, what to declares. */
struct doubt {
    struct object *held;
    struct object *declared;
    struct digest held_digest;
    struct digest declared_digest;
};

struct doubts {
    struct doubt *items;
    size_t count;
};

static struct digest digest_of(const struct object *object)
{
    struct digest_state *state = digest_begin();

    fields_digest(object, state);
    return digest_end(state);
}

static struct doubts find_doubts(const struct model *from, const struct model *to,
                                 struct arena *scratch)
{
    struct doubts doubts = {.items = ARENA_ARRAY(scratch, struct doubt, to->count + 1)};

    for (size_t i = 0; i < to->count; i++) {
        struct object *object = to->objects[i];
        struct object *other = object->removed ? NULL : model_find_key(from, object->key);
        struct difference difference;

        if (!other)
            continue;
        difference = find_difference(other, object);
        if (!difference.any || !difference.only_expressions)
            continue;
        doubts.items[doubts.count++] =
            (struct doubt){other, object, digest_of(other), digest_of(object)};
    }
    return doubts;
}

static void take_text(struct expression *held, struct expression *declared)
{
    if (!held->canonical)
        held->canonical = held->written;
    declared->canonical = held->canonical;
}

/* Gives the declared object the texts of the held one, so that they do not differ. */
static void settle(const struct doubt *doubt)
{
    struct fields fields = kind_fields(doubt->held->kind);

    for (size_t i = 0; i < fields.count; i++) {
        void *held = field_of(doubt->held, &fields.items[i]);
        void *declared = field_of(doubt->declared, &fields.items[i]);

        if (fields.items[i].type == FIELD_EXPRESSION) {
            take_text(held, declared);
        } else if (fields.items[i].type == FIELD_EXPRESSIONS) {
            struct expression_list *from = held;
            struct expression_list *to = declared;

            for (size_t j = 0; from->count == to->count && j < from->count; j++)
                take_text(&from->items[j], &to->items[j]);
        }
    }
}

/* Takes those out of the doubts that are known to be equivalent. */
static void remember(const struct compare_memory *memory, struct doubts *doubts)
{
    size_t kept = 0;

    for (size_t i = 0; i < doubts->count; i++) {
        const struct doubt *doubt = &doubts->items[i];

        if (memory->know(memory->context, doubt->declared->key, doubt->declared_digest,
                         doubt->held_digest))
            settle(doubt);
        else
            doubts->items[kept++] = *doubt;
    }
    doubts->count = kept;
}

static void learn(const struct compare_memory *memory, const struct doubts *doubts)
{
    for (size_t i = 0; i < doubts->count; i++) {
        const struct doubt *doubt = &doubts->items[i];

        if (!find_difference(doubt->held, doubt->declared).any)
            memory->learn(memory->context, doubt->declared->key, doubt->declared_digest,
                          doubt->held_digest);
    }
}

static void assume(const struct compare_memory *memory, const struct doubts *doubts,
                   const struct pointer_list *unasked)
{
    for (size_t i = 0; unasked->count && i < doubts->count; i++) {
        const struct doubt *doubt = &doubts->items[i];

        if (pointer_list_contains(unasked, doubt->declared) &&
            memory->assume(memory->context, doubt->declared->key, doubt->declared_digest,
                           doubt->held_digest))
            settle(doubt);
    }
}

static bool ask(const struct dialect *dialect, struct connection *connection, struct model *from,
                struct model *to, const struct doubts *doubts, struct arena *scratch,
                struct pointer_list *unasked, struct error *error)
{
    struct pointer_list before = {0};
    struct pointer_list after = {0};

    for (size_t i = 0; i < doubts->count; i++) {
        pointer_list_add(&before, scratch, doubts->items[i].held);
        pointer_list_add(&after, scratch, doubts->items[i].declared);
    }
    return dialect->comparing->ask(connection, from, to, &before, &after, unasked, error);
}

/* Layers two and three: what is remembered, then what the server says. */
static bool settle_doubts(const struct dialect *dialect, struct connection *connection,
                          struct model *from, struct model *to,
                          const struct compare_options *options, struct error *error)
{
    const struct compare_memory *memory = options->memory;
    struct arena *scratch = arena_new();
    struct doubts doubts = find_doubts(from, to, scratch);
    struct pointer_list unasked = {0};
    bool done = true;

    if (doubts.count && memory)
        remember(memory, &doubts);
    if (doubts.count && !options->never_ask && connection) {
        done = ask(dialect, connection, from, to, &doubts, scratch, &unasked, error);
        if (done && memory && memory->assume)
            assume(memory, &doubts, &unasked);
        if (done && memory && memory->learn)
            learn(memory, &doubts);
    }
    arena_free(scratch);
    return done;
}

/* One of the two has not seen the server: what the other knows of its extensions holds for both. */
static void share_offers(struct model *from, struct model *to)
{
    if (!from->offers.count)
        from->offers = text_list_copy(&to->offers, from->arena);
    else if (!to->offers.count)
        to->offers = text_list_copy(&from->offers, to->arena);
}

/* The plan, once both models are as they are to be compared. */
static struct plan *plan_sealed(const struct partial *partial, struct error *error)
{
    struct plan *plan;

    if (!operation_proceeds(PHASE_PLANNING, 0, 0, NULL, error))
        return NULL;
    model_seal(partial->from);
    model_seal(partial->to);
    if (partial->dialect->comparing->permits &&
        !partial->dialect->comparing->permits(partial->from, partial->to, error))
        return NULL;
    plan = plan_make(partial->dialect, partial->from, partial->to, error);
    if (plan && !partial_check(partial, plan)) {
        plan_free(plan);
        return NULL;
    }
    return plan;
}

static struct plan *compare(const struct partial *partial, struct connection *connection,
                            struct error *error)
{
    const struct dialect_comparing *comparing = partial->dialect->comparing;
    struct model *from = partial->from;
    struct model *to = partial->to;
    int version = from->server_version ? from->server_version : to->server_version;

    if (!partial_begin(partial) || !rename_apply(from, to, error))
        return NULL;
    infer_renames(from, to);
    share_offers(from, to);
    if (!operation_goes_on(error) || !comparing->resolve(from, version, error) ||
        !comparing->resolve(to, version, error))
        return NULL;
    filter_model(from, partial->options);
    filter_model(to, partial->options);
    if (!partial_take_out(partial))
        return NULL;
    comparing->reconcile(from, to, &partial->options->manage);
    if (!partial_settle(partial))
        return NULL;
    plan_settle_secrets(from, to);
    if (!settle_doubts(partial->dialect, connection, from, to, partial->options, error))
        return NULL;
    return plan_sealed(partial, error);
}

struct plan *compare_models(const struct dialect *dialect, struct connection *connection,
                            struct model *from, struct model *to,
                            const struct compare_options *options, struct error *error)
{
    const struct partial partial = {options, dialect, from, to, arena_new(), error};
    size_t told = to->notes.count; /* what the reader of the files was told already */
    struct plan *plan = compare(&partial, connection, error);

    for (size_t i = told; plan && i < to->notes.count; i++)
        text_list_add(&plan->notes, plan->arena, arena_strdup(plan->arena, to->notes.items[i]));
    arena_free(partial.arena);
    return plan;
}
