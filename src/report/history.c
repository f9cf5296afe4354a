/* The record for people and for programs. The JSON has a format version, as that of plans has. */
#include "report/history.h"

#include <inttypes.h>
#include <string.h>

#include "core/list.h"
#include "core/text/shown.h"
#include "report/json_value.h"
#include "report/report.h"

enum { format_version = 1 };

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* --- JSON ------------------------------------------------------------------------------------ */

/* "DIGEST PATH" lines as objects. */
static void put_files(json_t *entry, const char *files)
{
    json_t *value = json_put_array(entry, "files");

    while (files && *files) {
        size_t length = strcspn(files, "\n");
        size_t digest = strcspn(files, " ");

        if (digest < length) {
            json_t *file = json_add_object(value);

            json_put_piece(file, "path", files + digest + 1, length - digest - 1);
            json_put_piece(file, "digest", files, digest);
        }
        files += length + (files[length] == '\n');
    }
}

static void put_entry(json_t *value, const struct record_entry *entry)
{
    json_put_number(value, "number", entry->number);
    json_put_text(value, "kind", entry->kind);
    json_put_text(value, "state", entry->state);
    json_put_text(value, "begun", entry->begun);
    json_put_text(value, "ended", entry->ended);
    json_put_text(value, "actor", entry->actor);
    json_put_text(value, "database_user", entry->database_user);
    json_put_text(value, "tool", entry->tool);
    json_put_text(value, "message", entry->message);
    json_put_text(value, "wanted", entry->wanted_name);
    put_files(value, entry->files);
    json_put_text(value, "git_commit", entry->git_commit);
    json_put_text(value, "git_remote", entry->git_remote);
    json_put_text(value, "run_url", entry->run_url);
    json_put_number(value, "server_version", entry->server_version);
    json_put_text(value, "digest_before", entry->before);
    json_put_text(value, "digest_after", entry->after);
    json_put_number(value, "steps", entry->steps);
    json_put_number(value, "steps_done", entry->steps_done);
    json_put_text(value, "error", entry->error);
}

static void put_steps(json_t *entry, const struct record_step_list *steps)
{
    json_t *value = json_put_array(entry, "statements");

    for (size_t i = 0; i < steps->count; i++) {
        const struct record_step *step = &steps->items[i];
        json_t *item = json_add_object(value);

        json_put_number(item, "number", step->number);
        json_put_number(item, "group", step->group);
        json_put_text(item, "state", step->state);
        json_put_text(item, "action", step->action);
        json_put_text(item, "object", step->object);
        json_put_text(item, "sql", step->sql);
        json_put_text(item, "started", step->started);
        json_put(item, "seconds", step->seconds < 0 ? json_null() : json_real(step->seconds));
    }
}

static void history_json(const struct record_entries *entries, struct buffer *out)
{
    json_t *value = json_new();
    json_t *list;

    json_put_number(value, "format", format_version);
    list = json_put_array(value, "entries");
    for (size_t i = entries->count; i-- > 0;)
        put_entry(json_add_object(list), &entries->items[i]);
    json_print(value, out);
}

/* --- text ------------------------------------------------------------------------------------ */

static const char *paint_of(const struct record_entry *entry)
{
    if (strcmp(entry->state, RECORD_DONE) == 0)
        return "\033[32m";
    return strcmp(entry->state, RECORD_FAILED) == 0 ? "\033[31m" : "\033[33m";
}

static void append_shown(struct buffer *out, const char *text)
{
    buffer_append_shown(out, or_empty(text), strlen(or_empty(text)));
}

static void append_line(const struct record_entry *entry, bool colour, struct buffer *out)
{
    buffer_printf(out, "%s#%" PRId64 "%s ", colour ? "\033[1m" : "", entry->number,
                  colour ? "\033[0m" : "");
    append_shown(out, entry->begun);
    buffer_append(out, ", ");
    append_shown(out, entry->kind);
    buffer_append(out, ", ");
    append_shown(out, entry->state);
    buffer_append(out, ", by ");
    append_shown(out, entry->actor);
    if (entry->steps)
        buffer_printf(out, ", %" PRId64 " of %" PRId64 " step%s", entry->steps_done, entry->steps,
                      entry->steps == 1 ? "" : "s");
    if (entry->message) {
        buffer_append(out, ": ");
        buffer_append_shown(out, entry->message, strcspn(entry->message, "\n"));
    }
    buffer_append_char(out, '\n');
}

void report_history(const struct record_entries *entries, bool json, bool colour,
                    struct buffer *out)
{
    if (json) {
        history_json(entries, out);
        return;
    }
    for (size_t i = entries->count; i-- > 0;)
        append_line(&entries->items[i], colour, out);
    if (!entries->count)
        buffer_append(out, "nothing is recorded\n");
}

static void append_fact(struct buffer *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buffer_printf(out, "  %-14s ", name);
    append_shown(out, value);
    buffer_append_char(out, '\n');
}

static void append_files(struct buffer *out, const char *files)
{
    while (files && *files) {
        size_t length = strcspn(files, "\n");

        buffer_printf(out, "  %-14s ", "file");
        buffer_append_shown(out, files, length);
        buffer_append_char(out, '\n');
        files += length + (files[length] == '\n');
    }
}

static void append_recorded_step(const struct record_step *step, struct buffer *out)
{
    buffer_printf(out, "\n  [%" PRId64 "] ", step->number);
    append_shown(out, step->action);
    buffer_append_char(out, ' ');
    append_shown(out, step->object);
    buffer_append(out, ": ");
    append_shown(out, step->state);
    if (step->seconds >= 0)
        buffer_printf(out, ", %.3f s", step->seconds);
    buffer_append_char(out, '\n');
    append_statement_shown(out, step->sql, 6);
}

void report_entry(const struct record_entry *entry, const struct record_step_list *steps, bool json,
                  bool colour, struct buffer *out)
{
    if (json) {
        json_t *value = json_new();

        put_entry(value, entry);
        put_steps(value, steps);
        json_print(value, out);
        return;
    }
    if (colour)
        buffer_append(out, paint_of(entry));
    append_line(entry, colour, out);
    append_fact(out, "ended", entry->ended);
    append_fact(out, "database user", entry->database_user);
    append_fact(out, "tool", entry->tool);
    append_fact(out, "wanted", entry->wanted_name);
    append_files(out, entry->files);
    append_fact(out, "commit", entry->git_commit);
    append_fact(out, "remote", entry->git_remote);
    append_fact(out, "run", entry->run_url);
    append_fact(out, "schema before", entry->before);
    append_fact(out, "schema after", entry->after);
    append_fact(out, "error", entry->error);
    for (size_t i = 0; i < steps->count; i++)
        append_recorded_step(&steps->items[i], out);
}
