/* The plan for programs, as one JSON object. The format has a version: fields may be added to it, but
 * none changes its meaning or goes away without another number. */
#include "report/report.h"

#include "model/fields.h"
#include "model/identity.h"
#include "plan/cost.h"
#include "report/json_value.h"

enum { format_version = 1 };

static void put_state(json_t *plan, const char *name, const struct model *model)
{
    json_t *value = json_put_object(plan, name);
    char digest[33];

    digest_print(model->digest, digest);
    json_put_text(value, "source", model->source);
    json_put_number(value, "server_version", model->server_version);
    json_put_text(value, "digest", digest);
}

static void put_texts(json_t *plan, const char *name, const struct text_list *texts)
{
    json_t *value = json_put_array(plan, name);

    for (size_t i = 0; i < texts->count; i++)
        json_add_text(value, texts->items[i]);
}

static void put_statements(json_t *plan, const char *name, const struct step_list *steps)
{
    json_t *value = json_put_array(plan, name);

    for (size_t i = 0; i < steps->count; i++)
        json_add_text(value, steps->items[i].sql);
}

static void put_hazards(json_t *object, uint64_t hazards)
{
    json_t *value = json_put_array(object, "hazards");

    for (int i = 0; i < HAZARD_COUNT; i++) {
        json_t *item;

        if (!(hazards >> i & 1))
            continue;
        item = json_add_object(value);
        json_put_text(item, "name", hazard_name((enum hazard)i));
        json_put_flag(item, "lossy", hazard_is_lossy((enum hazard)i));
        json_put_text(item, "text", hazard_text((enum hazard)i));
    }
}

/* kind, identity and where it was declared. */
static void put_object(json_t *value, const struct object *object, struct arena *scratch)
{
    json_put_text(value, "kind", object ? kind_name(object->kind) : NULL);
    json_put_text(value, "object", object ? identity_print(scratch, object) : NULL);
    json_put_text(value, "path", object ? identity_path(scratch, object) : NULL);
    if (object && object->location.file) {
        json_t *location = json_put_object(value, "location");

        json_put_text(location, "file", object->location.file);
        json_put_number(location, "line", object->location.line);
        json_put_number(location, "column", object->location.column);
    }
}

/* What a step does at once, one by one. */
static void put_joined(json_t *step_value, const struct step *step, struct arena *scratch)
{
    json_t *value = step->joined.count ? json_put_array(step_value, "joined") : NULL;

    for (size_t i = 0; i < step->joined.count; i++) {
        const struct step *part = step->joined.items[i];
        json_t *item = json_add_object(value);

        json_put_text(item, "action", action_name(part->action));
        put_object(item, part->object, scratch);
        put_hazards(item, part->hazards);
    }
}

/* Of what is not known there is no number. */
static void put_cost(json_t *step_value, const struct plan *plan, const struct step *step,
                     struct arena *scratch)
{
    struct step_cost cost = step_cost(plan, step);
    json_t *value;

    if (!cost.table || !plan->from->knows_sizes)
        return;
    value = json_put_object(step_value, "cost");
    json_put_text(value, "table", identity_print(scratch, cost.table));
    if (cost.size.known) {
        json_put_number(value, "rows", cost.size.rows);
        json_put_number(value, "bytes", cost.size.bytes);
    }
    json_put_flag(value, "reads", cost.reads);
    json_put_flag(value, "rewrites", cost.rewrites);
    json_put_text(value, "effect", lock_block_text(cost.blocks));
    json_put_text(value, "estimate", cost_class_name(cost.class));
}

static void put_blocks(json_t *plan_value, const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_put_array(plan_value, "blocked");
    struct table_blocks blocks = {0};

    if (plan->from->knows_sizes)
        blocks = cost_blocks(plan, scratch);
    for (size_t i = 0; i < blocks.count; i++) {
        json_t *item = json_add_object(value);

        json_put_text(item, "table", identity_print(scratch, blocks.items[i].table));
        json_put_text(item, "effect", lock_block_text(blocks.items[i].blocks));
        json_put_text(item, "estimate", cost_class_name(cost_class_of(blocks.items[i].seconds)));
    }
}

static void add_step(json_t *steps, const struct plan *plan, size_t number, struct arena *scratch)
{
    const struct step *step = &plan->steps.items[number - 1];
    const struct object *locked = step->lock == LOCK_NONE ? NULL : step_locked(step);
    json_t *value = json_add_object(steps);

    json_put_count(value, "number", number);
    json_put_text(value, "action", action_name(step->action));
    put_object(value, step->object, scratch);
    json_put_text(value, "title", step_title(scratch, step));
    put_joined(value, step, scratch);
    put_texts(value, "before", &step->prepares);
    json_put_text(value, "sql", step->sql);
    put_texts(value, "after", &step->restores);
    put_hazards(value, step->hazards);
    json_put_text(value, "lock", lock_name(step->lock));
    json_put_text(value, "lock_name", plan_lock_name(plan, step->lock));
    json_put_text(value, "locked", locked ? identity_print(scratch, locked) : NULL);
    json_put_flag(value, "rewrites", step->rewrites);
    json_put_flag(value, "scans", step->scans);
    put_cost(value, plan, step, scratch);
    json_put_text(value, "transaction", transaction_name(step->transaction));
    json_put_number(value, "group", step->group);
    json_put_text(value, "note", step->note);
}

static void put_steps(json_t *plan_value, const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_put_array(plan_value, "steps");

    for (size_t i = 0; i < plan->steps.count; i++)
        add_step(value, plan, i + 1, scratch);
}

static void put_changed_fields(json_t *delta_value, const struct delta *delta,
                               struct arena *scratch)
{
    struct fields fields = kind_fields(delta->after->kind);
    json_t *value = json_put_array(delta_value, "fields");

    for (size_t i = 0; i < fields.count; i++) {
        json_t *field;

        if (!(delta->changed >> i & 1))
            continue;
        field = json_add_object(value);
        json_put_text(field, "name", fields.items[i].name);
        json_put_text(field, "before", field_print(scratch, delta->before, &fields.items[i]));
        json_put_text(field, "now", field_print(scratch, delta->after, &fields.items[i]));
    }
}

static void add_delta(json_t *deltas, const struct delta *delta, struct arena *scratch)
{
    static const char *const changes[] = {
        [DELTA_ADDED] = "added",
        [DELTA_REMOVED] = "removed",
        [DELTA_CHANGED] = "changed",
        [DELTA_RENAMED] = "renamed",
    };
    const struct object *like = NULL;
    json_t *value = json_add_object(deltas);

    json_put_text(value, "change", changes[delta->change]);
    put_object(value, delta->after ? delta->after : delta->before, scratch);
    if (delta->before && delta->before->former_name)
        json_put_text(value, "former_name", delta->before->former_name);
    if (delta->before && delta->after)
        put_changed_fields(value, delta, scratch);
    if (delta->looks_like)
        like = delta->looks_like->after ? delta->looks_like->after : delta->looks_like->before;
    if (like)
        json_put_text(value, "looks_like", identity_print(scratch, like));
}

static void put_deltas(json_t *plan_value, const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_put_array(plan_value, "deltas");

    for (size_t i = 0; i < plan->deltas.count; i++)
        add_delta(value, &plan->deltas.items[i], scratch);
}

static void put_kept(json_t *plan_value, const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_put_array(plan_value, "kept");

    for (size_t i = 0; i < plan->kept.count; i++)
        put_object(json_add_object(value), plan->kept.items[i], scratch);
}

static void put_summary(json_t *plan_value, const struct plan *plan)
{
    struct report_counts counts = report_count(plan);
    json_t *value = json_put_object(plan_value, "summary");

    json_put_count(value, "steps", plan->steps.count);
    json_put_count(value, "create", counts.created);
    json_put_count(value, "alter", counts.altered);
    json_put_count(value, "drop", counts.dropped);
    json_put_count(value, "replace", counts.replaced);
    json_put_count(value, "kept", plan->kept.count);
}

void json_put_plan(json_t *value, const struct plan *plan, struct arena *scratch)
{
    json_put_text(value, "tool", "plumb " PLUMB_VERSION);
    json_put_text(value, "dialect", plan->dialect->name);
    put_state(value, "from", plan->from);
    put_state(value, "to", plan->to);
    put_summary(value, plan);
    put_hazards(value, plan->hazards);
    json_put_number(value, "groups", plan->group_count);
    put_statements(value, "before", &plan->before);
    put_steps(value, plan, scratch);
    put_blocks(value, plan, scratch);
    put_statements(value, "after", &plan->after);
}

void report_json(const struct plan *plan, struct buffer *out)
{
    struct arena *scratch = arena_new();
    json_t *value = json_new();

    json_put_number(value, "format", format_version);
    json_put_plan(value, plan, scratch);
    put_deltas(value, plan, scratch);
    put_kept(value, plan, scratch);
    put_texts(value, "notes", &plan->notes);
    json_print(value, out);
    arena_free(scratch);
}
