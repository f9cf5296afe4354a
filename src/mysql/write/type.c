/* What a change of a column's type, character set or collation may cost: values that are cut, refused, or
 * become equal to others. */
#include "mysql/write/write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mysql/facts/charset.h"

enum family {
    FAMILY_INTEGER,
    FAMILY_DECIMAL,
    FAMILY_FLOAT,
    FAMILY_TEXT,
    FAMILY_BYTES,
    FAMILY_CHOICE, /* enum and set */
    FAMILY_MOMENT, /* datetime and timestamp */
    FAMILY_DATE,
    FAMILY_TIME,
    FAMILY_BIT,
    FAMILY_YEAR,
    FAMILY_NAME, /* uuid and addresses: of MariaDB, converted to and from what is written alone */
    FAMILY_OTHER
};

struct type {
    const char *name;
    enum family family;
    long length; /* of characters, bytes, bits; digits of a decimal; digits behind seconds */
    long scale;  /* of a decimal */
    int bytes;   /* of an integer or float */
    bool is_unsigned;
    bool is_set;
    bool is_padded; /* char, binary */
    struct text_list labels;
};

static const struct {
    const char *name;
    enum family family;
    int bytes;
    long length;
} names[] = {
    {"tinyint", FAMILY_INTEGER, 1, 0},
    {"smallint", FAMILY_INTEGER, 2, 0},
    {"mediumint", FAMILY_INTEGER, 3, 0},
    {"int", FAMILY_INTEGER, 4, 0},
    {"bigint", FAMILY_INTEGER, 8, 0},
    {"decimal", FAMILY_DECIMAL, 0, 10},
    {"float", FAMILY_FLOAT, 4, 0},
    {"double", FAMILY_FLOAT, 8, 0},
    {"char", FAMILY_TEXT, 0, 1},
    {"varchar", FAMILY_TEXT, 0, 0},
    {"tinytext", FAMILY_TEXT, 1, 255},
    {"text", FAMILY_TEXT, 2, 65535},
    {"mediumtext", FAMILY_TEXT, 3, 16777215},
    {"longtext", FAMILY_TEXT, 4, 4294967295},
    {"binary", FAMILY_BYTES, 0, 1},
    {"varbinary", FAMILY_BYTES, 0, 0},
    {"tinyblob", FAMILY_BYTES, 1, 255},
    {"blob", FAMILY_BYTES, 2, 65535},
    {"mediumblob", FAMILY_BYTES, 3, 16777215},
    {"longblob", FAMILY_BYTES, 4, 4294967295},
    {"enum", FAMILY_CHOICE, 0, 0},
    {"set", FAMILY_CHOICE, 0, 0},
    {"datetime", FAMILY_MOMENT, 0, 0},
    {"timestamp", FAMILY_MOMENT, 0, 0},
    {"date", FAMILY_DATE, 0, 0},
    {"time", FAMILY_TIME, 0, 0},
    {"bit", FAMILY_BIT, 0, 1},
    {"year", FAMILY_YEAR, 1, 4},
    {"uuid", FAMILY_NAME, 0, 36},
    {"inet4", FAMILY_NAME, 0, 15},
    {"inet6", FAMILY_NAME, 0, 39},
};

/* The labels between the parentheses: 'a','b''c'. */
static void read_labels(struct arena *arena, const char *text, struct text_list *labels)
{
    while ((text = strchr(text, '\''))) {
        const char *start = ++text;

        while (*text && (*text != '\'' || text[1] == '\'')) {
            if (*text == '\'' || (*text == '\\' && text[1]))
                text++;
            text++;
        }
        text_list_add(labels, arena, arena_strndup(arena, start, (size_t)(text - start)));
        if (!*text)
            return;
        text++;
    }
}

static struct type read_type(struct arena *arena, const char *text)
{
    size_t length = strcspn(text, " (");
    const char *open = text[length] == '(' ? text + length + 1 : NULL;
    struct type type = {.name = arena_strndup(arena, text, length), .family = FAMILY_OTHER};
    bool has_labels;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcasecmp(names[i].name, type.name) == 0) {
            type.family = names[i].family;
            type.bytes = names[i].bytes;
            type.length = names[i].length;
        }
    has_labels = type.family == FAMILY_CHOICE;
    type.is_set = has_labels && strcasecmp(type.name, "set") == 0;
    type.is_padded = strcasecmp(type.name, "char") == 0 || strcasecmp(type.name, "binary") == 0;
    if (has_labels && open) {
        read_labels(arena, open, &type.labels);
    } else if (open) {
        char *end;

        type.length = strtol(open, &end, 10);
        type.scale = *end == ',' ? strtol(end + 1, NULL, 10) : 0;
    }
    if (!has_labels)
        type.is_unsigned = strstr(text, " unsigned") != NULL || strstr(text, " zerofill") != NULL;
    return type;
}

/* --- what fits --------------------------------------------------------------------------------------- */

#define BIT(hazard) (UINT64_C(1) << HAZARD_##hazard)

static long integer_digits(const struct type *type)
{
    static const long digits[] = {0, 3, 5, 8, 10, 0, 0, 0, 20};

    return digits[type->bytes];
}

static uint64_t signs(const struct type *before, const struct type *after)
{
    return !before->is_unsigned && after->is_unsigned ? BIT(SIGNED_TO_UNSIGNED) : 0;
}

/* The most digits before the point that the whole number or decimal has; 0 for other types. */
static long whole_digits(const struct type *type)
{
    static const long moments[] = {[FAMILY_MOMENT] = 14, [FAMILY_TIME] = 7, [FAMILY_YEAR] = 4};

    switch (type->family) {
    case FAMILY_INTEGER:
        return integer_digits(type);
    case FAMILY_DECIMAL:
        return type->length - type->scale;
    case FAMILY_MOMENT:
    case FAMILY_TIME:
    case FAMILY_YEAR:
        return moments[type->family];
    default:
        return 0;
    }
}

static long fraction_digits(const struct type *type)
{
    return type->family == FAMILY_DECIMAL  ? type->scale
           : type->family == FAMILY_MOMENT ? type->length
           : type->family == FAMILY_TIME   ? type->length
                                           : 0;
}

static long longest_label(const struct type *type)
{
    long longest = 0;
    long all = 0;

    for (size_t i = 0; i < type->labels.count; i++) {
        long length = (long)strlen(type->labels.items[i]);

        all += length + (i > 0);
        if (length > longest)
            longest = length;
    }
    return type->is_set ? all : longest;
}

/* The longest text that a value of another type than a text is written as, all of it; -1 where that is not all. */
static long written_length(const struct type *type)
{
    switch (type->family) {
    case FAMILY_INTEGER:
        return integer_digits(type) + 1;
    case FAMILY_DECIMAL:
        return type->length + 2;
    case FAMILY_FLOAT:
        return type->bytes == 8 ? 24 : -1;
    case FAMILY_CHOICE:
        return longest_label(type);
    case FAMILY_NAME:
        return type->length;
    case FAMILY_DATE:
        return 10;
    case FAMILY_MOMENT:
        return 19 + (type->length ? type->length + 1 : 0);
    case FAMILY_TIME:
        return 10 + (type->length ? type->length + 1 : 0);
    case FAMILY_YEAR:
        return 4;
    default:
        return -1;
    }
}

/* True for what is written as so many characters, each time. */
static bool is_of_fixed_length(const struct type *type)
{
    return type->family == FAMILY_DATE || type->family == FAMILY_MOMENT ||
           type->family == FAMILY_YEAR;
}

static bool fits_as_text(const struct type *before, const struct type *after)
{
    long length = written_length(before);

    if (length < 0 || after->length < length)
        return false;
    return after->family == FAMILY_TEXT || !after->is_padded ||
           (after->length == length && is_of_fixed_length(before));
}

/* Numbers up to which each whole one is there. */
static bool fits_as_float(const struct type *before, const struct type *after)
{
    bool is_double = after->bytes == 8;

    if (before->family == FAMILY_INTEGER)
        return before->bytes < (is_double ? 8 : 4);
    if (before->family == FAMILY_TIME && !fraction_digits(before))
        return true; /* up to 8385959 */
    return whole_digits(before) + fraction_digits(before) <= (is_double ? 15 : 6);
}

/* So many digits always fit. */
static long held_digits(const struct type *integer)
{
    static const long digits[] = {0, 2, 4, 6, 9, 0, 0, 0, 18};

    return digits[integer->bytes] +
           (integer->is_unsigned && (integer->bytes == 3 || integer->bytes == 8));
}

static bool fits_as_integer(const struct type *before, const struct type *after)
{
    if (before->family == FAMILY_INTEGER) {
        if (before->is_unsigned && !after->is_unsigned)
            return after->bytes > before->bytes;
        return after->bytes >= before->bytes;
    }
    if (before->family == FAMILY_TIME && after->is_unsigned)
        return false;
    return !fraction_digits(before) && whole_digits(before) <= held_digits(after);
}

static bool is_timestamp(const struct type *type)
{
    return strcasecmp(type->name, "timestamp") == 0;
}

/* Years of less than four digits are others as soon as they are numbers. */
static bool is_countable(const struct type *type)
{
    return type->family == FAMILY_INTEGER || type->family == FAMILY_DECIMAL ||
           type->family == FAMILY_TIME || type->family == FAMILY_YEAR ||
           (type->family == FAMILY_MOMENT && is_timestamp(type));
}

static bool fits_as_number(const struct type *before, const struct type *after)
{
    if (!is_countable(before))
        return false;
    switch (after->family) {
    case FAMILY_BIT:
        return before->family == FAMILY_INTEGER && before->is_unsigned &&
               after->length >= before->bytes * 8;
    case FAMILY_INTEGER:
        return fits_as_integer(before, after);
    case FAMILY_DECIMAL:
        return after->scale >= fraction_digits(before) &&
               after->length - after->scale >= whole_digits(before);
    case FAMILY_FLOAT:
        return fits_as_float(before, after);
    default:
        return false;
    }
}

static bool float_fits(const struct type *before, const struct type *after)
{
    return after->family == FAMILY_FLOAT && after->bytes >= before->bytes &&
           (!after->length || (after->scale >= before->scale && before->length &&
                               after->length - after->scale >= before->length - before->scale));
}

/* Texts are measured in bytes where their type says no number of characters. What is padded loses the blanks at its
 * end, or gets bytes there that were none of its own. */
static bool text_fits(const struct type *before, const struct type *after, int before_width,
                      int after_width)
{
    if (after->is_padded && (!before->is_padded || after->family == FAMILY_BYTES) &&
        (before->family != after->family || before->length != after->length || !before->is_padded))
        return false;
    if (after->family != before->family)
        return after->family == FAMILY_BYTES &&
               after->length >= before->length * (before->bytes ? 1 : before_width);
    if (before->bytes && after->bytes)
        return after->length >= before->length;
    if (after->bytes)
        return after->length >= before->length * after_width;
    return after->length >= before->length;
}

/* The number of a label says nothing without the labels. */
static uint64_t choice_hazards(const struct type *before, const struct type *after)
{
    if (after->family == FAMILY_TEXT || after->family == FAMILY_BYTES)
        return fits_as_text(before, after) ? 0 : BIT(NARROW_TYPE);
    if (after->family != FAMILY_CHOICE || (before->is_set && !after->is_set))
        return BIT(NARROW_TYPE);
    return text_list_contains_all(&after->labels, &before->labels) ? 0 : BIT(REMOVE_ENUM_VALUE);
}

static bool moment_fits(const struct type *before, const struct type *after)
{
    return after->family == FAMILY_MOMENT && after->length >= before->length &&
           (strcasecmp(before->name, after->name) == 0 || !is_timestamp(after));
}

static bool bits_fit(const struct type *before, const struct type *after)
{
    switch (after->family) {
    case FAMILY_BIT:
        return after->length >= before->length;
    case FAMILY_INTEGER:
        return after->bytes * 8 - !after->is_unsigned >= before->length;
    case FAMILY_DECIMAL: /* three digits for ten bits, and one for what is left */
        return after->length - after->scale > before->length * 3 / 10;
    case FAMILY_FLOAT:
        return before->length <= (after->bytes == 8 ? 53 : 24);
    case FAMILY_TEXT: /* digits; but it is the bytes themselves that get into types without a length */
        return !after->bytes && after->length > before->length * 3 / 10;
    case FAMILY_BYTES:
        return after->bytes && after->length * 8 >= before->length;
    default:
        return false;
    }
}

/* JSON has whole numbers of 64 bits, and doubles. */
static bool fits_as_json(const struct type *before)
{
    return before->family == FAMILY_INTEGER || before->family == FAMILY_YEAR ||
           (before->family == FAMILY_FLOAT && before->bytes == 8) ||
           (before->family == FAMILY_DECIMAL && before->length <= 15);
}

static bool is_json(const struct type *type)
{
    return strcasecmp(type->name, "json") == 0;
}

/* The same family, or one that holds all of it as well. */
static bool fits(const struct type *before, const struct type *after, int before_width,
                 int after_width)
{
    if (before->family == FAMILY_TEXT || before->family == FAMILY_BYTES)
        return text_fits(before, after, before_width, after_width);
    if (before->family == FAMILY_BIT)
        return bits_fit(before, after);
    if (is_json(before))
        return after->family == FAMILY_TEXT && after->bytes == 4;
    if (after->family == FAMILY_TEXT || after->family == FAMILY_BYTES)
        return fits_as_text(before, after);
    if (is_json(after))
        return fits_as_json(before);
    switch (before->family) {
    case FAMILY_FLOAT:
        return float_fits(before, after);
    case FAMILY_MOMENT:
        return moment_fits(before, after) || fits_as_number(before, after);
    case FAMILY_DATE:
        return after->family == FAMILY_DATE ||
               (after->family == FAMILY_MOMENT && !is_timestamp(after));
    case FAMILY_TIME:
        return (after->family == FAMILY_TIME && after->length >= before->length) ||
               fits_as_number(before, after);
    case FAMILY_YEAR:
        return after->family == FAMILY_YEAR || fits_as_number(before, after);
    default:
        return fits_as_number(before, after);
    }
}

bool my_types_convert(const char *before, const char *after)
{
    struct arena *arena = arena_new();
    struct type old = read_type(arena, before);
    struct type new = read_type(arena, after);
    const struct type *other = old.family == FAMILY_NAME ? &new : &old;
    bool convert = old.family != FAMILY_NAME && new.family != FAMILY_NAME;

    convert = convert || strcasecmp(old.name, new.name) == 0 || other->family == FAMILY_TEXT ||
              other->family == FAMILY_BYTES || other->family == FAMILY_CHOICE;
    arena_free(arena);
    return convert;
}

/* --- character sets ---------------------------------------------------------------------------------- */

static bool is_unicode(const char *charset)
{
    return strncmp(charset, "utf8", 4) == 0 || strncmp(charset, "utf16", 5) == 0 ||
           strcmp(charset, "utf32") == 0 || strcmp(charset, "ucs2") == 0 ||
           strcmp(charset, "gb18030") == 0;
}

/* True where each character of the one is also in the other. */
static bool holds_charset(const char *before, const char *after)
{
    bool small =
        strcmp(after, "utf8mb3") == 0 || strcmp(after, "utf8") == 0 || strcmp(after, "ucs2") == 0;

    if (strcmp(before, after) == 0 || strcmp(before, "ascii") == 0)
        return true;
    if (!is_unicode(after) || strcmp(before, "binary") == 0)
        return false;
    if (!small)
        return true;
    return !is_unicode(before) || strncmp(before, "utf8mb3", 7) == 0 ||
           strcmp(before, "utf8") == 0 || strcmp(before, "ucs2") == 0;
}

/* Texts that are measured in bytes may need more of them; the server refuses what is too long then. */
static uint64_t growth_hazards(const struct type *before, const struct type *after,
                               int before_width, int after_width)
{
    return before->family == FAMILY_TEXT && after->family == FAMILY_TEXT && before->bytes &&
                   after->bytes && before_width < after_width && before_width < 3 &&
                   after->length < before->length * after_width
               ? BIT(MAY_FAIL)
               : 0;
}

/* Labels are what their declaration says, in any character set. */
static uint64_t charset_hazards(struct arena *arena, const struct column *before,
                                const struct column *after)
{
    struct type old = read_type(arena, before->type);
    struct type new = read_type(arena, after->type);
    const char *have;
    const char *want;

    if (!before->collation || !after->collation ||
        (old.family == FAMILY_CHOICE && new.family == FAMILY_CHOICE))
        return 0;
    have = my_collation_charset(arena, before->collation);
    want = my_collation_charset(arena, after->collation);
    return (holds_charset(have, want) ? 0 : BIT(CHANGE_CHARSET)) |
           growth_hazards(&old, &new, my_charset_width(have), my_charset_width(want));
}

/* --- collations --------------------------------------------------------------------------------------- */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t tail = strlen(end);

    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* True where blanks at the end count. */
static bool keeps_blanks(const char *collation)
{
    return strstr(collation, "_0900_") || strstr(collation, "_nopad_");
}

/* How much of the difference between letters counts: 0 where that is not known. */
static int strictness(const char *collation)
{
    static const char *const ends[] = {"_ai_ci", "_as_ci", "_as_cs"};

    for (int i = 0; i < 3; i++)
        if (ends_with(collation, ends[i]))
            return i + 1;
    return 0;
}

/* The languages and versions before "_ai_ci". */
static bool same_stem(const char *before, const char *after)
{
    size_t length = strlen(before) - strlen("_ai_ci");

    return strlen(after) == strlen(before) && strncmp(before, after, length) == 0;
}

bool my_collation_tells_apart(const char *before, const char *after)
{
    if (keeps_blanks(before) && !keeps_blanks(after))
        return false;
    if (ends_with(after, "_bin"))
        return true;
    return strictness(before) && strictness(after) >= strictness(before) &&
           same_stem(before, after);
}

static int width_of(struct arena *arena, const char *collation)
{
    return collation ? my_charset_width(my_collation_charset(arena, collation)) : 1;
}

uint64_t my_type_hazards(struct arena *arena, const struct column *before,
                         const struct column *after)
{
    struct type old = read_type(arena, before->type);
    struct type new = read_type(arena, after->type);
    uint64_t hazards = charset_hazards(arena, before, after);

    if (old.family == FAMILY_INTEGER || old.family == FAMILY_DECIMAL || old.family == FAMILY_FLOAT)
        hazards |= new.family <= FAMILY_FLOAT ? signs(&old, &new) : 0;
    if (old.family == FAMILY_CHOICE)
        return hazards | choice_hazards(&old, &new);
    if (strcasecmp(before->type, after->type) == 0)
        return hazards;
    if (old.family == FAMILY_OTHER && strcasecmp(old.name, new.name) == 0)
        return hazards | (new.length < old.length ? BIT(NARROW_TYPE) : 0);
    if (!fits(&old, &new, width_of(arena, before->collation), width_of(arena, after->collation)))
        hazards |= BIT(NARROW_TYPE);
    return hazards;
}

/* --- what only the dictionary sees -------------------------------------------------------------------- */

/* A longer VARCHAR leaves the rows alone as long as its length still takes as many bytes. */
bool my_varchar_grows_in_place(const struct column *before, const struct column *after)
{
    struct arena *arena = arena_new();
    struct type old = read_type(arena, before->type);
    struct type new = read_type(arena, after->type);
    int width = width_of(arena, before->collation);
    bool grows;

    grows = strcasecmp(old.name, new.name) == 0 &&
            (strcasecmp(old.name, "varchar") == 0 || strcasecmp(old.name, "varbinary") == 0) &&
            text_equal(before->collation, after->collation) && new.length >= old.length &&
            (old.length * width > 255) == (new.length *width > 255);
    arena_free(arena);
    return grows;
}

/* Labels added at the end, as long as the values still take as many bytes. */
bool my_choice_grows_in_place(const struct column *before, const struct column *after)
{
    struct arena *arena = arena_new();
    struct type old = read_type(arena, before->type);
    struct type new = read_type(arena, after->type);
    bool grows =
        old.family == FAMILY_CHOICE && strcasecmp(old.name, new.name) == 0 &&
        new.labels.count >= old.labels.count &&text_equal(before->collation, after->collation);

    for (size_t i = 0; grows && i < old.labels.count; i++)
        grows = strcmp(old.labels.items[i], new.labels.items[i]) == 0;
    if (old.is_set)
        grows = grows && (old.labels.count + 7) / 8 == (new.labels.count + 7) / 8;
    else
        grows = grows && (old.labels.count > 255) == (new.labels.count > 255);
    arena_free(arena);
    return grows;
}
