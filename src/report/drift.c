/* Drift for people, for programs, for monitoring and for CI. */
#include "report/drift.h"

#include <inttypes.h>
#include <string.h>

#include "core/text/shown.h"
#include "model/fields.h"
#include "model/identity.h"
#include "report/json_value.h"
#include "report/line_diff.h"
#include "report/report.h"

enum { format_version = 1, field_indent = 8 };

static const char *const change_names[] = {
    [DELTA_ADDED] = "added",
    [DELTA_REMOVED] = "removed",
    [DELTA_CHANGED] = "changed",
    [DELTA_RENAMED] = "renamed",
};

static const char *const share_names[] = {
    [DRIFT_ALONE] = "drift",
    [DRIFT_PENDING] = "pending",
    [DRIFT_AS_WANTED] = "as wanted",
    [DRIFT_CONFLICT] = "conflict",
};

static const struct object *object_of(const struct delta *delta)
{
    return delta->after ? delta->after : delta->before;
}

static size_t count_changes(const struct drift *drift, enum delta_change change)
{
    size_t count = 0;

    for (size_t i = 0; i < drift->drifted; i++)
        count += drift->items[i].delta->change == change;
    return count;
}

/* --- fields ---------------------------------------------------------------------------------- */

/* Calls visit for what is to be said of the delta's fields: of a changed object those that changed, of
 * another those that say anything. */
static void each_field(const struct delta *delta, struct arena *scratch,
                       void (*visit)(void *context, const char *name, const char *before,
                                     const char *now),
                       void *context)
{
    struct fields fields = kind_fields(object_of(delta)->kind);

    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.items[i];
        const char *before = delta->before ? field_print(scratch, delta->before, field) : NULL;
        const char *now = delta->after ? field_print(scratch, delta->after, field) : NULL;
        const char *only = before ? before : now;

        if (before && now
                ? delta->changed >> i & 1
                : field->compared && only && strcmp(only, "none") != 0 && strcmp(only, "no") != 0 &&
                      strcmp(only, "0") != 0 && strcmp(only, "-1") != 0)
            visit(context, field->name, before, now);
    }
}

/* --- text ------------------------------------------------------------------------------------ */

struct writer {
    struct buffer *out;
    struct arena *scratch;
    bool colour;
};

static const char *paint(const struct writer *writer, const char *colour)
{
    return writer->colour ? colour : "";
}

static void write_field(void *context, const char *name, const char *before, const char *now)
{
    const struct writer *writer = context;

    if (before && now && (strchr(before, '\n') || strchr(now, '\n'))) {
        buffer_printf(writer->out, "    %s:\n", name);
        if (append_line_diff(writer->out, before, now, field_indent, writer->colour))
            return;
    }
    before = text_shown_lines(writer->scratch, before, field_indent);
    now = text_shown_lines(writer->scratch, now, field_indent);
    if (before && now)
        buffer_printf(writer->out, "    %s: %s -> %s\n", name, before, now);
    else
        buffer_printf(writer->out, "    %s: %s\n", name, before ? before : now);
}

static const char *remark(const struct drift_item *item)
{
    if (item->share == DRIFT_AS_WANTED)
        return " (as it is wanted)";
    return item->share == DRIFT_CONFLICT ? " (and wanted otherwise)" : "";
}

static void write_item(struct writer *writer, const struct drift_item *item)
{
    static const char *const signs[] = {
        [DELTA_ADDED] = "+", [DELTA_REMOVED] = "-", [DELTA_CHANGED] = "~", [DELTA_RENAMED] = ">"};
    static const char *const colours[] = {[DELTA_ADDED] = "\033[32m",
                                          [DELTA_REMOVED] = "\033[31m",
                                          [DELTA_CHANGED] = "\033[33m",
                                          [DELTA_RENAMED] = "\033[36m"};
    const struct delta *delta = item->delta;

    buffer_printf(writer->out, "%s%s %s %s%s%s\n", paint(writer, colours[delta->change]),
                  signs[delta->change], change_names[delta->change],
                  identity_print(writer->scratch, object_of(delta)), remark(item),
                  paint(writer, "\033[0m"));
    each_field(delta, writer->scratch, write_field, writer);
}

/* As they can be pasted: not indented, since that would change a body; with a delimiter where the client needs one. */
static void write_statements(struct writer *writer, const char *title, const struct plan *plan)
{
    if (!plan)
        return;
    buffer_printf(writer->out, "\n%s:\n\n", title);
    for (size_t i = 0; i < plan->steps.count; i++) {
        struct buffer statement = BUFFER_EMPTY;

        append_step(&statement, &plan->steps.items[i]);
        buffer_append(writer->out, text_shown_lines(writer->scratch, buffer_text(&statement), 0));
        buffer_free(&statement);
    }
    if (!plan->steps.count)
        buffer_append(writer->out, "-- nothing that plumb would do\n");
}

static void write_head(struct writer *writer, const struct drift *drift)
{
    const struct record_entry *entry = &drift->entry;

    buffer_printf(writer->out, "%s since entry %" PRId64 " (%s, %s by %s)",
                  drift->status == DRIFT_NONE ? "no drift" : "drift", entry->number,
                  text_shown(writer->scratch, entry->kind),
                  entry->begun ? text_shown(writer->scratch, entry->begun) : "",
                  entry->actor ? text_shown(writer->scratch, entry->actor) : "");
    buffer_printf(writer->out, " in %s\n", text_shown(writer->scratch, drift->target));
    if (drift->unfinished)
        buffer_append(writer->out, "an apply was interrupted: plumb status says more\n");
}

static void write_pending(struct writer *writer, const struct drift *drift)
{
    if (!drift->pending)
        return;
    buffer_printf(writer->out, "\npending: %zu\n", drift->count - drift->drifted);
    for (size_t i = drift->drifted; i < drift->count; i++)
        write_item(writer, &drift->items[i]);
}

static void write_text(const struct drift *drift, bool colour, bool adopt, struct buffer *out)
{
    struct writer writer = {.out = out, .scratch = arena_new(), .colour = colour};

    if (drift->status == DRIFT_APPLYING) {
        buffer_printf(
            out, "an apply is running in %s: %s\n", text_shown(writer.scratch, drift->target),
            drift->holder ? text_shown(writer.scratch, drift->holder) : "it has just ended");
    } else {
        write_head(&writer, drift);
        if (drift->drifted)
            buffer_append_char(out, '\n');
        for (size_t i = 0; i < drift->drifted; i++)
            write_item(&writer, &drift->items[i]);
        write_pending(&writer, drift);
        if (drift->drifted)
            write_statements(&writer, "to put it back", drift->back);
        if (drift->drifted && adopt)
            write_statements(&writer, "to adopt it, in the wanted files", drift->adopt);
        if (drift->drifted && adopt)
            buffer_append(out,
                          "\nplumb pull writes that into the files, in place; plumb baseline then "
                          "takes the database as it is\n");
        if (drift->drifted)
            buffer_printf(out, "\n%zu added, %zu removed, %zu changed\n",
                          count_changes(drift, DELTA_ADDED), count_changes(drift, DELTA_REMOVED),
                          count_changes(drift, DELTA_CHANGED) +
                              count_changes(drift, DELTA_RENAMED));
    }
    arena_free(writer.scratch);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void add_field(void *context, const char *name, const char *before, const char *now)
{
    json_t *field = json_add_object(context);

    json_put_text(field, "name", name);
    json_put_text(field, "before", before);
    json_put_text(field, "now", now);
}

static void add_item(json_t *items, const struct drift_item *item, struct arena *scratch)
{
    const struct object *object = object_of(item->delta);
    json_t *value = json_add_object(items);

    json_put_text(value, "share", share_names[item->share]);
    json_put_text(value, "change", change_names[item->delta->change]);
    json_put_text(value, "kind", kind_name(object->kind));
    json_put_text(value, "object", identity_print(scratch, object));
    json_put_text(value, "path", identity_path(scratch, object));
    each_field(item->delta, scratch, add_field, json_put_array(value, "fields"));
}

static void add_texts(json_t *array, const struct text_list *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        json_add_text(array, texts->items[i]);
}

static void put_statements(json_t *value, const char *name, const struct plan *plan)
{
    json_t *statements = json_put_array(value, name);

    for (size_t i = 0; plan && i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];

        add_texts(statements, &step->prepares);
        json_add_text(statements, step->sql);
        add_texts(statements, &step->restores);
    }
}

static const char *status_name(const struct drift *drift)
{
    static const char *const names[] = {
        [DRIFT_NONE] = "none", [DRIFT_FOUND] = "drift", [DRIFT_APPLYING] = "applying"};

    return names[drift->status];
}

static void put_recorded(json_t *drift_value, const struct drift *drift)
{
    json_t *value = json_put_object(drift_value, "recorded");

    json_put_number(value, "entry", drift->entry.number);
    json_put_text(value, "kind", drift->entry.kind);
    json_put_text(value, "begun", drift->entry.begun);
    json_put_text(value, "actor", drift->entry.actor);
    json_put_text(value, "digest", drift->entry.after);
    json_put_flag(value, "unfinished", drift->unfinished);
}

static void write_json(const struct drift *drift, struct buffer *out)
{
    struct arena *scratch = arena_new();
    json_t *value = json_new();
    json_t *items;

    json_put_number(value, "format", format_version);
    json_put_text(value, "target", drift->target);
    json_put_text(value, "status", status_name(drift));
    json_put_text(value, "lock_holder", drift->holder);
    put_recorded(value, drift);
    json_put_text(value, "digest", drift->live);
    items = json_put_array(value, "changes");
    for (size_t i = 0; i < drift->count; i++)
        add_item(items, &drift->items[i], scratch);
    put_statements(value, "put_back", drift->back);
    put_statements(value, "adopt", drift->adopt);
    put_statements(value, "pending", drift->rest);
    json_print(value, out);
    arena_free(scratch);
}

/* --- SQL, Prometheus, JUnit ------------------------------------------------------------------- */

static void write_sql(const struct drift *drift, bool adopt, struct buffer *out)
{
    const struct plan *plan = adopt ? drift->adopt : drift->back;

    if (plan)
        report_sql(plan, out);
}

static void append_escaped(struct buffer *out, const char *text, const char *special,
                           const char *const *names)
{
    for (; *text; text++) {
        const char *at = strchr(special, *text);

        if (at)
            buffer_append(out, names[at - special]);
        else if ((unsigned char)*text >= ' ')
            buffer_append_char(out, *text);
    }
}

static void append_label(struct buffer *out, const char *text)
{
    static const char *const names[] = {"\\\\", "\\\"", "\\n"};

    append_escaped(out, text, "\\\"\n", names);
}

static void append_xml(struct buffer *out, const char *text)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#10;"};

    append_escaped(out, text, "&<>\"\n", names);
}

static void metric(const struct drift *drift, const char *name, const char *label, size_t value,
                   struct buffer *out)
{
    buffer_printf(out, "%s{target=\"", name);
    append_label(out, drift->target);
    buffer_printf(out, "\"%s} %zu\n", label, value);
}

static void write_prometheus(const struct drift *drift, struct buffer *out)
{
    static const char *const labels[] = {[DELTA_ADDED] = ",change=\"added\"",
                                         [DELTA_REMOVED] = ",change=\"removed\"",
                                         [DELTA_CHANGED] = ",change=\"changed\""};

    buffer_append(out, "# HELP plumb_drift Whether the schema differs from what was recorded.\n"
                       "# TYPE plumb_drift gauge\n");
    metric(drift, "plumb_drift", "", drift->status == DRIFT_FOUND, out);
    buffer_append(out, "# HELP plumb_drift_objects Objects that differ.\n"
                       "# TYPE plumb_drift_objects gauge\n");
    for (int change = DELTA_ADDED; change <= DELTA_CHANGED; change++)
        metric(drift, "plumb_drift_objects", labels[change],
               count_changes(drift, (enum delta_change)change) +
                   (change == DELTA_CHANGED ? count_changes(drift, DELTA_RENAMED) : 0),
               out);
    buffer_append(out, "# HELP plumb_applying Whether an apply is running just now.\n"
                       "# TYPE plumb_applying gauge\n");
    metric(drift, "plumb_applying", "", drift->status == DRIFT_APPLYING, out);
    buffer_append(out, "# HELP plumb_record_entry Number of the entry that the schema is compared "
                       "with.\n# TYPE plumb_record_entry gauge\n");
    metric(drift, "plumb_record_entry", "", (size_t)drift->entry.number, out);
}

static void append_case(const struct drift_item *item, struct arena *scratch, struct buffer *out)
{
    const struct object *object = object_of(item->delta);
    struct buffer text = BUFFER_EMPTY;
    struct writer writer = {.out = &text, .scratch = scratch};

    write_item(&writer, item);
    buffer_append(out, "    <testcase classname=\"plumb.drift\" name=\"");
    append_xml(out, identity_print(scratch, object));
    buffer_append(out, "\">\n      <failure message=\"");
    append_xml(out, change_names[item->delta->change]);
    buffer_append(out, "\">");
    append_xml(out, buffer_text(&text));
    buffer_append(out, "</failure>\n    </testcase>\n");
    buffer_free(&text);
}

static void write_junit(const struct drift *drift, struct buffer *out)
{
    struct arena *scratch = arena_new();
    size_t cases = drift->drifted ? drift->drifted : 1;

    buffer_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                       "  <testsuite name=\"");
    append_xml(out, drift->target);
    buffer_printf(out, "\" tests=\"%zu\" failures=\"%zu\" skipped=\"%d\">\n", cases, drift->drifted,
                  drift->status == DRIFT_APPLYING);
    for (size_t i = 0; i < drift->drifted; i++)
        append_case(&drift->items[i], scratch, out);
    if (drift->status == DRIFT_APPLYING)
        buffer_append(out, "    <testcase classname=\"plumb.drift\" name=\"drift\">\n"
                           "      <skipped message=\"an apply is running\"/>\n    </testcase>\n");
    else if (!drift->drifted)
        buffer_append(out, "    <testcase classname=\"plumb.drift\" name=\"drift\"/>\n");
    buffer_append(out, "  </testsuite>\n</testsuites>\n");
    arena_free(scratch);
}

void report_drift(const struct drift *drift, enum drift_format format, bool adopt,
                  struct buffer *out)
{
    switch (format) {
    case DRIFT_AS_TEXT:
    case DRIFT_AS_COLOURED_TEXT:
        write_text(drift, format == DRIFT_AS_COLOURED_TEXT, adopt, out);
        break;
    case DRIFT_AS_JSON:
        write_json(drift, out);
        break;
    case DRIFT_AS_SQL:
        write_sql(drift, adopt, out);
        break;
    case DRIFT_AS_PROMETHEUS:
        write_prometheus(drift, out);
        break;
    case DRIFT_AS_JUNIT:
        write_junit(drift, out);
        break;
    }
    buffer_append(out, "");
}
