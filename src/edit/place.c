/* Habits: objects of one kind have a file each, named after them ("tables/010_users.sql"), or share one. */
#include "edit/place.h"

#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/word.h"
#include "model/family.h"
#include "model/identity.h"

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Where the word stands in the text, bounded by what is no letter or digit; NULL where it does not. */
static const char *whole_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; length && *at; at++) {
        if (strncasecmp(at, word, length) != 0)
            continue;

        char before = at > text ? at[-1] : '.';
        char behind = at[length];

        if (!is_letter_of_word(before) && !is_letter_of_word(behind))
            return at;
        /* "010_users.sql" */
        if (before == '_' && behind == '.')
            return at;
    }
    return NULL;
}

static bool is_named_after(const char *file, const struct object *object)
{
    return whole_word(base_of(file), object->name) != NULL;
}

static bool same_schema(const struct object *a, const struct object *b)
{
    return text_equal(a->parent ? a->parent->name : "", b->parent ? b->parent->name : "");
}

/* How many objects of that kind (of any: NULL) the file declares. */
static size_t count_in(const struct place_habit *habit, const char *file,
                       const struct object *object)
{
    size_t count = 0;

    for (size_t i = 0; i < habit->heads.count; i++) {
        const struct object *head = habit->heads.items[i];

        count += text_equal(head->location.file, file) && (!object || head->kind == object->kind);
    }
    return count;
}

/* The last of them that is of the object's kind and schema, or else of its kind. */
static const struct object *sample_of(const struct place_habit *habit, const struct object *object)
{
    const struct object *found = NULL;

    for (size_t i = 0; i < habit->heads.count; i++) {
        const struct object *head = habit->heads.items[i];

        if (head->kind == object->kind &&
            (!found || same_schema(head, object) || !same_schema(found, object)))
            found = head;
    }
    return found;
}

/* The file's path, with the object's names in the place of the sample's. */
static const char *path_like(struct arena *arena, const struct object *sample,
                             const struct object *object)
{
    const char *file = sample->location.file;
    const char *base = base_of(file);
    const char *name = whole_word(base, sample->name);
    const char *schema = sample->parent ? sample->parent->name : "";
    struct buffer path = BUFFER_EMPTY;

    for (const char *at = file; at < base;) {
        size_t length = strcspn(at, "/");
        bool is_schema = strlen(schema) == length && strncmp(at, schema, length) == 0;

        if (is_schema && object->parent)
            buffer_append(&path, object->parent->name);
        else
            buffer_append_bytes(&path, at, length);
        buffer_append_char(&path, '/');
        at += length + 1;
    }
    buffer_append_bytes(&path, base, (size_t)(name - base));
    for (const char *at = object->name; *at; at++)
        buffer_append_char(&path, *at == '/' ? '_' : *at);
    buffer_append(&path, name + strlen(sample->name));
    return buffer_take(&path, arena);
}

/* "views" for "view", "indexes", "policies", "materialized_views". */
static const char *folder_of_kind(struct arena *arena, const struct object *object)
{
    char *word = arena_strdup(arena, kind_word(object->kind));
    size_t length = strlen(word);

    if (length && word[length - 1] == 'y')
        return arena_printf(arena, "%.*sies", (int)length - 1, word);
    return arena_printf(arena, length && word[length - 1] == 'x' ? "%ses" : "%ss", word);
}

/* Where a file each is the habit for other kinds: a folder beside theirs, or the same one. */
static const char *path_beside(struct arena *arena, const struct object *sample,
                               const struct object *object)
{
    char *path = arena_strdup(arena, path_like(arena, sample, object));
    const char *theirs = folder_of_kind(arena, sample);
    char *base = path + (base_of(path) - path);
    size_t length = strlen(theirs);

    if ((size_t)(base - path) > length && strncmp(base - 1 - length, theirs, length) == 0)
        return arena_printf(arena, "%.*s%s/%s", (int)(base - 1 - path - (long)length), path,
                            folder_of_kind(arena, object), base);
    return path;
}

/* The file with the most objects. */
static const char *largest(const struct place_habit *habit)
{
    const char *found = NULL;
    size_t most = 0;

    for (size_t i = 0; i < habit->files->count; i++) {
        size_t count = count_in(habit, habit->files->items[i], NULL);

        if (!found || count > most) {
            found = habit->files->items[i];
            most = count;
        }
    }
    return found;
}

const char *place_of(struct arena *arena, const struct place_habit *habit,
                     const struct object *object)
{
    const struct object *sample = sample_of(habit, object);

    if (!habit->files->count)
        return habit->folder
                   ? arena_printf(arena, "%s/%s", habit->folder, family_path(arena, object))
                   : NULL;
    if (!habit->folder)
        return largest(habit);
    if (sample) {
        const char *file = sample->location.file;

        return count_in(habit, file, sample) == 1 && is_named_after(file, sample)
                   ? path_like(arena, sample, object)
                   : file;
    }
    for (size_t i = 0; i < habit->heads.count; i++) {
        sample = habit->heads.items[i];
        if (count_in(habit, sample->location.file, sample) == 1 &&
            is_named_after(sample->location.file, sample) && sample->parent)
            return path_beside(arena, sample, object);
    }
    return largest(habit);
}
