/* Tokens: what the scanner makes of a statement's text, and what the grammar reads. The scanner alone
 * (my_scan, in grammar/mysql.re) knows characters; my_tokenize brings its tokens into the form that one
 * look ahead is enough for: words that only mean something together become one token. */
#ifndef PLUMB_MYSQL_SQL_SCAN_H
#define PLUMB_MYSQL_SQL_SCAN_H

#include "core/arena.h"
#include "core/error.h"
#include "mysql/sql/parse.h"
#include "mysql/sql/parse_split.h"

struct my_token {
    int kind;
    bool bare;     /* a word that was written without quotes: may be a keyword */
    size_t offset; /* in the scanned text */
    size_t end;
    const char
        *text;     /* of names, strings, numbers, variables, phrases: the value; of MY_T_BROKEN what
                         is wrong, or NULL */
    size_t length; /* of the value */
    const char
        *charset; /* of strings, hexadecimal and bit literals: the introducer, "N", or NULL */
};

struct my_scanner {
    struct arena *arena;
    struct my_flavor flavor;
    uint64_t sql_mode;
    const char *text; /* terminated */
    size_t length;
    size_t position;
    int last; /* kind of the token before */
};

/* Scans one token; its kind is 0 at the end, MY_T_BROKEN where nothing makes sense. Words are
 * MY_T_IDENT with bare set, their text NULL. */
void my_scan(struct my_scanner *scanner, struct my_token *token);

struct my_tokens {
    struct my_token *items; /* ended by one of kind 0 */
    size_t count;
    size_t room;
};

/* Scans the whole text and joins phrases. Tokens that make no sense are MY_T_BROKEN: the grammar will
 * stumble over them. The body of a program is one token, MY_T_BODY. */
struct my_tokens my_tokenize(struct my_scanner *scanner, enum my_head_kind head);

/* True when the bare word is this one (in upper case). */
bool my_token_is(const struct my_scanner *scanner, const struct my_token *token, const char *word);

/* A keyword of the grammar, or a reserved word. */
struct my_keyword {
    const char *word; /* in upper case */
    int token;
    int mysql; /* reserved from this version on */
    int mariadb;
    bool stays; /* has its token even where it is not reserved */
};

/* NULL where the word is none. */
const struct my_keyword *my_keyword_find(const char *word, size_t length);

/* True if the word cannot be a name without quotes. */
bool my_keyword_reserved(const struct my_keyword *keyword, struct my_flavor flavor);

/* True if _NAME'...' says in which character set the string is. */
bool my_is_introducer(const char *name, size_t length);

/* Decodes what stands between quotes: doubled quotes, and escapes where escapes is set. */
const char *my_unquote(struct arena *arena, const char *text, size_t length, char quote,
                       bool escapes, size_t *decoded_length);

#endif
