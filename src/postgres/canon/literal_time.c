/* Literals of intervals, dates and times, where their text alone says what they mean: ISO dates, units
 * with whole numbers. Words such as now stay as they are. A timestamp with time zone that names none is
 * read as UTC, in which plumb's own sessions run. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "utils/datetime.h"
#include "utils/timestamp.h"

/* -- Intervals ---------------------------------------------------------------------------------- */

struct span {
    int64_t months;
    int64_t days;
    int64_t micros;
};

enum { MICROS = 1000000 };

/* A unit in months, days or microseconds. */
struct unit {
    const char *names; /* separated by blanks */
    int months;
    int days;
    int64_t micros;
};

static const struct unit units[] = {
    {" microsecond microseconds us usec usecs useconds usecond ", 0, 0, 1},
    {" millisecond milliseconds ms msec msecs mseconds msecond ", 0, 0, 1000},
    {" second seconds s sec secs ", 0, 0, MICROS},
    {" minute minutes m min mins ", 0, 0, (int64_t)60 * MICROS},
    {" hour hours h hr hrs ", 0, 0, (int64_t)3600 * MICROS},
    {" day days d ", 0, 1, 0},
    {" week weeks w ", 0, 7, 0},
    {" month months mon mons ", 1, 0, 0},
    {" year years y yr yrs ", 12, 0, 0},
    {" decade decades dec decs ", 120, 0, 0},
    {" century centuries c cent ", 1200, 0, 0},
    {" millennium millennia mil mils ", 12000, 0, 0},
};

static const struct unit *unit_named(const char *word, size_t length)
{
    char key[32];

    if (length > sizeof(key) - 3)
        return NULL;
    snprintf(key, sizeof(key), " %.*s ", (int)length, word);
    for (char *at = key; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    for (size_t i = 0; i < lengthof(units); i++)
        if (strstr(units[i].names, key))
            return &units[i];
    return NULL;
}

/* A number without unit is of the last field that the modifier allows. */
static const struct unit *default_unit(int32_t typmod)
{
    int fields = typmod < 0 ? INTERVAL_FULL_RANGE : (typmod >> 16) & 0x7FFF;

    if (fields == INTERVAL_FULL_RANGE || fields & INTERVAL_MASK(SECOND))
        return &units[2];
    if (fields & INTERVAL_MASK(MINUTE))
        return &units[3];
    if (fields & INTERVAL_MASK(HOUR))
        return &units[4];
    if (fields & INTERVAL_MASK(DAY))
        return &units[5];
    return fields & INTERVAL_MASK(MONTH) ? &units[7] : &units[8];
}

/* Digits after a point as microseconds; -1 for more than six. */
static int64_t fraction_of(const char **at)
{
    int64_t micros = 0;
    int count = 0;

    if (**at != '.')
        return 0;
    for ((*at)++; isdigit((unsigned char)**at); (*at)++, count++)
        micros = micros * 10 + (**at - '0');
    if (count > 6)
        return -1;
    for (; count < 6; count++)
        micros *= 10;
    return micros;
}

static bool read_clock(const char **at, int64_t hours, bool negative, struct span *span)
{
    int64_t minutes, seconds = 0, micros = 0;
    char *end;

    minutes = strtol(*at + 1, &end, 10);
    *at = end;
    if (**at == ':') {
        seconds = strtol(*at + 1, &end, 10);
        *at = end;
    }
    micros = fraction_of(at);
    if (micros < 0 || minutes > 59 || seconds > 59 || minutes < 0 || seconds < 0)
        return false;
    micros += ((hours * 60 + minutes) * 60 + seconds) * MICROS;
    span->micros += negative ? -micros : micros;
    return true;
}

/* One "number unit" or "hh:mm:ss". */
static bool read_part(const char **at, int32_t typmod, struct span *span)
{
    bool negative = **at == '-', colon_means_minutes = false;
    const struct unit *unit;
    int64_t number = 0, fraction;
    const char *word;
    int digits = 0;

    if (**at == '-' || **at == '+')
        (*at)++;
    for (; isdigit((unsigned char)**at) && digits < 10; (*at)++, digits++)
        number = number * 10 + (**at - '0');
    if (isdigit((unsigned char)**at) || (!digits && **at != '.'))
        return false;
    if (typmod >= 0)
        colon_means_minutes =
            ((typmod >> 16) & 0x7FFF) == (INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND));
    if (**at == ':')
        return !colon_means_minutes && read_clock(at, number, negative, span);
    fraction = fraction_of(at);
    while (isspace((unsigned char)**at))
        (*at)++;
    word = *at;
    while (isalpha((unsigned char)**at))
        (*at)++;
    if (*at == word && **at)
        return false;
    unit = *at == word ? default_unit(typmod) : unit_named(word, (size_t)(*at - word));
    if (!unit || fraction < 0 ||
        (fraction && (unit->months || unit->days || (unit->micros % MICROS != 0))))
        return false;
    if (negative) {
        number = -number;
        fraction = -fraction;
    }
    span->months += number * unit->months;
    span->days += number * unit->days;
    span->micros += number * unit->micros + fraction * (unit->micros / MICROS);
    return true;
}

static bool read_interval(const char *text, int32_t typmod, struct span *span)
{
    bool any = false;

    for (;;) {
        while (isspace((unsigned char)*text) || (any && *text == ','))
            text++;
        if (!*text)
            return any;
        if (any && strncasecmp(text, "ago", 3) == 0 && !text[3 + strspn(text + 3, " ")]) {
            span->months = -span->months;
            span->days = -span->days;
            span->micros = -span->micros;
            return true;
        }
        if (!read_part(&text, typmod, span))
            return false;
        any = true;
    }
}

/* A modifier such as DAY cuts what is smaller. */
static bool cut(struct span *span, int32_t typmod)
{
    int fields = typmod < 0 ? INTERVAL_FULL_RANGE : (typmod >> 16) & 0x7FFF;
    int precision = typmod < 0 ? 0xFFFF : typmod & 0xFFFF;
    int64_t step = 1;

    if (precision <= 6) {
        for (int i = precision; i < 6; i++)
            step *= 10;
        if (span->micros % step)
            return false;
    }
    if (fields == INTERVAL_FULL_RANGE || fields & INTERVAL_MASK(SECOND))
        return true;
    if (fields & INTERVAL_MASK(MINUTE))
        span->micros -= span->micros % ((int64_t)60 * MICROS);
    else if (fields & INTERVAL_MASK(HOUR))
        span->micros -= span->micros % ((int64_t)3600 * MICROS);
    else
        span->micros = 0;
    if (!(fields & (INTERVAL_MASK(MINUTE) | INTERVAL_MASK(HOUR) | INTERVAL_MASK(DAY))))
        span->days = 0;
    if (fields == INTERVAL_MASK(YEAR))
        span->months -= span->months % 12;
    return true;
}

static void print_part(struct buffer *buffer, int64_t number, const char *unit, bool *negative)
{
    if (!number)
        return;
    buffer_printf(buffer, "%s%s%lld %s%s", buffer->length ? " " : "",
                  *negative && number > 0 ? "+" : "", (long long)number, unit,
                  number == 1 ? "" : "s");
    *negative = number < 0;
}

static void print_clock(struct buffer *buffer, int64_t micros, const char *sign)
{
    int64_t whole = (micros < 0 ? -micros : micros) / MICROS,
            part = (micros < 0 ? -micros : micros) % MICROS;
    size_t end;

    buffer_printf(buffer, "%s%02lld:%02lld:%02lld", sign, (long long)(whole / 3600),
                  (long long)(whole / 60 % 60), (long long)(whole % 60));
    if (!part)
        return;
    buffer_printf(buffer, ".%06lld", (long long)part);
    for (end = buffer->length; buffer->text[end - 1] == '0'; end--)
        ;
    buffer_truncate(buffer, end);
}

static const char *taken(struct buffer *buffer)
{
    const char *result = pstrdup(buffer_text(buffer));

    buffer_free(buffer);
    return result;
}

const char *literal_interval(const char *text, int32_t typmod)
{
    struct span span = {0};
    struct buffer buffer = BUFFER_EMPTY;
    bool negative = false;

    if (!read_interval(text, typmod, &span) || !cut(&span, typmod))
        return text;
    print_part(&buffer, span.months / 12, "year", &negative);
    print_part(&buffer, span.months % 12, "mon", &negative);
    print_part(&buffer, span.days, "day", &negative);
    if (span.micros || !buffer.length) {
        buffer_append(&buffer, buffer.length ? " " : "");
        print_clock(&buffer, span.micros, span.micros < 0 ? "-" : negative ? "+" : "");
    }
    return taken(&buffer);
}

/* -- Dates and times ---------------------------------------------------------------------------- */

struct moment {
    int64_t days; /* since 1970-01-01 */
    int64_t micros;
    bool dated;
    bool timed;
    bool zoned;
};

/* Days of the civil calendar, after Howard Hinnant's well-known arithmetic. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t era, within;

    year -= month <= 2;
    era = (year >= 0 ? year : year - 399) / 400;
    within = (year - era * 400) * 365 + (year - era * 400) / 4 - (year - era * 400) / 100 +
             (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + within - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    int64_t era, within, years, in_year, shifted;

    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    within = days - era * 146097;
    years = (within - within / 1460 + within / 36524 - within / 146096) / 365;
    in_year = within - (365 * years + years / 4 - years / 100);
    shifted = (5 * in_year + 2) / 153;
    *day = (int)(in_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(years + era * 400 + (*month <= 2));
}

static bool digits(const char **at, int least, int most, int64_t *number)
{
    int count = 0;

    *number = 0;
    for (; isdigit((unsigned char)**at) && count < most; (*at)++, count++)
        *number = *number * 10 + (**at - '0');
    return count >= least && !isdigit((unsigned char)**at);
}

static bool read_date(const char **at, struct moment *moment)
{
    int64_t year, month, day;
    int y, m, d;

    if (!digits(at, 4, 4, &year) || *(*at)++ != '-' || !digits(at, 1, 2, &month) ||
        *(*at)++ != '-' || !digits(at, 1, 2, &day) || year < 1)
        return false;
    moment->days = days_of(year, month, day);
    moment->dated = true;
    date_of(moment->days, &y, &m, &d);
    return y == year && m == month && d == day;
}

static bool read_time(const char **at, struct moment *moment)
{
    int64_t hours, minutes, seconds = 0, micros;

    if (!digits(at, 1, 2, &hours) || *(*at)++ != ':' || !digits(at, 2, 2, &minutes))
        return false;
    if (**at == ':') {
        (*at)++;
        if (!digits(at, 2, 2, &seconds) && **at != '.')
            return false;
    }
    micros = fraction_of(at);
    if (micros < 0 || hours > 23 || minutes > 59 || seconds > 59)
        return false;
    moment->micros = ((hours * 60 + minutes) * 60 + seconds) * MICROS + micros;
    moment->timed = true;
    return true;
}

static bool read_zone(const char **at, struct moment *moment)
{
    int64_t hours, minutes = 0;
    int sign;

    while (**at == ' ')
        (*at)++;
    if (strcasecmp(*at, "z") == 0 || strcasecmp(*at, "utc") == 0 || strcasecmp(*at, "gmt") == 0) {
        *at += strlen(*at);
        moment->zoned = true;
        return true;
    }
    if (**at != '+' && **at != '-')
        return !**at;
    sign = *(*at)++ == '-' ? -1 : 1;
    if (!digits(at, 1, 2, &hours))
        return false;
    if (**at == ':' && ((*at)++, !digits(at, 2, 2, &minutes)))
        return false;
    moment->micros -= sign * (hours * 60 + minutes) * 60 * MICROS;
    moment->zoned = true;
    while (moment->micros < 0) {
        moment->micros += (int64_t)86400 * MICROS;
        moment->days--;
    }
    while (moment->micros >= (int64_t)86400 * MICROS) {
        moment->micros -= (int64_t)86400 * MICROS;
        moment->days++;
    }
    return true;
}

static bool read_moment(const char *text, struct moment *moment)
{
    while (isspace((unsigned char)*text))
        text++;
    if (strspn(text, "0123456789") == 4) {
        if (!read_date(&text, moment))
            return false;
        if (*text == 'T' || *text == 't' || *text == ' ')
            text++;
        while (*text == ' ')
            text++;
    }
    if (isdigit((unsigned char)*text) && !read_time(&text, moment))
        return false;
    return read_zone(&text, moment) && !*text;
}

const char *literal_time(struct analyzer *analyzer, const struct pg_type *type, const char *text)
{
    const struct known_types *types = &analyzer->types;
    struct moment moment = {0};
    struct buffer buffer = BUFFER_EMPTY;
    int year, month, day;

    if (!read_moment(text, &moment))
        return text;
    if (type == types->time) {
        if (moment.dated || moment.zoned)
            return text;
        print_clock(&buffer, moment.micros, "");
        return taken(&buffer);
    }
    /* What has no zone of its own depends on the session's: plumb's sessions run in UTC. */
    if (!moment.dated || (type != types->timestamptz && moment.zoned))
        return text;
    date_of(moment.days, &year, &month, &day);
    buffer_printf(&buffer, "%04d-%02d-%02d", year, month, day);
    if (type != types->date) {
        buffer_append(&buffer, " ");
        print_clock(&buffer, moment.micros, "");
    } else if (moment.timed) {
        buffer_free(&buffer);
        return text;
    }
    if (type == types->timestamptz)
        buffer_append(&buffer, "+00");
    return taken(&buffer);
}
