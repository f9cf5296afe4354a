/* States in the file system: a file, a folder with all *.sql files below it, a glob, or several of
 * these joined by commas. Paths stay as the user wrote them, for messages; what makes two of them the
 * same file is their real path. */
#include "load/sources.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/buffer.h"
#include "core/file.h"
#include "core/text/nearest.h"
#include "core/stream.h"
#include "core/url.h"

/* --- reading --------------------------------------------------------------------------------- */

static bool open_file(struct sources *sources, struct source_file *file, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    size_t length;

    if (!file_read(file->identity, &text, error)) {
        buffer_free(&text);
        return false;
    }
    length = text.length;
    return source_set_text(file, buffer_take(&text, sources->arena), length, error);
}

/* --- naming ---------------------------------------------------------------------------------- */

/* "schemas//a.sql" and "./schemas/a.sql" as schemas/a.sql, but a leading "../" stays. */
static const char *shown_path(struct sources *sources, const char *path)
{
    const char *shown = path_normalize(sources->arena, path);

    return *shown ? shown : ".";
}

static const char *real_path(struct sources *sources, const char *path)
{
    char real[PATH_MAX];

    return realpath(path, real) ? arena_strdup(sources->arena, real) : NULL;
}

static bool locate_file(struct sources *sources, const char *from_file, const char *path,
                        bool relative, const char **identity, const char **name)
{
    const char *folder = relative ? path_folder(sources->arena, from_file) : NULL;

    *name = shown_path(sources, path_join(sources->arena, folder, path));
    *identity = real_path(sources, *name);
    return *identity != NULL;
}

static struct place find_place(struct sources *sources, const char *path)
{
    struct stat status;
    struct place place = {.kind = PLACE_OTHER};

    path = *path ? path : ".";
    if (stat(path, &status) != 0) {
        place.kind = lstat(path, &status) == 0 ? PLACE_BROKEN : PLACE_MISSING;
        return place;
    }
    /* What a descriptor of ours leads to (/dev/stdin, a pipe of the shell) has no path of its own. */
    place.identity = real_path(sources, path);
    if (!place.identity)
        place.identity = arena_strdup(sources->arena, path);
    if (S_ISDIR(status.st_mode))
        place.kind = PLACE_FOLDER;
    else if (S_ISREG(status.st_mode))
        place.kind = PLACE_FILE;
    return place;
}

static bool list_folder(struct sources *sources, const char *identity, struct text_list *names,
                        struct error *error)
{
    DIR *stream = folder_open(identity);
    const struct dirent *entry;

    if (!stream)
        return error_set(error, ERROR_IO, "cannot open %s: %s", identity, strerror(errno));
    while ((entry = readdir(stream)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            text_list_add(names, sources->arena, arena_strdup(sources->arena, entry->d_name));
    folder_close(stream);
    return true;
}

/* --- states ---------------------------------------------------------------------------------- */

static bool exists(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

static bool add_existing(struct sources *sources, const char *path, struct error *error)
{
    bool found;

    if (!sources_add_place(sources, path, &found, error))
        return false;
    if (found)
        return true;
    error_hint(error, "plumb reads the *.sql files in a folder and below it; write empty: to "
                      "mean an empty database.");
    return error_set(error, ERROR_IO, "no .sql files in folder %s", path);
}

static bool add_pattern(struct sources *sources, const char *pattern, struct error *error)
{
    bool found;

    if (!sources_add_pattern(sources, pattern, &found, error))
        return false;
    if (found)
        return true;
    error_hint(error, "Does your shell keep the pattern? Files must end in .sql.");
    return error_set(error, ERROR_IO, "no .sql file matches %s", pattern);
}

/* Says that a path is not there, and which one may have been meant. */
static bool fail_missing(struct sources *sources, const char *path, struct error *error)
{
    const char *folder = path_folder(sources->arena, path);
    const char *slash = strrchr(path, '/');
    struct arena *arena = sources->arena;
    struct text_list names = {0};
    const struct dirent *entry;
    const char *nearest;
    DIR *stream = folder_open(*folder ? folder : ".");

    /* It may be meant for a URL. */
    error_set(error, ERROR_IO, "no such file or folder: %s", url_without_secrets(arena, path));
    if (!stream) {
        error_hint(error, "Folder %s does not exist.", url_without_secrets(arena, folder));
        return false;
    }
    while ((entry = readdir(stream)))
        if (entry->d_name[0] != '.')
            text_list_add(&names, sources->arena, arena_strdup(sources->arena, entry->d_name));
    folder_close(stream);
    text_list_sort(&names); /* the same hint whatever order the folder is in */
    nearest = nearest_name(slash ? slash + 1 : path, names.items, names.count);
    if (nearest)
        error_hint(error, "Did you mean %s?", path_join(sources->arena, folder, nearest));
    else
        error_hint(error, "A state is a .sql file, a folder of them, git:REF:PATH, a database "
                          "URL, or empty:.");
    return false;
}

static bool add_path(struct sources *sources, const char *path, struct error *error)
{
    if (exists(path))
        return add_existing(sources, path, error);
    if (path_is_glob(path))
        return add_pattern(sources, path, error);
    return fail_missing(sources, path, error);
}

static void provide_files(struct sources *sources)
{
    sources->open = open_file;
    sources->locate = locate_file;
    sources->find = find_place;
    sources->list = list_folder;
    sources->show = shown_path;
}

bool state_is_empty_folder(const char *name)
{
    struct sources sources;
    struct error unseen = {0};
    bool found = true;
    struct stat status;

    if (stat(name, &status) != 0 || !S_ISDIR(status.st_mode))
        return false;
    sources_begin(&sources);
    provide_files(&sources);
    if (!sources_add_place(&sources, name, &found, &unseen))
        found = true;
    sources_free(&sources);
    return !found;
}

bool sources_from_files(struct sources *sources, const char *name, struct error *error)
{
    struct text_list parts = {0};

    provide_files(sources);
    if (exists(name)) /* a comma may belong to a name */
        text_list_add(&parts, sources->arena, name);
    else
        parts = split_commas(sources->arena, name);
    for (size_t i = 0; i < parts.count; i++)
        if (!add_path(sources, parts.items[i], error))
            return false;
    return true;
}
