/* A dump as a folder: one file for each family of objects, and main.sql, which includes them in an
 * order in which psql can run them. That order exists for statements, but not always for files: two
 * tables may refer to each other. Statements that would close such a cycle go to cycles.sql, which
 * comes last. */
#include "report/report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/digest.h"
#include "core/file.h"
#include "core/map.h"
#include "core/stream.h"
#include "model/family.h"
#include "model/fields.h"

static const char header[] =
    "-- Written by plumb dump --split: the database's own client runs this file, in its folder.\n";

/* Beside main.sql: which files the dump wrote, with their digests, so that the next one removes what it
 * does not write any more, and nothing else. */
#define LIST_NAME ".plumb-split"

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
    struct file_set files;
    struct buffer list;      /* of what is written, as read_list reads it */
    struct map written;      /* the same, paths alone */
    struct text_list former; /* lines of the list that an earlier dump left */
    struct text_list *left;  /* what is not part of the dump any more, but was changed since */
    struct arena *left_arena;
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
        for (size_t j = 0; j < step->makes.count; j++)
            split->makers[((const struct object *)step->makes.items[j])->rank] = &split->steps[i];
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

static bool is_empty_folder(const char *path)
{
    DIR *stream = folder_open(path);
    const struct dirent *entry;
    bool empty = true;

    if (!stream)
        return errno == ENOENT;
    while (empty && (entry = readdir(stream)))
        empty = entry->d_name[0] == '.';
    folder_close(stream);
    return empty;
}

/* What an earlier dump says in its main.sql. */
static bool is_our_main(struct arena *arena, const char *folder)
{
    char line[sizeof(header)];
    FILE *stream = stream_open(arena_printf(arena, "%s/main.sql", folder), "re");
    bool ours = stream && fgets(line, sizeof(line), stream) && strcmp(line, header) == 0;

    if (stream)
        stream_close(stream);
    return ours;
}

/* An earlier dump's files: "DIGEST PATH" lines. None where it left no list. */
static void read_list(struct split *split, const char *folder)
{
    struct buffer text = BUFFER_EMPTY;
    struct error unseen = {0};
    const char *line;

    if (!file_read(arena_printf(split->scratch, "%s/" LIST_NAME, folder), &text, &unseen))
        buffer_truncate(&text, 0);
    for (line = buffer_text(&text); *line;) {
        size_t length = strcspn(line, "\n");
        const char *path = arena_strndup(split->scratch, line, length);

        if (length > 33 && path[32] == ' ' && path[33] != '/' && !strstr(path, ".."))
            text_list_add(&split->former, split->scratch, path);
        line += length + (line[length] == '\n');
    }
    buffer_free(&text);
}

static bool check_folder(struct split *split, const char *folder, struct error *error)
{
    if (is_our_main(split->scratch, folder)) {
        read_list(split, folder);
        return true;
    }
    if (is_empty_folder(folder))
        return true;
    error_hint(error, "Give a new or empty folder, or one that plumb dump --split wrote before.");
    return error_set(error, ERROR_REFUSED, "folder %s holds something else already", folder);
}

static void append_digest(struct buffer *list, const char *bytes, size_t length)
{
    struct digest_state *state = digest_begin();
    char digest[33];

    digest_bytes(state, bytes, length);
    digest_print(digest_end(state), digest);
    buffer_append(list, digest);
}

static bool write_file(struct split *split, const char *folder, const char *name,
                       const struct buffer *text, struct error *error)
{
    char *path = arena_printf(split->scratch, "%s/%s", folder, name);

    return file_make_folders(path, error) &&
           file_set_add(&split->files, path, buffer_text(text), text->length, FILE_AS_USUAL, error);
}

/* True when the file is what an earlier dump wrote, and not somebody's since. */
static bool is_ours_still(const char *path, const char *digest)
{
    struct buffer text = BUFFER_EMPTY;
    struct buffer now = BUFFER_EMPTY;
    struct error unseen = {0};
    bool ours = file_read(path, &text, &unseen);

    if (ours) {
        append_digest(&now, buffer_text(&text), text.length);
        ours = strncmp(buffer_text(&now), digest, 32) == 0;
    }
    buffer_free(&text);
    buffer_free(&now);
    return ours;
}

/* Removes a file of an earlier dump, and the folders that are empty then. item: "DIGEST PATH". */
static void remove_former(struct split *split, const char *folder, const char *item)
{
    const char *name = item + 33;
    char *path = arena_printf(split->scratch, "%s/%s", folder, name);
    char *slash;

    if (access(path, F_OK) != 0)
        return;
    if (!is_ours_still(path, item)) {
        text_list_add(split->left, split->left_arena, arena_strdup(split->left_arena, path));
        return;
    }
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
                       struct buffer *text, struct buffer *main_text, struct error *error)
{
    bool ok = true;

    if (text->length) {
        buffer_printf(main_text, "\\%s %s\n", split->plan->dialect->scripts->include_command, path);
        append_digest(&split->list, buffer_text(text), text->length);
        buffer_printf(&split->list, " %s\n", path);
        map_add(&split->written, path);
        ok = write_file(split, folder, path, text, error);
    }
    buffer_free(text);
    return ok;
}

static bool write_piece(struct split *split, const char *folder, const struct piece *piece,
                        struct buffer *main_text, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < piece->steps.count; i++) {
        const struct split_step *step = piece->steps.items[i];

        if (!step->late)
            append_split_step(&text, step);
    }
    return write_part(split, folder, piece->path, &text, main_text, error);
}

static bool write_late(struct split *split, const char *folder, struct buffer *main_text,
                       struct error *error)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < split->plan->steps.count; i++)
        if (split->steps[i].late)
            append_split_step(&text, &split->steps[i]);
    return write_part(split, folder, "cycles.sql", &text, main_text, error);
}

static bool write_all(struct split *split, const char *folder, struct error *error)
{
    struct buffer main_text = BUFFER_EMPTY;
    bool ok = true;

    buffer_append(&main_text, header);
    append_head(&main_text, split->plan);
    append_settings(&main_text, &split->plan->before);
    for (size_t i = 0; ok && i < split->order.count; i++)
        ok = write_piece(split, folder, split->order.items[i], &main_text, error);
    ok = ok && write_late(split, folder, &main_text, error);
    append_settings(&main_text, &split->plan->after);
    ok = ok && write_file(split, folder, LIST_NAME, &split->list, error) &&
         write_file(split, folder, "main.sql", &main_text, error) &&
         file_set_commit(&split->files, error);
    file_set_discard(&split->files);
    buffer_free(&main_text);
    buffer_free(&split->list);
    return ok;
}

bool report_split(const struct plan *plan, const char *folder, struct text_list *left,
                  struct arena *left_arena, struct error *error)
{
    struct arena *scratch = arena_new();
    struct split split = {.plan = plan,
                          .scratch = scratch,
                          .by_path = map_new(scratch),
                          .written = map_new(scratch),
                          .files = file_set_begin(scratch),
                          .left = left,
                          .left_arena = left_arena};
    bool ok = check_folder(&split, folder, error);

    if (ok) {
        add_steps(&split);
        add_needs(&split);
        order_pieces(&split);
        ok = write_all(&split, folder, error);
    }
    for (size_t i = 0; ok && i < split.former.count; i++)
        if (!map_get(&split.written, split.former.items[i] + 33))
            remove_former(&split, folder, split.former.items[i]);
    arena_free(scratch);
    return ok;
}
