/* The text of a view's query: the author's own, except that a star is written out, since the columns
 * of a table may stand in another order on the server; and whether it names the view's columns. */
#include "postgres/write/write.h"

#include <string.h>

#include "postgres/canon/internal.h"
#include "postgres/sql/parse.h"
#include "postgres/sql/print.h"
#include "postgres/sql/tree.h"

static SelectStmt *parse_select(const char *text)
{
    struct error error = {0};
    List *statements = NULL;
    RawStmt *raw;

    if (!pg_parse(text, &statements, &error) || list_length(statements) != 1)
        return NULL;
    raw = linitial(statements);
    return IsA(raw->stmt, SelectStmt) ? (SelectStmt *)raw->stmt : NULL;
}

/* The SELECT whose target list names the columns: the leftmost of set operations. */
static const SelectStmt *naming_select(const SelectStmt *select)
{
    while (select->op != SETOP_NONE)
        select = select->larg;
    return select;
}

static bool is_star(const Node *value)
{
    return value && IsA(value, ColumnRef) && IsA(llast(((const ColumnRef *)value)->fields), A_Star);
}

static bool has_star(const SelectStmt *select)
{
    if (select->op != SETOP_NONE)
        return has_star(select->larg) || has_star(select->rarg);
    for (int i = 0; i < list_length(select->targetList); i++)
        if (is_star(((const ResTarget *)list_nth(select->targetList, i))->val))
            return true;
    return false;
}

/* True when the query gives its columns these names by itself. */
static bool names_columns(const SelectStmt *whole, const struct text_list *columns)
{
    const SelectStmt *select = naming_select(whole);

    if ((size_t)list_length(select->targetList) != columns->count)
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        const ResTarget *target = list_nth(select->targetList, (int)i);
        const char *name = target->name ? target->name : analyze_label(target->val);

        if (is_star(target->val) || !name || strcmp(name, columns->items[i]) != 0)
            return false;
    }
    return true;
}

/* --- stars ----------------------------------------------------------------------------------------- */

/* The canonical form has each column of a star as "relation.column". */
static const ColumnRef *column_at(const SelectStmt *canonical, int place)
{
    const ResTarget *target = list_nth(canonical->targetList, place);

    if (!target->val || !IsA(target->val, ColumnRef) || is_star(target->val) ||
        list_length(((const ColumnRef *)target->val)->fields) < 2)
        return NULL;
    return (const ColumnRef *)target->val;
}

/* How many of the canonical columns from place on belong to the star, if there are others behind it
 * that do not: as many as are of one relation. */
static int length_of_star(const SelectStmt *canonical, int place, int end, bool last_star)
{
    const ColumnRef *first;
    int length = 0;

    if (last_star)
        return end - place;
    first = place < end ? column_at(canonical, place) : NULL;
    while (first && place + length < end) {
        const ColumnRef *next = column_at(canonical, place + length);

        if (!next || strcmp(strVal(linitial(next->fields)), strVal(linitial(first->fields))) != 0)
            break;
        length++;
    }
    return length;
}

/* Adds the column as the star's relation has it, under the name that the view has for it. */
static bool add_star_column(List **targets, const ColumnRef *star, const SelectStmt *canonical,
                            const struct text_list *columns, int place)
{
    const ColumnRef *column = column_at(canonical, place);
    ResTarget *target = makeNode(ResTarget);
    ColumnRef *value = makeNode(ColumnRef);
    const char *name;

    if (!column || (size_t)place >= columns->count)
        return false;
    name = strVal(llast(column->fields));
    for (int i = 0; i + 1 < list_length(star->fields); i++)
        value->fields = lappend(value->fields, list_nth(star->fields, i));
    value->fields = lappend(value->fields, makeString(pstrdup(name)));
    target->val = (Node *)value;
    if (strcmp(name, columns->items[place]) != 0)
        target->name = pstrdup(columns->items[place]);
    *targets = lappend(*targets, target);
    return true;
}

/* A star without a relation's name can be written out where there is one relation. */
static bool is_expandable(const SelectStmt *select, const ColumnRef *star)
{
    return list_length(star->fields) > 1 ||
           (list_length(select->fromClause) == 1 && !IsA(linitial(select->fromClause), JoinExpr));
}

static int stars_from(const List *targets, int first)
{
    int count = 0;

    for (int i = first; i < list_length(targets); i++)
        count += is_star(((const ResTarget *)list_nth(targets, i))->val);
    return count;
}

static bool expand_stars(SelectStmt *select, const SelectStmt *canonical,
                         const struct text_list *columns)
{
    List *targets = NULL;
    int count = list_length(select->targetList);
    int total = list_length(canonical->targetList);
    int place = 0;

    if (select->op != SETOP_NONE || canonical->op != SETOP_NONE)
        return false;
    for (int i = 0; i < count; i++) {
        ResTarget *target = list_nth(select->targetList, i);
        int stars_behind = stars_from(select->targetList, i + 1);
        int length;

        if (!is_star(target->val)) {
            targets = lappend(targets, target);
            place++;
            continue;
        }
        if (!is_expandable(select, (const ColumnRef *)target->val))
            return false;
        length = length_of_star(canonical, place, total - (count - i - 1 - stars_behind),
                                stars_behind == 0);
        for (int j = 0; j < length; j++)
            if (!add_star_column(&targets, (const ColumnRef *)target->val, canonical, columns,
                                 place++))
                return false;
    }
    select->targetList = targets;
    return place == total;
}

/* --- the text -------------------------------------------------------------------------------------- */

/* NULL where the canonical form does not have the view's columns: it then speaks of another table. */
static const char *without_stars(const struct step_sink *sink, SelectStmt *select,
                                 const struct expression *query, const struct text_list *columns)
{
    SelectStmt *canonical = parse_select(query->canonical);
    const char *text = NULL;

    if (!canonical || (size_t)list_length(naming_select(canonical)->targetList) != columns->count)
        return NULL;
    if (expand_stars(select, canonical, columns))
        text = pg_print_query((Node *)select, sink->arena);
    return text ? text : query->canonical;
}

const char *write_query(const struct step_sink *sink, const struct expression *query,
                        const struct text_list *columns, const char **column_list)
{
    const char *text = write_expression(query);
    void *context = pg_parse_enter();
    SelectStmt *select = parse_select(text);
    bool named;

    if (select && query->canonical && !query->incomplete && has_star(select)) {
        const char *expanded = without_stars(sink, select, query, columns);

        text = expanded ? expanded : text;
        select = parse_select(text);
    }
    named = !columns->count || (select && names_columns(select, columns));
    pg_parse_leave(context);
    *column_list =
        named ? "" : arena_printf(sink->arena, " (%s)", clause_names(sink, write_name, columns));
    return text;
}
