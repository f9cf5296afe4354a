/* Makers of queries. */
#include <string.h>

#include "mysql/sql/parse_build.h"

struct my_query *my_query_new(struct my_parse *parse, enum my_query_kind kind,
                              struct my_location location)
{
    struct my_query *query = ARENA_NEW(parse->arena, struct my_query);

    query->kind = kind;
    query->offset = my_source_offset(parse, location.offset);
    query->end = my_source_offset(parse, location.end);
    return query;
}

struct my_query *my_query_join(struct my_parse *parse, struct my_location location,
                               struct my_query *left, const char *operator, struct my_query * right)
{
    struct my_query *query = my_query_new(parse, MY_UNION, location);

    query->left = left;
    query->right = right;
    query->operator= operator;
    query->depth = (left->depth > right->depth ? left->depth : right->depth) + 1;
    if (query->depth > 2000) {
        my_parse_fail(parse, location.offset, "the query is nested too deeply", NULL);
        return NULL;
    }
    return query;
}

struct my_query *my_query_parenthesize(struct my_parse *parse, struct my_location location,
                                       struct my_query *query)
{
    query->parenthesized = true;
    query->offset = my_source_offset(parse, location.offset);
    query->end = my_source_offset(parse, location.end);
    return query;
}

static bool has_tail(const struct my_query *query)
{
    return query->order_by.count > 0 || query->limit != NULL || query->limit_offset != NULL ||
           query->locking != NULL;
}

struct my_query *my_query_finish(struct my_parse *parse, struct my_location location,
                                 struct my_query *query, const struct my_tail *tail)
{
    bool said = tail->order_by != NULL || tail->limit != NULL || tail->offset != NULL ||
                tail->locking != NULL;

    if (query->parenthesized && said && (has_tail(query) || query->with.count > 0)) {
        struct my_query *outer = my_query_new(parse, MY_UNION, location);

        outer->left = query;
        outer->depth = query->depth + 1;
        query = outer;
    } else if (query->parenthesized && said) {
        query->parenthesized = false;
    }
    query->end = my_source_offset(parse, location.end);
    if (!said)
        return query;
    query->offset = my_source_offset(parse, location.offset);
    query->order_by = my_list_of(tail->order_by);
    query->limit = tail->limit;
    query->limit_offset = tail->offset;
    query->locking = tail->locking;
    return query;
}

struct my_query *my_query_with(struct my_parse *parse, struct my_location location,
                               struct my_query *query, const my_list *with, bool recursive)
{
    if (query->parenthesized && query->with.count > 0) {
        struct my_query *outer = my_query_new(parse, MY_UNION, location);

        outer->left = query;
        outer->depth = query->depth + 1;
        query = outer;
    }
    query->parenthesized = false;
    query->with = *with;
    query->recursive = recursive;
    query->offset = my_source_offset(parse, location.offset);
    return query;
}

void my_query_options(struct my_parse *parse, struct my_query *query, const my_texts *options)
{
    for (size_t i = 0; options != NULL && i < options->count; i++) {
        if (strcmp(options->items[i], "DISTINCT") == 0)
            query->distinct = true;
        else if (strcmp(options->items[i], "ALL") != 0)
            text_list_add(&query->options, parse->arena, options->items[i]);
    }
}

struct my_group *my_group_new(struct my_parse *parse, my_list *items, bool rollup)
{
    struct my_group *group = ARENA_NEW(parse->arena, struct my_group);

    group->items = items;
    group->rollup = rollup;
    return group;
}

void my_query_group(struct my_query *query, const struct my_group *group)
{
    if (group == NULL)
        return;
    query->group_by = *group->items;
    query->rollup = group->rollup;
}

struct my_tail *my_tail_new(struct my_parse *parse)
{
    return ARENA_NEW(parse->arena, struct my_tail);
}

struct my_tail *my_tail_limit(struct my_parse *parse, struct my_node *limit, struct my_node *offset)
{
    struct my_tail *tail = my_tail_new(parse);

    tail->limit = limit;
    tail->offset = offset;
    return tail;
}

struct my_select_item *my_item_new(struct my_parse *parse, struct my_node *expression,
                                   const char *alias)
{
    struct my_select_item *item = ARENA_NEW(parse->arena, struct my_select_item);

    item->expression = expression;
    item->alias = alias;
    return item;
}

struct my_table_reference *my_table_new(struct my_parse *parse, const struct my_name *name,
                                        const char *alias, const char *hints)
{
    struct my_table_reference *table = ARENA_NEW(parse->arena, struct my_table_reference);

    table->kind = MY_TABLE_NAME;
    table->name = *name;
    table->alias = alias;
    table->hints = hints;
    return table;
}

struct my_table_reference *my_table_of_query(struct my_parse *parse, struct my_query *query,
                                             const char *alias, const my_texts *columns,
                                             bool lateral)
{
    struct my_table_reference *table = ARENA_NEW(parse->arena, struct my_table_reference);

    table->kind = MY_TABLE_QUERY;
    table->query = query;
    table->alias = alias;
    table->columns = my_texts_of(columns);
    table->lateral = lateral;
    return table;
}

struct my_table_reference *my_join_new(struct my_parse *parse, const char *join,
                                       struct my_table_reference *left,
                                       struct my_table_reference *right, struct my_node *on,
                                       const my_texts *columns)
{
    struct my_table_reference *table = ARENA_NEW(parse->arena, struct my_table_reference);

    table->kind = MY_TABLE_JOIN;
    table->join = join;
    table->left = left;
    table->right = right;
    table->on = on;
    table->using_columns = my_texts_of(columns);
    return table;
}

struct my_table_reference *my_join_cross(struct my_parse *parse, const char *join,
                                         struct my_table_reference *left,
                                         struct my_table_reference *right)
{
    struct my_table_reference *inner = right;

    if (right->kind != MY_TABLE_JOIN || right->parenthesized)
        return my_join_new(parse, join, left, right, NULL, NULL);
    while (inner->left->kind == MY_TABLE_JOIN && !inner->left->parenthesized)
        inner = inner->left;
    inner->left = my_join_new(parse, join, left, inner->left, NULL, NULL);
    return right;
}

const char *my_join_hints(struct my_parse *parse, const char *first, const char *second,
                          const char *third)
{
    const char *hints[3] = {first, second, third};
    const char *joined = NULL;

    for (size_t i = 0; i < 3; i++)
        if (hints[i] != NULL)
            joined =
                joined == NULL ? hints[i] : arena_printf(parse->arena, "%s %s", joined, hints[i]);
    return joined;
}
