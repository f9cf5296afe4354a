/* WITH queries, recursive ones among them. */
#include "postgres/canon/internal.h"

#include <string.h>

struct cte *analyze_with_find(struct analyzer *analyzer, const char *name)
{
    for (struct level *level = analyzer->level; level; level = level->parent)
        for (struct cte *cte = level->ctes; cte; cte = cte->next)
            if (strcmp(cte->name, name) == 0)
                return cte;
    return NULL;
}

static void add_column(struct cte *cte, const char *name, const struct pg_type *type)
{
    struct range_column *columns =
        palloc(sizeof(struct range_column) * (size_t)(cte->column_count + 1));

    memcpy(columns, cte->columns, sizeof(struct range_column) * (size_t)cte->column_count);
    columns[cte->column_count++] =
        (struct range_column){.name = name, .print = name, .type = type, .typmod = -1};
    cte->columns = columns;
}

/* SEARCH adds its sequence column, CYCLE its mark and its path. */
static void add_clauses(struct analyzer *analyzer, CommonTableExpr *expression,
                        CommonTableExpr *result, struct cte *cte)
{
    const struct pg_type *record = analyzer->types.record;

    if (expression->search_clause)
        add_column(cte, expression->search_clause->search_seq_column,
                   expression->search_clause->search_breadth_first ? record
                                                                   : analyzer->types.record_array);
    if (expression->cycle_clause) {
        CTECycleClause *cycle = makeNode(CTECycleClause);
        struct value *mark[2] = {
            analyze_expression(analyzer, expression->cycle_clause->cycle_mark_value),
            analyze_expression(analyzer, expression->cycle_clause->cycle_mark_default)};
        const struct pg_type *type = coerce_common(analyzer, mark, 2);

        *cycle = *expression->cycle_clause;
        cycle->cycle_mark_value = coerce_value(analyzer, mark[0], type, -1, COERCE_IMPLICIT)->node;
        cycle->cycle_mark_default =
            coerce_value(analyzer, mark[1], type, -1, COERCE_IMPLICIT)->node;
        add_column(cte, cycle->cycle_mark_column, type);
        add_column(cte, cycle->cycle_path_column, analyzer->types.record_array);
        result->cycle_clause = cycle;
    }
}

static void set_columns(struct cte *cte, const struct query *query)
{
    cte->known = query->known;
    cte->column_count = query->column_count;
    cte->columns = palloc(sizeof(struct range_column) * (size_t)(query->column_count + 1));
    for (int i = 0; i < query->column_count; i++) {
        cte->columns[i] = query->columns[i];
        if (i < list_length(cte->aliases))
            cte->columns[i].name = cte->columns[i].print = strVal(list_nth(cte->aliases, i));
    }
}

/* The columns of a recursive query are those of its first arm. */
void analyze_first_arm(struct analyzer *analyzer, const struct query *query)
{
    if (analyzer->pending)
        set_columns(analyzer->pending, query);
    analyzer->pending = NULL;
}

static CommonTableExpr *analyze_cte(struct analyzer *analyzer, CommonTableExpr *expression,
                                    bool recursive)
{
    CommonTableExpr *result = makeNode(CommonTableExpr);
    struct cte *cte = palloc0(sizeof(struct cte)), *saved = analyzer->pending;
    struct query *query;

    cte->name = expression->ctename;
    cte->aliases = expression->aliascolnames;
    if (recursive) {
        /* In reach of itself, and nothing of its columns known until the first arm is done. */
        cte->next = analyzer->level->ctes;
        analyzer->level->ctes = cte;
        analyzer->pending = cte;
    }
    *result = *expression;
    query = analyze_subquery(analyzer, expression->ctequery, true, false);
    analyzer->pending = saved;
    result->ctequery = query->node;
    set_columns(cte, query);
    add_clauses(analyzer, expression, result, cte);
    if (!recursive) {
        cte->next = analyzer->level->ctes;
        analyzer->level->ctes = cte;
    }
    return result;
}

WithClause *analyze_with(struct analyzer *analyzer, WithClause *with)
{
    WithClause *result;
    ListCell *cell;

    if (!with)
        return NULL;
    result = makeNode(WithClause);
    result->recursive = with->recursive;
    foreach (cell, with->ctes)
        result->ctes = lappend(result->ctes, analyze_cte(analyzer, lfirst(cell), with->recursive));
    return result;
}
