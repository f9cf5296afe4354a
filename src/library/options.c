/* What a comparison is told, from the public structure to the internal one and back. */
#include "library/library.h"

const char *const *globs_copy(struct arena *arena, const char *const *globs)
{
    const char **copy;
    size_t count = 0;

    if (!globs)
        return NULL;
    while (globs[count])
        count++;
    copy = ARENA_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_strdup(arena, globs[i]);
    return copy;
}

struct compare_options compare_options_of(struct arena *arena, const struct plumb_options *options)
{
    struct compare_options compare = {0};

#define MANAGE(member, word) compare.manage.member = options->member;
#define FLAG(member, word) compare.member = options->member;
#define GLOBS(member, word) compare.member = globs_copy(arena, options->member);
#include "plan/options.def"
    return compare;
}

void compare_options_give(const struct compare_options *compare, struct plumb_options *options)
{
#define MANAGE(member, word) options->member = compare->manage.member;
#define FLAG(member, word) options->member = compare->member;
#define GLOBS(member, word) options->member = compare->member;
#include "plan/options.def"
    options->must_match = NULL;
}
