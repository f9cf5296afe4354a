/* Rows of catalogs joined: see guard.h. */
#include <strings.h>

#include "model/guard.h"

bool guard_frame_add(struct guard_frame *frame, const char *alias, const struct guard_table *table)
{
    if (!table || frame->count == guard_most_tables)
        return false;
    frame->sources[frame->count++] = (struct guard_source){.alias = alias, .table = table};
    return true;
}

static bool has_column(const struct guard_table *table, const char *name)
{
    for (const struct guard_column *column = table->columns; column->name; column++)
        if (strcasecmp(column->name, name) == 0)
            return true;
    return false;
}

struct guard_value guard_frame_column(const struct guard_frame *frame, const char *qualifier,
                                      const char *name)
{
    for (; frame; frame = frame->outer)
        for (size_t i = 0; i < frame->count; i++) {
            const struct guard_source *source = &frame->sources[i];

            if (qualifier ? strcasecmp(source->alias, qualifier) != 0
                          : !has_column(source->table, name))
                continue;
            return source->bound ? guard_column_value(source->table, &source->row, name)
                                 : guard_unknown();
        }
    return guard_unknown();
}

bool guard_search_add(struct guard_search *search, const void *condition)
{
    if (condition && search->condition_count <= guard_most_tables)
        search->conditions[search->condition_count++] = condition;
    return search->condition_count <= guard_most_tables;
}

static struct guard_value conditions_hold(const struct guard_search *search)
{
    struct guard_value result = guard_truth(true);

    for (size_t i = 0; i < search->condition_count && !guard_is_false(result); i++)
        result = guard_and(result, search->evaluate(search->context, search->conditions[i]));
    return result;
}

static void take_row(struct guard_search *search, struct guard_value holds)
{
    bool sure = guard_is_true(holds);

    if (sure && search->rows == 0)
        search->value =
            search->wanted ? search->evaluate(search->context, search->wanted) : guard_unknown();
    search->rows += sure;
    search->found = guard_or(search->found, sure ? holds : guard_unknown());
}

static void try_table(struct guard_search *search, size_t at);

static void try_object(struct guard_search *search, size_t at, const struct object *object)
{
    struct guard_source *source = &search->frame.sources[at];
    size_t parts = source->table->parts ? source->table->parts(object) : 1;

    for (size_t part = 0; part < parts && *search->effort < guard_most_effort; part++) {
        *search->effort += 1;
        source->row = (struct guard_row){object, part};
        source->bound = true;
        try_table(search, at + 1);
    }
    source->bound = false;
}

/* Deep as there are tables. */
static void try_table(struct guard_search *search, size_t at)
{
    struct guard_value holds = conditions_hold(search);

    if (guard_is_false(holds) || holds.kind == GUARD_NULL)
        return;
    if (at == search->frame.count) {
        take_row(search, holds);
        return;
    }
    for (size_t i = 0; i < search->model->count; i++) {
        const struct object *object = search->model->objects[i];

        if (object->removed || !search->frame.sources[at].table->has(object))
            continue;
        try_object(search, at, object);
        if (!search->counts && guard_is_true(search->found))
            return;
    }
}

void guard_search_rows(struct guard_search *search)
{
    search->found = guard_truth(false);
    search->value = guard_null();
    search->rows = 0;
    try_table(search, 0);
    if (*search->effort >= guard_most_effort)
        search->found = guard_unknown();
}

struct guard_value guard_search_result(struct arena *arena, const struct guard_search *search,
                                       struct guard_value *found)
{
    *found = search->counts ? guard_truth(true) : search->found;
    if (search->found.kind == GUARD_UNKNOWN)
        return guard_unknown();
    return search->counts ? guard_text(arena_printf(arena, "%zu", search->rows)) : search->value;
}
