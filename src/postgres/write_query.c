/* The text of a view's query: which text to take, and whether it names the view's columns itself. */
#include "postgres/write.h"

#include <string.h>

#include "postgres/analyze_internal.h"
#include "postgres/parse.h"
#include "postgres/tree.h"

/* The SELECT whose target list names the columns: the leftmost of set operations. */
static const SelectStmt *naming_select(const List *statements)
{
    const RawStmt *raw;
    const SelectStmt *select;

    if (list_length(statements) != 1)
        return NULL;
    raw = linitial(statements);
    if (!IsA(raw->stmt, SelectStmt))
        return NULL;
    select = (const SelectStmt *)raw->stmt;
    while (select->op != SETOP_NONE)
        select = select->larg;
    return select;
}

static bool is_star(const Node *value)
{
    return IsA(value, ColumnRef) && IsA(llast(((const ColumnRef *)value)->fields), A_Star);
}

struct reading {
    const struct text_list *columns;
    bool star;  /* some column is a star */
    bool named; /* the columns get these names by themselves */
};

static void read_targets(const SelectStmt *select, struct reading *reading)
{
    size_t number = 0;

    reading->named = (size_t)list_length(select->targetList) == reading->columns->count;
    for (int i = 0; i < list_length(select->targetList); i++) {
        const ResTarget *target = list_nth(select->targetList, i);
        const char *name = target->name ? target->name : label_of(target->val);

        if (is_star(target->val))
            reading->star = true;
        else if (number >= reading->columns->count || !name ||
                 strcmp(name, reading->columns->items[number]) != 0)
            reading->named = false;
        number++;
    }
    if (reading->star)
        reading->named = false;
}

static struct reading read_query(const char *text, const struct text_list *columns)
{
    struct reading reading = {.columns = columns};
    struct error error = {0};
    void *context = pg_parse_enter();
    List *statements = NULL;
    const SelectStmt *select;

    if (pg_parse(text, &statements, &error) && (select = naming_select(statements)))
        read_targets(select, &reading);
    pg_parse_leave(context);
    return reading;
}

const char *write_query(const struct step_sink *sink, const struct expression *query,
                        const struct text_list *columns, const char **column_list)
{
    const char *text = write_expression(query);
    struct reading reading = read_query(text, columns);

    /* The columns of a table may stand in another order on the server: a star then gives others. */
    if (reading.star && query->canonical && !query->incomplete) {
        text = query->canonical;
        reading = read_query(text, columns);
    }
    *column_list = reading.named || !columns->count
                       ? ""
                       : arena_printf(sink->arena, " (%s)", write_name_list(sink, columns));
    return text;
}
