/* Operators that are not conditions: signs, the many ways to write a remainder, a concatenation, a step in
 * time or a path into JSON. */
#include "mysql/canon/internal.h"

#include <string.h>

/* --- signs --------------------------------------------------------------------------------------- */

static bool is_zero(const char *number)
{
    return strspn(number, "0") == strlen(number);
}

static struct my_node *negative(struct canon *canon, const struct my_node *number)
{
    if (number->text[0] == '-')
        return canon_number(canon->arena, number->text + 1);
    if (is_zero(number->text))
        return canon_number(canon->arena, "0");
    return canon_number(canon->arena, arena_printf(canon->arena, "-%s", number->text));
}

struct my_node *canon_sign(struct canon *canon, struct my_node *node)
{
    struct my_node *operand = canon_child(node, 0);

    if (strcmp(node->name, "!") == 0 || strcmp(node->name, "NOT") == 0)
        return canon_negate(canon, operand);
    if (strcmp(node->name, "+") == 0)
        return operand;
    if (strcmp(node->name, "-") == 0 && operand->kind == MY_NUMBER)
        return negative(canon, operand);
    if (strcmp(node->name, "BINARY") == 0)
        return canon_type(canon, canon_cast(canon->arena, operand, "BINARY"));
    return node;
}

/* --- operators of two operands --------------------------------------------------------------------- */

static struct my_node *call_of_two(struct canon *canon, const char *name,
                                   const struct my_node *node)
{
    struct my_node *call = canon_call(canon->arena, name);

    call->children = node->children;
    return canon_function(canon, call);
}

static struct my_node *unquoted(struct canon *canon, const struct my_node *node)
{
    struct my_node *call = canon_call(canon->arena, "JSON_UNQUOTE");

    canon_add(canon->arena, call, call_of_two(canon, "JSON_EXTRACT", node));
    return call;
}

/* INTERVAL 1 DAY + x is x + INTERVAL 1 DAY. */
static struct my_node *time_step(struct canon *canon, struct my_node *node)
{
    struct my_node *left = canon_child(node, 0);

    if (left->kind != MY_INTERVAL || strcmp(node->name, "+") != 0)
        return node;
    return canon_binary(canon->arena, "+", canon_child(node, 1), left);
}

/* = ANY is IN, <> ALL is NOT IN. */
static struct my_node *quantified(struct canon *canon, struct my_node *node)
{
    struct my_node *query = canon_child(node, 1);
    bool all = query->kind == MY_SUBQUERY && query->name && strcmp(query->name, "ALL") == 0;
    bool any = query->kind == MY_SUBQUERY && query->name && strcmp(query->name, "ANY") == 0;
    struct my_node *in;

    if (!(any && strcmp(node->name, "=") == 0) && !(all && strcmp(node->name, "<>") == 0))
        return node;
    in = canon_node(canon->arena, MY_IN, NULL);
    in->flags = all ? MY_NEGATED : 0;
    canon_add(canon->arena, in, canon_child(node, 0));
    query = canon_copy(canon->arena, query);
    query->name = "";
    canon_add(canon->arena, in, query);
    return in;
}

/* MySQL compares rows column by column. */
static struct my_node *compare_rows(struct canon *canon, struct my_node *node)
{
    const struct my_node *left = canon_child(node, 0);
    const struct my_node *right = canon_child(node, 1);
    bool equal = strcmp(node->name, "=") == 0;
    struct my_node *all = NULL;

    for (size_t i = 0; i < left->children.count && i < right->children.count; i++) {
        struct my_node *pair =
            canon_binary(canon->arena, node->name, canon_child(left, i), canon_child(right, i));

        all = all ? canon_join(canon, equal ? "AND" : "OR", all, pair) : pair;
    }
    return all ? all : node;
}

static bool are_rows(const struct my_node *node)
{
    return canon_child(node, 0)->kind == MY_ROW && canon_child(node, 1)->kind == MY_ROW;
}

static struct my_node *exclusive(struct canon *canon, struct my_node *node)
{
    if (canon->flavor.vendor == MY_MARIADB)
        return node;
    return canon_binary(canon->arena, "XOR", canon_truth(canon, canon_child(node, 0)),
                        canon_truth(canon, canon_child(node, 1)));
}

static bool is_comparison(const struct my_node *node)
{
    static const char *const names[] = {"=", "<>", "<", ">", "<=", ">=", "<=>"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(node->name, names[i]) == 0)
            return true;
    return false;
}

/* In expressions of tables, MariaDB prints bytes as text where they are compared with text. */
static void compare_bytes(struct canon *canon, struct my_node *node)
{
    struct my_node *left = canon_child(node, 0);
    struct my_node *right = canon_child(node, 1);

    if (canon->flavor.vendor != MY_MARIADB || !canon->scope || !canon->scope->bare)
        return;
    if (canon_is_text(left))
        node->children.items[1] = canon_bytes_as_text(canon, right);
    else if (canon_is_text(right))
        node->children.items[0] = canon_bytes_as_text(canon, left);
}

static bool means(const struct my_node *node, const char *name, const char *other)
{
    return strcmp(node->name, name) == 0 || strcmp(node->name, other) == 0;
}

struct my_node *canon_operator(struct canon *canon, struct my_node *node)
{
    struct my_node *left = canon_child(node, 0);
    struct my_node *right = canon_child(node, 1);

    if (strcmp(node->name, "||") == 0 && node->flags & MY_PIPES_AS_CONCAT)
        return call_of_two(canon, "CONCAT", node);
    if (means(node, "AND", "&&"))
        return canon_join(canon, "AND", left, right);
    if (means(node, "OR", "||"))
        return canon_join(canon, "OR", left, right);
    if (means(node, "MOD", "%"))
        node->name = "MOD";
    if (strcmp(node->name, "!=") == 0)
        node->name = "<>";
    if (is_comparison(node))
        compare_bytes(canon, node);
    if (strcmp(node->name, "->") == 0)
        return call_of_two(canon, "JSON_EXTRACT", node);
    if (strcmp(node->name, "->>") == 0)
        return unquoted(canon, node);
    if (strcmp(node->name, "XOR") == 0)
        return exclusive(canon, node);
    if (canon->flavor.vendor == MY_MYSQL && means(node, "=", "<>") && are_rows(node))
        return compare_rows(canon, node);
    if (means(node, "+", "-"))
        return time_step(canon, node);
    return right->kind == MY_SUBQUERY ? quantified(canon, node) : node;
}
