/* What a statement asks before it makes something ("IF NOT EXISTS (SELECT ... FROM pg_type ...)"),
 * answered from a model: values that may be unknown, and the catalogs as rows over a model's objects.
 * What cannot be told is unknown, never false. */
#ifndef PLUMB_MODEL_GUARD_H
#define PLUMB_MODEL_GUARD_H

#include "model/model.h"

enum guard_kind {
    GUARD_UNKNOWN,
    GUARD_NULL,
    GUARD_TEXT, /* also numbers, and truth as "t" and "f" */
    GUARD_ID,   /* of an object, by its key: equal only to other ids */
    GUARD_OWN,  /* the name of a database that the model does not name */
    GUARD_HOLED, /* a text with that name in it, for which another stands there; equal to nothing known */
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

/* "+", "-", "*", "/" (which cuts) of whole numbers of at most nine characters; of others, and of a division by zero, the
 * value is unknown. In the arena. */
struct guard_value guard_calculate(struct arena *arena, char operation, struct guard_value a,
                                   struct guard_value b);

/* LIKE, with % and _ and the backslash. */
struct guard_value guard_like(struct guard_value value, struct guard_value pattern, bool fold);

/* --- rows ------------------------------------------------------------------------------------- */

/* An object as a row; part: which of the rows that one object has; gap: a row that a model does not have. */
struct guard_row {
    const struct object *object;
    size_t part;
    const struct guard_gap *gap;
};

struct guard_column {
    const char *name;
    struct guard_value (*value)(const struct guard_row *row);
};

/* Rows that a database would have and a model has not: what is known of each, to tell that it is not asked for. */
struct guard_gap {
    bool (*has)(const struct object *object); /* one for each of these; NULL: whatever there is */
    const struct guard_column *columns;       /* as a table's; NULL ends a list of gaps */
};

/* A catalog's table: its columns end with a name of NULL; others are unknown. */
struct guard_table {
    const char *name;
    bool (*has)(const struct object *object);
    size_t (*parts)(const struct object *object); /* NULL: one row an object */
    const struct guard_column *columns;
    const struct guard_gap *gaps; /* of what a user may have made; NULL: nobody has listed them */
};

/* Rows that stand in the query itself. */
struct guard_literal {
    const char *const *columns;
    const struct guard_value *values; /* row by row */
    size_t width, count;
};

/* The tables of information_schema, by their name in lower case; NULL where plumb has no rows of it. */
const struct guard_table *guard_information_schema(const char *name);

/* One of a list that ends with a name of NULL. */
const struct guard_table *guard_find_table(const struct guard_table *tables, const char *name);

/* The row's value in the column (any case). */
struct guard_value guard_column_value(const struct guard_table *table, const struct guard_row *row,
                                      const char *column);

/* --- queries ---------------------------------------------------------------------------------- */

enum { guard_most_tables = 8, guard_most_effort = 2000000 };

/* A table of a query, with the row that is being tried. */
struct guard_source {
    const char *alias;
    const struct guard_table *table;     /* NULL: literal */
    const struct guard_literal *literal; /* NULL: table */
    struct guard_row row;                /* part: also which row of a literal */
    bool bound;
};

/* A query's tables; a query inside another sees the outer one's rows. */
struct guard_frame {
    const struct guard_frame *outer;
    struct guard_source sources[guard_most_tables];
    size_t count;
};

/* False where there are too many. */
bool guard_frame_add(struct guard_frame *frame, const char *alias, const struct guard_table *table);

bool guard_frame_add_literal(struct guard_frame *frame, const char *alias,
                             const struct guard_literal *literal);

/* The column of a table that is called so (NULL: of the first that has it); unknown where the row is not
 * tried yet, or there is none. */
struct guard_value guard_frame_column(const struct guard_frame *frame, const char *qualifier,
                                      const char *name);

/* A run over the rows of a frame's tables: a nested loop, in which a table's row is given up as soon as the
 * conditions are false whatever the tables further in will say. */
struct guard_search {
    const struct model *model;
    struct guard_frame frame;
    const void *conditions[guard_most_tables + 1]; /* expressions, of WHERE and of joins */
    size_t condition_count;
    const void *wanted; /* the expression of the first row; NULL: nothing that can be told */
    struct guard_value (*evaluate)(void *context,
                                   const void *expression); /* as far as rows are bound */
    void *context;
    void (*take)(void *taker); /* called with each row that is sure; NULL: nobody wants them */
    void *taker;
    bool counts;              /* all rows are wanted */
    bool doubtful;            /* there may be rows beside those that are sure */
    size_t *effort;           /* rows tried, over many searches: there is an end to it */
    struct guard_value found; /* is there a row: true, false or unknown */
    struct guard_value value; /* of the first row; NULL: none */
    size_t rows;
};

/* Adds a condition, if it is one (NULL: none). False where there are too many. */
bool guard_search_add(struct guard_search *search, const void *condition);

void guard_search_rows(struct guard_search *search);

/* True when the rows that were taken are all that there are. */
bool guard_search_is_whole(const struct guard_search *search);

/* What the query gives: the number of rows or the first row's value; unknown where that cannot be told. *found: has
 * it any row. */
struct guard_value guard_search_result(struct arena *arena, const struct guard_search *search,
                                       struct guard_value *found);

/* Columns that more than one table has. */
struct guard_value guard_row_name(const struct guard_row *row);
struct guard_value guard_row_id(const struct guard_row *row);
struct guard_value guard_row_schema(const struct guard_row *row);
struct guard_value guard_row_schema_id(const struct guard_row *row);
struct guard_value guard_row_parent(const struct guard_row *row);
struct guard_value guard_row_parent_id(const struct guard_row *row);
struct guard_value guard_row_system(const struct guard_row *row);    /* "pg_catalog" */
struct guard_value guard_row_standard(const struct guard_row *row);  /* "information_schema" */
struct guard_value guard_row_system_id(const struct guard_row *row); /* of one of these */

/* Gaps: what the server itself has, as a column that names the schema (or its id) tells it. */
#define GUARD_SYSTEM(column)                                                                       \
    {NULL, (const struct guard_column[]){{column, guard_row_system}, {NULL, NULL}}},               \
    {                                                                                              \
        NULL, (const struct guard_column[])                                                        \
        {                                                                                          \
            {column, guard_row_standard},                                                          \
            {                                                                                      \
                NULL, NULL                                                                         \
            }                                                                                      \
        }                                                                                          \
    }
#define GUARD_SYSTEM_ID(column)                                                                    \
    {                                                                                              \
        NULL, (const struct guard_column[])                                                        \
        {                                                                                          \
            {column, guard_row_system_id}, {"oid", guard_row_system_id},                           \
            {                                                                                      \
                NULL, NULL                                                                         \
            }                                                                                      \
        }                                                                                          \
    }

bool guard_has_columns(const struct object *object);
bool guard_is_constraint(const struct object *object);

/* The lists of a guard_table, which end with an empty item. */
#define GUARD_COLUMNS(...)                                                                         \
    (const struct guard_column[])                                                                  \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, NULL                                                                             \
        }                                                                                          \
    }

#define GUARD_GAPS(...)                                                                            \
    (const struct guard_gap[])                                                                     \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, NULL                                                                             \
        }                                                                                          \
    }

#endif
