/* A state that is one text in memory. There are no files around it that it could include. */
#include "load/sources.h"

#include <string.h>

struct text {
    const char *bytes;
    size_t length;
};

static bool open_text(struct sources *sources, struct source_file *file, struct error *error)
{
    const struct text *text = sources->provider;

    return source_set_text(file, arena_strndup(sources->arena, text->bytes, text->length),
                           text->length, error);
}

static bool locate_nothing(struct sources *sources, const char *from_file, const char *path,
                           bool relative, const char **identity, const char **name)
{
    (void)sources;
    (void)from_file;
    (void)relative;
    *identity = NULL;
    *name = path;
    return false;
}

bool sources_from_text(struct sources *sources, const char *name, const char *bytes, size_t length,
                       struct error *error)
{
    struct text *text = ARENA_NEW(sources->arena, struct text);

    *text = (struct text){bytes, length};
    sources->provider = text;
    sources->open = open_text;
    sources->locate = locate_nothing;
    return sources_add(sources, name, arena_strdup(sources->arena, name), error);
}
