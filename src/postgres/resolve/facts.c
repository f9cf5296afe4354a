/* Facts: "key: value" texts in a list. A key may be two words, "option host"; the second is a name as
 * SQL quotes it, so that the separator is looked for outside of quotes. */
#include "postgres/resolve/facts.h"

#include <string.h>
#include <strings.h>

static const char separator[] = ": ";

/* Where the separator behind the key begins. */
static const char *key_end(const char *fact)
{
    bool quoted = false;

    for (; *fact; fact++) {
        if (*fact == '"')
            quoted = !quoted;
        else if (!quoted && strncmp(fact, separator, strlen(separator)) == 0)
            break;
    }
    return fact;
}

static bool has_key(const char *fact, const char *key)
{
    size_t length = (size_t)(key_end(fact) - fact);

    return length == strlen(key) && strncmp(fact, key, length) == 0;
}

static size_t find(const struct text_list *facts, const char *key)
{
    size_t i = 0;

    while (i < facts->count && !has_key(facts->items[i], key))
        i++;
    return i;
}

const char *facts_get(const struct text_list *facts, const char *key)
{
    size_t at = find(facts, key);

    return at < facts->count ? facts->items[at] + strlen(key) + strlen(separator) : NULL;
}

void facts_set(struct text_list *facts, struct arena *arena, const char *key, const char *value)
{
    size_t at = find(facts, key);

    if (!value) {
        if (at < facts->count)
            facts->items[at] = facts->items[--facts->count];
        return;
    }
    value = arena_printf(arena, "%s%s%s", key, separator, value);
    if (at < facts->count)
        facts->items[at] = value;
    else
        text_list_add(facts, arena, value);
}

bool facts_next(const struct text_list *facts, struct arena *arena, const char *prefix, size_t *at,
                const char **name, const char **value)
{
    size_t length = strlen(prefix);

    while (*at < facts->count) {
        const char *fact = facts->items[(*at)++];
        const char *end = key_end(fact);

        if (strncmp(fact, prefix, length) != 0 || fact[length] != ' ')
            continue;
        *name = arena_strndup(arena, fact + length + 1, (size_t)(end - fact) - length - 1);
        *value = arena_strdup(arena, *end ? end + strlen(separator) : end);
        return true;
    }
    return false;
}

const char *facts_get_named(const struct text_list *facts, const char *prefix, const char *name)
{
    struct arena *scratch = arena_new();
    const char *value = facts_get(facts, arena_printf(scratch, "%s %s", prefix, name));

    arena_free(scratch);
    return value;
}

static bool contains(const char *text, const char *word)
{
    for (; *text; text++)
        if (strncasecmp(text, word, strlen(word)) == 0)
            return true;
    return false;
}

bool facts_is_secret(const char *option)
{
    static const char *const words[] = {"pass", "secret",     "token",
                                        "key",  "credential", FACTS_UNREADABLE};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (contains(option, words[i]))
            return true;
    return false;
}

bool facts_is_hidden(const char *name, const char *value)
{
    return facts_is_secret(name) && strcmp(value, "''") == 0;
}
