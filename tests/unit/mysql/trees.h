/* Trees of expressions and queries as one line of text, for tables of input and expected. */
#ifndef PLUMB_TESTS_MYSQL_TREES_H
#define PLUMB_TESTS_MYSQL_TREES_H

#include <string.h>

#include "core/buffer.h"
#include "mysql/sql/parse.h"

static void show_node(struct buffer *out, const struct my_node *node);

static inline const char *kind_text(enum my_node_kind kind)
{
    static const char *const texts[] = {
        [MY_STRING] = "string",
        [MY_NUMBER] = "number",
        [MY_HEX] = "hex",
        [MY_BIT] = "bit",
        [MY_TEMPORAL] = "temporal",
        [MY_NULL] = "null",
        [MY_TRUE] = "true",
        [MY_FALSE] = "false",
        [MY_COLUMN] = "column",
        [MY_VARIABLE] = "variable",
        [MY_PARAMETER] = "?",
        [MY_DEFAULT] = "default",
        [MY_UNARY] = "unary",
        [MY_BINARY] = "binary",
        [MY_IS] = "is",
        [MY_IN] = "in",
        [MY_BETWEEN] = "between",
        [MY_LIKE] = "like",
        [MY_COLLATE] = "collate",
        [MY_CASE] = "case",
        [MY_INTERVAL] = "interval",
        [MY_ROW] = "row",
        [MY_EXISTS] = "exists",
        [MY_SUBQUERY] = "query",
        [MY_MATCH] = "match",
        [MY_CALL] = "call",
        [MY_CAST] = "cast",
        [MY_CONVERT] = "convert",
        [MY_EXTRACT] = "extract",
        [MY_TRIM] = "trim",
        [MY_POSITION] = "position",
        [MY_SUBSTRING] = "substring",
        [MY_GROUP_CONCAT] = "group_concat",
        [MY_JSON_TABLE] = "json_table",
        [MY_JSON_VALUE] = "json_value",
        [MY_VALUES] = "values",
        [MY_NEXT_VALUE] = "sequence",
        [MY_OTHER] = "other",
    };

    return texts[kind];
}

/* a, 1, 'x', @v: leaves that need no kind. */
static inline bool show_leaf(struct buffer *out, const struct my_node *node)
{
    if (node->kind == MY_COLUMN) {
        if (node->schema != NULL)
            buffer_printf(out, "%s.", node->schema);
        if (node->table != NULL)
            buffer_printf(out, "%s.", node->table);
        buffer_append(out, node->text);
        return true;
    }
    if (node->kind == MY_NUMBER || node->kind == MY_VARIABLE) {
        buffer_append(out, node->text);
        return true;
    }
    if (node->kind == MY_STRING) {
        if (node->charset != NULL)
            buffer_printf(out, "%s:", node->charset);
        buffer_printf(out, "'%s'", node->text);
        return true;
    }
    return false;
}

static void show_node(struct buffer *out, const struct my_node *node)
{
    if (show_leaf(out, node))
        return;
    buffer_append(out, "(");
    if (node->kind == MY_UNARY || node->kind == MY_BINARY || node->kind == MY_LIKE)
        buffer_append(out, node->name);
    else
        buffer_append(out, kind_text(node->kind));
    if (node->flags & MY_NEGATED)
        buffer_append(out, " not");
    if (node->flags & MY_DISTINCT)
        buffer_append(out, " distinct");
    if (node->flags & MY_NO_PARENTHESES)
        buffer_append(out, " bare");
    if (node->kind != MY_UNARY && node->kind != MY_BINARY && node->kind != MY_LIKE &&
        node->name != NULL)
        buffer_printf(out, " %s", node->name);
    if (node->text != NULL)
        buffer_printf(out, " <%s>", node->text);
    if (node->charset != NULL)
        buffer_printf(out, " charset %s", node->charset);
    if (node->table != NULL)
        buffer_printf(out, " %s", node->table);
    for (size_t i = 0; i < node->children.count; i++) {
        buffer_append(out, " ");
        show_node(out, node->children.items[i]);
    }
    if (node->window != NULL)
        buffer_printf(out, " over %s", node->window->name != NULL ? node->window->name : "()");
    if (node->window != NULL && node->window->frame != NULL)
        buffer_printf(out, " frame <%s>", node->window->frame);
    buffer_append(out, ")");
}

static inline void show_reference(struct buffer *out, const struct my_table_reference *reference)
{
    if (reference->kind == MY_TABLE_JOIN) {
        buffer_printf(out, reference->parenthesized ? "{%s " : "(%s ", reference->join);
        show_reference(out, reference->left);
        buffer_append(out, " ");
        show_reference(out, reference->right);
        if (reference->on != NULL) {
            buffer_append(out, " on ");
            show_node(out, reference->on);
        }
        buffer_append(out, reference->parenthesized ? "}" : ")");
        return;
    }
    buffer_append(out, reference->kind == MY_TABLE_NAME ? reference->name.name : "(derived)");
    if (reference->alias != NULL)
        buffer_printf(out, ":%s", reference->alias);
    if (reference->hints != NULL)
        buffer_printf(out, "<%s>", reference->hints);
}

static inline void show_query(struct buffer *out, const struct my_query *query)
{
    buffer_append(out, query->parenthesized ? "{" : "[");
    if (query->with.count > 0)
        buffer_printf(out, "with %zu ", query->with.count);
    if (query->kind == MY_UNION) {
        buffer_append(out, query->operator!= NULL ? query->operator: "only");
        buffer_append(out, " ");
        show_query(out, query->left);
        if (query->right != NULL)
            show_query(out, query->right);
    }
    for (size_t i = 0; i < query->items.count; i++) {
        const struct my_select_item *item = query->items.items[i];

        if (i > 0)
            buffer_append(out, ", ");
        show_node(out, item->expression);
        if (item->alias != NULL)
            buffer_printf(out, " as %s", item->alias);
    }
    if (query->from != NULL) {
        buffer_append(out, " from ");
        show_reference(out, query->from);
    }
    if (query->order_by.count > 0)
        buffer_printf(out, " order %zu", query->order_by.count);
    if (query->limit != NULL)
        buffer_append(out, " limit");
    buffer_append(out, query->parenthesized ? "}" : "]");
}

#endif
