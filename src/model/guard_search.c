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

bool guard_frame_add_literal(struct guard_frame *frame, const char *alias,
                             const struct guard_literal *literal)
{
    if (frame->count == guard_most_tables)
        return false;
    frame->sources[frame->count++] = (struct guard_source){.alias = alias, .literal = literal};
    return true;
}

/* The column's place in the literal's rows; their width where they have none of that name. */
static size_t literal_column(const struct guard_literal *literal, const char *name)
{
    size_t at = 0;

    while (at < literal->width && strcasecmp(literal->columns[at], name) != 0)
        at++;
    return at;
}

static bool has_column(const struct guard_source *source, const char *name)
{
    const struct guard_table *table = source->table;

    if (source->literal)
        return literal_column(source->literal, name) < source->literal->width;
    for (const struct guard_column *column = table->columns; column->name; column++)
        if (strcasecmp(column->name, name) == 0)
            return true;
    return false;
}

static struct guard_value source_column(const struct guard_source *source, const char *name)
{
    const struct guard_literal *literal = source->literal;
    size_t at;

    if (!source->bound)
        return guard_unknown();
    if (!literal)
        return guard_column_value(source->table, &source->row, name);
    at = literal_column(literal, name);
    return at < literal->width ? literal->values[source->row.part * literal->width + at]
                               : guard_unknown();
}

struct guard_value guard_frame_column(const struct guard_frame *frame, const char *qualifier,
                                      const char *name)
{
    for (; frame; frame = frame->outer)
        for (size_t i = 0; i < frame->count; i++) {
            const struct guard_source *source = &frame->sources[i];

            if (qualifier ? strcasecmp(source->alias, qualifier) != 0 : !has_column(source, name))
                continue;
            return source_column(source, name);
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

static bool is_gap(const struct guard_search *search)
{
    for (size_t i = 0; i < search->frame.count; i++)
        if (search->frame.sources[i].row.gap)
            return true;
    return false;
}

static void take_row(struct guard_search *search, struct guard_value holds)
{
    bool sure = guard_is_true(holds) && !is_gap(search);

    if (sure && search->rows == 0)
        search->value =
            search->wanted ? search->evaluate(search->context, search->wanted) : guard_unknown();
    search->rows += sure;
    search->doubtful = search->doubtful || !sure;
    if (sure && search->take)
        search->take(search->taker);
    search->found = guard_or(search->found, sure ? holds : guard_unknown());
}

static void try_table(struct guard_search *search, size_t at);

static void try_row(struct guard_search *search, size_t at, struct guard_row row)
{
    struct guard_source *source = &search->frame.sources[at];

    if (*search->effort >= guard_most_effort)
        return;
    *search->effort += 1;
    source->row = row;
    source->bound = true;
    try_table(search, at + 1);
    source->bound = false;
    source->row.gap = NULL;
}

static void try_object(struct guard_search *search, size_t at, const struct object *object)
{
    const struct guard_table *table = search->frame.sources[at].table;
    size_t parts = table->parts ? table->parts(object) : 1;

    for (size_t part = 0; part < parts; part++)
        try_row(search, at, (struct guard_row){.object = object, .part = part});
}

/* Rows that the model lacks: whoever wants all rows has to know that they are none of them. */
static void try_gaps(struct guard_search *search, size_t at)
{
    const struct guard_gap *gap = search->frame.sources[at].table->gaps;

    if (!gap)
        search->doubtful = true;
    for (; gap && gap->columns; gap++) {
        if (!gap->has)
            try_row(search, at, (struct guard_row){.gap = gap});
        for (size_t i = 0; gap->has && i < search->model->count; i++)
            if (!search->model->objects[i]->removed && gap->has(search->model->objects[i]))
                try_row(search, at,
                        (struct guard_row){.object = search->model->objects[i], .gap = gap});
    }
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
    if (search->frame.sources[at].literal) {
        for (size_t i = 0; i < search->frame.sources[at].literal->count; i++)
            try_row(search, at, (struct guard_row){.part = i});
        return;
    }
    if (search->take)
        try_gaps(search, at);
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
    search->doubtful = false;
    try_table(search, 0);
    if (*search->effort >= guard_most_effort)
        search->found = guard_unknown();
}

bool guard_search_is_whole(const struct guard_search *search)
{
    return search->found.kind != GUARD_UNKNOWN && !search->doubtful;
}

struct guard_value guard_search_result(struct arena *arena, const struct guard_search *search,
                                       struct guard_value *found)
{
    *found = search->counts ? guard_truth(true) : search->found;
    if (search->found.kind == GUARD_UNKNOWN || (search->counts && search->doubtful))
        return guard_unknown();
    return search->counts ? guard_text(arena_printf(arena, "%zu", search->rows)) : search->value;
}
