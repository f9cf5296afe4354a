/* What the files of the writer share: texts as MySQL wants them, the clauses of CREATE and ALTER TABLE, what a
 * change costs, and steps with their locks and hazards. A file a family of kinds; write.c leads from a kind to
 * its functions. */
#ifndef PLUMB_MYSQL_WRITE_WRITE_H
#define PLUMB_MYSQL_WRITE_WRITE_H

#include <stdbool.h>

#include "core/buffer.h"
#include "dialect/clause.h"
#include "dialect/dialect.h"
#include "dialect/statement.h"
#include "dialect/writer.h"
#include "model/model.h"
#include "mysql/facts/alter.h"
#include "mysql/facts/flavor.h"
#include "mysql/resolve/session_collation.h"
#include "mysql/sql/quote.h"
#include "mysql/sql/verbatim.h"
#include "plan/step.h"

/* --- texts; results are in the sink's arena ----------------------------------------------------- */

/* `name`, and 'text' as a literal. */
const char *my_write_name(const struct step_sink *sink, const char *name);
const char *my_write_text(const struct step_sink *sink, const char *text);

/* The name of the object that stands in a database, qualified where that is not the URL's; and another
 * name in the same database. */
const char *my_write_path(const struct step_sink *sink, const struct object *object);
const char *my_write_sibling(const struct step_sink *sink, const struct object *object,
                             const char *name);

/* What the renamed object is still called. */
const char *my_write_former(const struct step_sink *sink, const struct object *object);

/* The text in parentheses, once. */
const char *my_write_parenthesized(const struct step_sink *sink, const char *text);

/* " COMMENT 'text'" with what equals says before the text, of the object's comment; "" without one. */
const char *my_write_comment(const struct step_sink *sink, const struct object *object,
                             const char *equals);

/* The same within a statement that is run under that sql_mode; NULL: the plan's own. */
const char *my_write_program_comment(const struct step_sink *sink, const struct object *object,
                                     const char *mode);

/* "DEFINER=`user`@`host` " of the object's owner; "" where it has none, or that is who runs the plan. */
const char *my_write_definer(const struct step_sink *sink, const struct object *object);

/* "CHARACTER SET x COLLATE y". */
const char *my_write_collation(const struct step_sink *sink, const char *collation);

/* --- what holds --------------------------------------------------------------------------------- */

struct my_flavor my_write_flavor(const struct step_sink *sink);
bool my_write_can(const struct step_sink *sink, enum my_capability capability);

/* The value of the option "name=value" in the list; NULL where it is not there. */
const char *my_option(const struct text_list *options, const char *name);

/* The table that the object is or stands in; NULL: none. */
const struct object *my_table_of(const struct object *object);

bool my_is_system_versioned(const struct object *table);

/* --- steps -------------------------------------------------------------------------------------- */

/* Adds the statement in the buffer, which is freed, or the one that format makes; none of them can be undone. */
struct step *my_write_buffer(struct step_sink *sink, enum step_lock lock, struct buffer *sql);
struct step *my_write_statement(struct step_sink *sink, enum step_lock lock, const char *format,
                                ...) __attribute__((format(printf, 3, 4)));

/* --- settings of programs: settings.c ------------------------------------------------------- */

/* The sql_mode of a program, and the one under which the text of a view was written: as SQL; NULL where it means the
 * same in the plan's own. */
const char *my_program_mode(const struct step_sink *sink, const struct text_list *settings);
const char *my_written_mode(const struct step_sink *sink, const struct object *view);

/* Has the server look at the rows of foreign keys that are made, or not. */
void my_foreign_key_checks(struct step_sink *sink, bool on);

/* True for a new foreign key to a table that is not there: the server makes it only where it is told not to look. */
bool my_is_loose_key(const struct step_sink *sink, const struct object *key);

/* True for a foreign key of a table that is there to a table of which only the server can say whether it is: the second
 * has the server look at rows where that table is there. */
bool my_may_be_loose_key(const struct step_sink *sink, const struct object *key);
void my_foreign_key_checks_if_there(struct step_sink *sink, const struct object *key);

/* SETs the session to what the program or view was made under, as far as that differs from what my_session
 * sets; and back again. text: of the statement between them. */
void my_settings_begin(struct step_sink *sink, const struct object *object,
                       const struct text_list *settings, const char *mode, const char *text);
void my_settings_end(struct step_sink *sink, const struct object *object,
                     const struct text_list *settings, const char *mode, const char *text);

/* --- clauses ------------------------------------------------------------------------------------ */

/* column.c: "`a` int NOT NULL DEFAULT '1'". table: whose default collation counts. */
const char *my_column_clause(const struct step_sink *sink, const struct object *column);

/* The same without its default. */
const char *my_column_clause_bare(const struct step_sink *sink, const struct object *column);

/* True where the default is computed by a function of which MySQL says that it is another value on each server:
 * then no column can be added in the same statement. */
bool my_default_is_unsafe(const struct object *column);

/* True where a nullable column is to have no default at all, which only ALTER can say. */
bool my_lacks_default(const struct object *column);

/* True for an expression of more than the one column's name: not a literal or CURRENT_TIMESTAMP. */
bool my_default_is_expression(const struct object *column);

/* key.c: "PRIMARY KEY (`a`)", "UNIQUE KEY `k` (`a`)", "CONSTRAINT `c` CHECK (...)", "CONSTRAINT `f`
 * FOREIGN KEY (...) REFERENCES ..."; NULL for what is no clause of a table. */
const char *my_key_clause(const struct step_sink *sink, const struct object *object);

/* The clause of a foreign key, under another name. */
const char *my_foreign_key_clause(const struct step_sink *sink, const struct object *object,
                                  const char *name);

/* The foreign key together with which the server makes the index; NULL where it is to be written. */
const struct object *my_implying_key(const struct object *index);

/* "PRIMARY KEY", "INDEX `k`", "CHECK `c`", "FOREIGN KEY `f`": behind DROP. */
const char *my_key_drop_clause(const struct step_sink *sink, const struct object *object);

/* table.c: the options as "ROW_FORMAT=DYNAMIC", one a text; and what undoes one. */
const char *my_table_option(const struct step_sink *sink, const char *option);
const char *my_table_option_reset(const struct step_sink *sink, const char *option);

/* partition.c: "PARTITION BY ..." of the table with a line for each partition; "" where it has
 * none. */
const char *my_partition_clause(const struct step_sink *sink, const struct object *table);

/* How partitions are changed: a clause at the end of the table's other changes (PARTITION BY, REMOVE
 * PARTITIONING), or statements of their own; each with bits of hazards. */
struct my_partition_statement {
    const char *text; /* behind "ALTER TABLE t " */
    uint64_t hazards;
};
struct my_partition_change {
    const char *clause; /* NULL: none */
    uint64_t clause_hazards;
    struct my_partition_statement statements[2];
    size_t count;
};
struct my_partition_change my_partition_change(const struct step_sink *sink,
                                               const struct object *before,
                                               const struct object *after);

/* bound.c: what stands between the parentheses of "LESS THAN (10, 'a')" and "IN ((1, 2), NULL)". */
struct text_list my_bound_elements(struct arena *arena, const char *bound);

/* True for a bound that takes whatever no other does: MAXVALUE, DEFAULT. */
bool my_bound_is_open(const char *bound);

/* True where the second of two ranges surely ends later. */
bool my_bound_grows(struct arena *arena, const char *before, const char *after);

/* order.c: where a column goes. */
struct my_move {
    const struct object *column; /* of the wanted table */
    const char *after;           /* NULL: it stays, or comes last; "": FIRST */
    bool moved;                  /* one that was there leaves its place */
};

/* One entry for each column of the wanted table that is new or leaves its place, in the order in which
 * they are to be named. */
size_t my_column_moves(struct arena *arena, const struct object *before, const struct object *after,
                       struct my_move **moves);

/* --- costs: type.c, algorithm.c -------------------------------------------------------- */

/* How a server does a change, the cheapest first. */
enum my_algorithm {
    MY_INSTANT,
    MY_INSTANT_OR_REBUILD, /* instant alone, a rebuild beside what is not: new and dropped columns */
    MY_INPLACE,            /* reads and writes go on */
    MY_OPTION,             /* likewise; an option of the table */
    MY_COMPARED_ANEW, /* likewise, but not beside an option or a rebuild: a text is compared otherwise */
    MY_REBUILD,       /* reads and writes go on while the table is written anew */
    MY_SHARED,        /* in place, but writes wait */
    MY_SHARED_REBUILD, /* likewise, and the table is written anew */
    MY_COPY,           /* the table is copied, writes wait */
    MY_UNSURE          /* the server has to choose */
};

/* Bits of hazards that a change of a column's type, collation or charset brings. */
uint64_t my_type_hazards(struct arena *arena, const struct column *before,
                         const struct column *after);

/* True where all values that differ by the first collation surely do by the second. */
bool my_collation_tells_apart(const char *before, const char *after);

/* False where the server converts no value of the one type to the other, and refuses even for an empty table. */
bool my_types_convert(const char *before, const char *after);

/* True for a table of InnoDB, the engine where none is said. */
bool my_is_innodb(const struct object *table);

/* True for a column that is computed at each reading. */
bool my_is_virtual(const struct object *column);

/* True where a key of its table has the column. */
bool my_stands_in_key(const struct object *column);

/* How the change of a column is done. */
enum my_algorithm my_column_algorithm(const struct step_sink *sink, const struct object *before,
                                      const struct object *after);
enum my_algorithm my_add_column_algorithm(const struct step_sink *sink, const struct object *column,
                                          bool last);
enum my_algorithm my_drop_column_algorithm(const struct step_sink *sink,
                                           const struct object *column);

/* True for a new column that no row can have a value of. */
bool my_begins_as_nothing(const struct step_sink *sink, const struct object *column);

/* The dearer of two, for one statement. */
enum my_algorithm my_algorithm_together(enum my_algorithm a, enum my_algorithm b);

/* What becomes of it with this table before and after: some have what makes a server do it otherwise. */
enum my_algorithm my_settled_algorithm(const struct step_sink *sink, const struct object *before,
                                       const struct object *after, enum my_algorithm algorithm);

/* action.c: bits 1 << MY_TABLE_... of what the table has. */
uint64_t my_table_traits(const struct object *table);

/* The same file: of an algorithm that statement may have by what is known of each clause, what the server was found to
 * take. */
enum my_algorithm my_tried_algorithm(const struct step_sink *sink, const struct object *before,
                                     const struct object *after, const struct text_list *clauses,
                                     enum my_algorithm algorithm);

/* The same file: how many of the clauses, from the first on, the server takes in one statement. */
size_t my_joined_count(const struct step_sink *sink, const struct object *before,
                       const struct object *after, const struct text_list *clauses);

/* ", ALGORITHM=INPLACE, LOCK=NONE"; "" where the server has to choose. */
const char *my_algorithm_clause(enum my_algorithm algorithm);

/* True where only the dictionary changes: a longer VARCHAR, labels added at the end. */
bool my_varchar_grows_in_place(const struct column *before, const struct column *after);
bool my_choice_grows_in_place(const struct column *before, const struct column *after);

/* --- the families ------------------------------------------------------------------------------- */

extern const struct writer my_schema_writer;     /* schema.c */
extern const struct writer my_unmodelled_writer; /* schema.c */
extern const struct writer my_table_writer;      /* table.c, alter.c */
extern const struct writer my_part_writer;       /* alter.c: columns, keys, ... */
extern const struct writer my_mark_writer;       /* alter.c: comments, definers */
extern const struct writer my_view_writer;       /* view.c */
extern const struct writer my_sequence_writer;   /* view.c */
extern const struct writer my_trigger_writer;    /* trigger.c */
extern const struct writer my_routine_writer;    /* routine.c */
extern const struct writer my_event_writer;      /* routine.c */

/* alter.c */
void my_write_alter(struct step_sink *sink, const struct object *before, const struct object *after,
                    uint64_t changed, const struct joined_action *actions, size_t count);

/* rename.c */
void my_rename_table(struct step_sink *sink, const struct object *object);
void my_rename_part(struct step_sink *sink, const struct object *object);

/* True when one of the joined actions is on an object of that kind directly under the parent. */
bool my_joins_kind(const struct joined_action *actions, size_t count, enum kind kind);

/* --- write.c: functions of the dialect (dialect.h) --- */

void my_create(struct step_sink *sink, const struct object *object,
               const struct pointer_list *folded);
void my_drop(struct step_sink *sink, const struct object *object);
void my_alter(struct step_sink *sink, const struct object *before, const struct object *after,
              uint64_t changed);
void my_alter_joined(struct step_sink *sink, const struct object *before,
                     const struct object *after, uint64_t changed,
                     const struct joined_action *actions, size_t count);
void my_rename(struct step_sink *sink, const struct object *object);
bool my_is_compound(const struct step *step);
void my_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to);

/* avoid.c: how the step could be done without the hazard; NULL: no way is known. */
const char *my_avoid(const struct step *step, enum hazard hazard);

#endif
