/* An alteration of a table in the making: what is to happen to its columns and keys, put together from the
 * actions that join it, and the clauses that come of it. */
#ifndef PLUMB_MYSQL_WRITE_ALTER_H
#define PLUMB_MYSQL_WRITE_ALTER_H

#include "mysql/write/write.h"

/* What happens to a column. Both are set where it stays, and where it is dropped and made anew. */
struct my_column_change {
    const char *name;
    const struct object *before;
    const struct object *after;
    bool made;
    bool dropped;
    bool touched; /* it, or something that is its own, changes */
    bool moved;
    bool is_settled;   /* its default is said by a clause of its own */
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

    struct text_list away; /* what makes room for a new period of system time, before all else */
    bool unpartitions;     /* and so does this */
    bool ends_versioning;  /* among them, the whole versioning */
    bool remakes_period;
    bool versions_first; /* ADD SYSTEM VERSIONING is a statement of its own, before the main one */
    struct pointer_list dropped_keys; /* foreign keys */
    struct pointer_list added_keys;   /* likewise */
    struct text_list
        early; /* of the clauses, those that a copy of the table refuses or does otherwise */
    enum my_algorithm early_algorithm;
    struct text_list clauses;
    struct text_list fulltext; /* keys that the server makes one at a time */
    struct text_list defaults; /* which the server sets in no statement that adds a column */
    struct my_partition_change partitions;
    enum my_algorithm algorithm;
    bool checks_rows; /* only a copy of the table looks whether they fit */
    uint64_t hazards;
};

/* Adds a clause to those of the main statement. */
void my_alteration_clause(struct my_alteration *alteration, enum my_algorithm algorithm,
                          const char *format, ...) __attribute__((format(printf, 3, 4)));
void my_alteration_hazard(struct my_alteration *alteration, enum hazard hazard);

/* Writes one ALTER TABLE of those clauses, with partitioning (NULL: none) behind them; NULL where there is nothing to
 * write. */
struct step *my_alteration_write(struct my_alteration *alteration, const struct text_list *clauses,
                                 enum my_algorithm algorithm, uint64_t hazards,
                                 const char *partitioning);

/* alter_column.c: the clauses of columns that go, then of those that come or change. */
void my_alter_columns_away(struct my_alteration *alteration);
void my_alter_columns(struct my_alteration *alteration);

/* alter_early.c: notes what becomes of a column's NULLs; then the statement that has to come before the main one,
 * if that is to copy the table. */
void my_alter_note_early(struct my_alteration *alteration, const struct my_column_change *column,
                         enum my_algorithm algorithm);
void my_alter_early(struct my_alteration *alteration);

/* alter_key.c: likewise of keys and constraints. */
void my_alter_keys_away(struct my_alteration *alteration);
void my_alter_keys(struct my_alteration *alteration);

/* alter_foreign.c: the statement of those foreign keys that have to go before all else, with the others' clauses
 * put in front; the main statement with those that come in it; then what is left to be done. */
void my_foreign_keys_away(struct my_alteration *alteration);
void my_foreign_keys_main(struct my_alteration *alteration);
void my_foreign_keys_rest(struct my_alteration *alteration);

/* question.c: has the rows looked at that the foreign key, which was gone for a while, would not take back. */
void my_ask_for_orphans(const struct step_sink *sink, struct step *step, const struct object *key);

/* True where a foreign key that stays has the column, or another table's points to it. */
bool my_key_holds_column(const struct my_alteration *alteration, const struct object *column);

/* True where new foreign keys are part of the main statement. */
bool my_key_comes_along(const struct my_alteration *alteration);

/* True for a foreign key that takes the place of the one of its name in the main statement. */
bool my_key_is_exchanged(const struct my_alteration *alteration, const struct object *key);

/* alter_period.c: what becomes of a system-versioned table: what has to be done before all else, given what
 * happens to its columns and partitions; then the clauses that make a new period. */
void my_alter_period_away(struct my_alteration *alteration);
void my_alter_period(struct my_alteration *alteration);

/* True for a column that begins or ends the period of system time; NULL is none. */
bool my_is_row_column(const struct object *column);

/* alter_option.c: of the table itself. */
void my_alter_options(struct my_alteration *alteration);

#endif
