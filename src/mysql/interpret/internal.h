/* The interpreter's files among themselves. Each statement changes the model as the server would change
 * its catalog, and has changed nothing unless its outcome is done (of an ALTER TABLE: the changes that
 * are done are taken out of it). */
#ifndef PLUMB_MYSQL_INTERPRET_INTERNAL_H
#define PLUMB_MYSQL_INTERPRET_INTERNAL_H

#include "core/map.h"
#include "core/text/lines.h"
#include "dialect/annotation.h"
#include "dialect/dialect.h"
#include "dialect/note.h"
#include "dialect/rounds.h"
#include "mysql/interpret/interpret.h"
#include "mysql/sql/parse.h"
#include "mysql/types/type.h"

struct my_file {
    const char *name; /* NULL: no file */
    const char *text;
    size_t length;
    struct lines lines;
    struct annotated_text annotated;
};

/* Variables of the session that matter; a value is NULL while nobody has said it. */
enum my_session_variable {
    MY_SQL_MODE,
    MY_CHARACTER_SET_CLIENT,
    MY_COLLATION_CONNECTION,
    MY_TIME_ZONE,
    MY_DEFAULT_STORAGE_ENGINE,
    MY_EXPLICIT_TIMESTAMPS,
    MY_FOREIGN_KEY_CHECKS,
    MY_SESSION_VARIABLES
};

struct my_session {
    const char *database; /* name of the SCHEMA object; NULL: none is selected */
    const char *values[MY_SESSION_VARIABLES];
};

/* One statement with the session in which it stands. */
struct my_pending {
    struct attempt attempt; /* comes first */
    struct my_statement *statement;
    struct my_file *file;
    struct my_session session;
};

struct my_interpreter {
    struct model *model;
    struct arena *arena; /* the model's */
    struct my_flavor flavor;
    bool from_server;
    bool keeps_errors;      /* of a statement that a file holds: those after it are looked at too */
    const char *target;     /* the database that is ""; NULL: not known; "": none is */
    struct my_session live; /* as the texts so far have left it */
    struct map user_variables;  /* "@name" -> text */
    struct map guard_variables; /* the same -> struct guard_value, of what can be told */
    struct map prepared;        /* name of a prepared statement -> struct guard_value, its text */
    int calls;                  /* procedures in procedures */
    struct my_statement *statement;   /* the current one, */
    struct my_file *file;             /* where it stands, */
    struct my_session *session;       /* and under what */
    struct rounds rounds;             /* over struct my_pending */
    struct pointer_list foreign_keys; /* all, with what they name: constraint.c */
    struct map unbound;               /* table's name -> list of those that wait for it */
    struct map constraint_names;      /* names that are unique in a database */
    struct pointer_list annotated;    /* struct annotated_text * */
    struct map temporary;             /* "schema/table" of temporary tables */
    struct notes notes;
    bool exists; /* the failure is that something is there already */
    struct error *error;
    size_t error_offset;
    enum outcome outcome; /* that fits the error */
};

/* --- common.c ------------------------------------------------------------------------ */

/* Sets the error with its offset in the file. Give the outcome that it means. */
enum outcome my_fail(struct my_interpreter *interpreter, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same where what a statement would make is there already. */
enum outcome my_fail_existing(struct my_interpreter *interpreter, size_t offset, const char *format,
                              ...) __attribute__((format(printf, 3, 4)));
enum outcome my_missing(struct my_interpreter *interpreter, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "Did you mean": the nearest name among the parent's children of that kind, as the hint. */
void my_hint_nearest(struct my_interpreter *interpreter, const struct object *parent,
                     enum kind kind, const char *name);

/* For an error that another module has set. */
enum outcome my_failed_at(struct my_interpreter *interpreter, size_t offset);

/* Counts one occurrence of something that the user should hear of once. */
void my_note(struct my_interpreter *interpreter, const char *singular, const char *plural);

/* Adds an object with its place; NULL when it is there already (reported as failed). offset: of
 * what declares it; annotations there ask for a rename. */
struct object *my_add(struct my_interpreter *interpreter, enum kind kind, struct object *parent,
                      const char *name, size_t offset);

/* The same for what the server makes by itself. */
struct object *my_add_implied(struct my_interpreter *interpreter, enum kind kind,
                              struct object *parent, const char *name);

/* Sets, replaces or (NULL) removes the comment, the owner of an object. */
void my_set_comment(struct my_interpreter *interpreter, struct object *object, const char *text,
                    size_t most_characters);
/* The statement's comment; servers print those of programs in a way of their own. */
void my_set_program_comment(struct my_interpreter *interpreter, struct object *object);
void my_set_owner(struct my_interpreter *interpreter, struct object *object,
                  const struct my_definer *definer);

/* The SCHEMA object that a written qualifier (NULL: none) means; NULL: reported. */
struct object *my_schema(struct my_interpreter *interpreter, const char *schema, size_t offset);

/* The name as the server keeps it (lower_case_table_names). */
const char *my_table_name(struct my_interpreter *interpreter, const char *name);

/* Table or view of that name; NULL when there is none. */
struct object *my_find_relation(struct my_interpreter *interpreter, struct object *schema,
                                const char *name);

/* The table of that name; NULL: reported as missing. */
struct object *my_table(struct my_interpreter *interpreter, const struct my_name *name);

/* The object of that kind in its schema; NULL: reported as missing. */
struct object *my_named(struct my_interpreter *interpreter, enum kind kind,
                        const struct my_name *name);

/* A child by name, without case. */
struct object *my_child(const struct object *parent, enum kind kind, const char *name);

/* The column; NULL: reported as missing, with the nearest name as the hint. */
struct object *my_column(struct my_interpreter *interpreter, const struct object *table,
                         const char *name, size_t offset);

/* What the author wrote in [offset, end), or, where another sql_mode gives it another meaning, the same in
 * the mode that the model's texts are read in. */
const char *my_written(struct my_interpreter *interpreter, const struct my_node *node);

/* True when sql_mode makes of what does not fit an error. */
bool my_is_strict(const struct my_interpreter *interpreter);

/* The setting of the model or, said in a file, of the session. */
const char *my_session_value(const struct my_interpreter *interpreter,
                             enum my_session_variable variable, const char *setting,
                             const char *fallback);

/* "name=value" in a list of options: sets, replaces, or with NULL removes. */
/* subpartition.c: the options that hold for all of a partition, and its subpartitions, unless they are as the server
 * would make them. */
struct pointer_list my_partition_options(struct arena *arena, const struct my_partition *declared);
void my_set_subpartitions(struct my_interpreter *interpreter, struct object *partition,
                          const struct my_partition *declared);

void my_option_set(struct arena *arena, struct text_list *options, const char *name,
                   const char *value);
const char *my_option_get(const struct text_list *options, const char *name);

/* A name in lower case, blanks as "_". */
const char *my_option_name(struct arena *arena, const char *name);

/* Copies what the fields of one object say to another of its kind. */
void my_copy_fields(struct object *to, const struct object *from);

/* Where that is in the file; file NULL where none is kept. */
struct location my_location(struct my_interpreter *interpreter, size_t offset);

/* A list's copy without, or with another text in the place of, one of its texts (without case). */
void my_list_replace(struct arena *arena, struct text_list *list, const char *old, const char *new);

/* --- annotation.c */
bool my_read_annotations(struct my_interpreter *interpreter, struct my_file *file,
                         struct error *error);
void my_annotate(struct my_interpreter *interpreter, struct object *object, size_t offset);

/* Names a statement (at that offset of the current file) which may make something and is not run. what:
 * "CALL". */
void my_not_run(struct my_interpreter *interpreter, size_t offset, const char *what);

/* --- interpret.c */

/* Runs statements inside the current one, as if they stood in its place; what they miss is tried again like
 * others. False with an error. */
bool my_run_nested(struct my_interpreter *interpreter, const char *text,
                   const struct attempt *nested);

/* --- call.c: statements that run others */

/* The current statement: CALL, PREPARE, EXECUTE, BEGIN NOT ATOMIC, SELECT ... INTO. */
enum outcome my_run_statement(struct my_interpreter *interpreter);

/* --- session.c: what is no schema, and databases */
void my_set(struct my_interpreter *interpreter, const struct my_statement *statement);
enum outcome my_use(struct my_interpreter *interpreter);
enum outcome my_skip(struct my_interpreter *interpreter);
enum outcome my_create_database(struct my_interpreter *interpreter);
enum outcome my_alter_database(struct my_interpreter *interpreter);
enum outcome my_drop_database(struct my_interpreter *interpreter);
enum outcome my_unmodelled(struct my_interpreter *interpreter);

/* The "name=value" that a program keeps of the session; with_time_zone: of events. */
struct text_list my_program_session(struct my_interpreter *interpreter, bool with_time_zone);

/* The modes of a list as the server prints them: in its order, combined ones with what they mean. */
const char *my_sql_mode_print(struct arena *arena, struct my_flavor flavor, const char *text);

/* --- table.c */
enum outcome my_create_table(struct my_interpreter *interpreter);
enum outcome my_drop_tables(struct my_interpreter *interpreter);
enum outcome my_rename_tables(struct my_interpreter *interpreter);
enum outcome my_interpret_rename(struct my_interpreter *interpreter, struct object *table,
                                 const struct my_name *name);
void my_drop_table(struct my_interpreter *interpreter, struct object *table);

/* True when the name is a temporary table's. */
bool my_is_temporary(struct my_interpreter *interpreter, const struct my_name *name);

/* One option of the table; charset and collation are the caller's. */
enum outcome my_interpret_table_option(struct my_interpreter *interpreter, struct object *table,
                                       const struct my_option *option);

/* Fails where the server knows no such option for tables of that engine. table_option.c */
enum outcome my_check_table_option(struct my_interpreter *interpreter, const struct object *table,
                                   const struct my_option *option);

/* An element of CREATE TABLE or ALTER TABLE; of a column, its keys, checks and references. */
enum outcome my_add_element(struct my_interpreter *interpreter, struct object *table,
                            const struct my_element *element);

/* The engine as the server calls it. */
const char *my_engine(struct arena *arena, const char *name);

/* --- column.c */

/* Makes or, where `column` is not NULL, remakes a column of the table as declared; its place in the order
 * and its keys are the caller's. *stored may be NULL. */
struct object *my_declare_column(struct my_interpreter *interpreter, struct object *table,
                                 struct object *column, const struct my_column *declared);

/* What the column's type holds, from its stored text. */
bool my_stored_type_of(struct my_interpreter *interpreter, const struct object *column,
                       struct my_stored_type *stored);

enum outcome my_set_default(struct my_interpreter *interpreter, struct object *column,
                            const struct my_stored_type *stored, const struct my_node *node,
                            size_t offset);
/* ALTER COLUMN ... DROP DEFAULT: of MySQL a state of its own where the column may be null. */
void my_set_no_default(struct my_interpreter *interpreter, struct object *column);
void my_set_not_null(struct my_interpreter *interpreter, struct object *column);

/* The expression's text in one pair of parentheses. */
const char *my_in_parentheses(struct arena *arena, const char *text);

/* The order of columns: place is NULL, FIRST or AFTER. */
void my_place_column(struct my_interpreter *interpreter, struct object *table, const char *name,
                     const char *place, const char *after);
void my_unplace_column(struct my_interpreter *interpreter, struct object *table, const char *name);
void my_number_columns(struct object *table);

/* --- key.c */
enum outcome my_add_key(struct my_interpreter *interpreter, struct object *table,
                        const struct my_key *key);
/* UNIQUE and PRIMARY KEY written on the column, SERIAL. */
enum outcome my_add_column_keys(struct my_interpreter *interpreter, struct object *table,
                                const struct my_column *column, bool serial);
struct object *my_find_key(const struct object *table, const char *name);
struct object *my_primary_key(const struct object *table);
enum outcome my_check_auto_increment(struct my_interpreter *interpreter,
                                     const struct object *table);

/* The bare column that the text of a key's part begins with, "`a`(10) DESC": a; NULL: an expression. */
const char *my_part_column(struct arena *arena, const char *part);

/* The parts of an index or a primary key as texts. */
struct text_list my_key_parts(struct arena *arena, const struct object *key);
void my_set_key_parts(struct arena *arena, struct object *key, const struct text_list *parts);

/* True when the first parts of `longer` are the columns of `shorter`. */
bool my_is_prefix(struct arena *arena, const struct text_list *shorter,
                  const struct text_list *longer);

/* A name for a key that nobody named: base, base_2, ... */
const char *my_free_key_name(struct my_interpreter *interpreter, const struct object *table,
                             const char *base);

/* Full lengths as prefixes go away, after the columns' types may have changed. */
void my_settle_prefixes(struct my_interpreter *interpreter, struct object *table);

/* --- constraint.c: foreign keys and checks */
enum outcome my_add_foreign_key(struct my_interpreter *interpreter, struct object *table,
                                const struct my_foreign_key *declared, const char *inline_column);
enum outcome my_add_check(struct my_interpreter *interpreter, struct object *table,
                          const struct my_check *check, const char *column);

/* Takes away the implied indexes that another index makes needless. */
void my_settle_foreign_indexes(struct my_interpreter *interpreter, struct object *table);

/* The foreign key goes; the index that it made for itself stays. */
void my_keep_implied_index(struct my_interpreter *interpreter, struct object *table,
                           const struct object *key);

/* Calls function for the list of referenced columns of each foreign key to the table. */
struct renamings;
void my_rename_referenced(struct my_interpreter *interpreter, const struct object *table,
                          void (*function)(struct arena *arena, const struct renamings *renamings,
                                           struct text_list *list),
                          const struct renamings *renamings);

/* A new table: foreign keys that waited for it point to it. */
void my_bind_foreign_keys(struct my_interpreter *interpreter, struct object *table);

/* A table goes: foreign keys to it wait for another one of its name. */
void my_unbind_foreign_keys(struct my_interpreter *interpreter, struct object *table);
bool my_finish_foreign_keys(struct my_interpreter *interpreter, struct error *error);
/* True for an index or primary key that a foreign key's columns can be looked up in. */
bool my_serves_foreign_keys(const struct object *index);

/* --- foreign_check.c: false with an error where the server refuses the key whatever rows there are */
bool my_check_foreign_key(struct my_interpreter *interpreter, const struct foreign_key *key,
                          size_t offset);

/* Names that the server made from the table's: t_ibfk_1, t_chk_1. */
void my_rename_chosen(struct my_interpreter *interpreter, struct object *table,
                      const char *former_name);

/* Names of checks (MySQL) as a new table of this name would get them. */
const char *my_check_name(struct my_interpreter *interpreter, const struct object *table);

/* --- partition.c */
enum outcome my_set_partitioning(struct my_interpreter *interpreter, struct object *table,
                                 const struct my_partitioning *partitioning);
void my_remove_partitioning(struct my_interpreter *interpreter, struct object *table);
enum outcome my_interpret_partition_change(struct my_interpreter *interpreter, struct object *table,
                                           const struct my_change *change);

/* --- alter.c */
enum outcome my_alter_table(struct my_interpreter *interpreter);

/* --- view.c, interpret_program.c, sequence.c */
enum outcome my_create_view(struct my_interpreter *interpreter);
enum outcome my_drop_views(struct my_interpreter *interpreter);
enum outcome my_create_trigger(struct my_interpreter *interpreter);
enum outcome my_drop_trigger(struct my_interpreter *interpreter);
enum outcome my_create_routine(struct my_interpreter *interpreter);
enum outcome my_alter_routine(struct my_interpreter *interpreter);
enum outcome my_drop_routine(struct my_interpreter *interpreter);
enum outcome my_create_event(struct my_interpreter *interpreter);
enum outcome my_alter_event(struct my_interpreter *interpreter);
enum outcome my_drop_event(struct my_interpreter *interpreter);
enum outcome my_create_sequence(struct my_interpreter *interpreter);
enum outcome my_alter_sequence(struct my_interpreter *interpreter);
enum outcome my_drop_sequences(struct my_interpreter *interpreter);

#endif
