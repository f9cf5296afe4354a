/* What a statement asks before it makes something ("IF NOT EXISTS (SELECT ... FROM pg_type ...)"),
 * answered from a model: values that may be unknown, and the catalogs as rows over a model's objects.
 * What cannot be told is unknown, never false. */
#ifndef PLUMB_MODEL_GUARD_H
#define PLUMB_MODEL_GUARD_H

#include "model/model.h"

enum guard_kind {
    GUARD_UNKNOWN,
    GUARD_NULL,
    GUARD_TEXT,   /* also numbers, and truth as "t" and "f" */
    GUARD_ID,     /* of an object, by its key: equal only to other ids */
    GUARD_OWN,    /* the name of a database that the model does not name */
    GUARD_LIST
};

struct guard_value {
    enum guard_kind kind;
    const char *text;
    const struct guard_value *items; /* of a list */
    size_t count;
};

struct guard_value guard_unknown(void);
struct guard_value guard_null(void);
struct guard_value guard_text(const char *text);
struct guard_value guard_id(const char *key);
struct guard_value guard_truth(bool truth);

/* True and false are known; NULL is not true. */
bool guard_is_true(struct guard_value value);
bool guard_is_false(struct guard_value value);

/* AND, OR, NOT, with what is unknown between them. */
struct guard_value guard_and(struct guard_value a, struct guard_value b);
struct guard_value guard_or(struct guard_value a, struct guard_value b);
struct guard_value guard_not(struct guard_value value);

/* "=", "<>", "!=", "<", "<=", ">", ">=": numbers as numbers, texts by bytes (fold: without regard to
 * case). Another operator gives an unknown value. */
struct guard_value guard_compare(const char *operator, struct guard_value a, struct guard_value b,
                                 bool fold);

/* LIKE, with % and _ and the backslash. */
struct guard_value guard_like(struct guard_value value, struct guard_value pattern, bool fold);

/* --- rows ------------------------------------------------------------------------------------- */

/* An object as a row; part: which of the rows that one object has. */
struct guard_row {
    const struct object *object;
    size_t part;
};

struct guard_column {
    const char *name;
    struct guard_value (*value)(const struct guard_row *row);
};

/* A catalog's table: its columns end with a name of NULL; others are unknown. */
struct guard_table {
    const char *name;
    bool (*has)(const struct object *object);
    size_t (*parts)(const struct object *object); /* NULL: one row an object */
    const struct guard_column *columns;
};

/* The tables of information_schema, by their name in lower case; NULL where plumb has no rows of it. */
const struct guard_table *guard_information_schema(const char *name);

/* One of a list that ends with a name of NULL. */
const struct guard_table *guard_find_table(const struct guard_table *tables, const char *name);

/* The row's value in the column (any case). */
struct guard_value guard_column_value(const struct guard_table *table, const struct guard_row *row,
                                      const char *column);

/* Columns that more than one table has. */
struct guard_value guard_row_name(const struct guard_row *row);
struct guard_value guard_row_id(const struct guard_row *row);
struct guard_value guard_row_schema(const struct guard_row *row);
struct guard_value guard_row_schema_id(const struct guard_row *row);
struct guard_value guard_row_parent(const struct guard_row *row);
struct guard_value guard_row_parent_id(const struct guard_row *row);
bool guard_has_columns(const struct object *object);
bool guard_is_constraint(const struct object *object);

#endif
