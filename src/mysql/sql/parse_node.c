/* Makers of expressions. Trees have a limit to their depth, so that whoever walks them may recurse. */
#include <string.h>
#include <strings.h>

#include "mysql/sql/parse_build.h"

enum { DEEPEST = 3000 };

struct my_node *my_node_new(struct my_parse *parse, enum my_node_kind kind,
                            struct my_location location)
{
    struct my_node *node = ARENA_NEW(parse->arena, struct my_node);

    node->kind = kind;
    node->offset = my_source_offset(parse, location.offset);
    node->end = location.end > location.offset ? my_source_offset(parse, location.end - 1) + 1
                                               : node->offset;
    return node;
}

static bool add_child(struct my_parse *parse, struct my_node *node, struct my_node *child,
                      size_t place)
{
    if (child->depth >= DEEPEST)
        return my_parse_fail(parse, place, "the expression is nested too deeply", NULL);
    if (node->depth <= child->depth)
        node->depth = child->depth + 1;
    pointer_list_add(&node->children, parse->arena, child);
    return true;
}

struct my_node *my_node_with(struct my_parse *parse, enum my_node_kind kind, const char *name,
                             struct my_location location, struct my_node *first,
                             struct my_node *second, struct my_node *third)
{
    struct my_node *node = my_node_new(parse, kind, location);
    struct my_node *children[3] = {first, second, third};

    node->name = name;
    for (size_t i = 0; i < 3; i++)
        if (children[i] != NULL && !add_child(parse, node, children[i], location.offset))
            return NULL;
    return node;
}

struct my_node *my_node_list(struct my_parse *parse, enum my_node_kind kind, const char *name,
                             struct my_location location, const my_list *children)
{
    struct my_node *node = my_node_new(parse, kind, location);

    node->name = name;
    for (size_t i = 0; children != NULL && i < children->count; i++)
        if (!add_child(parse, node, children->items[i], location.offset))
            return NULL;
    return node;
}

struct my_node *my_node_literal(struct my_parse *parse, enum my_node_kind kind,
                                struct my_location location, const struct my_token *token)
{
    struct my_node *node = my_node_new(parse, kind, location);

    node->text = token->text;
    node->text_length = token->length;
    node->charset = token->charset;
    return node;
}

struct my_node *my_node_column(struct my_parse *parse, struct my_location location,
                               const char *schema, const char *table, const char *column)
{
    struct my_node *node = my_node_new(parse, MY_COLUMN, location);

    node->schema = schema;
    node->table = table;
    node->text = column;
    return node;
}

/* The first argument of TIMESTAMPDIFF and GET_FORMAT is a word, not a column. */
static void settle_word_argument(struct my_node *call)
{
    struct my_node *first;

    if (call->children.count < 2 || call->schema != NULL)
        return;
    first = call->children.items[0];
    if (first->kind == MY_COLUMN && first->table == NULL &&
        (strcasecmp(call->name, "TIMESTAMPDIFF") == 0 ||
         strcasecmp(call->name, "TIMESTAMPADD") == 0 || strcasecmp(call->name, "GET_FORMAT") == 0))
        first->kind = MY_OTHER;
}

struct my_node *my_node_call(struct my_parse *parse, struct my_location location,
                             const char *schema, const char *name, const my_list *arguments)
{
    struct my_node *node = my_node_list(parse, MY_CALL, name, location, arguments);

    if (node == NULL)
        return NULL;
    node->schema = schema;
    settle_word_argument(node);
    return node;
}

struct my_node *my_node_subquery(struct my_parse *parse, struct my_location location,
                                 struct my_query *query)
{
    struct my_node *node = my_node_new(parse, MY_SUBQUERY, location);

    node->name = "";
    node->query = query;
    node->depth = query->depth + 1;
    if (node->depth > DEEPEST) {
        my_parse_fail(parse, location.offset, "the query is nested too deeply", NULL);
        return NULL;
    }
    return node;
}

struct my_node *my_node_in(struct my_parse *parse, struct my_location location,
                           struct my_node *operand, const my_list *values, unsigned flags)
{
    struct my_node *node = my_node_with(parse, MY_IN, NULL, location, operand, NULL, NULL);

    for (size_t i = 0; node != NULL && i < values->count; i++)
        if (!add_child(parse, node, values->items[i], location.offset))
            return NULL;
    if (node != NULL)
        node->flags |= flags;
    return node;
}

struct my_node *my_node_row(struct my_parse *parse, struct my_location location,
                            struct my_node *first, const my_list *others)
{
    struct my_node *node = my_node_with(parse, MY_ROW, NULL, location, first, NULL, NULL);

    for (size_t i = 0; node != NULL && i < others->count; i++)
        if (!add_child(parse, node, others->items[i], location.offset))
            return NULL;
    return node;
}

struct my_node *my_node_case(struct my_parse *parse, struct my_location location,
                             struct my_node *operand, const my_list *whens, struct my_node *other)
{
    struct my_node *node = my_node_with(parse, MY_CASE, NULL, location, operand, NULL, NULL);

    for (size_t i = 0; node != NULL && i < whens->count; i++)
        if (!add_child(parse, node, whens->items[i], location.offset))
            return NULL;
    if (node == NULL || (other != NULL && !add_child(parse, node, other, location.offset)))
        return NULL;
    node->flags |= (operand != NULL ? MY_HAS_OPERAND : 0) | (other != NULL ? MY_HAS_ELSE : 0);
    return node;
}

struct my_node *my_node_match(struct my_parse *parse, struct my_location location,
                              const my_list *columns, struct my_node *against, const char *mode)
{
    my_list flat = {0};
    struct my_node *node;

    for (size_t i = 0; i < columns->count; i++) {
        struct my_node *column = columns->items[i];

        if (column->kind == MY_ROW)
            for (size_t j = 0; j < column->children.count; j++)
                pointer_list_add(&flat, parse->arena, column->children.items[j]);
        else
            pointer_list_add(&flat, parse->arena, column);
    }
    node = my_node_list(parse, MY_MATCH, NULL, location, &flat);
    if (node == NULL || !add_child(parse, node, against, location.offset))
        return NULL;
    node->text = mode;
    return node;
}

struct my_node *my_node_cast(struct my_parse *parse, struct my_location location,
                             struct my_node *operand, const struct my_type *type, bool array)
{
    struct my_node *node = my_node_with(parse, MY_CAST, NULL, location, operand, NULL, NULL);

    if (node == NULL)
        return NULL;
    node->text = type->name;
    if (type->length != NULL && type->decimals != NULL)
        node->text =
            arena_printf(parse->arena, "%s(%s,%s)", type->name, type->length, type->decimals);
    else if (type->length != NULL)
        node->text = arena_printf(parse->arena, "%s(%s)", type->name, type->length);
    if (type->is_unsigned)
        node->text = arena_printf(parse->arena, "%s UNSIGNED", node->text);
    if (type->binary)
        node->text = arena_printf(parse->arena, "%s BINARY", node->text);
    node->charset = type->charset;
    node->flags |= array ? MY_ARRAY : 0;
    return node;
}

struct my_node *my_node_group_concat(struct my_parse *parse, struct my_location location,
                                     unsigned distinct, const my_list *items,
                                     const my_list *order_by, const char *separator,
                                     const my_list *limit)
{
    struct my_node *node = my_node_list(parse, MY_GROUP_CONCAT, "GROUP_CONCAT", location, items);

    if (node == NULL)
        return NULL;
    node->flags |= distinct;
    node->order_by = my_list_of(order_by);
    node->text = separator;
    node->limit = my_list_of(limit);
    return node;
}

struct my_node *my_node_interval(struct my_parse *parse, struct my_location first,
                                 struct my_location last, struct my_node *value, const char *unit)
{
    struct my_location location = {first.offset, last.end};
    struct my_node *node = my_node_with(parse, MY_INTERVAL, NULL, location, value, NULL, NULL);

    if (node != NULL)
        node->text = unit;
    return node;
}

/* {d '2020-01-01'}. */
struct my_node *my_node_odbc(struct my_parse *parse, struct my_location location, const char *word,
                             struct my_node *value)
{
    (void)parse;
    (void)location;
    if (value->kind != MY_STRING || value->charset != NULL)
        return value;
    if (strcasecmp(word, "d") == 0)
        value->name = "DATE";
    else if (strcasecmp(word, "t") == 0)
        value->name = "TIME";
    else if (strcasecmp(word, "ts") == 0)
        value->name = "TIMESTAMP";
    else
        return value;
    value->kind = MY_TEMPORAL;
    return value;
}

struct my_node *my_node_parenthesize(struct my_parse *parse, struct my_location location,
                                     struct my_node *node)
{
    node->flags |= MY_PARENTHESIZED;
    node->offset = my_source_offset(parse, location.offset);
    node->end = my_source_offset(parse, location.end - 1) + 1;
    return node;
}

struct my_node *my_node_sequence(struct my_parse *parse, struct my_location location,
                                 const char *function, const struct my_name *sequence,
                                 const my_list *arguments)
{
    struct my_node *node = my_node_list(parse, MY_NEXT_VALUE, function, location, arguments);

    if (node == NULL)
        return NULL;
    node->schema = sequence->schema;
    node->table = sequence->name;
    return node;
}

struct my_node *my_node_other(struct my_parse *parse, struct my_location location)
{
    struct my_node *node = my_node_new(parse, MY_OTHER, location);

    node->text = my_text_at(parse, location);
    return node;
}

struct my_node *my_node_one(struct my_parse *parse, struct my_location location)
{
    struct my_node *node = my_node_word(parse, location, "1");

    node->kind = MY_NUMBER;
    return node;
}

struct my_node *my_node_word(struct my_parse *parse, struct my_location location, const char *word)
{
    struct my_node *node = my_node_new(parse, MY_STRING, location);

    node->text = word;
    node->text_length = strlen(word);
    return node;
}

struct my_node *my_word_value(struct my_node *node)
{
    if (node->kind == MY_COLUMN && node->table == NULL) {
        node->kind = MY_STRING;
        node->text_length = strlen(node->text);
    }
    return node;
}

struct my_order *my_order_new(struct my_parse *parse, struct my_node *expression, bool descending)
{
    struct my_order *order = ARENA_NEW(parse->arena, struct my_order);

    order->expression = expression;
    order->descending = descending;
    return order;
}

struct my_window *my_window_new(struct my_parse *parse, const char *base,
                                const my_list *partition_by, const my_list *order_by,
                                const char *frame)
{
    struct my_window *window = ARENA_NEW(parse->arena, struct my_window);

    window->base = base;
    window->partition_by = my_list_of(partition_by);
    window->order_by = my_list_of(order_by);
    window->frame = frame;
    return window;
}
