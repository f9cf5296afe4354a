/* Renames that the author asked for, carried over to the model they start from. */
#include "diff/rename.h"

#include <stdlib.h>
#include <string.h>

#include "model/fields.h"
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
        struct arena *scratch = arena_new();
        const char *schema = arena_strndup(scratch, *name, (size_t)(dot - *name));
        struct object *other = model_find(from, object->parent->kind, NULL, schema, NULL);

        arena_free(scratch);
        if (other && model_find(from, object->kind, other, dot + 1, object->signature)) {
            *name = dot + 1;
            return other;
        }
    }
    return parent;
}

/* One pass over the requests: a rename can free the name that another one waits for. */
struct pass {
    struct model *from;
    struct map *used; /* keys of former objects that a request has renamed */
    bool renamed;     /* some object */
};

static bool two_from_one(const struct object *former, struct error *error)
{
    error_set(error, ERROR_SCHEMA, "two objects are to be renamed from %s %s",
              kind_name(former->kind), former->name);
    error_hint(error, "Remove one of the \"@renamed from=\" comments.");
    return false;
}

static bool rename_object(struct pass *pass, const struct rename_request *request,
                          struct error *error)
{
    const struct object *object = request->object;
    struct model *from = pass->from;
    const char *former_name = request->former_name;
    struct object *parent = former_parent(from, object, &former_name);
    struct object *target =
        object->parent ? model_find_key(from, object->parent->key) : NULL;
    struct object *former;
    const char *key;
    const char *old_schema;

    if ((object->parent && !parent) || model_find_key(from, object->key))
        return true;
    key = identity_key(from->arena, object->kind, parent, former_name, object->signature);
    former = model_find_key(from, key);
    if (!former)
        return map_get(pass->used, key) ? two_from_one(map_get(pass->used, key), error) : true;
    if (former->former_name) /* it has its own name from another request already */
        return true;
    if (!target)
        target = parent;
    former_name = former->name;
    old_schema = former->parent && !former->parent->parent ? former->parent->name : NULL;
    if (!model_rename(from, former, target, object->name, object->signature))
        return true;
    former->former_name = former_name;
    if (target != parent)
        former->former_schema = old_schema;
    map_set(pass->used, key, former);
    pass->renamed = true;
    return true;
}

/* The list of the object that holds the label, NULL when none does. */
static const char **find_label(struct object *object, const char *label)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++) {
        struct text_list *list = field_of(object, &fields.items[i]);

        if (fields.items[i].type != FIELD_LIST)
            continue;
        for (size_t j = 0; j < list->count; j++)
            if (strcmp(list->items[j], label) == 0)
                return &list->items[j];
    }
    return NULL;
}

static void rename_label(struct model *from, const struct rename_request *request)
{
    struct object *object = model_find_key(from, request->enumeration->key);
    const char **label;

    if (!object || find_label(object, request->label))
        return;
    label = find_label(object, request->former_name);
    if (!label)
        return;
    *label = request->label;
    model_request_rename(from, (struct rename_request){.enumeration = object,
                                                       .label = request->label,
                                                       .former_name = request->former_name});
}

bool rename_apply(struct model *from, const struct model *wanted, struct error *error)
{
    struct map used = map_new(from->arena);
    struct pass pass = {.from = from, .used = &used};

    from->rename_count = 0; /* what its own files once renamed is done */

    if (wanted->rename_count > 1)
        qsort(wanted->renames, wanted->rename_count, sizeof(*wanted->renames), compare_requests);
    do {
        pass.renamed = false;
        for (size_t i = 0; i < wanted->rename_count; i++)
            if (wanted->renames[i].object &&
                !rename_object(&pass, &wanted->renames[i], error))
                return false;
    } while (pass.renamed);
    for (size_t i = 0; i < wanted->rename_count; i++)
        if (!wanted->renames[i].object)
            rename_label(from, &wanted->renames[i]);
    return true;
}
