/* What an object needs by its structure: a key its columns, a foreign key also those that it points to. Texts
 * that name columns get the columns' present names. */
#include <string.h>

#include "mysql/quote.h"
#include "mysql/resolve.h"

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

static void settle_table(struct object *object)
{
    struct text_list *order = &as_table(object)->column_order;

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
        settle_table(object);
        break;
    case KIND_PRIMARY_KEY:
        settle_primary_key(resolver, object);
        break;
    case KIND_FOREIGN_KEY:
        settle_foreign_key(resolver, object);
        break;
    }
}
