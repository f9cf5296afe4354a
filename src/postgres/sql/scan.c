/* The scanner of SQL: one function a kind of token, chosen by the first character. */
#include "postgres/sql/scan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool starts_word(char character)
{
    return isalpha((unsigned char)character) || character == '_' ||
           (unsigned char)character >= 0x80;
}

static bool continues_word(char character)
{
    return starts_word(character) || isdigit((unsigned char)character) || character == '$';
}

static size_t line_end(const char *text, size_t length, size_t at)
{
    const char *end = memchr(text + at, '\n', length - at);

    return end ? (size_t)(end - text) : length;
}

/* Comments in slash and star nest. */
static size_t block_comment_end(const char *text, size_t length, size_t at)
{
    int depth = 0;

    while (at < length) {
        if (at + 1 < length && text[at] == '/' && text[at + 1] == '*') {
            depth++;
            at += 2;
        } else if (at + 1 < length && text[at] == '*' && text[at + 1] == '/') {
            at += 2;
            if (--depth == 0)
                return at;
        } else {
            at++;
        }
    }
    return length;
}

/* at is the opening quote; a doubled quote stands for itself. */
static size_t quoted_end(const char *text, size_t length, size_t at, bool backslashes)
{
    char quote = text[at++];

    while (at < length) {
        if (backslashes && text[at] == '\\') {
            at += 2;
        } else if (text[at] != quote) {
            at++;
        } else if (at + 1 < length && text[at + 1] == quote) {
            at += 2;
        } else {
            return at + 1;
        }
    }
    return length;
}

/* The end of a dollar-quoted string; 0 when no such string starts at at. */
static size_t dollar_end(const char *text, size_t length, size_t at)
{
    size_t tag = at + 1;
    size_t tag_length;

    if (tag < length && isdigit((unsigned char)text[tag]))
        return 0;
    while (tag < length && continues_word(text[tag]) && text[tag] != '$')
        tag++;
    if (tag >= length || text[tag] != '$')
        return 0;
    tag_length = tag + 1 - at;
    for (size_t end = tag + 1; end + tag_length <= length; end++) {
        const char *next = memchr(text + end, '$', length - end);

        if (!next)
            break;
        end = (size_t)(next - text);
        if (end + tag_length <= length && memcmp(next, text + at, tag_length) == 0)
            return end + tag_length;
    }
    return length;
}

static size_t word_end(const char *text, size_t length, size_t at)
{
    while (at < length && continues_word(text[at]))
        at++;
    return at;
}

/* E'..', B'..', X'..', N'..' and U&'..' or U&"..": the prefix belongs to the token. */
static bool scan_prefixed(const char *text, size_t length, struct pg_token *token)
{
    size_t at = token->start + 1;
    char prefix = (char)tolower((unsigned char)text[token->start]);

    if (prefix == 'u' && at + 1 < length && text[at] == '&')
        at++;
    else if (!strchr("ebxn", prefix))
        return false;
    if (at >= length || (text[at] != '\'' && (text[at] != '"' || prefix != 'u')))
        return false;
    token->kind = text[at] == '"' ? PG_TOKEN_NAME : PG_TOKEN_STRING;
    token->end = quoted_end(text, length, at, prefix == 'e');
    return true;
}

static void scan_token(const char *text, size_t length, struct pg_token *token)
{
    size_t at = token->start;
    char first = text[at];
    char second = at + 1 < length ? text[at + 1] : '\0';

    if ((first == '-' && second == '-') || (first == '/' && second == '*')) {
        token->kind = PG_TOKEN_COMMENT;
        token->end =
            first == '-' ? line_end(text, length, at) : block_comment_end(text, length, at);
    } else if (first == '\'') {
        token->kind = PG_TOKEN_STRING;
        token->end = quoted_end(text, length, at, false);
    } else if (first == '"') {
        token->kind = PG_TOKEN_NAME;
        token->end = quoted_end(text, length, at, false);
    } else if (first == '$' && (token->end = dollar_end(text, length, at)) != 0) {
        token->kind = PG_TOKEN_STRING;
    } else if (starts_word(first)) {
        if (!scan_prefixed(text, length, token)) {
            token->kind = PG_TOKEN_WORD;
            token->end = word_end(text, length, at);
        }
    } else if (isdigit((unsigned char)first)) {
        token->kind = PG_TOKEN_NUMBER;
        token->end = word_end(text, length, at);
    } else {
        token->kind = PG_TOKEN_OTHER;
        token->end = at + 1;
    }
    if (token->end > length)
        token->end = length;
}

bool pg_scan(const char *text, size_t length, size_t from, struct pg_token *token)
{
    while (from < length && isspace((unsigned char)text[from]))
        from++;
    if (from >= length)
        return false;
    token->start = from;
    scan_token(text, length, token);
    return true;
}

bool pg_scan_code(const char *text, size_t length, size_t from, struct pg_token *token)
{
    do {
        if (!pg_scan(text, length, from, token))
            return false;
        from = token->end;
    } while (token->kind == PG_TOKEN_COMMENT);
    return true;
}

bool pg_token_is(const char *text, const struct pg_token *token, const char *word)
{
    size_t length = strlen(word);

    return (token->kind == PG_TOKEN_WORD || token->kind == PG_TOKEN_OTHER) &&
           token->end - token->start == length &&
           strncasecmp(text + token->start, word, length) == 0;
}
