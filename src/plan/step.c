/* Steps, hazards and locks by name. */
#include "plan/step.h"

#include <stdarg.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text/shown.h"
#include "model/family.h"
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

const char *lock_block_text(enum lock_block block)
{
    static const char *const texts[] = {
        [BLOCK_NOTHING] = "blocks nothing",
        [BLOCK_SCHEMA_CHANGES] = "blocks other schema changes",
        [BLOCK_WRITERS] = "blocks writers",
        [BLOCK_READERS_AND_WRITERS] = "blocks readers and writers",
    };

    return texts[block];
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

const struct step *step_part(const struct step *step, size_t index)
{
    if (step->joined.count)
        return index < step->joined.count ? step->joined.items[index] : NULL;
    return index ? NULL : step;
}

bool step_does(const struct step *step, enum step_action action, const struct object *object)
{
    const struct step *part;

    for (size_t i = 0; (part = step_part(step, i)) != NULL; i++)
        if (part->action == action && part->object == object)
            return true;
    return false;
}

enum { titled_parts = 4, listed_parts = 5 };

const char *step_part_title(struct arena *arena, enum step_action action,
                            const struct object *object)
{
    return arena_printf(arena, "%s %s%s%s", action_name(action), object_kind_name(object),
                        object->name[0] ? " " : "", text_shown(arena, object->name));
}

const char *step_subject_of(struct arena *arena, const struct object *whole,
                            const struct text_list *titles)
{
    struct buffer list = BUFFER_EMPTY;

    for (size_t i = 0; i < titles->count && (i < titled_parts || titles->count <= listed_parts);
         i++) {
        buffer_separate(&list, 0, ", ");
        buffer_append(&list, titles->items[i]);
    }
    if (titles->count > listed_parts)
        buffer_printf(&list, ", and %zu more", titles->count - titled_parts);
    return arena_printf(arena, "%s: %s", identity_print(arena, whole), buffer_take(&list, arena));
}

/* What a step that does several things drops and changes. */
static const char *list_ended(struct arena *arena, const struct step *step)
{
    struct text_list parts = {0};

    for (size_t i = 0; i < step->joined.count; i++) {
        const struct step *part = step->joined.items[i];

        if (part->action != ACTION_CREATE)
            text_list_add(&parts, arena, identity_print(arena, part->object));
    }
    return parts.count ? text_list_join(&parts, arena, ", ") : NULL;
}

static const char *join_clauses(struct arena *arena, const struct step *step)
{
    struct text_list clauses = {0};

    for (size_t i = 0; i < step->joined.count; i++)
        text_list_add(&clauses, arena, ((const struct step *)step->joined.items[i])->clause);
    return arena_printf(arena, "%s\n    %s", step->alters,
                        text_list_join(&clauses, arena, ",\n    "));
}

static void add_all(struct pointer_list *list, struct arena *arena, const struct pointer_list *more)
{
    for (size_t i = 0; i < more->count; i++)
        pointer_list_add(list, arena, more->items[i]);
}

/* What the other one costs and is there for. */
static void add_costs(struct arena *arena, struct step *step, const struct step *other)
{
    step->hazards |= other->hazards;
    step->lock = other->lock > step->lock ? other->lock : step->lock;
    step->rewrites = step->rewrites || other->rewrites;
    step->scans = step->scans || other->scans;
    add_all(&step->comes_back, arena, &other->comes_back);
    add_all(&step->deltas, arena, &other->deltas);
    add_all(&step->questions, arena, &other->questions);
    if (other->note)
        step->note =
            step->note ? arena_printf(arena, "%s\n%s", step->note, other->note) : other->note;
}

void step_join(struct arena *arena, struct step *step, const struct step *other,
               const struct object *table)
{
    struct text_list titles = {0};

    if (!step->joined.count) {
        struct step *first = arena_copy(arena, step, sizeof(*step));

        step->comes_back =
            (struct pointer_list){0}; /* the lists of the first may be others' as well */
        step->deltas = (struct pointer_list){0};
        step->questions = (struct pointer_list){0};
        pointer_list_add(&step->joined, arena, first);
        step->note = NULL;
        add_costs(arena, step, first);
    }
    pointer_list_add(&step->joined, arena, arena_copy(arena, other, sizeof(*other)));
    add_costs(arena, step, other);
    step->action = ACTION_ALTER;
    step->object = table;
    step->sql = join_clauses(arena, step);
    step->parts = list_ended(arena, step);
    for (size_t i = 0; i < step->joined.count; i++) {
        const struct step *part = step->joined.items[i];

        text_list_add(&titles, arena, step_part_title(arena, part->action, part->object));
    }
    step->subject = step_subject_of(arena, table, &titles);
}

const struct object *step_locked(const struct step *step)
{
    return step->locked ? step->locked : object_family(step->object);
}

struct step *step_list_add(struct step_list *list, struct arena *arena, struct step step)
{
    list->items = list_room(arena, list->items, list->count, &list->room, sizeof(*list->items));
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
