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
    const struct object *before = my_present(sink, trigger);

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

static void write_trigger(struct step_sink *sink, const struct object *object, bool replace)
{
    const struct text_list *settings = &as_trigger(object)->settings;
    const char *mode = my_program_mode(sink, settings);
    const char *text = trigger_text(sink, object, replace);

    my_settings_begin(sink, object, settings, mode, text);
    my_write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "%s", text);
    my_settings_end(sink, object, settings, mode, text);
}

static void create_trigger(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    (void)folded;
    write_trigger(sink, object, false);
}

static void drop_trigger(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "DROP TRIGGER %s",
                       my_write_path(sink, object));
}

static void alter_trigger(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed,
                          const struct joined_action *actions, size_t count)
{
    (void)actions;
    if (!changed && !count)
        return;
    if (my_write_can(sink, MY_CAN_OR_REPLACE)) {
        write_trigger(sink, after, true);
        return;
    }
    drop_trigger(sink, before);
    write_trigger(sink, after, false);
}

static void rename_trigger(struct step_sink *sink, const struct object *object)
{
    my_write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "DROP TRIGGER %s",
                       my_write_former(sink, object));
    write_trigger(sink, object, false);
}

const struct my_writer my_trigger_writer = {
    .create = create_trigger,
    .drop = drop_trigger,
    .alter = alter_trigger,
    .rename = rename_trigger,
};
