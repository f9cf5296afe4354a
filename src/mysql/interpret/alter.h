/* ALTER TABLE's files among themselves. */
#ifndef PLUMB_MYSQL_INTERPRET_ALTER_H
#define PLUMB_MYSQL_INTERPRET_ALTER_H

#include "mysql/interpret/internal.h"

struct my_alter {
    struct my_interpreter *interpreter;
    struct object *table;
    const struct pointer_list *changes; /* struct my_change * */
    struct text_list skipped;           /* columns that ADD ... IF NOT EXISTS leaves alone */
};

/* The child that a change drops, renames or alters (no column); NULL when there is none. */
struct object *my_alter_find(const struct my_alter *alter, const struct my_change *change);

/* True for a change that declares a column: ADD (unless it is there and IF NOT EXISTS), MODIFY, CHANGE. */
bool my_declares_column(const struct my_alter *alter, const struct my_change *change);

/* Drops, changes, renames, adds, and places columns; keys and foreign keys follow. */
enum outcome my_change_columns(struct my_alter *alter);

void my_drop_period(const struct my_alter *alter, const char *name);

#endif
