/* A state of files that are in memory: as they were read once, or as they shall be written. They include each other as the
 * files would; what is not among them is not there. */
#include "load/sources.h"

#include <string.h>

struct texts {
    const struct state_text *items;
    size_t count;
};

static const struct state_text *text_named(const struct texts *texts, const char *name)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i].name, name) == 0)
            return &texts->items[i];
    return NULL;
}

static bool open_text(struct sources *sources, struct source_file *file, struct error *error)
{
    const struct state_text *text = text_named(sources->provider, file->identity);

    if (!text)
        return error_set(error, ERROR_IO, "no such file: %s", file->name);
    return source_set_text(file, arena_strndup(sources->arena, text->text, text->length),
                           text->length, error);
}

static bool locate_text(struct sources *sources, const char *from_file, const char *path,
                        bool relative, const char **identity, const char **name)
{
    const char *folder = relative ? path_folder(sources->arena, from_file) : NULL;
    const struct state_text *text;

    *name = path_normalize(sources->arena, path_join(sources->arena, folder, path));
    text = text_named(sources->provider, *name);
    *identity = text ? text->name : NULL;
    return text != NULL;
}

bool sources_from_texts(struct sources *sources, const struct state_text *texts, size_t count,
                        struct error *error)
{
    struct texts *given = ARENA_NEW(sources->arena, struct texts);

    *given = (struct texts){texts, count};
    sources->provider = given;
    sources->open = open_text;
    sources->locate = locate_text;
    for (size_t i = 0; i < count; i++)
        if (texts[i].listed && !sources_add(sources, texts[i].name, texts[i].name, error))
            return false;
    return true;
}

void sources_give(const struct sources *sources, struct state_texts *read)
{
    struct arena *arena = read->arena;

    read->items = ARENA_ARRAY(arena, struct state_text, sources->files.count + 1);
    read->count = sources->files.count;
    for (size_t i = 0; i < sources->files.count; i++) {
        const struct source_file *file = sources->files.items[i];

        read->items[i] = (struct state_text){.name = arena_strdup(arena, file->name),
                                             .path = arena_strdup(arena, file->identity),
                                             .text = arena_strndup(arena, file->text, file->length),
                                             .length = file->length,
                                             .listed = file->listed};
    }
}
