/* The proof of a plan: what the database is after it, read anew and compared with what was wanted,
 * must leave nothing to do. */
#include "exec/exec.h"

#include <string.h>

#include "core/buffer.h"
#include "model/identity.h"

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

static bool compare_with_wanted(const struct plan *plan, struct connection *connection,
                                const struct exec_options *options, struct model *live,
                                struct model *wanted, bool in_transaction, struct error *error)
{
    struct plan *remaining =
        compare_models(plan->dialect, connection, live, wanted, &options->compare, error);
    bool ok = remaining != NULL;

    if (ok && remaining->steps.count)
        ok = fail_with_remaining(remaining, in_transaction, error);
    plan_free(remaining);
    return ok;
}

bool exec_verify(const struct plan *plan, struct connection *connection,
                 const struct exec_options *options, bool in_transaction, struct error *error)
{
    struct model *live = model_new(plan->from->source);
    struct model *wanted = NULL;
    bool ok = plan->dialect->read(connection, live, error);

    if (ok) {
        if (!live->server_version)
            live->server_version = plan->dialect->server_version(connection);
        wanted = options->wanted(options->wanted_context, error);
        ok = wanted &&
             compare_with_wanted(plan, connection, options, live, wanted, in_transaction, error);
    }
    model_free(live);
    model_free(wanted);
    return ok;
}
