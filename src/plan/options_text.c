/* What is compared, as lines of text: the record keeps it with each entry, so that an interrupted apply can
 * be looked at as it was meant. */
#include "plan/compare.h"

#include <string.h>

#include "core/list.h"

static void add_flag(struct text_list *words, struct arena *arena, const char *word, bool flag)
{
    if (flag)
        text_list_add(words, arena, word);
}

static void add_globs(struct text_list *words, struct arena *arena, const char *word,
                      const char *const *globs)
{
    for (; globs && *globs; globs++)
        text_list_add(words, arena, arena_printf(arena, "%s=%s", word, *globs));
}

const char *compare_options_print(struct arena *arena, const struct compare_options *options)
{
    struct text_list words = {0};

#define MANAGE(member, word) add_flag(&words, arena, word, options->manage.member);
#define FLAG(member, word) add_flag(&words, arena, word, options->member);
#define GLOBS(member, word) add_globs(&words, arena, word, options->member);
#include "plan/options.def"
    return text_list_join(&words, arena, "\n");
}

static const char *const *globs_of(struct arena *arena, const struct text_list *words,
                                   const char *word)
{
    const char **globs = ARENA_ARRAY(arena, const char *, words->count + 1);
    size_t length = strlen(word);
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++)
        if (strncmp(words->items[i], word, length) == 0 && words->items[i][length] == '=')
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
#define MANAGE(member, word) options.manage.member = text_list_contains(&words, word);
#define FLAG(member, word) options.member = text_list_contains(&words, word);
#define GLOBS(member, word) options.member = globs_of(arena, &words, word);
#include "plan/options.def"
    return options;
}
