/* A scanner of SQL for what the parser does not tell: where comments, strings and words are. It
 * never fails; what it does not know is a token of one character. */
#ifndef PLUMB_POSTGRES_SQL_SCAN_H
#define PLUMB_POSTGRES_SQL_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum pg_token_kind {
    PG_TOKEN_COMMENT, /* with its -- or slash and star */
    PG_TOKEN_WORD,    /* a keyword or unquoted name */
    PG_TOKEN_NAME,    /* a quoted name, with the quotes */
    PG_TOKEN_STRING,  /* any string constant, with prefix and quotes; also dollar-quoted */
    PG_TOKEN_NUMBER,
    PG_TOKEN_OTHER /* one character */
};

struct pg_token {
    enum pg_token_kind kind;
    size_t start;
    size_t end; /* behind the last byte */
};

/* The first token at or after from, skipping space; false at the end of the text. */
bool pg_scan(const char *text, size_t length, size_t from, struct pg_token *token);

/* The same, skipping comments too. */
bool pg_scan_code(const char *text, size_t length, size_t from, struct pg_token *token);

/* True for a word that is this keyword (given in lower case), or this one character. */
bool pg_token_is(const char *text, const struct pg_token *token, const char *word);

#endif
