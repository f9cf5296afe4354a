/* FROM clauses: tables are looked up and join the scope, and joins come to few forms: a comma and CROSS JOIN
 * are JOIN, RIGHT JOIN is LEFT JOIN with its sides changed, USING and NATURAL say their conditions. */
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "mysql/canon/internal.h"

static struct my_table_reference *reference_copy(struct canon *canon,
                                                 const struct my_table_reference *from)
{
    struct my_table_reference *copy = arena_copy(canon->arena, from, sizeof(*from));

    copy->parenthesized = false;
    return copy;
}

static void enter_scope(struct canon *canon, const char *written, const char *alias,
                        const struct canon_table *table, struct pointer_list *visible)
{
    struct canon_relation *relation = ARENA_NEW(canon->arena, struct canon_relation);

    relation->written = written;
    relation->alias = alias;
    relation->table = table;
    pointer_list_add(&canon->scope->relations, canon->arena, relation);
    for (size_t i = 0; table && i < table->fields.count; i++) {
        struct canon_visible *seen = ARENA_NEW(canon->arena, struct canon_visible);

        *seen = (struct canon_visible){.relation = relation, .field = table->fields.items[i]};
        pointer_list_add(visible, canon->arena, seen);
    }
}

/* --- tables ---------------------------------------------------------------------------------------- */

static const struct canon_table *find_common(const struct canon *canon, const struct my_name *name)
{
    for (const struct canon_common *common = canon->common; common; common = common->next)
        if (!name->schema && strcasecmp(common->name, name->name) == 0)
            return common->table;
    return NULL;
}

static const char *print_schema(struct canon *canon, const char *schema)
{
    return canon->own_schema ? canon->own_schema(canon->context, schema) : schema;
}

/* USE INDEX (a) and such: words and names in one case, without quotes. */
static const char *plain_hints(struct canon *canon, const char *hints)
{
    char *text = arena_strdup(canon->arena, canon_squeeze(canon->arena, hints));
    char *out = text;

    for (const char *at = text; *at; at++)
        if (*at != '`')
            *out++ = *at;
    *out = '\0';
    return text_upper(canon->arena, text);
}

static struct my_table_reference *from_name(struct canon *canon,
                                            const struct my_table_reference *from,
                                            struct pointer_list *visible)
{
    struct my_table_reference *copy = reference_copy(canon, from);
    const struct canon_table *table = find_common(canon, &from->name);
    const char *written = from->alias ? from->alias : from->name.name;

    if (!table && canon->find_table)
        table = canon->find_table(canon->context, from->name.schema, from->name.name);
    if (!table)
        canon_mark_incomplete(canon, "table * is not known", from->name.name);
    copy->name.schema = table ? table->schema : print_schema(canon, from->name.schema);
    if (table && table->name)
        copy->name.name = table->name;
    if (table && table->object && canon->use)
        canon->use(canon->context, table->object);
    enter_scope(canon, written, from->alias ? from->alias : copy->name.name, table, visible);
    if (copy->alias && strcmp(copy->alias, copy->name.name) == 0)
        copy->alias = NULL;
    if (copy->hints)
        copy->hints = plain_hints(canon, copy->hints);
    return copy;
}

static struct my_table_reference *from_query(struct canon *canon,
                                             const struct my_table_reference *from,
                                             struct pointer_list *visible)
{
    struct my_table_reference *copy = reference_copy(canon, from);
    struct canon_scope *scope = canon->scope;

    if (!from->lateral)
        canon->scope = scope->outer;
    copy->query = canon_query(canon, from->query);
    canon->scope = scope;
    canon_name_columns(canon, copy->query, &from->columns);
    copy->columns = (struct text_list){0};
    enter_scope(canon, from->alias ? from->alias : "", from->alias ? from->alias : "",
                canon_result(canon, copy->query), visible);
    return copy;
}

static struct my_table_reference *from_function(struct canon *canon,
                                                const struct my_table_reference *from,
                                                struct pointer_list *visible)
{
    struct my_table_reference *copy = reference_copy(canon, from);
    struct canon_table *table = canon_table_new(canon->arena);
    const char *alias = from->alias ? from->alias : "";

    copy->function = canon_copy(canon->arena, from->function);
    copy->function->text = canon_json_table(canon, from->function->text, table);
    enter_scope(canon, alias, alias, table, visible);
    return copy;
}

/* --- joins ----------------------------------------------------------------------------------------------- */

static struct canon_visible *find_visible(struct canon *canon, const struct pointer_list *visible,
                                          const char *name)
{
    for (size_t i = 0; i < visible->count; i++) {
        struct canon_visible *seen = visible->items[i];

        if (canon_find_field(canon, seen->relation->table, name) == seen->field)
            return seen;
    }
    return NULL;
}

/* The columns that both sides have, in the order of the left one. */
static struct text_list common_names(struct canon *canon, const struct pointer_list *left,
                                     const struct pointer_list *right)
{
    struct text_list names = {0};

    for (size_t i = 0; i < left->count; i++) {
        const struct canon_visible *seen = left->items[i];

        if (find_visible(canon, right, seen->field->name))
            text_list_add(&names, canon->arena, seen->field->name);
    }
    return names;
}

static void add_condition(struct canon *canon, struct my_table_reference *join,
                          struct my_node *condition)
{
    join->on = join->on ? canon_join(canon, "AND", join->on, condition) : condition;
}

static bool list_has(const struct text_list *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcasecmp(names->items[i], name) == 0)
            return true;
    return false;
}

static void add_others(struct canon *canon, struct pointer_list *visible,
                       const struct pointer_list *side, const struct text_list *shared)
{
    for (size_t i = 0; i < side->count; i++) {
        const struct canon_visible *seen = side->items[i];

        if (!list_has(shared, seen->field->name))
            pointer_list_add(visible, canon->arena, side->items[i]);
    }
}

/* The conditions that the names stand for, in the order of the first side's columns. */
static void compare_names(struct canon *canon, struct my_table_reference *join,
                          const struct text_list *names, const struct pointer_list *first,
                          const struct pointer_list *second)
{
    for (size_t i = 0; i < first->count; i++) {
        const struct canon_visible *one = first->items[i];
        const struct canon_visible *other = find_visible(canon, second, one->field->name);

        if (!other || !list_has(names, one->field->name))
            continue;
        add_condition(canon, join,
                      canon_binary(canon->arena, "=",
                                   canon_field_node(canon, one->relation, one->field),
                                   canon_field_node(canon, other->relation, other->field)));
    }
}

static void check_names(struct canon *canon, const struct text_list *names,
                        const struct pointer_list *left, const struct pointer_list *right)
{
    for (size_t i = 0; i < names->count; i++)
        if (!find_visible(canon, left, names->items[i]) ||
            !find_visible(canon, right, names->items[i]))
            canon_mark_incomplete(canon, "the tables of column * are not known", names->items[i]);
}

/* Both sides' columns of these names are one: what * stands for has it first, and once. MariaDB compares in
 * the order in which the sides were written, MySQL in that of the join which it makes of them. */
static void join_on_names(struct canon *canon, struct my_table_reference *join,
                          const struct text_list *names, const struct pointer_list *left,
                          const struct pointer_list *right, struct pointer_list *visible,
                          bool swapped)
{
    bool as_written = swapped && canon->flavor.vendor == MY_MARIADB;

    check_names(canon, names, left, right);
    compare_names(canon, join, names, as_written ? right : left, as_written ? left : right);
    for (size_t i = 0; i < left->count; i++) {
        const struct canon_visible *one = left->items[i];
        struct canon_visible *other = find_visible(canon, right, one->field->name);

        if (!list_has(names, one->field->name) || !other)
            continue;
        pointer_list_add(&canon->scope->hidden, canon->arena, other);
        pointer_list_add(visible, canon->arena, left->items[i]);
    }
    add_others(canon, visible, left, names);
    add_others(canon, visible, right, names);
}

static const char *plain_join(const char *join)
{
    if (strncmp(join, "NATURAL ", 8) == 0)
        join += 8;
    if (strcmp(join, "CROSS JOIN") == 0 || strcmp(join, "INNER JOIN") == 0 ||
        strcmp(join, ",") == 0)
        return "JOIN";
    return strcmp(join, "RIGHT JOIN") == 0 ? "LEFT JOIN" : join;
}

static void swap_sides(struct my_table_reference *join, struct pointer_list *left,
                       struct pointer_list *right)
{
    struct my_table_reference *reference = join->left;
    struct pointer_list list = *left;

    join->left = join->right;
    join->right = reference;
    *left = *right;
    *right = list;
}

static struct my_table_reference *from_join(struct canon *canon,
                                            const struct my_table_reference *from,
                                            struct pointer_list *visible)
{
    struct my_table_reference *copy = reference_copy(canon, from);
    struct pointer_list left = {0};
    struct pointer_list right = {0};
    struct text_list names = from->using_columns;
    bool natural = strncmp(from->join, "NATURAL", 7) == 0;
    bool swapped = strstr(from->join, "RIGHT") != NULL;

    copy->left = canon_from(canon, from->left, &left);
    copy->right = canon_from(canon, from->right, &right);
    copy->using_columns = (struct text_list){0};
    copy->join = plain_join(from->join);
    copy->on = from->on ? canon_condition(canon, from->on) : NULL;
    if (swapped)
        swap_sides(copy, &left, &right);
    if (natural)
        names = common_names(canon, &left, &right);
    join_on_names(canon, copy, &names, &left, &right, visible, swapped);
    return copy;
}

struct my_table_reference *canon_from(struct canon *canon, const struct my_table_reference *from,
                                      struct pointer_list *visible)
{
    switch (from->kind) {
    case MY_TABLE_NAME:
        return from_name(canon, from, visible);
    case MY_TABLE_QUERY:
        return from_query(canon, from, visible);
    case MY_TABLE_FUNCTION:
        return from_function(canon, from, visible);
    case MY_TABLE_JOIN:
        break;
    }
    return from_join(canon, from, visible);
}
