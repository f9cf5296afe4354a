/* Which files a folder or a pattern stands for: one walk for the file system and for commits. Symbolic
 * links are followed; a folder that several of them lead to is walked once, so that links which lead to
 * each other do not multiply. What is left out although it looks like SQL is noted: what is not read is
 * not wanted, and would be planned for dropping. */
#include "load/sources.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "core/text/letter_case.h"

enum { deepest_folder = 64 };

/* A file that was found. */
struct finding {
    const char *path;
    const char *identity;
};

struct walk {
    struct sources *sources;
    struct arena *arena;    /* of the sources */
    const char *pattern;    /* NULL: a folder, with all below it */
    struct text_list parts; /* of the pattern, between its slashes */
    struct map seen;        /* folders that were walked, by the part that they were walked for */
    struct pointer_list findings;
    struct error *error;
};

static void note(struct walk *walk, const char *path, const char *why)
{
    text_list_add(&walk->sources->notes, walk->arena,
                  arena_printf(walk->arena, "%s is left out: %s",
                               walk->sources->show(walk->sources, path), why));
}

/* Names under which people keep SQL that plumb does not take for such, copies ("a.sql.bak") too. */
static bool looks_like_sql(struct arena *arena, const char *path)
{
    static const char *const endings[] = {".ddl", ".psql", ".pgsql", ".mysql", ".plsql"};
    const char *slash = strrchr(path, '/');
    const char *name = text_lower(arena, slash ? slash + 1 : path);
    size_t length = strlen(name);

    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (length > strlen(endings[i]) &&
            strcmp(name + length - strlen(endings[i]), endings[i]) == 0)
            return true;
    return strstr(name, ".sql") != NULL;
}

/* True when the folder was not walked before for that part of the pattern. */
static bool is_new(struct walk *walk, const char *identity, size_t part)
{
    return map_add(&walk->seen, arena_printf(walk->arena, "%zu:%s", part, identity));
}

static bool list_folder(struct walk *walk, const char *identity, struct text_list *names)
{
    if (!walk->sources->list(walk->sources, identity, names, walk->error))
        return false;
    text_list_sort(names);
    return true;
}

/* --- what is taken, and what is not ------------------------------------------------------------ */

static void take_file(struct walk *walk, const char *path, const char *identity)
{
    struct finding *finding = ARENA_NEW(walk->arena, struct finding);

    *finding = (struct finding){path, identity};
    pointer_list_add(&walk->findings, walk->arena, finding);
}

/* Why a place cannot be read. */
static const char *reason(enum place_kind kind)
{
    switch (kind) {
    case PLACE_BROKEN:
        return "it is a symbolic link to what is not there";
    case PLACE_OUTSIDE:
        return "it is a symbolic link that leads out of the repository";
    case PLACE_MODULE:
        return "it is a submodule";
    case PLACE_OTHER:
        return "it is no regular file";
    case PLACE_MISSING:
    case PLACE_FILE:
    case PLACE_FOLDER:
        break;
    }
    return "it is not there";
}

/* A file that nobody can read is an error; another link may have led to a folder of them. */
static bool leave_out(struct walk *walk, const char *path, enum place_kind kind)
{
    if (path_is_sql(path) &&
        (kind == PLACE_BROKEN || kind == PLACE_OUTSIDE || kind == PLACE_MISSING))
        return error_set(walk->error, ERROR_IO, "cannot open %s: %s",
                         walk->sources->show(walk->sources, path), reason(kind));
    if (kind != PLACE_OTHER || path_is_sql(path))
        note(walk, path, reason(kind));
    return true;
}

static bool walk_folder(struct walk *walk, const char *path, const char *identity, int depth);

/* An entry of a folder, or what a pattern matched. */
static bool take(struct walk *walk, const char *path, int depth)
{
    struct place place = walk->sources->find(walk->sources, path);

    if (place.kind == PLACE_FOLDER)
        return walk_folder(walk, path, place.identity, depth + 1);
    if (place.kind != PLACE_FILE)
        return leave_out(walk, path, place.kind);
    if (path_is_sql(path))
        take_file(walk, path, place.identity);
    else if (looks_like_sql(walk->arena, path))
        note(walk, path, "its name does not end in .sql");
    return true;
}

/* True when *.sql files are in the folder or below it. */
static bool holds_sql(struct walk *walk, const char *path, const char *identity, int depth)
{
    struct text_list names = {0};
    struct error unseen = {0};

    if (depth > deepest_folder || !is_new(walk, identity, SIZE_MAX) ||
        !walk->sources->list(walk->sources, identity, &names, &unseen))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        const char *inside = path_join(walk->arena, path, names.items[i]);
        struct place place = walk->sources->find(walk->sources, inside);

        if ((place.kind == PLACE_FILE && path_is_sql(inside)) ||
            (place.kind == PLACE_FOLDER && holds_sql(walk, inside, place.identity, depth + 1)))
            return true;
    }
    return false;
}

/* Of hidden entries only those are worth a word that hold SQL; editors' locks (".#name") do not. */
static void pass_by_hidden(struct walk *walk, const char *path, const char *name, int depth)
{
    struct place place;

    if (strcmp(name, ".git") == 0 || strncmp(name, ".#", 2) == 0)
        return;
    place = walk->sources->find(walk->sources, path);
    if ((place.kind == PLACE_FILE && path_is_sql(name)) ||
        (place.kind == PLACE_FOLDER && holds_sql(walk, path, place.identity, depth + 1)))
        note(walk, path, "it is hidden");
}

static bool check_depth(struct walk *walk, const char *path, int depth)
{
    return depth <= deepest_folder ||
           error_set(walk->error, ERROR_IO, "folders lie too deep in each other: %s",
                     walk->sources->show(walk->sources, path));
}

/* All *.sql files at and below the folder. */
static bool walk_folder(struct walk *walk, const char *path, const char *identity, int depth)
{
    struct text_list names = {0};

    if (!is_new(walk, identity, walk->parts.count))
        return true;
    if (!check_depth(walk, path, depth) || !list_folder(walk, identity, &names))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        const char *inside = path_join(walk->arena, path, names.items[i]);

        if (names.items[i][0] == '.')
            pass_by_hidden(walk, inside, names.items[i], depth);
        else if (!take(walk, inside, depth))
            return false;
    }
    return true;
}

/* --- patterns -------------------------------------------------------------------------------- */

static bool is_any_folders(const char *part)
{
    return strcmp(part, "**") == 0;
}

static bool match_folder(struct walk *walk, const char *path, const char *identity, size_t part,
                         int depth);

/* What matched the part: the end, or a folder in which the next part is to match. */
static bool match_rest(struct walk *walk, const char *path, size_t part, int depth)
{
    struct place place;

    if (part == walk->parts.count)
        return take(walk, path, depth);
    place = walk->sources->find(walk->sources, path);
    if (place.kind == PLACE_FOLDER)
        return match_folder(walk, path, place.identity, part, depth + 1);
    if (place.kind == PLACE_BROKEN || place.kind == PLACE_OUTSIDE || place.kind == PLACE_MODULE)
        note(walk, path, reason(place.kind));
    return true;
}

static bool match_entry(struct walk *walk, const char *path, const char *name, size_t part,
                        int depth)
{
    const char *pattern = walk->parts.items[part];
    bool last = part + 1 == walk->parts.count;

    if (is_any_folders(pattern)) {
        if (*name == '.') {
            pass_by_hidden(walk, path, name, depth);
            return true;
        }
        return match_rest(walk, path, part, depth); /* one folder more */
    }
    if (fnmatch(pattern, name, FNM_PERIOD) == 0)
        return match_rest(walk, path, part + 1, depth);
    if (last && path_is_sql(name) &&
        fnmatch(text_lower(walk->arena, pattern), text_lower(walk->arena, name), FNM_PERIOD) == 0)
        note(walk, path, arena_printf(walk->arena, "%s matches other letters", walk->pattern));
    return true;
}

static bool match_folder(struct walk *walk, const char *path, const char *identity, size_t part,
                         int depth)
{
    const char *pattern = walk->parts.items[part];
    struct text_list names = {0};

    if (is_any_folders(pattern) && part + 1 == walk->parts.count) /* all that is below */
        return walk_folder(walk, path, identity, depth);
    if (!is_new(walk, identity, part))
        return true;
    if (!check_depth(walk, path, depth))
        return false;
    if (!strpbrk(pattern, "*?[\\")) {
        const char *inside = path_join(walk->arena, path, pattern);

        return walk->sources->find(walk->sources, inside).kind == PLACE_MISSING ||
               match_rest(walk, inside, part + 1, depth);
    }
    if (is_any_folders(pattern) && !match_folder(walk, path, identity, part + 1, depth))
        return false; /* it may stand for no folder */
    if (!list_folder(walk, identity, &names))
        return false;
    for (size_t i = 0; i < names.count; i++)
        if (!match_entry(walk, path_join(walk->arena, path, names.items[i]), names.items[i], part,
                         depth))
            return false;
    return true;
}

/* Between the slashes; several "**" in a row are one. */
static void split_pattern(struct walk *walk, const char *pattern)
{
    while (*pattern) {
        size_t length = strcspn(pattern, "/");
        const char *part = arena_strndup(walk->arena, pattern, length);
        bool again = walk->parts.count && is_any_folders(part) &&
                     is_any_folders(walk->parts.items[walk->parts.count - 1]);

        if (length && strcmp(part, ".") != 0 && !again)
            text_list_add(&walk->parts, walk->arena, part);
        pattern += length;
        pattern += *pattern == '/';
    }
}

/* --- all ------------------------------------------------------------------------------------- */

static int compare_findings(const void *a, const void *b)
{
    const struct finding *x = *(void *const *)a;
    const struct finding *y = *(void *const *)b;

    return strcmp(x->path, y->path);
}

static bool add_findings(struct walk *walk)
{
    struct sources *sources = walk->sources;
    struct pointer_list *found = &walk->findings;

    if (found->count > 1)
        qsort(found->items, found->count, sizeof(*found->items), compare_findings);
    for (size_t i = 0; i < found->count; i++) {
        const struct finding *finding = found->items[i];

        if (!sources_add(sources, finding->identity, sources->show(sources, finding->path),
                         walk->error))
            return false;
    }
    return true;
}

static struct walk begin(struct sources *sources, struct error *error)
{
    return (struct walk){.sources = sources,
                         .arena = sources->arena,
                         .seen = map_new(sources->arena),
                         .error = error};
}

bool sources_add_place(struct sources *sources, const char *path, bool *found, struct error *error)
{
    struct walk walk = begin(sources, error);
    struct place place = sources->find(sources, path);

    *found = true;
    if (place.kind == PLACE_FILE || place.kind == PLACE_OTHER)
        return sources_add(sources, place.identity, sources->show(sources, path), error);
    if (place.kind == PLACE_FOLDER) {
        bool ok = walk_folder(&walk, path, place.identity, 0) && add_findings(&walk);

        *found = walk.findings.count > 0;
        return ok;
    }
    return error_set(error, ERROR_IO, "cannot open %s: %s", sources->show(sources, path),
                     reason(place.kind));
}

bool sources_add_pattern(struct sources *sources, const char *pattern, bool *found,
                         struct error *error)
{
    struct walk walk = begin(sources, error);
    const char *root = *pattern == '/' ? "/" : "";
    struct place place = sources->find(sources, root);
    bool ok;

    walk.pattern = pattern;
    split_pattern(&walk, pattern);
    ok = place.kind != PLACE_FOLDER || !walk.parts.count ||
         (match_folder(&walk, root, place.identity, 0, 0) && add_findings(&walk));
    *found = walk.findings.count > 0;
    return ok;
}
