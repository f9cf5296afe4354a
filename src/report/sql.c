/* The plan as a script: session settings, then a transaction for each group, with comments that tell
 * how a statement can hurt. */
#include "report/report.h"

#include <string.h>

#include "core/text/shown.h"

static void write_hazards(const struct step *step, struct buffer *out)
{
    for (int i = 0; i < HAZARD_COUNT; i++)
        if (step->hazards >> i & 1)
            buffer_printf(out, "-- %s: %s\n", hazard_name((enum hazard)i),
                          hazard_text((enum hazard)i));
}

/* A note may have lines of its own. */
static void write_note(const char *note, struct buffer *out)
{
    while (note && *note) {
        size_t length = strcspn(note, "\n");

        buffer_append(out, "-- ");
        buffer_append_shown(out, note, length); /* a carriage return would end the comment */
        buffer_append_char(out, '\n');
        note += length + (note[length] == '\n');
    }
}

static void write_path(const struct plan *plan, struct buffer *out)
{
    if (plan->dialect->scripts->path)
        append_statement(out, plan->dialect->scripts->path(plan->arena, plan->from), 0);
}

static void write_settings(const struct step_list *steps, struct buffer *out)
{
    for (size_t i = 0; i < steps->count; i++)
        append_statement(out, steps->items[i].sql, 0);
}

/* Where a transaction begins before a step, or ends after it. */
static bool breaks(const struct step *a, const struct step *b)
{
    return a->group != b->group ||
           (a->transaction == TRANSACTION_NEVER) != (b->transaction == TRANSACTION_NEVER);
}

static void write_step(const struct plan *plan, size_t at, struct buffer *out)
{
    const struct step *step = &plan->steps.items[at];
    bool transactional = step->transaction != TRANSACTION_NEVER;
    bool first = at == 0 || breaks(step - 1, step);
    bool last = at + 1 == plan->steps.count || breaks(step, step + 1);

    if (out->length)
        buffer_append_char(out, '\n');
    if (first && transactional)
        buffer_append(out, "BEGIN;\n\n");
    if (!transactional)
        buffer_append(out, "-- outside a transaction\n");
    write_hazards(step, out);
    write_note(step->note, out);
    if (step->shown)
        write_note("holds secrets, which are not shown: fill them in, or let plumb apply run it",
                   out);
    append_step(out, step);
    if (last && transactional)
        buffer_append(out, "\nCOMMIT;\n");
}

void report_sql(const struct plan *plan, struct buffer *out)
{
    struct buffer script = BUFFER_EMPTY;

    if (!plan->steps.count)
        return;
    append_head(&script, plan);
    write_path(plan, &script);
    write_settings(&plan->before, &script);
    for (size_t i = 0; i < plan->steps.count; i++)
        write_step(plan, i, &script);
    if (plan->after.count)
        buffer_append_char(&script, '\n');
    write_settings(&plan->after, &script);
    buffer_append_bytes(out, script.text, script.length);
    buffer_free(&script);
}
