/* Prints rewritten expressions: words in lower case, names in backquotes, an operand that is an operation
 * itself in parentheses, whatever the precedence. */
#include "mysql/canon/internal.h"

#include <ctype.h>
#include <string.h>

void canon_print_name(struct buffer *text, const char *name)
{
    buffer_append_char(text, '`');
    for (; *name; name++) {
        if (*name == '`')
            buffer_append_char(text, '`');
        buffer_append_char(text, *name);
    }
    buffer_append_char(text, '`');
}

static void print_word(struct buffer *text, const char *word)
{
    for (; *word; word++)
        buffer_append_char(text, (unsigned char)*word < 0x80 ? (char)tolower((unsigned char)*word)
                                                             : *word);
}

static void print_list(struct buffer *text, const struct pointer_list *nodes, size_t from,
                       size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buffer_append(text, ", ");
        canon_print(text, nodes->items[i]);
    }
}

static bool is_operation(const struct my_node *node)
{
    switch ((int)node->kind) {
    case MY_UNARY:
    case MY_BINARY:
    case MY_IS:
    case MY_IN:
    case MY_BETWEEN:
    case MY_LIKE:
    case MY_COLLATE:
        return true;
    default:
        return false;
    }
}

void canon_print_operand(struct buffer *text, const struct my_node *node)
{
    bool parentheses = is_operation(node);

    if (parentheses)
        buffer_append_char(text, '(');
    canon_print(text, node);
    if (parentheses)
        buffer_append_char(text, ')');
}

/* --- literals and names ---------------------------------------------------------------------------- */

static void print_bytes(struct buffer *text, const char *bytes, size_t length)
{
    buffer_append_char(text, '\'');
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\'' || bytes[i] == '\\')
            buffer_append_char(text, bytes[i]);
        if (bytes[i])
            buffer_append_char(text, bytes[i]);
        else
            buffer_append(text, "\\0");
    }
    buffer_append_char(text, '\'');
}

static void print_string(struct buffer *text, const struct my_node *node)
{
    print_bytes(text, node->text, node->text_length);
}

static void print_qualified(struct buffer *text, const struct my_node *node, const char *name)
{
    if (node->schema) {
        canon_print_name(text, node->schema);
        buffer_append_char(text, '.');
    }
    if (node->table) {
        canon_print_name(text, node->table);
        buffer_append_char(text, '.');
    }
    if (strcmp(name, "*") == 0)
        buffer_append_char(text, '*');
    else
        canon_print_name(text, name);
}

static void print_temporal(struct buffer *text, const struct my_node *node)
{
    print_word(text, node->name);
    buffer_append_char(text, ' ');
    buffer_append(text, "'");
    buffer_append(text, node->text);
    buffer_append(text, "'");
}

/* --- operations ------------------------------------------------------------------------------------ */

static void print_operator(struct buffer *text, const struct my_node *node)
{
    for (size_t i = 0; i < node->children.count; i++) {
        if (i > 0) {
            buffer_append_char(text, ' ');
            print_word(text, node->name);
            buffer_append_char(text, ' ');
        }
        canon_print_operand(text, canon_child(node, i));
    }
}

static void print_unary(struct buffer *text, const struct my_node *node)
{
    print_word(text, node->name);
    if (isalpha((unsigned char)node->name[0]))
        buffer_append_char(text, ' ');
    canon_print_operand(text, canon_child(node, 0));
}

static void print_negatable(struct buffer *text, const struct my_node *node, const char *word)
{
    canon_print_operand(text, canon_child(node, 0));
    buffer_append(text, node->flags & MY_NEGATED ? " not " : " ");
    print_word(text, word);
    buffer_append_char(text, ' ');
}

static void print_is(struct buffer *text, const struct my_node *node)
{
    canon_print_operand(text, canon_child(node, 0));
    buffer_append(text, node->flags & MY_NEGATED ? " is not " : " is ");
    print_word(text, node->name);
}

static void print_in(struct buffer *text, const struct my_node *node)
{
    bool query = canon_child(node, node->children.count - 1)->kind == MY_SUBQUERY;

    print_negatable(text, node, "in");
    if (query) {
        canon_print(text, canon_child(node, 1));
        return;
    }
    buffer_append_char(text, '(');
    print_list(text, &node->children, 1, node->children.count);
    buffer_append_char(text, ')');
}

static void print_between(struct buffer *text, const struct my_node *node)
{
    print_negatable(text, node, "between");
    canon_print_operand(text, canon_child(node, 1));
    buffer_append(text, " and ");
    canon_print_operand(text, canon_child(node, 2));
}

static void print_like(struct buffer *text, const struct my_node *node)
{
    print_negatable(text, node, node->name);
    if (strcmp(node->name, "MEMBER OF") == 0) {
        buffer_append_char(text, '(');
        canon_print(text, canon_child(node, 1));
        buffer_append_char(text, ')');
        return;
    }
    canon_print_operand(text, canon_child(node, 1));
    if (node->children.count > 2) {
        buffer_append(text, " escape ");
        canon_print_operand(text, canon_child(node, 2));
    }
}

static void print_case(struct buffer *text, const struct my_node *node)
{
    size_t i = 0;
    size_t end = node->children.count - (node->flags & MY_HAS_ELSE ? 1 : 0);

    buffer_append(text, "case");
    if (node->flags & MY_HAS_OPERAND) {
        buffer_append_char(text, ' ');
        canon_print(text, canon_child(node, i++));
    }
    for (; i + 1 < end; i += 2) {
        buffer_append(text, " when ");
        canon_print(text, canon_child(node, i));
        buffer_append(text, " then ");
        canon_print(text, canon_child(node, i + 1));
    }
    if (node->flags & MY_HAS_ELSE) {
        buffer_append(text, " else ");
        canon_print(text, canon_child(node, end));
    }
    buffer_append(text, " end");
}

static void print_interval(struct buffer *text, const struct my_node *node)
{
    buffer_append(text, "interval ");
    canon_print_operand(text, canon_child(node, 0));
    buffer_append_char(text, ' ');
    print_word(text, node->text);
}

/* --- calls --------------------------------------------------------------------------------------------- */

void canon_print_order(struct buffer *text, const struct pointer_list *order_by)
{
    for (size_t i = 0; i < order_by->count; i++) {
        const struct my_order *order = order_by->items[i];

        buffer_append(text, i > 0 ? ", " : " order by ");
        canon_print(text, order->expression);
        if (order->descending)
            buffer_append(text, " desc");
    }
}

static void print_partition(struct buffer *text, const struct my_window *window)
{
    if (window->base)
        canon_print_name(text, window->base);
    if (window->partition_by.count > 0) {
        buffer_append(text, " partition by ");
        print_list(text, &window->partition_by, 0, window->partition_by.count);
    }
    canon_print_order(text, &window->order_by);
    if (window->frame) {
        buffer_append_char(text, ' ');
        print_word(text, window->frame);
    }
}

static void print_over(struct buffer *text, const struct my_window *window)
{
    buffer_append(text, " over ");
    if (window->name) {
        canon_print_name(text, window->name);
        return;
    }
    buffer_append_char(text, '(');
    print_partition(text, window);
    buffer_append_char(text, ')');
}

static void print_call(struct buffer *text, const struct my_node *node)
{
    if (node->schema) {
        canon_print_name(text, node->schema);
        buffer_append_char(text, '.');
    }
    print_word(text, node->name);
    buffer_append_char(text, '(');
    if (node->flags & MY_DISTINCT)
        buffer_append(text, "distinct ");
    print_list(text, &node->children, 0, node->children.count);
    if (node->charset) {
        buffer_append(text, " using ");
        buffer_append(text, node->charset);
    }
    buffer_append_char(text, ')');
    if (node->order_by.count > 0) {
        buffer_append(text, " within group (");
        canon_print_order(text, &node->order_by);
        buffer_append_char(text, ')');
    }
    if (node->window)
        print_over(text, node->window);
}

static void print_cast(struct buffer *text, const struct my_node *node)
{
    buffer_append(text, "cast(");
    canon_print(text, canon_child(node, 0));
    buffer_append(text, " as ");
    print_word(text, node->text);
    if (node->charset) {
        buffer_append(text, " charset ");
        buffer_append(text, node->charset);
    }
    buffer_append(text, node->flags & MY_ARRAY ? " array)" : ")");
}

/* name(A word B): extract(year from x), convert(x using latin1), ... */
static void print_special(struct buffer *text, const char *name, const char *first,
                          const char *word, const struct my_node *node)
{
    buffer_append(text, name);
    buffer_append_char(text, '(');
    print_word(text, first);
    buffer_append(text, word);
    canon_print(text, node);
    buffer_append_char(text, ')');
}

static void print_convert(struct buffer *text, const struct my_node *node)
{
    buffer_append(text, "convert(");
    canon_print(text, canon_child(node, 0));
    buffer_printf(text, " using %s)", node->charset ? node->charset : "");
}

static void print_trim(struct buffer *text, const struct my_node *node)
{
    buffer_append(text, "trim(");
    print_word(text, node->name);
    buffer_append_char(text, ' ');
    canon_print(text, canon_child(node, 1));
    buffer_append(text, " from ");
    canon_print(text, canon_child(node, 0));
    buffer_append_char(text, ')');
}

static void print_group_concat(struct buffer *text, const struct my_node *node)
{
    buffer_append(text, node->flags & MY_DISTINCT ? "group_concat(distinct " : "group_concat(");
    print_list(text, &node->children, 0, node->children.count);
    canon_print_order(text, &node->order_by);
    if (node->text) {
        buffer_append(text, " separator ");
        print_bytes(text, node->text, strlen(node->text));
    }
    if (node->limit.count > 0) {
        buffer_append(text, " limit ");
        print_list(text, &node->limit, 0, node->limit.count);
    }
    buffer_append_char(text, ')');
    if (node->window)
        print_over(text, node->window);
}

static void print_match(struct buffer *text, const struct my_node *node)
{
    size_t last = node->children.count - 1;

    buffer_append(text, "match (");
    print_list(text, &node->children, 0, last);
    buffer_append(text, ") against (");
    canon_print(text, canon_child(node, last));
    if (node->text[0]) {
        buffer_append_char(text, ' ');
        print_word(text, node->text);
    }
    buffer_append_char(text, ')');
}

static void print_json_value(struct buffer *text, const struct my_node *node)
{
    buffer_append(text, "json_value(");
    print_list(text, &node->children, 0, node->children.count);
    if (node->text && node->text[0]) {
        buffer_append_char(text, ' ');
        buffer_append(text, node->text);
    }
    buffer_append_char(text, ')');
}

static void print_sequence(struct buffer *text, const struct my_node *node)
{
    print_word(text, node->name);
    buffer_append_char(text, '(');
    print_qualified(text, &(struct my_node){.schema = node->schema}, node->table);
    if (node->children.count > 0)
        buffer_append(text, ", ");
    print_list(text, &node->children, 0, node->children.count);
    buffer_append_char(text, ')');
}

static void print_wrapped(struct buffer *text, const char *before, const struct my_node *node)
{
    buffer_append(text, before);
    print_list(text, &node->children, 0, node->children.count);
    buffer_append_char(text, ')');
}

static void print_subquery(struct buffer *text, const struct my_node *node)
{
    if (node->name && node->name[0]) {
        print_word(text, node->name);
        buffer_append_char(text, ' ');
    }
    buffer_append_char(text, '(');
    canon_print_query(text, node->query);
    buffer_append_char(text, ')');
}

static void print_fixed(struct buffer *text, const struct my_node *node, const char *word)
{
    buffer_append(text, node->text ? node->text : word);
}

void canon_print(struct buffer *text, const struct my_node *node)
{
    switch (node->kind) {
    case MY_STRING:
        print_string(text, node);
        break;
    case MY_NUMBER:
    case MY_VARIABLE:
    case MY_OTHER:
    case MY_JSON_TABLE:
        buffer_append(text, node->text);
        break;
    case MY_HEX:
    case MY_BIT:
        buffer_printf(text, "x'%s'", node->text);
        break;
    case MY_TEMPORAL:
        print_temporal(text, node);
        break;
    case MY_NULL:
        buffer_append(text, "null");
        break;
    case MY_TRUE:
        print_fixed(text, node, "true");
        break;
    case MY_FALSE:
        print_fixed(text, node, "false");
        break;
    case MY_COLUMN:
        print_qualified(text, node, node->text);
        break;
    case MY_PARAMETER:
        buffer_append_char(text, '?');
        break;
    case MY_DEFAULT:
        if (node->children.count > 0)
            print_wrapped(text, "default(", node);
        else
            buffer_append(text, "default");
        break;
    case MY_UNARY:
        print_unary(text, node);
        break;
    case MY_BINARY:
        print_operator(text, node);
        break;
    case MY_IS:
        print_is(text, node);
        break;
    case MY_IN:
        print_in(text, node);
        break;
    case MY_BETWEEN:
        print_between(text, node);
        break;
    case MY_LIKE:
        print_like(text, node);
        break;
    case MY_COLLATE:
        canon_print_operand(text, canon_child(node, 0));
        buffer_printf(text, " collate %s", node->text);
        break;
    case MY_CASE:
        print_case(text, node);
        break;
    case MY_INTERVAL:
        print_interval(text, node);
        break;
    case MY_ROW:
        print_wrapped(text, "(", node);
        break;
    case MY_EXISTS:
        buffer_append(text, "exists ");
        canon_print(text, canon_child(node, 0));
        break;
    case MY_SUBQUERY:
        print_subquery(text, node);
        break;
    case MY_MATCH:
        print_match(text, node);
        break;
    case MY_CALL:
        print_call(text, node);
        break;
    case MY_CAST:
        print_cast(text, node);
        break;
    case MY_CONVERT:
        print_convert(text, node);
        break;
    case MY_EXTRACT:
        print_special(text, "extract", node->text, " from ", canon_child(node, 0));
        break;
    case MY_TRIM:
        print_trim(text, node);
        break;
    case MY_GROUP_CONCAT:
        print_group_concat(text, node);
        break;
    case MY_JSON_VALUE:
        print_json_value(text, node);
        break;
    case MY_VALUES:
        print_wrapped(text, "values(", node);
        break;
    case MY_NEXT_VALUE:
        print_sequence(text, node);
        break;
    case MY_POSITION:
    case MY_SUBSTRING:
        break; /* calls, once rewritten */
    }
}
