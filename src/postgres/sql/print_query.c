/* Queries and data-modifying statements of raw parse trees as SQL text. */
#include "postgres/sql/print_internal.h"

#include <string.h>

static void print_alias(struct printer *printer, Alias *alias)
{
    if (!alias)
        return;
    printer_text(printer, " ");
    printer_identifier(printer, alias->aliasname);
    if (alias->colnames) {
        printer_text(printer, "(");
        for (int i = 0; i < list_length(alias->colnames); i++) {
            printer_text(printer, i ? ", " : "");
            printer_identifier(printer, strVal(list_nth(alias->colnames, i)));
        }
        printer_text(printer, ")");
    }
}

static void print_names(struct printer *printer, List *names)
{
    for (int i = 0; i < list_length(names); i++) {
        printer_text(printer, i ? ", " : "");
        printer_identifier(printer, strVal(list_nth(names, i)));
    }
}

void printer_sort(struct printer *printer, List *clause)
{
    ListCell *cell;

    if (!clause)
        return;
    if (printer->text.length && printer->text.text[printer->text.length - 1] != '(')
        printer_text(printer, " ");
    printer_text(printer, "ORDER BY ");
    foreach (cell, clause) {
        SortBy *sort = lfirst(cell);

        if (cell != list_head(clause))
            printer_text(printer, ", ");
        printer_expression(printer, sort->node, LEVEL_OR);
        if (sort->sortby_dir == SORTBY_DESC)
            printer_text(printer, " DESC");
        else if (sort->sortby_dir == SORTBY_ASC)
            printer_text(printer, " ASC");
        else if (sort->sortby_dir == SORTBY_USING) {
            printer_text(printer, " USING OPERATOR(");
            for (int i = 0; i < list_length(sort->useOp); i++) {
                printer_text(printer, i ? "." : "");
                printer_text(printer, strVal(list_nth(sort->useOp, i)));
            }
            printer_text(printer, ")");
        }
        if (sort->sortby_nulls == SORTBY_NULLS_FIRST)
            printer_text(printer, " NULLS FIRST");
        else if (sort->sortby_nulls == SORTBY_NULLS_LAST)
            printer_text(printer, " NULLS LAST");
    }
}

static void print_relation(struct printer *printer, RangeVar *relation)
{
    if (!relation->inh)
        printer_text(printer, "ONLY ");
    if (relation->catalogname) {
        printer_identifier(printer, relation->catalogname);
        printer_text(printer, ".");
    }
    if (relation->schemaname) {
        printer_identifier(printer, relation->schemaname);
        printer_text(printer, ".");
    }
    printer_identifier(printer, relation->relname);
    print_alias(printer, relation->alias);
}

static void print_from_item(struct printer *printer, Node *item);

static void print_column_definitions(struct printer *printer, List *definitions)
{
    ListCell *cell;

    printer_text(printer, "(");
    foreach (cell, definitions) {
        ColumnDef *column = lfirst(cell);

        if (cell != list_head(definitions))
            printer_text(printer, ", ");
        printer_identifier(printer, column->colname);
        printer_text(printer, " ");
        printer_type_name(printer, column->typeName);
        if (column->collClause) {
            printer_text(printer, " COLLATE ");
            printer_name(printer, column->collClause->collname);
        }
    }
    printer_text(printer, ")");
}

static void print_range_function(struct printer *printer, RangeFunction *range)
{
    ListCell *cell;

    printer_text(printer, range->lateral ? "LATERAL " : "");
    printer_text(printer, range->is_rowsfrom ? "ROWS FROM(" : "");
    foreach (cell, range->functions) {
        List *pair = lfirst(cell);

        if (cell != list_head(range->functions))
            printer_text(printer, ", ");
        printer_expression(printer, linitial(pair), LEVEL_ATOM);
        if (lsecond(pair)) {
            printer_text(printer, " AS ");
            print_column_definitions(printer, lsecond(pair));
        }
    }
    printer_text(printer, range->is_rowsfrom ? ")" : "");
    printer_text(printer, range->ordinality ? " WITH ORDINALITY" : "");
    if (range->coldeflist) {
        printer_text(printer, " AS");
        if (range->alias)
            print_alias(printer, range->alias);
        else
            printer_text(printer, " ");
        print_column_definitions(printer, range->coldeflist);
    } else {
        print_alias(printer, range->alias);
    }
}

static const char *join_words(const JoinExpr *join)
{
    switch ((int)join->jointype) {
    case JOIN_LEFT:
        return "LEFT JOIN ";
    case JOIN_RIGHT:
        return "RIGHT JOIN ";
    case JOIN_FULL:
        return "FULL JOIN ";
    default:
        if (!join->quals && !join->usingClause && !join->isNatural)
            return "CROSS JOIN ";
        return "JOIN ";
    }
}

static void print_join(struct printer *printer, JoinExpr *join)
{
    bool wrapped = IsA(join->rarg, JoinExpr) && !((JoinExpr *)join->rarg)->alias;

    printer_text(printer, join->alias ? "(" : "");
    print_from_item(printer, join->larg);
    printer_text(printer, join->isNatural ? " NATURAL " : " ");
    printer_text(printer, join_words(join));
    printer_text(printer, wrapped ? "(" : "");
    print_from_item(printer, join->rarg);
    printer_text(printer, wrapped ? ")" : "");
    if (join->usingClause) {
        printer_text(printer, " USING (");
        print_names(printer, join->usingClause);
        printer_text(printer, ")");
        if (join->join_using_alias) {
            printer_text(printer, " AS");
            print_alias(printer, join->join_using_alias);
        }
    } else if (join->quals) {
        printer_text(printer, " ON ");
        printer_expression(printer, join->quals, LEVEL_OR);
    }
    printer_text(printer, join->alias ? ")" : "");
    print_alias(printer, join->alias);
}

static void print_sample(struct printer *printer, RangeTableSample *sample)
{
    print_from_item(printer, sample->relation);
    printer_text(printer, " TABLESAMPLE ");
    printer_name(printer, sample->method);
    printer_text(printer, "(");
    printer_expression_list(printer, sample->args);
    printer_text(printer, ")");
    if (sample->repeatable) {
        printer_text(printer, " REPEATABLE (");
        printer_expression(printer, sample->repeatable, LEVEL_OR);
        printer_text(printer, ")");
    }
}

static void print_from_item(struct printer *printer, Node *item)
{
    if (IsA(item, RangeVar)) {
        print_relation(printer, (RangeVar *)item);
    } else if (IsA(item, JoinExpr)) {
        print_join(printer, (JoinExpr *)item);
    } else if (IsA(item, RangeSubselect)) {
        RangeSubselect *range = (RangeSubselect *)item;

        printer_text(printer, range->lateral ? "LATERAL (" : "(");
        printer_query(printer, range->subquery);
        printer_text(printer, ")");
        print_alias(printer, range->alias);
    } else if (IsA(item, RangeFunction)) {
        print_range_function(printer, (RangeFunction *)item);
    } else if (IsA(item, RangeTableSample)) {
        print_sample(printer, (RangeTableSample *)item);
    } else {
        SelectStmt *select = makeNode(SelectStmt);

        select->fromClause = list_make1(item);
        select->limitOption = LIMIT_OPTION_DEFAULT;
        printer_foreign(printer, (Node *)select, "SELECT FROM ");
    }
}

static void print_from(struct printer *printer, const char *word, List *items)
{
    ListCell *cell;

    foreach (cell, items) {
        printer_text(printer, cell == list_head(items) ? word : ", ");
        print_from_item(printer, lfirst(cell));
    }
}

static void print_targets(struct printer *printer, List *targets)
{
    ListCell *cell;

    foreach (cell, targets) {
        ResTarget *target = lfirst(cell);

        if (cell != list_head(targets))
            printer_text(printer, ", ");
        printer_expression(printer, target->val, LEVEL_OR);
        if (target->name) {
            printer_text(printer, " AS ");
            printer_identifier(printer, target->name);
        }
    }
}

static void print_where(struct printer *printer, const char *word, Node *condition)
{
    if (!condition)
        return;
    printer_text(printer, word);
    printer_expression(printer, condition, LEVEL_OR);
}

static void print_grouping(struct printer *printer, List *items)
{
    static const char *const words[] = {[GROUPING_SET_ROLLUP] = "ROLLUP(",
                                        [GROUPING_SET_CUBE] = "CUBE(",
                                        [GROUPING_SET_SETS] = "GROUPING SETS("};
    ListCell *cell;

    foreach (cell, items) {
        GroupingSet *set = lfirst(cell);

        if (cell != list_head(items))
            printer_text(printer, ", ");
        if (!IsA(set, GroupingSet)) {
            printer_expression(printer, (Node *)set, LEVEL_OR);
        } else if (set->kind == GROUPING_SET_EMPTY) {
            printer_text(printer, "()");
        } else if (set->kind == GROUPING_SET_SIMPLE) {
            printer_text(printer, "(");
            printer_expression_list(printer, set->content);
            printer_text(printer, ")");
        } else {
            printer_text(printer, words[set->kind]);
            print_grouping(printer, set->content);
            printer_text(printer, ")");
        }
    }
}

static void print_values(struct printer *printer, List *rows)
{
    ListCell *cell;

    printer_text(printer, "VALUES ");
    foreach (cell, rows) {
        printer_text(printer, cell == list_head(rows) ? "(" : ", (");
        printer_expression_list(printer, lfirst(cell));
        printer_text(printer, ")");
    }
}

static void print_windows(struct printer *printer, List *windows)
{
    ListCell *cell;

    foreach (cell, windows) {
        WindowDef *window = lfirst(cell);

        printer_text(printer, cell == list_head(windows) ? " WINDOW " : ", ");
        printer_identifier(printer, window->name);
        printer_text(printer, " AS ");
        printer_window(printer, window);
    }
}

static void print_plain_select(struct printer *printer, SelectStmt *select)
{
    printer_text(printer, "SELECT");
    if (select->distinctClause) {
        printer_text(printer, " DISTINCT");
        if (linitial(select->distinctClause)) {
            printer_text(printer, " ON (");
            printer_expression_list(printer, select->distinctClause);
            printer_text(printer, ")");
        }
    }
    printer_text(printer, select->targetList ? " " : "");
    print_targets(printer, select->targetList);
    print_from(printer, " FROM ", select->fromClause);
    print_where(printer, " WHERE ", select->whereClause);
    if (select->groupClause) {
        printer_text(printer, select->groupDistinct ? " GROUP BY DISTINCT " : " GROUP BY ");
        print_grouping(printer, select->groupClause);
    }
    print_where(printer, " HAVING ", select->havingClause);
    print_windows(printer, select->windowClause);
}

/* An arm of a set operation, which needs a pair of parentheses if it has clauses of its own. */
static void print_arm(struct printer *printer, SelectStmt *arm)
{
    bool wrapped = arm->op != SETOP_NONE || arm->sortClause || arm->limitOffset ||
                   arm->limitCount || arm->lockingClause || arm->withClause;

    printer_text(printer, wrapped ? "(" : "");
    printer_query(printer, (Node *)arm);
    printer_text(printer, wrapped ? ")" : "");
}

static void print_limits(struct printer *printer, SelectStmt *select)
{
    bool with_ties = select->limitOption == LIMIT_OPTION_WITH_TIES;

    print_where(printer, " OFFSET ", select->limitOffset);
    if (!select->limitCount)
        return;
    if (with_ties) {
        printer_text(printer, " FETCH FIRST ");
        printer_expression(printer, select->limitCount, LEVEL_ATOM);
        printer_text(printer, " ROWS WITH TIES");
    } else if (IsA(select->limitCount, A_Const) && ((A_Const *)select->limitCount)->isnull) {
        printer_text(printer, " LIMIT ALL");
    } else {
        print_where(printer, " LIMIT ", select->limitCount);
    }
}

static void print_locks(struct printer *printer, List *clauses)
{
    static const char *const words[] = {[LCS_FORKEYSHARE] = " FOR KEY SHARE",
                                        [LCS_FORSHARE] = " FOR SHARE",
                                        [LCS_FORNOKEYUPDATE] = " FOR NO KEY UPDATE",
                                        [LCS_FORUPDATE] = " FOR UPDATE"};
    ListCell *cell;

    foreach (cell, clauses) {
        LockingClause *lock = lfirst(cell);

        if (lock->strength == LCS_NONE)
            continue;
        printer_text(printer, words[lock->strength]);
        print_from(printer, " OF ", lock->lockedRels);
        if (lock->waitPolicy == LockWaitSkip)
            printer_text(printer, " SKIP LOCKED");
        else if (lock->waitPolicy == LockWaitError)
            printer_text(printer, " NOWAIT");
    }
}

static void print_search(struct printer *printer, CTESearchClause *search)
{
    printer_text(printer, search->search_breadth_first ? " SEARCH BREADTH FIRST BY "
                                                       : " SEARCH DEPTH FIRST BY ");
    print_names(printer, search->search_col_list);
    printer_text(printer, " SET ");
    printer_identifier(printer, search->search_seq_column);
}

static void print_cycle(struct printer *printer, CTECycleClause *cycle)
{
    printer_text(printer, " CYCLE ");
    print_names(printer, cycle->cycle_col_list);
    printer_text(printer, " SET ");
    printer_identifier(printer, cycle->cycle_mark_column);
    print_where(printer, " TO ", cycle->cycle_mark_value);
    print_where(printer, " DEFAULT ", cycle->cycle_mark_default);
    printer_text(printer, " USING ");
    printer_identifier(printer, cycle->cycle_path_column);
}

static void print_with(struct printer *printer, WithClause *with)
{
    ListCell *cell;

    if (!with)
        return;
    printer_text(printer, with->recursive ? "WITH RECURSIVE " : "WITH ");
    foreach (cell, with->ctes) {
        CommonTableExpr *cte = lfirst(cell);

        if (cell != list_head(with->ctes))
            printer_text(printer, ", ");
        printer_identifier(printer, cte->ctename);
        if (cte->aliascolnames) {
            printer_text(printer, "(");
            print_names(printer, cte->aliascolnames);
            printer_text(printer, ")");
        }
        printer_text(printer, " AS ");
        if (cte->ctematerialized == CTEMaterializeAlways)
            printer_text(printer, "MATERIALIZED ");
        else if (cte->ctematerialized == CTEMaterializeNever)
            printer_text(printer, "NOT MATERIALIZED ");
        printer_text(printer, "(");
        printer_query(printer, cte->ctequery);
        printer_text(printer, ")");
        if (cte->search_clause)
            print_search(printer, cte->search_clause);
        if (cte->cycle_clause)
            print_cycle(printer, cte->cycle_clause);
    }
    printer_text(printer, " ");
}

static void print_select(struct printer *printer, SelectStmt *select)
{
    static const char *const words[] = {
        [SETOP_UNION] = " UNION ", [SETOP_INTERSECT] = " INTERSECT ", [SETOP_EXCEPT] = " EXCEPT "};

    if (select->intoClause) {
        printer_foreign(printer, (Node *)select, "");
        return;
    }
    print_with(printer, select->withClause);
    if (select->op != SETOP_NONE) {
        print_arm(printer, select->larg);
        printer_text(printer, words[select->op]);
        printer_text(printer, select->all ? "ALL " : "");
        print_arm(printer, select->rarg);
    } else if (select->valuesLists) {
        print_values(printer, select->valuesLists);
    } else {
        print_plain_select(printer, select);
    }
    printer_sort(printer, select->sortClause);
    print_limits(printer, select);
    print_locks(printer, select->lockingClause);
}

void printer_query(struct printer *printer, Node *node)
{
    if (!node || printer->depth >= PRINT_DEPTH / 2) { /* queries take more of the stack */
        printer->too_deep = printer->too_deep || node;
        printer->failed = true;
        return;
    }
    printer->depth++;
    if (IsA(node, SelectStmt))
        print_select(printer, (SelectStmt *)node);
    else
        printer_foreign(printer, node, "");
    printer->depth--;
}
