/* Literals, the types of casts, and the names of character sets, each in one spelling. The introducer of a
 * string says only under which character set the statement was sent: it is left out. */
#include "mysql/canon/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"
#include "mysql/facts/charset.h"

/* --- numbers --------------------------------------------------------------------------------------- */

/* 007 is 7, .5 is 0.5, "1." is 1, 1E+3 is 1e3. */
static const char *spell_number(struct arena *arena, const char *text)
{
    struct buffer out = BUFFER_EMPTY;
    size_t whole;

    while (text[0] == '0' && isdigit((unsigned char)text[1]))
        text++;
    whole = strspn(text, "0123456789");
    if (whole == 0)
        buffer_append_char(&out, '0');
    buffer_append_bytes(&out, text, whole);
    text += whole;
    if (*text == '.') {
        size_t digits = strspn(text + 1, "0123456789");

        if (digits > 0)
            buffer_append_bytes(&out, text, digits + 1);
        text += digits + 1;
    }
    for (; *text; text++)
        if (*text != '+')
            buffer_append_char(&out, (char)tolower((unsigned char)*text));
    return buffer_take(&out, arena);
}

/* --- bytes ------------------------------------------------------------------------------------------- */

static int digit_value(char digit)
{
    return isdigit((unsigned char)digit) ? digit - '0' : toupper((unsigned char)digit) - 'A' + 10;
}

static const char *pad_hex(struct arena *arena, const char *digits)
{
    return text_upper(arena, strlen(digits) % 2 ? arena_printf(arena, "0%s", digits) : digits);
}

static struct my_node *bytes_of_hex(struct canon *canon, const char *digits)
{
    struct my_node *node = canon_node(canon->arena, MY_STRING, NULL);
    size_t length = strlen(digits) / 2;
    char *bytes = arena_alloc(canon->arena, length + 1);

    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(digit_value(digits[2 * i]) * 16 + digit_value(digits[2 * i + 1]));
    node->text = bytes;
    node->text_length = length;
    return node;
}

static const char *hex_of_bits(struct arena *arena, const char *bits)
{
    size_t count = strlen(bits);
    size_t length = (count + 7) / 8;
    char *digits = arena_alloc(arena, 2 * length + 1);

    for (size_t byte = 0; byte < length; byte++) {
        unsigned value = 0;

        for (size_t bit = 0; bit < 8; bit++) {
            size_t from_end = (length - byte - 1) * 8 + (7 - bit);

            value = value * 2 + (from_end < count && bits[count - 1 - from_end] == '1');
        }
        snprintf(digits + 2 * byte, 3, "%02X", value);
    }
    return digits;
}

static struct my_node *spell_hex(struct canon *canon, struct my_node *node, const char *digits)
{
    digits = pad_hex(canon->arena, digits);
    if (node->charset)
        return bytes_of_hex(canon, digits);
    node->kind = MY_HEX;
    node->text = digits;
    return node;
}

/* --- dates and times ----------------------------------------------------------------------------------- */

static const char *copy_fields(struct buffer *out, const char *text, size_t count, char separator)
{
    for (size_t i = 0; i < count; i++) {
        size_t digits = strspn(text, "0123456789");

        if (digits == 0)
            return NULL;
        if (i > 0)
            buffer_append_char(out, separator);
        if (digits == 1)
            buffer_append_char(out, '0');
        buffer_append_bytes(out, text, digits);
        text += digits;
        if (i + 1 < count && *text && *text != '.' && *text != ' ')
            text++;
        else if (i + 1 < count && separator == ':') {
            for (size_t left = i + 1; left < count; left++)
                buffer_append(out, ":00");
            return text;
        } else if (i + 1 < count)
            return NULL;
    }
    return text;
}

/* 20200101 has no separators. */
static const char *separate_date(struct arena *arena, const char *text)
{
    if (strspn(text, "0123456789") != 8)
        return text;
    return arena_printf(arena, "%.4s-%.2s-%s", text, text + 4, text + 6);
}

/* '2020-1-1' is 2020-01-01, '1:2' is 01:02:00; what looks different is left as it is. */
static const char *spell_temporal(struct arena *arena, const char *kind, const char *written)
{
    struct buffer out = BUFFER_EMPTY;
    const char *at = written + strspn(written, " ");

    if (strcmp(kind, "TIME") != 0) {
        at = copy_fields(&out, separate_date(arena, at), 3, '-');
        if (at && strcmp(kind, "TIMESTAMP") == 0) {
            at += strspn(at, " T");
            buffer_append_char(&out, ' ');
        }
    }
    if (at && strcmp(kind, "DATE") != 0)
        at = *at ? copy_fields(&out, at, 3, ':') : (buffer_append(&out, "00:00:00"), at);
    if (at)
        buffer_append(&out, at);
    if (at)
        return buffer_take(&out, arena);
    buffer_free(&out);
    return written;
}

/* MySQL keeps the expressions of tables in utf8mb3: of a character of four bytes, four question marks are
 * left. */
static void lose_wide_characters(struct canon *canon, struct my_node *node)
{
    char *text;

    if (canon->flavor.vendor != MY_MYSQL || node->text_length != strlen(node->text))
        return;
    text = arena_strdup(canon->arena, node->text);
    for (char *at = text; *at; at++)
        for (int left = (unsigned char)*at >= 0xF0 ? 4 : 0; left > 0 && *at; left--) {
            *at = '?';
            at += left > 1;
        }
    node->text = text;
}

struct my_node *canon_literal(struct canon *canon, struct my_node *node)
{
    switch ((int)node->kind) {
    case MY_NUMBER:
        node->text = spell_number(canon->arena, node->text);
        break;
    case MY_STRING:
        node->charset = NULL;
        if (canon->scope && canon->scope->bare)
            lose_wide_characters(canon, node);
        break;
    case MY_HEX:
        return spell_hex(canon, node, node->text);
    case MY_BIT:
        return spell_hex(canon, node, hex_of_bits(canon->arena, node->text));
    case MY_TEMPORAL:
        node->text = spell_temporal(canon->arena, node->name, node->text);
        break;
    case MY_TRUE:
    case MY_FALSE: /* MariaDB knows only the numbers */
        if (canon->flavor.vendor == MY_MARIADB)
            node->text = node->kind == MY_TRUE ? "1" : "0";
        break;
    }
    return node;
}

/* --- character sets and types ---------------------------------------------------------------------------- */

const char *canon_charset(struct canon *canon, const char *name)
{
    const char *known = my_charset_find(canon->arena, canon->flavor, name);

    return known ? known : text_lower(canon->arena, name);
}

const char *canon_collation(struct canon *canon, const char *name)
{
    const char *known = my_collation_find(canon->arena, canon->flavor, name, NULL);

    return known ? known : text_lower(canon->arena, name);
}

struct type_name {
    const char *written;
    const char *name;
    const char *charset;
};

static const struct type_name type_names[] = {
    {"CHARACTER", "CHAR", NULL},
    {"VARCHAR", "CHAR", NULL},
    {"NCHAR", "CHAR", "utf8"},
    {"NATIONAL CHAR", "CHAR", "utf8"},
    {"NATIONAL CHARACTER", "CHAR", "utf8"},
    {"BINARY", "CHAR", "binary"},
    {"VARBINARY", "CHAR", "binary"},
    {"SIGNED INTEGER", "SIGNED", NULL},
    {"SIGNED INT", "SIGNED", NULL},
    {"INTEGER", "SIGNED", NULL},
    {"INT", "SIGNED", NULL},
    {"UNSIGNED INTEGER", "UNSIGNED", NULL},
    {"UNSIGNED INT", "UNSIGNED", NULL},
    {"DEC", "DECIMAL", NULL},
    {"NUMERIC", "DECIMAL", NULL},
    {"FIXED", "DECIMAL", NULL},
    {"DOUBLE PRECISION", "DOUBLE", NULL},
    {"REAL", "DOUBLE", NULL},
};

/* The parameters of a type, "" where they say no more than its default. */
static const char *type_parameters(struct arena *arena, const char *name, const char *written)
{
    if (strcmp(name, "DECIMAL") == 0) {
        if (!*written)
            return "(10,0)";
        if (!strchr(written, ','))
            return arena_printf(arena, "%.*s,0)", (int)strlen(written) - 1, written);
    }
    if (strcmp(written, "(0)") == 0 && strcmp(name, "CHAR") != 0)
        return "";
    return written;
}

/* Under a binary collation of the connection MariaDB prints a cast to the connection's characters with BINARY, which is
 * what the cast is without it there. */
static void drop_binary(struct canon *canon, struct my_node *node)
{
    static const char word[] = " BINARY";
    size_t length = strlen(node->text);
    size_t cut = length - (sizeof(word) - 1);
    const char *charset = node->charset ? canon_charset(canon, node->charset) : "utf8mb4";

    if (length < sizeof(word) || strcasecmp(node->text + cut, word) != 0 || !canon->connection ||
        strcasecmp(canon->connection, arena_printf(canon->arena, "%s_bin", charset)) != 0)
        return;
    node->text = arena_strndup(canon->arena, node->text, cut);
}

struct my_node *canon_type(struct canon *canon, struct my_node *node)
{
    size_t length;
    const char *parameters;
    const char *name;

    drop_binary(canon, node);
    length = strcspn(node->text, "(");
    parameters = node->text + length;
    while (length > 0 && node->text[length - 1] == ' ')
        length--;
    name = text_upper(canon->arena, arena_strndup(canon->arena, node->text, length));
    for (size_t i = 0; i < sizeof(type_names) / sizeof(*type_names); i++)
        if (strcmp(name, type_names[i].written) == 0) {
            name = type_names[i].name;
            if (!node->charset)
                node->charset = type_names[i].charset;
            break;
        }
    node->text =
        arena_printf(canon->arena, "%s%s", name, type_parameters(canon->arena, name, parameters));
    if (node->charset)
        node->charset = canon_charset(canon, node->charset);
    if (node->charset && strcmp(node->charset, "utf8mb4") == 0)
        node->charset = NULL;
    return node;
}

/* A string, or a column of a type that holds text. */
bool canon_is_text(const struct my_node *node)
{
    static const char *const types[] = {"char",     "varchar",    "text",
                                        "tinytext", "mediumtext", "longtext"};

    for (size_t i = 0; node->kind == MY_COLUMN && node->name && i < sizeof(types) / sizeof(*types);
         i++)
        if (strncmp(node->name, types[i], strlen(types[i])) == 0)
            return true;
    return node->kind == MY_STRING;
}

/* Bytes that are compared with text are that text. */
struct my_node *canon_bytes_as_text(struct canon *canon, struct my_node *node)
{
    return node->kind == MY_HEX ? bytes_of_hex(canon, node->text) : node;
}
