/* Prints rewritten queries. */
#include <ctype.h>
#include <string.h>

#include "mysql/canon/internal.h"

static void print_lower(struct buffer *text, const char *words)
{
    for (; *words; words++)
        buffer_append_char(text, (char)tolower((unsigned char)*words));
}

static void print_items(struct buffer *text, const struct pointer_list *items)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct my_select_item *item = items->items[i];

        if (i > 0)
            buffer_append(text, ", ");
        canon_print(text, item->expression);
        if (item->alias) {
            buffer_append(text, " as ");
            canon_print_name(text, item->alias);
        }
    }
}

static void print_from(struct buffer *text, const struct my_table_reference *from);

static void print_side(struct buffer *text, const struct my_table_reference *from)
{
    bool join = from->kind == MY_TABLE_JOIN;

    if (join)
        buffer_append_char(text, '(');
    print_from(text, from);
    if (join)
        buffer_append_char(text, ')');
}

static void print_join(struct buffer *text, const struct my_table_reference *from)
{
    print_side(text, from->left);
    buffer_append_char(text, ' ');
    print_lower(text, from->join);
    buffer_append_char(text, ' ');
    print_side(text, from->right);
    if (from->on) {
        buffer_append(text, " on ");
        canon_print_operand(text, from->on);
    }
}

static void print_name(struct buffer *text, const struct my_name *name)
{
    if (name->schema && name->schema[0]) {
        canon_print_name(text, name->schema);
        buffer_append_char(text, '.');
    }
    canon_print_name(text, name->name);
}

static void print_alias(struct buffer *text, const struct my_table_reference *from)
{
    if (from->alias) {
        buffer_append_char(text, ' ');
        canon_print_name(text, from->alias);
    }
    if (from->hints) {
        buffer_append_char(text, ' ');
        buffer_append(text, from->hints);
    }
}

static void print_from(struct buffer *text, const struct my_table_reference *from)
{
    switch (from->kind) {
    case MY_TABLE_JOIN:
        print_join(text, from);
        return;
    case MY_TABLE_NAME:
        print_name(text, &from->name);
        break;
    case MY_TABLE_QUERY:
        buffer_append(text, from->lateral ? "lateral (" : "(");
        canon_print_query(text, from->query);
        buffer_append_char(text, ')');
        break;
    case MY_TABLE_FUNCTION:
        canon_print(text, from->function);
        break;
    }
    print_alias(text, from);
}

static void print_group(struct buffer *text, const struct my_query *query)
{
    for (size_t i = 0; i < query->group_by.count; i++) {
        const struct my_order *order = query->group_by.items[i];

        buffer_append(text, i > 0 ? ", " : " group by ");
        canon_print(text, order->expression);
        if (order->descending)
            buffer_append(text, " desc");
    }
    if (query->rollup)
        buffer_append(text, " with rollup");
}

static void print_condition(struct buffer *text, const char *word, const struct my_node *condition)
{
    if (!condition)
        return;
    buffer_append(text, word);
    canon_print(text, condition);
}

static void print_select(struct buffer *text, const struct my_query *query)
{
    buffer_append(text, query->distinct ? "select distinct " : "select ");
    for (size_t i = 0; i < query->options.count; i++)
        buffer_printf(text, "%s ", query->options.items[i]);
    print_items(text, &query->items);
    if (query->from) {
        buffer_append(text, " from ");
        print_from(text, query->from);
    }
    print_condition(text, " where ", query->where);
    print_group(text, query);
    print_condition(text, " having ", query->having);
}

static void print_rows(struct buffer *text, const struct my_query *query)
{
    for (size_t i = 0; i < query->rows.count; i++) {
        buffer_append(text, i > 0 ? ", " : "values ");
        canon_print(text, query->rows.items[i]);
    }
}

/* An operand of a union needs parentheses where it is one itself (the left one: only of another kind), or
 * has an order or a limit of its own. */
static void print_part(struct buffer *text, const struct my_query *part, bool right)
{
    bool parentheses = (right && part->kind == MY_UNION) || part->order_by.count > 0 ||
                       part->limit || part->with.count > 0 || part->locking;

    if (parentheses)
        buffer_append_char(text, '(');
    canon_print_query(text, part);
    if (parentheses)
        buffer_append_char(text, ')');
}

static void print_union(struct buffer *text, const struct my_query *query)
{
    print_part(text, query->left, false);
    buffer_append_char(text, ' ');
    print_lower(text, query->operator);
    buffer_append_char(text, ' ');
    print_part(text, query->right, true);
}

static void print_with(struct buffer *text, const struct my_query *query)
{
    for (size_t i = 0; i < query->with.count; i++) {
        const struct my_common_table *common = query->with.items[i];

        buffer_append(text, i > 0 ? ", " : query->recursive ? "with recursive " : "with ");
        canon_print_name(text, common->name);
        buffer_append(text, " as (");
        canon_print_query(text, common->query);
        buffer_append_char(text, ')');
    }
    if (query->with.count > 0)
        buffer_append_char(text, ' ');
}

void canon_print_query(struct buffer *text, const struct my_query *query)
{
    print_with(text, query);
    if (query->kind == MY_SELECT)
        print_select(text, query);
    else if (query->kind == MY_UNION)
        print_union(text, query);
    else
        print_rows(text, query);
    canon_print_order(text, &query->order_by);
    print_condition(text, " limit ", query->limit);
    print_condition(text, " offset ", query->limit_offset);
    if (query->locking) {
        buffer_append_char(text, ' ');
        print_lower(text, query->locking);
    }
}
