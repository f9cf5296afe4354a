/* What the files of the interpreter's table family share: columns, constraints, indexes, partitions
 * and sequences are made here by CREATE TABLE, ALTER TABLE and their own statements alike. */
#ifndef PLUMB_POSTGRES_INTERPRET_TABLE_TABLE_H
#define PLUMB_POSTGRES_INTERPRET_TABLE_TABLE_H

#include "postgres/interpret/base/interpreter.h"

/* RangeVar.relpersistence; statements on temporary relations do not come here. */
enum { TABLE_UNLOGGED = 'u' };

/* What the family remembers between statements. */
struct table_family {
    struct map children;     /* a table's address as text -> struct pointer_list of its children */
    struct map constraints;  /* a constraint's name -> struct pointer_list of objects */
    size_t constraints_seen; /* how many of the model's objects were looked at for that map */
    struct pointer_list foreign_keys; /* struct pending_foreign_key * */
    const struct object *creating;    /* the table that CREATE TABLE is at work on */
};

struct table_family *table_family(struct interpreter *interpreter);

/* --- table.c ------------------------------------------------------------------------ */

/* A copy in the model's arena, for texts of parse trees. */
const char *table_keep(struct interpreter *interpreter, const char *text);

/* The table's column of that name, NULL when there is none; the second reports it as missing. */
struct object *table_column(const struct object *table, const char *name);
struct object *table_need_column(struct interpreter *interpreter, const struct object *table,
                                 const char *name, int location);

/* Notes that child inherits from or is a partition of table; table_children gives the tables that
 * (still) are. */
void table_add_child(struct interpreter *interpreter, struct object *table, struct object *child);
struct pointer_list table_children(struct interpreter *interpreter, const struct object *table);

/* True when it is a partitioned table; a partition. */
bool table_is_partitioned(const struct object *table);
bool table_is_partition(const struct object *table);

/* Numbers the columns anew, without gaps; the number of the next one. */
void table_renumber(struct interpreter *interpreter, struct object *table);
int64_t table_next_position(const struct object *table);

/* True when one of the table's parents has the column. */
bool table_inherits_column(const struct object *table, const char *name);

/* Takes out what was added to the model since it had that many objects: the statement came too
 * early and will be tried again. */
void table_undo(struct interpreter *interpreter, size_t before);

/* Takes out the marks (CLUSTER, REPLICA IDENTITY) of an index that is gone. */
void table_tidy_marks(struct interpreter *interpreter, struct object *table);

/* The table's schema. */
struct object *table_schema(const struct object *table);

/* The names in a list of String nodes, in the arena. */
struct text_list table_names(struct interpreter *interpreter, List *strings);

/* like.c: the second half of LIKE (checks, indexes, comments, after the table itself). */
enum outcome table_copy_columns(struct interpreter *interpreter, struct object *table,
                                const struct object *source, TableLikeClause *like);
enum outcome table_copy_rest(struct interpreter *interpreter, struct object *table,
                             const struct object *source, TableLikeClause *like);

/* inherit.c: what a child takes over from a parent: columns at CREATE TABLE; checks
 * and not nulls. */
void table_inherit_columns(struct interpreter *interpreter, struct object *table,
                           const struct object *parent, int location);
void table_inherit_constraints(struct interpreter *interpreter, struct object *table,
                               const struct object *parent, int location);
struct object *table_inherit_column(struct interpreter *interpreter, struct object *table,
                                    const struct column *source, int location);
struct object *table_inherit_check(struct interpreter *interpreter, struct object *table,
                                   const struct object *source, int location);
/* The same for a table that has its columns already: INHERIT and ATTACH PARTITION. */
enum outcome table_join(struct interpreter *interpreter, struct object *table,
                        const struct object *parent, int location);
/* NO INHERIT and DETACH PARTITION. */
void table_leave(struct interpreter *interpreter, struct object *table, struct object *parent);

/* --- column.c ----------------------------------------------------------------------- */

/* A ColumnDef with its names resolved: nothing of the model is changed by making one. */
struct column_spec {
    ColumnDef *definition;
    const char *type;
    const char *collation; /* NULL: the type's own */
    bool serial;
};

struct constraint_queue;

enum outcome column_prepare(struct interpreter *interpreter, ColumnDef *definition,
                            struct column_spec *spec);

/* Makes the column (with its serial's sequence) at the end of the table, or merges it into one that
 * the table inherits. Constraints that need the finished table go into the queue. */
enum outcome column_make(struct interpreter *interpreter, struct object *table,
                         const struct column_spec *spec, struct constraint_queue *queue);

/* Applies the constraints of a column's definition (also those of typed tables and partitions). */
enum outcome column_constrain(struct interpreter *interpreter, struct object *column,
                              List *constraints, struct constraint_queue *queue);

/* The column's NOT NULL: made, or merged with the one there is. name: NULL for the server's
 * choice. */
struct object *column_set_not_null(struct interpreter *interpreter, struct object *column,
                                   const char *name, bool no_inherit, bool inherited, int location);
/* The same for a declared one, with all children of the column's table. */
struct object *column_declare_not_null(struct interpreter *interpreter, struct object *column,
                                       const char *name, bool no_inherit, int location);
/* The name of a NOT NULL constraint as a server with such names has it. */
const char *column_not_null_name(struct interpreter *interpreter, const struct object *not_null);

/* Sets or replaces the default; NULL removes it. */
enum outcome column_set_default(struct interpreter *interpreter, struct object *column,
                                Node *expression, int location);

/* Makes the column an identity column. when: ATTRIBUTE_IDENTITY_ALWAYS or _BY_DEFAULT. */
enum outcome column_set_identity(struct interpreter *interpreter, struct object *column, char when,
                                 List *options, int location);

/* Text for the model of a storage ("main") or NULL where it is the type's own; likewise for a
 * compression method and a collation. */
const char *column_storage(struct interpreter *interpreter, const char *type, const char *storage);
const char *column_compression(struct interpreter *interpreter, const char *method);
const char *column_collation(struct interpreter *interpreter, const char *type,
                             const char *collation);

/* Copies of what a column has, onto another column (LIKE, inheritance). */
void column_copy_default(struct interpreter *interpreter, struct object *column,
                         const struct object *source);

/* --- constraint.c ------------------------------------------------------------------- */

/* One constraint as it was declared, with the attributes that follow it. */
struct constraint_item {
    Constraint *node;
    const char *column; /* of a column constraint; else NULL */
    bool deferrable;
    bool deferred;
    bool not_enforced;
};

/* What CREATE TABLE and ADD COLUMN collect; made in the server's order: checks, indexes (the
 * primary key first), foreign keys. */
struct constraint_queue {
    struct pointer_list checks;
    struct pointer_list indexes;
    struct pointer_list foreign_keys;
    bool new_table; /* CREATE TABLE: nothing is left NOT VALID, no children exist */
};

/* Puts a constraint into the queue (not null constraints are the caller's); gives the item. */
struct constraint_item *constraint_collect(struct interpreter *interpreter,
                                           struct constraint_queue *queue, Constraint *node,
                                           const char *column);

/* True when the node changes the constraint before it (DEFERRABLE, ...); item may be NULL. */
bool constraint_attribute(struct constraint_item *item, const Constraint *node);

/* Make what is in the queue. recurse: children get them, too. */
enum outcome constraint_queue_make_checks(struct interpreter *interpreter, struct object *table,
                                          struct constraint_queue *queue, bool recurse);
enum outcome constraint_queue_make_indexes(struct interpreter *interpreter, struct object *table,
                                           struct constraint_queue *queue, bool recurse);
enum outcome constraint_queue_make_foreign_keys(struct interpreter *interpreter,
                                                struct object *table,
                                                struct constraint_queue *queue, bool recurse);

/* True when the schema has a constraint of that name. */
bool constraint_name_taken(struct interpreter *interpreter, const struct object *schema,
                           const char *name);

/* The constraint of that name on the table, of any kind; NOT NULL constraints included. */
struct object *constraint_find(struct interpreter *interpreter, const struct object *table,
                               const char *name);

/* What PRIMARY KEY, UNIQUE and EXCLUSION have in common. */
struct index_parts {
    struct text_list *columns; /* NULL for an exclusion */
    struct text_list *include;
    struct text_list *options;
    const char **tablespace;
    bool *deferrable;
    bool *deferred;
    struct object **attached_to;
};

struct index_parts constraint_parts(const struct object *constraint);

/* foreign_key.c: A foreign key whose referenced columns are not known yet. */
struct pending_foreign_key {
    struct object *object;
    const char *schema; /* of the referenced table, as written */
    const char *table;
    const struct text_list *search_path;
    const struct interpret_statement *statement;
    int location;
};

enum outcome constraint_make_foreign_key(struct interpreter *interpreter, struct object *table,
                                         struct constraint_item *item, bool new_table,
                                         bool recurse);

/* A partition gets its parent's foreign keys. */
void constraint_copy_foreign_keys(struct interpreter *interpreter, struct object *partition,
                                  const struct object *parent, int location);

/* The columns of the table that an expression uses, each once; *unknown is set to the first reference in it to something
 * that is none of them. */
struct text_list constraint_columns_used(struct interpreter *interpreter,
                                         const struct object *table, Node *expression,
                                         const ColumnRef **unknown);

/* True when an expression's text names the column. */
bool constraint_text_mentions(struct interpreter *interpreter, const char *text,
                              const char *column);

/* --- index.c ------------------------------------------------------------------------ */

/* The name the server chooses for an index: columns are the names of its keys and included columns,
 * label "idx", "key", "excl" or "pkey" (without columns). */
const char *index_choose_name(struct interpreter *interpreter, const struct object *table,
                              const struct text_list *columns, const char *label);

/* The names of index elements for that (IndexElem nodes), each unique. */
void index_element_names(struct interpreter *interpreter, List *elements, struct text_list *names);

/* "name_name", at most as long as the server makes it. */
const char *index_join_names(struct interpreter *interpreter, const struct text_list *names);

/* The name with a number behind, where an earlier one is equal. */
const char *index_unique_name(struct interpreter *interpreter, const struct text_list *names,
                              const char *name);

/* The same from a key's text in the model. */
const char *index_key_name(struct interpreter *interpreter, const char *key);

/* The text of one key. False: reported. */
bool index_key(struct interpreter *interpreter, const struct object *relation, IndexElem *element,
               struct expression *key);

/* index_copy.c */

/* All fields but those that say how the index stands to others. */
void index_copy_fields(struct index *copy, const struct index *source);

/* True when both index the same in the same way. */
bool index_equal(const struct index *a, const struct index *b);

/* Makes the copy of a parent's index (or constraint with an index) on a partition, or attaches the
 * equal one that it has. */
void index_copy_to_partition(struct interpreter *interpreter, struct object *partition,
                             struct object *parent_index, int location);

/* All indexes of the parent, for a new partition. */
void index_copy_all(struct interpreter *interpreter, struct object *partition,
                    const struct object *parent, int location);

/* A copy of an index or constraint with an index on another table, name chosen by the server's
 * rule; NULL: reported. */
struct object *index_copy(struct interpreter *interpreter, struct object *table,
                          const struct object *source, int location);

/* ALTER INDEX parent ATTACH PARTITION index: the parent's is valid once all partitions have
 * theirs. */
void index_attach(struct interpreter *interpreter, struct object *index, struct object *parent);

/* --- trigger_copy.c ------------------------------------------------------------------ */

/* Gives the partitions of the trigger's table, if it has any, their copies. */
void trigger_copy_to_partitions(struct interpreter *interpreter, struct object *trigger,
                                int location);

/* Copies of all triggers of the parent that a new partition gets. */
void trigger_copy_all(struct interpreter *interpreter, struct object *partition,
                      const struct object *parent, int location);

/* A partition that leaves its parent loses them. */
void trigger_forget_copies(struct interpreter *interpreter, struct object *partition,
                           const struct object *parent);

/* The copies of a renamed trigger of the table are renamed too; false: reported. */
bool trigger_rename_copies(struct interpreter *interpreter, const struct object *table,
                           const char *former, const char *name);

/* --- partition.c -------------------------------------------------------------------- */

/* PARTITION BY: sets strategy and keys. */
enum outcome partition_set_keys(struct interpreter *interpreter, struct object *table,
                                PartitionSpec *spec);

/* The bound's text for a partition of parent; NULL: reported. */
const char *partition_bound(struct interpreter *interpreter, const struct object *parent,
                            PartitionBoundSpec *bound);

/* Makes the ATTACHMENT child. */
enum outcome partition_attach(struct interpreter *interpreter, struct object *partition,
                              struct object *parent, PartitionBoundSpec *bound, int location);

/* --- sequence.c --------------------------------------------------------------------- */

/* The values of a sequence, as options set them. */
struct sequence_values {
    const char *type;
    int64_t start;
    int64_t increment;
    int64_t minimum;
    int64_t maximum;
    int64_t cache;
    bool cycle;
    List *owned_by; /* NIL: not said */
    List *name;     /* SEQUENCE NAME of identity columns */
    bool logged;    /* LOGGED and UNLOGGED, which pg_dump says of identity columns */
    bool unlogged;
};

/* The values of a new sequence of that type (NULL: as the options say, or bigint). */
bool sequence_new_values(struct interpreter *interpreter, List *options, const char *type,
                         struct sequence_values *values);

/* Applies the options of an ALTER. */
bool sequence_change_values(struct interpreter *interpreter, List *options,
                            struct sequence_values *values);

struct sequence_values sequence_values_of_identity(const struct identity *identity,
                                                   const char *type);
void sequence_values_to_identity(const struct sequence_values *values, struct identity *identity);

/* The sequence of a serial column, owned by it. NULL: reported. */
struct object *sequence_make_serial(struct interpreter *interpreter, struct object *table,
                                    const char *column, const char *type, int location);

/* Makes column the sequence's owner; NULL: nobody is. */
void sequence_set_owner_column(struct interpreter *interpreter, struct object *sequence,
                               struct object *column, int location);

/* Where the value was chosen by the server for the old type, brings it to the new one (ALTER
 * TYPE of an identity column). */
void sequence_change_type(struct sequence_values *values, const char *type);

#endif
