/* Renames that follow from the models themselves. */
#include "diff/infer.h"

#include <string.h>

#include "model/fields.h"

/* Equal in all compared fields but expressions, whose texts say nothing before resolution. */
static bool does_the_same(const struct object *a, const struct object *b)
{
    struct fields fields = kind_fields(a->kind);
    uint64_t changed = fields_changed(a, b);

    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1 && fields.items[i].type != FIELD_EXPRESSION &&
            fields.items[i].type != FIELD_EXPRESSIONS)
            return false;
    return true;
}

/* What points to the object by a reference of a child of its own, like the owner of a sequence. */
static const struct object *referenced_by_child(const struct object *object)
{
    struct fields fields;

    if (!object->first_child)
        return NULL;
    for (const struct object *child = object->first_child; child; child = child->next_sibling) {
        fields = kind_fields(child->kind);
        for (size_t i = 0; i < fields.count; i++)
            if (fields.items[i].type == FIELD_REFERENCE) {
                const struct object *referenced =
                    *(struct object **)field_of(child, &fields.items[i]);

                if (referenced)
                    return referenced;
            }
    }
    return NULL;
}

static bool same_place(const struct object *a, const struct object *b)
{
    const struct object *x = referenced_by_child(a);
    const struct object *y = referenced_by_child(b);

    return !x == !y && (!x || strcmp(x->key, y->key) == 0);
}

static bool is_candidate(const struct object *object, const struct object *wanted,
                         const struct model *wanted_model)
{
    return !object->removed && object->kind == wanted->kind && !object->implied &&
           !object->former_name && !model_find_key(wanted_model, object->key) &&
           does_the_same(object, wanted) && same_place(object, wanted);
}

static void infer_one(struct model *from, const struct model *wanted_model,
                      const struct object *wanted)
{
    struct object *parent = model_find_key(from, wanted->parent->key);
    struct object *found = NULL;
    const char *former_name;

    if (!parent)
        return;
    for (struct object *object = parent->first_child; object; object = object->next_sibling)
        if (is_candidate(object, wanted, wanted_model)) {
            if (found)
                return;
            found = object;
        }
    if (!found)
        return;
    former_name = found->name;
    if (model_rename(from, found, parent, wanted->name, wanted->signature))
        found->former_name = former_name;
}

/* True when the part of another object that the object belongs to, as a sequence does to a column, was moved out of the
 * object's schema. */
static bool owner_was_moved(const struct object *object)
{
    const struct object *part = referenced_by_child(object);

    return part && part->parent && part->parent->former_schema && object->parent &&
           strcmp(part->parent->former_schema, object->parent->name) == 0;
}

/* A sequence goes where the table goes whose column owns it. */
static void infer_move(struct model *from, const struct model *wanted_model,
                       const struct object *wanted)
{
    struct object *schema = model_find_key(from, wanted->parent->key);

    for (size_t i = 0; schema && referenced_by_child(wanted) && i < from->count; i++) {
        struct object *object = from->objects[i];
        const char *former_name = object->name;
        const char *former_schema = object->parent ? object->parent->name : NULL;

        if (object->kind != wanted->kind || object->removed || object->former_name ||
            model_find_key(wanted_model, object->key) || !same_place(object, wanted) ||
            !owner_was_moved(object) ||
            (!wanted->name_chosen && strcmp(object->name, wanted->name) != 0))
            continue;
        if (model_rename(from, object, schema, wanted->name, wanted->signature)) {
            object->former_name = former_name;
            object->former_schema = former_schema;
        }
        return;
    }
}

void infer_renames(struct model *from, const struct model *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const struct object *object = wanted->objects[i];

        if (object->removed || object->implied || !object->parent ||
            model_find_key(from, object->key))
            continue;
        infer_move(from, wanted, object);
        if (object->name_chosen && !model_find_key(from, object->key))
            infer_one(from, wanted, object);
    }
}
