/* Which texts the input functions of the server refuse. Only what every server refuses, under whatever settings, is
 * told; of the rest nothing is said. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

static const char *without_blanks(const char *text)
{
    size_t length;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    return tree_text(text, length);
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* Since 16 numbers may be written with underscores, and in other bases. */
static bool is_later_spelling(const char *digits)
{
    return strchr(digits, '_') || (digits[0] == '0' && digits[1] && strchr("xXoObB", digits[1]));
}

/* --- numbers ------------------------------------------------------------------------------------ */

/* The digits without a sign and leading zeros; NULL for what is no whole number, "" where that cannot be told. */
static const char *whole_number(const char *text, bool *negative)
{
    text = without_blanks(text);
    *negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    if (is_later_spelling(text))
        return "";
    if (!*text || text[digits_at(text)])
        return NULL;
    while (text[0] == '0' && text[1])
        text++;
    return text;
}

/* largest: that of the positive numbers; below zero there is one more. */
static const char *refuse_integer(const char *text, const char *largest)
{
    bool negative;
    const char *digits = whole_number(text, &negative);
    size_t length = strlen(largest);
    int order;

    if (!digits)
        return "is no whole number";
    if (strlen(digits) != length)
        return strlen(digits) < length ? NULL : "is out of range";
    order = strncmp(digits, largest, length - 1);
    if (order == 0)
        order = digits[length - 1] - largest[length - 1] - (negative ? 1 : 0);
    return order > 0 ? "is out of range" : NULL;
}

/* What strtod reads besides numbers, and what older servers do not know, is not judged. */
static const char *refuse_number(const char *text)
{
    const char *at = without_blanks(text);
    size_t whole;
    size_t fraction = 0;

    if (*at == '-' || *at == '+')
        at++;
    if (is_later_spelling(at) || strncasecmp(at, "inf", 3) == 0 ||
        (strncasecmp(at, "nan", 3) == 0 && !isalnum((unsigned char)at[3])))
        return NULL;
    whole = digits_at(at);
    at += whole;
    if (*at == '.') {
        fraction = digits_at(at + 1);
        at += fraction + 1;
    }
    if ((*at == 'e' || *at == 'E') && whole + fraction) {
        at += at[1] == '-' || at[1] == '+' ? 2 : 1;
        if (!digits_at(at))
            return "is no number";
        at += digits_at(at);
    }
    return *at || whole + fraction == 0 ? "is no number" : NULL;
}

/* Any beginning of the words that is not a beginning of another. */
static const char *refuse_boolean(const char *text)
{
    static const struct {
        const char *word;
        size_t least;
    } words[] = {{"true", 1}, {"false", 1}, {"yes", 1}, {"no", 1},
                 {"on", 2},   {"off", 2},   {"1", 1},   {"0", 1}};
    const char *word = without_blanks(text);
    size_t length = strlen(word);

    for (size_t i = 0; i < lengthof(words); i++)
        if (length >= words[i].least && length <= strlen(words[i].word) &&
            strncasecmp(words[i].word, word, length) == 0)
            return NULL;
    return "is neither true nor false";
}

/* --- identifiers, bits and bytes ---------------------------------------------------------------- */

/* 32 hexadecimal digits, a hyphen behind any four of them, in braces or not. */
static const char *refuse_uuid(const char *text)
{
    static const char reason[] = "is no uuid";
    bool braces = *text == '{';

    text += braces;
    for (int byte = 0; byte < 16; byte++) {
        if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]))
            return reason;
        text += 2;
        if (*text == '-' && byte % 2 == 1 && byte < 15)
            text++;
    }
    if (braces && *text++ != '}')
        return reason;
    return *text ? reason : NULL;
}

static const char *refuse_bits(const char *text)
{
    const char *digits = *text == 'x' || *text == 'X' ? "0123456789abcdefABCDEF" : "01";

    if (*text && strchr("xXbB", *text))
        text++;
    return text[strspn(text, digits)] ? "is no string of bits" : NULL;
}

/* "\x" and pairs of hexadecimal digits with blanks between the pairs, or the escape format. */
static const char *refuse_bytes(const char *text)
{
    static const char reason[] = "is no string of bytes";

    if (text[0] == '\\' && text[1] == 'x') {
        for (text += 2; *text; text += 2) {
            text += strspn(text, " \n\t\r");
            if (!*text)
                break;
            if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]))
                return reason;
        }
        return NULL;
    }
    for (; *text; text++) {
        if (*text != '\\')
            continue;
        if (text[1] == '\\')
            text++;
        else if (text[1] >= '0' && text[1] <= '3' && strspn(text + 2, "01234567") >= 2)
            text += 3;
        else
            return reason;
    }
    return NULL;
}

/* --- addresses ---------------------------------------------------------------------------------- */

/* Of the forms with colons the letters alone are looked at, as of cidr, which may be shortened. */
static const char *refuse_address(const char *text, bool network)
{
    static const char reason[] = "is no address of a network";
    int parts = 0;
    const char *at = text;

    if (strchr(text, ':'))
        return text[strspn(text, "0123456789abcdefABCDEF:./")] ? reason : NULL;
    if (!*text || text[strspn(text, "0123456789abcdefABCDEFxX./")])
        return reason;
    if (network)
        return NULL;
    for (; isdigit((unsigned char)*at) && parts < 4; parts++) {
        if (digits_at(at) > 3)
            return strspn(at, "0") ? NULL : reason;
        if (atoi(at) > 255)
            return reason;
        at += digits_at(at);
        at += *at == '.' ? 1 : 0;
    }
    if (*at == '/')
        return digits_at(at + 1) == 0 || at[1 + digits_at(at + 1)] ||
                       (digits_at(at + 1) < 9 && atoi(at + 1) > 32)
                   ? reason
                   : NULL;
    return *at || parts != 4 ? reason : NULL;
}

/* --- dates and times ---------------------------------------------------------------------------- */

static bool holds_word(const char *text, const char *const *words)
{
    for (; *words; words++)
        for (const char *at = text; *at; at++)
            if (strncasecmp(at, *words, strlen(*words)) == 0)
                return true;
    return false;
}

static bool holds_digit(const char *text)
{
    return text[strcspn(text, "0123456789")] != '\0';
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* "10:30", "10:30:15", and nothing else. */
static const char *refuse_clock(const char *text)
{
    int fields[3] = {0};
    int count = 0;

    while (count < 3 && digits_at(text) > 0 && digits_at(text) <= 2) {
        fields[count++] = atoi(text);
        text += digits_at(text);
        if (*text != ':')
            break;
        text++;
    }
    if (*text || count < 2 || text[-1] == ':')
        return NULL;
    return fields[0] > 24 || fields[1] > 59 || fields[2] > 60 ? "is out of range" : NULL;
}

/* "2024-02-29", alone or before a blank or "T": the year in four digits comes first under any DateStyle. A year before
 * Christ is counted from one. */
static const char *refuse_calendar(const char *text)
{
    const char *month = text + 5;
    const char *day;
    int number;

    if (digits_at(text) != 4 || text[4] != '-' || digits_at(month) < 1 || digits_at(month) > 2 ||
        month[digits_at(month)] != '-')
        return NULL;
    day = month + digits_at(month) + 1;
    if (digits_at(day) < 1 || digits_at(day) > 2 ||
        (day[digits_at(day)] && !strchr(" T", day[digits_at(day)])))
        return NULL;
    number = atoi(month);
    if (number < 1 || number > 12 || atoi(day) < 1 || atoi(day) > 31)
        return "is out of range";
    if (atoi(day) <= days_of_month(4, number) && (strchr(day, 'b') || strchr(day, 'B')))
        return NULL;
    return atoi(day) > days_of_month(atoi(text), number) ? "is out of range" : NULL;
}

static const char *refuse_moment(const char *text, bool has_date)
{
    static const char *const special[] = {"now",   "today",    "tomorrow", "yesterday",
                                          "epoch", "allballs", "infinity", NULL};

    text = without_blanks(text);
    if (!holds_digit(text) && !holds_word(text, special))
        return has_date ? "is no date" : "is no time";
    return has_date ? refuse_calendar(text) : refuse_clock(text);
}

static const char *refuse_interval(const char *text)
{
    static const char *const special[] = {"inf", NULL};

    text = without_blanks(text);
    return holds_digit(text) || holds_word(text, special) || strncasecmp(text, "pt", 2) == 0
               ? NULL
               : "is no interval";
}

/* --- what has parts ----------------------------------------------------------------------------- */

static bool skip_json(const char **at, int depth);

static void skip_json_blanks(const char **at)
{
    *at += strspn(*at, " \t\n\r");
}

static bool skip_json_string(const char **at)
{
    if (*(*at)++ != '"')
        return false;
    for (; **at != '"'; (*at)++) {
        if ((unsigned char)**at < 0x20)
            return false;
        if (**at != '\\')
            continue;
        (*at)++;
        if (!**at || !strchr("\"\\/bfnrtu", **at))
            return false;
        if (**at == 'u' && strspn(*at + 1, "0123456789abcdefABCDEF") < 4)
            return false;
    }
    (*at)++;
    return true;
}

static bool skip_json_number(const char **at)
{
    *at += **at == '-';
    if (!digits_at(*at) || (**at == '0' && digits_at(*at) > 1))
        return false;
    *at += digits_at(*at);
    if (**at == '.') {
        (*at)++;
        if (!digits_at(*at))
            return false;
        *at += digits_at(*at);
    }
    if (**at == 'e' || **at == 'E') {
        (*at)++;
        *at += **at == '-' || **at == '+';
        if (!digits_at(*at))
            return false;
        *at += digits_at(*at);
    }
    return true;
}

/* The members of an object, or the elements of an array, up to the closing sign. */
static bool skip_json_members(const char **at, char close, int depth)
{
    (*at)++;
    skip_json_blanks(at);
    if (**at == close)
        return (*at)++, true;
    for (;;) {
        skip_json_blanks(at);
        if (close == '}') {
            if (!skip_json_string(at))
                return false;
            skip_json_blanks(at);
            if (*(*at)++ != ':')
                return false;
        }
        if (!skip_json(at, depth + 1))
            return false;
        if (**at == close)
            return (*at)++, true;
        if (*(*at)++ != ',')
            return false;
    }
}

/* One value with the blanks around it. What is deeper than anybody writes is taken as it is. */
static bool skip_json(const char **at, int depth)
{
    static const char *const words[] = {"true", "false", "null"};
    bool good = false;

    if (depth > ANALYZE_DEPTH)
        return *at += strlen(*at), true;
    skip_json_blanks(at);
    if (**at == '{' || **at == '[') {
        good = skip_json_members(at, **at == '{' ? '}' : ']', depth);
    } else if (**at == '"') {
        good = skip_json_string(at);
    } else if (**at == '-' || isdigit((unsigned char)**at)) {
        good = skip_json_number(at);
    } else {
        for (size_t i = 0; i < lengthof(words) && !good; i++) {
            size_t length = strlen(words[i]);

            good = strncmp(*at, words[i], length) == 0;
            *at += good ? length : 0;
        }
    }
    skip_json_blanks(at);
    return good;
}

/* An end in the midst of something too deep is no end of it. */
static const char *refuse_json(const char *text)
{
    const char *at = text;
    size_t depth = 0;

    for (const char *sign = text; *sign; sign++)
        depth += *sign == '{' || *sign == '[';
    if (depth > ANALYZE_DEPTH)
        return NULL;
    return skip_json(&at, 0) && !*at ? NULL : "is no JSON";
}

static const char *refuse_range(const char *text)
{
    const char *word = without_blanks(text);
    size_t length = strlen(word);

    if (strcasecmp(word, "empty") == 0)
        return NULL;
    return length < 3 || !strchr("[(", word[0]) || !strchr("])", word[length - 1]) ||
                   !strchr(word, ',')
               ? "is no range"
               : NULL;
}

/* "{...}", or "[0:1]={...}"; what stands inside is read where arrays are. */
static const char *refuse_array(const char *text)
{
    const char *word = without_blanks(text);
    size_t length = strlen(word);

    return length < 2 || !strchr("{[", word[0]) || word[length - 1] != '}' ? "is no array" : NULL;
}

/* --- which type has which ----------------------------------------------------------------------- */

static const char *refuse_shape(const char *text)
{
    static const char *const words[] = {"inf", "nan", NULL};

    return holds_digit(text) || holds_word(text, words) ? NULL : "holds no coordinates";
}

static bool is_one_of(const struct pg_type *type, const char *const *names)
{
    for (; *names; names++)
        if (universe_type_is(type, *names))
            return true;
    return false;
}

struct verdict {
    const char *reason; /* NULL: it is taken, or nobody knows */
    const char *hint;
};

static struct verdict judge_number(const struct known_types *types, const struct pg_type *type,
                                   const char *text)
{
    static const char range[] = "It holds whole numbers from %s to %s.";

    if (type == types->int2)
        return (struct verdict){refuse_integer(text, "32767"), psprintf(range, "-32768", "32767")};
    if (type == types->int4)
        return (struct verdict){refuse_integer(text, "2147483647"),
                                psprintf(range, "-2147483648", "2147483647")};
    if (type == types->int8)
        return (struct verdict){refuse_integer(text, "9223372036854775807"),
                                psprintf(range, "-9223372036854775808", "9223372036854775807")};
    if (type == types->numeric || type == types->float4 || type == types->float8)
        return (struct verdict){refuse_number(text), "Write digits, with a point if need be."};
    return (struct verdict){NULL, NULL};
}

static struct verdict judge_time(const struct known_types *types, const struct pg_type *type,
                                 const char *text)
{
    static const char hint[] = "Write it as in '2024-12-31', or '2024-12-31 23:59:59'.";

    if (type == types->date || type == types->timestamp || type == types->timestamptz)
        return (struct verdict){refuse_moment(text, true), hint};
    if (type == types->time || type == types->timetz)
        return (struct verdict){refuse_moment(text, false), "Write it as in '23:59:59'."};
    if (type == types->interval)
        return (struct verdict){refuse_interval(text), "Write it as in '1 day 02:00:00'."};
    return (struct verdict){NULL, NULL};
}

static struct verdict judge_parts(const struct known_types *types, const struct pg_type *type,
                                  const char *text)
{
    static const char *const shapes[] = {"point", "lseg",    "path",   "box",
                                         "line",  "polygon", "circle", NULL};

    if (type == types->json || type == types->jsonb)
        return (struct verdict){refuse_json(text),
                                "Texts and keys of JSON stand in double quotes."};
    if (type->type_class == PG_TYPE_RANGE)
        return (struct verdict){refuse_range(text), "Write it as in '[1,10)', or 'empty'."};
    if (type->element && type->category == 'A')
        return (struct verdict){refuse_array(text), "Write it as in '{a,b}', or ARRAY['a', 'b']."};
    if (is_one_of(type, shapes))
        return (struct verdict){refuse_shape(text), "Write its coordinates, as in '(1,2)'."};
    return (struct verdict){NULL, NULL};
}

static struct verdict judge(const struct known_types *types, const struct pg_type *type,
                            const char *text)
{
    struct verdict verdict = judge_number(types, type, text);

    if (!verdict.reason)
        verdict = judge_time(types, type, text);
    if (!verdict.reason)
        verdict = judge_parts(types, type, text);
    if (verdict.reason)
        return verdict;
    if (type == types->boolean)
        return (struct verdict){refuse_boolean(text), "Write true or false."};
    if (universe_type_is(type, "uuid"))
        return (struct verdict){refuse_uuid(text), "A uuid has 32 hexadecimal digits."};
    if (type == types->bit || universe_type_is(type, "varbit"))
        return (struct verdict){refuse_bits(text), "Write it as in B'101'."};
    if (type == types->bytea)
        return (struct verdict){refuse_bytes(text), "Write it in hexadecimal digits: '\\x00ff'."};
    if (universe_type_is(type, "inet") || universe_type_is(type, "cidr"))
        return (struct verdict){refuse_address(text, universe_type_is(type, "cidr")),
                                "Write it as in '192.168.0.0/24'."};
    return (struct verdict){NULL, NULL};
}

/* As people write it, whatever the server would. */
static const char *in_quotes(const char *text)
{
    char *quoted = palloc(2 * strlen(text) + 3);
    char *to = quoted;

    *to++ = '\'';
    for (; *text; text++) {
        if (*text == '\'')
            *to++ = '\'';
        *to++ = *text;
    }
    *to++ = '\'';
    *to = '\0';
    return quoted;
}

static void judge_label(struct analyzer *analyzer, const struct pg_type *type, const char *text)
{
    const char *labels = "";

    for (size_t i = 0; i < type->labels->count; i++) {
        if (strcmp(type->labels->items[i], text) == 0)
            return;
        labels = psprintf("%s%s%s", labels, i ? ", " : "", in_quotes(type->labels->items[i]));
    }
    analyze_refuse(
        analyzer, in_quotes(analyzer->literal),
        type->labels->count ? psprintf("It has %s.", labels) : "It has no labels at all.",
        "enum %s has no label %s", pg_type_format(type, -1, analyzer->arena), in_quotes(text));
}

void literal_judge(struct analyzer *analyzer, const struct pg_type *type, const char *text)
{
    struct verdict verdict;

    if (type->type_class == PG_TYPE_ENUM) {
        if (type->labels)
            judge_label(analyzer, type, text);
        return;
    }
    if (type->user && type->type_class == PG_TYPE_BASE && !type->element)
        return;
    verdict = judge(&analyzer->types, type, text);
    if (verdict.reason)
        analyze_refuse(analyzer, in_quotes(analyzer->literal), verdict.hint, "type %s: %s %s",
                       pg_type_format(type, -1, analyzer->arena), in_quotes(text), verdict.reason);
}
