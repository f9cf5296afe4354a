/* Cuts a text into statements as psql does: its own lines, rows of COPY up to their "\.", bodies between BEGIN ATOMIC
 * and END, semicolons in parentheses. */
#include "postgres/sql/tree.h"

#include <string.h>
#include <strings.h>

#include "common/keywords.h"

#include "postgres/sql/layout.h"
#include "postgres/sql/scan.h"

/* The way through one statement. */
struct cut {
    const char *text;
    size_t length;
    size_t depth;    /* parentheses that are open */
    size_t blocks;   /* BEGIN ATOMIC and CASE that are open */
    bool begin;      /* the word before was BEGIN */
    bool copies;     /* it began with COPY */
    bool from_stdin; /* and reads rows from what follows */
    bool from;       /* the word before was FROM */
    struct text_piece piece;
};

static size_t behind_line(const char *text, size_t length, size_t at)
{
    const char *end = memchr(text + at, '\n', length - at);

    return end ? (size_t)(end - text) + 1 : length;
}

/* Behind the line "\." that ends the rows. */
static size_t behind_rows(const char *text, size_t length, size_t at)
{
    while (at < length) {
        size_t next = behind_line(text, length, at);
        size_t width = next - at;

        while (width && (text[at + width - 1] == '\n' || text[at + width - 1] == '\r'))
            width--;
        if (width == 2 && text[at] == '\\' && text[at + 1] == '.')
            return at + 2;
        at = next;
    }
    return length;
}

/* A line of psql's own, without the newline. */
static struct text_piece client_line(const char *text, size_t length, size_t start)
{
    size_t end = behind_line(text, length, start);

    while (end > start && (text[end - 1] == '\n' || text[end - 1] == '\r' || text[end - 1] == ' '))
        end--;
    return (struct text_piece){.start = start, .code_end = end, .end = end, .verbatim = true};
}

static void take_word(struct cut *cut, const struct pg_token *token)
{
    bool first = token->start == cut->piece.start;

    if (pg_token_is(cut->text, token, "atomic") && cut->begin)
        cut->blocks++;
    else if (cut->blocks && pg_token_is(cut->text, token, "case"))
        cut->blocks++;
    else if (cut->blocks && pg_token_is(cut->text, token, "end"))
        cut->blocks--;
    if (first && pg_token_is(cut->text, token, "copy"))
        cut->copies = true;
    if (cut->copies && cut->from && pg_token_is(cut->text, token, "stdin"))
        cut->from_stdin = true;
    cut->from = pg_token_is(cut->text, token, "from");
    cut->begin = pg_token_is(cut->text, token, "begin");
}

/* False where the statement ends with the token. */
static bool take_token(struct cut *cut, const struct pg_token *token)
{
    char character = cut->text[token->start];

    if (token->kind == PG_TOKEN_WORD)
        take_word(cut, token);
    cut->piece.code_end = cut->piece.end = token->end;
    if (token->kind != PG_TOKEN_OTHER)
        return true;
    if (character == '(')
        cut->depth++;
    else if (character == ')' && cut->depth)
        cut->depth--;
    if (character == ';' && !cut->depth && !cut->blocks) {
        cut->piece.code_end = token->start;
        return false;
    }
    return true;
}

/* The statement that begins with the token. */
static struct text_piece cut_statement(const char *text, size_t length, struct pg_token token)
{
    struct cut cut = {.text = text, .length = length, .piece = {.start = token.start}};
    bool more = true;

    while (more && take_token(&cut, &token)) {
        more = pg_scan_code(text, length, cut.piece.end, &token);
        if (more && text[token.start] == '\\' && token.kind == PG_TOKEN_OTHER) {
            /* \g and its like end the statement, and are a part of it. */
            cut.piece.end = client_line(text, length, token.start).end;
            more = false;
        }
    }
    while (cut.piece.code_end > cut.piece.start && strchr(" \t\r\n", text[cut.piece.code_end - 1]))
        cut.piece.code_end--;
    if (cut.from_stdin) {
        cut.piece.verbatim = true;
        cut.piece.end = behind_rows(text, length, behind_line(text, length, cut.piece.end));
        cut.piece.code_end = cut.piece.end;
    }
    return cut.piece;
}

bool pg_layout_cut(const char *text, size_t length, const char *server, struct arena *arena,
                   struct text_pieces *pieces, struct error *error)
{
    struct pg_token token;
    size_t at = 0;

    (void)server;
    (void)error;
    while (pg_scan_code(text, length, at, &token)) {
        bool line = token.kind == PG_TOKEN_OTHER && text[token.start] == '\\';
        struct text_piece piece =
            line ? client_line(text, length, token.start) : cut_statement(text, length, token);

        if (piece.code_end > piece.start)
            text_pieces_add(pieces, arena, piece);
        at = piece.end > at ? piece.end : at + 1;
    }
    return true;
}

bool pg_layout_mark(const char *text, size_t length, size_t from, struct text_mark *mark)
{
    static const enum mark_kind kinds[] = {
        [PG_TOKEN_COMMENT] = MARK_COMMENT, [PG_TOKEN_WORD] = MARK_WORD,
        [PG_TOKEN_NAME] = MARK_NAME,       [PG_TOKEN_STRING] = MARK_STRING,
        [PG_TOKEN_NUMBER] = MARK_NUMBER,   [PG_TOKEN_OTHER] = MARK_OTHER};
    struct pg_token token;

    if (!pg_scan(text, length, from, &token))
        return false;
    *mark = (struct text_mark){kinds[token.kind], token.start, token.end};
    return true;
}

static int keyword_of(const char *word, size_t length)
{
    char lower[64];

    if (length >= sizeof(lower))
        return -1;
    for (size_t i = 0; i < length; i++)
        lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + ('a' - 'A')) : word[i];
    lower[length] = '\0';
    return ScanKeywordLookup(lower, &ScanKeywords);
}

bool pg_layout_is_keyword(const char *word, size_t length)
{
    return keyword_of(word, length) >= 0;
}

bool pg_layout_is_reserved(const char *word, size_t length)
{
    int keyword = keyword_of(word, length);

    return keyword >= 0 && (ScanKeywordCategories[keyword] == RESERVED_KEYWORD ||
                            ScanKeywordCategories[keyword] == TYPE_FUNC_NAME_KEYWORD);
}
