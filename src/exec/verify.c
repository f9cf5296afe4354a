/* The proof of a plan: what the database is after it, read anew and compared with what was wanted,
 * must leave nothing to do. */
#include "exec/exec.h"

#include <string.h>

#include "core/buffer.h"
#include "model/identity.h"
#include "model/snapshot.h"
#include "plan/filter.h"

enum { listed_differences = 10 };

/* A statement's first line, cut to what fits into a list. */
static void append_short(struct buffer *text, const char *sql)
{
    size_t length = strcspn(sql, "\n");

    buffer_printf(text, "\n  %.*s%s", (int)(length < 78 ? length : 78), sql,
                  length > 78 || sql[length] ? " ..." : "");
}

static bool fail_with_remaining(const struct plan *remaining, bool in_transaction,
                                struct error *error)
{
    struct buffer list = BUFFER_EMPTY;

    for (size_t i = 0; i < remaining->steps.count && i < listed_differences; i++)
        append_short(&list, remaining->steps.items[i].sql);
    if (remaining->steps.count > listed_differences)
        buffer_printf(&list, "\n  and %zu more", remaining->steps.count - listed_differences);
    error_set(error, ERROR_INTERNAL,
              "the plan does not lead to what is wanted; %zu step%s would remain:%s",
              remaining->steps.count, remaining->steps.count == 1 ? "" : "s", buffer_text(&list));
    error_hint(error, in_transaction
                          ? "Nothing of this transaction was committed. This is a defect of plumb: "
                            "please report it with the plan."
                          : "The steps are committed. This is a defect of plumb: please report it "
                            "with the plan.");
    buffer_free(&list);
    return false;
}

/* --- what the plan itself proves -------------------------------------------------------------- */

struct proof {
    const struct plan *plan;
    const struct exec_options *options;
};

static bool makes(const struct plan *plan, const struct object *object)
{
    for (; object; object = object->parent)
        for (size_t i = 0; i < plan->steps.count; i++)
            if (step_does(&plan->steps.items[i], ACTION_CREATE, object))
                return true;
    return false;
}

/* True when the plan's own statements have brought the author's text to the server. */
static bool has_written(const struct plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->deltas.count; i++) {
        const struct delta *delta = &plan->deltas.items[i];

        if (delta->after && strcmp(delta->after->key, key) == 0)
            return delta->change == DELTA_ADDED || delta->change == DELTA_CHANGED;
    }
    return makes(plan, model_find_key(plan->to, key));
}

static bool is_made(void *context, const char *key)
{
    const struct proof *proof = context;

    for (size_t i = 0; i < proof->plan->deltas.count; i++) {
        const struct delta *delta = &proof->plan->deltas.items[i];

        if (delta->change == DELTA_ADDED && strcmp(delta->after->key, key) == 0)
            return true;
    }
    return false;
}

/* Where the server may not be asked, what it holds of a text that it has just been given is what the
 * text means to it. */
static bool assume(void *context, const char *key, struct digest declared, struct digest held)
{
    struct proof *proof = context;
    const struct compare_memory *memory = proof->options->compare.memory;

    if (!has_written(proof->plan, key))
        return false;
    if (memory && memory->learn)
        memory->learn(memory->context, key, declared, held);
    return true;
}

static bool know(void *context, const char *key, struct digest declared, struct digest held)
{
    struct proof *proof = context;
    const struct compare_memory *memory = proof->options->compare.memory;

    if (memory && memory->know(memory->context, key, declared, held))
        return true;
    return proof->options->compare.never_ask && assume(context, key, declared, held);
}

static void learn(void *context, const char *key, struct digest declared, struct digest held)
{
    struct proof *proof = context;
    const struct compare_memory *memory = proof->options->compare.memory;

    if (memory && memory->learn)
        memory->learn(memory->context, key, declared, held);
}

/* --- comparing ------------------------------------------------------------------------------- */

static bool compare_with_wanted(const struct plan *plan, struct connection *connection,
                                const struct exec_options *options, struct model *live,
                                struct model *wanted, bool in_transaction, struct error *error)
{
    struct proof proof = {plan, options};
    struct compare_memory memory = {
        .know = know, .learn = learn, .assume = assume, .context = &proof};
    struct compare_options compare = options->compare;
    struct plan *remaining;
    bool ok;

    compare.memory = &memory;
    compare.manage.is_made = is_made;
    compare.manage.context = &proof;
    remaining = compare_models(plan->dialect, connection, live, wanted, &compare, error);
    ok = remaining != NULL;
    if (ok && remaining->steps.count)
        ok = fail_with_remaining(remaining, in_transaction, error);
    plan_free(remaining);
    return ok;
}

static struct model *read_live(const struct plan *plan, struct connection *connection,
                               struct error *error)
{
    struct model *live = model_new(plan->from->source);

    if (!plan->dialect->states->read(connection, live, error)) {
        model_free(live);
        return NULL;
    }
    if (!live->server_version)
        live->server_version = plan->dialect->running->server_version(connection);
    return live;
}

bool exec_read(const struct plan *plan, struct connection *connection, struct buffer *snapshot,
               struct error *error)
{
    struct model *live = read_live(plan, connection, error);

    buffer_truncate(snapshot, 0);
    if (live)
        snapshot_write(live, snapshot);
    model_free(live);
    return live != NULL;
}

struct digest exec_kept_digest(const char *snapshot, const struct compare_options *options)
{
    struct error unseen = {0};
    struct model *kept = filter_is_given(options) ? snapshot_read(snapshot, "", &unseen) : NULL;
    struct buffer text = BUFFER_EMPTY;
    struct digest digest;

    if (!kept)
        return snapshot_digest(snapshot);
    filter_model(kept, options);
    snapshot_write(kept, &text);
    digest = snapshot_digest(buffer_text(&text));
    buffer_free(&text);
    model_free(kept);
    return digest;
}

bool exec_verify(const struct plan *plan, struct connection *connection,
                 const struct exec_options *options, bool in_transaction, struct buffer *snapshot,
                 struct error *error)
{
    struct model *live = read_live(plan, connection, error);
    struct model *wanted = NULL;
    bool ok = live != NULL;

    if (ok) {
        if (snapshot) {
            buffer_truncate(snapshot, 0);
            snapshot_write(live, snapshot);
        }
        wanted = options->wanted(options->wanted_context, error);
        ok = wanted &&
             compare_with_wanted(plan, connection, options, live, wanted, in_transaction, error);
    }
    model_free(live);
    model_free(wanted);
    return ok;
}
