/* What the reports share: words, counting, and how a statement is set. */
#include "report/report.h"

#include <ctype.h>
#include <string.h>

#include "core/text/trim.h"
#include "core/text/shown.h"

const char *transaction_name(enum step_transaction transaction)
{
    static const char *const names[] = {
        [TRANSACTION_ANY] = "any",
        [TRANSACTION_COMMIT_AFTER] = "commit-after",
        [TRANSACTION_NEVER] = "never",
    };

    return names[transaction];
}

/* --- statements ------------------------------------------------------------------------------ */

/* A semicolon behind a comment would be part of it. */
static bool may_end_in_comment(const char *sql, size_t length)
{
    for (size_t i = length; i > 1 && sql[i - 1] != '\n'; i--)
        if ((sql[i - 1] == '-' && sql[i - 2] == '-') || (sql[i - 1] == '#' && sql[i - 2] == ' '))
            return true;
    return false;
}

static void append_indented(struct buffer *out, const char *line, size_t length, size_t indent)
{
    if (length)
        for (size_t i = 0; i < indent; i++)
            buffer_append_char(out, ' ');
    buffer_append_bytes(out, line, length);
}

void append_statement(struct buffer *out, const char *sql, size_t indent)
{
    size_t rest = trim_statement(sql, strlen(sql));
    bool apart = may_end_in_comment(sql, rest);

    while (rest) {
        const char *newline = memchr(sql, '\n', rest);
        size_t length = newline ? (size_t)(newline - sql) : rest;

        append_indented(out, sql, length, indent);
        if (newline) {
            buffer_append_char(out, '\n');
            length++;
        }
        sql += length;
        rest -= length;
    }
    if (apart) {
        buffer_append_char(out, '\n');
        append_indented(out, ";", 1, indent);
    } else {
        buffer_append_char(out, ';');
    }
    buffer_append_char(out, '\n');
}

void append_statement_shown(struct buffer *out, const char *sql, size_t indent)
{
    struct arena *scratch = arena_new();

    append_statement(out, text_shown_lines(scratch, sql, 0), indent);
    arena_free(scratch);
}

void append_head(struct buffer *out, const struct plan *plan)
{
    if (plan->dialect->scripts->head)
        append_statement(out, plan->dialect->scripts->head, 0);
}

/* A delimiter that the statement itself does not hold. */
static const char *delimiter_for(const char *sql)
{
    static const char *const delimiters[] = {"//", "$$", ";;", "@@", "~~"};

    for (size_t i = 0; i < sizeof(delimiters) / sizeof(*delimiters); i++)
        if (!strstr(sql, delimiters[i]))
            return delimiters[i];
    return "-- end of statement --";
}

void append_step(struct buffer *out, const struct step *step)
{
    const char *delimiter;

    for (size_t i = 0; i < step->prepares.count; i++)
        append_statement(out, step->prepares.items[i], 0);
    if (step->compound) {
        delimiter = delimiter_for(step->sql);
        buffer_printf(out, "DELIMITER %s\n%s\n%s\nDELIMITER ;\n", delimiter, step->sql, delimiter);
    } else {
        append_statement(out, step->sql, 0);
    }
    for (size_t i = 0; i < step->restores.count; i++)
        append_statement(out, step->restores.items[i], 0);
}

/* --- counting -------------------------------------------------------------------------------- */

/* The keys of the objects that steps of this action are for. */
static struct map objects_of(const struct plan *plan, enum step_action action,
                             struct arena *scratch)
{
    struct map keys = map_new(scratch);
    const struct step *part;

    for (size_t i = 0; i < plan->steps.count; i++)
        for (size_t j = 0; (part = step_part(&plan->steps.items[i], j)) != NULL; j++)
            if (part->action == action && part->object)
                map_add(&keys, part->object->key);
    return keys;
}

static void count_object(struct report_counts *counts, bool created, bool dropped)
{
    if (created && dropped)
        counts->replaced++;
    else if (created)
        counts->created++;
    else if (dropped)
        counts->dropped++;
    else
        counts->altered++;
}

struct report_counts report_count(const struct plan *plan)
{
    struct arena *scratch = arena_new();
    struct map created = objects_of(plan, ACTION_CREATE, scratch);
    struct map dropped = objects_of(plan, ACTION_DROP, scratch);
    struct map seen = map_new(scratch);
    struct report_counts counts = {0};
    const struct step *part;

    for (size_t i = 0; i < plan->steps.count; i++)
        for (size_t j = 0; (part = step_part(&plan->steps.items[i], j)) != NULL; j++)
            if (part->object && map_add(&seen, part->object->key))
                count_object(&counts, map_get(&created, part->object->key),
                             map_get(&dropped, part->object->key));
    arena_free(scratch);
    return counts;
}

static void append_count(struct buffer *out, size_t start, size_t count, const char *verb)
{
    if (!count)
        return;
    buffer_separate(out, start, ", ");
    buffer_printf(out, "%zu to %s", count, verb);
}

void report_summary(const struct plan *plan, struct buffer *out)
{
    struct report_counts counts = report_count(plan);
    size_t start = out->length;

    append_count(out, start, counts.created, "create");
    append_count(out, start, counts.altered, "alter");
    append_count(out, start, counts.dropped, "drop");
    append_count(out, start, counts.replaced, "replace");
    if (out->length == start)
        buffer_append(out, "nothing to do");
    if (plan->kept.count)
        buffer_printf(out, ", besides %zu object%s kept", plan->kept.count,
                      plan->kept.count == 1 ? "" : "s");
}
