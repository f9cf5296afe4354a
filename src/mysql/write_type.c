/* What a change of a column's type, character set or collation may cost: values that are cut, refused, or
 * become equal to others. */
#include "mysql/write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mysql/charset.h"

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
    FAMILY_OTHER
};

struct type {
    const char *name;
    enum family family;
    long length;      /* of characters, bytes, bits; digits of a decimal; digits behind seconds */
    long scale;       /* of a decimal */
    int bytes;        /* of an integer or float */
    bool is_unsigned;
    bool is_set;
    bool is_padded;   /* char, binary */
    struct text_list labels;
};

static const struct {
    const char *name;
    enum family family;
    int bytes;
    long length;
} names[] = {
    {"tinyint", FAMILY_INTEGER, 1, 0},   {"smallint", FAMILY_INTEGER, 2, 0},
    {"mediumint", FAMILY_INTEGER, 3, 0}, {"int", FAMILY_INTEGER, 4, 0},
    {"bigint", FAMILY_INTEGER, 8, 0},    {"decimal", FAMILY_DECIMAL, 0, 10},
    {"float", FAMILY_FLOAT, 4, 0},       {"double", FAMILY_FLOAT, 8, 0},
    {"char", FAMILY_TEXT, 0, 1},         {"varchar", FAMILY_TEXT, 0, 0},
    {"tinytext", FAMILY_TEXT, 1, 255},   {"text", FAMILY_TEXT, 2, 65535},
    {"mediumtext", FAMILY_TEXT, 3, 16777215}, {"longtext", FAMILY_TEXT, 4, 4294967295},
    {"binary", FAMILY_BYTES, 0, 1},      {"varbinary", FAMILY_BYTES, 0, 0},
    {"tinyblob", FAMILY_BYTES, 1, 255},  {"blob", FAMILY_BYTES, 2, 65535},
    {"mediumblob", FAMILY_BYTES, 3, 16777215}, {"longblob", FAMILY_BYTES, 4, 4294967295},
    {"enum", FAMILY_CHOICE, 0, 0},       {"set", FAMILY_CHOICE, 0, 0},
    {"datetime", FAMILY_MOMENT, 0, 0},   {"timestamp", FAMILY_MOMENT, 0, 0},
    {"date", FAMILY_DATE, 0, 0},         {"time", FAMILY_TIME, 0, 0},
    {"bit", FAMILY_BIT, 0, 1},           {"year", FAMILY_YEAR, 1, 4},
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

static bool integer_fits(const struct type *before, const struct type *after)
{
    if (after->family == FAMILY_INTEGER) {
        if (before->is_unsigned && !after->is_unsigned)
            return after->bytes > before->bytes;
        return after->bytes >= before->bytes;
    }
    if (after->family == FAMILY_DECIMAL)
        return after->length - after->scale >= integer_digits(before);
    if (after->family == FAMILY_FLOAT)
        return after->bytes == 8 ? before->bytes < 8 : before->bytes < 4;
    if (after->family == FAMILY_TEXT)
        return after->length > integer_digits(before);
    return false;
}

static bool decimal_fits(const struct type *before, const struct type *after)
{
    long digits = before->length - before->scale;

    if (after->family == FAMILY_DECIMAL)
        return after->scale >= before->scale && after->length - after->scale >= digits;
    if (after->family == FAMILY_INTEGER)
        return !before->scale && before->length < integer_digits(after) - (after->bytes < 8);
    if (after->family == FAMILY_FLOAT)
        return before->length <= (after->bytes == 8 ? 15 : 6);
    if (after->family == FAMILY_TEXT)
        return after->length >= before->length + 2;
    return false;
}

/* Texts are measured in bytes where their type says no number of characters. */
static bool text_fits(const struct type *before, const struct type *after, int before_width,
                      int after_width)
{
    if (after->family != before->family)
        return after->family == FAMILY_BYTES && after->length >= before->length * before_width;
    if (before->bytes && after->bytes)
        return after->length >= before->length;
    if (after->bytes)
        return after->length >= before->length * after_width;
    return after->length >= before->length;
}

static long longest_label(const struct type *type)
{
    long longest = 0;
    long all = 0;

    for (size_t i = 0; i < type->labels.count; i++) {
        long length = (long)strlen(type->labels.items[i]);

        all += length + 1;
        if (length > longest)
            longest = length;
    }
    return type->is_set ? all : longest;
}

static uint64_t choice_hazards(const struct type *before, const struct type *after)
{
    if (after->family == FAMILY_TEXT)
        return after->length >= longest_label(before) ? 0 : BIT(NARROW_TYPE);
    if (after->family != FAMILY_CHOICE || (before->is_set && !after->is_set))
        return BIT(NARROW_TYPE);
    for (size_t i = 0; i < before->labels.count; i++)
        if (!text_list_contains(&after->labels, before->labels.items[i]))
            return BIT(REMOVE_ENUM_VALUE);
    return 0;
}

static bool moment_fits(const struct type *before, const struct type *after)
{
    if (after->family == FAMILY_TEXT)
        return after->length >= 26 || (!before->length && after->length >= 19);
    if (after->family != FAMILY_MOMENT || after->length < before->length)
        return false;
    return strcasecmp(before->name, after->name) == 0 || strcasecmp(after->name, "datetime") == 0;
}

static bool fits(const struct type *before, const struct type *after, int before_width,
                 int after_width)
{
    switch (before->family) {
    case FAMILY_INTEGER:
        return integer_fits(before, after);
    case FAMILY_DECIMAL:
        return decimal_fits(before, after);
    case FAMILY_FLOAT:
        return after->family == FAMILY_FLOAT && after->bytes >= before->bytes &&
               (!after->length || (after->scale >= before->scale && before->length &&
                                   after->length - after->scale >= before->length - before->scale));
    case FAMILY_TEXT:
    case FAMILY_BYTES:
        return text_fits(before, after, before_width, after_width);
    case FAMILY_MOMENT:
        return moment_fits(before, after);
    case FAMILY_DATE:
        return after->family == FAMILY_DATE ||
               (after->family == FAMILY_MOMENT && strcasecmp(after->name, "datetime") == 0) ||
               (after->family == FAMILY_TEXT && after->length >= 10);
    case FAMILY_TIME:
        return (after->family == FAMILY_TIME && after->length >= before->length) ||
               (after->family == FAMILY_TEXT && after->length >= 17);
    case FAMILY_YEAR:
        return after->family == FAMILY_YEAR ||
               (after->family == FAMILY_INTEGER && after->bytes > before->bytes) ||
               (after->family == FAMILY_TEXT && after->length >= 4);
    case FAMILY_BIT:
        return after->family == FAMILY_BIT && after->length >= before->length;
    default:
        return false;
    }
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
    bool small = strcmp(after, "utf8mb3") == 0 || strcmp(after, "utf8") == 0 ||
                 strcmp(after, "ucs2") == 0;

    if (strcmp(before, after) == 0 || strcmp(before, "ascii") == 0)
        return true;
    if (!is_unicode(after) || strcmp(before, "binary") == 0)
        return false;
    if (!small)
        return true;
    return !is_unicode(before) || strncmp(before, "utf8mb3", 7) == 0 ||
           strcmp(before, "utf8") == 0 || strcmp(before, "ucs2") == 0;
}

static uint64_t charset_hazards(struct arena *arena, const struct column *before,
                                const struct column *after)
{
    if (!before->collation || !after->collation)
        return 0;
    return holds_charset(my_collation_charset(arena, before->collation),
                         my_collation_charset(arena, after->collation))
               ? 0
               : BIT(CHANGE_CHARSET);
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

    if (old.family == FAMILY_INTEGER || old.family == FAMILY_DECIMAL ||
        old.family == FAMILY_FLOAT)
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
            my_same_text(before->collation, after->collation) && new.length >= old.length &&
            (old.length * width > 255) == (new.length * width > 255);
    arena_free(arena);
    return grows;
}

/* Labels added at the end, as long as the values still take as many bytes. */
bool my_choice_grows_in_place(const struct column *before, const struct column *after)
{
    struct arena *arena = arena_new();
    struct type old = read_type(arena, before->type);
    struct type new = read_type(arena, after->type);
    bool grows = old.family == FAMILY_CHOICE && strcasecmp(old.name, new.name) == 0 &&
                 new.labels.count >= old.labels.count &&
                 my_same_text(before->collation, after->collation);

    for (size_t i = 0; grows && i < old.labels.count; i++)
        grows = strcmp(old.labels.items[i], new.labels.items[i]) == 0;
    if (old.is_set)
        grows = grows && (old.labels.count + 7) / 8 == (new.labels.count + 7) / 8;
    else
        grows = grows && (old.labels.count > 255) == (new.labels.count > 255);
    arena_free(arena);
    return grows;
}
