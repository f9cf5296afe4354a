/* The plan as a script: session settings, then a transaction for each group, with comments that tell
 * how a statement can hurt. */
#include "report/report.h"

#include <string.h>

#include "core/text/shown.h"
#include "model/identity.h"

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

/* How long the transaction that begins with a step, or a step outside of transactions, may wait for locks: as
 * exec/exec.c has it. Negative where none is taken of what is there. */
static int lock_timeout_from(const struct plan *plan, size_t at)
{
    const struct step *first = &plan->steps.items[at];
    enum step_lock strongest = first->lock;
    int usual = plan->lock_timeout ? plan->lock_timeout : PLAN_DEFAULT_LOCK_TIMEOUT;

    for (;
         at + 1 < plan->steps.count && !breaks(&plan->steps.items[at], &plan->steps.items[at + 1]);
         at++)
        if (plan->steps.items[at + 1].lock > strongest)
            strongest = plan->steps.items[at + 1].lock;
    if (strongest == LOCK_NONE)
        return -1;
    return first->transaction == TRANSACTION_NEVER &&
                   strongest <= plan->dialect->running->patient_lock
               ? 0
               : usual;
}

static void write_lock_timeout(const struct plan *plan, size_t at, int *current, struct buffer *out)
{
    int wanted = lock_timeout_from(plan, at);

    if (wanted < 0 || wanted == *current || !plan->dialect->scripts->lock_timeout)
        return;
    append_statement(out, plan->dialect->scripts->lock_timeout(plan->arena, wanted), 0);
    buffer_append_char(out, '\n');
    *current = wanted;
}

/* lock_timeout: what the script has set so far; negative: nothing. */
static void write_step(const struct plan *plan, size_t at, int *lock_timeout, struct buffer *out)
{
    const struct step *step = &plan->steps.items[at];
    bool transactional = step->transaction != TRANSACTION_NEVER;
    bool first = at == 0 || breaks(step - 1, step);
    bool last = at + 1 == plan->steps.count || breaks(step, step + 1);

    if (out->length)
        buffer_append_char(out, '\n');
    if (first)
        write_lock_timeout(plan, at, lock_timeout, out);
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

/* What --no-drop keeps, as comments. */
static void write_kept(const struct plan *plan, struct buffer *out)
{
    struct arena *scratch = arena_new();

    for (size_t i = 0; i < plan->kept.count; i++) {
        const char *text = identity_print(scratch, plan->kept.items[i]);

        buffer_append(out, "-- kept, though not wanted: ");
        buffer_append_shown(out, text, strlen(text));
        buffer_append_char(out, '\n');
    }
    if (plan->kept.count && plan->steps.count)
        buffer_append_char(out, '\n');
    arena_free(scratch);
}

void report_sql(const struct plan *plan, struct buffer *out)
{
    struct buffer script = BUFFER_EMPTY;
    int lock_timeout = -1;

    write_kept(plan, out);
    if (!plan->steps.count)
        return;
    append_head(&script, plan);
    write_path(plan, &script);
    write_settings(&plan->before, &script);
    for (size_t i = 0; i < plan->steps.count; i++)
        write_step(plan, i, &lock_timeout, &script);
    if (plan->after.count)
        buffer_append_char(&script, '\n');
    write_settings(&plan->after, &script);
    buffer_append_bytes(out, script.text, script.length);
    buffer_free(&script);
}
