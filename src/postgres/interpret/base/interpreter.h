/* The interpreter of DDL: what its files share. Each statement changes the model as the server
 * would change its catalog. Statements may come in any order: one that names something that does
 * not exist (yet) is put back and tried again after the others, until a round brings nothing
 * new; what is left then is an error at its place. */
#ifndef PLUMB_POSTGRES_INTERPRET_BASE_INTERPRETER_H
#define PLUMB_POSTGRES_INTERPRET_BASE_INTERPRETER_H

#include <stdbool.h>

#include "core/error.h"
#include "core/map.h"
#include "core/text/lines.h"
#include "dialect/annotation.h"
#include "dialect/dialect.h"
#include "dialect/note.h"
#include "dialect/rounds.h"
#include "model/model.h"
#include "postgres/sql/psql.h"
#include "postgres/sql/tree.h"
#include "postgres/facts/universe.h"

/* A place from which on the text stands at another one in the author's file. */
struct interpret_shift {
    size_t offset; /* in the text */
    size_t author; /* in the author's */
    bool fixed;    /* all that follows stands for a variable there */
};

struct interpret_shifts {
    struct interpret_shift *items; /* by offset */
    size_t count;
    size_t room;
};

/* A file that another includes: read before what stands from the offset on. */
struct interpret_include {
    size_t offset;
    struct interpret_file *file;
};

struct interpret_include_list {
    struct interpret_include *items;
    size_t count;
    size_t room;
};

/* One source text, ready to be parsed: offsets in it are offsets in the author's file but for the shifts. */
struct interpret_file {
    const char *name;
    const char *
        text; /* with psql's own lines and COPY data blanked out, its variables put in; terminated */
    size_t length;
    const struct source_text *source;
    const char
        *author; /* the text as it was, where the two differ in more than blanks; else NULL */
    size_t author_length;
    struct interpret_shifts variables;      /* put in for psql */
    struct interpret_shifts quotes;         /* put in later, for keywords */
    struct interpret_include_list includes; /* by offset */
    bool taken_out;                         /* commands and variables were looked for everywhere */
    struct lines lines;
    struct interpret_file *inner; /* blank but for statements inside DO blocks; NULL: none yet */
    char *inner_text;             /* its text, to be written to */
    struct annotated_text annotated;
};

/* One statement with the state of the session in which it stands. */
struct interpret_statement {
    struct attempt attempt; /* comes first */
    Node *node;
    struct interpret_file *file;
    int offset; /* of its first word in the file, in bytes */
    int length;
    const struct text_list *search_path;
    const char *role;          /* as SET ROLE says; "" the connection's own user */
    bool unchecked;            /* check_function_bodies is off */
    const char *access_method; /* default_table_access_method; NULL: heap */
    const char *tablespace;    /* default_tablespace; NULL: the database's */
    bool from_file; /* its text stands alone in the file: not an element of CREATE SCHEMA */
    size_t ordinal; /* in the order in which they were read, from 1 */
};

struct interpreter {
    struct model *model;
    struct arena *arena;          /* the model's */
    struct pg_universe *universe; /* types and relations declared so far: interpret_universe */
    bool universe_stale;          /* a type was dropped or renamed: make it anew */
    const struct interpret_statement *statement; /* the current one */
    struct interpret_file *file;                 /* of the current statement */
    const struct text_list *search_path;         /* at the current statement */
    const struct text_list *session_path;        /* as the last SET search_path left it */
    const char *session_role;                    /* as SET ROLE left it, "" at first */
    bool session_unchecked;                      /* SET check_function_bodies = off */
    const char *session_access_method;           /* SET default_table_access_method */
    const char *session_tablespace;              /* SET default_tablespace */
    struct pointer_list default_privileges;      /* rules of ALTER DEFAULT PRIVILEGES so far */
    struct pointer_list annotated;               /* struct annotated_text * */
    size_t statement_count;
    struct map relations;       /* "schema/name" -> what holds that relation name */
    struct pointer_list owned;  /* OWNED_BY objects, also removed ones */
    struct map temporary;       /* names of temporary tables and views: not in the model */
    struct rounds rounds;       /* over struct interpret_statement */
    bool exists;                /* the failure is that something is there already */
    bool unknown_extension;     /* an extension was made whose members plumb does not know: */
    const char *unknown_schema; /* they are in this schema */
    const struct text_list *universe_path; /* the search path that the universe has */
    int include_depth;
    struct psql_variables variables; /* of the source that is read, and what it includes */
    struct notes notes;
    struct error *error;         /* of the current statement */
    struct error *scratch_error; /* see interpret_scratch_error */
    int error_offset;            /* where it is, in the file */
    enum outcome outcome;        /* that fits the error */
    struct adoption *
        adoption; /* what the database's own schemas are used for (adopt_schema.c); NULL: nothing */
    struct users *users; /* who uses what (users.c); NULL at first */
    size_t other_count;  /* statements other than DROP that have run */
    struct table_family
        *tables; /* what interpret/table/table.c and its family remember; NULL at first */
};

/* --- the files' statements: each gives an outcome, and has changed nothing unless it is DONE -- */

/* interpret/table/table.c, interpret/table/column.c, interpret/table/constraint.c, interpret/table/index.c,
 * interpret/table/partition.c, interpret/table/sequence.c */
enum outcome interpret_create_table(struct interpreter *interpreter, CreateStmt *statement);
enum outcome interpret_create_foreign_table(struct interpreter *interpreter,
                                            CreateForeignTableStmt *statement);
enum outcome interpret_alter_table(struct interpreter *interpreter, AlterTableStmt *statement);
enum outcome interpret_create_index(struct interpreter *interpreter, IndexStmt *statement);
enum outcome interpret_create_sequence(struct interpreter *interpreter, CreateSeqStmt *statement);
enum outcome interpret_alter_sequence(struct interpreter *interpreter, AlterSeqStmt *statement);
enum outcome interpret_cluster(struct interpreter *interpreter, ClusterStmt *statement);

/* schema.c: schemas, extensions */
enum outcome interpret_create_schema(struct interpreter *interpreter, CreateSchemaStmt *statement);
enum outcome interpret_create_extension(struct interpreter *interpreter,
                                        CreateExtensionStmt *statement);
enum outcome interpret_alter_extension(struct interpreter *interpreter,
                                       AlterExtensionStmt *statement);

/* type.c: enums, domains, composites, ranges */
enum outcome interpret_create_enum(struct interpreter *interpreter, CreateEnumStmt *statement);
enum outcome interpret_alter_enum(struct interpreter *interpreter, AlterEnumStmt *statement);
enum outcome interpret_create_domain(struct interpreter *interpreter, CreateDomainStmt *statement);
enum outcome interpret_alter_domain(struct interpreter *interpreter, AlterDomainStmt *statement);
enum outcome interpret_create_composite(struct interpreter *interpreter,
                                        CompositeTypeStmt *statement);
enum outcome interpret_create_range(struct interpreter *interpreter, CreateRangeStmt *statement);

/* view.c */
enum outcome interpret_create_view(struct interpreter *interpreter, ViewStmt *statement);
enum outcome interpret_create_table_as(struct interpreter *interpreter,
                                       CreateTableAsStmt *statement);

/* routine.c */
enum outcome interpret_create_function(struct interpreter *interpreter,
                                       CreateFunctionStmt *statement);
enum outcome interpret_alter_function(struct interpreter *interpreter,
                                      AlterFunctionStmt *statement);
enum outcome interpret_create_aggregate(struct interpreter *interpreter, DefineStmt *statement);

/* trigger.c: triggers and policies */
enum outcome interpret_create_trigger(struct interpreter *interpreter, CreateTrigStmt *statement);
enum outcome interpret_create_policy(struct interpreter *interpreter, CreatePolicyStmt *statement);
enum outcome interpret_alter_policy(struct interpreter *interpreter, AlterPolicyStmt *statement);

/* privilege.c: GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, owners, comments */
enum outcome interpret_grant(struct interpreter *interpreter, GrantStmt *statement);
enum outcome interpret_default_privileges(struct interpreter *interpreter,
                                          AlterDefaultPrivilegesStmt *statement);
enum outcome interpret_owner(struct interpreter *interpreter, AlterOwnerStmt *statement);
enum outcome interpret_comment(struct interpreter *interpreter, CommentStmt *statement);

/* change.c: DROP, RENAME, SET SCHEMA, DEPENDS ON */
enum outcome interpret_drop(struct interpreter *interpreter, DropStmt *statement);
enum outcome interpret_rename(struct interpreter *interpreter, RenameStmt *statement);
enum outcome interpret_set_schema(struct interpreter *interpreter,
                                  AlterObjectSchemaStmt *statement);

/* do.c */
enum outcome interpret_do(struct interpreter *interpreter, DoStmt *statement);

/* --- reporting: common.c ------------------------------------------------------------ */

/* Sets the error with the place of location (a parse tree's location, -1 the statement's start). */
enum outcome interpret_fail(struct interpreter *interpreter, int location, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum outcome interpret_missing(struct interpreter *interpreter, int location, const char *format,
                               ...) __attribute__((format(printf, 3, 4)));

/* The outcome that fits an error that some function reported: interpret_type and the interpret_find
 * functions that report set it to missing. */
enum outcome interpret_failed(const struct interpreter *interpreter);

/* "relation "x" does not exist", with the nearest name of those kinds as the hint. */
enum outcome interpret_no_relation(struct interpreter *interpreter, const RangeVar *name,
                                   const enum kind *kinds);

/* "column "x" of table public.t does not exist", with the nearest name as the hint; kind: of the
 * children of object among which it was looked for. */
enum outcome interpret_no_child(struct interpreter *interpreter, const struct object *object,
                                enum kind kind, const char *name, int location);

/* source.c: places an error at the offset of the file's text, where the author has it. */
void interpret_place_error(struct error *error, const struct interpret_file *file, size_t offset);

/* Counts one occurrence of something that the user should hear of once; the
 * number is put before the text: "DO block not run", "DO blocks not run". */
void interpret_note(struct interpreter *interpreter, const char *singular, const char *plural);

/* A list of names as texts, copied. */
struct text_list interpret_names(struct interpreter *interpreter, List *names);

/* Names a statement (at that offset of the current file) which may make something and is not run: as long
 * as there is one, the model may lack objects that the files mean. what: "CALL". */
void interpret_not_run(struct interpreter *interpreter, int offset, const char *what);

/* --- objects: common.c -------------------------------------------------------------- */

/* The schema that a new object of that (possibly unqualified) name goes to; NULL when it does not
 * exist (reported as missing). */
struct object *interpret_creation_schema(struct interpreter *interpreter, const char *schema,
                                         int location);

/* Adds an object and fills in location and search path; NULL when it exists already (reported as
 * failed: "table public.x is declared twice", with the other place as the hint), or when its
 * name is taken by another relation. New objects get the privileges that ALTER DEFAULT
 * PRIVILEGES gave so far and the rename annotation at location. Relations are known to
 * interpret_universe from then on. Never call model_add, model_remove, model_rename directly:
 * names would go out of step. */
struct object *interpret_add(struct interpreter *interpreter, enum kind kind, struct object *parent,
                             const char *name, const char *signature, int location);

/* The same for an object that the server makes by itself: no annotation is looked for. */
struct object *interpret_add_implied(struct interpreter *interpreter, enum kind kind,
                                     struct object *parent, const char *name, const char *signature,
                                     int location);

/* Takes an object and all below it out of the model. What else refers to it is the caller's care:
 * see interpret_drop_object. */
void interpret_remove(struct interpreter *interpreter, struct object *object);

/* Gives an object another name, signature or parent; false when that identity is taken
 * (reported). */
bool interpret_move(struct interpreter *interpreter, struct object *object, struct object *parent,
                    const char *name, const char *signature);

/* Drops an object as DROP does: with what belongs to it, and with cascade what depends on it;
 * without, dependents are an error. change.c */
enum outcome interpret_drop_object(struct interpreter *interpreter, struct object *object,
                                   bool cascade);

/* If an annotation "-- @renamed from=name" stands at location (-1: the statement's start), asks for
 * the rename of object. interpret_add does it; call it where an object is found under a place that
 * it was not added with. */
void interpret_annotate(struct interpreter *interpreter, struct object *object, int location);

/* Marks a relation name as taken by an object that is none itself: an identity column's
 * sequence. */
void interpret_claim_name(struct interpreter *interpreter, const struct object *schema,
                          const char *name, struct object *object);

/* Sets (or replaces) the OWNER child and keeps privileges in step; role NULL or the current user:
 * nothing is known, nothing is done. A table's owned sequences follow. privilege.c */
void interpret_set_owner(struct interpreter *interpreter, struct object *object,
                         const RoleSpec *role);

/* Sets the COMMENT child; NULL or "" removes it. privilege.c */
void interpret_set_comment(struct interpreter *interpreter, struct object *object,
                           const char *text);

/* The role's name; "PUBLIC"; NULL for CURRENT_USER and the like. */
const char *interpret_role(const RoleSpec *role);

/* --- names: name.c ------------------------------------------------------------------ */

/* A table, view, materialized view, sequence, index, composite by name under the search path;
 * kinds is a list of what is wanted, ended by KIND_NONE. NULL when there is none (nothing is
 * reported). The sequence of an identity column is found as its IDENTITY object, if that is
 * among the kinds. */
struct object *interpret_find_relation(struct interpreter *interpreter, const char *schema,
                                       const char *name, const enum kind *kinds);

/* Lists for it. */
extern const enum kind interpret_table_kinds[];    /* tables */
extern const enum kind interpret_row_kinds[];      /* tables, views, materialized views */
extern const enum kind interpret_index_kinds[];    /* indexes and constraints behind which is one */
extern const enum kind interpret_sequence_kinds[]; /* sequences, identities */
extern const enum kind interpret_type_kinds[];     /* enums, domains, composites, ranges */

/* Any object of one kind in a schema, by name under the search path. */
struct object *interpret_find(struct interpreter *interpreter, enum kind kind, const char *schema,
                              const char *name, const char *signature);

/* An enum, domain, composite or range by name under the search path; NULL: nothing is reported. */
struct object *interpret_find_type(struct interpreter *interpreter, const char *schema,
                                   const char *name);

/* The schema of that name, NULL when there is none (nothing is reported). */
struct object *interpret_schema(struct interpreter *interpreter, const char *name);

/* True when the name is taken by any relation (or index, or constraint with an index) in the
 * schema: for the names that the server chooses. */
bool interpret_relation_name_taken(struct interpreter *interpreter, const struct object *schema,
                                   const char *name);

/* makeObjectName and the numbering of ChooseRelationName: name1_name2_label cut to 63 bytes, with
 * 1, 2, ... behind the label until it is free (name2 may be NULL). taken says whether a name is. */
const char *interpret_choose_name(
    struct interpreter *interpreter, const char *name1, const char *name2, const char *label,
    bool (*taken)(struct interpreter *interpreter, const char *name, void *context), void *context);

/* Cuts a name to the server's 63 bytes, at a character's edge. */
const char *interpret_cut_name(struct interpreter *interpreter, const char *name);

/* The type in the server's spelling under an empty search path ("character varying(20)"); NULL when
 * the type is unknown (reported as missing). */
const char *interpret_type(struct interpreter *interpreter, TypeName *name);

/* The same as the universe's type; typmod may be NULL. */
const struct pg_type *interpret_resolve_type(struct interpreter *interpreter, TypeName *name,
                                             int32_t *typmod);

/* A collation's name as the model has it: bare in pg_catalog, else schema."name"; NULL for no
 * clause and for "default". */
const char *interpret_collation(struct interpreter *interpreter, const CollateClause *clause);

/* A list of String nodes ("schema.name") in parts: schema NULL where not given. */
void interpret_name(List *names, const char **schema, const char **name);

/* "schema.name" as written, for messages. */
const char *interpret_print_name(struct interpreter *interpreter, List *names);

/* The routine that an ObjectWithArgs names (types resolved; without types: the only one of that
 * name). NULL: reported as missing. kind: KIND_FUNCTION, KIND_AGGREGATE, or KIND_NONE for both. */
struct object *interpret_find_routine(struct interpreter *interpreter, enum kind kind,
                                      ObjectWithArgs *name, int location);

/* --- texts: common.c ---------------------------------------------------------------- */

/* The expression as text, unresolved; never NULL for a tree that libpg_query can print (failure is
 * reported). */
const char *interpret_expression(struct interpreter *interpreter, Node *expression);

/* The same as a model's expression; none for NULL. */
struct expression interpret_written(struct interpreter *interpreter, Node *expression);

/* The statement's own text as the author wrote it. */
const char *interpret_statement_text(struct interpreter *interpreter);

/* The options of WITH (...) as "name=value", values as the server stores them. */
struct text_list interpret_options(struct interpreter *interpreter, List *options);

/* One option's value as the server stores it ("true" for none). */
const char *interpret_option_value(struct interpreter *interpreter, const DefElem *option);

/* --- the universe: universe.c ------------------------------------------------------- */

/* The universe with all that is declared so far, under the current search path. */
struct pg_universe *interpret_universe(struct interpreter *interpreter);

/* Makes a relation, type or extension of the model known to the universe. */
void interpret_register(struct interpreter *interpreter, struct object *object);

/* --- the driver: interpret.c ------------------------------------------------------------------ */

/* Runs an element of CREATE SCHEMA as a statement of its own, which may have to wait like
 * others. */
enum outcome interpret_element(struct interpreter *interpreter, Node *node,
                               const struct text_list *search_path);

/* Runs a statement from inside the current one, which may have to wait like others; it is copied. False
 * with an error. */
bool interpret_nested(struct interpreter *interpreter, const struct interpret_statement *statement);

/* Fills in where the statement stands in the file: the parser counts comments before it in. */
void interpret_place_statement(const struct interpret_file *file, const RawStmt *raw,
                               struct interpret_statement *statement);

/* session.c: true for a query that calls something which may change the schema. */
bool interpret_may_make(struct interpreter *interpreter, Node *query);

/* session.c: true for a statement that makes nothing which a model has: on data, on roles. */
bool interpret_is_harmless(struct interpreter *interpreter, Node *statement);

/* True for what is said of a database as a whole, which is left out. */
bool interpret_is_about_database(const Node *statement);

/* unmodelled.c: statements on what the server has and no kind covers. */
bool interpret_is_unmodelled(const Node *statement);
enum outcome interpret_unmodelled(struct interpreter *interpreter, Node *statement);

/* The UNMODELLED object of that class and (unquoted) name; NULL when there is none. */
struct object *interpret_find_unmodelled(struct interpreter *interpreter, ObjectType type,
                                         Node *object);

/* type.c: ALTER TYPE ... ADD/DROP/ALTER ATTRIBUTE; interpret_alter_table hands them on
 * where the statement's objtype is OBJECT_TYPE. */
enum outcome interpret_alter_composite(struct interpreter *interpreter, AlterTableStmt *statement);

/* interpret/table/table.c: "LIKE", INHERITS and views need a relation's columns in order. Gives the
 * columns of a table (struct column *). */
struct pointer_list interpret_table_columns(struct interpreter *interpreter,
                                            const struct object *table);

/* interpret/table/constraint.c: links the foreign keys whose referenced table or primary key was not
 * there yet when they were declared. To be called once, after the last statement. False with the
 * error of the first that leads nowhere. */
bool interpret_finish_tables(struct interpreter *interpreter);

/* interpret/table/constraint.c: a constraint got another name or schema: names that the server chooses
 * later will avoid it. */
void interpret_constraint_renamed(struct interpreter *interpreter, struct object *constraint);

#endif
