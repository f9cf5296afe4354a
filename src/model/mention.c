/* Texts that name one another: a walk in depth with a stack of its own. */
#include "model/mention.h"

#include <ctype.h>
#include <string.h>

#include "core/arena.h"
#include "core/text/letter_case.h"
#include "core/map.h"

/* A text that is being read. */
struct reading {
    size_t number;
    const char *at;
    size_t next; /* one more of the name that was read last, from 1; 0: read on */
};

struct order {
    struct arena *arena;
    struct map
        first; /* by name in lower case: size_t *, the number from 1 of the first of that name */
    size_t *same_name; /* the next one of the same name; 0 none */
    struct reading *stack;
    size_t depth;
    bool *begun;
    size_t *numbers; /* in order */
    size_t count;
};

static const char *fold(struct arena *arena, const char *name, size_t length)
{
    return text_lower(arena, arena_strndup(arena, name, length));
}

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* The next word or quoted name, from *at on, which moves behind it; NULL at the end. */
static const char *next_word(struct arena *scratch, const char **at)
{
    const char *from = *at;
    const char *end;

    while (*from && !is_of_word(*from) && *from != '"' && *from != '`')
        from++;
    if (!*from)
        return NULL;
    if (is_of_word(*from)) {
        for (end = from; is_of_word(*end); end++)
            ;
        *at = end;
        return fold(scratch, from, (size_t)(end - from));
    }
    end = strchr(from + 1, *from);
    *at = end ? end + 1 : from + 1;
    return end ? fold(scratch, from + 1, (size_t)(end - from - 1)) : "";
}

static void begin(struct order *order, const struct mention *mentions, size_t number)
{
    const char *text = mentions[number].text;

    order->begun[number] = true;
    order->stack[order->depth++] = (struct reading){number, text ? text : "", 0};
}

/* Reads on; true where it has come to the name of one that is not begun yet, which it begins. */
static bool read_on(struct order *order, const struct mention *mentions, struct arena *scratch)
{
    struct reading *reading = &order->stack[order->depth - 1];

    for (;;) {
        const char *word;
        const size_t *first;

        while (reading->next) {
            size_t number = reading->next - 1;

            reading->next = order->same_name[number];
            if (!order->begun[number]) {
                begin(order, mentions, number);
                return true;
            }
        }
        word = next_word(scratch, &reading->at);
        if (!word)
            return false;
        first = map_get(&order->first, word);
        reading->next = first ? *first : 0;
    }
}

static void walk(struct order *order, const struct mention *mentions, size_t from)
{
    struct arena *scratch = arena_new();

    begin(order, mentions, from);
    while (order->depth)
        if (!read_on(order, mentions, scratch))
            order->numbers[order->count++] = order->stack[--order->depth].number;
    arena_free(scratch);
}

void mention_order(struct mention *mentions, size_t count)
{
    struct arena *arena = arena_new();
    struct order order = {.arena = arena,
                          .first = map_new(arena),
                          .same_name = ARENA_ARRAY(arena, size_t, count + 1),
                          .stack = ARENA_ARRAY(arena, struct reading, count + 1),
                          .begun = ARENA_ARRAY(arena, bool, count + 1),
                          .numbers = ARENA_ARRAY(arena, size_t, count + 1)};
    struct mention *ordered = ARENA_ARRAY(arena, struct mention, count + 1);

    for (size_t i = 0; i < count; i++) {
        const char *name = fold(arena, mentions[i].name, strlen(mentions[i].name));
        size_t *first = map_get(&order.first, name);

        if (!first) {
            first = ARENA_NEW(arena, size_t);
            map_set(&order.first, name, first);
        }
        order.same_name[i] = *first;
        *first = i + 1;
    }
    for (size_t i = 0; i < count; i++)
        if (!order.begun[i])
            walk(&order, mentions, i);
    for (size_t i = 0; i < count; i++)
        ordered[i] = mentions[order.numbers[i]];
    if (count)
        memcpy(mentions, ordered, count * sizeof(*mentions));
    arena_free(arena);
}
