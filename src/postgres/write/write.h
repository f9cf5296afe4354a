/* What the files of the writer share: names and texts as SQL wants them, and steps with their locks
 * and hazards. A file a family of kinds; write.c leads from a kind to its functions. */
#ifndef PLUMB_POSTGRES_WRITE_WRITE_H
#define PLUMB_POSTGRES_WRITE_WRITE_H

#include <stdbool.h>

#include "core/buffer.h"
#include "dialect/clause.h"
#include "dialect/dialect.h"
#include "dialect/statement.h"
#include "dialect/writer.h"
#include "model/model.h"
#include "plan/step.h"
#include "postgres/facts/flavor.h"
#include "postgres/sql/quote.h"

/* --- texts; results are in the sink's arena ----------------------------------------------------- */

/* A name, quoted where SQL needs it. */
const char *write_name(const struct step_sink *sink, const char *name);

/* A text as a literal. */
const char *write_literal(const struct step_sink *sink, const char *text);

/* The object's name, qualified by its schema where it lives in one (the nearest above it). */
const char *write_path(const struct step_sink *sink, const struct object *object);

/* The path of a name in the object's schema. */
const char *write_sibling_path(const struct step_sink *sink, const struct object *object,
                               const char *name);

/* A routine or aggregate with its argument types: app.f(integer, text). */
const char *write_routine(const struct step_sink *sink, const struct object *object);

/* The table, view or materialized view that the object belongs to (itself, if it is one). */
const struct object *write_relation(const struct object *object);

/* What it is called in ALTER: TABLE, VIEW or MATERIALIZED VIEW. */
const char *write_relation_word(const struct object *relation);

/* "ALTER TABLE app.t" of the object's relation. */
const char *write_alter_relation(const struct step_sink *sink, const struct object *object);

/* "fillfactor=70, toast.autovacuum_enabled=false" of "name=value" texts. */
const char *write_options(const struct step_sink *sink, const struct text_list *options);

/* The text in parentheses, once. */
const char *write_parenthesized(const struct step_sink *sink, const char *text);

/* The text as DEFAULT in a column or domain definition takes it: in parentheses where it must be. */
const char *write_default_text(const struct step_sink *sink, const struct expression *expression);

/* The text in dollar quotes that do not occur in it. */
const char *write_dollar_quoted(const struct step_sink *sink, const char *text);

/* --- what holds --------------------------------------------------------------------------------- */

/* Whether the plan's target can do it. */
bool write_can(const struct step_sink *sink, enum pg_capability capability);

/* True when another table inherits from this one, or is a partition of it, in either model. */
bool write_has_children(const struct step_sink *sink, const struct object *table);

/* True when a foreign key that stays references the table of which this one is a partition: the server drops it only after
 * it is detached. */
bool write_is_referenced(const struct step_sink *sink, const struct object *partition);
/* True when the column, NOT NULL or check, which is not wanted, came from a parent that its table leaves: it is dropped after that. */
bool write_goes_with_parent(const struct step_sink *sink, const struct object *object);
/* The statements that drop, whatever else is true. */
void write_drop_column(struct step_sink *sink, const struct object *object);
void write_drop_not_null(struct step_sink *sink, const struct object *object);
void write_drop_constraint(struct step_sink *sink, const struct object *object);
/* Says what adding the column costs, and whether it can fail. */
void write_judge_new_column(const struct step_sink *sink, struct step *step,
                            const struct object *object, const struct pointer_list *folded);
/* Gives the table, as it is before it joins the parent, what it lacks of the checks and NOT NULLs without which it can
 * neither inherit from the parent nor be its partition. */
void write_fit_parent(struct step_sink *sink, const struct object *before,
                      const struct object *parent);
/* INHERIT: whatever the table is to have from the parent alone, it has from there afterwards. */
void write_begin_inheriting(struct step_sink *sink, const struct object *before,
                            const struct object *after, const struct object *parent);
/* True for a column that a new parent brings. */
bool write_column_is_brought(const struct step_sink *sink, const struct object *column);
/* True when write_fit_parent has made the constraint. */
bool write_not_null_is_brought(const struct step_sink *sink, const struct object *not_null);
bool write_check_is_brought(const struct step_sink *sink, const struct object *check);
/* True when the table, or the ATTACHMENT, has that one for a parent. */
bool write_inherits_from(const struct object *object, const struct object *table);
/* True when a table that the column's one comes from requires values there. */
bool write_parent_is_not_null(const struct object *column);
/* The column of a parent or of the partitioned table from which this one comes; NULL: none. */
const struct object *write_parent_column(const struct object *column);

/* True when the table of this inherited object is a child of the same parent, in the same way, before
 * and after the plan (or is new): the parent's statements then reach it. Otherwise it is changed by
 * statements of its own, while it stands alone. */
bool write_follows_parent(const struct step_sink *sink, const struct object *table);

/* --- steps -------------------------------------------------------------------------------------- */

/* Adds the statement that format makes. */
/* serial.c: the column that is serial by this sequence, NULL where more is known of it than the word says. */
const struct object *pg_serial_column(const struct object *sequence);

/* The word for a column whose sequence is made with it: "bigserial"; NULL: none. */
const char *write_serial_word(const struct object *column, const struct pointer_list *folded);

/* What was to be made with serial columns, where their sequences had to be made apart. */
void write_serial_rest(struct step_sink *sink, const struct pointer_list *folded);

/* Says of a statement that begins with "ALTER TABLE t" that what follows may stand with others of its kind in one,
 * unless its table is new. */
void write_may_join(const struct step_sink *sink, struct step *step, const char *alter);

struct step *write_statement(struct step_sink *sink, enum step_lock lock, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The statement reads (or writes anew) the whole table while it holds its lock. */
void write_scans(const struct step_sink *sink, struct step *step);
void write_rewrites(const struct step_sink *sink, struct step *step);

/* --- questions about the rows (question.c), where what the database holds now can tell --- */

/* NULLs in the column of a NOT NULL. */
void write_ask_for_nulls(const struct step_sink *sink, struct step *step,
                         const struct object *not_null);
/* Values that occur more than once, though the PRIMARY KEY, UNIQUE constraint or unique index takes them once. */
void write_ask_for_duplicates(const struct step_sink *sink, struct step *step,
                              const struct object *key);
/* Rows for which the check of a table, or of a domain, is false. */
void write_ask_for_violations(const struct step_sink *sink, struct step *step,
                              const struct object *check);
/* Values of a domain that becomes NOT NULL. */
void write_ask_domain_for_nulls(const struct step_sink *sink, struct step *step,
                                const struct object *domain);
/* Rows of a foreign key that have no parent. */
void write_ask_for_orphans(const struct step_sink *sink, struct step *step,
                           const struct object *key);
/* Any row of a table that gets a NOT NULL column without a value for it. */
void write_ask_for_rows(const struct step_sink *sink, struct step *step,
                        const struct object *column);
/* Values that do not fit the type that their column gets by an assignment cast. */
void write_ask_for_misfits(const struct step_sink *sink, struct step *step,
                           const struct object *column);

/* --- the families ------------------------------------------------------------------------------- */

/* schema.c */
extern const struct writer write_schema_writer;
extern const struct writer write_extension_writer;

/* type.c, enum.c */
extern const struct writer write_enum_writer;
extern const struct writer write_domain_writer;
extern const struct writer write_domain_check_writer;
extern const struct writer write_composite_writer;
extern const struct writer write_attribute_writer;
extern const struct writer write_range_writer;

/* sequence.c */
extern const struct writer write_sequence_writer;
extern const struct writer write_owned_by_writer;
extern const struct writer write_identity_writer;

/* routine.c */
extern const struct writer write_function_writer;
extern const struct writer write_aggregate_writer;

/* table.c, partition.c */
extern const struct writer write_table_writer;
extern const struct writer write_attachment_writer;
extern const struct writer write_replica_identity_writer;
extern const struct writer write_cluster_writer;
extern const struct writer write_row_security_writer;

/* column.c */
extern const struct writer write_column_writer;
extern const struct writer write_not_null_writer;
extern const struct writer write_default_writer;

/* constraint.c */
extern const struct writer write_check_writer;
extern const struct writer write_primary_key_writer;
extern const struct writer write_unique_writer;
extern const struct writer write_exclusion_writer;
extern const struct writer write_foreign_key_writer;

/* view.c, index.c, trigger.c */
extern const struct writer write_view_writer;
extern const struct writer write_materialized_view_writer;
extern const struct writer write_index_writer;
extern const struct writer write_trigger_writer;
extern const struct writer write_policy_writer;

/* privilege.c, comment.c, unmodelled.c */
extern const struct writer write_owner_writer;
extern const struct writer write_privilege_writer;
extern const struct writer write_default_privilege_writer;
extern const struct writer write_comment_writer;
extern const struct writer write_unmodelled_writer;

/* --- what one family asks of another ------------------------------------------------------------ */

/* A column's definition in CREATE TABLE or ADD COLUMN, with those children that are folded. */
void write_column_definition(const struct step_sink *sink, struct buffer *sql,
                             const struct object *column, const struct pointer_list *folded);

/* The constraints alone: " NOT NULL DEFAULT 0", "" when there are none. */
void write_column_constraints(const struct step_sink *sink, struct buffer *sql,
                              const struct object *column, const struct pointer_list *folded);

/* Statements for what a column definition cannot say (statistics, storage, options), and for the
 * default of an inherited column where it differs from the parent's. */
void write_column_extras(struct step_sink *sink, const struct object *column);

/* "GENERATED ALWAYS AS IDENTITY (START WITH 100)". */
const char *write_identity_clause(const struct step_sink *sink, const struct object *identity);

/* The text of a view's query for DDL; *column_list is " (a, b)" where the text does not give the
 * columns these names, else "". */
const char *write_query(const struct step_sink *sink, const struct expression *query,
                        const struct text_list *columns, const char **column_list);

/* True when the column is, or gets, not null because its parent's column does. */
bool write_not_null_is_inherited(const struct step_sink *sink, const struct object *not_null);

/* The name of a NOT NULL constraint (since version 18), quoted. */
const char *write_not_null_name(const struct step_sink *sink, const struct object *not_null);

/* What the server named after a table and its column follows their names: called when one of them is
 * renamed. */
void write_rename_chosen(struct step_sink *sink, const struct object *column,
                         const char *former_table, const char *former_column);

/* --- positions (position.c) --- */

/* What is to go on where this sequence or identity of the old model, which is dropped, ends: the new identity of
 * its column, or the sequence of that one's default. NULL: nothing, and the position is lost. */
const struct object *write_heir(const struct step_sink *sink, const struct object *before);

/* The other way round: what the new sequence or identity goes on for; NULL: nothing. */
const struct object *write_forebear(const struct step_sink *sink, const struct object *after);

/* The new sequence or identity takes its position from the old one, whose sequence has the path from; where its bounds leave
 * that out the server refuses. */
void write_copy_position(struct step_sink *sink, const struct object *before, const char *from,
                         const struct object *after);

/* The new identity, or the new sequence of the default, begins where the old one ended, and above the rows. */
void write_take_over(struct step_sink *sink, const struct object *numbering,
                     const struct object *column);
void write_take_over_by_default(struct step_sink *sink, const struct object *default_value);

/* New names of sequences that have come into the table's new schema with it, owned by its columns. */
void write_rename_moved_sequences(struct step_sink *sink, const struct object *table);

/* Makes the sequence that goes on for the identity, which is still there, in its place. */
void write_create_heir(struct step_sink *sink, const struct object *identity,
                       const struct object *heir);

/* Of a column whose table is put aside: its sequence leaves its name to the new one's; and of the new table's column, when the
 * rows have moved: the position is taken over; and when the old table is gone: the old sequence goes. */
void write_put_numbering_aside(struct step_sink *sink, const struct object *column);
void write_carry_numbering(struct step_sink *sink, const struct object *column);
void write_end_numbering(struct step_sink *sink, const struct object *column);

/* The name and the path of a sequence, or of an identity's. */
const char *write_sequence_name(const struct step_sink *sink, const struct object *object);
const char *write_sequence_path(const struct step_sink *sink, const struct object *object);

/* The largest number of a whole type, bigint's of others. */
int64_t write_type_maximum(const char *type);

/* The name with another end, at most 63 bytes long. */
const char *write_other_name(const struct step_sink *sink, const char *name, const char *end);

/* Such a name for what is put aside until something has taken its place. */
const char *write_spare_name(const struct step_sink *sink, const char *name);

/* "CONSTRAINT name CHECK (...)" and so on. */
const char *write_constraint_clause(const struct step_sink *sink, const struct object *constraint);

/* partition.c: a new partition takes its rows from none of the table's, but what is in the default partition must not
 * belong there: notes on the step that it is read, and may refuse. */
void write_beside_default(const struct step_sink *sink, struct step *step,
                          const struct attachment *attachment);

/* carry.c: the table, or partition, gets out of the way of the new one, with its rows. */
void write_put_aside(struct step_sink *sink, const struct object *table);

/* "ALTER INDEX ... SET/RESET (...)", "ALTER TABLE ... SET (...)": from one set of options to
 * another. alter: up to the object's name. */
void write_option_changes(struct step_sink *sink, enum step_lock lock, const char *alter,
                          const struct text_list *before, const struct text_list *after);

/* table.c: " OPTIONS (name 'value')" of "name=value" texts, "" where there are none; and with
 * ADD, SET and DROP what leads from one set of them to another. */
const char *write_server_options(const struct step_sink *sink, const struct text_list *options);
const char *write_server_option_changes(const struct step_sink *sink,
                                        const struct text_list *before,
                                        const struct text_list *after);

/* The clause "ON TABLE app.t" of an object as GRANT and REVOKE write it, without ON; NULL where
 * nothing can be granted on it. */
const char *write_grant_target(const struct step_sink *sink, const struct object *object);

/* Takes away (or gives back) what default privileges in force grant on an object that has just been
 * made, as far as the wanted model does not have it and no PRIVILEGE object says so. */
/* What the clause of an identity cannot say of its sequence, once that is made: whether it is logged, and who may use it. */
void write_settle_identity(struct step_sink *sink, const struct object *identity);
/* ALTER SEQUENCE ... SET LOGGED or UNLOGGED, for an identity's sequence. */
void write_identity_persistence(struct step_sink *sink, const struct object *identity);
void write_given_privileges(struct step_sink *sink, const struct object *object);

/* The object as COMMENT ON and ALTER ... OWNER write it: "TABLE app.t", "TRIGGER a ON app.t". */
const char *write_object_reference(const struct step_sink *sink, const struct object *object);

/* False where plumb has no statement that makes an unmodelled object. */
bool write_unmodelled_can_create(const struct object *object);

/* The class of an unmodelled object as DROP writes it ("EVENT TRIGGER") and its identity, both in
 * the arena; false for a class that is not known. */
bool write_unmodelled_reference(const struct step_sink *sink, const struct object *object,
                                const char **class_word, const char **identity);

/* --- types (cast.c) ----------------------------------------------------------------------- */

/* What changing a column from one type to another means. */
struct type_change {
    bool rewrites;    /* the table is written anew */
    bool narrows;     /* values may be cut or refused */
    bool may_fail;    /* values may be refused */
    const char *cast; /* the types of explicit casts, with "%s" for the column ("%s::text::date");
                          NULL: the server converts by itself */
};

struct type_change write_type_change(const struct step_sink *sink, const char *before,
                                     const char *after);

/* The cast with the column's (quoted) name in its places. */
const char *write_cast_of(const struct step_sink *sink, const struct type_change *change,
                          const char *name);

/* Notes on an ALTER COLUMN ... TYPE what the change does. */
void write_type_hazards(const struct step_sink *sink, struct step *step,
                        const struct type_change *change);

/* True when a value of the type, NULL too, has to meet what domains ask. */
bool write_type_has_conditions(const struct step_sink *sink, const char *type);

/* True when values that have the old domain need not meet what the new one asks. */
bool write_domain_adds_conditions(const struct object *before, const struct object *after);

/* True when values of both types compare by one operator family, so that a foreign key between them
 * can stand. */
bool write_types_comparable(struct arena *arena, const char *a, const char *b);

/* True when going from the first to the second type needs an explicit cast. */
bool write_needs_cast(struct arena *arena, const struct model *model, const char *before,
                      const char *after);

/* The text of the type without modifiers and brackets: "character varying", "public.mood". */
const char *write_type_base(struct arena *arena, const char *type);

/* True when changing these labels needs the enum to be built anew: one is removed or moved. */
bool write_enum_is_rebuilt(const struct object *before, const struct object *after);

/* A type's new name or schema. */
void write_rename_type(struct step_sink *sink, const struct object *object);

/* --- what rows can make fail (may_fail.c) ------------------------------------------------- */

/* True when computing the expression for a row may fail: it casts, calculates, or calls what plumb does not know. */
bool write_expression_may_fail(const struct expression *expression);
bool write_expressions_may_fail(const struct expression_list *list);

/* True when rows may break keys or checks on the column, since values compare otherwise under the collation it gets or
 * the type, one of the wanted: are equal that were not, or are greater that were less. */
bool write_comparison_may_fail(const struct step_sink *sink, const struct object *before,
                               const struct object *after, const char *type);

/* --- types that are built anew (rebuild.c) ------------------------------------------------ */

/* True when the plan builds the enum, domain or composite type anew: itself, or since something that it is made
 * of is. */
bool write_type_is_rebuilt(const struct step_sink *sink, const struct object *type);

/* True when it is for the type's own alteration to build it anew: nothing that it is made of does. */
bool write_type_rebuilds(const struct step_sink *sink, const struct object *type);

/* True when it is for this attribute, or check of a domain, to have its type built anew. */
bool write_part_rebuilds(const struct step_sink *sink, const struct object *part);

/* Builds a type of the old model anew, with all that are made of it, and carries over the columns. */
void write_rebuild_type(struct step_sink *sink, const struct object *before);

/* The statement that makes the type with all that it consists of; before: what it was, whose order of attributes it keeps. */
void write_whole_type(struct step_sink *sink, const struct object *before,
                      const struct object *after);
void write_create_enum(struct step_sink *sink, const struct object *object);

void write_add_attribute(struct step_sink *sink, const struct object *object);
void write_drop_attribute(struct step_sink *sink, const struct object *object);

/* True when there are tables of that composite type (CREATE TABLE ... OF). */
bool write_has_tables(const struct step_sink *sink, const struct object *type);

/* True when the table is one of the same composite type before and after the plan: its columns follow those of the type
 * by themselves. */
bool write_follows_type(const struct step_sink *sink, const struct object *table);

/* partition.c: takes a partition out of its table, and puts it back as it was, for a step that needs it away meanwhile;
 * attachment: of the old model. */
void write_detach(struct step_sink *sink, const struct object *attachment);
void write_attach_again(struct step_sink *sink, const struct object *attachment);

/* The key, index or foreign key of the partitioned table that the object, one of a partition, belongs to; NULL: none. */
const struct object *write_attached_to(const struct object *object);

/* Moves an object from its former schema, and gives it its new name there, where it has another: ALTER word name
 * arguments ("" where it has none). */
void write_move(struct step_sink *sink, enum step_lock lock, const char *word,
                const struct object *object, const char *arguments);
void write_rename(struct step_sink *sink, enum step_lock lock, const char *word,
                  const struct object *object, const char *arguments);

/* --- write.c: functions of the dialect (dialect.h) --- */

void pg_create(struct step_sink *sink, const struct object *object,
               const struct pointer_list *folded);
void pg_drop(struct step_sink *sink, const struct object *object);
void pg_alter(struct step_sink *sink, const struct object *before, const struct object *after,
              uint64_t changed);
void pg_rename(struct step_sink *sink, const struct object *object);
void pg_rename_label(struct step_sink *sink, const struct object *object, const char *former,
                     const char *label);
const char *pg_script_path(struct arena *arena, const struct model *from);
void pg_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to);

/* may_fail.c: how the step could be done without the hazard; NULL: no way is known. */
const char *pg_avoid(const struct step *step, enum hazard hazard);

#endif
