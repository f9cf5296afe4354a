/* Steps, hazards and locks by name. */
#include "plan/step.h"

#include <stdarg.h>
#include <string.h>

#include "model/identity.h"

static const struct {
    const char *name;
    bool lossy;
    const char *text;
} hazards[] = {
#define HAZARD(upper, name, lossy, text) [HAZARD_##upper] = {name, lossy, text},
#include "plan/hazards.def"
#undef HAZARD
};

static const char *const locks[] = {
    [LOCK_NONE] = "none",
    [LOCK_ACCESS_SHARE] = "access share",
    [LOCK_ROW_SHARE] = "row share",
    [LOCK_ROW_EXCLUSIVE] = "row exclusive",
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = "share update exclusive",
    [LOCK_SHARE] = "share",
    [LOCK_SHARE_ROW_EXCLUSIVE] = "share row exclusive",
    [LOCK_EXCLUSIVE] = "exclusive",
    [LOCK_ACCESS_EXCLUSIVE] = "access exclusive",
};

const char *hazard_name(enum hazard hazard)
{
    return hazards[hazard].name;
}

const char *hazard_text(enum hazard hazard)
{
    return hazards[hazard].text;
}

bool hazard_is_lossy(enum hazard hazard)
{
    return hazards[hazard].lossy;
}

int hazard_find(const char *name)
{
    for (int i = 0; i < HAZARD_COUNT; i++)
        if (strcmp(hazards[i].name, name) == 0)
            return i;
    return -1;
}

const char *action_name(enum step_action action)
{
    static const char *const names[] = {
        [ACTION_CREATE] = "create",
        [ACTION_ALTER] = "alter",
        [ACTION_DROP] = "drop",
        [ACTION_RENAME] = "rename",
    };

    return names[action];
}

const char *lock_name(enum step_lock lock)
{
    return locks[lock];
}

const char *step_subject(struct arena *arena, const struct step *step)
{
    if (step->subject)
        return step->subject;
    return step->object ? identity_print(arena, step->object) : "";
}

const char *step_title(struct arena *arena, const struct step *step)
{
    return arena_printf(arena, "%s %s", action_name(step->action), step_subject(arena, step));
}

struct step *step_list_add(struct step_list *list, struct arena *arena, struct step step)
{
    if (list->count == list->room) {
        struct step *grown;

        list->room = list->room ? list->room * 2 : 8;
        grown = ARENA_ARRAY(arena, struct step, list->room);
        if (list->count)
            memcpy(grown, list->items, list->count * sizeof(*grown));
        list->items = grown;
    }
    list->items[list->count] = step;
    return &list->items[list->count++];
}

struct step *sink_statement(struct step_sink *sink, const char *format, ...)
{
    va_list arguments;
    struct step step = {.action = sink->action, .object = sink->object};

    va_start(arguments, format);
    step.sql = arena_vprintf(sink->arena, format, arguments);
    va_end(arguments);
    return step_list_add(&sink->steps, sink->arena, step);
}

void step_ask(const struct step_sink *sink, struct step *step, const struct object *object,
              const char *sql, const char *found)
{
    struct row_question *question = arena_alloc(sink->arena, sizeof(*question));

    *question = (struct row_question){.sql = sql, .object = object, .found = found};
    pointer_list_add(&step->questions, sink->arena, question);
}
