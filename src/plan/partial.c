/* Partial management: marks, takes over, keeps, and looks whether that can be had (partial.h). */
#include "plan/partial.h"

#include <string.h>

#include "core/map.h"
#include "model/family.h"
#include "model/fields.h"
#include "model/identity.h"
#include "model/kept.h"
#include "model/selection.h"
#include "model/takeover.h"
#include "plan/closure.h"

static bool leaves_anything(const struct partial *partial)
{
    return partial->options->unmanaged || partial->options->only || partial->to->partial;
}

static struct object *twin_of(const struct model *model, const struct object *object)
{
    return model_find_key(model, object->key);
}

/* --- errors ------------------------------------------------------------------------------------- */

static const char *reason(const struct partial *partial, const struct object *object)
{
    if (selection_covers(partial->options->unmanaged, object))
        return "is unmanaged";
    if (partial->options->only)
        return "is left out by --only";
    return partial->to->partial ? "is not named by the wanted state (which is partial)"
                                : "is not in the wanted state and left alone";
}

/* What nobody will run can be told of all the same. */
static bool fail(const struct partial *partial, const char *text)
{
    if (!partial->options->only_shown)
        return error_set(partial->error, ERROR_REFUSED, "%s", text);
    text_list_add(&partial->to->notes, partial->to->arena, arena_strdup(partial->to->arena, text));
    return true;
}

/* --- what is left ------------------------------------------------------------------------------- */

/* Objects directly in the database or in a schema. */
static bool is_whole(const struct object *object)
{
    return !object_is_trait(object) && (!object->parent || !object->parent->parent);
}

/* What files put onto something of others that they do not declare themselves: a trigger on a table, say. */
static bool is_put_onto(const struct object *object)
{
    const struct object *above = object->parent;

    while (above && !above->adopted)
        above = above->parent;
    return above && !object->adopted;
}

/* A part of a schema names some objects, and uses others. */
static bool is_unnamed(const struct partial *partial, const struct object *object)
{
    const struct object *twin = twin_of(partial->to, object);

    return partial->to->partial && is_whole(object) && (!twin || twin->adopted);
}

static enum hold hold_of(const struct partial *partial, const struct object *object)
{
    const struct compare_options *options = partial->options;
    const struct object *twin = twin_of(partial->to, object);

    if (selection_covers(options->unmanaged, object))
        return twin && is_put_onto(twin) ? HOLD_FREE : HOLD_LEFT;
    if (options->only)
        return selection_covers(options->only, object) ? HOLD_FREE : HOLD_LEFT;
    return is_unnamed(partial, object) ? HOLD_LEFT : HOLD_NONE;
}

static void mark(const struct partial *partial, struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        struct object *object = model->objects[i];

        if (!object->removed)
            object->hold = hold_of(partial, object);
    }
}

/* --- renames ------------------------------------------------------------------------------------ */

/* What the wanted object is called in the database, as far as one name tells. */
static struct object *find_former(const struct partial *partial,
                                  const struct rename_request *request)
{
    const char *dot = strrchr(request->former_name, '.');
    const char *name = dot ? dot + 1 : request->former_name;

    for (size_t i = 0; i < partial->from->count; i++) {
        struct object *object = partial->from->objects[i];

        if (!object->removed && object->kind == request->object->kind &&
            strcmp(object->name, name) == 0 &&
            (dot || !object->parent || !request->object->parent ||
             strcmp(object->parent->key, request->object->parent->key) == 0))
            return object;
    }
    return NULL;
}

static void free_all(struct object *object)
{
    object->hold = HOLD_FREE;
    for (struct object *child = object->first_child; child; child = child->next_sibling)
        free_all(child);
}

/* What is left keeps its name; what is renamed is selected by its new one. */
static void settle_renames(const struct partial *partial)
{
    struct model *to = partial->to;
    size_t kept = 0;

    for (size_t i = 0; i < to->rename_count; i++) {
        const struct rename_request *request = &to->renames[i];
        const struct object *object = request->object ? request->object : request->enumeration;
        struct object *former = request->object ? find_former(partial, request) : NULL;

        if (object_is_left(object) ||
            (former && selection_covers(partial->options->unmanaged, former)))
            continue;
        if (former && former->hold == HOLD_LEFT)
            free_all(former);
        to->renames[kept++] = *request;
    }
    to->rename_count = kept;
}

/* --- taking over -------------------------------------------------------------------------------- */

/* What something that is left stands in stays as well: of a schema only itself, else all of it. */
static void hold_above(const struct partial *partial, const struct object *object)
{
    for (struct object *above = object->parent; above; above = above->parent)
        if (!twin_of(partial->to, above) && !object_is_left(above))
            above->hold = above->parent ? HOLD_LEFT : HOLD_STANDS;
}

/* A comment on the schema, or who owns it. */
static bool is_trait_of_standing(const struct partial *partial, const struct object *object)
{
    return object->parent && object->parent->hold == HOLD_STANDS && object_is_trait(object) &&
           !twin_of(partial->to, object);
}

struct dragging {
    const struct partial *partial;
    struct takeover *takeover;
    const struct object *user;
    bool ok;
};

/* Objects that are left may use what the wanted state lacks: then that would have to go. */
static void drag(struct object *used, void *context)
{
    struct dragging *dragging = context;
    const struct partial *partial = dragging->partial;
    const char *text;

    if (!dragging->ok || used->removed || twin_of(partial->to, used) || dragging->user->implied)
        return; /* what is implied goes and comes with what it was made for */
    text = arena_printf(partial->arena, "%s %s and uses %s, which the wanted state lacks",
                        identity_print(partial->arena, dragging->user),
                        reason(partial, dragging->user), identity_print(partial->arena, used));
    dragging->ok = fail(partial, text);
    if (!dragging->ok)
        error_hint(partial->error,
                   "Declare it, or leave it as it is too: the object that uses it would have to be "
                   "changed.");
    takeover_add(dragging->takeover, used);
}

static bool drag_all(const struct partial *partial, struct takeover *takeover)
{
    struct dragging dragging = {.partial = partial, .takeover = takeover, .ok = true};

    for (size_t i = 0; dragging.ok && i < takeover->originals.count; i++) {
        dragging.user = takeover->originals.items[i];
        fields_references(dragging.user, drag, &dragging);
    }
    return dragging.ok;
}

/* --- lists of parts ----------------------------------------------------------------------------- */

static bool has_part(const struct object *object, const char *name)
{
    for (const struct object *child = object->first_child; child; child = child->next_sibling)
        if (strcmp(child->name, name) == 0)
            return true;
    return false;
}

/* Puts a name that the other list has into this one, behind the nearest that stands before it there. */
static void insert_name(struct model *model, struct text_list *list, const struct text_list *other,
                        size_t at)
{
    struct text_list grown = {0};
    size_t place = 0;

    for (size_t before = at; before-- > 0 && !place;)
        for (size_t i = 0; i < list->count; i++)
            if (strcmp(list->items[i], other->items[before]) == 0)
                place = i + 1;
    for (size_t i = 0; i <= list->count; i++) {
        if (i == place)
            text_list_add(&grown, model->arena, arena_strdup(model->arena, other->items[at]));
        if (i < list->count)
            text_list_add(&grown, model->arena, list->items[i]);
    }
    *list = grown;
}

/* A table's order of columns names those that are kept as well. */
static void complete_list(struct model *model, const struct object *object, struct text_list *list,
                          const struct text_list *other)
{
    for (size_t i = 0; list->count && i < other->count; i++)
        if (has_part(object, other->items[i]) && !text_list_contains(list, other->items[i]))
            insert_name(model, list, other, i);
}

static void complete_lists(struct model *model, struct object *object, const struct object *other)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].type == FIELD_LIST)
            complete_list(model, object, field_of(object, &fields.items[i]),
                          field_of(other, &fields.items[i]));
}

/* What the wanted model's own parts of an object that is overwritten are looked up by, until they are taken out. */
struct declared {
    struct object *object;
    const struct object *as_declared;
};

static struct declared *remember_declared(const struct partial *partial,
                                          const struct takeover *takeover)
{
    struct declared *all = ARENA_ARRAY(partial->arena, struct declared, takeover->copies.count + 1);

    for (size_t i = 0; i < takeover->copies.count; i++) {
        struct object *object = takeover->copies.items[i];

        all[i] = (struct declared){
            object, arena_copy(partial->arena, object, kind_fields(object->kind).size)};
    }
    return all;
}

/* --- begin -------------------------------------------------------------------------------------- */

static bool take_over(const struct partial *partial)
{
    struct takeover takeover = {.to = partial->to, .arena = partial->arena};
    struct pointer_list lacking = {0};
    size_t given = partial->to->count;
    const struct declared *declared;

    for (size_t i = 0; i < partial->from->count; i++)
        if (!partial->from->objects[i]->removed && object_is_left(partial->from->objects[i]))
            hold_above(partial, partial->from->objects[i]);
    for (size_t i = 0; i < partial->from->count; i++) {
        const struct object *object = partial->from->objects[i];

        if (!object->removed && (object_is_left(object) || object->hold == HOLD_STANDS ||
                                 is_trait_of_standing(partial, object)))
            takeover_overwrite(&takeover, object);
    }
    if (!drag_all(partial, &takeover))
        return false;
    declared = remember_declared(partial, &takeover);
    takeover_finish(&takeover, &lacking);
    for (size_t i = 0; i < takeover.copies.count; i++)
        complete_lists(partial->to, declared[i].object, declared[i].as_declared);
    for (size_t i = 0; i < lacking.count; i++)
        model_remove(partial->to, lacking.items[i]);
    for (size_t i = given; i < partial->to->count; i++) {
        const struct object *original = twin_of(partial->from, partial->to->objects[i]);

        partial->to->objects[i]->hold = original->hold;
    }
    for (size_t i = 0; i < partial->to->count; i++)
        if (object_is_left(partial->to->objects[i]))
            partial->to->objects[i]->adopted = false; /* told apart from what else is adopted */
    return true;
}

bool partial_begin(const struct partial *partial)
{
    if (!leaves_anything(partial))
        return true;
    mark(partial, partial->to);
    mark(partial, partial->from);
    settle_renames(partial);
    return take_over(partial);
}

/* --- what is left and not there ----------------------------------------------------------------- */

static bool is_absent(const struct partial *partial, const struct object *object)
{
    return object_is_left(object) && !twin_of(partial->from, object);
}

static bool fail_absent(const struct partial *partial, const struct object *object,
                        const struct object *needed)
{
    const char *text =
        arena_printf(partial->arena, "%s needs %s, which %s and is not in the database",
                     identity_print(partial->arena, object), identity_print(partial->arena, needed),
                     reason(partial, needed));

    if (fail(partial, text))
        return true;
    error_hint(partial->error, "Have it made first, or let plumb make it: %s.",
               partial->options->only ? "add it to --only" : "take it out of what is unmanaged");
    return false;
}

static bool check_needs(const struct partial *partial, const struct object *object)
{
    struct pointer_list needed = closure_dependencies(partial->arena, object);

    for (size_t i = 0; i < needed.count; i++) {
        const struct object *other = needed.items[i];

        if (other->removed || !is_absent(partial, other))
            continue;
        while (other->parent && is_absent(partial, other->parent))
            other = other->parent;
        return fail_absent(partial, object, other);
    }
    return true;
}

bool partial_take_out(const struct partial *partial)
{
    struct model *to = partial->to;

    if (!leaves_anything(partial))
        return true;
    for (size_t i = 0; i < to->count; i++)
        if (!to->objects[i]->removed && !object_is_left(to->objects[i]) &&
            !check_needs(partial, to->objects[i]))
            return false;
    for (size_t i = 0; i < to->count; i++)
        if (!to->objects[i]->removed && is_absent(partial, to->objects[i]))
            model_remove(to, to->objects[i]);
    return true;
}

/* --- what is not dropped ------------------------------------------------------------------------ */

/* Another one takes its place. */
static bool is_succeeded(const struct partial *partial, const struct object *object)
{
    const struct object *parent = object->parent ? twin_of(partial->to, object->parent) : NULL;

    if (!parent)
        return false;
    if (object_is_single(object) && object_next_child(parent, object->kind, NULL))
        return true;
    return kept_is_recut(partial->from, object, parent);
}

static bool is_to_be_kept(const struct partial *partial, const struct object *object);

/* What another one that is kept cannot be without. */
static bool is_required(const struct partial *partial, const struct object *trait)
{
    const struct object *whole = trait->parent ? trait->parent->parent : NULL;

    for (const struct object *key = whole ? whole->first_child : NULL; key; key = key->next_sibling)
        if (kept_requires(key, trait) && is_to_be_kept(partial, key))
            return true;
    return false;
}

static bool is_to_be_kept(const struct partial *partial, const struct object *object)
{
    if (twin_of(partial->to, object) || object->promised)
        return false;
    if (object_is_trait(object))
        return object->parent &&
               (is_to_be_kept(partial, object->parent) || is_required(partial, object));
    return !is_succeeded(partial, object);
}

static void take_parts(const struct partial *partial, const struct takeover *takeover)
{
    bool changed = true;

    for (size_t i = 0; i < takeover->originals.count; i++) {
        const struct object *original = takeover->originals.items[i];
        struct object *copy = takeover->copies.items[i];

        copy->kept = !object_is_trait(original);
        if (copy->parent)
            complete_lists(partial->to, copy->parent, original->parent);
    }
    for (size_t round = 0; changed && round <= takeover->copies.count; round++) {
        changed = false;
        for (size_t i = 0; i < takeover->copies.count; i++)
            changed |= kept_settle(partial->from, takeover->copies.items[i]);
    }
}

/* With what it stands below: a foreign table's column. */
static bool is_rebuilt(const struct object *object)
{
    while (object && !object_is_rebuilt(object))
        object = object->parent;
    return object != NULL;
}

static void keep_all(const struct partial *partial)
{
    struct takeover takeover = {.to = partial->to, .arena = partial->arena};
    struct pointer_list kept = {0};
    struct pointer_list lacking = {0};

    for (size_t i = 0; i < partial->from->count; i++) {
        struct object *object = partial->from->objects[i];

        if (object->removed)
            continue;
        if (is_to_be_kept(partial, object))
            pointer_list_add(&kept, partial->arena, object);
        if (!is_rebuilt(object) && !object_is_trait(object) && object->hold == HOLD_NONE)
            object->hold = object_is_left(object) ? HOLD_LEFT : HOLD_STANDS;
    }
    for (size_t i = 0; i < kept.count; i++)
        takeover_add(&takeover, kept.items[i]);
    takeover_finish(&takeover, &lacking);
    take_parts(partial, &takeover);
}

/* What is made and kept must not have the same name. */
static bool check_names(const struct partial *partial)
{
    const struct dialect_planning *planning = partial->dialect->planning;
    struct map made = map_new(partial->arena);

    for (size_t i = 0; i < partial->to->count; i++) {
        struct object *object = partial->to->objects[i];
        const char *slot = object->removed || twin_of(partial->from, object)
                               ? NULL
                               : planning->slot(partial->arena, object);

        if (slot)
            map_set(&made, slot, object);
    }
    for (size_t i = 0; made.count && i < partial->to->count; i++) {
        const struct object *object = partial->to->objects[i];
        const char *slot =
            object->kept && !object->removed ? planning->slot(partial->arena, object) : NULL;
        const struct object *other = slot ? map_get(&made, slot) : NULL;

        if (other)
            return fail(partial,
                        arena_printf(partial->arena,
                                     "%s cannot be made: %s has its name, and nothing is dropped",
                                     identity_print(partial->arena, other),
                                     identity_print(partial->arena, object)));
    }
    return true;
}

/* What is kept must not keep a table from becoming a partition, or a key from being made. */
static bool check_obstacles(const struct partial *partial)
{
    for (size_t i = 0; i < partial->to->count; i++) {
        const struct object *object = partial->to->objects[i];
        const struct object *other = object->kept && !object->removed
                                         ? kept_obstructs(partial->from, partial->to, object)
                                         : NULL;

        if (!other)
            continue;
        if (fail(partial, arena_printf(partial->arena,
                                       "%s cannot become what is wanted: %s stands in the way, and "
                                       "nothing is dropped",
                                       identity_print(partial->arena, other),
                                       identity_print(partial->arena, object))))
            continue;
        error_hint(partial->error,
                   "Leave --no-drop away for this change, or drop it by hand first.");
        return false;
    }
    return true;
}

/* --- what is left differs in nothing ------------------------------------------------------------- */

static void equalize(const struct partial *partial)
{
    struct model *to = partial->to;

    for (size_t i = 0; i < to->count; i++) {
        struct object *object = to->objects[i];
        struct object *twin = object->removed ? NULL : twin_of(partial->from, object);

        if (object->removed || !object_is_left(object))
            continue;
        if (!twin) {
            model_remove(to, object);
            continue;
        }
        if (fields_changed(twin, object))
            object_copy_fields(to, object, twin);
    }
    for (size_t i = 0; i < partial->from->count; i++) {
        struct object *object = partial->from->objects[i];

        if (!object->removed && object_is_left(object) && !twin_of(to, object))
            model_remove(partial->from, object);
    }
}

/* A column that a partition has from its table goes with that, also where the partition is left. */
static bool goes_along(const struct partial *partial, const struct object *object)
{
    struct pointer_list needed = closure_dependencies(partial->arena, object);

    for (size_t i = 0; i < needed.count; i++) {
        const struct object *other = needed.items[i];

        if (other->kind == object->kind && !other->removed && !object_is_left(other) &&
            !twin_of(partial->to, other))
            return true;
    }
    return false;
}

static void let_go(const struct partial *partial)
{
    for (size_t i = 0; i < partial->from->count; i++) {
        struct object *object = partial->from->objects[i];

        if (object->removed || !object_is_left(object) || !object_is_inherited(object) ||
            !goes_along(partial, object))
            continue;
        object->hold = HOLD_FREE;
        if (twin_of(partial->to, object))
            model_remove(partial->to, twin_of(partial->to, object));
    }
}

bool partial_settle(const struct partial *partial)
{
    if (leaves_anything(partial)) {
        equalize(partial);
        let_go(partial);
    }
    if (!partial->options->no_drop)
        return true;
    keep_all(partial);
    return check_names(partial) && check_obstacles(partial);
}

/* --- the plan ----------------------------------------------------------------------------------- */

/* The object that has to be changed because of which this one cannot stay. */
static const struct object *cause_of(const struct closure *closure, const struct object *object)
{
    const struct pointer_list *needs = &closure->from_needs[object->rank];

    for (size_t i = 0; i < needs->count; i++) {
        const struct object *needed = needs->items[i];

        if (closure->fates[needed->rank] != FATE_STAYS)
            return needed;
    }
    return NULL;
}

static const char *what_happens(const struct closure *closure, const struct object *object)
{
    switch (closure->fates[object->rank]) {
    case FATE_ALTERED:
        return "altered";
    case FATE_REPLACED:
        return "dropped and made anew";
    case FATE_DROPPED:
    case FATE_STAYS:
        break;
    }
    return "dropped";
}

static bool fail_touched(const struct partial *partial, const struct closure *closure,
                         const struct object *object)
{
    const struct object *cause = cause_of(closure, object);
    const char *name = identity_print(partial->arena, object);
    bool left = object_is_left(object);
    const char *text;

    if (cause)
        text = arena_printf(partial->arena, "%s %s, but uses %s, which would be %s", name,
                            left ? reason(partial, object) : "is not to be dropped",
                            identity_print(partial->arena, cause), what_happens(closure, cause));
    else
        text = arena_printf(partial->arena, "%s %s, but would have to be %s", name,
                            left ? reason(partial, object) : "is not to be dropped",
                            what_happens(closure, object));
    if (fail(partial, text))
        return true;
    error_hint(partial->error, left ? "Change or drop it by hand first, or let plumb change it too."
                                    : "Leave --no-drop away for this change, or make it by hand.");
    return false;
}

/* A part of a table may go without being an object of its own that ends: partitions that are cut anew, former rows. */
static bool check_rows(const struct partial *partial, const struct plan *plan)
{
    static const struct {
        enum hazard hazard;
        const char *what, *with;
    } losses[] = {{HAZARD_DROP_PARTITION, "rows", " with a partition"},
                  {HAZARD_DELETE_ROWS, "rows", " with a partition"},
                  {HAZARD_DROP_HISTORY, "the history", ""}};

    for (size_t i = 0; partial->options->no_drop && i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];
        const char *name = step->object ? identity_print(partial->arena, step->object) : "a table";

        for (size_t j = 0; j < sizeof(losses) / sizeof(*losses); j++)
            if (step->hazards >> losses[j].hazard & 1)
                return fail(partial,
                            arena_printf(partial->arena,
                                         "%s of %s would be dropped%s, and nothing is dropped",
                                         losses[j].what, name, losses[j].with));
    }
    return true;
}

static void list_kept(struct plan *plan)
{
    for (size_t i = 0; i < plan->to->count; i++) {
        struct object *object = plan->to->objects[i];

        if (object->kept && !(object->parent && object->parent->kept))
            pointer_list_add(&plan->kept, plan->arena, object);
    }
}

static void note_unnamed(const struct partial *partial, struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->from->count; i++) {
        const struct object *object = plan->from->objects[i];

        count += object->hold == HOLD_LEFT && is_whole(object) &&
                 !selection_covers(partial->options->unmanaged, object);
    }
    if (partial->to->partial && !partial->options->only && count)
        text_list_add(&plan->notes, plan->arena,
                      arena_printf(plan->arena,
                                   "the wanted state is partial: %zu object%s that it does not "
                                   "name %s left alone",
                                   count, count == 1 ? "" : "s", count == 1 ? "is" : "are"));
}

/* A dialect may have found something that is left alone whatever was asked for. */
static bool holds_anything(const struct model *from)
{
    for (size_t i = 0; i < from->count; i++)
        if (from->objects[i]->hold == HOLD_LEFT)
            return true;
    return false;
}

bool partial_check(const struct partial *partial, struct plan *plan)
{
    struct closure closure;
    bool ok = true;

    list_kept(plan);
    note_unnamed(partial, plan);
    if (!leaves_anything(partial) && !partial->options->no_drop && !holds_anything(plan->from))
        return true;
    closure = closure_compute(plan->dialect, plan->from, plan->to, &plan->deltas, partial->arena);
    for (size_t i = 0; ok && i < plan->from->count; i++) {
        const struct object *object = plan->from->objects[i];
        enum fate fate = closure.fates[i];

        if ((fate != FATE_STAYS && object_is_left(object)) ||
            (fate >= FATE_DROPPED && object->hold == HOLD_STANDS))
            ok = fail_touched(partial, &closure, object);
    }
    return ok && check_rows(partial, plan);
}
