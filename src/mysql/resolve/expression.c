/* Brings the expressions of one object to canonical form: each kind says where its expressions stand. */
#include <string.h>

#include "mysql/resolve/resolve.h"

/* A text that this parser does not understand is compared as it was written. */
static bool keep_written(struct expression *expression)
{
    expression->canonical = expression->written;
    expression->incomplete = true;
    return true;
}

/* With a format, it is put into parentheses and followed by that. */
static bool resolve_tree(struct resolver *resolver, struct object *object, struct object *table,
                         struct expression *expression, struct arena *arena,
                         const struct my_node *node, const char *format)
{
    struct canon_scope scope;
    struct canon canon = resolver_canon(resolver, object, &scope, table);
    struct buffer out = BUFFER_EMPTY;

    canon.arena = arena;
    canon_print(&out, canon_rewrite(&canon, node));
    if (format)
        expression->canonical = arena_printf(resolver->arena, "(%s)%s", buffer_text(&out), format);
    else
        expression->canonical = arena_strdup(resolver->arena, buffer_text(&out));
    buffer_free(&out);
    return resolver_judge(resolver, object, expression, &canon);
}

static bool resolve(struct resolver *resolver, struct object *object, struct object *table,
                    struct expression *expression, const char *text, const char *format)
{
    struct arena *arena = arena_new();
    struct error ignored = {0};
    const struct my_node *node = my_parse_expression(arena, resolver->flavor, 0, text, &ignored);
    bool done = node ? resolve_tree(resolver, object, table, expression, arena, node, format)
                     : keep_written(expression);

    arena_free(arena);
    return done;
}

static bool resolve_written(struct resolver *resolver, struct object *object, struct object *table,
                            struct expression *expression)
{
    return !expression->written ||
           resolve(resolver, object, table, expression, expression->written, NULL);
}

/* --- defaults and keys ------------------------------------------------------------------------------ */

/* A literal stays as it is: the interpreter has it as the server stores it. */
static bool resolve_default(struct resolver *resolver, struct object *object)
{
    struct expression *expression = &as_default_value(object)->expression;

    if (!expression->written || expression->written[0] != '(') {
        expression->canonical = expression->written;
        return true;
    }
    return resolve(resolver, object, object->parent->parent, expression, expression->written, "");
}

/* `a`(10) DESC, (expression) DESC. */
static bool resolve_key(struct resolver *resolver, struct object *object, struct object *table,
                        struct expression *key)
{
    size_t length = strlen(key->written);
    bool descending = length > 5 && strcmp(key->written + length - 5, " DESC") == 0;

    if (key->written[0] != '(') {
        key->canonical = resolver_key_column(resolver, object, table, key->written);
        return true;
    }
    return resolve(resolver, object, table, key,
                   arena_strndup(resolver->scratch, key->written, length - (descending ? 5 : 0)),
                   descending ? " DESC" : "");
}

static bool resolve_index(struct resolver *resolver, struct object *object)
{
    struct index *index = as_index(object);

    for (size_t i = 0; i < index->keys.count; i++)
        if (!resolve_key(resolver, object, object->parent, &index->keys.items[i]))
            return false;
    return true;
}

static bool resolve_partition_keys(struct resolver *resolver, struct object *object)
{
    struct table *table = as_table(object);

    for (size_t i = 0; i < table->partition_keys.count; i++) {
        struct expression *key = &table->partition_keys.items[i];
        bool done = key->written[0] == '`' ? resolve_key(resolver, object, object, key)
                                           : resolve_written(resolver, object, object, key);

        if (!done)
            return false;
    }
    return true;
}

static struct object *table_of_check(const struct object *object)
{
    return object->parent->kind == KIND_COLUMN ? object->parent->parent : object->parent;
}

bool my_resolver_expressions(struct resolver *resolver, struct object *object)
{
    switch ((int)object->kind) {
    case KIND_TABLE:
        return resolve_partition_keys(resolver, object);
    case KIND_COLUMN:
        return object->parent->kind != KIND_TABLE ||
               resolve_written(resolver, object, object->parent, &as_column(object)->generation);
    case KIND_DEFAULT:
        return resolve_default(resolver, object);
    case KIND_CHECK:
        return resolve_written(resolver, object, table_of_check(object),
                               &as_check_constraint(object)->expression);
    case KIND_INDEX:
        return resolve_index(resolver, object);
    case KIND_VIEW:
        return resolver_view(resolver, object);
    default:
        return true;
    }
}
