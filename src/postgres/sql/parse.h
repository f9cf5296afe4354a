/* The one place where libpg_query's parser is called: SQL text to raw parse trees. libpg_query's own
 * longjmp stays inside parse.c. */
#ifndef PLUMB_POSTGRES_SQL_PARSE_H
#define PLUMB_POSTGRES_SQL_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

struct List; /* of RawStmt: include postgres/sql/tree.h */
struct Node;

/* A memory context for parse trees. Enter before parsing, leave when the trees are done with: all
 * trees and palloc memory of the context are freed then. They nest. */
void *pg_parse_enter(void);
void pg_parse_leave(void *context);

/* Parses any number of statements; NULL with an error (place relative to text) on bad syntax. The
 * list (never NULL on success; an empty script gives success through *statements = NULL) lives in the
 * current context. */
bool pg_parse(const char *text, struct List **statements, struct error *error);

/* The same in another of libpg_query's modes (enum RawParseMode). */
bool pg_parse_as(const char *text, int mode, struct List **trees, struct error *error);

/* Parses a DO statement's or a function's PL/pgSQL body: the statement's text to libpg_query's tree as JSON,
 * in the arena; NULL with an error. */
char *pg_parse_body(const char *statement, struct arena *arena, struct error *error);

/* libpg_query counts places in characters from 1: the offset in bytes. */
size_t pg_parse_offset(const char *text, int character);

/* Runs function(argument), which may call into libpg_query code that reports errors by longjmp
 * (deparse, copy, walkers); false with an error when one did, and then nothing remains of what the
 * function took. Out of memory is no such error: it ends the operation. */
bool pg_parse_guard(void (*function)(void *argument), void *argument, struct error *error);

/* Prints a raw statement tree (a SELECT through print.h, which wraps operands safely); NULL with an error when libpg_query cannot. In the arena. */
char *pg_deparse_statement(struct Node *statement, struct arena *arena, struct error *error);

/* The same by libpg_query's own deparser alone. */
char *pg_deparse_foreign(struct Node *statement, struct arena *arena, struct error *error);

/* Prints a raw expression tree. */
char *pg_deparse_expression(struct Node *expression, struct arena *arena, struct error *error);

#endif
