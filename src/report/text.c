/* The plan for people: what happens to which object, how it can hurt, and the statement. */
#include "report/report.h"

#include <string.h>

#include "core/text/shown.h"
#include "core/text/size.h"
#include "model/identity.h"
#include "plan/cost.h"

#define COLOUR_RESET "\033[0m"
#define COLOUR_BOLD "\033[1m"
#define COLOUR_DIM "\033[2m"
#define COLOUR_RED "\033[31m"
#define COLOUR_GREEN "\033[32m"
#define COLOUR_YELLOW "\033[33m"
#define COLOUR_CYAN "\033[36m"

struct writer {
    const struct plan *plan;
    struct buffer *out;
    struct arena *scratch;
    bool colour;
    int transactions; /* so far */
};

static const struct {
    const char *sign;
    const char *colour;
} marks[] = {
    [ACTION_CREATE] = {"+", COLOUR_GREEN},
    [ACTION_ALTER] = {"~", COLOUR_YELLOW},
    [ACTION_DROP] = {"-", COLOUR_RED},
    [ACTION_RENAME] = {">", COLOUR_CYAN},
};

static const char *paint(const struct writer *writer, const char *colour)
{
    return writer->colour ? colour : "";
}

/* What is done at once has a line for each. */
static void write_heading(const struct writer *writer, const struct step *step)
{
    if (step->joined.count) {
        for (size_t i = 0; i < step->joined.count; i++)
            write_heading(writer, step->joined.items[i]);
        return;
    }
    buffer_printf(writer->out, "%s%s %s%s\n", paint(writer, marks[step->action].colour),
                  marks[step->action].sign, step_title(writer->scratch, step),
                  paint(writer, COLOUR_RESET));
}

static void write_hazards(const struct writer *writer, const struct step *step)
{
    for (int i = 0; i < HAZARD_COUNT; i++) {
        enum hazard hazard = (enum hazard)i;

        if (!(step->hazards >> i & 1))
            continue;
        buffer_printf(
            writer->out, "    %s! %s: %s%s%s\n",
            paint(writer, hazard_is_lossy(hazard) ? COLOUR_BOLD COLOUR_RED : COLOUR_YELLOW),
            hazard_name(hazard), hazard_text(hazard),
            hazard_is_lossy(hazard) ? " (has to be allowed)" : "", paint(writer, COLOUR_RESET));
    }
}

/* What the lock means for those who use the table; only of a database, for files say nothing of sizes. */
static const char *cost_text(const struct writer *writer, const struct step *step)
{
    struct step_cost cost = step_cost(writer->plan, step);
    const char *size;

    if (!writer->plan->from->knows_sizes || !cost.table)
        return "";
    if (!cost.reads)
        return arena_printf(writer->scratch, ": %s for an instant", lock_block_text(cost.blocks));
    size = cost.size.known ? arena_printf(writer->scratch, "%s, about %lld row%s",
                                          size_shown(writer->scratch, cost.size.bytes),
                                          (long long)cost.size.rows, cost.size.rows == 1 ? "" : "s")
                           : "a table of unknown size";
    return arena_printf(writer->scratch, ": %s%s%s; %s %s", lock_block_text(cost.blocks),
                        cost.class == COST_UNKNOWN ? "" : ", ",
                        cost.class == COST_UNKNOWN   ? ""
                        : cost.class == COST_INSTANT ? "an instant"
                                                     : cost_class_name(cost.class),
                        cost.rewrites ? "rewrites" : "reads", size);
}

static void write_lock(const struct writer *writer, const struct step *step)
{
    const struct object *locked = step_locked(step);

    if (step->lock == LOCK_NONE)
        return;
    buffer_printf(writer->out, "    %slock: %s%s%s%s%s\n", paint(writer, COLOUR_DIM),
                  plan_lock_name(writer->plan, step->lock), locked ? " on " : "",
                  locked ? identity_print(writer->scratch, locked) : "", cost_text(writer, step),
                  paint(writer, COLOUR_RESET));
}

/* What the session is set to for the step alone. */
static void write_settings(const struct writer *writer, const struct text_list *statements)
{
    for (size_t i = 0; i < statements->count; i++)
        append_statement_shown(writer->out, statements->items[i], 4);
}

static void write_step(const struct writer *writer, const struct step *step)
{
    write_lock(writer, step);
    write_hazards(writer, step);
    if (step->note)
        buffer_printf(writer->out, "    %snote: %s%s\n", paint(writer, COLOUR_CYAN),
                      text_shown_lines(writer->scratch, step->note, 8),
                      paint(writer, COLOUR_RESET));
    write_settings(writer, &step->prepares);
    append_statement_shown(writer->out, step->sql, 4);
    write_settings(writer, &step->restores);
}

/* Says where transactions begin, when there is more than one. */
static void write_group(struct writer *writer, const struct step *before, const struct step *step)
{
    bool outside = step->transaction == TRANSACTION_NEVER;

    if (writer->plan->group_count < 2 || (before && before->group == step->group))
        return;
    if (outside && before && before->transaction == TRANSACTION_NEVER)
        return;
    buffer_append(writer->out, paint(writer, COLOUR_BOLD));
    if (outside)
        buffer_append(writer->out, "outside a transaction");
    else
        buffer_printf(writer->out, "transaction %d", ++writer->transactions);
    buffer_printf(writer->out, "%s\n\n", paint(writer, COLOUR_RESET));
}

static bool continues(const struct step *before, const struct step *step)
{
    return !before->joined.count && !step->joined.count && before->object == step->object &&
           before->action == step->action && before->group == step->group;
}

/* What --no-drop keeps. */
static void write_kept(const struct writer *writer)
{
    const struct pointer_list *kept = &writer->plan->kept;

    if (!kept->count)
        return;
    buffer_printf(writer->out, "%skept, though not wanted, since nothing is dropped:%s\n",
                  paint(writer, COLOUR_BOLD), paint(writer, COLOUR_RESET));
    for (size_t i = 0; i < kept->count; i++)
        buffer_printf(writer->out, "  %s= %s%s\n", paint(writer, COLOUR_DIM),
                      identity_print(writer->scratch, kept->items[i]), paint(writer, COLOUR_RESET));
    buffer_append_char(writer->out, '\n');
}

/* Which tables would be blocked for longer than an instant. */
static void write_blocks(const struct writer *writer)
{
    struct table_blocks blocks = {0};

    if (writer->plan->from->knows_sizes)
        blocks = cost_blocks(writer->plan, writer->scratch);
    for (size_t i = 0; i < blocks.count; i++) {
        enum cost_class class = cost_class_of(blocks.items[i].seconds);

        if (class == COST_SECONDS || class == COST_MINUTES || class == COST_HOURS)
            buffer_printf(writer->out, "%s: %s for %s in all\n",
                          identity_print(writer->scratch, blocks.items[i].table),
                          lock_block_text(blocks.items[i].blocks), cost_class_name(class));
    }
}

void report_text(const struct plan *plan, bool colour, struct buffer *out)
{
    struct writer writer = {.plan = plan, .out = out, .scratch = arena_new(), .colour = colour};
    const struct step *before = NULL;

    for (size_t i = 0; i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];

        write_group(&writer, before, step);
        if (!before || !continues(before, step))
            write_heading(&writer, step);
        write_step(&writer, step);
        if (i + 1 == plan->steps.count || !continues(step, step + 1))
            buffer_append_char(out, '\n');
        before = step;
    }
    write_kept(&writer);
    write_blocks(&writer);
    report_summary(plan, out);
    buffer_append_char(out, '\n');
    arena_free(writer.scratch);
}
