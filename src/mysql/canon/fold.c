/* Constant folding, as the servers do it for the bounds of partitions: integers, and dates that come to
 * integers. The sessions in which bounds are made are taken to be in UTC. What cannot be folded here keeps
 * its canonical text. */
#include <stdio.h>
#include <string.h>

#include "mysql/canon/internal.h"

enum value_kind { VALUE_UNKNOWN, VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_TIME };

struct moment {
    int year, month, day, hour, minute, second;
};

struct value {
    enum value_kind kind;
    __int128 integer;
    const char *text;
    struct moment moment;
};

static const struct value unknown = {.kind = VALUE_UNKNOWN};

static struct value integer_value(__int128 integer)
{
    return (struct value){.kind = VALUE_INTEGER, .integer = integer};
}

static struct value moment_value(struct moment moment)
{
    return (struct value){.kind = VALUE_TIME, .moment = moment};
}

/* --- dates ----------------------------------------------------------------------------------------- */

/* Days since year 0, as TO_DAYS counts them. */
static long days_of(int year, int month, int day)
{
    long days = 365L * year + 31L * (month - 1) + day;
    int leap_years = year;

    if (month <= 2)
        leap_years--;
    else
        days -= (month * 4 + 23) / 10;
    return days + leap_years / 4 - (leap_years / 100 + 1) * 3 / 4;
}

static int days_in(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return lengths[month - 1] + (month == 2 && leap);
}

static struct moment date_of_days(long days)
{
    struct moment moment = {.year = (int)(days / 366)};

    while (days_of(moment.year + 1, 1, 1) <= days)
        moment.year++;
    days -= days_of(moment.year, 1, 1);
    moment.month = 1;
    while (days >= days_in(moment.year, moment.month)) {
        days -= days_in(moment.year, moment.month);
        moment.month++;
    }
    moment.day = (int)days + 1;
    return moment;
}

static long moment_days(const struct moment *moment)
{
    return days_of(moment->year, moment->month, moment->day);
}

static __int128 moment_seconds(const struct moment *moment)
{
    return (__int128)moment_days(moment) * 86400 + moment->hour * 3600 + moment->minute * 60 +
           moment->second;
}

static struct moment moment_of_seconds(__int128 seconds)
{
    struct moment moment = date_of_days((long)(seconds / 86400));
    int rest = (int)(seconds % 86400);

    moment.hour = rest / 3600;
    moment.minute = rest / 60 % 60;
    moment.second = rest % 60;
    return moment;
}

static bool take_digits(const char **text, int most, int *number)
{
    int count = 0;

    *number = 0;
    while (count < most && **text >= '0' && **text <= '9') {
        *number = *number * 10 + (*(*text)++ - '0');
        count++;
    }
    return count > 0;
}

static bool parse_fields(const char **text, int *fields[3], int first)
{
    for (int i = 0; i < 3; i++) {
        bool digits = strspn(*text, "0123456789") > (size_t)(i == 0 ? first : 2);

        if (!take_digits(text, i == 0 ? first : 2, fields[i]))
            return i > 1;
        if (!digits && **text && i < 2 && strchr("-/.:@", **text))
            (*text)++;
    }
    return true;
}

/* '2020-01-01', '2020-1-1 10:00:00', '20200101'. */
static bool parse_moment(const char *text, struct moment *moment)
{
    int *date[3] = {&moment->year, &moment->month, &moment->day};
    int *time[3] = {&moment->hour, &moment->minute, &moment->second};

    *moment = (struct moment){0};
    if (strspn(text, "0123456789") == 2 || !parse_fields(&text, date, 4))
        return false;
    if (moment->month < 1 || moment->month > 12 || moment->day < 1 ||
        moment->day > days_in(moment->year, moment->month))
        return false;
    if (*text == ' ' || *text == 'T') {
        text++;
        if (!parse_fields(&text, time, 2))
            return false;
    }
    return *text == '\0' && moment->hour < 24 && moment->minute < 60 && moment->second < 60;
}

static bool as_moment(struct value value, struct moment *moment)
{
    char digits[16];

    if (value.kind == VALUE_TIME) {
        *moment = value.moment;
        return true;
    }
    if (value.kind == VALUE_TEXT)
        return parse_moment(value.text, moment);
    if (value.kind != VALUE_INTEGER || value.integer < 10000101 || value.integer > 99991231)
        return false;
    snprintf(digits, sizeof(digits), "%08lld", (long long)value.integer);
    return parse_moment(digits, moment);
}

static struct value add_interval(struct moment moment, __int128 amount, const char *unit)
{
    static const struct {
        const char *unit;
        int months;
        int seconds;
    } units[] = {{"YEAR", 12, 0},   {"QUARTER", 3, 0}, {"MONTH", 1, 0},   {"WEEK", 0, 604800},
                 {"DAY", 0, 86400}, {"HOUR", 0, 3600}, {"MINUTE", 0, 60}, {"SECOND", 0, 1}};

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        long months;

        if (strcmp(unit, units[i].unit) != 0)
            continue;
        if (units[i].seconds)
            return moment_value(
                moment_of_seconds(moment_seconds(&moment) + amount * units[i].seconds));
        months = moment.year * 12L + moment.month - 1 + (long)amount * units[i].months;
        if (months < 0 || months > 9999L * 12)
            return unknown;
        moment.year = (int)(months / 12);
        moment.month = (int)(months % 12) + 1;
        if (moment.day > days_in(moment.year, moment.month))
            moment.day = days_in(moment.year, moment.month);
        return moment_value(moment);
    }
    return unknown;
}

/* --- numbers --------------------------------------------------------------------------------------------- */

static struct value number_value(const char *text)
{
    size_t sign = text[0] == '-';
    __int128 value = 0;

    if (strspn(text + sign, "0123456789") != strlen(text + sign) || strlen(text) > 30)
        return unknown;
    for (text += sign; *text; text++)
        value = value * 10 + (*text - '0');
    return integer_value(sign ? -value : value);
}

static struct value combine(const char *name, __int128 left, __int128 right)
{
    bool zero = right == 0;

    if (strcmp(name, "+") == 0)
        return integer_value(left + right);
    if (strcmp(name, "-") == 0)
        return integer_value(left - right);
    if (strcmp(name, "*") == 0)
        return integer_value(left * right);
    if (strcmp(name, "DIV") == 0 || strcmp(name, "/") == 0)
        return zero || (*name == '/' && left % right) ? unknown : integer_value(left / right);
    if (strcmp(name, "MOD") == 0)
        return zero ? unknown : integer_value(left % right);
    if (strcmp(name, "<<") == 0 && right >= 0 && right < 63)
        return integer_value(left << (int)right);
    if (strcmp(name, ">>") == 0 && left >= 0 && right >= 0 && right < 64)
        return integer_value(left >> (int)right);
    if (strcmp(name, "|") == 0 && left >= 0 && right >= 0)
        return integer_value(left | right);
    if (strcmp(name, "&") == 0 && left >= 0 && right >= 0)
        return integer_value(left & right);
    return unknown;
}

static struct value fold(const struct my_node *node);

static struct value fold_binary(const struct my_node *node)
{
    struct my_node *second = canon_child(node, 1);
    struct value left = fold(canon_child(node, 0));
    struct moment moment;

    if (node->children.count != 2)
        return unknown;
    if (second->kind == MY_INTERVAL) {
        struct value amount = fold(canon_child(second, 0));

        if (amount.kind == VALUE_TEXT)
            amount = number_value(amount.text);
        if (amount.kind != VALUE_INTEGER || !as_moment(left, &moment))
            return unknown;
        return add_interval(moment, node->name[0] == '-' ? -amount.integer : amount.integer,
                            second->text);
    } else {
        struct value right = fold(second);

        if (left.kind != VALUE_INTEGER || right.kind != VALUE_INTEGER)
            return unknown;
        return combine(node->name, left.integer, right.integer);
    }
}

/* --- calls ------------------------------------------------------------------------------------------------- */

static struct value part_of(const char *name, const struct moment *moment)
{
    const struct {
        const char *name;
        __int128 value;
    } parts[] = {
        {"YEAR", moment->year},
        {"MONTH", moment->month},
        {"DAYOFMONTH", moment->day},
        {"DAY", moment->day},
        {"HOUR", moment->hour},
        {"MINUTE", moment->minute},
        {"SECOND", moment->second},
        {"QUARTER", (moment->month + 2) / 3},
        {"YEAR_MONTH", moment->year * 100 + moment->month},
        {"TO_DAYS", moment_days(moment)},
        {"TO_SECONDS", moment_seconds(moment)},
        {"UNIX_TIMESTAMP", moment_seconds(moment) - (__int128)719528 * 86400},
        {"DAYOFYEAR", moment_days(moment) - days_of(moment->year, 1, 1) + 1},
        {"DAYOFWEEK", (moment_days(moment) + 6) % 7 + 1},
        {"WEEKDAY", (moment_days(moment) + 5) % 7},
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        if (strcmp(name, parts[i].name) == 0)
            return integer_value(parts[i].value);
    return unknown;
}

/* FLOOR(5.5), CEIL(-5.5): of a number as it is written. */
static struct value round_number(const char *name, const char *text)
{
    size_t sign = text[0] == '-';
    size_t whole = sign + strspn(text + sign, "0123456789");
    char digits[32];
    struct value value;

    if (text[whole] != '.' || whole >= sizeof(digits) || strchr(text, 'e'))
        return unknown;
    memcpy(digits, text, whole);
    digits[whole] = '\0';
    value = number_value(digits);
    if (strspn(text + whole + 1, "0") == strlen(text + whole + 1))
        return value;
    if (strcmp(name, "CEIL") == 0 && !sign)
        value.integer++;
    if (strcmp(name, "FLOOR") == 0 && sign)
        value.integer--;
    return value;
}

static bool rounds(const char *name)
{
    return strcmp(name, "FLOOR") == 0 || strcmp(name, "CEIL") == 0;
}

static struct value fold_call(const struct my_node *node)
{
    struct value value;
    struct moment moment;

    if (node->children.count != 1 || node->schema)
        return unknown;
    value = fold(canon_child(node, 0));
    if (value.kind == VALUE_UNKNOWN && rounds(node->name) &&
        canon_child(node, 0)->kind == MY_NUMBER)
        return round_number(node->name, canon_child(node, 0)->text);
    if (value.kind == VALUE_INTEGER) {
        if (strcmp(node->name, "ABS") == 0)
            return integer_value(value.integer < 0 ? -value.integer : value.integer);
        if (rounds(node->name))
            return value;
        if (strcmp(node->name, "FROM_DAYS") == 0 && value.integer > 365 && value.integer < 3652424)
            return moment_value(date_of_days((long)value.integer));
    }
    return as_moment(value, &moment) ? part_of(node->name, &moment) : unknown;
}

static struct value fold_cast(const struct my_node *node)
{
    struct value value = fold(canon_child(node, 0));
    struct moment moment;

    if (strcmp(node->text, "DATE") == 0 && as_moment(value, &moment)) {
        moment.hour = moment.minute = moment.second = 0;
        return moment_value(moment);
    }
    if (strcmp(node->text, "DATETIME") == 0 && as_moment(value, &moment))
        return moment_value(moment);
    if (value.kind == VALUE_TEXT)
        value = number_value(value.text);
    if (strcmp(node->text, "SIGNED") == 0 || strcmp(node->text, "UNSIGNED") == 0)
        return value.kind == VALUE_INTEGER ? value : unknown;
    return unknown;
}

static struct value fold(const struct my_node *node)
{
    struct value value = unknown;
    struct moment moment;

    switch ((int)node->kind) {
    case MY_NULL:
        return (struct value){.kind = VALUE_NULL};
    case MY_TRUE:
    case MY_FALSE:
        return integer_value(node->kind == MY_TRUE);
    case MY_NUMBER:
        return number_value(node->text);
    case MY_STRING:
        return (struct value){.kind = VALUE_TEXT, .text = node->text};
    case MY_TEMPORAL:
        if (parse_moment(node->text, &moment))
            return moment_value(moment);
        return (struct value){.kind = VALUE_TEXT, .text = node->text};
    case MY_UNARY:
        value = strcmp(node->name, "-") == 0 ? fold(canon_child(node, 0)) : unknown;
        return value.kind == VALUE_INTEGER ? integer_value(-value.integer) : unknown;
    case MY_BINARY:
        return fold_binary(node);
    case MY_CALL:
        return fold_call(node);
    case MY_CAST:
        return fold_cast(node);
    case MY_EXTRACT:
        value = fold(canon_child(node, 0));
        return as_moment(value, &moment) ? part_of(node->text, &moment) : unknown;
    default:
        return unknown;
    }
}

/* --- the door ------------------------------------------------------------------------------------------------- */

static const char *print_integer(struct arena *arena, __int128 value)
{
    char digits[48];
    char *at = digits + sizeof(digits) - 1;
    bool negative = value < 0;

    *at = '\0';
    do {
        int digit = (int)(value % 10);

        *--at = (char)('0' + (digit < 0 ? -digit : digit));
        value /= 10;
    } while (value);
    if (negative)
        *--at = '-';
    return arena_strdup(arena, at);
}

static const char *print_moment(struct arena *arena, const struct my_node *node,
                                const struct moment *moment)
{
    if (node->kind == MY_TEMPORAL)
        return arena_printf(arena, "'%s'", node->text);
    if (moment->hour || moment->minute || moment->second)
        return arena_printf(arena, "'%04d-%02d-%02d %02d:%02d:%02d'", moment->year, moment->month,
                            moment->day, moment->hour, moment->minute, moment->second);
    return arena_printf(arena, "'%04d-%02d-%02d'", moment->year, moment->month, moment->day);
}

const char *my_canon_constant(struct arena *arena, struct my_flavor flavor,
                              const struct my_node *expression)
{
    struct canon canon = {.arena = arena, .flavor = flavor};
    struct my_node *node = canon_bytes_as_text(&canon, canon_rewrite(&canon, expression));
    struct value value = fold(node);
    struct buffer text = BUFFER_EMPTY;

    if (value.kind == VALUE_NULL)
        return "NULL";
    if (value.kind == VALUE_INTEGER)
        return print_integer(arena, value.integer);
    if (value.kind == VALUE_TIME)
        return print_moment(arena, node, &value.moment);
    canon_print(&text, node);
    return buffer_take(&text, arena);
}
