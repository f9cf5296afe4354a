/* Files, read whole and written whole. */
#define _GNU_SOURCE /* syncfs */
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/operation.h"
#include "core/stream.h"
#include "core/url.h"

/* Somebody may have given a URL where a path is wanted. */
static bool fail(struct error *error, const char *verb, const char *path, int number)
{
    struct arena *scratch = arena_new();

    error_set(error, ERROR_IO, "cannot %s %s: %s", verb, url_without_secrets(scratch, path),
              strerror(number));
    arena_free(scratch);
    return false;
}

/* --- reading --------------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat facts;

    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Reads on to the end, or up to the first zero byte. */
static bool read_stream(FILE *stream, const char *path, struct buffer *text, struct error *error)
{
    size_t start = text->length;
    char chunk[1 << 16];
    size_t length;

    while ((length = fread(chunk, 1, sizeof(chunk), stream)) > 0) {
        buffer_append_bytes(text, chunk, length);
        if (memchr(chunk, '\0', length))
            return true;
        if (text->length - start >= FILE_LIMIT) {
            error_hint(error, "A schema is smaller than that: leave the data out.");
            return error_set(error, ERROR_IO, "%s holds more than %d MiB", path, FILE_LIMIT >> 20);
        }
    }
    return !ferror(stream) || fail(error, "read", path, errno);
}

bool file_read(const char *path, struct buffer *text, struct error *error)
{
    FILE *stream = is_folder(path) ? NULL : stream_open(path, "rbe");
    bool ok;

    if (!stream)
        return fail(error, "open", path, is_folder(path) ? EISDIR : errno);
    ok = read_stream(stream, path, text, error);
    stream_close(stream);
    return ok;
}

/* --- drafts ---------------------------------------------------------------------------------- */

/* One file to be written. */
struct draft {
    const char *path;   /* as it was given, for messages */
    const char *place;  /* where it goes: behind a symbolic link */
    const char *beside; /* where it is until then; NULL once it has taken its place */
    const char *folder; /* of both */
};

/* The file that the path leads to, whether it is there or not yet. */
static const char *place_of(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    bool there = realpath(path, real) != NULL;
    const char *place = arena_strdup(arena, there ? real : path);
    char target[4096];
    ssize_t length;

    if (there || (length = readlink(path, target, sizeof(target) - 1)) <= 0)
        return place;
    target[length] = '\0'; /* a link to what is not there */
    return target[0] == '/' || !strrchr(path, '/')
               ? arena_strdup(arena, target)
               : arena_printf(arena, "%.*s/%s", (int)(strrchr(path, '/') - path), path, target);
}

static const char *folder_of(struct arena *arena, const char *place)
{
    const char *slash = strrchr(place, '/');

    if (!slash)
        return ".";
    return slash == place ? "/" : arena_strndup(arena, place, (size_t)(slash - place));
}

/* For an operation that fails before the draft has taken its place. */
static void remove_draft(void *held)
{
    struct draft *draft = held;

    if (draft->beside)
        unlink(draft->beside);
    draft->beside = NULL;
}

/* A new file beside the place, with what umask leaves of the mode; its descriptor, or -1. number: the
 * first to try of its name. */
static int open_beside(struct arena *arena, struct draft *draft, size_t number, mode_t mode)
{
    int descriptor = -1;

    do {
        draft->beside =
            arena_printf(arena, "%s/.plumb-%ld-%zu.tmp", draft->folder, (long)getpid(), number++);
        descriptor = open(draft->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    } while (descriptor < 0 && errno == EEXIST);
    return descriptor;
}

static bool write_bytes(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);

        if (written < 0 && errno != EINTR)
            return false;
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Owner and permissions of the file that is there. Is ours for the owner alone, it stays open to a group that
 * somebody has chosen: where all others may read it as well, nobody has. */
static bool take_over(int descriptor, const struct stat *former, enum file_access access)
{
    mode_t mode = former->st_mode & 0777;
    bool same_group = fchown(descriptor, (uid_t)-1, former->st_gid) == 0;

    if (access == FILE_PRIVATE)
        mode &= same_group && !(mode & S_IRWXO) ? S_IRWXU | S_IRWXG : S_IRWXU;
    if (former->st_uid != geteuid() && fchown(descriptor, former->st_uid, (gid_t)-1) != 0)
        errno = 0; /* then it is ours */
    return fchmod(descriptor, mode) == 0;
}

static bool write_beside(struct file_set *set, struct draft *draft, const struct stat *former,
                         const char *bytes, size_t length, enum file_access access)
{
    int descriptor = open_beside(set->arena, draft, set->drafts.count,
                                 access == FILE_PRIVATE || former ? 0600 : 0666);
    bool ok = descriptor >= 0;
    int problem;

    if (!ok) {
        draft->beside = NULL;
        return false;
    }
    ok = (!former || take_over(descriptor, former, access)) &&
         write_bytes(descriptor, bytes, length);
    problem = errno;
    ok = (close(descriptor) == 0 || (problem = ok ? errno : problem, false)) && ok;
    errno = problem;
    return ok;
}

static bool fail_to_write(const struct draft *draft, int number, struct error *error)
{
    if (!draft->beside && (number == EACCES || number == EROFS))
        error_hint(error, "The file is written beside its place first: the folder has to be "
                          "writable.");
    return fail(error, "write", draft->path, number);
}

/* --- sets ------------------------------------------------------------------------------------ */

struct file_set file_set_begin(struct arena *arena)
{
    return (struct file_set){.arena = arena};
}

/* A pipe or a terminal is written to; nothing can be put in its place. */
static bool write_through(const char *path, const char *bytes, size_t length, struct error *error)
{
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = descriptor >= 0 && write_bytes(descriptor, bytes, length);
    int problem = errno;

    if (descriptor >= 0 && close(descriptor) != 0 && ok) {
        problem = errno;
        ok = false;
    }
    return ok || fail(error, "write", path, problem);
}

bool file_set_add(struct file_set *set, const char *path, const char *bytes, size_t length,
                  enum file_access access, struct error *error)
{
    struct draft *draft;
    struct stat former;
    bool there = stat(path, &former) == 0;

    if (there && S_ISDIR(former.st_mode))
        return fail(error, "write", path, EISDIR);
    if (there && !S_ISREG(former.st_mode))
        return write_through(path, bytes, length, error);
    if (there && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return fail(error, "write", path, errno);
    draft = ARENA_NEW(set->arena, struct draft);
    draft->path = arena_strdup(set->arena, path);
    draft->place = place_of(set->arena, path);
    draft->folder = folder_of(set->arena, draft->place);
    pointer_list_add(&set->drafts, set->arena, draft);
    operation_hold(draft, remove_draft);
    return write_beside(set, draft, there ? &former : NULL, bytes, length, access) ||
           fail_to_write(draft, errno, error);
}

static bool sync_path(const char *path, int flags, int (*sync_descriptor)(int descriptor))
{
    int descriptor = open(path, flags | O_CLOEXEC);
    bool ok = descriptor >= 0 && sync_descriptor(descriptor) == 0;
    int problem = errno;

    if (descriptor >= 0)
        close(descriptor);
    errno = problem;
    return ok;
}

/* All bytes out to the disk. Where there are many files, the whole file system at once: one by one would
 * take a thousand times as long. */
static bool sync_drafts(const struct file_set *set, struct error *error)
{
    bool many = set->drafts.count > 8;

    for (size_t i = 0; i < (many ? 1 : set->drafts.count); i++) {
        const struct draft *draft = set->drafts.items[i];

        if (!sync_path(draft->beside, O_WRONLY, many ? syncfs : fsync))
            return fail_to_write(draft, errno, error);
    }
    return true;
}

/* Only then the new names. */
bool file_set_commit(struct file_set *set, struct error *error)
{
    if (!sync_drafts(set, error))
        return false;
    for (size_t i = 0; i < set->drafts.count; i++) {
        struct draft *draft = set->drafts.items[i];

        if (rename(draft->beside, draft->place) != 0)
            return fail_to_write(draft, errno, error);
        draft->beside = NULL;
    }
    for (size_t i = 0; i < set->drafts.count; i++) {
        const struct draft *draft = set->drafts.items[i];
        const struct draft *former = i ? set->drafts.items[i - 1] : NULL;

        if (!former || strcmp(former->folder, draft->folder) != 0)
            sync_path(draft->folder, O_RDONLY | O_DIRECTORY, fsync);
    }
    return true;
}

void file_set_discard(struct file_set *set)
{
    for (size_t i = 0; i < set->drafts.count; i++) {
        operation_drop(set->drafts.items[i]);
        remove_draft(set->drafts.items[i]);
    }
}

bool file_write(const char *path, const char *bytes, size_t length, enum file_access access,
                struct error *error)
{
    struct arena *arena = arena_new();
    struct file_set set = file_set_begin(arena);
    bool ok =
        file_set_add(&set, path, bytes, length, access, error) && file_set_commit(&set, error);

    file_set_discard(&set);
    arena_free(arena);
    return ok;
}

bool file_make_folders(char *path, struct error *error)
{
    for (char *at = path + 1; *at; at++) {
        int status;

        if (*at != '/')
            continue;
        *at = '\0';
        status = mkdir(path, 0777);
        if (status != 0 && errno != EEXIST) {
            fail(error, "make folder", path, errno);
            *at = '/';
            return false;
        }
        *at = '/';
    }
    return true;
}
