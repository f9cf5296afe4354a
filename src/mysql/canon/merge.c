/* Which views a server can merge into the queries that use them: of others it drops ALGORITHM=MERGE with a warning. What
 * keeps a query apart was tried on MySQL 9.7 and MariaDB 10.11. */
#include "mysql/canon/merge.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(const char *name, const char *const *names)
{
    for (; name && *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

static bool is_aggregate(const struct my_node *node)
{
    static const char *const names[] = {
        "AVG",          "BIT_AND",       "BIT_OR",         "BIT_XOR",     "COUNT",
        "GROUP_CONCAT", "JSON_ARRAYAGG", "JSON_OBJECTAGG", "MAX",         "MIN",
        "STD",          "STDDEV",        "STDDEV_POP",     "STDDEV_SAMP", "ST_COLLECT",
        "SUM",          "VAR_POP",       "VAR_SAMP",       "VARIANCE",    NULL};

    return node->kind == MY_GROUP_CONCAT || node->window ||
           (node->kind == MY_CALL && !node->schema && is_one_of(node->name, names));
}

/* MariaDB wants to call these once for each row that the view has. */
static bool is_random(const struct my_node *node)
{
    static const char *const names[] = {"ENCRYPT",    "RAND",    "RANDOM_BYTES", "SYS_GUID", "UUID",
                                        "UUID_SHORT", "UUID_V4", "UUID_V7",      NULL};

    return node->kind == MY_CALL && !node->schema && is_one_of(node->name, names);
}

/* True where one of the nodes that belong to this query itself, not to one inside of it, is so. */
static bool any_node(const struct my_node *node, bool (*is_so)(const struct my_node *node))
{
    if (!node)
        return false;
    if (is_so(node))
        return true;
    for (size_t i = 0; i < node->children.count; i++)
        if (any_node(node->children.items[i], is_so))
            return true;
    return false;
}

static bool any_order(const struct pointer_list *list, bool (*is_so)(const struct my_node *node))
{
    for (size_t i = 0; i < list->count; i++)
        if (any_node(((const struct my_order *)list->items[i])->expression, is_so))
            return true;
    return false;
}

static bool any_item(const struct my_query *query, bool (*is_so)(const struct my_node *node))
{
    for (size_t i = 0; i < query->items.count; i++) {
        const struct my_select_item *item = query->items.items[i];

        if (any_node(item->expression, is_so))
            return true;
    }
    return any_order(&query->order_by, is_so);
}

static bool has_subquery(const struct my_node *node)
{
    return node->kind == MY_SUBQUERY || node->kind == MY_EXISTS;
}

bool my_query_can_be_merged(const struct my_query *query, enum my_vendor vendor)
{
    if (query->limit || query->limit_offset)
        return false;
    if (query->kind == MY_UNION && !query->right)
        return my_query_can_be_merged(query->left, vendor);
    if (query->kind == MY_TABLE_STATEMENT)
        return true;
    if (query->kind != MY_SELECT || !query->from || query->distinct || query->group_by.count ||
        query->having || query->windows.count || any_item(query, is_aggregate))
        return false;
    return vendor != MY_MARIADB ||
           (!any_item(query, is_random) && !any_node(query->where, is_random) &&
            !any_order(&query->order_by, has_subquery));
}
