/* A dump as a folder: one file for each family of objects, and main.sql, which includes them in an
 * order in which psql can run them. That order exists for statements, but not always for files: two
 * tables may refer to each other. Statements that would close such a cycle go to cycles.sql, which
 * comes last. */
#include "report/report.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/family.h"
#include "model/fields.h"

static const char header[] =
    "-- Written by plumb dump --split: the database's own client runs this file, in its folder.\n";

/* One file to write. */
struct piece {
    const char *path;
    struct pointer_list steps; /* struct split_step */
    bool placed;
};

struct split_step {
    const struct step *step;
    struct piece *piece;
    struct pointer_list needs; /* struct split_step: what must be run before it */
    bool late;                 /* goes to cycles.sql */
};

struct split {
    const struct plan *plan;
    struct arena *scratch;
    struct split_step *steps;
    struct split_step **makers; /* by rank in the wanted model: the step that makes the object */
    struct pointer_list pieces; /* in the order of their first steps */
    struct map by_path;
    struct pointer_list order;  /* the pieces as main.sql includes them */
    struct split_step *current; /* while needs are collected */
};

/* --- what comes before what ------------------------------------------------------------------ */

static struct piece *piece_at(struct split *split, const char *path)
{
    struct piece *piece = map_get(&split->by_path, path);

    if (piece)
        return piece;
    piece = ARENA_NEW(split->scratch, struct piece);
    piece->path = path;
    map_set(&split->by_path, path, piece);
    pointer_list_add(&split->pieces, split->scratch, piece);
    return piece;
}

static void add_steps(struct split *split)
{
    const struct step_list *steps = &split->plan->steps;

    split->steps = ARENA_ARRAY(split->scratch, struct split_step, steps->count + 1);
    split->makers = ARENA_ARRAY(split->scratch, struct split_step *, split->plan->to->count + 1);
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];

        split->steps[i].step = step;
        split->steps[i].piece = piece_at(split, family_path(split->scratch, step->object));
        pointer_list_add(&split->steps[i].piece->steps, split->scratch, &split->steps[i]);
        if (step->action == ACTION_CREATE && step->object && !split->makers[step->object->rank])
            split->makers[step->object->rank] = &split->steps[i];
    }
}

/* The step that makes the object, by itself or as a part of what it stands in. */
static struct split_step *maker_of(const struct split *split, const struct object *object)
{
    while (object && !split->makers[object->rank])
        object = object->parent;
    return object ? split->makers[object->rank] : NULL;
}

static void need_object(struct object *needed, void *context)
{
    struct split *split = context;
    struct split_step *maker = maker_of(split, needed);

    if (maker && maker != split->current)
        pointer_list_add(&split->current->needs, split->scratch, maker);
}

static void collect_needs(struct split *split, struct split_step *step, const struct object *object)
{
    split->current = step;
    if (object->parent)
        need_object(object->parent, split);
    for (size_t i = 0; i < object->needs.count; i++)
        need_object(object->needs.items[i], split);
    fields_references(object, need_object, split);
}

static void add_needs(struct split *split)
{
    const struct model *to = split->plan->to;

    for (size_t i = 0; i < to->count; i++) {
        struct split_step *maker = maker_of(split, to->objects[i]);

        if (maker)
            collect_needs(split, maker, to->objects[i]);
    }
    for (size_t i = 0; i < split->plan->steps.count; i++) {
        struct split_step *step = &split->steps[i];

        if (step->step->action == ACTION_ALTER && step->step->object) {
            collect_needs(split, step, step->step->object);
            need_object(split->plan->to->objects[step->step->object->rank], split);
        }
    }
}

static bool is_ready(const struct split_step *step)
{
    for (size_t i = 0; i < step->needs.count; i++) {
        const struct split_step *needed = step->needs.items[i];

        if (needed->late || (needed->piece != step->piece && !needed->piece->placed))
            return false;
    }
    return true;
}

static bool is_piece_ready(const struct piece *piece)
{
    for (size_t i = 0; i < piece->steps.count; i++)
        if (!is_ready(piece->steps.items[i]))
            return false;
    return true;
}

static void place(struct split *split, struct piece *piece)
{
    for (size_t i = 0; i < piece->steps.count; i++) {
        struct split_step *step = piece->steps.items[i];

        step->late = step->late || !is_ready(step);
    }
    piece->placed = true;
    pointer_list_add(&split->order, split->scratch, piece);
}

/* Where every file waits for another: the first one whose own object could be made already gives up
 * the statements that wait. */
static void break_cycle(struct split *split)
{
    struct piece *first = NULL;

    for (size_t i = 0; i < split->pieces.count; i++) {
        struct piece *piece = split->pieces.items[i];

        if (piece->placed)
            continue;
        if (is_ready(piece->steps.items[0])) {
            place(split, piece);
            return;
        }
        first = first ? first : piece;
    }
    place(split, first);
}

static void order_pieces(struct split *split)
{
    while (split->order.count < split->pieces.count) {
        size_t before = split->order.count;

        for (size_t i = 0; i < split->pieces.count; i++) {
            struct piece *piece = split->pieces.items[i];

            if (!piece->placed && is_piece_ready(piece))
                place(split, piece);
        }
        if (split->order.count == before)
            break_cycle(split);
    }
}

/* --- the folder ------------------------------------------------------------------------------ */

static bool fail_io(struct error *error, const char *what, const char *path)
{
    return error_set(error, ERROR_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

static bool is_empty_folder(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;
    bool empty = true;

    if (!stream)
        return errno == ENOENT;
    while (empty && (entry = readdir(stream)))
        empty = entry->d_name[0] == '.';
    closedir(stream);
    return empty;
}

/* The files that main.sql of an earlier dump names; false when there is no such main.sql. */
static bool read_manifest(struct arena *arena, const char *folder, struct text_list *files)
{
    char line[4096];
    FILE *stream = fopen(arena_printf(arena, "%s/main.sql", folder), "r");
    bool ours;

    if (!stream)
        return false;
    ours = fgets(line, sizeof(line), stream) && strcmp(line, header) == 0;
    while (ours && fgets(line, sizeof(line), stream)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "\\ir ", 4) == 0 && line[4] != '/' && !strstr(line, ".."))
            text_list_add(files, arena, arena_strdup(arena, line + 4));
    }
    fclose(stream);
    return ours;
}

static bool check_folder(struct arena *arena, const char *folder, struct text_list *former,
                         struct error *error)
{
    if (read_manifest(arena, folder, former) || is_empty_folder(folder))
        return true;
    error_hint(error, "Give a new or empty folder, or one that plumb dump --split wrote before.");
    return error_set(error, ERROR_REFUSED, "folder %s holds something else already", folder);
}

/* Makes the folders above a file. */
static bool make_folders(char *path, struct error *error)
{
    for (char *at = path + 1; *at; at++) {
        int status;

        if (*at != '/')
            continue;
        *at = '\0';
        status = mkdir(path, 0777);
        if (status != 0 && errno != EEXIST) {
            fail_io(error, "make folder", path);
            *at = '/';
            return false;
        }
        *at = '/';
    }
    return true;
}

static bool write_file(struct arena *arena, const char *folder, const char *name,
                       const struct buffer *text, struct error *error)
{
    char *path = arena_printf(arena, "%s/%s", folder, name);
    FILE *stream;
    bool ok;

    if (!make_folders(path, error))
        return false;
    stream = fopen(path, "w");
    if (!stream)
        return fail_io(error, "write", path);
    ok = fwrite(buffer_text(text), 1, text->length, stream) == text->length;
    ok = fclose(stream) == 0 && ok;
    return ok || fail_io(error, "write", path);
}

/* Removes a file of an earlier dump, and the folders that are empty then. */
static void remove_former(struct arena *arena, const char *folder, const char *name)
{
    char *path = arena_printf(arena, "%s/%s", folder, name);
    char *slash;

    if (unlink(path) != 0)
        return;
    while ((slash = strrchr(path, '/')) && (size_t)(slash - path) > strlen(folder)) {
        *slash = '\0';
        if (rmdir(path) != 0)
            return;
    }
}

/* --- writing --------------------------------------------------------------------------------- */

static void append_settings(struct buffer *text, const struct step_list *steps)
{
    for (size_t i = 0; i < steps->count; i++)
        append_statement(text, steps->items[i].sql, 0);
}

static void append_split_step(struct buffer *text, const struct split_step *step)
{
    buffer_separate(text, 0, "\n");
    append_step(text, step->step);
}

/* Writes the text unless it is empty, and names it in main.sql. */
static bool write_part(struct split *split, const char *folder, const char *path,
                       struct buffer *text, struct buffer *main_text, struct text_list *written,
                       struct error *error)
{
    bool ok = true;

    if (text->length) {
        buffer_printf(main_text, "\\%s %s\n", split->plan->dialect->include_command, path);
        text_list_add(written, split->scratch, path);
        ok = write_file(split->scratch, folder, path, text, error);
    }
    buffer_free(text);
    return ok;
}

static bool write_piece(struct split *split, const char *folder, const struct piece *piece,
                        struct buffer *main_text, struct text_list *written, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < piece->steps.count; i++) {
        const struct split_step *step = piece->steps.items[i];

        if (!step->late)
            append_split_step(&text, step);
    }
    return write_part(split, folder, piece->path, &text, main_text, written, error);
}

static bool write_late(struct split *split, const char *folder, struct buffer *main_text,
                       struct text_list *written, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < split->plan->steps.count; i++)
        if (split->steps[i].late)
            append_split_step(&text, &split->steps[i]);
    return write_part(split, folder, "cycles.sql", &text, main_text, written, error);
}

static bool write_all(struct split *split, const char *folder, struct text_list *written,
                      struct error *error)
{
    struct buffer main_text = BUFFER_EMPTY;
    bool ok = true;

    buffer_append(&main_text, header);
    append_head(&main_text, split->plan);
    append_settings(&main_text, &split->plan->before);
    for (size_t i = 0; ok && i < split->order.count; i++)
        ok = write_piece(split, folder, split->order.items[i], &main_text, written, error);
    ok = ok && write_late(split, folder, &main_text, written, error);
    append_settings(&main_text, &split->plan->after);
    ok = ok && write_file(split->scratch, folder, "main.sql", &main_text, error);
    buffer_free(&main_text);
    return ok;
}

bool report_split(const struct plan *plan, const char *folder, struct error *error)
{
    struct arena *scratch = arena_new();
    struct split split = {.plan = plan, .scratch = scratch, .by_path = map_new(scratch)};
    struct text_list former = {0};
    struct text_list written = {0};
    bool ok = check_folder(scratch, folder, &former, error);

    if (ok) {
        add_steps(&split);
        add_needs(&split);
        order_pieces(&split);
        ok = write_all(&split, folder, &written, error);
    }
    for (size_t i = 0; ok && i < former.count; i++)
        if (!text_list_contains(&written, former.items[i]))
            remove_former(scratch, folder, former.items[i]);
    arena_free(scratch);
    return ok;
}
