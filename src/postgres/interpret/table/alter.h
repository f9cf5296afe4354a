/* What the files of ALTER TABLE share. */
#ifndef PLUMB_POSTGRES_INTERPRET_TABLE_ALTER_H
#define PLUMB_POSTGRES_INTERPRET_TABLE_ALTER_H

#include "postgres/interpret/table/table.h"

/* One ALTER TABLE statement at work. */
struct alteration {
    struct interpreter *interpreter;
    AlterTableStmt *statement;
    bool only;      /* ALTER TABLE ONLY: children are left alone */
    bool recursing; /* on a child of the table that was named */
};

/* Applies a subcommand to an object; on MISSING nothing is changed. */
typedef enum outcome alter_function(struct alteration *alteration, struct object *object,
                                    AlterTableCmd *command);

/* The same function for each child of the table, unless ONLY was said. */
enum outcome alter_children(struct alteration *alteration, struct object *table,
                            AlterTableCmd *command, alter_function *function);

/* alter_column.c */
alter_function alter_add_column;
alter_function alter_drop_column;
alter_function alter_column_default;
alter_function alter_drop_not_null;
alter_function alter_set_not_null;
alter_function alter_set_expression;
alter_function alter_drop_expression;
alter_function alter_column_statistics;
alter_function alter_set_column_options;
alter_function alter_reset_column_options;
alter_function alter_column_storage;
alter_function alter_column_compression;
alter_function alter_column_type;
alter_function alter_add_identity;
alter_function alter_set_identity;
alter_function alter_drop_identity;

/* alter_constraint.c */
alter_function alter_add_constraint;
alter_function alter_constraint;
alter_function alter_validate_constraint;
alter_function alter_drop_constraint;
alter_function alter_attach_partition;
alter_function alter_detach_partition;
alter_function alter_inherit;
alter_function alter_no_inherit;

/* alter_table.c: "name=value" entries of options set, replaced or (with reset) taken
 * out of a list. */
void alter_options(struct interpreter *interpreter, struct text_list *list, List *options,
                   bool reset);

/* foreign.c: options of a foreign table and of its columns. */
enum outcome alter_server_options(struct alteration *alteration, struct object *object,
                                  AlterTableCmd *command);
enum outcome alter_column_server_options(struct alteration *alteration, struct object *object,
                                         AlterTableCmd *command);

#endif
