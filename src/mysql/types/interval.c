/* Intervals of events, as the servers keep them: the whole number of the smallest unit, written in all the parts that
 * the unit names. */
#include "mysql/types/interval.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"

enum { most_parts = 4 };

/* What each part of a unit holds of the next one, from the left, and how the parts are written. */
static const struct {
    const char *unit;
    int parts;
    int64_t holds[most_parts - 1];
    const char *separators;
} compounds[] = {
    {"YEAR_MONTH", 2, {12}, "-"},      {"DAY_HOUR", 2, {24}, " "},
    {"DAY_MINUTE", 3, {24, 60}, " :"}, {"DAY_SECOND", 4, {24, 60, 60}, " ::"},
    {"HOUR_MINUTE", 2, {60}, ":"},     {"HOUR_SECOND", 3, {60, 60}, "::"},
    {"MINUTE_SECOND", 2, {60}, ":"},
};

/* The numbers in a text, from its right end: what is missing is on the left. False where one is too large. */
static bool read_parts(const char *text, int count, int64_t *parts)
{
    static const char digits[] = "0123456789";
    int found = 0;

    memset(parts, 0, sizeof(*parts) * (size_t)count);
    while (found < count) {
        size_t length;

        text += strcspn(text, digits);
        length = strspn(text, digits);
        if (!length)
            break;
        if (length > 12)
            return false;
        parts[found++] = strtoll(text, NULL, 10);
        text += length;
    }
    if (found && found < count) {
        memmove(parts + count - found, parts, sizeof(*parts) * (size_t)found);
        memset(parts, 0, sizeof(*parts) * (size_t)(count - found));
    }
    return found > 0;
}

static const char *print_compound(struct arena *arena, size_t row, const char *text)
{
    int count = compounds[row].parts;
    int64_t parts[most_parts];
    struct buffer printed = BUFFER_EMPTY;

    if (!read_parts(text, count, parts))
        return text;
    for (int i = count - 1; i > 0; i--) {
        int64_t holds = compounds[row].holds[i - 1];

        parts[i - 1] += parts[i] / holds;
        parts[i] %= holds;
    }
    buffer_append_char(&printed, '\'');
    for (int i = 0; i < count; i++) {
        if (i)
            buffer_append_char(&printed, compounds[row].separators[i - 1]);
        buffer_printf(&printed, "%" PRId64, parts[i]);
    }
    buffer_append_char(&printed, '\'');
    return buffer_take(&printed, arena);
}

/* A number is rounded, a text read up to what is no digit of a whole number. */
static const char *print_simple(struct arena *arena, const char *text, bool number, bool seconds)
{
    const char *digits = text + strspn(text, " \t");
    size_t length = strspn(digits, "0123456789");
    int64_t value = length && length <= 18 ? strtoll(digits, NULL, 10) : 0;

    if (!value || (number && strpbrk(digits, "eE")))
        return text;
    if (number && !seconds && digits[length] == '.' && digits[length + 1] >= '5')
        value++;
    return arena_printf(arena, "%" PRId64, value);
}

const char *my_print_interval(struct arena *arena, const char *text, bool number, const char *unit)
{
    for (size_t i = 0; i < sizeof(compounds) / sizeof(*compounds); i++)
        if (strcmp(compounds[i].unit, unit) == 0)
            return strchr(text, '-') == text ? text : print_compound(arena, i, text);
    return print_simple(arena, text, number, strcmp(unit, "SECOND") == 0);
}
