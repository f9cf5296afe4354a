/* The default of a column in the form of its type: what the server does when it stores the literal into
 * the column and prints it again. Numbers are handled as digits, so that none is too long; dates and
 * times are in literal_time.c. */
#include "mysql/types/literal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "mysql/types/literal_internal.h"
#include "mysql/sql/quote.h"

/* --- what was written ------------------------------------------------------------------------- */

bool my_is_constant(const struct my_node *node)
{
    switch (node->kind) {
    case MY_STRING:
    case MY_NUMBER:
    case MY_HEX:
    case MY_BIT:
    case MY_TEMPORAL:
    case MY_NULL:
    case MY_TRUE:
    case MY_FALSE:
        return true;
    case MY_UNARY:
        return (strcmp(node->name, "-") == 0 || strcmp(node->name, "+") == 0) &&
               ((const struct my_node *)node->children.items[0])->kind == MY_NUMBER;
    default:
        return false;
    }
}

static int hex_value(char digit)
{
    if (isdigit((unsigned char)digit))
        return digit - '0';
    return toupper((unsigned char)digit) - 'A' + 10;
}

static struct my_constant bytes_of_hex(struct arena *arena, const char *digits)
{
    size_t count = strlen(digits);
    size_t odd = count % 2;
    char *bytes = arena_alloc(arena, count / 2 + 2);
    size_t length = 0;

    if (odd)
        bytes[length++] = (char)hex_value(digits[0]);
    for (size_t i = odd; i + 1 < count; i += 2)
        bytes[length++] = (char)(hex_value(digits[i]) * 16 + hex_value(digits[i + 1]));
    return (struct my_constant){MY_CONSTANT_BYTES, bytes, length};
}

static struct my_constant bytes_of_bits(struct arena *arena, const char *digits)
{
    size_t count = strlen(digits);
    size_t length = (count + 7) / 8;
    char *bytes = arena_alloc(arena, length + 1);

    for (size_t i = 0; i < count; i++)
        if (digits[count - 1 - i] == '1')
            bytes[length - 1 - i / 8] = (char)(bytes[length - 1 - i / 8] | 1 << i % 8);
    return (struct my_constant){MY_CONSTANT_BYTES, bytes, length};
}

static struct my_constant constant_of(struct arena *arena, const struct my_node *node)
{
    const struct my_node *inner;
    const char *text;

    switch (node->kind) {
    case MY_HEX:
        return bytes_of_hex(arena, node->text);
    case MY_BIT:
        return bytes_of_bits(arena, node->text);
    case MY_STRING:
        return (struct my_constant){MY_CONSTANT_STRING, node->text, node->text_length};
    case MY_TEMPORAL:
        return (struct my_constant){MY_CONSTANT_STRING, node->text, strlen(node->text)};
    case MY_TRUE:
    case MY_FALSE:
        return (struct my_constant){MY_CONSTANT_NUMBER, node->kind == MY_TRUE ? "1" : "0", 1};
    case MY_UNARY:
        inner = node->children.items[0];
        text = node->name[0] == '-' ? arena_printf(arena, "-%s", inner->text) : inner->text;
        return (struct my_constant){MY_CONSTANT_NUMBER, text, strlen(text)};
    default:
        return (struct my_constant){MY_CONSTANT_NUMBER, node->text, strlen(node->text)};
    }
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Digits without a point, and where the point stands; as written "-12.50e1": 1250, point at 3. */
struct digits {
    bool negative;
    struct buffer text;
    long point;
};

/* False when the text is no number; else print_digits frees what is held. */
static bool read_digits(const char *text, struct digits *digits)
{
    bool seen = false;

    *digits = (struct digits){0};
    while (isspace((unsigned char)*text))
        text++;
    if (*text == '-' || *text == '+')
        digits->negative = *text++ == '-';
    for (; isdigit((unsigned char)*text); text++, digits->point++, seen = true)
        buffer_append_char(&digits->text, *text);
    if (*text == '.')
        for (text++; isdigit((unsigned char)*text); text++, seen = true)
            buffer_append_char(&digits->text, *text);
    if (seen && (*text == 'e' || *text == 'E')) {
        char *end;

        digits->point += strtol(text + 1, &end, 10);
        text = end;
    }
    while (isspace((unsigned char)*text))
        text++;
    if (seen && *text == '\0')
        return true;
    buffer_free(&digits->text);
    return false;
}

/* One more in the last place. */
static void carry(struct digits *digits)
{
    for (size_t i = digits->text.length; i-- > 0;) {
        if (digits->text.text[i] != '9') {
            digits->text.text[i]++;
            return;
        }
        digits->text.text[i] = '0';
    }
    memmove(digits->text.text + 1, digits->text.text, digits->text.length);
    digits->text.text[0] = '1';
    digits->point++;
}

/* Exactly so many digits behind the point, and at least one before it without zeros in front. */
static const char *print_digits(struct arena *arena, struct digits *digits, long decimals)
{
    struct buffer text = BUFFER_EMPTY;
    size_t start = 0;
    long wanted;
    bool zero;

    while (digits->point < 1) {
        buffer_append_char(&digits->text, '0');
        memmove(digits->text.text + 1, digits->text.text, digits->text.length - 1);
        digits->text.text[0] = '0';
        digits->point++;
    }
    wanted = digits->point + decimals;
    while ((long)digits->text.length < wanted)
        buffer_append_char(&digits->text, '0');
    if ((long)digits->text.length > wanted) {
        bool up = digits->text.text[wanted] >= '5';
        long point = digits->point;

        buffer_truncate(&digits->text, (size_t)wanted);
        if (up) {
            carry(digits);
            if (digits->point > point)
                buffer_append_char(&digits->text, '0');
        }
    }
    while ((long)start < digits->point - 1 && digits->text.text[start] == '0')
        start++;
    zero = strspn(buffer_text(&digits->text), "0") >= digits->text.length;
    if (digits->negative && !zero)
        buffer_append_char(&text, '-');
    buffer_append_bytes(&text, digits->text.text + start, (size_t)digits->point - start);
    if (decimals) {
        buffer_append_char(&text, '.');
        buffer_append_bytes(&text, digits->text.text + digits->point, (size_t)decimals);
    }
    buffer_free(&digits->text);
    return buffer_take(&text, arena);
}

/* The number that the bytes are, most significant first. */
static const char *number_of_bytes(struct arena *arena, const struct my_constant *constant)
{
    unsigned long long value = 0;

    for (size_t i = 0; i < constant->length; i++)
        value = value << 8 | (unsigned char)constant->text[i];
    return arena_printf(arena, "%llu", value);
}

static const char *number_text(struct arena *arena, const struct my_constant *constant)
{
    return constant->kind == MY_CONSTANT_BYTES ? number_of_bytes(arena, constant) : constant->text;
}

static const char *fill_zeros(struct arena *arena, const char *text, long width)
{
    long missing = width - (long)strlen(text);

    return missing > 0 ? arena_printf(arena, "%0*d%s", (int)missing, 0, text) : text;
}

static const char *exact_number(struct arena *arena, const struct my_stored_type *type,
                                const struct my_constant *constant)
{
    long decimals = type->class == MY_TYPE_INTEGER || type->decimals < 0 ? 0 : type->decimals;
    struct digits digits;
    const char *text;

    if (!read_digits(number_text(arena, constant), &digits))
        return NULL;
    text = print_digits(arena, &digits, decimals);
    if (type->zerofill)
        text = fill_zeros(arena, text, type->length + (decimals && type->class != MY_TYPE_FLOAT));
    return text;
}

/* The shortest digits that give the same value again. */
static const char *approximate_number(struct arena *arena, const struct my_stored_type *type,
                                      const struct my_constant *constant)
{
    bool single = strcmp(type->base, "float") == 0;
    struct digits digits;
    char text[64];
    char *end;
    double value;
    long exponent;

    value = strtod(number_text(arena, constant), &end);
    while (isspace((unsigned char)*end))
        end++;
    if (*end || end == constant->text)
        return NULL;
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, value);
        if (single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value)
            break;
    }
    exponent = strtol(strchr(text, 'e') + 1, NULL, 10);
    if (exponent < -5 || exponent > 14) {
        *strchr(text, 'e') = '\0';
        return arena_printf(arena, "%se%ld", text, exponent);
    }
    if (!read_digits(text, &digits))
        return NULL;
    return print_digits(
        arena, &digits,
        (long)digits.text.length > digits.point ? (long)digits.text.length - digits.point : 0);
}

static const char *quoted(struct arena *arena, const char *text)
{
    return text ? my_quote_text(arena, text) : NULL;
}

static const char *bits(struct arena *arena, const struct my_constant *constant)
{
    struct buffer text = BUFFER_EMPTY;
    unsigned long long value = 0;
    int high = 63;

    if (constant->kind == MY_CONSTANT_NUMBER) {
        value = strtoull(constant->text, NULL, 10);
    } else {
        for (size_t i = 0; i < constant->length; i++)
            value = value << 8 | (unsigned char)constant->text[i];
    }
    while (high > 0 && !(value >> high & 1))
        high--;
    buffer_append(&text, "b'");
    for (; high >= 0; high--)
        buffer_append_char(&text, value >> high & 1 ? '1' : '0');
    buffer_append_char(&text, '\'');
    return buffer_take(&text, arena);
}

/* --- strings ---------------------------------------------------------------------------------- */

/* A number as a string: 1e3 is 1000, 1.50 stays. */
static struct my_constant as_string(struct arena *arena, struct my_constant constant)
{
    if (constant.kind == MY_CONSTANT_NUMBER && strpbrk(constant.text, "eE")) {
        const struct my_stored_type type = {.class = MY_TYPE_FLOAT, .base = "double"};
        const char *text = approximate_number(arena, &type, &constant);

        if (text)
            return (struct my_constant){MY_CONSTANT_STRING, text, strlen(text)};
    }
    return constant;
}

static const char *characters(struct arena *arena, const struct my_stored_type *type,
                              struct my_constant constant)
{
    constant = as_string(arena, constant);
    while (type->class == MY_TYPE_CHAR && constant.length > 0 &&
           constant.text[constant.length - 1] == ' ')
        constant.length--;
    return my_quote_bytes(arena, constant.text, constant.length);
}

static bool is_plain(struct my_constant constant)
{
    for (size_t i = 0; i < constant.length; i++)
        if (constant.text[i] < ' ' || constant.text[i] > '~')
            return false;
    return true;
}

/* MariaDB keeps the default of a blob as it was written, which is in letters where it can be. */
static const char *bytes(struct arena *arena, const struct my_stored_type *type,
                         struct my_constant constant)
{
    struct buffer text = BUFFER_EMPTY;
    size_t padded;

    constant = as_string(arena, constant);
    if (type->class == MY_TYPE_BLOB && is_plain(constant))
        return my_quote_bytes(arena, constant.text, constant.length);
    padded = type->class == MY_TYPE_BINARY && (long)constant.length < type->length
                 ? (size_t)type->length
                 : constant.length;
    buffer_append(&text, "x'");
    for (size_t i = 0; i < padded; i++)
        buffer_printf(&text, "%02X", i < constant.length ? (unsigned char)constant.text[i] : 0);
    buffer_append_char(&text, '\'');
    return buffer_take(&text, arena);
}

static bool same_value(const char *value, const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return strlen(value) == length && strncasecmp(value, text, length) == 0;
}

/* The place of the value in the list, from 1; 0 when it is not in it. */
static size_t find_value(const struct my_stored_type *type, const char *text, size_t length)
{
    for (size_t i = 0; i < type->values.count; i++)
        if (strncmp(type->values.items[i], text, length) == 0 && !type->values.items[i][length])
            return i + 1;
    for (size_t i = 0; i < type->values.count; i++)
        if (same_value(type->values.items[i], text, length))
            return i + 1;
    return 0;
}

static const char *enum_value(struct arena *arena, const struct my_stored_type *type,
                              const struct my_constant *constant)
{
    size_t place = 0;
    struct digits digits;

    if (constant->kind != MY_CONSTANT_NUMBER)
        place = find_value(type, constant->text, constant->length);
    if (!place && constant->length && read_digits(constant->text, &digits)) {
        place = (size_t)strtoul(print_digits(arena, &digits, 0), NULL, 10);
        if (place == 0 && constant->kind == MY_CONSTANT_NUMBER)
            return "";
    }
    return place && place <= type->values.count ? type->values.items[place - 1] : NULL;
}

/* False for a value that the set does not have. */
static bool read_set(const struct my_stored_type *type, const char *text, size_t length,
                     unsigned long long *set)
{
    for (const char *at = text; at < text + length;) {
        const char *comma = memchr(at, ',', length - (size_t)(at - text));
        const char *end = comma ? comma : text + length;
        size_t place = find_value(type, at, (size_t)(end - at));

        if (!place)
            return false;
        *set |= 1ULL << (place - 1);
        at = end + 1;
    }
    return true;
}

static const char *set_value(struct arena *arena, const struct my_stored_type *type,
                             const struct my_constant *constant)
{
    struct buffer text = BUFFER_EMPTY;
    unsigned long long set = 0;

    if (constant->kind == MY_CONSTANT_NUMBER)
        set = strtoull(constant->text, NULL, 10);
    else if (!read_set(type, constant->text, constant->length, &set))
        return NULL;
    for (size_t i = 0; i < type->values.count; i++)
        if (set >> i & 1) {
            buffer_separate(&text, 0, ",");
            buffer_append(&text, type->values.items[i]);
        }
    return buffer_take(&text, arena);
}

/* --- all -------------------------------------------------------------------------------------- */

static const char *store(struct arena *arena, struct my_flavor flavor,
                         const struct my_stored_type *type, const struct my_constant *constant)
{
    switch (type->class) {
    case MY_TYPE_INTEGER:
    case MY_TYPE_DECIMAL:
        return quoted(arena, exact_number(arena, type, constant));
    case MY_TYPE_FLOAT:
        return quoted(arena, type->decimals >= 0 ? exact_number(arena, type, constant)
                                                 : approximate_number(arena, type, constant));
    case MY_TYPE_BIT:
        return bits(arena, constant);
    case MY_TYPE_DATE:
    case MY_TYPE_TIME:
    case MY_TYPE_DATETIME:
    case MY_TYPE_TIMESTAMP:
    case MY_TYPE_YEAR:
        return quoted(arena, my_literal_time(arena, type, constant, flavor.vendor == MY_MYSQL));
    case MY_TYPE_BINARY:
    case MY_TYPE_VARBINARY:
    case MY_TYPE_BLOB:
        return bytes(arena, type, *constant);
    case MY_TYPE_ENUM:
        return quoted(arena, enum_value(arena, type, constant));
    case MY_TYPE_SET:
        return quoted(arena, set_value(arena, type, constant));
    case MY_TYPE_CHAR:
    case MY_TYPE_VARCHAR:
    case MY_TYPE_TEXT:
    case MY_TYPE_JSON:
    case MY_TYPE_GEOMETRY:
    case MY_TYPE_VECTOR:
    case MY_TYPE_UUID:
    case MY_TYPE_INET:
        break;
    }
    return characters(arena, type, *constant);
}

const char *my_literal_default(struct arena *arena, struct my_flavor flavor,
                               const struct my_stored_type *type, const struct my_node *node,
                               struct error *error)
{
    struct my_constant constant = constant_of(arena, node);
    const char *text = store(arena, flavor, type, &constant);

    if (!text)
        error_set(error, ERROR_SCHEMA, "%.*s is no value of type %s", (int)constant.length,
                  constant.text, type->text);
    return text;
}

const char *my_current_timestamp(struct arena *arena, const struct my_node *node)
{
    static const char *const names[] = {"NOW", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP"};
    const struct my_node *digits;

    if (node->kind != MY_CALL || node->schema)
        return NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (strcasecmp(node->name, names[i]) != 0)
            continue;
        digits = node->children.count ? node->children.items[0] : NULL;
        return digits && digits->text && strcmp(digits->text, "0") != 0
                   ? arena_printf(arena, "CURRENT_TIMESTAMP(%s)", digits->text)
                   : "CURRENT_TIMESTAMP";
    }
    return NULL;
}
