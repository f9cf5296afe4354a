/* GROUP BY, ORDER BY and DISTINCT ON: names and positions of result columns become expressions, and
 * primary keys that stand for the other columns of their table are found. */
#include "postgres/canon/internal.h"

#include <string.h>

/* -- Names and positions ------------------------------------------------------------------------ */

static struct value *named_target(const struct query *query, const char *name)
{
    for (int i = 0; i < query->column_count; i++)
        if (strcmp(query->columns[i].name, name) == 0)
            return query->targets[i];
    return NULL;
}

struct value *analyze_group_target(struct analyzer *analyzer, Node *node, struct query *query,
                                   bool columns_first)
{
    if (!query || !query->targets)
        return NULL;
    if (IsA(node, A_Const) && !((A_Const *)node)->isnull &&
        nodeTag(&((A_Const *)node)->val) == T_Integer) {
        int position = ((A_Const *)node)->val.ival.ival;

        if (position >= 1 && position <= query->column_count)
            return query->targets[position - 1];
        return NULL;
    }
    if (IsA(node, ColumnRef) && list_length(((ColumnRef *)node)->fields) == 1 &&
        IsA(linitial(((ColumnRef *)node)->fields), String)) {
        const char *name = strVal(linitial(((ColumnRef *)node)->fields));

        if (columns_first && names_unqualified(analyzer, name, true))
            return NULL;
        return named_target(query, name);
    }
    return NULL;
}

static Node *sort_key(struct analyzer *analyzer, Node *node, struct query *query)
{
    struct value *value = analyze_group_target(analyzer, node, query, false);

    if (!value)
        value = coerce_unknown(analyzer, analyze_expression(analyzer, node));
    return value->node;
}

/* The defaults are left out: ASC, NULLS LAST where ascending, NULLS FIRST where descending. */
static void spare_defaults(SortBy *sort)
{
    if (sort->sortby_dir == SORTBY_ASC)
        sort->sortby_dir = SORTBY_DEFAULT;
    if (sort->sortby_dir == SORTBY_DEFAULT && sort->sortby_nulls == SORTBY_NULLS_LAST)
        sort->sortby_nulls = SORTBY_NULLS_DEFAULT;
    if (sort->sortby_dir == SORTBY_DESC && sort->sortby_nulls == SORTBY_NULLS_FIRST)
        sort->sortby_nulls = SORTBY_NULLS_DEFAULT;
}

/* USING < and > are the plain orders. */
static void plain_using(SortBy *sort)
{
    const char *name;

    if (sort->sortby_dir != SORTBY_USING || !sort->useOp)
        return;
    name = strVal(llast(sort->useOp));
    if (list_length(sort->useOp) > 1 && strcmp(strVal(linitial(sort->useOp)), "pg_catalog") != 0)
        return;
    if (strcmp(name, "<") == 0 || strcmp(name, ">") == 0) {
        sort->sortby_dir = name[0] == '<' ? SORTBY_DEFAULT : SORTBY_DESC;
        sort->useOp = NIL;
    }
}

List *analyze_sort(struct analyzer *analyzer, List *clause, struct query *query)
{
    List *result = NIL;
    ListCell *cell;

    foreach (cell, clause) {
        SortBy *sort = makeNode(SortBy);

        *sort = *(SortBy *)lfirst(cell);
        sort->node = sort_key(analyzer, sort->node, query);
        plain_using(sort);
        spare_defaults(sort);
        result = lappend(result, sort);
    }
    return result;
}

static bool is_grouped(List *grouped, Node *node)
{
    ListCell *cell;

    foreach (cell, grouped)
        if (equal(lfirst(cell), node))
            return true;
    return false;
}

/* -- GROUP BY ----------------------------------------------------------------------------------- */

static void group_item(struct analyzer *analyzer, Node *node, struct query *query, List **result);

static List *group_content(struct analyzer *analyzer, List *content, struct query *query)
{
    List *result = NIL;
    ListCell *cell;

    foreach (cell, content)
        group_item(analyzer, lfirst(cell), query, &result);
    return result;
}

static void group_item(struct analyzer *analyzer, Node *node, struct query *query, List **result)
{
    struct value *value;

    if (IsA(node, GroupingSet)) {
        GroupingSet *set = makeNode(GroupingSet);
        ListCell *cell;

        *set = *(GroupingSet *)node;
        set->content = NIL;
        foreach (cell, ((GroupingSet *)node)->content) {
            RowExpr *row = lfirst(cell);

            /* (a, b) inside ROLLUP stays one element. */
            if (IsA(row, RowExpr) && row->row_format == COERCE_IMPLICIT_CAST) {
                RowExpr *copy = makeNode(RowExpr);

                copy->row_format = COERCE_IMPLICIT_CAST;
                copy->args = group_content(analyzer, row->args, query);
                set->content = lappend(set->content, copy);
            } else {
                group_item(analyzer, (Node *)row, query, &set->content);
            }
        }
        *result = lappend(*result, set);
        return;
    }
    if (IsA(node, RowExpr) && ((RowExpr *)node)->row_format == COERCE_IMPLICIT_CAST) {
        *result = list_concat(*result, group_content(analyzer, ((RowExpr *)node)->args, query));
        return;
    }
    value = analyze_group_target(analyzer, node, query, true);
    if (!value)
        value = coerce_unknown(analyzer, analyze_expression(analyzer, node));
    if (!is_grouped(*result, value->node))
        *result = lappend(*result, value->node);
}

List *analyze_group(struct analyzer *analyzer, List *clause, struct query *query)
{
    return group_content(analyzer, clause, query);
}

/* -- Primary keys ------------------------------------------------------------------------------- */

struct ungrouped {
    List *grouped; /* of Node */
    const char *alias;
    bool found;
};

static bool find_ungrouped(Node *node, void *context)
{
    struct ungrouped *search = context;

    if (!node || search->found)
        return false;
    if (is_grouped(search->grouped, node))
        return false;
    if (IsA(node, FuncCall) && ((FuncCall *)node)->location == AGGREGATE_MARK)
        return false;
    if (IsA(node, ColumnRef)) {
        List *fields = ((ColumnRef *)node)->fields;

        if (strcmp(IsA(linitial(fields), String) ? strVal(linitial(fields)) : "", search->alias) ==
            0)
            search->found = true;
        return false;
    }
    /* Type names and the like hold nothing of interest. */
    if (IsA(node, TypeName) || IsA(node, SelectStmt))
        return false;
    return raw_expression_tree_walker(node, find_ungrouped, search);
}

static bool key_is_grouped(const struct range_entry *entry, List *grouped)
{
    for (const char *const *column = entry->relation->primary_key; *column; column++) {
        bool found = false;

        for (int i = 0; i < entry->column_count; i++)
            if (entry->columns[i].real && strcmp(entry->columns[i].real, *column) == 0)
                found = is_grouped(grouped, tree_column(entry->canonical, entry->columns[i].print));
        if (!found)
            return false;
    }
    return true;
}

void analyze_group_keys(struct analyzer *analyzer, SelectStmt *select)
{
    ListCell *cell, *target;

    if (!select->groupClause)
        return;
    foreach (cell, analyzer->level->entries) {
        struct range_entry *entry = lfirst(cell);
        struct ungrouped search = {.grouped = select->groupClause, .alias = entry->canonical};

        if (!entry->relation || !entry->relation->primary_key || !entry->canonical ||
            !key_is_grouped(entry, select->groupClause))
            continue;
        foreach (target, select->targetList)
            find_ungrouped(((ResTarget *)lfirst(target))->val, &search);
        foreach (target, select->sortClause)
            find_ungrouped(((SortBy *)lfirst(target))->node, &search);
        find_ungrouped(select->havingClause, &search);
        if (search.found && entry->relation->user)
            analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_PRIMARY_KEY,
                                                            .schema = entry->relation->schema,
                                                            .name = entry->relation->name,
                                                            .relation = entry->relation});
    }
}
