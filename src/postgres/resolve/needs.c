/* What an object needs by its structure, and the one spelling of its type names. */
#include <string.h>

#include "postgres/resolve/reconcile.h"
#include "postgres/resolve/resolve.h"
#include "postgres/sql/quote.h"
#include "postgres/types/type_text.h"
#include "postgres/types/types.h"

static void need_type(struct resolver *resolver, struct object *object, const struct pg_type *type)
{
    struct object *other;

    if (!type)
        return;
    if (type->element)
        type = type->element;
    if (!type->user)
        return;
    other = resolver_find(&resolver->type_objects, type->schema, type->name);
    for (const struct object *above = object; above; above = above->parent)
        if (above == other)
            return;
    model_need(resolver->model, object, other);
}

/* A type of an extension whose members are not known: its modifiers at least are spelled alike everywhere. */
static const char *spell_unknown(const struct resolver *resolver, const char *text)
{
    struct type_text parts = type_text_split(resolver->arena, text);
    const char *modifiers =
        parts.modifiers ? pg_canonical_modifiers(resolver->arena, parts.base, parts.modifiers)
                        : NULL;

    if (!parts.modifiers || !strchr(parts.base, '.'))
        return text;
    return arena_printf(resolver->arena, modifiers ? "%s(%s)%s" : "%s%s%s", parts.base,
                        modifiers ? modifiers : "", parts.array ? "[]" : "");
}

/* Spells the type as format_type does and notes it as needed. */
static void settle_type(struct resolver *resolver, struct object *object, const char **text)
{
    struct resolved_type resolved;

    if (!*text || !**text)
        return;
    resolved = resolver_type(resolver, *text);
    if (!resolved.type) {
        *text = spell_unknown(resolver, *text);
        return;
    }
    *text = pg_type_format(resolved.type, resolved.typmod, resolver->arena);
    need_type(resolver, object, resolved.type);
}

static void settle_types(struct resolver *resolver, struct object *object, struct text_list *types)
{
    for (size_t i = 0; i < types->count; i++)
        settle_type(resolver, object, &types->items[i]);
}

static void need_columns(struct resolver *resolver, struct object *object,
                         const struct object *table, struct text_list *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        for (struct object *child = NULL; (child = object_next_child(table, KIND_COLUMN, child));) {
            if (strcmp(object_present_name(child), columns->items[i]) != 0)
                continue;
            columns->items[i] = child->name;
            model_need(resolver->model, object, child);
        }
}

/* The server wants the columns of a primary key not null: their constraints come first. */
static void need_not_null(struct resolver *resolver, struct object *object,
                          const struct text_list *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct object *column = object_child(object->parent, KIND_COLUMN, columns->items[i]);

        if (column)
            model_need(resolver->model, object, object_child(column, KIND_NOT_NULL, ""));
    }
}

static bool same_columns(const struct text_list *a, const struct text_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_list_contains(b, a->items[i]))
            return false;
    return true;
}

static bool index_covers(const struct object *object, const struct text_list *columns)
{
    const struct index *index = as_index(object);

    if (!index->unique || index->predicate.written || index->keys.count != columns->count)
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        bool found = false;

        for (size_t j = 0; j < index->keys.count; j++)
            found = found || strcmp(index->keys.items[j].written, columns->items[i]) == 0;
        if (!found)
            return false;
    }
    return true;
}

/* The key or unique index that a foreign key relies on: the primary key before others, as the
 * server chooses. */
static struct object *referenced_key(const struct object *table, const struct text_list *columns)
{
    struct object *child = NULL;

    while ((child = object_next_child(table, KIND_PRIMARY_KEY, child)))
        if (same_columns(&as_primary_key(child)->columns, columns))
            return child;
    while ((child = object_next_child(table, KIND_UNIQUE, child)))
        if (same_columns(&as_unique_constraint(child)->columns, columns))
            return child;
    while ((child = object_next_child(table, KIND_INDEX, child)))
        if (index_covers(child, columns))
            return child;
    return NULL;
}

static void settle_foreign_key(struct resolver *resolver, struct object *object)
{
    struct foreign_key *key = as_foreign_key(object);

    need_columns(resolver, object, object->parent, &key->columns);
    need_columns(resolver, object, object->parent, &key->set_columns);
    if (!key->table)
        return;
    need_columns(resolver, object, key->table, &key->referenced_columns);
    model_need(resolver->model, object, referenced_key(key->table, &key->referenced_columns));
}

static void need_routine(struct resolver *resolver, struct object *object, const char **text)
{
    const char *schema;
    const char *name;
    const struct pointer_list *list;

    if (!*text)
        return;
    resolver_split(resolver->scratch, *text, &schema, &name);
    list = map_get(&resolver->function_objects,
                   arena_printf(resolver->scratch, "%s\x1f%s", schema ? schema : "", name));
    for (size_t i = 0; list && i < list->count; i++) {
        struct object *routine = list->items[i];

        model_need(resolver->model, object, routine);
        *text = pg_qualify(resolver->arena, routine->parent->name, routine->name);
    }
}

/* A trigger's function takes no arguments: of several of one name, that one. */
static void settle_trigger(struct resolver *resolver, struct object *object)
{
    struct trigger *trigger = as_trigger(object);

    pg_need_copied_trigger(resolver->model, object);
    need_columns(resolver, object, object->parent, &trigger->columns);
    need_routine(resolver, object, &trigger->function);
}

static void settle_aggregate(struct resolver *resolver, struct object *object)
{
    static const char *const functions[] = {
        "sfunc = ",        "finalfunc = ", "combinefunc = ", "serialfunc = ",
        "deserialfunc = ", "msfunc = ",    "minvfunc = ",    "mfinalfunc = "};
    struct aggregate *aggregate = as_aggregate(object);

    settle_types(resolver, object, &aggregate->argument_types);
    for (size_t i = 0; i < aggregate->options.count; i++) {
        const char *option = aggregate->options.items[i];

        for (size_t j = 0; j < sizeof(functions) / sizeof(*functions); j++) {
            size_t length = strlen(functions[j]);
            const char *name = option + length;

            if (strncmp(option, functions[j], length) == 0)
                need_routine(resolver, object, &name);
        }
        if (strncmp(option, "stype = ", 8) == 0)
            need_type(resolver, object, resolver_type(resolver, option + 8).type);
    }
}

static void need_unmodelled(struct resolver *resolver, struct object *object,
                            const char *class_name, const char *identity)
{
    model_need(resolver->model, object,
               model_find(resolver->model, KIND_UNMODELLED, NULL,
                          arena_printf(resolver->scratch, "%s %s", class_name, identity), NULL));
}

static void need_server(struct resolver *resolver, struct object *object, const char *server)
{
    if (server)
        need_unmodelled(resolver, object, "server", pg_quote_name(resolver->scratch, server));
}

/* One of the model's own; others belong to the server. */
static void need_collation(struct resolver *resolver, struct object *object, const char *collation)
{
    if (collation)
        need_unmodelled(resolver, object, "collation", collation);
}

/* The tables that a table gets columns from. */
static struct pointer_list parents_of(struct resolver *resolver, const struct object *table)
{
    struct pointer_list parents = {0};
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

    for (size_t i = 0; i < as_table(table)->inherits.count; i++)
        pointer_list_add(&parents, resolver->scratch, as_table(table)->inherits.items[i]);
    if (attachment && as_attachment(attachment)->table)
        pointer_list_add(&parents, resolver->scratch, as_attachment(attachment)->table);
    return parents;
}

/* What an inherited column has, it may have from the parent's column: that comes first. */
static void need_inherited(struct resolver *resolver, struct object *object)
{
    bool is_column = object->kind == KIND_COLUMN;
    const struct object *column = is_column ? object : object->parent;
    struct pointer_list parents;

    if (column->parent->kind != KIND_TABLE || !as_column(column)->inherited)
        return;
    parents = parents_of(resolver, column->parent);
    for (size_t i = 0; i < parents.count; i++) {
        struct object *other = object_child(parents.items[i], KIND_COLUMN, column->name);

        if (other)
            model_need(resolver->model, object,
                       is_column ? other : object_child(other, object->kind, ""));
    }
}

static void settle_column(struct resolver *resolver, struct object *object)
{
    struct column *column = as_column(object);

    settle_type(resolver, object, &column->type);
    need_collation(resolver, object, column->collation);
    need_inherited(resolver, object);
}

/* A text may be a value of the column's type, a new label of an enum. */
static void settle_default(struct resolver *resolver, struct object *object)
{
    const char *type = as_column(object->parent)->type;

    if (type)
        settle_type(resolver, object, &type);
    need_inherited(resolver, object);
}

static void settle_table(struct resolver *resolver, struct object *object)
{
    settle_type(resolver, object, &as_table(object)->of_type);
    need_server(resolver, object, as_table(object)->server);
}

/* A partition goes with its partitioned table. */
static void need_partitioned(struct resolver *resolver, struct object *attachment)
{
    if (as_attachment(attachment)->table)
        model_need(resolver->model, attachment->parent, as_attachment(attachment)->table);
}

static void need_schema(struct resolver *resolver, struct object *object)
{
    const char *schema = as_extension(object)->schema;

    if (schema)
        model_need(resolver->model, object,
                   model_find(resolver->model, KIND_SCHEMA, NULL, schema, NULL));
}

void resolver_needs(struct resolver *resolver, struct object *object)
{
    resolver_enter(resolver, object);
    switch (object->kind) {
    case KIND_EXTENSION:
        need_schema(resolver, object);
        break;
    case KIND_DOMAIN:
        settle_type(resolver, object, &as_domain(object)->type);
        need_collation(resolver, object, as_domain(object)->collation);
        break;
    case KIND_ATTRIBUTE:
        settle_type(resolver, object, &as_attribute(object)->type);
        need_collation(resolver, object, as_attribute(object)->collation);
        break;
    case KIND_RANGE:
        settle_type(resolver, object, &as_range(object)->subtype);
        need_collation(resolver, object, as_range(object)->collation);
        need_routine(resolver, object, &as_range(object)->canonical);
        need_routine(resolver, object, &as_range(object)->difference);
        break;
    case KIND_FUNCTION:
        settle_types(resolver, object, &as_function(object)->argument_types);
        settle_type(resolver, object, &as_function(object)->returns);
        break;
    case KIND_AGGREGATE:
        settle_aggregate(resolver, object);
        break;
    case KIND_TABLE:
        settle_table(resolver, object);
        break;
    case KIND_ATTACHMENT:
        need_partitioned(resolver, object);
        break;
    case KIND_COLUMN:
        settle_column(resolver, object);
        break;
    case KIND_DEFAULT:
        settle_default(resolver, object);
        break;
    case KIND_NOT_NULL:
        need_inherited(resolver, object);
        break;
    case KIND_PRIMARY_KEY:
        need_columns(resolver, object, object->parent, &as_primary_key(object)->columns);
        need_columns(resolver, object, object->parent, &as_primary_key(object)->include);
        need_not_null(resolver, object, &as_primary_key(object)->columns);
        break;
    case KIND_UNIQUE:
        need_columns(resolver, object, object->parent, &as_unique_constraint(object)->columns);
        need_columns(resolver, object, object->parent, &as_unique_constraint(object)->include);
        break;
    case KIND_EXCLUSION:
        need_columns(resolver, object, object->parent, &as_exclusion(object)->include);
        break;
    case KIND_INDEX:
        need_columns(resolver, object, object->parent, &as_index(object)->include);
        break;
    case KIND_FOREIGN_KEY:
        settle_foreign_key(resolver, object);
        break;
    case KIND_TRIGGER:
        settle_trigger(resolver, object);
        break;
    default:
        break;
    }
}
