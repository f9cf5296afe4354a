/* SELECT, VALUES and set operations. */
#include "postgres/canon/internal.h"

#include <string.h>

#include "utils/builtins.h"

struct level *analyze_enter(struct analyzer *analyzer)
{
    struct level *level = palloc0(sizeof(struct level)), *outer = analyzer->level;

    level->parent = outer;
    level->number = outer ? outer->number + 1 : 0;
    analyzer->level = level;
    return outer;
}

void analyze_leave(struct analyzer *analyzer, struct level *level)
{
    analyzer->level = level;
}

/* -- Result columns ----------------------------------------------------------------------------- */

struct target_list {
    List *nodes;
    List *values;
    List *names;
};

static void add_target(struct target_list *list, struct value *value, const char *name, bool named)
{
    ResTarget *target = makeNode(ResTarget);

    target->name = named ? pstrdup(name) : NULL;
    target->val = value->node;
    list->nodes = lappend(list->nodes, target);
    list->values = lappend(list->values, value);
    list->names = lappend(list->names, makeString(pstrdup(name)));
}

/* Every field of a composite value: (x).* */
static void add_fields(struct analyzer *analyzer, struct target_list *list,
                       A_Indirection *indirection, bool named)
{
    A_Indirection *without = makeNode(A_Indirection);
    struct value *value;
    struct range_column *fields;
    int count;

    without->arg = indirection->arg;
    without->indirection = list_copy(indirection->indirection);
    without->indirection =
        list_truncate(without->indirection, list_length(without->indirection) - 1);
    value = without->indirection ? analyze_expression(analyzer, (Node *)without)
                                 : analyze_expression(analyzer, indirection->arg);
    fields = names_fields(analyzer, value, &count);
    if (count < 0)
        analyze_incomplete(analyzer, "the fields of a record are not known");
    for (int i = 0; i < count; i++)
        add_target(list, names_select_field(analyzer, value, fields[i].name), fields[i].name,
                   named);
}

static bool is_star(Node *node)
{
    return IsA(node, ColumnRef) && IsA(llast(((ColumnRef *)node)->fields), A_Star);
}

/* A column that is being renamed keeps its name in the result. */
static void keep_label(struct analyzer *analyzer, ResTarget *target, struct value *value)
{
    const struct range_column *column = value->column, *real;
    int offset;

    if (target->name || !column || !column->owner || column->merged || !IsA(target->val, ColumnRef))
        return;
    real = &column->owner->columns[column->owner_index];
    if (!real->real || strcmp(real->print, column->name) == 0)
        return;
    offset = ((ColumnRef *)target->val)->location;
    for (int i = 1; i < list_length(((ColumnRef *)target->val)->fields) && offset >= 0; i++)
        offset = tree_after_dot(analyzer->text, offset);
    if (offset >= 0)
        analyze_edit(analyzer, offset + tree_name_length(analyzer->text, offset), 0,
                     psprintf(" AS %s", quote_identifier(column->name)));
}

static void add_targets(struct analyzer *analyzer, List *targets, bool named,
                        struct target_list *list)
{
    ListCell *cell, *column;

    foreach (cell, targets) {
        ResTarget *target = lfirst(cell);
        A_Indirection *indirection = (A_Indirection *)target->val;
        struct value *value;

        if (is_star(target->val)) {
            foreach (column, names_star(analyzer, (ColumnRef *)target->val)) {
                value = lfirst(column);
                add_target(list, value, value->label ? value->label : "?column?", named);
            }
        } else if (IsA(indirection, A_Indirection) &&
                   IsA(llast(indirection->indirection), A_Star)) {
            add_fields(analyzer, list, indirection, named);
        } else {
            const char *name = target->name ? target->name : analyze_label(target->val);

            value = analyze_expression(analyzer, target->val);
            if (named)
                keep_label(analyzer, target, value);
            add_target(list, value, name, named);
        }
    }
}

static void fill_columns(struct query *query, List *values, List *names)
{
    int count = list_length(values);

    query->column_count = count;
    query->columns = palloc0(sizeof(struct range_column) * (size_t)(count + 1));
    query->targets = palloc0(sizeof(struct value *) * (size_t)(count + 1));
    for (int i = 0; i < count; i++) {
        struct value *value = list_nth(values, i);
        const char *name = strVal(list_nth(names, i));

        query->targets[i] = value;
        query->columns[i] = (struct range_column){.name = name,
                                                  .print = name,
                                                  .type = value->type,
                                                  .typmod = value->typmod,
                                                  .collation = value->collation};
    }
}

List *analyze_targets(struct analyzer *analyzer, List *targets, bool named, struct query *query)
{
    struct target_list list = {NIL, NIL, NIL};

    add_targets(analyzer, targets, named, &list);
    fill_columns(query, list.values, list.names);
    query->target_nodes = list.nodes;
    query->known = true;
    return list.nodes;
}

/* Gives a column another type; the tree follows where it is a literal. */
static void retype(struct analyzer *analyzer, struct query *query, int i,
                   const struct pg_type *type)
{
    struct value *value = query->targets ? query->targets[i] : NULL;

    if (value && value->type == analyzer->types.unknown && value->constant) {
        value = coerce_value(analyzer, value, type, -1, COERCE_IMPLICIT);
        query->targets[i] = value;
        ((ResTarget *)list_nth(query->target_nodes, i))->val = value->node;
    }
    query->columns[i].type = type;
    query->columns[i].typmod = value && value->type == type ? value->typmod : -1;
}

static void resolve_unknown(struct analyzer *analyzer, struct query *query)
{
    for (int i = 0; i < query->column_count; i++)
        if (query->columns[i].type == analyzer->types.unknown)
            retype(analyzer, query, i, analyzer->types.text);
}

/* -- VALUES ------------------------------------------------------------------------------------- */

/* Even literals alone get a type here: text. */
static void unify_column(struct analyzer *analyzer, struct value **column, int count)
{
    const struct pg_type *type = coerce_common(analyzer, column, count);

    if (!type) {
        analyze_incomplete(analyzer, "VALUES has no common type");
        return;
    }
    for (int i = 0; i < count; i++)
        column[i] = coerce_value(analyzer, column[i], type, -1, COERCE_IMPLICIT);
}

static struct query *values_query(struct analyzer *analyzer, SelectStmt *select, SelectStmt *result)
{
    struct query *query = palloc0(sizeof(struct query));
    int rows = list_length(select->valuesLists), width = list_length(linitial(select->valuesLists));
    struct value ***columns = palloc0(sizeof(struct value **) * (size_t)(width + 1));
    List *values = NIL, *names = NIL;

    for (int j = 0; j < width; j++) {
        columns[j] = palloc0(sizeof(struct value *) * (size_t)rows);
        for (int i = 0; i < rows; i++) {
            List *row = list_nth(select->valuesLists, i);

            columns[j][i] = j < list_length(row)
                                ? analyze_expression(analyzer, list_nth(row, j))
                                : tree_value(tree_null(), analyzer->types.unknown, -1);
        }
        unify_column(analyzer, columns[j], rows);
        values = lappend(values, columns[j][0]);
        names = lappend(names, makeString(psprintf("column%d", j + 1)));
    }
    for (int i = 0; i < rows; i++) {
        List *row = NIL;

        for (int j = 0; j < width; j++)
            row = lappend(row, columns[j][i]->node);
        result->valuesLists = lappend(result->valuesLists, row);
    }
    fill_columns(query, values, names);
    for (int j = 0; j < width; j++)
        query->columns[j].typmod =
            query->columns[j].type ? coerce_common_typmod(columns[j], rows, query->columns[j].type)
                                   : -1;
    query->known = true;
    return query;
}

/* -- Set operations ----------------------------------------------------------------------------- */

static struct query *query_at(struct analyzer *analyzer, SelectStmt *select, bool named,
                              enum unknown_rule rule);

/* An arm has a level of its own. */
static struct query *arm(struct analyzer *analyzer, SelectStmt *select, bool named)
{
    struct level *outer = analyze_enter(analyzer);
    struct query *query = query_at(analyzer, select, named, UNKNOWN_KEPT);
    bool refers = analyzer->level->outer;

    analyze_leave(analyzer, outer);
    query->outer = refers;
    return query;
}

/* The columns' common types; literals of the arms get them. */
static void unify_arms(struct analyzer *analyzer, struct query *left, struct query *right)
{
    for (int i = 0; i < left->column_count && i < right->column_count; i++) {
        struct value a = {.type = left->columns[i].type}, b = {.type = right->columns[i].type};
        struct value *both[2] = {&a, &b};
        const struct pg_type *type = coerce_common(analyzer, both, 2);
        bool same = left->columns[i].type == right->columns[i].type &&
                    left->columns[i].typmod == right->columns[i].typmod;

        if (!type) {
            if (a.type && b.type)
                analyze_incomplete(analyzer, "column %d of a set operation has no common type",
                                   i + 1);
            left->columns[i].type = NULL;
            continue;
        }
        retype(analyzer, left, i, type);
        retype(analyzer, right, i, type);
        if (!same)
            left->columns[i].typmod = -1;
    }
}

static struct query *set_operation(struct analyzer *analyzer, SelectStmt *select,
                                   SelectStmt *result, bool named)
{
    struct cte *pending = analyzer->pending;
    struct query *left, *right, *query = palloc0(sizeof(struct query));

    if (analyzer->depth >= ANALYZE_DEPTH)
        analyze_incomplete(analyzer, "nested too deeply");
    analyzer->pending = NULL;
    left = arm(analyzer, select->larg, named);
    if (pending) {
        resolve_unknown(analyzer, left);
        analyzer->pending = pending;
        analyze_first_arm(analyzer, left);
    }
    right = arm(analyzer, select->rarg, false);
    unify_arms(analyzer, left, right);
    *query = *left;
    query->targets = NULL;
    query->target_nodes = NIL;
    query->known = left->known && right->known;
    query->outer = left->outer || right->outer;
    analyzer->level->outer = analyzer->level->outer || query->outer;
    result->op = select->op;
    result->all = select->all;
    result->larg = (SelectStmt *)left->node;
    result->rarg = (SelectStmt *)right->node;
    return query;
}

/* ORDER BY of a set operation can only name its columns. */
static List *sort_by_position(struct analyzer *analyzer, List *clause, struct query *query)
{
    struct query numbered = {.column_count = query->column_count, .columns = query->columns};

    numbered.targets = palloc0(sizeof(struct value *) * (size_t)(query->column_count + 1));
    for (int i = 0; i < query->column_count; i++)
        numbered.targets[i] =
            tree_constant(analyzer, analyzer->types.int4, -1, psprintf("%d", i + 1), NULL);
    return analyze_sort(analyzer, clause, &numbered);
}

/* -- SELECT ------------------------------------------------------------------------------------- */

static List *distinct_clause(struct analyzer *analyzer, List *clause, struct query *query)
{
    List *result = NIL;
    ListCell *cell;

    if (!clause || !linitial(clause))
        return clause;
    foreach (cell, clause) {
        struct value *value = analyze_group_target(analyzer, lfirst(cell), query, false);

        if (!value)
            value = coerce_unknown(analyzer, analyze_expression(analyzer, lfirst(cell)));
        result = lappend(result, value->node);
    }
    return result;
}

static Node *limit(struct analyzer *analyzer, Node *node)
{
    if (!node)
        return NULL;
    /* LIMIT ALL and LIMIT NULL are no limit. */
    if (IsA(node, A_Const) && ((A_Const *)node)->isnull)
        return NULL;
    if (IsA(node, A_Const) && IsA(&((A_Const *)node)->val, Integer))
        return node; /* it is cast where nobody sees it */
    return coerce_value(analyzer, analyze_expression(analyzer, node), analyzer->types.int8, -1,
                        COERCE_ASSIGNMENT)
        ->node;
}

static List *locks(struct analyzer *analyzer, List *clauses)
{
    List *result = NIL;
    ListCell *cell, *relation;

    foreach (cell, clauses) {
        LockingClause *lock = makeNode(LockingClause);
        List *names = NIL;

        *lock = *(LockingClause *)lfirst(cell);
        foreach (relation, lock->lockedRels) {
            RangeVar *copy = makeNode(RangeVar);
            struct range_entry *entry =
                names_entry(analyzer, NULL, ((RangeVar *)lfirst(relation))->relname);

            *copy = *(RangeVar *)lfirst(relation);
            if (entry && entry->canonical)
                copy->relname = pstrdup(entry->canonical);
            names = lappend(names, copy);
        }
        lock->lockedRels = names;
        result = lappend(result, lock);
    }
    return result;
}

static struct query *plain_select(struct analyzer *analyzer, SelectStmt *select, SelectStmt *result,
                                  bool named)
{
    struct query *query = palloc0(sizeof(struct query));
    ListCell *cell;

    result->fromClause = analyze_from(analyzer, select->fromClause);
    result->targetList = analyze_targets(analyzer, select->targetList, named, query);
    result->whereClause = analyze_boolean(analyzer, select->whereClause);
    result->groupClause = analyze_group(analyzer, select->groupClause, query);
    result->groupDistinct = select->groupDistinct;
    result->havingClause = analyze_boolean(analyzer, select->havingClause);
    result->distinctClause = distinct_clause(analyzer, select->distinctClause, query);
    foreach (cell, select->windowClause)
        result->windowClause =
            lappend(result->windowClause, analyze_window(analyzer, lfirst(cell)));
    return query;
}

/* The literals are still without a type, but the names in ORDER BY mean them as they will be. */
static void finish_plain(struct analyzer *analyzer, SelectStmt *select, SelectStmt *result,
                         struct query *query, enum unknown_rule rule)
{
    if (rule == UNKNOWN_TO_TEXT)
        resolve_unknown(analyzer, query);
    result->sortClause = analyze_sort(analyzer, select->sortClause, query);
    analyze_group_keys(analyzer, result);
}

static struct query *query_at(struct analyzer *analyzer, SelectStmt *select, bool named,
                              enum unknown_rule rule)
{
    SelectStmt *result = makeNode(SelectStmt);
    struct query *query;

    if (!IsA(select, SelectStmt))
        return analyze_modification(analyzer, (Node *)select, named);
    if (analyzer->depth >= ANALYZE_DEPTH) {
        query = palloc0(sizeof(struct query));
        analyze_incomplete(analyzer, "nested too deeply");
        query->node = (Node *)select;
        return query;
    }
    analyzer->depth++;
    result->withClause = analyze_with(analyzer, select->withClause);
    if (select->op != SETOP_NONE) {
        query = set_operation(analyzer, select, result, named);
        if (rule == UNKNOWN_TO_TEXT)
            resolve_unknown(analyzer, query);
        result->sortClause = sort_by_position(analyzer, select->sortClause, query);
    } else if (select->valuesLists) {
        query = values_query(analyzer, select, result);
        result->sortClause = sort_by_position(analyzer, select->sortClause, query);
        query->targets = NULL;
    } else {
        query = plain_select(analyzer, select, result, named);
        finish_plain(analyzer, select, result, query, rule);
    }
    result->limitOption = select->limitOption;
    result->limitCount = limit(analyzer, select->limitCount);
    result->limitOffset = limit(analyzer, select->limitOffset);
    if (!result->limitCount)
        result->limitOption = LIMIT_OPTION_DEFAULT;
    result->lockingClause = locks(analyzer, select->lockingClause);
    query->node = (Node *)result;
    query->outer = query->outer || analyzer->level->outer;
    analyzer->depth--;
    return query;
}

struct query *analyze_query(struct analyzer *analyzer, Node *node, bool named,
                            enum unknown_rule rule)
{
    return query_at(analyzer, (SelectStmt *)node, named, rule);
}

struct query *analyze_subquery(struct analyzer *analyzer, Node *node, bool named, bool lateral)
{
    struct level *outer = analyze_enter(analyzer);
    struct query *query;

    (void)lateral;
    query = query_at(analyzer, (SelectStmt *)node, named, UNKNOWN_TO_TEXT);
    query->outer = query->outer || analyzer->level->outer;
    analyze_leave(analyzer, outer);
    return query;
}
