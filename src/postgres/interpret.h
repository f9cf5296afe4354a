/* The interpreter of DDL: what its files share. Each statement changes the model as the server would
 * change its catalog. Statements may come in any order: one that names something that does not exist
 * (yet) is put back and tried again after the others, until a round brings nothing new; what is left
 * then is an error at its place. */
#ifndef PLUMB_POSTGRES_INTERPRET_H
#define PLUMB_POSTGRES_INTERPRET_H

#include <stdbool.h>

#include "core/error.h"
#include "model/model.h"
#include "postgres/postgres.h"
#include "postgres/tree.h"
#include "postgres/universe.h"

/* What became of one statement. */
enum outcome {
    OUTCOME_DONE,
    OUTCOME_MISSING, /* something it names does not exist; error says what, with the place: retried */
    OUTCOME_FAILED   /* cannot ever be right; error says why */
};

struct interpreter {
    struct model *model;
    struct arena *arena;           /* the model's */
    struct pg_universe *universe;  /* types and relations declared so far, for type names */
    const struct source_text *source; /* of the current statement */
    int statement_offset;          /* of the current statement in the source, in bytes */
    int statement_length;
    const struct text_list *search_path; /* at the current statement */
    const char *creation_schema;   /* the first schema of the search path: where new objects go */
    struct pointer_list default_privileges; /* acl rules set by ALTER DEFAULT PRIVILEGES so far */
    struct error *error;           /* of the current statement */
    size_t skipped_data_statements;
};

/* --- the files' statements: each gives an outcome, and has changed nothing unless it is DONE ------ */

/* interpret_table.c, interpret_column.c, interpret_constraint.c, interpret_index.c,
 * interpret_partition.c, interpret_sequence.c */
enum outcome interpret_create_table(struct interpreter *interpreter, CreateStmt *statement);
enum outcome interpret_alter_table(struct interpreter *interpreter, AlterTableStmt *statement);
enum outcome interpret_create_index(struct interpreter *interpreter, IndexStmt *statement);
enum outcome interpret_create_sequence(struct interpreter *interpreter, CreateSeqStmt *statement);
enum outcome interpret_alter_sequence(struct interpreter *interpreter, AlterSeqStmt *statement);
enum outcome interpret_cluster(struct interpreter *interpreter, ClusterStmt *statement);

/* interpret_schema.c: schemas, extensions */
enum outcome interpret_create_schema(struct interpreter *interpreter, CreateSchemaStmt *statement);
enum outcome interpret_create_extension(struct interpreter *interpreter,
                                        CreateExtensionStmt *statement);

/* interpret_type.c: enums, domains, composites, ranges */
enum outcome interpret_create_enum(struct interpreter *interpreter, CreateEnumStmt *statement);
enum outcome interpret_alter_enum(struct interpreter *interpreter, AlterEnumStmt *statement);
enum outcome interpret_create_domain(struct interpreter *interpreter, CreateDomainStmt *statement);
enum outcome interpret_alter_domain(struct interpreter *interpreter, AlterDomainStmt *statement);
enum outcome interpret_create_composite(struct interpreter *interpreter,
                                        CompositeTypeStmt *statement);
enum outcome interpret_create_range(struct interpreter *interpreter, CreateRangeStmt *statement);

/* interpret_view.c */
enum outcome interpret_create_view(struct interpreter *interpreter, ViewStmt *statement);
enum outcome interpret_create_table_as(struct interpreter *interpreter,
                                       CreateTableAsStmt *statement);

/* interpret_routine.c */
enum outcome interpret_create_function(struct interpreter *interpreter,
                                       CreateFunctionStmt *statement);
enum outcome interpret_alter_function(struct interpreter *interpreter,
                                      AlterFunctionStmt *statement);
enum outcome interpret_create_aggregate(struct interpreter *interpreter, DefineStmt *statement);

/* interpret_trigger.c: triggers and policies */
enum outcome interpret_create_trigger(struct interpreter *interpreter, CreateTrigStmt *statement);
enum outcome interpret_create_policy(struct interpreter *interpreter, CreatePolicyStmt *statement);
enum outcome interpret_alter_policy(struct interpreter *interpreter, AlterPolicyStmt *statement);

/* interpret_privilege.c: GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, owners, comments */
enum outcome interpret_grant(struct interpreter *interpreter, GrantStmt *statement);
enum outcome interpret_default_privileges(struct interpreter *interpreter,
                                          AlterDefaultPrivilegesStmt *statement);
enum outcome interpret_owner(struct interpreter *interpreter, AlterOwnerStmt *statement);
enum outcome interpret_comment(struct interpreter *interpreter, CommentStmt *statement);

/* interpret_change.c: DROP, RENAME, SET SCHEMA, DEPENDS ON */
enum outcome interpret_drop(struct interpreter *interpreter, DropStmt *statement);
enum outcome interpret_rename(struct interpreter *interpreter, RenameStmt *statement);
enum outcome interpret_set_schema(struct interpreter *interpreter,
                                  AlterObjectSchemaStmt *statement);

/* --- common ground: interpret.c ------------------------------------------------------------------ */

/* Sets the error with the place of location (a parse tree's location, -1 the statement's start). */
enum outcome interpret_fail(struct interpreter *interpreter, int location, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum outcome interpret_missing(struct interpreter *interpreter, int location, const char *format,
                               ...) __attribute__((format(printf, 3, 4)));

/* The schema that a new object of that (possibly unqualified) name goes to; NULL when it does not
 * exist (reported as missing). */
struct object *interpret_creation_schema(struct interpreter *interpreter, const char *schema,
                                         int location);

/* Adds an object and fills in location and search path; NULL when it exists already (reported as
 * failed: "table public.x is declared twice", with the other place as the hint). New objects get the
 * privileges that ALTER DEFAULT PRIVILEGES gave so far. */
struct object *interpret_add(struct interpreter *interpreter, enum kind kind,
                             struct object *parent, const char *name, const char *signature,
                             int location);

/* A table, view, materialized view, sequence, index, composite by name under the search path; kinds
 * is a zero-terminated list of what is wanted. NULL when there is none (nothing is reported). */
struct object *interpret_find_relation(struct interpreter *interpreter, const char *schema,
                                       const char *name, const enum kind *kinds);

/* Any object of one kind in a schema, by name under the search path. */
struct object *interpret_find(struct interpreter *interpreter, enum kind kind, const char *schema,
                              const char *name, const char *signature);

/* True when the name is taken by any relation (or index, or constraint with an index) in the schema:
 * for the names that the server chooses. */
bool interpret_relation_name_taken(struct interpreter *interpreter, const struct object *schema,
                                   const char *name);

/* makeObjectName and the numbering of ChooseRelationName: name1_name2_label cut to 63 bytes, with
 * 1, 2, ... behind the label until it is free. taken says whether a name is. */
const char *interpret_choose_name(struct interpreter *interpreter, const char *name1,
                                  const char *name2, const char *label,
                                  bool (*taken)(struct interpreter *interpreter, const char *name,
                                                void *context),
                                  void *context);

/* The type in the server's spelling under an empty search path ("character varying(20)"); NULL when
 * the type is unknown (reported as missing). */
const char *interpret_type(struct interpreter *interpreter, TypeName *name);

/* The expression as text, unresolved; never NULL for a tree that libpg_query can print (failure is
 * reported). */
const char *interpret_expression(struct interpreter *interpreter, Node *expression);

/* The statement's own text as the author wrote it. */
const char *interpret_statement_text(struct interpreter *interpreter);

/* A list of String nodes ("schema.name") in parts: schema NULL where not given. */
void interpret_name(List *names, const char **schema, const char **name);

/* The options of WITH (...) as "name=value", values as the server stores them. */
struct text_list interpret_options(struct interpreter *interpreter, List *options);

/* The routine that an ObjectWithArgs names (types resolved; without types: the only one of that
 * name). NULL: reported as missing. kind: KIND_FUNCTION, KIND_AGGREGATE, or KIND_NONE for both. */
struct object *interpret_find_routine(struct interpreter *interpreter, enum kind kind,
                                      ObjectWithArgs *name, int location);

/* interpret_table.c: "LIKE", INHERITS and views need a relation's columns in order. Gives the
 * columns of a table (struct column *). */
struct pointer_list interpret_table_columns(struct interpreter *interpreter,
                                            const struct object *table);

#endif
