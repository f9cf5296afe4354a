/* States in a git commit: git:REF:PATH, through libgit2, from the repository around the current
 * folder. PATH is a file, a folder or a pattern, or several joined by commas, from the repository's
 * root; "./" begins a path from the current folder. Nothing is checked out. */
#include "load/sources.h"

#include <git2.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text/nearest.h"
#include "core/operation.h"

enum { most_links = 40 }; /* as Linux follows them */

struct commit {
    git_repository *repository;
    git_tree *tree;
    const char *reference; /* as the user wrote it */
    const char *folder;    /* the current folder inside the repository; "" at its root */
};

/* What libgit2 says went wrong. */
static const char *git_reason(void)
{
    const git_error *last = git_error_last();

    return last && last->message ? last->message : "unknown error";
}

static bool fail_git(struct error *error, const char *verb, const char *what)
{
    return error_set(error, ERROR_IO, "git cannot %s %s: %s", verb, what, git_reason());
}

bool load_begin(void)
{
    return git_libgit2_init() >= 0;
}

void load_end(void)
{
    git_libgit2_shutdown();
}

static void release_commit(void *held)
{
    const struct commit *commit = held;

    git_tree_free(commit->tree);
    git_repository_free(commit->repository);
    git_libgit2_shutdown();
}

static void close_commit(struct sources *sources)
{
    operation_drop(sources->provider);
    release_commit(sources->provider);
}

static void release_object(void *object)
{
    git_object_free(object);
}

static void release_entry(void *entry)
{
    git_tree_entry_free(entry);
}

/* Frees an object, or an entry, that is held. NULL is allowed. */
static void free_object(git_object *object)
{
    operation_drop(object);
    git_object_free(object);
}

static void free_entry(git_tree_entry *entry)
{
    operation_drop(entry);
    git_tree_entry_free(entry);
}

/* The entry of that path, to be freed by free_entry; NULL where there is none. */
static git_tree_entry *find_entry(const struct commit *commit, const char *path)
{
    git_tree_entry *entry = NULL;

    if (git_tree_entry_bypath(&entry, commit->tree, path) != 0)
        return NULL;
    return operation_hold(entry, release_entry);
}

/* The blob behind an entry, to be freed by free_object; NULL where there is none. */
static git_object *find_blob(const struct commit *commit, const git_tree_entry *entry)
{
    git_object *object = NULL;

    if (git_object_lookup(&object, commit->repository, git_tree_entry_id(entry), GIT_OBJECT_BLOB) !=
        0)
        return NULL;
    return operation_hold(object, release_object);
}

static const char *text_of(struct arena *arena, const git_object *object, size_t *length)
{
    const git_blob *blob = (const git_blob *)object;

    *length = (size_t)git_blob_rawsize(blob);
    return arena_strndup(arena, git_blob_rawcontent(blob), *length);
}

/* --- reading --------------------------------------------------------------------------------- */

/* "main:schemas/a.sql", as git itself says it. */
static const char *shown_name(struct sources *sources, const char *path)
{
    const struct commit *commit = sources->provider;

    return arena_printf(sources->arena, "%s:%s", commit->reference, path);
}

static bool open_blob(struct sources *sources, struct source_file *file, struct error *error)
{
    const struct commit *commit = sources->provider;
    git_tree_entry *entry = find_entry(commit, file->identity);
    git_object *blob = entry ? find_blob(commit, entry) : NULL;
    bool ok = false;

    if (blob) {
        size_t length;
        const char *text = text_of(sources->arena, blob, &length);

        ok = source_set_text(file, text, length, error);
    } else {
        fail_git(error, "read", file->name);
    }
    free_object(blob);
    free_entry(entry);
    return ok;
}

/* --- finding --------------------------------------------------------------------------------- */

/* What is still to go of a path, component by component. */
struct way {
    struct sources *sources;
    const char *at;   /* the folder reached so far; "" the root */
    const char *rest; /* of the path */
    size_t after;     /* how much of the rest is the path's own, and not a link's */
    int links;        /* followed so far */
};

/* Goes on where the link says, which is text from its folder on. */
static enum place_kind follow_link(struct way *way, const git_tree_entry *entry)
{
    const struct commit *commit = way->sources->provider;
    git_object *blob = way->links < most_links ? find_blob(commit, entry) : NULL;
    const char *target;
    size_t length;

    if (!blob)
        return PLACE_BROKEN;
    target = text_of(way->sources->arena, blob, &length);
    free_object(blob);
    if (*target == '/')
        return PLACE_OUTSIDE;
    if (strlen(way->rest) < way->after || !way->links)
        way->after = strlen(way->rest);
    way->rest = arena_printf(way->sources->arena, "%s/%s", target, way->rest);
    way->links++;
    return PLACE_FOLDER;
}

/* One component, which is neither "." nor "..". */
static enum place_kind step_into(struct way *way, const char *name)
{
    const struct commit *commit = way->sources->provider;
    const char *path = path_join(way->sources->arena, way->at, name);
    git_tree_entry *entry = find_entry(commit, path);
    enum place_kind kind = PLACE_MISSING;

    if (entry) {
        git_filemode_t mode = git_tree_entry_filemode(entry);

        if (mode == GIT_FILEMODE_LINK)
            kind = follow_link(way, entry);
        else
            way->at = path;
        if (mode == GIT_FILEMODE_TREE)
            kind = PLACE_FOLDER;
        else if (mode == GIT_FILEMODE_COMMIT)
            kind = PLACE_MODULE;
        else if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE)
            kind = PLACE_FILE;
    }
    free_entry(entry);
    return kind;
}

static struct place find_in_tree(struct sources *sources, const char *path)
{
    struct way way = {.sources = sources, .at = "", .rest = path};
    enum place_kind kind = PLACE_FOLDER;

    while (*way.rest) {
        size_t length = strcspn(way.rest, "/");
        const char *name = arena_strndup(sources->arena, way.rest, length);
        bool in_link = way.links && strlen(way.rest) > way.after;

        way.rest += length;
        way.rest += *way.rest == '/';
        if (!length || strcmp(name, ".") == 0)
            continue;
        if (kind != PLACE_FOLDER) /* something below a file */
            return (struct place){.kind = in_link ? PLACE_BROKEN : PLACE_MISSING};
        if (strcmp(name, "..") != 0)
            kind = step_into(&way, name);
        else if (*way.at)
            way.at = path_folder(sources->arena, way.at);
        else
            kind = PLACE_OUTSIDE;
        if (kind == PLACE_MISSING && in_link)
            kind = PLACE_BROKEN;
        if (kind != PLACE_FOLDER && kind != PLACE_FILE)
            return (struct place){.kind = kind};
    }
    return (struct place){kind, way.at};
}

static bool list_tree(struct sources *sources, const char *identity, struct text_list *names,
                      struct error *error)
{
    const struct commit *commit = sources->provider;
    git_object *object = NULL;
    const git_tree *tree = commit->tree;

    if (*identity && git_object_lookup_bypath(&object, (const git_object *)commit->tree, identity,
                                              GIT_OBJECT_TREE) != 0)
        return fail_git(error, "list", identity);
    operation_hold(object, release_object);
    if (object)
        tree = (const git_tree *)object;
    for (size_t i = 0; i < git_tree_entrycount(tree); i++)
        text_list_add(
            names, sources->arena,
            arena_strdup(sources->arena, git_tree_entry_name(git_tree_entry_byindex(tree, i))));
    free_object(object);
    return true;
}

static bool locate_blob(struct sources *sources, const char *from_file, const char *path,
                        bool relative, const char **identity, const char **name)
{
    const struct commit *commit = sources->provider;
    size_t prefix = strlen(commit->reference);
    const char *folder = commit->folder;
    struct place place;

    if (relative) {
        if (strncmp(from_file, commit->reference, prefix) == 0 && from_file[prefix] == ':')
            from_file += prefix + 1;
        folder = path_folder(sources->arena, from_file);
    }
    path = path_join(sources->arena, folder, path);
    place = find_in_tree(sources, path);
    *identity = place.identity;
    *name = shown_name(sources, path_normalize(sources->arena, path));
    return place.kind == PLACE_FILE;
}

/* --- states ---------------------------------------------------------------------------------- */

/* A path inside the tree: "./x" and what psql calls relative to the current folder begin there. */
static const char *tree_path(struct sources *sources, const char *folder, const char *path)
{
    return path_normalize(sources->arena, path_join(sources->arena, folder, path));
}

static bool is_there_from_here(struct sources *sources, const char *path)
{
    const struct commit *commit = sources->provider;

    return *commit->folder &&
           find_in_tree(sources, tree_path(sources, commit->folder, path)).kind != PLACE_MISSING;
}

/* Says that a path is not in the commit, and which one of the same folder may have been meant. */
static bool fail_missing(struct sources *sources, const char *path, struct error *error)
{
    const struct commit *commit = sources->provider;
    const char *folder = path_folder(sources->arena, path);
    const char *slash = strrchr(path, '/');
    struct place place = find_in_tree(sources, folder);
    struct text_list names = {0};
    struct error unseen = {0};
    const char *nearest;

    error_set(error, ERROR_IO, "no such file or folder in %s: %s", commit->reference, path);
    if (place.kind == PLACE_FOLDER)
        list_tree(sources, place.identity, &names, &unseen);
    nearest = nearest_name(slash ? slash + 1 : path, names.items, names.count);
    if (is_there_from_here(sources, path))
        error_hint(error, "Paths begin at the repository's root: did you mean ./%s?", path);
    else if (nearest)
        error_hint(error, "Did you mean %s?", path_join(sources->arena, folder, nearest));
    else
        error_hint(error, "Paths begin at the repository's root; ./PATH begins here.");
    return false;
}

static bool add_path(struct sources *sources, const char *written, struct error *error)
{
    const struct commit *commit = sources->provider;
    bool from_here = strncmp(written, "./", 2) == 0 || strncmp(written, "../", 3) == 0 ||
                     strcmp(written, ".") == 0 || strcmp(written, "..") == 0;
    const char *path = tree_path(sources, from_here ? commit->folder : "", written);
    bool missing = find_in_tree(sources, path).kind == PLACE_MISSING;
    bool pattern = missing && path_is_glob(path);
    bool found;

    if (missing && !pattern)
        return fail_missing(sources, path, error);
    if (!(pattern ? sources_add_pattern(sources, path, &found, error)
                  : sources_add_place(sources, path, &found, error)))
        return false;
    if (found)
        return true;
    if (pattern)
        return error_set(error, ERROR_IO, "no .sql file of %s matches %s", commit->reference, path);
    return error_set(error, ERROR_IO, "no .sql files in folder %s of %s", *path ? path : ".",
                     commit->reference);
}

/* --- finding the commit ---------------------------------------------------------------------- */

/* Where the current folder is inside the repository: "" at its root, and outside its files. */
static const char *current_folder(struct sources *sources, git_repository *repository)
{
    const char *root = git_repository_workdir(repository);
    char real_root[PATH_MAX];
    char here[PATH_MAX];
    size_t length;

    if (!root || !realpath(root, real_root) || !getcwd(here, sizeof(here)))
        return "";
    length = strlen(real_root);
    if (strncmp(here, real_root, length) != 0 || here[length] != '/')
        return "";
    return arena_strdup(sources->arena, here + length + 1);
}

static bool open_commit(struct sources *sources, struct error *error)
{
    struct commit *commit = sources->provider;
    git_object *object = NULL;
    git_object *tree = NULL;

    if (git_repository_open_ext(&commit->repository, ".", 0, NULL) != 0)
        return error_set(error, ERROR_IO, "no git repository here: %s", git_reason());
    commit->folder = current_folder(sources, commit->repository);
    if (git_revparse_single(&object, commit->repository, commit->reference) != 0) {
        error_set(error, ERROR_IO, "git knows no %s", commit->reference);
        error_hint(error, "git branch --all and git tag list what there is; a shallow clone may "
                          "lack it.");
        return false;
    }
    if (git_object_peel(&tree, object, GIT_OBJECT_TREE) != 0)
        fail_git(error, "find the files of", commit->reference);
    git_object_free(object);
    commit->tree = (git_tree *)tree;
    return tree != NULL;
}

bool sources_from_git(struct sources *sources, const char *name, struct error *error)
{
    const char *rest = name + strlen("git:");
    const char *colon = strchr(rest, ':');
    struct commit *commit = ARENA_NEW(sources->arena, struct commit);
    struct text_list paths;

    if (!colon || colon == rest) {
        error_hint(error, "Write git:REF:PATH, for example git:main:schemas.");
        return error_set(error, ERROR_USAGE, "%s is not a state in git", name);
    }
    git_libgit2_init();
    operation_hold(commit, release_commit);
    commit->reference = arena_strndup(sources->arena, rest, (size_t)(colon - rest));
    sources->provider = commit;
    sources->open = open_blob;
    sources->locate = locate_blob;
    sources->find = find_in_tree;
    sources->list = list_tree;
    sources->show = shown_name;
    sources->close = close_commit;
    if (!open_commit(sources, error))
        return false;
    paths = split_commas(sources->arena, colon + 1);
    if (!paths.count)
        text_list_add(&paths, sources->arena, "");
    for (size_t i = 0; i < paths.count; i++)
        if (!add_path(sources, paths.items[i], error))
            return false;
    return true;
}
