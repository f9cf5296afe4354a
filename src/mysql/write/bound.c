/* Bounds of partitions: which of two ranges ends later, and what values a list takes. */
#include "mysql/write/write.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Past the element that begins here: up to a comma or parenthesis of this level. */
static const char *skip_element(const char *text)
{
    int depth = 0;

    for (; *text && (depth > 0 || (*text != ',' && *text != ')')); text++) {
        if (*text == '\'' || *text == '"') {
            char quote = *text++;

            while (*text && *text != quote)
                text += *text == '\\' && text[1] ? 2 : 1;
            if (!*text)
                return text;
        }
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    }
    return text;
}

struct text_list my_bound_elements(struct arena *arena, const char *bound)
{
    const char *text = bound ? strchr(bound, '(') : NULL;
    struct text_list elements = {0};

    while (text && *text && *text != ')') {
        const char *start = text + 1 + strspn(text + 1, " \n");
        const char *end = skip_element(start);
        size_t length = (size_t)(end - start);

        while (length && start[length - 1] == ' ')
            length--;
        text_list_add(&elements, arena, arena_strndup(arena, start, length));
        text = end;
    }
    return elements;
}

bool my_bound_is_open(const char *bound)
{
    const char *first = bound ? strchr(bound, '(') : NULL;

    if (!bound)
        return false;
    if (!first)
        return strcasecmp(bound, "DEFAULT") == 0 || strstr(bound, "MAXVALUE") != NULL;
    return strncasecmp(first + 1 + strspn(first + 1, " "), "MAXVALUE", 8) == 0;
}

/* --- which is more ----------------------------------------------------------------------------------- */

enum order { LESS, EQUAL, MORE, UNKNOWN };

static enum order ordered(int comparison)
{
    return comparison < 0 ? LESS : comparison > 0 ? MORE : EQUAL;
}

static bool is_number(const char *text)
{
    text += *text == '-';
    return *text && strspn(text, "0123456789") == strlen(text);
}

static enum order compare_numbers(const char *a, const char *b)
{
    bool negative = *a == '-';
    size_t length;

    if (negative != (*b == '-'))
        return negative ? LESS : MORE;
    a += negative + strspn(a + negative, "0");
    b += negative + strspn(b + negative, "0");
    length = strlen(a);
    if (length != strlen(b))
        return (length < strlen(b)) != negative ? LESS : MORE;
    return ordered(negative ? strcmp(b, a) : strcmp(a, b));
}

/* '2020-01-01 10:00:00': moments of one form lie in the order of their texts, under any collation. */
static bool is_moment(const char *text)
{
    return *text == '\'' && isdigit((unsigned char)text[1]) &&
           strspn(text + 1, "0123456789-: .") == strlen(text + 1) - 1;
}

static bool has_same_form(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (isdigit((unsigned char)*a) ? !isdigit((unsigned char)*b) : *a != *b)
            return false;
    return *a == *b;
}

static enum order compare_elements(const char *a, const char *b)
{
    bool open = strcasecmp(b, "MAXVALUE") == 0;

    if (strcmp(a, b) == 0)
        return EQUAL;
    if (strcasecmp(a, "MAXVALUE") == 0)
        return open ? EQUAL : MORE;
    if (open)
        return LESS;
    if (is_number(a) && is_number(b))
        return compare_numbers(a, b);
    if (is_moment(a) && is_moment(b) && has_same_form(a, b))
        return ordered(strcmp(a, b));
    return UNKNOWN;
}

bool my_bound_grows(struct arena *arena, const char *before, const char *after)
{
    struct text_list old;
    struct text_list new;

    if (my_bound_is_open(before))
        return false;
    if (my_bound_is_open(after))
        return true;
    old = my_bound_elements(arena, before);
    new = my_bound_elements(arena, after);
    for (size_t i = 0; i < old.count && i < new.count; i++) {
        enum order order = compare_elements(old.items[i], new.items[i]);

        if (order != EQUAL)
            return order == LESS;
    }
    return false;
}
