/* States in a git commit: git:REF:PATH, through libgit2, from the repository around the current
 * folder. PATH is a file, a folder or a pattern, or several joined by commas, from the repository's
 * root; "./" begins a path from the current folder. Nothing is checked out. */
#include "load/sources.h"

#include <fnmatch.h>
#include <git2.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/nearest.h"

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

static void close_commit(struct sources *sources)
{
    struct commit *commit = sources->provider;

    git_tree_free(commit->tree);
    git_repository_free(commit->repository);
    git_libgit2_shutdown();
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
    git_tree_entry *entry = NULL;
    git_blob *blob = NULL;
    bool ok = false;

    if (git_tree_entry_bypath(&entry, commit->tree, file->identity) == 0 &&
        git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
        git_blob_lookup(&blob, commit->repository, git_tree_entry_id(entry)) == 0) {
        size_t length = (size_t)git_blob_rawsize(blob);

        ok = source_set_text(file, arena_strndup(sources->arena, git_blob_rawcontent(blob), length),
                             length, error);
    } else {
        fail_git(error, "read", file->name);
    }
    git_blob_free(blob);
    git_tree_entry_free(entry);
    return ok;
}

/* A path inside the tree: "./x" and what psql calls relative to the current folder begin there. */
static const char *tree_path(struct sources *sources, const char *folder, const char *path)
{
    return path_normalize(sources->arena, path_join(sources->arena, folder, path));
}

static bool locate_blob(struct sources *sources, const char *from_file, const char *path,
                        bool relative, const char **identity, const char **name)
{
    const struct commit *commit = sources->provider;
    size_t prefix = strlen(commit->reference);
    const char *folder = commit->folder;
    git_tree_entry *entry = NULL;
    bool there;

    if (relative) {
        if (strncmp(from_file, commit->reference, prefix) == 0 && from_file[prefix] == ':')
            from_file += prefix + 1;
        folder = path_folder(sources->arena, from_file);
    }
    *identity = tree_path(sources, folder, path);
    *name = shown_name(sources, *identity);
    there = **identity && git_tree_entry_bypath(&entry, commit->tree, *identity) == 0 &&
            git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
    git_tree_entry_free(entry);
    return there;
}

/* --- listing --------------------------------------------------------------------------------- */

/* What the walk through a tree looks for and finds. */
struct listing {
    struct sources *sources;
    const char *folder;  /* of the tree walked; "" the root */
    const char *pattern; /* NULL: all */
    struct text_list found;
};

static int list_entry(const char *root, const git_tree_entry *entry, void *context)
{
    struct listing *listing = context;
    struct arena *arena = listing->sources->arena;
    git_filemode_t mode = git_tree_entry_filemode(entry);
    const char *path =
        path_join(arena, path_join(arena, listing->folder, root), git_tree_entry_name(entry));
    bool matches = !listing->pattern || fnmatch(listing->pattern, path, FNM_PATHNAME) == 0;

    if (git_tree_entry_name(entry)[0] == '.')
        return 1; /* neither it nor what is below it */
    if ((mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE) && matches &&
        path_is_sql(path))
        text_list_add(&listing->found, arena, path);
    return 0;
}

static bool add_found(struct sources *sources, struct listing *listing, struct error *error)
{
    text_list_sort(&listing->found);
    for (size_t i = 0; i < listing->found.count; i++)
        if (!sources_add(sources, listing->found.items[i],
                         shown_name(sources, listing->found.items[i]), error))
            return false;
    return true;
}

static bool add_tree(struct sources *sources, const git_tree *tree, const char *folder,
                     const char *pattern, struct error *error)
{
    const struct commit *commit = sources->provider;
    struct listing listing = {.sources = sources, .folder = folder, .pattern = pattern};

    /* joined to a path that is "schemas/" or "" by the walk itself */
    if (git_tree_walk(tree, GIT_TREEWALK_PRE, list_entry, &listing) < 0)
        return fail_git(error, "list", folder);
    if (!listing.found.count && pattern)
        return error_set(error, ERROR_IO, "no .sql file of %s matches %s", commit->reference,
                         pattern);
    if (!listing.found.count)
        return error_set(error, ERROR_IO, "no .sql files in folder %s of %s",
                         *folder ? folder : ".", commit->reference);
    return add_found(sources, &listing, error);
}

static bool add_subtree(struct sources *sources, const git_tree_entry *entry, const char *path,
                        struct error *error)
{
    const struct commit *commit = sources->provider;
    git_tree *tree = NULL;
    bool ok;

    if (git_tree_lookup(&tree, commit->repository, git_tree_entry_id(entry)) != 0)
        return fail_git(error, "read", path);
    ok = add_tree(sources, tree, path, NULL, error);
    git_tree_free(tree);
    return ok;
}

static void add_names(struct sources *sources, const git_tree *tree, struct text_list *names)
{
    for (size_t i = 0; i < git_tree_entrycount(tree); i++)
        text_list_add(
            names, sources->arena,
            arena_strdup(sources->arena, git_tree_entry_name(git_tree_entry_byindex(tree, i))));
}

static bool is_there_from_here(struct sources *sources, const char *path)
{
    const struct commit *commit = sources->provider;
    git_tree_entry *entry = NULL;
    bool there =
        *commit->folder &&
        git_tree_entry_bypath(&entry, commit->tree, tree_path(sources, commit->folder, path)) == 0;

    git_tree_entry_free(entry);
    return there;
}

/* Says that a path is not in the commit, and which one of the same folder may have been meant. */
static bool fail_missing(struct sources *sources, const char *path, struct error *error)
{
    const struct commit *commit = sources->provider;
    const char *folder = path_folder(sources->arena, path);
    const char *slash = strrchr(path, '/');
    struct text_list names = {0};
    git_object *object = NULL;
    const char *nearest;

    error_set(error, ERROR_IO, "no such file or folder in %s: %s", commit->reference, path);
    if (!*folder)
        add_names(sources, commit->tree, &names);
    else if (git_object_lookup_bypath(&object, (const git_object *)commit->tree, folder,
                                      GIT_OBJECT_TREE) == 0)
        add_names(sources, (const git_tree *)object, &names);
    nearest = nearest_name(slash ? slash + 1 : path, names.items, names.count);
    if (is_there_from_here(sources, path))
        error_hint(error, "Paths begin at the repository's root: did you mean ./%s?", path);
    else if (nearest)
        error_hint(error, "Did you mean %s?", path_join(sources->arena, folder, nearest));
    else
        error_hint(error, "Paths begin at the repository's root; ./PATH begins here.");
    git_object_free(object);
    return false;
}

static bool add_path(struct sources *sources, const char *written, struct error *error)
{
    const struct commit *commit = sources->provider;
    bool from_here = strncmp(written, "./", 2) == 0 || strncmp(written, "../", 3) == 0 ||
                     strcmp(written, ".") == 0 || strcmp(written, "..") == 0;
    const char *path = tree_path(sources, from_here ? commit->folder : "", written);
    git_tree_entry *entry = NULL;
    bool ok;

    if (!*path)
        return add_tree(sources, commit->tree, "", NULL, error);
    if (git_tree_entry_bypath(&entry, commit->tree, path) != 0)
        return path_is_glob(path) ? add_tree(sources, commit->tree, "", path, error)
                                  : fail_missing(sources, path, error);
    if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        ok = add_subtree(sources, entry, path, error);
    else
        ok = sources_add(sources, path, shown_name(sources, path), error);
    git_tree_entry_free(entry);
    return ok;
}

/* --- finding the commit ---------------------------------------------------------------------- */

/* Where the current folder is inside the repository: "" at its root, and outside its files. */
static const char *current_folder(struct sources *sources, git_repository *repository)
{
    const char *root = git_repository_workdir(repository);
    char *real_root = root ? realpath(root, NULL) : NULL;
    char *here = getcwd(NULL, 0);
    const char *folder = "";
    size_t length = real_root ? strlen(real_root) : 0;

    if (length && here && strncmp(here, real_root, length) == 0 && here[length] == '/')
        folder = arena_strdup(sources->arena, here + length + 1);
    free(real_root);
    free(here);
    return folder;
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
    commit->reference = arena_strndup(sources->arena, rest, (size_t)(colon - rest));
    sources->provider = commit;
    sources->open = open_blob;
    sources->locate = locate_blob;
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
