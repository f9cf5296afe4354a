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

/* One pass over the requests: a rename can free the name that another one waits for. */
struct pass {
    struct model *from;
    struct rename_request *requests; /* the wanted model's */
    size_t count;
    struct map *used; /* keys of former objects that a request has renamed */
    struct map
        *parked;  /* by former key: objects that have no name of their own for the time being */
    bool renamed; /* something */
};

/* The object in from that stands where wanted's parent stands; a former name with a schema leads to
 * another one. */
static struct object *former_parent(const struct pass *pass, const struct object *object,
                                    const char **name)
{
    const struct model *from = pass->from;
    const char *dot = strchr(*name, '.');
    struct object *parent = NULL;

    if (object->parent)
        parent = model_find_key(from, object->parent->key);
    if (dot && object->parent && !object->parent->parent) {
        struct arena *scratch = arena_new();
        const char *schema = arena_strndup(scratch, *name, (size_t)(dot - *name));
        struct object *other = model_find(from, object->parent->kind, NULL, schema, NULL);
        bool found = other && (model_find(from, object->kind, other, dot + 1, object->signature) ||
                               map_get(pass->parked, identity_key(scratch, object->kind, other,
                                                                  dot + 1, object->signature)));

        arena_free(scratch);
        if (found) {
            *name = dot + 1;
            return other;
        }
    }
    return parent;
}

static bool two_from_one(const struct object *former, struct error *error)
{
    error_set(error, ERROR_SCHEMA, "two objects are to be renamed from %s %s",
              kind_name(former->kind), former->name);
    error_hint(error, "Remove one of the \"@renamed from=\" comments.");
    return false;
}

/* Gives an object that was parked the name that its request wants. */
static bool unpark(struct pass *pass, const struct rename_request *request, const char *key,
                   struct object *target)
{
    struct object *former = map_get(pass->parked, key);

    if (!former || !model_rename(pass->from, former, target, request->object->name,
                                 request->object->signature))
        return false;
    map_set(pass->parked, key, NULL);
    map_set(pass->used, key, former);
    return pass->renamed = true;
}

/* The object in from that the wanted object's parent is; where that is yet to be made it is promised, so that what
 * moves into it can be found there. NULL while the former object is not there either. */
static struct object *wanted_parent(const struct pass *pass, const struct object *object,
                                    struct object *parent, const char *former_name)
{
    struct object *target = object->parent ? model_find_key(pass->from, object->parent->key) : NULL;

    if (target || !parent || object->parent->parent ||
        !model_find(pass->from, object->kind, parent, former_name, object->signature))
        return target;
    target = model_add(pass->from, object->parent->kind, NULL, object->parent->name,
                       object->parent->signature);
    target->promised = true;
    return target;
}

static bool rename_object(struct pass *pass, const struct rename_request *request,
                          struct error *error)
{
    const struct object *object = request->object;
    struct model *from = pass->from;
    const char *former_name = request->former_name;
    struct object *parent = former_parent(pass, object, &former_name);
    struct object *target;
    struct object *former;
    const char *key;
    const char *old_schema;

    if ((object->parent && !parent) || model_find_key(from, object->key))
        return true;
    target = wanted_parent(pass, object, parent, former_name);
    if (!target)
        target = parent;
    key = identity_key(from->arena, object->kind, parent, former_name, object->signature);
    if (unpark(pass, request, key, target))
        return true;
    former = model_find_key(from, key);
    if (!former)
        return map_get(pass->used, key) ? two_from_one(map_get(pass->used, key), error) : true;
    if (former->former_name) /* it has its own name from another request already */
        return true;
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

bool rename_finds_label(struct object *object, const char *label)
{
    return find_label(object, label) != NULL;
}

static void relabel(struct model *from, struct object *object, const char **label,
                    const char *wanted)
{
    const char *former = *label;

    *label = wanted;
    model_request_rename(from, (struct rename_request){
                                   .enumeration = object, .label = wanted, .former_name = former});
}

static void rename_label(struct pass *pass, const struct rename_request *request)
{
    struct object *object = model_find_key(pass->from, request->enumeration->key);
    const char **label;

    if (!object || find_label(object, request->label))
        return;
    label = find_label(object, request->former_name);
    if (!label)
        return;
    relabel(pass->from, object, label, request->label);
    pass->renamed = true;
}

/* --- names that are exchanged ------------------------------------------------------------------ */

/* Under which key the request looks for what it renames. */
static const char *former_key(const struct pass *pass, const struct rename_request *request)
{
    const char *name = request->former_name;
    const struct object *parent;

    if (!request->object)
        return arena_printf(pass->from->arena, "%s\n%s", request->enumeration->key, name);
    parent = former_parent(pass, request->object, &name);
    return identity_key(pass->from->arena, request->object->kind, parent, name,
                        request->object->signature);
}

static const char *wanted_key(const struct pass *pass, const struct rename_request *request)
{
    return request->object ? request->object->key
                           : arena_printf(pass->from->arena, "%s\n%s", request->enumeration->key,
                                          request->label);
}

/* True while both names are there, and the former one is not another's new name. */
static bool is_blocked(const struct pass *pass, const struct rename_request *request)
{
    const struct object *former;
    struct object *enumeration;

    if (!request->certain)
        return false;
    if (request->object) {
        former = model_find_key(pass->from, former_key(pass, request));
        return former && !former->former_name && model_find_key(pass->from, request->object->key);
    }
    enumeration = model_find_key(pass->from, request->enumeration->key);
    return enumeration && find_label(enumeration, request->label) &&
           find_label(enumeration, request->former_name);
}

static bool is_on_cycle(const struct pass *pass, const struct map *waiting,
                        const struct rename_request *request)
{
    const struct rename_request *other = request;

    for (size_t i = 0; other && i < pass->count; i++) {
        other = map_get(waiting, wanted_key(pass, other));
        if (other == request)
            return true;
    }
    return false;
}

/* Gives what the request renames a name that nobody else has. */
static void park(struct pass *pass, struct rename_request *request)
{
    struct model *from = pass->from;
    const char *key = former_key(pass, request);
    struct object *object = model_find_key(from, request->object ? key : request->enumeration->key);
    const char *name;

    for (size_t i = 1;; i++) {
        name = arena_printf(from->arena, "plumb_renaming_%zu", i);
        if (request->object
                ? !model_find(from, object->kind, object->parent, name, object->signature)
                : !find_label(object, name))
            break;
    }
    if (!request->object) {
        relabel(from, object, find_label(object, request->former_name), name);
        request->former_name = name;
        return;
    }
    object->former_name = object->name;
    if (object->parent && !object->parent->parent && request->object->parent &&
        strcmp(object->parent->key, request->object->parent->key) != 0)
        object->former_schema = object->parent->name;
    model_rename(from, object, object->parent, name, object->signature);
    map_set(pass->parked, key, object);
}

/* Where certain requests wait for one another's names in a circle, parks one of them. */
static bool break_circle(struct pass *pass)
{
    struct map waiting = map_new(pass->from->arena);

    for (size_t i = 0; i < pass->count; i++)
        if (is_blocked(pass, &pass->requests[i]))
            map_set(&waiting, former_key(pass, &pass->requests[i]), &pass->requests[i]);
    for (size_t i = 0; i < pass->count && waiting.count; i++)
        if (is_blocked(pass, &pass->requests[i]) &&
            is_on_cycle(pass, &waiting, &pass->requests[i])) {
            park(pass, &pass->requests[i]);
            return true;
        }
    return false;
}

/* --- all of them ------------------------------------------------------------------------------- */

static bool run_pass(struct pass *pass, bool labels, struct error *error)
{
    pass->renamed = false;
    for (size_t i = 0; i < pass->count; i++) {
        const struct rename_request *request = &pass->requests[i];

        if (labels && !request->object)
            rename_label(pass, request);
        if (!labels && request->object && !rename_object(pass, request, error))
            return false;
    }
    return true;
}

bool rename_apply(struct model *from, const struct model *wanted, struct error *error)
{
    struct map used = map_new(from->arena);
    struct map parked = map_new(from->arena);
    struct pass pass = {.from = from, .used = &used, .parked = &parked};

    from->rename_count = 0; /* what its own files once renamed is done */
    if (!wanted->rename_count)
        return true;
    pass.count = wanted->rename_count;
    pass.requests = ARENA_ARRAY(from->arena, struct rename_request, pass.count);
    memcpy(pass.requests, wanted->renames, pass.count * sizeof(*pass.requests));
    qsort(pass.requests, pass.count, sizeof(*pass.requests), compare_requests);
    do {
        do {
            if (!run_pass(&pass, false, error))
                return false;
        } while (pass.renamed);
        do {
            run_pass(&pass, true, error);
        } while (pass.renamed);
    } while (break_circle(&pass));
    return true;
}
