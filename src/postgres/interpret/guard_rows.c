/* Queries that a DO block goes over row by row: rows of the catalog, and rows that stand in the query itself. */
#include "postgres/interpret/guard.h"

#include <string.h>

#include "core/list.h"
#include "postgres/interpret/base/base.h"

/* --- rows that stand in the query ----------------------------------------------------------------- */

struct literal_rows {
    struct text_list names;
    struct guard_value *values;
    size_t count;
};

static bool read_values(struct guard *guard, List *lists, struct literal_rows *rows)
{
    size_t width = (size_t)list_length(linitial(lists));
    size_t at = 0;
    ListCell *row;
    ListCell *cell;

    rows->count = (size_t)list_length(lists);
    rows->values = ARENA_ARRAY(guard->arena, struct guard_value, rows->count * width + 1);
    foreach (row, lists) {
        if ((size_t)list_length(lfirst(row)) != width)
            return false;
        foreach (cell, (List *)lfirst(row))
            rows->values[at++] = guard_evaluate(guard, lfirst(cell));
    }
    for (size_t i = 0; i < width; i++)
        text_list_add(&rows->names, guard->arena, arena_printf(guard->arena, "column%zu", i + 1));
    return true;
}

static const char *function_name(const FuncCall *call)
{
    return strVal(llast(call->funcname));
}

static bool is_unnest(const Node *node)
{
    return node && IsA(node, FuncCall) &&
           strcmp(function_name((const FuncCall *)node), "unnest") == 0 &&
           list_length(((const FuncCall *)node)->args) == 1;
}

static bool read_unnested(struct guard *guard, const FuncCall *call, struct literal_rows *rows)
{
    struct guard_value list = guard_evaluate(guard, linitial(call->args));

    if (list.kind == GUARD_NULL)
        list = (struct guard_value){.kind = GUARD_LIST};
    if (list.kind != GUARD_LIST)
        return false;
    rows->values = ARENA_ARRAY(guard->arena, struct guard_value, list.count + 1);
    if (list.count)
        memcpy(rows->values, list.items, list.count * sizeof(*rows->values));
    rows->count = list.count;
    text_list_add(&rows->names, guard->arena, "unnest");
    return true;
}

/* "AS x (a, b)": the names of the columns; a function of one column is called as its alias. */
static void rename_columns(struct guard *guard, const Alias *alias, bool function,
                           struct literal_rows *rows)
{
    int count = alias ? list_length(alias->colnames) : 0;

    if (alias && function && !count && rows->names.count == 1)
        rows->names.items[0] = arena_strdup(guard->arena, alias->aliasname);
    for (int i = 0; i < count && (size_t)i < rows->names.count; i++)
        rows->names.items[i] = arena_strdup(guard->arena, strVal(list_nth(alias->colnames, i)));
}

static bool read_function(struct guard *guard, const RangeFunction *item, struct literal_rows *rows)
{
    const Node *call =
        list_length(item->functions) == 1 ? linitial(linitial_node(List, item->functions)) : NULL;

    return is_unnest(call) && !item->lateral && !item->ordinality && !item->coldeflist &&
           read_unnested(guard, (const FuncCall *)call, rows);
}

static bool read_subselect(struct guard *guard, const RangeSubselect *item,
                           struct literal_rows *rows)
{
    const SelectStmt *select = (const SelectStmt *)item->subquery;
    struct guard_rows found = {0};

    if (item->lateral || !IsA(select, SelectStmt) || !guard_query_rows(guard, select, &found))
        return false;
    *rows = (struct literal_rows){found.names, found.values, found.count};
    return true;
}

bool guard_add_literal(struct guard *guard, struct guard_search *search, const Node *item)
{
    bool function = IsA(item, RangeFunction);
    const Alias *alias = NULL;
    struct literal_rows rows = {0};
    struct guard_literal *literal = ARENA_NEW(guard->arena, struct guard_literal);
    bool known = false;

    if (function) {
        alias = ((const RangeFunction *)item)->alias;
        known = read_function(guard, (const RangeFunction *)item, &rows);
    } else if (IsA(item, RangeSubselect)) {
        alias = ((const RangeSubselect *)item)->alias;
        known = read_subselect(guard, (const RangeSubselect *)item, &rows);
    }
    if (!known)
        return false;
    rename_columns(guard, alias, function, &rows);
    *literal = (struct guard_literal){.columns = rows.names.items,
                                      .values = rows.values,
                                      .width = rows.names.count,
                                      .count = rows.count};
    return guard_frame_add_literal(
        &search->frame, alias ? arena_strdup(guard->arena, alias->aliasname) : "unnest", literal);
}

/* --- the query's own columns ---------------------------------------------------------------------- */

struct collecting {
    struct guard *guard;
    const SelectStmt *select;
    struct guard_search *search;
    struct guard_rows *rows;
};

static bool is_star(const Node *node)
{
    return IsA(node, ColumnRef) && IsA(llast(((const ColumnRef *)node)->fields), A_Star);
}

/* The source's alias has to be the one that the star is written after, if any. */
static bool stands_for(const ColumnRef *star, const struct guard_source *source)
{
    return list_length(star->fields) == 1 ||
           (list_length(star->fields) == 2 &&
            strcasecmp(strVal(linitial(star->fields)), source->alias) == 0);
}

static void add_star(struct collecting *collecting, const ColumnRef *star,
                     void (*add)(struct collecting *, const struct guard_source *, const char *))
{
    for (size_t i = 0; i < collecting->search->frame.count; i++) {
        const struct guard_source *source = &collecting->search->frame.sources[i];

        if (!stands_for(star, source))
            continue;
        for (size_t j = 0; source->literal && j < source->literal->width; j++)
            add(collecting, source, source->literal->columns[j]);
        for (const struct guard_column *column = source->table ? source->table->columns : NULL;
             column && column->name; column++)
            add(collecting, source, column->name);
    }
}

static void add_name(struct collecting *collecting, const struct guard_source *source,
                     const char *name)
{
    (void)source;
    text_list_add(&collecting->rows->names, collecting->guard->arena, name);
}

static void add_value(struct collecting *collecting, struct guard_value value)
{
    struct guard_rows *rows = collecting->rows;

    if (rows->count == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 16;
        struct guard_value *values =
            ARENA_ARRAY(collecting->guard->arena, struct guard_value, room);

        if (rows->count)
            memcpy(values, rows->values, rows->count * sizeof(*values));
        rows->values = values;
        rows->room = room;
    }
    rows->values[rows->count++] = value;
}

static void add_column(struct collecting *collecting, const struct guard_source *source,
                       const char *name)
{
    add_value(collecting, guard_frame_column(&collecting->search->frame, source->alias, name));
}

static const char *target_name(const ResTarget *target)
{
    const Node *value = target->val;

    while (!target->name && IsA(value, TypeCast))
        value = ((const TypeCast *)value)->arg;
    if (target->name)
        return target->name;
    if (IsA(value, ColumnRef))
        return strVal(llast(((const ColumnRef *)value)->fields));
    return IsA(value, FuncCall) ? function_name((const FuncCall *)value) : "?column?";
}

static void name_columns(struct collecting *collecting)
{
    ListCell *cell;

    foreach (cell, collecting->select->targetList) {
        const ResTarget *target = lfirst_node(ResTarget, cell);

        if (is_star(target->val))
            add_star(collecting, (const ColumnRef *)target->val, add_name);
        else
            add_name(collecting, NULL, arena_strdup(collecting->guard->arena, target_name(target)));
    }
}

static bool same_value(struct guard_value a, struct guard_value b)
{
    return a.kind == b.kind && (a.kind == GUARD_NULL || (a.kind != GUARD_UNKNOWN && a.text &&
                                                         b.text && strcmp(a.text, b.text) == 0));
}

/* Takes the last row back where another one is equal. While rows are taken, count is that of values. */
static void drop_double(struct guard_rows *rows)
{
    size_t width = rows->names.count;
    const struct guard_value *last = rows->values + rows->count - width;

    for (const struct guard_value *row = rows->values; width && row < last; row += width) {
        size_t equal = 0;

        while (equal < width && same_value(row[equal], last[equal]))
            equal++;
        if (equal == width) {
            rows->count -= width;
            return;
        }
    }
}

static void take_row(void *context)
{
    struct collecting *collecting = context;
    ListCell *cell;

    foreach (cell, collecting->select->targetList) {
        const ResTarget *target = lfirst_node(ResTarget, cell);

        if (is_star(target->val))
            add_star(collecting, (const ColumnRef *)target->val, add_column);
        else
            add_value(collecting, guard_evaluate(collecting->guard, target->val));
    }
    if (collecting->select->distinctClause)
        drop_double(collecting->rows);
}

/* --- queries -------------------------------------------------------------------------------------- */

/* "SELECT unnest(...)" and VALUES alone. */
static bool read_literal(struct guard *guard, const SelectStmt *select, struct guard_rows *rows)
{
    struct literal_rows literal = {0};
    const ResTarget *target =
        list_length(select->targetList) == 1 ? linitial(select->targetList) : NULL;
    bool known;

    if (select->valuesLists)
        known = read_values(guard, select->valuesLists, &literal);
    else
        known = read_unnested(guard, (const FuncCall *)target->val, &literal);
    if (known && target && target->name)
        literal.names.items[0] = arena_strdup(guard->arena, target->name);
    *rows = (struct guard_rows){
        .names = literal.names, .values = literal.values, .count = literal.count};
    return known;
}

static bool is_literal(const SelectStmt *select)
{
    const ResTarget *target =
        list_length(select->targetList) == 1 ? linitial(select->targetList) : NULL;

    if (select->valuesLists)
        return !select->limitOffset && !select->limitCount;
    return target && is_unnest(target->val) && !select->fromClause && !select->whereClause &&
           !select->limitCount && !select->limitOffset && !select->distinctClause;
}

bool guard_query_rows(struct guard *guard, const SelectStmt *select, struct guard_rows *rows)
{
    struct guard_search search = {.model = guard->interpreter->model,
                                  .frame = {.outer = guard->frames},
                                  .evaluate = guard_evaluate_expression,
                                  .context = guard,
                                  .take = take_row,
                                  .counts = true,
                                  .effort = &guard->effort};
    struct collecting collecting = {guard, select, &search, rows};

    if (select->op == SETOP_NONE && !select->withClause && is_literal(select))
        return read_literal(guard, select, rows);
    if (select->limitCount || !select->fromClause ||
        (select->distinctClause && linitial(select->distinctClause)) ||
        !guard_set_up(guard, &search, select))
        return false;
    name_columns(&collecting);
    search.taker = &collecting;
    guard->frames = &search.frame;
    guard_search_rows(&search);
    guard->frames = search.frame.outer;
    if (!guard_search_is_whole(&search) || (!search.rows && guard_may_be_builtin(&search)))
        return false;
    if (rows->names.count)
        rows->count /= rows->names.count;
    return true;
}
