/* What an object needs by its structure: a key its columns, a foreign key also those that it points to. Texts
 * that name columns get the columns' present names. */
#include <string.h>

#include "mysql/sql/quote.h"
#include "mysql/resolve/resolve.h"

static void need_columns(struct resolver *resolver, struct object *object,
                         const struct object *table, struct text_list *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct object *column = resolver_child(table, KIND_COLUMN, columns->items[i]);

        if (!column)
            continue;
        columns->items[i] = column->name;
        model_need(resolver->model, object, column);
    }
}

/* The name between the backquotes at the start of a text; *rest: what comes behind. */
static const char *unquote(struct arena *arena, const char *text, const char **rest)
{
    struct buffer name = BUFFER_EMPTY;

    for (text++; *text; text++) {
        if (*text == '`' && *++text != '`')
            break;
        buffer_append_char(&name, *text);
    }
    *rest = text;
    return buffer_take(&name, arena);
}

const char *resolver_key_column(struct resolver *resolver, struct object *object,
                                const struct object *table, const char *key)
{
    const char *rest;
    struct object *column;

    if (key[0] != '`')
        return key;
    column = resolver_child(table, KIND_COLUMN, unquote(resolver->scratch, key, &rest));
    if (!column)
        return key;
    if (object != table)
        model_need(resolver->model, object, column);
    return arena_printf(resolver->arena, "%s%s", my_quote_name(resolver->arena, column->name),
                        rest);
}

static void settle_primary_key(struct resolver *resolver, struct object *object)
{
    struct text_list *columns = &as_primary_key(object)->columns;

    for (size_t i = 0; i < columns->count; i++) {
        columns->items[i] =
            resolver_key_column(resolver, object, object->parent, columns->items[i]);
    }
}

static void settle_foreign_key(struct resolver *resolver, struct object *object)
{
    struct foreign_key *key = as_foreign_key(object);

    need_columns(resolver, object, object->parent, &key->columns);
    if (key->table)
        need_columns(resolver, object, key->table, &key->referenced_columns);
}

/* --- keys of versioned tables ---------------------------------------------------------------------- */

/* The column in which a row's time ends, as "`until`"; NULL where no period of system time is written out. */
static const char *end_of_time(struct arena *arena, const struct table *table)
{
    static const char system_time[] = "SYSTEM_TIME (";

    for (size_t i = 0; i < table->periods.count; i++) {
        const char *period = table->periods.items[i];
        const char *end = strstr(period, "`, `");

        if (strncmp(period, system_time, sizeof(system_time) - 1) == 0 && end)
            return arena_strndup(arena, end + 3, strlen(end + 3) - 1);
    }
    return NULL;
}

/* Which it is by the primary key alone. */
static void forget_not_null(struct resolver *resolver, const struct object *table,
                            const char *quoted)
{
    const char *rest;
    struct object *column =
        object_child(table, KIND_COLUMN, unquote(resolver->scratch, quoted, &rest));
    struct object *not_null = column ? object_child(column, KIND_NOT_NULL, "") : NULL;

    if (not_null)
        model_remove(resolver->model, not_null);
}

/* The server puts that column behind those of each key, and takes it away with the period: it is no part of what
 * anybody declares. */
static void forget_end_of_time(struct resolver *resolver, struct object *key, const char *end)
{
    struct text_list *columns;
    struct expression_list *keys;

    if (key->kind == KIND_PRIMARY_KEY) {
        columns = &as_primary_key(key)->columns;
        if (columns->count > 1 && strcmp(columns->items[columns->count - 1], end) == 0) {
            columns->count--;
            forget_not_null(resolver, key->parent, end);
        }
    } else if (key->kind == KIND_INDEX && as_index(key)->unique) {
        keys = &as_index(key)->keys;
        if (keys->count > 1 && strcmp(keys->items[keys->count - 1].written, end) == 0)
            keys->count--;
    }
}

static void settle_table(struct resolver *resolver, struct object *object)
{
    const char *end = end_of_time(resolver->scratch, as_table(object));

    struct text_list *order = &as_table(object)->column_order;

    for (struct object *key = end ? object->first_child : NULL; key; key = key->next_sibling)
        forget_end_of_time(resolver, key, end);
    for (size_t i = 0; i < order->count; i++) {
        const struct object *column = resolver_child(object, KIND_COLUMN, order->items[i]);

        if (column)
            order->items[i] = column->name;
    }
}

void my_resolver_needs(struct resolver *resolver, struct object *object)
{
    switch ((int)object->kind) {
    case KIND_TABLE:
        settle_table(resolver, object);
        break;
    case KIND_PRIMARY_KEY:
        settle_primary_key(resolver, object);
        break;
    case KIND_FOREIGN_KEY:
        settle_foreign_key(resolver, object);
        break;
    }
}
