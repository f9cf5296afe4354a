/* The way from a tree to its one form: children first, then the node by its kind. */
#include "mysql/canon/canon.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "mysql/canon/internal.h"

static struct my_node *call_with(struct canon *canon, const char *name,
                                 const struct pointer_list *arguments)
{
    struct my_node *call = canon_call(canon->arena, name);

    call->children = *arguments;
    return canon_function(canon, call);
}

/* TRIM from one end of blanks is LTRIM or RTRIM; from both ends needs no word. */
static struct my_node *rewrite_trim(struct canon *canon, struct my_node *node)
{
    const char *side = node->name ? node->name : "";

    if (node->children.count == 1) {
        if (strcmp(side, "LEADING") == 0)
            return call_with(canon, "LTRIM", &node->children);
        if (strcmp(side, "TRAILING") == 0)
            return call_with(canon, "RTRIM", &node->children);
        return call_with(canon, "TRIM", &node->children);
    }
    node->name = *side ? side : "BOTH";
    return node;
}

/* @@session.x is @@x; names of variables have no case. */
static struct my_node *rewrite_variable(struct canon *canon, struct my_node *node)
{
    const char *text = text_lower(canon->arena, node->text);

    if (strncmp(text, "@@session.", 10) == 0)
        text = arena_printf(canon->arena, "@@%s", text + 10);
    else if (strncmp(text, "@@local.", 8) == 0)
        text = arena_printf(canon->arena, "@@%s", text + 8);
    node->text = text;
    return node;
}

/* What the grammar keeps as it was written: words in upper case, blanks only between words. */
const char *canon_squeeze(struct arena *arena, const char *text)
{
    struct buffer out = BUFFER_EMPTY;
    char quote = '\0';
    bool blank = false;

    for (; *text; text++) {
        if (!quote && isspace((unsigned char)*text)) {
            blank = true;
            continue;
        }
        if (blank && out.length > 0 && !strchr("(),", *text) &&
            !strchr("(),", out.text[out.length - 1]))
            buffer_append_char(&out, ' ');
        blank = false;
        if (quote ? *text == quote : strchr("'\"`", *text) != NULL)
            quote = quote ? '\0' : *text;
        buffer_append_char(&out, quote || (unsigned char)*text >= 0x80
                                     ? *text
                                     : (char)toupper((unsigned char)*text));
    }
    return buffer_take(&out, arena);
}

static struct my_node *rewrite_verbatim(struct canon *canon, struct my_node *node)
{
    if (node->text)
        node->text = canon_squeeze(canon->arena, node->text);
    return node;
}

static struct my_node *rewrite_json_value(struct canon *canon, struct my_node *node)
{
    rewrite_verbatim(canon, node);
    if (canon->flavor.vendor == MY_MYSQL && node->text &&
        strcmp(node->text, "RETURNING CHAR(512)") == 0)
        node->text = NULL;
    return node;
}

static struct my_node *rewrite_interval(struct canon *canon, struct my_node *node)
{
    const char *unit = text_upper(canon->arena, node->text);

    node->text = strncmp(unit, "SQL_TSI_", 8) == 0 ? unit + 8 : unit;
    return node;
}

static struct my_node *rewrite_collate(struct canon *canon, struct my_node *node)
{
    node->text = canon_collation(canon, node->text);
    return node;
}

/* In expressions of tables, MariaDB prints the conversions to utf8mb4 that it makes by itself, where character
 * sets meet. Nothing is lost by one, and so nothing is said by it. */
static struct my_node *rewrite_convert(struct canon *canon, struct my_node *node)
{
    const char *charset = node->charset ? node->charset : node->text;

    node->charset = charset ? canon_charset(canon, charset) : NULL;
    node->text = NULL;
    if (canon->flavor.vendor == MY_MARIADB && canon->scope && canon->scope->bare && node->charset &&
        strcmp(node->charset, "utf8mb4") == 0)
        return canon_child(node, 0);
    return node;
}

static struct my_node *rewrite_sequence(struct canon *canon, struct my_node *node)
{
    if (canon->use_sequence)
        canon->use_sequence(canon->context, node->schema, node->table);
    if (canon->own_schema)
        node->schema = canon->own_schema(canon->context, node->schema);
    return node;
}

static struct my_node *rewrite_concatenation(struct canon *canon, struct my_node *node)
{
    (void)canon;
    if (node->text && strcmp(node->text, ",") == 0)
        node->text = NULL;
    return node;
}

static struct my_node *rewrite_match(struct canon *canon, struct my_node *node)
{
    node->text = node->text ? text_upper(canon->arena, node->text) : "";
    if (strcmp(node->text, "IN NATURAL LANGUAGE MODE") == 0)
        node->text = "";
    if (strcmp(node->text, "IN NATURAL LANGUAGE MODE WITH QUERY EXPANSION") == 0)
        node->text = "WITH QUERY EXPANSION";
    return node;
}

static struct my_node *rewrite_kind(struct canon *canon, struct my_node *node)
{
    switch (node->kind) {
    case MY_COLUMN:
        return canon_column(canon, node);
    case MY_VARIABLE:
        return rewrite_variable(canon, node);
    case MY_UNARY:
        return canon_sign(canon, node);
    case MY_BINARY:
        return canon_operator(canon, node);
    case MY_IS:
        return canon_is_test(canon, node);
    case MY_IN:
        return canon_in(canon, node);
    case MY_LIKE:
        return canon_like(canon, node);
    case MY_COLLATE:
        return rewrite_collate(canon, node);
    case MY_INTERVAL:
        return rewrite_interval(canon, node);
    case MY_CALL:
        return canon_function(canon, node);
    case MY_CAST:
        return canon_type(canon, node);
    case MY_CONVERT:
        return rewrite_convert(canon, node);
    case MY_EXTRACT:
        return rewrite_interval(canon, node);
    case MY_TRIM:
        return rewrite_trim(canon, node);
    case MY_POSITION:
        return call_with(canon, "LOCATE", &node->children);
    case MY_SUBSTRING:
        return call_with(canon, "SUBSTR", &node->children);
    case MY_GROUP_CONCAT:
        return rewrite_concatenation(canon, node);
    case MY_MATCH:
        return rewrite_match(canon, node);
    case MY_EXISTS:
        return canon_exists(canon, node);
    case MY_NEXT_VALUE:
        return rewrite_sequence(canon, node);
    case MY_JSON_VALUE:
        return rewrite_json_value(canon, node);
    case MY_JSON_TABLE:
    case MY_OTHER:
        return rewrite_verbatim(canon, node);
    case MY_STRING:
    case MY_NUMBER:
    case MY_HEX:
    case MY_BIT:
    case MY_TEMPORAL:
    case MY_NULL:
    case MY_TRUE:
    case MY_FALSE:
        return canon_literal(canon, node);
    case MY_PARAMETER:
    case MY_DEFAULT:
    case MY_BETWEEN:
    case MY_CASE:
    case MY_ROW:
    case MY_SUBQUERY:
    case MY_VALUES:
        break;
    }
    return node;
}

/* --- what hangs below a node ------------------------------------------------------------------------ */

struct pointer_list canon_rewrite_all(struct canon *canon, const struct pointer_list *nodes)
{
    struct pointer_list list = {0};

    for (size_t i = 0; i < nodes->count; i++)
        pointer_list_add(&list, canon->arena, canon_rewrite(canon, nodes->items[i]));
    return list;
}

struct pointer_list canon_rewrite_order(struct canon *canon, const struct pointer_list *items)
{
    struct pointer_list list = {0};

    for (size_t i = 0; i < items->count; i++) {
        struct my_order *order = arena_copy(canon->arena, items->items[i], sizeof(*order));

        order->expression = canon_rewrite(canon, order->expression);
        pointer_list_add(&list, canon->arena, order);
    }
    return list;
}

/* ROWS n PRECEDING is short for BETWEEN n PRECEDING AND CURRENT ROW. */
static const char *whole_frame(struct arena *arena, const char *frame)
{
    size_t unit = strcspn(frame, " ");

    if (strncmp(frame + unit, " BETWEEN ", 9) == 0)
        return frame;
    return arena_printf(arena, "%.*s BETWEEN%s AND CURRENT ROW", (int)unit, frame, frame + unit);
}

static const struct my_window *find_window(const struct canon *canon, const char *name)
{
    for (size_t i = 0; canon->windows && name && i < canon->windows->count; i++) {
        const struct my_window *window = canon->windows->items[i];

        if (window->name && strcasecmp(window->name, name) == 0)
            return window;
    }
    return NULL;
}

/* A window by name is what the WINDOW clause says; one based on another has that one's parts too. */
static struct my_window spell_out(const struct canon *canon, const struct my_window *window,
                                  int depth)
{
    struct my_window whole = *window;
    const struct my_window *base = find_window(canon, window->base);

    if (base && depth < 16) {
        struct my_window inherited = spell_out(canon, base, depth + 1);

        if (whole.partition_by.count == 0)
            whole.partition_by = inherited.partition_by;
        if (whole.order_by.count == 0)
            whole.order_by = inherited.order_by;
        if (!whole.frame)
            whole.frame = inherited.frame;
        whole.base = NULL;
    }
    return whole;
}

static struct my_window *rewrite_window(struct canon *canon, const struct my_window *window)
{
    struct my_window *copy;
    const struct my_window *named = find_window(canon, window->name);
    struct my_window whole = spell_out(canon, named ? named : window, 0);

    copy = arena_copy(canon->arena, &whole, sizeof(whole));
    if (named)
        copy->name = NULL;
    window = &whole;

    copy->partition_by = canon_rewrite_all(canon, &window->partition_by);
    copy->order_by = canon_rewrite_order(canon, &window->order_by);
    if (window->frame)
        copy->frame = whole_frame(canon->arena, canon_squeeze(canon->arena, window->frame));
    return copy;
}

/* The first argument of TIMESTAMPADD and TIMESTAMPDIFF is a unit, though it looks like a column. */
static struct pointer_list rewrite_arguments(struct canon *canon, const struct my_node *node)
{
    struct pointer_list list;
    struct my_node *unit;

    if (node->kind != MY_CALL || strncasecmp(node->name, "TIMESTAMP", 9) != 0 ||
        node->children.count != 3)
        return canon_rewrite_all(canon, &node->children);
    unit = canon_node(canon->arena, MY_OTHER, NULL);
    unit->text = canon_child(node, 0)->text;
    list = (struct pointer_list){0};
    pointer_list_add(&list, canon->arena, unit);
    for (size_t i = 1; i < node->children.count; i++)
        pointer_list_add(&list, canon->arena, canon_rewrite(canon, canon_child(node, i)));
    return list;
}

struct my_node *canon_rewrite(struct canon *canon, const struct my_node *node)
{
    struct my_node *copy = canon_copy(canon->arena, node);

    copy->children = rewrite_arguments(canon, node);
    copy->order_by = canon_rewrite_order(canon, &node->order_by);
    copy->limit = canon_rewrite_all(canon, &node->limit);
    if (node->window)
        copy->window = rewrite_window(canon, node->window);
    if (node->query)
        copy->query = canon_subquery(canon, node->query);
    copy->flags &= ~(unsigned)MY_PARENTHESIZED;
    return rewrite_kind(canon, copy);
}

static bool is_not(const struct my_node *node)
{
    return canon_is(node, MY_UNARY, "NOT") || canon_is(node, MY_UNARY, "!");
}

/* Where only truth counts, MariaDB takes NOT NOT x for x, whatever x is. */
struct my_node *canon_condition(struct canon *canon, const struct my_node *node)
{
    while (canon->flavor.vendor == MY_MARIADB && is_not(node) && is_not(canon_child(node, 0)))
        node = canon_child(canon_child(node, 0), 0);
    return canon_truth(canon, canon_rewrite(canon, node));
}

/* --- the door ------------------------------------------------------------------------------------------ */

const char *my_canon_expression(struct arena *arena, struct my_flavor flavor,
                                const struct my_node *expression)
{
    struct canon canon = {.arena = arena, .flavor = flavor};
    struct buffer text = BUFFER_EMPTY;

    canon_print(&text, canon_rewrite(&canon, expression));
    return buffer_take(&text, arena);
}
