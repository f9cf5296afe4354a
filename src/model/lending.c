/* What files may use of the database that they are meant for without declaring it. */
#include "model/lending.h"

#include <ctype.h>
#include <string.h>

#include "model/family.h"
#include "model/identity.h"
#include "model/selection.h"
#include "model/takeover.h"

static bool is_lent(const struct model *model, const struct object *object)
{
    return model->partial || selection_covers(model->lent, object);
}

/* Parts are adopted with the whole alone. */
static bool may_be_added(const struct model *model, const struct object *object)
{
    const struct object *parent;

    if (model_find_key(model, object->key))
        return false;
    if (!object->parent || !object->parent->parent)
        return !object_is_trait(object);
    parent = model_find_key(model, object->parent->key);
    return parent && parent->adopted;
}

static void adopt(struct takeover *takeover, const struct object *object)
{
    size_t before = takeover->copies.count;

    takeover_add(takeover, object);
    for (size_t i = before; i < takeover->copies.count; i++) {
        struct object *copy = takeover->copies.items[i];

        copy->adopted = copy->parent != NULL; /* what else stands in a schema is the files' own */
    }
}

static bool is_of_word(char character)
{
    return isalnum((unsigned char)character) || character == '_' || character == '.';
}

static bool names(const char *text, const char *path)
{
    size_t length = strlen(path);

    for (const char *at = text; (at = strstr(at, path)); at++)
        if ((at == text || !is_of_word(at[-1])) && !is_of_word(at[length]))
            return true;
    return false;
}

const struct object *lending_find_named(const struct model *model, const char *text)
{
    const struct model *lender = model->lender;
    struct arena *scratch = arena_new();
    const struct object *found = NULL;

    for (size_t i = 0; lender && !found && i < lender->count; i++) {
        const struct object *object = lender->objects[i];

        if (!object->removed && object->parent && !object->parent->parent &&
            !object_is_trait(object) && names(text, identity_path(scratch, object)))
            found = object;
    }
    arena_free(scratch);
    return found;
}

bool lending_adopt(struct model *model)
{
    struct takeover takeover = {.to = model, .arena = model->arena};
    struct pointer_list lacking = {0};

    if (!model->lender || (!model->partial && !model->lent))
        return false;
    for (size_t i = 0; i < model->lender->count; i++) {
        const struct object *object = model->lender->objects[i];

        if (!object->removed && may_be_added(model, object) && is_lent(model, object))
            adopt(&takeover, object);
    }
    takeover_finish(&takeover, &lacking);
    for (size_t i = 0; i < lacking.count; i++)
        model_remove(model, lacking.items[i]);
    return takeover.copies.count > lacking.count;
}
