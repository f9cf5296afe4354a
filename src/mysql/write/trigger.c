/* Triggers. Several of one event run in an order, which is part of what they are. */
#include "mysql/write/write.h"

#include <string.h>

#include "model/fields.h"

static const char *event_of(const struct trigger *trigger)
{
    return trigger->events.count ? trigger->events.items[0] : "";
}

static bool same_moment(const struct trigger *a, const struct trigger *b)
{
    return text_equal(a->timing, b->timing) && strcmp(event_of(a), event_of(b)) == 0;
}

/* The trigger that runs right after this one. */
static const struct object *follower(const struct object *trigger)
{
    for (const struct object *child = trigger->parent->first_child; child;
         child = child->next_sibling)
        if (child->kind == KIND_TRIGGER && child != trigger && as_trigger(child)->follows &&
            strcmp(as_trigger(child)->follows, trigger->name) == 0 &&
            same_moment(as_trigger(child), as_trigger(trigger)))
            return child;
    return NULL;
}

/* True when the trigger exists while the other one is made: it was there, or is made before that. */
static bool is_there(const struct step_sink *sink, const struct object *trigger,
                     const struct object *other)
{
    const struct object *before = write_present(sink, trigger);

    if (before && same_moment(as_trigger(before), as_trigger(trigger)))
        return true;
    return sink->to && sink->to->sealed && trigger->rank < other->rank;
}

/* " FOLLOWS `a`" or " PRECEDES `b`" where one of those that come after it exists; a new one becomes the last. */
static const char *place(const struct step_sink *sink, const struct object *object)
{
    const struct object *next = follower(object);
    const struct object *other = object;
    size_t steps = 0;

    while (next && !is_there(sink, next, object) && steps++ < 1000)
        next = follower(next);
    if (!next)
        return "";
    while (other && as_trigger(other)->follows && steps++ < 1000) {
        other = object_child(object->parent, KIND_TRIGGER, as_trigger(other)->follows);
        if (other && is_there(sink, other, object))
            return arena_printf(sink->arena, " FOLLOWS %s", my_write_name(sink, other->name));
    }
    return arena_printf(sink->arena, " PRECEDES %s", my_write_name(sink, next->name));
}

/* The statement as it was written from the word TRIGGER on: MariaDB keeps all of it, MySQL the blanks before the
 * body. NULL where it would not do. */
static const char *own_text(const struct step_sink *sink, const struct object *object,
                            const char *placed)
{
    const char *body = as_trigger(object)->body;
    const char *rest;
    const char *text = my_verbatim_from(object, "TRIGGER", &rest);
    size_t length = text ? strlen(text) : 0;
    size_t body_length = body ? strlen(body) : 0;
    const char *start = text ? text + length - body_length : NULL;
    const char *end = start;

    if (!text || !body_length || body_length > length || strcmp(start, body) != 0 ||
        my_verbatim_has(text, start, "FOLLOWS") || my_verbatim_has(text, start, "PRECEDES"))
        return NULL;
    for (const char *at = rest; at < start; at++) /* the table, with its database */
        if (*at == '.')
            return NULL;
    while (end > text && strchr(" \t\r\n", end[-1]))
        end--;
    return arena_printf(sink->arena, "%.*s%s%s", (int)(end - text), text, placed, end);
}

static const char *trigger_text(const struct step_sink *sink, const struct object *object,
                                bool replace)
{
    const struct trigger *trigger = as_trigger(object);
    const char *placed = place(sink, object);
    const char *own = object->former_name ? NULL : own_text(sink, object, placed);
    const char *create = arena_printf(sink->arena, "CREATE %s%s", replace ? "OR REPLACE " : "",
                                      my_write_definer(sink, object));

    if (!trigger->body && object->verbatim)
        return object->verbatim;
    if (own && !*object_ancestor(object, KIND_SCHEMA)->name)
        return arena_printf(sink->arena, "%s%s", create, own);
    return arena_printf(sink->arena, "%sTRIGGER %s %s %s ON %s FOR EACH ROW%s\n%s", create,
                        my_write_path(sink, object), trigger->timing, event_of(trigger),
                        my_write_path(sink, object->parent), placed, trigger->body);
}

static void drop_trigger(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "DROP TRIGGER %s",
                       my_write_path(sink, object));
}

static const char *trial_text(const struct step_sink *sink, const struct object *object,
                              const char *name, const char *table)
{
    const struct trigger *trigger = as_trigger(object);

    return arena_printf(sink->arena, "CREATE TRIGGER %s %s %s ON %s FOR EACH ROW\n%s", name,
                        trigger->timing, event_of(trigger), table, trigger->body);
}

/* What the server would refuse, it refuses while the one before still does its work. */
static void try_reading(struct step_sink *sink, const struct object *object)
{
    const char *name = arena_printf(sink->arena, "IF NOT EXISTS %s", my_write_path(sink, object));

    if (my_write_can(sink, MY_CAN_PROGRAM_IF_NOT_EXISTS))
        my_write_statement(sink, LOCK_NONE, "%s",
                           trial_text(sink, object, name, my_write_path(sink, object->parent)))
            ->note = "read by the server, while the one before is still there";
}

/* Columns of the row are looked up only where the trigger is made: on an empty copy of the table. */
static void try_on_copy(struct step_sink *sink, const struct object *object)
{
    const char *copy = my_write_sibling(sink, object->parent, "plumb_trial");

    my_write_statement(sink, LOCK_NONE, "DROP TABLE IF EXISTS %s", copy);
    my_write_statement(sink, LOCK_NONE, "CREATE TABLE %s LIKE %s", copy,
                       my_write_path(sink, object->parent))
        ->note = "an empty copy of the table, to try the trigger on";
    my_write_statement(sink, LOCK_NONE, "%s", trial_text(sink, object, copy, copy));
    my_write_statement(sink, LOCK_NONE, "DROP TABLE %s", copy);
}

static void try_and_drop(struct step_sink *sink, const struct object *before,
                         const struct object *after)
{
    const char *body = as_trigger(after)->body;

    if (body)
        try_reading(sink, after);
    if (body && my_verbatim_names_other(body, after->parent))
        try_on_copy(sink, after);
    drop_trigger(sink, before);
}

/* before: which it takes the place of, where the server cannot replace it; or NULL. */
static void write_trigger(struct step_sink *sink, const struct object *object,
                          const struct object *before, bool replace)
{
    const struct text_list *settings = &as_trigger(object)->settings;
    const char *mode = my_program_mode(sink, settings);
    const char *text = trigger_text(sink, object, replace);

    my_settings_begin(sink, object, settings, mode, text);
    if (before)
        try_and_drop(sink, before, object);
    my_write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "%s", text);
    my_settings_end(sink, object, settings, mode, text);
}

static void create_trigger(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    (void)folded;
    write_trigger(sink, object, NULL, false);
}

static void alter_trigger(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed,
                          const struct joined_action *actions, size_t count)
{
    (void)actions;
    if (!changed && !count)
        return;
    if (my_write_can(sink, MY_CAN_OR_REPLACE)) {
        write_trigger(sink, after, NULL, true);
        return;
    }
    write_trigger(sink, after, before, false);
}

static void rename_trigger(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "DROP TRIGGER %s",
                       my_write_former(sink, object));
    write_trigger(sink, object, NULL, false);
}

const struct writer my_trigger_writer = {
    .create = create_trigger,
    .drop = drop_trigger,
    .alter_joined = alter_trigger,
    .rename = rename_trigger,
};
