/* New nodes for rewritten trees. */
#include "mysql/canon/internal.h"

#include <string.h>

struct my_node *canon_node(struct arena *arena, enum my_node_kind kind, const char *name)
{
    struct my_node *node = ARENA_NEW(arena, struct my_node);

    node->kind = kind;
    node->name = name;
    return node;
}

struct my_node *canon_copy(struct arena *arena, const struct my_node *node)
{
    return arena_copy(arena, node, sizeof(*node));
}

struct my_node *canon_number(struct arena *arena, const char *text)
{
    struct my_node *node = canon_node(arena, MY_NUMBER, NULL);

    node->text = text;
    return node;
}

struct my_node *canon_text(struct arena *arena, const char *text)
{
    struct my_node *node = canon_node(arena, MY_STRING, NULL);

    node->text = text;
    node->text_length = strlen(text);
    return node;
}

void canon_add(struct arena *arena, struct my_node *node, struct my_node *child)
{
    pointer_list_add(&node->children, arena, child);
}

struct my_node *canon_unary(struct arena *arena, const char *name, struct my_node *operand)
{
    struct my_node *node = canon_node(arena, MY_UNARY, name);

    canon_add(arena, node, operand);
    return node;
}

struct my_node *canon_binary(struct arena *arena, const char *name, struct my_node *left,
                             struct my_node *right)
{
    struct my_node *node = canon_node(arena, MY_BINARY, name);

    canon_add(arena, node, left);
    canon_add(arena, node, right);
    return node;
}

struct my_node *canon_call(struct arena *arena, const char *name)
{
    return canon_node(arena, MY_CALL, name);
}

struct my_node *canon_cast(struct arena *arena, struct my_node *operand, const char *type)
{
    struct my_node *node = canon_node(arena, MY_CAST, NULL);

    node->text = type;
    canon_add(arena, node, operand);
    return node;
}

struct my_node *canon_child(const struct my_node *node, size_t number)
{
    return number < node->children.count ? node->children.items[number] : NULL;
}

bool canon_is(const struct my_node *node, enum my_node_kind kind, const char *name)
{
    return node->kind == kind && node->name && strcmp(node->name, name) == 0;
}
