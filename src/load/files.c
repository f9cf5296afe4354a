/* States in the file system: a file, a folder with all *.sql files below it, a glob, or several of
 * these joined by commas. Paths stay as the user wrote them, for messages; what makes two of them the
 * same file is their real path. */
#include "load/sources.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/buffer.h"
#include "core/nearest.h"
#include "core/url.h"

enum { deepest_folder = 64 };

/* --- reading --------------------------------------------------------------------------------- */

static bool fail_io(struct error *error, const char *what, const char *path)
{
    return error_set(error, ERROR_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

static bool read_stream(struct sources *sources, struct source_file *file, FILE *stream,
                        struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    char chunk[65536];
    size_t length;

    while ((length = fread(chunk, 1, sizeof(chunk), stream)) > 0)
        buffer_append_bytes(&text, chunk, length);
    if (ferror(stream)) {
        buffer_free(&text);
        return fail_io(error, "read", file->name);
    }
    length = text.length;
    return source_set_text(file, buffer_take(&text, sources->arena), length, error);
}

static bool open_file(struct sources *sources, struct source_file *file, struct error *error)
{
    FILE *stream = fopen(file->identity, "rb");
    bool ok;

    if (!stream)
        return fail_io(error, "open", file->name);
    ok = read_stream(sources, file, stream, error);
    fclose(stream);
    return ok;
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
    char *real = realpath(path, NULL);
    const char *kept = arena_strdup(sources->arena, real);

    free(real);
    return kept;
}

static bool locate_file(struct sources *sources, const char *from_file, const char *path,
                        bool relative, const char **identity, const char **name)
{
    const char *folder = relative ? path_folder(sources->arena, from_file) : NULL;

    *name = shown_path(sources, path_join(sources->arena, folder, path));
    *identity = real_path(sources, *name);
    return *identity != NULL;
}

static bool add_file(struct sources *sources, const char *path, struct error *error)
{
    const char *identity = real_path(sources, path);

    if (!identity)
        return fail_io(error, "open", path);
    return sources_add(sources, identity, shown_path(sources, path), error);
}

/* --- folders --------------------------------------------------------------------------------- */

static bool walk_folder(struct sources *sources, const char *folder, int depth,
                        struct text_list *found, struct error *error);

static bool walk_entry(struct sources *sources, const char *path, int depth,
                       struct text_list *found, struct error *error)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return !path_is_sql(path) || fail_io(error, "open", path);
    if (S_ISDIR(status.st_mode))
        return walk_folder(sources, path, depth + 1, found, error);
    if (S_ISREG(status.st_mode) && path_is_sql(path))
        text_list_add(found, sources->arena, path);
    return true;
}

/* Collects the *.sql files at and below the folder; hidden entries are none of ours. */
static bool walk_folder(struct sources *sources, const char *folder, int depth,
                        struct text_list *found, struct error *error)
{
    DIR *stream;
    const struct dirent *entry;
    bool ok = true;

    if (depth > deepest_folder)
        return error_set(error, ERROR_IO, "folders lie too deep in each other: %s", folder);
    stream = opendir(folder);
    if (!stream)
        return fail_io(error, "open", folder);
    while (ok && (entry = readdir(stream)))
        if (entry->d_name[0] != '.')
            ok = walk_entry(sources, path_join(sources->arena, folder, entry->d_name), depth, found,
                            error);
    closedir(stream);
    return ok;
}

static bool add_all(struct sources *sources, struct text_list *paths, struct error *error)
{
    text_list_sort(paths);
    for (size_t i = 0; i < paths->count; i++)
        if (!add_file(sources, paths->items[i], error))
            return false;
    return true;
}

static bool add_folder(struct sources *sources, const char *folder, struct error *error)
{
    struct text_list found = {0};

    if (!walk_folder(sources, folder, 0, &found, error))
        return false;
    if (!found.count) {
        error_hint(error, "plumb reads the *.sql files in a folder and below it; write empty: to "
                          "mean an empty database.");
        return error_set(error, ERROR_IO, "no .sql files in folder %s", folder);
    }
    return add_all(sources, &found, error);
}

/* --- globs and names ------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

static bool add_glob(struct sources *sources, const char *pattern, struct error *error)
{
    struct text_list found = {0};
    glob_t matches;
    bool ok = true;
    int status = glob(pattern, GLOB_NOSORT, NULL, &matches);

    for (size_t i = 0; ok && status == 0 && i < matches.gl_pathc; i++)
        ok = walk_entry(sources, arena_strdup(sources->arena, matches.gl_pathv[i]), 0, &found,
                        error);
    globfree(&matches);
    if (!ok)
        return false;
    if (!found.count) {
        error_hint(error, "Does your shell keep the pattern? Files must end in .sql.");
        return error_set(error, ERROR_IO, "no .sql file matches %s", pattern);
    }
    return add_all(sources, &found, error);
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
    DIR *stream = opendir(*folder ? folder : ".");

    /* It may be meant for a URL. */
    error_set(error, ERROR_IO, "no such file or folder: %s", url_without_secrets(arena, path));
    if (!stream) {
        error_hint(error, "Folder %s does not exist.", url_without_secrets(arena, folder));
        return false;
    }
    while ((entry = readdir(stream)))
        if (entry->d_name[0] != '.')
            text_list_add(&names, sources->arena, arena_strdup(sources->arena, entry->d_name));
    closedir(stream);
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
    if (is_folder(path))
        return add_folder(sources, path, error);
    if (exists(path))
        return add_file(sources, path, error);
    if (path_is_glob(path))
        return add_glob(sources, path, error);
    return fail_missing(sources, path, error);
}

bool sources_from_files(struct sources *sources, const char *name, struct error *error)
{
    struct text_list parts = {0};

    sources->open = open_file;
    sources->locate = locate_file;
    if (exists(name)) /* a comma may belong to a name */
        text_list_add(&parts, sources->arena, name);
    else
        parts = split_commas(sources->arena, name);
    for (size_t i = 0; i < parts.count; i++)
        if (!add_path(sources, parts.items[i], error))
            return false;
    return true;
}
