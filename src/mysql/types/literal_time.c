/* Dates and times as the server stores them: what people write with any marks between the parts, or
 * without any, padded and completed. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mysql/types/literal.h"
#include "mysql/types/literal_internal.h"

enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, PART_COUNT };

struct moment {
    bool negative;
    long parts[PART_COUNT]; /* year, month, day, hour, minute, second */
    char fraction[7];
};

/* Two digits mean a year of this century up to 69. */
static long whole_year(long year, size_t digits)
{
    if (digits > 2)
        return year;
    return year < 70 ? year + 2000 : year + 1900;
}

static void read_fraction(const char *at, struct moment *moment)
{
    size_t length = 0;

    for (; isdigit((unsigned char)*at) && length < 6; at++)
        moment->fraction[length++] = *at;
}

/* Takes the digits behind the first so many into account. At the end of a day they are cut. */
static void round_fraction(struct moment *moment, long digits)
{
    long *parts = moment->parts;

    if ((long)strlen(moment->fraction) <= digits || moment->fraction[digits] < '5')
        return;
    for (long i = digits - 1; i >= 0; i--) {
        if (moment->fraction[i] != '9') {
            moment->fraction[i]++;
            memset(moment->fraction + i + 1, '0', (size_t)(digits - 1 - i));
            return;
        }
    }
    if (parts[HOUR] == 23 && parts[MINUTE] == 59 && parts[SECOND] == 59)
        return;
    memset(moment->fraction, '0', (size_t)digits);
    for (int i = SECOND; i >= HOUR; i--) {
        if (++parts[i] < 60 || i == HOUR)
            break;
        parts[i] = 0;
    }
}

static const char *fraction_of(struct arena *arena, const struct moment *moment, long digits)
{
    char text[7] = "000000";

    if (digits <= 0)
        return "";
    memcpy(text, moment->fraction, strlen(moment->fraction));
    text[digits] = '\0';
    return arena_printf(arena, ".%s", text);
}

/* 20200131, 200131, 20200131235959, 200131235959 */
static bool read_packed_date(const char *text, size_t count, struct moment *moment)
{
    size_t year_digits = count == 8 || count == 14 ? 4 : 2;
    char part[5] = {0};

    if (count != 6 && count != 8 && count != 12 && count != 14)
        return false;
    memcpy(part, text, year_digits);
    moment->parts[YEAR] = whole_year(strtol(part, NULL, 10), year_digits);
    text += year_digits;
    for (int i = MONTH; i < PART_COUNT && isdigit((unsigned char)*text); i++, text += 2) {
        const char two[3] = {text[0], text[1], '\0'};

        moment->parts[i] = strtol(two, NULL, 10);
    }
    if (*text == '.')
        read_fraction(text + 1, moment);
    return true;
}

static bool read_date(const char *text, struct moment *moment)
{
    size_t count;

    while (isspace((unsigned char)*text))
        text++;
    count = strspn(text, "0123456789");
    if (text[count] == '\0' || (text[count] == '.' && count > 4))
        return read_packed_date(text, count, moment);
    for (int i = YEAR; i < PART_COUNT && *text; i++) {
        if (!isdigit((unsigned char)*text))
            return false;
        count = strspn(text, "0123456789");
        moment->parts[i] = strtol(text, NULL, 10);
        if (i == YEAR)
            moment->parts[i] = whole_year(moment->parts[i], count);
        text += count;
        if (i == SECOND && *text == '.')
            read_fraction(text + 1, moment);
        while (i < SECOND && *text && !isdigit((unsigned char)*text)) {
            if (isalpha((unsigned char)*text) && *text != 'T')
                return false;
            text++;
        }
    }
    return moment->parts[MONTH] <= 12 && moment->parts[DAY] <= 31 && moment->parts[HOUR] < 24 &&
           moment->parts[MINUTE] < 60 && moment->parts[SECOND] < 60;
}

/* 1112 is 00:11:12. */
static void read_packed_time(const char *text, struct moment *moment)
{
    long number = strtol(text, NULL, 10);

    moment->parts[HOUR] = number / 10000;
    moment->parts[MINUTE] = number / 100 % 100;
    moment->parts[SECOND] = number % 100;
}

/* [D ]HH:MM[:SS[.fraction]] or digits alone; of a whole date and time, the time. */
static bool read_time(const char *text, struct moment *moment)
{
    long days = 0;
    size_t count;

    while (isspace((unsigned char)*text))
        text++;
    if (*text == '-')
        moment->negative = *text++ == '-';
    count = strspn(text, "0123456789");
    if (!count)
        return false;
    if (text[count] == '-')
        return read_date(text, moment);
    if (text[count] == ' ' && isdigit((unsigned char)text[count + 1])) {
        days = strtol(text, NULL, 10);
        text += count + 1;
        count = strspn(text, "0123456789");
    }
    if (text[count] == '\0' || text[count] == '.') {
        if (days)
            moment->parts[HOUR] = strtol(text, NULL, 10);
        else
            read_packed_time(text, moment);
        text += count;
    } else {
        for (int i = HOUR; i < PART_COUNT && isdigit((unsigned char)*text); i++) {
            moment->parts[i] = strtol(text, NULL, 10);
            text += strspn(text, "0123456789");
            text += *text == ':';
        }
    }
    if (*text == '.')
        read_fraction(text + 1, moment);
    else if (*text)
        return false;
    moment->parts[HOUR] += days * 24;
    return moment->parts[MINUTE] < 60 && moment->parts[SECOND] < 60;
}

static const char *print_datetime(struct arena *arena, const struct moment *moment, long digits)
{
    const long *parts = moment->parts;

    return arena_printf(arena, "%04ld-%02ld-%02ld %02ld:%02ld:%02ld%s", parts[YEAR], parts[MONTH],
                        parts[DAY], parts[HOUR], parts[MINUTE], parts[SECOND],
                        fraction_of(arena, moment, digits));
}

const char *my_print_datetime(struct arena *arena, const char *text, long digits)
{
    struct moment moment = {0};

    return read_date(text, &moment) ? print_datetime(arena, &moment, digits) : text;
}

static const char *year(struct arena *arena, const struct my_constant *constant)
{
    char *end;
    long value = strtol(constant->text, &end, 10);

    if (*end || !constant->length)
        return NULL;
    if (value == 0 && (constant->kind == MY_CONSTANT_NUMBER || constant->length == 4))
        return "0000";
    if (value < 100)
        value = whole_year(value, 2);
    return value >= 1901 && value <= 2155 ? arena_printf(arena, "%ld", value) : NULL;
}

/* Zero as a number is the zero date. */
static bool is_zero(const struct my_constant *constant)
{
    return constant->length && strspn(constant->text, "0") == constant->length;
}

const char *my_literal_time(struct arena *arena, const struct my_stored_type *type,
                            const struct my_constant *constant, bool rounds)
{
    struct moment moment = {0};
    const long *parts = moment.parts;

    if (constant->kind == MY_CONSTANT_BYTES)
        return NULL;
    if (type->class == MY_TYPE_YEAR)
        return year(arena, constant);
    if (type->class == MY_TYPE_TIME) {
        if (!read_time(constant->text, &moment))
            return NULL;
        if (rounds)
            round_fraction(&moment, type->length);
        return arena_printf(arena, "%s%02ld:%02ld:%02ld%s", moment.negative ? "-" : "", parts[HOUR],
                            parts[MINUTE], parts[SECOND],
                            fraction_of(arena, &moment, type->length));
    }
    if (!is_zero(constant) && !read_date(constant->text, &moment))
        return NULL;
    if (rounds && type->class != MY_TYPE_DATE)
        round_fraction(&moment, type->length);
    if (type->class == MY_TYPE_DATE)
        return arena_printf(arena, "%04ld-%02ld-%02ld", parts[YEAR], parts[MONTH], parts[DAY]);
    return print_datetime(arena, &moment, type->length);
}
