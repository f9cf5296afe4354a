/* An alteration of a table in the making: what is to happen to its columns and keys, put together from the
 * actions that join it, and the clauses that come of it. */
#ifndef PLUMB_MYSQL_WRITE_ALTER_H
#define PLUMB_MYSQL_WRITE_ALTER_H

#include "mysql/write.h"

/* What happens to a column. Both are set where it stays, and where it is dropped and made anew. */
struct my_column_change {
    const char *name;
    const struct object *before;
    const struct object *after;
    bool made;
    bool dropped;
    bool touched; /* it, or something that is its own, changes */
    bool moved;
    bool is_settled; /* its default is said by a clause of its own */
    const char *place; /* NULL: where it is, or last; "": FIRST; else the column before it */
};

struct my_alteration {
    struct step_sink *sink;
    const struct object *before; /* the table; the wanted one where it is new */
    const struct object *after;
    uint64_t changed;
    bool is_new; /* the same plan makes the table */
    const struct joined_action *actions;
    size_t count;
    struct my_column_change *columns;
    size_t column_count;

    struct text_list dropped_keys; /* foreign keys, in a statement of their own if they have to */
    struct text_list clauses;
    struct text_list added_keys; /* foreign keys */
    struct text_list fulltext;   /* keys that the server makes one at a time */
    struct text_list defaults;   /* which the server sets in no statement that adds a column */
    struct my_partition_change partitions;
    enum my_algorithm algorithm;
    uint64_t hazards;
};

/* Adds a clause to those of the main statement. */
void my_alteration_clause(struct my_alteration *alteration, enum my_algorithm algorithm,
                          const char *format, ...) __attribute__((format(printf, 3, 4)));
void my_alteration_hazard(struct my_alteration *alteration, enum hazard hazard);

/* write_alter_column.c: the clauses of columns that go, then of those that come or change. */
void my_alter_columns_away(struct my_alteration *alteration);
void my_alter_columns(struct my_alteration *alteration);

/* write_alter_key.c: likewise of keys and constraints. */
void my_alter_keys_away(struct my_alteration *alteration);
void my_alter_keys(struct my_alteration *alteration);

/* write_alter_option.c: of the table itself. */
void my_alter_options(struct my_alteration *alteration);

#endif
