/* The catalog reader: what its files share. Each family of kinds has a file with its queries and the
 * functions that turn their rows into objects. The queries are sent all at once, so none can depend
 * on what another one found; their rows arrive in the order of the list in catalog.c, so that an
 * object's parent is always there before it. */
#ifndef PLUMB_POSTGRES_CATALOG_CATALOG_H
#define PLUMB_POSTGRES_CATALOG_CATALOG_H

#include <stdint.h>

#include "postgres/session/connect.h"

/* The catalogs' own oids, which never change. */
enum catalog_class {
    CLASS_TYPE = 1247,
    CLASS_ROUTINE = 1255,
    CLASS_RELATION = 1259,
    CLASS_ROLE = 1260,
    CLASS_DEFAULT = 2604,
    CLASS_CONSTRAINT = 2606,
    CLASS_SCHEMA = 2615,
    CLASS_REWRITE = 2618,
    CLASS_TRIGGER = 2620,
    CLASS_EXTENSION = 3079,
    CLASS_POLICY = 3256
};

/* A column of any relation, modelled or not. */
struct catalog_column {
    const char *name;
    int position;  /* from 1, dropped ones not counted */
    char identity; /* a, d, or 0 */
    uint32_t collation;
    struct object *object; /* NULL where the model has none (yet: columns of views) */
};

/* A reference to an object that may not have been read yet. */
struct catalog_reference {
    struct object **slot;
    enum catalog_class class_id;
    uint32_t oid;
};

struct catalog {
    struct model *model;
    struct arena *arena;   /* the model's */
    struct arena *scratch; /* goes away after reading */
    int version;
    struct catalog_slot *slots; /* what was read, by class, oid and sub-number */
    size_t slot_count;
    size_t slot_room;
    struct catalog_reference *references;
    size_t reference_count;
    size_t reference_room;
    struct error *error;
};

struct row {
    const PGresult *result;
    struct arena *scratch; /* the catalog's */
    int number;
};

/* In sql, "{15:new|old}" stands for new on servers since 15 and for old on those before. Queries leave
 * out what initdb made (by oid) and what is temporary; what belongs to plumb or an extension is left
 * out by the reader, which knows that better than the server's planner does. Functions and types
 * need no schema under an empty search path; relations do, for temporary ones come first. */
struct catalog_query {
    const char *what; /* "tables", for messages */
    const char *sql;
    void (*row)(struct catalog *catalog, const struct row *row);
    bool sorted; /* rows are taken in the order of their first two columns, which are numbers */
};

/* --- parts of queries ---------------------------------------------------------------------------- */

/* Oids below are those of objects that initdb makes. */
#define SQL_FIRST_OID "16384"

/* --- rows ---------------------------------------------------------------------------------------- */

/* The value as it is, valid while the row is; NULL for null. */
const char *row_raw(const struct row *row, int column);

/* A copy in the model's arena; NULL for null. */
const char *row_text(const struct catalog *catalog, const struct row *row, int column);
bool row_flag(const struct row *row, int column);
char row_letter(const struct row *row, int column); /* 0 for null and for the empty string */
uint32_t row_oid(const struct row *row, int column);
int64_t row_number(const struct row *row, int column);

/* The elements of an array; none for null. */
struct text_list row_list(const struct catalog *catalog, const struct row *row, int column);

/* The same for options, "name=value": secrets are hidden by their names. */
struct text_list row_options(const struct catalog *catalog, const struct row *row, int column);

/* An expression as the server wrote it; none for null. */
struct expression row_expression(const struct catalog *catalog, const struct row *row, int column);

/* The names of a relation's columns, given an array or vector of their numbers; numbers before
 * `first` and those of expressions (0) are left out. */
struct text_list row_columns(const struct catalog *catalog, const struct row *row, int column,
                             uint32_t relation, int first);

/* The name of a function, type or collation that the server wrote, without "pg_catalog."; NULL for
 * null and "-". */
const char *row_name(const struct catalog *catalog, const struct row *row, int column);

/* --- objects ------------------------------------------------------------------------------------- */

/* Remembers under class, oid and sub-number what was made from them. */
void catalog_put(struct catalog *catalog, enum catalog_class class_id, uint32_t oid, int number,
                 void *value);

/* What was remembered, or NULL. */
void *catalog_get(const struct catalog *catalog, enum catalog_class class_id, uint32_t oid,
                  int number);

/* Adds an object; should there be one of that identity already, that one is given back. */
struct object *catalog_add(struct catalog *catalog, enum kind kind, struct object *parent,
                           const char *name, const char *signature);

/* Adds an object and remembers it under class and oid. */
struct object *catalog_add_known(struct catalog *catalog, enum kind kind, struct object *parent,
                                 const char *name, enum catalog_class class_id, uint32_t oid);

/* Sets *slot to the object of that class and oid once everything has been read. */
void catalog_refer(struct catalog *catalog, struct object **slot, enum catalog_class class_id,
                   uint32_t oid);

/* schema.c: the schema of that oid; NULL for those that are not read. */
struct object *catalog_schema(struct catalog *catalog, uint32_t oid);

/* Numbers under which something is remembered beside an object and its columns. */
enum { NUMBER_MEMBER = -1, NUMBER_MEMBER_TABLE = -2 };

/* True when an extension owns the object. */
bool catalog_is_member(const struct catalog *catalog, enum catalog_class class_id, uint32_t oid);

/* The schema of an object that is to be added; NULL when it belongs to an extension or the schema is
 * not read. */
struct object *catalog_schema_for(struct catalog *catalog, enum catalog_class class_id,
                                  uint32_t oid, uint32_t schema);

/* table.c: a table that a foreign key references. An extension's is then in the model, but
 * plumb neither makes nor drops it. */
struct object *catalog_referenced_table(struct catalog *catalog, uint32_t oid);

/* column.c: the column, with its object made where it was left out so far (columns of views);
 * NULL when there is none. */
const struct catalog_column *catalog_column(const struct catalog *catalog, uint32_t relation,
                                            int number);
struct object *catalog_column_object(struct catalog *catalog, uint32_t relation, int number);

/* privilege.c: the role's name; the owner and the privileges of an object as its children. */
const char *catalog_role(struct catalog *catalog, uint32_t oid);
void catalog_owner(struct catalog *catalog, struct object *object, uint32_t role);
void catalog_privileges(struct catalog *catalog, struct object *object, const char *acl,
                        uint32_t owner);

/* index.c: marks of a table that name one of its indexes or constraints. */
void catalog_index_marks(struct catalog *catalog, struct object *object, bool clustered,
                         bool replica_identity);

/* --- text: text.c ------------------------------------------------------------------------ */

/* The query for a server of that version. */
const char *catalog_expand(struct arena *arena, const char *sql, int version);

/* The end of the quoted string, quoted name, or parenthesized group that begins at text; text + 1 for
 * anything else. */
const char *catalog_skip(const char *text);

/* Where part first occurs outside quotes and parentheses; NULL when it does not. */
const char *catalog_find(const char *text, const char *part);

/* The parts between commas outside quotes and parentheses, without the blanks around them. */
struct text_list catalog_split(struct arena *arena, const char *text, size_t length);

/* What the parentheses hold whose opening one is at text, in the arena; NULL if it is not one. */
char *catalog_group(struct arena *arena, const char *text);

/* The elements of an array in the server's output form. */
struct text_list catalog_array(struct arena *arena, const char *text);

/* --- the queries --------------------------------------------------------------------------------- */

extern const struct catalog_query catalog_roles, catalog_default_privileges;
extern const struct catalog_query catalog_members, catalog_schemas, catalog_extensions;
extern const struct catalog_query catalog_offers;
extern const struct catalog_query catalog_types, catalog_labels;
extern const struct catalog_query catalog_tables, catalog_parents, catalog_views;
extern const struct catalog_query catalog_columns, catalog_defaults;
extern const struct catalog_query catalog_sequences;
extern const struct catalog_query catalog_checks, catalog_keys, catalog_foreign_keys;
extern const struct catalog_query catalog_indexes, catalog_index_parents;
extern const struct catalog_query catalog_routines, catalog_aggregates;
extern const struct catalog_query catalog_triggers, catalog_policies;
extern const struct catalog_query catalog_unmodelled, catalog_unmodelled_others;
extern const struct catalog_query catalog_unmodelled_needs;
extern const struct catalog_query catalog_comments;

/* The whole catalog into an unresolved model (dialect.h). */
bool pg_read(struct connection *connection, struct model *model, struct error *error);

#endif
