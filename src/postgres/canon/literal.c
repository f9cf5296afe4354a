/* Literals of known types in the form that the server prints them. Only what can be done exactly is
 * done; any other text stays as it is. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "utils/builtins.h"

#include "postgres/types/types.h"

/* -- Booleans and numbers ----------------------------------------------------------------------- */

/* Without the blanks around it, in small letters. */
static char *trimmed(const char *text)
{
    size_t length;
    char *copy;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    copy = tree_text(text, length);
    for (char *at = copy; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return copy;
}

/* Any beginning of the words counts that is not a beginning of another. */
static const char *normal_boolean(const char *text)
{
    static const struct {
        const char *word;
        size_t least;
        const char *result;
    } words[] = {{"true", 1, "true"}, {"false", 1, "false"}, {"yes", 1, "true"}, {"no", 1, "false"},
                 {"on", 2, "true"},   {"off", 2, "false"},   {"1", 1, "true"},   {"0", 1, "false"}};
    const char *word = trimmed(text);
    size_t length = strlen(word);

    for (size_t i = 0; i < lengthof(words); i++)
        if (length >= words[i].least && strncmp(words[i].word, word, length) == 0)
            return words[i].result;
    return text;
}

static const char *normal_integer(const char *text)
{
    const char *digits = trimmed(text);
    bool negative = *digits == '-';

    if (*digits == '-' || *digits == '+')
        digits++;
    if (!*digits || strspn(digits, "0123456789") != strlen(digits))
        return text;
    while (digits[0] == '0' && digits[1])
        digits++;
    if (strcmp(digits, "0") == 0)
        negative = false;
    return negative ? psprintf("-%s", digits) : digits;
}

/* Writes digits with the point moved by exponent places, as numeric_out does. */
static const char *plain_digits(const char *whole, size_t whole_length, const char *fraction,
                                size_t fraction_length, long exponent, bool negative)
{
    size_t count = whole_length + fraction_length;
    char *digits = psprintf("%.*s%.*s", (int)whole_length, whole, (int)fraction_length, fraction);
    long point = (long)whole_length + exponent, scale = (long)fraction_length - exponent;
    struct buffer result = BUFFER_EMPTY;
    bool nonzero = strspn(digits, "0") != count;
    char *text;
    long start = 0;

    if (scale < 0)
        scale = 0;
    if (negative && nonzero)
        buffer_append_char(&result, '-');
    while (start < point - 1 && (start >= (long)count || digits[start] == '0'))
        start++;
    if (point <= 0)
        buffer_append_char(&result, '0');
    for (long i = start; i < point; i++)
        buffer_append_char(&result, i < (long)count ? digits[i] : '0');
    if (scale)
        buffer_append_char(&result, '.');
    for (long i = point; i < point + scale; i++)
        buffer_append_char(&result, i >= 0 && i < (long)count ? digits[i] : '0');
    text = pstrdup(buffer_text(&result));
    buffer_free(&result);
    return text;
}

static const char *normal_numeric(const char *text)
{
    const char *at = trimmed(text), *whole, *fraction = "";
    size_t whole_length, fraction_length = 0;
    bool negative = *at == '-';
    long exponent = 0;

    if (*at == '-' || *at == '+')
        at++;
    if (strcmp(at, "nan") == 0)
        return "NaN";
    if (strcmp(at, "infinity") == 0 || strcmp(at, "inf") == 0)
        return negative ? "-Infinity" : "Infinity";
    whole = at;
    whole_length = strspn(at, "0123456789");
    at += whole_length;
    if (*at == '.') {
        fraction = at + 1;
        fraction_length = strspn(fraction, "0123456789");
        at = fraction + fraction_length;
    }
    if (whole_length + fraction_length == 0)
        return text;
    if (*at == 'e') {
        char *end;

        exponent = strtol(at + 1, &end, 10);
        if (end == at + 1 || exponent > 1000 || exponent < -1000)
            return text;
        at = end;
    }
    if (*at)
        return text;
    return plain_digits(whole, whole_length, fraction, fraction_length, exponent, negative);
}

/* The shortest digits that give the same number back. */
static const char *normal_float(const char *text, bool single_)
{
    char *end, digits[64];
    const char *word = trimmed(text);
    double number = strtod(word, &end);

    if (end == word || *end || !isdigit((unsigned char)word[strspn(word, "+-.")]))
        return text;
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof(digits), "%.*g", precision, number);
        if (single_ ? strtof(digits, NULL) == (float)number : strtod(digits, NULL) == number)
            break;
    }
    /* The server goes on without an exponent longer than printf does. */
    if (strchr(digits, 'e'))
        return text;
    return pstrdup(digits);
}

static const char *normal_uuid(const char *text)
{
    const char *word = trimmed(text);
    char digits[33], *result = palloc(37);
    size_t count = 0;

    for (; *word; word++) {
        if (isxdigit((unsigned char)*word) && count < 32)
            digits[count++] = *word;
        else if (*word != '-' && *word != '{' && *word != '}')
            return text;
    }
    if (count != 32)
        return text;
    snprintf(result, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12, digits + 16,
             digits + 20);
    return result;
}

/* -- Bits, bytes and paths ---------------------------------------------------------------------- */

static int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    letter = (char)tolower((unsigned char)letter);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* b1010 loses its letter, xA becomes 1010. */
static const char *normal_bits(const char *text)
{
    struct buffer bits = BUFFER_EMPTY;
    const char *result;

    if (*text == 'b' || *text == 'B')
        return text + 1;
    if (*text != 'x' && *text != 'X')
        return text;
    for (const char *at = text + 1; *at; at++) {
        int digit = hex_digit(*at);

        if (digit < 0) {
            buffer_free(&bits);
            return text;
        }
        for (int bit = 8; bit; bit >>= 1)
            buffer_append_char(&bits, digit & bit ? '1' : '0');
    }
    result = pstrdup(buffer_text(&bits));
    buffer_free(&bits);
    return result;
}

/* The next byte of the escape format; -1 where it is malformed. */
static int escaped_byte(const char **at)
{
    const char *text = *at;

    if (*text != '\\') {
        *at = text + 1;
        return (unsigned char)*text;
    }
    if (text[1] == '\\') {
        *at = text + 2;
        return '\\';
    }
    if (text[1] >= '0' && text[1] <= '3' && text[2] >= '0' && text[2] <= '7' && text[3] >= '0' &&
        text[3] <= '7') {
        *at = text + 4;
        return (text[1] - '0') * 64 + (text[2] - '0') * 8 + text[3] - '0';
    }
    return -1;
}

/* bytea in hexadecimal digits. */
static const char *normal_bytes(const char *text)
{
    char *result = palloc(strlen(text) * 2 + 3), *to = result;

    if (text[0] == '\\' && text[1] == 'x') {
        for (; *text; text++)
            if (!isspace((unsigned char)*text))
                *to++ = (char)tolower((unsigned char)*text);
        *to = '\0';
        return result;
    }
    to += snprintf(to, 3, "\\x");
    for (const char *at = text; *at;) {
        int byte = escaped_byte(&at);

        if (byte < 0)
            return text;
        to += snprintf(to, 3, "%02x", (unsigned)byte);
    }
    return result;
}

/* jsonpath puts its keys in quotes; only plain paths are read here. */
static const char *normal_path(const char *text)
{
    struct buffer path = BUFFER_EMPTY;
    const char *at = text, *result = text;

    while (isspace((unsigned char)*at))
        at++;
    if (strncmp(at, "lax ", 4) == 0)
        at += 4;
    else if (strncmp(at, "strict ", 7) == 0)
        at += 7, buffer_append(&path, "strict ");
    while (*at) {
        size_t length =
            strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

        if (*at == '$' && (at[1] == '.' || at[1] == '[' || !at[1])) {
            buffer_append_char(&path, *at++);
        } else if (*at == '[' && (at[1] == '*' || isdigit((unsigned char)at[1])) &&
                   strchr(at, ']')) {
            length = strcspn(at, "]") + 1;
            if (strspn(at + 1, "*0123456789") != length - 2)
                break;
            buffer_append_bytes(&path, at, length);
            at += length;
        } else if (*at == '.' && at[1] == '*' && at[2] != '*') {
            buffer_append(&path, ".*");
            at += 2;
        } else if (*at == '.' && at[1] == '"' && strchr(at + 2, '"')) {
            length = strcspn(at + 2, "\"\\") + 3;
            if (at[length - 1] != '"')
                break;
            buffer_append_bytes(&path, at, length);
            at += length;
        } else if (*at == '.' && (isalpha((unsigned char)at[1]) || at[1] == '_')) {
            length =
                strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
            if (at[length + 1] == '(')
                break;
            buffer_printf(&path, ".\"%.*s\"", (int)length, at + 1);
            at += length + 1;
        } else {
            break;
        }
    }
    if (!*at)
        result = pstrdup(buffer_text(&path));
    buffer_free(&path);
    return result;
}

/* -- Money and hstore --------------------------------------------------------------------------- */

/* The sign of the currency and commas are put there by the locale: digits alone remain. */
static const char *normal_money(const char *text)
{
    const char *word = trimmed(text);
    char *result = palloc(strlen(word) + 4), *to = result;
    size_t fraction = 0;

    if (*word == '-')
        *to++ = *word++;
    if (*word == '$')
        word++;
    if (!isdigit((unsigned char)*word))
        return text;
    for (; isdigit((unsigned char)*word) || *word == ','; word++)
        if (*word != ',')
            *to++ = *word;
    *to++ = '.';
    if (*word == '.')
        for (word++; isdigit((unsigned char)*word); word++, fraction++)
            *to++ = *word;
    for (; fraction < 2; fraction++)
        *to++ = '0';
    *to = '\0';
    return *word || fraction > 2 ? text : result;
}

struct pair {
    char *key, *value; /* value NULL: NULL */
};

static void skip_spaces(const char **at)
{
    while (isspace((unsigned char)**at))
        (*at)++;
}

/* A word of hstore's: in quotes with backslashes, or up to the next sign; NULL where malformed. */
static char *hstore_word(const char **at, bool *quoted)
{
    char *word = palloc(strlen(*at) + 1), *to = word;

    skip_spaces(at);
    *quoted = **at == '"';
    if (*quoted) {
        for ((*at)++; **at && **at != '"'; (*at)++) {
            if (**at == '\\' && (*at)[1])
                (*at)++;
            *to++ = **at;
        }
        if (*(*at)++ != '"')
            return NULL;
    } else {
        while (**at && !isspace((unsigned char)**at) && !strchr("=,\"\\", **at))
            *to++ = *(*at)++;
        if (to == word)
            return NULL;
    }
    *to = '\0';
    skip_spaces(at);
    return word;
}

static int compare_pairs(const void *a, const void *b)
{
    const char *left = ((const struct pair *)a)->key, *right = ((const struct pair *)b)->key;

    if (strlen(left) != strlen(right))
        return strlen(left) < strlen(right) ? -1 : 1;
    return strcmp(left, right);
}

static void append_quoted(struct buffer *buffer, const char *text)
{
    buffer_append_char(buffer, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buffer_append_char(buffer, '\\');
        buffer_append_char(buffer, *text);
    }
    buffer_append_char(buffer, '"');
}

static const char *print_pairs(struct pair *pairs, int count, const char *text)
{
    struct buffer buffer = BUFFER_EMPTY;

    if (count)
        qsort(pairs, (size_t)count, sizeof(*pairs), compare_pairs);
    for (int i = 0; i < count; i++) {
        /* Which of two equal keys wins is not for us to say. */
        if (i && compare_pairs(&pairs[i - 1], &pairs[i]) == 0) {
            buffer_free(&buffer);
            return text;
        }
        buffer_append(&buffer, i ? ", " : "");
        append_quoted(&buffer, pairs[i].key);
        buffer_append(&buffer, "=>");
        if (pairs[i].value)
            append_quoted(&buffer, pairs[i].value);
        else
            buffer_append(&buffer, "NULL");
    }
    text = pstrdup(buffer_text(&buffer));
    buffer_free(&buffer);
    return text;
}

static const char *normal_hstore(const char *text)
{
    struct pair *pairs = palloc(sizeof(struct pair));
    const char *at = text;
    bool quoted;
    int count = 0;

    skip_spaces(&at);
    while (*at) {
        pairs = repalloc(pairs, sizeof(struct pair) * (size_t)(count + 1));
        pairs[count].key = hstore_word(&at, &quoted);
        if (!pairs[count].key || at[0] != '=' || at[1] != '>')
            return text;
        at += 2;
        pairs[count].value = hstore_word(&at, &quoted);
        if (!pairs[count].value)
            return text;
        if (!quoted && strcasecmp(pairs[count].value, "null") == 0)
            pairs[count].value = NULL;
        count++;
        if (*at == ',')
            at++;
        else if (*at)
            return text;
        skip_spaces(&at);
    }
    return print_pairs(pairs, count, text);
}

/* -- Which type has which ----------------------------------------------------------------------- */

const char *literal_normalize(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod,
                              const char *text, Node *source)
{
    const struct known_types *types = &analyzer->types;

    literal_judge(analyzer, type, text);
    if (type == types->boolean)
        return normal_boolean(text);
    if (type == types->int4 || type == types->int8 || type == types->int2 || type == types->oid)
        return normal_integer(text);
    if (type == types->numeric)
        return normal_numeric(text);
    if (type == types->float8 || type == types->float4)
        return normal_float(text, type == types->float4);
    if (type == types->regclass || strncmp(type->name, "reg", 3) == 0)
        return literal_name(analyzer, type, text, source);
    if (type == types->bit || universe_type_is(type, "varbit"))
        return normal_bits(text);
    if (type == types->bytea)
        return normal_bytes(text);
    if (universe_type_is(type, "jsonpath"))
        return normal_path(text);
    if (universe_type_is(type, "money"))
        return normal_money(text);
    if (type->user && type->type_class == PG_TYPE_BASE && strcmp(type->name, "hstore") == 0)
        return normal_hstore(text);
    if (universe_type_is(type, "uuid"))
        return normal_uuid(text);
    if (type == types->interval)
        return literal_interval(text, typmod);
    if (type == types->jsonb)
        return literal_jsonb(analyzer, text);
    if (type->element && type->category == 'A')
        return literal_array(analyzer, type, text);
    if (type == types->date || type == types->timestamp || type == types->timestamptz ||
        type == types->time)
        return literal_time(analyzer, type, text);
    return text;
}
