/* Names and what they mean. A column of a table's own expression is printed alone; one of a query after the
 * name by which its FROM calls the table. Where a table is not known, its columns are taken as written. */
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "mysql/canon/internal.h"

struct canon_table *canon_table_new(struct arena *arena)
{
    struct canon_table *table = ARENA_NEW(arena, struct canon_table);

    table->by_name = map_new(arena);
    table->complete = true;
    return table;
}

struct canon_field *canon_table_add(struct arena *arena, struct canon_table *table,
                                    const char *name, const char *written, const char *type,
                                    struct object *object)
{
    struct canon_field *field = ARENA_NEW(arena, struct canon_field);

    *field = (struct canon_field){.name = name, .type = type ? type : "", .object = object};
    pointer_list_add(&table->fields, arena, field);
    map_set(&table->by_name, text_lower(arena, written), field);
    return field;
}

void canon_mark_incomplete(struct canon *canon, const char *format, const char *name)
{
    canon->incomplete = true;
    if (canon->missing)
        return;
    canon->missing = arena_strdup(canon->arena, format);
    if (name) {
        const char *place = strchr(format, '*');

        canon->missing =
            arena_printf(canon->arena, "%.*s%s%s", (int)(place - format), format, name, place + 1);
    }
}

struct canon_field *canon_find_field(struct canon *canon, const struct canon_table *table,
                                     const char *name)
{
    return map_get(&table->by_name, text_lower(canon->arena, name));
}

/* By exact name before one that differs in case only. */
static struct canon_relation *relation_in(const struct canon_scope *scope, const char *name)
{
    struct canon_relation *similar = NULL;

    for (size_t i = 0; i < scope->relations.count; i++) {
        struct canon_relation *relation = scope->relations.items[i];

        if (strcmp(relation->written, name) == 0)
            return relation;
        if (strcasecmp(relation->written, name) == 0)
            similar = relation;
    }
    return similar;
}

struct canon_relation *canon_find_relation(struct canon *canon, const char *name)
{
    for (const struct canon_scope *scope = canon->scope; scope; scope = scope->outer) {
        struct canon_relation *relation = relation_in(scope, name);

        if (relation)
            return relation;
    }
    return NULL;
}

struct my_node *canon_field_node(struct canon *canon, const struct canon_relation *relation,
                                 const struct canon_field *field)
{
    struct my_node *node = canon_node(canon->arena, MY_COLUMN, NULL);

    node->text = field->name;
    node->name = field->type;
    node->table = relation->alias;
    if (canon->use && field->object)
        canon->use(canon->context, field->object);
    return node;
}

/* --- names without a table --------------------------------------------------------------------------- */

static bool is_hidden(const struct canon_scope *scope, const struct canon_relation *relation,
                      const struct canon_field *field)
{
    for (size_t i = 0; i < scope->hidden.count; i++) {
        const struct canon_visible *hidden = scope->hidden.items[i];

        if (hidden->relation == relation && hidden->field == field)
            return true;
    }
    return false;
}

static struct my_node *alias_in(const struct canon_scope *scope, const char *name)
{
    for (size_t i = 0; scope->items && i < scope->items->count; i++) {
        const struct my_select_item *item = scope->items->items[i];

        if (item->alias && strcasecmp(item->alias, name) == 0)
            return item->expression;
    }
    return NULL;
}

static struct my_node *column_in(struct canon *canon, const struct canon_scope *scope,
                                 const char *name)
{
    for (size_t i = 0; i < scope->relations.count; i++) {
        const struct canon_relation *relation = scope->relations.items[i];
        const struct canon_field *field =
            relation->table ? canon_find_field(canon, relation->table, name) : NULL;

        if (field && !is_hidden(scope, relation, field))
            return canon_field_node(canon, relation, field);
    }
    return NULL;
}

/* The only table that could have the column though it is not known to. */
static struct canon_relation *likely_owner(const struct canon_scope *scope, bool *unsure)
{
    struct canon_relation *owner = NULL;

    for (size_t i = 0; i < scope->relations.count; i++) {
        struct canon_relation *relation = scope->relations.items[i];

        if (relation->table && relation->table->complete)
            continue;
        *unsure = true;
        owner = scope->relations.count == 1 ? relation : NULL;
    }
    return owner;
}

static struct my_node *unqualified_in(struct canon *canon, const struct canon_scope *scope,
                                      const struct my_node *node, bool *unsure)
{
    struct my_node *found = NULL;
    struct canon_relation *owner;

    if (scope->aliases == CANON_ALIAS_FIRST)
        found = alias_in(scope, node->text);
    if (!found)
        found = column_in(canon, scope, node->text);
    if (!found && scope->aliases == CANON_ALIAS_LAST)
        found = alias_in(scope, node->text);
    if (found)
        return found;
    owner = likely_owner(scope, unsure);
    if (!owner)
        return NULL;
    found = canon_copy(canon->arena, node);
    found->table = owner->alias;
    return found;
}

static struct my_node *unqualified(struct canon *canon, struct my_node *node)
{
    bool unsure = false;

    for (const struct canon_scope *scope = canon->scope; scope; scope = scope->outer) {
        struct my_node *found = unqualified_in(canon, scope, node, &unsure);

        if (found && unsure)
            canon_mark_incomplete(canon, "the table of column * is not known", node->text);
        if (found)
            return found;
        if (unsure)
            break;
    }
    if (unsure)
        canon_mark_incomplete(canon, "the table of column * is not known", node->text);
    else if (!canon->unknown)
        canon->unknown = node->text;
    return node;
}

static struct my_node *qualified(struct canon *canon, struct my_node *node)
{
    const struct canon_relation *relation = canon_find_relation(canon, node->table);
    const struct canon_field *field;

    node->schema = NULL;
    if (!relation) {
        canon_mark_incomplete(canon, "there is no table * in the query", node->table);
        return node;
    }
    field = relation->table ? canon_find_field(canon, relation->table, node->text) : NULL;
    if (field)
        return canon_field_node(canon, relation, field);
    node->table = relation->alias;
    if (!relation->table || !relation->table->complete)
        canon_mark_incomplete(canon, "the columns of table * are not known", relation->alias);
    else if (!canon->unknown)
        canon->unknown = node->text;
    return node;
}

/* --- the column of a table's own expression ---------------------------------------------------------------- */

static struct my_node *bare(struct canon *canon, struct my_node *node)
{
    const struct canon_relation *relation = canon->scope ? canon->scope->relations.items[0] : NULL;
    const struct canon_field *field =
        relation ? canon_find_field(canon, relation->table, node->text) : NULL;

    node->schema = NULL;
    node->table = NULL;
    if (field) {
        node->text = field->name;
        node->name = field->type;
        if (canon->use && field->object)
            canon->use(canon->context, field->object);
    } else if (relation && relation->table->complete && !canon->unknown) {
        canon->unknown = node->text;
    }
    return node;
}

struct my_node *canon_column(struct canon *canon, struct my_node *node)
{
    if (!canon->scope || canon->scope->bare)
        return strcmp(node->text, "*") == 0 ? node : bare(canon, node);
    if (strcmp(node->text, "*") == 0)
        return node;
    return node->table ? qualified(canon, node) : unqualified(canon, node);
}
