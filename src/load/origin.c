/* Where the files of a state come from: the commit that is checked out around them, or that they were
 * read from, and the remote of the repository. */
#include <git2.h>
#include <string.h>

#include "core/operation.h"
#include "load/load.h"
#include "load/sources.h"

/* Without user and password: "https://user:secret@host/x" tells more than where it is. */
static const char *without_login(struct arena *arena, const char *url)
{
    const char *host = strstr(url, "://");
    const char *at;

    if (!host)
        return arena_strdup(arena, url);
    host += 3;
    at = memchr(host, '@', strcspn(host, "/"));
    return at ? arena_printf(arena, "%.*s%s", (int)(host - url), url, at + 1)
              : arena_strdup(arena, url);
}

static void release_config(void *config)
{
    git_config_free(config);
}

static void release_object(void *object)
{
    git_object_free(object);
}

static void release_repository(void *repository)
{
    git_repository_free(repository);
    git_libgit2_shutdown();
}

/* From the configuration itself: looking up the remote as such leaks memory in libgit2. */
static const char *remote_of(struct arena *arena, git_repository *repository)
{
    git_config *config = NULL;
    const char *url = NULL;

    if (git_repository_config_snapshot(&config, repository) != 0)
        return NULL;
    operation_hold(config, release_config);
    if (git_config_get_string(&url, config, "remote.origin.url") == 0)
        url = without_login(arena, url);
    else
        url = NULL;
    operation_drop(config);
    git_config_free(config);
    return url;
}

/* "REF" of "git:REF:PATH", "HEAD" of files. */
static const char *reference_of(struct arena *arena, const char *state)
{
    return strncmp(state, "git:", 4) == 0 ? arena_strndup(arena, state + 4, strcspn(state + 4, ":"))
                                          : "HEAD";
}

static bool has_changed(git_repository *repository, struct arena *arena, const char *path)
{
    const char *root = git_repository_workdir(repository);
    unsigned flags = 0;

    if (!root || strncmp(path, root, strlen(root)) != 0)
        return false;
    (void)arena;
    return git_status_file(&flags, repository, path + strlen(root)) == 0 && flags != 0 &&
           !(flags & GIT_STATUS_IGNORED);
}

/* The first of the state's parts, as far as it is no pattern. */
static const char *first_place(struct arena *arena, const char *state)
{
    const char *place = arena_strndup(arena, state, strcspn(state, ","));

    return path_is_glob(place)
               ? path_folder(arena, arena_strndup(arena, place, strcspn(place, "*?[")))
               : place;
}

static void find_commit(git_repository *repository, const char *state,
                        const struct text_list *paths, struct arena *arena, struct origin *origin)
{
    git_object *object = NULL;
    git_object *commit = NULL;
    char id[GIT_OID_HEXSZ + 1];
    bool changed = false;

    if (git_revparse_single(&object, repository, reference_of(arena, state)) != 0)
        return;
    operation_hold(object, release_object);
    if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0) {
        operation_hold(commit, release_object);
        git_oid_tostr(id, sizeof(id), git_object_id(commit));
        for (size_t i = 0; i < paths->count && !changed; i++)
            changed = has_changed(repository, arena, paths->items[i]);
        origin->commit = arena_printf(arena, "%s%s", id, changed ? " with changes" : "");
        origin->remote = remote_of(arena, repository);
        operation_drop(commit);
    }
    operation_drop(object);
    git_object_free(object);
    git_object_free(commit);
}

void state_origin(const char *state, const struct text_list *paths, struct arena *arena,
                  struct origin *origin)
{
    bool in_commit = strncmp(state, "git:", 4) == 0;
    const char *place = in_commit ? "." : first_place(arena, state);
    git_repository *repository = NULL;

    *origin = (struct origin){0};
    git_libgit2_init();
    if (git_repository_open_ext(&repository, *place ? place : ".", 0, NULL) == 0) {
        operation_hold(repository, release_repository);
        find_commit(repository, state, paths, arena, origin);
        operation_drop(repository);
    }
    git_repository_free(repository);
    git_libgit2_shutdown();
}
