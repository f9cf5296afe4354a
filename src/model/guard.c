/* Values that may be unknown. */
#include "model/guard.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct guard_value guard_unknown(void)
{
    return (struct guard_value){.kind = GUARD_UNKNOWN};
}

struct guard_value guard_null(void)
{
    return (struct guard_value){.kind = GUARD_NULL};
}

struct guard_value guard_text(const char *text)
{
    return text ? (struct guard_value){.kind = GUARD_TEXT, .text = text} : guard_null();
}

struct guard_value guard_id(const char *key)
{
    return key ? (struct guard_value){.kind = GUARD_ID, .text = key} : guard_null();
}

struct guard_value guard_truth(bool truth)
{
    return guard_text(truth ? "t" : "f");
}

static bool is_one_of(struct guard_value value, const char *const *words)
{
    for (; value.kind == GUARD_TEXT && *words; words++)
        if (strcasecmp(value.text, *words) == 0)
            return true;
    return false;
}

bool guard_is_true(struct guard_value value)
{
    static const char *const words[] = {"t", "true", "1", "yes", "on", NULL};

    return is_one_of(value, words);
}

bool guard_is_false(struct guard_value value)
{
    static const char *const words[] = {"f", "false", "0", "no", "off", NULL};

    return is_one_of(value, words);
}

struct guard_value guard_and(struct guard_value a, struct guard_value b)
{
    if (guard_is_false(a) || guard_is_false(b))
        return guard_truth(false);
    if (guard_is_true(a) && guard_is_true(b))
        return guard_truth(true);
    return a.kind == GUARD_NULL && b.kind != GUARD_UNKNOWN   ? guard_null()
           : b.kind == GUARD_NULL && a.kind != GUARD_UNKNOWN ? guard_null()
                                                             : guard_unknown();
}

struct guard_value guard_not(struct guard_value value)
{
    if (guard_is_true(value) || guard_is_false(value))
        return guard_truth(guard_is_false(value));
    return value.kind == GUARD_NULL ? value : guard_unknown();
}

struct guard_value guard_or(struct guard_value a, struct guard_value b)
{
    return guard_not(guard_and(guard_not(a), guard_not(b)));
}

/* --- comparing ------------------------------------------------------------------------------- */

static bool is_number(const char *text, double *number)
{
    char *end;

    if (!isdigit((unsigned char)*text) && !strchr("+-.", *text))
        return false;
    *number = strtod(text, &end);
    return end > text && !*end;
}

static int compare_texts(const char *a, const char *b, bool fold)
{
    double x;
    double y;

    if (is_number(a, &x) && is_number(b, &y))
        return x < y ? -1 : x > y;
    return fold ? strcasecmp(a, b) : strcmp(a, b);
}

static struct guard_value judge(const char *operator, int order)
{
    if (strcmp(operator, "=") == 0)
        return guard_truth(order == 0);
    if (strcmp(operator, "<>") == 0 || strcmp(operator, "!=") == 0)
        return guard_truth(order != 0);
    if (strcmp(operator, "<") == 0)
        return guard_truth(order < 0);
    if (strcmp(operator, "<=") == 0)
        return guard_truth(order <= 0);
    if (strcmp(operator, ">") == 0)
        return guard_truth(order > 0);
    if (strcmp(operator, ">=") == 0)
        return guard_truth(order >= 0);
    return guard_unknown();
}

struct guard_value guard_compare(const char *operator, struct guard_value a, struct guard_value b,
                                 bool fold)
{
    if (a.kind == GUARD_NULL || b.kind == GUARD_NULL)
        return guard_null();
    if (a.kind == GUARD_OWN && b.kind == GUARD_OWN)
        return judge(operator, 0);
    if (a.kind != b.kind || (a.kind != GUARD_TEXT && a.kind != GUARD_ID))
        return guard_unknown();
    return judge(operator,
                 a.kind == GUARD_ID ? strcmp(a.text, b.text) : compare_texts(a.text, b.text, fold));
}

static bool matches(const char *text, const char *pattern, bool fold)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '%') {
            for (;; text++) {
                if (matches(text, pattern + 1, fold))
                    return true;
                if (!*text)
                    return false;
            }
        }
        if (!*text)
            return false;
        if (*pattern == '_')
            continue;
        if (*pattern == '\\' && pattern[1])
            pattern++;
        if (fold ? tolower((unsigned char)*text) != tolower((unsigned char)*pattern)
                 : *text != *pattern)
            return false;
    }
    return !*text;
}

struct guard_value guard_like(struct guard_value value, struct guard_value pattern, bool fold)
{
    if (value.kind == GUARD_NULL || pattern.kind == GUARD_NULL)
        return guard_null();
    if (value.kind != GUARD_TEXT || pattern.kind != GUARD_TEXT)
        return guard_unknown();
    return guard_truth(matches(value.text, pattern.text, fold));
}

struct guard_value guard_calculate(struct arena *arena, char operation, struct guard_value a,
                                   struct guard_value b)
{
    long long x;
    long long y;

    if (a.kind != GUARD_TEXT || b.kind != GUARD_TEXT || strlen(a.text) > 9 || strlen(b.text) > 9 ||
        a.text[strspn(a.text, "-0123456789")] || b.text[strspn(b.text, "-0123456789")])
        return guard_unknown();
    x = strtoll(a.text, NULL, 10);
    y = strtoll(b.text, NULL, 10);
    if (operation == '/' && y == 0)
        return guard_unknown();
    return guard_text(arena_printf(arena, "%lld",
                                   operation == '+'   ? x + y
                                   : operation == '-' ? x - y
                                   : operation == '/' ? x / y
                                                      : x * y));
}
