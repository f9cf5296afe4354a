/* The catalog reader: what its files share. One round trip lists what there is (list.c), a few more
 * fetch the server's own text of each object (show.c), and the interpreter makes objects of those
 * texts (catalog.c), as it does of what people write. */
#ifndef PLUMB_MYSQL_CATALOG_CATALOG_H
#define PLUMB_MYSQL_CATALOG_CATALOG_H

#include "mysql/session/connect.h"
#include "mysql/interpret/interpret.h"

/* A class of objects, and where its SHOW CREATE has what; a column 0 is not there. */
struct my_catalog_class {
    const char *name;  /* "table", as unmodelled objects call it */
    const char *words; /* "TABLE", behind SHOW CREATE */
    int text;
    int sql_mode;
    int character_set; /* of the client; the connection's collation is the next column */
    int time_zone;
};

struct my_catalog_text {
    const struct my_catalog_class *class;
    const char *schema; /* as the server calls it */
    const char *name;
    const char *table; /* of a trigger; NULL elsewhere */
    const char *text;  /* NULL: it could not be read */
    size_t length;
    const char *fault; /* why not, or what the server warns of; NULL: nothing */
    struct my_program_settings settings;
    struct table_size size; /* of a table */
};

struct my_catalog_schema {
    const char *name;
    const char *collation;
    bool encrypted;
    const char *comment; /* NULL: none */
};

struct my_catalog {
    struct connection *connection;
    struct model *model;
    struct arena *arena;   /* the model's */
    struct arena *scratch; /* goes away after reading, with the texts */
    struct my_catalog_schema *schemas;
    size_t schema_count;
    size_t schema_room;
    struct my_catalog_text *texts; /* in the order in which they are to be interpreted */
    size_t text_count;
    size_t text_room;
    struct error *error;
};

/* list.c: fills the model's settings, schemas and, without their texts, texts. */
bool my_catalog_list(struct my_catalog *catalog);

/* The same file: what a column of schemas has to be, "= 'shop'" or "NOT IN (...)". In the scratch arena. */
const char *my_catalog_which_schemas(const struct my_catalog *catalog);

/* The same file, once the texts have been interpreted: adds what SHOW CREATE of this server does not say. */
bool my_catalog_reference_systems(struct my_catalog *catalog);

/* own.c: one past the quoted piece that begins here. */
const char *my_quoted_end(const char *at, const char *end);

/* The same file: the text of a table or view without the qualifier `database`.; as it is where that name is
 * also one of something else. *length is that of the text. In the arena. */
const char *my_without_database(struct arena *arena, const char *database, const char *text,
                                size_t *length);

/* show.c: fills in the texts. What one object's text cannot be read for is its fault; false only
 * when all the rest would fail too. */
bool my_catalog_show(struct my_catalog *catalog);

/* reread.c: where the server printed an expression of a table as a session with NO_BACKSLASH_ESCAPES took it,
 * puts what is stored in its place. */
bool my_catalog_reread(struct my_catalog *catalog);

/* The same file: the text of SHOW CREATE TABLE, where each backslash in a string of the line with that head ("`a`",
 * "KEY `k`", "CONSTRAINT `c`") stands once, if it stood twice: if that line has double as many as the stored
 * expression. *length is that of the text. In the arena. */
const char *my_reread_line(struct arena *arena, const char *text, size_t *length, const char *head,
                           const char *stored);

/* The whole catalog into an unresolved model (dialect.h). */
bool my_read(struct connection *connection, struct model *model, struct error *error);

#endif
