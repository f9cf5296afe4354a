/* Deterministic damage to texts, for tests that only ask whether a reader of foreign text survives it:
 * bytes change, parts go, come twice or from another text, words of the language slip in. */
#ifndef PLUMB_TESTS_MUTATE_H
#define PLUMB_TESTS_MUTATE_H

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct mutation {
    uint64_t state;           /* of the generator; not 0 */
    const char *const *words; /* ended by NULL */
    size_t word_count;
};

static inline size_t mutate_number(struct mutation *mutation, size_t below)
{
    mutation->state ^= mutation->state << 13;
    mutation->state ^= mutation->state >> 7;
    mutation->state ^= mutation->state << 17;
    return below ? (size_t)(mutation->state % below) : 0;
}

/* Puts length bytes of what in the place of removed bytes at a position. The text is malloc memory. */
static inline char *mutate_splice(char *text, size_t at, size_t removed, const char *what,
                                  size_t length)
{
    size_t whole = strlen(text);
    char *result = malloc(whole - removed + length + 1);

    memcpy(result, text, at);
    memcpy(result + at, what, length);
    memcpy(result + at + length, text + at + removed, whole - at - removed + 1);
    free(text);
    return result;
}

/* One change to the text (malloc memory, given back as such); other is where parts come from. */
static inline char *mutate_once(struct mutation *mutation, char *text, const char *other)
{
    size_t whole = strlen(text);
    size_t at = mutate_number(mutation, whole + 1);
    size_t some = mutate_number(mutation, 24);
    size_t length = some < whole - at ? some : whole - at;
    size_t from = mutate_number(mutation, strlen(other) + 1);
    const char *word;
    char byte;

    switch (mutate_number(mutation, 6)) {
    case 0:
        return mutate_splice(text, at, length, "", 0);
    case 1:
        return mutate_splice(text, at, 0, text + at, length);
    case 2:
        word = mutation->words[mutate_number(mutation, mutation->word_count)];
        return mutate_splice(text, at, 0, word, strlen(word));
    case 3:
        word = mutation->words[mutate_number(mutation, mutation->word_count)];
        return mutate_splice(text, at, length, word, strlen(word));
    case 4:
        return mutate_splice(text, at, 0, other + from,
                             strlen(other + from) < 60 ? strlen(other + from) : 60);
    default:
        byte = (char)(1 + mutate_number(mutation, 255));
        return mutate_splice(text, at, length ? 1 : 0, &byte, 1);
    }
}

static inline bool mutate_in_word(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_';
}

/* A word of the text at or behind a random place; its length is 0 where there is none. */
static inline size_t mutate_word(struct mutation *mutation, const char *text, size_t *length)
{
    size_t at = mutate_number(mutation, strlen(text) + 1);

    while (at > 0 && mutate_in_word(text[at - 1]))
        at--;
    while (text[at] && !mutate_in_word(text[at]))
        at++;
    for (*length = 0; mutate_in_word(text[at + *length]);)
        ++*length;
    return at;
}

/* A change that mostly leaves a text well-formed: a word in the place of another, a line gone or twice. */
static inline char *mutate_gently(struct mutation *mutation, char *text, const char *other)
{
    size_t at = mutate_number(mutation, strlen(text) + 1);
    size_t length;
    size_t from;
    size_t taken;
    char *copy;

    if (mutate_number(mutation, 4)) {
        at = mutate_word(mutation, text, &length);
        other = mutate_number(mutation, 3) ? text : other;
        from = mutate_word(mutation, other, &taken);
        copy = strndup(other + from, taken);
        text = mutate_splice(text, at, length, copy, taken);
        free(copy);
        return text;
    }
    while (at > 0 && text[at - 1] != '\n')
        at--;
    length = strcspn(text + at, "\n");
    if (mutate_number(mutation, 2))
        return mutate_splice(text, at, length, "", 0);
    copy = strndup(text + at, length + (text[at + length] == '\n'));
    text = mutate_splice(text, at, 0, copy, strlen(copy));
    free(copy);
    return text;
}

#endif
