/* What the files of canon share. A tree is rewritten to a new tree (the one given stays as it is), from the
 * leaves up: columns by their scope, literals and types to one spelling, calls to their one name, NOT into
 * what it negates. Then the tree is printed, with parentheses around every operand that is itself an
 * operation. */
#ifndef PLUMB_MYSQL_CANON_INTERNAL_H
#define PLUMB_MYSQL_CANON_INTERNAL_H

#include "core/buffer.h"
#include "core/map.h"
#include "mysql/canon/canon.h"

/* A column that a name can mean. */
struct canon_field {
    const char *name;      /* as it is printed */
    const char *type;      /* "" unknown */
    bool invisible;        /* * does not stand for it */
    struct object *object; /* NULL: of a query */
};

/* Something with columns: a table or view of the model, a common table, a derived one. */
struct canon_table {
    const char *schema;         /* as it is printed; NULL: needs none */
    const char *name;           /* likewise; NULL: a derived table */
    struct object *object;      /* NULL: not of the model */
    bool complete;              /* all its columns are known */
    struct pointer_list fields; /* struct canon_field *, in order */
    struct map by_name;         /* lower case name, as texts call it -> struct canon_field * */
};

/* A table in a FROM. */
struct canon_relation {
    const char *written;             /* what qualifies its columns in the text */
    const char *alias;               /* what qualifies them in print */
    const struct canon_table *table; /* NULL: nobody knows it */
};

/* What the names of a query can mean, and around it those of the query that it stands in. */
struct canon_scope {
    struct canon_scope *outer;
    bool bare;                        /* of a table's own expressions: columns are printed alone */
    struct pointer_list relations;    /* struct canon_relation * */
    struct pointer_list hidden;       /* struct canon_visible *: the second of two that USING made
                                      one */
    const struct pointer_list *items; /* struct my_select_item *, rewritten: what aliases mean */
    enum { CANON_NO_ALIAS, CANON_ALIAS_FIRST, CANON_ALIAS_LAST } aliases;
};

/* A table of WITH. */
struct canon_common {
    const char *name;
    const struct canon_table *table;
    struct canon_common *next;
};

struct canon {
    struct arena *arena;
    struct my_flavor flavor;
    struct canon_scope *scope; /* what columns mean; NULL: a table's, whose columns are not known */
    struct canon_common *common;        /* the tables of WITH that can be seen */
    const struct pointer_list *windows; /* struct my_window *: of the query's WINDOW clause */
    const char *schema;                 /* the schema that needs no qualifier; NULL: unknown */
    const char *connection; /* the collation under which the text was made; NULL: unknown */
    const char
        *source; /* the text that the tree was made of: columns of queries are called after it */
    /* What the model knows; NULL where there is none. Schemas are as written, NULL where not. */
    const struct canon_table *(*find_table)(void *context, const char *schema, const char *name);
    void (*use_function)(void *context, const char *schema, const char *name);
    void (*use_sequence)(void *context, const char *schema, const char *name);
    void (*use)(void *context, struct object *object);            /* a table or a column of it */
    const char *(*own_schema)(void *context, const char *schema); /* NULL: needs no qualifier */
    void *context;
    bool incomplete;     /* a name could not be looked up: its table is not known */
    const char *missing; /* why it is incomplete, for a note */
    const char *unknown; /* a column that no known table has: its name; NULL: all were found */
};

/* canon.c: the tree in its one form. */
struct my_node *canon_rewrite(struct canon *canon, const struct my_node *node);

/* The same of a tree that stands where a truth value is wanted. */
struct my_node *canon_condition(struct canon *canon, const struct my_node *node);

/* node.c: new nodes. */
struct my_node *canon_node(struct arena *arena, enum my_node_kind kind, const char *name);
struct my_node *canon_copy(struct arena *arena, const struct my_node *node);
struct my_node *canon_number(struct arena *arena, const char *text);
struct my_node *canon_text(struct arena *arena, const char *text);
struct my_node *canon_unary(struct arena *arena, const char *name, struct my_node *operand);
struct my_node *canon_binary(struct arena *arena, const char *name, struct my_node *left,
                             struct my_node *right);
struct my_node *canon_call(struct arena *arena, const char *name);
struct my_node *canon_cast(struct arena *arena, struct my_node *operand, const char *type);
void canon_add(struct arena *arena, struct my_node *node, struct my_node *child);
struct my_node *canon_child(const struct my_node *node, size_t number);
bool canon_is(const struct my_node *node, enum my_node_kind kind, const char *name);

/* boolean.c: conditions. Operands are rewritten already. */
bool canon_is_boolean(const struct canon *canon, const struct my_node *node);
struct my_node *canon_truth(struct canon *canon, struct my_node *node);
struct my_node *canon_negate(struct canon *canon, struct my_node *node);
struct my_node *canon_join(struct canon *canon, const char *name, struct my_node *left,
                           struct my_node *right);
struct my_node *canon_is_test(struct canon *canon, struct my_node *node);
struct my_node *canon_in(struct canon *canon, struct my_node *node);
struct my_node *canon_like(struct canon *canon, struct my_node *node);

/* operator.c: what is left of the operators. */
struct my_node *canon_operator(struct canon *canon, struct my_node *node);
struct my_node *canon_sign(struct canon *canon, struct my_node *node);

/* call.c: calls by their one name and with their one list of arguments. */
struct my_node *canon_function(struct canon *canon, struct my_node *node);

/* literal.c: literals, types and names of character sets. */
struct my_node *canon_literal(struct canon *canon, struct my_node *node);
struct my_node *canon_type(struct canon *canon, struct my_node *node);
bool canon_is_text(const struct my_node *node);
struct my_node *canon_bytes_as_text(struct canon *canon, struct my_node *node);
const char *canon_charset(struct canon *canon, const char *name);
const char *canon_collation(struct canon *canon, const char *name);

/* print.c: appends the text of a rewritten tree. */
void canon_print(struct buffer *text, const struct my_node *node);
void canon_print_operand(struct buffer *text, const struct my_node *node);
void canon_print_name(struct buffer *text, const char *name);
void canon_print_order(struct buffer *text, const struct pointer_list *order_by);
void canon_print_query(struct buffer *text, const struct my_query *query);

/* query.c: the query in its one form, its names looked up; inner queries too. */
struct my_query *canon_query(struct canon *canon, const struct my_query *query);

/* The same of a query inside of an expression; and EXISTS, whose query is rewritten already. */
struct my_query *canon_subquery(struct canon *canon, const struct my_query *query);
struct my_node *canon_exists(struct canon *canon, struct my_node *node);

/* Gives the columns of a rewritten query other names; too few or too many are left alone. */
void canon_name_columns(struct canon *canon, struct my_query *query, const struct text_list *names);

/* The result columns of a rewritten query, as a table that shares no memory with the query but types. */
struct canon_table *canon_result(struct canon *canon, const struct my_query *query);

/* from.c: the FROM clause; its tables join the scope. Fields that * stands for are added to visible
 * (struct canon_visible *). */
struct canon_visible {
    const struct canon_relation *relation;
    struct canon_field *field;
};
struct my_table_reference *canon_from(struct canon *canon, const struct my_table_reference *from,
                                      struct pointer_list *visible);

/* json_table.c: the text of a JSON_TABLE in its one form; its columns are added to the table. */
const char *canon_json_table(struct canon *canon, const char *text, struct canon_table *table);

/* scope.c: the column that a name means, as it is printed. */
struct my_node *canon_column(struct canon *canon, struct my_node *node);
struct my_node *canon_field_node(struct canon *canon, const struct canon_relation *relation,
                                 const struct canon_field *field);
struct canon_relation *canon_find_relation(struct canon *canon, const char *name);
struct canon_field *canon_find_field(struct canon *canon, const struct canon_table *table,
                                     const char *name);
struct canon_table *canon_table_new(struct arena *arena);
struct canon_field *canon_table_add(struct arena *arena, struct canon_table *table,
                                    const char *name, const char *written, const char *type,
                                    struct object *object);
void canon_mark_incomplete(struct canon *canon, const char *format, const char *name);

/* canon.c: a window with what it is based on, a list of nodes, an order. */
struct pointer_list canon_rewrite_all(struct canon *canon, const struct pointer_list *nodes);
struct pointer_list canon_rewrite_order(struct canon *canon, const struct pointer_list *items);
const char *canon_squeeze(struct arena *arena, const char *text);

#endif
