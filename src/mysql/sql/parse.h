/* The door to the grammar: SQL text to trees, one statement after the other. DELIMITER lines,
 * conditional comments of this server and version, and the sql_mode that the text itself sets are
 * understood here; what else a SET says is for the caller. */
#ifndef PLUMB_MYSQL_SQL_PARSE_H
#define PLUMB_MYSQL_SQL_PARSE_H

#include "core/arena.h"
#include "core/error.h"
#include "mysql/facts/flavor.h"
#include "mysql/sql/tree.h"

/* What of sql_mode changes how a text is read or what an expression means. */
enum my_sql_mode {
    MY_MODE_ANSI_QUOTES = 1,
    MY_MODE_PIPES_AS_CONCAT = 2,
    MY_MODE_NO_BACKSLASH_ESCAPES = 4,
    MY_MODE_HIGH_NOT_PRECEDENCE = 8,
    MY_MODE_IGNORE_SPACE = 16,
    MY_MODE_REAL_AS_FLOAT = 32,
    MY_MODE_ORACLE = 64 /* MariaDB: programs in PL/SQL */
};

/* The bits of a mode list "ANSI,TRADITIONAL" (ANSI, ORACLE and such mean several). */
uint64_t my_sql_mode_parse(const char *text);

struct my_parser;

/* Begins to read a text. file is for messages; text must outlive the parser; trees live in the arena.
 * Nothing has to be freed but the arena. */
struct my_parser *my_parser_new(struct arena *arena, struct my_flavor flavor, uint64_t sql_mode,
                                const char *file, const char *text, size_t length);

/* The next statement; *statement is NULL at the end. False with an error, placed, where the text cannot
 * be understood. A SET of sql_mode (session or no scope) takes effect on what follows, and @saved
 * values of it (SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='...'; SET SQL_MODE=@OLD_SQL_MODE) work. */
bool my_parser_next(struct my_parser *parser, struct my_statement **statement, struct error *error);

/* The sql_mode now in force, as bits, and as the text last set (NULL: never set by the text itself). */
uint64_t my_parser_mode(const struct my_parser *parser);
const char *my_parser_mode_text(const struct my_parser *parser);

/* The option of the servers that was perhaps meant; NULL. */
const char *my_nearest_option(const char *name);

/* One expression; NULL with an error. */
struct my_node *my_parse_expression(struct arena *arena, struct my_flavor flavor, uint64_t sql_mode,
                                    const char *text, struct error *error);

/* One query (of a view); NULL with an error. */
struct my_query *my_parse_query(struct arena *arena, struct my_flavor flavor, uint64_t sql_mode,
                                const char *text, struct error *error);

/* One data type; NULL with an error. */
struct my_type *my_parse_type(struct arena *arena, struct my_flavor flavor, const char *text,
                              struct error *error);

#endif
