/* What the interpreter's core and its non-table files share among themselves. */
#ifndef PLUMB_POSTGRES_INTERPRET_BASE_BASE_H
#define PLUMB_POSTGRES_INTERPRET_BASE_BASE_H

#include "core/buffer.h"
#include "postgres/interpret/base/interpreter.h"

/* --- common.c */

/* True for kinds that share the schema's relation names. */
bool interpret_holds_relation_name(enum kind kind);

/* Where the location (-1: the statement) is in its file. */
struct location interpret_location(struct interpreter *interpreter, int location);

/* "type public.x does not exist" with the nearest of the kind. */
enum outcome interpret_no_object(struct interpreter *interpreter, enum kind kind, List *names,
                                 int location);

/* An empty error for functions whose report is not the statement's; the next call empties it
 * again. */
struct error *interpret_scratch_error(struct interpreter *interpreter);

/* A constant, name or list of names as text. */
const char *interpret_value(struct interpreter *interpreter, Node *value);

/* --- name.c */

/* The list without its last element; NIL for a list of one. */
List *interpret_all_but_last(const List *list);

/* Whatever has that relation name in that schema; NULL nobody. */
struct object *interpret_relation(struct interpreter *interpreter, const char *schema,
                                  const char *name);

/* Builds the relation names anew after a schema or table has another name. */
void interpret_renew_names(struct interpreter *interpreter);

/* The input argument types as a signature, from TypeNames; NULL: reported as missing. */
const char *interpret_signature(struct interpreter *interpreter, List *types);

/* One of them: format_type without a modifier. */
const char *interpret_argument_type(struct interpreter *interpreter, const struct pg_type *type);

/* A function's name as texts of the model have it: qualified by the schema where it is found,
 * bare in pg_catalog. *found: the model's object or NULL (built in, of an extension). NULL:
 * missing, reported. signature NULL: any. */
const char *interpret_function_name(struct interpreter *interpreter, List *names,
                                    const char *signature, struct object **found, int location);

/* The type's object in the model, by its resolved type; NULL for built-in ones. */
struct object *interpret_type_object(struct interpreter *interpreter, const struct pg_type *type);

/* --- privilege.c */

/* Gives a new object the owner that SET ROLE says and what ALTER DEFAULT PRIVILEGES promised to
 * objects of its kind. */
/* What a new table or materialized view gets where its statement said that, or nothing (NULL): in the arena, NULL for
 * heap, and for the database's own tablespace. */
const char *interpret_access_method(struct interpreter *interpreter, const char *said);
const char *interpret_tablespace(struct interpreter *interpreter, const char *said);
void interpret_made(struct interpreter *interpreter, struct object *object);

/* --- find.c: the object that COMMENT, ALTER OWNER, DROP, ... name */

/* *object is NULL, and the outcome done, for what the model leaves out on purpose (roles,
 * databases, the server's own objects, members of extensions); what is missing is reported. */
enum outcome interpret_find_object(struct interpreter *interpreter, ObjectType type, Node *name,
                                   struct object **object);

/* The name that such a node holds, for messages; "" where it is no plain name. */
const char *interpret_print_object(struct interpreter *interpreter, Node *name);

/* True for schemas whose objects are never in a model. */
bool interpret_is_system_schema(const char *schema);

/* The column (attribute) of a relation (composite); one of a view is made where it is not there. */
enum outcome interpret_find_column(struct interpreter *interpreter, struct object *relation,
                                   const char *name, int location, struct object **object);

/* A check, key, exclusion or foreign key of a table by name, or NULL. */
struct object *interpret_find_constraint(const struct object *table, const char *name);

/* --- adopt.c */

/* Takes over a type that no file declares from what is known of the database; false: it has none. */
/* Gives the model the extensions of the database that the files are meant for, where these name none; true if there were
 * any. */
bool interpret_adopt_extensions(struct interpreter *interpreter);

bool interpret_adopt_type(struct interpreter *interpreter, const TypeName *type);

/* --- adopt_schema.c */

/* Notes which schemas of the database that the files are meant for the file's text uses, bodies in quotes included. */
void interpret_note_used(struct interpreter *interpreter, const struct interpret_file *file);

/* Called when each statement has been tried once: the model gets what those schemas hold that the files use and do not
 * declare, marked as adopted. */
void interpret_adopt_schemas(struct interpreter *interpreter);

/* Called when everything has run: what the adopted objects refer to is there, or they go as well. */
void interpret_finish_adoption(struct interpreter *interpreter);

/* --- interpret/table/foreign.c */

/* Adds, sets and drops options ("name=value") as a list of DefElem says. */
void interpret_server_options(struct interpreter *interpreter, struct text_list *options,
                              List *changes);

/* --- unmodelled.c */

/* True where an object of that kind that is found nowhere may be the server's own or an
 * extension's. */
bool interpret_may_be_foreign(const struct interpreter *interpreter, ObjectType type);

/* Puts the current statement behind the object's own text. */
void interpret_append_unmodelled(struct interpreter *interpreter, struct object *object);

/* The foreign table of that name, or NULL. */

/* The class that pg_identify_object gives ("event trigger"); NULL for kinds that the model has. */
const char *interpret_unmodelled_class(ObjectType type);

/* Forgets a type that was announced by CREATE TYPE name; alone. */
void interpret_remove_shell(struct interpreter *interpreter, const struct object *schema,
                            const char *name);

/* Splits "schema.name", quoted where needed, behind leading spaces; false when there is no
 * schema. */
bool interpret_split_identity(struct interpreter *interpreter, const char *identity,
                              const char **schema, const char **name);

/* --- routine.c */

/* Reads parameters into the lists, and the input types into the signature. False: reported. */
bool interpret_parameters(struct interpreter *interpreter, List *parameters,
                          struct text_list *modes, struct text_list *names, struct text_list *types,
                          struct expression_list *defaults, struct buffer *signature);

/* The object for a new routine; with replace an existing one, with its comment, owner,
 * privileges. */
struct object *interpret_replace_or_add(struct interpreter *interpreter, enum kind kind,
                                        bool replace, struct object *schema, const char *name,
                                        const char *signature);

/* --- type.c */

/* The name that the server gives to a range type's multirange. */
const char *interpret_multirange_name(struct interpreter *interpreter, const char *range);

/* --- rewrite.c */

enum interpret_namespace {
    NAMESPACE_RELATIONS,
    NAMESPACE_TYPES,
    NAMESPACE_FUNCTIONS,
    NAMESPACE_ALL
};

/* An object has another name, or stands in another schema. */
struct interpret_renaming {
    enum interpret_namespace space;
    bool row_type; /* a relation whose type other objects may use */
    const char *old_schema;
    const char *old_name; /* NULL: the schema itself is renamed */
    const char *new_schema;
    const char *new_name;
};

/* Follows the renaming in all texts of the model. */
void interpret_rewrite(struct interpreter *interpreter, const struct interpret_renaming *renaming);

/* Follows the renaming of a column in what belongs to its table and in foreign keys to it. */
void interpret_rewrite_column(struct interpreter *interpreter, struct object *table,
                              const char *old_name, const char *name);

/* True when a view's query names the relation (and, if column is not NULL, may use that column). */
bool interpret_mentions(struct interpreter *interpreter, const struct object *view,
                        const struct object *relation, const char *column);

/* --- table/table_as.c: tables from queries */
enum outcome interpret_table_as(struct interpreter *interpreter, CreateTableAsStmt *statement);
enum outcome interpret_select_into(struct interpreter *interpreter, SelectStmt *statement);

/* The table that a SELECT INTO makes; NULL for other queries. */
RangeVar *interpret_into_name(SelectStmt *statement);

/* --- session.c: what is no schema: data, roles, databases, settings */
enum outcome interpret_select(struct interpreter *interpreter, SelectStmt *statement);
enum outcome interpret_set(struct interpreter *interpreter, VariableSetStmt *statement);
enum outcome interpret_skip(struct interpreter *interpreter, Node *statement);

/* Fails, since no server makes tables with OIDs any more. */
enum outcome interpret_refuse_oids(struct interpreter *interpreter);

/* True for a boolean setting's value that means false; NULL means nothing. */
bool interpret_is_off(const char *value);

/* REFRESH MATERIALIZED VIEW: whether the view is to hold rows. */
enum outcome interpret_refresh(struct interpreter *interpreter, RefreshMatViewStmt *statement);

/* True, with a note, for statements on temporary tables and views. */
bool interpret_is_temporary(struct interpreter *interpreter, Node *statement);

/* --- source.c: from text to statements */

/* Makes the text ready for the parser: interpret_take_out where a line begins with a backslash, or variables are set.
 * The file is in the arena, with those that it includes; NULL with an error. The source has to stay, but not its text. */
struct interpret_file *interpret_prepare(struct interpreter *interpreter,
                                         const struct source_text *source, struct error *error);

/* Does what psql's commands ask for and puts in variables, wherever they stand in the file. */
bool interpret_take_out(struct interpreter *interpreter, struct interpret_file *file,
                        struct error *error);

/* The file as a server of that version reads it: words that are keywords later alone are in quotes. The file itself
 * where there are none. */
struct interpret_file *interpret_as_of(struct interpreter *interpreter, struct interpret_file *file,
                                       int version);

/* Where the byte at the offset of the file's text is in the author's. */
size_t interpret_author_offset(const struct interpret_file *file, size_t offset);

/* Where a variable of psql stands at that offset, the error becomes that it is not set; false elsewhere. */
bool interpret_name_variable(struct error *error, struct arena *arena,
                             const struct interpret_file *file, size_t offset);

#endif
