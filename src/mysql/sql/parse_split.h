/* Statements in a text, before anything is parsed: where each begins and ends, what kind it is by its first
 * words, and its text with conditional comments resolved. Long data statements cost one look at each byte. */
#ifndef PLUMB_MYSQL_SQL_PARSE_SPLIT_H
#define PLUMB_MYSQL_SQL_PARSE_SPLIT_H

#include "core/arena.h"
#include "core/error.h"
#include "mysql/facts/flavor.h"
#include "mysql/sql/tree.h"

/* Statements whose words or end follow rules of their own. */
enum my_head_kind {
    MY_HEAD_PLAIN,
    MY_HEAD_EVENT,
    MY_HEAD_TRIGGER,
    MY_HEAD_ROUTINE,
    MY_HEAD_SEQUENCE,
    MY_HEAD_PACKAGE,
    MY_HEAD_BLOCK /* BEGIN NOT ATOMIC ... */
};

/* What the first words say. */
struct my_head {
    enum my_statement_kind kind;
    enum my_head_kind program;
    const char *word; /* for messages; NULL while nothing was read */
    bool parsed;      /* the grammar reads this kind */
    bool known;       /* no more words are needed */
    bool definer;     /* DEFINER was read: a user's name follows */
    const char *verb;
    char spatial;
};

/* Takes the next bare word of the statement. */
void my_head_word(struct my_head *head, const char *word, size_t length, struct arena *arena);

/* Settles what is still open when the statement has no more words. */
void my_head_end(struct my_head *head);

/* How deep a program's body is nested, by its words. */
#define MY_NESTING_DEPTH 250
struct my_nesting {
    unsigned char stack[MY_NESTING_DEPTH];
    size_t depth;
    bool body; /* it has begun */
    bool parameters_read;
    bool start;   /* a statement begins here */
    bool ended;   /* the word before was END of a statement */
    bool handler; /* in DECLARE ... HANDLER */
    bool skip;    /* a name follows */
    bool until;   /* in the condition that ends REPEAT */
    bool operand; /* the word or mark before ends an operand */
    bool package; /* routines with declarations stand in it */
    size_t parentheses;
    char last[12]; /* the word before, in upper case, cut */
    size_t opened; /* where the outermost block began */
};

/* False where it is nested too deep. */
bool my_nesting_word(struct my_nesting *nesting, enum my_head_kind kind, const char *word,
                     size_t length, size_t offset);
/* A quoted name, a string, or ( ) ; : */
void my_nesting_mark(struct my_nesting *nesting, enum my_head_kind kind, char mark);

/* A stretch of the text that was copied from the source in one piece. */
struct my_piece {
    size_t text_offset;
    size_t source_offset;
};

struct my_chunk {
    size_t offset; /* in the source */
    size_t end;
    struct my_head head;
    const char *text; /* terminated; of statements that nobody parses only the beginning */
    size_t length;
    struct my_piece *pieces; /* ordered, at least one */
    size_t piece_count;
};

struct my_splitter {
    struct arena *arena;
    struct my_flavor flavor;
    const char *file;
    const char *text;
    size_t length;
    size_t position;
    uint64_t sql_mode; /* as it is now */
    const char *delimiter;
    size_t delimiter_length;
    size_t conditional; /* conditional comments that are open */
};

/* The next statement; chunk->text is NULL at the end. False with an error. */
bool my_split_next(struct my_splitter *splitter, struct my_chunk *chunk, struct error *error);

#endif
