/* One file on its way from the author's text to one that the parser takes (source.c), and psql's commands in it
 * (command.c). */
#ifndef PLUMB_POSTGRES_INTERPRET_BASE_PREPARATION_H
#define PLUMB_POSTGRES_INTERPRET_BASE_PREPARATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "core/error.h"
#include "postgres/interpret/base/interpreter.h"

enum { deepest_condition = 64 };

/* A part of the text that \if, \elif and \else rule. */
struct condition {
    size_t offset; /* of its \if, for messages */
    bool open;     /* what stands here counts */
    bool spent;    /* some branch has counted, or none may: the outer part does not */
    bool last;     /* behind \else */
};

struct preparation {
    struct interpreter *interpreter;
    struct interpret_file *file;
    struct arena *arena;
    const char *text; /* the author's */
    size_t length;
    struct buffer out;
    size_t copied;    /* of the author's text */
    size_t statement; /* where the current one begins in out */
    struct condition conditions[deepest_condition];
    size_t depth; /* of conditions */
    bool ended;   /* by \q */
    struct error *error;
};

/* The author's text up to there comes out as it is; as spaces, but for its lines. */
void preparation_copy(struct preparation *preparation, size_t end);
void preparation_blank(struct preparation *preparation, size_t end);

/* The next byte of the author's text becomes a semicolon. */
void preparation_end_statement(struct preparation *preparation);

/* False where a condition is not met: what stands here is passed over. */
bool preparation_is_open(const struct preparation *preparation);

/* Blanks the lines of data behind the line that the offset is in, up to one of "\." alone; gives the end of that. */
size_t preparation_take_data(struct preparation *preparation, size_t at);

/* Places the error there in the author's text; gives false. */
bool preparation_refuse(struct preparation *preparation, size_t at);

/* The same with the message that "what" (a variable, a condition) has no value here. */
bool preparation_refuse_unknown(struct preparation *preparation, size_t at, const char *what);

/* A backslash outside of quotes; gives the end of what it takes, 0 with an error. command.c */
size_t preparation_take_command(struct preparation *preparation, size_t at);

#endif
