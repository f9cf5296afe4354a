/* Words, literals and signs of SQL. */
#include "core/secret/scan.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || (byte & 0x80);
}

static size_t left(const struct scan *scan)
{
    return (size_t)(scan->end - scan->at);
}

/* --- comments -------------------------------------------------------------------------------------------- */

static void skip_line(struct scan *scan)
{
    const char *end = memchr(scan->at, '\n', left(scan));

    scan->at = end ? end : scan->end;
}

/* PostgreSQL's are nested. */
static void skip_block(struct scan *scan)
{
    size_t depth = 0;

    while (left(scan) >= 2) {
        if (scan->at[0] == '*' && scan->at[1] == '/') {
            scan->at += 2;
            if (!--depth)
                return;
        } else if (scan->at[0] == '/' && scan->at[1] == '*' &&
                   (!depth || scan->syntax == SECRET_POSTGRES)) {
            scan->at += 2;
            depth++;
        } else {
            scan->at++;
        }
    }
    scan->at = scan->end;
}

/* The beginning of a conditional comment, whose content is code; 0: it is none. */
static size_t conditional_length(const struct scan *scan)
{
    size_t length = 2;

    if (scan->syntax != SECRET_MYSQL || left(scan) < 3)
        return 0;
    if (scan->at[2] == 'M' && left(scan) > 3)
        length++;
    if (scan->at[length] != '!')
        return 0;
    for (length++; length < left(scan) && isdigit((unsigned char)scan->at[length]);)
        length++;
    return length;
}

/* True where something was skipped. */
static bool skip_comment(struct scan *scan)
{
    size_t conditional;

    if (isspace((unsigned char)*scan->at)) {
        scan->at++;
    } else if (left(scan) >= 2 && scan->at[0] == '-' && scan->at[1] == '-') {
        skip_line(scan);
    } else if (*scan->at == '#' && scan->syntax == SECRET_MYSQL) {
        skip_line(scan);
    } else if (left(scan) >= 2 && scan->at[0] == '/' && scan->at[1] == '*') {
        conditional = conditional_length(scan);
        scan->at += conditional;
        if (!conditional)
            skip_block(scan);
    } else {
        return false;
    }
    return true;
}

/* --- pieces ------------------------------------------------------------------------------------------------ */

/* Takes what is in quotes of that kind, from the first quote on. */
static void take_quoted(struct scan *scan, char quote, bool backslashes)
{
    for (scan->at++; scan->at < scan->end; scan->at++) {
        if (backslashes && *scan->at == '\\' && left(scan) > 1) {
            scan->at++;
        } else if (*scan->at == quote) {
            scan->at++;
            if (scan->at == scan->end || *scan->at != quote)
                return;
        }
    }
}

/* "$tag$": its length; 0 where it is none. */
static size_t dollar_length(const char *text, size_t length)
{
    size_t at = 1;

    if (length < 2 || text[0] != '$' || isdigit((unsigned char)text[1]))
        return 0;
    while (at < length && is_word_byte(text[at]))
        at++;
    return at < length && text[at] == '$' ? at + 1 : 0;
}

static void take_dollars(struct scan *scan, size_t tag)
{
    const char *begin = scan->at;

    for (scan->at += tag; left(scan) >= tag; scan->at++) {
        const char *found = memchr(scan->at, '$', left(scan));

        scan->at = found ? found : scan->end;
        if (left(scan) >= tag && memcmp(scan->at, begin, tag) == 0) {
            scan->at += tag;
            return;
        }
    }
    scan->at = scan->end;
}

/* E'', N'', U&'': how much stands before the quote; 0 where no literal begins so. */
static size_t prefix_length(const struct scan *scan)
{
    if (scan->syntax == SECRET_POSTGRES && left(scan) > 2 && strchr("uU", scan->at[0]) &&
        scan->at[1] == '&' && scan->at[2] == '\'')
        return 2;
    return left(scan) > 1 && strchr("eEnN", scan->at[0]) && scan->at[1] == '\'' ? 1 : 0;
}

static void take_literal(struct scan *scan, size_t prefix)
{
    bool escapes = scan->syntax == SECRET_MYSQL || (prefix == 1 && strchr("eE", *scan->at));

    scan->at += prefix;
    take_quoted(scan, *scan->at, escapes);
}

/* A name in quotes is the word in them. */
static void take_name(struct scan *scan, struct scan_piece *piece)
{
    take_quoted(scan, *scan->at, false);
    piece->kind = SCAN_WORD;
    piece->text++;
    piece->length = (size_t)(scan->at - piece->text);
    piece->length -= piece->length > 0;
}

/* :'name', psql's variable: what stands in the quotes is its name. 0 where there is none. */
static size_t variable_length(const struct scan *scan)
{
    size_t at = 2;

    if (scan->syntax != SECRET_POSTGRES || left(scan) < 4 || memcmp(scan->at, ":'", 2) != 0)
        return 0;
    while (at < left(scan) && is_word_byte(scan->at[at]))
        at++;
    return at > 2 && at < left(scan) && scan->at[at] == '\'' ? at + 1 : 0;
}

bool scan_next(struct scan *scan, struct scan_piece *piece)
{
    bool mysql = scan->syntax == SECRET_MYSQL;
    size_t dollar;

    while (scan->at < scan->end && skip_comment(scan))
        ;
    if (scan->at >= scan->end)
        return false;
    *piece = (struct scan_piece){.kind = SCAN_LITERAL, .text = scan->at};
    dollar = mysql ? 0 : dollar_length(scan->at, left(scan));
    if (*scan->at == '`' || (*scan->at == '"' && !mysql)) {
        take_name(scan, piece);
        return true;
    }
    if (*scan->at == '\'' || *scan->at == '"' || prefix_length(scan)) {
        take_literal(scan, prefix_length(scan));
    } else if (dollar) {
        take_dollars(scan, dollar);
    } else if (is_word_byte(*scan->at)) {
        piece->kind = SCAN_WORD;
        while (scan->at < scan->end && (is_word_byte(*scan->at) || *scan->at == '$'))
            scan->at++;
    } else {
        piece->kind = SCAN_SIGN;
        scan->at += variable_length(scan) ? variable_length(scan) : 1;
    }
    piece->length = (size_t)(scan->at - piece->text);
    return true;
}

/* --- literals -------------------------------------------------------------------------------------------- */

static void append_codepoint(struct buffer *text, uint32_t point)
{
    if (point < 0x80) {
        buffer_append_char(text, (char)point);
    } else if (point < 0x800) {
        buffer_append_char(text, (char)(0xC0 | point >> 6));
        buffer_append_char(text, (char)(0x80 | (point & 0x3F)));
    } else if (point < 0x10000) {
        buffer_append_char(text, (char)(0xE0 | point >> 12));
        buffer_append_char(text, (char)(0x80 | (point >> 6 & 0x3F)));
        buffer_append_char(text, (char)(0x80 | (point & 0x3F)));
    } else {
        buffer_append_char(text, (char)(0xF0 | (point >> 18 & 7)));
        buffer_append_char(text, (char)(0x80 | (point >> 12 & 0x3F)));
        buffer_append_char(text, (char)(0x80 | (point >> 6 & 0x3F)));
        buffer_append_char(text, (char)(0x80 | (point & 0x3F)));
    }
}

/* So many digits of that base at the most; *used: how many there are. */
static uint32_t number_at(const char *text, size_t most, int base, size_t *used)
{
    char digits[9] = {0};
    char *end;
    uint32_t number;

    for (size_t i = 0; i < most && i < 8 && isxdigit((unsigned char)text[i]); i++)
        digits[i] = text[i];
    number = (uint32_t)strtoul(digits, &end, base);
    *used = (size_t)(end - digits);
    return number;
}

/* What follows a backslash in E''; the bytes that it takes. */
static size_t append_escape(struct buffer *text, const char *at)
{
    static const char letters[] = "bfnrt";
    static const char meanings[] = "\b\f\n\r\t";
    const char *letter = strchr(letters, *at);
    size_t used;
    uint32_t number;

    if (letter && *at) {
        buffer_append_char(text, meanings[letter - letters]);
        return 1;
    }
    if (*at >= '0' && *at <= '7') {
        number = number_at(at, 3, 8, &used);
        buffer_append_char(text, (char)number);
        return used;
    }
    if (*at == 'x' && isxdigit((unsigned char)at[1])) {
        buffer_append_char(text, (char)number_at(at + 1, 2, 16, &used));
        return used + 1;
    }
    if (*at == 'u' || *at == 'U') {
        append_codepoint(text, number_at(at + 1, *at == 'u' ? 4 : 8, 16, &used));
        return used + 1;
    }
    buffer_append_char(text, *at);
    return 1;
}

static size_t append_unicode_escape(struct buffer *text, const char *at)
{
    size_t plus = *at == '+';
    size_t used;
    uint32_t number;

    if (*at == '\\') {
        buffer_append_char(text, '\\');
        return 1;
    }
    number = number_at(at + plus, plus ? 6 : 4, 16, &used);
    append_codepoint(text, number);
    return used + plus;
}

/* MySQL: backslash and "%" or "_" stay two characters. */
static size_t append_mysql_escape(struct buffer *text, const char *at)
{
    static const char letters[] = "0bnrtZ";
    static const char meanings[] = {'\0', '\b', '\n', '\r', '\t', 26};
    const char *letter = *at ? strchr(letters, *at) : NULL;

    if (*at == '%' || *at == '_')
        buffer_append_char(text, '\\');
    buffer_append_char(text, letter ? meanings[letter - letters] : *at);
    return 1;
}

static size_t prefix_of(struct scan_piece literal)
{
    size_t prefix = 0;

    while (prefix < literal.length && !strchr("'\"$", literal.text[prefix]))
        prefix++;
    return prefix;
}

char *scan_decode(struct arena *arena, enum secret_syntax syntax, struct scan_piece literal)
{
    size_t prefix = prefix_of(literal);
    size_t tag = dollar_length(literal.text, literal.length);
    char letter = prefix ? literal.text[0] : '\0';
    struct buffer text = BUFFER_EMPTY;
    const char *whole;
    char quote;

    if (tag)
        return literal.length >= 2 * tag
                   ? arena_strndup(arena, literal.text + tag, literal.length - 2 * tag)
                   : NULL;
    if (literal.length < prefix + 2)
        return NULL;
    quote = literal.text[prefix];
    whole = arena_strndup(arena, literal.text + prefix + 1, literal.length - prefix - 2);
    buffer_append(&text, "");
    for (const char *at = whole; *at;) {
        if (*at == '\\' && at[1] && syntax == SECRET_MYSQL)
            at += 1 + append_mysql_escape(&text, at + 1);
        else if (*at == '\\' && at[1] && (letter == 'e' || letter == 'E'))
            at += 1 + append_escape(&text, at + 1);
        else if (*at == '\\' && at[1] && (letter == 'u' || letter == 'U'))
            at += 1 + append_unicode_escape(&text, at + 1);
        else {
            at += *at == quote && at[1] == quote;
            buffer_append_char(&text, *at++);
        }
    }
    if (memchr(buffer_text(&text), '\0', text.length)) { /* bytes, and no text */
        buffer_free(&text);
        return NULL;
    }
    return buffer_take(&text, arena);
}

char *scan_encode(struct arena *arena, enum secret_syntax syntax, struct scan_piece literal,
                  const char *text)
{
    size_t tag = dollar_length(literal.text, literal.length);
    char quote = literal.text[prefix_of(literal)];
    bool escapes = syntax == SECRET_MYSQL || strchr(text, '\\');
    struct buffer sql = BUFFER_EMPTY;

    if (tag && !strstr(text, arena_strndup(arena, literal.text, tag))) {
        buffer_append_bytes(&sql, literal.text, tag);
        buffer_append(&sql, text);
        buffer_append_bytes(&sql, literal.text, tag);
        return buffer_take(&sql, arena);
    }
    if (quote == '$')
        quote = '\'';
    if (syntax == SECRET_POSTGRES && escapes)
        buffer_append(&sql, "E");
    buffer_append_char(&sql, quote);
    for (; *text; text++) {
        if (*text == quote || (escapes && *text == '\\' &&
                               !(syntax == SECRET_MYSQL && (text[1] == '%' || text[1] == '_'))))
            buffer_append_char(&sql, *text);
        buffer_append_char(&sql, *text);
    }
    buffer_append_char(&sql, quote);
    return buffer_take(&sql, arena);
}
