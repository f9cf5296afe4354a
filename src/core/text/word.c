/* Names as words of a text. */
#include "core/text/word.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool is_letter_of_word(char character)
{
    return isalnum((unsigned char)character) || character == '_' || character == '$' ||
           (unsigned char)character >= 0x80;
}

const char *find_word(const char *text, size_t text_length, const char *word, size_t length)
{
    for (size_t i = 0; length && i + length <= text_length; i++)
        if (strncasecmp(text + i, word, length) == 0 &&
            (i == 0 || !is_letter_of_word(text[i - 1])) &&
            (i + length == text_length || !is_letter_of_word(text[i + length])))
            return text + i;
    return NULL;
}

/* What stands in double or back quotes; length 0: nothing does. */
static const char *quoted(const char *message, size_t *length)
{
    const char *begin = strpbrk(message, "\"`");
    const char *end = begin ? strchr(begin + 1, *begin) : NULL;

    *length = end ? (size_t)(end - begin - 1) : 0;
    return begin ? begin + 1 : message;
}

/* What stands behind the last dot of the first word that has any. */
static const char *behind_dot(const char *message, size_t *length)
{
    *length = 0;
    for (const char *dot = strchr(message, '.'); dot; dot = strchr(dot + 1, '.')) {
        if (dot == message || !is_letter_of_word(dot[-1]) || !is_letter_of_word(dot[1]))
            continue;
        do {
            message = dot + 1;
            for (*length = 0; is_letter_of_word(message[*length]);)
                ++*length;
            dot = message + *length;
        } while (*dot == '.' && is_letter_of_word(dot[1]));
        return message;
    }
    return message;
}

/* The name in "table a does not exist", "function f(int) is declared twice". */
static const char *before_verb(const char *message, size_t *length)
{
    static const char *const verbs[] = {" does not exist", " is declared twice", " has no "};
    const char *end = NULL;

    for (size_t i = 0; !end && i < sizeof(verbs) / sizeof(*verbs); i++)
        end = strstr(message, verbs[i]);
    while (end && end > message && end[-1] != ' ')
        end--;
    *length = 0;
    while (end && is_letter_of_word(end[*length]))
        ++*length;
    return end ? end : message;
}

/* "there is no column a" */
static const char *after_no(const char *message, size_t *length)
{
    const char *begin = strstr(message, "there is no ");
    const char *last = begin ? strrchr(begin, ' ') : NULL;

    *length = 0;
    while (last && is_letter_of_word(last[1 + *length]))
        ++*length;
    return last ? last + 1 : message;
}

size_t place_of_message(const char *statement, size_t length, const char *message)
{
    const char *(*const ways[])(const char *message, size_t *length) = {quoted, after_no,
                                                                        behind_dot, before_verb};

    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        size_t name_length;
        const char *name = ways[i](message, &name_length);
        const char *found = find_word(statement, length, name, name_length);

        if (found)
            return (size_t)(found - statement);
    }
    return 0;
}
