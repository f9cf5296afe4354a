/* One document of what a command says of every environment. */
#include "cli/all.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "cli/messages.h"
#include "core/text/shown.h"

const char *all_outcome_name(const struct all_command *command, enum all_outcome outcome)
{
    static const char *const names[] = {
        [ALL_UNREACHABLE] = "unreachable", [ALL_ERROR] = "error",
        [ALL_NOT_BEGUN] = "not begun",     [ALL_REFUSED] = "refused",
        [ALL_DIFFERENT] = "different",     [ALL_SAME] = "same"};
    bool drift = command->bit == FOR_DRIFT && !command->changes;

    if (outcome == ALL_SAME)
        return drift ? "no drift" : command->bit & (FOR_DIFF | FOR_STATUS) ? "same" : "done";
    if (outcome == ALL_DIFFERENT && drift)
        return "drift";
    return outcome == ALL_REFUSED && drift ? "applying" : names[outcome];
}

/* The first line of what it said on standard error that tells of an error; "" for none. */
static const char *reason(const struct all_result *result, struct arena *arena)
{
    static const char title[] = "error: ";
    const char *at = strstr(result->messages, title);

    if (!at)
        return "";
    at += strlen(title);
    return text_shown(arena, arena_strndup(arena, at, strcspn(at, "\n")));
}

/* --- text and SQL ------------------------------------------------------------------------------ */

static void append_count(struct buffer *out, const struct all_command *command,
                         const struct all_result *results, size_t count, enum all_outcome outcome,
                         bool *first)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += results[i].outcome == outcome;
    if (found)
        buffer_printf(out, "%s %zu %s", *first ? ":" : ",", found,
                      all_outcome_name(command, outcome));
    *first &= !found;
}

static void append_counts(struct buffer *out, const struct all_command *command,
                          const struct all_result *results, size_t count)
{
    bool first = true;

    buffer_printf(out, "%zu environment%s", count, count == 1 ? "" : "s");
    for (int outcome = ALL_SAME; outcome <= ALL_NOT_BEGUN; outcome++)
        append_count(out, command, results, count, (enum all_outcome)outcome, &first);
}

static void append_whole_lines(struct buffer *out, const char *text)
{
    size_t length = strlen(text);

    buffer_append(out, text);
    if (length && text[length - 1] != '\n')
        buffer_append_char(out, '\n');
}

static void report_text(const struct options *options, const struct all_command *command,
                        const struct all_result *results, size_t count, struct buffer *out)
{
    struct arena *scratch = arena_new();
    bool quiet = options->quiet;

    for (size_t i = 0; i < count; i++) {
        const char *why = reason(&results[i], scratch);

        if (options->quiet && results[i].outcome == ALL_SAME && !*results[i].answer)
            continue;
        quiet = false;
        buffer_printf(out, "== %s: %s%s%s ==\n", results[i].environment,
                      all_outcome_name(command, results[i].outcome), *why ? ": " : "", why);
        append_whole_lines(out, results[i].answer);
        buffer_append_char(out, '\n');
    }
    if (!quiet) {
        append_counts(out, command, results, count);
        buffer_append_char(out, '\n');
    }
    arena_free(scratch);
}

static void report_sql(const struct all_command *command, const struct all_result *results,
                       size_t count, struct buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "%s-- environment %s: %s\n", i ? "\n" : "", results[i].environment,
                      all_outcome_name(command, results[i].outcome));
        append_whole_lines(out, results[i].answer);
    }
}

/* --- JSON ---------------------------------------------------------------------------------------- */

static int append_json(const char *bytes, size_t length, void *context)
{
    buffer_append_bytes(context, bytes, length);
    return 0;
}

/* What it wrote; null where that is no whole document. */
static json_t *answer_of(const struct all_result *result)
{
    json_t *answer = json_loads(result->answer, 0, NULL);

    return answer ? answer : json_null();
}

static void report_json(const struct all_command *command, const struct all_result *results,
                        size_t count, struct buffer *out)
{
    json_t *environments = json_array();
    json_t *whole = json_pack("{s:i, s:s, s:o}", "format", 1, "command", command->name,
                              "environments", environments);

    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            environments,
            json_pack("{s:s, s:s, s:o, s:o, s:s}", "environment", results[i].environment, "outcome",
                      all_outcome_name(command, results[i].outcome), "exit_status",
                      results[i].status < 0 ? json_null() : json_integer(results[i].status),
                      "answer", answer_of(&results[i]), "messages", results[i].messages));
    json_dump_callback(whole, append_json, out, JSON_INDENT(2));
    buffer_append_char(out, '\n');
    json_decref(whole);
}

/* --- Prometheus ---------------------------------------------------------------------------------- */

/* The samples of one metric, which have to stand together, with its HELP and TYPE once. */
struct metric {
    const char *name;
    struct buffer head;
    struct buffer samples;
};

struct metrics {
    struct arena *arena;
    struct pointer_list list;
};

static struct metric *find_metric(struct metrics *metrics, const char *name, size_t length)
{
    struct metric *metric;

    for (size_t i = 0; i < metrics->list.count; i++) {
        metric = metrics->list.items[i];
        if (strlen(metric->name) == length && memcmp(metric->name, name, length) == 0)
            return metric;
    }
    metric = ARENA_NEW(metrics->arena, struct metric);
    metric->name = arena_strndup(metrics->arena, name, length);
    pointer_list_add(&metrics->list, metrics->arena, metric);
    return metric;
}

/* environment="prod" */
static void append_environment(struct buffer *out, const char *name)
{
    buffer_append(out, "environment=\"");
    for (; *name; name++) {
        if (*name == '"' || *name == '\\')
            buffer_append_char(out, '\\');
        buffer_append_char(out, *name);
    }
    buffer_append_char(out, '"');
}

static void add_line(struct metrics *metrics, const char *line, size_t length,
                     const char *environment)
{
    bool comment = strncmp(line, "# HELP ", 7) == 0 || strncmp(line, "# TYPE ", 7) == 0;
    const char *name = comment ? line + 7 : line;
    struct metric *metric = find_metric(metrics, name, strcspn(name, " {"));
    size_t labels = strcspn(line, "{") + 1;
    const char *whole = arena_printf(metrics->arena, "%.*s\n", (int)length, line);

    if (comment) {
        if (!strstr(buffer_text(&metric->head), whole))
            buffer_append(&metric->head, whole);
        return;
    }
    buffer_append_bytes(&metric->samples, line, labels);
    append_environment(&metric->samples, environment);
    buffer_append_char(&metric->samples, ',');
    buffer_append(&metric->samples, whole + labels);
}

static void add_lines(struct metrics *metrics, const struct all_result *result)
{
    const char *line = result->answer;

    while (*line) {
        size_t length = strcspn(line, "\n");

        if (length && (*line == '#' || memchr(line, '{', length)))
            add_line(metrics, line, length, result->environment);
        line += length + (line[length] == '\n');
    }
}

static void report_prometheus(const struct all_result *results, size_t count, struct buffer *out)
{
    struct metrics metrics = {.arena = arena_new()};

    for (size_t i = 0; i < count; i++)
        add_lines(&metrics, &results[i]);
    for (size_t i = 0; i < metrics.list.count; i++) {
        struct metric *metric = metrics.list.items[i];

        buffer_append(out, buffer_text(&metric->head));
        buffer_append(out, buffer_text(&metric->samples));
        buffer_free(&metric->head);
        buffer_free(&metric->samples);
    }
    buffer_append(out, "# HELP plumb_known Whether anything could be said of the environment.\n"
                       "# TYPE plumb_known gauge\n");
    for (size_t i = 0; i < count; i++) {
        buffer_append(out, "plumb_known{");
        append_environment(out, results[i].environment);
        buffer_printf(out, "} %d\n", results[i].outcome < ALL_UNREACHABLE);
    }
    arena_free(metrics.arena);
}

/* --- JUnit --------------------------------------------------------------------------------------- */

static void append_xml(struct buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            buffer_append(out, "&amp;");
        else if (*text == '<')
            buffer_append(out, "&lt;");
        else if (*text == '"')
            buffer_append(out, "&quot;");
        else
            buffer_append_char(out, *text);
    }
}

/* Its test suite, called by the environment; one with an error where nothing is known. */
static void append_suite(struct buffer *out, const struct all_command *command,
                         const struct all_result *result, struct arena *arena)
{
    static const char name[] = "<testsuite name=\"";
    const char *suite = strstr(result->answer, name);
    const char *end = strstr(result->answer, "</testsuites>");

    if (suite && end) {
        suite += strlen(name);
        buffer_printf(out, "  %s", name);
        append_xml(out, result->environment);
        buffer_append(out, ": ");
        buffer_append_bytes(out, suite, (size_t)(end - suite));
        return;
    }
    buffer_printf(out, "  %s", name);
    append_xml(out, result->environment);
    buffer_printf(out,
                  "\" tests=\"1\" errors=\"1\">\n"
                  "    <testcase classname=\"plumb.drift\" name=\"drift\">\n"
                  "      <error message=\"%s",
                  all_outcome_name(command, result->outcome));
    buffer_append(out, *reason(result, arena) ? ": " : "");
    append_xml(out, reason(result, arena));
    buffer_append(out, "\"/>\n    </testcase>\n  </testsuite>\n");
}

static void report_junit(const struct all_command *command, const struct all_result *results,
                         size_t count, struct buffer *out)
{
    struct arena *scratch = arena_new();

    buffer_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (size_t i = 0; i < count; i++)
        append_suite(out, command, &results[i], scratch);
    buffer_append(out, "</testsuites>\n");
    arena_free(scratch);
}

void all_report(const struct options *options, const struct all_command *command,
                const struct all_result *results, size_t count, struct buffer *out)
{
    switch (options->format) {
    case FORMAT_SQL:
        report_sql(command, results, count, out);
        break;
    case FORMAT_JSON:
        report_json(command, results, count, out);
        break;
    case FORMAT_PROMETHEUS:
        report_prometheus(results, count, out);
        break;
    case FORMAT_JUNIT:
        report_junit(command, results, count, out);
        break;
    case FORMAT_DEFAULT:
    case FORMAT_TEXT:
        report_text(options, command, results, count, out);
        break;
    }
}
