/* From the deltas between a model and what files declare to changes of their texts. A statement is known by the objects
 * that are located in it. What a dump of the model writes for an object is what comes in its place. */
#include "edit/pull.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "edit/place.h"
#include "edit/table.h"
#include "model/family.h"
#include "report/report.h"

/* A statement of a file, or what else stands between two of them. */
struct spot {
    struct file *file;
    struct text_piece piece;
    struct pointer_list objects; /* of the files' model, located in it */
    bool changed;
};

struct file {
    struct edit_file *given;
    struct text_pieces pieces;
    struct spot *spots;
    struct text_changes changes;
    struct buffer tail; /* statements that come behind all others */
    size_t gone;        /* how many of its statements go */
};

struct pull {
    struct pull_request *request;
    struct arena *arena;
    const struct dialect_layout *layout;
    struct pointer_list files; /* struct file */
    struct map by_name;
    struct map spots;        /* key of an object of the files -> struct spot */
    struct map deltas;       /* key -> const struct delta */
    struct map steps_before; /* key -> const struct step that makes it */
    struct map steps_now;
    struct map placed; /* keys of new objects that have their place */
    struct text_list *touched;
    struct place_habit habit;
    struct text_list names;
    struct error *error;
};

const char *pull_family(const struct object *object)
{
    const struct object *head = object_family(object);

    return head ? head->key : object->key;
}

static enum pull_care care_of(const struct pull *pull, const struct object *object)
{
    const char *care = map_get(&pull->request->care, pull_family(object));

    return care ? (enum pull_care)(care[0] - '0') : PULL_BY_CLAUSE;
}

static void touch(struct pull *pull, const struct object *object)
{
    if (!text_list_contains(pull->touched, pull_family(object)))
        text_list_add(pull->touched, pull->arena, pull_family(object));
}

/* --- what differs ------------------------------------------------------------------------------- */

/* The delta is told from the files' side: what was added in the files is gone in the database. */
static const struct delta *delta_of(const struct pull *pull, const struct object *object)
{
    return map_get(&pull->deltas, object->key);
}

static bool is_gone(const struct pull *pull, const struct object *object)
{
    for (; object; object = object->parent) {
        const struct delta *delta = delta_of(pull, object);

        if (delta && delta->change == DELTA_ADDED)
            return true;
    }
    return false;
}

static bool is_new(const struct delta *delta)
{
    return delta->change == DELTA_REMOVED;
}

static void add_deltas(struct pull *pull)
{
    const struct delta_list *deltas = &pull->request->difference->deltas;

    for (size_t i = 0; i < deltas->count; i++) {
        const struct delta *delta = &deltas->items[i];

        map_set(&pull->deltas, delta->after ? delta->after->key : delta->before->key,
                (void *)(uintptr_t)delta);
    }
}

/* A statement that only prepares the session for the one behind it. */
static bool is_preparing(const struct pull *pull, const struct step *step)
{
    struct text_mark first;

    return mark_code(pull->layout, step->sql, strlen(step->sql), 0, &first) &&
           mark_is(step->sql, &first, "set");
}

static void add_steps(const struct pull *pull, struct map *map, const struct plan *plan)
{
    for (size_t i = 0; plan && i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.items[i];

        if (step->object && step->action == ACTION_CREATE && !map_get(map, step->object->key) &&
            !is_preparing(pull, step))
            map_set(map, step->object->key, (void *)(uintptr_t)step);
    }
}

/* --- statements --------------------------------------------------------------------------------- */

static struct file *add_file(struct pull *pull, struct edit_file *given)
{
    struct file *file = ARENA_NEW(pull->arena, struct file);

    file->given = given;
    pointer_list_add(&pull->files, pull->arena, file);
    map_set(&pull->by_name, given->name, file);
    return file;
}

static bool cut_file(struct pull *pull, struct edit_file *given)
{
    struct file *file = add_file(pull, given);

    if (!pull->layout->cut(given->text, given->length, pull->request->server, pull->arena,
                           &file->pieces, pull->error))
        return false;
    file->spots = ARENA_ARRAY(pull->arena, struct spot, file->pieces.count + 1);
    for (size_t i = 0; i < file->pieces.count; i++) {
        file->spots[i] = (struct spot){.file = file, .piece = file->pieces.items[i]};
    }
    text_list_add(&pull->names, pull->arena, given->name);
    return true;
}

/* The offset of a location in its file; (size_t)NOWHERE where there is no such line. */
static size_t offset_of(const struct file *file, struct location location)
{
    size_t at = 0;

    for (int line = 1; line < location.line; line++) {
        at = text_line_end(file->given->text, file->given->length, at) + 1;
        if (at > file->given->length)
            return (size_t)NOWHERE;
    }
    return at + (location.column ? (size_t)location.column - 1 : 0);
}

static struct spot *spot_at(struct file *file, size_t offset)
{
    for (size_t i = 0; offset != (size_t)NOWHERE && i < file->pieces.count; i++)
        if (offset >= file->pieces.items[i].start && offset < file->pieces.items[i].end)
            return &file->spots[i];
    return NULL;
}

static void locate(struct pull *pull, struct object *object)
{
    struct file *file =
        object->location.file ? map_get(&pull->by_name, object->location.file) : NULL;
    struct spot *spot = file ? spot_at(file, offset_of(file, object->location)) : NULL;

    if (!spot || spot->piece.verbatim)
        return;
    pointer_list_add(&spot->objects, pull->arena, object);
    map_set(&pull->spots, object->key, spot);
    if (object_family(object) == object)
        pointer_list_add(&pull->habit.heads, pull->arena, object);
}

/* Of a CREATE TABLE statement that makes sequences too: what was declared first in it. */
static struct object *first_in(const struct pull *pull, const struct spot *spot)
{
    struct object *first = NULL;
    struct elements elements;

    if (!elements_find(pull->layout, pull->arena, spot->file->given->text, spot->piece.start,
                       spot->piece.code_end, &elements))
        return NULL;
    for (size_t i = 0; i < spot->objects.count; i++) {
        struct object *object = spot->objects.items[i];

        if (offset_of(spot->file, object->location) < elements.open &&
            (!first || object_is_below(first, object)))
            first = object;
    }
    return first;
}

/* The object that a statement is about: the one above all others in it; NULL where it is about several. */
static struct object *subject_of(const struct pull *pull, const struct spot *spot)
{
    struct object *subject = NULL;

    for (size_t i = 0; i < spot->objects.count; i++) {
        struct object *object = spot->objects.items[i];

        if (!subject || object_is_below(subject, object))
            subject = object;
    }
    for (size_t i = 0; i < spot->objects.count; i++)
        if (!object_is_below(spot->objects.items[i], subject))
            return first_in(pull, spot);
    return subject;
}

/* What stands in the statement of another family, as a serial column's sequence does in its table's. */
static void note_owners(struct pull *pull, const struct file *file)
{
    for (size_t i = 0; i < file->pieces.count; i++) {
        const struct spot *spot = &file->spots[i];
        const struct object *subject = spot->objects.count ? subject_of(pull, spot) : NULL;

        for (size_t j = 0; subject && j < spot->objects.count; j++)
            if (!text_equal(pull_family(spot->objects.items[j]), pull_family(subject)))
                map_set(&pull->request->owners,
                        arena_strdup(pull->arena, pull_family(spot->objects.items[j])),
                        arena_strdup(pull->arena, pull_family(subject)));
    }
}

static bool cut_files(struct pull *pull)
{
    const struct model *model = pull->request->difference->to;

    for (size_t i = 0; i < pull->request->count; i++)
        if (!cut_file(pull, &pull->request->files[i]))
            return false;
    for (size_t i = 0; i < model->count; i++)
        locate(pull, model->objects[i]);
    for (size_t i = 0; i < pull->files.count; i++)
        note_owners(pull, pull->files.items[i]);
    return true;
}

/* --- what goes ---------------------------------------------------------------------------------- */

/* Where the comment begins that stands right above a statement, which it goes with; not one that heads the file. */
static size_t comment_above(const struct spot *spot)
{
    const char *text = spot->file->given->text;
    size_t start = text_line_start(text, spot->piece.start);
    size_t own = start;

    if (!text_is_blank(text, start, spot->piece.start))
        return spot->piece.start;
    while (start) {
        size_t above = text_line_start(text, start - 1);
        size_t blanks = strspn(text + above, " \t");

        if (strncmp(text + above + blanks, "--", 2) != 0 && text[above + blanks] != '#')
            break;
        start = above;
    }
    return start || own == 0 || spot->file->pieces.count == 1 ? start : own;
}

static void remove_spot(struct spot *spot, struct arena *arena)
{
    const char *text = spot->file->given->text;
    size_t length = spot->file->given->length;
    size_t from = comment_above(spot);
    size_t to = spot->piece.end;
    size_t line = text_line_end(text, length, to);

    spot->changed = true;
    spot->file->gone++;
    /* A comment behind it goes with it; another statement in that line stays. */
    if (text_is_blank(text, to, line) ||
        strncmp(text + to + strspn(text + to, " \t"), "--", 2) == 0)
        to = line + (line < length);
    if (from == text_line_start(text, from))
        while (to < length && text_is_blank(text, to, text_line_end(text, length, to)) &&
               text_line_end(text, length, to) < length)
            to = text_line_end(text, length, to) + 1;
    text_changes_add(&spot->file->changes, arena, from, to, "");
}

/* True where all that stands in the statement is gone. */
static bool is_all_gone(const struct pull *pull, const struct spot *spot)
{
    for (size_t i = 0; i < spot->objects.count; i++)
        if (!is_gone(pull, spot->objects.items[i]))
            return false;
    return spot->objects.count > 0;
}

/* --- what changes ------------------------------------------------------------------------------- */

static const struct step *step_now(const struct pull *pull, const struct object *object)
{
    return map_get(&pull->steps_now, object->key);
}

/* What of the text of "ALTER TABLE t ADD CONSTRAINT ..." stands in a list of elements; NULL for other statements. */
static const char *element_text(const struct pull *pull, const struct step *step)
{
    struct text_mark mark;
    size_t from = 0, length = step ? strlen(step->sql) : 0;

    if (!step || !mark_code(pull->layout, step->sql, length, 0, &mark) ||
        !mark_is(step->sql, &mark, "alter"))
        return NULL;
    while (mark_code(pull->layout, step->sql, length, from, &mark)) {
        from = mark.end;
        if (mark_is(step->sql, &mark, "constraint"))
            return arena_strdup(pull->arena, step->sql + mark.start);
    }
    return NULL;
}

/* The part of the table that the object is, or belongs to. */
static const struct object *part_of(const struct object *object, const struct object *table)
{
    while (object->parent && !text_equal(object->parent->key, table->key))
        object = object->parent;
    return object->parent ? object : NULL;
}

struct part_list {
    struct table_part *items;
    const char **keys;
    size_t count;
    bool options; /* something that stands behind the list of elements */
};

static struct table_part *part_named(struct part_list *list, const struct object *part)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->keys[i], part->key))
            return &list->items[i];
    list->keys[list->count] = part->key;
    list->items[list->count] = (struct table_part){.name = part->name, .place = (size_t)NOWHERE};
    return &list->items[list->count++];
}

static bool is_element(const struct pull *pull, const struct plan *plan, const struct object *table,
                       const char *name, bool constraint)
{
    const struct map *steps = plan == pull->request->now ? &pull->steps_now : &pull->steps_before;
    const struct step *step = map_get(steps, table->key);
    struct elements elements;

    return step &&
           elements_find(pull->layout, pull->arena, step->sql, 0, strlen(step->sql), &elements) &&
           element_named(&elements, name, constraint);
}

static bool has_own_step(const struct pull *pull, const struct delta *delta)
{
    const struct object *object = delta->before ? delta->before : delta->after;

    return map_get(delta->before ? &pull->steps_now : &pull->steps_before, object->key) != NULL;
}

/* Notes what a delta means for the table's statement; nothing where it has a statement of its own. */
static void add_part(struct pull *pull, struct part_list *list, const struct spot *spot,
                     const struct object *table, const struct delta *delta)
{
    const struct object *object = delta->after ? delta->after : delta->before;
    const struct object *object_part = part_of(object, table);
    struct spot *own = delta->after ? map_get(&pull->spots, object->key) : NULL;
    struct table_part *part;
    bool column;

    if (!object_part || (own && own != spot) || (has_own_step(pull, delta) && own != spot))
        return;
    if (!*object_part->name) {
        list->options = true;
        map_add(&pull->placed, object->key);
        return;
    }
    column = is_element(pull, pull->request->now, table, object_part->name, false) ||
             is_element(pull, pull->request->before, table, object_part->name, false);
    /* A constraint may be called as a column is. */
    if (object == object_part &&
        (is_element(pull, pull->request->now, table, object->name, true) ||
         is_element(pull, pull->request->before, table, object->name, true)) &&
        !(own && column && !own->changed))
        column = false;
    part = part_named(list, object_part);
    part->constraint = !column;
    part->action = object != object_part            ? TABLE_PART_CHANGED
                   : delta->change == DELTA_ADDED   ? TABLE_PART_GONE
                   : delta->change == DELTA_REMOVED ? TABLE_PART_NEW
                                                    : TABLE_PART_CHANGED;
    if (object != object_part && delta_of(pull, object_part))
        part->action = delta_of(pull, object_part)->change == DELTA_ADDED     ? TABLE_PART_GONE
                       : delta_of(pull, object_part)->change == DELTA_REMOVED ? TABLE_PART_NEW
                                                                              : TABLE_PART_CHANGED;
    if (own)
        part->place = offset_of(spot->file, object_part->location.file ? object_part->location
                                                                       : object->location);
    if (part->action == TABLE_PART_NEW && column && delta->looks_like && object == object_part)
        part->former = delta->looks_like->after->name;
    if (part->constraint && delta->before)
        part->element = element_text(pull, step_now(pull, delta->before));
}

/* A column that is renamed is not gone. */
static void join_renamed(struct part_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; list->items[i].former && j < list->count; j++)
            if (list->items[j].action == TABLE_PART_GONE &&
                text_equal(list->items[j].name, list->items[i].former)) {
                list->items[j] = list->items[list->count - 1];
                list->keys[j] = list->keys[list->count - 1];
                list->count--;
                if (i == list->count)
                    i = j;
                break;
            }
}

static struct part_list parts_of(struct pull *pull, const struct spot *spot,
                                 const struct object *table)
{
    const struct delta_list *deltas = &pull->request->difference->deltas;
    struct part_list list = {0};

    list.items = ARENA_ARRAY(pull->arena, struct table_part, deltas->count + 1);
    list.keys = ARENA_ARRAY(pull->arena, const char *, deltas->count + 1);
    for (size_t i = 0; i < deltas->count; i++)
        add_part(pull, &list, spot, table, &deltas->items[i]);
    join_renamed(&list);
    return list;
}

static bool edit_table(struct pull *pull, struct spot *spot, const struct object *table,
                       enum pull_care care)
{
    const struct step *before = map_get(&pull->steps_before, table->key);
    const struct step *now = step_now(pull, table);
    struct part_list list;
    struct table_request request;

    if (!before || !now)
        return false;
    list = parts_of(pull, spot, table);
    request =
        (struct table_request){.layout = pull->layout,
                               .arena = pull->arena,
                               .text = spot->file->given->text,
                               .from = spot->piece.start,
                               .to = spot->piece.code_end,
                               .before = before->sql,
                               .now = now->sql,
                               .care = care == PULL_BY_CLAUSE ? TABLE_BY_CLAUSE : TABLE_BY_ELEMENT,
                               .options = list.options || delta_of(pull, table),
                               .parts = list.items,
                               .count = list.count};
    if (!table_edit(&request, &spot->file->changes))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].done)
            map_add(&pull->placed, list.keys[i]);
    return true;
}

/* Everything below the object that has no statement of its own comes with its statement. */
static void place_below(struct pull *pull, const struct object *object)
{
    const struct delta_list *deltas = &pull->request->difference->deltas;

    for (size_t i = 0; i < deltas->count; i++) {
        const struct object *other = deltas->items[i].before;

        if (other && is_new(&deltas->items[i]) && !step_now(pull, other))
            for (const struct object *above = other; above; above = above->parent)
                if (text_equal(above->key, object->key))
                    map_add(&pull->placed, other->key);
    }
}

static bool replace_spot(struct pull *pull, struct spot *spot, const struct object *subject)
{
    const struct step *step = step_now(pull, subject);

    if (!step)
        return false;
    text_changes_add(&spot->file->changes, pull->arena, spot->piece.start, spot->piece.code_end,
                     step->sql);
    if (spot->piece.end == spot->piece.code_end)
        text_changes_add(&spot->file->changes, pull->arena, spot->piece.end, spot->piece.end, ";");
    place_below(pull, subject);
    return true;
}

/* True where something that the statement says, or could say, differs. */
static bool concerns(const struct pull *pull, const struct spot *spot, const struct object *subject)
{
    const struct delta_list *deltas = &pull->request->difference->deltas;

    for (size_t i = 0; i < spot->objects.count; i++)
        if (delta_of(pull, spot->objects.items[i]))
            return true;
    for (size_t i = 0; subject && i < deltas->count; i++) {
        const struct delta *delta = &deltas->items[i];
        const struct object *object = delta->after ? delta->after : delta->before;

        if (part_of(object, subject) && !has_own_step(pull, delta) &&
            !(delta->after && map_get(&pull->spots, delta->after->key)))
            return true;
    }
    return false;
}

/* What another statement said of the object, the one that is written anew says now. */
static bool is_said_elsewhere(const struct pull *pull, const struct spot *spot)
{
    for (size_t i = 0; i < spot->objects.count; i++) {
        const struct object *object = spot->objects.items[i];
        const struct object *above = object->parent;

        while (above && !map_get(&pull->steps_now, above->key))
            above = above->parent;
        if (!above || map_get(&pull->steps_now, object->key) ||
            !map_get(&pull->spots, above->key) || care_of(pull, object) != PULL_BY_STATEMENT ||
            map_get(&pull->spots, above->key) == spot)
            return false;
    }
    return spot->objects.count > 0;
}

static const char *dead_key(struct arena *arena, const char *name, const char *text,
                            const struct text_piece *piece)
{
    return arena_printf(arena, "%s:%.*s", name, (int)(piece->end - piece->start),
                        text + piece->start);
}

static bool is_dead(const struct pull *pull, const struct spot *spot)
{
    return pull->request->dead.count &&
           map_get(&pull->request->dead, dead_key(pull->arena, spot->file->given->name,
                                                  spot->file->given->text, &spot->piece));
}

/* A statement that only says something of an object: ALTER, DROP and their like. */
static bool is_saying(const struct pull *pull, const struct spot *spot)
{
    static const char *const words[] = {"alter", "drop", "comment", "rename"};
    const char *text = spot->file->given->text;
    struct text_mark first;
    bool found = false;

    if (spot->objects.count || spot->piece.verbatim ||
        !mark_code(pull->layout, text, spot->piece.end, spot->piece.start, &first))
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        found = found || mark_is(text, &first, words[i]);
    return found;
}

static bool speaks_of(const struct pull *pull, const struct spot *spot, const char *name)
{
    const char *text = spot->file->given->text;
    struct text_mark mark;

    for (size_t at = spot->piece.start; mark_code(pull->layout, text, spot->piece.end, at, &mark);
         at = mark.end)
        if ((mark.kind == MARK_WORD || mark.kind == MARK_NAME) &&
            strcasecmp(mark_name(pull->arena, text, &mark), name) == 0)
            return true;
    return false;
}

/* True where the statement is of a family that is remade, and of no other. */
static bool is_remade(const struct pull *pull, const struct spot *spot)
{
    for (size_t i = 0; i < spot->objects.count; i++)
        if (care_of(pull, spot->objects.items[i]) != PULL_BY_REMAKING &&
            !is_gone(pull, spot->objects.items[i]))
            return false;
    if (spot->objects.count || !is_saying(pull, spot))
        return spot->objects.count > 0 && care_of(pull, spot->objects.items[0]) == PULL_BY_REMAKING;
    for (size_t i = 0; i < pull->habit.heads.count; i++) {
        const struct object *head = pull->habit.heads.items[i];

        if (care_of(pull, head) == PULL_BY_REMAKING && speaks_of(pull, spot, head->name))
            return true;
    }
    return false;
}

static void edit_spot(struct pull *pull, struct spot *spot)
{
    struct object *subject = subject_of(pull, spot);
    enum pull_care care = subject ? care_of(pull, subject) : PULL_BY_CLAUSE;

    if (is_remade(pull, spot) && spot->objects.count)
        touch(pull, spot->objects.items[0]);
    if (is_dead(pull, spot) || is_said_elsewhere(pull, spot) || is_remade(pull, spot)) {
        remove_spot(spot, pull->arena);
        return;
    }
    if (!concerns(pull, spot, subject))
        return;
    touch(pull, spot->objects.items[0]);
    if (care >= PULL_BY_ALTER && !is_gone(pull, subject))
        return;
    if (is_all_gone(pull, spot)) {
        remove_spot(spot, pull->arena);
        return;
    }
    if (!subject || (care < PULL_BY_STATEMENT && edit_table(pull, spot, subject, care)))
        return;
    replace_spot(pull, spot, subject);
}

/* --- what comes --------------------------------------------------------------------------------- */

/* The last statement about the family, in the file of the object itself if it has one there. */
static struct spot *home_of(const struct pull *pull, const struct object *object)
{
    const struct object *head = object_family(object);
    struct spot *first = head ? map_get(&pull->spots, head->key) : NULL;
    struct spot *found = first;

    if (!first || is_gone(pull, subject_of(pull, first) ? subject_of(pull, first) : head))
        return NULL;
    for (size_t i = 0; i < first->file->pieces.count; i++) {
        struct spot *spot = &first->file->spots[i];

        for (size_t j = 0; j < spot->objects.count; j++)
            if (text_equal(pull_family(spot->objects.items[j]), head->key) && spot > found &&
                !is_all_gone(pull, spot))
                found = spot;
    }
    return found;
}

static struct file *file_named(struct pull *pull, const char *name)
{
    struct file *file = map_get(&pull->by_name, name);
    struct edit_file *given;

    if (file)
        return file;
    given = ARENA_NEW(pull->arena, struct edit_file);
    given->name = name;
    return add_file(pull, given);
}

static const char *step_text(struct pull *pull, const struct step *step)
{
    struct buffer text = BUFFER_EMPTY;

    append_step(&text, step);
    return buffer_take(&text, pull->arena);
}

static void append_to(struct file *file, const char *text)
{
    if (file->tail.length)
        buffer_append_char(&file->tail, '\n');
    buffer_append(&file->tail, text);
}

/* The last statement that speaks of the family's head at all, in the head's file: an ALTER has to come behind it. */
static struct spot *last_word_of(const struct pull *pull, const struct object *object)
{
    const struct object *head = object_family(object);
    struct spot *first = head ? map_get(&pull->spots, head->key) : NULL;

    if (!first)
        return NULL;
    for (size_t i = first->file->pieces.count; i-- > 0;)
        if (&first->file->spots[i] == first || speaks_of(pull, &first->file->spots[i], head->name))
            return &first->file->spots[i];
    return first;
}

/* Behind the last statement of its family, or where objects of its kind stand. */
static bool put_step(struct pull *pull, const struct step *step, const struct object *object)
{
    bool remade = care_of(pull, object) == PULL_BY_REMAKING;
    struct spot *home = remade                                   ? NULL
                        : care_of(pull, object) == PULL_BY_ALTER ? last_word_of(pull, object)
                                                                 : home_of(pull, object);
    struct spot *former = remade ? map_get(&pull->spots, pull_family(object)) : NULL;
    const char *name;

    touch(pull, object);
    if (home) {
        const char *text = home->file->given->text;
        size_t end = text_line_end(text, home->file->given->length, home->piece.end);
        char *statement = arena_strdup(pull->arena, step_text(pull, step));

        statement[strlen(statement) - 1] = '\0';
        text_changes_add(&home->file->changes, pull->arena, end, end,
                         arena_printf(pull->arena, "\n\n%s", statement));
        return true;
    }
    if (former) {
        append_to(former->file, step_text(pull, step));
        return true;
    }
    name =
        place_of(pull->arena, &pull->habit, object_family(object) ? object_family(object) : object);
    if (!name)
        return false;
    append_to(file_named(pull, name), step_text(pull, step));
    return true;
}

/* In the state that has to come out: is its family remade? */
static bool is_to_remake(const struct pull *pull, const struct step *step)
{
    return step->object && care_of(pull, step->object) == PULL_BY_REMAKING;
}

static bool is_wanted(const struct pull *pull, const struct step *step)
{
    const struct delta *delta = step->object ? map_get(&pull->deltas, step->object->key) : NULL;

    return delta &&
           (is_new(delta) ||
            (delta->change == DELTA_CHANGED && !map_get(&pull->spots, step->object->key))) &&
           !map_get(&pull->placed, step->object->key) &&
           (care_of(pull, step->object) >= PULL_BY_STATEMENT || !is_preparing(pull, step)) &&
           (care_of(pull, step->object) < PULL_BY_ALTER ||
            object_family(step->object) == step->object);
}

static void add_new(struct pull *pull)
{
    const struct step_list *steps = &pull->request->now->steps;

    for (size_t i = 0; i < steps->count; i++)
        if (is_to_remake(pull, &steps->items[i]) || is_wanted(pull, &steps->items[i]))
            put_step(pull, &steps->items[i], steps->items[i].object);
}

/* What is gone went with its statement. */
static bool has_gone(const struct pull *pull, const struct step *step)
{
    const struct spot *spot = map_get(&pull->spots, step->object->key);

    return step->action == ACTION_DROP && spot && is_all_gone(pull, spot);
}

static void add_alters(struct pull *pull)
{
    const struct step_list *steps = pull->request->alter ? &pull->request->alter->steps : NULL;

    for (size_t i = 0; steps && i < steps->count; i++) {
        const struct object *object = steps->items[i].object;

        if (!object || has_gone(pull, &steps->items[i]))
            continue;
        if (care_of(pull, object) == PULL_BY_ALTER && object_family(object) != object)
            put_step(pull, &steps->items[i], object);
        else if (care_of(pull, object) == PULL_BY_ALTER &&
                 steps->items[i].action != ACTION_CREATE && !is_gone(pull, object))
            put_step(pull, &steps->items[i], object);
    }
}

/* --- the texts ---------------------------------------------------------------------------------- */

/* A file of which no statement remains goes, whatever comments it has. */
static bool is_empty(const struct file *file)
{
    return file->gone && file->gone == file->pieces.count && !file->tail.length;
}

static bool finish_file(struct pull *pull, struct file *file)
{
    const char *text = file->given->text ? file->given->text : "";
    const char *now = text;
    struct buffer whole = BUFFER_EMPTY;

    if (file->changes.count)
        now = text_changed(pull->arena, text, file->given->length, &file->changes);
    if (!now)
        return false;
    if (file->tail.length) {
        size_t length = strlen(now);

        while (length && strchr(" \t\r\n", now[length - 1]))
            length--;
        buffer_append_bytes(&whole, now, length);
        if (length)
            buffer_append(&whole, "\n\n");
        buffer_append(&whole, buffer_text(&file->tail));
        now = buffer_take(&whole, pull->arena);
    }
    buffer_free(&file->tail);
    file->given->now = is_empty(file) ? NULL : now;
    return true;
}

static bool finish(struct pull *pull)
{
    struct edit_file *files = ARENA_ARRAY(pull->arena, struct edit_file, pull->files.count + 1);
    bool ok = true;

    for (size_t i = 0; i < pull->files.count; i++) {
        struct file *file = pull->files.items[i];

        ok = finish_file(pull, file) && ok;
        files[i] = *file->given;
    }
    pull->request->files = files;
    pull->request->count = pull->files.count;
    return ok;
}

bool pull_edit(struct pull_request *request, struct text_list *touched, struct error *error)
{
    struct pull pull = {.request = request,
                        .arena = request->arena,
                        .layout = request->dialect->layout,
                        .by_name = map_new(request->arena),
                        .spots = map_new(request->arena),
                        .deltas = map_new(request->arena),
                        .steps_before = map_new(request->arena),
                        .steps_now = map_new(request->arena),
                        .placed = map_new(request->arena),
                        .touched = touched,
                        .error = error};

    request->owners = map_new(request->arena);
    pull.habit.files = &pull.names;
    pull.habit.folder = request->folder;
    add_deltas(&pull);
    add_steps(&pull, &pull.steps_before, request->before);
    add_steps(&pull, &pull.steps_now, request->now);
    if (!cut_files(&pull))
        return false;
    for (size_t i = 0; i < pull.files.count; i++) {
        struct file *file = pull.files.items[i];

        for (size_t j = 0; j < file->pieces.count; j++)
            edit_spot(&pull, &file->spots[j]);
    }
    add_new(&pull);
    add_alters(&pull);
    return finish(&pull);
}

/* The line's statement, as the file is now. */
static const struct text_piece *piece_in_line(const struct text_pieces *pieces, const char *text,
                                              int line)
{
    size_t at = 0, length = strlen(text);

    for (int i = 1; i < line; i++)
        at = text_line_end(text, length, at) + (at < length);
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->items[i].end > at && pieces->items[i].start <= text_line_end(text, length, at))
            return &pieces->items[i];
    return NULL;
}

bool pull_note_dead(struct pull_request *request, const char *name, int line)
{
    for (size_t i = 0; line && i < request->count; i++) {
        const struct edit_file *file = &request->files[i];
        struct text_pieces pieces = {0};
        struct error unseen = {0};
        const struct text_piece *piece;
        const char *key;

        if (!file->text || !file->now || strcmp(file->name, name) != 0 ||
            !request->dialect->layout->cut(file->now, strlen(file->now), request->server,
                                           request->arena, &pieces, &unseen))
            continue;
        piece = piece_in_line(&pieces, file->now, line);
        key = piece ? dead_key(request->arena, name, file->now, piece) : NULL;
        return key && strstr(file->text, key + strlen(name) + 1) && map_add(&request->dead, key);
    }
    return false;
}
