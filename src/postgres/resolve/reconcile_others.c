/* Schemas that others own, which the files use and do not declare (interpret/adopt_schema.c): what they hold is in both
 * models. What the files have put on a table there is planned; nothing else of them ever is. */
#include <string.h>

#include "model/fields.h"
#include "postgres/resolve/reconcile.h"

bool pg_is_others(const struct object *object)
{
    const struct object *schema = object ? object_ancestor(object, KIND_SCHEMA) : NULL;

    return schema && schema->adopted && schema != object;
}

/* A trigger or policy that uses what the files declared once, and do not any more, was theirs as well. */
static bool loses_what_it_needs(const struct model *to, const struct object *held)
{
    for (size_t i = 0; i < held->needs.count; i++) {
        const struct object *other = held->needs.items[i];

        if (!other->removed && !model_find_key(to, other->key))
            return true;
    }
    return false;
}

static bool stands_on_table(const struct object *object)
{
    return object->kind == KIND_TRIGGER || object->kind == KIND_POLICY;
}

/* The same texts on both sides, whatever could be made of them. */
static void settle_expressions(struct object *held, struct object *adopted)
{
    struct fields fields = kind_fields(held->kind);

    for (size_t i = 0; i < fields.count; i++) {
        enum field_type type = fields.items[i].type;
        struct expression_list have, want;

        if (type != FIELD_EXPRESSION && type != FIELD_EXPRESSIONS)
            continue;
        have = field_expressions(held, &fields.items[i]);
        want = field_expressions(adopted, &fields.items[i]);
        for (size_t j = 0; have.count == want.count && j < have.count; j++)
            want.items[j].canonical = have.items[j].canonical;
    }
}

static size_t settle_schema(struct model *from, struct model *to, const struct object *schema)
{
    size_t left = 0;

    for (size_t i = 0; i < to->count; i++) {
        struct object *object = to->objects[i];
        struct object *held;

        if (object->removed || !object->adopted || object == schema ||
            !object_is_below(object, schema))
            continue;
        held = model_find_key(from, object->key);
        if (!held || (stands_on_table(object) && loses_what_it_needs(to, held))) {
            model_remove(to, object);
            continue;
        }
        settle_expressions(held, object);
        left += stands_on_table(object);
    }
    return left;
}

static void note_left(struct model *to, const struct object *schema, size_t left)
{
    const char *more = "";

    if (left)
        more = arena_printf(to->arena, ", with %zu trigger%s or polic%s that the files do not name",
                            left, left == 1 ? "" : "s", left == 1 ? "y" : "ies");
    text_list_add(
        &to->notes, to->arena,
        arena_printf(to->arena, "schema %s is %s and not declared: left alone%s", schema->name,
                     text_list_contains(&to->spared_schemas, schema->name) ? "another role's"
                                                                           : "used",
                     more));
}

/* Rules, statistics and whatever else hangs on what is others', and privileges on what they will make. */
static void leave_what_hangs_on_it(struct model *from, const struct model *to)
{
    for (size_t i = 0; i < from->count; i++) {
        struct object *object = from->objects[i];
        bool others = false;

        if (object->removed || model_find_key(to, object->key))
            continue;
        if (object->kind == KIND_UNMODELLED) {
            for (size_t j = 0; !others && j < object->needs.count; j++) {
                const struct object *other = object->needs.items[j];
                const struct object *twin = model_find_key(to, other->key);

                others = pg_is_others(twin) || (twin && twin->kind == KIND_SCHEMA && twin->adopted);
            }
        } else if (object->kind == KIND_DEFAULT_PRIVILEGE && as_default_privilege(object)->schema) {
            const struct object *schema =
                model_find(to, KIND_SCHEMA, NULL, as_default_privilege(object)->schema, NULL);

            others = schema && schema->adopted;
        }
        if (others)
            model_remove(from, object);
    }
}

/* Where owners are managed, the wanted state says whose everything is, and what it does not say goes. */
static void spare_none(struct model *to)
{
    for (size_t i = 0; i < to->spared_schemas.count; i++) {
        struct object *schema =
            model_find(to, KIND_SCHEMA, NULL, to->spared_schemas.items[i], NULL);

        if (schema)
            model_remove(to, schema);
    }
}

void pg_leave_others(struct model *from, struct model *to, const struct manage *manage)
{
    if (manage->owners)
        spare_none(to);
    for (size_t i = 0; i < to->count; i++) {
        const struct object *schema = to->objects[i];
        size_t left;

        if (schema->removed || schema->kind != KIND_SCHEMA || !schema->adopted)
            continue;
        left = settle_schema(from, to, schema);
        if (schema->first_child)
            note_left(to, schema, left);
    }
    leave_what_hangs_on_it(from, to);
}
