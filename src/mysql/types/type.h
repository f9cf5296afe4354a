/* Data types as the server stores them: synonyms brought together, display widths kept or dropped by vendor,
 * the character set taken out of the type and made a collation. What is stored already stays so. */
#ifndef PLUMB_MYSQL_TYPES_TYPE_H
#define PLUMB_MYSQL_TYPES_TYPE_H

#include "core/error.h"
#include "mysql/facts/flavor.h"
#include "mysql/sql/tree.h"

/* Families of types that take the same kinds of values. */
enum my_type_class {
    MY_TYPE_INTEGER,
    MY_TYPE_DECIMAL,
    MY_TYPE_FLOAT, /* and double */
    MY_TYPE_BIT,
    MY_TYPE_DATE,
    MY_TYPE_TIME,
    MY_TYPE_DATETIME,
    MY_TYPE_TIMESTAMP,
    MY_TYPE_YEAR,
    MY_TYPE_CHAR,
    MY_TYPE_VARCHAR,
    MY_TYPE_TEXT,
    MY_TYPE_BINARY,
    MY_TYPE_VARBINARY,
    MY_TYPE_BLOB,
    MY_TYPE_ENUM,
    MY_TYPE_SET,
    MY_TYPE_JSON,
    MY_TYPE_GEOMETRY,
    MY_TYPE_VECTOR,
    MY_TYPE_UUID,
    MY_TYPE_INET
};

struct my_stored_type {
    enum my_type_class class;
    const char *base; /* "int", "varchar" */
    const char *text; /* "int unsigned", "varchar(20)", "enum('a','b')" */
    long length;      /* characters, digits, bits, or digits of a second; -1: none */
    long decimals;    /* -1: none */
    bool is_unsigned;
    bool zerofill;
    bool serial;             /* was SERIAL: NOT NULL, AUTO_INCREMENT, UNIQUE */
    bool json_check;         /* MariaDB's json: longtext with a check */
    struct text_list values; /* of enum and set */
    const char *collation;   /* NULL: not a type of characters */
};

/* What a type depends on besides itself. */
struct my_type_context {
    const struct model *model; /* for the flavour and the defaults of character sets */
    const char *collation;     /* of the table (database, ...) around it */
    bool strict;               /* what is too long is an error */
    bool real_as_float;
};

/* Fills *stored, everything in the arena; false with an error (without a place). */
bool my_type_store(struct arena *arena, const struct my_type_context *context,
                   const struct my_type *type, struct my_stored_type *stored, struct error *error);

/* The collation of [CHARACTER SET charset] [COLLATE collation] within something whose own is inherited;
 * both may be NULL, "DEFAULT" is that too. NULL with an error. */
const char *my_resolve_collation(struct arena *arena, const struct model *model,
                                 const char *charset, const char *collation, const char *inherited,
                                 struct error *error);

/* The length in parentheses of a stored type's text, "varchar(20)": 20; -1: none. */
long my_type_length(const char *text);

/* True when the stored type's text begins with that word: "text", "varchar". */
bool my_type_is(const char *text, const char *base);

#endif
