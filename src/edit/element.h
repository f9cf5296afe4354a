/* The parts of a CREATE TABLE statement: its elements between the parentheses, and the clauses of a column. */
#ifndef PLUMB_EDIT_ELEMENT_H
#define PLUMB_EDIT_ELEMENT_H

#include "edit/text.h"

enum { NOWHERE = -1 };

struct element {
    size_t start; /* the first and behind the last byte of code; comments beside are not in it */
    size_t end;
    size_t comma;     /* the one behind it; (size_t)NOWHERE: it is the last */
    bool constraint;  /* a constraint or key of the table, no column */
    bool named;       /* a constraint that says its name */
    const char *name; /* of the column or constraint; "" where it has none */
};

struct elements {
    struct element *items;
    size_t count;
    size_t room;
    size_t open; /* the parentheses */
    size_t close;
};

/* The elements of the CREATE TABLE statement that stands in the text from there to there. False for any other statement,
 * and for a table that is no list of elements (AS SELECT, PARTITION OF). */
bool elements_find(const struct dialect_layout *layout, struct arena *arena, const char *text,
                   size_t from, size_t to, struct elements *elements);

/* The elements of a list without a statement around it: "name text NOT NULL". */
bool elements_read(const struct dialect_layout *layout, struct arena *arena, const char *text,
                   size_t from, size_t to, struct elements *elements);

/* The column or the constraint of that name; NULL when there is none. */
const struct element *element_named(const struct elements *elements, const char *name,
                                    bool constraint);

/* The element that the offset is in; NULL when there is none. */
const struct element *element_at(const struct elements *elements, size_t offset);

enum clause_kind {
    CLAUSE_NAME,
    CLAUSE_TYPE,
    CLAUSE_NULL,
    CLAUSE_DEFAULT,
    CLAUSE_GENERATED,
    CLAUSE_COLLATE,
    CLAUSE_CHARSET,
    CLAUSE_COMMENT,
    CLAUSE_INCREMENT,
    CLAUSE_ON_UPDATE,
    CLAUSE_STORAGE,
    CLAUSE_COMPRESSION,
    CLAUSE_VISIBLE,
    CLAUSE_CHECK, /* from here on: constraints */
    CLAUSE_UNIQUE,
    CLAUSE_PRIMARY,
    CLAUSE_REFERENCES,
    CLAUSE_COUNT
};

struct clause {
    enum clause_kind kind;
    size_t start;
    size_t end;
    size_t body; /* behind CONSTRAINT and its name */
};

struct clauses {
    struct clause items[32];
    size_t count;
};

/* The clauses of a column's element; false where there are too many. */
bool clauses_read(const struct dialect_layout *layout, const char *text,
                  const struct element *element, struct clauses *clauses);

/* The first of that kind; NULL when there is none. */
const struct clause *clause_of(const struct clauses *clauses, enum clause_kind kind);

#endif
