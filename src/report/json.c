/* The plan for programs, as one JSON object. The format has a version: fields may be added to it, but
 * none changes its meaning or goes away without another number. */
#include "report/report.h"

#include "model/fields.h"
#include "model/identity.h"
#include "report/json_value.h"

enum { format_version = 1 };

static json_t *state_value(const struct model *model)
{
    json_t *value = json_object();
    char digest[33];

    digest_print(model->digest, digest);
    json_put_text(value, "source", model->source);
    json_object_set_new(value, "server_version", json_integer(model->server_version));
    json_put_text(value, "digest", digest);
    return value;
}

static json_t *texts_value(const struct text_list *texts)
{
    json_t *value = json_array();

    for (size_t i = 0; i < texts->count; i++)
        json_array_append_new(value, json_value_text(texts->items[i]));
    return value;
}

static json_t *statements_value(const struct step_list *steps)
{
    json_t *value = json_array();

    for (size_t i = 0; i < steps->count; i++)
        json_array_append_new(value, json_value_text(steps->items[i].sql));
    return value;
}

static json_t *hazards_value(uint64_t hazards)
{
    json_t *value = json_array();

    for (int i = 0; i < HAZARD_COUNT; i++) {
        json_t *item;

        if (!(hazards >> i & 1))
            continue;
        item = json_object();
        json_put_text(item, "name", hazard_name((enum hazard)i));
        json_object_set_new(item, "lossy", json_boolean(hazard_is_lossy((enum hazard)i)));
        json_put_text(item, "text", hazard_text((enum hazard)i));
        json_array_append_new(value, item);
    }
    return value;
}

/* kind, identity and where it was declared. */
static void put_object(json_t *value, const struct object *object, struct arena *scratch)
{
    json_put_text(value, "kind", object ? kind_name(object->kind) : NULL);
    json_put_text(value, "object", object ? identity_print(scratch, object) : NULL);
    json_put_text(value, "path", object ? identity_path(scratch, object) : NULL);
    if (object && object->location.file) {
        json_t *location = json_object();

        json_put_text(location, "file", object->location.file);
        json_object_set_new(location, "line", json_integer(object->location.line));
        json_object_set_new(location, "column", json_integer(object->location.column));
        json_object_set_new(value, "location", location);
    }
}

static json_t *step_value(const struct step *step, size_t number, struct arena *scratch)
{
    const struct object *locked = step->lock == LOCK_NONE ? NULL : step_locked(step);
    json_t *value = json_object();

    json_put_count(value, "number", number);
    json_put_text(value, "action", action_name(step->action));
    put_object(value, step->object, scratch);
    json_put_text(value, "sql", step->sql);
    json_object_set_new(value, "hazards", hazards_value(step->hazards));
    json_put_text(value, "lock", lock_name(step->lock));
    json_put_text(value, "locked", locked ? identity_print(scratch, locked) : NULL);
    json_object_set_new(value, "rewrites", json_boolean(step->rewrites));
    json_object_set_new(value, "scans", json_boolean(step->scans));
    json_put_text(value, "transaction", transaction_name(step->transaction));
    json_object_set_new(value, "group", json_integer(step->group));
    json_put_text(value, "note", step->note);
    return value;
}

static json_t *steps_value(const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_array();

    for (size_t i = 0; i < plan->steps.count; i++)
        json_array_append_new(value, step_value(&plan->steps.items[i], i + 1, scratch));
    return value;
}

static json_t *changed_fields_value(const struct delta *delta, struct arena *scratch)
{
    struct fields fields = kind_fields(delta->after->kind);
    json_t *value = json_array();

    for (size_t i = 0; i < fields.count; i++) {
        json_t *field;

        if (!(delta->changed >> i & 1))
            continue;
        field = json_object();
        json_put_text(field, "name", fields.items[i].name);
        json_put_text(field, "before", field_print(scratch, delta->before, &fields.items[i]));
        json_put_text(field, "now", field_print(scratch, delta->after, &fields.items[i]));
        json_array_append_new(value, field);
    }
    return value;
}

static json_t *delta_value(const struct delta *delta, struct arena *scratch)
{
    static const char *const changes[] = {
        [DELTA_ADDED] = "added",
        [DELTA_REMOVED] = "removed",
        [DELTA_CHANGED] = "changed",
        [DELTA_RENAMED] = "renamed",
    };
    const struct object *like = NULL;
    json_t *value = json_object();

    json_put_text(value, "change", changes[delta->change]);
    put_object(value, delta->after ? delta->after : delta->before, scratch);
    if (delta->before && delta->before->former_name)
        json_put_text(value, "former_name", delta->before->former_name);
    if (delta->before && delta->after)
        json_object_set_new(value, "fields", changed_fields_value(delta, scratch));
    if (delta->looks_like)
        like = delta->looks_like->after ? delta->looks_like->after : delta->looks_like->before;
    if (like)
        json_put_text(value, "looks_like", identity_print(scratch, like));
    return value;
}

static json_t *deltas_value(const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_array();

    for (size_t i = 0; i < plan->deltas.count; i++)
        json_array_append_new(value, delta_value(&plan->deltas.items[i], scratch));
    return value;
}

static json_t *summary_value(const struct plan *plan)
{
    struct report_counts counts = report_count(plan);
    json_t *value = json_object();

    json_put_count(value, "steps", plan->steps.count);
    json_put_count(value, "create", counts.created);
    json_put_count(value, "alter", counts.altered);
    json_put_count(value, "drop", counts.dropped);
    json_put_count(value, "replace", counts.replaced);
    return value;
}

void json_put_plan(json_t *value, const struct plan *plan, struct arena *scratch)
{
    json_put_text(value, "tool", "plumb " PLUMB_VERSION);
    json_put_text(value, "dialect", plan->dialect->name);
    json_object_set_new(value, "from", state_value(plan->from));
    json_object_set_new(value, "to", state_value(plan->to));
    json_object_set_new(value, "summary", summary_value(plan));
    json_object_set_new(value, "hazards", hazards_value(plan->hazards));
    json_object_set_new(value, "groups", json_integer(plan->group_count));
    json_object_set_new(value, "before", statements_value(&plan->before));
    json_object_set_new(value, "steps", steps_value(plan, scratch));
    json_object_set_new(value, "after", statements_value(&plan->after));
}

static json_t *plan_value(const struct plan *plan, struct arena *scratch)
{
    json_t *value = json_object();

    json_object_set_new(value, "format", json_integer(format_version));
    json_put_plan(value, plan, scratch);
    json_object_set_new(value, "deltas", deltas_value(plan, scratch));
    json_object_set_new(value, "notes", texts_value(&plan->notes));
    return value;
}

void report_json(const struct plan *plan, struct buffer *out)
{
    struct arena *scratch = arena_new();

    json_print(plan_value(plan, scratch), out);
    arena_free(scratch);
}
