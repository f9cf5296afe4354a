/* Renames that the author asked for, carried over to the model they start from. */
#include "diff/rename.h"

#include <stdlib.h>
#include <string.h>

#include "model/identity.h"

static int depth(const struct object *object)
{
    int levels = 0;

    while ((object = object->parent))
        levels++;
    return levels;
}

/* Parents first: their keys lead to the children's. */
static int compare_requests(const void *a, const void *b)
{
    const struct rename_request *x = a;
    const struct rename_request *y = b;
    const struct object *p = x->object ? x->object : x->enumeration;
    const struct object *q = y->object ? y->object : y->enumeration;

    if (depth(p) != depth(q))
        return depth(p) - depth(q);
    return strcmp(p->key, q->key);
}

/* The object in from that stands where wanted's parent stands; a former name with a schema leads to
 * another one. */
static struct object *former_parent(const struct model *from, const struct object *object,
                                    const char **name)
{
    const char *dot = strchr(*name, '.');
    struct object *parent = NULL;

    if (object->parent)
        parent = model_find_key(from, object->parent->key);
    if (dot && object->parent && !object->parent->parent) {
        char *schema = strndup(*name, (size_t)(dot - *name));
        struct object *other = model_find(from, object->parent->kind, NULL, schema, NULL);

        free(schema);
        if (other && model_find(from, object->kind, other, dot + 1, object->signature)) {
            *name = dot + 1;
            return other;
        }
    }
    return parent;
}

static bool rename_object(struct model *from, const struct rename_request *request)
{
    const struct object *object = request->object;
    const char *former_name = request->former_name;
    struct object *parent = former_parent(from, object, &former_name);
    struct object *target =
        object->parent ? model_find_key(from, object->parent->key) : NULL;
    struct object *former;
    const char *old_schema;
    const char *old_name;

    if ((object->parent && !parent) || model_find_key(from, object->key))
        return true;
    former = model_find(from, object->kind, parent, former_name, object->signature);
    if (!former)
        return true;
    if (!target)
        target = parent;
    old_name = former->name;
    old_schema = former->parent && !former->parent->parent ? former->parent->name : NULL;
    if (!model_rename(from, former, target, object->name, object->signature))
        return false;
    former->former_name = old_name;
    if (target != parent)
        former->former_schema = old_schema;
    return true;
}

static void rename_label(struct model *from, const struct rename_request *request)
{
    struct object *object = model_find_key(from, request->enumeration->key);
    struct enumeration *enumeration;

    if (!object)
        return;
    enumeration = as_enumeration(object);
    if (text_list_contains(&enumeration->labels, request->label))
        return;
    for (size_t i = 0; i < enumeration->labels.count; i++)
        if (strcmp(enumeration->labels.items[i], request->former_name) == 0) {
            enumeration->labels.items[i] = request->label;
            model_request_rename(from, (struct rename_request){.enumeration = object,
                                                               .label = request->label,
                                                               .former_name =
                                                                   request->former_name});
            return;
        }
}

bool rename_apply(struct model *from, const struct model *wanted, struct error *error)
{
    if (wanted->rename_count > 1)
        qsort(wanted->renames, wanted->rename_count, sizeof(*wanted->renames), compare_requests);
    for (size_t i = 0; i < wanted->rename_count; i++) {
        const struct rename_request *request = &wanted->renames[i];

        if (!request->object) {
            rename_label(from, request);
        } else if (!rename_object(from, request)) {
            error_set(error, ERROR_SCHEMA, "two objects are to be renamed to %s %s",
                      kind_name(request->object->kind), request->object->name);
            error_hint(error, "Remove one of the \"@renamed from=\" comments.");
            return false;
        }
    }
    return true;
}
