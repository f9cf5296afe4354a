/* Which index of a partition the server takes for the one of the partitioned table. */
#include "postgres/canon/index_fit.h"

#include <string.h>

#include "postgres/sql/quote.h"

/* What the server compares. It looks at no order of keys, no deferrability, and no options. */
struct shape {
    bool unique;
    bool constraint;
    bool nulls_not_distinct;
    const char *method;
    struct text_list keys;
    const struct text_list *include;
    const struct expression *predicate;
};

static const char *text_of(const struct expression *expression)
{
    return expression->canonical ? expression->canonical : expression->written;
}

/* A key without the order of its values. */
static const char *without_order(struct arena *arena, const char *key)
{
    static const char *const orders[] = {" NULLS FIRST", " NULLS LAST", " DESC", " ASC"};
    size_t length = strlen(key);

    for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
        size_t tail = strlen(orders[i]);

        if (length > tail && strncmp(key + length - tail, orders[i], tail) == 0)
            length -= tail;
    }
    return arena_strndup(arena, key, length);
}

static struct text_list column_keys(struct arena *arena, const struct text_list *columns)
{
    struct text_list keys = {0};

    for (size_t i = 0; i < columns->count; i++)
        text_list_add(&keys, arena, pg_quote_name(arena, columns->items[i]));
    return keys;
}

static struct shape shape_of_index(struct arena *arena, const struct index *index)
{
    struct shape shape = {.unique = index->unique,
                          .nulls_not_distinct = index->nulls_not_distinct,
                          .method = index->method ? index->method : "btree",
                          .include = &index->include,
                          .predicate = &index->predicate};

    for (size_t i = 0; i < index->keys.count; i++)
        text_list_add(&shape.keys, arena, without_order(arena, text_of(&index->keys.items[i])));
    return shape;
}

/* False where there is no such index, or one that excludes by operators: the server compares none of those. */
static bool read_shape(struct arena *arena, const struct object *object, struct shape *shape)
{
    const struct primary_key *primary;
    const struct unique_constraint *unique;

    switch (object->kind) {
    case KIND_INDEX:
        *shape = shape_of_index(arena, as_index(object));
        return true;
    case KIND_PRIMARY_KEY:
        primary = as_primary_key(object);
        *shape = (struct shape){.unique = true,
                                .constraint = true,
                                .method = "btree",
                                .keys = column_keys(arena, &primary->columns),
                                .include = &primary->include};
        return !primary->without_overlaps;
    case KIND_UNIQUE:
        unique = as_unique_constraint(object);
        *shape = (struct shape){.unique = true,
                                .constraint = true,
                                .nulls_not_distinct = unique->nulls_not_distinct,
                                .method = "btree",
                                .keys = column_keys(arena, &unique->columns),
                                .include = &unique->include};
        return !unique->without_overlaps;
    default:
        return false;
    }
}

static const char *predicate_of(const struct shape *shape)
{
    const char *text = shape->predicate ? text_of(shape->predicate) : NULL;

    return text ? text : "";
}

static bool same_shape(const struct shape *a, const struct shape *b)
{
    return a->unique == b->unique && a->nulls_not_distinct == b->nulls_not_distinct &&
           strcmp(a->method, b->method) == 0 && text_list_equal(&a->keys, &b->keys) &&
           text_list_equal(a->include, b->include) && strcmp(predicate_of(a), predicate_of(b)) == 0;
}

struct object *pg_index_parent(const struct object *index)
{
    switch (index->kind) {
    case KIND_PRIMARY_KEY:
        return as_primary_key(index)->attached_to;
    case KIND_UNIQUE:
        return as_unique_constraint(index)->attached_to;
    case KIND_EXCLUSION:
        return as_exclusion(index)->attached_to;
    case KIND_INDEX:
        return as_index(index)->attached_to;
    default:
        return NULL;
    }
}

struct object *pg_fitting_index(struct arena *arena, const struct object *partition,
                                const struct object *parent, bool same_kind)
{
    struct shape wanted;
    struct shape shape;

    if (!read_shape(arena, parent, &wanted))
        return NULL;
    for (struct object *child = partition->first_child; child; child = child->next_sibling) {
        if (pg_index_parent(child) || !read_shape(arena, child, &shape))
            continue;
        if (wanted.constraint && (!shape.constraint || (same_kind && child->kind != parent->kind)))
            continue;
        if (same_shape(&shape, &wanted))
            return child;
    }
    return NULL;
}
