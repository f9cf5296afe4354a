/* Queries: * becomes the columns that it stands for, every column its table's, positions and aliases in
 * GROUP BY, HAVING and ORDER BY what they point to, every result column its name. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/text/trim.h"
#include "core/text/letter_case.h"
#include "mysql/canon/internal.h"
#include "mysql/types/literal.h"

enum { most_name_characters = 64 };

/* --- names of result columns ------------------------------------------------------------------------- */

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static bool may_be_name(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && text[length - 1] != ' ' && count_characters(text) <= most_name_characters;
}

static bool is_between(const char *start, const char *end, char first, char last)
{
    return end - start >= 2 && *start == first && end[-1] == last;
}

/* What the author wrote, without blanks around it, and a literal without its parentheses. */
static const char *written_text(struct canon *canon, const struct my_node *node)
{
    const char *start;
    const char *end;
    bool inside = false;

    if (!canon->source)
        return "";
    start = canon->source + node->offset;
    end = canon->source + node->end;
    do {
        start += inside;
        end -= inside;
        trim_blanks(&start, &end);
        inside = my_is_constant(node) && is_between(start, end, '(', ')');
    } while (inside);
    return arena_strndup(canon->arena, start, (size_t)(end - start));
}

/* The name that the server gives to a result column whose author gave none. */
static const char *choose_name(struct canon *canon, const struct my_node *written, size_t number)
{
    const char *name;

    switch ((int)written->kind) {
    case MY_COLUMN:
        return written->text;
    case MY_STRING:
        name = written->text + strspn(written->text, " \t\r\n");
        break;
    case MY_NULL:
        return "NULL";
    case MY_TRUE:
    case MY_FALSE:
        if (canon->flavor.vendor == MY_MARIADB)
            return written->kind == MY_TRUE ? "TRUE" : "FALSE";
        name = written_text(canon, written);
        break;
    default:
        name = written_text(canon, written);
    }
    if (may_be_name(name))
        return name;
    return arena_printf(canon->arena, "Name_exp_%zu", number);
}

static void add_item(struct canon *canon, struct pointer_list *items, struct my_node *expression,
                     const char *alias)
{
    struct my_select_item *item = ARENA_NEW(canon->arena, struct my_select_item);

    item->expression = expression;
    item->alias = alias;
    pointer_list_add(items, canon->arena, item);
}

/* --- * --------------------------------------------------------------------------------------------------- */

static void expand_all(struct canon *canon, struct pointer_list *items,
                       const struct pointer_list *visible)
{
    for (size_t i = 0; i < visible->count; i++) {
        const struct canon_visible *seen = visible->items[i];

        if (!seen->field->invisible)
            add_item(canon, items, canon_field_node(canon, seen->relation, seen->field),
                     seen->field->name);
    }
}

static bool knows_all(const struct canon_relation *relation)
{
    return relation && relation->table && relation->table->complete;
}

static bool knows_everything(const struct canon_scope *scope)
{
    for (size_t i = 0; i < scope->relations.count; i++)
        if (!knows_all(scope->relations.items[i]))
            return false;
    return true;
}

static void expand_table(struct canon *canon, struct pointer_list *items,
                         const struct canon_relation *relation)
{
    for (size_t i = 0; i < relation->table->fields.count; i++) {
        const struct canon_field *field = relation->table->fields.items[i];

        if (!field->invisible)
            add_item(canon, items, canon_field_node(canon, relation, field), field->name);
    }
}

static void expand(struct canon *canon, struct pointer_list *items, const struct my_node *star,
                   const struct pointer_list *visible)
{
    const struct canon_relation *relation =
        star->table ? canon_find_relation(canon, star->table) : NULL;

    if (relation && knows_all(relation)) {
        expand_table(canon, items, relation);
    } else if (!star->table && knows_everything(canon->scope)) {
        expand_all(canon, items, visible);
    } else {
        canon_mark_incomplete(canon, "what * stands for is not known", NULL);
        add_item(canon, items, canon_copy(canon->arena, star), NULL);
    }
}

static struct pointer_list rewrite_items(struct canon *canon, const struct pointer_list *written,
                                         const struct pointer_list *visible)
{
    struct pointer_list items = {0};

    for (size_t i = 0; i < written->count; i++) {
        const struct my_select_item *item = written->items[i];

        if (item->expression->kind == MY_COLUMN && strcmp(item->expression->text, "*") == 0) {
            expand(canon, &items, item->expression, visible);
            continue;
        }
        add_item(canon, &items, canon_rewrite(canon, item->expression),
                 item->alias ? item->alias : choose_name(canon, item->expression, i + 1));
    }
    return items;
}

/* --- GROUP BY, ORDER BY, HAVING ------------------------------------------------------------------------------ */

static const struct my_select_item *item_at(const struct pointer_list *items,
                                            const struct my_node *position)
{
    size_t number = 0;

    if (position->kind != MY_NUMBER ||
        strspn(position->text, "0123456789") != strlen(position->text))
        return NULL;
    for (const char *digit = position->text; *digit && number < 100000; digit++)
        number = number * 10 + (size_t)(*digit - '0');
    return number >= 1 && number <= items->count ? items->items[number - 1] : NULL;
}

static struct pointer_list rewrite_positions(struct canon *canon,
                                             const struct pointer_list *written,
                                             const struct pointer_list *items)
{
    struct pointer_list list = {0};

    for (size_t i = 0; i < written->count; i++) {
        struct my_order *order = arena_copy(canon->arena, written->items[i], sizeof(*order));
        const struct my_select_item *item = item_at(items, order->expression);

        order->expression = item ? item->expression : canon_rewrite(canon, order->expression);
        pointer_list_add(&list, canon->arena, order);
    }
    return list;
}

/* ORDER BY of a union knows the result columns only, by name. */
static struct pointer_list order_of_union(struct canon *canon, const struct pointer_list *written,
                                          const struct pointer_list *items)
{
    struct pointer_list list = {0};

    for (size_t i = 0; i < written->count; i++) {
        struct my_order *order = arena_copy(canon->arena, written->items[i], sizeof(*order));
        const struct my_select_item *item = item_at(items, order->expression);
        struct my_node *column = canon_node(canon->arena, MY_COLUMN, NULL);

        if (order->expression->kind == MY_COLUMN)
            column->text = order->expression->text;
        else if (item && item->alias)
            column->text = item->alias;
        else
            column = canon_copy(canon->arena, order->expression);
        order->expression = column;
        pointer_list_add(&list, canon->arena, order);
    }
    return list;
}

/* --- WITH ------------------------------------------------------------------------------------------------------- */

/* Known of mere columns: canon_field_node leaves it there. */
static const char *type_of_item(const struct my_select_item *item)
{
    const struct my_node *node = item->expression;

    return node->kind == MY_COLUMN && node->name ? node->name : "";
}

struct canon_table *canon_result(struct canon *canon, const struct my_query *query)
{
    struct canon_table *table = canon_table_new(canon->arena);

    while (query->kind == MY_UNION)
        query = query->left;
    if (query->kind != MY_SELECT)
        table->complete = false;
    for (size_t i = 0; i < query->items.count; i++) {
        const struct my_select_item *item = query->items.items[i];

        if (!item->alias)
            table->complete = false;
        else
            canon_table_add(canon->arena, table, arena_strdup(canon->arena, item->alias),
                            item->alias, type_of_item(item), NULL);
    }
    return table;
}

void canon_name_columns(struct canon *canon, struct my_query *query, const struct text_list *names)
{
    while (query->kind == MY_UNION)
        query = query->left;
    if (query->kind != MY_SELECT || query->items.count != names->count)
        return;
    for (size_t i = 0; i < names->count; i++) {
        const struct my_select_item *item = query->items.items[i];
        struct my_select_item *renamed = arena_copy(canon->arena, item, sizeof(*item));

        renamed->alias = names->items[i];
        query->items.items[i] = renamed;
    }
}

static void see_common(struct canon *canon, const char *name, const struct canon_table *table)
{
    struct canon_common *common = ARENA_NEW(canon->arena, struct canon_common);

    *common = (struct canon_common){.name = name, .table = table, .next = canon->common};
    canon->common = common;
}

/* The columns of a recursive table are those of the part that does not use it. */
static const struct canon_table *anchor_columns(struct canon *canon,
                                                const struct my_common_table *common)
{
    const struct my_query *anchor = common->query;
    struct my_query *rewritten;

    if (anchor->kind != MY_UNION)
        return NULL;
    while (anchor->kind == MY_UNION)
        anchor = anchor->left;
    rewritten = canon_query(canon, anchor);
    canon_name_columns(canon, rewritten, &common->columns);
    return canon_result(canon, rewritten);
}

static struct pointer_list rewrite_with(struct canon *canon, const struct my_query *query)
{
    struct pointer_list list = {0};

    for (size_t i = 0; i < query->with.count; i++) {
        struct my_common_table *common =
            arena_copy(canon->arena, query->with.items[i], sizeof(*common));
        const struct canon_table *anchor = query->recursive ? anchor_columns(canon, common) : NULL;
        struct canon_common *before = canon->common;

        if (anchor)
            see_common(canon, common->name, anchor);
        common->query = canon_query(canon, common->query);
        canon->common = before;
        canon_name_columns(canon, common->query, &common->columns);
        common->columns = (struct text_list){0};
        see_common(canon, common->name, canon_result(canon, common->query));
        pointer_list_add(&list, canon->arena, common);
    }
    return list;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* MySQL forgets what makes no difference to a view. */
static bool is_forgotten(const struct canon *canon, const char *option)
{
    return canon->flavor.vendor == MY_MYSQL && (strcasecmp(option, "SQL_NO_CACHE") == 0 ||
                                                strcasecmp(option, "SQL_CALC_FOUND_ROWS") == 0);
}

static struct text_list rewrite_options(struct canon *canon, const struct text_list *options)
{
    struct text_list list = {0};

    for (size_t i = 0; i < options->count; i++)
        if (strcasecmp(options->items[i], "ALL") != 0 && !is_forgotten(canon, options->items[i]))
            text_list_add(&list, canon->arena, text_lower(canon->arena, options->items[i]));
    text_list_sort(&list);
    return list;
}

static void rewrite_clauses(struct canon *canon, struct my_query *copy,
                            const struct my_query *query)
{
    struct canon_scope *scope = canon->scope;

    copy->where = query->where ? canon_condition(canon, query->where) : NULL;
    scope->items = &copy->items;
    scope->aliases = CANON_ALIAS_LAST;
    copy->group_by = rewrite_positions(canon, &query->group_by, &copy->items);
    scope->aliases = CANON_ALIAS_FIRST;
    copy->having = query->having ? canon_condition(canon, query->having) : NULL;
    copy->order_by = rewrite_positions(canon, &query->order_by, &copy->items);
    copy->windows = (struct pointer_list){0};
}

static const char *text_of(struct canon *canon, const struct my_node *node)
{
    struct buffer text = BUFFER_EMPTY;

    canon_print(&text, node);
    return buffer_take(&text, canon->arena);
}

/* Rows of which each group has one, and whose columns tell the groups apart, are distinct. */
static bool groups_are_distinct(struct canon *canon, const struct my_query *query)
{
    struct map items = map_new(canon->arena);

    for (size_t i = 0; i < query->items.count; i++) {
        const struct my_select_item *item = query->items.items[i];

        map_add(&items, text_of(canon, item->expression));
    }
    for (size_t i = 0; i < query->group_by.count; i++) {
        const struct my_order *key = query->group_by.items[i];

        if (!map_get(&items, text_of(canon, key->expression)))
            return false;
    }
    return query->group_by.count > 0 && !query->rollup;
}

static void rewrite_select(struct canon *canon, struct my_query *copy, const struct my_query *query)
{
    struct canon_scope scope = {.outer = canon->scope};
    const struct pointer_list *windows = canon->windows;
    struct pointer_list visible = {0};

    canon->scope = &scope;
    canon->windows = &query->windows;
    copy->options = rewrite_options(canon, &query->options);
    copy->from = query->from ? canon_from(canon, query->from, &visible) : NULL;
    copy->items = rewrite_items(canon, &query->items, &visible);
    rewrite_clauses(canon, copy, query);
    if (copy->distinct && canon->flavor.vendor == MY_MYSQL && groups_are_distinct(canon, copy))
        copy->distinct = false;
    canon->scope = scope.outer;
    canon->windows = windows;
}

static bool is_plain_union(const struct my_query *query)
{
    return query->kind == MY_UNION && strncmp(query->operator, "UNION", 5) == 0 &&
           query->order_by.count == 0 && !query->limit && query->with.count == 0;
}

/* A UNION that drops duplicates drops them for all that is before it. */
static struct my_query *all_distinct(struct canon *canon, struct my_query *query)
{
    struct my_query *copy;

    if (!is_plain_union(query))
        return query;
    copy = arena_copy(canon->arena, query, sizeof(*query));
    copy->operator= "UNION";
    copy->left = all_distinct(canon, copy->left);
    return copy;
}

/* a UNION (b UNION c) is (a UNION b) UNION c, whatever is in the parentheses; with ALL only where ALL is
 * inside, too. */
static void flatten_union(struct canon *canon, struct my_query *query)
{
    struct my_query *right = query->right;
    struct my_query *left;

    if (!is_plain_union(right) || strncmp(query->operator, "UNION", 5) != 0)
        return;
    if (strcmp(query->operator, "UNION ALL") == 0 && strcmp(right->operator, "UNION ALL") != 0)
        return;
    left = arena_copy(canon->arena, query, sizeof(*query));
    left->right = right->left;
    left->order_by = (struct pointer_list){0};
    left->limit = left->limit_offset = NULL;
    left->with = (struct pointer_list){0};
    flatten_union(canon, left);
    query->left = left;
    query->right = right->right;
}

/* An order without a limit means nothing in an operand of a union: MariaDB drops it. */
static struct my_query *without_order(const struct canon *canon, struct my_query *part)
{
    if (canon->flavor.vendor == MY_MARIADB && part->kind == MY_SELECT && !part->limit)
        part->order_by = (struct pointer_list){0};
    return part;
}

static void rewrite_union(struct canon *canon, struct my_query *copy, const struct my_query *query)
{
    const struct my_query *first;

    copy->left = without_order(canon, canon_query(canon, query->left));
    copy->right = without_order(canon, canon_query(canon, query->right));
    if (strcmp(query->operator, "UNION DISTINCT") == 0)
        copy->operator= "UNION";
    if (strcmp(copy->operator, "UNION") == 0)
        copy->left = all_distinct(canon, copy->left);
    flatten_union(canon, copy);
    for (first = copy->left; first->kind == MY_UNION;)
        first = first->left;
    copy->order_by = order_of_union(canon, &query->order_by, &first->items);
}

/* MariaDB shows a query in parentheses inside of a union as SELECT ... FROM (query) `__5`. */
static struct my_query *unwrap(struct my_query *query)
{
    const struct my_table_reference *from = query->from;

    if (query->kind != MY_SELECT || !from || from->kind != MY_TABLE_QUERY || !from->alias ||
        strncmp(from->alias, "__", 2) != 0 ||
        strspn(from->alias + 2, "0123456789") != strlen(from->alias + 2) || query->where ||
        query->group_by.count > 0 || query->order_by.count > 0 || query->limit)
        return query;
    return from->query;
}

/* TABLE t is SELECT * FROM t. */
static const struct my_query *as_select(struct canon *canon, const struct my_query *query)
{
    struct my_query *select;
    struct my_node *star;

    if (query->kind != MY_TABLE_STATEMENT)
        return query;
    select = arena_copy(canon->arena, query, sizeof(*query));
    select->kind = MY_SELECT;
    star = canon_node(canon->arena, MY_COLUMN, NULL);
    star->text = "*";
    add_item(canon, &select->items, star, NULL);
    return select;
}

struct my_query *canon_query(struct canon *canon, const struct my_query *query)
{
    struct canon_common *common = canon->common;
    struct my_query *copy;

    query = as_select(canon, query);
    copy = arena_copy(canon->arena, query, sizeof(*query));
    copy->with = rewrite_with(canon, query);
    copy->parenthesized = false;
    if (query->kind == MY_SELECT)
        rewrite_select(canon, copy, query);
    else if (query->kind == MY_UNION)
        rewrite_union(canon, copy, query);
    else
        copy->rows = canon_rewrite_all(canon, &query->rows);
    copy->limit = query->limit ? canon_rewrite(canon, query->limit) : NULL;
    copy->limit_offset = query->limit_offset ? canon_rewrite(canon, query->limit_offset) : NULL;
    copy->locking = NULL;
    if (query->locking && canon->flavor.vendor == MY_MARIADB)
        copy->locking = canon_squeeze(canon->arena, query->locking);
    canon->common = common;
    return unwrap(copy);
}

/* --- subqueries of expressions ------------------------------------------------------------------------------------ */

/* Nobody sees the names of their columns. */
static void drop_names(struct canon *canon, struct my_query *query)
{
    if (query->kind == MY_UNION) {
        drop_names(canon, query->left);
        drop_names(canon, query->right);
        return;
    }
    for (size_t i = 0; i < query->items.count; i++) {
        struct my_select_item *item =
            arena_copy(canon->arena, query->items.items[i], sizeof(*item));

        item->alias = NULL;
        query->items.items[i] = item;
    }
}

struct my_query *canon_subquery(struct canon *canon, const struct my_query *query)
{
    struct my_query *copy = canon_query(canon, query);

    drop_names(canon, copy);
    return copy;
}

/* EXISTS asks for a row, whatever is in it. */
struct my_node *canon_exists(struct canon *canon, struct my_node *node)
{
    struct my_query *query = canon_child(node, 0)->query;

    if (query->limit_offset)
        return node;
    query->limit = NULL;
    if (query->kind != MY_SELECT || query->group_by.count > 0 || query->having)
        return node;
    query->items = (struct pointer_list){0};
    add_item(canon, &query->items, canon_number(canon->arena, "1"), NULL);
    query->order_by = (struct pointer_list){0};
    query->distinct = false;
    return node;
}
