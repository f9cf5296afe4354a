/* Conditions. Both servers push NOT into what it negates, make lists of AND and OR flat, and say what it
 * means to ask for the truth of something that is no truth value; they differ only in the last. What one
 * of them merely could do (NOT ... IS TRUE is ... IS NOT TRUE) is done for both: it means the same. */
#include "mysql/canon/internal.h"

#include <string.h>

static const char *const boolean_operators[] = {"AND", "OR", "XOR", "=",  "<=>", "<",
                                                ">",   "<=", ">=",  "<>", NULL};

/* Calls that MySQL takes for truth values; CALL(name). */
static const char *const boolean_calls[] = {
#define SYNONYM(written, name)
#define MARIADB_SYNONYM(written, name)
#define BOOLEAN(name) #name,
#include "mysql/canon/function.def"
#undef SYNONYM
#undef MARIADB_SYNONYM
#undef BOOLEAN
    NULL};

bool canon_is_boolean(const struct canon *canon, const struct my_node *node)
{
    switch ((int)node->kind) {
    case MY_IS:
    case MY_IN:
    case MY_BETWEEN:
    case MY_LIKE:
    case MY_EXISTS:
    case MY_TRUE:
    case MY_FALSE:
        return true;
    case MY_UNARY:
        return strcmp(node->name, "NOT") == 0;
    case MY_BINARY:
        return text_is_among(node->name, boolean_operators);
    case MY_CALL:
        return canon->flavor.vendor == MY_MYSQL && text_is_among(node->name, boolean_calls);
    default:
        return false;
    }
}

struct my_node *canon_truth(struct canon *canon, struct my_node *node)
{
    if (canon_is_boolean(canon, node))
        return node;
    if (canon->flavor.vendor == MY_MYSQL)
        return canon_binary(canon->arena, "<>", canon_number(canon->arena, "0"), node);
    if (node->kind == MY_COLUMN)
        return canon_binary(canon->arena, "<>", node, canon_number(canon->arena, "0"));
    return node;
}

/* --- NOT ----------------------------------------------------------------------------------------- */

static struct my_node *toggle(struct canon *canon, struct my_node *node)
{
    struct my_node *negated = canon_copy(canon->arena, node);

    negated->flags ^= MY_NEGATED;
    return negated;
}

static const char *opposite(const char *name)
{
    static const char *const pairs[][2] = {{"=", "<>"}, {"<", ">="}, {">", "<="}};

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        for (int side = 0; side < 2; side++)
            if (strcmp(name, pairs[i][side]) == 0)
                return pairs[i][!side];
    return NULL;
}

/* x > ALL (...) is negated to x <= ANY (...). */
static struct my_node *negate_quantified(struct canon *canon, struct my_node *node)
{
    struct my_node *negated = canon_copy(canon->arena, canon_child(node, 1));

    negated->name = strcmp(negated->name, "ALL") == 0 ? "ANY" : "ALL";
    return canon_binary(canon->arena, opposite(node->name), canon_child(node, 0), negated);
}

static struct my_node *negate_all(struct canon *canon, struct my_node *node)
{
    struct my_node *negated =
        canon_node(canon->arena, MY_BINARY, strcmp(node->name, "AND") == 0 ? "OR" : "AND");

    for (size_t i = 0; i < node->children.count; i++)
        canon_add(canon->arena, negated, canon_negate(canon, canon_child(node, i)));
    return negated;
}

static struct my_node *negate_binary(struct canon *canon, struct my_node *node)
{
    const struct my_node *right = canon_child(node, 1);

    if (strcmp(node->name, "AND") == 0 || strcmp(node->name, "OR") == 0)
        return negate_all(canon, node);
    if (strcmp(node->name, "XOR") == 0)
        return canon_binary(canon->arena, "XOR", canon_negate(canon, canon_child(node, 0)),
                            canon_child(node, 1));
    if (!opposite(node->name))
        return NULL;
    if (right->kind == MY_SUBQUERY && right->name && right->name[0])
        return negate_quantified(canon, node);
    return canon_binary(canon->arena, opposite(node->name), canon_child(node, 0),
                        canon_child(node, 1));
}

/* The negation of what has one of its own; NULL: NOT has to stay. */
static struct my_node *negate_boolean(struct canon *canon, struct my_node *node)
{
    switch ((int)node->kind) {
    case MY_LIKE:
        return strcmp(node->name, "MEMBER OF") == 0 ? NULL : toggle(canon, node);
    case MY_IS:
    case MY_IN:
    case MY_BETWEEN:
        return toggle(canon, node);
    case MY_BINARY:
        return negate_binary(canon, node);
    case MY_TRUE:
    case MY_FALSE:
        return canon_literal(
            canon, canon_node(canon->arena, node->kind == MY_TRUE ? MY_FALSE : MY_TRUE, NULL));
    case MY_UNARY:
        return strcmp(node->name, "NOT") == 0 ? canon_child(node, 0) : NULL;
    default:
        return NULL;
    }
}

struct my_node *canon_negate(struct canon *canon, struct my_node *node)
{
    struct my_node *negated = negate_boolean(canon, node);
    struct my_node *zero = canon_number(canon->arena, "0");

    if (canon_is(node, MY_UNARY, "NOT") && !canon_is_boolean(canon, canon_child(node, 0)))
        return canon_binary(canon->arena, "<>", canon_child(node, 0), zero);
    if (negated)
        return negated;
    if (canon->flavor.vendor == MY_MYSQL && !canon_is_boolean(canon, node))
        return canon_binary(canon->arena, "=", zero, node);
    if (node->kind == MY_COLUMN)
        return canon_binary(canon->arena, "=", node, zero);
    return canon_unary(canon->arena, "NOT", node);
}

/* --- AND, OR, XOR ---------------------------------------------------------------------------------- */

static void join_operand(struct canon *canon, struct my_node *list, struct my_node *operand)
{
    if (!canon_is(operand, MY_BINARY, list->name)) {
        canon_add(canon->arena, list, canon_truth(canon, operand));
        return;
    }
    for (size_t i = 0; i < operand->children.count; i++)
        canon_add(canon->arena, list, canon_child(operand, i));
}

struct my_node *canon_join(struct canon *canon, const char *name, struct my_node *left,
                           struct my_node *right)
{
    struct my_node *list = canon_node(canon->arena, MY_BINARY, name);

    join_operand(canon, list, left);
    join_operand(canon, list, right);
    return list;
}

/* --- IS, IN, LIKE ------------------------------------------------------------------------------------ */

/* Where a row is kept or not, MySQL prints NOT IN (SELECT ...) as IN (...) IS FALSE. */
static bool asks_query(const struct my_node *node)
{
    return node->kind == MY_IN && canon_child(node, node->children.count - 1)->kind == MY_SUBQUERY;
}

struct my_node *canon_is_test(struct canon *canon, struct my_node *node)
{
    if (strcmp(node->name, "UNKNOWN") == 0) {
        node->name = "NULL";
        return node;
    }
    if (strcmp(node->name, "FALSE") == 0 && asks_query(canon_child(node, 0)))
        return node->flags & MY_NEGATED ? canon_child(node, 0)
                                        : canon_negate(canon, canon_child(node, 0));
    if (canon->flavor.vendor == MY_MYSQL &&
        (strcmp(node->name, "TRUE") == 0 || strcmp(node->name, "FALSE") == 0))
        node->children.items[0] = canon_truth(canon, canon_child(node, 0));
    return node;
}

/* A list of one is a comparison, as both servers have it. */
struct my_node *canon_in(struct canon *canon, struct my_node *node)
{
    const struct my_node *last = canon_child(node, node->children.count - 1);

    if (node->children.count != 2 || last->kind == MY_SUBQUERY)
        return node;
    return canon_binary(canon->arena, node->flags & MY_NEGATED ? "<>" : "=", canon_child(node, 0),
                        canon_child(node, 1));
}

static struct my_node *call_on(struct canon *canon, const char *name, struct my_node *operand)
{
    struct my_node *call = canon_call(canon->arena, name);

    canon_add(canon->arena, call, operand);
    return call;
}

static struct my_node *not_if(struct canon *canon, const struct my_node *node,
                              struct my_node *condition)
{
    return node->flags & MY_NEGATED ? canon_negate(canon, condition) : condition;
}

static bool is_default_escape(const struct my_node *escape)
{
    return escape->kind == MY_STRING && escape->text_length == 1 && escape->text[0] == '\\';
}

struct my_node *canon_like(struct canon *canon, struct my_node *node)
{
    struct my_node *left = canon_child(node, 0);
    struct my_node *right = canon_child(node, 1);

    if (strcmp(node->name, "REGEXP") == 0 && canon->flavor.vendor == MY_MYSQL) {
        struct my_node *call = call_on(canon, "REGEXP_LIKE", left);

        canon_add(canon->arena, call, right);
        return not_if(canon, node, call);
    }
    if (strcmp(node->name, "SOUNDS LIKE") == 0)
        return not_if(canon, node,
                      canon_binary(canon->arena, "=", call_on(canon, "SOUNDEX", left),
                                   call_on(canon, "SOUNDEX", right)));
    if (node->children.count == 3 && is_default_escape(canon_child(node, 2)))
        node->children.count = 2;
    return node;
}
