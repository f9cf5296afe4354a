/* Expressions and queries of guards. */
#include "mysql/interpret/guard.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "mysql/sql/quote.h"

static const struct my_node *child(const struct my_node *node, size_t number)
{
    return number < node->children.count ? node->children.items[number] : NULL;
}

static struct guard_value child_value(struct my_guard *guard, const struct my_node *node,
                                      size_t number)
{
    const struct my_node *found = child(node, number);

    return found ? my_guard_evaluate(guard, found) : guard_unknown();
}

/* --- variables ----------------------------------------------------------------------------------- */

struct guard_value my_user_variable(struct my_interpreter *interpreter, const char *name)
{
    const struct guard_value *value =
        map_get(&interpreter->guard_variables, text_lower(interpreter->arena, name));

    return value ? *value : guard_null();
}

void my_set_user_variable(struct my_interpreter *interpreter, const char *name,
                          struct guard_value value)
{
    struct guard_value *copy = ARENA_NEW(interpreter->arena, struct guard_value);

    *copy = value;
    map_set(&interpreter->guard_variables, text_lower(interpreter->arena, name), copy);
}

/* A local variable goes before a column of its name. */
static struct guard_value name_value(struct my_guard *guard, const struct my_node *node)
{
    const struct guard_value *local =
        guard->locals && !node->table ? map_get(guard->locals, text_lower(guard->arena, node->text))
                                      : NULL;

    return local ? *local : guard_frame_column(guard->frames, node->table, node->text);
}

static struct guard_value variable_value(struct my_guard *guard, const struct my_node *node)
{
    if (strncmp(node->text, "@@", 2) == 0)
        return guard_unknown();
    return my_user_variable(guard->interpreter, node->text);
}

/* --- operators ----------------------------------------------------------------------------------- */

static struct guard_value binary_value(struct my_guard *guard, const struct my_node *node)
{
    struct guard_value a = child_value(guard, node, 0);
    struct guard_value b = child_value(guard, node, 1);
    const char *name = node->name;

    if (strcmp(name, "AND") == 0 || strcmp(name, "&&") == 0)
        return guard_and(a, b);
    if (strcmp(name, "OR") == 0 || (strcmp(name, "||") == 0 && !(node->flags & MY_PIPES_AS_CONCAT)))
        return guard_or(a, b);
    if (strcmp(name, "<=>") == 0)
        return a.kind == GUARD_NULL && b.kind == GUARD_NULL ? guard_truth(true)
                                                            : guard_compare("=", a, b, true);
    if (strlen(name) == 1 && strchr("+-*", *name))
        return guard_calculate(guard->arena, *name, a, b);
    return guard_compare(name, a, b, true);
}

static struct guard_value unary_value(struct my_guard *guard, const struct my_node *node)
{
    if (strcmp(node->name, "NOT") == 0 || strcmp(node->name, "!") == 0)
        return guard_not(child_value(guard, node, 0));
    return guard_unknown();
}

static struct guard_value negated(const struct my_node *node, struct guard_value value)
{
    return node->flags & MY_NEGATED ? guard_not(value) : value;
}

static struct guard_value is_value(struct my_guard *guard, const struct my_node *node)
{
    struct guard_value value = child_value(guard, node, 0);

    if (value.kind == GUARD_UNKNOWN)
        return value;
    if (strcmp(node->name, "NULL") == 0 || strcmp(node->name, "UNKNOWN") == 0)
        return negated(node, guard_truth(value.kind == GUARD_NULL));
    if (strcmp(node->name, "TRUE") == 0)
        return negated(node, guard_truth(guard_is_true(value)));
    if (strcmp(node->name, "FALSE") == 0)
        return negated(node, guard_truth(guard_is_false(value)));
    return guard_unknown();
}

static struct guard_value in_value(struct my_guard *guard, const struct my_node *node)
{
    struct guard_value value = child_value(guard, node, 0);
    struct guard_value result = guard_truth(false);

    for (size_t i = 1; i < node->children.count; i++) {
        if (child(node, i)->kind == MY_SUBQUERY)
            return guard_unknown();
        result = guard_or(result, guard_compare("=", value, child_value(guard, node, i), true));
    }
    return negated(node, result);
}

static struct guard_value case_value(struct my_guard *guard, const struct my_node *node)
{
    size_t operand = node->flags & MY_HAS_OPERAND ? 1 : 0;
    size_t end = node->children.count - (node->flags & MY_HAS_ELSE ? 1 : 0);

    for (size_t i = operand; i + 1 < end; i += 2) {
        struct guard_value when = child_value(guard, node, i);

        if (operand)
            when = guard_compare("=", child_value(guard, node, 0), when, true);
        if (guard_is_true(when))
            return child_value(guard, node, i + 1);
        if (when.kind == GUARD_UNKNOWN)
            return when;
    }
    return end < node->children.count ? child_value(guard, node, end) : guard_null();
}

/* --- calls --------------------------------------------------------------------------------------- */

static struct guard_value concat(struct my_guard *guard, const struct my_node *node)
{
    struct buffer text = BUFFER_EMPTY;
    struct guard_value value = guard_text("");

    buffer_append(&text, "");
    for (size_t i = 0; value.kind == GUARD_TEXT && i < node->children.count; i++) {
        value = child_value(guard, node, i);
        if (value.kind == GUARD_TEXT)
            buffer_append(&text, value.text);
    }
    if (value.kind == GUARD_TEXT)
        return guard_text(buffer_take(&text, guard->arena));
    buffer_free(&text);
    return value.kind == GUARD_NULL ? value : guard_unknown();
}

/* IF: what the condition does not choose is not looked at. */
static struct guard_value if_value(struct my_guard *guard, const struct my_node *node)
{
    struct guard_value condition = child_value(guard, node, 0);

    if (condition.kind == GUARD_UNKNOWN)
        return condition;
    return child_value(guard, node,
                       guard_is_true(condition) ||
                               (condition.kind == GUARD_TEXT && !guard_is_false(condition) &&
                                atol(condition.text) != 0)
                           ? 1
                           : 2);
}

static struct guard_value first_not_null(struct my_guard *guard, const struct my_node *node)
{
    struct guard_value value = guard_null();

    for (size_t i = 0; value.kind == GUARD_NULL && i < node->children.count; i++)
        value = child_value(guard, node, i);
    return value;
}

static struct guard_value folded(struct my_guard *guard, const struct my_node *node, bool up)
{
    struct guard_value value = child_value(guard, node, 0);

    if (value.kind != GUARD_TEXT)
        return value;
    return guard_text(up ? text_upper(guard->arena, value.text)
                         : text_lower(guard->arena, value.text));
}

static struct guard_value call_value(struct my_guard *guard, const struct my_node *node)
{
    const char *name = node->name;

    if (node->schema)
        return guard_unknown();
    if (strcasecmp(name, "CONCAT") == 0)
        return concat(guard, node);
    if (strcasecmp(name, "IF") == 0)
        return if_value(guard, node);
    if (strcasecmp(name, "IFNULL") == 0 || strcasecmp(name, "COALESCE") == 0)
        return first_not_null(guard, node);
    if (strcasecmp(name, "LOWER") == 0 || strcasecmp(name, "LCASE") == 0)
        return folded(guard, node, false);
    if (strcasecmp(name, "UPPER") == 0 || strcasecmp(name, "UCASE") == 0)
        return folded(guard, node, true);
    if (strcasecmp(name, "DATABASE") == 0 || strcasecmp(name, "SCHEMA") == 0) {
        const char *database = guard->interpreter->session->database;

        if (!database)
            return guard_null();
        return *database ? guard_text(database)
                         : (struct guard_value){.kind = GUARD_OWN, .text = ""};
    }
    if (strcasecmp(name, "QUOTE") == 0) {
        struct guard_value value = child_value(guard, node, 0);

        return value.kind == GUARD_TEXT ? guard_text(my_quote_text(guard->arena, value.text))
                                        : guard_unknown();
    }
    return guard_unknown();
}

/* --- queries ------------------------------------------------------------------------------------- */

static bool add_table(struct guard_search *search, const struct my_table_reference *table)
{
    const char *alias;

    if (table->kind == MY_TABLE_JOIN)
        return (strcmp(table->join, "JOIN") == 0 || strcmp(table->join, "CROSS JOIN") == 0) &&
               table->using_columns.count == 0 && add_table(search, table->left) &&
               add_table(search, table->right) && guard_search_add(search, table->on);
    if (table->kind != MY_TABLE_NAME || !table->name.schema ||
        strcasecmp(table->name.schema, "information_schema") != 0)
        return false;
    alias = table->alias ? table->alias : table->name.name;
    return guard_frame_add(&search->frame, alias, guard_information_schema(table->name.name));
}

static bool set_up(struct guard_search *search, const struct my_query *select)
{
    if (select->kind != MY_SELECT || select->with.count || select->group_by.count ||
        select->having || select->limit_offset || select->locking)
        return false;
    return (!select->from || add_table(search, select->from)) &&
           guard_search_add(search, select->where);
}

static const struct my_node *only_item(const struct my_query *select)
{
    const struct my_select_item *item = select->items.count == 1 ? select->items.items[0] : NULL;
    const struct my_node *expression = item ? item->expression : NULL;
    bool is_all = expression && expression->kind == MY_COLUMN && strcmp(expression->text, "*") == 0;

    return is_all ? NULL : expression;
}

static struct guard_value evaluate(void *guard, const void *expression)
{
    return my_guard_evaluate(guard, expression);
}

static bool is_count(const struct my_node *item)
{
    return item && item->kind == MY_CALL && strcasecmp(item->name, "COUNT") == 0 &&
           !(item->flags & MY_DISTINCT);
}

struct guard_value my_guard_query(struct my_guard *guard, const struct my_query *select,
                                  struct guard_value *found)
{
    const struct my_node *item = only_item(select);
    struct guard_search search = {.model = guard->interpreter->model,
                                  .frame = {.outer = guard->frames},
                                  .wanted = item,
                                  .evaluate = evaluate,
                                  .context = guard,
                                  .counts = select->from && is_count(item),
                                  .effort = &guard->effort};

    *found = guard_unknown();
    if (!set_up(&search, select))
        return guard_unknown();
    guard->frames = &search.frame;
    guard_search_rows(&search);
    guard->frames = search.frame.outer;
    return guard_search_result(guard->arena, &search, found);
}

static struct guard_value subquery_value(struct my_guard *guard, const struct my_node *node,
                                         bool exists)
{
    struct guard_value found;
    struct guard_value value;

    if (!node || node->kind != MY_SUBQUERY || (node->name && *node->name))
        return guard_unknown();
    value = my_guard_query(guard, node->query, &found);
    return exists ? found : value;
}

/* --- all ----------------------------------------------------------------------------------------- */

struct guard_value my_guard_evaluate(struct my_guard *guard, const struct my_node *node)
{
    switch (node->kind) {
    case MY_STRING:
    case MY_NUMBER:
        return guard_text(node->text);
    case MY_NULL:
        return guard_null();
    case MY_TRUE:
    case MY_FALSE:
        return guard_truth(node->kind == MY_TRUE);
    case MY_COLUMN:
        return name_value(guard, node);
    case MY_VARIABLE:
        return variable_value(guard, node);
    case MY_UNARY:
        return unary_value(guard, node);
    case MY_BINARY:
        return binary_value(guard, node);
    case MY_IS:
        return is_value(guard, node);
    case MY_IN:
        return in_value(guard, node);
    case MY_LIKE:
        if (strcmp(node->name, "LIKE") != 0 || node->children.count > 2)
            return guard_unknown();
        return negated(node,
                       guard_like(child_value(guard, node, 0), child_value(guard, node, 1), true));
    case MY_CASE:
        return case_value(guard, node);
    case MY_EXISTS:
        return subquery_value(guard, child(node, 0), true);
    case MY_SUBQUERY:
        return subquery_value(guard, node, false);
    case MY_COLLATE:
    case MY_CAST:
    case MY_CONVERT:
        return child_value(guard, node, 0);
    case MY_CALL:
        return call_value(guard, node);
    default:
        return guard_unknown();
    }
}
