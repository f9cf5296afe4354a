/* INSERT, UPDATE and DELETE, which stand in SQL bodies of routines and in WITH. */
#include "postgres/canon/internal.h"

#include <string.h>

static ResTarget *new_target(const char *name, Node *node)
{
    ResTarget *target = makeNode(ResTarget);

    target->name = name ? pstrdup(name) : NULL;
    target->val = node;
    return target;
}

/* The target relation is in reach of every clause but INSERT's source. */
static struct range_entry *enter_target(struct analyzer *analyzer, RangeVar *relation,
                                        RangeVar **node)
{
    struct range_entry *entry;

    *node = analyze_from_target(analyzer, relation, &entry);
    return entry;
}

static void show(struct analyzer *analyzer, struct range_entry *entry)
{
    analyzer->level->entries = lcons(entry, analyzer->level->entries);
}

/* RETURNING as a target list; before 18 it is that, since then a node around it. */
static List *returning(struct analyzer *analyzer, List *targets, bool named, struct query *query)
{
    List *result;

    query->known = true;
    if (!targets)
        return NIL;
    result = analyze_targets(analyzer, targets, named, query);
    for (int i = 0; i < query->column_count; i++)
        query->targets[i] = coerce_unknown(analyzer, query->targets[i]);
    return result;
}

#if PLUMB_PG_QUERY_VERSION >= 18
static void set_returning(struct analyzer *analyzer, ReturningClause *given,
                          ReturningClause **result, bool named, struct query *query)
{
    *result = NULL;
    query->known = true;
    if (!given)
        return;
    *result = makeNode(ReturningClause);
    (*result)->options = given->options;
    if (given->options)
        analyze_incomplete(analyzer, "RETURNING WITH");
    (*result)->exprs = returning(analyzer, given->exprs, named, query);
}
#define RETURNING(given, result)                                                                   \
    set_returning(analyzer, (given)->returningClause, &(result)->returningClause, named, query)
#else
#define RETURNING(given, result)                                                                   \
    ((result)->returningList = returning(analyzer, (given)->returningList, named, query))
#endif

/* An assigned literal gets the column's type; other conversions are not shown. */
static Node *assigned(struct analyzer *analyzer, Node *node, const struct range_column *column)
{
    struct value *value;

    if (IsA(node, SetToDefault))
        return node;
    value = analyze_expression(analyzer, node);
    if (value->type == analyzer->types.unknown && column && column->type)
        value = coerce_value(analyzer, value, column->type, column->typmod, COERCE_ASSIGNMENT);
    return value->node;
}

/* -- INSERT ------------------------------------------------------------------------------------- */

static List *insert_columns(struct range_entry *entry, List *given, int count)
{
    List *result = NIL;
    ListCell *cell;

    foreach (cell, given) {
        ResTarget *target = lfirst(cell), *copy = makeNode(ResTarget);
        struct range_column *column = names_column_in(entry, target->name);

        *copy = *target;
        if (column)
            copy->name = pstrdup(column->print);
        result = lappend(result, copy);
    }
    if (!given)
        for (int i = 0; i < count && i < entry->column_count; i++)
            result = lappend(result, new_target(entry->columns[i].print, NULL));
    return result;
}

static const struct range_column *nth_column(struct range_entry *entry, List *given, int i)
{
    if (given)
        return i < list_length(given)
                   ? names_column_in(entry, ((ResTarget *)list_nth(given, i))->name)
                   : NULL;
    return i < entry->column_count ? &entry->columns[i] : NULL;
}

static List *insert_rows(struct analyzer *analyzer, SelectStmt *select, InsertStmt *insert,
                         struct range_entry *entry)
{
    List *rows = NIL;
    ListCell *cell, *item;

    foreach (cell, select->valuesLists) {
        List *row = NIL;
        int i = 0;

        foreach (item, (List *)lfirst(cell))
            row = lappend(row,
                          assigned(analyzer, lfirst(item), nth_column(entry, insert->cols, i++)));
        rows = lappend(rows, row);
    }
    return rows;
}

static void insert_source(struct analyzer *analyzer, InsertStmt *insert, InsertStmt *result,
                          struct range_entry *entry)
{
    SelectStmt *select = (SelectStmt *)insert->selectStmt, *copy;
    struct query *query;
    int count;

    if (!select)
        return;
    if (select->valuesLists && !select->sortClause && !select->limitCount && !select->withClause) {
        copy = makeNode(SelectStmt);
        copy->limitOption = LIMIT_OPTION_DEFAULT;
        copy->valuesLists = insert_rows(analyzer, select, insert, entry);
        count = list_length(linitial(copy->valuesLists));
        result->selectStmt = (Node *)copy;
    } else {
        struct level *outer = analyze_enter(analyzer);

        query = analyze_query(analyzer, (Node *)select, false, UNKNOWN_KEPT);
        analyze_leave(analyzer, outer);
        count = query->column_count;
        for (int i = 0; i < count && query->targets; i++) {
            const struct range_column *column = nth_column(entry, insert->cols, i);

            if (column && column->type && query->targets[i]->type == analyzer->types.unknown)
                ((ResTarget *)list_nth(query->target_nodes, i))->val =
                    coerce_value(analyzer, query->targets[i], column->type, column->typmod,
                                 COERCE_ASSIGNMENT)
                        ->node;
        }
        result->selectStmt = query->node;
    }
    result->cols = insert_columns(entry, insert->cols, count);
}

static List *assignments(struct analyzer *analyzer, List *targets, struct range_entry *entry);

static OnConflictClause *on_conflict(struct analyzer *analyzer, OnConflictClause *given,
                                     struct range_entry *entry)
{
    OnConflictClause *result = makeNode(OnConflictClause);
    struct range_entry *excluded;

    *result = *given;
    if (given->infer) {
        ListCell *cell;

        result->infer = makeNode(InferClause);
        *result->infer = *given->infer;
        result->infer->indexElems = NIL;
        foreach (cell, given->infer->indexElems) {
            IndexElem *element = makeNode(IndexElem);

            *element = *(IndexElem *)lfirst(cell);
            if (element->expr)
                element->expr = analyze_expression(analyzer, element->expr)->node;
            result->infer->indexElems = lappend(result->infer->indexElems, element);
        }
        result->infer->whereClause = analyze_boolean(analyzer, given->infer->whereClause);
    }
    if (!entry->relation)
        return result;
    excluded = names_of_relation(analyzer, entry->relation);
    excluded->name = excluded->canonical = "excluded";
    excluded->schema = NULL;
    excluded->columns_visible = false;
    excluded->level = analyzer->level->number;
    analyzer->level->entries = lappend(analyzer->level->entries, excluded);
    result->targetList = assignments(analyzer, given->targetList, entry);
    result->whereClause = analyze_boolean(analyzer, given->whereClause);
    return result;
}

static Node *insert_statement(struct analyzer *analyzer, InsertStmt *insert, bool named,
                              struct query *query)
{
    InsertStmt *result = makeNode(InsertStmt);
    struct range_entry *entry;

    *result = *insert;
    result->withClause = analyze_with(analyzer, insert->withClause);
    entry = enter_target(analyzer, insert->relation, &result->relation);
    insert_source(analyzer, insert, result, entry);
    show(analyzer, entry);
    if (insert->onConflictClause)
        result->onConflictClause = on_conflict(analyzer, insert->onConflictClause, entry);
    RETURNING(insert, result);
    return (Node *)result;
}

/* -- UPDATE and DELETE -------------------------------------------------------------------------- */

static List *assignments(struct analyzer *analyzer, List *targets, struct range_entry *entry)
{
    List *result = NIL;
    ListCell *cell;

    foreach (cell, targets) {
        ResTarget *target = lfirst(cell), *copy = makeNode(ResTarget);
        MultiAssignRef *multiple = (MultiAssignRef *)target->val;
        struct range_column *column = names_column_in(entry, target->name);

        *copy = *target;
        if (column)
            copy->name = pstrdup(column->print);
        if (IsA(multiple, MultiAssignRef)) {
            RowExpr *row = (RowExpr *)multiple->source;

            if (IsA(row, RowExpr) && multiple->colno <= list_length(row->args))
                copy->val = assigned(analyzer, list_nth(row->args, multiple->colno - 1), column);
            else
                analyze_incomplete(analyzer, "an assignment of a sub-select to several columns");
        } else {
            if (target->indirection)
                column = NULL;
            copy->val = assigned(analyzer, target->val, column);
        }
        result = lappend(result, copy);
    }
    return result;
}

static Node *update_statement(struct analyzer *analyzer, UpdateStmt *update, bool named,
                              struct query *query)
{
    UpdateStmt *result = makeNode(UpdateStmt);
    struct range_entry *entry;

    *result = *update;
    result->withClause = analyze_with(analyzer, update->withClause);
    entry = enter_target(analyzer, update->relation, &result->relation);
    result->fromClause = analyze_from(analyzer, update->fromClause);
    show(analyzer, entry);
    result->targetList = assignments(analyzer, update->targetList, entry);
    result->whereClause = analyze_boolean(analyzer, update->whereClause);
    RETURNING(update, result);
    return (Node *)result;
}

static Node *delete_statement(struct analyzer *analyzer, DeleteStmt *delete_, bool named,
                              struct query *query)
{
    DeleteStmt *result = makeNode(DeleteStmt);
    struct range_entry *entry;

    *result = *delete_;
    result->withClause = analyze_with(analyzer, delete_->withClause);
    entry = enter_target(analyzer, delete_->relation, &result->relation);
    result->usingClause = analyze_from(analyzer, delete_->usingClause);
    show(analyzer, entry);
    result->whereClause = analyze_boolean(analyzer, delete_->whereClause);
    RETURNING(delete_, result);
    return (Node *)result;
}

struct query *analyze_modification(struct analyzer *analyzer, Node *node, bool named)
{
    struct query *query = palloc0(sizeof(struct query));

    switch ((int)nodeTag(node)) {
    case T_InsertStmt:
        query->node = insert_statement(analyzer, (InsertStmt *)node, named, query);
        break;
    case T_UpdateStmt:
        query->node = update_statement(analyzer, (UpdateStmt *)node, named, query);
        break;
    case T_DeleteStmt:
        query->node = delete_statement(analyzer, (DeleteStmt *)node, named, query);
        break;
    default:
        analyze_incomplete(analyzer, "a statement of kind %d", (int)nodeTag(node));
        query->node = node;
    }
    return query;
}
