/* FROM: relations, sub-selects, functions and joins, each as an entry of the namespace. */
#include "postgres/canon/internal.h"

#include <string.h>

#include "utils/builtins.h"

/* An item of FROM when it is done. */
struct item {
    Node *node;                /* canonical */
    List *entries;             /* what it adds to the namespace */
    struct range_entry *entry; /* the entry whose columns a join sees */
};

static struct item from_item(struct analyzer *analyzer, Node *node);

/* -- Aliases ------------------------------------------------------------------------------------ */

/* Column aliases rename the first columns; true when any name became another. */
static bool rename_columns(struct range_entry *entry, List *names)
{
    bool changed = false;

    for (int i = 0; i < list_length(names) && i < entry->column_count; i++) {
        const char *name = strVal(list_nth(names, i));

        changed = changed || strcmp(entry->columns[i].name, name) != 0;
        entry->columns[i].name = name;
        entry->columns[i].print = name;
    }
    return changed;
}

static Alias *new_alias(struct range_entry *entry, bool columns)
{
    Alias *alias = makeNode(Alias);

    alias->aliasname = pstrdup(entry->canonical);
    for (int i = 0; columns && i < entry->column_count; i++)
        alias->colnames = lappend(alias->colnames, makeString(pstrdup(entry->columns[i].print)));
    return alias;
}

static struct item single(Node *node, struct range_entry *entry)
{
    return (struct item){.node = node, .entries = list_make1(entry), .entry = entry};
}

/* What the author calls an item of FROM: a view keeps it. Where the name is taken the server puts a
 * number behind it ("t_1"), which is not the author's. */
static const char *range_name(struct analyzer *analyzer, const Alias *alias, const char *own)
{
    const char *name = alias ? alias->aliasname : own;
    const char *end = name + strlen(name);
    char *base;

    while (end > name && end[-1] >= '0' && end[-1] <= '9')
        end--;
    if (!alias || !*end || end <= name + 1 || end[-1] != '_')
        return arena_strdup(analyzer->arena, name);
    base = arena_strndup(analyzer->arena, name, (size_t)(end - 1 - name));
    if (strcmp(base, own) == 0 || map_get(&analyzer->aliases, base))
        return base;
    return arena_strdup(analyzer->arena, name);
}

static struct range_entry *new_entry(struct analyzer *analyzer, Alias *alias, const char *canonical,
                                     struct range_column *columns, int count)
{
    struct range_entry *entry = palloc0(sizeof(struct range_entry));

    entry->name = alias ? alias->aliasname : NULL;
    entry->canonical = names_unique(analyzer, range_name(analyzer, alias, canonical));
    entry->name_visible = alias != NULL;
    entry->columns_visible = entry->lateral_ok = entry->known = true;
    entry->level = analyzer->level->number;
    entry->column_count = count;
    entry->columns = palloc0(sizeof(struct range_column) * (size_t)(count + 1));
    for (int i = 0; i < count; i++) {
        entry->columns[i] = columns[i];
        entry->columns[i].print = columns[i].name;
        entry->columns[i].real = NULL;
        entry->columns[i].merged = NULL;
        entry->columns[i].owner = entry;
        entry->columns[i].owner_index = i;
    }
    return entry;
}

/* -- Relations and WITH queries ----------------------------------------------------------------- */

static void edit_relation(struct analyzer *analyzer, const RangeVar *range,
                          const struct pg_relation *relation)
{
    const char *schema = relation->print_schema ? relation->print_schema : relation->schema;
    int offset = range->location, last = offset;

    if (!relation->user || offset < 0)
        return;
    if (range->schemaname)
        last = tree_after_dot(analyzer->text, offset);
    if (last < 0)
        return;
    if (!range->schemaname)
        analyze_edit(analyzer, offset, 0, psprintf("%s.", quote_identifier(schema)));
    else if (relation->print_schema)
        analyze_edit(analyzer, offset, tree_name_length(analyzer->text, offset),
                     quote_identifier(schema));
    if (!relation->print_name)
        return;
    /* Columns are still called by the old name: it becomes an alias. */
    analyze_edit(analyzer, last, tree_name_length(analyzer->text, last),
                 range->alias ? quote_identifier(relation->print_name)
                              : psprintf("%s AS %s", quote_identifier(relation->print_name),
                                         quote_identifier(relation->name)));
}

static struct item cte_item(struct analyzer *analyzer, RangeVar *range, struct cte *cte)
{
    struct range_entry *entry =
        new_entry(analyzer, range->alias, cte->name, cte->columns, cte->column_count);
    RangeVar *result = makeNode(RangeVar);
    bool renamed = range->alias && rename_columns(entry, range->alias->colnames);

    if (!range->alias)
        entry->name = cte->name;
    entry->name_visible = true;
    entry->known = cte->known;
    result->relname = pstrdup(cte->name);
    result->inh = true;
    result->relpersistence = 'p';
    if (renamed || strcmp(entry->canonical, cte->name) != 0)
        result->alias = new_alias(entry, renamed);
    return single((Node *)result, entry);
}

static struct item unknown_item(struct analyzer *analyzer, RangeVar *range)
{
    struct range_entry *entry = new_entry(analyzer, range->alias, range->relname, NULL, 0);
    RangeVar *result = makeNode(RangeVar);

    analyze_incomplete(analyzer, "no relation %s", range->relname);
    if (!range->alias)
        entry->name = range->relname;
    entry->schema = range->schemaname;
    entry->name_visible = true;
    entry->known = false;
    *result = *range;
    result->alias = strcmp(entry->canonical, range->relname) != 0 ? new_alias(entry, false) : NULL;
    return single((Node *)result, entry);
}

static RangeVar *relation_node(const struct pg_relation *relation, const RangeVar *range)
{
    RangeVar *result = makeNode(RangeVar);

    result->schemaname =
        pstrdup(relation->print_schema ? relation->print_schema : relation->schema);
    result->relname = pstrdup(relation->print_name ? relation->print_name : relation->name);
    result->inh = range->inh;
    result->relpersistence = 'p';
    return result;
}

static void depend_relation(struct analyzer *analyzer, const struct pg_relation *relation)
{
    if (relation->user)
        analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_RELATION,
                                                        .schema = relation->schema,
                                                        .name = relation->name,
                                                        .relation = relation});
}

static struct item relation_item(struct analyzer *analyzer, RangeVar *range)
{
    struct pg_relation *relation;
    struct range_entry *entry;
    RangeVar *result;
    bool renamed;

    if (!range->schemaname) {
        struct cte *cte = analyze_with_find(analyzer, range->relname);

        if (cte)
            return cte_item(analyzer, range, cte);
    }
    relation = pg_universe_relation(analyzer->universe, range->schemaname, range->relname);
    if (!relation)
        return unknown_item(analyzer, range);
    depend_relation(analyzer, relation);
    edit_relation(analyzer, range, relation);
    entry = names_of_relation(analyzer, relation);
    entry->level = analyzer->level->number;
    entry->canonical = names_unique(
        analyzer, range_name(analyzer, range->alias,
                             relation->print_name ? relation->print_name : relation->name));
    if (!entry->known)
        analyze_incomplete(analyzer, "the columns of %s are not known", relation->name);
    renamed = range->alias && rename_columns(entry, range->alias->colnames);
    if (range->alias) {
        entry->name = range->alias->aliasname;
        entry->schema = NULL;
    }
    result = relation_node(relation, range);
    if (renamed || strcmp(entry->canonical, result->relname) != 0)
        result->alias = new_alias(entry, renamed);
    return single((Node *)result, entry);
}

RangeVar *analyze_from_target(struct analyzer *analyzer, RangeVar *relation,
                              struct range_entry **entry)
{
    struct item item = relation_item(analyzer, relation);

    *entry = item.entry;
    return (RangeVar *)item.node;
}

/* -- Sub-selects -------------------------------------------------------------------------------- */

static struct item subselect_item(struct analyzer *analyzer, RangeSubselect *range)
{
    RangeSubselect *result = makeNode(RangeSubselect);
    struct range_entry *entry;
    struct query *query;
    bool renamed, lateral = analyzer->level->lateral;

    analyzer->level->lateral = range->lateral;
    query = analyze_subquery(analyzer, range->subquery, true, range->lateral);
    analyzer->level->lateral = lateral;
    entry = new_entry(analyzer, range->alias, "subquery", query->columns, query->column_count);
    entry->known = query->known;
    renamed = range->alias && rename_columns(entry, range->alias->colnames);
    result->lateral = range->lateral;
    result->subquery = query->node;
    result->alias = new_alias(entry, renamed);
    return single((Node *)result, entry);
}

/* -- Functions ---------------------------------------------------------------------------------- */

struct function_columns {
    struct range_column *columns;
    int count;
    bool known;
    bool scalar;
    const struct pg_type *row_type;
};

static void add_column(struct function_columns *result, const char *name,
                       const struct pg_type *type, int32_t typmod)
{
    result->columns =
        result->columns
            ? repalloc(result->columns, sizeof(struct range_column) * (size_t)(result->count + 1))
            : palloc(sizeof(struct range_column));
    result->columns[result->count++] =
        (struct range_column){.name = name, .print = name, .type = type, .typmod = typmod};
}

static List *define_columns(struct analyzer *analyzer, List *definitions,
                            struct function_columns *result)
{
    List *copies = NIL;
    ListCell *cell;

    foreach (cell, definitions) {
        ColumnDef *definition = lfirst(cell), *copy = makeNode(ColumnDef);
        int32_t typmod;
        const struct pg_type *type = analyze_type(analyzer, definition->typeName, &typmod);

        *copy = *definition;
        if (type)
            copy->typeName = tree_type(analyzer, type, typmod);
        add_column(result, definition->colname, type, typmod);
        copies = lappend(copies, copy);
    }
    return copies;
}

/* The columns that one function of FROM gives. */
static void function_columns(struct analyzer *analyzer, struct value *value, Node *raw,
                             Alias *alias, bool alone, struct function_columns *result)
{
    const struct pg_function *function = value->function;
    const struct pg_type *base = universe_base_type(value->type, NULL);
    int count;
    struct range_column *fields = names_fields(analyzer, value, &count);
    const char *name = analyze_label(raw);

    if (fields && count >= 0 &&
        (!function || function->out_column_count != 1 || (base && base->relation))) {
        for (int i = 0; i < count; i++)
            add_column(result,
                       fields[i].name && *fields[i].name ? fields[i].name
                                                         : psprintf("column%d", i + 1),
                       fields[i].type, fields[i].typmod);
        result->row_type = base && base->relation ? value->type : NULL;
        return;
    }
    if (!value->type || base == analyzer->types.record) {
        result->known = false;
        return;
    }
    if (function && function->out_column_count == 1 && function->out_columns[0].name &&
        *function->out_columns[0].name)
        name = function->out_columns[0].name;
    else if (alias && alone)
        name = alias->aliasname;
    add_column(result, name, value->type, value->typmod);
    result->scalar = true;
}

/* unnest(a, b) alone is ROWS FROM (unnest(a), unnest(b)). */
static List *expand_unnest(RangeFunction *range)
{
    FuncCall *call = linitial(linitial(range->functions));
    List *functions = NIL;
    ListCell *cell;

    if (range->is_rowsfrom || !IsA(call, FuncCall) || list_length(call->funcname) != 1 ||
        strcmp(strVal(linitial(call->funcname)), "unnest") != 0 || list_length(call->args) < 2 ||
        call->func_variadic)
        return range->functions;
    foreach (cell, call->args) {
        FuncCall *one = makeNode(FuncCall);

        *one = *call;
        one->args = list_make1(lfirst(cell));
        functions = lappend(functions, list_make2(one, NULL));
    }
    return functions;
}

static struct item function_item(struct analyzer *analyzer, RangeFunction *range)
{
    RangeFunction *result = makeNode(RangeFunction);
    List *functions = expand_unnest(range);
    struct function_columns columns = {.known = true};
    bool lateral = analyzer->level->lateral, alone = list_length(functions) == 1;
    struct range_entry *entry;
    Node *first = linitial(linitial(functions));
    ListCell *cell;

    analyzer->level->lateral = true;
    foreach (cell, functions) {
        List *pair = lfirst(cell), *definitions = lsecond(pair);
        struct value *value = analyze_expression(analyzer, linitial(pair));

        if (definitions)
            definitions = define_columns(analyzer, definitions, &columns);
        else if (range->coldeflist)
            result->coldeflist = define_columns(analyzer, range->coldeflist, &columns);
        else
            function_columns(analyzer, value, linitial(pair), range->alias, alone, &columns);
        result->functions = lappend(result->functions, list_make2(value->node, definitions));
    }
    analyzer->level->lateral = lateral;
    if (range->ordinality)
        add_column(&columns, "ordinality", analyzer->types.int8, -1);
    entry = new_entry(analyzer, range->alias, analyze_label(first), columns.columns, columns.count);
    if (!range->alias)
        entry->name = analyze_label(first);
    entry->name_visible = true;
    entry->known = columns.known;
    entry->is_function = true;
    entry->scalar = columns.scalar && columns.count == 1;
    entry->row_type = alone && !range->ordinality ? columns.row_type : NULL;
    if (range->alias)
        rename_columns(entry, range->alias->colnames);
    result->is_rowsfrom = range->is_rowsfrom || !alone;
    if (alone && !range->coldeflist && !lsecond(linitial(functions)))
        result->is_rowsfrom = false;
    result->ordinality = range->ordinality;
    result->alias = new_alias(entry, !result->coldeflist);
    return single((Node *)result, entry);
}

/* XMLTABLE: libpg_query prints it. */
static struct item xml_table_item(struct analyzer *analyzer, RangeTableFunc *range)
{
    RangeTableFunc *result = makeNode(RangeTableFunc);
    struct function_columns columns = {.known = true};
    bool lateral = analyzer->level->lateral;
    struct range_entry *entry;
    ListCell *cell;

    *result = *range;
    result->lateral = false;
    result->columns = NIL;
    analyzer->level->lateral = true;
    result->docexpr = coerce_value(analyzer, analyze_expression(analyzer, range->docexpr),
                                   analyzer->types.xml, -1, COERCE_IMPLICIT)
                          ->node;
    result->rowexpr = coerce_value(analyzer, analyze_expression(analyzer, range->rowexpr),
                                   analyzer->types.text, -1, COERCE_IMPLICIT)
                          ->node;
    foreach (cell, range->columns) {
        RangeTableFuncCol *column = lfirst(cell), *copy = makeNode(RangeTableFuncCol);
        const struct pg_type *type = analyzer->types.int4;
        int32_t typmod = -1;

        *copy = *column;
        if (column->typeName)
            type = analyze_type(analyzer, column->typeName, &typmod);
        if (column->typeName && type)
            copy->typeName = tree_type(analyzer, type, typmod);
        if (column->colexpr)
            copy->colexpr = coerce_value(analyzer, analyze_expression(analyzer, column->colexpr),
                                         analyzer->types.text, -1, COERCE_IMPLICIT)
                                ->node;
        /* The server writes the column's own type out. */
        if (column->coldefexpr)
            copy->coldefexpr =
                coerce_value(analyzer, analyze_expression(analyzer, column->coldefexpr), type,
                             typmod, COERCE_EXPLICIT)
                    ->node;
        add_column(&columns, column->colname, type, typmod);
        result->columns = lappend(result->columns, copy);
    }
    analyzer->level->lateral = lateral;
    entry = new_entry(analyzer, range->alias, "xmltable", columns.columns, columns.count);
    if (!range->alias)
        entry->name = "xmltable";
    entry->name_visible = true;
    if (range->alias)
        rename_columns(entry, range->alias->colnames);
    result->alias = new_alias(entry, false);
    return single((Node *)result, entry);
}

#if PLUMB_PG_QUERY_VERSION >= 17
/* The columns of JSON_TABLE, those of NESTED PATH among them. */
static void json_columns(struct analyzer *analyzer, List *definitions,
                         struct function_columns *columns)
{
    ListCell *cell;

    foreach (cell, definitions) {
        JsonTableColumn *column = lfirst(cell);
        const struct pg_type *type = analyzer->types.int4;
        int32_t typmod = -1;

        if (column->coltype == JTC_NESTED) {
            json_columns(analyzer, column->columns, columns);
            continue;
        }
        if (column->typeName)
            type = analyze_type(analyzer, column->typeName, &typmod);
        add_column(columns, column->name, type, typmod);
    }
}

/* JSON_TABLE: its columns are known, but the server shows more of it than was written. */
static struct item json_table_item(struct analyzer *analyzer, JsonTable *table)
{
    struct function_columns columns = {.known = true};
    struct range_entry *entry;

    analyze_incomplete(analyzer, "JSON_TABLE");
    analyzer->level->lateral = true;
    if (table->context_item && table->context_item->raw_expr)
        analyze_expression(analyzer, (Node *)table->context_item->raw_expr);
    analyzer->level->lateral = false;
    json_columns(analyzer, table->columns, &columns);
    entry = new_entry(analyzer, table->alias, "json_table", columns.columns, columns.count);
    if (!table->alias)
        entry->name = "json_table";
    entry->name_visible = true;
    return single((Node *)table, entry);
}
#endif

static struct item other_item(struct analyzer *analyzer, Node *node)
{
    struct range_entry *entry;

#if PLUMB_PG_QUERY_VERSION >= 17
    if (IsA(node, JsonTable))
        return json_table_item(analyzer, (JsonTable *)node);
#endif
    entry = new_entry(analyzer, NULL, "table", NULL, 0);
    analyze_incomplete(analyzer, "an item of kind %d in FROM", (int)nodeTag(node));
    entry->known = false;
    return single(node, entry);
}

static struct item sample_item(struct analyzer *analyzer, RangeTableSample *sample)
{
    RangeTableSample *result = makeNode(RangeTableSample);
    struct item item = from_item(analyzer, sample->relation);
    ListCell *cell;

    *result = *sample;
    result->relation = item.node;
    result->args = NIL;
    foreach (cell, sample->args)
        result->args =
            lappend(result->args, coerce_value(analyzer, analyze_expression(analyzer, lfirst(cell)),
                                               analyzer->types.float4, -1, COERCE_ASSIGNMENT)
                                      ->node);
    if (sample->repeatable)
        result->repeatable =
            coerce_value(analyzer, analyze_expression(analyzer, sample->repeatable),
                         analyzer->types.float8, -1, COERCE_ASSIGNMENT)
                ->node;
    item.node = (Node *)result;
    return item;
}

/* -- Joins -------------------------------------------------------------------------------------- */

static void set_lateral(List *entries, bool only, bool allowed)
{
    ListCell *cell;

    foreach (cell, entries) {
        struct range_entry *entry = lfirst(cell);

        entry->lateral_only = only;
        entry->lateral_ok = allowed;
    }
}

/* The names of NATURAL JOIN: what both sides have, in the order of the left. */
static List *natural_names(const struct range_entry *left, struct range_entry *right)
{
    List *names = NIL;

    for (int i = 0; i < left->column_count; i++)
        if (names_column_in(right, left->columns[i].name))
            names = lappend(names, makeString(pstrdup(left->columns[i].name)));
    return names;
}

/* A column of USING: one of the two, or COALESCE of both in a full join. */
static struct range_column merged_column(struct analyzer *analyzer, JoinType type,
                                         const struct range_column *left,
                                         const struct range_column *right)
{
    struct value *values[2] = {names_value(analyzer, left), names_value(analyzer, right)};
    const struct pg_type *common = coerce_common(analyzer, values, 2);
    struct range_column column = type == JOIN_RIGHT ? *right : *left;
    struct value *converted[2];
    CoalesceExpr *coalesce = makeNode(CoalesceExpr);

    if (!common)
        return column;
    for (int i = 0; i < 2; i++)
        converted[i] = coerce_value(analyzer, values[i], common, -1, COERCE_IMPLICIT);
    if (type == JOIN_INNER && converted[0] != values[0] && converted[1] == values[1])
        column = *right;
    else if (type == JOIN_FULL) {
        coalesce->args = list_make2(converted[0]->node, converted[1]->node);
        column.merged = (Node *)coalesce;
    } else if (converted[type == JOIN_RIGHT] != values[type == JOIN_RIGHT]) {
        column.merged = converted[type == JOIN_RIGHT]->node;
    }
    column.name = left->name;
    column.type = common;
    if (column.merged)
        column.typmod = coerce_common_typmod(converted, 2, common);
    return column;
}

static bool in_names(List *names, const char *name)
{
    ListCell *cell;

    foreach (cell, names)
        if (strcmp(strVal(lfirst(cell)), name) == 0)
            return true;
    return false;
}

static void join_columns(struct analyzer *analyzer, struct range_entry *join, JoinType type,
                         struct range_entry *left, struct range_entry *right, List *names)
{
    struct range_entry *sides[2] = {left, right};
    ListCell *cell;

    join->columns = palloc0(sizeof(struct range_column) *
                            (size_t)(left->column_count + right->column_count + 1));
    foreach (cell, names) {
        struct range_column *a = names_column_in(left, strVal(lfirst(cell)));
        struct range_column *b = names_column_in(right, strVal(lfirst(cell)));

        if (a && b)
            join->columns[join->column_count++] = merged_column(analyzer, type, a, b);
        else if (left->known && right->known)
            analyze_no_column(analyzer, strVal(lfirst(cell)));
    }
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < sides[side]->column_count; i++)
            if (!in_names(names, sides[side]->columns[i].name))
                join->columns[join->column_count++] = sides[side]->columns[i];
}

/* The canonical USING names the columns as they are printed; where the sides differ it is ON. */
static void print_condition(struct analyzer *analyzer, JoinExpr *result, List *names,
                            struct range_entry *left, struct range_entry *right)
{
    List *conditions = NIL;
    ListCell *cell;

    foreach (cell, names) {
        struct range_column *a = names_column_in(left, strVal(lfirst(cell)));
        struct range_column *b = names_column_in(right, strVal(lfirst(cell)));

        if (!a || !b)
            return;
        conditions =
            lappend(conditions, analyze_operator(analyzer, list_make1(makeString(pstrdup("="))),
                                                 names_value(analyzer, a), names_value(analyzer, b))
                                    ->node);
    }
    result->usingClause = NIL;
    result->isNatural = false;
    result->quals = list_length(conditions) == 1 ? linitial(conditions)
                    : conditions                 ? tree_boolean(AND_EXPR, conditions)
                                                 : NULL;
}

/* ON sees the two sides and nothing of their neighbours. */
static Node *join_condition(struct analyzer *analyzer, Node *node, List *entries)
{
    List *saved = analyzer->level->entries;
    Node *result;

    set_lateral(entries, false, true);
    analyzer->level->entries = entries;
    result = analyze_boolean(analyzer, node);
    analyzer->level->entries = saved;
    return result;
}

static struct range_entry *join_entry(struct analyzer *analyzer, JoinExpr *join, struct item *left,
                                      struct item *right, List *names)
{
    struct range_entry *entry = palloc0(sizeof(struct range_entry));

    entry->is_join = true;
    entry->level = analyzer->level->number;
    entry->known = left->entry->known && right->entry->known;
    entry->columns_visible = entry->lateral_ok = true;
    join_columns(analyzer, entry, join->jointype, left->entry, right->entry, names);
    if (join->alias) {
        entry->name = join->alias->aliasname;
        entry->name_visible = true;
        for (int i = 0; i < list_length(join->alias->colnames) && i < entry->column_count; i++)
            entry->columns[i].name = strVal(list_nth(join->alias->colnames, i));
    }
    return entry;
}

/* USING (...) AS name: an entry of the merged columns alone. */
static struct range_entry *using_entry(JoinExpr *join, struct range_entry *joined, int count)
{
    struct range_entry *entry = palloc0(sizeof(struct range_entry));

    *entry = *joined;
    entry->name = join->join_using_alias->aliasname;
    entry->name_visible = true;
    entry->columns_visible = false;
    entry->column_count = count;
    return entry;
}

static struct item join_item(struct analyzer *analyzer, JoinExpr *join)
{
    JoinExpr *result = makeNode(JoinExpr);
    struct item left = from_item(analyzer, join->larg), right, item = {0};
    List *saved = analyzer->level->entries, *names = join->usingClause, *entries;
    ListCell *cell;

    /* The right side may refer to the left one. */
    set_lateral(left.entries, true, join->jointype == JOIN_INNER || join->jointype == JOIN_LEFT);
    analyzer->level->entries = list_concat(list_copy(saved), left.entries);
    right = from_item(analyzer, join->rarg);
    analyzer->level->entries = saved;
    entries = list_concat(list_copy(left.entries), right.entries);
    set_lateral(entries, false, true);
    *result = *join;
    result->larg = left.node;
    result->rarg = right.node;
    result->alias = result->join_using_alias = NULL;
    if (join->isNatural)
        names = natural_names(left.entry, right.entry);
    item.entry = join_entry(analyzer, join, &left, &right, names);
    if (names || join->isNatural)
        print_condition(analyzer, result, names, left.entry, right.entry);
    else if (join->quals)
        result->quals = join_condition(analyzer, join->quals, entries);
    foreach (cell, entries)
        ((struct range_entry *)lfirst(cell))->columns_visible = false;
    item.entries = join->alias ? NIL : entries;
    if (join->join_using_alias)
        item.entries = lappend(item.entries, using_entry(join, item.entry, list_length(names)));
    item.entries = lappend(item.entries, item.entry);
    item.node = (Node *)result;
    return item;
}

/* -- The list ----------------------------------------------------------------------------------- */

static struct item from_item(struct analyzer *analyzer, Node *node)
{
    struct item item;

    if (analyzer->depth >= ANALYZE_DEPTH) {
        analyze_incomplete(analyzer, "nested too deeply");
        return other_item(analyzer, node);
    }
    analyzer->depth++;
    switch ((int)nodeTag(node)) {
    case T_RangeVar:
        item = relation_item(analyzer, (RangeVar *)node);
        break;
    case T_RangeSubselect:
        item = subselect_item(analyzer, (RangeSubselect *)node);
        break;
    case T_RangeFunction:
        item = function_item(analyzer, (RangeFunction *)node);
        break;
    case T_RangeTableFunc:
        item = xml_table_item(analyzer, (RangeTableFunc *)node);
        break;
    case T_RangeTableSample:
        item = sample_item(analyzer, (RangeTableSample *)node);
        break;
    case T_JoinExpr:
        item = join_item(analyzer, (JoinExpr *)node);
        break;
    default:
        item = other_item(analyzer, node);
    }
    analyzer->depth--;
    return item;
}

List *analyze_from(struct analyzer *analyzer, List *items)
{
    List *nodes = NIL;
    ListCell *cell;

    foreach (cell, items) {
        struct item item = from_item(analyzer, lfirst(cell));

        /* Only LATERAL items and functions of the rest of the list see it yet. */
        set_lateral(item.entries, true, true);
        analyzer->level->entries = list_concat(analyzer->level->entries, item.entries);
        nodes = lappend(nodes, item.node);
    }
    set_lateral(analyzer->level->entries, false, true);
    return nodes;
}
