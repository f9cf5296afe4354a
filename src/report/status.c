/* Record, drift, what is pending and who holds the lock, in a glance. */
#include "report/status.h"

#include <inttypes.h>

#include "core/text/shown.h"
#include "report/json_value.h"

static size_t pending_steps(const struct status *status)
{
    return status->rest ? status->rest->steps.count : 0;
}

const struct record_entry *status_unfinished(const struct status *status)
{
    return status->holder ? NULL : record_unfinished(&status->entries);
}

bool status_differs(const struct status *status)
{
    return (status->drift && status->drift->drifted) || pending_steps(status) ||
           status_unfinished(status);
}

static void write_json(const struct status *status, struct buffer *out)
{
    const struct record_entry *open = status_unfinished(status);
    json_t *value = json_new();

    json_put_number(value, "format", 1);
    json_put_text(value, "target", status->target);
    json_put_text(value, "record", status->has_record ? status->store : NULL);
    json_put_count(value, "entries", status->entries.count);
    json_put_text(value, "lock_holder", status->holder);
    json_put(value, "unfinished", open ? json_integer(open->number) : json_null());
    json_put(value, "drift",
             status->drift ? json_integer((json_int_t)status->drift->drifted) : json_null());
    json_put(value, "pending",
             status->rest ? json_integer((json_int_t)pending_steps(status)) : json_null());
    if (status->rest)
        json_put_count(value, "kept", status->rest->kept.count);
    json_print(value, out);
}

static void write_record(const struct status *status, struct arena *scratch, struct buffer *out)
{
    const struct record_entry *last;

    if (!status->has_record) {
        buffer_append(out, "record:  none\n");
        return;
    }
    last = &status->entries.items[status->entries.count - 1];
    buffer_printf(out, "record:  %zu %s in %s, the last one %s: #%" PRId64 " %s, %s, by %s\n",
                  status->entries.count, status->entries.count == 1 ? "entry" : "entries",
                  text_shown(scratch, status->store),
                  last->begun ? text_shown(scratch, last->begun) : "", last->number,
                  text_shown(scratch, last->kind), text_shown(scratch, last->state),
                  last->actor ? text_shown(scratch, last->actor) : "");
}

static void write_drift(const struct status *status, struct buffer *out)
{
    const struct drift *drift = status->drift;

    if (!drift)
        buffer_append(out, "drift:   unknown: nothing to compare with\n");
    else if (drift->status == DRIFT_APPLYING)
        buffer_append(out, "drift:   unknown while an apply is running\n");
    else if (!drift->drifted)
        buffer_append(out, "drift:   none\n");
    else
        buffer_printf(out, "drift:   %zu object%s differ%s since entry %" PRId64 "\n",
                      drift->drifted, drift->drifted == 1 ? "" : "s",
                      drift->drifted == 1 ? "s" : "", drift->entry.number);
}

static void write_pending(const struct status *status, struct buffer *out)
{
    size_t kept = status->rest->kept.count;

    buffer_printf(out, "pending: %zu step%s", pending_steps(status),
                  pending_steps(status) == 1 ? "" : "s");
    if (kept)
        buffer_printf(out, ", besides %zu object%s kept", kept, kept == 1 ? "" : "s");
    buffer_append_char(out, '\n');
}

static void write_text(const struct status *status, struct arena *scratch, struct buffer *out)
{
    const struct record_entry *open = status_unfinished(status);

    buffer_printf(out, "target:  %s\n", text_shown(scratch, status->target));
    write_record(status, scratch, out);
    if (open)
        buffer_printf(out,
                      "         entry %" PRId64 " was interrupted: apply --resume or --abandon\n",
                      open->number);
    write_drift(status, out);
    if (status->rest)
        write_pending(status, out);
    buffer_printf(out, "lock:    %s\n",
                  status->holder ? text_shown(scratch, status->holder) : "nobody holds it");
}

void report_status(const struct status *status, bool json, struct buffer *out)
{
    struct arena *scratch = arena_new();

    if (json)
        write_json(status, out);
    else
        write_text(status, scratch, out);
    arena_free(scratch);
}
