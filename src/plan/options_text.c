/* What is compared, as lines of text: the record keeps it with each entry, so that an interrupted apply can
 * be looked at as it was meant. */
#include "plan/compare.h"

#include <string.h>

#include "core/list.h"

/* Words that are on or off, in the order of flags_of. */
static const char *const flag_names[] = {"owners", "privileges", "unmodelled", "any-column-order",
                                         "never-ask"};

enum { flag_count = sizeof(flag_names) / sizeof(*flag_names) };

static void add_globs(struct text_list *words, struct arena *arena, const char *name,
                      const char *const *globs)
{
    for (; globs && *globs; globs++)
        text_list_add(words, arena, arena_printf(arena, "%s=%s", name, *globs));
}

const char *compare_options_print(struct arena *arena, const struct compare_options *options)
{
    const bool flags[] = {options->manage.owners, options->manage.privileges,
                          options->manage.unmodelled, options->manage.ignore_column_order,
                          !options->ask};
    struct text_list words = {0};

    for (size_t i = 0; i < flag_count; i++)
        if (flags[i])
            text_list_add(&words, arena, flag_names[i]);
    add_globs(&words, arena, "schema", options->schemas);
    add_globs(&words, arena, "exclude", options->excludes);
    return text_list_join(&words, arena, "\n");
}

static const char *const *globs_of(struct arena *arena, const struct text_list *words,
                                   const char *name)
{
    const char **globs = ARENA_ARRAY(arena, const char *, words->count + 1);
    size_t length = strlen(name);
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++)
        if (strncmp(words->items[i], name, length) == 0 && words->items[i][length] == '=')
            globs[count++] = words->items[i] + length + 1;
    return count ? globs : NULL;
}

struct compare_options compare_options_parse(struct arena *arena, const char *text)
{
    struct compare_options options = {0};
    struct text_list words = {0};

    while (*text) {
        size_t length = strcspn(text, "\n");

        text_list_add(&words, arena, arena_strndup(arena, text, length));
        text += length + (text[length] == '\n');
    }
    options.manage.owners = text_list_contains(&words, "owners");
    options.manage.privileges = text_list_contains(&words, "privileges");
    options.manage.unmodelled = text_list_contains(&words, "unmodelled");
    options.manage.ignore_column_order = text_list_contains(&words, "any-column-order");
    options.ask = !text_list_contains(&words, "never-ask");
    options.schemas = globs_of(arena, &words, "schema");
    options.excludes = globs_of(arena, &words, "exclude");
    return options;
}
